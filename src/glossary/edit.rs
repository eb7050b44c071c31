//! Adds terms to the text of a `glossary.toml`; every byte that is not about them stays, comments and line ends included.

use std::collections::HashMap;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{Case, Fault, Glossary, LoadError, Rendering, Spacing, Term};
use crate::span::{Lines, place};

/// What became of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Added,
    /// It was there; these forms were added to it.
    Extended(Vec<String>),
    /// It was there as it is.
    Unchanged,
    /// It is there with another meaning, which stays.
    Kept {
        /// Its line in the file.
        line: usize,
        /// The English entry as listed.
        english: String,
        /// What is written for it.
        preferred: String,
    },
}

/// The text with `new` terms added, and what became of each. An entry that is there is only ever given further forms, and only where
/// `extends` says so.
///
/// # Errors
/// When the text is no glossary, or would be none with these terms.
pub fn add(path: &str, text: &str, new: &[Term], extends: bool) -> Result<(String, Vec<Outcome>), LoadError> {
    let glossary = Glossary::load(path, text)?;
    let bom = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    // The document's text always ends its last line.
    let is_open = !text.is_empty() && !text.ends_with('\n');
    let body = format!("{}{}", &text[bom..], if is_open { "\n" } else { "" });
    let mut document = body.parse::<DocumentMut>().map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let fault = Fault { at: format!("{path}:{}", place(text, bom + span.start).line), span, message: error.message().to_string() };
        LoadError { faults: vec![fault] }
    })?;
    let before = document.to_string();
    let mut outcomes = Vec::with_capacity(new.len());
    let mut added: Vec<&Term> = Vec::new();
    let lines = Lines::new(text);
    let mut same_letters: HashMap<String, Vec<&Term>> = HashMap::new();
    for term in glossary.terms() {
        same_letters.entry(letters(term).to_lowercase()).or_default().push(term);
    }
    for term in new {
        let near = same_letters.get(&letters(term).to_lowercase()).map_or(&[][..], Vec::as_slice);
        let twins: Vec<&Term> = near.iter().copied().filter(|other| is_twin(other, term)).collect();
        let outcome = match twins.iter().find(|twin| has_preferred(twin, term)).or(twins.first()) {
            Some(twin) if !has_preferred(twin, term) => {
                let line = lines.place(twin.span.start).line;
                Outcome::Kept { line, english: twin.english.clone(), preferred: twin.preferred().to_string() }
            }
            Some(twin) if extends => extend(&mut document, twin, term),
            Some(_) => Outcome::Unchanged,
            None => {
                added.push(term);
                Outcome::Added
            }
        };
        outcomes.push(outcome);
    }
    append(&mut document, &added);
    let edited = spliced(&body, &before, &document.to_string());
    let text = format!("{}{}", &text[..bom], edited.strip_suffix('\n').filter(|_| is_open).unwrap_or(&edited));
    Glossary::load(path, &text)?;
    Ok((text, outcomes))
}

/// Whether both entries, which have the same letters but for case, are one English word: capitals count where an entry says so.
fn is_twin(a: &Term, b: &Term) -> bool {
    (a.case == Case::Any && b.case == Case::Any) || letters(a) == letters(b)
}

/// The finder takes no notice of blanks and hyphens.
fn letters(term: &Term) -> String {
    term.english.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

fn has_preferred(a: &Term, b: &Term) -> bool {
    a.preferred() == b.preferred() && a.keep == b.keep
}

/// Gives an entry of the document what `new` has and it has not.
fn extend(document: &mut DocumentMut, old: &Term, new: &Term) -> Outcome {
    let missing = |own: &[Rendering], other: &[Rendering]| -> Vec<String> {
        let texts = other.iter().map(|rendering| rendering.text.clone());
        texts.filter(|text| !own.iter().any(|rendering| rendering.text == *text)).collect()
    };
    let lists = [("also", missing(&old.also, &new.also)), ("avoid", missing(&old.avoid, &new.avoid))];
    let mut told: Vec<String> = lists.iter().flat_map(|(_, forms)| forms.clone()).collect();
    let mut fields: Vec<(&str, Value)> = Vec::new();
    for (name, own, other) in [("note", &old.note, &new.note), ("sense", &old.sense, &new.sense), ("read", &old.read, &new.read)] {
        if let (None, Some(text)) = (own, other) {
            fields.push((name, text.as_str().into()));
            told.push(text.clone());
        }
    }
    if told.is_empty() {
        return Outcome::Unchanged;
    }
    let terms = document.get_mut("terms").and_then(Item::as_table_like_mut);
    let Some(item) = terms.and_then(|terms| terms.get_mut(&old.english)) else { return Outcome::Unchanged };
    with_table(item, old, |table| {
        for (name, forms) in &lists {
            push(table, name, forms);
        }
        for (name, value) in fields {
            table.insert(name, Item::Value(value));
        }
    });
    Outcome::Extended(told)
}

/// Calls `change` with the table of an entry, or of the sense of it that is meant; a bare string becomes a table first.
fn with_table(item: &mut Item, term: &Term, change: impl FnOnce(&mut dyn TableLike)) {
    let is_meant =
        |table: &dyn TableLike| table.get("korean").and_then(Item::as_str) == term.korean.as_ref().map(|korean| korean.text.as_str());
    match item {
        Item::Value(Value::Array(senses)) => {
            if let Some(table) = senses.iter_mut().filter_map(Value::as_inline_table_mut).find(|table| is_meant(*table)) {
                with_tight_end(table, |table| change(table));
            }
        }
        Item::ArrayOfTables(senses) => {
            if let Some(table) = senses.iter_mut().find(|table| is_meant(*table)) {
                change(table);
            }
        }
        Item::Value(value @ Value::String(_)) => {
            let mut table = InlineTable::new();
            let decor = value.decor().clone();
            value.decor_mut().clear();
            table.insert("korean", value.clone());
            change(&mut table);
            *table.decor_mut() = decor;
            *value = Value::InlineTable(table);
        }
        Item::Value(Value::InlineTable(table)) => with_tight_end(table, |table| change(table)),
        _ => {
            if let Some(table) = item.as_table_like_mut() {
                change(table);
            }
        }
    }
}

/// Keeps the blank before an inline table's closing brace at the end, where the change adds keys.
fn with_tight_end(table: &mut InlineTable, change: impl FnOnce(&mut InlineTable)) {
    let end = table.iter_mut().last().map(|(_, value)| value.decor().suffix().cloned());
    if let Some((_, value)) = table.iter_mut().last() {
        value.decor_mut().set_suffix("");
    }
    change(table);
    if let (Some(Some(end)), Some((_, value))) = (end, table.iter_mut().last()) {
        value.decor_mut().set_suffix(end);
    }
}

/// Adds forms to a list of the table, in the way in which it is written: on lines of their own or beside each other.
fn push(table: &mut dyn TableLike, name: &str, forms: &[String]) {
    if forms.is_empty() {
        return;
    }
    match table.get_mut(name).and_then(Item::as_array_mut) {
        Some(array) => {
            let prefix = array.iter().last().and_then(|last| last.decor().prefix()).and_then(|prefix| prefix.as_str()).map(str::to_string);
            let has_lines = prefix.as_deref().filter(|prefix| prefix.contains('\n') && !prefix.contains('#'));
            for form in forms {
                match has_lines {
                    Some(prefix) => array.push_formatted(Value::from(form.as_str()).decorated(prefix, "")),
                    None => array.push(form.as_str()),
                }
            }
        }
        None => {
            table.insert(name, Item::Value(list(forms.iter().map(String::as_str))));
        }
    }
}

/// Puts new entries behind the last line of `[terms]`. Senses of one word become one entry.
fn append(document: &mut DocumentMut, new: &[&Term]) {
    if new.is_empty() {
        return;
    }
    if document.get("terms").is_none() {
        let mut table = Table::new();
        // In a file of comments only they all stand before the table.
        if document.iter().next().is_none() {
            let comments = document.trailing().as_str().unwrap_or_default().to_string();
            let blank = if comments.is_empty() || comments.ends_with("\n\n") { "" } else { "\n" };
            table.decor_mut().set_prefix(format!("{comments}{blank}"));
            document.set_trailing("");
        }
        document.insert("terms", Item::Table(table));
    }
    match document.get_mut("terms") {
        Some(Item::Value(Value::InlineTable(terms))) => with_tight_end(terms, |terms| insert(terms, new)),
        Some(terms) => {
            if let Some(terms) = terms.as_table_like_mut() {
                insert(terms, new);
            }
        }
        None => {}
    }
}

fn insert(terms: &mut dyn TableLike, new: &[&Term]) {
    let mut senses: HashMap<&str, Vec<&Term>> = HashMap::new();
    for term in new {
        senses.entry(&term.english).or_default().push(term);
    }
    for term in new {
        let Some(senses) = senses.remove(term.english.as_str()) else { continue };
        let value = match senses.as_slice() {
            [_] => entry(term),
            _ => Value::Array(senses.iter().map(|sense| Value::InlineTable(table_of(sense))).collect()),
        };
        terms.insert(&term.english, Item::Value(value));
    }
}

/// An entry as short as it can be.
fn entry(term: &Term) -> Value {
    let mut table = table_of(term);
    match table.len() {
        1 => table.remove("korean").unwrap_or(Value::InlineTable(table)),
        _ => Value::InlineTable(table),
    }
}

fn table_of(term: &Term) -> InlineTable {
    let mut table = InlineTable::new();
    if let Some(korean) = &term.korean {
        table.insert("korean", korean.text.as_str().into());
    }
    if term.keep {
        table.insert("keep", true.into());
    }
    let texts = |list: &[Rendering]| list.iter().map(|rendering| rendering.text.clone()).collect::<Vec<_>>();
    for (name, forms) in [("also", texts(&term.also)), ("avoid", texts(&term.avoid)), ("forms", term.forms.clone())] {
        if !forms.is_empty() {
            table.insert(name, list(forms.iter().map(String::as_str)));
        }
    }
    if term.case != Term::new(&term.english).case {
        table.insert("case", if term.case == Case::Exact { "exact" } else { "any" }.into());
    }
    if term.verb {
        table.insert("verb", true.into());
    }
    if term.spacing == Spacing::Exact {
        table.insert("spacing", "exact".into());
    }
    for (name, text) in [("read", &term.read), ("sense", &term.sense), ("note", &term.note)] {
        if let Some(text) = text {
            table.insert(name, text.as_str().into());
        }
    }
    for (name, examples) in [("ok", texts(&term.ok)), ("ng", texts(&term.ng))] {
        if !examples.is_empty() {
            table.insert(name, list(examples.iter().map(String::as_str)));
        }
    }
    table
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    Value::Array(texts.collect::<Array>())
}

/// `original` with what changed from `before` to `after`, which have lost its `\r`: they are put back where nothing changed, and new
/// lines end as the first line does.
fn spliced(original: &str, before: &str, after: &str) -> String {
    let is_same = before.bytes().eq(original.replace("\r\n", "\n").bytes());
    if before == after || !is_same {
        return if before == after { original.to_string() } else { after.to_string() };
    }
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let head = before.floor_char_boundary(same).min(after.floor_char_boundary(same));
    let same = before[head..].bytes().rev().zip(after[head..].bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = before.ceil_char_boundary(before.len() - same);
    let in_original = |at: usize| {
        original
            .split_inclusive('\n')
            .scan((0, 0), |(own, plain), line| {
                let length = line.len() - usize::from(line.ends_with("\r\n"));
                let found = (*plain..*plain + length).contains(&at).then_some(*own + (at - *plain));
                (*own, *plain) = (*own + line.len(), *plain + length);
                Some(found)
            })
            .flatten()
            .next()
            .unwrap_or(original.len())
    };
    let changed = &after[head..after.len() - (before.len() - tail)];
    let ends_in_cr = original.find('\n').is_some_and(|at| original[..at].ends_with('\r'));
    let changed = if ends_in_cr { changed.replace('\n', "\r\n") } else { changed.to_string() };
    format!("{}{changed}{}", &original[..in_original(head)], &original[in_original(tail)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(english: &str, korean: &str) -> Term {
        Term { korean: Some(Rendering::new(korean)), ..Term::new(english) }
    }

    fn avoiding(english: &str, korean: &str, avoid: &str) -> Term {
        Term { avoid: vec![Rendering::new(avoid)], ..term(english, korean) }
    }

    #[track_caller]
    fn assert_adds(text: &str, new: &[Term], expected: &str) -> Vec<Outcome> {
        let (added, outcomes) = add("glossary.toml", text, new, true).expect("a glossary");
        assert_eq!(added, expected);
        let (again, _) = add("glossary.toml", &added, new, true).expect("a glossary");
        assert_eq!(again, added, "a second time changes nothing");
        outcomes
    }

    #[test]
    fn a_new_term_stands_behind_the_others() {
        let text = "# ours\n[terms]\n# first\na = \"가\" # x\n\n[terms.b]\nkorean = \"나\"\n\n# words\n[words]\nknown = []\n";
        let expected = text.replace("# x\n", "# x\n\"new one\" = { korean = \"새것\", avoid = [\"헌것\"] }\n");
        assert_eq!(assert_adds(text, &[avoiding("new one", "새것", "헌것")], &expected), [Outcome::Added]);
        assert_adds("", &[term("a", "가")], "[terms]\na = \"가\"\n");
        assert_adds("# ours\n", &[term("a", "가")], "# ours\n\n[terms]\na = \"가\"\n");
        assert_adds("[words]\nknown = []\n", &[term("a", "가")], "[words]\nknown = []\n\n[terms]\na = \"가\"\n");
        assert_adds("terms = { a = \"가\" }", &[term("b", "나")], "terms = { a = \"가\", b = \"나\" }");
    }

    #[test]
    fn every_other_byte_stays() {
        let text = "\u{FEFF}# 우리\r\n[terms]\r\na  =  '가'   # x\r\nb = \"나\"\n\r\n[words]\r\nknown = [ ]";
        let expected = text.replace("\"나\"\n", "\"나\"\r\nc = \"다\"\n").replace("\r\nc = \"다\"\n", "\nc = \"다\"\r\n");
        assert_adds(text, &[term("c", "다")], &expected);
        let expected = text.replace("'가'", "{ korean = '가', avoid = [\"거\"] }");
        assert_adds(text, &[avoiding("a", "가", "거")], &expected);
    }

    #[test]
    fn an_entry_is_given_further_forms() {
        let told = |form: &str| vec![Outcome::Extended(vec![form.to_string()])];
        let new = [avoiding("a", "가", "거")];
        let cases = [
            ("[terms]\na = \"가\" # x\n", "[terms]\na = { korean = \"가\", avoid = [\"거\"] } # x\n"),
            ("[terms]\na = { korean = \"가\" }\n", "[terms]\na = { korean = \"가\", avoid = [\"거\"] }\n"),
            ("[terms]\na = { korean = \"가\", avoid = [\"고\"] }\n", "[terms]\na = { korean = \"가\", avoid = [\"고\", \"거\"] }\n"),
            ("[terms.a]\nkorean = \"가\" # x\n# y\n", "[terms.a]\nkorean = \"가\" # x\navoid = [\"거\"]\n# y\n"),
            ("[terms.a]\nkorean = \"가\"\navoid = [\n  \"고\",\n]\n", "[terms.a]\nkorean = \"가\"\navoid = [\n  \"고\",\n  \"거\",\n]\n"),
            (
                "[terms]\na = [{ korean = \"나\" }, { korean = \"가\" }]\n",
                "[terms]\na = [{ korean = \"나\" }, { korean = \"가\", avoid = [\"거\"] }]\n",
            ),
            (
                "[[terms.a]]\nkorean = \"나\"\n[[terms.a]]\nkorean = \"가\"\n",
                "[[terms.a]]\nkorean = \"나\"\n[[terms.a]]\nkorean = \"가\"\navoid = [\"거\"]\n",
            ),
            ("[terms]\nA = \"가\"\n", "[terms]\nA = \"가\"\na = { korean = \"가\", avoid = [\"거\"] }\n"),
        ];
        for (text, expected) in cases {
            let outcomes = assert_adds(text, &new, expected);
            assert!(outcomes == told("거") || text.contains("A ="), "{outcomes:?}");
        }
    }

    #[test]
    fn what_stands_there_is_never_overwritten() {
        let text = "[terms]\n\n\"Fine tuning\" = \"미세 조정\"\nBERT = { keep = true }\n";
        let kept = |line, english: &str, preferred: &str| Outcome::Kept { line, english: english.into(), preferred: preferred.into() };
        assert_eq!(assert_adds(text, &[term("fine-tuning", "파인 튜닝")], text), [kept(3, "Fine tuning", "미세 조정")]);
        assert_eq!(assert_adds(text, &[term("BERT", "버트")], text), [kept(4, "BERT", "BERT")]);
        assert_eq!(assert_adds(text, &[term("fine-tuning", "미세 조정")], text), [Outcome::Unchanged]);
        let (same, outcomes) = add("g", text, &[avoiding("fine-tuning", "미세 조정", "튜닝")], false).expect("a glossary");
        assert_eq!((same.as_str(), outcomes), (text, vec![Outcome::Unchanged]));
    }

    #[test]
    fn senses_and_every_field_are_written() {
        let mut full = avoiding("x ray", "엑스선", "엑스 레이");
        full.also = vec![Rendering::new("X선")];
        full.forms = vec!["x rays".into()];
        (full.case, full.verb, full.spacing) = (Case::Exact, true, Spacing::Exact);
        (full.read, full.sense, full.note) = (Some("선".into()), Some("s".into()), Some("say \"n\"".into()));
        (full.ok, full.ng) = (vec![Rendering::new("엑스선을")], vec![Rendering::new("엑스선생")]);
        let sense = |korean: &str, sense: &str| Term { sense: Some(sense.into()), ..term("batch", korean) };
        let (text, _) = add("g", "", &[full.clone(), sense("배치", "training"), sense("일괄", "job")], true).expect("a glossary");
        let glossary = Glossary::load("g", &text).expect("loads");
        let bare = |term: &Term| {
            let mut term = term.clone();
            term.span = 0..0;
            for rendering in [&mut term.also, &mut term.avoid, &mut term.ok, &mut term.ng].into_iter().flatten().chain(&mut term.korean) {
                rendering.span = 0..0;
            }
            term
        };
        assert_eq!(bare(&glossary.terms()[0]), full);
        assert_eq!(glossary.terms()[1..].iter().map(Term::preferred).collect::<Vec<_>>(), ["배치", "일괄"]);
    }

    #[test]
    fn a_broken_file_or_term_is_an_error() {
        assert!(add("g", "[terms\n", &[], true).is_err());
        assert!(add("g", "", &[term(" ", "가")], true).is_err());
        assert!(add("g", "", &[term("a", "")], true).is_err());
    }
}
