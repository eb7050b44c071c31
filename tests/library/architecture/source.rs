//! Reads Rust source as far as the rules need it: which paths it names, and how many lines of it are code.

/// A path as named in a file: `["crate", "span", "Span"]`, `["toml", "Table"]`; `super` and `self` are resolved.
#[derive(Debug, PartialEq, Eq)]
pub struct Path {
    /// The line of its first name.
    pub line: usize,
    /// Its names from the root.
    pub parts: Vec<String>,
}

/// Every path of two names or more, and every name that `use` or `extern crate` brings in. `inside` is the file's own module.
pub fn paths(text: &str, inside: &[String]) -> Vec<Path> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, found: Vec::new() };
    // The modules that are open, each with the depth of its brace.
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    while let Some(token) = reader.peek() {
        let module: Vec<String> = inside.iter().cloned().chain(open.iter().map(|(name, _)| name.clone())).collect();
        match token {
            "mod" if reader.ahead(2) == Some("{") => {
                depth += 1;
                open.push((reader.ahead(1).unwrap_or_default().to_string(), depth));
                reader.at += 3;
            }
            "{" => {
                depth += 1;
                reader.at += 1;
            }
            "}" => {
                open.retain(|(_, at)| *at != depth);
                depth -= 1;
                reader.at += 1;
            }
            "use" => {
                reader.at += 1;
                reader.tree(&[], &module, true);
            }
            "extern" if reader.ahead(1) == Some("crate") => {
                reader.at += 2;
                reader.tree(&[], &module, true);
            }
            "::" => reader.tree(&[], &module, false),
            name if is_name(name) => reader.tree(&[], &module, false),
            _ => reader.at += 1,
        }
    }
    reader.found
}

/// Every string literal, with the line that it begins on and without its quotes.
pub fn literals(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let string = string_len(rest);
        let length = comment_len(rest).or(string).or_else(|| character_len(rest)).unwrap_or_else(|| name_len(rest).max(c.len_utf8()));
        if string.is_some() {
            found.push((line, rest[..length].trim_matches(|c| matches!(c, 'b' | 'c' | 'r' | '#')).trim_matches('"')));
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    found
}

/// Lines of code: neither blank, nor comment, nor in a module of tests.
pub fn code_lines(text: &str) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    without_tests(text).lines().filter(is_code).count()
}

/// The text with the lines of its test modules blank, so that the others keep their numbers.
pub fn without_tests(text: &str) -> String {
    let mut tests = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        tests |= line.starts_with("#[cfg(test)]");
        if !tests {
            kept.push_str(line);
        }
        kept.push('\n');
        // rustfmt puts the brace that closes an item at the start of its line.
        tests &= !(line.starts_with('}') || (line.starts_with("mod ") && line.ends_with(';')));
    }
    kept
}

struct Token<'a> {
    text: &'a str,
    line: usize,
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    found: Vec<Path>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.ahead(0)
    }

    fn ahead(&self, count: usize) -> Option<&'a str> {
        self.tokens.get(self.at + count).map(|token| token.text)
    }

    /// Reads a path, or in a `use` a tree of them, after `parent`.
    fn tree(&mut self, parent: &[String], module: &[String], is_use: bool) {
        let mut parts = parent.to_vec();
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        if self.peek() == Some("::") {
            self.at += 1;
        }
        loop {
            match self.peek() {
                Some("{") if is_use => {
                    self.group(&parts, module);
                    return;
                }
                Some(name) if is_name(name) || name == "*" => {
                    parts.push(name.trim_start_matches("r#").to_string());
                    self.at += 1;
                }
                _ => break,
            }
            if self.peek() != Some("::") {
                break;
            }
            self.at += 1;
        }
        if is_use && self.peek() == Some("as") {
            self.at += 2;
        }
        if is_use || parts.len() > 1 {
            self.found.push(Path { line, parts: resolved(&parts, module) });
        } else if parts.is_empty() {
            self.at += 1;
        }
    }

    fn group(&mut self, parent: &[String], module: &[String]) {
        self.at += 1;
        loop {
            match self.peek() {
                None => return,
                Some("}") => {
                    self.at += 1;
                    return;
                }
                Some(",") => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    self.tree(parent, module, true);
                    self.at = self.at.max(before + 1);
                }
            }
        }
    }
}

/// The path from its root: `super` and `self` replaced by the module that they mean.
fn resolved(parts: &[String], module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let mut is_relative = false;
    let mut rest = parts;
    while let Some((first, after)) = rest.split_first() {
        match first.as_str() {
            "super" => drop(base.pop()),
            "self" => {}
            _ => break,
        }
        is_relative = true;
        rest = after;
    }
    if is_relative { base.into_iter().chain(rest.iter().cloned()).collect() } else { parts.to_vec() }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single characters; comments, strings, characters and numbers left out.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let skipped = comment_len(rest).or_else(|| string_len(rest)).or_else(|| character_len(rest));
        let length = skipped.unwrap_or_else(|| match c {
            _ if rest.starts_with("::") => 2,
            _ if rest.starts_with("r#") => 2 + name_len(&rest[2..]),
            _ if is_name(rest) || c.is_numeric() => name_len(rest),
            _ => c.len_utf8(),
        });
        if skipped.is_none() && !c.is_whitespace() && !c.is_numeric() {
            tokens.push(Token { text: &rest[..length], line });
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

fn name_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn comment_len(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let step = if text[at..].starts_with("/*") {
            depth += 1;
            2
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            2
        } else {
            text[at..].chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    Some(at)
}

/// The length of a string literal, raw and byte strings included.
fn string_len(text: &str) -> Option<usize> {
    let body = text.trim_start_matches(['b', 'c']);
    if text.len() - body.len() > 1 {
        return None;
    }
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if !raw[hashes..].starts_with('"') {
            return None;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        let inner = &raw[hashes + 1..];
        let end = inner.find(&close).map_or(inner.len(), |end| end + close.len());
        return Some(text.len() - inner.len() + end);
    }
    let inner = body.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(text.len() - inner.len() + at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// The length of a character literal; a lifetime is none.
fn character_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    if inner.starts_with('\\') {
        return inner[2..].find('\'').map(|end| end + 4);
    }
    let first = inner.chars().next()?;
    inner[first.len_utf8()..].starts_with('\'').then(|| first.len_utf8() + 2)
}
