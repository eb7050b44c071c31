//! `unbalanced-bracket`: a bracket or quotation mark without its other half.

use rustc_hash::FxHashSet;

use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::checks::Passage;
use crate::korean::seek::position;

/// See [`About`].
pub(super) struct UnbalancedBracket;

const ABOUT: About = About {
    name: "unbalanced-bracket",
    group: Group::Typography,
    severity: Severity::Hint,
    on: true,
    summary: "a bracket or quotation mark without its other half",
    meaning: "Machines and editors lose one half of a pair. Round, square and curly brackets, `「」 『』 《》 〈〉 【】` and quotation marks are counted in each
paragraph, wide ones (`（`) with their narrow twins. Labels (`a)`, `1)`, `가)`), smileys, intervals (`[0, 1)`), inches and apostrophes pass, and so does a kind that
the English item does not balance either.",
    example: Example {
        english: "- A model (a large one) learns.\n",
        glossary: "",
        wrong: "- 모델(큰 것은 배운다.\n",
        right: "- 모델(큰 것)은 배운다. 1) 하나 :)\n",
    },
    mend: "Write the other half, or take out the one that stands alone. Nothing is fixed by itself, because only the sense tells where it belongs.",
    waive: "The mark is what the sentence speaks of; better write it as code.",
};

impl Check for UnbalancedBracket {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts() {
            let mut english = None;
            for passage in context.korean_words(part) {
                if position(passage.text(), 0, may_be_half, is_half).is_none() {
                    continue;
                }
                for lone in lone(&passage) {
                    let english = english.get_or_insert_with(|| {
                        let passages = context.english_words(part);
                        passages.iter().flat_map(lone_kinds).collect::<FxHashSet<_>>()
                    });
                    if !english.contains(&lone.kind) {
                        findings.push(finding(&passage, &lone));
                    }
                }
            }
        }
    }
}

fn finding(passage: &Passage<'_>, lone: &Lone) -> Finding {
    let mark = passage.text()[lone.at..].chars().next().unwrap_or_default();
    let message = match lone.opens {
        true => format!("`{mark}` is not closed"),
        false => format!("`{mark}` closes nothing"),
    };
    Finding {
        help: Some("write its other half, or take it out".to_owned()),
        ..Finding::new(ABOUT.name, ABOUT.severity, passage.span(lone.at..lone.at + mark.len_utf8()), message)
    }
}

fn lone_kinds(passage: &Passage<'_>) -> Vec<usize> {
    lone(passage).into_iter().map(|lone| lone.kind).collect()
}

/// A half without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lone {
    /// Its place in the passage.
    at: usize,
    /// Index into [`PAIRS`].
    kind: usize,
    opens: bool,
}

/// What opens and what closes; a row's marks are of one kind.
const PAIRS: &[(&[char], &[char])] = &[
    (&['(', '（'], &[')', '）']),
    (&['[', '［'], &[']', '］']),
    (&['{', '｛'], &['}', '｝']),
    (&['「', '｢'], &['」', '｣']),
    (&['『'], &['』']),
    (&['《', '≪'], &['》', '≫']),
    (&['〈'], &['〉']),
    (&['【'], &['】']),
    (&['〔'], &['〕']),
    (&['“'], &['”']),
    (&['‘'], &['’']),
    (&['"'], &['"']),
];
/// Bytes of an interval, and faces of a paragraph that may close a bracket.
const INTERVAL: usize = 40;
const MOST_SMILES: usize = 16;

const ROUND: usize = 0;
const SQUARE: usize = 1;
const SINGLE: usize = 10;
const STRAIGHT: usize = 11;

fn is_half(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '‘' | '’' | '≪' | '≫' | '\u{3008}'..='\u{3011}' | '〔' | '〕')
        || matches!(c, '（' | '）' | '［' | '］' | '｛' | '｝' | '｢' | '｣')
}

/// The first bytes of [`is_half`]'s marks.
fn may_be_half(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | 0xE2 | 0xE3 | 0xEF)
}

/// The halves that stand alone, in the order of their kinds.
fn lone(passage: &Passage<'_>) -> Vec<Lone> {
    let text = passage.text();
    let hidden = |at: usize| passage.view.is_hidden(passage.range.start + at..passage.range.start + at + 1);
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); PAIRS.len()];
    let mut found: Vec<Lone> = Vec::new();
    let mut smiles = Vec::new();
    let mut next = 0;
    while let Some((at, c)) = position(text, next, may_be_half, is_half) {
        next = at + c.len_utf8();
        if hidden(at) {
            continue;
        }
        if c == '"' {
            straight(text, at, &mut open[STRAIGHT], &mut found);
            continue;
        }
        let Some((kind, opens)) = kind_of(c) else { continue };
        if kind == ROUND && is_smile(text, at) {
            if smiles.len() < MOST_SMILES {
                smiles.push((at, opens));
            }
            continue;
        }
        if opens {
            let is_year = kind == SINGLE && text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
            if !is_year {
                open[kind].push(at);
            }
            continue;
        }
        if open[kind].pop().is_some() {
            continue;
        }
        // `[0, 1)` and `(0, 1]` are intervals.
        let other = match kind {
            ROUND => SQUARE,
            SQUARE => ROUND,
            _ => kind,
        };
        if open[other].last().is_some_and(|&from| at - from <= INTERVAL && text.get(from + 1..at).is_some_and(is_interval)) {
            open[other].pop();
        } else if kind != SINGLE && !(kind == ROUND && is_label(&text[..at])) {
            found.push(Lone { at, kind, opens: false });
        }
    }
    for (kind, places) in open.into_iter().enumerate() {
        for at in places {
            // `(안녕 :)`: the smile closes the bracket as well.
            match smiles.iter().position(|&(smile, opens)| kind == ROUND && !opens && smile > at) {
                Some(smile) => drop(smiles.remove(smile)),
                None => found.push(Lone { at, kind, opens: true }),
            }
        }
    }
    found.sort_by_key(|lone| lone.at);
    found
}

fn kind_of(c: char) -> Option<(usize, bool)> {
    match c {
        '(' => return Some((ROUND, true)),
        ')' => return Some((ROUND, false)),
        _ => {}
    }
    PAIRS.iter().enumerate().find_map(
        |(kind, (opening, closing))| {
            if opening.contains(&c) { Some((kind, true)) } else { closing.contains(&c).then_some((kind, false)) }
        },
    )
}

/// A straight mark opens or closes by what stands beside it; where that tells nothing, by what is open.
fn straight(text: &str, at: usize, open: &mut Vec<usize>, found: &mut Vec<Lone>) {
    let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
    let is_free = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let inch = open.is_empty() && before.is_some_and(|c| c.is_ascii_digit());
    if inch {
        return;
    }
    // A mark before a comma opens nothing.
    let begins = after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '?' | '!' | ';' | ':' | ')' | ']' | '”' | '’'));
    let may_open =
        begins && before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '‘' | '\'' | '“' | '「' | '—' | '–' | '-' | '/'));
    let may_close = !is_free(before);
    match open.pop() {
        // Two openers in a row: the first was never closed.
        Some(first) if may_open && !may_close => {
            found.push(Lone { at: first, kind: STRAIGHT, opens: true });
            open.push(at);
        }
        Some(_) => {}
        None if may_close && !may_open && is_free(after) => found.push(Lone { at, kind: STRAIGHT, opens: false }),
        None => open.push(at),
    }
}

/// `:)`, `;-)`, `=(`, `^^)`, `ㅠ)`: a face.
fn is_smile(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['-', 'o', '\'', '^']);
    let eyes = before.chars().next_back();
    let is_face = matches!(eyes, Some(':' | ';' | '=')) && !before.ends_with("::") && text[..at].len() - before.len() <= 1;
    is_face || text[..at].ends_with("^^") || text[..at].ends_with("^_^") || text[..at].ends_with(":D")
}

/// Whether the words before `)` end in the label of a list: `1)`, `a)`, `iv)`, `가)`, `①)`, after a blank, a comma or nothing.
fn is_label(before: &str) -> bool {
    let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| before.ceil_char_boundary(at + 1));
    let label = &before[start..];
    let count = label.chars().count();
    let is_short = match label.chars().next() {
        Some(c) if c.is_ascii_digit() => count <= 3 && label.bytes().all(|b| b.is_ascii_digit()),
        Some(c) if c.is_ascii_alphabetic() => count == 1 || (count <= 4 && label.bytes().all(|b| b"ivxIVX".contains(&b))),
        Some(c) if is_ordinal(c) => count == 1,
        Some(c) => count == 1 && !crate::korean::hangul::is_hangul(c),
        None => false,
    };
    let ahead = before[..start].chars().next_back();
    // `CC BY 4.0)`, `p < 0.05)`: a decimal is no label.
    let is_decimal = label.bytes().all(|b| b.is_ascii_digit())
        && before[..start].strip_suffix('.').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    is_short
        && !is_decimal
        && ahead.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '·' | ';' | ':' | '.' | '\u{FFFC}' | '"' | '“' | '‘' | '\''))
}

/// Syllables and letters that Korean lists count with.
fn is_ordinal(c: char) -> bool {
    matches!(c, '가' | '나' | '다' | '라' | '마' | '바' | '사' | '아' | '자' | '차' | '카' | '타' | '파' | '하' | 'ㄱ'..='ㅎ')
}

/// Whether the words between two brackets are the ends of an interval.
fn is_interval(inside: &str) -> bool {
    inside.contains(',')
        && inside.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | ' ' | '.' | '-' | '+' | '∞' | '−' | 'π' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::korean::view::View;

    #[track_caller]
    fn assert_lone(text: &str, expected: &[&str]) {
        let view = View::of(text);
        let passage = Passage { view: &view, range: 0..text.len() };
        let found: Vec<String> = lone(&passage).into_iter().map(|lone| text[lone.at..].chars().take(2).collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lone_halves_are_found() {
        assert_lone("모델(큰 것은 배운다", &["(큰"]);
        assert_lone("모델 큰 것)은 배운다", &[")은"]);
        assert_lone("((가)", &["(("]);
        assert_lone("그는 “그래라고 했다", &["“그"]);
        assert_lone("그는 그래”라고 했다", &["”라"]);
        assert_lone("「가」와 『나와 《다》", &["『나"]);
        assert_lone("그는 \"그래라고 했다", &["\"그"]);
        assert_lone("그는 그래\"라고 했다", &["\"라"]);
        assert_lone("\"가\"와 \"나와 \"다\"를", &["\"나"]);
        assert_lone("‘가를 본다", &["‘가"]);
        assert_lone("배열[0은", &["[0"]);
    }

    #[test]
    fn pairs_labels_and_faces_pass() {
        for text in [
            "모델(큰 것)은 [나] {다} “라” ‘마’ \"바\"를",
            "1) 하나 2) 둘, a) 셋 iv) 넷 가) 다섯",
            "좋다 :) 그래 ;-) 음 :( 와 ^^)",
            "(좋다 :)",
            "구간 [0, 1)과 (0, 1]",
            "（가)와 (나）",
            "5\" 화면과 6\" 화면",
            "\"2021\"은 \"5\"다",
            "‘90년대와 rock ’n’ roll",
            "Moore’s 법칙",
            "(\"가\")와 (“나”)",
            "\"No. 11 \", 그리고",
            "≪가≫와 《나》",
        ] {
            assert_lone(text, &[]);
        }
    }
}
