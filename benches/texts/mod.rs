//! Long and hostile texts by name: each a unit that is repeated up to a size, or a shape of its own.
//!
//! In a unit `{i}` is the number of the repetition.

/// Units of text, English or markup, of which many stood on one line or in one block.
const UNITS: &[(&str, &str)] = &[
    // Words and signs of English.
    ("word", "word "),
    ("model", "model "),
    ("million", "million "),
    ("capital", "Model "),
    ("longword", "a"),
    ("sentence", "The quick model learns a saddle point of the loss. "),
    ("clause", "a word, a word; "),
    ("hundred", "twenty-one hundred "),
    ("number", "1,234.5 "),
    ("digits", "12 "),
    ("longnumber", "1"),
    ("commanumber", "1,"),
    ("percent", "5% "),
    ("unit", "5 km "),
    ("date", "May 5, 2021 "),
    ("roman", "XIV "),
    ("name", "John Smith "),
    ("abbreviation", "e.g. "),
    ("initials", "J. K. "),
    ("dots", ". "),
    ("dotrun", "."),
    ("ellipsis", "…"),
    ("questions", "? "),
    ("hyphens", "a-b-"),
    ("dashes", "a – b "),
    ("quote", "\"a "),
    ("single-quote", "'a "),
    ("curly-quote", "“a "),
    ("closing-quote", "a” "),
    ("quoted", "\"a\" "),
    ("paren", "(a "),
    ("parens", "(("),
    ("closing-paren", ") "),
    ("paren-pair", "(a) "),
    ("combining", "a\u{301}\u{301}"),
    ("combining-run", "\u{301}"),
    ("emoji", "😀 "),
    ("emoji-name", ":a: "),
    ("emoji-open", ":a"),
    ("no-break-space", "\u{a0}a "),
    ("zero-width", "a\u{200b}"),
    ("spaces", " "),
    ("tabs", "\t"),
    ("softlines", "word word\n"),
    ("crlf", "word.\r\n"),
    ("carriage-return", "word.\r"),
    ("hardlines", "word  \n"),
    ("backslash-lines", "word\\\n"),
    ("lowercase-lines", "and so on\n"),
    ("empty-lines", "\n"),
    // Addresses.
    ("url", "https://a.b/c "),
    ("url-joined", "https://a.b/"),
    ("url-parens", "https://a.b/()))) "),
    ("url-open", "(https://a.b/ "),
    ("scheme", "://"),
    ("scheme-word", "a://"),
    ("www", "www.a "),
    ("www-joined", "www."),
    ("mail", "a@b.co "),
    ("mail-joined", "a@b.co"),
    ("at", "@a "),
    ("at-joined", "a@"),
    ("hash", "#a "),
    ("autolink", "<http://a.b> "),
    ("autolink-open", "<http://a.b "),
    ("autolink-mail", "<a@b.c> "),
    // Marks inside a line.
    ("star", "*a "),
    ("star-pair", "*a* "),
    ("star-closing", "a* "),
    ("star-both", "a*b"),
    ("stars", "*"),
    ("starstar", "**a "),
    ("starstar-pair", "**a** "),
    ("star-mix", "*a **b "),
    ("star-nest", "*a **b* c** "),
    ("star-runs", "a***"),
    ("star-link-open", "[*_a"),
    ("under", "_a "),
    ("under-mix", "*a _b "),
    ("under-both", "a_b"),
    ("tilde", "~a~ "),
    ("tilde-open", "~a "),
    ("tilde2", "~~a "),
    ("tilde2-pair", "~~a~~ "),
    ("backtick", "`a "),
    ("backticks", "``` "),
    ("code", "`a` "),
    ("code-escape", "``\\"),
    ("code-escaped", "\\``"),
    ("math", "$a "),
    ("math-pair", "$a$ "),
    ("math2", "$$a "),
    ("math2-pair", "$$a$$ "),
    ("money", "$5 "),
    ("math-brace", "${a "),
    ("bracket-open", "["),
    ("bracket-close", "]"),
    ("bracket-pair", "[a] "),
    ("bracket-word", "[a "),
    ("bracket-pairs", "[]"),
    ("link", "[a](b) "),
    ("link-open", "[a]("),
    ("link-angle", "[a](<b"),
    ("link-title", "[a](b \"c"),
    ("link-title-paren", "[a](b (c"),
    ("link-parens", "[a](b(c"),
    ("link-paren-open", "[ (]("),
    ("link-empty-open", "[]("),
    ("link-lines", "](["),
    ("link-label", "[a]["),
    ("emphasis-link", "[*a*](b) "),
    ("strong-link", "**[a](b)** "),
    ("reference", "[a][b] "),
    ("reference-empty", "[a][] "),
    ("wiki", "[[a]] "),
    ("image-open", "![a"),
    ("image", "![a](b) "),
    ("image-link", "[![a](b)](c) "),
    ("image-nest", "![a[b](c)"),
    ("footnote-reference", "a[^1] "),
    ("footnote-open", "[^a "),
    ("entity", "&amp; "),
    ("entity-open", "&a"),
    ("entity-run", "&amp;amp;"),
    ("entity-number", "&#39;"),
    ("ampersand", "& "),
    ("escape", "\\*"),
    ("escape-letter", "\\a "),
    ("escape-bracket", "\\[a\\] "),
    ("tag", "<a "),
    ("tag-pair", "<b>a</b> "),
    ("tag-close", "</a"),
    ("tag-attribute", "<a b=\""),
    ("tag-attribute-single", "<a b='"),
    ("tag-attribute-space", "<a b = "),
    ("break-tag", "a<br>"),
    ("less", "<"),
    ("less-greater", "<>"),
    ("less-space", "a < b "),
    ("declaration", "<!A "),
    ("declaration-joined", "<!A"),
    ("instruction", "<?a "),
    ("instruction-closed", "a <?a?> "),
    ("instruction-half", "a <? "),
    ("cdata", "<![CDATA["),
    ("cdata-closed", "a <![CDATA[b]]> "),
    ("cdata-half", "a <![CDATA[b]] "),
    ("comment", "<!-- "),
    ("comment-word", "a <!-- "),
    ("comment-closed", "a <!-- b --> "),
    ("comment-end", "--> "),
    ("mark", "⟦1⟧"),
    ("mark-open", "⟦1"),
    ("mark-square", "[[1]]"),
    // What other tools put into Markdown.
    ("liquid", "{%"),
    ("brace", "{{"),
    ("brace-one", "{"),
    ("liquid-pair", "{% a %} "),
    ("brace-pair", "{{ a }} "),
    ("shortcode", "{{< a >}} "),
    ("anchor", "{#a} "),
    ("mdx", "<A b={"),
    ("colons", ":::"),
    ("waiver", "<!-- translate: allow dropped-link: x -->\n"),
    ("waiver-inline", "a <!-- translate: allow dropped-link: x --> "),
    ("waiver-open", "<!-- translate: allow "),
    ("waiver-items", "- [a](b) – c. <!-- translate: allow dropped-link: x -->\n"),
    // Blocks.
    ("paragraphs", "The model learns.\n\n"),
    ("paragraphs-link", "[a{i}](https://a.b/{i}) – a comment.\n\n"),
    ("paragraphs-strong", "**a{i}**\n\ntext\n\n"),
    ("quote-deep", "> "),
    ("quote-lines", "> a\n"),
    ("quote-paragraphs", "> a\n\n"),
    ("quote-deep-lines", ">> a\n> b\n"),
    ("list-marks", "- "),
    ("list-marks-star", "* "),
    ("list-empty", "-\n"),
    ("list-code", "- ```\n  a\n  ```\n"),
    ("list-numbers", "1. "),
    ("list-star", "* a\n"),
    ("list-numbered", "{i}. a\n"),
    ("list-loose", "- a\n\n"),
    ("list-tasks", "- [ ] a\n"),
    ("list-labels", "- a\n  - [b](c)\n"),
    ("list-wrapped", "- word\n  word\n"),
    ("items", "- [Title word {i}](https://a.b/{i}) – A comment on the saddle point {i}.\n"),
    ("items-same", "- [Title](https://a.b/c) – Same text.\n"),
    ("items-same-address", "- [Title {i}](https://a.b/c) – A text {i}.\n"),
    ("items-same-title", "- [Title](https://a.b/{i}) – Same text.\n"),
    ("bullets", "• a (https://a.b/{i}) – b\n"),
    ("bullets-one-line", "• a (https://a.b/{i}) – b "),
    ("bullet-dashes", "– a\n"),
    ("pictographs", "🎉 a\n"),
    ("records", "Title: a{i}\nURL: https://a.b/{i}\n\n"),
    ("record-keys", "Key: value\n"),
    ("rules", "---\n"),
    ("rules-text", "a\n\n***\n\n"),
    ("heads", "## Heading {i}\n\nText of a paragraph.\n\n"),
    ("heads-link", "## [a{i}](https://a.b/{i})\n\nText.\n\n"),
    ("heads-only", "# a\n"),
    ("underlined", "a\n===\n"),
    ("footnotes", "[^{i}]: note\n"),
    ("footnotes-same", "[^a]: note\n"),
    ("definitions", "[r{i}]: https://a.b/{i}\n"),
    ("definitions-same", "[r]: https://a.b/{i}\n"),
    ("definition-open", "[a\n"),
    ("definition-title", "[a]: b '\n"),
    ("definitions-used", "[r{i}]: https://a.b/{i}\n\na [r{i}] b\n\n"),
    ("table-rows", "| a | b |\n"),
    ("table-delimiters", "|-"),
    ("table-bars", "|"),
    ("table-escapes", "\\|"),
    ("code-indented", "    a\n"),
    ("code-fences", "```\n"),
    ("code-fences-closed", "```\na\n```\n\n"),
    ("code-tildes", "~~~\n"),
    ("math-blocks", "$$\na\n$$\n\n"),
    ("math-lines", "$$\n"),
    ("html-block", "<div>\n"),
    ("html-blocks", "<div>\n\n"),
    ("html-scripts", "<script>\n"),
    ("html-comments", "<!-- a\n\n"),
    ("html-cdata-blocks", "<![CDATA[\n\n"),
    ("plus-metadata", "+++\n"),
    ("description-list", "a\n: b\n\n"),
    ("admonition", "!!! note\n    a\n\n"),
    ("alert", "> [!NOTE]\n> a\n\n"),
    // Korean.
    ("ko-noun", "학습 "),
    ("ko-noun-joined", "학습"),
    ("ko-sentence", "모델은 손실 함수를 최소화한다. "),
    ("ko-polite", "모델은 학습합니다. "),
    ("ko-bracket", "[가]"),
    ("ko-both-particles", "모델을(를) "),
    ("ko-number", "3만 5천 "),
    ("ko-numeral", "이백오십 "),
    ("ko-word", "가나다 "),
    ("ko-latin", "GPT-4를 "),
    ("ko-particle", "함수을 "),
    ("ko-doubled", "매우 매우 "),
    ("ko-spacing", "할수 있다 "),
    ("ko-quote", "“가” "),
    ("ko-quote-straight", "\"가\"라는 "),
    ("ko-ending", "합니다 한다 "),
    ("ko-lines", "- 모델은 학습한다.\n"),
    ("ko-paragraphs", "모델은 학습한다.\n\n"),
    ("ko-decomposed", "\u{1112}\u{1161}\u{11ab} "),
    ("ko-jamo", "ㅋㅋㅋ "),
    ("ko-strong", "**학습**을 "),
    ("ko-terms", "손실 함수 안장점 학습 "),
    ("ko-forbidden", "손실함수를 "),
    ("ko-units", "5킬로미터 "),
    ("ko-full-stop", "가。 "),
    ("ko-items", "- [제목 {i}](https://a.b/{i}) – 안장점에 대한 글 {i}입니다.\n"),
];

type Shape = fn(usize) -> String;

/// Texts that are no repetition of one unit.
const SHAPES: &[(&str, Shape)] = &[
    ("table-row", table_row),
    ("table-short-rows", table_short_rows),
    ("table-links", table_links),
    ("list-deep", list_deep),
    ("quote-stairs", quote_stairs),
    ("brackets-nested", |bytes| format!("{}a{}\n", "[".repeat(bytes / 2), "]".repeat(bytes / 2))),
    ("parens-nested", |bytes| format!("[a]({}b{})\n", "(".repeat(bytes / 2), ")".repeat(bytes / 2))),
    ("links-nested", |bytes| format!("{}a{}\n", "[".repeat(bytes / 5), "](b)".repeat(bytes / 5))),
    ("images-nested", |bytes| format!("{}a{}\n", "![".repeat(bytes / 6), "](b)".repeat(bytes / 6))),
    ("stars-nested", |bytes| format!("{}a{}\n", "*".repeat(bytes / 2), "*".repeat(bytes / 2))),
    ("emphasis-nested", |bytes| format!("{}a{}\n", "*a ".repeat(bytes / 6), " a*".repeat(bytes / 6))),
    ("emphasis-mixed", |bytes| format!("{}a{}\n", "*a **b ".repeat(bytes / 14), " b** a*".repeat(bytes / 14))),
    ("tags-nested", |bytes| format!("{}a{}\n", "<b>".repeat(bytes / 7), "</b>".repeat(bytes / 7))),
    ("backticks-growing", backticks_growing),
    ("front-matter", |bytes| format!("---\n{}---\n\ntext\n", numbered("k{i}: v\n", bytes))),
    ("header", |bytes| format!("Title: a\nDate: b\n{}\ntext\n", numbered("key: v\n", bytes))),
    ("heading-long", |bytes| format!("# {}\n", "word ".repeat(bytes / 5))),
    ("heading-braces", |bytes| format!("# {}\n", "{a".repeat(bytes / 2))),
    ("title-long", |bytes| format!("- [{}](https://a.b) – c\n", "word ".repeat(bytes / 5))),
    ("title-strong", |bytes| format!("**{}** – c\n", "word ".repeat(bytes / 5))),
    ("code-long", |bytes| format!("- `{}` – c\n", "word ".repeat(bytes / 5))),
    ("item-long", |bytes| format!("- [a](https://a.b) – {}\n", "word ".repeat(bytes / 5))),
    ("item-sentences", |bytes| format!("- [a](https://a.b) – {}\n", "The model learns a word. ".repeat(bytes / 25))),
    ("item-marks", |bytes| format!("- [a](https://a.b) – {}\n", numbered("a *b{i}* `c` ", bytes))),
    ("item-links", |bytes| format!("- [a](https://a.b) – {}\n", numbered("see [a{i}](https://a.b/{i}) ", bytes))),
    ("item-lines", |bytes| format!("- [a](https://a.b) – {}\n", "word\n  ".repeat(bytes / 7))),
    ("item-blocks", |bytes| format!("- [a](https://a.b) – b\n\n{}", "  word\n\n".repeat(bytes / 8))),
    ("item-list", |bytes| format!("- [a](https://a.b) – b\n{}", numbered("  - word {i}\n", bytes))),
    ("item-code", |bytes| format!("- [a](https://a.b) – b\n\n{}", "  ```\n  a\n  ```\n\n".repeat(bytes / 19))),
    ("list-stairs", list_stairs),
    ("bullets-in-link", |bytes| format!("[{}](https://a.b)\n", "a • b ".repeat(bytes / 8))),
    ("bullets-in-pairs", |bytes| format!("{}{}{}\n", "*".repeat(bytes / 4), "• word ".repeat(bytes / 18), "*".repeat(bytes / 4))),
    ("url-open-flat", |bytes| format!("• a {})\n", "(ab://c d ".repeat(bytes / 10))),
    ("url-open-joined", |bytes| format!("• a {} )\n", "(ab://c".repeat(bytes / 7))),
    ("words-then-spaces", |bytes| format!("{}{}end\n", "a. ".repeat(bytes / 6), " ".repeat(bytes / 2))),
    ("url-long", |bytes| format!("https://a.b/{}\n", "c".repeat(bytes))),
    ("url-closing", |bytes| format!("https://a.b/{}\n", ")".repeat(bytes))),
    ("url-dots", |bytes| format!("https://a.b/{}\n", ".".repeat(bytes))),
    ("url-brackets", |bytes| format!("https://a.b/{}\n", "]".repeat(bytes))),
    ("comment-long", |bytes| format!("a <!-- {} --> b\n", "c ".repeat(bytes / 2))),
    ("reference-many", |bytes| format!("{}\n{}", "[a][r] ".repeat(bytes / 7), "[r]: https://a.b\n")),
    ("reference-long", reference_long),
    ("reference-target", |bytes| format!("[x]: {}\n{}", "x".repeat(bytes / 2), "[x]\n".repeat(bytes / 8))),
    ("footnotes-used", |bytes| numbered("a[^{i}] b\n\n[^{i}]: c\n\n", bytes)),
    ("underline-long", |bytes| format!("word\n{}\n", "=".repeat(bytes))),
    ("rule-long", |bytes| "-".repeat(bytes) + "\n"),
    ("no-end", |bytes| "word ".repeat(bytes / 5)),
    ("mixture", mixture),
];

/// Glossaries: for `glossary lint`.
const GLOSSARIES: &[(&str, Shape)] = &[
    ("terms", |bytes| table_of_terms("\"term {i}\" = \"용어{i}\"\n", bytes)),
    ("terms-same-korean", |bytes| table_of_terms("\"term {i}\" = \"용어\"\n", bytes)),
    ("terms-avoid", |bytes| table_of_terms("\"term {i}\" = { korean = \"용어{i}\", avoid = [\"말{i}\", \"단어{i}\"] }\n", bytes)),
    ("terms-plural", |bytes| table_of_terms("\"term{i}\" = \"용어{i}\"\n\"term{i}s\" = \"용어{i}\"\n", bytes)),
    ("terms-phrases", |bytes| table_of_terms("\"a b c d term {i}\" = \"가 나 다 용어 {i}\"\n", bytes)),
    ("terms-nested", terms_nested),
];

/// Whether a text of [`names`] is a glossary.
#[allow(dead_code)]
pub fn is_glossary(name: &str) -> bool {
    GLOSSARIES.iter().any(|(known, _)| *known == name)
}

/// All names: those of digests, then those of glossaries.
#[allow(dead_code)]
pub fn names() -> Vec<&'static str> {
    let shapes = SHAPES.iter().chain(GLOSSARIES).map(|(name, _)| *name);
    UNITS.iter().map(|(name, _)| *name).chain(shapes).collect()
}

/// The text of a name, about so many bytes long; nothing for a name that is none.
pub fn text(name: &str, bytes: usize) -> Option<String> {
    if let Some((_, unit)) = UNITS.iter().find(|(known, _)| *known == name) {
        let mut text = numbered(unit, bytes);
        if !text.ends_with(['\n', '\r']) {
            text.push('\n');
        }
        return Some(text);
    }
    SHAPES.iter().chain(GLOSSARIES).find(|(known, _)| *known == name).map(|(_, shape)| shape(bytes))
}

fn numbered(unit: &str, bytes: usize) -> String {
    if !unit.contains("{i}") {
        return unit.repeat((bytes / unit.len()).max(1));
    }
    let mut text = String::with_capacity(bytes + unit.len() + 16);
    let mut number = 0;
    while text.len() < bytes {
        text.push_str(&unit.replace("{i}", &number.to_string()));
        number += 1;
    }
    text
}

/// One row of many columns.
fn table_row(bytes: usize) -> String {
    let columns = (bytes / 8).max(2);
    format!("|{}\n|{}\n", " a |".repeat(columns), " - |".repeat(columns))
}

/// Many columns in the head, and many rows that have one of them.
fn table_short_rows(bytes: usize) -> String {
    let columns = (bytes / 12).max(2);
    format!("|{}\n|{}\n{}", " a |".repeat(columns), " - |".repeat(columns), "| b |\n".repeat(columns / 2))
}

fn table_links(bytes: usize) -> String {
    format!("| a | b |\n| - | - |\n{}", numbered("| [a{i}](https://a.b/{i}) | word {i} |\n", bytes))
}

/// Lists in lists, 200 deep, again and again.
fn list_deep(bytes: usize) -> String {
    let mut text = String::new();
    let mut depth = 0;
    while text.len() < bytes {
        text.push_str(&"  ".repeat(depth % 200));
        text.push_str("- a\n");
        depth += 1;
    }
    text
}

/// A list in a list in a list, as deep as the size allows.
fn list_stairs(bytes: usize) -> String {
    let mut text = String::new();
    let mut depth = 0;
    while text.len() < bytes {
        text.push_str(&"  ".repeat(depth));
        text.push_str("- a\n");
        depth += 1;
    }
    text.push_str(&"  ".repeat(depth));
    text + "- [a](b)\n"
}

/// Quotes in quotes, 100 deep, again and again.
fn quote_stairs(bytes: usize) -> String {
    let mut text = String::new();
    let mut depth = 0;
    while text.len() < bytes {
        text.push_str(&">".repeat(depth % 100 + 1));
        text.push_str(" a\n");
        depth += 1;
    }
    text
}

/// Runs of backticks of which no two are alike.
fn backticks_growing(bytes: usize) -> String {
    let mut text = String::new();
    let mut length = 1;
    while text.len() < bytes {
        text.push_str(&"`".repeat(length));
        text.push(' ');
        length += 1;
    }
    text + "\n"
}

/// References whose label is as long as all the rest.
fn reference_long(bytes: usize) -> String {
    let label = "r".repeat(900);
    format!("{}\n[{label}]: https://a.b\n", format!("[{label}] ").repeat(bytes / 903))
}

/// A bit of everything that digests hold, in ordinary measure.
fn mixture(bytes: usize) -> String {
    let unit = "## Section {i}\n\nA greeting with a [link](https://a.b/g{i}).\n\n- [Title {i}](https://a.b/{i}) – A *model* with `code {i}`, \
                5% of $x_{i}$ and &amp; **bold**.\n- [Other {i}](https://a.c/{i}): it wrote \"so {i}\".\n\n  > quoted {i}\n\n| a | b |\n| - | - |\n\
                | [c{i}](d) | e |\n\n";
    numbered(unit, bytes)
}

fn table_of_terms(unit: &str, bytes: usize) -> String {
    format!("[terms]\n{}", numbered(unit, bytes))
}

/// Terms each of which begins with the one before, up to 20 words.
fn terms_nested(bytes: usize) -> String {
    let mut text = "[terms]\n".to_owned();
    let mut number = 0;
    while text.len() < bytes {
        let words: Vec<String> = (0..=number % 20).map(|word| format!("w{word}x{}", number / 20)).collect();
        text.push_str(&format!("\"{}\" = \"용어{}\"\n", words.join(" "), "가".repeat(number % 20 + 1)));
        number += 1;
    }
    text
}
