//! Files and standard input.

use std::io::Read as _;
use std::process::ExitCode;

use framdrift::source::limits::Limits;
use framdrift::{Opened, Plan};

use crate::output::{self, Failure, complain};

/// The bytes of a file, with the name to report them under.
pub(crate) struct Input {
    name: String,
    bytes: Vec<u8>,
}

impl Input {
    /// Reads a file, or standard input for `-`. No more is read than one byte past the limit.
    pub(crate) fn read(path: &str) -> Result<Self, String> {
        let most = Limits::default().bytes as u64 + 1;
        let mut bytes = Vec::new();
        let (name, read) = if path == "-" {
            (
                "<stdin>".to_owned(),
                std::io::stdin().lock().take(most).read_to_end(&mut bytes),
            )
        } else {
            let file = std::fs::File::open(path).map_err(|e| format!("cannot open `{path}`: {e}"))?;
            (path.to_owned(), file.take(most).read_to_end(&mut bytes))
        };
        read.map_err(|e| format!("cannot read `{name}`: {e}"))?;
        Ok(Self { name, bytes })
    }

    pub(crate) fn open(&self) -> Opened {
        framdrift::open(&self.name, &self.bytes, None, &Limits::default())
    }
}

/// The plan in a file that has a start; else what to exit with, once the faults are printed. Warnings go to standard error.
pub(crate) fn plan(path: &str) -> Result<Result<Plan, ExitCode>, Failure> {
    let opened = Input::read(path).map_err(Failure::Said)?.open();
    complain(&opened.report.for_people(output::colour_of_errors()));
    let Some(plan) = opened.plan else {
        let code = if opened.report.is_unreadable() { 2 } else { 1 };
        return Ok(Err(ExitCode::from(code)));
    };
    if plan.schedule().is_none() {
        return Err(Failure::Said(no_start(path)));
    }
    Ok(Ok(plan))
}

pub(crate) fn no_start(path: &str) -> String {
    format!("`{path}` has no start, so it has no dates; add a line such as `start: 2026-03-02`")
}
