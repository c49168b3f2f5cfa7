//! From one format to another.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use framdrift::interchange::mspdi;
use framdrift::model::document::SchedulingDoc;
use framdrift::source::write::{to_json_text, to_yaml_text};
use framdrift::{FactsDoc, Plan, ProgrammeDoc, Report};

use crate::input;
use crate::output::{self, Failure, complain, say};

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
    let (document, progress, code) = match input.foreign() {
        Some(format) => {
            let imported = input.import(format, options.project.as_deref())?;
            let progress = match &facts {
                None => imported.facts,
                Some(facts) => match facts.open_facts() {
                    Ok(facts) => facts,
                    Err(report) => return Ok(at_fault(&[report])),
                },
            };
            say(&format!("{file} ({}):\n{}", imported.encoding, imported.loss))?;
            // A document of an import has no faults but rings of links, and is written with them.
            let code = match Plan::with_facts(imported.document.clone(), &progress) {
                Ok(_) => ExitCode::SUCCESS,
                Err(refused) => {
                    complain(&output::plainly(file, &refused.diagnostics));
                    complain(&output::plainly(file, &refused.of_facts));
                    ExitCode::from(1)
                }
            };
            (imported.document, progress, code)
        }
        None => {
            if options.project.is_some() {
                return Err(Failure::Said(input::no_projects(file)));
            }
            let opened = input.open(facts.as_ref(), &SchedulingDoc::new());
            let Some(plan) = opened.plan else {
                let reports: Vec<Report> = opened.facts_report.into_iter().chain([opened.report]).collect();
                return Ok(at_fault(&reports));
            };
            let progress = match &facts {
                None => FactsDoc::new(),
                Some(facts) => facts.open_facts().unwrap_or_default(),
            };
            (plan.into_document(), progress, ExitCode::SUCCESS)
        }
    };
    if code == ExitCode::SUCCESS || !matches!(written, Written::Mspdi) {
        write(written, out, document, progress)?;
    }
    Ok(code)
}

/// Prints reports of faults and says what to exit with.
fn at_fault(reports: &[Report]) -> ExitCode {
    for report in reports {
        complain(&report.for_people(output::colour_of_errors()));
    }
    ExitCode::from(if reports.iter().any(Report::is_unreadable) {
        2
    } else {
        1
    })
}

fn write(written: Written, out: &str, document: ProgrammeDoc, progress: FactsDoc) -> Result<(), Failure> {
    match written {
        Written::Mspdi => {
            let plan = Plan::with_facts(document, &progress).map_err(|refused| Failure::Said(refused.to_string()))?;
            let exported = mspdi::write(&mspdi::Export {
                programme: plan.programme(),
                projection: plan.network().projection(),
                schedule: plan.schedule(),
                facts: plan.facts(),
            });
            if !exported.loss.is_empty() {
                say(&format!("{out}:\n{}", exported.loss))?;
            }
            put(out, &exported.text)
        }
        Written::Yaml | Written::Json => {
            let text = match written {
                Written::Json => to_json_text(&document),
                _ => to_yaml_text(&document),
            };
            put(out, &text)?;
            if progress.facts.is_empty() && progress.status_date.is_none() {
                return Ok(());
            }
            let beside = Path::new(out).with_extension("facts.yaml");
            put(&beside.to_string_lossy(), &to_yaml_text(&progress))
        }
    }
}

fn put(path: &str, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::Said(format!("cannot write `{path}`: {error}")))?;
    complain(&format!("wrote {path}\n"));
    Ok(())
}
