//! Why a node is where it is: its dates with their drivers, as data.

use std::fmt;

use framdrift_model::id::PartyRef;
use framdrift_model::projection::{Counts, NodeIx, NodeKind, Origin, TimeNode};
use framdrift_schedule::explain::{
    Cause, Drive, Floats, Speech, Step, Target, Towards, Waits, driver, floats, is_put_off, waits,
};
use framdrift_schedule::{Dates, Side};

use crate::answers::Words;
use crate::plan::Plan;

/// Why a node is where it is.
///
/// It names things by their positions in the plan it comes from, and so neither prints nor is serialised without that plan:
/// [`Plan::words`] gives both, text for people with `to_string()` and data for programs with `value()` or, with the feature `serde`,
/// any serialiser.
///
/// ```
/// # #[cfg(feature = "text")] {
/// let plan = framdrift::load("{framdrift: 1, id: move, start: 2026-03-02, activities: [{id: pack, duration: 3d}]}").unwrap();
/// let explanation = plan.explain(plan.find("pack").unwrap()).unwrap();
/// let json = serde_json::to_string(&plan.words(&explanation)).unwrap();
/// assert!(json.starts_with(r#"{"format":1,"id":"pack","early_start":{"date":"2026-03-02T08:00""#), "{json}");
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The node.
    pub node: NodeIx,
    /// Its dates and floats.
    pub dates: Dates,
    /// What its early start, early finish, late start and late finish follow from, in this order.
    pub drives: [Drive; 4],
    /// Whether it is put off, as late as possible: where it stands is later than it could.
    pub put_off: bool,
    /// The chain of drivers from the programme's start to the node.
    pub chain: Vec<Step>,
    /// Why it is not critical; none where it is, or where only [`Plan::explain`] was asked.
    pub waits: Option<Waits>,
    /// Its float towards each deadline, other cap and gate that it leads to, each by itself; none where only [`Plan::explain`]
    /// was asked.
    pub floats: Option<Floats>,
}

impl Plan {
    /// What one date of a node follows from, and what comes next; none where the programme has no start.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    ///
    /// # Complexity
    /// As many steps as links lead to the node (early dates) or from it (late dates), those of its summaries included; for a
    /// summary, its leaves. See [`driver`].
    ///
    /// ```
    /// # #[cfg(feature = "text")] {
    /// use framdrift::schedule::Side;
    /// use framdrift::schedule::explain::Cause;
    ///
    /// let plan = framdrift::load("
    /// framdrift: 1
    /// id: office-move
    /// start: 2026-03-02
    /// activities:
    /// - {id: pack, duration: 3d}
    /// - {id: cabling, duration: 1d}
    /// - {id: move, duration: 1d, after: [pack, cabling]}
    /// ").unwrap();
    /// let [pack, moving] = ["pack", "move"].map(|id| plan.find(id).unwrap());
    /// let drive = plan.driver(moving, Side::EarlyStart).unwrap();
    /// assert!(matches!(drive.cause, Cause::Link { node, .. } if node == pack));
    /// assert_eq!(drive.runner_up.unwrap().margin, 2 * 480);
    /// # }
    /// ```
    #[must_use]
    pub fn driver(&self, node: NodeIx, side: Side) -> Option<Drive> {
        Some(driver(self.network(), self.schedule()?, node, side))
    }

    /// Why a node is where it is: its four dates and the chain that leads to its start; none where the programme has no start.
    /// What takes a walk over the whole network is left out: [`Plan::explain_in_full`] has that, too.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    ///
    /// # Complexity
    /// That of [`Plan::driver`] for each date and each step of the chain.
    #[must_use]
    pub fn explain(&self, node: NodeIx) -> Option<Explanation> {
        let schedule = self.schedule()?;
        Some(Explanation {
            node,
            dates: schedule.dates(node),
            drives: Side::ALL.map(|side| driver(self.network(), schedule, node, side)),
            put_off: is_put_off(self.network(), schedule, node),
            chain: schedule.path_to(self.network(), node),
            waits: None,
            floats: None,
        })
    }

    /// As [`Plan::explain`], with why the node is not critical and its float towards each thing that it leads to.
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    ///
    /// # Complexity
    /// That of [`Plan::explain`], O(*n* + *m*) for *n* nodes and *m* links, and for each deadline, cap and gate that the node
    /// leads to the links between the two, 50 million in all at most. For the float of many nodes towards one target ask
    /// [`floats_towards`](framdrift_schedule::explain::floats_towards) once.
    #[must_use]
    pub fn explain_in_full(&self, node: NodeIx) -> Option<Explanation> {
        let schedule = self.schedule()?;
        Some(Explanation {
            waits: waits(self.network(), schedule, node),
            floats: Some(floats(self.network(), schedule, node)),
            ..self.explain(node)?
        })
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
                let mut reads: Vec<String> = Vec::new();
                for read in sitting.pre_reads() {
                    let text = match read.ahead {
                        Some(ahead) => format!("{} ({ahead} ahead)", read.version),
                        None => read.version.to_string(),
                    };
                    if !reads.contains(&text) {
                        reads.push(text);
                    }
                }
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

/// The floats that a person is shown: no gate besides its own date, and the least ones.
fn brief(floats: &Floats) -> Floats {
    const SHOWN: usize = 5;
    let mut floats = floats.clone();
    let same = |node: NodeIx, float: i64| {
        floats.towards.iter().any(|other| match other.target {
            Target::Bound { node: holder, .. } => holder == node && other.float == float,
            _ => false,
        })
    };
    let shown = floats.towards.iter().filter(|towards| match towards.target {
        Target::Node(node) => !same(node, towards.float),
        _ => true,
    });
    let mut shown: Vec<Towards> = shown.copied().collect();
    floats.left_out += shown.len().saturating_sub(SHOWN);
    shown.truncate(SHOWN);
    floats.towards = shown;
    floats
}

fn indented(f: &mut fmt::Formatter<'_>, lines: &str) -> fmt::Result {
    lines.lines().try_for_each(|line| writeln!(f, "    {line}"))
}

impl fmt::Display for Words<'_, Explanation> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plan, answer: e } = self;
        let node = &plan.network().projection().nodes[e.node.index()];
        writeln!(f, "{} {}", node.kind.word(), plan.name(e.node))?;
        for (label, text) in about(plan, node) {
            writeln!(f, "  {label:<13} {text}")?;
        }
        let name = |ix: NodeIx| plan.id(ix).to_owned();
        let length = |minutes: i64, counts: Counts| plan.length_in_words(minutes, counts);
        let why = |cause: &Cause, held_back: i64, put_off: bool| {
            let words = cause.words(plan.network(), &name).with_lengths(&length);
            words.held_back(held_back).put_off(put_off).to_string()
        };
        let ends = [
            ("early start", "its early finish and how long it takes"),
            ("early finish", "its early start and how long it takes"),
            ("late start", "its late finish and how long it takes"),
            ("late finish", "its late start and how long it takes"),
        ];
        for (drive, (label, other_end)) in e.drives.iter().zip(ends) {
            if drive.cause == Cause::OwnSpan {
                writeln!(f, "  {label:<13} {}  {other_end}", drive.date)?;
                continue;
            }
            let because = why(&drive.cause, drive.held_back, false);
            writeln!(f, "  {label:<13} {}  {because}", drive.date)?;
            // What comes next for a summary is another of its parts, which says nothing new.
            if let Some(next) = drive.runner_up.filter(|_| !node.summary) {
                let away = plan.in_words(e.node, next.margin);
                let because = why(&next.cause, next.held_back, next.put_off);
                writeln!(f, "{:34}then {because}, {} ({away} away)", "", next.date)?;
            }
        }
        let (start, finish) = (e.dates.start, e.dates.finish);
        if e.put_off && (start, finish) != (e.dates.early_start, e.dates.early_finish) {
            let late = (start, finish) == (e.dates.late_start, e.dates.late_finish);
            let whose = if late { "its late dates, as it is" } else { "as it is" };
            writeln!(
                f,
                "  {:<13} {start} – {finish}  {whose} as late as possible",
                "stands at"
            )?;
        }
        let critical = if e.dates.critical { "critical" } else { "not critical" };
        let [total, free] = [e.dates.total_float, e.dates.free_float].map(|float| plan.in_words(e.node, float));
        let clock = match plan.counts(e.node) {
            Counts::Clock => " by the clock",
            Counts::WorkingTime => "",
        };
        let counts = if clock.is_empty() { "" } else { "," };
        writeln!(f, "  total float {total}, free float {free}{clock}: {critical}")?;
        let speech = Speech::new(plan.network(), &name, &length);
        if let Some(waits) = &e.waits {
            match waits.leaf == e.node {
                true => writeln!(f, "  why not critical{counts}{clock}:")?,
                false => {
                    let float = plan.in_words(waits.leaf, waits.total_float);
                    writeln!(
                        f,
                        "  why `{}` is not critical, which has least float, {float}:",
                        plan.id(waits.leaf)
                    )?;
                }
            }
            indented(f, &waits.words(speech).to_string())?;
        }
        if let Some(floats) = e.floats.as_ref().map(brief).filter(|floats| !floats.towards.is_empty()) {
            writeln!(f, "  float towards{counts}{clock}:")?;
            indented(f, &floats.words(speech).to_string())?;
        }
        let heading = if e.put_off {
            "how it could start"
        } else {
            "how it comes to start then"
        };
        writeln!(f, "  {heading}:")?;
        for (i, step) in e.chain.iter().enumerate() {
            let why = why(&step.why, step.held_back, false);
            if e.put_off && i + 1 == e.chain.len() {
                let at = e.dates.start;
                writeln!(
                    f,
                    "    {}  (from {why}; put off to {at}, as late as possible)",
                    plan.name(step.node)
                )?;
                continue;
            }
            let dates = plan.schedule().map(|s| s.dates(step.node));
            let dates = dates.map_or_else(String::new, |d| format!("{} – {}", d.early_start, d.early_finish));
            writeln!(f, "    {dates}  {}  (from {why})", plan.name(step.node))?;
        }
        Ok(())
    }
}
