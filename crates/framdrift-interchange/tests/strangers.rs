//! Files that are recognised and not read.

use framdrift_interchange::{Format, Stranger};

fn what(name: &str, bytes: impl AsRef<[u8]>) -> String {
    Stranger::of(name, bytes.as_ref()).map_or_else(String::new, |stranger| stranger.to_string())
}

/// A compound file with a directory entry of some name.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(2_048, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4_096, 0);
    bytes
}

/// An archive with an entry of some name.
fn archive(entry: &str) -> Vec<u8> {
    [b"PK\x03\x04\x14\0\0\0\x08\0", entry.as_bytes(), &[0; 600]].concat()
}

#[test]
fn the_content_tells_what_it_is() {
    let excel = "a Microsoft Excel workbook (.xlsx)";
    assert_eq!(what("plan.xml", archive("xl/workbook.xml")), excel);
    assert_eq!(what("", archive("word/document.xml")), "a Microsoft Word document");
    assert_eq!(
        what("", archive("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")),
        "an OpenDocument spreadsheet (.ods)"
    );
    assert_eq!(what("", compound("Workbook")), "a Microsoft Excel workbook (.xls)");
    assert_eq!(
        what("plan.xls", compound("   114")),
        "a Microsoft Excel workbook (.xls)"
    );
    assert_eq!(what("", compound("   114")), "a Microsoft Project file (.mpp)");
    // A large archive has its list of entries at the end.
    let large = [archive("a"), vec![7; 3 << 20], b"xl/workbook.xml".to_vec()].concat();
    assert_eq!(what("", large), excel);
    for (bytes, expected) in [
        (&b"MPX,Microsoft Project,4.0"[..], "an MPX file of Microsoft Project"),
        (b"\xAC\xED\x00\x05sr", "a ProjectLibre file (.pod)"),
        (b"%PDF-1.4\n", "a PDF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x1F\x8B\x08", "a compressed file"),
        (b"\x89PNG\r\n\x1A\n", "a PNG picture"),
        (b"<?xml version='1.0'?><APIBusinessObjects>", "XML of Primavera P6"),
        (b"<!DOCTYPE HTML><title>Plan</title>", "a web page (.html)"),
        (
            b"<?xml version='1.0'?><project name='x' view-date='2026-03-02'>",
            "a GanttProject file (.gan)",
        ),
    ] {
        assert_eq!(what("plan.yaml", bytes), expected);
    }
}

#[test]
fn names_tell_where_the_content_does_not() {
    for (name, expected) in [
        ("plan.xlsx", "a Microsoft Excel workbook (.xlsx)"),
        ("PLAN.XLSX", "a Microsoft Excel workbook (.xlsx)"),
        ("plan.docx", "a Microsoft Word document"),
        ("plan.zip", "a ZIP archive"),
        ("plan", "a ZIP archive"),
        ("", "a ZIP archive"),
    ] {
        assert_eq!(what(name, archive("anything")), expected, "{name}");
    }
    // What is read is read, whatever it is called.
    assert_eq!(what("plan.xlsx", "framdrift: 1\nid: plan\n"), "");
}

#[test]
fn what_is_read_is_no_stranger() {
    for bytes in [
        &b"<?xml version='1.0'?><Project/>"[..],
        b"\xFF\xFE<\0P\0r\0o\0j\0e\0c\0t\0/\0>\0",
        b"ERMHDR\t23.12",
    ] {
        assert!(Format::of(bytes).is_some());
        assert_eq!(Stranger::of("plan.mpp", bytes), None);
    }
    for text in [
        "",
        "framdrift: 1\n",
        "{\"framdrift\": 1}",
        "\u{feff}framdrift: 1",
        "<",
        "P",
    ] {
        assert_eq!(Stranger::of("", text.as_bytes()), None, "{text}");
    }
}
