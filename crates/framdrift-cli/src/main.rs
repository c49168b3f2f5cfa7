//! The `framdrift` program. Everything it prints comes from the library.

mod convert;
mod explain;
mod input;
mod output;
mod picture;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use framdrift::model::document::SchedulingDoc;
use framdrift::source::write::to_json;

use explain::Question;
use input::{Pair, Sources};
use output::{Failure, complain, say, usage};
use picture::PictureFormat;

/// Change and implementation programmes: check them, compute their dates, and say why.
///
/// Exit status: 0 clean (warnings do not count), 1 the file has faults, 2 the file cannot be read, the call is wrong, or
/// the output cannot be written. A pipe that is closed early changes nothing.
#[derive(Parser)]
#[command(name = "framdrift", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Report every fault and warning of programme files.
    Check {
        /// Programme files, JSON or YAML; `-` reads standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        /// A file of recorded progress, checked together with its programme, which is then the only FILE.
        #[arg(long, value_name = "FILE")]
        facts: Option<String>,
        /// For people, with excerpts, or for programs.
        #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
        format: CheckFormat,
    },
    /// Compute dates, floats and the critical path.
    Schedule {
        #[command(flatten)]
        sources: Sources,
        /// How to print them.
        #[arg(long, value_enum, default_value_t = ScheduleFormat::Table)]
        format: ScheduleFormat,
    },
    /// Turn another tool's file into a programme file, or a programme into Microsoft Project XML.
    ///
    /// What is recorded of progress goes into a file of its own beside OUT: `plan.facts.yaml` beside `plan.yaml`. Prints what did
    /// not survive.
    Convert {
        /// Microsoft Project XML, Primavera XER, or a programme file; `-` reads standard input.
        #[arg(value_name = "IN")]
        file: String,
        /// The file to write: `.yaml`, `.json`, or `.xml` for Microsoft Project. One that exists is replaced.
        #[arg(value_name = "OUT")]
        out: String,
        #[command(flatten)]
        options: convert::Options,
    },
    /// Say why an activity, gate, meeting or version is where it is; which paths lead to it; or what cannot be kept.
    Explain {
        #[command(flatten)]
        sources: Sources,
        /// An address such as `activity training` or `deliverable guideline / version v2`, or a reference such as `guideline/v2`.
        /// With `--paths` it may be left out: then they lead to the finish of the programme.
        address: Option<String>,
        /// The paths with least float that lead there, so many of them; at most 1000.
        #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1000))]
        paths: Option<u16>,
        /// What cannot be kept, each with the least that makes it impossible.
        #[arg(long, conflicts_with_all = ["address", "paths"])]
        clashes: bool,
        /// For people, or for programs.
        #[arg(long, value_enum, default_value_t = ExplainFormat::Human)]
        format: ExplainFormat,
    },
    /// Say what moved from one plan to another, and which change of the plan moved it.
    ///
    /// Activities and the rest are matched by their ids.
    Compare {
        #[command(flatten)]
        pair: Pair,
        /// For people, or for programs.
        #[arg(long, value_enum, default_value_t = CompareFormat::Human)]
        format: CompareFormat,
    },
    /// Draw the schedule: a Gantt chart as SVG or Mermaid, or the network for Graphviz.
    Gantt {
        #[command(flatten)]
        sources: Sources,
        /// Where to write; `-` or nothing is standard output. `.svg`, `.mmd` and `.dot` say the format.
        #[arg(short, long, value_name = "PATH")]
        output: Option<String>,
        /// What to draw; else the ending of the output says, or it is SVG.
        #[arg(long, value_enum)]
        format: Option<PictureFormat>,
        /// The most rows; summaries with the most rows are folded first. 500 when left out, 400 for Mermaid, 150 for the
        /// network; at most 5000.
        #[arg(long, value_name = "NUMBER")]
        rows: Option<usize>,
        /// How wide the SVG picture is, in pixels: 600 to 10000.
        #[arg(long, value_name = "PIXELS", default_value_t = 1_400)]
        width: u16,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum CheckFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum CompareFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ExplainFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum ScheduleFormat {
    Table,
    Json,
    Csv,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => return usage(&message),
    };
    let done = match cli.command {
        Command::Check { files, facts, format } => check(&files, facts.as_deref(), format),
        Command::Schedule { sources, format } => schedule(&sources, format),
        Command::Convert { file, out, options } => convert::run(&file, &out, &options),
        Command::Compare { pair, format } => pair.sources().and_then(|sources| compare(&sources, format)),
        Command::Explain {
            sources,
            address,
            paths,
            clashes,
            format,
        } => {
            let question = match (clashes, paths) {
                (true, _) => Question::Clashes,
                (false, Some(most)) => Question::Paths(most.into()),
                (false, None) => Question::Dates,
            };
            explain::run(&sources, address.as_deref(), question, format)
        }
        Command::Gantt {
            sources,
            output,
            format,
            rows,
            width,
        } => picture::gantt(&sources, output.as_deref(), format, rows, width),
    };
    done.unwrap_or_else(|failure| failure.exit())
}

fn check(files: &[String], facts: Option<&str>, format: CheckFormat) -> Result<ExitCode, Failure> {
    if facts.is_some() && files.len() > 1 {
        let message = "with `--facts`, one programme is checked; name its file alone";
        return Err(Failure::Said(message.to_owned()));
    }
    let mut reports = Vec::new();
    let mut unreadable = false;
    for file in files {
        match input::read(file, facts) {
            Ok((programme, _)) if programme.foreign().is_some() => {
                let name = programme.name();
                complain(&format!(
                    "error: `{name}` is another tool's file, not a programme file; `framdrift schedule` and `framdrift convert` read it\n"
                ))?;
                unreadable = true;
            }
            Ok((programme, facts)) => {
                let opened = programme.open(facts.as_ref(), &SchedulingDoc::new());
                reports.push(opened.report);
                reports.extend(opened.facts_report);
            }
            Err(message) => {
                complain(&format!("error: {message}\n"))?;
                unreadable = true;
            }
        }
    }
    match format {
        CheckFormat::Human => {
            for report in &reports {
                let text = report.for_people(output::colour());
                if text.is_empty() {
                    say(&format!("{}: no faults, no warnings\n", report.name()))?;
                } else {
                    say(&text)?;
                }
            }
        }
        CheckFormat::Json => say(&to_json(&framdrift::source::report::for_programs(&reports)))?,
    }
    unreadable |= reports.iter().any(framdrift::Report::is_unreadable);
    let faults = reports.iter().any(|r| r.errors() > 0);
    Ok(ExitCode::from(match (unreadable, faults) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }))
}

fn schedule(sources: &Sources, format: ScheduleFormat) -> Result<ExitCode, Failure> {
    let plan = match input::plan(sources)? {
        Ok(plan) => plan,
        Err(code) => return Ok(code),
    };
    let text = match format {
        ScheduleFormat::Table => plan.schedule_table(),
        ScheduleFormat::Json => to_json(&plan.schedule_value()),
        ScheduleFormat::Csv => plan.schedule_csv(),
    };
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn compare([earlier, later]: &[Sources; 2], format: CompareFormat) -> Result<ExitCode, Failure> {
    let (before, after) = match (input::plan(earlier)?, input::plan(later)?) {
        (Ok(before), Ok(after)) => (before, after),
        // The worse of two: what cannot be read.
        (Err(code), Ok(_)) | (Ok(_), Err(code)) => return Ok(code),
        (Err(one), Err(other)) => {
            let unreadable = ExitCode::from(2);
            return Ok(if one == unreadable { one } else { other });
        }
    };
    let Some(compared) = after.compare(&before) else {
        return Err(Failure::Said(input::no_start(&later.file)));
    };
    match format {
        CompareFormat::Human => say(&compared.to_string())?,
        CompareFormat::Json => say(&to_json(&compared.value()))?,
    }
    Ok(ExitCode::SUCCESS)
}
