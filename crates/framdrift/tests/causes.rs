//! Causes of moves, through documents: two random edits of a random plan, each also made without the other.
//!
//! Every cause that is named moves the date: made alone, or taken back alone. Shares come to the move. What is said to move nothing
//! moves nothing either way. No calendar is said to be a rule.
//!
//! `FRAMDRIFT_CASES=10000 cargo test --release -p framdrift --test main causes` tries more of them.

use framdrift::model::calendar::WorkCalendar;
use framdrift::model::projection::NodeIx;
use framdrift::model::time::Minute;
use framdrift::schedule::compare::{End, Reach, Unit, What};
use framdrift::{Change, Edit, Plan, ProgrammeDoc};
use proptest::prelude::*;

use crate::documents::{config, document};
use crate::tape::Tape;

/// Four plans: before, with one edit, with the other, and with both.
struct Square {
    before: Plan,
    one: Plan,
    other: Plan,
    both: Plan,
    /// Whether an edit is one of calendars.
    calendars: [bool; 2],
    /// Whether an edit is one of rules.
    rules: bool,
}

fn applied(plan: &Plan, change: &Change) -> Option<Plan> {
    let mut plan = plan.clone();
    plan.apply(change.clone()).ok()?;
    // Without a start there is nothing to compare.
    plan.schedule().is_some().then_some(plan)
}

/// Two edits that can be made together and each alone.
fn square(mut document: ProgrammeDoc, tape: Vec<u16>) -> Option<Square> {
    document.start.get_or_insert("2026-03-02".parse().expect("a date"));
    let mut tape = Tape::new(tape);
    let mut before = Plan::new(document).ok()?;
    for _ in 0..tape.below(4) {
        let change = Change::from(tape.facts_edit(&before));
        before = applied(&before, &change).unwrap_or(before);
    }
    let mut made: Vec<(Change, Plan)> = Vec::new();
    for _ in 0..12 {
        let change = tape.small_change(&before);
        if let Some(plan) = applied(&before, &change) {
            made.push((change, plan));
        }
        if let [(first, one), (second, other)] = made.as_slice() {
            let Some(both) = applied(one, second) else {
                made.pop();
                continue;
            };
            let all = [first, second].map(|change| change.programme.first());
            return Some(Square {
                before,
                one: one.clone(),
                other: other.clone(),
                both,
                calendars: all.map(|edit| matches!(edit, Some(Edit::ReplaceCalendar { .. } | Edit::Calendar(_)))),
                rules: all.iter().any(|edit| matches!(edit, Some(Edit::Scheduling(_)))),
            });
        }
    }
    None
}

#[derive(Default)]
struct Count {
    squares: usize,
    /// Squares in which the two together change what each changes alone.
    separable: usize,
    /// Edits that are one change in them.
    single: usize,
    named: usize,
    shared: usize,
    nothing: usize,
    calendars: usize,
}

fn work(calendar: &WorkCalendar, from: Minute, to: Minute) -> i64 {
    calendar.work_at(to) - calendar.work_at(from)
}

fn on(plan: &Plan, id: &str, end: End) -> Option<Minute> {
    let nodes = &plan.network().projection().nodes;
    let at = nodes.iter().position(|node| &*node.id == id)?;
    let dates = plan.dates(NodeIx(u32::try_from(at).expect("few nodes")))?;
    Some(if end == End::Start { dates.start } else { dates.finish })
}

/// Whether two plans have something at another time, of all that both have.
fn differ(one: &Plan, other: &Plan) -> bool {
    let ids = one.network().projection().nodes.iter().map(|node| &*node.id);
    let ends = |id| End::BOTH.map(|end| on(one, id, end).zip(on(other, id, end)));
    let dates = ids.flat_map(ends).flatten();
    let finish = |plan: &Plan| plan.schedule().map(framdrift::schedule::Schedule::finish);
    finish(one) != finish(other) || dates.into_iter().any(|(one, other)| one != other)
}

/// The changes of a comparison in words.
fn words(earlier: &Plan, later: &Plan) -> Vec<String> {
    let compared = later.compare(earlier).expect("both have a start");
    let changes = compared.comparison.changes.iter();
    changes.map(|change| compared.words(change)).collect()
}

fn check(square: &Square, count: &mut Count) {
    let Square {
        before,
        one,
        other,
        both,
        calendars,
        rules,
    } = square;
    count.squares += 1;
    let compared = both.compare(before).expect("both have a start");
    let comparison = &compared.comparison;
    let projection = both.network().projection();

    // Shares come to the move, counted in the unit that is said.
    let mut rows: Vec<_> = Vec::new();
    for moved in &comparison.moves {
        for end in End::BOTH {
            let Some(shift) = moved.shift(end) else {
                assert_eq!(moved.on(end).0, moved.on(end).1);
                continue;
            };
            let calendar = projection.nodes[moved.node.index()].calendar;
            rows.push((Some((both.id(moved.node), end)), moved.on(end), calendar, shift));
        }
    }
    let finish = comparison.shift.as_ref();
    assert_eq!(finish.is_some(), comparison.finish.0 != comparison.finish.1);
    rows.extend(finish.map(|shift| (None, comparison.finish, projection.calendar, shift)));
    for (row, (from, to), calendar, shift) in &rows {
        let by = match shift.unit {
            Unit::Work => work(&projection.calendars[calendar.index()], *from, *to),
            Unit::Clock => to.since(*from),
        };
        let shares: i64 = shift.causes.iter().map(|cause| cause.by).sum();
        assert_eq!((shift.by, shares + shift.together), (by, by), "{row:?}");
        assert!(shift.causes.iter().all(|cause| cause.by != 0));
        count.named += shift.causes.len();
        count.shared += usize::from(shift.causes.len() > 1);
    }

    let told = compared.to_string();
    assert!(
        *rules || comparison.changes.iter().all(|c| c.what != What::Rules),
        "{told}"
    );
    assert!(*rules || !told.contains("the rules"), "{told}");
    count.calendars += usize::from(calendars.contains(&true));

    // An edit that is one change, and all the others together the other edit: what is said of it can be seen at four plans.
    let alone = [words(before, one), words(before, other)];
    let all: Vec<String> = comparison.changes.iter().map(|c| compared.words(c)).collect();
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    if sorted(&all) != sorted(&alone.concat()) {
        return;
    }
    count.separable += 1;
    let with = [one, other];
    for edit in [0, 1] {
        let [change] = alone[edit].as_slice() else { continue };
        let mut same = (0..all.len()).filter(|at| all[*at] == *change);
        let (Some(at), None) = (same.next(), same.next()) else {
            continue;
        };
        count.single += 1;
        let others = with[1 - edit];
        for (row, (from, to), _, shift) in &rows {
            let date = |plan: &Plan| match row {
                None => plan.schedule().map(framdrift::schedule::Schedule::finish),
                Some((id, end)) => on(plan, id, *end),
            };
            let moves = date(with[edit]) != Some(*from) || date(others) != Some(*to);
            assert!(shift.share(at) == 0 || moves, "{change} does not move {row:?}: {told}");
            // The other edit is one change, too: nothing is left that neither accounts for.
            assert!(all.len() > 2 || shift.together == 0, "{row:?}: {told}");
        }
        let reach = comparison.changes[at].reach;
        let moves = differ(before, with[edit]) || differ(others, both);
        assert_eq!(reach == Reach::Nothing, !moves, "{change}: {told}");
        assert_ne!(reach, Reach::Unknown, "{change}: {told}");
        count.nothing += usize::from(!moves);
    }
}

fn tapes() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 60..160)
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_cause_is_true(document in document(), tape in tapes()) {
        if let Some(square) = square(document, tape) {
            check(&square, &mut Count::default());
        }
    }
}

#[test]
fn edits_are_often_separable_and_often_share_a_move() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let inputs = (document(), tapes());
    let mut count = Count::default();
    let mut tried = 0;
    while count.squares < 150 {
        tried += 1;
        let (document, tape) = inputs.new_tree(&mut runner).expect("a document").current();
        if let Some(square) = square(document, tape) {
            check(&square, &mut count);
        }
    }
    let Count {
        squares,
        separable,
        single,
        named,
        shared,
        nothing,
        calendars,
    } = count;
    assert!(10 * squares > 8 * tried, "{squares} of {tried} plans have two edits");
    assert!(
        2 * separable > squares && single > separable && named > 300 && shared > 20 && nothing > 20 && calendars > 5,
        "of {squares} double edits {separable} can be told apart, {single} edits are one change; {named} causes, {shared} moves with two of them; {nothing} \
         changes move nothing; {calendars} edit a calendar"
    );
}
