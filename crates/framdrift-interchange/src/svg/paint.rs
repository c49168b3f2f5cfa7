//! Writing SVG: escaped texts, lengths without noise.

use std::fmt;

use crate::text::Tenths;

/// A text between tags or quotes. What XML does not allow was taken away before ([`crate::text::line`]); what is left over is
/// left out here.
pub(super) struct Xml<'a>(pub(super) &'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' => f.write_char(c)?,
                c if c.is_control() || (c as u32) & 0xFFFE == 0xFFFE => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A length: `12`, `12.5`, `-0.5`.
#[derive(Clone, Copy)]
pub(super) struct Px(pub(super) Tenths);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{rest}"),
        }
    }
}

/// A rectangle in whole pixels and tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: Tenths,
    pub(super) y: Tenths,
    pub(super) width: Tenths,
    pub(super) height: Tenths,
}

impl Rect {
    /// The rectangle as a closed path.
    pub(super) fn path(self) -> String {
        let Self { x, y, width, height } = self;
        format!("M{} {}h{}v{}h{}z", Px(x), Px(y), Px(width), Px(height), Px(-width))
    }

    /// Its attributes.
    pub(super) fn attributes(self) -> String {
        let Self { x, y, width, height } = self;
        format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            Px(x),
            Px(y),
            Px(width),
            Px(height)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_no_noise() {
        let shown = |tenths| Px(tenths).to_string();
        assert_eq!(
            [shown(120), shown(125), shown(-5), shown(0)],
            ["12", "12.5", "-0.5", "0"]
        );
    }
}
