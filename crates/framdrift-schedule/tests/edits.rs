//! Edits in place and schedules brought up to date, against networks made and computed anew.

use std::env;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::period::Period;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Lag, LinkIx, LinkKind, LinkOrigin, NodeIx, Projection, Span, TimeLink,
    TimeNode,
};
use framdrift_model::time::Minute;
use framdrift_schedule::{Edit, Network, Refused, Schedule, Touched, compute, rings, update};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans};
use crate::reference::on_random;
use crate::support::{FF, FS, SF, SS, at};

/// Numbers that an edit is made of.
type Raw = (u8, u16, u16, u16, i64);

fn raw() -> impl Strategy<Value = Vec<Raw>> {
    vec(
        (any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>(), -2_000..6_000_i64),
        1..12,
    )
}

fn edit(plan: &Projection, (what, a, b, c, minutes): Raw) -> Edit {
    let node = NodeIx(u32::from(a) % plan.nodes.len() as u32);
    let links = plan.links.len() as u32;
    let kind = [FS, SS, FF, SF][usize::from(c) % 4];
    let lag = match c / 4 % 8 {
        0..=2 => Lag::NONE,
        3 => Lag::Elapsed(minutes),
        4 => Lag::Percent(minutes * 50),
        5 if kind == FS => Lag::Period(Period::days(minutes.rem_euclid(41) as u32)),
        6 => Lag::Work(minutes * 1_000_000),
        _ => Lag::Work(minutes / 2),
    };
    match what % 16 {
        0 | 1 if links > 0 => Edit::Lag {
            link: LinkIx(u32::from(a) % links),
            lag,
        },
        2 if links > 0 => Edit::Kind {
            link: LinkIx(u32::from(a) % links),
            kind,
        },
        3 if links > 0 => Edit::RemoveLink {
            at: LinkIx(u32::from(a) % links),
        },
        4 => {
            let calendar = CalendarIx(u32::from(b) % plan.calendars.len() as u32);
            Edit::Calendar { node, calendar }
        }
        5 => {
            let kinds = [
                BoundKind::StartNotBefore,
                BoundKind::FinishNotBefore,
                BoundKind::StartNotAfter,
                BoundKind::FinishNotAfter,
                BoundKind::MustStart,
                BoundKind::MustFinish,
            ];
            let bound = |n: u16| Bound {
                kind: kinds[usize::from(b.wrapping_add(n)) % kinds.len()],
                at: at("2026-03-02T00:00").plus(i64::from(c) % 20_160),
                origin: BoundOrigin::Deadline,
            };
            let bounds = (0..b % 3).map(bound).collect();
            Edit::Bounds { node, bounds }
        }
        6 if c % 4 == 0 => Edit::AsLateAsPossible { node, on: b % 2 == 0 },
        7 | 8 => {
            let to = NodeIx(u32::from(b) % plan.nodes.len() as u32);
            let origin = LinkOrigin::Plain(0);
            let link = TimeLink {
                from: node,
                to,
                kind,
                lag,
                tenths: 0,
                origin,
            };
            let at = LinkIx(u32::from(c) % (links + 1));
            Edit::AddLink { at, link }
        }
        9 => Edit::Span {
            node,
            span: Span::Elapsed(minutes),
        },
        10 => Edit::Span {
            node,
            span: Span::Work(0),
        },
        _ => Edit::Span {
            node,
            span: Span::Work(minutes),
        },
    }
}

fn anew(plan: &Projection) -> Schedule {
    compute(&Network::new(plan.clone()).unwrap(), &Facts::none()).unwrap()
}

/// Nodes without their dates, and links: what an edit and its inverse must leave alone.
fn told(plan: &Projection) -> String {
    format!("{:?} {:?}", plan.nodes, plan.links)
}

fn edits_are_as_made_anew(plan: Projection, raw: &[Raw]) -> Result<usize, TestCaseError> {
    let Ok(mut network) = Network::new(plan) else {
        return Ok(0);
    };
    let mut schedule = compute(&network, &Facts::none()).unwrap();
    let mut waiting = Touched::default();
    for (n, &raw) in raw.iter().enumerate() {
        let before = (told(network.projection()), schedule.clone());
        let edit = edit(network.projection(), raw);
        match network.apply(edit.clone()) {
            Ok(done) => {
                // Not while an earlier edit waits, whose dates are not there yet.
                let turned_back = raw.4 % 5 == 0 && waiting == Touched::default();
                if turned_back {
                    update(&network, &Facts::none(), &mut schedule, &done.touched).unwrap();
                    prop_assert_eq!(&schedule, &anew(network.projection()), "edit {}: {:?}", n, edit);
                    let back = network.apply(done.inverse).unwrap();
                    prop_assert_eq!(&before.0, &told(network.projection()), "undone {}: {:?}", n, edit);
                    waiting = back.touched;
                } else {
                    waiting.add(&done.touched);
                }
                // Now and then two edits are brought up to date at once.
                if raw.4 % 3 != 0 || turned_back {
                    update(&network, &Facts::none(), &mut schedule, &waiting).unwrap();
                    waiting = Touched::default();
                    prop_assert_eq!(&schedule, &anew(network.projection()), "edit {}: {:?}", n, edit);
                    if turned_back {
                        prop_assert_eq!(&schedule, &before.1, "undone {}: {:?}", n, edit);
                    }
                }
            }
            Err(Refused::Cycles { rings: found, words }) => {
                prop_assert_eq!(&before.0, &told(network.projection()), "refused {:?}", edit);
                let Edit::AddLink { at, link } = edit else {
                    return Err(TestCaseError::fail("only a new link closes a ring"));
                };
                let mut plan = network.projection().clone();
                plan.links.insert(at.index(), link);
                prop_assert_eq!(&found, &rings(&plan));
                prop_assert_eq!(words, Network::new(plan).unwrap_err().to_string());
            }
            Err(refused) => return Err(TestCaseError::fail(refused.to_string())),
        }
    }
    Ok(raw.len())
}

const LEAVES: Allow = Allow {
    summaries: false,
    pulled: false,
    bounds: false,
    civil: false,
    calendars: 1,
};

#[test]
fn on_one_calendar() {
    on_random((plans(LEAVES), raw()), 400, |(plan, raw)| {
        // Edits that leave the network one of its sort, so that it stays on this road.
        let raw: Vec<Raw> = raw.into_iter().filter(|r| !matches!(r.0 % 16, 4..=6 | 9)).collect();
        edits_are_as_made_anew(plan, &raw).map(|_| ())
    });
}

#[test]
fn on_own_calendars() {
    let allow = Allow {
        bounds: true,
        civil: true,
        calendars: 3,
        ..LEAVES
    };
    on_random((plans(allow), raw()), 600, |(plan, raw)| {
        let raw: Vec<Raw> = raw.into_iter().filter(|r| r.0 % 16 != 6).collect();
        edits_are_as_made_anew(plan, &raw).map(|_| ())
    });
}

#[test]
fn of_anything() {
    on_random((plans(ANYTHING), raw()), 600, |(plan, raw)| {
        edits_are_as_made_anew(plan, &raw).map(|_| ())
    });
    let leaves = Allow {
        summaries: false,
        ..ANYTHING
    };
    on_random((plans(leaves), raw()), 300, |(plan, raw)| {
        edits_are_as_made_anew(plan, &raw).map(|_| ())
    });
}

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 32) * u64::from(end)) >> 32) as u32
    }
}

/// Some hundred leaves in layers; with a milestone here and there, some in summaries that no link meets.
fn large(dice: &mut Dice, calendars: usize, summaries: bool) -> Projection {
    let mut plan = Projection::new(at("2026-03-02T08:00"));
    let shift = || vec![(6 * 60, 14 * 60)];
    let weekend = [vec![], vec![], shift(), shift(), shift(), shift(), shift()];
    plan.add_calendar(WorkCalendar::new(
        weekend,
        [(20_516, vec![]), (20_519, vec![(600, 660)])],
    ));
    plan.calendars.truncate(calendars);
    let (width, layers) = (12, 40);
    let mut leaves = Vec::new();
    for layer in 0..layers {
        let phase = summaries.then(|| {
            let mut phase = TimeNode::milestone(format!("phase {layer}"));
            phase.summary = true;
            plan.add(phase)
        });
        for _ in 0..width {
            let minutes = if dice.below(12) == 0 {
                0
            } else {
                60 * i64::from(1 + dice.below(40))
            };
            let mut node = TimeNode::activity("n", Span::Work(minutes));
            node.parent = phase;
            node.calendar = CalendarIx(dice.below(plan.calendars.len() as u32));
            leaves.push(plan.add(node));
        }
    }
    for to in width..leaves.len() as u32 {
        for _ in 0..1 + dice.below(3) {
            let from = to - 1 - dice.below(width.min(to) + 5).min(to - 1);
            let kind = [FS, FS, FS, SS, FF, SF][dice.below(6) as usize];
            let lag = Lag::Work(60 * (i64::from(dice.below(12)) - 4));
            plan.link(leaves[from as usize], leaves[to as usize], kind, lag);
        }
    }
    plan
}

/// `FRAMDRIFT_CASES` is how many edits are made on each network.
#[test]
fn many_on_a_large_network() {
    let wanted = env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    for (seed, calendars, summaries) in [(1, 1, false), (2, 2, false), (3, 2, true), (4, 1, true)] {
        let mut dice = Dice(seed);
        let plan = large(&mut dice, calendars, summaries);
        let mut network = Network::new(plan).unwrap();
        let mut schedule = compute(&network, &Facts::none()).unwrap();
        for n in 0..wanted.unwrap_or(1_500) {
            let mut next = || dice.below(1 << 16) as u16;
            let what = [11, 11, 11, 0, 2, 3, 4, 5, 7, 10][usize::from(next()) % 10];
            let minutes = i64::from(next()) % 2_000;
            let edit = edit(
                network.projection(),
                (what, next(), next(), (next() & !0b1_1100) | (4 * 7), minutes),
            );
            let Ok(done) = network.apply(edit.clone()) else {
                continue;
            };
            update(&network, &Facts::none(), &mut schedule, &done.touched).unwrap();
            assert_eq!(
                schedule,
                compute(&network, &Facts::none()).unwrap(),
                "edit {n}: {edit:?}"
            );
            if n % 50 == 0 {
                assert_eq!(schedule, anew(network.projection()), "edit {n}: {edit:?}");
            }
        }
    }
}

#[test]
fn what_is_not_there_is_refused() {
    let mut plan = Projection::new(at("2026-03-02T08:00"));
    let a = plan.add(TimeNode::milestone("a"));
    let b = plan.add(TimeNode::milestone("b"));
    plan.link(a, b, FS, Lag::NONE);
    let mut network = Network::new(plan).unwrap();
    let (missing, span) = (NodeIx(7), Span::Work(1));
    let refused = [
        network.apply(Edit::Span { node: missing, span }).unwrap_err(),
        network
            .apply(Edit::Calendar {
                node: a,
                calendar: CalendarIx(1),
            })
            .unwrap_err(),
        network.apply(Edit::RemoveLink { at: LinkIx(1) }).unwrap_err(),
    ];
    let said: Vec<String> = refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["there is no node 7", "there is no calendar 1", "there is no link 1"]
    );

    let back = TimeLink {
        from: b,
        to: a,
        kind: LinkKind::StartToStart,
        lag: Lag::NONE,
        tenths: 0,
        origin: LinkOrigin::Plain(1),
    };
    let ring = network
        .apply(Edit::AddLink {
            at: LinkIx(1),
            link: back,
        })
        .unwrap_err();
    assert_eq!(ring.to_string(), "links form a ring: `a` → `b` → `a`");
    assert_eq!(network.projection().links.len(), 1);
    assert_eq!(
        anew(network.projection()).finish(),
        Minute::of(2026, 3, 2, 8, 0).unwrap()
    );
}
