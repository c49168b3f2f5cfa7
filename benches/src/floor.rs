//! The floor: the least work that early dates, late dates, both floats and the critical flag can be had for.
//!
//! It answers less than the engine: no bounds, no summaries, no elapsed time, no reasons, dates that are plain numbers,
//! results in arrays that are there already. Its answers are compared with the engine's in the tests.

use framdrift::model::projection::LinkKind;

use crate::shape::{Shape, works};

/// Results by position in topological order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Early start.
    pub early: Vec<i32>,
    /// Late start.
    pub late: Vec<i32>,
    /// Total float.
    pub total: Vec<i32>,
    /// Free float.
    pub free: Vec<i32>,
    /// Whether there is no total float.
    pub critical: Vec<bool>,
}

impl Dates {
    fn reset(&mut self, n: usize) {
        for column in [&mut self.early, &mut self.late, &mut self.total, &mut self.free] {
            column.resize(n, 0);
        }
        self.critical.resize(n, false);
    }
}

/// A link of the floor: between positions, and how much later its successor starts than its predecessor at the least.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    /// The predecessor's position.
    pub from: u32,
    /// The successor's position.
    pub to: u32,
    /// From start to start.
    pub weight: i32,
}

/// What a link asks for from start to start, where one clock is everybody's.
#[must_use]
pub fn weight(kind: LinkKind, lag: i32, from: i32, to: i32) -> i32 {
    match kind {
        LinkKind::FinishToStart => lag + from,
        LinkKind::StartToStart => lag,
        LinkKind::FinishToFinish => lag + from - to,
        LinkKind::StartToFinish => lag - to,
    }
}

/// A network without calendars: one list of links in order of the position they lead to.
#[derive(Clone, Debug)]
pub struct Flat {
    /// The activity at each position.
    pub order: Vec<u32>,
    durations: Vec<i32>,
    from: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<i32>,
}

/// The activities in an order in which every link points forward (Kahn 1962), and the links by the position they lead to.
fn arrange(shape: &Shape) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let n = shape.len();
    let mut into = vec![0_u32; n + 1];
    let natural = shape.links.iter().all(|l| l.from < l.to);
    let order: Vec<u32> = if natural {
        (0..n as u32).collect()
    } else {
        let mut out = vec![0_u32; n + 1];
        let mut waits = vec![0_u32; n];
        for link in &shape.links {
            out[link.from as usize + 1] += 1;
            waits[link.to as usize] += 1;
        }
        for v in 0..n {
            out[v + 1] += out[v];
        }
        let mut next = out.clone();
        let mut successors = vec![0_u32; shape.links.len()];
        for link in &shape.links {
            let place = &mut next[link.from as usize];
            successors[*place as usize] = link.to;
            *place += 1;
        }
        let mut order: Vec<u32> = (0..n as u32).filter(|v| waits[*v as usize] == 0).collect();
        let mut done = 0;
        while let Some(&v) = order.get(done) {
            done += 1;
            for &to in &successors[out[v as usize] as usize..out[v as usize + 1] as usize] {
                waits[to as usize] -= 1;
                if waits[to as usize] == 0 {
                    order.push(to);
                }
            }
        }
        assert_eq!(order.len(), n, "a shape has no rings");
        order
    };
    let mut position = vec![0_u32; n];
    for (p, v) in (0..).zip(&order) {
        position[*v as usize] = p;
    }
    for link in &shape.links {
        into[position[link.to as usize] as usize + 1] += 1;
    }
    for v in 0..n {
        into[v + 1] += into[v];
    }
    let mut sorted = vec![0_u32; shape.links.len()];
    for (l, link) in (0..).zip(&shape.links) {
        let place = &mut into[position[link.to as usize] as usize];
        sorted[*place as usize] = l;
        *place += 1;
    }
    (order, position, sorted)
}

impl Flat {
    /// From a list of activities and links.
    #[must_use]
    pub fn new(shape: &Shape) -> Self {
        let (order, position, sorted) = arrange(shape);
        let durations = order.iter().map(|v| shape.durations[*v as usize]).collect();
        let mut flat = Self {
            order,
            durations,
            from: Vec::with_capacity(sorted.len()),
            to: Vec::with_capacity(sorted.len()),
            weight: Vec::with_capacity(sorted.len()),
        };
        for l in sorted {
            let link = &shape.links[l as usize];
            let (from, to) = (shape.durations[link.from as usize], shape.durations[link.to as usize]);
            flat.from.push(position[link.from as usize]);
            flat.to.push(position[link.to as usize]);
            flat.weight.push(weight(link.kind, link.lag, from, to));
        }
        flat
    }

    /// Everything, counted from nought.
    pub fn compute(&self, dates: &mut Dates) {
        let n = self.order.len();
        dates.reset(n);
        let Dates {
            early,
            late,
            total,
            free,
            critical,
        } = dates;
        let durations = &self.durations[..n];
        early.fill(0);
        for ((&from, &to), &weight) in self.from.iter().zip(&self.to).zip(&self.weight) {
            early[to as usize] = early[to as usize].max(early[from as usize] + weight);
        }
        let finish = (0..n).map(|v| early[v] + durations[v]).max().unwrap_or(0);
        for v in 0..n {
            late[v] = finish - durations[v];
            free[v] = late[v] - early[v];
        }
        for ((&from, &to), &weight) in self.from.iter().zip(&self.to).zip(&self.weight).rev() {
            late[from as usize] = late[from as usize].min(late[to as usize] - weight);
            let gap = early[to as usize] - early[from as usize] - weight;
            free[from as usize] = free[from as usize].min(gap);
        }
        for v in 0..n {
            total[v] = late[v] - early[v];
            critical[v] = total[v] <= 0;
        }
    }
}

/// A calendar in whole days: working days before each day, and the day of each working day.
#[derive(Clone, Debug)]
struct Days {
    before: Vec<i32>,
    day: Vec<i32>,
}

impl Days {
    fn new(calendar: usize, first: i64, count: usize) -> Self {
        let mut days = Self {
            before: Vec::with_capacity(count),
            day: Vec::new(),
        };
        for offset in 0..count as i32 {
            days.before.push(days.day.len() as i32);
            if works(calendar, first + i64::from(offset)) {
                days.day.push(offset);
            }
        }
        days
    }

    fn work_at(&self, day: i32) -> i32 {
        self.before[day as usize]
    }

    fn start_of(&self, work: i32) -> i32 {
        self.day[work as usize]
    }

    fn finish_of(&self, work: i32) -> i32 {
        self.day[work as usize - 1] + 1
    }

    fn add(&self, day: i32, lag: i32) -> i32 {
        match lag {
            0 => day,
            _ => self.finish_of(self.work_at(day) + lag),
        }
    }

    fn take(&self, day: i32, lag: i32) -> i32 {
        match lag {
            0 => day,
            _ => self.start_of(self.work_at(day) - lag),
        }
    }
}

/// A network on four calendars in whole days, each activity on its own: links by successor, and table look-ups.
///
/// On finish-to-start links its answers are the engine's. Where another kind asks for an instant in a gap between working
/// days, the engine goes one working minute past the gap, which whole days cannot say; the work is the same.
#[derive(Clone, Debug)]
pub struct OnCalendars {
    /// The activity at each position.
    pub order: Vec<u32>,
    durations: Vec<i32>,
    calendar: Vec<u8>,
    into: Vec<u32>,
    from: Vec<u32>,
    kind: Vec<LinkKind>,
    lag: Vec<i32>,
    calendars: [Days; 4],
    early_finish: Vec<i32>,
    late_finish: Vec<i32>,
    start_cap: Vec<i32>,
    finish_cap: Vec<i32>,
}

/// The tables begin a year before the start, so that no look-up falls before them.
const MARGIN: i32 = 365;

impl OnCalendars {
    /// From a list of activities and links that begins on a day (since 1970-01-01) and takes at most so many days.
    #[must_use]
    pub fn new(shape: &Shape, first_day: i64, days: usize) -> Self {
        let (order, position, sorted) = arrange(shape);
        let mut into = vec![0_u32; shape.len() + 1];
        let at = |l: &u32| &shape.links[*l as usize];
        for link in &shape.links {
            into[position[link.to as usize] as usize + 1] += 1;
        }
        for v in 0..shape.len() {
            into[v + 1] += into[v];
        }
        let tables = |c| Days::new(c, first_day - i64::from(MARGIN), days + 3 * MARGIN as usize);
        let column = || vec![0; shape.len()];
        Self {
            durations: order.iter().map(|v| shape.durations[*v as usize]).collect(),
            calendar: order.iter().map(|v| shape.calendars[*v as usize] % 4).collect(),
            into,
            from: sorted.iter().map(|l| position[at(l).from as usize]).collect(),
            kind: sorted.iter().map(|l| at(l).kind).collect(),
            lag: sorted.iter().map(|l| at(l).lag).collect(),
            calendars: std::array::from_fn(tables),
            early_finish: column(),
            late_finish: column(),
            start_cap: column(),
            finish_cap: column(),
            order,
        }
    }

    /// Everything, in days from the start; floats in working days.
    pub fn compute(&mut self, dates: &mut Dates) {
        let n = self.order.len();
        dates.reset(n);
        for v in 0..n {
            let (calendar, duration) = (&self.calendars[self.calendar[v] as usize], self.durations[v]);
            let (mut start, mut finish) = (MARGIN, i32::MIN);
            for l in self.into[v] as usize..self.into[v + 1] as usize {
                let (u, lag) = (self.from[l] as usize, self.lag[l]);
                match self.kind[l] {
                    LinkKind::FinishToStart => start = start.max(calendar.add(self.early_finish[u], lag)),
                    LinkKind::StartToStart => start = start.max(calendar.add(dates.early[u], lag)),
                    LinkKind::FinishToFinish => finish = finish.max(calendar.add(self.early_finish[u], lag)),
                    LinkKind::StartToFinish => finish = finish.max(calendar.add(dates.early[u], lag)),
                }
            }
            if finish != i32::MIN {
                start = start.max(calendar.finish_of(calendar.work_at(finish) - duration));
            }
            let work = calendar.work_at(start);
            dates.early[v] = calendar.start_of(work);
            self.early_finish[v] = calendar.finish_of(work + duration);
        }
        let end = self.early_finish.iter().copied().max().unwrap_or(MARGIN);

        dates.late.fill(i32::MAX);
        self.late_finish.fill(i32::MAX);
        self.start_cap.fill(i32::MAX);
        self.finish_cap.fill(i32::MAX);
        for v in (0..n).rev() {
            let (calendar, duration) = (&self.calendars[self.calendar[v] as usize], self.durations[v]);
            let mut latest = self.late_finish[v].min(end);
            if dates.late[v] != i32::MAX {
                latest = latest.min(calendar.start_of(calendar.work_at(dates.late[v]) + duration));
            }
            let work = calendar.work_at(latest);
            let (late_start, late_finish) = (calendar.start_of(work - duration), calendar.finish_of(work));
            (dates.late[v], self.late_finish[v]) = (late_start, late_finish);

            let (start, finish) = (dates.early[v], self.early_finish[v]);
            let (work_start, work_finish) = (calendar.work_at(start), calendar.work_at(finish));
            let gap = |from: i32, cap: i32| match cap {
                i32::MAX => i32::MAX,
                cap => calendar.work_at(cap) - from,
            };
            let (start_cap, finish_cap) = (self.start_cap[v], self.finish_cap[v]);
            dates.free[v] = match (start_cap, finish_cap) {
                (i32::MAX, i32::MAX) => gap(work_finish, end),
                _ => gap(work_start, start_cap).min(gap(work_finish, finish_cap)),
            }
            .max(0);
            let by_finish = calendar.work_at(late_finish) - work_finish;
            let total = (calendar.work_at(late_start) - work_start).min(by_finish);
            (dates.total[v], dates.critical[v]) = (total, total <= 0);

            for l in self.into[v] as usize..self.into[v + 1] as usize {
                let (u, lag) = (self.from[l] as usize, self.lag[l]);
                let (late, early, finishes) = match self.kind[l] {
                    LinkKind::FinishToStart => (late_start, start, true),
                    LinkKind::StartToStart => (late_start, start, false),
                    LinkKind::FinishToFinish => (late_finish, finish, true),
                    LinkKind::StartToFinish => (late_finish, finish, false),
                };
                let (late, early) = (calendar.take(late, lag), calendar.take(early, lag));
                let (latest, cap) = match finishes {
                    true => (&mut self.late_finish[u], &mut self.finish_cap[u]),
                    false => (&mut dates.late[u], &mut self.start_cap[u]),
                };
                (*latest, *cap) = ((*latest).min(late), (*cap).min(early));
            }
        }
        for column in [&mut dates.early, &mut dates.late] {
            for day in column {
                *day -= MARGIN;
            }
        }
    }
}
