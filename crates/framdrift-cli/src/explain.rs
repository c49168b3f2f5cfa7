//! `framdrift explain`: why something is where it is, which paths lead to it, and what cannot be kept.

use std::process::ExitCode;

use framdrift::source::write::to_json;

use crate::ExplainFormat;
use crate::input::{self, Sources};
use crate::output::{Failure, say};

/// How many clashes people are shown.
const FOR_PEOPLE: usize = 20;
/// How many clashes programs are given.
const FOR_PROGRAMS: usize = 1_000;

/// What is said to whoever asks for nothing.
const WHAT: &str = "say what to explain: an address such as `activity training` or a reference such as `guideline/v2`, `--paths 3` \
                    for the paths with least float to the finish of the programme, or `--clashes` for what cannot be kept";

/// What is asked.
pub(crate) enum Question {
    /// Why dates are what they are.
    Dates,
    /// So many paths with least float.
    Paths(usize),
    /// What cannot be kept.
    Clashes,
}

pub(crate) fn run(
    sources: &Sources,
    address: Option<&str>,
    question: Question,
    format: ExplainFormat,
) -> Result<ExitCode, Failure> {
    if matches!(question, Question::Dates) && address.is_none() {
        return Err(Failure::Said(WHAT.to_owned()));
    }
    let plan = match input::plan(sources)? {
        Ok(plan) => plan,
        Err(code) => return Ok(code),
    };
    let find = |address: &str| plan.find(address).map_err(|fault| Failure::Said(fault.to_string()));
    let node = address.map(find).transpose()?;
    let no_start = || Failure::Said(input::no_start(&sources.file));
    let human = matches!(format, ExplainFormat::Human);
    let text = match (question, node) {
        (Question::Clashes, _) => {
            let most = if human { FOR_PEOPLE } else { FOR_PROGRAMS };
            let clashes = plan.clashes(most).ok_or_else(no_start)?;
            match human {
                true => plan.words(&clashes).to_string(),
                false => to_json(&plan.words(&clashes).value()),
            }
        }
        (Question::Paths(most), node) => {
            let paths = plan.paths(node, most).ok_or_else(no_start)?;
            match human {
                true => plan.words(&paths).to_string(),
                false => to_json(&plan.words(&paths).value()),
            }
        }
        (Question::Dates, Some(node)) => {
            let explanation = plan.explain_in_full(node).ok_or_else(no_start)?;
            match human {
                true => plan.words(&explanation).to_string(),
                false => to_json(&plan.words(&explanation).value()),
            }
        }
        (Question::Dates, None) => return Err(Failure::Said(WHAT.to_owned())),
    };
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}
