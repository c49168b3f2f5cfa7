//! What is as late as possible pushes nothing, and summaries are critical only where something of theirs is.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, Lag, LinkKind, Mode, NodeIx, Projection};
use framdrift_model::rules::{Direction, ElapsedStart, LateKind, Profile, Rules};
use framdrift_schedule::{Network, Schedule, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, plans};
use crate::reference::generate::plans as intricate_plans;
use crate::support::{DAY, FF, HOUR, SF, SS, after, bound, child, elapsed, plan, seed, summary, work};
use crate::verify::generate::{Given, given};

fn computed(plan: &Projection, facts: &Facts) -> Schedule {
    compute(&Network::new(plan.clone()).unwrap(), facts).unwrap()
}

fn leaves(plan: &Projection) -> impl Iterator<Item = NodeIx> + '_ {
    let is_summary = |n: usize| {
        plan.nodes
            .iter()
            .any(|node| node.parent.is_some_and(|up| up.index() == n))
    };
    let all = 0..plan.nodes.len();
    all.filter(move |n| plan.nodes[*n].mode.takes_part() && !is_summary(*n))
        .map(|n| NodeIx(n as u32))
}

/// The plan with all that is put off held where it was put, as if its dates were typed in.
fn pinned(plan: &Projection, facts: &Facts, schedule: &Schedule) -> Projection {
    let mut pinned = plan.clone();
    pinned
        .nodes
        .iter_mut()
        .for_each(|node| node.as_late_as_possible = false);
    let soonest = computed(&pinned, facts);
    for n in leaves(plan).filter(|n| plan.nodes[n.index()].as_late_as_possible) {
        let dates = schedule.dates(n);
        let (start, finish) = (dates.start, dates.finish);
        if (soonest.dates(n).start, soonest.dates(n).finish) != (start, finish) {
            pinned.nodes[n.index()].mode = Mode::Manual { start, finish };
        }
    }
    pinned
}

/// The plan with shares of what starts first in a summary laid down as working time, where something of it may be put off: whose
/// share it is was settled before that, and it is another's once typed dates hold what started first.
fn settled(plan: &Projection) -> Projection {
    let within = |n: usize, summary: NodeIx| {
        let up = |n: &usize| plan.nodes[*n].parent.map(NodeIx::index);
        std::iter::successors(Some(n), up)
            .skip(1)
            .any(|up| up == summary.index())
    };
    let put_off = |summary: NodeIx| {
        let late = |n: &usize| plan.nodes[*n].as_late_as_possible;
        (0..plan.nodes.len()).filter(late).any(|n| within(n, summary))
    };
    let mut settled = plan.clone();
    for link in &mut settled.links {
        if let Lag::Percent(thousandths) = link.lag
            && matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish)
            && put_off(link.from)
        {
            link.lag = Lag::Work(thousandths / 100);
        }
    }
    settled
}

/// What is put off stays where it was put when typed dates hold it there, and then nothing else stands any later than before.
fn pushes_nothing(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let plan = &settled(plan);
    let schedule = computed(plan, facts);
    let held = computed(&pinned(plan, facts, &schedule), facts);
    for n in leaves(plan) {
        let (before, after) = (schedule.dates(n), held.dates(n));
        let id = &plan.nodes[n.index()].id;
        prop_assert!(
            after.start <= before.start,
            "{id} starts {} and then {}\n{plan:#?}\n{facts:?}",
            before.start,
            after.start
        );
        prop_assert!(
            after.finish <= before.finish,
            "{id} finishes {} and then {}\n{plan:#?}\n{facts:?}",
            before.finish,
            after.finish
        );
    }
    prop_assert!(held.finish() <= schedule.finish());
    let last = leaves(plan)
        .filter(|n| !plan.nodes[n.index()].summary)
        .map(|n| schedule.dates(n).finish)
        .max();
    if facts.is_empty() {
        prop_assert_eq!(
            last.unwrap_or(schedule.finish()).max(schedule.finish()),
            schedule.finish()
        );
    }
    Ok(())
}

/// A summary without dates of its own is critical where something that belongs to it is, and only there.
fn critical_by_what_belongs(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let schedule = computed(plan, facts);
    for n in 0..plan.nodes.len() {
        let parts = || {
            plan.nodes
                .iter()
                .enumerate()
                .filter(move |(_, node)| node.parent == Some(NodeIx(n as u32)))
        };
        if parts().next().is_some() && !matches!(plan.nodes[n].mode, Mode::Manual { .. }) {
            let inside = parts().any(|(part, _)| schedule.dates(NodeIx(part as u32)).critical);
            prop_assert_eq!(schedule.dates(NodeIx(n as u32)).critical, inside, "{}\n{:#?}", n, plan);
        }
    }
    Ok(())
}

/// Rules by which what is as late as possible eats free float, counted from the start.
fn pulling(mut given: Given) -> Given {
    given.plan.rules.as_late_as_possible = LateKind::FreeFloat;
    given.plan.rules.direction = Direction::FromStart;
    // Typed dates have whole minutes.
    given
        .plan
        .nodes
        .iter_mut()
        .for_each(|node| (node.tenths, node.delay) = (0, 0));
    given.plan.links.iter_mut().for_each(|link| link.tenths = 0);
    given
}

fn cases(usual: u32) -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(usual)
}

/// Dates that stand the proof, and what is put off pushes nothing.
fn proved(plan: &Projection) -> Schedule {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, &Facts::none()).unwrap();
    schedule.verify(&network, &Facts::none()).unwrap();
    pushes_nothing(plan, &Facts::none()).unwrap();
    schedule
}

fn put(schedule: &Schedule, node: NodeIx) -> String {
    let dates = schedule.dates(node);
    format!("{} {}", dates.start, dates.finish)
}

fn put_off(plan: &mut Projection, node: NodeIx) {
    plan.nodes[node.index()].as_late_as_possible = true;
}

#[test]
fn a_part_is_held_by_its_own_link_wherever_its_summary_starts() {
    for profile in [Profile::Framdrift, Profile::P6, Profile::MsProject] {
        let mut plan = plan();
        plan.rules = Rules::of(profile);
        plan.rules.as_late_as_possible = LateKind::FreeFloat;
        let all = summary(&mut plan, "all", None);
        let first = child(&mut plan, all, "first", DAY);
        let later = child(&mut plan, all, "later", DAY);
        let other = work(&mut plan, "other", DAY);
        work(&mut plan, "long", 10 * DAY);
        after(&mut plan, first, later);
        plan.link(later, other, SS, Lag::NONE);
        plan.link(all, other, SS, Lag::NONE);
        put_off(&mut plan, later);
        let schedule = proved(&plan);
        let tuesday = "2026-03-03T08:00 2026-03-03T17:00";
        assert_eq!(
            (put(&schedule, later), put(&schedule, other)),
            (tuesday.into(), tuesday.into())
        );
    }
}

/// A finish that a link of P6 asks for in free time is kept at the next start of work, also by what runs by the clock and is
/// over in free time by itself.
#[test]
fn by_p6_what_is_over_in_free_time_is_not_asked_for_that() {
    let mut plan = plan();
    plan.rules = Rules::of(Profile::P6);
    let check = work(&mut plan, "check", 2 * HOUR);
    let run = elapsed(&mut plan, "run", 12 * HOUR);
    work(&mut plan, "long", 5 * DAY);
    plan.link(check, run, FF, Lag::NONE);
    let shift = vec![(8 * 60, 18 * 60)];
    let late = plan.add_calendar(WorkCalendar::new(std::array::from_fn(|_| shift.clone()), []));
    plan.nodes[check.index()].calendar = late;
    put_off(&mut plan, check);
    let schedule = proved(&plan);
    assert_eq!(put(&schedule, run), "2026-03-02T08:00 2026-03-02T20:00");
    assert_eq!(put(&schedule, check), "2026-03-02T15:00 2026-03-02T17:00");
    let dates = schedule.dates(check);
    assert_eq!(dates.free_float, 0);
}

/// By the rules of MS Project time by the clock may begin at its own date at any hour, while what links ask of it waits for work.
#[test]
fn by_ms_project_what_waits_for_work_is_not_asked_for_the_evening() {
    let mut plan = plan();
    plan.rules = Rules::of(Profile::MsProject);
    plan.rules.as_late_as_possible = LateKind::FreeFloat;
    plan.rules.elapsed_start = ElapsedStart::WorkingTime;
    let pack = work(&mut plan, "pack", HOUR);
    let drive = elapsed(&mut plan, "drive", 12 * HOUR);
    work(&mut plan, "long", 5 * DAY);
    after(&mut plan, pack, drive);
    bound(&mut plan, drive, BoundKind::StartNotBefore, "2026-03-04T20:00");
    put_off(&mut plan, pack);
    let schedule = proved(&plan);
    assert_eq!(put(&schedule, drive), "2026-03-04T20:00 2026-03-05T08:00");
    // Until 17:00 it would make the drive wait for the morning.
    assert_eq!(put(&schedule, pack), "2026-03-04T15:59 2026-03-04T16:59");
}

#[test]
fn a_finish_that_is_expected_gives_way_to_one_that_is_asked_for() {
    let build = |asks: &dyn Fn(&mut Projection, NodeIx, NodeIx)| {
        let mut plan = plan();
        let paint = work(&mut plan, "paint", 2 * DAY);
        let tidy = work(&mut plan, "tidy", DAY);
        bound(&mut plan, tidy, BoundKind::ExpectedFinish, "2026-03-06T17:00");
        put_off(&mut plan, paint);
        asks(&mut plan, paint, tidy);
        let schedule = proved(&plan);
        (put(&schedule, paint), put(&schedule, tidy))
    };
    let stretched = "2026-03-02T08:00 2026-03-06T17:00".to_string();
    assert_eq!(build(&|_, _, _| {}).1, stretched);
    let into_start = build(&|plan, paint, tidy| {
        plan.link(paint, tidy, SS, Lag::NONE);
    });
    assert_eq!(into_start.1, stretched);
    let tuesday = "2026-03-03T08:00 2026-03-03T17:00".to_string();
    let by_link = build(&|plan, paint, tidy| {
        plan.link(paint, tidy, FF, Lag::NONE);
    });
    assert_eq!(by_link, ("2026-03-02T08:00 2026-03-03T17:00".into(), tuesday.clone()));
    let by_date = build(&|plan, _, tidy| bound(plan, tidy, BoundKind::FinishNotBefore, "2026-03-03T17:00"));
    assert_eq!(by_date.1, tuesday);
}

/// Whose share a link out of the start of a summary has is settled before anything is put off.
#[test]
fn a_share_of_what_starts_first_stays_that_of_what_is_put_off() {
    let mut plan = plan();
    let all = summary(&mut plan, "all", None);
    let note = child(&mut plan, all, "note", HOUR);
    child(&mut plan, all, "build", 2 * DAY);
    let other = work(&mut plan, "other", DAY);
    plan.link(all, other, SF, Lag::Percent(1_600_000));
    let before = put(&proved(&plan), other);
    put_off(&mut plan, note);
    let schedule = proved(&plan);
    // Sixteen hours after the start, not sixteen times two days.
    assert_eq!(put(&schedule, other), "2026-03-03T08:00 2026-03-03T17:00");
    assert_eq!(put(&schedule, other), before);
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: seed(), cases: cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_pushed_by_plain_rules(plan in plans(ANYTHING)) {
        pushes_nothing(&plan, &Facts::none())?;
    }

    #[test]
    fn nothing_is_pushed_in_intricate_plans(plan in intricate_plans()) {
        pushes_nothing(&plan.projection, &Facts::none())?;
    }

    #[test]
    fn nothing_is_pushed_by_own_rules(given in given(Profile::Framdrift, ANYTHING)) {
        let given = pulling(given);
        pushes_nothing(&given.plan, &given.facts)?;
    }

    #[test]
    fn nothing_is_pushed_by_rules_of_p6(given in given(Profile::P6, ANYTHING)) {
        let given = pulling(given);
        pushes_nothing(&given.plan, &given.facts)?;
    }

    #[test]
    fn nothing_is_pushed_by_rules_of_ms_project(given in given(Profile::MsProject, ANYTHING)) {
        let given = pulling(given);
        pushes_nothing(&given.plan, &given.facts)?;
    }

    #[test]
    fn plain_summaries_are_critical_by_what_belongs_to_them(plan in plans(ANYTHING)) {
        critical_by_what_belongs(&plan, &Facts::none())?;
    }

    #[test]
    fn summaries_are_critical_by_what_belongs_to_them(
        own in given(Profile::Framdrift, ANYTHING),
        msproject in given(Profile::MsProject, ANYTHING),
        p6 in given(Profile::P6, ANYTHING),
    ) {
        for given in [own, msproject, p6] {
            critical_by_what_belongs(&given.plan, &given.facts)?;
        }
    }
}
