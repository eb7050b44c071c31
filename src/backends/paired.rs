//! Answers are matched by id, never by position: engines merge, drop and repeat lines.

use std::collections::HashSet;

use super::quote::clean;
use super::{BackendError, Class, Text};

/// `answers` if they hold each id of `asked` exactly once and no other.
pub(super) fn paired(answers: Vec<Text>, asked: &[Text]) -> Result<Vec<Text>, BackendError> {
    let bad = |id: &str, before: &str, after: &str| Err(BackendError::new(Class::BadOutput, format!("{before}`{}`{after}", clean(id, 40))));
    let mut missing: HashSet<&str> = asked.iter().map(|text| text.id.as_str()).collect();
    let known = missing.clone();
    for answer in &answers {
        if !known.contains(answer.id.as_str()) {
            return bad(&answer.id, "answered ", ", which was not asked");
        }
        if !missing.remove(answer.id.as_str()) {
            return bad(&answer.id, "answered ", " twice");
        }
    }
    match asked.iter().find(|text| missing.contains(text.id.as_str())) {
        Some(text) => bad(&text.id, "left out ", &format!(" ({} of {} segments)", missing.len(), asked.len())),
        None => Ok(answers),
    }
}

/// `korean` with the blanks that stand around `english`: engines add and drop them freely.
pub(super) fn with_blanks_of(english: &str, korean: &str) -> String {
    let core = english.trim();
    if core.is_empty() {
        return english.to_owned();
    }
    let start = english.len() - english.trim_start().len();
    format!("{}{}{}", &english[..start], korean.trim(), &english[start + core.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_around_a_text_are_those_of_the_english() {
        assert_eq!(with_blanks_of("  Hi\u{a0}", "\n안녕 "), "  안녕\u{a0}");
        assert_eq!(with_blanks_of("Hi", " 안녕"), "안녕");
        assert_eq!(with_blanks_of("  ", "안녕"), "  ");
    }
}
