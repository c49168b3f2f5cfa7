//! Lines and columns in all three units.

use framdrift_source::lines::Lines;
use proptest::prelude::*;

fn at(text: &str, needle: &str) -> (u32, u32, u32, u32) {
    let place = Lines::new(text).position(text.find(needle).expect("the needle is in the text"));
    (place.line, place.column, place.utf16, place.byte)
}

#[test]
fn nordic_letters_emoji_and_every_line_end() {
    assert_eq!(at("åäöæø x", "x"), (1, 7, 7, 12));
    assert_eq!(at("😀é x", "x"), (1, 4, 5, 8));
    assert_eq!(at("å\r\nä\rö\nx", "ä"), (2, 1, 1, 1));
    assert_eq!(at("å\r\nä\rö\nx", "ö"), (3, 1, 1, 1));
    assert_eq!(at("å\r\nä\rö\nx", "x"), (4, 1, 1, 1));
    assert_eq!(at("å\r\nä", "\n"), (1, 3, 3, 4));
    assert_eq!(at("\u{FEFF}å: x\nb", "x"), (1, 4, 4, 5));
    assert_eq!(at("\u{FEFF}å: x\nb", "\u{FEFF}"), (1, 1, 1, 1));
    assert_eq!(at("\u{FEFF}å: x\nb", "b"), (2, 1, 1, 1));
}

#[test]
fn lines_are_found_by_number() {
    let lines = Lines::new("\u{FEFF}en\r\nto\rtre\n");
    assert_eq!(lines.count(), 4);
    assert_eq!(lines.line(1), Some(3..5));
    assert_eq!(lines.line(2), Some(7..9));
    assert_eq!(lines.line(3), Some(10..13));
    assert_eq!(lines.line(4), Some(14..14));
    assert_eq!(lines.line(5), None);
    assert_eq!(lines.line(0), None);
}

#[test]
fn many_lookups_in_one_long_line_are_quick() {
    let text = "å".repeat(2 << 20);
    let lines = Lines::new(&text);
    for count in 0..20_000 {
        let place = lines.position(text.len() - 2 * count);
        assert_eq!(place.column as usize, (2 << 20) - count + 1);
    }
}

/// The slow and obvious way.
fn slowly(text: &str, offset: usize) -> (u32, u32, u32, u32) {
    let mut line = 1;
    let mut start = 0;
    let bytes = text.as_bytes();
    for index in 0..offset {
        if bytes[index] == b'\n' || (bytes[index] == b'\r' && bytes.get(index + 1) != Some(&b'\n')) {
            line += 1;
            start = index + 1;
        }
    }
    let before = &text[start..offset];
    let count = |n: usize| u32::try_from(n).expect("short") + 1;
    (
        line,
        count(before.chars().count()),
        count(before.encode_utf16().count()),
        count(before.len()),
    )
}

proptest! {
    #[test]
    fn agrees_with_counting(parts in proptest::collection::vec("[a-cåæ😀€\r\n]{0,700}", 0..6)) {
        let text = parts.concat();
        let lines = Lines::new(&text);
        for (offset, _) in text.char_indices().step_by(37) {
            let place = lines.position(offset);
            prop_assert_eq!((place.line, place.column, place.utf16, place.byte), slowly(&text, offset));
            let range = lines.line(place.line).expect("the line is there");
            prop_assert!(range.start <= offset);
            prop_assert_eq!(offset - range.start + 1, place.byte as usize);
        }
    }
}
