//! Dependencies as predecessor links.

use framdrift_model::projection::{Lag, LinkKind, TimeLink};

use super::Export;
use super::xml::Writer;
use crate::loss::{LossKind, LossReport, Spot};

const DAYS: u8 = 7;
const ELAPSED_DAYS: u8 = 8;
const PERCENT: u8 = 19;

/// Writes a link.
pub(super) fn write(out: &mut Writer, link: &TimeLink, numbers: &[i64], export: &Export<'_>, loss: &mut LossReport) {
    let kind = match link.kind {
        LinkKind::FinishToFinish => 0,
        LinkKind::FinishToStart => 1,
        LinkKind::StartToFinish => 2,
        LinkKind::StartToStart => 3,
    };
    let (lag, format) = lag(link, export, loss);
    out.open("PredecessorLink");
    out.value("PredecessorUID", numbers[link.from.index()]);
    out.value("Type", kind);
    out.flag("CrossProject", false);
    out.value("LinkLag", lag);
    out.value("LagFormat", format);
    out.close("PredecessorLink");
}

fn lag(link: &TimeLink, export: &Export<'_>, loss: &mut LossReport) -> (i64, u8) {
    let nodes = &export.projection.nodes;
    let spot = || {
        let (from, to) = (&nodes[link.from.index()].id, &nodes[link.to.index()].id);
        Spot::none().about(format!("{to} after {from}"))
    };
    let tenths = i64::from(link.tenths);
    match link.lag {
        Lag::Work(minutes) => (minutes * 10 + tenths, DAYS),
        Lag::Elapsed(minutes) => (minutes * 10 + tenths, ELAPSED_DAYS),
        Lag::Percent(thousandths) => {
            if thousandths % 1_000 != 0 {
                let why = "shares are whole per cent; rounded to the nearest";
                loss.add(LossKind::Changed, "lag", why, spot);
            }
            let half = if thousandths < 0 { -500 } else { 500 };
            ((thousandths + half) / 1_000, PERCENT)
        }
        Lag::Period(period) => {
            let why = "a lead time by the calendar becomes a lag of the elapsed days that it is now";
            loss.add(LossKind::Changed, "lead-time", why, || spot().value(period.to_string()));
            let anchor = export
                .schedule
                .map(|schedule| schedule.dates(link.to).start)
                .or(export.projection.start)
                .unwrap_or(framdrift_model::time::Minute::clamped(0));
            let minutes = anchor.get() - period.before(anchor).get();
            (minutes * 10, ELAPSED_DAYS)
        }
    }
}
