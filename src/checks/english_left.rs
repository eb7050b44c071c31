//! `english-left`: English words inside a Korean sentence.

use super::english_words::{has_pair, mixed, runs};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::sentences;
use crate::glossary::Form;
use crate::korean::hangul::is_hangul;

/// See [`About`].
pub(super) struct EnglishLeft;

/// Its name.
const NAME: &str = "english-left";

const ABOUT: About = About {
    name: NAME,
    group: Group::Language,
    severity: Severity::Warning,
    on: true,
    summary: "English words left inside a Korean sentence",
    meaning: "Two and more English words in small letters stand inside a Korean sentence. Names, code, addresses, terms that the glossary
keeps, quotations, and a gloss in brackets behind its Korean (지도 학습(supervised learning)) pass.",
    example: Example {
        english: "- [Attention](https://example.com/1) – It needs more training data.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1) – 이 모델은 more training data가 필요합니다.\n",
        right: "- [어텐션](https://example.com/1) – 이 모델은 학습 데이터(more training data)가 더 필요합니다.\n",
    },
    mend: "Translate the words.",
    waive: "The words are a name, or are quoted as they are.",
};

impl Check for EnglishLeft {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for passage in mixed(context) {
            let text = passage.text();
            if !has_pair(&passage) {
                continue;
            }
            for sentence in sentences(text).into_iter().filter(|range| text[range.clone()].contains(is_hangul)) {
                for run in runs(&text[sentence.clone()]) {
                    let place = sentence.start + run.start..sentence.start + run.end;
                    let (span, words) = (passage.span(place.clone()), &text[place.clone()]);
                    let kept = context.rendered_in(&span).iter().any(|rendered| rendered.hit.form == Form::Keep);
                    let hidden = passage.view.is_hidden(passage.range.start + place.start..passage.range.start + place.end);
                    if !kept && !hidden {
                        findings.push(Finding {
                            help: Some("translate it, or put it in brackets behind its Korean".to_owned()),
                            ..Finding::new(NAME, ABOUT.severity, span, format!("`{words}` is still in English"))
                        });
                    }
                }
            }
        }
    }
}
