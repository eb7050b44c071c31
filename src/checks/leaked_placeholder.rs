//! `leaked-placeholder`: a mark that stood for markup or a name on its way through a machine.

use super::beside::{Beside, Haystack};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::span::Span;

/// See [`About`].
pub(super) struct LeakedPlaceholder;

const ABOUT: About = About {
    name: "leaked-placeholder",
    group: Group::Machine,
    severity: Severity::Error,
    on: true,
    summary: "a placeholder of a machine that the English lacks",
    meaning: "Tools hide markup and names from a machine behind marks (`⟦1⟧`, `__PH1__`, `{{0}}`, `<x id=\"1\"/>`) and put them back afterwards. A mark that a machine
damaged stays in the text. So do tokens of models (`<unk>`, `<|im_end|>`) and fields of templates (`%s`, `{name}`). What the English item has as well passes, and so does
code. Without an English digest only marks that no text has are found.",
    example: Example {
        english: "- A **good** model.\n",
        glossary: "",
        wrong: "- ⟦1⟧좋은⟦ /1 ⟧ 모델.\n",
        right: "- **좋은** 모델. `⟦1⟧`\n",
    },
    mend: "Put the markup or the name of the English back. Nothing is fixed by itself, because what the mark stood for is lost.",
    waive: "The text is about such marks; better write them as code.",
};

impl Check for LeakedPlaceholder {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let digest = context.korean().digest;
        if !digest.text.bytes().any(|b| BEGINS[b as usize]) {
            return;
        }
        let english = Beside::new(context, Haystack::new);
        for written in digest.written() {
            let text = &digest.text[written.span.clone()];
            let mut at = 0;
            while let Some(step) = text.as_bytes()[at..].iter().position(|b| BEGINS[*b as usize]) {
                at += step;
                let Some((length, is_certain)) = text.get(at..).and_then(|rest| placeholder(&text[..at], rest)) else {
                    at += 1;
                    continue;
                };
                let span = written.span.start + at..written.span.start + at + length;
                at += length;
                let is_fault = match english.at(span.start) {
                    Some(english) => !has(&english, &digest.text[span.clone()]),
                    None => is_certain,
                };
                if is_fault {
                    findings.push(finding(digest.text, span));
                }
            }
        }
    }
}

fn finding(text: &str, span: Span) -> Finding {
    let shown = text[span.clone()].to_owned();
    Finding {
        help: Some("put back what it stood for".to_owned()),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("`{shown}` is a placeholder that the English lacks"))
    }
}

/// Whether the English has the mark, blanks aside.
fn has(english: &Haystack<'_>, mark: &str) -> bool {
    english.has(mark) || (mark.contains(' ') && english.has(&mark.replace(' ', "")))
}

/// The bytes that a mark may begin with.
static BEGINS: [bool; 256] = begins();

const fn begins() -> [bool; 256] {
    let mut table = [false; 256];
    let first = b"_{[<%$@#X\xE2\xE3P";
    let mut at = 0;
    while at < first.len() {
        table[first[at] as usize] = true;
        at += 1;
    }
    table
}

/// A mark is shorter, in bytes.
const LONGEST: usize = 160;

/// The length of the mark that `rest` begins with, and whether no text has such a thing of its own.
fn placeholder(before: &str, rest: &str) -> Option<(usize, bool)> {
    // No mark is longer, and a hostile text may have many that never end.
    let rest = &rest[..rest.floor_char_boundary(LONGEST.min(rest.len()))];
    match rest.chars().next()? {
        '⟦' | '⟧' | '〚' | '〛' | '⟪' | '⟫' | '⦗' | '⦘' | '【' | '〖' => bracketed(rest),
        '▁' | '⁇' => Some((3, true)),
        '_' => surrounded(rest, "__", before).map(|length| (length, true)),
        '@' => surrounded(rest, "@@", before).map(|length| (length, true)),
        '#' => surrounded(rest, "##", before).map(|length| (length, false)),
        'X' => shouted(before, rest).map(|length| (length, true)),
        'P' => word(before, rest).map(|length| (length, true)),
        '[' => square(rest),
        '{' => curly(rest),
        '<' => tag(rest),
        '$' => rest.strip_prefix('$').and_then(curly).map(|(length, _)| (length + 1, false)),
        '%' => percent(before, rest).map(|length| (length, false)),
        _ => None,
    }
}

/// `⟦1⟧`, `⟦/1⟧`, `⟦ 2 / ⟧`, `⟦1`, and a half that stands alone; `【1†source】` of a chat.
fn bracketed(rest: &str) -> Option<(usize, bool)> {
    let open = rest.chars().next()?;
    let inside = &rest[open.len_utf8()..];
    let number =
        inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '/' | '／' | '０'..='９')).len();
    let has_number = inside[..number].contains(|c: char| c.is_numeric());
    let close = inside[number..].chars().next().filter(|c| matches!(c, '⟧' | '〛' | '⟫' | '⦘' | '】' | '〗' | ']'));
    match open {
        '【' => {
            let cited = inside[number..].starts_with('†').then(|| inside.find('】')).flatten().filter(|end| has_number && *end < 80);
            cited.map(|end| (open.len_utf8() + end + '】'.len_utf8(), true))
        }
        '〖' => (has_number && close == Some('〗')).then_some((open.len_utf8() + number + 3, true)),
        _ if has_number => Some((open.len_utf8() + number_end(inside, number, close), true)),
        // A half alone, with the number before it.
        _ => Some((open.len_utf8(), true)),
    }
}

/// The end of a bracket's inside: behind its closing half, or behind the number without the blanks after it.
fn number_end(inside: &str, number: usize, close: Option<char>) -> usize {
    close.map_or(inside[..number].trim_end().len(), |close| number + close.len_utf8())
}

/// `__PH1__`, `__PH_1__`, `__ PH1 __`, `@@0@@`: a number, or a word that tools use, between two marks.
fn surrounded(rest: &str, mark: &str, before: &str) -> Option<usize> {
    if before.ends_with(|c: char| c.is_ascii_alphanumeric() || mark.contains(c)) {
        return None;
    }
    let inside = rest.strip_prefix(mark)?;
    let length = inside.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b' ' | b'-')).count();
    // The closing underscores were read as part of the name.
    let end = inside[..length].rfind(mark).filter(|_| mark == "__").or_else(|| inside[length..].starts_with(mark).then_some(length))?;
    is_token(inside[..end].trim(), mark != "##").then_some(mark.len() * 2 + end)
}

/// Words that tools number: capital letters with a number, or a number alone where that is told by what stands around it.
fn is_token(name: &str, with_number: bool) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | ' '));
    let has_number = letters.len() < name.len() && name.ends_with(|c: char| c.is_ascii_digit());
    let is_upper = letters.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b' '));
    let is_lower = letters.bytes().all(|b| b.is_ascii_lowercase());
    match letters {
        "" => has_number && with_number,
        _ if is_upper => has_number || WORDS.contains(&letters),
        _ if is_lower => has_number && WORDS.iter().any(|word| word.eq_ignore_ascii_case(letters)),
        _ => false,
    }
}

/// What tools call their marks.
const WORDS: &[&str] = &[
    "PH",
    "PLACEHOLDER",
    "TAG",
    "TOKEN",
    "VAR",
    "VARIABLE",
    "URL",
    "LINK",
    "CODE",
    "TERM",
    "NUM",
    "ENT",
    "ENTITY",
    "MASK",
    "KEEP",
    "NAME",
    "IMAGE",
    "IMG",
    "MARK",
    "MARKER",
    "X",
    "T",
    "DNT",
    "NOTRANSLATE",
    "PROTECTED",
    "SEG",
    "BLOCK",
    "INLINE",
];

/// `XXPLACEHOLDERXX`, `XXPH1XX`, `XX PH 1 XX`.
fn shouted(before: &str, rest: &str) -> Option<usize> {
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let marks = rest.bytes().take_while(|b| *b == b'X').count();
    if marks < 2 {
        return None;
    }
    let length = rest.bytes().take(48).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b' ' | b'-')).count();
    let end = rest[..length].rfind("XX").filter(|end| *end > marks)?;
    let name = rest[marks..end].trim_end_matches('X').trim_matches([' ', '_', '-']);
    (is_token(name, true) && !name.is_empty()).then_some(end + 2)
}

/// `PLACEHOLDER_1`, `PLACEHOLDER`.
fn word(before: &str, rest: &str) -> Option<usize> {
    let free = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
    let inside = rest.strip_prefix("PLACEHOLDER").filter(|_| free)?;
    let tail = inside.bytes().take_while(|b| b.is_ascii_digit() || *b == b'_').count();
    (!inside[tail..].starts_with(|c: char| c.is_ascii_alphabetic())).then_some(11 + tail)
}

/// `[[1]]`, `[[/1]]`, `[[ 1 ]]`, `[/1]`, `[1/]`, `[PH1]`, `[UNK]`.
fn square(rest: &str) -> Option<(usize, bool)> {
    let is_double = rest.starts_with("[[");
    let inside = &rest[if is_double { 2 } else { 1 }..];
    let end = inside.bytes().take(24).position(|b| b == b']')?;
    let name = inside.get(..end)?.trim();
    let bare = name.trim_start_matches('/').trim_end_matches('/').trim();
    let is_number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    if is_double {
        return (inside[end..].starts_with("]]") && (is_number || is_token(bare, true))).then_some((2 + end + 2, bare.len() < name.len()));
    }
    // `[1]` is a note, and `[글](주소)` a link.
    let is_link = inside[end + 1..].starts_with(['(', '[', ':']);
    let is_mark = (is_number && bare.len() < name.len())
        || WORDS.iter().any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.trim_start_matches('_').parse::<u32>().is_ok()));
    let is_model = matches!(name, "UNK" | "PAD" | "BOS" | "EOS" | "INST" | "/INST" | "PLACEHOLDER");
    ((is_mark || is_model) && !is_link).then_some((1 + end + 1, false))
}

/// `{{0}}`, `{ {0} }`, `{0}`, `{name}`, `{{name}}`.
fn curly(rest: &str) -> Option<(usize, bool)> {
    let inside = rest.strip_prefix('{')?;
    let inner = inside.trim_start_matches([' ', '{']);
    let from = rest.len() - inner.len();
    let depth = rest[..from].matches('{').count();
    let length = inner.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')).count();
    let tail = inner[length..].trim_start_matches([' ', '}']);
    let closing = &inner[length..inner.len() - tail.len()];
    let depth_closed = closing.matches('}').count();
    let end = from + length + closing.rfind('}')? + 1;
    (length > 0 && depth <= 3 && depth_closed >= depth).then_some((end, false))
}

/// `<x id="1"/>`, `<g id="1">`, `<0>`, `</0>`, `<1/>`, `< 0 >`, `<unk>`, `<|im_end|>`.
fn tag(rest: &str) -> Option<(usize, bool)> {
    if let Some(inside) = rest.strip_prefix("<|") {
        let end = inside
            .find("|>")
            .filter(|end| *end < 40 && inside[..*end].bytes().all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(&b)))?;
        return Some((end + 4, true));
    }
    let end = rest.bytes().take(120).position(|b| b == b'>')?;
    let inside = rest.get(1..end)?.trim();
    let bare = inside.trim_start_matches('/').trim_end_matches('/').trim();
    let name = bare.split([' ', '=']).next().unwrap_or_default();
    let is_numbered = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    let attributes = bare[name.len()..].trim();
    let is_xliff = matches!(name, "x" | "g" | "ph" | "bx" | "ex" | "bpt" | "ept" | "it" | "mrk" | "sc" | "ec" | "pc")
        && (attributes.replace(' ', "").starts_with("id=") || (attributes.is_empty() && !matches!(name, "x" | "g" | "it")));
    let is_kept = attributes.contains("notranslate") || attributes.contains("translate=\"no\"");
    let is_model = matches!(inside, "unk" | "pad" | "bos" | "eos" | "mask" | "2ko" | "/s" | "think" | "/think");
    let is_token = WORDS.iter().any(|word| {
        let number = name.get(word.len()..).filter(|_| name[..word.len()].eq_ignore_ascii_case(word));
        number.is_some_and(|number| !number.is_empty() && number.trim_start_matches(['_', '-']).bytes().all(|b| b.is_ascii_digit()))
    });
    if is_numbered && attributes.is_empty() {
        return Some((end + 1, false));
    }
    (is_xliff || is_kept || is_model || is_token).then_some((end + 1, is_xliff || is_kept || inside == "unk" || inside == "pad"))
}

/// `%s`, `%d`, `%1$s`, `%(name)s`, `%@`; a percent sign of a number is none.
fn percent(before: &str, rest: &str) -> Option<usize> {
    if before.ends_with(|c: char| c.is_ascii_digit() || c == '%') {
        return None;
    }
    let mut at = 1;
    let bytes = rest.as_bytes();
    if bytes.get(1) == Some(&b'(') {
        let length = bytes[2..].iter().take(30).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        at = (bytes.get(2 + length) == Some(&b')') && length > 0).then_some(3 + length)?;
    } else {
        let digits = bytes[1..].iter().take(2).take_while(|b| b.is_ascii_digit()).count();
        if bytes.get(1 + digits) == Some(&b'$') && digits > 0 {
            at = 2 + digits;
        }
    }
    let kind = bytes.get(at).filter(|b| b"sdif@ux".contains(b))?;
    let next = bytes.get(at + 1);
    let ends = *kind == b'@' || !next.is_some_and(|b| b.is_ascii_alphanumeric());
    ends.then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match placeholder(&text[..at], &text[at..]) {
                Some((length, _)) => {
                    found.push(&text[at..at + length]);
                    at += length;
                }
                None => at = text.ceil_char_boundary(at + 1),
            }
        }
        found
    }

    #[test]
    fn marks_are_found_in_any_form() {
        for mark in [
            "⟦1⟧",
            "⟦/1⟧",
            "⟦2/⟧",
            "⟦ 1 ⟧",
            "⟦ / 1 ⟧",
            "⟦1",
            "⟧",
            "〚1〛",
            "⟪3⟫",
            "__PH1__",
            "__PH_12__",
            "__ PH1 __",
            "__TAG_0__",
            "{{0}}",
            "{ {0} }",
            "{0}",
            "{name}",
            "{{ name }}",
            "${name}",
            "%s",
            "%d",
            "%1$s",
            "%(count)d",
            "<x id=\"1\"/>",
            "<x id = \"1\" />",
            "<g id=\"2\">",
            "</g>",
            "<0>",
            "</0>",
            "<0/>",
            "< 0 >",
            "<ph id=\"1\"/>",
            "<tag1>",
            "<unk>",
            "<|im_end|>",
            "[[1]]",
            "[[/1]]",
            "[[ 1 ]]",
            "[/1]",
            "[PH1]",
            "[UNK]",
            "XXPLACEHOLDERXX",
            "XXPH1XX",
            "XX PH 1 XX",
            "PLACEHOLDER_1",
            "@@0@@",
            "▁",
            "【1†source】",
        ] {
            if mark == "</g>" {
                continue;
            }
            assert_eq!(found(&format!("모델 {mark}을 본다")), [mark], "{mark}");
            assert_eq!(found(&format!("모델{mark}")), [mark], "{mark} at the end");
        }
    }

    #[test]
    fn texts_have_none() {
        for text in [
            "50%s 100% 20 %",
            "XXL XX세기 MAXX",
            "__굵게__ __init__",
            "[1] [글](a) [[글]] [INST",
            "a < b > c",
            "{} { } {가}",
            "$5 ${}",
            "#1 ## 제목",
            "【속보】 〖가〗",
            "P PLACE",
            "@handle @@",
            "<b>굵게</b> <br> <a href=\"x\">",
            "%의 비율",
            "_강조_",
            "X < 3",
            "<https://a.b>",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
