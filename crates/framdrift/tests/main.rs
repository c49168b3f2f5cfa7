//! Tests through the front door.

#[cfg(feature = "text")]
mod answers;
#[cfg(feature = "text")]
mod as_late;
#[cfg(feature = "text")]
mod astray;
mod bounds;
#[cfg(feature = "text")]
mod causes;
#[cfg(feature = "text")]
mod documents;
#[cfg(feature = "text")]
mod edits;
#[cfg(feature = "text")]
mod effort;
#[cfg(feature = "text")]
mod fixtures;
#[cfg(feature = "text")]
mod found;
#[cfg(feature = "text")]
mod from_finish;
#[cfg(feature = "text")]
mod held_back;
#[cfg(feature = "text")]
mod hostile;
#[cfg(feature = "interchange")]
mod import;
#[cfg(feature = "text")]
mod in_one_unit;
#[cfg(feature = "text")]
mod messages;
#[cfg(feature = "text")]
mod mutations;
#[cfg(all(feature = "interchange", feature = "text"))]
mod never_rests;
#[cfg(feature = "text")]
mod per_subject;
#[cfg(feature = "text")]
mod progress;
#[cfg(feature = "text")]
mod roads;
#[cfg(feature = "text")]
mod round_trip;
#[cfg(feature = "text")]
mod rules;
#[cfg(feature = "text")]
mod spelling;
#[cfg(feature = "text")]
mod tape;
#[cfg(feature = "text")]
mod tools;
#[cfg(feature = "text")]
mod twelve;
#[cfg(feature = "text")]
mod units;
