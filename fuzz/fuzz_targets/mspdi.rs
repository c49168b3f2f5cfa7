//! Any bytes, read as MSPDI: an error with its line, or a sound programme. Written and read again it is sound still.

#![no_main]

use framdrift::interchange::limits::Limits;
use framdrift::interchange::{Imported, mspdi};
use framdrift::schedule::{Network, compute};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    // Days that are laid out one by one take most of the time, and say nothing after the first few.
    limits.special_days = 500;
    let Ok(imported) = mspdi::read(bytes, &limits) else {
        return;
    };
    let Some(text) = written(&imported) else { return };
    let again = mspdi::read(text.as_bytes(), &Limits::default()).expect("what is written can be read");
    written(&again);
});

/// Asserts that it is sound, and writes it where its links form no ring.
fn written(imported: &Imported) -> Option<String> {
    let _ = (imported.loss.to_string(), imported.loss.summary().to_string());
    let programme = imported.document.clone().validate().expect("what is read has no fault");
    let checked = imported.facts.check(&programme, &programme.projection());
    assert_eq!(checked.diagnostics.errors(), 0, "{:?}", checked.diagnostics);
    let network = Network::new(programme.projection()).ok()?;
    let schedule = compute(&network, &checked.facts).ok();
    let exported = mspdi::write(&mspdi::Export {
        programme: &programme,
        projection: network.projection(),
        schedule: schedule.as_ref(),
        facts: &checked.facts,
    });
    Some(exported.text)
}
