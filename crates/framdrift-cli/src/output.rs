//! Everything that leaves the program: text on standard output and standard error, and files. A reader that has gone away is no
//! fault; whatever else keeps a text from being written is one, so that a status never says more than what was delivered.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;

use framdrift::Report;
use framdrift::model::diagnostic::Diagnostics;

/// Why a command stops early.
pub(crate) enum Failure {
    /// With a message.
    Said(String),
    /// Something could not be written.
    Unwritten {
        /// Where it should have gone, as it is named to people.
        to: String,
        /// What kept it from there.
        error: io::Error,
    },
}

impl Failure {
    /// Says it on standard error, and gives what to exit with.
    pub(crate) fn exit(&self) -> ExitCode {
        let message = match self {
            Self::Said(message) => format!("error: {message}\n"),
            Self::Unwritten { to, error } => format!("error: cannot write {to}: {error}\n"),
        };
        // Where standard error takes nothing either, the status is all that is left to tell.
        let _ = complain(&message);
        ExitCode::from(2)
    }
}

/// Prints to standard output. Where nobody reads it any longer, the command goes on: its status holds without the text.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    written(
        "to standard output",
        out.write_all(text.as_bytes()).and_then(|()| out.flush()),
    )
}

/// Prints to standard error, likewise.
pub(crate) fn complain(text: &str) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(io::stderr().lock());
    written(
        "to standard error",
        out.write_all(text.as_bytes()).and_then(|()| out.flush()),
    )
}

/// Writes a file; one that exists is replaced. It is handed to the disk before this returns: what does not fit shows only then on
/// some file systems.
pub(crate) fn put(path: &str, text: &str) -> Result<(), Failure> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(text.as_bytes())?;
        // Pipes and devices have nothing to hand over, and say that they cannot.
        if file.metadata()?.is_file() {
            file.sync_all()
        } else {
            Ok(())
        }
    };
    written(&format!("`{path}`"), write())
}

/// Prints what the parser of the arguments has to say: help and the version, or what is wrong with the call.
pub(crate) fn usage(message: &clap::Error) -> ExitCode {
    let to = if message.use_stderr() {
        "to standard error"
    } else {
        "to standard output"
    };
    match written(to, message.print().and_then(|()| io::stdout().flush())) {
        Ok(()) => ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2)),
        Err(failure) => failure.exit(),
    }
}

/// Takes a closed pipe for written.
fn written(to: &str, result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Unwritten {
            to: to.to_owned(),
            error,
        }),
        _ => Ok(()),
    }
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
pub(crate) fn reported<'r>(reports: impl IntoIterator<Item = &'r Report>) -> Result<ExitCode, Failure> {
    let mut code = 1;
    for report in reports {
        complain(&report.for_people(colour_of_errors()))?;
        if report.is_unreadable() {
            code = 2;
        }
    }
    Ok(ExitCode::from(code))
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
