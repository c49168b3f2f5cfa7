//! The values of each node against what follows for them.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, NodeIx};
use framdrift_model::rules::{Critical, Profile};
use framdrift_model::time::Minute;

use super::case::{Allowed, Case, Demand, Pair, Placed};
use super::clock::{self, MINUTE};
use super::flaw::{Checked, Flaw, Flaws, Reason, Value};
use super::group::{Behind, Sums};
use super::{allow, effort, float, own, path, place, pull, strand, summary};
use crate::schedule::{Dates, Schedule};

/// What the schedule shows where, with the tenths of a minute that it remembers.
fn date(t: i64) -> Value {
    let at = clock::minute(t);
    Value::Date(at, (clock::inside(t) - clock::tenths(at)) as i8)
}

pub(super) struct Check<'c, F> {
    pub(super) case: &'c Case<'c>,
    pub(super) schedule: &'c Schedule,
    pub(super) dates: &'c F,
    pub(super) flaws: Flaws,
}

impl<F: Fn(NodeIx) -> Dates> Check<'_, F> {
    fn value(&mut self, n: Option<usize>, what: Checked, found: Value, follows: Value, reason: Reason) {
        if found == follows {
            return;
        }
        let id = n.map_or("", |n| &self.case.node(n).id);
        self.flaws.add(|| Flaw {
            node: n.map(|n| NodeIx(n as u32)),
            id: id.into(),
            what,
            found,
            follows,
            reason,
        });
    }

    /// A shown date; and where that is right, what is remembered more exactly.
    fn exact(&mut self, n: usize, what: Checked, shown: Minute, exact: i64, follows: i64, reason: Reason) {
        let found = if shown == clock::minute(follows) {
            exact
        } else {
            clock::tenths(shown)
        };
        self.value(Some(n), what, date(found), date(follows), reason);
    }

    pub(super) fn programme(&mut self, facts: &Facts) {
        let case = self.case;
        let shown = clock::tenths(self.schedule.start());
        let asked = case.projection.start.map(clock::tenths);
        let (first, from) = match case.counts_back() {
            true => {
                let first = first_late_start(case, facts);
                let asked = asked.filter(|_| case.rules.profile == Profile::Framdrift);
                let from = first.map(|(first, why)| (asked.map_or(first, |at| at.max(first)), why));
                (first, from)
            }
            false => {
                let start = asked.map(|start| (start, Reason::ProgrammeStart));
                (start, start)
            }
        };
        if let (Some((first, reason)), Some((from, _))) = (first, from) {
            let first = date(clock::tenths(clock::minute(first)));
            self.value(None, Checked::ProgrammeStart, date(shown), first, reason);
            self.value(None, Checked::ProgrammeStart, date(case.start), date(from), reason);
        }
        let finish = date(clock::tenths(self.schedule.finish()));
        let last = Value::Date(clock::minute(case.last_finish()), 0);
        self.value(None, Checked::ProgrammeFinish, finish, last, Reason::Spanned);
    }

    /// Checks every node with dates of its own. Gives whether each must be critical.
    pub(super) fn nodes(&mut self, by: &Sides<'_>) -> Vec<bool> {
        let case = self.case;
        let longest = match case.rules.critical {
            Critical::LongestPath => path::longest(case, by.last),
            Critical::Float => Vec::new(),
        };
        let mut critical = vec![false; case.tree.len()];
        let mut heard = Vec::new();
        for n in case.acting() {
            let total = self.node(n, by, &mut heard);
            let open = case.rules.open_ends_critical && case.strands.is_open_ended(n);
            let by_rule = match case.rules.critical {
                Critical::Float => total <= case.rules.critical_limit.saturating_mul(MINUTE),
                Critical::LongestPath => longest[n],
            };
            critical[n] = (by_rule || open) && case.finished(n).is_none();
            if !case.tree.spans(n) {
                let found = Value::Flag((self.dates)(NodeIx(n as u32)).critical);
                let reason = match case.rules.critical {
                    Critical::LongestPath => Reason::LongestPath,
                    Critical::Float => Reason::OwnDates,
                };
                self.value(Some(n), Checked::Critical, found, Value::Flag(critical[n]), reason);
            }
        }
        critical
    }

    /// Checks one node. Gives its total float in tenths.
    fn node(&mut self, n: usize, by: &Sides<'_>, heard: &mut Vec<Demand>) -> i64 {
        let (case, shown) = (self.case, (self.dates)(NodeIx(n as u32)));
        let claims = &case.claims;

        heard.clear();
        let soonest = place(case, by.soonest, n, heard);
        let why = most(heard, &soonest);
        let placed = match std::ptr::eq(by.soonest, by.last) {
            true => soonest,
            false => {
                let whats = [Checked::SoonestStart, Checked::SoonestFinish];
                for (side, what) in whats.into_iter().enumerate() {
                    let (found, follows) = (claims.soonest[n][side], soonest.dates[side]);
                    self.value(Some(n), what, date(found), date(follows), why[side]);
                }
                heard.clear();
                place(case, by.last, n, heard)
            }
        };
        let why = most(heard, &placed);

        heard.clear();
        let allowed = allow(case, by.soonest, by.late, n, &soonest, heard);
        let latest = heard.iter().min_by_key(|d| d.at).map_or(Reason::OwnDates, |d| d.reason);
        let latest = allowed.fixed.unwrap_or(latest);
        let handed = |side: usize| match allowed.shown[side] == allowed.dates[side] {
            true => claims.late[n][side],
            false => allowed.shown[side],
        };
        self.exact(
            n,
            Checked::LateStart,
            shown.late_start,
            handed(0),
            allowed.shown[0],
            latest,
        );
        self.exact(
            n,
            Checked::LateFinish,
            shown.late_finish,
            handed(1),
            allowed.shown[1],
            latest,
        );

        for (side, what) in [Checked::LateStart, Checked::LateFinish].into_iter().enumerate() {
            if allowed.shown[side] != allowed.dates[side] {
                let (found, follows) = (claims.late[n][side], allowed.dates[side]);
                self.value(Some(n), what, date(found), date(follows), latest);
            }
        }

        // Where it is put, and which early dates are shown.
        let pulled = self.pulled(n, by, &placed, &allowed);
        let put = pulled.unwrap_or(placed.dates);
        let pull = pulled.map(|_| Reason::AsLateAsPossible);
        let (early, claimed) = match case.eats_total_float() {
            true => (placed.dates, claims.early[n]),
            false => (put, claims.put[n]),
        };
        let because = |side: usize| pull.filter(|_| !case.eats_total_float()).unwrap_or(why[side]);
        self.exact(
            n,
            Checked::EarlyStart,
            shown.early_start,
            claimed[0],
            early[0],
            because(0),
        );
        self.exact(
            n,
            Checked::EarlyFinish,
            shown.early_finish,
            claimed[1],
            early[1],
            because(1),
        );
        // What is remembered of where it stood before it was pulled.
        let whats = [(Checked::SoonestStart, 0), (Checked::SoonestFinish, 1)];
        for (what, side) in whats.into_iter().filter(|_| !case.eats_total_float()) {
            let (found, follows) = (claims.soonest[n][side], soonest.dates[side]);
            if early[side] != follows || found != claimed[side] {
                self.value(Some(n), what, date(found), date(follows), why[side]);
            }
        }
        let fact = |at: Option<i64>| at.filter(|_| !case.is_typed(n));
        // Where the early dates are those where it is put, they answer for these.
        let stands = |side: usize, shown: Minute| match claims.put[n][side] {
            put if case.eats_total_float() || clock::minute(put) == shown => put,
            _ => clock::tenths(shown),
        };
        let start = fact(case.started(n)).map_or((put[0], stands(0, shown.start)), |t| (t, t));
        let finish = fact(case.finished(n)).map_or((put[1], stands(1, shown.finish)), |t| (t, t));
        let because = |side: usize, at: Option<i64>| match fact(at) {
            Some(_) => Reason::Recorded,
            None => pull.unwrap_or(why[side]),
        };
        self.exact(
            n,
            Checked::Start,
            shown.start,
            start.1,
            start.0,
            because(0, case.started(n)),
        );
        self.exact(
            n,
            Checked::Finish,
            shown.finish,
            finish.1,
            finish.0,
            because(1, case.finished(n)),
        );

        let total = float::total(case, n, &placed, &allowed, claimed);
        let free = float::free(case, by.last, by.soon, n, &placed, claimed, total);
        let minutes = |tenths| Value::Minutes(clock::whole(tenths));
        let found = Value::Minutes(shown.total_float);
        self.value(Some(n), Checked::TotalFloat, found, minutes(total), Reason::OwnDates);
        if !case.tree.spans(n) {
            let found = Value::Minutes(shown.free_float);
            self.value(Some(n), Checked::FreeFloat, found, minutes(free), Reason::OwnDates);
        }
        total
    }

    /// Where a node that is as late as possible must be.
    fn pulled(&self, n: usize, by: &Sides<'_>, placed: &Placed, allowed: &Allowed) -> Option<Pair> {
        let case = self.case;
        if !case.is_late(n) || case.started(n).is_some() || case.is_typed(n) {
            return None;
        }
        if case.eats_total_float() {
            return Some(allowed.dates);
        }
        match case.rules.profile {
            Profile::Framdrift => own::pulled(case, by.soonest, (by.soon, by.late), n, placed),
            Profile::MsProject | Profile::P6 => pull::pulled(case, by.soonest, by.soon, n, placed, allowed),
        }
    }

    /// Checks what spans others, and what has no dates at all.
    pub(super) fn summaries(&mut self, by: &Sides<'_>, critical: &[bool], fine: bool) {
        let case = self.case;
        let rolled = summary::roll_up(case, self.dates, true);
        let free = summary::free_floats(case, by.last, by.soon, fine);
        for n in 0..case.tree.len() {
            let found = (self.dates)(NodeIx(n as u32));
            let rolled = rolled.get(n).copied().flatten();
            if case.tree.spans(n) && (rolled.is_some() || case.tree.acts(n)) {
                let open = || clock::worked(case.calendar(n), clock::tenths(found.early_finish), case.finish);
                let minutes = clock::whole(free[n].unwrap_or_else(open).max(0));
                let free = Value::Minutes(found.free_float);
                self.value(
                    Some(n),
                    Checked::FreeFloat,
                    free,
                    Value::Minutes(minutes),
                    Reason::Spanned,
                );
            }
            match rolled {
                Some(rolled) if case.is_typed(n) => {
                    let flag = Value::Flag(critical[n] || rolled.dates.critical);
                    self.value(
                        Some(n),
                        Checked::Critical,
                        Value::Flag(found.critical),
                        flag,
                        Reason::Spanned,
                    );
                }
                Some(rolled) => {
                    let follows = Dates {
                        total_float: summary::float(case, n, &rolled),
                        ..rolled.dates
                    };
                    self.all(n, &found, &follows, Reason::Spanned);
                }
                None if !case.tree.acts(n) && !case.is_effort(n) => {
                    let follows = Dates::instant(self.schedule.start());
                    self.all(n, &found, &follows, Reason::NotDone);
                    let none = Value::Minutes(0);
                    self.value(
                        Some(n),
                        Checked::FreeFloat,
                        Value::Minutes(found.free_float),
                        none,
                        Reason::NotDone,
                    );
                }
                None if case.tree.acts(n) && case.tree.spans(n) => {
                    let flag = Value::Flag(critical[n]);
                    self.value(
                        Some(n),
                        Checked::Critical,
                        Value::Flag(found.critical),
                        flag,
                        Reason::OwnDates,
                    );
                }
                None => {}
            }
        }
    }

    pub(super) fn efforts(&mut self) {
        let follows = effort::follow(self.case, self.dates);
        for (n, follows) in follows {
            let found = (self.dates)(NodeIx(n as u32));
            self.all(n, &found, &follows, Reason::Spanned);
            let free = Value::Minutes(found.free_float);
            self.value(Some(n), Checked::FreeFloat, free, Value::Minutes(0), Reason::Spanned);
        }
    }

    /// All but free float.
    fn all(&mut self, n: usize, found: &Dates, follows: &Dates, reason: Reason) {
        let dates = |d: &Dates| {
            [
                (Checked::Start, d.start),
                (Checked::Finish, d.finish),
                (Checked::EarlyStart, d.early_start),
                (Checked::EarlyFinish, d.early_finish),
                (Checked::LateStart, d.late_start),
                (Checked::LateFinish, d.late_finish),
            ]
        };
        for ((what, found), (_, follows)) in dates(found).into_iter().zip(dates(follows)) {
            self.value(Some(n), what, Value::Date(found, 0), Value::Date(follows, 0), reason);
        }
        let (is, must) = (Value::Minutes(found.total_float), Value::Minutes(follows.total_float));
        self.value(Some(n), Checked::TotalFloat, is, must, reason);
        let (is, must) = (Value::Flag(found.critical), Value::Flag(follows.critical));
        self.value(Some(n), Checked::Critical, is, must, reason);
    }
}

/// What the equations on a node look at: sums over what precedes it, and over what follows it.
pub(super) struct Sides<'c> {
    pub(super) soonest: &'c Sums,
    /// After what is as late as possible drove others.
    pub(super) last: &'c Sums,
    pub(super) late: &'c Behind,
    pub(super) soon: &'c Behind,
}

/// What put a node where it is: its start and its finish.
fn most(heard: &[Demand], placed: &Placed) -> [Reason; 2] {
    let at = heard.iter().map(|d| d.at).max();
    let found = heard
        .iter()
        .find(|d| Some(d.at) == at)
        .map_or(Reason::OwnDates, |d| d.reason);
    placed.fixed.map(|fixed| fixed.unwrap_or(found))
}

/// The first late start, from which a programme that counts back from its finish starts; none where late dates depend on
/// early ones and so on the start itself.
fn first_late_start(case: &Case<'_>, facts: &Facts) -> Option<(i64, Reason)> {
    let depends = case.rules.multiple_critical_paths
        || case.rules.open_ends_critical
        || !facts.is_empty()
        || case
            .strands
            .all
            .iter()
            .any(|s| s.from_start && matches!(s.from, strand::End::Group(_)))
        || case
            .acting()
            .any(|n| case.bounds(n).any(|(b, _)| b.kind == BoundKind::ExpectedFinish));
    let first = case.acting().map(|n| case.claims.late[n][0]).min();
    first.filter(|_| !depends).map(|first| (first, Reason::ProgrammeFinish))
}
