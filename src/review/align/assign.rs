//! What is not certain, assigned by likeness: the pairs that are most alike all together, wherever they stand.

use std::collections::{BTreeMap, HashSet};

use super::join::HELD;
use super::likeness::Likeness;
use super::near::{ALL, places};
use super::{Doubt, Links, Part};

/// A part of the machine's, one of the editor's, and how alike they are.
type Edge = (usize, usize, f64);

/// The least likeness of a pair.
const LEAST: f64 = 0.22;

/// Pairs whose exchange would cost less than this are not told apart.
const CLOSE: f64 = 0.05;

/// A part with fewer letters needs more than them.
const SHORT: usize = 8;

/// So many parts that are all like each other are assigned at once; of more, the most alike first.
const MOST: usize = 500;

/// Of the parts that a part is like, the most that are kept where not all are compared.
const KEPT: usize = 16;

/// Links what is left by likeness; gives the parts that could as well be linked otherwise, which stay unlinked, and whether each part was
/// compared with a few others alone.
pub(super) fn assigned(
    machine: &[Part<'_>],
    edited: &[Part<'_>],
    likeness: &Likeness,
    forbidden: &HashSet<(usize, usize)>,
    links: &mut Links,
) -> (Vec<Doubt>, bool) {
    let mine: Vec<usize> = (0..machine.len()).filter(|&a| links.edited[a].is_none()).collect();
    let theirs: Vec<usize> = (0..edited.len()).filter(|&b| links.machine[b].is_none()).collect();
    let is_edge = |&(a, b, alike): &Edge| {
        let is_said = likeness.shorter(a, b) >= SHORT || likeness.is_backed(a, b);
        alike >= LEAST && is_said && !forbidden.contains(&(a, b))
    };
    let few = mine.len().saturating_mul(theirs.len()) > ALL;
    let mut edges: Vec<Edge> = if few {
        let (index, places) = (likeness.index_edited(theirs), places(links));
        let near = |a: usize| index.near(likeness.signs(a), places[a]).into_iter().map(move |b| (a, b, likeness.of(a, b)));
        let kept = |a: usize| {
            let mut edges: Vec<Edge> = near(a).filter(is_edge).collect();
            edges.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.1.cmp(&y.1)));
            edges.truncate(KEPT);
            edges
        };
        mine.into_iter().flat_map(kept).collect()
    } else {
        likeness.candidates(&mine, &theirs).into_iter().filter(is_edge).collect()
    };
    edges.sort_unstable_by_key(|&(a, b, _)| (a, b));
    let mut pairs = Vec::new();
    for group in groups(&edges, machine.len(), edited.len()) {
        pairs.extend(best(&group));
    }
    let doubts = doubts(&pairs, &edges, likeness);
    let asked: HashSet<usize> = doubts.iter().map(|doubt| doubt.machine).collect();
    for &(a, b) in pairs.iter().filter(|(a, _)| !asked.contains(a)) {
        links.link(a, b);
    }
    (doubts, few)
}

/// Edges that hang together: what one group decides is nothing to another. Those of the first part of the editor's come first.
fn groups(edges: &[Edge], machine: usize, edited: usize) -> Vec<Vec<Edge>> {
    // The editor's parts, then the machine's; of a group the first is its root.
    let mut root: Vec<usize> = (0..edited + machine).collect();
    fn find(root: &mut [usize], mut node: usize) -> usize {
        while root[node] != node {
            root[node] = root[root[node]];
            node = root[node];
        }
        node
    }
    for &(a, b, _) in edges {
        let (x, y) = (find(&mut root, edited + a), find(&mut root, b));
        root[x.max(y)] = x.min(y);
    }
    let mut groups: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for &edge in edges {
        groups.entry(find(&mut root, edge.1)).or_default().push(edge);
    }
    groups.into_values().collect()
}

/// The pairs of a group that are most alike all together.
fn best(edges: &[Edge]) -> Vec<(usize, usize)> {
    if let [(a, b, _)] = edges {
        return vec![(*a, *b)];
    }
    let listed = |side: &dyn Fn(&Edge) -> usize| {
        let mut list: Vec<usize> = edges.iter().map(side).collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let (mine, theirs) = (listed(&|edge| edge.0), listed(&|edge| edge.1));
    if mine.len().max(theirs.len()) > MOST {
        return greedy(edges);
    }
    let mut alike = vec![vec![0.0; theirs.len()]; mine.len()];
    for &(a, b, value) in edges {
        if let (Ok(a), Ok(b)) = (mine.binary_search(&a), theirs.binary_search(&b)) {
            alike[a][b] = value;
        }
    }
    let turned = mine.len() > theirs.len();
    let table = if turned { transposed(&alike) } else { alike.clone() };
    let Some(rows) = hungarian(&table, STEPS.max(STEPS_A_CELL * mine.len() * theirs.len())) else { return greedy(edges) };
    let pairs = rows.into_iter().enumerate().map(|(row, column)| if turned { (column, row) } else { (row, column) });
    pairs.filter(|&(a, b)| alike[a][b] > 0.0).map(|(a, b)| (mine[a], theirs[b])).collect()
}

fn transposed(table: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..table.first().map_or(0, Vec::len)).map(|column| table.iter().map(|row| row[column]).collect()).collect()
}

fn greedy(edges: &[Edge]) -> Vec<(usize, usize)> {
    let mut edges = edges.to_vec();
    edges.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.0.cmp(&y.0)).then(x.1.cmp(&y.1)));
    let (mut mine, mut theirs) = (HashSet::new(), HashSet::new());
    edges.retain(|(a, b, _)| {
        let free = !mine.contains(a) && !theirs.contains(b);
        if free {
            mine.insert(*a);
            theirs.insert(*b);
        }
        free
    });
    edges.into_iter().map(|(a, b, _)| (a, b)).collect()
}

/// A group may take so many steps, or so many for each cell of its table: far more than texts that people wrote need, and few enough
/// where all are alike.
const STEPS: usize = 8_000_000;
const STEPS_A_CELL: usize = 64;

/// For each row the column, so that the sum of the values is greatest: the method of Kuhn and Munkres with potentials, as Jonker and
/// Volgenant have it. No more rows than columns. None where that takes more than `most` steps.
fn hungarian(values: &[Vec<f64>], most: usize) -> Option<Vec<usize>> {
    let (rows, columns) = (values.len(), values.first().map_or(0, Vec::len));
    // Row and column 0 stand for none.
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut row_at = vec![0; columns + 1];
    let mut way = vec![0; columns + 1];
    let mut steps = 0;
    for row in 1..=rows {
        row_at[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        while row_at[column] != 0 {
            steps += columns;
            if steps > most {
                return None;
            }
            used[column] = true;
            let current = row_at[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for other in 1..=columns {
                if used[other] {
                    continue;
                }
                let cost = -values[current - 1][other - 1] - of_row[current] - of_column[other];
                if cost < least[other] {
                    (least[other], way[other]) = (cost, column);
                }
                if least[other] < delta {
                    (delta, next) = (least[other], other);
                }
            }
            for other in 0..=columns {
                if used[other] {
                    of_row[row_at[other]] += delta;
                    of_column[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = way[column];
            row_at[column] = row_at[before];
            column = before;
        }
    }
    let mut columns_of = vec![0; rows];
    for (column, &row) in row_at.iter().enumerate().skip(1).filter(|(_, row)| **row != 0) {
        columns_of[row - 1] = column - 1;
    }
    Some(columns_of)
}

/// Parts that could as well be linked otherwise: to a part that is left over, or in exchange with another pair.
/// `edges` are in their order.
fn doubts(pairs: &[(usize, usize)], edges: &[Edge], likeness: &Likeness) -> Vec<Doubt> {
    let of_edited: BTreeMap<usize, usize> = pairs.iter().map(|&(a, b)| (b, a)).collect();
    let value = |a: usize, b: usize| edges.binary_search_by_key(&(a, b), |edge| (edge.0, edge.1)).map_or(0.0, |at| edges[at].2);
    let mut doubts = Vec::new();
    for &(a, b) in pairs {
        let others = edges[edges.partition_point(|edge| edge.0 < a)..].iter().take_while(|edge| edge.0 == a).map(|edge| edge.1);
        let mut choices: Vec<usize> = others
            .filter(|&other| other != b)
            // The halves of what was split are no rivals.
            .filter(|&other| of_edited.contains_key(&other) || likeness.held_edited(other, b, a) <= HELD)
            .filter(|&other| match of_edited.get(&other) {
                None => value(a, other) > value(a, b) - CLOSE,
                Some(&rival) => value(a, other) + value(rival, b) > value(a, b) + value(rival, other) - CLOSE,
            })
            .collect();
        if !choices.is_empty() {
            choices.push(b);
            choices.sort_by(|x, y| value(a, *y).total_cmp(&value(a, *x)).then(x.cmp(y)));
            doubts.push(Doubt { machine: a, edited: choices });
        }
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::hungarian;

    #[test]
    fn the_sum_is_what_counts() {
        let hungarian = |values: &[Vec<f64>]| hungarian(values, usize::MAX);
        assert_eq!(hungarian(&[vec![0.9, 0.8], vec![0.8, 0.1]]), Some(vec![1, 0]));
        assert_eq!(hungarian(&[vec![0.1, 0.2, 0.9]]), Some(vec![2]));
        assert_eq!(hungarian(&[]), Some(Vec::new()));
    }

    proptest::proptest! {
        #[test]
        fn no_exchange_of_two_betters_it(values in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 6), 0..6)) {
            let columns = hungarian(&values, usize::MAX).expect("no bound");
            let sum: f64 = columns.iter().enumerate().map(|(row, column)| values[row][*column]).sum();
            for x in 0..columns.len() {
                for y in 0..x {
                    let changed = sum - values[x][columns[x]] - values[y][columns[y]] + values[x][columns[y]] + values[y][columns[x]];
                    proptest::prop_assert!(changed <= sum + 1e-9);
                }
            }
        }
    }
}
