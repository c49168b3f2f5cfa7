//! Files that are recognised and not read: what they are, and what to hand in instead.

use std::fmt;

/// A kind of file that people have their plans in and nobody here reads.
///
/// ```
/// use framdrift_interchange::Stranger;
///
/// let pdf = Stranger::of("plan.pdf", b"%PDF-1.7 ...").unwrap();
/// assert_eq!(pdf.to_string(), "a PDF document");
/// assert!(pdf.instead().starts_with("export the plan itself"));
/// assert_eq!(Stranger::of("plan.yaml", b"framdrift: 1"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stranger {
    what: &'static str,
    instead: &'static str,
}

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

const PROJECT: Stranger = Stranger {
    what: "a Microsoft Project file (.mpp)",
    instead: "in Microsoft Project, save it as XML: File, Save As, XML Format",
};
const MPX: Stranger = Stranger {
    what: "an MPX file of Microsoft Project",
    instead: "open it in Microsoft Project and save it as XML: File, Save As, XML Format",
};
const P6_XML: Stranger = Stranger {
    what: "XML of Primavera P6",
    instead: "in P6, export it as XER instead: File, Export, Primavera PM (XER)",
};
const PROJECT_LIBRE: Stranger = Stranger {
    what: "a ProjectLibre file (.pod)",
    instead: "in ProjectLibre, save it as Microsoft Project XML: File, Save As",
};
const GANTT_PROJECT: Stranger = Stranger {
    what: "a GanttProject file (.gan)",
    instead: "in GanttProject, export it as a Microsoft Project XML file: Project, Export",
};
const ZIP: Stranger = Stranger {
    what: "a ZIP archive",
    instead: "unpack it, and hand in the plan that is inside",
};
const COMPRESSED: Stranger = Stranger {
    what: "a compressed file",
    instead: "unpack it, and hand in the plan that is inside",
};

/// What is no plan but shows one, or keeps many.
const fn shown(what: &'static str) -> Stranger {
    let instead = "export the plan itself from the tool that has it: XML from Microsoft Project, XER from Primavera P6; or write it as \
                   a programme file";
    Stranger { what, instead }
}

const EXCEL: Stranger = shown("a Microsoft Excel workbook (.xlsx)");
const OLD_EXCEL: Stranger = shown("a Microsoft Excel workbook (.xls)");
const WORD: Stranger = shown("a Microsoft Word document");
const POWER_POINT: Stranger = shown("a Microsoft PowerPoint presentation");
const OPEN_SHEET: Stranger = shown("an OpenDocument spreadsheet (.ods)");
const OPEN_TEXT: Stranger = shown("an OpenDocument text (.odt)");

/// What the first bytes of a file are where no text begins so.
const BEGINNINGS: &[(&[u8], Stranger)] = &[
    (b"MPX,", MPX),
    (b"MPX;", MPX),
    (b"\xAC\xED\x00\x05", PROJECT_LIBRE),
    (b"%PDF-", shown("a PDF document")),
    (b"{\\rtf", shown("a rich text document (.rtf)")),
    (b"SQLite format 3\0", shown("an SQLite database")),
    (
        b"\0\x01\0\0Standard Jet DB",
        shown("a Microsoft Access database (.mdb)"),
    ),
    (
        b"\0\x01\0\0Standard ACE DB",
        shown("a Microsoft Access database (.accdb)"),
    ),
    (b"\x89PNG\r\n", shown("a PNG picture")),
    (b"\xFF\xD8\xFF", shown("a JPEG picture")),
    (b"GIF8", shown("a GIF picture")),
    (b"\x1F\x8B", COMPRESSED),
    (b"BZh", COMPRESSED),
    (b"7z\xBC\xAF\x27\x1C", COMPRESSED),
    (b"\xFD7zXZ\0", COMPRESSED),
    (b"Rar!\x1A\x07", COMPRESSED),
];

/// What a ZIP archive is that holds entries of such a name.
const IN_ZIP: &[(&[u8], Stranger)] = &[
    (b"xl/workbook", EXCEL),
    (b"word/document", WORD),
    (b"ppt/presentation", POWER_POINT),
    (b"opendocument.spreadsheet", OPEN_SHEET),
    (b"opendocument.text", OPEN_TEXT),
];

/// What a compound file of Microsoft is that has a stream of such a name, or names its program so.
const IN_COMPOUND: &[(&str, Stranger)] = &[
    ("Workbook", OLD_EXCEL),
    ("WordDocument", WORD),
    ("PowerPoint Document", POWER_POINT),
];

/// What files are called, for containers that do not tell what they hold.
const NAMES: &[(&str, Stranger)] = &[
    ("mpp", PROJECT),
    ("mpt", PROJECT),
    ("xlsx", EXCEL),
    ("xlsm", EXCEL),
    ("xls", OLD_EXCEL),
    ("doc", WORD),
    ("docx", WORD),
    ("ppt", POWER_POINT),
    ("pptx", POWER_POINT),
    ("ods", OPEN_SHEET),
    ("odt", OPEN_TEXT),
];

/// How much of a file is looked at, from its beginning and from its end.
const LOOKED_AT: usize = 1 << 20;

impl Stranger {
    /// What a file is by its content, and by its name where the content is a container that does not tell. None for what is read here,
    /// and for whatever else is not known. The name may be empty.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let named = || {
            let (_, ending) = name.rsplit_once('.')?;
            let found = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending));
            found.map(|(_, stranger)| *stranger)
        };
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            let inside = IN_ZIP.iter().find(|(entry, _)| holds(bytes, entry));
            return Some(inside.map(|(_, stranger)| *stranger).or_else(named).unwrap_or(ZIP));
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let inside = IN_COMPOUND.iter().find(|(stream, _)| holds(bytes, &utf16(stream)));
            return Some(inside.map(|(_, stranger)| *stranger).or_else(named).unwrap_or(PROJECT));
        }
        let begins = BEGINNINGS.iter().find(|(with, _)| bytes.starts_with(with));
        begins.map(|(_, stranger)| *stranger).or_else(|| markup(bytes))
    }

    /// What to hand in instead, and how to get it.
    #[must_use]
    pub const fn instead(self) -> &'static str {
        self.instead
    }
}

/// XML and HTML of others.
fn markup(bytes: &[u8]) -> Option<Stranger> {
    // In UTF-16 every other byte is that of ASCII.
    let head: Vec<u8> = bytes.iter().copied().take(8_192).filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let begins = head.trim_start_matches('\u{feff}').trim_start();
    if !begins.starts_with('<') {
        return None;
    }
    let lower = begins.get(..15).unwrap_or_default().to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Some(shown("a web page (.html)"));
    }
    if head.contains("<APIBusinessObjects") {
        return Some(P6_XML);
    }
    (head.contains("<project ") && head.contains("view-date=")).then_some(GANTT_PROJECT)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether the beginning or the end of a file holds some bytes.
fn holds(bytes: &[u8], part: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let tail = &bytes[bytes.len().saturating_sub(LOOKED_AT).max(head.len())..];
    [head, tail]
        .iter()
        .any(|bytes| bytes.windows(part.len()).any(|window| window == part))
}
