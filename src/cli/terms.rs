//! `translate terms`: which terms of the glossary occur in a digest, and where.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use translate_digest::digest::{Digest, Format};
use translate_digest::draft::files::{self, Names};
use translate_digest::glossary::{Glossary, Standing};
use translate_digest::span::{Lines, Span};

use super::error::{CliError, Status};
use super::project;

/// Shows the terms of a digest and of its Korean side.
#[derive(Args, Debug)]
pub(crate) struct TermsArgs {
    /// The English digest; its Korean file is read too where there is one
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// How to print the terms
    #[arg(long, value_enum, default_value_t = TermsFormat::Human)]
    format: TermsFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TermsFormat {
    Human,
    Json,
}

#[derive(Serialize)]
struct TermsJson {
    version: u32,
    english_file: String,
    korean_file: Option<String>,
    items: Vec<ItemJson>,
}

/// What was found in an item, or outside items.
#[derive(Serialize)]
struct ItemJson {
    item: Option<usize>,
    english: Vec<EnglishJson>,
    korean: Vec<KoreanJson>,
}

#[derive(Serialize)]
struct EnglishJson {
    term: String,
    start: usize,
    end: usize,
    text: String,
}

#[derive(Serialize)]
struct KoreanJson {
    term: String,
    rendering: String,
    kind: &'static str,
    start: usize,
    end: usize,
    text: String,
    tail: String,
}

/// Prints the terms on `out`.
pub(crate) fn run(args: &TermsArgs, out: &mut dyn Write) -> Result<Status, CliError> {
    super::refuse_mdx(&args.draft)?;
    let english = files::read_merged(&args.draft)?;
    let glossary = project::glossary(&files::root(&args.draft))?;
    let korean_file = Names::of(&args.draft).korean;
    let korean = files::read_existing(&korean_file)?;
    let found = TermsJson {
        version: 1,
        english_file: args.draft.display().to_string(),
        korean_file: korean.is_some().then(|| korean_file.display().to_string()),
        items: items(&glossary, &english, korean.as_deref(), Format::of(&args.draft)),
    };
    match args.format {
        TermsFormat::Json => super::print_json(out, &found)?,
        TermsFormat::Human => super::print(out, &human(&found, &english, korean.as_deref()))?,
    }
    Ok(Status::Done)
}

/// What stands in each item of both sides, by number; what stands outside items is first.
fn items(glossary: &Glossary, english: &str, korean: Option<&str>, format: Format) -> Vec<ItemJson> {
    let digest = Digest::parse(english, format, None);
    let mut items = vec![];
    let mut slot = |item: Option<usize>| -> usize {
        let index = item.map_or(0, |item| item + 1);
        while items.len() <= index {
            items.push(ItemJson { item: (!items.is_empty()).then_some(items.len()), english: vec![], korean: vec![] });
        }
        index
    };
    let mut english_hits: Vec<(usize, EnglishJson)> = Vec::new();
    for prose in digest.prose() {
        for (term, range) in glossary.find_english(&prose.view.text) {
            let Span { start, end } = prose.view.span(range.clone());
            let term = glossary.terms()[term].english.clone();
            // Senses of one word are one entry.
            if english_hits.last().is_none_or(|(_, last)| (last.start, &last.term) != (start, &term)) {
                english_hits.push((slot(prose.item), EnglishJson { term, start, end, text: prose.view.text[range].to_owned() }));
            }
        }
    }
    let mut korean_hits: Vec<(usize, KoreanJson)> = Vec::new();
    if let Some(korean) = korean {
        for prose in Digest::parse(korean, format, None).prose() {
            for hit in glossary.find_korean(&prose.view).into_iter().filter(|hit| hit.standing != Standing::Narrower) {
                let Span { start, end } = prose.view.span(hit.range.clone());
                korean_hits.push((
                    slot(prose.item),
                    KoreanJson {
                        term: glossary.terms()[hit.term].english.clone(),
                        rendering: hit.rendering.to_string(),
                        kind: hit.form.name(),
                        start,
                        end,
                        text: prose.view.text[hit.range].to_owned(),
                        tail: prose.view.text[hit.tail].to_owned(),
                    },
                ));
            }
        }
    }
    english_hits.into_iter().for_each(|(slot, hit)| items[slot].english.push(hit));
    korean_hits.into_iter().for_each(|(slot, hit)| items[slot].korean.push(hit));
    items.retain(|item| !(item.english.is_empty() && item.korean.is_empty()));
    items
}

fn human(found: &TermsJson, english: &str, korean: Option<&str>) -> String {
    let (english_lines, korean_lines) = (Lines::new(english), Lines::new(korean.unwrap_or_default()));
    let mut text = String::new();
    for item in &found.items {
        text.push_str(&item.item.map_or_else(|| "outside items\n".to_owned(), |item| format!("item {item}\n")));
        for hit in &item.english {
            let place = english_lines.place(hit.start);
            text.push_str(&format!("  {}:{}:{}  {}", found.english_file, place.line, place.column, hit.term));
            text.push_str(&if hit.text == hit.term { "\n".to_owned() } else { format!("  as {}\n", hit.text) });
        }
        for hit in &item.korean {
            let place = korean_lines.place(hit.start);
            let file = found.korean_file.as_deref().unwrap_or_default();
            text.push_str(&format!("  {file}:{}:{}  {}  {} ({})", place.line, place.column, hit.term, hit.text, hit.kind));
            text.push_str(&if hit.tail.is_empty() { "\n".to_owned() } else { format!(" + {}\n", hit.tail) });
        }
    }
    let (english, korean) = found.items.iter().fold((0, 0), |(e, k), item| (e + item.english.len(), k + item.korean.len()));
    text.push_str(&format!("{english} in English, {korean} in Korean\n"));
    text
}
