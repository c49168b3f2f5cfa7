//! From one format to another.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use framdrift::interchange::mspdi;
use framdrift::model::document::SchedulingDoc;
use framdrift::source::write::{to_json_text, to_yaml_text};
use framdrift::{FactsDoc, Plan, ProgrammeDoc};

use crate::input;
use crate::output::{self, Failure, complain, put, say};

/// What else is said about a conversion.
#[derive(Args)]
pub(crate) struct Options {
    /// The project to read of an XER file with several: its id, its short name, or its number in the file.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// A file of recorded progress that belongs to a programme file.
    #[arg(long, value_name = "FILE")]
    facts: Option<String>,
}

/// What is written.
#[derive(Clone, Copy)]
enum Written {
    Yaml,
    Json,
    Mspdi,
}

impl Written {
    /// By the name's ending.
    fn of(path: &str) -> Result<Self, Failure> {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("yaml" | "yml") => Ok(Self::Yaml),
            Some("json") => Ok(Self::Json),
            Some("xml") => Ok(Self::Mspdi),
            _ => Err(Failure::Said(format!(
                "`{path}` does not say what to write; let it end in `.yaml`, `.json` or `.xml`"
            ))),
        }
    }
}

pub(crate) fn run(file: &str, out: &str, options: &Options) -> Result<ExitCode, Failure> {
    let written = Written::of(out)?;
    let (input, facts) = input::read(file, options.facts.as_deref()).map_err(Failure::Said)?;
    let Some(format) = input.foreign() else {
        if options.project.is_some() {
            return Err(Failure::Said(input::no_projects(file)));
        }
        let opened = input.open(facts.as_ref(), &SchedulingDoc::new());
        return match opened.plan {
            Some(plan) => write(written, out, &plan),
            None => output::reported(opened.reports()),
        };
    };
    let imported = input.import(format, options.project.as_deref())?;
    let progress = match facts.map_or(Ok(imported.facts), |facts| facts.open_facts()) {
        Ok(progress) => progress,
        Err(report) => return output::reported([&report]),
    };
    say(&format!("{file} ({}):\n{}", imported.encoding, imported.loss))?;
    match Plan::with_facts(imported.document, &progress) {
        Ok(plan) => write(written, out, &plan),
        // A document of an import has no faults but rings of links, and is written with them.
        Err(refused) => {
            complain(&output::plainly(file, &refused.diagnostics))?;
            complain(&output::plainly(file, &refused.of_facts))?;
            if !matches!(written, Written::Mspdi) {
                write_documents(written, out, &refused.document, &progress)?;
            }
            Ok(ExitCode::from(1))
        }
    }
}

fn write(written: Written, out: &str, plan: &Plan) -> Result<ExitCode, Failure> {
    if !matches!(written, Written::Mspdi) {
        write_documents(written, out, plan.programme().document(), plan.progress())?;
        return Ok(ExitCode::SUCCESS);
    }
    let exported = mspdi::write(&mspdi::Export {
        programme: plan.programme(),
        projection: plan.network().projection(),
        schedule: plan.schedule(),
        facts: plan.facts(),
    });
    if !exported.loss.is_empty() {
        say(&format!("{out}:\n{}", exported.loss))?;
    }
    replace(out, &exported.text)?;
    Ok(ExitCode::SUCCESS)
}

fn write_documents(written: Written, out: &str, document: &ProgrammeDoc, progress: &FactsDoc) -> Result<(), Failure> {
    let text = match written {
        Written::Json => to_json_text(document),
        _ => to_yaml_text(document),
    };
    replace(out, &text)?;
    if progress.facts.is_empty() && progress.status_date.is_none() {
        return Ok(());
    }
    let beside = Path::new(out).with_extension("facts.yaml");
    replace(&beside.to_string_lossy(), &to_yaml_text(progress))
}

fn replace(path: &str, text: &str) -> Result<(), Failure> {
    put(path, text)?;
    complain(&format!("wrote {path}\n"))
}
