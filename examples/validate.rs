//! Is this programme file well-formed, and if not, what is wrong where?
//!
//! ```sh
//! cargo run --example validate FILE
//! ```

use std::error::Error;
use std::process::ExitCode;

use framdrift::source::limits::Limits;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: validate FILE")?;
    let opened = framdrift::open(&path, &std::fs::read(&path)?, None, &Limits::default());

    // Each diagnostic is data: a code to match on, a place by id and by position, advice, and sometimes the text that mends it.
    for found in opened.report.diagnostics() {
        let diagnostic = &found.diagnostic;
        println!(
            "{}:{}:{} {} [{}] at {}",
            path,
            found.start.line,
            found.start.column,
            diagnostic.severity(),
            diagnostic.code(),
            diagnostic.place()
        );
        println!("    {}", diagnostic.message());
        if let Some(help) = diagnostic.help() {
            println!("    {help}");
        }
    }
    match opened.plan {
        Some(plan) => {
            let network = plan.network().projection();
            println!(
                "{path}: well-formed, {} dates and {} links",
                network.nodes.len(),
                network.links.len()
            );
            Ok(ExitCode::SUCCESS)
        }
        None => {
            println!("{path}: {} faults", opened.report.errors());
            Ok(ExitCode::FAILURE)
        }
    }
}
