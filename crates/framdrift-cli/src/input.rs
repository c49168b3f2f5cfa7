//! Files and standard input.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use framdrift::interchange::{Format, Imported, Stranger, xer};
use framdrift::model::document::SchedulingDoc;
use framdrift::model::rules::Profile;
use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use framdrift::{FactsDoc, Importing, NotImported, Opened, Opening, Plan, Report};

use crate::output::{self, Failure, complain};

/// The bytes of a file, with the name to report them under.
pub(crate) struct Input {
    name: String,
    bytes: Vec<u8>,
}

impl Input {
    /// Reads a file, or standard input for `-`. No more is read than one byte past the largest limit of any format.
    pub(crate) fn read(path: &str) -> Result<Self, String> {
        let foreign = framdrift::interchange::limits::Limits::default().bytes;
        let most = Limits::default().bytes.max(foreign) as u64 + 1;
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
        if let Some(stranger) = Stranger::of(path, &bytes) {
            let help = stranger.instead();
            return Err(format!("cannot read `{name}`: it is {stranger}\n  = help: {help}"));
        }
        Ok(Self { name, bytes })
    }

    /// The format of another tool that its content shows.
    pub(crate) fn foreign(&self) -> Option<Format> {
        Format::of(&self.bytes)
    }

    /// Reads it as recorded progress; the report where it has a fault.
    pub(crate) fn open_facts(&self) -> Result<FactsDoc, Report> {
        let format = framdrift::source::read::Format::from_name(&self.name);
        let mut source = SourceText::open_facts(&self.bytes, format, &Limits::default());
        let document = source.take_document();
        match document.filter(|_| source.errors() == 0) {
            Some(document) => Ok(document),
            None => Err(source.report(&self.name)),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads it in the format of another tool.
    pub(crate) fn import(&self, format: Format, project: Option<&str>) -> Result<Imported, Failure> {
        let mut options = xer::Options::new();
        if let Some(project) = project {
            options = options.project(project);
        }
        format
            .read(&self.bytes, &options)
            .map_err(|error| Failure::Said(format!("cannot read `{}`: {error}", self.name)))
    }

    /// Opens it as a programme, with recorded progress and in a profile where they are given.
    pub(crate) fn open(&self, facts: Option<&Self>, scheduling: &SchedulingDoc) -> Opened {
        let mut opening = Opening::new().limits(Limits::default()).scheduling(scheduling);
        if let Some(facts) = facts {
            opening = opening.facts(facts.name.as_str(), &facts.bytes);
        }
        opening.open(&self.name, &self.bytes)
    }
}

/// The files that a plan comes from, and the profile to compute it by.
#[derive(Args)]
pub(crate) struct Sources {
    /// A programme file, Microsoft Project XML or Primavera XER; `-` reads standard input.
    pub(crate) file: String,
    /// A file of recorded progress: what has started, finished and been decided.
    #[arg(long, value_name = "FILE")]
    facts: Option<String>,
    /// The project to read of an XER file with several: its id, its short name, or its number in the file.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// Whose rules the dates are computed by, in place of the profile that the file names: `framdrift`, `msproject` or `p6`. The
    /// rules that the file gives one by one still hold.
    #[arg(long, value_name = "PROFILE", value_parser = profiles())]
    profile: Option<Profile>,
    /// A rule in place of what the file and the profile say, as a file writes it under `scheduling`: `precedence=links`,
    /// `lag-calendar=all-day`. Any number of times.
    #[arg(long = "rule", value_name = "KEY=VALUE", value_parser = rule)]
    rules: Vec<(String, String)>,
}

impl Sources {
    /// The rules that are asked for.
    fn scheduling(&self) -> Result<SchedulingDoc, Failure> {
        let mut scheduling = SchedulingDoc::new();
        scheduling.profile = self.profile;
        for (key, value) in &self.rules {
            scheduling
                .set(key, value)
                .map_err(|fault| Failure::Said(fault.to_string()))?;
        }
        Ok(scheduling)
    }
}

/// The files that two plans come from, and what is common to them.
#[derive(Args)]
pub(crate) struct Pair {
    /// The earlier programme: a programme file, Microsoft Project XML or Primavera XER; `-` reads standard input.
    #[arg(value_name = "A")]
    earlier: String,
    /// The later programme.
    #[arg(value_name = "B")]
    later: String,
    /// A file of recorded progress of A.
    #[arg(long, value_name = "FILE")]
    facts_a: Option<String>,
    /// A file of recorded progress of B.
    #[arg(long, value_name = "FILE")]
    facts_b: Option<String>,
    /// The project to read of A, an XER file with several.
    #[arg(long, value_name = "PROJECT")]
    project_a: Option<String>,
    /// The project to read of B, an XER file with several.
    #[arg(long, value_name = "PROJECT")]
    project_b: Option<String>,
    /// Whose rules both are computed by, in place of the profiles that the files name: `framdrift`, `msproject` or `p6`.
    #[arg(long, value_name = "PROFILE", value_parser = profiles())]
    profile: Option<Profile>,
    /// A rule for both in place of what the files and the profile say, such as `precedence=links`. Any number of times.
    #[arg(long = "rule", value_name = "KEY=VALUE", value_parser = rule)]
    rules: Vec<(String, String)>,
}

impl Pair {
    /// What to read, earlier and later. Only one file can be standard input.
    pub(crate) fn sources(self) -> Result<[Sources; 2], Failure> {
        let given = [
            Some(&self.earlier),
            Some(&self.later),
            self.facts_a.as_ref(),
            self.facts_b.as_ref(),
        ];
        if given.into_iter().flatten().filter(|file| *file == "-").count() > 1 {
            return Err(Failure::Said("only one of the files can be standard input".to_owned()));
        }
        let sources = |file, facts, project| Sources {
            file,
            facts,
            project,
            profile: self.profile,
            rules: self.rules.clone(),
        };
        Ok([
            sources(self.earlier, self.facts_a, self.project_a),
            sources(self.later, self.facts_b, self.project_b),
        ])
    }
}

/// Takes `key=value` apart.
fn rule(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or("write a rule as `key=value`, such as `precedence=links`")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
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
    if programme.foreign().is_some() {
        return imported(&programme, facts.as_ref(), sources);
    }
    if sources.project.is_some() {
        return Err(Failure::Said(no_projects(programme.name())));
    }
    let opened = programme.open(facts.as_ref(), &sources.scheduling()?);
    let faults = output::reported(opened.reports())?;
    let Some(plan) = opened.plan else {
        return Ok(Err(faults));
    };
    if plan.schedule().is_none() {
        return Err(Failure::Said(no_start(&sources.file)));
    }
    Ok(Ok(plan))
}

/// The plan in another tool's file. What was lost on the way goes to standard error.
fn imported(input: &Input, facts: Option<&Input>, sources: &Sources) -> Result<Result<Plan, ExitCode>, Failure> {
    let mut importing = Importing::new().scheduling(&sources.scheduling()?);
    if let Some(project) = &sources.project {
        importing = importing.project(project);
    }
    if let Some(facts) = facts {
        importing = match facts.open_facts() {
            Ok(facts) => importing.facts(facts),
            Err(report) => return output::reported([&report]).map(Err),
        };
    }
    match importing.import(&input.bytes) {
        Ok(imported) => {
            complain(&imported.loss.summary().to_string())?;
            complain(&output::plainly(input.name(), imported.plan.warnings()))?;
            if imported.plan.schedule().is_none() {
                return Err(Failure::Said(format!(
                    "`{}` has no start, so it has no dates",
                    input.name()
                )));
            }
            Ok(Ok(imported.plan))
        }
        Err(NotImported::Refused { refused, loss }) => {
            complain(&loss.summary().to_string())?;
            complain(&output::plainly(input.name(), &refused.diagnostics))?;
            complain(&output::plainly(input.name(), &refused.of_facts))?;
            Ok(Err(ExitCode::from(1)))
        }
        Err(error) => Err(Failure::Said(format!("cannot read `{}`: {error}", input.name()))),
    }
}

pub(crate) fn no_projects(name: &str) -> String {
    format!("`{name}` is a programme file and holds one programme; `--project` is for XER files")
}

pub(crate) fn no_start(path: &str) -> String {
    format!("`{path}` has no start, so it has no dates; add a line such as `start: 2026-03-02`")
}
