//! `wrong-particle`: a particle in the form that does not fit the word before it.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::agreement::Misfit;
use crate::korean::hangul::is_hangul;
use crate::korean::reading::Certainty;
use crate::korean::view::View;
use crate::span::Span;

/// See [`About`].
pub(super) struct WrongParticle;

const ABOUT: About = About {
    name: "wrong-particle",
    group: Group::Particles,
    severity: Severity::Error,
    on: true,
    summary: "a particle in the form that does not fit the word before it",
    meaning:
        "Many particles have two forms: 은/는, 이/가, 을/를, 과/와, 으로/로, 이나/나 and the like. Which one is right follows from the sound
that the word before ends in, as it is read aloud: digits, Latin letters and units included. A bracket that explains a word is passed
over: the particle agrees with the word before it.",
    example: Example {
        english: "",
        glossary: "",
        wrong: "- 안장점를 벗어나는 MIMO(다중 입력 다중 출력)을 다룹니다.\n",
        right: "- 안장점을 벗어나는 MIMO(다중 입력 다중 출력)를 다룹니다.\n",
    },
    mend:
        "`--fix` writes the other form where the reading is certain. Where a word could be read in two ways (many English words in -p, -t,
-c and -k) nothing is changed. A glossary entry with `read` says how a name is pronounced.",
    waive: "The letters are no particle but a part of the word. An everyday word that is mistaken belongs under `[words] known`.",
};

impl Check for WrongParticle {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for (prose, words) in context.korean().prose().iter().enumerate() {
            let misfits = context.particles()[prose].misfits.iter().filter(|misfit| !is_known(context, &words.view.text, misfit));
            findings.extend(misfits.map(|misfit| finding(context, &words.view, misfit)));
        }
    }
}

/// Whether the glossary knows a word that ends here: what looks like its particle is then a part of it.
fn is_known(context: &Context<'_>, text: &str, misfit: &Misfit) -> bool {
    let until = &text[..misfit.particle.end];
    context.glossary().known_at_end(until).any(|word| word.len() > misfit.particle.len() && !text[..word.start].ends_with(is_hangul))
}

fn finding(context: &Context<'_>, view: &View, misfit: &Misfit) -> Finding {
    let particle = &view.text[misfit.particle.clone()];
    let host = word_before(&view.text, misfit.host.clone());
    let right = &misfit.right;
    let span = view.span(misfit.particle.clone());
    let certain = misfit.certainty == Certainty::Certain && view.is_whole(misfit.particle.clone());
    let help = match misfit.certainty {
        // 출력을 fits as it stands: what does not is said.
        Certainty::Certain => match explained(&host) {
            Some(word) => format!("write `{host}{right}`: the particle goes with `{word}`, before the bracket"),
            None => format!("write `{host}{right}`"),
        },
        Certainty::Likely => format!("write `{host}{right}`, unless `{host}` is read otherwise"),
    };
    let edit = || Edit { text: View::written_like(right, &context.korean().digest.text[span.clone()]), span: span.clone() };
    Finding {
        help: Some(help),
        fix: if certain { vec![edit()] } else { Vec::new() },
        ..Finding::new(ABOUT.name, ABOUT.severity, place(view, misfit), format!("`{particle}` does not fit `{host}`"))
    }
}

/// Host and particle, where they are one word without markup; else the particle.
fn place(view: &View, misfit: &Misfit) -> Span {
    let whole = misfit.host.start..misfit.particle.end;
    let host = &view.text[misfit.host.clone()];
    let is_word = misfit.host.end == misfit.particle.start && host.chars().count() <= LONGEST && host.chars().all(char::is_alphanumeric);
    view.span(if is_word && view.is_whole(whole.clone()) { whole } else { misfit.particle.clone() })
}

/// The most characters of a host that is marked, or named, with its particle.
const LONGEST: usize = 24;

/// The word that the particle agrees with, with the bracket that explains it: MIMO(다중 입력 다중 출력). Only the end of a long one.
fn word_before(text: &str, host: Span) -> String {
    let explained = text[..host.end].strip_suffix(')').and_then(|inner| {
        let from = text.floor_char_boundary(host.end.saturating_sub(REACH));
        let open = from + text.get(from..inner.len())?.rfind('(')?;
        Some(open).filter(|open| *open < host.start)
    });
    let start = explained.map_or(host.start, |open| {
        let from = text.floor_char_boundary(open.saturating_sub(REACH));
        text[from..open].rfind(char::is_whitespace).map_or(from, |at| from + at + 1)
    });
    let word = text.get(start..host.end).unwrap_or(&text[host.clone()]).trim_start();
    let short = explained.map(|open| text[start..open].trim_start()).filter(|word| word.chars().count() <= LONGEST);
    match (word.char_indices().rev().nth(LONGEST), short) {
        (Some(_), Some(short)) if !short.is_empty() => format!("{short}(…)"),
        (Some((at, c)), _) => format!("…{}", &word[at + c.len_utf8()..]),
        (None, _) => word.to_owned(),
    }
}

/// The word that a bracket at its end explains; a call, f(x, y), explains nothing.
fn explained(host: &str) -> Option<&str> {
    let inner = host.strip_suffix(')')?;
    let (word, inner) = inner.split_at(inner.rfind('(')?);
    let explains = inner == "(…" || inner.contains(is_hangul) || word.ends_with(is_hangul) || (inner.contains(' ') && !inner.contains(','));
    (explains && !word.is_empty() && !word.starts_with('…')).then_some(word)
}

/// How far back, in bytes, the bracket that opens is looked for.
const REACH: usize = 200;
