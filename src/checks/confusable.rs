//! `confusable`: a word that is often misspelt.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::spelling::{Misspelling, misspellings};
use crate::korean::view::View;

/// See [`About`].
pub(super) struct Confusable;

const ABOUT: About = About {
    name: "confusable",
    group: Group::Language,
    severity: Severity::Hint,
    on: true,
    summary: "a word that is often misspelt (됬다, 몇일, 갯수)",
    meaning:
        "A closed list of misspellings that 한글 맞춤법 and 표준어 규정 name, and of its rules that letters alone decide: 률 and 율 (학습률,
전환율), 습니다 and 음 (있음), 이에요 and 예요, 지 and 치 (익숙지 않다). Words that are right somewhere are not on it.",
    example: Example {
        english: "", glossary: "", wrong: "- 몇일 만에 학습율이 높아졌다.\n", right: "- 며칠 만에 학습률이 높아졌다.\n"
    },
    mend: "`--fix` writes what is right where nothing else can be meant; else the help names it.",
    waive: "The word is quoted as it stands somewhere, or it is a name.",
};

impl Check for Confusable {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for words in context.korean().prose() {
            let found = misspellings(&words.view.text);
            let seen = found.iter().filter(|one| !words.view.is_hidden(one.range.clone()));
            findings.extend(seen.map(|one| finding(context, &words.view, one)));
        }
    }
}

fn finding(context: &Context<'_>, view: &View, one: &Misspelling) -> Finding {
    let wrong = &view.text[one.range.clone()];
    let span = view.span(one.range.clone());
    let certain = one.is_certain && view.is_whole(one.range.clone());
    let edit = || Edit { text: View::written_like(&one.right, &context.korean().digest.text[span.clone()]), span: span.clone() };
    let help = if one.is_certain { format!("write `{}`", one.right) } else { format!("write `{}`, if that is meant", one.right) };
    Finding {
        help: Some(help),
        fix: if certain { vec![edit()] } else { Vec::new() },
        ..Finding::new(ABOUT.name, ABOUT.severity, span.clone(), format!("`{wrong}` is misspelt: {}", one.article))
    }
}
