//! Puts the preferred rendering in the place of a forbidden one, and makes the particle after it fit.

use std::borrow::Cow;
use std::ops::Range;

use super::words::mark;
use super::{Form, Glossary, Hit, Standing, Term};
use crate::korean::hangul::is_hangul;
use crate::korean::particle::{fit_sound, is_particle};
use crate::korean::reading::Certainty;
use crate::korean::view::{OBJECT, View};
use crate::span::Span;

/// How far, in bytes, the other bracket of a pair is looked for: a text full of open brackets costs no more than another.
const REACH: usize = 600;

/// A Korean text with its forbidden renderings replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enforced {
    /// The text.
    pub text: String,
    /// What was done, each once: `fixed: 새들 포인트 -> 안장점`; or what was not, because the particle is not certain: `left: 버트를 (BERT)`.
    pub notes: Vec<String>,
}

/// What it takes to put the preferred rendering in the place of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The preferred rendering.
    pub preferred: String,
    /// The particle after the rendering, in the view; none where none agrees with it.
    pub particle: Option<Range<usize>>,
    /// The particle's form after the preferred rendering; none where the sound that the rendering ends in is not certain.
    pub fitted: Option<String>,
    /// New text for spans of the file, from left to right: all of them or none. Empty where no change is certain, or where markup stands
    /// inside what would change.
    pub edits: Vec<(Span, String)>,
}

/// See [`Glossary::repair`].
pub(super) fn repair(term: &Term, view: &View, file: &str, hit: &Hit) -> Repair {
    let preferred = term.preferred();
    let sound = term.reading().filter(|reading| reading.certainty == Certainty::Certain).map(|reading| reading.sound);
    let particle = particle_after(&view.text, hit);
    let written = particle.clone().map_or("", |range| &view.text[range]);
    let fitted = fit_sound(sound, written).map(Cow::into_owned);
    let mut edits = Vec::new();
    if let Some(fitted) = &fitted
        && view.is_whole(hit.range.clone())
    {
        let mut edit = |range: Range<usize>, new: &str| {
            let span = view.span(range);
            edits.push((span.clone(), View::written_like(new, &file[span])));
        };
        edit(hit.range.clone(), preferred);
        if let Some(range) = particle.clone().filter(|_| fitted != written) {
            if view.is_whole(range.clone()) {
                edit(range, fitted);
            } else {
                // No other form can be written around marks inside the particle.
                edits.clear();
            }
        }
    }
    Repair { preferred: preferred.to_owned(), particle, fitted, edits }
}

/// See [`Glossary::enforce`].
pub(super) fn enforce(glossary: &Glossary, terms: &[&Term], korean: &str) -> Enforced {
    if terms.iter().all(|term| term.avoid.is_empty()) {
        return Enforced { text: korean.to_owned(), notes: Vec::new() };
    }
    let view = view(korean);
    let hits = glossary.find_korean(&view);
    let in_play = |hit: &Hit| terms.iter().any(|term| std::ptr::eq(*term, &glossary.terms()[hit.term]));
    let mut notes: Vec<String> = Vec::new();
    let mut edits: Vec<(Span, String)> = Vec::new();
    for (at, hit) in hits.iter().enumerate().filter(|(_, hit)| hit.form == Form::Avoid && hit.standing == Standing::Word && in_play(hit)) {
        let same = |other: &Hit| other.range == hit.range && in_play(other);
        let preferred = glossary.terms()[hit.term].preferred();
        // Another term in play accepts the words, or would replace them by something else.
        let disputed =
            hits.iter().any(|other| same(other) && (other.form != Form::Avoid || glossary.terms()[other.term].preferred() != preferred));
        if disputed || hits[..at].iter().any(same) {
            continue;
        }
        let repair = repair(&glossary.terms()[hit.term], &view, korean, hit);
        let found = &view.text[hit.range.clone()];
        let note = if repair.edits.is_empty() {
            let particle = repair.particle.map_or("", |range| &view.text[range]);
            format!("left: {found}{particle} ({preferred})")
        } else {
            format!("fixed: {found} -> {preferred}")
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
        edits.extend(repair.edits);
    }
    Enforced { text: applied(korean, edits), notes }
}

fn applied(korean: &str, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| span.start);
    let mut text = String::with_capacity(korean.len());
    let mut written = 0;
    for (span, new) in edits {
        // A particle that is itself a forbidden rendering (도, 간) is edited once.
        if span.start >= written {
            text.push_str(&korean[written..span.start]);
            text.push_str(&new);
            written = span.end;
        }
    }
    text.push_str(&korean[written..]);
    text
}

/// A text with marks as a reader sees it: paired marks left out, the others in the place of what they stand for.
fn view(text: &str) -> View {
    let mut view = View::default();
    let mut at = 0;
    while at < text.len() {
        if let Some((length, paired)) = mark(&text[at..]) {
            if !paired {
                view.push_char(OBJECT, at..at + length);
            }
            at += length;
            continue;
        }
        let next = text[at..].char_indices().skip(1).find(|(_, c)| *c == '⟦').map_or(text.len(), |(offset, _)| at + offset);
        view.push(&text[at..next], at);
        at = next;
    }
    view
}

/// The particle that agrees with the rendering: its tail, or what follows closing quotes, emphasis, brackets, and an explanation in
/// brackets: 안장점(saddle point)을.
fn particle_after(text: &str, hit: &Hit) -> Option<Range<usize>> {
    if !hit.tail.is_empty() {
        return Some(hit.tail.clone());
    }
    let mut at = hit.range.end;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '"' | '\'' | '”' | '’' | '」' | '』' | '》' | '〉' | '*' | '_' | '~' | '`' => at += c.len_utf8(),
            '(' | '（' => at = closing(text, at)?,
            ')' | '）' | ']' if !has_host_before(text, hit.range.start) => at += c.len_utf8(),
            _ => break,
        }
    }
    let end = text[at..].find(|c| !is_hangul(c)).map_or(text.len(), |length| at + length);
    // After a bracket or a quote another word may follow.
    (at > hit.range.end && is_particle(&text[at..end])).then_some(at..end)
}

/// The place after the bracket that closes the one at `open`.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text[open..].char_indices().take_while(|(at, _)| *at < REACH) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + at + c.len_utf8());
        }
    }
    None
}

/// Whether the bracket around this place explains a word before it: the particle then agrees with that word.
fn has_host_before(text: &str, start: usize) -> bool {
    let mut depth = 0;
    for (at, c) in text[..start].char_indices().rev().take_while(|(at, _)| start - at < REACH) {
        match c {
            ')' | '）' | ']' => depth += 1,
            '(' | '（' | '[' if depth == 0 => {
                let before = text[..at].chars().next_back();
                return before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '“' | '‘' | '(' | '「' | '『'));
            }
            '(' | '（' | '[' => depth -= 1,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::korean::hangul::decomposed;

    const GLOSSARY: &str = r#"
        [terms]
        "saddle point" = { korean = "안장점", avoid = ["새들 포인트", "말안장점"] }
        overfitting = { korean = "과적합", avoid = ["과대적합", "오버피팅"] }
        model = { korean = "모형", avoid = ["모델"] }
        map = { korean = "사상", avoid = ["맵"] }
        gradient = { korean = "기울기", avoid = ["그래디언트", "경사"] }
        kernel = { korean = "커널", avoid = ["핵"] }
        BERT = { keep = true, read = "버트", avoid = ["버트"] }
        GAN = { keep = true, avoid = ["간"] }
        Looper = { keep = true, avoid = ["루퍼"] }
        batch = [{ korean = "배치", avoid = ["뱃치", "일괄"] }, { korean = "일괄" }]
        "kernel function" = "핵 함수"
        [words]
        known = ["모델 하우스", "경사로"]
    "#;

    fn enforce(korean: &str) -> Enforced {
        let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
        let terms: Vec<&Term> = glossary.terms().iter().collect();
        glossary.enforce(&terms, korean)
    }

    fn assert_becomes(korean: &str, expected: &str) {
        assert_eq!(enforce(korean).text, expected);
        assert_eq!(enforce(expected).text, expected, "twice");
        assert_eq!(enforce(&decomposed(korean)).text, decomposed(expected), "decomposed");
    }

    fn assert_kept(korean: &str) {
        assert_becomes(korean, korean);
        assert!(enforce(korean).notes.is_empty(), "{korean}");
    }

    #[test]
    fn the_particle_follows_the_new_word() {
        assert_becomes("새들 포인트를 벗어나는", "안장점을 벗어나는");
        assert_becomes("새들포인트는 새들 포인트와 새들 포인트로, 새들 포인트다.", "안장점은 안장점과 안장점으로, 안장점이다.");
        assert_becomes("새들 포인트였던 새들 포인트라는 새들 포인트들은", "안장점이었던 안장점이라는 안장점들은");
        assert_becomes("새들 포인트에서는 새들 포인트의", "안장점에서는 안장점의");
        assert_becomes("모델로 모델은 핵으로 핵이", "모형으로 모형은 커널로 커널이");
        assert_becomes("그래디언트를 경사로는", "기울기를 경사로는");
    }

    #[test]
    fn verbs_and_suffixes_stay_on_it() {
        assert_becomes(
            "오버피팅되는지 본다. 오버피팅하면 과대적합된 오버피팅입니다",
            "과적합되는지 본다. 과적합하면 과적합된 과적합입니다",
        );
    }

    #[test]
    fn quotes_brackets_and_marks_are_looked_through() {
        assert_becomes("'새들 포인트'를 “새들 포인트”가", "'안장점'을 “안장점”이");
        assert_becomes("⟦1⟧새들 포인트⟦/1⟧를 ⟦2/⟧ 새들 포인트", "⟦1⟧안장점⟦/1⟧을 ⟦2/⟧ 안장점");
        assert_becomes("새들 포인트(saddle point)를", "안장점(saddle point)을");
        assert_becomes("**새들 포인트**는 (새들 포인트)를", "**안장점**은 (안장점)을");
        assert_becomes("새들 포인트(모델)를 \"모델\"핵을", "안장점(모형)을 \"모형\"커널을");
        assert_becomes("SP(새들 포인트)를 본다", "SP(안장점)를 본다");
        assert_becomes("⟦1⟧⟦2⟧새들 포인트⟦/2⟧⟦/1⟧", "⟦1⟧⟦2⟧안장점⟦/2⟧⟦/1⟧");
    }

    #[test]
    fn look_alikes_are_not_touched() {
        for kept in [
            "모델링을 한다",
            "슈퍼모델은",
            "로드맵을",
            "핵심을",
            "맵시 있게",
            "모델 하우스에서",
            "경사로를",
            "핵 함수는",
            "새들의 포인트를",
            "비⟦1⟧모델⟦/1⟧을",
        ] {
            assert_kept(kept);
        }
        assert_kept("일괄 처리한다");
        let marked = "새들 ⟦1⟧포인트를⟦/1⟧";
        assert_eq!(enforce(marked), Enforced { text: marked.into(), notes: vec!["left: 새들 포인트를 (안장점)".into()] });
    }

    #[test]
    fn a_name_takes_the_particle_of_its_reading() {
        assert_becomes("버트를 쓰고 버트는", "BERT를 쓰고 BERT는");
        assert_becomes("간을 간은", "GAN을 GAN은");
        let enforced = enforce("루퍼는 루퍼에서");
        assert_eq!(enforced.text, "루퍼는 Looper에서", "only what is certain");
        assert_eq!(enforced.notes, ["left: 루퍼는 (Looper)", "fixed: 루퍼 -> Looper"]);
    }

    #[test]
    fn a_sense_is_mended_within_itself_only() {
        assert_becomes("뱃치를 일괄로", "배치를 일괄로");
    }

    #[test]
    fn each_fix_is_noted_once() {
        let enforced = enforce("새들 포인트와 새들 포인트, 오버피팅");
        assert_eq!(enforced.notes, ["fixed: 새들 포인트 -> 안장점", "fixed: 오버피팅 -> 과적합"]);
    }

    #[test]
    fn only_terms_in_play_are_enforced() {
        let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
        let text = "새들 포인트와 오버피팅";
        assert_eq!(glossary.enforce(&glossary.terms_in("a saddle point"), text).text, "안장점과 오버피팅");
        assert_eq!(Glossary::empty().enforce(&[], text).text, text);
    }

    /// Texts of pieces that meet each other in every way, decomposed ones among them, and of anything at all.
    fn any_text() -> impl Strategy<Value = String> {
        let pieces = [
            "새들",
            "포인트",
            "새들 포인트",
            "말안장점",
            "모델",
            "맵",
            "핵",
            "함수",
            "버트",
            "간",
            "뱃치",
            "오버피팅",
            "를",
            "은",
            "으로",
            "이라는",
            "되는지",
            "들",
            " ",
            "(",
            ")",
            "\"",
            "'",
            "**",
            "⟦1⟧",
            "⟦/1⟧",
            "⟦2/⟧",
            "⟦",
            "⟧",
            "a",
            "saddle points",
            "-",
            ".",
            "\u{1112}\u{1161}",
            "\u{11AB}",
        ];
        let piece = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_string), 1 => ".{0,3}"];
        (prop::collection::vec(piece, 0..12), any::<bool>())
            .prop_map(|(pieces, nfd)| if nfd { decomposed(&pieces.concat()) } else { pieces.concat() })
    }

    fn marks(text: &str) -> Vec<&str> {
        (0..text.len())
            .filter(|at| text.is_char_boundary(*at))
            .filter_map(|at| mark(&text[at..]).map(|(length, _)| &text[at..at + length]))
            .collect()
    }

    proptest! {
        #[test]
        fn enforcing_twice_changes_nothing_more_and_no_mark_ever(text in any_text()) {
            let once = enforce(&text);
            prop_assert_eq!(marks(&once.text), marks(&text));
            prop_assert_eq!(&enforce(&once.text).text, &once.text);
            if !once.notes.iter().any(|note| note.starts_with("fixed")) {
                prop_assert_eq!(&once.text, &text);
            }
        }

        #[test]
        fn finding_takes_any_text(text in any_text()) {
            let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
            for hit in glossary.english.find(glossary.terms(), &text) {
                prop_assert!(text.get(hit.span).is_some());
            }
        }
    }
}
