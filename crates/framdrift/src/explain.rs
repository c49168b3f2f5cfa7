//! Why a node is where it is: its dates with their drivers, as data.

use std::fmt;

use framdrift_model::id::PartyRef;
use framdrift_model::projection::{NodeIx, NodeKind, Origin, TimeNode};
use framdrift_model::quantity::in_words;
use framdrift_schedule::explain::{Cause, Drive, Step, driver};
use framdrift_schedule::{Dates, Side};

use crate::plan::Plan;

/// Why a node is where it is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Explanation {
    /// The node.
    pub node: NodeIx,
    /// Its dates and floats.
    pub dates: Dates,
    /// What its early start, early finish, late start and late finish follow from, in this order.
    pub drives: [Drive; 4],
    /// The chain of drivers from the programme's start to the node.
    pub chain: Vec<Step>,
}

impl Plan {
    /// Why a node is where it is; none where the programme has no start.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    #[must_use]
    pub fn explain(&self, node: NodeIx) -> Option<Explanation> {
        let schedule = self.schedule()?;
        Some(Explanation {
            node,
            dates: schedule.dates(node),
            drives: Side::ALL.map(|side| driver(self.network(), schedule, node, side)),
            chain: schedule.path_to(self.network(), node),
        })
    }

    /// An explanation in words.
    #[must_use]
    pub const fn words<'a>(&'a self, explanation: &'a Explanation) -> Words<'a> {
        Words {
            plan: self,
            explanation,
        }
    }

    /// The name of a node for people: its id, and its title where it has one.
    #[must_use]
    pub fn name(&self, node: NodeIx) -> String {
        let node = &self.network().projection().nodes[node.index()];
        match self.programme().lookup().title(node) {
            Some(title) => format!("{} “{title}”", node.id),
            None => node.id.to_string(),
        }
    }
}

/// What the document says of a node besides its dates: what it is about, who sees to it, what is on the agenda.
fn about(plan: &Plan, node: &TimeNode) -> Vec<(&'static str, String)> {
    let Origin::Document {
        entry, nested, inner, ..
    } = node.origin
    else {
        return Vec::new();
    };
    let (entry, nested, inner) = (entry as usize, nested as usize, inner as usize);
    let doc = plan.programme().document();
    let listed = |parties: &[PartyRef]| parties.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(", ");
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    let mut say = |label, text: Option<String>| lines.extend(text.filter(|t| !t.is_empty()).map(|t| (label, t)));
    match node.kind {
        NodeKind::Gate => say("decided by", doc.gates[entry].body.as_ref().map(ToString::to_string)),
        NodeKind::Activity => say(
            "responsible",
            doc.activities[entry].responsible.as_ref().map(ToString::to_string),
        ),
        NodeKind::Meeting | NodeKind::Part => {
            let meeting = &doc.meetings[entry];
            let held = plan.programme().meetings().nth(entry);
            say("theme", held.and_then(|m| m.theme()).map(str::to_owned));
            say("body", meeting.body.as_ref().map(ToString::to_string));
            say("attendees", Some(listed(&meeting.attendees)));
            // A meeting in parts has its agendas there.
            let sittings = held.map(|m| m.sittings()).unwrap_or_default();
            let own = meeting.parts.is_empty() || node.kind == NodeKind::Part;
            if let Some(sitting) = sittings.get(nested).filter(|_| own) {
                let reads: Vec<&str> = sitting.pre_reads().iter().map(|r| r.version.as_str()).collect();
                say("to be read", Some(reads.join(", ")));
                for item in sitting.agenda() {
                    let who = match listed(item.presenters) {
                        who if who.is_empty() => who,
                        who => format!(" ({who})"),
                    };
                    say("agenda", Some(format!("{item}{who}")));
                }
            }
        }
        NodeKind::Version => {
            let deliverable = &doc.deliverables[entry];
            let author = deliverable.versions[nested]
                .author
                .as_ref()
                .or(deliverable.owner.as_ref());
            say("author", author.map(ToString::to_string));
        }
        NodeKind::Review => {
            say(
                "reviewers",
                Some(listed(
                    &doc.deliverables[entry].versions[nested].reviews[inner].reviewers,
                )),
            );
        }
        _ => {}
    }
    lines
}

/// Prints an [`Explanation`].
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    plan: &'a Plan,
    explanation: &'a Explanation,
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plan, explanation: e } = self;
        let units = plan.programme().units();
        let node = &plan.network().projection().nodes[e.node.index()];
        writeln!(f, "{} {}", node.kind.word(), plan.name(e.node))?;
        for (label, text) in about(plan, node) {
            writeln!(f, "  {label:<13} {text}")?;
        }
        let name = |ix: NodeIx| plan.id(ix).to_owned();
        let why = |cause: &Cause| cause.words(plan.network(), &name).to_string();
        for (drive, label) in e
            .drives
            .iter()
            .zip(["early start", "early finish", "late start", "late finish"])
        {
            writeln!(f, "  {label:<13} {}  {}", drive.date, why(&drive.cause))?;
            if let Some(next) = drive.runner_up.filter(|_| drive.cause != Cause::OwnSpan) {
                writeln!(
                    f,
                    "{:34}then {}, {} ({} away)",
                    "",
                    why(&next.cause),
                    next.date,
                    in_words(next.margin, units)
                )?;
            }
        }
        let critical = if e.dates.critical { "critical" } else { "not critical" };
        writeln!(
            f,
            "  total float {}, free float {}: {critical}",
            in_words(e.dates.total_float, units),
            in_words(e.dates.free_float, units)
        )?;
        writeln!(f, "  how it comes to start then:")?;
        for step in &e.chain {
            let dates = plan.schedule().map(|s| s.dates(step.node));
            let (start, finish) = dates.map_or_else(Default::default, |d| {
                (d.early_start.to_string(), d.early_finish.to_string())
            });
            writeln!(
                f,
                "    {start} – {finish}  {}  (from {})",
                plan.id(step.node),
                why(&step.why)
            )?;
        }
        Ok(())
    }
}
