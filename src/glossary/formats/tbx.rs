//! TBX: versions 2 (martif) and 3, in DCA and DCT style, and TBX-Min are read; version 3 is written.
//!
//! Entities are never expanded but for XML's own five, so that no file can grow while it is read.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::collect::{Kind, add};
use super::{Exchange, Exported, FormatError, Imported, is_english, is_korean, sized, tbx_write};
use crate::glossary::Term;

/// TermBase eXchange.
pub(super) struct Tbx;

/// The deepest nesting that a termbase has any use for.
const DEEPEST: usize = 64;

impl Exchange for Tbx {
    fn import(&self, text: &str) -> Result<Imported, FormatError> {
        Parser::new(text).run()
    }

    fn export(&self, terms: &[Term]) -> Exported {
        tbx_write::written(terms)
    }
}

/// One `term` with what is said of it.
#[derive(Default)]
struct Section {
    language: String,
    term: String,
    status: Option<String>,
    verb: bool,
}

/// One `termEntry`, `conceptEntry` or `entry`.
#[derive(Default)]
struct Concept {
    line: usize,
    sections: Vec<Section>,
    definition: Option<String>,
    notes: Vec<String>,
    stays: bool,
    lost: Vec<String>,
}

/// What an element holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Concept,
    Language,
    Section,
    /// Holds others and says nothing itself.
    Group,
    Field,
}

struct Parser<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Up to which byte lines were counted, and how many.
    counted: (usize, usize),
    open: Vec<(String, Role)>,
    concept: Option<Concept>,
    language: String,
    /// The field that is open: its depth, its name or type, its text.
    field: Option<(usize, String, String)>,
    imported: Imported,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let reader = Reader::from_str(text);
        let imported = Imported::default();
        Self { text, reader, counted: (0, 1), open: Vec::new(), concept: None, language: String::new(), field: None, imported }
    }

    /// The line of the reader's place, or of its error.
    fn line(&mut self, at: u64) -> usize {
        let at = (at as usize).min(self.text.len()).max(self.counted.0);
        let lines = self.text.as_bytes()[self.counted.0..at].iter().filter(|byte| **byte == b'\n').count();
        self.counted = (at, self.counted.1 + lines);
        self.counted.1
    }

    fn fault(&mut self, message: impl Into<String>) -> FormatError {
        let at = self.reader.buffer_position();
        FormatError::at(self.line(at), message)
    }

    fn run(mut self) -> Result<Imported, FormatError> {
        let mut has_root = false;
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = self.reader.error_position();
                    return Err(FormatError::at(self.line(at), format!("no XML: {error}")));
                }
            };
            match event {
                Event::Start(start) => {
                    has_root = has_root || self.root(&start)?;
                    self.start(&start)?;
                }
                Event::Empty(start) => {
                    has_root = has_root || self.root(&start)?;
                    self.start(&start)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.push(&text.xml10_content())?,
                Event::CData(text) => self.push(&text.xml10_content())?,
                Event::GeneralRef(entity) => {
                    let character = entity.resolve_char_ref().ok().flatten().or(match &*entity.xml10_content() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    });
                    match character {
                        Some(character) => self.push(character.encode_utf8(&mut [0; 4]))?,
                        None => {
                            let name = entity.xml10_content().into_owned();
                            return Err(self.fault(format!("the entity `&{name};` is none of XML's own, and no other is expanded")));
                        }
                    }
                }
                Event::DocType(doctype) if doctype.xml10_content().contains("<!ENTITY") => {
                    return Err(self.fault("it declares entities, which are not expanded"));
                }
                Event::Eof if !self.open.is_empty() => {
                    let name = self.open.pop().map(|(name, _)| name).unwrap_or_default();
                    return Err(self.fault(format!("the file ends inside <{name}>")));
                }
                Event::Eof if !has_root => return Err(self.fault("no TBX: there is no element in it")),
                Event::Eof => return Ok(self.imported),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            }
        }
    }

    fn root(&mut self, start: &BytesStart) -> Result<bool, FormatError> {
        let name = start.local_name().as_ref().to_string();
        match name.as_str() {
            "martif" | "tbx" | "TBX" => Ok(true),
            _ => Err(self.fault(format!("no TBX: its root is <{name}>, not <martif> or <tbx>"))),
        }
    }

    fn start(&mut self, start: &BytesStart) -> Result<(), FormatError> {
        if self.open.len() >= DEEPEST {
            return Err(self.fault(format!("elements nested deeper than {DEEPEST}")));
        }
        let name = start.local_name().as_ref().to_string();
        let mut language = None;
        let mut kind = None;
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.fault(format!("no XML: {error}")))?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.fault(format!("no XML: {error}")))?.into_owned();
            match attribute.key.local_name().as_ref() {
                "lang" => language = Some(value),
                "type" => kind = Some(value),
                _ => {}
            }
        }
        let role = match name.as_str() {
            "termEntry" | "conceptEntry" | "entry" if self.concept.is_none() => Role::Concept,
            "langSet" | "langSec" | "langGroup" => Role::Language,
            "tig" | "ntig" | "termSec" | "termGroup" => Role::Section,
            name if name.ends_with("Grp") => Role::Group,
            _ if self.concept.is_some() => Role::Field,
            _ => Role::Group,
        };
        let at = self.reader.buffer_position();
        match role {
            Role::Concept => self.concept = Some(Concept { line: self.line(at), ..Concept::default() }),
            Role::Language => self.language = language.unwrap_or_default(),
            Role::Section => {
                if let Some(concept) = &mut self.concept {
                    concept.sections.push(Section { language: self.language.clone(), ..Section::default() });
                }
            }
            Role::Field if self.field.is_none() => {
                // In DCA style the type says what the element holds, in DCT style its name.
                let key = kind.filter(|_| matches!(name.as_str(), "termNote" | "descrip" | "admin")).unwrap_or_else(|| name.clone());
                self.field = Some((self.open.len(), key, String::new()));
            }
            Role::Field | Role::Group => {}
        }
        self.open.push((name, role));
        Ok(())
    }

    fn end(&mut self) -> Result<(), FormatError> {
        let Some((_, role)) = self.open.pop() else { return Ok(()) };
        if let Some((_, key, text)) = self.field.take_if(|field| field.0 == self.open.len()) {
            let inside = self.open.iter().any(|(_, role)| *role == Role::Section);
            self.take(&key, text.trim(), inside);
        }
        if role == Role::Concept
            && let Some(concept) = self.concept.take()
        {
            self.finish(concept);
        }
        Ok(())
    }

    fn push(&mut self, text: &str) -> Result<(), FormatError> {
        let Some((_, _, own)) = &mut self.field else { return Ok(()) };
        own.push_str(text);
        let length = own.len();
        if length > super::LONGEST {
            let at = self.reader.buffer_position();
            let line = self.line(at);
            let own = self.field.take().map(|field| field.2).unwrap_or_default();
            sized(line, &own)?;
        }
        Ok(())
    }

    /// Takes a field of the open concept, or of its last form.
    fn take(&mut self, key: &str, text: &str, in_section: bool) {
        let Some(concept) = &mut self.concept else { return };
        if text.is_empty() {
            return;
        }
        let section = concept.sections.last_mut().filter(|_| in_section);
        // Weblate says in this way that a term stays as it is.
        let needed = text
            .strip_prefix("Translation needed:")
            .map(str::trim)
            .or(Some(text).filter(|_| key.eq_ignore_ascii_case("translation needed")));
        match (key, section) {
            _ if needed.is_some() => concept.stays |= needed.is_some_and(|needed| needed.eq_ignore_ascii_case("no")),
            ("term", Some(section)) => section.term = text.split_whitespace().collect::<Vec<_>>().join(" "),
            ("administrativeStatus" | "termStatus" | "normativeAuthorization", Some(section)) => section.status = Some(text.to_string()),
            ("partOfSpeech", Some(section)) => section.verb = text.eq_ignore_ascii_case("verb"),
            ("definition", _) if concept.definition.is_none() => concept.definition = Some(text.to_string()),
            ("note", _) => concept.notes.push(text.to_string()),
            ("partOfSpeech", None) => {}
            _ => concept.lost.push(key.to_string()),
        }
    }

    fn finish(&mut self, concept: Concept) {
        let Concept { line, sections, definition, notes, stays, lost } = concept;
        let losses = &mut self.imported.losses;
        let (english, others): (Vec<&Section>, Vec<&Section>) =
            sections.iter().filter(|section| !section.term.is_empty()).partition(|section| is_english(&section.language));
        let Some(main) = english.iter().min_by_key(|section| rank(section)) else {
            losses.push(format!("line {line}: a concept without an English form"));
            return;
        };
        let mut term = Term { sense: definition, note: (!notes.is_empty()).then(|| notes.join("; ")), ..Term::new(&main.term) };
        term.verb = main.verb;
        for section in &english {
            match kind(section) {
                Some(Kind::Avoid) if section.term != main.term => {
                    losses.push(format!("`{}`: the deprecated English form `{}`", main.term, section.term));
                }
                _ if section.term != main.term && !term.forms.contains(&section.term) => term.forms.push(section.term.clone()),
                _ => {}
            }
        }
        let (mut korean, foreign): (Vec<&Section>, Vec<&Section>) = others.into_iter().partition(|section| is_korean(&section.language));
        korean.sort_by_key(|section| rank(section));
        for section in korean {
            let unranked = if term.korean.is_none() { Kind::Preferred } else { Kind::Also };
            add(&mut term, &section.term, kind(section).unwrap_or(unranked));
        }
        if stays && !term.keep {
            term.keep = true;
            term.korean
                .take()
                .into_iter()
                .for_each(|korean| losses.push(format!("`{}` stays in English, not `{}`", term.english, korean.text)));
        }
        let mut languages: Vec<&str> = foreign.iter().map(|section| section.language.as_str()).collect();
        languages.dedup();
        losses.extend(languages.iter().map(|language| format!("`{}`: its forms in `{language}`", term.english)));
        losses.extend(lost.iter().map(|key| format!("`{}`: {key}", term.english)));
        if !term.keep && term.korean.is_none() {
            if term.also.is_empty() {
                losses.push(format!("`{}`: it has no Korean form to write", term.english));
                return;
            }
            term.korean = Some(term.also.remove(0));
        }
        self.imported.terms.push(term);
    }
}

/// What a form's status says, in the words of TBX 2 and 3, TBX-Min and Weblate; nothing for words that do not rank forms.
fn kind(section: &Section) -> Option<Kind> {
    let status = section.status.as_deref()?.to_lowercase();
    let status = status.trim_end_matches("-admn-sts").trim_end_matches("term");
    match status {
        "preferred" | "standardized" | "regulated" => Some(Kind::Preferred),
        "admitted" => Some(Kind::Also),
        "deprecated" | "superseded" | "forbidden" | "obsolete" | "notrecommended" => Some(Kind::Avoid),
        _ => None,
    }
}

/// Preferred forms come first, and avoided ones last.
fn rank(section: &Section) -> usize {
    match kind(section) {
        Some(Kind::Preferred) => 0,
        None => 1,
        Some(Kind::Also) => 2,
        Some(Kind::Avoid) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (Vec<String>, Vec<String>) {
        let Imported { terms, losses } = Tbx.import(text).expect("reads");
        let texts = |list: &[crate::glossary::Rendering]| list.iter().map(|form| form.text.clone()).collect::<Vec<_>>().join("/");
        let shown = |term: &Term| {
            let more = (&term.sense, &term.note, term.verb, &term.forms);
            format!("{}={} also {} avoid {} {more:?}", term.english, term.preferred(), texts(&term.also), texts(&term.avoid))
        };
        (terms.iter().map(shown).collect(), losses)
    }

    #[test]
    fn version_2_is_read_with_all_its_forms() {
        let text = r#"<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></martifHeader><text><body>
<termEntry id="1"><descrip type="subjectField">ML</descrip><descripGrp><descrip type="definition">a point</descrip></descripGrp>
<langSet xml:lang="en-US"><tig><term>saddle <hi>point</hi></term><termNote type="partOfSpeech">noun</termNote></tig>
<ntig><termGrp><term>minimax point</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig></langSet>
<langSet xml:lang="ko-KR"><tig><term>새들 포인트</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
<tig><term>말안장</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
<tig><term>안부점</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<tig><term>안장점</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="fr"><tig><term>col</term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="en"><tig><term>BERT</term></tig></langSet><note>Translation needed: No</note></termEntry>
<termEntry><langSet xml:lang="en"><tig><term>x&amp;&#x79;</term></tig></langSet><langSet xml:lang="ko"><tig><term><![CDATA[가<나]]></term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="en"><tig><term>bare</term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="ko"><tig><term>영어</term></tig></langSet></termEntry>
</body></text></martif>"#;
        let (terms, losses) = shown(text);
        let expected = [
            "saddle point=안장점 also 안부점 avoid 새들 포인트/말안장 (Some(\"a point\"), None, false, [\"minimax point\"])",
            "BERT=BERT also  avoid  (None, None, false, [])",
            "x&y=가<나 also  avoid  (None, None, false, [])",
        ];
        assert_eq!(terms, expected);
        let expected = [
            "`saddle point`: its forms in `fr`",
            "`saddle point`: subjectField",
            "`bare`: it has no Korean form to write",
            "line 14: a concept without an English form",
        ];
        assert_eq!(losses, expected);
    }

    #[test]
    fn version_3_in_dct_style_and_tbx_min_are_read() {
        let dct = r#"<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="x" xmlns:basic="y"><text><body>
<conceptEntry><basic:definition>of a curve</basic:definition><langSec xml:lang="en"><termSec><term>fit</term><min:partOfSpeech>verb</min:partOfSpeech></termSec></langSec>
<langSec xml:lang="ko"><termSec><term>핏</term><min:administrativeStatus>notRecommended</min:administrativeStatus></termSec><termSec><term>맞추다</term></termSec></langSec></conceptEntry></body></text></tbx>"#;
        assert_eq!(shown(dct).0, ["fit=맞추다 also  avoid 핏 (Some(\"of a curve\"), None, true, [])"]);
        let min = r#"<TBX dialect="TBX-Min"><header><id>x</id><languages source="en" target="ko"/></header><body><entry id="1"><subjectField>ML</subjectField>
<langGroup xml:lang="en"><termGroup><term>loss</term><partOfSpeech>noun</partOfSpeech></termGroup></langGroup>
<langGroup xml:lang="ko"><termGroup><term>로스</term><termStatus>obsolete</termStatus></termGroup><termGroup><term>손실</term><termStatus>preferred</termStatus><note>n</note></termGroup></langGroup></entry></body></TBX>"#;
        assert_eq!(
            shown(min),
            (vec!["loss=손실 also  avoid 로스 (None, Some(\"n\"), false, [])".into()], vec!["`loss`: subjectField".into()])
        );
    }

    #[track_caller]
    fn assert_refused(text: &str, line: usize, message: &str) {
        let error = Tbx.import(text).expect_err("is refused");
        assert_eq!((error.line, error.message.contains(message)), (Some(line), true), "{error}");
    }

    #[test]
    fn broken_and_hostile_xml_is_refused_with_its_line() {
        assert_refused("<martif>\n<text>\n</martif>", 3, "no XML: ");
        assert_refused("<martif>\n<text>", 2, "the file ends inside <text>");
        assert_refused("<xliff>", 1, "its root is <xliff>");
        assert_refused("", 1, "there is no element in it");
        let laughs =
            "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n<!ENTITY lol2 \"&lol;&lol;\">\n]>\n<martif>&lol2;</martif>";
        assert_refused(laughs, 5, "it declares entities");
        assert_refused("<martif>\n<termEntry><note>&nbsp;</note></termEntry></martif>", 2, "the entity `&nbsp;`");
        assert_refused(&format!("<martif>{}", "<a>".repeat(100)), 1, "nested deeper than 64");
        assert_refused(&format!("<martif>\n<termEntry><note>{}", "x".repeat(20_000)), 2, "a text of 20000 bytes");
        assert_refused("<martif a=\"&x;\"/>", 1, "no XML: ");
    }
}
