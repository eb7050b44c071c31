//! What a particle agrees with: the text before it, looked at through quotes, markup, brackets and footnote marks.
//!
//! Every look back for the other mark of a pair is bounded, so that hostile text costs no more than another.

use super::hangul::{is_hangul, is_letter_or_figure};
use super::reading::{self, Reading};

/// How far back, in bytes, the other mark of a pair is looked for.
const REACH: usize = 400;

/// How many pairs are looked through one inside the other.
const DEPTH: usize = 8;

/// Marks that close or emphasise and are not read.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '’'
            | '”'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '»'
            | '›'
            | '＂'
            | '*'
            | '_'
            | '~'
            | '`'
            | '\u{200b}'
            | '\u{feff}'
            | '®'
            | '™'
            | '©'
    )
}

/// Elements of HTML whose tags may stand inside a sentence.
const TAGS: &[&str] = &[
    "a", "abbr", "b", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "p", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var", "td", "th", "li", "div",
];

/// How the text before a particle ends when it is read aloud; `None` where that is open or unknown.
///
/// `text` is everything that stands before the particle, plain or with its Markdown. Brackets that explain the word before them are passed
/// over (첨부 파일(계약서), SMTP(Simple Mail Transfer Protocol)), function expressions are read through (f(x)), and so are quotes, emphasis,
/// code marks, a link's text and HTML tags.
pub fn sound_before(text: &str) -> Option<Reading> {
    look(text, DEPTH)
}

fn look(text: &str, depth: usize) -> Option<Reading> {
    let depth = depth.checked_sub(1)?;
    let text = text.trim_end();
    let last = text.chars().next_back()?;
    let before = &text[..text.len() - last.len_utf8()];
    match last {
        '`' => inside_code(code(text)?, depth),
        '$' if before.ends_with('$') => look(before, depth),
        '$' => formula(before),
        ')' | '）' => round_bracket(text, before, depth),
        ']' | '］' | '】' => square_bracket(text, before, depth),
        '}' => None,
        '>' => match tag(text) {
            Some(outside) => look(outside, depth),
            // <함수> as a quotation; Vec<T> and <name> are no words.
            None if before.ends_with(is_hangul) && opening(text, '<', '>').is_some() => look(before, depth),
            None => None,
        },
        '.' | '!' | '?' | ',' | '…' | ';' | ':' | '！' | '？' | '。' => look(before, depth).map(Reading::weakened),
        c if is_silent(c) => look(text.trim_end_matches(is_silent_run), depth),
        _ => reading::sound(text),
    }
}

/// Silent marks but the back-tick, which may close a code span.
fn is_silent_run(c: char) -> bool {
    c != '`' && is_silent(c)
}

/// The contents of the code span that `text` ends with.
fn code(text: &str) -> Option<&str> {
    let ticks = text.len() - text.trim_end_matches('`').len();
    let inner = &text[..text.len() - ticks];
    let reach = &inner[floor(inner, inner.len().saturating_sub(REACH))..];
    let start = reach.rfind('`')? + 1;
    Some(&reach[start..]).filter(|inner| !inner.trim().is_empty())
}

/// Code is read like a name; what is more than a name may be read in many ways.
fn inside_code(inner: &str, depth: usize) -> Option<Reading> {
    let is_name = inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '@'));
    let inner = inner.trim();
    let reading = match inner.strip_suffix("()") {
        Some(name) => look(name, depth),
        None => match inner.strip_suffix(')').and_then(|_| opening(inner, '(', ')')) {
            Some(open) => arguments(inner, open),
            None => look(inner, depth),
        },
    };
    reading.map(|reading| if is_name { reading } else { reading.weakened() })
}

/// `[…](…)`, a function expression, an explanation after a word, or a bracket on its own.
fn round_bracket(text: &str, before_close: &str, depth: usize) -> Option<Reading> {
    let (left, right) = if text.ends_with(')') { ('(', ')') } else { ('（', '）') };
    let open = opening(text, left, right)?;
    let outside = &text[..open];
    if let Some(label) = outside.strip_suffix(']')
        && let Some(start) = opening(outside, '[', ']')
    {
        return look(&label[start + 1..], depth);
    }
    if let Some(reading) = function(text, open) {
        return reading;
    }
    // A straight quotation mark behind a letter closes: '팬'(구독 함수).
    let quoted = outside.trim_end().trim_end_matches(['"', '\'']);
    let closed = if quoted.ends_with(is_letter_or_figure) { quoted } else { outside };
    let has_host =
        closed.trim_end().ends_with(|c: char| !is_opening(c) && !matches!(c, ',' | ':' | ';' | '.' | '!' | '?' | '-' | '–' | '—'));
    let inner = &before_close[open + left.len_utf8()..];
    // With a blank before it a bracket explains the word, or stands for itself; with nothing before it, it is read itself.
    match has_host {
        true if outside.ends_with(char::is_whitespace) => look(outside, depth).map(Reading::weakened),
        true => look(outside, depth),
        false => look(inner, depth),
    }
}

/// A footnote mark, a link without a target, or a word in square brackets.
fn square_bracket(text: &str, before_close: &str, depth: usize) -> Option<Reading> {
    let (left, right) = match text.chars().next_back()? {
        ']' => ('[', ']'),
        '］' => ('［', '］'),
        _ => ('【', '】'),
    };
    let open = opening(text, left, right)?;
    let outside = &text[..open];
    let inner = &before_close[open + left.len_utf8()..];
    let is_note = inner.starts_with('^') || (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()));
    if outside.ends_with(']') && left == '[' {
        // [text][label], or two footnote marks.
        let start = opening(outside, '[', ']')?;
        return if is_note { look(outside, depth) } else { look(&outside[start + 1..outside.len() - 1], depth) };
    }
    let has_host = outside.ends_with(|c: char| c.is_alphanumeric() || is_silent(c) || c == ')');
    if has_host && (is_note || outside.ends_with(is_hangul)) { look(outside, depth) } else { look(inner, depth).map(Reading::weakened) }
}

/// How a function expression is read: `Some(None)` where it is one and its reading is open; `None` where the bracket is something else.
fn function(text: &str, open: usize) -> Option<Option<Reading>> {
    let outside = &text[..open];
    let name = &outside[outside.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || is_greek(c)).len()..];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || is_greek(c)) {
        return None;
    }
    let inner = &text[open + 1..text.len() - 1];
    if inner.chars().any(|c| is_hangul(c) || c == '"') {
        return None;
    }
    let mut words = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return Some(look(name, DEPTH / 2));
    }
    // f(x), O(n log n), pot(A,B); an acronym with a word in the bracket is explained by it, a name with a year is dated by it.
    let is_year = inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit());
    let is_short = |word: &str| {
        word.len() <= 2 || word.bytes().all(|b| b.is_ascii_digit()) || matches!(word, "log" | "sin" | "cos" | "exp" | "max" | "min")
    };
    let is_acronym = name.len() > 1 && name.bytes().all(|b| b.is_ascii() && !b.is_ascii_lowercase());
    let calls = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
        && !inner.contains(' ')
        && name.len() > 2
        && inner.contains(['_', ',', '.']);
    let all_short = words.all(is_short) && !is_year && (name.chars().count() == 1 || inner.contains(',') || inner.len() == 1);
    ((all_short && (!is_acronym || inner.contains(','))) || calls).then(|| arguments(text, open))
}

/// The last argument, read after the function's name.
fn arguments(text: &str, open: usize) -> Option<Reading> {
    let inner = text[open + 1..text.len() - 1].trim_end_matches([')', ' ', '\'', '"']);
    let is_plain = inner.chars().count() == 1 || inner.chars().all(|c| c.is_ascii_uppercase() || matches!(c, ',' | ' '));
    reading::sound(inner).map(|reading| if is_plain { reading } else { reading.weakened() })
}

/// A formula between dollars that ends in a letter, a digit or a named sign.
fn formula(before: &str) -> Option<Reading> {
    let reach = &before[floor(before, before.len().saturating_sub(REACH))..];
    let start = reach.rfind('$')? + 1;
    let inner = reach[start..].trim();
    let last_command = inner.rfind('\\').map(|at| &inner[at + 1..]);
    if let Some(name) = last_command.filter(|name| name.bytes().all(|b| b.is_ascii_alphabetic())) {
        return match name {
            "epsilon" | "varepsilon" | "omicron" | "upsilon" => Some(super::hangul::Final::Consonant),
            "alpha" | "beta" | "gamma" | "delta" | "zeta" | "eta" | "theta" | "iota" | "kappa" | "lambda" | "mu" | "nu" | "xi" | "pi"
            | "rho" | "sigma" | "tau" | "phi" | "chi" | "psi" | "omega" | "Gamma" | "Delta" | "Theta" | "Lambda" | "Sigma" | "Phi"
            | "Psi" | "Omega" | "infty" => Some(super::hangul::Final::Vowel),
            _ => None,
        }
        .map(Reading::certain);
    }
    let is_plain = inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    let reading = reading::sound(inner).filter(|_| is_plain || !inner.contains(['^', '\\', '}', '/']));
    reading.map(|reading| if is_plain && inner.len() <= 3 { reading } else { reading.weakened() })
}

/// What stands before the HTML tag that `text` ends with.
fn tag(text: &str) -> Option<&str> {
    let reach = floor(text, text.len().saturating_sub(REACH));
    let start = reach + text[reach..].rfind('<')?;
    let inner = text[start + 1..].trim_end_matches('>').trim_end_matches('/');
    let name = inner.strip_prefix('/').unwrap_or(inner).split_whitespace().next()?;
    (TAGS.contains(&name.to_ascii_lowercase().as_str()) || inner.starts_with('/') || inner.starts_with("!--")).then(|| &text[..start])
}

/// Where the bracket that `text` ends with was opened, within reach.
fn opening(text: &str, left: char, right: char) -> Option<usize> {
    let reach = floor(text, text.len().saturating_sub(REACH));
    let mut depth = 0usize;
    for (at, c) in text[reach..].char_indices().rev() {
        if c == right {
            depth += 1;
        } else if c == left {
            depth -= 1;
            if depth == 0 {
                return Some(reach + at);
            }
        }
    }
    None
}

fn is_greek(c: char) -> bool {
    matches!(c, 'Α'..='Ω' | 'α'..='ω' | 'ϕ' | 'ϵ' | 'ϑ')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<' | '“' | '‘' | '「' | '『' | '《' | '〈' | '"' | '\'' | '（' | '\n')
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::korean::hangul::Final;

    #[track_caller]
    fn assert_before(text: &str, expected: Option<Final>) {
        assert_eq!(sound_before(text).map(|reading| reading.sound), expected, "{text}");
    }

    const C: Option<Final> = Some(Final::Consonant);
    const L: Option<Final> = Some(Final::Liquid);
    const V: Option<Final> = Some(Final::Vowel);

    #[test]
    fn quotes_emphasis_and_code_marks_are_transparent() {
        for host in [
            "“볼록”",
            "**볼록**",
            "_볼록_",
            "`볼록`",
            "**`볼록`**",
            "‘볼록’",
            "「볼록」",
            "〈볼록〉",
            "<볼록>",
            "~~볼록~~",
            "<b>볼록</b>",
            "볼록<br>",
            "“**볼록**”",
        ] {
            assert_before(host, C);
        }
        assert_before("`model`", L);
        assert_before("**행렬**", L);
        assert_before("‘SGD’", V);
        assert_before("``a`b``", V);
    }

    #[test]
    fn a_link_is_read_by_its_text() {
        assert_before("[PyTorch](https://example.org/)", V);
        assert_before("[행렬](a_(b).html)", L);
        assert_before("**[점](u)**", C);
        assert_before("[점][ref]", C);
        assert_before("[점]", C);
    }

    #[test]
    fn an_explanation_in_brackets_is_passed_over() {
        assert_before("안장점(saddle point)", C);
        assert_before("첨부 파일(계약서)", L);
        assert_before("SMTP(Simple Mail Transfer Protocol)", V);
        assert_before("MIMO(다중 입력 다중 출력)", V);
        assert_before("BERT(버트)", V);
        assert_before("손실 함수 (loss)", V);
        assert_before("GPT(2018)", V);
        assert_before("**행렬**(matrix)", L);
        assert_before("`model`(모델)", L);
        assert_before("점(a(b)c)", C);
        assert_before("'팬'(새로운 구독 함수)", C);
        assert_before("새로운 \"팬\" (구독 함수)", C);
        assert_before("'(새로운 함수)", V);
        assert_before("[점](u)(point)", C);
    }

    #[test]
    fn footnotes_are_silent() {
        assert_before("점[1]", C);
        assert_before("행렬[^note]", L);
        assert_before("함수[1][2]", V);
    }

    #[test]
    fn function_expressions_are_read_through() {
        assert_before("f(x)", V);
        assert_before("O(n)", C);
        assert_before("O(n log n)", C);
        assert_before("pot(A,B)", V);
        assert_before("`pot(A,B)`", V);
        assert_before("`print()`", V);
        assert_before("getModel()", L);
    }

    #[test]
    fn a_bracket_on_its_own_is_read_inside() {
        assert_before("(점)", C);
        assert_before("그리고 - (행렬)", L);
    }

    #[test]
    fn formulas_are_read_by_their_last_sign() {
        assert_before("$n$", C);
        assert_before("$x$", V);
        assert_before("$\\alpha$", V);
        assert_before("$\\epsilon$", C);
        assert_before("$\\frac{a}{b}$", None);
    }

    #[test]
    fn what_cannot_be_read_is_unknown() {
        for host in ["", " ", "{name}", "⟦1⟧", "\u{fffc}", "Vec<T>", "<name>", "→", ")", "]", "((", "$", "`", "()", "漢字"] {
            assert_before(host, None);
        }
    }

    #[test]
    fn a_long_text_of_open_brackets_is_read_to_its_end() {
        for unit in ["(", ")", "[", "]", "`", "$", "<", ">", "()", "[](", "*`", "((a", "]("] {
            let text = unit.repeat(50_000);
            for _ in 0..100 {
                let _ = sound_before(&text);
            }
        }
    }
}
