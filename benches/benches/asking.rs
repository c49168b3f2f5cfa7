//! Questions to a plan, one node at a time, as part of what computing all its dates takes.

use framdrift::schedule::Side;

use super::*;

/// How many nodes are asked about, spread evenly over the plan.
const ASKED: usize = 250;

pub(super) fn table() {
    title(
        "a question to a plan ÷ computing all its dates (mean over 250 nodes; µs each, and per cent of a pass)",
        &format!(
            "{:<20} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
            "4 calendars", "n", "driver", "explain", "in full", "driver %", "explain %", "in full %"
        ),
    );
    for n in sizes().iter().filter(|n| **n <= 100_000) {
        for (name, make) in SHAPES {
            let plan = framdrift::load(text::json(&make(*n, Ties::Mixed))).expect("no faults");
            let step = n.div_ceil(ASKED);
            let nodes: Vec<NodeIx> = (0..*n).step_by(step).map(|n| NodeIx(n as u32)).collect();
            // In full takes a pass or more for each node, so a few of them stand for all.
            let few: Vec<NodeIx> = nodes.iter().copied().step_by(nodes.len().div_ceil(5)).collect();
            let [full, driver, explain, in_full] = in_turns([
                Box::new(|| timed(|| compute(plan.network(), plan.facts()))),
                Box::new(|| {
                    timed(|| {
                        nodes
                            .iter()
                            .map(|ix| plan.driver(*ix, Side::EarlyStart))
                            .for_each(|answer| _ = black_box(answer))
                    })
                }),
                Box::new(|| {
                    timed(|| {
                        nodes
                            .iter()
                            .map(|ix| plan.explain(*ix))
                            .for_each(|answer| _ = black_box(answer))
                    })
                }),
                Box::new(|| {
                    timed(|| {
                        few.iter()
                            .map(|ix| plan.explain_in_full(*ix))
                            .for_each(|answer| _ = black_box(answer))
                    })
                }),
            ]);
            let each = [
                driver / nodes.len() as u32,
                explain / nodes.len() as u32,
                in_full / few.len() as u32,
            ];
            let [driver, explain, in_full] = each.map(|time| time.as_secs_f64() * 1e6);
            let share = each.map(|time| 100.0 * ratio(time, full));
            println!(
                "{name:<20} {n:>9} {driver:>9.2} {explain:>9.2} {in_full:>9.0} {:>9.4} {:>9.4} {:>9.1}",
                share[0], share[1], share[2]
            );
        }
    }
}
