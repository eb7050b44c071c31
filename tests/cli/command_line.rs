//! The command line as people and scripts see it: help, version, and the items of a digest.

use crate::support::{NEWS, Project};
use serde_json::{Value, json};

/// What a run that is done prints on stdout, with nothing on stderr.
#[track_caller]
fn printed(project: &Project, arguments: &[&str]) -> String {
    let run = project.run(arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// What a help says: the commands and the flags that it lists, each with its description.
struct Help {
    text: String,
    commands: Vec<(String, String)>,
    flags: Vec<(String, String)>,
}

/// The help of a command, whose sections list an entry a line and indent what goes on.
fn help(project: &Project, command: &[&str]) -> Help {
    let text = printed(project, &[command, &["--help"]].concat());
    let (mut commands, mut flags) = (Vec::new(), Vec::new());
    let mut section = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        let indent = line.len() - line.trim_start().len();
        if indent == 0 {
            section = line;
        } else if section == "Commands:" && indent == 2 {
            let (name, description) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
            commands.push((name.to_owned(), description.trim().to_owned()));
        } else if section.ends_with("ptions:") || section == "Arguments:" {
            // `-h, --help`, `--jobs <N>`, `[DRAFT]...` and then its description, behind it or on lines of its own.
            let is_entry = indent < 8 && line.trim_start().starts_with(['-', '[', '<']);
            let (name, description) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
            if is_entry {
                flags.push((name.to_owned(), description.trim().to_owned()));
            } else if let Some((_, description)) = flags.last_mut() {
                description.push_str(line.trim());
            }
        }
    }
    Help { text, commands, flags }
}

/// The commands in the table of README.md.
fn commands_of_the_readme() -> Vec<String> {
    let readme = include_str!("../../README.md");
    let table = &readme[readme.find("## Commands").expect("the section")..];
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `translate "));
    let names = rows.filter_map(|row| row.split([' ', '`']).next()).filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    names.map(str::to_owned).collect()
}

#[test]
fn help_names_every_command_and_flag() {
    let project = Project::new(NEWS);
    let top = help(&project, &[]);
    let mut listed: Vec<&str> = top.commands.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "help").collect();
    let mut described = commands_of_the_readme();
    listed.sort_unstable();
    described.sort_unstable();
    assert_eq!(listed, described, "the help and README.md name the same commands");

    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    let mut count = 0;
    while let Some(command) = open.pop() {
        count += 1;
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let Help { text, commands, flags } = help(&project, &words);
        let name = ["translate"].iter().chain(&words).copied().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&format!("Usage: {name}")), "{name}:\n{text}");
        for (entry, description) in commands.iter().chain(&flags) {
            assert!(!description.is_empty(), "`{name}` does not say what {entry} is:\n{text}");
        }
        assert!(
            flags.iter().any(|(flag, _)| flag == "-h, --help") && flags.iter().any(|(flag, _)| flag == "-q, --quiet"),
            "{name}: {flags:?}"
        );
        open.extend(commands.into_iter().filter(|(name, _)| name != "help").map(|(name, _)| [command.clone(), vec![name]].concat()));
    }
    assert!(count > listed.len(), "{count} helps are read, those of `glossary` among them");

    for flag in ["--output", "--items", "--fresh", "--dry-run", "--backend", "--jobs", "--split", "--trust", "--quiet", "--version"] {
        assert!(top.flags.iter().any(|(name, _)| name.contains(flag)), "{flag} in {:?}", top.flags);
    }
    assert!(top.text.starts_with("Turns an English digest into a Korean draft"), "{}", top.text);
    assert!(top.text.contains("Exit status: 0 done, 1 work left (said which), 2 nothing could be done, 130 interrupted"), "{}", top.text);
}

#[test]
fn help_on_split_names_the_strategies() {
    let help = printed(&Project::new(NEWS), &["split", "--help"]);
    // Lines are wrapped to the terminal's width.
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("list-item, table-row, heading-section, lead-paragraph, pseudo-bullet, record or block"), "{help}");
    assert!(help.contains("[possible values: human, json]"), "{help}");
}

#[test]
fn the_version_is_that_of_the_crate() {
    let expected = format!("translate {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(printed(&Project::new(NEWS), &["--version"]), expected);
}

#[test]
fn no_arguments_and_wrong_flags_are_usage_errors() {
    let project = Project::new(NEWS);
    let run = project.run(&[]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("Usage: translate [OPTIONS] [DRAFT]..."), "{}", run.stderr);
    let run = project.run(&["x.md", "--jbos", "2"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("a similar argument exists: '--jobs'"), "{}", run.stderr);
}

const DIGEST: &str = "# News\n\nHi.\n\n- [One](https://a.example/1) – The **first** `x`.\n- 둘\n";

#[test]
fn split_shows_items_to_a_person() {
    let project = Project::new(DIGEST);
    assert_eq!(
        printed(&project, &["split", "x.md"]),
        "      heading    News
      paragraph  Hi.
   1  One  (line 5)
      link       https://a.example/1
      commentary The first x.
   2  (no title)  (line 6)
      commentary 둘
2 items, 5 segments
"
    );
}

#[test]
fn split_gives_scripts_the_contract() {
    let project = Project::new(DIGEST);
    let printed = printed(&project, &["split", "x.md", "--format", "json"]);
    assert_eq!(printed.lines().count(), 1);
    let value: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(
        value,
        json!({
            "version": 1,
            "file": "x.md",
            "items": [
                {
                    "item": 1, "start": 13, "end": 64, "line": 5,
                    "title": "One", "links": ["https://a.example/1"], "commentary": "The first x.",
                    "segments": [
                        {"kind": "title", "start": 16, "end": 19, "text": "One"},
                        {"kind": "commentary", "start": 46, "end": 64, "text": "The **first** `x`."},
                    ],
                },
                {
                    "item": 2, "start": 65, "end": 70, "line": 6,
                    "title": null, "links": [], "commentary": "둘",
                    "segments": [{"kind": "commentary", "start": 67, "end": 70, "text": "둘"}],
                },
            ],
            "outside": [
                {"kind": "heading", "start": 2, "end": 6, "text": "News"},
                {"kind": "paragraph", "start": 8, "end": 11, "text": "Hi."},
            ],
        })
    );
}

#[test]
fn offsets_of_split_are_bytes_of_the_file() {
    let digest = "\u{feff}# 소식\r\n\r\n- [하나](https://a.example/1) – 첫 *말*\r\n  둘째 줄\r\n\r\n끝\r\n";
    let project = Project::new(digest);
    let value: Value = serde_json::from_str(&printed(&project, &["split", "x.md", "--format", "json"])).expect("JSON");
    let items = value["items"].as_array().expect("items");
    assert_eq!(items.len(), 1);
    let segments: Vec<&Value> = items
        .iter()
        .flat_map(|item| item["segments"].as_array().expect("segments"))
        .chain(value["outside"].as_array().expect("outside"))
        .collect();
    assert_eq!(segments.len(), 4);
    for segment in segments {
        let place = |key: &str| segment[key].as_u64().expect("an offset") as usize;
        assert_eq!(digest.get(place("start")..place("end")), segment["text"].as_str(), "{segment}");
    }
}

#[test]
fn split_takes_a_strategy() {
    let project = Project::new("First paragraph.\n\nSecond paragraph.\n");
    let count = |arguments: &[&str]| {
        let value: Value = serde_json::from_str(&printed(&project, arguments)).expect("JSON");
        value["items"].as_array().expect("items").len()
    };
    assert_eq!(count(&["split", "x.md", "--format", "json", "--split", "block"]), 2);
    let run = project.run(&["split", "x.md", "--split", "blocks"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("blocks"), "{}", run.stderr);
}

#[test]
fn backends_are_listed() {
    let project = Project::new(NEWS);
    assert_eq!(printed(&project, &["backends"]), "* memory: the records beside the draft, exact matches\n");
    project.write("translate.toml", "backend = \"mt\"\n[backends.mt]\nkind = \"command\"\nmode = \"filter\"\ncommand = [\"cat\"]\n");
    let listed = printed(&project, &["backends"]);
    assert!(listed.contains("* mt: ") && listed.contains("(needs trust: runs the program `cat`)"), "{listed}");
}

#[test]
fn quiet_leaves_the_summary() {
    let project = Project::new(NEWS);
    let run = project.run(&["x.md", "--quiet"]);
    assert_eq!((run.status, run.stderr.lines().count()), (1, 1), "{}", run.stderr);
    assert!(run.stderr.starts_with("x.md -> x.ko.md: 3 items, 9 segments: 0 reused, 0 asked, 9 left"), "{}", run.stderr);
}
