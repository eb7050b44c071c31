//! A digest as HTML that is safe to publish: nothing of it is a program, and every link leads to a page or to a letter.

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

use super::{Digest, Format, markdown};

impl Digest<'_> {
    /// The digest as the inside of an HTML page. Raw HTML is left out and its text kept; links and images with other schemes than http,
    /// https and mailto are text; control characters and direction overrides are left out.
    pub fn html(&self) -> String {
        match self.format {
            Format::Markdown => self.markdown_html(),
            Format::Plain => self.plain_html(),
        }
    }

    /// The words of the first heading; none where there is no heading.
    pub fn title(&self) -> Option<String> {
        let heading = self.segments.iter().find(|segment| segment.item.is_none() && segment.kind == super::Kind::Heading);
        heading.map(|segment| self.reading(segment))
    }

    fn markdown_html(&self) -> String {
        let text = self.without_waivers();
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let body = &text[super::protect::header_length(text)..];
        if super::too_deep(body).is_some() {
            return format!("<pre>{}</pre>\n", escaped(body));
        }
        let mut safe = Safe::default();
        let events = Parser::new_ext(body, markdown::options()).filter_map(|event| safe.event(event));
        let mut out = String::with_capacity(body.len() * 2);
        html::push_html(&mut out, events);
        out
    }

    fn plain_html(&self) -> String {
        let mut out = String::new();
        let mut listed = false;
        for line in self.flat().lines().filter(|line| !line.is_empty()) {
            let item = line.strip_prefix("• ");
            if item.is_some() != listed {
                out.push_str(if listed { "</ul>\n" } else { "<ul>\n" });
                listed = !listed;
            }
            let words = linked(item.unwrap_or(line));
            out.push_str(&if listed { format!("<li>{words}</li>\n") } else { format!("<p>{words}</p>\n") });
        }
        out.push_str(if listed { "</ul>\n" } else { "" });
        out
    }
}

/// Lets through what is safe.
#[derive(Default)]
struct Safe {
    /// For each open link or image, whether it is one.
    open: Vec<bool>,
    /// Whether what stands inside a script or a style is passed over.
    silent: bool,
}

impl Safe {
    fn event<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                self.open.push(is_safe(&dest_url));
                // A mail address in angle brackets is written with its scheme.
                if !is_safe(&dest_url) {
                    return None;
                }
                Event::Start(Tag::Link { link_type, dest_url: clean(dest_url), title: clean(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let safe = is_safe(&dest_url) && !dest_url.starts_with("mailto:");
                self.open.push(safe);
                if !safe {
                    return None;
                }
                Event::Start(Tag::Image { link_type, dest_url: clean(dest_url), title: clean(title), id })
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => return self.open.pop().unwrap_or(false).then_some(Event::End(end)),
            Event::Html(tag) | Event::InlineHtml(tag) => return self.markup(&tag),
            Event::Text(_) if self.silent => return None,
            Event::Text(text) => Event::Text(clean(text)),
            Event::Code(text) => Event::Code(clean(text)),
            // A box that nobody can tick is a sign, not a control.
            Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
            other => other,
        })
    }

    /// Raw HTML: a line break stays one, of the rest only the text.
    fn markup(&mut self, piece: &str) -> Option<Event<'static>> {
        let mut text = String::new();
        let mut rest = piece;
        while let Some(open) = rest.find('<') {
            if !self.silent {
                text.push_str(&rest[..open]);
            }
            let close = if rest[open..].starts_with("<!--") { rest[open..].find("-->").map(|at| at + 2) } else { rest[open..].find('>') };
            let end = close.map_or(rest.len(), |close| open + close + 1);
            let name = rest[open..end].trim_start_matches(['<', '/']).to_ascii_lowercase();
            if name.starts_with("br") && end == rest.len() && text.trim().is_empty() {
                return Some(Event::HardBreak);
            }
            if name.starts_with("script") || name.starts_with("style") {
                self.silent = !rest[open..].starts_with("</");
            }
            rest = &rest[end..];
        }
        if !self.silent {
            text.push_str(rest);
        }
        (!text.trim().is_empty()).then(|| Event::Text(clean(text.into())))
    }
}

/// Whether an address leads to a page, to a letter, or somewhere in the same place.
pub fn is_safe(address: &str) -> bool {
    // What browsers pass over when they look for the scheme.
    let bare: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    match bare.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto")
        }
        _ => true,
    }
}

fn clean(text: CowStr<'_>) -> CowStr<'_> {
    let is_bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(is_bad) { text.replace(is_bad, "").into() } else { text }
}

/// A line of plain text with its addresses as links.
fn linked(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    let starts = line.match_indices("http").map(|(at, _)| at);
    for start in starts.filter(|&at| line[at..].starts_with("https://") || line[at..].starts_with("http://")) {
        // One that stands inside another is a part of it.
        let Some(start) = start.checked_sub(line.len() - rest.len()) else { continue };
        let end = rest[start..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '<' | '>' | '"')).map_or(rest.len(), |at| start + at);
        out.push_str(&escaped(&rest[..start]));
        let address = escaped(&rest[start..end]);
        out.push_str(&format!("<a href=\"{address}\">{address}</a>"));
        rest = &rest[end..];
    }
    out.push_str(&escaped(rest));
    out
}

/// Text as HTML may hold it, in an attribute too; what would turn or hide text is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text.into()).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        Digest::parse(text, Format::Markdown, None).html()
    }

    #[test]
    fn nothing_of_a_digest_is_a_program() {
        let text = "# <script>alert(1)</script>가\n\n- [나](javascript:alert(1)) ![다](data:text/html,x) [라](JaVa\tScript:x) <img src=x onerror=alert(1)>\n- [마](vbscript:x)\n\n<script>\nalert(2)\n</script>\n\n<div onclick=\"x()\">바</div>\n";
        let html = html(text);
        for word in ["<script", "alert(2)", "javascript:", "data:", "onerror", "onclick", "vbscript"] {
            assert!(!html.to_lowercase().contains(word), "{word}: {html}");
        }
        for word in ["가", "나", "다", "마", "바"] {
            assert!(html.contains(word), "{word}: {html}");
        }
    }

    #[test]
    fn the_structure_is_real() {
        let html = html("# 제목\n\n- [가](https://a.b/?x=1&y=2) – **나** <a@b.c> [d](#x)\n- [x] 한 일\n\n| 라 |\n| - |\n| 마<br>바 |\n");
        for piece in [
            "<h1>제목</h1>",
            "<a href=\"https://a.b/?x=1&amp;y=2\">가</a>",
            "<strong>나</strong>",
            "mailto:a@b.c",
            "href=\"#x\"",
            "☑ 한 일",
            "<th>라</th>",
            "마<br />",
        ] {
            assert!(html.contains(piece), "{piece}: {html}");
        }
    }

    #[test]
    fn plain_text_is_a_list_too() {
        let digest = Digest::parse("소식\n\n• 가 (https://a.b/1) – <나>\n• 다 (https://a.b/2)\n", Format::Plain, None);
        let html = digest.html();
        assert!(html.contains("<p>소식</p>\n<ul>\n<li>가 (<a href=\"https://a.b/1\">https://a.b/1</a>) – &lt;나&gt;</li>\n"), "{html}");
    }

    #[test]
    fn schemes_are_told_as_browsers_tell_them() {
        for address in ["https://a.b", "HTTP://a", "mailto:a@b", "/x:y", "#a:b", "x/y?z=a:b", ""] {
            assert!(is_safe(address), "{address}");
        }
        for address in ["javascript:x", " java\nscript:x", "\u{1}javascript:x", "data:x", "file:///etc", "vbscript:x"] {
            assert!(!is_safe(address), "{address}");
        }
    }
}
