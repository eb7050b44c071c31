//! `bare-alternative`: both forms of a particle, left for the reader to choose from.

use rustc_hash::FxHashMap;

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::agreement::Alternative;
use crate::korean::hangul::{Final, is_hangul, run_len};
use crate::korean::host::sound_before;
use crate::korean::particle::fit_sound;
use crate::korean::reading::Certainty;
use crate::korean::view::View;

/// See [`About`].
pub(super) struct BareAlternative;

const ABOUT: About = About {
    name: "bare-alternative",
    group: Group::Particles,
    severity: Severity::Warning,
    on: true,
    summary: "both forms of a particle, as in 을(를), in a finished text",
    meaning:
        "을(를), 이(가), 은(는), 와(과) and (으)로 stand behind a placeholder whose word is not known. In a finished text the word is known,
and one of the two forms is right. Behind a placeholder such as {name} nothing is said.",
    example: Example {
        english: "", glossary: "", wrong: "- 안장점을(를) 벗어나는 방법\n", right: "- 안장점을 벗어나는 방법\n"
    },
    mend: "`--fix` writes the form that fits, where the reading of the word before is certain.",
    waive: "The text is about the particles themselves, or a word will be put in later.",
};

impl Check for BareAlternative {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for (prose, words) in context.korean().prose().iter().enumerate() {
            let alternatives = &context.particles()[prose].alternatives;
            let mut nouns = FxHashMap::default();
            if !alternatives.is_empty() {
                // Of those that end in one place the first counts.
                context.nouns(prose).into_iter().for_each(|noun| _ = nouns.entry(noun.span.end).or_insert(noun.sound));
            }
            findings.extend(alternatives.iter().map(|alternative| finding(context, &words.view, &nouns, alternative)));
        }
    }
}

/// The last sounds of known nouns, as far as the glossary says, by where the nouns end.
type Nouns = FxHashMap<usize, Option<Final>>;

fn finding(context: &Context<'_>, view: &View, nouns: &Nouns, alternative: &Alternative) -> Finding {
    let range = alternative.span.clone();
    let written = &view.text[range.clone()];
    let span = view.span(range.clone());
    let (right, certain) = decided(view, nouns, alternative);
    let help = match &right {
        Some(right) if certain => format!("write `{right}`"),
        Some(right) => format!("write `{right}`, if the word before is read as usual"),
        None => "write the form that fits the word before it, as it is read aloud".to_owned(),
    };
    let edit = |right: &String| Edit { text: View::written_like(right, &context.korean().digest.text[span.clone()]), span: span.clone() };
    Finding {
        help: Some(help),
        fix: right.iter().filter(|_| certain && view.is_whole(range.clone())).map(edit).collect(),
        ..Finding::new(ABOUT.name, ABOUT.severity, span.clone(), format!("`{written}` leaves the particle open"))
    }
}

/// The form that fits, and whether that is certain. What the glossary says of a name's reading goes before its letters.
fn decided(view: &View, nouns: &Nouns, alternative: &Alternative) -> (Option<String>, bool) {
    let noun = nouns.get(&alternative.span.start).copied().flatten();
    if let Some(fitted) = fit_sound(noun, &first_form(&view.text[alternative.span.clone()])).filter(|_| noun.is_some()) {
        return (Some(fitted.into_owned()), true);
    }
    let reading = sound_before(&view.text[..alternative.span.start]);
    (alternative.right.clone(), reading.is_some_and(|reading| reading.certainty == Certainty::Certain))
}

/// 을 of 을(를); 으로 of (으)로.
fn first_form(written: &str) -> String {
    match written.strip_prefix('(') {
        Some(_) => written.chars().filter(|c| is_hangul(*c)).collect(),
        None => written[..run_len(written)].to_owned(),
    }
}
