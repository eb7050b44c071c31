//! Where a text is code: between its back-ticks.

/// Follows the back-ticks of a text from left to right, as far as it is asked.
pub(super) struct Code<'t> {
    text: &'t str,
    read: usize,
    inside: bool,
    /// The last back-tick: one that opens needs one behind it. Looked for when it is first needed.
    last: Option<usize>,
}

impl<'t> Code<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, read: 0, inside: false, last: None }
    }

    /// Whether byte `at` stands in code. The places asked for must not go back.
    pub(super) fn holds(&mut self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let last = *self.last.get_or_insert_with(|| memchr::memrchr(b'`', bytes).unwrap_or(0));
        if last > 0 {
            for tick in memchr::memchr_iter(b'`', &bytes[self.read..at]).map(|step| self.read + step) {
                // Of several back-ticks in a row the last one counts.
                if bytes.get(tick + 1) != Some(&b'`') {
                    self.inside = !self.inside && tick < last;
                }
            }
        }
        self.read = at;
        self.inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_between_back_ticks() {
        let text = "a `b` ``c`` d ` e";
        let mut code = Code::of(text);
        let inside: String = text.char_indices().filter(|(at, _)| code.holds(*at)).map(|(_, c)| c).collect();
        assert_eq!(inside, "b`c``");
    }
}
