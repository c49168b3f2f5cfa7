//! Where the rules of the tools put what is as late as possible and eats free float.

use framdrift_model::projection::Milestone;
use framdrift_model::rules::{ElapsedStart, Profile};

use super::case::{Allowed, Case, Pair, Placed};
use super::clock::{self, EVER, Length, MINUTE};
use super::group::{Behind, Sums};
use super::strand::{End, Strand};
use super::{own, p6};

/// Where a node is pulled to: the last dates with which every strand forward asks for no more than what follows has, not past
/// its own late dates nor the latest early finish.
pub(super) fn pulled(
    case: &Case<'_>,
    sums: &Sums,
    soon: &Behind,
    n: usize,
    placed: &Placed,
    allowed: &Allowed,
) -> Option<Pair> {
    let (now, late, length) = (placed.dates, allowed.dates, placed.length);
    let strands = bounding(case, sums, n);
    let fits = |at: i64| {
        let to = standing(case, n, length, at);
        let in_time = |side: usize| to[side] <= late[side].max(now[side]);
        let asks_no_more = |strand: &&Strand| {
            let t = to[usize::from(!strand.from_start)];
            let (asked, has) = asks(case, sums, soon, strand, t);
            has.is_none_or(|has| asked <= has)
        };
        in_time(0) && in_time(1) && strands.iter().all(asks_no_more)
    };
    let last = late[1].min(case.finish);
    if last <= now[1] || !fits(now[1]) {
        return None;
    }
    // It moves by whole minutes.
    let (mut good, mut steps) = (0, (last - now[1]) / MINUTE + 1);
    while steps - good > 1 {
        let tried = good + (steps - good) / 2;
        match fits(now[1] + tried * MINUTE) {
            true => good = tried,
            false => steps = tried,
        }
    }
    let to = standing(case, n, length, now[1] + good * MINUTE).map(clock::inside);
    (to[0] >= now[0] && to[1] >= now[1] && to != now).then_some(to)
}

/// The least that dates of a profile differ by.
fn unit(case: &Case<'_>) -> i64 {
    if case.rules.profile == Profile::MsProject {
        1
    } else {
        MINUTE
    }
}

/// The dates of a node that finishes at `at` or before.
fn standing(case: &Case<'_>, n: usize, length: Length, at: i64) -> Pair {
    let hours = case.hours(n);
    if length.civil {
        let start = begun_by(case, n, length, clock::back(hours, length, at));
        return [start, clock::over(hours, length, start)];
    }
    let closing = clock::at_closing(hours, at);
    let begins_something = case.node(n).milestone == Some(Milestone::Start);
    match length.tenths {
        0 if begins_something && clock::at_opening(hours, at) == at => [at; 2],
        0 => [closing; 2],
        _ => [p6::begins(case, n, clock::back(hours, length, closing)), closing],
    }
}

/// `t`, or the last instant before it at which time by the clock may begin.
pub(super) fn begun_by(case: &Case<'_>, n: usize, length: Length, t: i64) -> i64 {
    let (hours, t) = (case.hours(n), clock::inside(t));
    let waits = length.civil && case.rules.elapsed_start == ElapsedStart::WorkingTime;
    if !waits || clock::at_opening(hours, t) == t {
        return t;
    }
    clock::inside(clock::at_closing(hours, t) - unit(case))
}

/// All strands that a node is at the beginning of, by itself or as one of a group.
fn bounding<'c>(case: &'c Case<'_>, sums: &Sums, n: usize) -> Vec<&'c Strand> {
    let all = &case.strands;
    let mut found: Vec<&Strand> = all.strands_from(n).map(|s| &all.all[s]).collect();
    let (mut group, mut first) = (all.out_of(n), true);
    while let Some(g) = group {
        first &= own::starts_first(case, sums, n, g);
        let strands = all.strands_from_group(g).map(|s| &all.all[s]);
        found.extend(strands.filter(|strand| first || !strand.from_start));
        group = Some(all.outs[g].outer).filter(|outer| *outer != super::tree::NONE);
    }
    found
}

/// What a strand asks for, and what stands at its end, if anything that can be held does.
fn asks(case: &Case<'_>, sums: &Sums, soon: &Behind, strand: &Strand, t: i64) -> (i64, Option<i64>) {
    match strand.to {
        // MS Project steps a finish back to the start that reaches it before it adds the lag.
        End::Node(to) if case.rules.profile == Profile::MsProject && !strand.to_start => {
            let length = case.length(to);
            let stepped = clock::back(case.hours(to), length, t);
            let has = soon.of(strand.to)[0];
            (case.demanded(sums, strand, stepped), Some(has).filter(|t| *t != EVER))
        }
        _ => (case.demanded(sums, strand, t), soon.at(strand)),
    }
}
