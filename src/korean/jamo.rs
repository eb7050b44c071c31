//! Letters of Hangul that stand alone: which do so by right (ㅋㅋ, `ㄹ 받침`), and which were lost from a syllable.

use super::hangul::is_hangul;

/// A consonant of the compatibility letters (ㄱ, ㄳ, ㅎ).
pub fn is_consonant(c: char) -> bool {
    matches!(c, 'ㄱ'..='ㅎ' | 'ㅥ'..='ㆆ')
}

/// A vowel of the compatibility letters (ㅏ, ㅢ).
pub fn is_vowel(c: char) -> bool {
    matches!(c, 'ㅏ'..='ㅣ' | 'ㆇ'..='ㆎ')
}

/// A compatibility letter: what a keyboard writes before a syllable is whole.
pub fn is_jamo(c: char) -> bool {
    is_consonant(c) || is_vowel(c)
}

/// A letter that a syllable is stored in when it is decomposed.
pub fn is_conjoining(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115e}' | '\u{1161}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}')
}

/// Words of grammar and of writing: a text with one of them speaks of letters.
const GRAMMAR: &[&str] = &[
    "받침",
    "자음",
    "모음",
    "초성",
    "중성",
    "종성",
    "자모",
    "낱자",
    "한글",
    "철자",
    "맞춤법",
    "어미",
    "조사",
    "어간",
    "음절",
    "음운",
    "발음",
    "불규칙",
    "된소리",
    "두음",
    "글쇠",
    "자판",
    "홑소리",
    "닿소리",
];

/// Whether a text speaks of letters.
pub fn is_about_letters(text: &str) -> bool {
    GRAMMAR.iter().any(|word| text.contains(word))
}

/// Whether a run of compatibility letters is chat: one letter again and again (ㅋㅋ, ㅠㅠ, ㅇㅇ), or the first letters of words (ㅊㅋ, ㄱㅅ).
pub fn is_chat(run: &str) -> bool {
    let mut letters = run.chars();
    let (Some(first), Some(_)) = (letters.next(), letters.next()) else { return false };
    run.chars().all(|c| c == first) || run.chars().all(is_consonant) || run.chars().all(|c| matches!(c, 'ㅠ' | 'ㅜ' | 'ㅡ'))
}

/// Whether one letter stands as a name of itself between `before` and `after`: `'ㄹ'`, `(ㄱ)`, `-ㄴ다`, `ㄱ, ㄴ`, `ㄱ자`, `ㄱ.`.
pub fn is_named(run: &str, before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    if last.is_some_and(is_hangul) || run.chars().nth(1).is_some() {
        return false;
    }
    let is_shape = after.starts_with('자')
        && after.chars().nth(1).is_none_or(|c| !is_hangul(c) || matches!(c, '형' | '로' | '집' | '모' | '꼴' | '를' | '와' | '가'));
    let is_ending = last == Some('-') || last == Some('~');
    let is_marked = matches!(last, Some('\'' | '"' | '‘' | '“' | '(' | '[' | '「' | '/' | '·'));
    let closes = matches!(next, Some('\'' | '"' | '’' | '”' | ')' | ']' | '」' | '/' | '·'));
    // A label, or one of several: `ㄱ. …`, `ㄱ) …`, `ㄱ, ㄴ`.
    let starts = before.trim_end().is_empty() || before.trim_end().ends_with([',', '·', '/', '.']);
    let is_listed = starts && matches!(next, Some('.' | ')' | ',')) || (before.trim_end().ends_with(',') && !next.is_some_and(is_hangul));
    is_shape || is_ending || (is_marked && closes) || is_listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chat_is_told_from_lost_letters() {
        for run in ["ㅋㅋ", "ㅎㅎㅎ", "ㅠㅠ", "ㅠㅜ", "ㅇㅇ", "ㄱㅅ", "ㅡㅡ"] {
            assert!(is_chat(run), "{run}");
        }
        for run in ["ㅋ", "ㅏ", "ㅎㅏㄴ", "ㅏㅣ"] {
            assert!(!is_chat(run), "{run}");
        }
    }

    #[test]
    fn letters_are_named_in_their_ways() {
        for (before, run, after) in [
            ("", "ㄱ", "자 모양"),
            ("", "ㄷ", "자형"),
            ("어미 -", "ㄴ", "다"),
            ("'", "ㄹ", "'이"),
            ("", "ㄱ", ". 하나"),
            ("ㄱ, ", "ㄴ", ", ㄷ"),
            ("ㄱ, ", "ㄴ", ""),
        ] {
            assert!(is_named(run, before, after), "{before}|{run}|{after}");
        }
        for (before, run, after) in [("했", "ㄷ", "다"), ("나는 ", "ㅎ", "학교"), ("학교", "ㅎ", " 갔다"), ("나는 ", "ㅏ", " 갔다")]
        {
            assert!(!is_named(run, before, after), "{before}|{run}|{after}");
        }
        assert!(is_about_letters("앞말의 받침이") && !is_about_letters("모델이 배운다"));
    }
}
