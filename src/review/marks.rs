//! A diff as a reader sees it: in styles, or in brackets where there are none.

use super::diff::{Change, Diff, Op};
use super::wrap::{Line, Span, Style};

/// How a change is told from what stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// By its style alone.
    Styled,
    /// In brackets as well: `[-…-]` taken out, `{+…+}` put in.
    Marked,
}

/// The lines of a diff, each to be wrapped. Of a line that changed as a whole the machine's stands first, and then the editor's.
pub fn marks(diff: &Diff, manner: Manner) -> Vec<Line> {
    diff.lines()
        .iter()
        .flat_map(|line| if line.whole || line.changes.len() == 1 { blocks(line, manner) } else { vec![inline(line, manner)] })
        .collect()
}

fn inline(line: &Diff, manner: Manner) -> Line {
    line.changes.iter().map(|change| span(change.op, &shown(change), manner)).collect()
}

/// Both sides of a line, one below the other; where a side is several lines, so is its block.
fn blocks(line: &Diff, manner: Manner) -> Vec<Line> {
    let ops: &[Op] = match line.changes.as_slice() {
        [only] => &[only.op],
        _ => &[Op::Delete, Op::Insert],
    };
    let side = |op: Op| {
        line.changes
            .iter()
            .filter(|change| change.op == op || change.op == Op::Equal)
            .map(|change| change.text.as_str())
            .collect::<String>()
    };
    ops.iter()
        .flat_map(|&op| side(op).split('\n').map(|text| vec![span(op, text.trim_end_matches('\r'), manner)]).collect::<Vec<_>>())
        .collect()
}

fn span(op: Op, text: &str, manner: Manner) -> Span {
    match (op, manner) {
        (Op::Equal, _) => Span::new(Style::Plain, text),
        (Op::Delete, Manner::Styled) => Span::new(Style::Delete, text),
        (Op::Insert, Manner::Styled) => Span::new(Style::Insert, text),
        (Op::Delete, Manner::Marked) => Span::new(Style::Delete, format!("[-{text}-]")),
        (Op::Insert, Manner::Marked) => Span::new(Style::Insert, format!("{{+{text}+}}")),
    }
}

/// A blank that changed alone would not be seen, nor would a line end.
fn shown(change: &Change) -> String {
    if change.op == Op::Equal {
        return change.text.clone();
    }
    let text = change.text.replace("\r\n", "\n");
    if text.chars().all(char::is_whitespace) {
        return text.chars().map(|c| if c == '\n' { '⏎' } else { '␣' }).collect();
    }
    text.replace('\n', "⏎ ")
}

#[cfg(test)]
mod tests {
    use super::super::diff::diff;
    use super::*;

    fn marked(machine: &str, edited: &str) -> Vec<String> {
        let lines = marks(&diff(machine, edited), Manner::Marked);
        lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn changes_are_in_brackets_and_a_blank_is_seen() {
        assert_eq!(marked("할 수있는 모델은 크다", "할 수 있는 모델이 크다"), ["할 수{+␣+}있는 모델[-은-]{+이+} 크다"]);
        assert_eq!(marked("하나가 있다\n둘이 있다", "하나가 있다 둘이 있다"), ["하나가 있다[-⏎-]{+␣+}둘이 있다"]);
    }

    #[test]
    fn a_line_of_which_little_is_left_is_shown_whole() {
        assert_eq!(
            marked("제목은 같다\n모두 다른 문장이 여기에 있다", "제목은 같다\n이제 전혀 닮지 않은 글로 바뀌었음"),
            ["제목은 같다", "[-모두 다른 문장이 여기에 있다-]", "{+이제 전혀 닮지 않은 글로 바뀌었음+}"]
        );
        assert_eq!(marked("", "하나\n둘"), ["{+하나+}", "{+둘+}"]);
        assert!(marked("", "").concat().is_empty());
    }

    #[test]
    fn styles_need_no_brackets() {
        let lines = marks(&diff("모델은 크다", "모델이 크다"), Manner::Styled);
        let expected = [(Style::Plain, "모델"), (Style::Delete, "은"), (Style::Insert, "이"), (Style::Plain, " 크다")];
        assert_eq!(lines, [expected.map(|(style, text)| Span::new(style, text)).to_vec()]);
    }
}
