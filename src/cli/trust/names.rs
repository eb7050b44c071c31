//! Which words of a program's argument may name a file: the argument itself, and what stands in it after a flag or between signs.

/// Signs that end a file's name where it is one word of several: in `--config=x`, `a:b`, `@x`, and in the text of a shell command.
const SIGNS: &str = "=,:;@|&()<>'\"`$!{}[]*?#%^";

/// The longest name of a file that systems take.
const LONGEST: usize = 4096;

/// Every part of `argument` that may be meant as a file. Most are none: whoever asks looks which of them exist. What a shell
/// command writes to (`> log`) is left out.
pub(super) fn names(argument: &str) -> Vec<&str> {
    let mut names = Vec::new();
    // Names with signs or spaces in them: the whole, a value, what stands in quotes.
    add(argument, &mut names);
    for (at, sign) in argument.char_indices().filter(|(_, c)| "=:,@".contains(*c)) {
        add(&argument[at + sign.len_utf8()..], &mut names);
    }
    let mut before = "";
    for quoted in argument.split(['"', '\'']) {
        if !before.trim_end().ends_with('>') {
            add(quoted, &mut names);
        }
        before = quoted;
    }
    let mut written = false;
    let mut variable = false;
    let mut start = 0;
    for (at, sign) in argument.char_indices().filter(|(_, c)| is_sign(*c)).chain([(argument.len(), ' ')]) {
        let word = &argument[start..at];
        if !word.is_empty() {
            if !written {
                add(word, &mut names);
                for name in attached(word) {
                    add(name, &mut names);
                }
                if variable && let Some((_, rest)) = word.split_once('/') {
                    add(rest, &mut names);
                }
            }
            (written, variable) = (false, false);
        }
        written |= sign == '>';
        variable |= sign == '$';
        start = (at + sign.len_utf8()).min(argument.len());
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn add<'a>(name: &'a str, names: &mut Vec<&'a str>) {
    // `$PWD/tools/x`, `${x}/tools/x`: the rest may count from the folder.
    let rest = name.trim_start_matches('/');
    names.extend([name, rest].into_iter().filter(|name| !name.is_empty() && name.len() <= LONGEST));
}

/// What may follow short flags without a blank: `-Ctools/x`, `-xzftools/x`.
fn attached(word: &str) -> impl Iterator<Item = &str> {
    let flags = word.strip_prefix('-').unwrap_or_default();
    let letters = flags.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (1..=letters).map(move |count| &flags[count..])
}

fn is_sign(character: char) -> bool {
    character.is_whitespace() || SIGNS.contains(character)
}

/// The files that a module's name means to Python after `-m`: `tools.mt` is tools/mt or tools/mt.py.
pub(super) fn modules(before: Option<&str>, argument: &str) -> Vec<String> {
    let name = match (before, argument.strip_prefix("-m")) {
        (Some("-m"), _) => argument,
        (_, Some(name)) => name,
        _ => return Vec::new(),
    };
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') {
        return Vec::new();
    }
    let path = name.replace('.', "/");
    vec![format!("{path}.py"), path]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_may_be_a_file_is_found() {
        for argument in [
            "tools/x",
            "--config=tools/x",
            "-c=tools/x",
            "-Ctools/x",
            "-xzftools/x",
            "@tools/x",
            "--data=@tools/x",
            "-Dkey=a,tools/x",
            "A=b:tools/x:c",
            "python3 tools/x",
            "cd tools/x && ./run",
            ". tools/x; y",
            "cat <tools/x",
            "exec 'tools/x' \"$@\"",
            "$PWD/tools/x",
            "${PWD}/tools/x",
            "$(cat tools/x)",
            "file:tools/x",
            "a\ttools/x\nb",
        ] {
            assert!(names(argument).contains(&"tools/x"), "{argument}: {:?}", names(argument));
        }
        for argument in ["my tools/x y", "--config=my tools/x y", "a=b=my tools/x y", "python3 'my tools/x y' z", "a \"my tools/x y\""] {
            assert!(names(argument).contains(&"my tools/x y"), "{argument}");
        }
    }

    #[test]
    fn what_a_command_writes_to_is_no_part_of_it() {
        for argument in ["tee < a >> asked", "x >asked", "x 2> asked; y", "x &>asked", "x > 'asked'"] {
            assert!(!names(argument).contains(&"asked"), "{argument}: {:?}", names(argument));
        }
        assert!(names("x > log < asked").contains(&"asked"));
    }

    #[test]
    fn modules_of_python_are_files() {
        assert_eq!(modules(Some("-m"), "tools.mt"), ["tools/mt.py", "tools/mt"]);
        assert_eq!(modules(None, "-mtools"), ["tools.py", "tools"]);
        assert_eq!(modules(Some("-x"), "tools"), [""; 0]);
        assert_eq!(modules(Some("-m"), "gguf/x"), [""; 0]);
    }

    #[test]
    fn long_arguments_make_no_long_lists() {
        let long = "a=".repeat(100_000);
        let bytes: usize = names(&long).iter().map(|name| name.len()).sum();
        assert!(bytes <= 10_000_000, "{bytes}");
    }
}
