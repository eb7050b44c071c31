//! Marks as HTML tags and back. The server unescapes what was escaped, so the way back trusts no escaping: only tags
//! that the English text cannot hold are taken for ours.

/// A text with its marks as tags.
#[derive(Debug)]
pub(super) struct Encoded {
    pub html: String,
    english: String,
    /// The tag around words: `<b id="mk1">words</b>`.
    pair: &'static str,
    /// The tag that stands for something: `<code id="mk2">2</code>`, not empty because empty tags get lost.
    single: &'static str,
    /// What the numbers of our tags begin with.
    prefix: String,
}

/// `text` as HTML; none where it has no marks.
pub(super) fn encode(text: &str) -> Option<Encoded> {
    text.char_indices().find_map(|(at, _)| mark(&text[at..]))?;
    let pair = free_name(text, &["b", "em", "strong", "span", "u"]);
    let single = free_name(text, &["code", "kbd", "samp", "var", "tt"]);
    let mut prefix = "mk".to_owned();
    while text.contains(&prefix) {
        prefix.push('k');
    }
    let mut html = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some((mark, after)) = mark(rest) {
            match mark {
                Mark::Open(number) => html.push_str(&format!("<{pair} id=\"{prefix}{number}\">")),
                Mark::Close => html.push_str(&format!("</{pair}>")),
                Mark::Single(number) => html.push_str(&format!("<{single} id=\"{prefix}{number}\">{number}</{single}>")),
            }
            rest = after;
            continue;
        }
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            _ => html.push(character),
        }
        rest = &rest[character.len_utf8()..];
    }
    Some(Encoded { html, english: text.to_owned(), pair, single, prefix })
}

impl Encoded {
    /// The translated HTML as text with marks. Whether each mark came back once is for the caller to check.
    pub fn decode(&self, html: &str) -> String {
        let escaped = self.is_escaped(html);
        let mut text = String::new();
        let mut open: Vec<&str> = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find(['<', '&']) {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.starts_with('&') {
                let (character, after) = entity(rest).filter(|_| escaped).unwrap_or_else(|| rest.split_at(1));
                text.push_str(character);
                rest = after;
            } else if let Some((tag, after)) = self.tag(rest) {
                rest = after;
                match tag {
                    Tag::Open(number) => {
                        text.push_str(&format!("⟦{number}⟧"));
                        open.push(number);
                    }
                    Tag::Close => {
                        if let Some(number) = open.pop() {
                            text.push_str(&format!("⟦/{number}⟧"));
                        }
                    }
                    Tag::Single(number) => {
                        text.push_str(&format!("⟦{number}/⟧"));
                        rest = self.without_number(rest, number);
                    }
                    Tag::SingleEnd => {}
                }
            } else {
                text.push('<');
                rest = &rest[1..];
            }
        }
        text.push_str(rest);
        text
    }

    /// One of our tags at the start of `html`, and what follows it.
    fn tag<'a>(&self, html: &'a str) -> Option<(Tag<'a>, &'a str)> {
        let inner = html.strip_prefix('<')?;
        let (inner, closing) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
        let (inner, after) = inner.split_once('>')?;
        let length = inner.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        let (pair, single) = (name.eq_ignore_ascii_case(self.pair), name.eq_ignore_ascii_case(self.single));
        let tag = match closing {
            true if pair => Tag::Close,
            true if single => Tag::SingleEnd,
            false if pair => Tag::Open(self.number(attributes)?),
            false if single => Tag::Single(self.number(attributes)?),
            _ => return None,
        };
        Some((tag, after))
    }

    /// The number in ` id="mk1"`, however it is quoted now.
    fn number<'a>(&self, attributes: &'a str) -> Option<&'a str> {
        let at = attributes.find(&self.prefix)? + self.prefix.len();
        let digits = attributes[at..].find(|character: char| !character.is_ascii_digit()).unwrap_or(attributes.len() - at);
        Some(&attributes[at..at + digits]).filter(|number| !number.is_empty())
    }

    /// What follows the number that we put into `<code>` to keep it from getting lost. Where other words came in as
    /// well, they are kept: they are a part of the translation.
    fn without_number<'a>(&self, rest: &'a str, number: &str) -> &'a str {
        rest.trim_start().strip_prefix(number).filter(|after| !after.starts_with(|next: char| next.is_ascii_digit())).unwrap_or(rest)
    }

    /// Whether entities of the answer are the server's. Where the English text shows an entity as such, an answer
    /// without its escaped form has been unescaped already, and doing it again would change the text.
    fn is_escaped(&self, html: &str) -> bool {
        let mut shown = ENTITIES.iter().filter(|(entity, _)| self.english.contains(entity)).peekable();
        shown.peek().is_none() || shown.any(|(entity, _)| html.contains(&entity.replace('&', "&amp;")))
    }
}

const ENTITIES: [(&str, &str); 8] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", "\u{a0}"),
];

/// The character that an entity at the start of `html` stands for, and what follows it.
fn entity(html: &str) -> Option<(&'static str, &str)> {
    ENTITIES.iter().find_map(|(entity, character)| Some((*character, html.strip_prefix(entity)?)))
}

enum Tag<'a> {
    Open(&'a str),
    Close,
    Single(&'a str),
    SingleEnd,
}

enum Mark<'a> {
    Open(&'a str),
    /// Its number is not needed: tags are closed by nesting.
    Close,
    Single(&'a str),
}

/// A mark at the start of `text`, and what follows it.
fn mark(text: &str) -> Option<(Mark<'_>, &str)> {
    let (inner, after) = text.strip_prefix('⟦')?.split_once('⟧')?;
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let mark = match (inner.strip_prefix('/'), inner.strip_suffix('/')) {
        (Some(digits), None) if number(digits) => Mark::Close,
        (None, Some(digits)) if number(digits) => Mark::Single(digits),
        (None, None) if number(inner) => Mark::Open(inner),
        _ => return None,
    };
    Some((mark, after))
}

/// The first of `names` that `text` does not hold as a tag: a literal `</b>` must not close one of ours.
fn free_name(text: &str, names: &[&'static str]) -> &'static str {
    let text = text.to_ascii_lowercase();
    let taken = |name: &&&str| text.contains(&format!("<{name}")) || text.contains(&format!("</{name}"));
    names.iter().find(|name| !taken(name)).or(names.last()).copied().unwrap_or("b")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> String {
        encode(text).expect("has marks").html
    }

    fn back(text: &str, html: &str) -> String {
        encode(text).expect("has marks").decode(html)
    }

    #[test]
    fn marks_become_tags() {
        assert_eq!(html("⟦1⟧A⟦/1⟧ & ⟦2/⟧"), "<b id=\"mk1\">A</b> &amp; <code id=\"mk2\">2</code>");
        assert_eq!(html("mk <b>x</b> ⟦1⟧A⟦/1⟧"), "mk &lt;b&gt;x&lt;/b&gt; <em id=\"mkk1\">A</em>");
        for text in ["plain", "⟦⟧", "⟦x⟧", "⟦/1/⟧", "⟦1", "a ⟦ b ⟧"] {
            assert!(encode(text).is_none(), "{text}");
        }
        assert!(encode("⟦⟦1⟧").is_some(), "a mark after a bracket that is text");
    }

    #[test]
    fn every_text_survives_a_server_that_changes_nothing_and_one_that_unescapes() {
        let texts = [
            "⟦1⟧A⟦2⟧B⟦/2⟧⟦/1⟧ ⟦3/⟧⟦4/⟧ C",
            "⟦1⟧x⟦/1⟧ < y && z > \"q\" 'r'",
            "⟦1/⟧ literal <b id=\"mk1\">bold</b> and <code>2</code>",
            "⟦1⟧a </b> b⟦/1⟧ </code> &lt;T&gt; &amp;",
            "⟦1/⟧ &amp;lt; stays",
            "⟦⟦1⟧⟧ 7⟦7/⟧7 ⟦/1⟧",
        ];
        for text in texts {
            assert_eq!(back(text, &html(text)), text, "unchanged");
        }
        for text in &texts {
            let unescaped = html(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert_eq!(back(text, &unescaped), *text, "unescaped: {unescaped}");
        }
    }

    const PIECES: &[&str] = &[
        "<b>",
        "</B >",
        "</em>",
        "<code id=\"mk2\">",
        "</code>",
        "&lt;",
        "&",
        ";",
        "<",
        ">",
        "\"mk1\"",
        "kk",
        "가",
        " ",
        "⟦",
        "7/⟧x",
        "&#39;",
    ];

    fn hostile() -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(PIECES), 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_around_marks_survives(a in hostile(), b in hostile(), c in hostile(), d in hostile()) {
            let text = format!("{a}⟦1⟧{b}⟦2/⟧{c}⟦/1⟧{d}");
            let unchanged = html(&text);
            prop_assert_eq!(back(&text, &unchanged), text.as_str());
            let unescaped = unchanged.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            prop_assert_eq!(back(&text, &unescaped), text);
        }
    }

    #[test]
    fn damage_is_never_hidden() {
        let text = "⟦1⟧A⟦/1⟧ ⟦2/⟧";
        assert_eq!(back(text, "<B ID='mk1' class=x>가</B> <code id=mk2 translate=\"no\"> 2</code>"), "⟦1⟧가⟦/1⟧ ⟦2/⟧");
        assert_eq!(back(text, "<b>가</b> <code id=\"mk2\">2 나</code>"), "<b>가 ⟦2/⟧ 나");
        assert_eq!(back(text, "가 <i>x</i> <T> 1 < 2 &copy; &quot;"), "가 <i>x</i> <T> 1 < 2 &copy; \"");
        assert_eq!(back(text, "<b id=\"mk1\">가"), "⟦1⟧가");
        assert_eq!(back(text, "<b id=\"mk1\""), "<b id=\"mk1\"");
        assert_eq!(back(text, "<code id=\"mk2\">23</code>"), "⟦2/⟧23");
    }
}
