//! Turns of phrase that Korean has from translations (번역투).

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::sentence::is_end_mark;

/// A phrase, as bytes of the (composed) text, and how to say it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its bytes.
    pub range: Range<usize>,
    /// What to write.
    pub advice: &'static str,
}

/// Phrases that are told by their letters.
#[rustfmt::skip]
const PHRASES: &[(&str, &str)] = &[
    ("에 있어서", "write `에서`, `에`, or `할 때`"), ("에 있어 ", "write `에서`, `에`, or `할 때`"), ("함에 있어", "write `할 때`"),
    ("을 필요로 하", "write `이 필요하다`"), ("를 필요로 하", "write `가 필요하다`"), ("을 필요로 한", "write `이 필요하다`"), ("를 필요로 한", "write `가 필요하다`"), ("을 필요로 합", "write `이 필요하다`"), ("를 필요로 합", "write `가 필요하다`"), ("을 필요로 했", "write `이 필요하다`"), ("를 필요로 했", "write `가 필요하다`"),
    ("수 있는 것이", "write `수 있다`"), ("수 있는 것입", "write `수 있다`"),
    ("되어지", "write `되다`: the passive stands twice"), ("되어진", "write `되다`: the passive stands twice"), ("되어졌", "write `되다`: the passive stands twice"), ("되어집", "write `되다`: the passive stands twice"), ("되어져", "write `되다`: the passive stands twice"), ("되어질", "write `되다`: the passive stands twice"),
    ("보여지", "write `보이다`: the passive stands twice"), ("보여진", "write `보이다`: the passive stands twice"), ("보여졌", "write `보이다`: the passive stands twice"), ("보여집", "write `보이다`: the passive stands twice"),
    ("쓰여지", "write `쓰이다`: the passive stands twice"), ("쓰여진", "write `쓰이다`: the passive stands twice"), ("쓰여졌", "write `쓰이다`: the passive stands twice"), ("불리워", "write `불리다`: the passive stands twice"), ("불려지", "write `불리다`: the passive stands twice"), ("불려진", "write `불리다`: the passive stands twice"), ("잊혀지", "write `잊히다`: the passive stands twice"), ("잊혀진", "write `잊히다`: the passive stands twice"), ("나뉘어지", "write `나뉘다`: the passive stands twice"), ("나뉘어진", "write `나뉘다`: the passive stands twice"), ("놓여지", "write `놓이다`: the passive stands twice"), ("놓여진", "write `놓이다`: the passive stands twice"),
    ("으로 하여금", "write `에게` or `이`"), ("로 하여금", "write `에게` or `가`"), ("이 아닐 수 없", "write `이다`"), ("에 다름 아니", "write `와 다름없다`"),
];

/// As many bytes as tell a phrase from almost everything else; every phrase is longer.
const HEAD: usize = 7;

/// The phrases by their first bytes.
static BY_HEAD: LazyLock<FxHashMap<&'static [u8], Vec<usize>>> = LazyLock::new(|| {
    let mut phrases: FxHashMap<&'static [u8], Vec<usize>> = FxHashMap::default();
    for (index, (phrase, _)) in PHRASES.iter().enumerate() {
        phrases.entry(&phrase.as_bytes()[..HEAD]).or_default().push(index);
    }
    phrases
});

/// Whether such a phrase may begin with a syllable.
fn begins(c: char) -> bool {
    matches!(c, '에' | '함' | '을' | '를' | '수' | '되' | '보' | '쓰' | '불' | '잊' | '나' | '놓' | '으' | '로' | '이')
}

/// The phrase that a text begins with.
fn phrase_at(rest: &str) -> Option<&'static (&'static str, &'static str)> {
    let phrases = BY_HEAD.get(rest.as_bytes().get(..HEAD)?)?;
    phrases.iter().map(|&index| &PHRASES[index]).find(|(phrase, _)| rest.starts_with(phrase))
}

/// Every such phrase, in order.
pub fn translationese(text: &str) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    // Few texts have what is heavy in company only; the others need not be cut into sentences.
    let (mut is_heavy, mut plurals) = (false, 0);
    for (at, c) in text.char_indices() {
        plurals += usize::from(c == '들');
        if begins(c) {
            let rest = &text[at..];
            is_heavy |= c == '에' && (rest.starts_with("에 의해") || rest.starts_with("에 대"));
            found.extend(phrase_at(rest).map(|(phrase, advice)| Phrase { range: at..at + phrase.trim_end().len(), advice }));
        }
    }
    if is_heavy || plurals > MOST_PLURALS {
        let mut start = 0;
        for sentence in text.split_inclusive(is_end_mark) {
            in_sentence(sentence, start, &mut found);
            start += sentence.len();
        }
    }
    found.sort_by_key(|phrase| (phrase.range.start, std::cmp::Reverse(phrase.range.end)));
    found.dedup_by(|next, before| next.range.start < before.range.end);
    found
}

/// What is only heavy in company: 에 의해 with a passive, two 에 대한, many plurals.
fn in_sentence(sentence: &str, start: usize, found: &mut Vec<Phrase>) {
    for (at, phrase) in sentence.match_indices("에 의해") {
        let rest = &sentence[at + phrase.len()..];
        if PASSIVES.iter().any(|passive| rest.contains(passive)) {
            found.push(Phrase { range: start + at..start + at + phrase.len(), advice: "make the doer the subject" });
        }
    }
    let mut chain = ["에 대한", "에 대해", "에 대하여"].iter().flat_map(|phrase| sentence.match_indices(phrase)).collect::<Vec<_>>();
    chain.sort_by_key(|(at, phrase)| (*at, std::cmp::Reverse(phrase.len())));
    chain.dedup_by_key(|(at, _)| *at);
    found.extend(
        chain
            .iter()
            .skip(1)
            .map(|(at, phrase)| Phrase { range: start + at..start + at + phrase.len(), advice: "write `을` or `를` for one of them" }),
    );
    let is_plural = |at: &usize| PLURALS.iter().any(|plural| sentence[*at..].starts_with(plural));
    let plurals: Vec<usize> = sentence.match_indices('들').map(|(at, _)| at).filter(is_plural).collect();
    if plurals.len() > MOST_PLURALS
        && let Some(&last) = plurals.last()
    {
        found.push(Phrase {
            range: start + last..start + last + "들".len(),
            advice: "leave `들` out where the context says that there are many",
        });
    }
}

/// Passives behind 에 의해.
const PASSIVES: &[&str] =
    &["되었", "됐", "된", "되는", "되며", "된다", "됩니다", "되어", "되고", "받", "당했", "당한", "졌", "진다", "집니다", "지는"];

/// 들 with the particles that show it to be the plural.
const PLURALS: &[&str] = &["들은 ", "들이 ", "들을 ", "들의 ", "들에게 ", "들과 ", "들도 ", "들에 "];

/// The most plurals of a sentence that nobody stumbles over.
const MOST_PLURALS: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_begins_with_a_known_syllable() {
        for (phrase, _) in PHRASES {
            assert!(phrase.starts_with(begins), "{phrase}");
        }
    }

    #[test]
    fn phrases_are_found_once_each() {
        for (text, expected) in [
            ("학습에 있어서 자료를 필요로 한다.", vec!["에 있어서", "를 필요로 한"]),
            ("모델은 이렇게 되어진다.", vec!["되어진"]),
            ("팀에 의해 만들어졌다.", vec!["에 의해"]),
            ("값에 대한 연구에 대한 글", vec!["에 대한"]),
            ("저자들은 모델들을 자료들의 값으로 본다.", vec!["들"]),
            ("볼 수 있는 것이다.", vec!["수 있는 것이"]),
            ("그로 하여금 보게 한다.", vec!["로 하여금"]),
            ("학습할 때 자료가 필요하다. 법에 의해서다. 되었다. 모델에 대한 글. 저자들은 모른다.", vec![]),
        ] {
            let found: Vec<&str> = translationese(text).into_iter().map(|phrase| &text[phrase.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
