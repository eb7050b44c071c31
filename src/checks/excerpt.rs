//! The sentence around a place, as a message shows it.

/// The most characters of a sentence that is shown.
const LONGEST: usize = 200;

/// The sentence around a place of a text, cut around the place where it is very long.
pub(super) fn sentence(text: &str, around: &std::ops::Range<usize>) -> String {
    let ends = |at: usize| text[at..].starts_with(char::is_whitespace) && text[..at].ends_with(['.', '!', '?', '"', '”', ')']);
    let is_end = |at: usize| ends(at) && text[..at].trim_end_matches(['"', '”', ')']).ends_with(['.', '!', '?']);
    let start = (1..=around.start).rev().filter(|at| text.is_char_boundary(*at)).find(|at| is_end(*at)).unwrap_or(0);
    let end = (around.end..text.len()).filter(|at| text.is_char_boundary(*at)).find(|at| is_end(*at)).unwrap_or(text.len());
    let shown = text[start..end].trim();
    if shown.chars().count() <= LONGEST {
        return shown.to_owned();
    }
    let side = LONGEST.saturating_sub(text[around.clone()].chars().count()) / 2;
    let from = text[start..around.start].char_indices().rev().take(side).last().map_or(around.start, |(at, _)| start + at);
    let to = text[around.end..end].char_indices().take(side).last().map_or(around.end, |(at, c)| around.end + at + c.len_utf8());
    let before = if from > start { "…" } else { "" };
    let after = if to < end { "…" } else { "" };
    format!("{before}{}{after}", text[from..to].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_its_mark_and_a_long_one_is_cut() {
        let text = "First one. It is v1.5 of \"saddle points.\" Last!";
        let at = |needle: &str| text.find(needle).map(|at| at..at + needle.len()).expect("in the text");
        assert_eq!(sentence(text, &at("saddle")), "It is v1.5 of \"saddle points.\"");
        assert_eq!(sentence(text, &at("First")), "First one.");
        assert_eq!(sentence(text, &at("Last")), "Last!");
        let long = format!("{}점 {}", "가".repeat(500), "나".repeat(500));
        let cut = sentence(&long, &(1500..1503));
        assert!(cut.starts_with("…가") && cut.ends_with("나…") && cut.contains('점') && cut.chars().count() <= LONGEST + 2, "{cut}");
    }
}
