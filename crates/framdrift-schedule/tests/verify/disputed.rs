//! Plans on which the passes and the proof did not agree once, each as small as can be. By the documentation of the rules the
//! proof is right. Those that are ignored are open still: when one passes, its `ignore` can go, and from `known` the lines that
//! keep random plans from it.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, Lag, Mode, Projection, Span, TimeNode};
use framdrift_model::rules::{Critical, Direction, ElapsedStart, LateKind, Precedence, Profile, Rules};

use super::computed;
use crate::support::{DAY, FF, FS, HOUR, SS, after, at, bound, child, plan, summary, work};

fn verified(plan: &Projection, facts: &Facts) {
    let (network, schedule) = computed(plan, facts);
    if let Err(flaws) = schedule.verify(&network, facts) {
        panic!("{flaws}");
    }
}

fn by(profile: Profile) -> Projection {
    let mut plan = plan();
    plan.rules = Rules::of(profile);
    plan
}

fn manual(start: &str, finish: &str) -> Mode {
    Mode::Manual {
        start: at(start),
        finish: at(finish),
    }
}

/// All of it is finished and nothing of it critical, and yet the summary is. P6 stores that it is not.
#[test]
fn a_summary_of_finished_work_is_not_critical() {
    let mut plan = by(Profile::MsProject);
    let all = summary(&mut plan, "all", None);
    let dig = child(&mut plan, all, "dig", DAY);
    let mut facts = Facts::none();
    facts.start(dig, at("2026-03-02T08:00"));
    facts.finish(dig, at("2026-03-02T17:00"));
    verified(&plan, &facts);
}

/// It stands at late dates that lie before its early ones, which makes the summary look finished.
#[test]
fn a_summary_of_what_is_late_is_not_done() {
    let mut plan = by(Profile::MsProject);
    plan.rules.critical_limit = -1;
    let all = summary(&mut plan, "all", None);
    let dig = work(&mut plan, "dig", 3 * DAY);
    let late = child(&mut plan, all, "late", DAY);
    plan.nodes[late.index()].as_late_as_possible = true;
    let other = child(&mut plan, all, "other", DAY);
    plan.nodes[other.index()].mode = manual("2026-03-04T08:00", "2026-03-04T17:00");
    plan.nodes[late.index()]
        .bounds
        .push(framdrift_model::projection::Bound {
            kind: BoundKind::FinishNotAfter,
            at: at("2026-03-03T17:00"),
            origin: framdrift_model::projection::BoundOrigin::Deadline,
        });
    after(&mut plan, dig, late);
    verified(&plan, &Facts::none());
}

/// The summary has no dates but five days of free float.
#[test]
fn a_summary_of_which_nothing_is_to_be_done_has_no_float() {
    let mut plan = plan();
    let all = summary(&mut plan, "all", None);
    let dropped = child(&mut plan, all, "dropped", DAY);
    plan.nodes[dropped.index()].mode = Mode::Inactive;
    work(&mut plan, "other", 5 * DAY);
    verified(&plan, &Facts::none());
}

/// To `roof` alone the lag counts from the recorded start; to the summary that holds it, from the early start of what is left.
#[test]
fn a_link_to_a_summary_counts_from_the_recorded_start_as_one_to_its_leaf_does() {
    let mut plan = plan();
    let dig = work(&mut plan, "dig", 4 * DAY);
    let house = summary(&mut plan, "house", None);
    child(&mut plan, house, "roof", DAY);
    plan.link(dig, house, SS, Lag::NONE);
    let mut facts = Facts::none();
    facts.status_date = Some(at("2026-03-03T17:00"));
    facts.start(dig, at("2026-03-02T08:00"));
    plan.start = Some(at("2026-03-01T08:00"));
    facts.entry(dig).resumed = Some(at("2026-03-06T08:00"));
    verified(&plan, &facts);
}

/// Half a day is left and it must start on Wednesday: it is given the whole four days again.
#[test]
fn a_date_that_must_be_kept_leaves_what_is_left_as_it_is() {
    let mut plan = plan();
    plan.rules.precedence = Precedence::Constraints;
    let dig = work(&mut plan, "dig", 4 * DAY);
    bound(&mut plan, dig, BoundKind::MustStart, "2026-03-04T08:00");
    let mut facts = Facts::none();
    facts.left(dig, 4 * HOUR);
    verified(&plan, &facts);
}

/// Typed dates are kept by framdrift's rules, but with free float to eat, the tools' rules pull from them.
#[test]
fn typed_dates_are_kept_also_by_what_is_as_late_as_possible() {
    let mut plan = by(Profile::P6);
    let typed = work(&mut plan, "typed", DAY);
    plan.nodes[typed.index()].as_late_as_possible = true;
    plan.nodes[typed.index()].mode = manual("2026-03-02T08:00", "2026-03-02T17:00");
    work(&mut plan, "other", 5 * DAY);
    verified(&plan, &Facts::none());
}

/// Sunday to Monday is a day, of which no minute is worked: the late start is the late finish.
#[test]
fn typed_elapsed_time_stays_elapsed_by_the_rules_of_p6() {
    let mut plan = by(Profile::P6);
    let cure = plan.add(TimeNode::activity("cure", Span::Elapsed(1_440)));
    plan.nodes[cure.index()].mode = manual("2026-03-07T06:00", "2026-03-08T06:00");
    verified(&plan, &Facts::none());
}

/// It stays at the start of the week because of `done`, which moves no more; its free float says that it could go on.
#[test]
fn what_is_finished_holds_nothing_that_is_as_late_as_possible() {
    let mut plan = by(Profile::MsProject);
    plan.rules.as_late_as_possible = LateKind::FreeFloat;
    let late = work(&mut plan, "late", 0);
    plan.nodes[late.index()].as_late_as_possible = true;
    let done = work(&mut plan, "done", DAY);
    work(&mut plan, "other", 2 * DAY);
    after(&mut plan, late, done);
    let mut facts = Facts::none();
    facts.start(done, at("2026-02-27T08:00"));
    facts.finish(done, at("2026-02-27T17:00"));
    verified(&plan, &facts);
}

/// A link to a summary holds it at its own demand, wherever the leaves stand.
#[test]
fn what_is_as_late_as_possible_is_held_by_the_leaves_of_a_summary() {
    let mut plan = by(Profile::P6);
    let late = work(&mut plan, "late", DAY);
    plan.nodes[late.index()].as_late_as_possible = true;
    let all = summary(&mut plan, "all", None);
    let inner = child(&mut plan, all, "inner", DAY);
    bound(&mut plan, inner, BoundKind::StartNotBefore, "2026-03-05T08:00");
    after(&mut plan, late, all);
    verified(&plan, &Facts::none());
}

/// A link out of the summary does not hold it at all: it is pulled past what follows.
#[test]
fn what_is_as_late_as_possible_is_held_by_links_of_its_summary() {
    let mut plan = by(Profile::P6);
    let all = summary(&mut plan, "all", None);
    let late = child(&mut plan, all, "late", DAY);
    plan.nodes[late.index()].as_late_as_possible = true;
    let next = work(&mut plan, "next", DAY);
    work(&mut plan, "other", 5 * DAY);
    after(&mut plan, all, next);
    verified(&plan, &Facts::none());
}

/// `inner` follows `late` from its late dates over the summary, as it would by a link of its own.
#[test]
fn what_eats_total_float_drives_leaves_of_a_summary_as_it_does_others() {
    let mut plan = by(Profile::P6);
    plan.rules.as_late_as_possible = LateKind::TotalFloat;
    let late = work(&mut plan, "late", DAY);
    plan.nodes[late.index()].as_late_as_possible = true;
    let all = summary(&mut plan, "all", None);
    let inner = child(&mut plan, all, "inner", DAY);
    let next = work(&mut plan, "next", DAY);
    work(&mut plan, "other", 5 * DAY);
    after(&mut plan, late, all);
    after(&mut plan, late, next);
    verified(&plan, &Facts::none());
    let (_, schedule) = computed(&plan, &Facts::none());
    assert_eq!(schedule.dates(inner), schedule.dates(next));
}

/// `early` asks nothing of the leaf that is driven, and has three days of float.
#[test]
fn only_links_that_drive_are_followed_into_a_summary() {
    let mut plan = plan();
    plan.rules.critical = Critical::LongestPath;
    let early = work(&mut plan, "early", 0);
    let dig = work(&mut plan, "dig", DAY);
    let all = summary(&mut plan, "all", None);
    child(&mut plan, all, "inner", DAY);
    plan.link(early, all, SS, Lag::NONE);
    plan.link(dig, all, FF, Lag::Work(3 * DAY));
    verified(&plan, &Facts::none());
}

/// Both leaves finish when `next` starts, as they would drive it by links of their own.
#[test]
fn all_leaves_of_a_summary_that_finish_last_drive_what_follows() {
    let mut plan = plan();
    plan.rules.critical = Critical::LongestPath;
    let all = summary(&mut plan, "all", None);
    child(&mut plan, all, "one", DAY);
    child(&mut plan, all, "other", DAY);
    let next = work(&mut plan, "next", DAY);
    plan.link(all, next, FS, Lag::NONE);
    verified(&plan, &Facts::none());
}

/// Without `late`, `next` would start no earlier.
#[test]
fn what_was_pulled_drives_nothing() {
    let mut plan = plan();
    plan.rules.critical = Critical::LongestPath;
    let late = work(&mut plan, "late", DAY);
    plan.nodes[late.index()].as_late_as_possible = true;
    let dig = work(&mut plan, "dig", 3 * DAY);
    let next = work(&mut plan, "next", DAY);
    after(&mut plan, late, next);
    after(&mut plan, dig, next);
    verified(&plan, &Facts::none());
}

/// `staff` spans `phase`, which spans what belongs to it: but it sees `phase` before that.
#[test]
fn a_level_of_effort_sees_another_with_what_belongs_to_it() {
    let mut plan = by(Profile::P6);
    let phase = summary(&mut plan, "phase", None);
    let inner = child(&mut plan, phase, "inner", DAY);
    bound(&mut plan, inner, BoundKind::StartNotBefore, "2026-03-04T08:00");
    plan.nodes[phase.index()].mode = Mode::LevelOfEffort;
    let staff = work(&mut plan, "staff", DAY);
    plan.nodes[staff.index()].mode = Mode::LevelOfEffort;
    plan.link(phase, staff, SS, Lag::NONE);
    verified(&plan, &Facts::none());
}

/// Counting back, everything that nothing follows is at its own finish, wherever the programme starts: at the year 1900.
#[test]
fn a_programme_counted_back_does_not_start_at_the_beginning_of_time() {
    let mut plan = by(Profile::MsProject);
    plan.rules.direction = Direction::FromFinish;
    plan.rules.multiple_critical_paths = true;
    plan.finish = Some(at("2026-03-20T17:00"));
    let late = work(&mut plan, "late", DAY);
    plan.nodes[late.index()].as_late_as_possible = true;
    let (_, schedule) = computed(&plan, &Facts::none());
    assert!(schedule.start() > at("2026-01-01T00:00"), "{}", schedule.start());
}

/// Curing would start on Monday at eight in the evening by its own date, and starts on Tuesday because of the link alone.
#[test]
fn a_link_drives_elapsed_time_that_waits_for_the_morning() {
    let mut plan = by(Profile::MsProject);
    plan.rules.critical = Critical::LongestPath;
    plan.rules.elapsed_start = ElapsedStart::WorkingTime;
    let dig = work(&mut plan, "dig", DAY);
    let cure = plan.add(TimeNode::activity("cure", Span::Elapsed(1_440)));
    bound(&mut plan, cure, BoundKind::StartNotBefore, "2026-03-02T20:00");
    after(&mut plan, dig, cure);
    verified(&plan, &Facts::none());
}

fn curing_late(profile: Profile) -> framdrift_schedule::Dates {
    let mut plan = by(profile);
    plan.rules.as_late_as_possible = LateKind::FreeFloat;
    plan.rules.elapsed_start = ElapsedStart::WorkingTime;
    let cure = plan.add(TimeNode::activity("cure", Span::Elapsed(1_440)));
    plan.nodes[cure.index()].as_late_as_possible = true;
    work(&mut plan, "other", 3 * DAY);
    let (network, schedule) = computed(&plan, &Facts::none());
    assert_eq!(schedule.verify(&network, &Facts::none()), Ok(()));
    schedule.dates(cure)
}

/// It was pulled to an evening.
#[test]
fn elapsed_time_that_waits_for_work_is_pulled_to_when_work_can_begin() {
    let dates = curing_late(Profile::Framdrift);
    let hour = dates.start.get().rem_euclid(1_440) / 60;
    assert!((8..17).contains(&hour), "starts at {}", dates.start);
}

/// It was pulled to the next morning, and past the finish of the programme.
#[test]
fn elapsed_time_that_waits_for_work_is_not_pulled_past_what_follows() {
    for profile in [Profile::MsProject, Profile::P6] {
        let dates = curing_late(profile);
        assert!(dates.finish <= at("2026-03-04T17:00"), "finishes at {}", dates.finish);
    }
}

/// `phase` is not finished, whatever belongs to it: it stands at its own dates, and with it `all` has no float.
#[test]
fn a_summary_at_typed_dates_is_open_by_itself() {
    let mut plan = by(Profile::P6);
    plan.rules.critical = Critical::LongestPath;
    let all = summary(&mut plan, "all", None);
    let phase = summary(&mut plan, "phase", Some(all));
    plan.nodes[phase.index()].mode = manual("2026-03-02T08:00", "2026-03-02T17:00");
    bound(&mut plan, phase, BoundKind::FinishNotAfter, "2026-03-02T17:00");
    let dig = child(&mut plan, phase, "dig", DAY);
    work(&mut plan, "other", 5 * DAY);
    let mut facts = Facts::none();
    facts.start(dig, at("2026-02-27T08:00"));
    facts.finish(dig, at("2026-02-27T17:00"));
    verified(&plan, &facts);
}

/// The link from the start of `test` itself did not hold it, because `test` is not what starts first in its summary.
#[test]
fn a_part_of_a_linked_summary_is_pulled_as_far_as_its_own_links_let_it() {
    for profile in [Profile::MsProject, Profile::P6] {
        let mut plan = by(profile);
        plan.rules.as_late_as_possible = LateKind::FreeFloat;
        let all = summary(&mut plan, "all", None);
        let build = child(&mut plan, all, "build", DAY);
        let test = child(&mut plan, all, "test", DAY);
        plan.nodes[test.index()].as_late_as_possible = true;
        let (check, other) = (work(&mut plan, "check", DAY), work(&mut plan, "other", 3 * DAY));
        let (end, long) = (work(&mut plan, "end", DAY), work(&mut plan, "long", 9 * DAY));
        for (from, to) in [(build, test), (other, check), (all, end), (long, end)] {
            after(&mut plan, from, to);
        }
        plan.link(test, check, SS, Lag::Work(DAY));
        let (_, schedule) = computed(&plan, &Facts::none());
        assert_eq!(schedule.dates(test).start, at("2026-03-04T08:00"), "{profile:?}");
        assert_eq!(schedule.dates(check).start, at("2026-03-05T08:00"), "{profile:?}");
        verified(&plan, &Facts::none());
    }
}

/// Of two that start first, one is recorded to have: `lead` began with it, and only its finish can slip.
#[test]
fn a_level_of_effort_began_with_what_is_recorded_to_have_begun() {
    for swapped in [false, true] {
        let mut plan = plan();
        let mut ids = ["kick", "plan"];
        if swapped {
            ids.reverse();
        }
        let [kick, other] = ["kick", "plan"].map(|id| ids.iter().position(|i| *i == id).unwrap());
        let nodes = ids.map(|id| work(&mut plan, id, DAY));
        let lead = work(&mut plan, "lead", DAY);
        plan.nodes[lead.index()].mode = Mode::LevelOfEffort;
        let end = work(&mut plan, "end", 5 * DAY);
        bound(&mut plan, nodes[other], BoundKind::StartNotAfter, "2026-03-02T08:00");
        after(&mut plan, nodes[other], end);
        let mut facts = Facts::none();
        facts.start(nodes[kick], at("2026-03-02T08:00"));
        let (_, schedule) = computed(&plan, &facts);
        assert_eq!(schedule.dates(lead).start, at("2026-03-02T08:00"));
        verified(&plan, &facts);
    }
}

/// `phase` stands where it was typed, whatever of it has begun: the start of `lead` and of `all` can slip with it.
#[test]
fn what_belongs_to_a_summary_at_typed_dates_does_not_begin_it() {
    let mut plan = plan();
    let all = summary(&mut plan, "all", None);
    let phase = summary(&mut plan, "phase", Some(all));
    plan.nodes[phase.index()].mode = manual("2026-03-04T08:00", "2026-03-05T17:00");
    let dig = child(&mut plan, phase, "dig", DAY);
    let lead = work(&mut plan, "lead", DAY);
    plan.nodes[lead.index()].mode = Mode::LevelOfEffort;
    plan.link(phase, lead, SS, Lag::NONE);
    work(&mut plan, "other", 5 * DAY);
    let mut facts = Facts::none();
    facts.start(dig, at("2026-03-02T08:00"));
    let (_, schedule) = computed(&plan, &facts);
    assert_eq!(schedule.dates(all).total_float, DAY);
    assert_eq!(schedule.dates(lead).start, at("2026-03-04T08:00"));
    verified(&plan, &facts);
}
