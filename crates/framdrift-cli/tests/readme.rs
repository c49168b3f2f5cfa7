//! The README shows what the program really prints.

use crate::{Folder, framdrift, out};

const README: &str = include_str!("../../../README.md");

/// The fenced blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(fence.as_str())
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .collect()
}

/// Whether `text` holds the pieces of `shown`, which leaves lines out where it has `…`, in order.
fn shows(text: &str, shown: &str) -> bool {
    let mut rest = text;
    shown.split("\n…").all(|piece| {
        let piece = piece.trim_matches('\n');
        match rest.find(piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        }
    })
}

/// The README's first programme.
pub(crate) fn smallest() -> &'static str {
    blocks("yaml")[0]
}

#[test]
fn the_smallest_file_is_small() {
    let smallest = smallest();
    assert!(smallest.lines().count() <= 12, "{smallest}");
}

#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let folder = Folder::new("readme");
    let smallest = smallest();
    folder.file("office-move.yaml", smallest);
    let order = "order-boxes, duration: 1h, after: [plan]";
    let broken = smallest
        .replacen(order, &order.replace("[plan]", "[plann]"), 1)
        .replace("duration: 3d", "duraton: 3d");
    folder.file("broken.yaml", broken);
    folder.file(
        "sooner.yaml",
        smallest.replace("deadline: 2026-03-18", "deadline: 2026-03-16"),
    );
    let mut seen = 0;
    for block in blocks("console") {
        let (command, shown) = block
            .strip_prefix("$ ")
            .and_then(|b| b.split_once('\n'))
            .expect("a command and its output");
        let Some(arguments) = command.strip_prefix("framdrift ") else {
            continue;
        };
        let output = framdrift(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
        assert!(
            shows(out(&output), shown),
            "$ {command}\nprints\n{}\nand the README says\n{shown}",
            out(&output)
        );
        seen += 1;
    }
    assert_eq!(seen, 5, "the README shows check, schedule and explain, thrice");
}
