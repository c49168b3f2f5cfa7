//! Files and standard input.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use framdrift::model::rules::Profile;
use framdrift::source::limits::Limits;
use framdrift::{Opened, Opening, Plan, Report};

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

    /// Opens it as a programme, with recorded progress and in a profile where they are given.
    pub(crate) fn open(&self, facts: Option<&Self>, profile: Option<Profile>) -> Opened {
        let mut opening = Opening::new().limits(Limits::default());
        if let Some(facts) = facts {
            opening = opening.facts(facts.name.as_str(), &facts.bytes);
        }
        if let Some(profile) = profile {
            opening = opening.profile(profile);
        }
        opening.open(&self.name, &self.bytes)
    }
}

/// The files that a plan comes from, and the profile to compute it by.
#[derive(Args)]
pub(crate) struct Sources {
    /// A programme file; `-` reads standard input.
    pub(crate) file: String,
    /// A file of recorded progress: what has started, finished and been decided.
    #[arg(long, value_name = "FILE")]
    facts: Option<String>,
    /// Whose rules the dates are computed by, in place of the profile that the file names: `framdrift`, `msproject` or `p6`. The
    /// rules that the file gives one by one still hold.
    #[arg(long, value_name = "PROFILE", value_parser = profiles())]
    profile: Option<Profile>,
}

/// Knows the words for profiles.
fn profiles() -> impl TypedValueParser<Value = Profile> {
    let words = PossibleValuesParser::new(Profile::ALL.iter().map(|profile| profile.word()));
    words.try_map(|word| word.parse::<Profile>())
}

/// The bytes of the programme's file and of that of its recorded progress. Both cannot be standard input.
pub(crate) fn read(file: &str, facts: Option<&str>) -> Result<(Input, Option<Input>), String> {
    if file == "-" && facts == Some("-") {
        return Err("the programme and its recorded progress cannot both be standard input".to_owned());
    }
    Ok((Input::read(file)?, facts.map(Input::read).transpose()?))
}

/// The plan in files, which has a start; else what to exit with, once the faults are printed. Warnings go to standard error.
pub(crate) fn plan(sources: &Sources) -> Result<Result<Plan, ExitCode>, Failure> {
    let (programme, facts) = read(&sources.file, sources.facts.as_deref()).map_err(Failure::Said)?;
    let opened = programme.open(facts.as_ref(), sources.profile);
    for report in opened.reports() {
        complain(&report.for_people(output::colour_of_errors()));
    }
    let unreadable = opened.reports().any(Report::is_unreadable);
    let Some(plan) = opened.plan else {
        return Ok(Err(ExitCode::from(if unreadable { 2 } else { 1 })));
    };
    if plan.schedule().is_none() {
        return Err(Failure::Said(no_start(&sources.file)));
    }
    Ok(Ok(plan))
}

pub(crate) fn no_start(path: &str) -> String {
    format!("`{path}` has no start, so it has no dates; add a line such as `start: 2026-03-02`")
}
