//! The rules of Microsoft Project as equations on one node.

use framdrift_model::projection::BoundKind;

use super::case::{Allowed, Case, Demand, Pair, Placed, Source};
use super::clock::{self, Length, NEVER};
use super::flaw::Reason;
use super::group::{Behind, Sums};
use super::keep;
use super::last;
use super::met;
use super::own;
use super::tree::is_constraint;
use super::typed::{self, Hours};

/// Where a node must be, by the dates of what precedes it.
pub(super) fn place(case: &Case<'_>, sums: &Sums, n: usize, heard: &mut Vec<Demand>) -> Placed {
    if let Some(dates) = case.typed(n) {
        return own::typed(case, n, dates);
    }
    let (hours, length) = (case.hours(n), case.length(n));
    match (case.started(n), case.finished(n)) {
        (Some(start), Some(finish)) => {
            return Placed::at([start, finish.max(start)], length).because(Reason::Recorded);
        }
        (Some(start), None) => return underway(case, n, length, start),
        _ => {}
    }
    hear_links(case, sums, n, length, heard);
    if heard.is_empty() {
        heard.push(unlinked(case, n, length));
    }
    let inherited = case.tree.inherited(n);
    let held = typed::held(case, n);
    heard.push(Demand::new(held[0].0, true, held[0].1));
    let latest = |heard: &[Demand]| heard.iter().map(|d| d.at).max().unwrap_or(NEVER);
    let delay = met::delay(case, n);
    if delay > 0 {
        heard.iter_mut().for_each(|d| d.at = clock::civil(d.at, delay));
    }
    // Time by the clock that waits for working time stands where its own dates put it, whatever the hour.
    if length.civil && case.civil_waits() {
        let most = latest(heard);
        for demand in heard.iter_mut().filter(|d| d.at == most) {
            demand.at = keep::begin(case, n, length, most);
        }
    }
    heard.push(Demand::new(inherited.floor.0, true, inherited.floor.1));
    let dates_win = case.dates_win();
    for (bound, reason) in case.bounds(n) {
        let at = clock::tenths(bound.at);
        let of_start = match bound.kind {
            BoundKind::StartNotBefore => true,
            BoundKind::ExternalStart if case.rules.external_dates => true,
            // Where dates win, these are kept whatever links say.
            BoundKind::MustStart if !dates_win => true,
            BoundKind::FinishNotBefore => false,
            BoundKind::MustFinish if !dates_win => false,
            _ => continue,
        };
        let at = if of_start { at } else { clock::back(hours, length, at) };
        heard.push(Demand::new(at, of_start, reason));
    }
    let start = match length.civil {
        true => latest(heard),
        false => keep::begin(case, n, length, latest(heard)),
    };
    let mut placed = Placed::at([start, clock::over(hours, length, start)], length);
    if dates_win {
        keep::dates(case, n, &mut placed);
    }
    placed
}

/// What links ask of the start. Where they ask for a finish, it is stepped back to the start that reaches it, and the lag is
/// added to that.
fn hear_links(case: &Case<'_>, sums: &Sums, n: usize, length: Length, heard: &mut Vec<Demand>) {
    let hours = case.hours(n);
    for s in case.strands.strands_to(n) {
        let strand = &case.strands.all[s];
        let handed = case.handed(sums, strand);
        let from = handed[usize::from(!strand.from_start)];
        let from = if strand.to_start {
            from
        } else {
            clock::back(hours, length, from)
        };
        heard.push(Demand {
            at: case.demanded(sums, strand, from),
            of_start: strand.to_start,
            reason: Reason::Link(strand.link),
            source: Source::Strand(s),
        });
        if !strand.to_start && !strand.from_start {
            // A link between finishes does not lead back before the programme.
            heard.push(Demand::new(case.start, true, Reason::ProgrammeStart));
        }
    }
    if let Some(g) = case.strands.in_of(n) {
        for (of_start, (at, reason)) in [(true, sums.ins[g].start), (false, sums.ins[g].finish)] {
            if at == NEVER {
                continue;
            }
            heard.push(Demand {
                at: if of_start { at } else { clock::back(hours, length, at) },
                of_start,
                reason,
                source: Source::Group(g),
            });
        }
    }
}

/// What no link leads to starts with the programme, or at its own date even where that is earlier.
fn unlinked(case: &Case<'_>, n: usize, length: Length) -> Demand {
    for (bound, reason) in case.bounds(n) {
        let at = clock::tenths(bound.at);
        match bound.kind {
            BoundKind::StartNotBefore => return Demand::new(at, true, reason),
            BoundKind::FinishNotBefore => {
                let start = clock::back(case.hours(n), length, at);
                if start < case.start {
                    return Demand::new(start, true, reason);
                }
            }
            _ => {}
        }
    }
    let start = clock::at_opening(case.calendar(n), case.start);
    Demand::new(start, true, Reason::ProgrammeStart)
}

/// What has started stays where it did, and its links push it no longer.
fn underway(case: &Case<'_>, n: usize, length: Length, start: i64) -> Placed {
    let hours = case.hours(n);
    let mut placed = Placed::at([start, clock::over(hours, length, start)], length);
    placed.fixed[0] = Some(Reason::Recorded);
    let mut raise = |to: i64, reason: Reason| {
        if to > placed.dates[1] {
            placed.dates[1] = to;
            placed.fixed[1] = Some(reason);
        }
    };
    if let (Some(resumed), Some(rest)) = (case.fact(n).resumed, case.recorded_rest(n)) {
        raise(clock::over(hours, rest, clock::tenths(resumed)), Reason::Resumed);
    }
    for (bound, reason) in case.bounds(n).filter(|(b, _)| b.kind == BoundKind::FinishNotBefore) {
        raise(clock::tenths(bound.at), reason);
    }
    placed
}

/// How late a node may be, by the late dates of what follows.
pub(super) fn allow(
    case: &Case<'_>,
    sums: &Sums,
    behind: &Behind,
    n: usize,
    placed: &Placed,
    heard: &mut Vec<Demand>,
) -> Allowed {
    let (hours, soonest, typed) = (case.hours(n), placed.dates, case.is_typed(n));
    if let (Some(start), Some(finish)) = (case.started(n), case.finished(n))
        && !(typed && case.node(n).summary)
    {
        let recorded = [start, finish.max(start)].map(clock::inside);
        return Allowed {
            dates: recorded,
            float_finish: recorded[1],
            shown: recorded,
            fixed: Some(Reason::Recorded),
        };
    }
    let rest = case.recorded_rest(n).filter(|_| case.started(n).is_some());
    let length = rest.unwrap_or(placed.length);
    let started = case.started(n).filter(|_| !typed);
    let mut ask = |at: i64, of_start: bool, reason| heard.push(Demand::new(at, of_start, reason));
    ask(case.origin, false, Reason::ProgrammeFinish);
    let inherited = case.tree.inherited(n);
    let held = typed::held(case, n);
    ask(held[1].0, false, held[1].1);
    let on_start = |t| clock::over(hours, length, t);
    let pinned = started.is_some() || typed;
    // Links between starts say nothing of the finish of what takes no time, if nothing else follows it.
    let starts = |s: usize| case.strands.all[s].from_start && case.strands.all[s].to_start;
    let only_starts = case.strands.out_of(n).is_none() && case.strands.strands_from(n).all(starts);
    let unbound = pinned || (length.tenths == 0 && only_starts);
    let mut followed = false;
    for s in case.strands.strands_from(n) {
        let strand = &case.strands.all[s];
        if !behind.binds(case, strand) {
            continue;
        }
        followed = true;
        // An end that has started or was typed in cannot start any earlier.
        let Some(asked) = behind.asked(strand).filter(|_| !(unbound && strand.from_start)) else {
            continue;
        };
        let at = match (strand.from_start, strand.to_start) {
            // MPXJ adds the duration before it takes the lag off.
            (true, false) if case.civil_waits() => case.allowed(sums, strand, asked.map(on_start)),
            (true, _) => last::finish_of_start(case, n, length, case.allowed(sums, strand, asked)),
            (false, _) => case.allowed(sums, strand, asked),
        };
        ask(at, strand.from_start, Reason::Link(strand.link));
    }
    if let Some(g) = case.strands.out_of(n).filter(|g| behind.outs[*g].followed) {
        followed = true;
        let caps = behind.outs[g];
        // Links from the start of a summary hold forward only.
        ask(caps.finish.0, false, caps.finish.1);
    }
    if let Some((at, reason)) = case.holds.over(n).and_then(|over| behind.holds.get(&over)) {
        followed = true;
        ask(*at, false, *reason);
    }
    let open_end = case.rules.multiple_critical_paths && !followed;
    if open_end {
        ask(soonest[1], false, Reason::OpenEnd);
    }
    let [constraint, other] = inherited.caps;
    if !typed {
        ask(constraint.0, false, constraint.1);
    }
    if !open_end {
        ask(other.0, false, other.1);
    }
    let mut fixed = None;
    for (bound, reason) in case.bounds(n) {
        let (at, constraint) = (clock::tenths(bound.at), is_constraint(bound.origin));
        if typed && constraint {
            continue;
        }
        match bound.kind {
            BoundKind::FinishNotAfter if constraint || !open_end => ask(at, false, reason),
            BoundKind::ExternalFinish if case.rules.external_dates => ask(at, false, reason),
            // A date for its start says nothing of what has started.
            BoundKind::StartNotAfter | BoundKind::MustStart if started.is_some() => {}
            BoundKind::StartNotAfter => ask(on_start(at), true, reason),
            BoundKind::MustStart | BoundKind::MustFinish => {
                let of_start = bound.kind == BoundKind::MustStart;
                let at = if of_start { on_start(at) } else { at };
                ask(at, of_start, reason);
                if case.dates_win() && started.is_none() {
                    fixed = Some((at, reason));
                }
            }
            _ => {}
        }
    }
    let own_hours = Hours::of(case, n, hours);
    let least = heard.iter().map(|d| d.at).min().unwrap_or(case.origin);
    let latest = fixed.map_or(least, |(at, _)| at);
    let finish = match length.civil && !case.civil_waits() {
        true => clock::inside(latest),
        false if length.civil => clock::at_closing(hours, latest),
        false => own_hours.closing(latest),
    };
    let dates = [own_hours.back(length, finish), finish];
    // What has started asks for where the rest of it goes on, as long as something is left.
    let asks = match case.started(n).filter(|_| length.tenths > 0) {
        Some(start) => [clock::inside(goes_on(case, n, placed.length, length, start)), finish],
        None => dates,
    };
    let (dates, shown) = match started {
        None if length.is_point() && !(typed && case.node(n).summary) => {
            ([last::point(case, n, soonest[0], latest, finish); 2], dates)
        }
        // What precedes it sees the start of what belongs to it, and its finish where it was typed.
        _ if typed && case.node(n).summary => {
            let start = case.holds.least_start(case, n).unwrap_or(soonest[0]);
            ([start, soonest[1]], dates)
        }
        Some(actual) => ([asks[0], finish.max(soonest[1])], [actual, finish.max(soonest[1])]),
        None => (asks, dates),
    };
    Allowed {
        dates,
        float_finish: finish,
        shown,
        fixed: fixed.map(|f| f.1),
    }
}

/// Where the rest of a started node goes on: at its resume date, else after what is done.
fn goes_on(case: &Case<'_>, n: usize, whole: Length, rest: Length, start: i64) -> i64 {
    match case.fact(n).resumed {
        Some(resumed) => clock::tenths(resumed),
        None => clock::over(case.hours(n), whole.with((whole.tenths - rest.tenths).max(0)), start),
    }
}

/// The late start of a node that links into a summary above it see: where it was typed or has started, else its own.
pub(super) fn seen_within(case: &Case<'_>, n: usize, late_start: i64) -> i64 {
    let typed = case.typed(n).filter(|_| !case.node(n).summary);
    let recorded = || case.started(n).unwrap_or(late_start);
    typed.map_or_else(recorded, |[start, _]| start)
}

/// The least gap over a node's own links to the dates of what follows; none where nothing does.
pub(super) fn free_float(
    case: &Case<'_>,
    sums: &Sums,
    soon: &Behind,
    n: usize,
    length: Length,
    dates: Pair,
) -> Option<i64> {
    soon.least_gap(case, n, |strand, _| {
        let own = case.projection.links[strand.link.index()].from.index() == n;
        let from = dates[usize::from(!strand.from_start)];
        own.then(|| {
            Hours::of(case, n, case.hours(n)).passed(length, from, case.allowed(sums, strand, soon.of(strand.to)))
        })
    })
}
