//! Reading judged by a corpus of real files that lies outside this repository, each beside the same inputs in neutral form.
//!
//! The directory is named by `FRAMDRIFT_ORACLE`, else it is `../shared/oracle` beside the workspace. Without it these tests say
//! that they are skipped.

mod compare;

use std::path::{Path, PathBuf};

use framdrift_interchange::limits::Limits;
use framdrift_interchange::{Imported, mspdi, xer};
use serde_json::Value;

/// The directory, where there is one.
fn directory() -> Option<PathBuf> {
    let named = std::env::var_os("FRAMDRIFT_ORACLE").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracle");
    let found = named.into_iter().chain([beside]).find(|path| path.is_dir());
    if found.is_none() {
        say("SKIPPED: there is no corpus; name its directory by FRAMDRIFT_ORACLE");
    }
    found
}

/// Files with an ending in the directory and its `synthetic`, with the neutral form beside each.
fn cases(ending: &str) -> Vec<(String, Vec<u8>, Value)> {
    let Some(directory) = directory() else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = [directory.clone(), directory.join("synthetic")]
        .iter()
        .filter_map(|at| std::fs::read_dir(at).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let neutral = std::fs::read_to_string(path.with_extension("json")).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (
                name,
                std::fs::read(&path).unwrap(),
                serde_json::from_str(&neutral).unwrap(),
            )
        })
        .collect()
}

fn valid(name: &str, imported: &Imported) {
    if let Err(rejected) = imported.document.clone().validate() {
        let faults: Vec<String> = rejected
            .diagnostics
            .iter()
            .map(|d| format!("{}: {d}", d.place()))
            .collect();
        panic!("{name} does not validate:\n{}", faults.join("\n"));
    }
}

/// Reads every file with an ending, and asserts that nothing differs from the neutral form.
fn judge(ending: &str, read: impl Fn(&[u8]) -> Imported) {
    let mut differences = Vec::new();
    let cases = cases(ending);
    let count = cases.len();
    for (name, bytes, neutral) in cases {
        let imported = read(&bytes);
        valid(&name, &imported);
        for difference in compare::all(&imported, &neutral) {
            differences.push(format!("{name}: {difference}"));
        }
    }
    say(&format!("{count} files, {} differences", differences.len()));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[expect(clippy::print_stdout, reason = "whoever runs the tests has to see what was skipped")]
fn say(text: &str) {
    println!("{text}");
}

#[test]
fn mspdi_says_what_the_neutral_form_says() {
    judge("xml", |bytes| mspdi::read(bytes, &Limits::default()).unwrap());
}

#[test]
fn xer_says_what_the_neutral_form_says() {
    judge("xer", |bytes| xer::read(bytes, &xer::Options::new()).unwrap());
}
