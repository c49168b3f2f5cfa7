//! Tests of the crate through its front door.

mod exceptions;
mod export;
mod fixtures;
mod hostile;
mod mspdi;
mod oracle;
mod pictures;
mod strangers;
mod xer;

/// How many random cases: `FRAMDRIFT_CASES` says so, too.
fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("FRAMDRIFT_CASES")
        .ok()
        .and_then(|number| number.parse().ok());
    let seed = std::env::var("FRAMDRIFT_SEED").ok().and_then(|seed| seed.parse().ok());
    proptest::test_runner::Config {
        // The same cases every time, other ones with `FRAMDRIFT_SEED`.
        rng_seed: proptest::test_runner::RngSeed::Fixed(seed.unwrap_or(0x6672_616d)),
        ..proptest::test_runner::Config::with_cases(asked.unwrap_or(usual))
    }
}
