//! Building a tree from the inside of a reader: a stack of open lists and tables, and the budgets.

use std::collections::HashSet;
use std::sync::Arc;

use crate::codes;
use crate::fault::Faults;
use crate::limits::Limits;
use crate::tree::{Kind, Member, Node, Span, Tree};

/// Reading has stopped; the fault that says why is already among the faults.
#[derive(Debug)]
pub(crate) struct Stop;

/// How many distinct keys share their allocation, and how long such a key may be. A programme uses some 200.
const SHARED_KEYS: usize = 4096;
const SHARED_KEY_LENGTH: usize = 64;

pub(crate) struct Builder {
    frames: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    most_nodes: usize,
    most_depth: usize,
    keys: HashSet<Arc<str>>,
}

struct Frame {
    start: u32,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    Table {
        members: Vec<Member>,
        key: Option<(Arc<str>, Span)>,
    },
}

/// What the next value is put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing: it is the outermost value, or that one is complete.
    Root,
    /// A list.
    List,
    /// A table that waits for a key.
    Key,
    /// A table whose key is known.
    Value,
}

impl Builder {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            frames: Vec::new(),
            root: None,
            nodes: 0,
            most_nodes: limits.nodes,
            most_depth: limits.checked_depth(),
            keys: HashSet::new(),
        }
    }

    pub(crate) fn place(&self) -> Place {
        match self.frames.last().map(|frame| &frame.items) {
            None => Place::Root,
            Some(Items::List(_)) => Place::List,
            Some(Items::Table { key: None, .. }) => Place::Key,
            Some(Items::Table { key: Some(_), .. }) => Place::Value,
        }
    }

    /// Where the innermost open list or table begins.
    pub(crate) fn open_at(&self) -> Option<u32> {
        self.frames.last().map(|frame| frame.start)
    }

    /// Where the innermost open list's or table's last entry ends, or where it begins itself.
    pub(crate) fn content_end(&self) -> u32 {
        match self.frames.last() {
            None => 0,
            Some(Frame {
                start,
                items: Items::List(list),
            }) => list.last().map_or(*start, |node| node.span.end),
            Some(Frame {
                start,
                items: Items::Table { members, .. },
            }) => members.last().map_or(*start, |member| member.value.span.end),
        }
    }

    pub(crate) fn open(&mut self, table: bool, span: Span, faults: &mut Faults) -> Result<(), Stop> {
        if self.frames.len() >= self.most_depth {
            faults.push(
                codes::TOO_DEEP,
                span,
                format!("lists and tables are nested more than {} deep here", self.most_depth),
                "a programme needs about 12 levels; raise the limit only if you trust the file",
            );
            return Err(Stop);
        }
        self.count(span, faults)?;
        let items = if table {
            Items::Table {
                members: Vec::new(),
                key: None,
            }
        } else {
            Items::List(Vec::new())
        };
        self.frames.push(Frame {
            start: span.start,
            items,
        });
        Ok(())
    }

    /// Closes the innermost list or table; without one, nothing happens.
    pub(crate) fn close(&mut self, end: u32) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let value = match frame.items {
            Items::List(list) => Kind::List(list.into_boxed_slice()),
            Items::Table { mut members, key } => {
                if let Some((key, key_span)) = key {
                    let span = Span { start: end, end };
                    members.push(Member {
                        key,
                        key_span,
                        value: Node {
                            span,
                            value: Kind::Unreadable,
                        },
                    });
                }
                Kind::Table(members.into_boxed_slice())
            }
        };
        self.put(Node {
            span: Span {
                start: frame.start,
                end: end.max(frame.start),
            },
            value,
        });
    }

    /// Names the next value. The innermost open thing must be a table.
    pub(crate) fn key(&mut self, text: &str, span: Span) {
        let shared = if text.len() > SHARED_KEY_LENGTH {
            Arc::from(text)
        } else if let Some(known) = self.keys.get(text) {
            Arc::clone(known)
        } else {
            let fresh: Arc<str> = Arc::from(text);
            if self.keys.len() < SHARED_KEYS {
                self.keys.insert(Arc::clone(&fresh));
            }
            fresh
        };
        if let Some(Frame {
            items: Items::Table { key, .. },
            ..
        }) = self.frames.last_mut()
        {
            *key = Some((shared, span));
        }
    }

    pub(crate) fn value(&mut self, span: Span, value: Kind, faults: &mut Faults) -> Result<(), Stop> {
        self.count(span, faults)?;
        self.put(Node { span, value });
        Ok(())
    }

    /// The last value was not what it seemed: nobody can say what it is.
    pub(crate) fn spoil_last(&mut self) {
        let last = match self.frames.last_mut().map(|frame| &mut frame.items) {
            None => self.root.as_mut(),
            Some(Items::List(list)) => list.last_mut(),
            Some(Items::Table { members, .. }) => members.last_mut().map(|member| &mut member.value),
        };
        if let Some(node) = last {
            node.value = Kind::Unreadable;
        }
    }

    fn count(&mut self, span: Span, faults: &mut Faults) -> Result<(), Stop> {
        if self.nodes >= self.most_nodes {
            faults.push(
                codes::TOO_MANY_VALUES,
                span,
                format!("the file holds more than {} values", self.most_nodes),
                "split the file, or raise the limit if you trust it",
            );
            return Err(Stop);
        }
        self.nodes += 1;
        Ok(())
    }

    fn put(&mut self, node: Node) {
        match self.frames.last_mut().map(|frame| &mut frame.items) {
            None => self.root = Some(node),
            Some(Items::List(list)) => list.push(node),
            Some(Items::Table { members, key }) => {
                if let Some((key, key_span)) = key.take() {
                    members.push(Member {
                        key,
                        key_span,
                        value: node,
                    });
                }
            }
        }
    }

    /// The tree as far as it was read; `cut` is where reading stopped too early.
    pub(crate) fn finish(mut self, cut: Option<u32>) -> Option<Tree> {
        while !self.frames.is_empty() {
            self.close(cut.unwrap_or_default());
        }
        self.root.map(|root| Tree { root, cut })
    }
}
