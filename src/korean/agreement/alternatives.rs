//! Both forms of a particle left in a finished text: 을(를), (으)로.

use crate::korean::hangul::{is_hangul, run_len};
use crate::korean::host::sound_before;
use crate::korean::particle::Pair;
use crate::span::Span;

/// Both forms of a particle, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Where they stand.
    pub span: Span,
    /// The form that fits, where the host's sound is known.
    pub right: Option<String>,
}

/// The form before the bracket or slash, and the one after it.
const SIDE_BY_SIDE: &[(&str, &str)] = &[
    ("을", "를"),
    ("를", "을"),
    ("은", "는"),
    ("는", "은"),
    ("이", "가"),
    ("가", "이"),
    ("와", "과"),
    ("과", "와"),
    ("로", "으로"),
    ("으로", "로"),
    ("나", "이나"),
    ("이나", "나"),
];

/// Whether particles are themselves the matter of a text, so that both forms are named in it.
pub(super) fn is_about_particles(text: &str) -> bool {
    text.contains("조사") && text.contains("받침")
}

/// The alternative around the bracket or slash at `at`, if a person has to decide it.
pub(super) fn alternative(text: &str, at: usize) -> Option<Alternative> {
    let (before, rest) = (&text[..at], &text[at + 1..]);
    if text[at..].starts_with('(')
        && let Some(dropped @ ("으" | "이")) = rest.get(..3).filter(|_| rest[3..].starts_with(')'))
    {
        let run = &rest[4..4 + run_len(&rest[4..])];
        let pair = Pair::new(&format!("{dropped}{run}"), run)?;
        let span = at..at + 1 + 4 + run.len();
        return decided(before, span, &pair);
    }
    SIDE_BY_SIDE.iter().find_map(|(first, second)| {
        let host = before.strip_suffix(first)?;
        let after = rest.strip_prefix(second)?;
        let end = match text[at..].starts_with('(') {
            true => at + 1 + second.len() + after.starts_with(')').then_some(1)?,
            // 이/가 without brackets names particles unless it ends a word.
            false => Some(at + 1 + second.len()).filter(|_| !after.starts_with(|c: char| is_hangul(c) || c == '/' || c == '\''))?,
        };
        decided(host, host.len()..end, &Pair::new(first, second)?)
    })
}

/// The alternative after `host`, unless that is a placeholder, or nothing: then the particle is only mentioned.
fn decided(host: &str, span: Span, pair: &Pair) -> Option<Alternative> {
    let last = host.chars().next_back()?;
    let is_word = last.is_alphanumeric() || matches!(last, ')' | ']' | '”' | '’' | '"' | '\'' | '`' | '」' | '』' | '》' | '〉' | '%');
    let is_quoted_mention =
        matches!(last, '"' | '\'') && host[..host.len() - 1].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    let word = host[super::host_start(host, host.len())..].trim_start_matches(['"', '\'', '“', '‘', '(']);
    let is_placeholder = word.starts_with(['$', '%', '{', '<', '⟦'])
        || word.contains(['{', '}', '\u{fffc}'])
        || matches!(word, "~" | "○○" | "OO" | "XX" | "ㅇㅇ")
        || word.rfind('%').is_some_and(|at| {
            word[at + 1..].len() <= 3 && word[at + 1..].bytes().all(|b| b.is_ascii_alphanumeric()) && at + 1 < word.len()
        });
    if !is_word || is_quoted_mention || is_placeholder {
        return None;
    }
    Some(Alternative { span, right: sound_before(host).map(|reading| pair.fit(reading.sound).to_string()) })
}

#[cfg(test)]
mod tests {
    use super::super::faults;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let name = |one: Alternative| format!("{}>{}", &text[one.span], one.right.unwrap_or_else(|| "?".to_string()));
        faults(text, &[]).alternatives.into_iter().map(name).collect()
    }

    #[test]
    fn alternatives_are_found_and_decided() {
        assert_eq!(
            found("안장점을(를) 찾고 함수이(가) 모델(으)로부터 API(이)라는 점는(은)"),
            ["을(를)>을", "이(가)>가", "(으)로부터>로부터", "(이)라는>라는", "는(은)>은"]
        );
        assert_eq!(found("결과와(과) 값과(와) 사용자을/를 본다. trait을(를) 쓴다"), ["와(과)>와", "과(와)>과", "을/를>를", "을(를)>?"]);
        assert_eq!(found("`name`은(는) [문서](u)을(를)"), ["은(는)>은", "을(를)>를"]);
    }

    #[test]
    fn mentions_and_placeholders_are_left() {
        for text in [
            "{name}을(를) 연다",
            "%s을(를) 연다",
            "$x이(가) 없다",
            "<이름>을(를) 쓴다",
            "${file}(으)로 옮긴다",
            "'을(를)'을 쓴다",
            "을(를)이라고 쓴다",
            "`함수을(를)`",
            "은/는과 이/가",
            "조사 을/를, 받침에 따라 사과을(를)",
            "함수(이)다음",
            "점(을)",
            "그/그녀",
            "\u{fffc}을(를)",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
