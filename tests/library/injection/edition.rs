//! A good Korean edition with its English digest, and the places of it where a fault can be put.

use std::path::Path;

use translate_digest::checks::{self, Chosen, Context, Finding, Part, Twin};
use translate_digest::digest::{Digest, Format, Kind, Mark, MarkKind, sentences};
use translate_digest::draft::pair::pair;
use translate_digest::glossary::Glossary;
use translate_digest::korean::hangul::is_hangul;
use translate_digest::korean::view::OBJECT;
use translate_digest::span::Span;

/// A pair of digests. The texts live as long as the test does.
pub struct Edition {
    pub name: String,
    pub english: &'static Digest<'static>,
    pub korean: &'static Digest<'static>,
    pub context: Context<'static>,
    pub words: Vec<Word>,
    /// The text of its glossary.
    pub terms: &'static str,
    glossary: &'static Glossary,
}

/// A word of the Korean running text, without markup or code in it.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its bytes in the Korean file.
    pub span: Span,
    pub text: &'static str,
    /// Index of its part.
    pub part: usize,
    /// What its segment is.
    pub kind: Option<Kind>,
}

impl Edition {
    /// The pairs of the repository, and those of the folder that `DIGESTS` names.
    pub fn all() -> Vec<Self> {
        let mut all = Self::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions"));
        assert!(all.iter().map(|edition| edition.korean.items.len()).sum::<usize>() >= 150);
        if let Some(folder) = std::env::var_os("DIGESTS") {
            all.extend(Self::of_folder(Path::new(&folder)));
        }
        all
    }

    fn of_folder(folder: &Path) -> Vec<Self> {
        let terms: &'static str = std::fs::read_to_string(folder.join("glossary.toml")).unwrap_or_default().leak();
        let mut names: Vec<String> =
            std::fs::read_dir(folder).expect("the folder").flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        let pairs = names.iter().filter_map(|name| name.strip_suffix(".ko.md")).filter(|name| folder.join(format!("{name}.md")).exists());
        let text = |name: String| -> &'static str { std::fs::read_to_string(folder.join(name)).expect("UTF-8").leak() };
        pairs.map(|name| Self::new(name, terms, text(format!("{name}.md")), text(format!("{name}.ko.md")))).collect()
    }

    fn new(name: &str, terms: &'static str, english: &'static str, korean: &'static str) -> Self {
        let glossary: &'static Glossary = Box::leak(Box::new(Glossary::load("glossary.toml", terms).expect("a glossary")));
        let parse = |text| -> &'static Digest<'static> { Box::leak(Box::new(Digest::parse(text, Format::Markdown, None))) };
        let (english, korean) = (parse(english), parse(korean));
        let pairs = pair(english, korean, &vec![Vec::new(); english.segments.len()]);
        let context = Context::new(glossary, korean, Some((english, Box::leak(Box::new(pairs)))));
        let words = words(&context);
        Self { name: name.to_owned(), english, korean, context, words, terms, glossary }
    }

    /// What some checks find in another Korean text of this digest.
    pub fn found(&self, korean: &str, chosen: &[Chosen]) -> Vec<Finding> {
        let korean = Digest::parse(korean, Format::Markdown, None);
        let pairs = pair(self.english, &korean, &vec![Vec::new(); self.english.segments.len()]);
        let found = checks::run(&Context::new(self.glossary, &korean, Some((self.english, &pairs))), chosen);
        assert!(found.broken.is_empty(), "{:?}", found.broken);
        found.findings
    }

    /// The Korean file.
    pub fn text(&self) -> &'static str {
        self.korean.text
    }

    /// The Korean file with other text in some of its bytes.
    pub fn with(&self, span: Span, text: &str) -> String {
        format!("{}{text}{}", &self.text()[..span.start], &self.text()[span.end..])
    }

    /// The parts whose English is certain.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.context.parts().iter().filter(|part| part.english.is_some())
    }

    /// The English of a part, as bytes.
    pub fn english_of(&self, part: &Part) -> &'static str {
        part.english.clone().map_or("", |span| &self.english.text[span])
    }

    /// The marks of one kind in parts whose English is certain.
    pub fn marks(&self, kind: MarkKind) -> Vec<Mark<'_>> {
        let marks = self.parts().flat_map(|part| self.context.korean().marks_in(&part.korean));
        marks.filter(|mark| mark.kind == kind).copied().collect()
    }

    /// Segments in both languages, with Hangul in the Korean.
    pub fn twins(&self) -> Vec<&Twin> {
        self.parts().flat_map(|part| &part.twins).filter(|twin| self.text()[twin.korean.clone()].contains(is_hangul)).collect()
    }

    /// Segments of running text in both languages.
    pub fn running(&self) -> Vec<&Twin> {
        self.twins().into_iter().filter(|twin| matches!(twin.kind, Kind::Commentary | Kind::Paragraph)).collect()
    }

    /// The sentences of some Korean bytes that hold no markup.
    pub fn bare_sentences(&self, span: &Span) -> Vec<Span> {
        let text = &self.text()[span.clone()];
        bare_sentences(text).into_iter().map(|range| span.start + range.start..span.start + range.end).collect()
    }

    /// Words that stand one after the other, with one blank between them.
    pub fn runs(&self, length: usize) -> impl Iterator<Item = &[Word]> {
        let follows = |pair: &[Word]| pair[0].span.end + 1 == pair[1].span.start && self.text().as_bytes()[pair[0].span.end] == b' ';
        self.words.windows(length).filter(move |run| run.windows(2).all(follows))
    }

    /// Words of Hangul alone, of so many syllables at least.
    pub fn hangul(&self, least: usize) -> Vec<&Word> {
        self.words.iter().filter(|word| word.text.chars().count() >= least && word.text.chars().all(is_hangul)).collect()
    }

    /// Whether a part of the Korean file stands in a table.
    pub fn in_table(&self, at: usize) -> bool {
        line(self.text(), at).trim_start().starts_with('|')
    }
}

/// The sentences of a text that hold no markup.
pub fn bare_sentences(text: &str) -> Vec<Span> {
    let is_bare = |range: &Span| !text[range.clone()].contains(['[', ']', '*', '`', '!', '<', '>', '|', '~', '\n', '_']);
    sentences(text).into_iter().filter(is_bare).collect()
}

/// Where the line that holds a byte begins.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The byte after the line that holds a byte, its end included.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The line that holds a byte.
pub fn line(text: &str, at: usize) -> &str {
    &text[line_start(text, at)..line_end(text, at)]
}

/// Every line with the byte it begins at.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

fn words(context: &Context<'static>) -> Vec<Word> {
    let file = context.korean().digest;
    let mut found: Vec<Word> = Vec::new();
    for (part, of) in context.parts().iter().enumerate().filter(|(_, of)| of.english.is_some()) {
        for passage in context.korean_words(of) {
            let text = passage.text();
            for piece in text.split_whitespace() {
                let start = passage.range.start + (piece.as_ptr() as usize - text.as_ptr() as usize);
                let range = start..start + piece.len();
                let span = passage.view.span(range.clone());
                let is_plain = passage.view.is_whole(range.clone()) && !passage.view.is_hidden(range) && !piece.contains(OBJECT);
                if !is_plain || file.text[span.clone()] != *piece || found.last().is_some_and(|last| span.start < last.span.end) {
                    continue;
                }
                let segment = file.segments.iter().find(|segment| segment.start <= span.start && span.end <= segment.end);
                found.push(Word { text: &file.text[span.clone()], span, part, kind: segment.map(|segment| segment.kind) });
            }
        }
    }
    found
}
