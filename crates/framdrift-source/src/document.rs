//! Documents in a text: read by the fast or the thorough road, with the way back from a document to its text.

use framdrift_model::diagnostic::{Diagnostic, Diagnostics, Severity};
use framdrift_model::document::{FactsDoc, ProgrammeDoc};
use framdrift_model::lookup::NotFound;
use framdrift_model::nearest::Nearest;
use framdrift_model::place::Address;
use framdrift_model::shape::ObjectShaped;
use framdrift_model::{Damage, value::Value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codes;
use crate::fast::fast;
use crate::limits::Limits;
use crate::lines::{Lines, Position};
use crate::read::{Format, Reading, read};
use crate::tree::{Kind, Node, Span, Tree};
use crate::walk::{self, Found, Kept};

/// A document type that a file holds: a programme, or its recorded progress. Others cannot be added.
pub trait Document: ObjectShaped + Serialize + DeserializeOwned + sealed::Sealed {
    /// The key of the format's version, which is looked at before anything else.
    const FORMAT_KEY: &'static str;
    /// What such a file holds, with its article.
    const HOLDS: &'static str;
}

impl Document for ProgrammeDoc {
    const FORMAT_KEY: &'static str = "framdrift";
    const HOLDS: &'static str = "a framdrift programme";
}

impl Document for FactsDoc {
    const FORMAT_KEY: &'static str = "framdrift-facts";
    const HOLDS: &'static str = "recorded progress of a framdrift programme";
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for framdrift_model::document::ProgrammeDoc {}
    impl Sealed for framdrift_model::document::FactsDoc {}
}

/// A text that was read as a document, a programme where nothing else is said: the document as far as it can be read, what had to be left out, and every
/// fault found so far.
///
/// ```
/// use framdrift_source::document::SourceText;
/// use framdrift_source::limits::Limits;
///
/// let text = "framdrift: 1\nid: flytt\nactivities:\n- {id: packa, duraton: 3d}\n";
/// let source = SourceText::open(text.as_bytes(), None, &Limits::default());
/// let fault = &source.diagnostics()[0];
/// assert_eq!(fault.diagnostic.code().name(), "unknown-key");
/// assert_eq!(fault.diagnostic.help(), Some("did you mean `duration`?"));
/// assert_eq!((fault.start.line, fault.start.column), (4, 15));
/// assert!(source.document().is_some(), "everything else could be read");
/// ```
#[derive(Debug)]
pub struct SourceText<'t, D = ProgrammeDoc> {
    text: &'t str,
    format: Format,
    limits: Limits,
    document: Option<D>,
    damage: Damage,
    located: Vec<Located>,
    /// Faults and warnings that were found and not kept.
    uncounted: Uncounted,
    /// The tree, and how the document corresponds to it; built when a place is first needed.
    tree: Option<(Box<Tree>, Kept)>,
    unreadable: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Uncounted {
    errors: usize,
    warnings: usize,
}

/// A diagnostic and where in the text it stands.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Located {
    /// The diagnostic. Its pointer counts entries as the text has them.
    pub diagnostic: Diagnostic,
    /// The stretch of text, in bytes.
    pub span: Span,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// The stretches of the related places, in their order.
    pub related: Vec<(Span, Position, Position)>,
}

impl<'t> SourceText<'t> {
    /// Reads a programme document. Without a `format`, as from standard input, the content decides.
    ///
    /// JSON without a fault takes the fast road; anything else is read into a tree with places, and goes on past damage.
    /// Time and memory are linear in the size of the text, within [`Limits`].
    #[must_use]
    pub fn open(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> Self {
        either(bytes, format, limits)
    }

    /// As [`SourceText::open`], always by the thorough road.
    #[must_use]
    pub fn open_thorough(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> Self {
        thorough(bytes, format, limits)
    }
}

impl<'t> SourceText<'t, FactsDoc> {
    /// Reads a document of recorded progress, as [`SourceText::open`] reads a programme.
    ///
    /// ```
    /// use framdrift_source::document::SourceText;
    /// use framdrift_source::limits::Limits;
    ///
    /// let text = "framdrift-facts: 1\nfacts:\n- {of: packa, startd: 2026-03-02}\n";
    /// let source = SourceText::open_facts(text.as_bytes(), None, &Limits::default());
    /// assert_eq!(source.diagnostics()[0].diagnostic.help(), Some("did you mean `started`?"));
    /// assert_eq!(source.document().unwrap().facts.len(), 1);
    /// ```
    #[must_use]
    pub fn open_facts(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> Self {
        either(bytes, format, limits)
    }

    /// As [`SourceText::open_facts`], always by the thorough road.
    #[must_use]
    pub fn open_facts_thorough(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> Self {
        thorough(bytes, format, limits)
    }
}

/// By the fast road where the text is JSON without a fault, else by the thorough one.
fn either<'t, D: Document>(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> SourceText<'t, D> {
    let looks_like_json = || bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    if format != Some(Format::Yaml)
        && bytes.len() <= limits.bytes.min(Limits::MAX_BYTES)
        && looks_like_json()
        && let Some((text, document)) = fast(bytes, limits)
    {
        return SourceText {
            text,
            format: Format::Json,
            limits: limits.clone(),
            document: Some(document),
            damage: Damage::none(),
            located: Vec::new(),
            uncounted: Uncounted::default(),
            tree: None,
            unreadable: false,
        };
    }
    thorough(bytes, format, limits)
}

fn thorough<'t, D: Document>(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> SourceText<'t, D> {
    let Reading {
        text,
        format,
        tree,
        faults,
        uncounted,
        ..
    } = read(bytes, format, limits);
    let mut source = SourceText {
        text,
        format,
        limits: limits.clone(),
        document: None,
        damage: Damage::none(),
        located: Vec::new(),
        uncounted: Uncounted {
            errors: uncounted,
            warnings: 0,
        },
        tree: None,
        unreadable: faults
            .iter()
            .any(|f| matches!(f.code, codes::NOT_UTF8 | codes::TOO_LARGE)),
    };
    let mut found: Vec<Found> = faults
        .into_iter()
        .map(|fault| Found {
            diagnostic: Diagnostic::new(
                codes::code(fault.code),
                framdrift_model::place::Place::default(),
                fault.message,
            )
            .with_help_if(match fault.code {
                codes::EMPTY_FILE => Some(format!("{} begins with `{}: 1`", D::HOLDS, D::FORMAT_KEY)),
                _ => fault.help,
            }),
            span: fault.span,
            related: Vec::new(),
        })
        .collect();
    if let Some(tree) = tree.map(Box::new) {
        let walked = walk::walk::<D>(&tree, limits.diagnostics);
        source.uncounted.errors += walked.uncounted;
        source.damage = walked.damage;
        source.document = walked.value.map(decode);
        found.extend(walked.found);
        source.tree = Some((tree, walked.kept));
    }
    source.place(found);
    source
}

impl<'t, D> SourceText<'t, D> {
    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The format it was read as.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The document, without what could not be read; none where the text holds no such document at all.
    #[must_use]
    pub const fn document(&self) -> Option<&D> {
        self.document.as_ref()
    }

    /// What had to be left out of the document.
    #[must_use]
    pub const fn damage(&self) -> &Damage {
        &self.damage
    }

    /// Takes the document out.
    #[must_use]
    pub fn take_document(&mut self) -> Option<D> {
        self.document.take()
    }

    /// Whether the bytes could not be read as text at all: not UTF-8, or too many.
    #[must_use]
    pub const fn is_unreadable(&self) -> bool {
        self.unreadable
    }

    /// The diagnostics so far, in the order of the text.
    #[must_use]
    pub fn diagnostics(&self) -> &[Located] {
        &self.located
    }

    /// How many more faults and warnings there were than are kept.
    #[must_use]
    pub const fn uncounted(&self) -> usize {
        self.uncounted.errors + self.uncounted.warnings
    }

    /// How many faults there were, kept or not.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.located.iter().filter(|l| is_error(&l.diagnostic)).count() + self.uncounted.errors
    }

    /// How many warnings there were, kept or not.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.located.len() + self.uncounted() - self.errors()
    }

    /// Adds what was found about the document, at its places in the text.
    pub fn locate(&mut self, diagnostics: Diagnostics) {
        if diagnostics.is_empty() {
            return;
        }
        self.uncounted.errors += diagnostics.errors();
        self.uncounted.warnings += diagnostics.warnings();
        self.need_tree();
        let mut found = Vec::new();
        for diagnostic in diagnostics {
            match diagnostic.severity() {
                Severity::Error => self.uncounted.errors -= 1,
                Severity::Warning => self.uncounted.warnings -= 1,
            }
            found.push(self.found(diagnostic));
        }
        self.place(found);
    }

    /// The pointer and the stretch of text of what an address names: `activity training / after design / lag`.
    ///
    /// # Errors
    /// [`NotFound`] where the text has nothing of that name, with the names that are close to it where it leads nowhere.
    ///
    /// ```
    /// use framdrift_source::document::SourceText;
    /// use framdrift_source::limits::Limits;
    ///
    /// let text = "framdrift: 1\nid: flytt\nactivities:\n- {id: packa, duration: 3d}\n";
    /// let mut source = SourceText::open(text.as_bytes(), None, &Limits::default());
    /// let (pointer, span) = source.find(&"activity packa / duration".parse().unwrap()).unwrap();
    /// assert_eq!(pointer, "/activities/0/duration");
    /// assert_eq!(&text[span.range()], "3d");
    /// ```
    pub fn find(&mut self, address: &Address) -> Result<(String, Span), NotFound>
    where
        D: Document,
    {
        self.need_tree();
        let asked = address.to_string();
        let Some((tree, _)) = self.tree.as_ref() else {
            return Err(NotFound::new(asked, []));
        };
        match crate::address::find(&tree.root, D::object_shape(), address) {
            Ok((pointer, node)) => Ok((pointer, node.span)),
            Err(known) => {
                let last = address.segments().last();
                let wanted = last.map_or("", |segment| segment.id().unwrap_or(segment.noun()));
                let near = Nearest::default().several(wanted, known, 3);
                Err(NotFound::new(asked, near))
            }
        }
    }

    /// The fast road keeps no places; the text is then known to be readable.
    fn need_tree(&mut self) {
        if self.tree.is_none() {
            let tree = read(self.text.as_bytes(), Some(self.format), &self.limits).tree;
            self.tree = tree.map(|tree| (Box::new(tree), Kept::default()));
        }
    }

    fn found(&self, diagnostic: Diagnostic) -> Found {
        let Some((tree, kept)) = &self.tree else {
            return Found {
                diagnostic,
                span: Span::default(),
                related: Vec::new(),
            };
        };
        let (span, pointer) = find(&tree.root, kept, &diagnostic.place().pointer);
        let mut related = Vec::new();
        let mut pointers = Vec::new();
        for other in diagnostic.related() {
            let (span, pointer) = find(&tree.root, kept, &other.place.pointer);
            related.push(span);
            pointers.push(pointer);
        }
        Found {
            diagnostic: diagnostic.at_pointers(pointer, pointers),
            span,
            related,
        }
    }

    /// Gives every finding its lines and columns, and puts all in the order of the text.
    fn place(&mut self, found: Vec<Found>) {
        if found.is_empty() {
            return;
        }
        let lines = Lines::new(self.text);
        let ends = |span: Span| (lines.position(span.start as usize), lines.position(span.end as usize));
        for Found {
            diagnostic,
            span,
            related,
        } in found
        {
            let (start, end) = ends(span);
            let related = related
                .into_iter()
                .map(|span| (span, ends(span).0, ends(span).1))
                .collect();
            self.located.push(Located {
                diagnostic,
                span,
                start,
                end,
                related,
            });
        }
        self.located.sort_by_key(|l| l.span.start);
        let most = self.limits.diagnostics;
        for past in self.located.drain(most.min(self.located.len())..) {
            match past.diagnostic.severity() {
                Severity::Error => self.uncounted.errors += 1,
                Severity::Warning => self.uncounted.warnings += 1,
            }
        }
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity() == Severity::Error
}

/// Decodes what a walk kept.
fn decode<D: Document>(value: Value) -> D {
    // INVARIANT: the walk keeps only what fits the shape, and the shape and the decoder come from one declaration.
    D::deserialize(value).expect("what fits a document's shape can be decoded")
}

/// The stretch of text that a pointer into the document means, and the pointer as the text has it.
fn find(root: &Node, kept: &Kept, pointer: &str) -> (Span, String) {
    use std::fmt::Write as _;
    let mut node = root;
    let mut span = None;
    let mut out = String::new();
    for step in pointer.split('/').skip(1) {
        match &node.value {
            Kind::Table(members) => {
                let renamed = kept.renamed.get(&walk::identity(node));
                let renamed = renamed
                    .and_then(|list| list.iter().find(|(key, _)| *key == step))
                    .map(|(_, at)| *at);
                let key = step.replace("~1", "/").replace("~0", "~");
                let at = renamed.or_else(|| members.iter().position(|m| *m.key == *key));
                let Some(at) = at else { break };
                node = &members[at].value;
                let _ = write!(out, "/{}", members[at].key.replace('~', "~0").replace('/', "~1"));
            }
            Kind::List(nodes) => {
                let position: Option<usize> = step.parse().ok();
                let at = match kept.entries.get(&walk::identity(node)) {
                    Some(left) => position.and_then(|p| left.get(p).copied()),
                    None => position,
                };
                let Some((at, entry)) = at.and_then(|at| Some((at, nodes.get(at)?))) else {
                    break;
                };
                node = entry;
                let _ = write!(out, "/{at}");
            }
            // The short form of an object: the value stands for the field.
            Kind::Scalar(_) | Kind::Unreadable => break,
        }
        span = Some(node.span);
    }
    // The programme itself: its first key says enough.
    let whole = || match &root.value {
        Kind::Table(members) => members.first().map_or(root.span, |m| m.key_span),
        _ => root.span,
    };
    (narrowed(node, span.unwrap_or_else(whole)), out)
}

/// A whole entry is pointed at by its first line only: its id, or the first key.
fn narrowed(node: &Node, span: Span) -> Span {
    match &node.value {
        Kind::Table(members) => {
            let id = members.iter().find(|m| &*m.key == "id");
            id.or(members.first()).map_or(span, |m| Span {
                start: m.key_span.start,
                end: m.value.span.end.max(m.key_span.end),
            })
        }
        _ => span,
    }
}
