//! From bytes to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::fault::ReadError;

/// A text, and the name of the encoding that it was in.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) encoding: &'static str,
}

/// XML: a byte order mark decides, then the pattern of the first bytes, then the declaration; else UTF-8.
pub(crate) fn xml(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(&bytes[mark..], encoding);
    }
    match bytes {
        [b'<', 0, ..] => return strictly(bytes, UTF_16LE),
        [0, b'<', ..] => return strictly(bytes, UTF_16BE),
        _ => {}
    }
    let encoding = match declared(bytes) {
        None => UTF_8,
        Some(label) => match Encoding::for_label(label.as_bytes()) {
            // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
            Some(found) if found == UTF_16LE || found == UTF_16BE => UTF_8,
            Some(found) => found,
            None => {
                let label = crate::loss::shortened(&label);
                return Err(ReadError::at(1, format!("`{label}` is not a known encoding")));
            }
        },
    };
    strictly(bytes, encoding)
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(256)];
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start().strip_prefix("<?xml")?;
    let head = &head[..head.find("?>")?];
    let after = head[head.find("encoding")? + "encoding".len()..].trim_start();
    let value = after.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = &value[1..];
    Some(value[..value.find(quote)?].to_owned())
}

/// Primavera writes no mark of its encoding: UTF-8 where the bytes are UTF-8, else windows-1252 (in which everything is
/// something), unless the caller knows better or there is a byte order mark.
pub(crate) fn xer<'b>(bytes: &'b [u8], wanted: Option<&str>) -> Result<Decoded<'b>, ReadError> {
    if let Some(label) = wanted {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            ReadError::at(
                1,
                format!("`{}` is not a known encoding", crate::loss::shortened(label)),
            )
        })?;
        let mark = Encoding::for_bom(bytes).map_or(0, |(_, mark)| mark);
        return strictly(&bytes[mark..], encoding);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(&bytes[mark..], encoding);
    }
    if std::str::from_utf8(bytes).is_ok() {
        strictly(bytes, UTF_8)
    } else {
        strictly(bytes, WINDOWS_1252)
    }
}

fn strictly<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<Decoded<'b>, ReadError> {
    if encoding == UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Decoded {
                text: Cow::Borrowed(text),
                encoding: "UTF-8",
            }),
            Err(error) => Err(malformed(line_at(&bytes[..error.valid_up_to()]), encoding)),
        };
    }
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(Decoded {
            text,
            encoding: encoding.name(),
        }),
        None => Err(malformed(damaged_line(bytes, encoding), encoding)),
    }
}

fn malformed(line: u32, encoding: &'static Encoding) -> ReadError {
    ReadError::at(line, format!("the bytes here are not {}", encoding.name()))
}

fn line_at(bytes: &[u8]) -> u32 {
    let ends = bytes.iter().filter(|b| **b == b'\n').count();
    u32::try_from(ends).unwrap_or(u32::MAX - 1) + 1
}

/// The line of the first bytes that are not in the encoding.
fn damaged_line(bytes: &[u8], encoding: &'static Encoding) -> u32 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len().min(1 << 16) + 16);
    let (mut line, mut read) = (1, 0);
    loop {
        text.clear();
        let (result, used) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += used;
        line += line_at(text.as_bytes()) - 1;
        match result {
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::InputEmpty | encoding_rs::DecoderResult::Malformed(..) => return line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
            .collect()
    }

    #[test]
    fn xml_says_its_encoding_in_five_ways() {
        let text = "<?xml version='1.0'?><a>å</a>";
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), "UTF-8"),
            (utf16(text, false), "UTF-16LE"),
            ([vec![0xFE, 0xFF], utf16(text, true)].concat(), "UTF-16BE"),
        ] {
            let read = xml(&bytes).unwrap();
            assert_eq!((&*read.text, read.encoding), (text, name));
        }
        let latin = b"<?xml version=\"1.0\" encoding = 'ISO-8859-1'?><a>\xE5</a>";
        assert!(xml(latin).unwrap().text.ends_with("<a>å</a>"));
        let wrong = "<?xml version=\"1.0\" encoding=\"utf-16\"?><a>å</a>";
        assert_eq!(xml(wrong.as_bytes()).unwrap().text, wrong);
        let unknown = xml(b"<?xml version=\"1.0\" encoding=\"ebcdic-7\"?><a/>").unwrap_err();
        assert_eq!(unknown.to_string(), "line 1: `ebcdic-7` is not a known encoding");
        assert_eq!(xml(b"<a>\n\n\xFF</a>").unwrap_err().line(), 3);
        let mut lone = [vec![0xFF, 0xFE], utf16("<a>\n", false)].concat();
        lone.extend([0x00, 0xD8, b'<', 0]);
        assert_eq!(xml(&lone).unwrap_err().line(), 2);
    }

    #[test]
    fn xer_is_utf_8_where_it_can_be() {
        assert_eq!(xer("ERMHDR\tæ".as_bytes(), None).unwrap().encoding, "UTF-8");
        let ansi = xer(b"ERMHDR\t\xE6\x80", None).unwrap();
        assert_eq!((&*ansi.text, ansi.encoding), ("ERMHDR\tæ€", "windows-1252"));
        assert_eq!(xer(b"\xC6", Some("windows-1251")).unwrap().text, "Ж");
        assert!(xer(b"x", Some("martian")).is_err());
    }
}
