//! `dependent-noun-spacing`: a dependent noun written onto the word before it.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::spacing::{Unspaced, unspaced};
use crate::korean::view::View;

/// See [`About`].
pub(super) struct DependentNounSpacing;

const ABOUT: About = About {
    name: "dependent-noun-spacing",
    group: Group::Language,
    severity: Severity::Hint,
    on: true,
    summary: "a dependent noun (할수 있다) written onto the word before it",
    meaning: "Dependent nouns are written apart (한글 맞춤법 제42항): 할 수 있다, 하는 것, 쓰기 때문에, 할 때, 할 뿐, 하는 만큼, 3년 만에. Only certain
forms before them are judged; after nouns 뿐, 만큼 and 대로 are particles. What 제47항 allows is never found: 할만하다, 올듯하다,
견줄만한, 쓰여있습니다.",
    example: Example { english: "", glossary: "", wrong: "- 줄일수 있는것은 크기뿐이다.\n", right: "- 줄일 수 있는 것은 견줄만한 크기뿐이다.\n" },
    mend: "`--fix` puts the blank in.",
    waive: "The letters are a word of their own. An everyday word that is mistaken is worth an issue.",
};

impl Check for DependentNounSpacing {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for words in context.korean().prose() {
            let found = unspaced(&words.view.text);
            let seen = found.iter().filter(|one| !words.view.is_hidden(one.range.clone()));
            findings.extend(seen.map(|one| finding(&words.view, one)));
        }
    }
}

fn finding(view: &View, one: &Unspaced) -> Finding {
    let word = &view.text[one.range.clone()];
    let mut right = word.to_owned();
    for at in one.blanks.iter().rev() {
        right.insert(at - one.range.start, ' ');
    }
    let whole = view.is_whole(one.range.clone());
    let edit = |at: &usize| Edit { span: view.span(*at..*at), text: " ".to_owned() };
    Finding {
        help: Some(format!("write `{right}`")),
        fix: if whole { one.blanks.iter().map(edit).collect() } else { Vec::new() },
        ..Finding::new(
            ABOUT.name,
            ABOUT.severity,
            view.span(one.range.clone()),
            format!("`{word}` lacks a blank before its dependent noun"),
        )
    }
}
