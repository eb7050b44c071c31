//! Command lines as a shell reads them back: two different lists of arguments never look the same.

use std::borrow::Cow;

use super::is_invisible;

/// The arguments as a command line that a POSIX shell splits into exactly these arguments again.
pub fn line<S: AsRef<str>>(arguments: &[S]) -> String {
    arguments.iter().map(|argument| word(argument.as_ref())).collect::<Vec<_>>().join(" ")
}

/// One word of a command line: quoted where a shell would read it differently. Double quotes where they are enough, because
/// other shells know them too. What nobody would see is written by its number, as bash and zsh read it: `$'a\u202eb'`.
pub fn word(word: &str) -> Cow<'_, str> {
    if word.chars().any(needs_number) {
        return Cow::Owned(numbered(word));
    }
    if !word.is_empty() && word.chars().all(is_plain) && !is_assignment(word) {
        return Cow::Borrowed(word);
    }
    if !word.contains(['"', '$', '!', '^']) && !loses_backslash(word) {
        return Cow::Owned(format!("\"{word}\""));
    }
    // Fails for NUL only, which `needs_number` has caught.
    shlex::try_quote(word).unwrap_or_else(|_| Cow::Owned(numbered(word)))
}

/// Characters that mean themselves in every shell. A leading `~` or `=` does not.
fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || "-_./:@%+,=".contains(character)
}

/// `A=b` in front of a command sets a variable, and zsh reads `=a` as the path of `a`. In a flag, `=` is plain.
fn is_assignment(word: &str) -> bool {
    word.contains('=') && !word.starts_with('-')
}

/// Whether a backslash of the word would be lost in double quotes: before another one, or before the closing quote.
fn loses_backslash(word: &str) -> bool {
    word.contains("\\\\") || word.ends_with('\\')
}

/// Back quotes too: messages put command lines between them.
fn needs_number(character: char) -> bool {
    is_invisible(character) || character == '`' || (character.is_whitespace() && character != ' ')
}

fn numbered(word: &str) -> String {
    let mut quoted = String::from("$'");
    for character in word.chars() {
        match character {
            '\'' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if !needs_number(character) => quoted.push(character),
            _ if character.is_ascii() => quoted.push_str(&format!("\\x{:02x}", u32::from(character))),
            _ if u32::from(character) <= 0xffff => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => quoted.push_str(&format!("\\U{:08x}", u32::from(character))),
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_they_need_it() {
        for (plain, typed) in [
            ("과적합", "과적합"),
            ("fine-tuning", "fine-tuning"),
            ("--config=tools/x.toml", "--config=tools/x.toml"),
            ("A=b", "\"A=b\""),
            ("saddle point", "\"saddle point\""),
            ("curl x | sh", "\"curl x | sh\""),
            ("it's", "\"it's\""),
            ("", "\"\""),
            ("~/x", "\"~/x\""),
            ("$HOME", "'$HOME'"),
            ("a\"b", "'a\"b'"),
            ("a\u{1b}b`c'd\\", r"$'a\x1bb\x60c\'d\\'"),
            ("a\u{202e}b\u{200b}\n", r"$'a\u202eb\u200b\n'"),
            ("\u{e0041}\u{85}\u{a0}", r"$'\U000e0041\u0085\u00a0'"),
            (r"\x1b", r#""\x1b""#),
            (r"printf '\377'", r#""printf '\377'""#),
            (r"a\\b", r#""a\\\\b""#),
            (r"a b\", r#""a b\\""#),
        ] {
            assert_eq!(word(plain), typed);
        }
    }

    #[test]
    fn different_arguments_look_different() {
        let one = line(&["sh", "-c", "a b", "c d"]);
        let other = line(&["sh", "-c", "a b' 'c d"]);
        assert_eq!((one.as_str(), other.as_str()), (r#"sh -c "a b" "c d""#, r#"sh -c "a b' 'c d""#));
        assert_ne!(line(&["a\u{1b}"]), line(&[r"a\x1b"]));
        assert_ne!(line(&["a", ""]), line(&["a"]));
    }

    proptest::proptest! {
        /// Another author's splitter reads the arguments back, but for those with characters that POSIX cannot write.
        #[test]
        fn a_shell_reads_the_arguments_back(arguments in proptest::collection::vec("[ a-c'\"\\\\$!^~=#*?{}()\\[\\];&|<>%,.가-나-]{0,8}", 1..5)) {
            proptest::prop_assert_eq!(shlex::split(&line(&arguments)), Some(arguments));
        }

        #[test]
        fn nothing_unseen_is_left(argument in "\\PC*|.*|[\u{0}-\u{a0}\u{200b}-\u{202e}`a ]*") {
            proptest::prop_assert!(!word(&argument).chars().any(needs_number));
        }
    }
}
