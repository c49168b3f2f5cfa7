//! Numbers for things that have none, or none that the tool bears.

use std::collections::BTreeSet;

use framdrift_model::projection::NodeIx;

use super::Export;
use crate::loss::{LossKind, LossReport, Spot};

/// A number for each of the wishes: as wished where it is from 1 to what the tool bears and not taken, else the next that is free.
/// The second list is whether the wish was refused.
pub(super) fn assigned(wishes: &[Option<i64>]) -> (Vec<i64>, Vec<bool>) {
    let mut taken = BTreeSet::new();
    let mut granted: Vec<Option<i64>> = wishes
        .iter()
        .map(|wish| wish.filter(|n| (1..=i64::from(i32::MAX)).contains(n) && taken.insert(*n)))
        .collect();
    let refused = granted
        .iter()
        .zip(wishes)
        .map(|(granted, wish)| wish.is_some() && granted.is_none());
    let refused = refused.collect();
    let mut next = 1;
    for number in granted.iter_mut().filter(|number| number.is_none()) {
        while !taken.insert(next) {
            next += 1;
        }
        *number = Some(next);
    }
    (granted.into_iter().flatten().collect(), refused)
}

/// The UID of each node.
pub(super) fn tasks(export: &Export<'_>, loss: &mut LossReport) -> Vec<i64> {
    let lookup = export.programme.lookup();
    let nodes = &export.projection.nodes;
    let wishes: Vec<Option<i64>> = nodes.iter().map(|node| lookup.uid(node).map(|uid| uid.get())).collect();
    let (numbers, refused) = assigned(&wishes);
    for (node, _) in nodes.iter().zip(refused).filter(|(_, refused)| *refused) {
        let why = "a task's number is from 1 to 2 147 483 647; another is given";
        loss.add(LossKind::Changed, "uid", why, || Spot::none().about(&*node.id));
    }
    numbers
}

/// The nodes as an outline: every node followed by what is part of it. With each, its level, counted from 1.
pub(super) fn outline(export: &Export<'_>) -> Vec<(NodeIx, usize)> {
    let nodes = &export.projection.nodes;
    let mut below: Vec<Vec<NodeIx>> = vec![Vec::new(); nodes.len()];
    let mut open = Vec::new();
    // The last is taken first.
    for (node, ix) in nodes
        .iter()
        .zip((0..).map(NodeIx))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        match node.parent {
            Some(parent) => below[parent.index()].push(ix),
            None => open.push((ix, 1)),
        }
    }
    let mut outline = Vec::with_capacity(nodes.len());
    while let Some((ix, level)) = open.pop() {
        outline.push((ix, level));
        open.extend(below[ix.index()].iter().map(|child| (*child, level + 1)));
    }
    outline
}
