//! How deep quotes and lists stand inside each other, told from the beginnings of the lines: the Markdown parser looks at every one that
//! is open for each line, so that many of them over many lines take time by the square of the text.

use memchr::memchr2_iter;

/// Quotes, lists and notes that are open, summed over all lines, for each byte of the text and besides: no digest comes near.
const MOST_PER_BYTE: usize = 100;
const MOST_AT_ALL: usize = 1 << 20;

/// What is open around a line.
#[derive(Clone, Copy, Debug)]
enum Container {
    Quote,
    /// Its text stands so many columns further to the right.
    Entry(usize),
}

/// Where the line begins at which most quotes, lists and notes of a Markdown text stand inside each other, and how many they are, where
/// the text has too many to be parsed.
pub fn too_deep(text: &str) -> Option<(usize, usize)> {
    let most = text.len() * MOST_PER_BYTE + MOST_AT_ALL;
    let mut open: Vec<Container> = Vec::new();
    let (mut sum, mut deepest) = (0, (0, 0));
    let mut start = 0;
    for end in memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        follow(&text.as_bytes()[start..end], &mut open);
        sum += open.len();
        if open.len() > deepest.1 {
            deepest = (start, open.len());
        }
        start = end + 1;
    }
    (sum > most).then_some(deepest)
}

/// Brings what is open up to date with a line. What the parser may read either way is taken as the deeper one.
fn follow(line: &[u8], open: &mut Vec<Container>) {
    let mut rest = Rest { line, at: 0, rule: [None; 2] };
    let first = line.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    // Words go on with whatever is open.
    if !first.is_some_and(|byte| matches!(byte, b'>' | b'-' | b'+' | b'*' | b'[') || byte.is_ascii_digit()) {
        return;
    }
    let held = open.iter().take_while(|container| rest.goes_on_with(**container)).count();
    let mut new = Vec::new();
    let mut is_certain = true;
    while let Some((container, begins)) = rest.opens() {
        is_certain &= begins || !new.is_empty();
        new.push(container);
    }
    if !new.is_empty() && (is_certain || held + new.len() > open.len()) {
        open.truncate(held);
        open.append(&mut new);
    }
}

/// The rest of a line.
struct Rest<'l> {
    line: &'l [u8],
    at: usize,
    /// From where on the line has nothing but `-`, or nothing but `*`, and blanks.
    rule: [Option<usize>; 2],
}

impl Rest<'_> {
    /// Passes over blanks, of which a tab is four, up to so many; gives how many they were.
    fn blanks(&mut self, most: usize) -> usize {
        let mut count = 0;
        while count < most {
            match self.line.get(self.at) {
                Some(b' ') => count += 1,
                Some(b'\t') => count += 4,
                _ => break,
            }
            self.at += 1;
        }
        count
    }

    fn goes_on_with(&mut self, container: Container) -> bool {
        let at = self.at;
        let goes_on = match container {
            Container::Quote => {
                self.blanks(3);
                self.quote_mark()
            }
            Container::Entry(columns) => self.blanks(columns) >= columns,
        };
        if !goes_on {
            self.at = at;
        }
        goes_on
    }

    fn quote_mark(&mut self) -> bool {
        let is_mark = self.line.get(self.at) == Some(&b'>');
        if is_mark {
            self.at += 1;
            self.blanks(1);
        }
        is_mark
    }

    /// What opens here, and whether it does so in the middle of a paragraph too.
    fn opens(&mut self) -> Option<(Container, bool)> {
        let before = self.blanks(4);
        if before > 3 {
            return None;
        }
        if self.quote_mark() {
            return Some((Container::Quote, true));
        }
        let line = self.line;
        let rest = &line[self.at..];
        let (length, begins) = match rest.first()? {
            mark @ (b'-' | b'*' | b'+') if !self.is_rule(*mark) => (1, true),
            b'[' if rest.starts_with(b"[^") => {
                let label = rest.iter().position(|byte| *byte == b']')?;
                self.at += label + 1;
                let is_note = self.line.get(self.at) == Some(&b':');
                self.at += 1;
                return is_note.then_some((Container::Entry(4), false));
            }
            byte if byte.is_ascii_digit() => {
                let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
                matches!(rest.get(digits), Some(b'.' | b')')).then_some((digits + 1, &rest[..digits] == b"1"))?
            }
            _ => return None,
        };
        let next = rest.get(length);
        if !matches!(next, None | Some(b' ' | b'\t')) {
            return None;
        }
        self.at += length;
        let at = self.at;
        let after = self.blanks(5);
        // Code that is indented begins after one blank.
        let after = if after > 4 || self.at == self.line.len() { 1 } else { after };
        self.at = self.at.min(at + after);
        Some((Container::Entry(before + length + after), begins && next.is_some()))
    }

    /// Whether all that follows are marks of a rule.
    fn is_rule(&mut self, mark: u8) -> bool {
        let kind = match mark {
            b'-' => 0,
            b'*' => 1,
            _ => return false,
        };
        let line = self.line;
        let other = |byte: &u8| *byte != mark && !matches!(byte, b' ' | b'\t');
        let from = *self.rule[kind].get_or_insert_with(|| line.iter().rposition(other).map_or(0, |at| at + 1));
        self.at >= from && line[self.at..].iter().filter(|byte| **byte == mark).take(3).count() == 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depths(text: &str) -> Vec<usize> {
        let mut open = Vec::new();
        text.lines()
            .map(|line| {
                follow(line.as_bytes(), &mut open);
                open.len()
            })
            .collect()
    }

    #[test]
    fn what_is_open_is_followed_from_line_to_line() {
        assert_eq!(depths("> > - a\n> > - b\n> > c\nd\n- e\n  - f\n    1. g\n    2. h\n  - i\n- j"), [3, 3, 3, 3, 1, 2, 3, 3, 2, 1]);
        assert_eq!(depths("- - * + 1. a\n- - - -\n* * *\n> ---\n-\n\n-a\n1.b\n    - c"), [5, 5, 5, 1, 1, 1, 1, 1, 1]);
        assert_eq!(depths("5. a\n   5. b\n      5. c\n[^a]: d\n    - e"), [1, 2, 3, 3, 2]);
    }

    #[test]
    fn one_deep_line_can_be_parsed_and_many_lines_inside_it_cannot() {
        let long = 20_000;
        for mark in ["> ", ">", "- ", "1. ", "* > "] {
            assert_eq!(too_deep(&mark.repeat(long)), None, "{mark}");
            let lines = format!("a\n{}b\n{}", mark.repeat(long), "c\n".repeat(long));
            assert_eq!(too_deep(&lines).map(|(start, _)| start), Some(2), "{mark}");
            let blank = format!("a\n{}b\n{}", mark.repeat(long), "\n\n[a]: b\n".repeat(long));
            assert_eq!(too_deep(&blank).map(|(start, _)| start), Some(2), "{mark}");
        }
        let stairs: String = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
        assert_eq!(too_deep(&stairs), None);
        assert_eq!(too_deep(&format!("{}a\n{}", "- ".repeat(long), "- b\n".repeat(long))), None, "the second line closes all");
        assert_eq!(too_deep(&format!("{}\n{}", "- ".repeat(long), "b\n".repeat(long))), None, "a rule");
    }
}
