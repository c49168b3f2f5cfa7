//! Pictures: which format is meant, and where they go.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;
use framdrift::interchange::{Chart, dot, mermaid, svg};

use crate::input::{self, Sources};
use crate::output::{Failure, put, say};

/// What a schedule is drawn as.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureFormat {
    /// A Gantt chart to look at and print.
    Svg,
    /// A Gantt chart for tools that show Mermaid.
    Mermaid,
    /// The network of activities and links, for Graphviz.
    Dot,
}

impl PictureFormat {
    /// The format that a file's name asks for.
    fn of(path: &str) -> Result<Self, Failure> {
        let extension = Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or("");
        Ok(match extension.to_ascii_lowercase().as_str() {
            "svg" => Self::Svg,
            "mmd" | "mermaid" => Self::Mermaid,
            "dot" | "gv" => Self::Dot,
            _ => {
                let ending = if extension.is_empty() {
                    "has no ending".to_owned()
                } else {
                    format!("ends in `.{extension}`")
                };
                return Err(Failure::Said(format!(
                    "`{path}` {ending}, which is no kind of picture known here; end it in `.svg`, `.mmd` or `.dot`, or say `--format svg`, `--format mermaid` or `--format dot`"
                )));
            }
        })
    }
}

/// Draws the schedule of a file.
pub(crate) fn gantt(
    sources: &Sources,
    to: Option<&str>,
    format: Option<PictureFormat>,
    rows: Option<usize>,
    width: u16,
) -> Result<ExitCode, Failure> {
    let to = to.filter(|path| *path != "-");
    let format = match (format, to) {
        (Some(format), _) => format,
        (None, Some(path)) => PictureFormat::of(path)?,
        (None, None) => PictureFormat::Svg,
    };
    let plan = match input::plan(sources)? {
        Ok(plan) => plan,
        Err(code) => return Ok(code),
    };
    let chart = plan
        .chart()
        .ok_or_else(|| Failure::Said(input::no_start(&sources.file)))?;
    let text = draw(&chart, format, rows, width);
    match to {
        None => say(&text)?,
        Some(path) => put(path, &text)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn draw(chart: &Chart, format: PictureFormat, rows: Option<usize>, width: u16) -> String {
    match format {
        PictureFormat::Svg => {
            let options = svg::Options::new().width(width);
            svg::gantt(chart, &rows.map_or(options.clone(), |most| options.rows(most)))
        }
        PictureFormat::Mermaid => {
            let options = mermaid::Options::new();
            mermaid::gantt(chart, &rows.map_or(options.clone(), |most| options.rows(most)))
        }
        PictureFormat::Dot => {
            let options = dot::Options::new();
            dot::network(chart, &rows.map_or(options.clone(), |most| options.rows(most)))
        }
    }
}
