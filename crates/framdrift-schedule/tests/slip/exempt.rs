//! What the statement does not hold of, each with the reason.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, Lag, LinkKind, NodeIx, Projection};
use framdrift_model::rules::{ElapsedStart, LagCalendar, LateKind, OutOfSequence, Precedence, Profile, StartLag};
use framdrift_schedule::Schedule;

use super::caps::{is_done, is_started};
use super::network::{
    ends, is_by_the_clock, is_late, is_leaf, is_typed, late_kind, leaves_start, links, reached, span, stands_alone,
    takes_no_time,
};
use crate::verify::generate::Given;

/// Why nothing is said of an activity.
pub(super) fn of_all(given: &Given, n: usize) -> Option<&'static str> {
    let Given { plan, facts } = given;
    let interrupted = || facts.of(NodeIx(n as u32)).is_some_and(|f| f.suspended.is_some());
    match plan.rules.profile {
        _ if is_done(facts, n) => Some("finished: it stays where it was"),
        _ if is_typed(plan, n) => Some("typed dates: nothing but typing moves it"),
        _ if is_started(facts, n) && differs(plan, n) => Some("started, and float counts on other hours than the work"),
        Profile::P6 if is_started(facts, n) && interrupted() => Some("p6: interrupted work is in two pieces"),
        _ => None,
    }
}

/// Why one minute more than its float may move nothing that shows. `reached` tells what is moved with the activity.
pub(super) fn of_more(
    given: &Given,
    yielding: &Projection,
    found: &Schedule,
    passed: &[usize],
    n: usize,
    gives_way: bool,
) -> Option<&'static str> {
    let Given { plan, facts } = given;
    let reached = reached(plan, n);
    let any = |is: &dyn Fn(usize) -> bool| (0..plan.nodes.len()).any(|m| reached[m] && is(m));
    let link_from = |is: &dyn Fn(&framdrift_model::projection::TimeLink) -> bool| {
        links(plan).any(|l| ends(plan, l.from.index()).iter().any(|m| reached[*m]) && is(l))
    };
    let ms_project = plan.rules.profile == Profile::MsProject;
    let p6 = plan.rules.profile == Profile::P6;
    let late = |m: usize| is_leaf(plan, m) && found.dates(NodeIx(m as u32)).total_float < 0;
    if any(&late) || any(&|m| passed.contains(&m)) {
        return Some("what follows is too late already, so it hides a minute more");
    }
    if !gives_way {
        return Some("a date that wins over its links takes up what pushes it");
    }
    let of_start_of_summary =
        |l: &framdrift_model::projection::TimeLink| leaves_start(l) && !stands_alone(plan, l.from.index());
    if link_from(&of_start_of_summary) {
        return Some("another part of its summary starts as early");
    }
    if typed_follows(yielding, &reached) || typed_leads(plan, &reached) {
        return Some("typed dates of a summary, or of what has started, do not move");
    }
    let into_started =
        |l: &framdrift_model::projection::TimeLink| ends(plan, l.to.index()).iter().any(|m| is_started(facts, *m));
    if ms_project && link_from(&into_started) {
        return Some("ms project: what has started asks for its start and is not pushed");
    }
    let into_typed = |l: &framdrift_model::projection::TimeLink| {
        let to = l.to.index();
        !stands_alone(plan, to) && ends(plan, to).iter().any(|m| is_typed(plan, *m))
    };
    if ms_project && link_from(&into_typed) {
        return Some("ms project: a link into a summary asks for the typed start of what belongs to it");
    }
    let progress = (0..reached.len()).any(|m| reached[m] && is_started(facts, m)) || link_from(&into_started);
    let retained = plan.rules.out_of_sequence == OutOfSequence::RetainedLogic;
    if p6 && progress && !(retained && plan.rules.start_lag == StartLag::EarlyStart) {
        return Some("p6: links count from actual dates, or are passed over");
    }
    if ms_project && typed_holds(plan, &reached) {
        return Some(
            "ms project: a link out of a summary with typed dates bounds what belongs to it, and is not moved by it",
        );
    }
    if differs(plan, n) {
        return Some("float counts on other hours than the work");
    }
    let late_point = |m: usize| is_late(plan, m) && takes_no_time(plan, m);
    if ms_project && any(&late_point) {
        return Some("ms project: a milestone as late as possible stands where work ends, and all of the gap follows");
    }
    None
}

/// Whether something that stays at typed dates is among what follows.
pub(super) fn typed_follows(yielding: &Projection, reached: &[bool]) -> bool {
    (0..reached.len()).any(|m| reached[m] && is_typed(yielding, m)) || expected_follows(yielding, reached)
}

/// Whether typed dates are among what follows from which links out of a summary count: they stay, and what gives way in their
/// place would not.
pub(super) fn typed_leads(plan: &Projection, reached: &[bool]) -> bool {
    let typed = |m: &usize| reached[*m] && is_typed(plan, *m);
    let out = |l: &framdrift_model::projection::TimeLink| leaves_start(l) && !stands_alone(plan, l.from.index());
    links(plan).any(|l| out(l) && ends(plan, l.from.index()).iter().any(typed))
}

/// Whether something belongs to a summary with typed dates that a link leaves: going back that bounds it, forward it moves nothing.
pub(super) fn typed_holds(plan: &Projection, reached: &[bool]) -> bool {
    let above = |m: usize| {
        std::iter::successors(plan.nodes[m].parent, |up| plan.nodes[up.index()].parent)
            .filter(|up| is_typed(plan, up.index()) && links(plan).any(|l| l.from == *up))
            .count()
    };
    (0..reached.len()).any(|m| reached[m] && above(m) > 0)
}

/// Whether interrupted work of P6 follows: it is in two pieces going forward, and late as if it were in one.
pub(super) fn interrupted_follows(given: &Given, reached: &[bool]) -> bool {
    let Given { plan, facts } = given;
    let interrupted = |m: usize| facts.of(NodeIx(m as u32)).is_some_and(|f| f.suspended.is_some());
    plan.rules.profile == Profile::P6 && (0..reached.len()).any(|m| reached[m] && interrupted(m))
}

/// Whether what has started follows, which by the rules of MS Project asks for its recorded start.
pub(super) fn started_follows(given: &Given, reached: &[bool]) -> bool {
    let Given { plan, facts } = given;
    let started = |m: usize| reached[m] && is_started(facts, m);
    plan.rules.profile == Profile::MsProject && (0..plan.nodes.len()).any(started)
}

/// Why nothing is said of a plan in which something is as late as possible.
pub(super) fn of_late(given: &Given, found: &Schedule) -> Option<&'static str> {
    let plan = &given.plan;
    let late = |n: &usize| is_late(plan, *n) && is_leaf(plan, *n) && !is_typed(plan, *n);
    let mut all = (0..plan.nodes.len()).filter(late).peekable();
    all.peek()?;
    let rules = &plan.rules;
    let tools = rules.profile != Profile::Framdrift;
    if tools && (rules.profile == Profile::P6) != (late_kind(plan) == LateKind::FreeFloat) {
        return Some("tools: as late as possible in the way of the other tool");
    }
    let must = |n: usize| {
        let mut bounds = plan.nodes[n].bounds.iter();
        bounds.any(|b| matches!(b.kind, BoundKind::MustStart | BoundKind::MustFinish))
    };
    if rules.precedence == Precedence::Constraints && all.clone().any(must) {
        return Some("as late as possible, and kept at its date whatever else is asked");
    }
    if rules.multiple_critical_paths || rules.open_ends_critical {
        return Some("open ends are held to where they stood before something was moved as late as possible");
    }
    let before = |n: usize| {
        let dates = found.dates(NodeIx(n as u32));
        dates.start < dates.early_start && dates.late_start < dates.early_start
    };
    if rules.profile == Profile::MsProject && (0..plan.nodes.len()).any(|n| is_leaf(plan, n) && only_starts(given, n)) {
        return Some("ms project: a milestone that only starts others is not bound by them, also where it drives them");
    }
    let of_start = |l: &framdrift_model::projection::TimeLink| leaves_start(l) && !stands_alone(plan, l.from.index());
    if rules.profile == Profile::MsProject && links(plan).any(of_start) {
        return Some("ms project: a link from the start of a summary bounds nothing in it, also where that drives it");
    }
    if rules.profile == Profile::MsProject && of_tools(given, &vec![true; plan.nodes.len()]).is_some() {
        return Some("ms project: what is as late as possible drives others over lags that do not cancel");
    }
    let eats_total = late_kind(plan) == LateKind::TotalFloat;
    (eats_total && all.any(before))
        .then_some("what is as late as possible is too late already, and stands before its turn")
}

/// Whether P6 pulls something into free float: what is pulled to the finish goes on with it to the next start of work.
pub(super) fn pulled_by_p6(plan: &Projection) -> bool {
    plan.rules.profile != Profile::Framdrift
        && late_kind(plan) == LateKind::FreeFloat
        && plan.nodes.iter().any(|node| node.as_late_as_possible)
}

/// Whether links of P6 ask back for actual dates.
pub(super) fn actual_dates_follow(given: &Given, reached: &[bool]) -> bool {
    let Given { plan, facts } = given;
    let started = |m: usize| reached[m] && is_started(facts, m);
    let rules = &plan.rules;
    let actual = rules.out_of_sequence == OutOfSequence::ActualDates || rules.start_lag == StartLag::ActualStart;
    let asks = rules.profile == Profile::P6 && actual;
    asks && (0..plan.nodes.len()).any(started)
}

/// Whether an expected finish is among what is moved: it shortens what starts later, until it has passed.
pub(super) fn expected_follows(plan: &Projection, reached: &[bool]) -> bool {
    let expects = |m: usize| plan.nodes[m].bounds.iter().any(|b| b.kind == BoundKind::ExpectedFinish);
    plan.rules.expected_finish && (0..reached.len()).any(|m| reached[m] && expects(m))
}

/// Whether P6 keeps a finish that a link asks for although the work is done before.
pub(super) fn is_held(plan: &Projection, found: &Schedule, n: usize) -> bool {
    let dates = found.dates(NodeIx(n as u32));
    let lasts = super::network::distance(plan, n, dates.early_start, dates.early_finish);
    plan.rules.profile == Profile::P6 && lasts != span(plan, n).minutes()
}

/// Rules of the tools by which a lag taken off is not the lag that was added, or an end of a gap not its other end.
pub(super) fn of_tools(given: &Given, reached: &[bool]) -> Option<&'static str> {
    let Given { plan, facts } = given;
    let as_mpxj = plan.rules.elapsed_start == ElapsedStart::WorkingTime;
    if plan.rules.profile == Profile::Framdrift || (plan.rules.profile == Profile::MsProject && !as_mpxj) {
        return None;
    }
    let p6 = plan.rules.profile == Profile::P6;
    let hours = |m: usize| {
        let node = &plan.nodes[m];
        (
            node.calendar,
            node.work_calendar.unwrap_or(node.calendar),
            is_by_the_clock(plan, m),
        )
    };
    let point = |m: &usize| reached[*m] && no_time_is_left(given, *m);
    let (mut lags, mut points, mut used) = (false, false, false);
    let (mut of_start_or_to_finish, mut gaps) = (false, false);
    for link in links(plan) {
        let (from, to) = (ends(plan, link.from.index()), ends(plan, link.to.index()));
        if !from.iter().any(|m| reached[*m]) {
            continue;
        }
        let differ = from.iter().any(|a| to.iter().any(|b| hours(*a) != hours(*b)));
        let counted_on = match plan.rules.lag_calendar {
            LagCalendar::Project => plan.calendar,
            LagCalendar::Predecessor => plan.nodes[link.from.index()].calendar,
            LagCalendar::Successor | LagCalendar::AllDay => plan.nodes[link.to.index()].calendar,
        };
        // That of a summary may be none of what belongs to it.
        let summary = [link.from, link.to].iter().any(|n| !stands_alone(plan, n.index()));
        let counts = plan.rules.lag_calendar == LagCalendar::Project || (p6 && summary);
        let other = counts
            && from
                .iter()
                .chain(&to)
                .any(|m| hours(*m) != (counted_on, counted_on, false));
        let by_clock = from.iter().chain(&to).any(|m| is_by_the_clock(plan, *m));
        let across = differ || other || (by_clock && matches!(link.lag, Lag::Work(minutes) if minutes != 0));
        let held_back = to.iter().any(|m| plan.nodes[*m].delay > 0);
        let zero = matches!(link.lag, Lag::Work(0) | Lag::Elapsed(0) | Lag::Percent(0));
        let by_the_clock =
            matches!(link.lag, Lag::Elapsed(_) | Lag::Period(_)) || plan.rules.lag_calendar == LagCalendar::AllDay;
        lags |= (across || held_back) && !zero && !by_the_clock;
        let touches = link.kind != LinkKind::FinishToStart || from.iter().chain(&to).any(point);
        let gap = across || held_back || (by_the_clock && !zero);
        points |= touches && gap;
        // A lead ends where work begins, and what takes no time may have to stand where it ended.
        let lead = matches!(link.lag, Lag::Work(..0) | Lag::Percent(..0));
        points |= !p6 && lead && to.iter().any(point);
        of_start_or_to_finish |= !p6 && link.kind != LinkKind::FinishToStart;
        gaps |= !p6 && gap;
        let started = |list: &[usize]| list.iter().any(|m| is_started(facts, *m));
        used |= p6 && !zero && started(&from) && started(&to);
    }
    let alone = |m: usize| point(&m) && plan.nodes[m].work_calendar.is_some();
    points |= (0..plan.nodes.len()).any(alone);
    let waits = |m: usize| reached[m] && is_by_the_clock(plan, m);
    let waits = plan.rules.elapsed_start == ElapsedStart::WorkingTime && (0..plan.nodes.len()).any(waits);
    if waits {
        // As the open scheduler of MPXJ does it.
        return Some("tools: the late finish of elapsed time that waits for work is where work ends");
    }
    if of_start_or_to_finish && gaps {
        // The duration before the lag, forward and back: by the clock the two do not cancel.
        return Some("ms project: a link other than finish to start, by the clock or across calendars");
    }
    match (used, points, lags) {
        // Saved files prove both formulas.
        (true, ..) => Some("p6: a lag between two that are under way counts otherwise backward than forward"),
        // Early dates go on to the next start of work, late dates back to the end of work. On one calendar these are the same;
        // by the clock, or seen from another calendar, all of the gap lies between them.
        (_, true, _) => {
            Some("tools: what takes no time, or a link other than finish to start, by the clock or across calendars")
        }
        (.., true) => Some(
            "tools: a lag on one calendar of two, or before a delay, is taken off as it is added and does not cancel",
        ),
        _ => None,
    }
}

fn no_time_is_left(given: &Given, m: usize) -> bool {
    let fact = given.facts.of(NodeIx(m as u32)).copied().unwrap_or_default();
    takes_no_time(&given.plan, m) || fact.remaining.is_some_and(|left| left <= 0) || fact.finished.is_some()
}

/// Rules of MS Project that saved files prove, by which late dates are later than what follows allows.
pub(super) fn of_ms_project(given: &Given, n: usize) -> Option<&'static str> {
    let plan = &given.plan;
    if plan.rules.profile != Profile::MsProject {
        return None;
    }
    let reached = reached(plan, n);
    if (0..plan.nodes.len()).any(|m| reached[m] && is_leaf(plan, m) && only_starts(given, m)) {
        return Some("ms project: a milestone that only starts others is not bound by them");
    }
    let out = |l: &framdrift_model::projection::TimeLink| {
        leaves_start(l) && !stands_alone(plan, l.from.index()) && ends(plan, l.from.index()).iter().any(|m| reached[*m])
    };
    if links(plan).any(out) {
        return Some("ms project: a link from the start of a summary bounds nothing in it");
    }
    None
}

/// Whether float counts on other hours than the work.
pub(super) fn differs(plan: &Projection, n: usize) -> bool {
    plan.nodes[n]
        .work_calendar
        .is_some_and(|hours| hours != plan.nodes[n].calendar)
}

/// Whether a leaf takes no time and only starts others.
fn only_starts(given: &Given, m: usize) -> bool {
    let Given { plan, facts } = given;
    let none = span(plan, m).minutes() == 0 && plan.nodes[m].tenths <= 0;
    let no_time = none || left(facts, m) == Some(0);
    let from = |l: &&framdrift_model::projection::TimeLink| ends(plan, l.from.index()).contains(&m);
    let leads = |l: &&framdrift_model::projection::TimeLink| !ends(plan, l.to.index()).is_empty();
    let mut out = links(plan).filter(from).filter(leads).peekable();
    no_time && out.peek().is_some() && out.all(|l| l.kind == LinkKind::StartToStart)
}

fn left(facts: &Facts, n: usize) -> Option<i64> {
    facts.of(NodeIx(n as u32)).and_then(|f| f.remaining)
}
