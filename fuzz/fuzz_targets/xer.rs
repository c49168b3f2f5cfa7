//! Any bytes, read as XER: an error with its line, or a sound programme.

#![no_main]

use framdrift::interchange::limits::Limits;
use framdrift::interchange::xer;
use framdrift::schedule::{Network, compute};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.special_days = 500;
    let options = xer::Options::new().limits(limits);
    let _ = xer::projects(bytes, &options);
    let Ok(imported) = xer::read(bytes, &options) else {
        return;
    };
    let _ = (imported.loss.to_string(), imported.loss.summary().to_string());
    let programme = imported.document.clone().validate().expect("what is read has no fault");
    let projection = programme.projection();
    let checked = imported.facts.check(&programme, &projection);
    assert_eq!(checked.diagnostics.errors(), 0, "{:?}", checked.diagnostics);
    if let Ok(network) = Network::new(projection) {
        let _ = compute(&network, &checked.facts);
    }
});
