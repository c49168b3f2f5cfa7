//! A programme with its network and, where it has a start, its dates.

use std::collections::{BTreeSet, HashMap};

use framdrift_model::diagnostic::Diagnostics;
use framdrift_model::document::{FactsDoc, ProgrammeDoc};
use framdrift_model::facts::Facts;
use framdrift_model::lookup::NotFound;
use framdrift_model::projection::{Counts, Lag, LinkOrigin, NodeIx, NodeKind, TimeLink};
use framdrift_model::quantity::counted;
use framdrift_model::rules::Rules;
use framdrift_model::time::Minute;
use framdrift_model::{CheckedFacts, Programme};
use framdrift_schedule::{Dates, Network, Schedule, compute};

use crate::edit::History;
use crate::findings;

/// A checked programme, the network it projects to, and its schedule.
///
/// ```
/// use framdrift::Plan;
/// use framdrift::model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
///
/// let mut document = ProgrammeDoc::new("office-move");
/// document.start = Some("2026-03-02".parse().unwrap());
/// for (id, duration, after) in [("pack", "3d", None), ("move", "1d", Some("pack"))] {
///     let mut activity = ActivityDoc::new(id);
///     activity.duration = Some(duration.parse().unwrap());
///     activity.after.extend(after.map(LinkDoc::new));
///     document.activities.push(activity);
/// }
/// let plan = Plan::new(document).unwrap();
/// let moving = plan.find("activity move").unwrap();
/// assert_eq!(plan.dates(moving).unwrap().finish.to_string(), "2026-03-05T17:00");
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) programme: Programme,
    pub(crate) progress: FactsDoc,
    pub(crate) dated: Dated,
    pub(crate) history: History,
}

/// What follows from a programme and its recorded progress.
#[derive(Clone, Debug)]
pub(crate) struct Dated {
    pub(crate) network: Network,
    pub(crate) facts: Facts,
    pub(crate) schedule: Option<Schedule>,
    pub(crate) warnings: Diagnostics,
    pub(crate) facts_warnings: Diagnostics,
}

impl Dated {
    /// Computes dates, where there is a start to compute them from. The facts have no fault.
    pub(crate) fn new(programme: &Programme, network: Network, checked: CheckedFacts) -> Self {
        debug_assert_eq!(checked.diagnostics.errors(), 0, "facts without faults");
        let schedule = compute(&network, &checked.facts).ok();
        let mut warnings = programme.warnings().clone();
        if let Some(schedule) = &schedule {
            warnings.append(findings::missed(programme.lookup(), &network, schedule));
            warnings.sort();
        }
        Self {
            network,
            facts: checked.facts,
            schedule,
            warnings,
            facts_warnings: checked.diagnostics,
        }
    }
}

/// A document that is at fault or whose links form rings, given back with all its faults; or one whose recorded progress is at
/// fault.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", refusal(.diagnostics, .of_facts))]
#[non_exhaustive]
pub struct Refused {
    /// The document.
    pub document: Box<ProgrammeDoc>,
    /// Its faults and warnings, in document order.
    pub diagnostics: Diagnostics,
    /// The faults and warnings of the recorded progress, in its order.
    pub of_facts: Diagnostics,
}

fn refusal(programme: &Diagnostics, facts: &Diagnostics) -> String {
    let (what, faults) = match (programme.errors(), facts.errors()) {
        (0, faults) => ("recorded progress", faults),
        (faults, _) => ("programme", faults),
    };
    format!(
        "the {what} has {faults} {}",
        if faults == 1 { "fault" } else { "faults" }
    )
}

/// A document that was checked and linked: all but dates, for which it may yet be told what has happened.
pub(crate) struct Linked {
    programme: Programme,
    network: Network,
}

impl Linked {
    pub(crate) fn new(document: ProgrammeDoc) -> Result<Self, Refused> {
        let checked = document.check(&framdrift_model::Damage::none());
        let projection = checked.projection(&document);
        let rings = findings::rings(
            checked.lookup(&document),
            &projection,
            &framdrift_schedule::rings(&projection),
        );
        if rings.errors() + checked.diagnostics().errors() > 0 {
            let mut diagnostics = checked.into_diagnostics();
            diagnostics.append(rings);
            diagnostics.sort();
            return Err(Refused {
                document: Box::new(document),
                diagnostics,
                of_facts: Diagnostics::default(),
            });
        }
        // INVARIANT: no fault was found in this very document.
        let programme = checked.accept(document).expect("a document without faults is accepted");
        let network = Network::new(projection).expect("a projection without rings makes a network");
        Ok(Self { programme, network })
    }

    pub(crate) fn check(&self, facts: &FactsDoc) -> CheckedFacts {
        facts.check(&self.programme, self.network.projection())
    }

    /// The warnings of checking.
    pub(crate) const fn warnings(&self) -> &Diagnostics {
        self.programme.warnings()
    }

    /// The plan, nothing having happened yet.
    pub(crate) fn plan(self) -> Plan {
        let progress = FactsDoc::new();
        let checked = self.check(&progress);
        self.with_facts(progress, checked)
    }

    /// The plan with what has happened: a document and what it came to, which has no fault.
    pub(crate) fn with_facts(self, progress: FactsDoc, checked: CheckedFacts) -> Plan {
        Plan {
            dated: Dated::new(&self.programme, self.network, checked),
            programme: self.programme,
            progress,
            history: History::default(),
        }
    }
}

impl Plan {
    /// Checks a document, links it and, where it has a start, computes its dates.
    ///
    /// # Errors
    /// Gives the document back with every fault, rings of links included, when it has any.
    pub fn new(document: ProgrammeDoc) -> Result<Self, Refused> {
        Linked::new(document).map(Linked::plan)
    }

    /// As [`Plan::new`], with recorded progress.
    ///
    /// # Errors
    /// Gives the document back with every fault, when it or the recorded progress has any. What the latter says about the programme
    /// is checked where the programme itself has no fault.
    ///
    /// ```
    /// use framdrift::Plan;
    /// use framdrift::model::document::{ActivityDoc, FactDoc, FactsDoc, ProgrammeDoc};
    ///
    /// let mut document = ProgrammeDoc::new("garden");
    /// document.start = Some("2026-03-02".parse().unwrap());
    /// let mut dig = ActivityDoc::new("dig");
    /// dig.duration = Some("4d".parse().unwrap());
    /// document.activities.push(dig);
    ///
    /// let mut facts = FactsDoc::new();
    /// facts.status_date = Some("2026-03-04T17:00".parse().unwrap());
    /// let mut dug = FactDoc::new("dig");
    /// dug.started = Some("2026-03-03T08:00".parse().unwrap());
    /// dug.remaining = Some("3d".parse().unwrap());
    /// facts.facts.push(dug);
    ///
    /// let plan = Plan::with_facts(document, &facts).unwrap();
    /// let dig = plan.find("dig").unwrap();
    /// assert_eq!(plan.facts().of(dig).unwrap().remaining, Some(1_440));
    /// ```
    pub fn with_facts(document: ProgrammeDoc, facts: &FactsDoc) -> Result<Self, Refused> {
        let linked = Linked::new(document)?;
        let checked = linked.check(facts);
        if checked.diagnostics.errors() > 0 {
            return Err(Refused {
                diagnostics: linked.warnings().clone(),
                document: Box::new(linked.programme.into_document()),
                of_facts: checked.diagnostics,
            });
        }
        Ok(linked.with_facts(facts.clone(), checked))
    }

    /// The programme.
    #[must_use]
    pub const fn programme(&self) -> &Programme {
        &self.programme
    }

    /// Gives the document back, for editing.
    #[must_use]
    pub fn into_document(self) -> ProgrammeDoc {
        self.programme.into_document()
    }

    /// The network of time nodes and links.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.dated.network
    }

    /// The document of recorded progress; without entries where nothing is recorded.
    #[must_use]
    pub const fn progress(&self) -> &FactsDoc {
        &self.progress
    }

    /// What has happened, by node.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.dated.facts
    }

    /// The rules that the dates are computed by.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.dated.network.projection().rules
    }

    /// The schedule; none where the programme has no start.
    #[must_use]
    pub const fn schedule(&self) -> Option<&Schedule> {
        self.dated.schedule.as_ref()
    }

    /// The warnings, in document order: those of checking, then dates that cannot be kept.
    #[must_use]
    pub const fn warnings(&self) -> &Diagnostics {
        &self.dated.warnings
    }

    /// The warnings about recorded progress, in the order of its document.
    #[must_use]
    pub const fn facts_warnings(&self) -> &Diagnostics {
        &self.dated.facts_warnings
    }

    /// The node that an address or a plain reference names: `activity training`, `guideline/v2`, `training@lund`.
    ///
    /// # Errors
    /// [`NotFound`] where nothing with a date is called that, with the ids that are close to it. O(*n*).
    pub fn find(&self, text: &str) -> Result<NodeIx, NotFound> {
        self.programme.lookup().find(self.dated.network.projection(), text)
    }

    /// The id of a node, as references write it.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    #[must_use]
    pub fn id(&self, node: NodeIx) -> &str {
        &self.dated.network.projection().nodes[node.index()].id
    }

    /// What the floats of a node count: working minutes of its calendar, or civil minutes where it runs by the clock.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    #[must_use]
    pub fn counts(&self, node: NodeIx) -> Counts {
        self.dated.network.projection().counts_of(node)
    }

    /// Minutes of a node's float in words: in working days of the programme (`2d 1h`), whatever the node's calendar; in elapsed
    /// days (`1ed 4eh`) where the node runs by the clock, as [`Plan::counts`] tells.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    #[must_use]
    pub fn in_words(&self, node: NodeIx, minutes: i64) -> String {
        self.length_in_words(minutes, self.counts(node))
    }

    /// Minutes in words: in working days of the programme, or in elapsed days.
    #[must_use]
    pub fn length_in_words(&self, minutes: i64, counts: Counts) -> String {
        counted(minutes, counts, self.programme.units())
    }

    /// The dates of a node; none where the programme has no start.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    #[must_use]
    pub fn dates(&self, node: NodeIx) -> Option<Dates> {
        self.dated.schedule.as_ref().map(|s| s.dates(node))
    }

    /// The leaves that are not critical but have at most `float` minutes of total float, whatever [`Plan::counts`] says they count;
    /// least float first.
    #[must_use]
    pub fn near_critical(&self, float: i64) -> Vec<(NodeIx, Dates)> {
        let rows = self.dated.schedule.iter().flat_map(Schedule::iter);
        let mut near: Vec<(NodeIx, Dates)> = rows
            .filter(|(ix, dates)| !self.dated.network.is_summary(*ix) && !dates.critical && dates.total_float <= float)
            .collect();
        near.sort_by_key(|(ix, dates)| (dates.total_float, *ix));
        near
    }

    /// The tasks between two meetings, as activities and versions name them under `between`, instances one by one, in document
    /// order.
    ///
    /// # Panics
    /// When a node is not one of this plan's.
    #[must_use]
    pub fn tasks_between(&self, after: NodeIx, before: NodeIx) -> Vec<NodeIx> {
        let projection = self.dated.network.projection();
        let tasks = |of: fn(&TimeLink) -> NodeIx, end: NodeIx, other: fn(&TimeLink) -> NodeIx, origin: LinkOrigin| {
            let links = projection
                .links
                .iter()
                .filter(move |l| l.origin == origin && of(l) == end);
            links.map(other).collect::<BTreeSet<NodeIx>>()
        };
        let first = tasks(|l| l.from, after, |l| l.to, LinkOrigin::BetweenAfter);
        let second = tasks(|l| l.to, before, |l| l.from, LinkOrigin::BetweenBefore);
        let whole: BTreeSet<NodeIx> = first.intersection(&second).copied().collect();
        // A task that is done per subject is linked as a whole; its instances are the tasks.
        let leaves = (0..).map(NodeIx).take(projection.nodes.len()).filter(|ix| {
            let above = std::iter::successors(Some(*ix), |ix| projection.nodes[ix.index()].parent);
            !self.dated.network.is_summary(*ix) && above.into_iter().any(|ix| whole.contains(&ix))
        });
        leaves.collect()
    }

    /// The first gate that stands at `date` or later; the first in document order among equals. None where there is none, or the
    /// programme has no start.
    #[must_use]
    pub fn next_gate(&self, date: Minute) -> Option<NodeIx> {
        let rows = self.dated.schedule.iter().flat_map(Schedule::iter);
        let gates = rows.filter(|(ix, dates)| {
            let node = &self.dated.network.projection().nodes[ix.index()];
            node.kind == NodeKind::Gate && !node.summary && dates.start >= date
        });
        gates.min_by_key(|(ix, dates)| (dates.start, *ix)).map(|(ix, _)| ix)
    }

    /// What has to be finished a lead time before something else, and when at the latest. In document order.
    #[must_use]
    pub fn lead_times(&self) -> Vec<LeadTime> {
        let Some(schedule) = &self.dated.schedule else {
            return Vec::new();
        };
        let links = &self.dated.network.projection().links;
        let timed = links.iter().filter_map(|link| match link.lag {
            Lag::Period(period) => {
                let anchor = schedule.dates(link.to);
                Some(LeadTime {
                    node: link.from,
                    anchor: link.to,
                    origin: link.origin,
                    period,
                    finish: schedule.dates(link.from).finish,
                    due: period.before(anchor.start),
                    latest: period.before(anchor.late_start),
                })
            }
            _ => None,
        });
        timed.collect()
    }

    /// The nodes whose start or finish differs from that in `earlier`, by id: in this plan's order, with both dates.
    ///
    /// Nodes that only one of the two has are left out.
    #[must_use]
    pub fn moved_since(&self, earlier: &Self) -> Vec<Move> {
        let (Some(now), Some(then)) = (&self.dated.schedule, &earlier.dated.schedule) else {
            return Vec::new();
        };
        let before: HashMap<&str, Dates> = then.iter().map(|(ix, dates)| (earlier.id(ix), dates)).collect();
        let moves = now.iter().filter_map(|(node, after)| {
            let before = *before.get(self.id(node))?;
            let differs = (before.start, before.finish) != (after.start, after.finish);
            differs.then_some(Move { node, before, after })
        });
        moves.collect()
    }
}

/// Something that has to be finished a calendar period before something else starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeadTime {
    /// What has to be finished.
    pub node: NodeIx,
    /// What waits for it.
    pub anchor: NodeIx,
    /// Where it is written.
    pub origin: LinkOrigin,
    /// How long ahead.
    pub period: framdrift_model::period::Period,
    /// When it is finished by the schedule.
    pub finish: Minute,
    /// When it has to be finished for `anchor` to start when the schedule says.
    pub due: Minute,
    /// When it has to be finished for `anchor` to start as late as it can.
    pub latest: Minute,
}

/// A node whose dates differ between two plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// The node, in the later plan.
    pub node: NodeIx,
    /// Its dates in the earlier plan.
    pub before: Dates,
    /// Its dates in the later plan.
    pub after: Dates,
}
