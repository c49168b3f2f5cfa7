//! Printing that survives a closed pipe and knows when to leave colours out.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use framdrift::Report;
use framdrift::model::diagnostic::Diagnostics;

/// Why a command stops early.
pub(crate) enum Failure {
    /// Nobody reads the output any longer.
    Closed,
    /// With a message.
    Said(String),
}

/// Prints to standard output.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|_| Failure::Closed)
}

/// Prints to standard error; when that is closed, nobody can be told.
pub(crate) fn complain(text: &str) {
    let mut out = anstream::AutoStream::auto(std::io::stderr().lock());
    let _ = out.write_all(text.as_bytes());
}

/// Whether standard output shows colours. `NO_COLOR` is honoured by the stream as well.
pub(crate) fn colour() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether standard error shows colours.
fn colour_of_errors() -> bool {
    std::io::stderr().is_terminal()
}

/// Prints reports to standard error, and gives what to exit with where one of them has a fault.
pub(crate) fn reported<'r>(reports: impl IntoIterator<Item = &'r Report>) -> ExitCode {
    let mut code = 1;
    for report in reports {
        complain(&report.for_people(colour_of_errors()));
        if report.is_unreadable() {
            code = 2;
        }
    }
    ExitCode::from(code)
}

/// Faults and warnings of what has no text of its own, one a line, with their places.
pub(crate) fn plainly(name: &str, diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter() {
        text.push_str(&format!("{diagnostic}\n"));
    }
    if !diagnostics.is_empty() {
        let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
        let plural = |n| if n == 1 { "" } else { "s" };
        text.push_str(&format!(
            "{name}: {errors} error{}, {warnings} warning{}\n",
            plural(errors),
            plural(warnings)
        ));
    }
    text
}
