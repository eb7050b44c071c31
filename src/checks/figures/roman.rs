//! Roman numerals: World War II, Apollo X.

/// The value of a word that is a Roman numeral in capitals, up to 39.
pub fn value(word: &str) -> Option<u64> {
    let mut total = 0;
    let mut rest = word;
    for (form, value) in [("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)] {
        let most = if matches!(form, "X" | "I") { 3 } else { 1 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(form) else { break };
            rest = after;
            total += value;
        }
    }
    (rest.is_empty() && total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_numerals_have_values() {
        for (word, expected) in [
            ("II", Some(2)),
            ("IV", Some(4)),
            ("XIX", Some(19)),
            ("X", Some(10)),
            ("VIII", Some(8)),
            ("IIII", None),
            ("VX", None),
            ("", None),
            ("AI", None),
        ] {
            assert_eq!(value(word), expected, "{word}");
        }
    }
}
