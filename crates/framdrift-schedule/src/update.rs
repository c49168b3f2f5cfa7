//! Bringing a schedule up to date: only what moves is computed again.

use framdrift_model::facts::Facts;

use crate::compute::{NoStart, recompute, roll_up};
use crate::edit::Touched;
use crate::network::Network;
use crate::own_calendars::Kernel;
use crate::schedule::{Rows, Schedule};
use crate::time::{self, LAST};

/// Computes what edits have moved, in a schedule that was up to date before them.
///
/// From the touched nodes on, early dates are computed in topological order as long as they change, then late dates and
/// floats backwards from there. The result is what [`compute`](crate::compute()) gives. All is computed again where that is
/// cheaper or needed: where much moves, where the programme's finish does and with it every late date, where a link has changed
/// the order or links meet summaries, where a node is as late as possible, and where rules or recorded progress are followed.
///
/// # Errors
/// [`NoStart`] when the projection does not say when the programme starts.
///
/// # Panics
/// May panic when the schedule is not one of this network, as it was before the edits.
///
/// # Complexity
/// What moves and the links at it; O(*n*) for the dates of summaries, where there are any; never much more than
/// [`recompute`].
///
/// # Example
/// As for [`Network::apply`].
pub fn update(network: &Network, facts: &Facts, schedule: &mut Schedule, touched: &Touched) -> Result<(), NoStart> {
    if network.asks_for_rules || !facts.is_empty() || schedule.ruled.is_some() {
        return recompute(network, facts, schedule);
    }
    let start = time::offset(network.projection().start.ok_or(NoStart)?);
    let flat = &network.flat;
    let same = schedule.start == start && std::sync::Arc::ptr_eq(&schedule.rows.place, &flat.place);
    let local = same && !touched.all && flat.junctions == 0 && flat.late == 0 && schedule.rows.counted;
    if !local || !move_on(network, schedule, touched) {
        return recompute(network, facts, schedule);
    }
    if network.tree.summaries() > 0 {
        schedule.rolled.clear();
        roll_up(network, schedule);
        schedule.remember_horizon();
    }
    Ok(())
}

/// Computes what moves; `false` when it gives up.
fn move_on(network: &Network, schedule: &mut Schedule, touched: &Touched) -> bool {
    let flat = &network.flat;
    // A step costs as much as several of a pass; where all is on one calendar, as much as very many.
    let most = flat.len() / if flat.weight.is_some() { 40 } else { 10 } + 16;
    if touched.nodes.len() > most {
        return false;
    }
    let mut change = Change {
        kernel: Kernel::new(network),
        network,
        start: schedule.start,
        finish: schedule.finish,
        most,
        at_an_end: !schedule.beyond.is_empty(),
    };
    let done = change.run(&mut schedule.rows, touched);
    if done && change.at_an_end {
        schedule.remember_horizon();
    }
    done
}

struct Change<'n> {
    kernel: Kernel<'n>,
    network: &'n Network,
    start: u32,
    finish: u32,
    /// How many steps are left.
    most: usize,
    /// Whether some date is or was at an end of the span.
    at_an_end: bool,
}

impl Change<'_> {
    fn run(&mut self, rows: &mut Rows, touched: &Touched) -> bool {
        let flat = &self.network.flat;
        self.kernel.count_start(rows, self.start);
        self.kernel.count_finish(rows, self.finish);
        let (mut ahead, mut behind) = (std::mem::take(&mut rows.ahead), std::mem::take(&mut rows.behind));
        ahead.reset(flat.len());
        behind.reset(flat.len());
        for node in touched.nodes.iter().filter(|n| !self.network.tree.is_summary(**n)) {
            let v = flat.position(*node);
            ahead.insert(v);
            behind.insert(v);
            flat.arcs_into(v).for_each(|arc| behind.insert(flat.from[arc] as usize));
            flat.arcs_out_of(v).for_each(|arc| ahead.insert(flat.to[arc] as usize));
        }
        let mut done = true;
        let mut was_last = false;
        let mut latest = 0;
        while let Some(v) = ahead.pop_first() {
            let before = (rows.early[v], rows.early_work[v]);
            self.kernel.place_early(rows, v, self.start);
            if before == (rows.early[v], rows.early_work[v]) {
                continue;
            }
            was_last |= before.0[1] == self.finish;
            latest = latest.max(rows.early[v][1]);
            self.note(rows.early[v]);
            behind.insert(v);
            flat.arcs_into(v).for_each(|arc| behind.insert(flat.from[arc] as usize));
            flat.arcs_out_of(v).for_each(|arc| ahead.insert(flat.to[arc] as usize));
            done = self.step() && latest <= self.finish;
            if !done {
                break;
            }
        }
        // One that finished last may have moved away from there: then another must be found, or all late dates move.
        done = done && (!was_last || rows.early[..flat.len()].iter().any(|dates| dates[1] == self.finish));
        while let Some(u) = behind.pop_last().filter(|_| done) {
            let before = (rows.late[u], rows.late_work[u]);
            self.kernel.gather_late(rows, u, self.finish);
            if before != (rows.late[u], rows.late_work[u]) {
                self.note(rows.late[u]);
                flat.arcs_into(u).for_each(|arc| behind.insert(flat.from[arc] as usize));
                done = self.step();
            }
        }
        (rows.ahead, rows.behind) = (ahead, behind);
        done
    }

    fn step(&mut self) -> bool {
        self.most = self.most.saturating_sub(1);
        self.most > 0
    }

    fn note(&mut self, dates: [u32; 2]) {
        self.at_an_end |= dates.iter().any(|t| *t == 0 || *t >= LAST);
    }
}
