//! `title-stop`: a title that ends as a sentence with a stop.

use super::{About, Check, Context, Edit, Example, Finding, Group, Passage, Severity, Twin};
use crate::digest::{Kind, Segment};
use crate::korean::hangul::is_hangul;

/// See [`About`].
pub(super) struct TitleStop;

const ABOUT: About = About {
    name: "title-stop",
    group: Group::Language,
    severity: Severity::Hint,
    on: true,
    summary: "a title that ends with a stop, although most titles of the digest do not",
    meaning:
        "Titles and headings take no stop (한글 맞춤법 부록, 문장 부호). Machine translation turns them into sentences with one. A digest
most of whose titles have a stop, or an English title that has one, is left alone.",
    example: Example {
        english: "- [A model learns](https://a.example) – One.\n- [Two models](https://b.example) – Two.\n- [A third](https://c.example) – Three.\n",
        glossary: "",
        wrong: "- [모델이 학습합니다.](https://a.example) – 하나.\n- [두 모델](https://b.example) – 둘.\n- [셋째](https://c.example) – 셋.\n",
        right: "- [모델의 학습](https://a.example) – 하나.\n- [두 모델](https://b.example) – 둘.\n- [셋째](https://c.example) – 셋.\n",
    },
    mend: "`--fix` takes the stop out. Better is a title without a verb ending: 모델의 학습, 모델이 학습하다.",
    waive: "The title is a sentence of its own, as its author wrote it.",
};

impl Check for TitleStop {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let side = context.korean();
        let is_title = |segment: &&Segment| matches!(segment.kind, Kind::Title | Kind::Heading);
        let (mut titles, mut with_stop) = (0, 0);
        let mut stopped = Vec::new();
        for segment in side.digest.segments.iter().filter(is_title) {
            titles += 1;
            let Some(passage) = side.passages(&segment.span()).pop() else { continue };
            let Some(at) = stop(passage.text()) else { continue };
            with_stop += 1;
            let twin = context.twin(segment.start);
            // A stop behind Latin letters may be an abbreviation's: only the English tells.
            let is_sure = twin.is_some() || passage.text()[..at].ends_with(|c: char| is_hangul(c) || matches!(c, ')' | ']' | '”' | '"'));
            if is_sure && !has_stop(context, twin) {
                stopped.push((passage, at));
            }
        }
        if with_stop * 2 >= titles {
            return;
        }
        findings.extend(stopped.iter().map(|(passage, at)| finding(context, passage, *at)));
    }
}

/// Where the one stop stands that a title ends in.
fn stop(title: &str) -> Option<usize> {
    let head = title.trim_end().trim_end_matches(['"', '\'', '”', '’']);
    let words = head.strip_suffix('.')?;
    let last = words.chars().next_back()?;
    let is_word = last.is_alphanumeric() || is_hangul(last) || matches!(last, ')' | ']' | '”' | '"');
    // N.B., Ph.D.
    let is_dotted = last.is_ascii() && words.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains('.') || word.len() == 1);
    (is_word && !is_dotted).then_some(words.len())
}

/// Whether the English title ends in a stop as well.
fn has_stop(context: &Context<'_>, twin: Option<&Twin>) -> bool {
    let Some((twin, side)) = twin.zip(context.english()) else { return false };
    side.passages(&twin.english)
        .last()
        .is_some_and(|passage| passage.text().trim_end().trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '…']))
}

fn finding(context: &Context<'_>, passage: &Passage<'_>, at: usize) -> Finding {
    let span = passage.span(at..at + 1);
    let fix = if context.korean().digest.text[span.clone()] == *"." {
        vec![Edit { span: span.clone(), text: String::new() }]
    } else {
        Vec::new()
    };
    Finding {
        help: Some("leave the stop out".to_owned()),
        fix,
        ..Finding::new(ABOUT.name, ABOUT.severity, span, "the title ends with a stop, as most titles of the digest do not".to_owned())
    }
}
