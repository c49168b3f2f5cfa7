//! From a plan to a picture of it.

use framdrift_interchange::Chart;
use framdrift_model::projection::{NodeKind, Origin, TimeNode};

use crate::plan::Plan;

impl Plan {
    /// What a picture of the schedule shows; none where the programme has no start.
    ///
    /// Recorded progress is part of it. Names are titles in the programme's preferred language; versions and reviews carry the name of their deliverable.
    ///
    /// ```
    /// use framdrift::Plan;
    /// use framdrift::interchange::{dot, mermaid, svg};
    /// use framdrift::model::document::{ActivityDoc, ProgrammeDoc};
    ///
    /// let mut document = ProgrammeDoc::new("office-move");
    /// document.start = Some("2026-03-02".parse().unwrap());
    /// let mut pack = ActivityDoc::new("pack");
    /// pack.duration = Some("3d".parse().unwrap());
    /// document.activities.push(pack);
    ///
    /// let chart = Plan::new(document).unwrap().chart().expect("the programme has a start");
    /// assert!(svg::gantt(&chart, &svg::Options::new()).contains("2026-03-02 – 03-04"));
    /// assert!(mermaid::gantt(&chart, &mermaid::Options::new()).contains("pack :"));
    /// assert!(dot::network(&chart, &dot::Options::new()).contains("pack"));
    /// ```
    #[must_use]
    pub fn chart(&self) -> Option<Chart> {
        let schedule = self.schedule()?;
        let nodes = &self.network().projection().nodes;
        let lookup = self.programme().lookup();
        let document = lookup.document();
        let name = document.title.as_ref().map_or(document.id.as_str(), |t| lookup.text(t));
        let units = self.programme().units();
        let chart = Chart::new(self.network(), schedule, units, |ix| {
            self.picture_name(&nodes[ix.index()])
        });
        Some(chart.titled(name).with_facts(self.network().projection(), self.facts()))
    }

    fn picture_name(&self, node: &TimeNode) -> Option<String> {
        let lookup = self.programme().lookup();
        let own = lookup.title(node);
        let (NodeKind::Version | NodeKind::Review, Origin::Document { entry, nested, .. }) = (node.kind, node.origin)
        else {
            return own;
        };
        // Under a summary of the same template the name above says the rest.
        let deliverable = &lookup.document().deliverables[entry as usize];
        let whole = deliverable
            .title
            .as_ref()
            .map_or(deliverable.id.as_str(), |t| lookup.text(t));
        let version = &deliverable.versions[nested as usize];
        let own = own.or_else(|| Some(node.id.rsplit('/').next()?.to_owned()))?;
        if node.kind == NodeKind::Version {
            return Some(format!("{whole}: {own}"));
        }
        let version = version.title.as_ref().map_or(version.id.as_str(), |t| lookup.text(t));
        Some(format!("{whole}, {version}: {own}"))
    }
}
