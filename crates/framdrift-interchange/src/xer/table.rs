//! XER as tables of text: `%T` names a table, `%F` its columns, `%R` a row each, `%E` the end.

use std::collections::BTreeMap;

use crate::fault::ReadError;
use crate::limits::Limits;
use crate::loss::{LossKind, LossReport, Spot, shortened};

/// A table that somebody reads.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    pub(super) name: &'static str,
    columns: Vec<&'t str>,
    rows: Vec<Row<'t>>,
    /// Columns that somebody asked for.
    asked: Vec<&'static str>,
}

#[derive(Debug)]
struct Row<'t> {
    line: u32,
    cells: Vec<&'t str>,
}

/// A row of a table. Asking for a column that the table does not have gives an empty text.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowRef<'r, 't> {
    table: &'r Table<'t>,
    row: &'r Row<'t>,
}

/// The tables of a file.
#[derive(Debug)]
pub(super) struct Tables<'t> {
    tables: BTreeMap<&'static str, Table<'t>>,
}

/// Where in a table a column stands, or that it does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column(Option<usize>);

impl<'t> Tables<'t> {
    /// Reads the tables named in `wanted`; rows of others are counted.
    pub(super) fn read(
        text: &'t str,
        wanted: &[&'static str],
        limits: &Limits,
        loss: &mut LossReport,
    ) -> Result<Self, ReadError> {
        let mut reader = Reader {
            wanted,
            tables: BTreeMap::new(),
            current: Current::None,
            rows: 0,
            most_rows: limits.records,
            loss,
        };
        let mut lines = text.lines().zip(1_u32..);
        loop {
            match lines.next() {
                Some((line, _)) if line.trim().is_empty() => {}
                Some((line, _)) if line.starts_with("ERMHDR") => break,
                Some((_, number)) => {
                    return Err(ReadError::at(
                        number,
                        "this is no XER file: it does not begin with `ERMHDR`",
                    ));
                }
                None => return Err(ReadError::at(1, "this is no XER file: it is empty")),
            }
        }
        let mut ended = None;
        let mut last = 1;
        for (line, number) in lines {
            last = number;
            if ended.is_some() && !line.trim().is_empty() {
                reader
                    .loss
                    .add(LossKind::Unknown, "after %E", "the file goes on after its end", || {
                        Spot::line(number).value(line)
                    });
                continue;
            }
            if line.trim_end() == "%E" {
                ended = Some(number);
            } else {
                reader.line(line, number)?;
            }
        }
        if ended.is_none() {
            reader.loss.add(
                LossKind::Dropped,
                "%E",
                "the file does not end with `%E`: it was cut off, and what followed is missing",
                || Spot::line(last),
            );
        }
        Ok(Self { tables: reader.tables })
    }

    /// A table; an empty one where the file has none of that name.
    pub(super) fn take(&mut self, name: &'static str) -> Table<'t> {
        self.tables.remove(name).unwrap_or(Table {
            name,
            ..Table::default()
        })
    }
}

/// The table that rows go into.
enum Current<'t> {
    None,
    Skipped(&'t str),
    Wanted(&'static str),
}

struct Reader<'t, 'l> {
    wanted: &'l [&'static str],
    tables: BTreeMap<&'static str, Table<'t>>,
    current: Current<'t>,
    rows: usize,
    most_rows: usize,
    loss: &'l mut LossReport,
}

impl<'t> Reader<'t, '_> {
    fn line(&mut self, line: &'t str, number: u32) -> Result<(), ReadError> {
        let (tag, rest) = line.split_once('\t').unwrap_or((line, ""));
        match tag {
            "%T" => {
                let name = rest.trim();
                self.current = match self.wanted.iter().find(|wanted| **wanted == name) {
                    Some(wanted) => {
                        let table = self.tables.entry(wanted).or_default();
                        table.name = wanted;
                        // Columns are read anew where a table comes again; its rows so far keep their cells.
                        if !table.columns.is_empty() {
                            return Err(ReadError::at(number, format!("the table `{name}` comes twice")));
                        }
                        Current::Wanted(wanted)
                    }
                    None => Current::Skipped(name),
                };
            }
            "%F" => {
                if let Current::Wanted(name) = self.current {
                    let table = self.tables.entry(name).or_default();
                    if !table.columns.is_empty() {
                        return Err(ReadError::at(
                            number,
                            format!("the table `{name}` names its columns twice"),
                        ));
                    }
                    table.columns = rest.split('\t').map(str::trim).collect();
                }
            }
            "%R" => {
                self.rows += 1;
                if self.rows > self.most_rows {
                    return Err(ReadError::at(number, "there are more rows than can be read"));
                }
                self.row(rest, number)?;
            }
            _ if line.trim().is_empty() => {}
            _ => self.loss.add(
                LossKind::Unreadable,
                "line",
                "the line begins with neither `%T`, `%F`, `%R` nor `%E`, and is passed over",
                || Spot::line(number).value(line),
            ),
        }
        Ok(())
    }

    fn row(&mut self, rest: &'t str, number: u32) -> Result<(), ReadError> {
        let name = match self.current {
            Current::None => return Err(ReadError::at(number, "there is a row before the first table")),
            Current::Skipped(name) => {
                let name = shortened(name);
                let why = super::unused::table(&name);
                let kind = why.map_or(LossKind::Unknown, |_| LossKind::NotKept);
                self.loss
                    .add(kind, &name, why.unwrap_or("no such table is known here"), || {
                        Spot::line(number)
                    });
                return Ok(());
            }
            Current::Wanted(name) => name,
        };
        let table = self.tables.entry(name).or_default();
        if table.columns.is_empty() {
            return Err(ReadError::at(
                number,
                format!("a row of `{name}` comes before its columns are named"),
            ));
        }
        let mut cells: Vec<&str> = rest.split('\t').collect();
        // A row may end in tabs that no column belongs to.
        while cells.len() > table.columns.len() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() > table.columns.len() {
            self.loss.add(
                LossKind::Unreadable,
                name,
                "the row has more cells than the table has columns; those at its end are passed over",
                || Spot::line(number),
            );
            cells.truncate(table.columns.len());
        } else if cells.len() < table.columns.len() {
            self.loss.add(
                LossKind::Unreadable,
                name,
                "the row has fewer cells than the table has columns; those at its end count as empty",
                || Spot::line(number),
            );
        }
        table.rows.push(Row { line: number, cells });
        Ok(())
    }
}

impl<'t> Table<'t> {
    /// Asks for a column; from now on it counts as read.
    pub(super) fn column(&mut self, name: &'static str) -> Column {
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
        Column(self.columns.iter().position(|column| *column == name))
    }

    /// Where a column stands that still counts as not read.
    pub(super) fn peek(&self, name: &str) -> Column {
        Column(self.columns.iter().position(|column| *column == name))
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = RowRef<'_, 't>> + '_ {
        self.rows.iter().map(move |row| RowRef { table: self, row })
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Accounts for every column that nobody asked for and that has something in it in rows for which `of` holds.
    pub(super) fn account(&self, loss: &mut LossReport, of: impl Fn(RowRef<'_, 't>) -> bool) {
        let rows: Vec<&Row<'t>> = self.rows.iter().filter(|row| of(RowRef { table: self, row })).collect();
        for (at, column) in self.columns.iter().enumerate() {
            if self.asked.contains(column) || column.is_empty() {
                continue;
            }
            let (kind, why, neutral) = super::unused::column(self.name, column);
            let lost = |row: &&&Row<'t>| {
                let cell = row.cells.get(at).map_or("", |cell| cell.trim());
                !cell.is_empty() && !neutral.contains(&cell)
            };
            let subject = format!("{}.{}", self.name, shortened(column));
            let mut rows = rows.iter().filter(lost);
            // The places of the first few are kept; the rest is only counted.
            for row in rows.by_ref().take(crate::loss::MOST_SPOTS) {
                loss.add(kind, &subject, why, || Spot::line(row.line).value(row.cells[at]));
            }
            loss.add_many(kind, &subject, why, rows.count() as u64, Spot::none);
        }
    }
}

impl<'t> RowRef<'_, 't> {
    pub(super) fn line(self) -> u32 {
        self.row.line
    }

    /// A cell, without space around it.
    pub(super) fn get(self, column: Column) -> &'t str {
        let cell = column.0.and_then(|at| self.row.cells.get(at));
        cell.map_or("", |cell| cell.trim())
    }

    /// The name of the table.
    pub(super) fn table(self) -> &'static str {
        self.table.name
    }
}
