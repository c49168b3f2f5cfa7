//! The proof of a schedule: every date follows from the dates beside it.
//!
//! [`Schedule::verify`] goes over nodes and links in whatever order they stand and asks of each value what it must be, given
//! the claimed values of its neighbours. Because links form no ring, only one set of dates satisfies all these equations, so a
//! schedule without flaws is *the* schedule: every early date is as late as something demands and no later, every late date as
//! early as something allows and no earlier. No pass is run, and nothing of the code that computes is used: the equations are
//! stated again, on nodes, links and sums over the tree of summaries.
//!
//! Two kinds of values are not among the dates, and are taken from what the schedule remembers of its computation, to be
//! checked like the rest: the dates before anything that is as late as possible was moved, and tenths of minutes by the rules
//! of MS Project.

mod case;
mod check;
mod clock;
mod effort;
mod flaw;
mod float;
mod group;
mod hold;
mod keep;
mod last;
mod met;
mod msproject;
mod own;
mod p6;
mod path;
mod pull;
mod strand;
mod summary;
mod tree;
mod typed;

use framdrift_model::facts::Facts;
use framdrift_model::projection::NodeIx;
use framdrift_model::rules::Profile;

use crate::network::Network;
use crate::schedule::{Dates, Schedule};
use case::{Allowed, Case, Claims, Demand, Placed, Round};
use check::{Check, Sides};
pub use flaw::{Checked, Flaw, Flaws, Reason, Value};
use group::{Behind, Sums};

impl Schedule {
    /// Checks that every date, float and flag follows from those beside it.
    ///
    /// That is: no early date comes before anything that demands it, and something demands each; no late date comes after
    /// anything that allows it, and something allows no more; floats are the gaps they are defined by; what is as late as
    /// possible is where the rules put it; summaries span what belongs to them. A schedule that [`compute`](crate::compute)
    /// made of this network and these facts has no flaws.
    ///
    /// # Errors
    /// [`Flaws`]: all values that do not follow, the first thousand of them by name.
    ///
    /// # Panics
    /// When the network has another number of nodes.
    ///
    /// # Complexity
    /// O(*n* + *m*) for *n* nodes and *m* links, with the factors of [`Network::new`] where links meet summaries. For
    /// summaries nested *d* deep, O(*m* · *d*) for their free float, and O(*n* · *d*) where the longest path is critical.
    ///
    /// # Example
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::{Network, compute};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// let dig = plan.add(TimeNode::activity("dig", Span::Work(480)));
    /// let pour = plan.add(TimeNode::activity("pour", Span::Work(480)));
    /// let network = Network::new(plan.clone()).unwrap();
    /// let schedule = compute(&network, &Facts::none()).unwrap();
    /// assert_eq!(schedule.verify(&network, &Facts::none()), Ok(()));
    ///
    /// // With a link that was forgotten, these dates are wrong.
    /// plan.link(dig, pour, LinkKind::FinishToStart, Lag::NONE);
    /// let flaws = schedule.verify(&Network::new(plan).unwrap(), &Facts::none()).unwrap_err();
    /// assert_eq!(
    ///     flaws.list()[0].to_string(),
    ///     "the late start of `dig` is 2026-03-02T08:00, but 2026-02-27T08:00 follows from link 0"
    /// );
    /// ```
    pub fn verify(&self, network: &Network, facts: &Facts) -> Result<(), Flaws> {
        self.verify_dates(network, facts, |node| self.dates(node))
    }

    /// Checks other dates in place of the schedule's own, such as dates that were stored, sent or changed by hand.
    ///
    /// What the schedule remembers besides its dates, and its start and finish, stay as they are.
    ///
    /// # Errors
    /// # Panics
    /// As [`verify`](Self::verify).
    ///
    /// # Example
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::verify::Checked;
    /// use framdrift_schedule::{Network, compute};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// plan.add(TimeNode::activity("dig", Span::Work(480)));
    /// let network = Network::new(plan).unwrap();
    /// let schedule = compute(&network, &Facts::none()).unwrap();
    ///
    /// let flaws = schedule.verify_dates(&network, &Facts::none(), |node| {
    ///     let mut dates = schedule.dates(node);
    ///     dates.total_float += 60;
    ///     dates
    /// });
    /// assert_eq!(flaws.unwrap_err().list()[0].what, Checked::TotalFloat);
    /// ```
    pub fn verify_dates(&self, network: &Network, facts: &Facts, dates: impl Fn(NodeIx) -> Dates) -> Result<(), Flaws> {
        let projection = network.projection();
        assert_eq!(
            self.len(),
            projection.nodes.len(),
            "a schedule is verified against a network of as many nodes"
        );
        let case = Case::new(projection, facts, self, Claims::new(self, &dates));
        let mut check = Check {
            case: &case,
            schedule: self,
            dates: &dates,
            flaws: Flaws::default(),
        };
        check.programme(facts);
        let soonest = Sums::new(&case, Round::Soonest);
        let last = case.is_driven_late().then(|| Sums::new(&case, Round::Final));
        let last = last.as_ref().unwrap_or(&soonest);
        let standing = case.standing();
        let sides = Sides {
            soonest: &soonest,
            last,
            late: &Behind::late(&case, &soonest),
            soon: &Behind::soon(&case, last, &standing),
        };
        let critical = check.nodes(&sides);
        check.summaries(&sides, &critical, !network.asks_for_rules && facts.is_empty());
        check.efforts();
        check.flaws.into_result()
    }
}

/// What the profile demands of a node.
fn place(case: &Case<'_>, sums: &Sums, n: usize, heard: &mut Vec<Demand>) -> Placed {
    match case.rules.profile {
        Profile::Framdrift => own::place(case, sums, n, heard),
        Profile::MsProject => msproject::place(case, sums, n, heard),
        Profile::P6 => p6::place(case, sums, n, heard),
    }
}

/// What the profile allows a node.
fn allow(case: &Case<'_>, sums: &Sums, late: &Behind, n: usize, placed: &Placed, heard: &mut Vec<Demand>) -> Allowed {
    match case.rules.profile {
        Profile::Framdrift => own::allow(case, sums, late, n, placed, heard),
        Profile::MsProject => msproject::allow(case, sums, late, n, placed, heard),
        Profile::P6 => p6::allow(case, sums, late, n, placed, heard),
    }
}
