//! Comparisons: what moved, and which change moved it.

mod random;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Counts, Lag, LinkKind, NodeIx, Projection, Span, TimeNode,
};
use framdrift_model::quantity::{Units, counted};
use framdrift_schedule::compare::{Aspect, Comparison, Computed, End, MOST_STEPS, Reach, Unit, What, compare};
use framdrift_schedule::{Network, Schedule, compute};

use crate::support::{DAY, FF, FS, SS, at, child, plan, summary, work};

fn link(plan: &mut Projection, from: NodeIx, to: NodeIx, kind: LinkKind, lag: Lag) {
    plan.link(from, to, kind, lag);
}

fn computed(plan: &Projection) -> (Network, Schedule) {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, &Facts::none()).unwrap();
    (network, schedule)
}

fn compared(earlier: &Projection, later: &Projection) -> Comparison {
    let (a, b) = (computed(earlier), computed(later));
    compare((&a.0, &a.1), (&b.0, &b.1))
}

/// What a change is and whom it moved, in words.
fn said(earlier: &Projection, later: &Projection) -> Vec<String> {
    let (a, b) = (computed(earlier), computed(later));
    let sides = [Computed::from((&a.0, &a.1)), Computed::from((&b.0, &b.1))];
    let comparison = compare(sides[0], sides[1]);
    let name = |node: &TimeNode| node.id.to_string();
    let units = Units::default();
    let length = |minutes: i64, counts: Counts| counted(minutes, counts, units);
    let lines = comparison.changes.iter().map(|change| {
        let moved: Vec<String> = change
            .moved
            .iter()
            .map(|e| {
                let (id, end) = (&later.nodes[e.node.index()].id, e.end.word());
                match e.unit {
                    Unit::Work => format!("{id} {end} {:+}d", e.by / DAY),
                    Unit::Clock => format!("{id} {end} {:+}h by the clock", e.by / 60),
                }
            })
            .collect();
        format!(
            "{}: {}",
            change.what.words(sides[0], sides[1], &name, &length),
            moved.join(", ")
        )
    });
    lines.collect()
}

/// Walls and windows, then the roof, then paint.
fn house() -> Projection {
    let mut house = plan();
    let walls = work(&mut house, "walls", 4 * DAY);
    let windows = work(&mut house, "windows", 2 * DAY);
    let roof = work(&mut house, "roof", DAY);
    let paint = work(&mut house, "paint", DAY);
    link(&mut house, walls, roof, FS, Lag::NONE);
    link(&mut house, windows, roof, FS, Lag::NONE);
    link(&mut house, roof, paint, FS, Lag::Work(DAY));
    house
}

#[test]
fn what_is_longer_moves_what_waits_for_it() {
    let mut later = house();
    later.nodes[0].span = Span::Work(5 * DAY);
    assert_eq!(
        said(&house(), &later),
        // From Friday to Monday by the clock, and from Wednesday to Thursday; a working day each.
        [
            "`walls` takes 5d instead of 4d: roof start +1d, roof finish +1d, walls finish +1d, paint start +1d, paint finish +1d"
        ]
    );
}

#[test]
fn what_is_earlier_is_told_of_what_held_it() {
    let mut later = house();
    later.links.remove(0);
    // Now the windows drive the roof, but it was the walls that let go.
    assert_eq!(
        said(&house(), &later),
        ["`roof` no longer waits for `walls`: paint start -2d, paint finish -2d, roof start -2d, roof finish -2d"]
    );

    let mut later = house();
    later.nodes[0].span = Span::Work(DAY);
    assert_eq!(
        said(&house(), &later),
        [
            "`walls` takes 1d instead of 4d: paint start -2d, paint finish -2d, walls finish -3d, roof start -2d, roof finish -2d"
        ]
    );
}

#[test]
fn of_two_changes_each_has_its_own() {
    let mut later = house();
    // The windows get longer, too, but the walls still drive.
    later.nodes[0].span = Span::Work(6 * DAY);
    later.nodes[1].span = Span::Work(3 * DAY);
    assert_eq!(
        said(&house(), &later),
        [
            "`walls` takes 6d instead of 4d: walls finish +2d, roof start +2d, roof finish +2d, paint start +2d, paint finish +2d",
            "`windows` takes 3d instead of 2d: windows finish +1d",
        ]
    );
}

/// Each change that has a share in the move of one date, in words: `` `a` +18d ``.
fn shares(earlier: &Projection, later: &Projection, node: NodeIx, end: End) -> Vec<String> {
    let comparison = compared(earlier, later);
    let shift = comparison
        .of(node)
        .and_then(|moved| moved.shift(end))
        .expect("it moved");
    let about = |change: usize| match comparison.changes[change].what {
        What::Node { node, .. } => later.nodes[node.index()].id.to_string(),
        other => other.word().to_owned(),
    };
    let mut list: Vec<String> = shift
        .causes
        .iter()
        .map(|cause| format!("{} {:+}m", about(cause.change), cause.by))
        .collect();
    if shift.together != 0 {
        list.push(format!("together {:+}m", shift.together));
    }
    list
}

/// Works one after the other, and works beside them; then one that waits for all.
fn beside(chain: &[i64], others: &[i64]) -> Projection {
    let mut plan = plan();
    let end = work(&mut plan, "end", DAY);
    let mut last = None;
    for (n, minutes) in chain.iter().enumerate() {
        let next = work(&mut plan, &format!("a{n}"), *minutes);
        if let Some(last) = last {
            link(&mut plan, last, next, FS, Lag::NONE);
        }
        last = Some(next);
    }
    for (n, minutes) in others.iter().enumerate() {
        let other = work(&mut plan, &format!("b{n}"), *minutes);
        link(&mut plan, other, end, FS, Lag::NONE);
    }
    link(&mut plan, last.unwrap(), end, FS, Lag::NONE);
    plan
}

#[test]
fn every_change_on_the_chain_has_its_share() {
    let made = |a: i64, b: i64| {
        let mut plan = plan();
        let a = work(&mut plan, "a", a * DAY);
        let b = work(&mut plan, "b", b * DAY);
        link(&mut plan, a, b, FS, Lag::NONE);
        plan
    };
    let (before, after) = (made(2, 2), made(20, 5));
    assert_eq!(
        shares(&before, &after, NodeIx(1), End::Finish),
        ["a +8640m", "b +1440m"]
    );
    assert_eq!(shares(&before, &after, NodeIx(1), End::Start), ["a +8640m"]);
    assert_eq!(
        shares(&after, &before, NodeIx(1), End::Finish),
        ["a -8640m", "b -1440m"]
    );
    let comparison = compared(&before, &after);
    let finish = comparison.shift.unwrap();
    assert_eq!((finish.by, finish.causes.len()), (21 * DAY, 2));
    assert!(comparison.changes.iter().all(|c| c.reach == Reach::Moves));
}

#[test]
fn slack_that_changes_share_is_nobodys() {
    // Six hours are free; each of three takes four more, so six are left to move the end: two for each.
    let (before, after) = (beside(&[60; 3], &[540]), beside(&[300; 3], &[540]));
    assert_eq!(
        shares(&before, &after, NodeIx(0), End::Start),
        ["a0 +120m", "a1 +120m", "a2 +120m"]
    );
    // One takes back some of what the other adds.
    let (before, after) = (beside(&[60, 120], &[300]), beside(&[420, 60], &[300]));
    assert_eq!(shares(&before, &after, NodeIx(0), End::Start), ["a0 +210m", "a1 -30m"]);
}

#[test]
fn of_two_chains_the_driving_one_counts() {
    // Both would move the end; it is the longer one that it follows from now.
    let (before, after) = (beside(&[60], &[60]), beside(&[360], &[240]));
    assert_eq!(shares(&before, &after, NodeIx(0), End::Start), ["a0 +300m"]);
    let comparison = compared(&before, &after);
    // The other one moves what it is, and nothing else.
    let other = comparison.changes.iter().find(|c| c.moved.len() == 1).unwrap();
    assert_eq!((other.reach, other.moved[0].node), (Reach::Moves, NodeIx(2)));
}

#[test]
fn what_moves_nothing_only_because_of_others_is_covered() {
    let mut later = house();
    // The roof waits longer for both, as long for the one as for the other.
    later.links[0].lag = Lag::Work(DAY);
    later.links[1].lag = Lag::Work(3 * DAY);
    let comparison = compared(&house(), &later);
    let reach: Vec<Reach> = comparison.changes.iter().map(|c| c.reach).collect();
    assert_eq!(reach, [Reach::Moves, Reach::Covered]);
    assert!(comparison.changes[1].moved.is_empty());
    // There is room for the paint to wait for the windows.
    let mut later = house();
    later.links[0].lag = Lag::Work(DAY);
    later.link(NodeIx(1), NodeIx(3), FS, Lag::NONE);
    let comparison = compared(&house(), &later);
    let reach: Vec<Reach> = comparison.changes.iter().map(|c| c.reach).collect();
    assert_eq!(reach, [Reach::Moves, Reach::Nothing]);
}

#[test]
fn what_no_single_change_does_is_told_of_several_together() {
    // Two chains, and of each two works together use up what was free.
    let made = |long: i64| {
        let mut plan = beside(&[60, 60], &[240]);
        let [c0, c1] = ["c0", "c1"].map(|id| work(&mut plan, id, 60));
        link(&mut plan, c0, c1, FS, Lag::NONE);
        link(&mut plan, c1, NodeIx(0), FS, Lag::NONE);
        for node in [1, 2, 4, 5] {
            plan.nodes[node].span = Span::Work(long);
        }
        plan
    };
    let (before, after) = (made(60), made(180));
    assert_eq!(shares(&before, &after, NodeIx(0), End::Start), ["together +120m"]);
    assert_eq!(compared(&before, &after).together().count(), 1);
}

#[test]
fn of_more_changes_than_can_be_tried_those_with_most_behind_them_are() {
    let chain = |longer: i64| {
        let mut plan = plan();
        let mut last = None;
        for n in 0..20_000 {
            let next = work(&mut plan, &n.to_string(), if n < 60 { longer } else { 60 });
            if let Some(last) = last {
                link(&mut plan, last, next, FS, Lag::NONE);
            }
            last = Some(next);
        }
        plan
    };
    let (before, after) = (chain(60), chain(90));
    let comparison = compared(&before, &after);
    let most = usize::try_from(MOST_STEPS / (2 * 39_999)).unwrap();
    let tried = comparison.changes.iter().filter(|c| c.reach == Reach::Moves).count();
    assert_eq!((comparison.changes.len(), tried), (60, most));
    let others = comparison.changes.iter().filter(|c| c.reach == Reach::Unknown);
    assert_eq!(others.clone().count(), 60 - most);
    assert!(others.into_iter().all(|c| c.moved.is_empty()));
    // The first ones are on the chains of most dates.
    let finish = comparison.shift.as_ref().unwrap();
    assert_eq!((finish.by, finish.causes.len()), (60 * 30, most));
    assert_eq!(finish.together, (60 - most as i64) * 30);
    let last = comparison
        .of(NodeIx(40))
        .and_then(|moved| moved.finish.as_ref())
        .unwrap();
    assert_eq!((last.causes.len(), last.together), (41, 0));
}

#[test]
fn what_runs_by_the_clock_moves_by_the_clock() {
    let made = |minutes: i64, lag: i64| {
        let mut plan = plan();
        let a = work(&mut plan, "a", minutes);
        let migrate = plan.add(TimeNode::activity("migrate", Span::Elapsed(600)));
        link(&mut plan, a, migrate, FS, Lag::Elapsed(lag));
        plan
    };
    let (before, after) = (made(4 * DAY, 0), made(5 * DAY, 60));
    let comparison = compared(&before, &after);
    let finish = comparison.moves[1].finish.as_ref().unwrap();
    assert_eq!((finish.unit, finish.by), (Unit::Clock, 1_440 + 60));
    assert_eq!(
        shares(&before, &after, NodeIx(1), End::Finish),
        ["a +1440m", "link-changed +60m"]
    );
}

#[test]
fn hours_of_a_calendar_are_no_rules() {
    let with = |hours: WorkCalendar| {
        let mut plan = house();
        plan.calendars[0] = hours;
        plan
    };
    let always = WorkCalendar::always();
    let comparison = compared(&house(), &with(always));
    let whats: Vec<What> = comparison.changes.iter().map(|c| c.what).collect();
    assert_eq!(whats, [What::Hours(CalendarIx(0), CalendarIx(0))]);
}

#[test]
fn what_goes_with_the_calendar_of_the_programme_is_one_change() {
    let on = |calendar: u32| {
        let mut plan = house();
        plan.add_calendar(WorkCalendar::always());
        plan.calendar = CalendarIx(calendar);
        for node in &mut plan.nodes[..3] {
            node.calendar = plan.calendar;
            node.inherits_calendar = true;
        }
        plan
    };
    let (before, mut after) = (on(0), on(1));
    assert_eq!(compared(&before, &after).changes.len(), 1);
    // Taken by itself the new calendar brings the roof 65 hours forward; the roof of two days, which would have met the weekend, it
    // brings 129. Half of the way between them; likewise the longer roof: 72 hours by itself, 8 on the new calendar.
    after.nodes[2].span = Span::Work(2 * DAY);
    let comparison = compared(&before, &after);
    let whats: Vec<&str> = comparison.changes.iter().map(|c| c.what.word()).collect();
    assert_eq!(whats, ["programme-calendar", "span"]);
    assert_eq!(
        shares(&before, &after, NodeIx(2), End::Finish),
        ["programme-calendar -5820m", "roof +2400m"]
    );
}

#[test]
fn what_is_new_goes_with_the_calendar_of_the_programme() {
    let on = |calendar: u32, new: bool| {
        let mut plan = Projection::new(at("2026-03-02T08:00"));
        plan.add_calendar(WorkCalendar::always());
        plan.calendar = CalendarIx(calendar);
        let ids = if new { vec!["dig", "pour"] } else { vec!["dig"] };
        for (id, days) in ids.into_iter().zip([1, 3]) {
            let mut node = TimeNode::activity(id, Span::Work(days * DAY));
            node.calendar = plan.calendar;
            node.inherits_calendar = true;
            plan.add(node);
        }
        plan
    };
    // What is new takes until Wednesday at five in the office, and a day and a night by itself on the new calendar.
    let (before, after) = (on(0, false), on(1, true));
    let comparison = compared(&before, &after);
    let [office, always] = [0, 1].map(|calendar| computed(&on(calendar, true)).1.finish());
    assert_ne!(office, always);
    let (from, to) = comparison.finish;
    assert_eq!(to, always);
    assert!(
        comparison.changes.iter().all(|change| change.reach == Reach::Moves),
        "{comparison:?}"
    );
    // On top of the new node the calendar takes off what the office would have waited.
    let shift = comparison.shift.expect("the finish moved");
    assert_eq!(shift.by, to.since(from));
    assert_eq!(shift.together, 0);
}

#[test]
fn what_no_longer_goes_with_the_calendar_of_the_programme_is_a_change() {
    let on = |calendar: u32, inherits: bool| {
        let mut plan = Projection::new(at("2026-03-02T08:00"));
        plan.add_calendar(WorkCalendar::always());
        plan.calendar = CalendarIx(calendar);
        for id in ["dig", "pour"] {
            let mut node = TimeNode::activity(id, Span::Work(3 * DAY));
            node.inherits_calendar = id == "dig" || inherits;
            node.calendar = CalendarIx(if node.inherits_calendar { calendar } else { 0 });
            plan.add(node);
        }
        plan
    };
    // The second one stays where it is: the calendar would move it.
    let comparison = compared(&on(0, true), &on(1, false));
    let whats: Vec<(&str, Reach)> = comparison.changes.iter().map(|c| (c.what.word(), c.reach)).collect();
    assert_eq!(
        whats,
        [("programme-calendar", Reach::Moves), ("calendar", Reach::Covered)]
    );
}

#[test]
fn a_node_that_is_new_or_gone_moves_others() {
    let mut later = house();
    let frame = work(&mut later, "frame", 2 * DAY);
    link(&mut later, NodeIx(0), frame, FS, Lag::NONE);
    link(&mut later, frame, NodeIx(2), FS, Lag::NONE);
    assert_eq!(
        said(&house(), &later),
        ["`frame` is new: roof start +2d, roof finish +2d, paint start +2d, paint finish +2d"]
    );
    assert_eq!(
        said(&later, &house()),
        ["`frame` is gone: roof start -2d, roof finish -2d, paint start -2d, paint finish -2d"]
    );
    let comparison = compared(&later, &house());
    assert_eq!(
        (comparison.added.len(), comparison.removed.as_slice()),
        (0, [frame].as_slice())
    );
}

#[test]
fn a_summary_moves_with_its_leaf() {
    let made = |minutes| {
        let mut plan = plan();
        let phase = summary(&mut plan, "phase", None);
        child(&mut plan, phase, "a", minutes);
        child(&mut plan, phase, "b", DAY);
        let after = work(&mut plan, "after", DAY);
        link(&mut plan, phase, after, FS, Lag::NONE);
        plan
    };
    assert_eq!(
        said(&made(2 * DAY), &made(3 * DAY)),
        ["`a` takes 3d instead of 2d: phase finish +1d, a finish +1d, after start +1d, after finish +1d"]
    );
    let comparison = compared(&made(2 * DAY), &made(3 * DAY));
    let chain = comparison.chain(NodeIx(3), End::Finish, 0, 9);
    assert_eq!(
        chain,
        [
            (NodeIx(1), End::Finish),
            (NodeIx(3), End::Start),
            (NodeIx(3), End::Finish)
        ]
    );
    assert_eq!(comparison.chain(NodeIx(3), End::Finish, 0, 2), chain[1..]);
}

#[test]
fn words_for_every_kind_of_change() {
    let mut later = house();
    later.start = Some(at("2026-03-03T08:00"));
    later.links[0].lag = Lag::Elapsed(1_440);
    later.links[1].kind = FF;
    later.links[2].lag = Lag::Percent(50_000);
    later.link(NodeIx(0), NodeIx(3), SS, Lag::Work(-DAY));
    later.nodes[3].bounds.push(Bound {
        kind: BoundKind::StartNotBefore,
        at: at("2026-04-01T08:00"),
        origin: BoundOrigin::Constraint(0),
    });
    later.nodes[0].as_late_as_possible = true;
    later.nodes[1].delay = 90;
    later.nodes[3].span = Span::Elapsed(2_400);
    let words: Vec<String> = said(&house(), &later)
        .into_iter()
        .map(|line| line.split(": ").next().unwrap().to_owned())
        .collect();
    for expected in [
        "the programme starts 2026-03-03T08:00 instead of 2026-03-02T08:00",
        "`roof` waits for `walls` by +1ed instead of without a lag",
        "`roof` waits for `windows` by FF instead of without a lag",
        "`paint` waits for `roof` by +50% instead of by +1d",
        "`paint` now waits for `walls` by SS -1d",
        "`paint` has a new constraint “start no earlier than 2026-04-01T08:00”",
        "`walls` is now as late as possible",
        "`windows` is now held back by 1eh 30em",
        "`paint` takes 1ed 16eh instead of 1d",
    ] {
        assert!(words.iter().any(|w| w == expected), "{expected}: {words:#?}");
    }
    let back = said(&later, &house());
    for expected in [
        "`paint` no longer waits for `walls` by SS -1d",
        "`paint` no longer has its constraint “start no earlier than",
        "`windows` is no longer held back by 1eh 30em",
    ] {
        assert!(back.iter().any(|w| w.starts_with(expected)), "{expected}: {back:#?}");
    }
}

#[test]
fn progress_is_a_change_like_others() {
    let plan = house();
    let (network, before) = computed(&plan);
    let mut facts = Facts::none();
    facts.start(NodeIx(0), at("2026-03-04T08:00"));
    facts.status_date = Some(at("2026-03-04T17:00"));
    let after = compute(&network, &facts).unwrap();
    let comparison = compare((&network, &before), (&network, &after, &facts));
    let started = comparison
        .changes
        .iter()
        .find(|c| {
            matches!(
                c.what,
                What::Node {
                    aspect: Aspect::Fact,
                    ..
                }
            )
        })
        .unwrap();
    assert_eq!(started.moved.first().map(|e| e.node.0), Some(0), "{comparison:?}");
    assert!(comparison.together().next().is_none());
    assert!(comparison.changes.iter().any(|c| c.what == What::StatusDate));
}

#[test]
fn a_long_chain_is_followed_without_recursion() {
    let chain = |first: i64| {
        let mut plan = plan();
        let mut last = work(&mut plan, "0", first);
        for n in 1..50_000 {
            let next = work(&mut plan, &n.to_string(), 60);
            link(&mut plan, last, next, FS, Lag::NONE);
            last = next;
        }
        plan
    };
    let comparison = compared(&chain(60), &chain(120));
    assert_eq!(comparison.changes.len(), 1);
    // The start of the first one stands.
    assert_eq!(comparison.changes[0].moved.len(), 99_999);
}
