//! The working hours of one day.

use crate::time::DAY;

/// The working spans of a day in minutes of that day: half-open, in order, apart from each other, none empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hours {
    spans: Box<[(u16, u16)]>,
    minutes: u16,
}

impl Hours {
    /// Puts spans in order, cuts them off at midnight, joins those that overlap or touch, and drops empty ones.
    pub(super) fn new(mut spans: Vec<(u16, u16)>) -> Self {
        for span in &mut spans {
            span.1 = span.1.min(DAY as u16);
        }
        spans.retain(|(from, to)| from < to);
        spans.sort_unstable();
        spans.dedup_by(|next, kept| {
            let joined = next.0 <= kept.1;
            if joined {
                kept.1 = kept.1.max(next.1);
            }
            joined
        });
        Self {
            minutes: spans.iter().map(|(from, to)| to - from).sum(),
            spans: spans.into(),
        }
    }

    pub(super) fn spans(&self) -> &[(u16, u16)] {
        &self.spans
    }

    /// Working minutes in the whole day.
    pub(super) fn minutes(&self) -> u32 {
        self.minutes.into()
    }

    /// Working minutes before `minute` of the day.
    pub(super) fn before(&self, minute: u32) -> u32 {
        let mut sum = 0;
        for &(from, to) in &self.spans {
            let (from, to) = (u32::from(from), u32::from(to));
            if minute <= from {
                break;
            }
            sum += minute.min(to) - from;
        }
        sum
    }

    /// Whether `minute` of the day is a working one.
    pub(super) fn contains(&self, minute: u32) -> bool {
        self.spans
            .iter()
            .any(|&(from, to)| (u32::from(from)..u32::from(to)).contains(&minute))
    }

    /// The minute of the day that is working minute number `n`, counted from 0; midnight when there are not so many.
    pub(super) fn nth(&self, mut n: u32) -> u32 {
        for &(from, to) in &self.spans {
            let length = u32::from(to - from);
            if n < length {
                return u32::from(from) + n;
            }
            n -= length;
        }
        DAY as u32
    }
}
