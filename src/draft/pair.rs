//! Which Korean segment belongs to which English one: by links, by what the record knows, and by place between certain neighbours.
//!
//! What is not certain stays unpaired: a wrong pair would put one item's words under another.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::digest::{Digest, Kind, fold};

/// The Korean side of an English digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// For each English segment, the index of its Korean one.
    pub segments: Vec<Option<usize>>,
    /// For each English item, the index of its Korean one.
    pub items: Vec<Option<usize>>,
    /// Items of either language that a person said have no other side: they are not looked for.
    pub alone: Alone,
}

/// Items without another side, by their indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alone {
    /// Taken out of the Korean.
    pub english: Vec<usize>,
    /// Added to the Korean.
    pub korean: Vec<usize>,
}

/// Pairs two digests. `known[e]` holds Korean texts that English segment `e` is known to have, as they stand in files; its
/// own English text is always one of them.
pub fn pair(english: &Digest<'_>, korean: &Digest<'_>, known: &[Vec<&str>]) -> Pairs {
    let texts = known_pairs(english, korean, known);
    let mut pairs = Pairs { segments: vec![None; english.segments.len()], items: vec![None; english.items.len()], alone: Alone::default() };
    items_by_votes(english, korean, &texts, &mut pairs.items);
    let mut outside = vec![None; english.segments.len()];
    for (e, segment) in english.segments.iter().enumerate().filter(|(_, s)| s.item.is_none()) {
        outside[e] = texts[e].filter(|&k| korean.segments[k].item.is_none() && korean.segments[k].kind == segment.kind);
    }
    fill_gaps(english, korean, &mut pairs.items, &mut outside);
    for (item, paired) in pairs.items.iter().enumerate() {
        if let Some(paired) = paired {
            segments_of_item(english, korean, item, *paired, |e| texts[e], &mut pairs.segments);
        }
    }
    for (e, k) in outside.into_iter().enumerate().filter(|(_, k)| k.is_some()) {
        pairs.segments[e] = k;
    }
    pairs
}

/// For each English segment the one Korean segment with a text known to be its own.
fn known_pairs(english: &Digest<'_>, korean: &Digest<'_>, known: &[Vec<&str>]) -> Vec<Option<usize>> {
    // Where each text stands, or that it stands in several places.
    let mut places: HashMap<Cow<'_, str>, Option<usize>> = HashMap::with_capacity(korean.segments.len());
    for (k, segment) in korean.segments.iter().enumerate() {
        places.entry(fold(korean.bytes(segment))).and_modify(|place| *place = None).or_insert(Some(k));
    }
    // Who claims a Korean segment, or that several do.
    let mut claims: Vec<Option<Option<usize>>> = vec![None; korean.segments.len()];
    for (e, segment) in english.segments.iter().enumerate() {
        let own = std::iter::once(english.bytes(segment)).chain(known[e].iter().copied());
        let mut found = own.filter_map(|text| places.get(fold(text).as_ref()));
        if let Some(Some(only)) = found.next()
            && found.all(|place| *place == Some(*only))
        {
            claims[*only] = Some(if claims[*only].is_none() { Some(e) } else { None });
        }
    }
    let mut pairs = vec![None; english.segments.len()];
    for (k, e) in claims.into_iter().enumerate().filter_map(|(k, claim)| Some((k, claim??))) {
        pairs[e] = Some(k);
    }
    pairs
}

/// Items that agree on where they belong: every link and every known text of theirs is a vote.
fn items_by_votes(english: &Digest<'_>, korean: &Digest<'_>, texts: &[Option<usize>], items: &mut [Option<usize>]) {
    let mut votes: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (e, k) in texts.iter().enumerate() {
        if let (Some(item), Some(k)) = (english.segments[e].item, k)
            && let Some(other) = korean.segments[*k].item
        {
            *votes.entry((item as usize, other as usize)).or_default() += 1;
        }
    }
    let there = unique_links(korean);
    for (link, item) in unique_links(english) {
        if let Some(other) = there.get(&link) {
            *votes.entry((item, *other)).or_default() += 1;
        }
    }
    let mut best_of_english: FxHashMap<usize, (usize, usize, bool)> = FxHashMap::default();
    let mut best_of_korean: FxHashMap<usize, (usize, usize, bool)> = FxHashMap::default();
    for (&(e, k), &count) in &votes {
        for (best, mine, other) in [(&mut best_of_english, e, k), (&mut best_of_korean, k, e)] {
            let entry = best.entry(mine).or_insert((other, 0, false));
            if count > entry.1 {
                *entry = (other, count, false);
            } else if count == entry.1 {
                entry.2 = true;
            }
        }
    }
    for (e, (k, _, tie)) in best_of_english {
        if !tie && best_of_korean.get(&k).is_some_and(|(back, _, tie)| *back == e && !tie) {
            items[e] = Some(k);
        }
    }
}

/// Addresses that one item alone has, with the item.
fn unique_links(digest: &Digest<'_>) -> HashMap<String, usize> {
    let mut owner: HashMap<String, Option<usize>> = HashMap::new();
    for index in 0..digest.items.len() {
        let mut links: Vec<_> = digest.addresses(index).into_iter().map(normal_address).collect();
        links.sort_unstable();
        links.dedup();
        for link in links {
            owner.entry(link).and_modify(|o| *o = None).or_insert(Some(index));
        }
    }
    owner.into_iter().filter_map(|(link, item)| Some((link, item?))).collect()
}

/// An address without what does not matter: scheme, case of the host, tracking, a slash at the end.
pub fn normal_address(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let (rest, fragment) = rest.split_once('#').map_or((rest, None), |(rest, fragment)| (rest, Some(fragment)));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let mut out = String::with_capacity(link.len() + 1);
    out.push_str(host);
    out.make_ascii_lowercase();
    out.push('/');
    out.push_str(path.trim_end_matches('/'));
    let mut joint = '?';
    for part in query.split('&').filter(|part| !part.is_empty() && !part.starts_with("utm_")) {
        out.push(joint);
        out.push_str(part);
        joint = '&';
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

/// An item or a segment outside items, in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Item(usize),
    Outside(usize),
}

/// Where each part stands among the parts of its digest.
pub(crate) struct Places(FxHashMap<Part, usize>);

impl Places {
    pub fn of(parts: &[Part]) -> Self {
        Self(parts.iter().enumerate().map(|(at, part)| (*part, at)).collect())
    }

    pub fn get(&self, part: Part) -> Option<usize> {
        self.0.get(&part).copied()
    }
}

/// The parts of a digest in order.
pub(crate) fn parts(digest: &Digest<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut item = 0;
    for (index, segment) in digest.segments.iter().enumerate() {
        while item < digest.items.len() && digest.items[item].start <= segment.start {
            parts.push(Part::Item(item));
            item += 1;
        }
        if segment.item.is_none() {
            parts.push(Part::Outside(index));
        }
    }
    parts.extend((item..digest.items.len()).map(Part::Item));
    parts
}

/// Between neighbours that are certain, parts of the same kinds in the same number belong together in their order.
fn fill_gaps(english: &Digest<'_>, korean: &Digest<'_>, items: &mut [Option<usize>], outside: &mut [Option<usize>]) {
    let (mine, theirs) = (parts(english), parts(korean));
    let places = Places::of(&theirs);
    let partner = |part: &Part, items: &[Option<usize>], outside: &[Option<usize>]| match *part {
        Part::Item(i) => items[i].and_then(|k| places.get(Part::Item(k))),
        Part::Outside(s) => outside[s].and_then(|k| places.get(Part::Outside(k))),
    };
    let anchors: Vec<(usize, usize)> =
        mine.iter().enumerate().filter_map(|(at, part)| Some((at, partner(part, items, outside)?))).collect();
    let taken: FxHashSet<usize> = anchors.iter().map(|(_, there)| *there).collect();
    let mut bounds = longest_increasing(&anchors);
    bounds.push((mine.len(), theirs.len()));
    let mut from = (0, 0);
    for (e, k) in bounds {
        let gap_e: Vec<Part> = (from.0..e).filter(|&at| partner(&mine[at], items, outside).is_none()).map(|at| mine[at]).collect();
        let gap_k: Vec<Part> = (from.1..k).filter(|at| !taken.contains(at)).map(|at| theirs[at]).collect();
        // Items that one side alone has do not make the place of a heading or a greeting uncertain, nor the other way round.
        for is_item in [true, false] {
            let of_kind = |gap: &[Part]| gap.iter().copied().filter(|part| matches!(part, Part::Item(_)) == is_item).collect::<Vec<_>>();
            let (mine, theirs) = (of_kind(&gap_e), of_kind(&gap_k));
            if mine.len() != theirs.len() || !mine.iter().zip(&theirs).all(|(a, b)| alike(english, korean, *a, *b)) {
                continue;
            }
            for (a, b) in mine.into_iter().zip(theirs) {
                match (a, b) {
                    (Part::Item(a), Part::Item(b)) => items[a] = Some(b),
                    (Part::Outside(a), Part::Outside(b)) => outside[a] = Some(b),
                    _ => {}
                }
            }
        }
        from = (e + 1, k + 1);
    }
}

/// Whether two parts could be each other's translation by their structure.
fn alike(english: &Digest<'_>, korean: &Digest<'_>, a: Part, b: Part) -> bool {
    match (a, b) {
        (Part::Item(a), Part::Item(b)) => {
            let links = |digest: &Digest<'_>, item: usize| {
                let mut links: Vec<_> = digest.addresses(item).into_iter().map(normal_address).collect();
                links.sort_unstable();
                links
            };
            kinds(english, a) == kinds(korean, b) && links(english, a) == links(korean, b)
        }
        (Part::Outside(a), Part::Outside(b)) => english.segments[a].kind == korean.segments[b].kind,
        _ => false,
    }
}

fn kinds(digest: &Digest<'_>, item: usize) -> Vec<Kind> {
    digest.segments_of(item).map(|s| s.kind).collect()
}

/// The longest run of anchors that both sides have in the same order.
pub(crate) fn longest_increasing(anchors: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; anchors.len()];
    for (index, (_, there)) in anchors.iter().enumerate() {
        let at = tails.partition_point(|&tail| anchors[tail].1 < *there);
        if at > 0 {
            before[index] = tails[at - 1];
        }
        if at == tails.len() {
            tails.push(index);
        } else {
            tails[at] = index;
        }
    }
    let mut run = Vec::new();
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        run.push(anchors[at]);
        at = before[at];
    }
    run.reverse();
    run
}

/// The segments of two paired items, where nothing is known of their texts.
pub(crate) fn segments_of_items(english: &Digest<'_>, korean: &Digest<'_>, a: usize, b: usize, pairs: &mut [Option<usize>]) {
    segments_of_item(english, korean, a, b, |_| None, pairs);
}

/// The segments of two paired items: all in order where their kinds agree, else those that can only be each other's. `text` tells the
/// Korean segment that has a text known to be an English segment's own.
fn segments_of_item(
    english: &Digest<'_>,
    korean: &Digest<'_>,
    a: usize,
    b: usize,
    text: impl Fn(usize) -> Option<usize>,
    pairs: &mut [Option<usize>],
) {
    let (mine, theirs) = (english.segment_indices_of(a), korean.segment_indices_of(b));
    if kinds(english, a) == kinds(korean, b) {
        for (e, k) in mine.zip(theirs) {
            pairs[e] = Some(k);
        }
        return;
    }
    for e in mine.clone() {
        pairs[e] = text(e).filter(|k| theirs.contains(k));
    }
    let used: FxHashSet<usize> = mine.clone().filter_map(|e| pairs[e]).collect();
    for kind in [Kind::Title, Kind::Commentary] {
        let mut all_e = mine.clone().filter(|&e| english.segments[e].kind == kind);
        let mut all_k = theirs.clone().filter(|&k| korean.segments[k].kind == kind);
        if let (Some(e), None, Some(k), None) = (all_e.next(), all_e.next(), all_k.next(), all_k.next())
            && pairs[e].is_none()
            && !used.contains(&k)
        {
            pairs[e] = Some(k);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Format;

    fn paired(english: &str, korean: &str) -> Vec<(String, Option<String>)> {
        let (e, k) = (Digest::parse(english, Format::Markdown, None), Digest::parse(korean, Format::Markdown, None));
        let known = vec![Vec::new(); e.segments.len()];
        let pairs = pair(&e, &k, &known);
        let name = |d: &Digest<'_>, s: usize| d.bytes(&d.segments[s]).to_owned();
        pairs.segments.iter().enumerate().map(|(s, other)| (name(&e, s), other.map(|o| name(&k, o)))).collect()
    }

    fn korean_of<'p>(pairs: &'p [(String, Option<String>)], english: &str) -> Option<&'p str> {
        pairs.iter().find(|(e, _)| e == english).and_then(|(_, k)| k.as_deref())
    }

    #[test]
    fn moved_items_are_found_by_their_links() {
        let pairs = paired(
            "# H\n\n- [A](u://a) – one\n- [B](u://b) – two\n\nBye\n",
            "# 제목\n\n- [나](u://b) – 둘\n- [가](u://a) – 하나\n\n안녕\n",
        );
        assert_eq!(korean_of(&pairs, "one"), Some("하나"));
        assert_eq!(korean_of(&pairs, "B"), Some("나"));
        assert_eq!(korean_of(&pairs, "H"), Some("제목"));
        assert_eq!(korean_of(&pairs, "Bye"), Some("안녕"));
    }

    #[test]
    fn an_item_without_links_needs_certain_neighbours() {
        let english = "- [A](u://a)\n- no link\n- [B](u://b)\n";
        assert_eq!(korean_of(&paired(english, "- [가](u://a)\n- 링크 없음\n- [나](u://b)\n"), "no link"), Some("링크 없음"));
        assert_eq!(korean_of(&paired(english, "- [가](u://a)\n- 링크 없음\n- 하나 더\n- [나](u://b)\n"), "no link"), None);
    }

    #[test]
    fn an_address_is_the_same_with_and_without_its_trimmings() {
        assert_eq!(normal_address("http://A.b/c/?utm_source=x"), normal_address("https://a.b/c"));
        assert_ne!(normal_address("https://a.b/c?q=1"), normal_address("https://a.b/c"));
    }
}
