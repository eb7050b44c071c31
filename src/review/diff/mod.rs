//! What an editor changed in a text, marked as a Korean reader would mark it: by stems and endings, never by scattered syllables.
//!
//! Tokens (`tokens`) are compared, islands too small to be read are taken into the changes around them (`islands`), and each change is
//! polished at its edges (`polish`). Where little of a line is left, it is shown whole.

mod islands;
mod polish;
mod same;
mod side;
mod tokens;
mod whole;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use polish::Edit;
use side::Side;

/// What happened to a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// It stands on both sides.
    Equal,
    /// The editor took it out.
    Delete,
    /// The editor put it in.
    Insert,
}

/// One piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened to it.
    pub op: Op,
    /// The text, in NFC.
    pub text: String,
}

/// What changed between two texts: equal and deleted pieces are the one, equal and inserted pieces the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// In the order of the text; neighbours differ in their operation.
    pub changes: Vec<Change>,
    /// Whether so much changed that both texts are better shown whole.
    pub whole: bool,
}

/// Compares two texts.
pub fn diff(machine: &str, edited: &str) -> Diff {
    let (machine, edited) = (composed(machine), composed(edited));
    if machine == edited {
        return pieces(&machine, &edited, &[]);
    }
    let (machine, edited) = (Side::new(&machine), Side::new(&edited));
    let hunks = islands::hunks(&machine, &edited);
    let edits: Vec<Edit> = hunks.iter().flat_map(|hunk| polish::edits(hunk, &machine, &edited)).collect();
    pieces(machine.text, edited.text, &edits)
}

/// The texts in pieces, as the edits part them.
fn pieces(machine: &str, edited: &str, edits: &[Edit]) -> Diff {
    let mut changes = Vec::with_capacity(3 * edits.len() + 1);
    let mut push = |op, text: &str| {
        if !text.is_empty() {
            changes.push(Change { op, text: text.to_owned() });
        }
    };
    let mut at = 0;
    for edit in edits {
        push(Op::Equal, &machine[at..edit.machine.start]);
        push(Op::Delete, &machine[edit.machine.clone()]);
        push(Op::Insert, &edited[edit.edited.clone()]);
        at = edit.machine.end;
    }
    push(Op::Equal, &machine[at..]);
    Diff::of(changes)
}

fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(machine: &str, edited: &str) -> String {
        let mark = |change: &Change| match change.op {
            Op::Equal => change.text.clone(),
            Op::Delete => format!("[-{}-]", change.text),
            Op::Insert => format!("{{+{}+}}", change.text),
        };
        diff(machine, edited).changes.iter().map(mark).collect()
    }

    /// The two texts by what `expected` marks in them.
    #[track_caller]
    fn assert_marked(expected: &str) {
        let side = |kept: (&str, &str), lost: (&str, &str)| {
            let mut text = expected.replace(kept.0, "").replace(kept.1, "");
            while let Some(start) = text.find(lost.0) {
                let end = start + text[start..].find(lost.1).expect("a mark that ends") + lost.1.len();
                text.replace_range(start..end, "");
            }
            text
        };
        let (delete, insert) = (("[-", "-]"), ("{+", "+}"));
        assert_eq!(marked(&side(delete, insert), &side(insert, delete)), expected);
    }

    #[test]
    fn particles_and_endings_are_marked_without_their_words() {
        assert_marked("OpenAI[-는-]{+가+} GPT-5[-의-] 출시를 발표했습니다.");
        assert_marked("시스템을 말했[-습니다-]{+다+}.");
        assert_marked("모델을 발표[-했습니다-]{+한다+}.");
        assert_marked("시퀀스 길이를 10억 토큰[-으로 확장합니다-]{+까지 늘린다+}.");
        assert_marked("볼록[-하지 않은-]{+이 아닌+} 함수");
    }

    #[test]
    fn no_confetti_is_made_of_chance_syllables() {
        assert_marked("추락[-해 폭발해-]{+한 뒤 폭발했고, 이로 인해+} 공항의 상업 [-비행이 폐쇄-]{+항공편 운항이 중단+}됐다.");
        assert_marked("그 길은 [-해줍니다-]{+늘린다+}.");
        assert_marked("연구자들은 [-지식-]{+제안+}을 얻는다.");
    }

    #[test]
    fn a_changed_blank_is_marked_alone() {
        assert_marked("할 수{+ +}있는 것과 읽을[- -]거리");
        assert_marked("할{+ +}수{+ +}있는 일을 [-한다-]{+맡는다+}.");
        assert_marked("볼록{+ +}함수는 [-좋다-]{+쉽다+}.");
        assert_marked("[-비-]볼록 함수와 GPT{+-3+}".replace("GPT{+-3+}", "[-GPT-]{+GPT-3+}").as_str());
    }

    #[test]
    fn what_is_whole_is_never_cut() {
        assert_marked("정확도는 [-93.2-]{+93.7+}%이고 [-GPT-4-]{+GPT-4o+}보다 [-1,000-]{+1,200+}개 많다.");
        assert_marked("[글](<[-https://a.kr/1-]{+https://a.kr/2+}>)과 [-`a b`-]{+`a c`+}".replace(['<', '>'], "").as_str());
        assert_marked("⟦1⟧볼록⟦/1⟧ [-**-]함수[-**-]의 이론");
    }

    #[test]
    fn composed_and_decomposed_text_are_the_same() {
        let decomposed: String = "볼록 함수는".nfd().collect();
        assert_eq!(diff(&decomposed, "볼록 함수는").changes, [Change { op: Op::Equal, text: "볼록 함수는".to_owned() }]);
    }

    #[test]
    fn lines_are_told_apart() {
        let diff = diff("제목은 같다\n모두 다른 문장이 여기에 있다", "제목은 같다\n이제 전혀 닮지 않은 글로 바뀌었음");
        let lines = diff.lines();
        assert_eq!(lines.iter().map(|line| line.whole).collect::<Vec<_>>(), [false, true]);
        assert_eq!(lines[0].changes, [Change { op: Op::Equal, text: "제목은 같다".to_owned() }]);
        assert!(!super::diff("", "더했다").whole && !super::diff("같다", "같다").whole);
        assert!(super::diff("같은 데가 없음", "완전히 다르다").whole);
    }

    #[test]
    fn hostile_texts_are_compared_whole() {
        let text = |mut seed: u64, length: usize| -> String {
            let syllable = |_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let number = u32::try_from(seed >> 40).unwrap_or(0) % 300;
                if number % 3 == 0 { ' ' } else { char::from_u32(0xAC00 + number).unwrap_or(' ') }
            };
            (0..length).map(syllable).collect()
        };
        assert_whole(&text(1, 60_000), &text(2, 60_000));
        assert_whole(&"가 ".repeat(40_000), &"나 가".repeat(30_000));
        assert_whole(&"`".repeat(50_000), &"` `a".repeat(20_000));
    }

    /// What always holds.
    fn assert_whole(machine: &str, edited: &str) {
        let Diff { changes, .. } = diff(machine, edited);
        let side = |other: Op| changes.iter().filter(|change| change.op != other).map(|change| change.text.as_str()).collect::<String>();
        assert_eq!(side(Op::Insert), machine.nfc().collect::<String>());
        assert_eq!(side(Op::Delete), edited.nfc().collect::<String>());
        assert!(changes.iter().all(|change| !change.text.is_empty()));
        assert!(changes.windows(2).all(|pair| pair[0].op != pair[1].op && (pair[0].op, pair[1].op) != (Op::Insert, Op::Delete)));
        // What is one token on its side stands in one piece.
        for (text, other) in [(machine, Op::Insert), (edited, Op::Delete)] {
            let text = composed(text);
            let mut borders = Vec::new();
            changes.iter().filter(|change| change.op != other).fold(0, |at, change| {
                borders.push(at);
                at + change.text.len()
            });
            for token in tokens::tokens(&text).iter().filter(|token| matches!(token.kind, tokens::Kind::Whole | tokens::Kind::Mark)) {
                let from = borders.partition_point(|border| *border <= token.start);
                assert!(borders.get(from).is_none_or(|border| *border >= token.end), "{:?} is cut", &text[token.range()]);
            }
        }
    }

    fn any_piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "모델",
            "은",
            "이",
            "함수",
            "습니다",
            "했다",
            "하는",
            "수",
            "있는",
            " ",
            " ",
            " ",
            "  ",
            "\n",
            "\r\n",
            "\u{3000}",
            "GPT-5",
            "1,000",
            "3",
            "**",
            "](",
            "https://a.kr/b",
            "`a b`",
            "`",
            "⟦1⟧",
            "⟦/1⟧",
            "<b>",
            "&quot;",
            ".",
            ",",
            "(",
            ")",
            "-",
            "\u{1112}\u{1161}\u{11ab}",
            "\u{1112}\u{119e}",
            "e\u{301}",
            "👩\u{200d}💻",
            "🇰🇷",
            "\u{200d}",
            "\u{301}",
            "ㅋ",
            "漢字",
            "\u{1b}[31m",
            "\0",
        ])
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![4 => prop::collection::vec(any_piece(), 0..24).prop_map(|pieces| pieces.concat()), 1 => ".{0,40}"]
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_texts(machine in any_text(), edited in any_text()) {
            assert_whole(&machine, &edited);
            prop_assert_eq!(diff(&machine, &edited), diff(&machine, &edited));
        }

        #[test]
        fn a_small_edit_leaves_the_rest(pieces in prop::collection::vec(any_piece(), 1..24), at in any::<prop::sample::Index>(), piece in any_piece()) {
            let mut edited = pieces.clone();
            edited[at.index(pieces.len())] = piece;
            assert_whole(&pieces.concat(), &edited.concat());
        }
    }
}
