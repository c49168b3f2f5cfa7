//! Rings are reported whole, each with one way around.

use framdrift_model::projection::{Lag, LinkIx, NodeIx, Projection, TimeNode};
use framdrift_schedule::{Network, Ring, rings};

use crate::support::{SS, after, child, plan, summary, work};

/// Checks that the walk of a ring is one: every link leads from its node, or a summary of it, to the next.
fn check_walk(plan: &Projection, ring: &Ring) {
    let within = |outer: NodeIx, inner: NodeIx| {
        std::iter::successors(Some(inner), |n| plan.nodes[n.index()].parent).any(|n| n == outer)
    };
    assert_eq!(ring.nodes.len(), ring.links.len());
    assert_eq!(ring.nodes[0], ring.members[0]);
    for (n, link) in ring.links.iter().enumerate() {
        let link = plan.links[link.index()];
        let next = ring.nodes[(n + 1) % ring.nodes.len()];
        assert!(within(link.from, ring.nodes[n]) && within(link.to, next));
        assert!(ring.members.contains(&ring.nodes[n]));
    }
}

#[test]
fn a_link_to_itself() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 1);
    let link = plan.link(a, a, SS, Lag::NONE);
    let found = rings(&plan);
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].members[..], &found[0].nodes[..]), (&[a][..], &[a][..]));
    assert_eq!(found[0].links, [link]);
    let fault = Network::new(plan).unwrap_err();
    assert_eq!(fault.to_string(), "links form a ring: `a` → `a`");
    assert_eq!(fault.into_projection().nodes.len(), 1);
}

#[test]
fn two_rings_and_what_hangs_between() {
    let mut plan = plan();
    let [a, b, c, d, e, f] = ["a", "b", "c", "d", "e", "f"].map(|id| work(&mut plan, id, 1));
    for (from, to) in [(d, e), (e, f), (f, d), (a, b), (b, a), (b, c), (c, d), (e, d)] {
        after(&mut plan, from, to);
    }
    let fault = Network::new(plan.clone()).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "links form 2 rings: `a` → `b` → `a`; `d` → `e` → `d` (with 1 more)"
    );
    assert_eq!(fault.rings, rings(&plan));
    assert_eq!(fault.rings[0].members, [a, b]);
    assert_eq!(fault.rings[1].members, [d, e, f]);
    assert_eq!(fault.rings[1].links, [LinkIx(0), LinkIx(7)]);
    fault.rings.iter().for_each(|ring| check_walk(&plan, ring));
}

#[test]
fn a_ring_through_a_summary() {
    let mut plan = plan();
    let before = work(&mut plan, "before", 1);
    let phase = summary(&mut plan, "phase", None);
    let inner = summary(&mut plan, "inner", Some(phase));
    let a = child(&mut plan, inner, "a", 1);
    let b = child(&mut plan, phase, "b", 1);
    let into = after(&mut plan, before, phase);
    let out = after(&mut plan, inner, before);
    let found = rings(&plan);
    assert_eq!(found.len(), 1);
    // Only `a` leads back; `b` merely waits.
    assert_eq!(found[0].members, [before, a]);
    assert_eq!(found[0].nodes, [before, a]);
    assert_eq!(found[0].links, [into, out]);
    check_walk(&plan, &found[0]);

    after(&mut plan, b, before);
    assert_eq!(rings(&plan)[0].members, [before, a, b]);
}

#[test]
fn two_summaries_in_both_directions() {
    let mut plan = plan();
    let one = summary(&mut plan, "one", None);
    let a = child(&mut plan, one, "a", 1);
    let two = summary(&mut plan, "two", None);
    let b = child(&mut plan, two, "b", 1);
    after(&mut plan, one, two);
    plan.link(two, one, SS, Lag::Percent(1));
    assert_eq!(rings(&plan)[0].members, [a, b]);
    check_walk(&plan, &rings(&plan)[0]);

    plan.links.truncate(1);
    after(&mut plan, one, one);
    assert_eq!(rings(&plan)[0].members, [a]);
}

#[test]
fn a_partial_projection_has_rings_too() {
    let mut plan = Projection::default();
    let a = plan.add(TimeNode::milestone("a"));
    let b = plan.add(TimeNode::milestone("b"));
    after(&mut plan, a, b);
    after(&mut plan, b, NodeIx(9));
    assert!(rings(&plan).is_empty());
    after(&mut plan, b, a);
    assert_eq!(rings(&plan).len(), 1);
}

#[test]
fn a_long_ring_is_found_and_told_shortly() {
    let mut plan = plan();
    let nodes: Vec<_> = (0..1_000_000).map(|n| work(&mut plan, &format!("n{n}"), 1)).collect();
    for pair in nodes.windows(2) {
        after(&mut plan, pair[0], pair[1]);
    }
    after(&mut plan, nodes[999_999], nodes[0]);
    let fault = Network::new(plan).unwrap_err();
    assert_eq!(fault.rings[0].members.len(), 1_000_000);
    assert_eq!(fault.rings[0].nodes, nodes);
    assert!(fault.to_string().ends_with("`n9` → 999990 more → `n0`"));
}

/// One link back in a plan with many ways onward: whatever the walk passes, that link closes it.
#[test]
fn the_link_without_which_there_is_no_ring_closes_it() {
    for (from, to) in [(9, 0), (6, 1), (8, 5), (4, 2)] {
        let mut plan = plan();
        let nodes: Vec<_> = (0..10).map(|n| work(&mut plan, &format!("n{n}"), 1)).collect();
        let back = after(&mut plan, nodes[from], nodes[to]);
        for n in 0..10 {
            for m in n + 1..10.min(n + 4) {
                after(&mut plan, nodes[n], nodes[m]);
            }
        }
        let found = rings(&plan);
        assert_eq!(found.len(), 1);
        check_walk(&plan, &found[0]);
        assert_eq!(found[0].links[found[0].closing], back);
    }
}
