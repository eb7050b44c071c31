//! Puts the preferred rendering in the place of a forbidden one, and makes the particle after it fit.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Term;
use super::words::mark;
use crate::korean::hangul::{Final, characters, composed, decomposed, final_sound, is_hangul};
use crate::korean::particle::{fit_sound, is_particle};
use crate::korean::tail::is_tail;
use crate::span::Span;

/// How far, in characters, the other bracket of a pair is looked for: a text full of open brackets costs no more than another.
const REACH: usize = 200;

/// Stands in a view for an unpaired mark.
const OBJECT: char = '\u{FFFC}';

/// A Korean text with its forbidden renderings replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enforced {
    /// The text.
    pub text: String,
    /// What was done, each once: `fixed: 새들 포인트 -> 안장점`; or what was not, because the particle is not certain: `left: 버트를 (BERT)`.
    pub notes: Vec<String>,
}

/// All renderings and known words, so that none is mistaken for a shorter one inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    by_first: HashMap<char, Vec<Vec<char>>>,
}

/// A forbidden rendering of a term in play.
struct Avoided<'a> {
    letters: Vec<char>,
    term: &'a Term,
}

/// A character of the text as a reader sees it, with its bytes: composed, paired marks left out.
type Seen = (char, Span);

impl Index {
    pub(super) fn new(terms: &[Term], known: &[String]) -> Self {
        let renderings = terms.iter().flat_map(|term| term.accepted().chain(term.avoid.iter().map(|rendering| rendering.text.as_str())));
        let mut index = Self::default();
        for text in renderings.chain(known.iter().map(String::as_str)) {
            let letters = letters(text);
            if let Some(first) = letters.first() {
                index.by_first.entry(*first).or_default().push(letters);
            }
        }
        index
    }

    pub(super) fn enforce(&self, terms: &[&Term], korean: &str) -> Enforced {
        let avoided = avoided(terms);
        if avoided.is_empty() {
            return Enforced { text: korean.to_string(), notes: Vec::new() };
        }
        let seen = view(korean);
        let mut edits = Edits::default();
        let mut at = 0;
        while at < seen.len() {
            if at > 0 && is_hangul(seen[at - 1].0) {
                at += 1;
                continue;
            }
            let best =
                avoided.iter().filter_map(|avoided| Some((match_at(&seen, at, &avoided.letters)?, avoided))).max_by_key(|(end, _)| *end);
            let listed = self.longest(&seen, at);
            let Some((end, avoided)) = best.filter(|(end, _)| listed <= *end) else {
                at = listed.max(at + 1);
                continue;
            };
            // A mark inside the rendering has no place in the preferred one.
            if seen[at..end].windows(2).all(|pair| pair[0].1.end == pair[1].1.start) {
                let found = seen[at].1.start..seen[end - 1].1.end;
                edits.replace(korean, found, avoided.term, particle_after(&seen, at, end));
            }
            at = end;
        }
        edits.applied(korean)
    }

    /// The end of the longest listed rendering or known word at this place.
    fn longest(&self, seen: &[Seen], at: usize) -> usize {
        let candidates = self.by_first.get(&seen[at].0).into_iter().flatten();
        candidates.filter_map(|letters| match_at(seen, at, letters)).max().unwrap_or(at)
    }
}

/// Bytes to replace, and what to say of it.
#[derive(Default)]
struct Edits {
    edits: Vec<(Span, String)>,
    notes: Vec<String>,
}

impl Edits {
    /// Puts the preferred rendering in the place of the one found, where that and the particle's form are certain.
    fn replace(&mut self, korean: &str, found: Span, term: &Term, particle: Option<Span>) {
        let preferred = term.preferred();
        let sound = final_sound(preferred).or_else(|| term.read.as_deref().and_then(final_sound));
        let written = &korean[found.clone()];
        let particle = particle.map(|span| (fit_sound(sound, &korean[span.clone()]).map(Cow::into_owned), span));
        let certain = particle.as_ref().is_none_or(|(fitted, span)| is_writable(&korean[span.clone()], fitted.as_deref()));
        let note = if certain {
            format!("fixed: {} -> {preferred}", composed(written))
        } else {
            let particle = particle.as_ref().map_or("", |(_, span)| &korean[span.clone()]);
            format!("left: {}{} ({preferred})", composed(written), composed(particle))
        };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
        if certain {
            // Decomposed text stays decomposed.
            let is_composed = composed(written) == written;
            self.edits.push((found, if is_composed { preferred.to_string() } else { decomposed(preferred) }));
            if let Some((Some(fitted), span)) = particle {
                self.edits.push((span, fitted));
            }
        }
    }

    fn applied(mut self, korean: &str) -> Enforced {
        self.edits.sort_by_key(|(span, _)| span.start);
        let mut text = String::with_capacity(korean.len());
        let mut written = 0;
        for (span, new) in self.edits {
            // A particle that is itself a forbidden rendering (도, 간) is edited once.
            if span.start >= written {
                text.push_str(&korean[written..span.start]);
                text.push_str(&new);
                written = span.end;
            }
        }
        text.push_str(&korean[written..]);
        Enforced { text, notes: self.notes }
    }
}

/// Whether the particle's right form is known and can stand in its place: marks inside a particle stay where they are, and no other
/// form can be written around them.
fn is_writable(particle: &str, fitted: Option<&str>) -> bool {
    fitted.is_some_and(|fitted| fitted == particle || !particle.contains('⟦'))
}

/// The forbidden renderings of the terms in play, without those that a term in play accepts (another sense, or other blanks), and
/// without those that two terms would replace differently.
fn avoided<'a>(terms: &[&'a Term]) -> Vec<Avoided<'a>> {
    let accepted: Vec<Vec<char>> = terms.iter().flat_map(|term| term.accepted()).map(solid).collect();
    let all: Vec<Avoided> = terms
        .iter()
        .flat_map(|term| term.avoid.iter().map(|rendering| Avoided { letters: letters(&rendering.text), term }))
        .filter(|avoided| !avoided.letters.is_empty() && !accepted.contains(&without_blanks(&avoided.letters)))
        .collect();
    let agreed = |one: &Avoided| all.iter().all(|other| other.letters != one.letters || other.term.preferred() == one.term.preferred());
    let keep: Vec<bool> = all.iter().map(agreed).collect();
    all.into_iter().zip(keep).filter_map(|(avoided, keep)| keep.then_some(avoided)).collect()
}

fn letters(text: &str) -> Vec<char> {
    characters(text.trim()).map(|(c, _)| c).collect()
}

fn solid(text: &str) -> Vec<char> {
    without_blanks(&letters(text))
}

fn without_blanks(letters: &[char]) -> Vec<char> {
    letters.iter().copied().filter(|c| !c.is_whitespace()).collect()
}

fn view(text: &str) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if let Some((length, paired)) = mark(&text[at..]) {
            if !paired {
                seen.push((OBJECT, at..at + length));
            }
            at += length;
            continue;
        }
        let next = text[at..].char_indices().skip(1).find(|(_, c)| *c == '⟦').map_or(text.len(), |(offset, _)| at + offset);
        seen.extend(characters(&text[at..next]).map(|(c, span)| (c, at + span.start..at + span.end)));
        at = next;
    }
    seen
}

/// The end of `letters` at this place, where what follows leaves them a word: no Hangul, or a tail. Blanks may be left out.
fn match_at(seen: &[Seen], at: usize, letters: &[char]) -> Option<usize> {
    let mut end = at;
    for letter in letters {
        let met = seen.get(end).map(|(c, _)| *c);
        if letter.is_whitespace() {
            end += usize::from(met.is_some_and(char::is_whitespace));
        } else if met == Some(*letter) {
            end += 1;
        } else {
            return None;
        }
    }
    let run: String = seen[end..].iter().map(|(c, _)| *c).take_while(|c| is_hangul(*c)).collect();
    // A Latin rendering's sound is unknown, which allows every tail.
    let sound: Option<Final> = letters.last().and_then(|last| final_sound(last.encode_utf8(&mut [0; 4])));
    is_tail(sound, &run).then_some(end)
}

/// The bytes of the Hangul run that follows the rendering at `start..end` and agrees with it: at once, or after closing quotes,
/// emphasis, brackets, and an explanation in brackets: 안장점(saddle point)을.
fn particle_after(seen: &[Seen], start: usize, end: usize) -> Option<Span> {
    let mut at = end;
    while let Some((c, _)) = seen.get(at) {
        match c {
            '"' | '\'' | '”' | '’' | '」' | '』' | '》' | '〉' | '*' | '_' | '~' | '`' => at += 1,
            '(' | '（' => at = closing(seen, at)? + 1,
            ')' | '）' | ']' if !has_host_before(seen, start) => at += 1,
            _ => break,
        }
    }
    let run: String = seen[at..].iter().map(|(c, _)| *c).take_while(|c| is_hangul(*c)).collect();
    // After a bracket or a quote another word may follow.
    if run.is_empty() || (at > end && !is_particle(&run)) {
        return None;
    }
    Some(seen[at].1.start..seen[at + run.chars().count() - 1].1.end)
}

/// The bracket that closes the one at `open`.
fn closing(seen: &[Seen], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, (c, _)) in seen.iter().enumerate().skip(open).take(REACH) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether the bracket around this place explains a word before it: the particle then agrees with that word.
fn has_host_before(seen: &[Seen], start: usize) -> bool {
    let mut depth = 0;
    for at in (start.saturating_sub(REACH)..start).rev() {
        match seen[at].0 {
            ')' | '）' | ']' => depth += 1,
            '(' | '（' | '[' if depth == 0 => {
                return at > 0 && !seen[at - 1].0.is_whitespace() && !matches!(seen[at - 1].0, '"' | '\'' | '“' | '‘' | '(' | '「' | '『');
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

    use super::super::Glossary;
    use super::*;

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
        assert_kept("새들 ⟦1⟧포인트를⟦/1⟧");
        assert_kept("일괄 처리한다");
    }

    #[test]
    fn a_name_takes_the_particle_of_its_reading() {
        assert_becomes("버트를 쓰고 버트는", "BERT를 쓰고 BERT는");
        let enforced = enforce("간은 간에서");
        assert_eq!(enforced.text, "간은 GAN에서", "only what is certain");
        assert_eq!(enforced.notes, ["left: 간은 (GAN)", "fixed: 간 -> GAN"]);
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
