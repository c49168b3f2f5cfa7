//! What the benches share: networks to measure on, a floor to measure against, and programmes as text.
//!
//! [`shape`] makes networks that are the same on every machine, [`floor`] computes them in the least time we know of,
//! [`peer`] as a host would with petgraph alone, and [`text`] writes them as programmes.

pub mod floor;
pub mod peer;
pub mod shape;
pub mod text;

/// Whether the benches are only to be tried and not measured: `cargo bench -- --test`, or `cargo test --benches`.
#[must_use]
pub fn only_trying() -> bool {
    let mut measured = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--test" => return true,
            "--bench" => measured = true,
            _ => {}
        }
    }
    !measured
}

/// How many activities to measure on: one small size when only trying, and a million only on request, by setting
/// `FRAMDRIFT_BENCH_LARGE`.
#[must_use]
pub fn sizes() -> &'static [usize] {
    if only_trying() {
        &[100]
    } else if std::env::var_os("FRAMDRIFT_BENCH_LARGE").is_some() {
        &[1_000, 10_000, 100_000, 1_000_000]
    } else {
        &[1_000, 10_000, 100_000]
    }
}
