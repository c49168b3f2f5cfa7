//! Recorded progress that holds together.

use framdrift_model::document::FactDoc;

use crate::loss::{LossKind, LossReport, Spot};

/// Brings dates that contradict each other into an order that a programme can hold; `subject` is the tool's word for what has
/// happened.
pub(crate) fn in_order(fact: &mut FactDoc, subject: &str, spot: &dyn Fn() -> Spot, loss: &mut LossReport) {
    if let (Some(start), Some(finish)) = (fact.started, fact.finished)
        && finish.as_finish() < start.as_start()
    {
        let why = "it finished before it started; it is taken to have finished then";
        loss.add(LossKind::Changed, subject, why, spot);
        fact.finished = Some(start);
    }
    if fact.finished.is_some() {
        fact.remaining = None;
        fact.suspended = None;
        fact.resumed = None;
    }
    if let (Some(start), Some(stop)) = (fact.started, fact.suspended)
        && stop.as_finish() < start.as_start()
    {
        let why = "work stopped before it started; it is taken to have stopped then";
        loss.add(LossKind::Changed, subject, why, spot);
        fact.suspended = Some(start);
    }
    if let (Some(stop), Some(resume)) = (fact.suspended, fact.resumed)
        && resume.as_finish() < stop.as_start()
    {
        let why = "work went on before it stopped; that it stopped is left out";
        loss.add(LossKind::Dropped, subject, why, spot);
        fact.suspended = None;
        fact.resumed = None;
    }
}
