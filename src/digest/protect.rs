//! What must stay as it is although the Markdown parser sees plain text: addresses, `:emoji:`, template tags, file headers.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3};

use super::tree::{Inline, InlineKind, Link, LinkForm, Tree};

/// Bytes of the key-value lines that some site generators (Pelican) put before the text; 0 where there are none.
///
/// They are told from a `Title: / URL:` record of a digest by what follows: a header ends with a blank line and names a
/// date, a category or the like, but no address.
pub(crate) fn header_length(text: &str) -> usize {
    const FIRST: [&str; 12] =
        ["title", "date", "modified", "category", "tags", "slug", "author", "authors", "summary", "status", "template", "lang"];
    let (mut at, mut keys) = (0, Vec::new());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.is_empty() {
            break;
        }
        let Some((key, _)) = bare.split_once(':') else { return 0 };
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_') {
            return 0;
        }
        keys.push(key.to_ascii_lowercase());
        at += line.len();
    }
    let is_header = keys.len() >= 2
        && FIRST.contains(&keys[0].as_str())
        && keys.iter().any(|key| key != "title" && key != "author" && FIRST.contains(&key.as_str()))
        && !keys.iter().any(|key| key == "url" || key == "link");
    if is_header { at } else { 0 }
}

/// The places of Liquid tags and outputs (`{% … %}`, `{{ … }}`), each on one line.
pub(crate) fn templates(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // The end of the line, and whether it is known to hold no further `%}` and no further `}}`.
    let (mut line, mut missing) = (0, [false; 2]);
    while let Some(step) = memchr(b'{', &bytes[at..]) {
        let start = at + step;
        at = start + 1;
        let (kind, close) = match bytes.get(at) {
            Some(b'%') => (0, "%}"),
            Some(b'{') => (1, "}}"),
            _ => continue,
        };
        at = start + 2;
        if start >= line {
            line = memchr(b'\n', &bytes[start..]).map_or(text.len(), |length| start + length);
            missing = [false; 2];
        }
        if missing[kind] {
            continue;
        }
        match text[at..line].find(close) {
            Some(length) => {
                at += length + 2;
                found.push(start..at);
            }
            None => missing[kind] = true,
        }
    }
    found
}

/// Cuts what must stay out of the texts of the unit whose inlines begin at `first` and end the list.
pub(crate) fn unit(text: &str, tree: &mut Tree<'_>, first: usize, heading: bool, templates: &[Range<usize>]) {
    let (Some(begin), Some(end)) = (tree.inlines.get(first), tree.inlines.last()) else { return };
    let span = begin.start as usize..end.end as usize;
    let inside = templates.partition_point(|t| t.end <= span.start);
    let templates: Vec<_> = templates[inside..].iter().take_while(|t| t.start < span.end).cloned().collect();
    let mut cuts = Vec::new();
    for inline in &tree.inlines[first..] {
        if inline.kind == InlineKind::Text {
            scan(text, inline.span(), &mut cuts);
        }
    }
    if heading
        && let Some(last) = tree.inlines.last()
        && last.kind == InlineKind::Text
    {
        cuts.extend(heading_attributes(text, last.span()).map(|span| (span, Kind::Fixed)));
    }
    if cuts.is_empty() && templates.is_empty() {
        return;
    }
    let old = tree.inlines.split_off(first);
    let mut cuts = cuts.into_iter().peekable();
    for inline in cover(&old, &templates) {
        if inline.kind != InlineKind::Text {
            tree.inlines.push(inline);
            continue;
        }
        let mut at = inline.start as usize;
        while cuts.peek().is_some_and(|(span, _)| span.start < inline.end as usize) {
            let Some((span, kind)) = cuts.next() else { break };
            if span.start < at || span.end > inline.end as usize {
                continue;
            }
            if at < span.start {
                tree.inlines.push(Inline::new(InlineKind::Text, at..span.start));
            }
            at = span.end;
            let kind = match kind {
                Kind::Fixed => InlineKind::Fixed,
                Kind::Address => {
                    tree.links.push(Link { address: Cow::Owned(text[span.clone()].to_owned()), form: LinkForm::Whole });
                    InlineKind::Address(tree.links.len() as u32 - 1)
                }
            };
            tree.inlines.push(Inline::new(kind, span));
        }
        if at < inline.end as usize {
            tree.inlines.push(Inline::new(InlineKind::Text, at..inline.end as usize));
        }
    }
}

/// The inlines with each template tag as one fixed stretch; a tag that cuts through a pair is left to the texts it holds.
fn cover(inlines: &[Inline], templates: &[Range<usize>]) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len() + 2 * templates.len());
    let mut next = 0;
    for &inline in inlines {
        let mut piece = inline;
        loop {
            while next < templates.len() && templates[next].end <= piece.start as usize {
                next += 1;
            }
            let Some(tag) = templates.get(next).filter(|tag| tag.start < piece.end as usize && !is_pair(piece.kind)) else {
                out.push(piece);
                break;
            };
            if piece.kind != InlineKind::Text {
                out.push(Inline::new(if tag.contains(&(piece.start as usize)) { InlineKind::Fixed } else { piece.kind }, piece.span()));
                break;
            }
            let (from, to) = (tag.start.max(piece.start as usize), tag.end.min(piece.end as usize));
            if (piece.start as usize) < from {
                out.push(Inline::new(InlineKind::Text, piece.start as usize..from));
            }
            out.push(Inline::new(InlineKind::Fixed, from..to));
            if to == piece.end as usize {
                break;
            }
            piece.start = to as u32;
        }
    }
    out
}

fn is_pair(kind: InlineKind) -> bool {
    matches!(kind, InlineKind::Open(..) | InlineKind::Close(..))
}

#[derive(Clone, Copy)]
enum Kind {
    Fixed,
    Address,
}

/// Finds what must stay in one stretch of text, in order.
fn scan(text: &str, span: Range<usize>, cuts: &mut Vec<(Range<usize>, Kind)>) {
    let here = &text[span.clone()];
    let bytes = here.as_bytes();
    // Where the next `w` is that may begin `www.`, and the next of the other signs; looked for again when it has been passed.
    let host_from = |from: usize| memchr(b'w', &bytes[from..]).map_or(bytes.len(), |step| from + step);
    let sign_from = |from: usize| memchr3(b':', b'@', 0xE2, &bytes[from..]).map_or(bytes.len(), |step| from + step);
    let (mut host, mut sign) = (host_from(0), sign_from(0));
    // The end of what was found last; nothing begins before it.
    let mut free = 0;
    loop {
        let at = host.min(sign);
        let found = match bytes.get(at) {
            None => break,
            Some(b':') => address(here, at, free).map(|r| (r, Kind::Address)).or_else(|| emoji(here, at).map(|r| (r, Kind::Fixed))),
            Some(b'w') => bare_host(here, at).map(|r| (r, Kind::Address)),
            Some(b'@') => email(here, at).map(|r| (r, Kind::Fixed)),
            Some(_) => (here[at..].starts_with('⟦') || here[at..].starts_with('⟧')).then(|| (at..at + 3, Kind::Fixed)),
        };
        let next = match found {
            // An escaped colon begins nothing.
            Some((range, _)) if range.start == 0 && text[..span.start].ends_with('\\') => at + 1,
            Some((range, kind)) if range.start >= free => {
                free = range.end;
                cuts.push((range.start + span.start..range.end + span.start, kind));
                free
            }
            _ => at + 1,
        };
        if host < next {
            host = host_from(next);
        }
        if sign < next {
            sign = sign_from(next);
        }
    }
}

/// An address around the colon at `colon` of `scheme://rest`, unless it begins before `free`.
fn address(text: &str, colon: usize, free: usize) -> Option<Range<usize>> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let bytes = text.as_bytes();
    let scheme = bytes[..colon].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
    let start = colon - scheme;
    let start = start + bytes[start..colon].iter().position(u8::is_ascii_alphabetic)?;
    // Asked first, because the rest may be long and be looked at for each of many colons.
    if colon - start < 2 || start < free {
        return None;
    }
    let length = address_length(&text[colon + 3..]);
    (length > 0).then_some(start..colon + 3 + length)
}

/// `www.example.org/…`.
fn bare_host(text: &str, at: usize) -> Option<Range<usize>> {
    let free = !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '@'));
    if !free || !text[at..].starts_with("www.") {
        return None;
    }
    let length = address_length(&text[at + 4..]);
    (length > 0).then_some(at..at + 4 + length)
}

/// Bytes of an address's rest: up to a blank, a bracket of markup or Hangul (a particle), less the punctuation that closes the sentence.
pub(crate) fn address_length(rest: &str) -> usize {
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '{' | '}' | '"' | '`' | '⟦' | '⟧' | '”' | '’' | '»') || is_hangul(c)
    };
    let mut end = rest.find(stop).unwrap_or(rest.len());
    let excess =
        |close: char, open: char, end: usize| rest[..end].matches(close).count() as isize - rest[..end].matches(open).count() as isize;
    // How many more brackets close than open before `end`; counted when the first one is met there.
    let (mut round, mut square) = (None, None);
    loop {
        let Some(last) = rest[..end].chars().next_back() else { return 0 };
        let closing = match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '|' | '…' | '–' | '—' | '。' | '、' => None,
            ')' => Some(round.get_or_insert_with(|| excess(')', '(', end))),
            ']' => Some(square.get_or_insert_with(|| excess(']', '[', end))),
            _ => return end,
        };
        if let Some(excess) = closing {
            if *excess <= 0 {
                return end;
            }
            *excess -= 1;
        }
        end -= last.len_utf8();
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

/// `:tada:`; a time such as `10:30:45` is none.
fn emoji(text: &str, colon: usize) -> Option<Range<usize>> {
    if text[..colon].ends_with(|c: char| c.is_alphanumeric() || c == ':') {
        return None;
    }
    let rest = &text[colon + 1..];
    let length = rest.bytes().position(|b| !(b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'+' | b'-')))?;
    let name = &rest[..length];
    let named = name.bytes().any(|b| b.is_ascii_lowercase()) || matches!(name, "100" | "1234" | "+1" | "-1");
    (named && rest[length..].starts_with(':')).then_some(colon..colon + length + 2)
}

/// An e-mail address around the sign at `sign`.
fn email(text: &str, sign: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let local = bytes[..sign].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
    let host = bytes[sign + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    let host = text[sign + 1..sign + 1 + host].trim_end_matches(['.', '-']);
    let start = sign - local;
    let dotted = host.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && rest.len() >= 2);
    (local > 0 && dotted).then_some(start..sign + 1 + host.len())
}

/// `{#anchor}` or `{: .class}` at the end of a heading.
fn heading_attributes(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let words = text[span.clone()].trim_end();
    let open = words.rfind('{')?;
    let inside = &words[open + 1..];
    let named = inside.starts_with(['#', ':', '.']) && inside.len() > 2 && inside.ends_with('}');
    (named && !inside[..inside.len() - 1].contains('}')).then_some(span.start + open..span.start + words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<&str> {
        let mut cuts = Vec::new();
        scan(text, 0..text.len(), &mut cuts);
        cuts.into_iter().map(|(span, _)| &text[span]).collect()
    }

    #[test]
    fn addresses_end_before_sentence_marks_and_particles() {
        assert_eq!(kept("see (https://a.b/c_(d)), or www.x.org."), ["https://a.b/c_(d)", "www.x.org"]);
        assert_eq!(kept("https://a.b/c에서 봅니다"), ["https://a.b/c"]);
        assert_eq!(kept("mail me@x.org. @handle stays"), ["me@x.org"]);
    }

    #[test]
    fn emoji_are_kept_and_times_are_not() {
        assert_eq!(kept(":tada: at 10:30:45, a:b:c, :+1:"), [":tada:", ":+1:"]);
    }

    #[test]
    fn marks_in_the_text_are_kept() {
        assert_eq!(kept("write ⟦1⟧ here"), ["⟦", "⟧"]);
    }

    #[test]
    fn a_header_ends_at_the_blank_line_and_a_record_is_no_header() {
        assert_eq!(header_length("Title: A\nDate: 2020-01-01\n\nText"), 26);
        assert_eq!(header_length("Title: A\nURL: https://x\nDate: b\n---\n"), 0);
        assert_eq!(header_length("Hello: world\n\n"), 0);
    }

    #[test]
    fn template_tags_are_found_on_their_line() {
        assert_eq!(templates("a {% b %} {{ c }} {x} {{ open\n}}"), [2..9, 10..17]);
        assert_eq!(templates("{{ {{ {% a %} {{ b\n{{ c }} {% }}\n{% d %}"), [6..13, 19..26, 33..40]);
    }

    #[test]
    fn a_colon_inside_what_was_found_begins_no_address() {
        assert_eq!(kept("a@b.co://c x://y ab://c"), ["a@b.co", "ab://c"]);
        assert_eq!(kept("ab://c://d www.e.f:g"), ["ab://c://d", "www.e.f:g"]);
    }

    proptest::proptest! {
        /// The brackets of an address, counted anew for each sign that is left out.
        #[test]
        fn brackets_are_counted_as_they_are_left_out(rest in "[a/()\\[\\].,가 ]{0,24}") {
            let mut end = rest.find([' ', '가']).unwrap_or(rest.len());
            let more = |close: char, open: char, end: usize| rest[..end].matches(close).count() > rest[..end].matches(open).count();
            while match rest[..end].chars().next_back() {
                Some('.' | ',') => true,
                Some(')') => more(')', '(', end),
                Some(']') => more(']', '[', end),
                _ => false,
            } {
                end -= 1;
            }
            proptest::prop_assert_eq!(address_length(&rest), end);
        }
    }
}
