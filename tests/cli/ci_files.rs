//! What CI is given: a team's action, hooks and the page about them say what the command knows, and the scripts do it; this repository's own
//! workflow runs the gate with the lock file, on the toolchains that Cargo.toml promises.

use std::fs;
use std::process::Output;

use crate::support::Project;

const ACTION: &str = include_str!("../../action.yml");
const HOOKS: &str = include_str!("../../.pre-commit-hooks.yaml");
const PAGE: &str = include_str!("../../docs/ci.md");

const FILES: [(&str, &str); 3] = [("action.yml", ACTION), (".pre-commit-hooks.yaml", HOOKS), ("docs/ci.md", PAGE)];

/// The words of every command line that runs `translate`, up to what the shell takes for itself.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().map(|line| line.trim().trim_start_matches(['$', '-']).trim().trim_start_matches("entry: "));
    let runs = lines.filter_map(|line| line.strip_prefix("translate check").filter(|rest| rest.is_empty() || rest.starts_with(' ')));
    runs.map(|rest| rest.split_whitespace().take_while(|word| !word.starts_with(['|', '>', '&', '#', '2'])).collect()).collect()
}

/// The flags of `translate check` as its help lists them, with the values that each may have.
fn flags(help: &str) -> Vec<(String, Vec<String>)> {
    let mut flags: Vec<(String, Vec<String>)> = Vec::new();
    for line in help.lines().map(str::trim) {
        // `--format <FORMAT>` or `-h, --help`, then `- human: for people` line by line, or `[possible values: error, never]`.
        let flag = line.split(' ').take(2).find(|word| word.starts_with("--")).filter(|_| line.starts_with('-'));
        let listed = line.strip_prefix("[possible values: ").map(|listed| listed.trim_end_matches(']').split(", "));
        let told = line.strip_prefix("- ").and_then(|line| line.split_once(':')).map(|(value, _)| value);
        if let Some(flag) = flag {
            flags.push((flag.to_owned(), Vec::new()));
        } else if let Some((_, values)) = flags.last_mut() {
            values.extend(listed.into_iter().flatten().chain(told).map(str::to_owned));
        }
    }
    flags
}

fn help() -> String {
    Project::new("").run(&["check", "--help"]).stdout
}

#[test]
fn every_command_line_has_flags_that_exist() {
    let flags = flags(&help());
    assert!(flags.iter().any(|(flag, values)| flag == "--format" && values.len() >= 8), "{flags:?}");
    for (name, text) in FILES {
        let commands = commands(text);
        assert!(!commands.is_empty(), "{name}");
        for words in commands {
            let mut words = words.into_iter().peekable();
            while let Some(word) = words.next().filter(|word| *word != "--") {
                let Some(flag) = word.strip_prefix("--") else { continue };
                let (flag, value) = flag.split_once('=').map_or((flag, words.peek().copied()), |(flag, value)| (flag, Some(value)));
                let known = flags.iter().find(|(known, _)| known[2..] == *flag);
                let (_, values) = known.unwrap_or_else(|| panic!("{name}: there is no --{flag}"));
                let is_value = values.is_empty() || value.is_some_and(|value| values.iter().any(|known| known == value));
                assert!(is_value, "{name}: --{flag} {value:?}");
            }
        }
    }
}

#[test]
fn flags_and_formats_that_the_page_names_exist() {
    let flags = flags(&help());
    let known = |flag: &str| flags.iter().any(|(known, _)| known == flag);
    let words = PAGE.split(['`', ' ', '\n', '=']).filter(|word| word.starts_with("--") && !word.starts_with("---") && word.len() > 2);
    // Those of other programs.
    let others = ["--path", "--locked"];
    words.for_each(|word| assert!(known(word.trim_end_matches([',', '.', ')'])) || others.contains(&word), "{word}"));
    let formats = &flags.iter().find(|(flag, _)| flag == "--format").expect("a flag").1;
    let table = &PAGE[PAGE.find("| `--format` |").expect("the table")..];
    let rows: Vec<&str> =
        table.lines().skip(2).map_while(|line| line.strip_prefix("| `")).filter_map(|line| line.split('`').next()).collect();
    assert_eq!(&rows, formats);
}

#[test]
fn inputs_are_told_on_the_page_and_never_part_of_a_script() {
    let inputs = &ACTION[ACTION.find("\ninputs:").expect("inputs")..ACTION.find("\noutputs:").expect("outputs")];
    let names: Vec<&str> =
        inputs.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':').filter(|name| !name.starts_with(' '))).collect();
    let rows: Vec<&str> =
        PAGE[PAGE.find("| input |").expect("the table")..].lines().skip(2).map_while(|line| line.strip_prefix("| `")).collect();
    assert_eq!(names, rows.iter().filter_map(|row| row.split('`').next()).collect::<Vec<_>>());
    for name in ["Name what is to be built", "Build", "Check"] {
        assert!(!script(name).contains("${{"), "{name}");
    }
}

/// A tag can be moved by whoever owns it, a commit cannot.
#[test]
fn other_actions_are_pinned_by_commit() {
    for (name, text) in [("action.yml", ACTION), ("docs/ci.md", PAGE), ("README.md", include_str!("../../README.md"))] {
        let used = text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: "));
        let others: Vec<&str> = used.filter(|used| !used.starts_with("./")).collect();
        assert!(!others.is_empty(), "{name} uses none");
        for used in others {
            let (action, version) = used.split_once(" # v").unwrap_or_else(|| panic!("{name}: {used} does not say its version"));
            let (_, commit) = action.split_once('@').expect("a commit");
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}: {used}");
            assert_eq!(version.split('.').count(), 3, "{name}: {used}");
        }
    }
}

#[test]
fn no_download_is_run_as_a_script() {
    for (name, text) in FILES {
        for word in ["curl", "wget", "sh.rustup.rs", "| sh", "| bash", "eval "] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_action_says_what_a_build_needs() {
    let project = project();
    // The tools of the script but for those of Rust.
    fs::create_dir(project.path("tools")).expect("a folder");
    for tool in ["sed", "cut", "sort"] {
        let found = std::process::Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().expect("sh").stdout;
        std::os::unix::fs::symlink(String::from_utf8_lossy(&found).trim(), project.path(&format!("tools/{tool}"))).expect("a link");
    }
    let mut command = std::process::Command::new("/bin/bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script("Build")]).current_dir(project.folder());
    command.env_clear().env("PATH", project.path("tools")).env("HOME", project.folder()).env("RUNNER_TEMP", project.folder());
    let ended = command.env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR")).env("VERSION", "").output().expect("bash");
    let log = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{ended:?}");
    assert!(log.starts_with("::error::building translate needs Rust 1.") && log.contains("rustup"), "{ended:?}");
}

#[cfg(unix)]
#[test]
fn the_action_annotates_sums_up_and_closes_the_gate() {
    let project = project();
    let ended = check(&project, &[]);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let log = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(log.contains("::error file=drafts/a.ko.md,line=1,endLine=1,col=3,endColumn=6,title=wrong-particle::"), "{log}");
    assert!(project.read("summary").contains("| error | drafts\\/a\\.ko\\.md:1:3 | wrong-particle | "), "{}", project.read("summary"));
    assert!(!project.exists("translate.sarif"));

    let ended = check(&project, &[("FAIL_ON", "never"), ("SARIF", "true")]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert!(project.read("output").ends_with("/translate.sarif\n"), "{}", project.read("output"));
    let sarif: serde_json::Value = serde_json::from_str(&project.read("translate.sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "wrong-particle");

    let ended = check(&project, &[("PATHS", "drafts/b.ko.md\n"), ("ARGS", "--except=term-drift\n\n--quiet\n")]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
}

#[cfg(unix)]
#[test]
fn inputs_of_the_action_are_no_commands() {
    let project = project();
    let hostile = "$(touch pwned) `touch pwned`; touch pwned\n\"; touch pwned; \"\n-x\n--fix\n* 'y'";
    for name in ["PATHS", "FAIL_ON", "CHANGED_FROM", "ARGS", "SARIF"] {
        let ended = check(&project, &[(name, hostile)]);
        assert!(matches!(ended.status.code(), Some(1 | 2)), "{name}: {ended:?}");
        assert!(!project.exists("pwned"), "{name}");
    }
    assert_eq!(project.read("drafts/a.ko.md"), "- 함수을 본다.\n", "paths are no flags");
}

#[cfg(unix)]
#[test]
fn hooks_take_the_files_of_a_commit() {
    let project = project();
    project.write("README.md", "# About\n");
    let entries: Vec<Vec<&str>> =
        HOOKS.lines().filter_map(|line| line.trim().strip_prefix("entry: translate ")).map(|entry| entry.split(' ').collect()).collect();
    assert_eq!(entries.len(), 2);
    let run = |more: &[&str]| project.run(&[&entries[0], more].concat());
    assert_eq!(run(&["README.md", "drafts/a.md", "drafts/a.ko.md"]).status, 1);
    assert_eq!(run(&["README.md", "drafts/b.md"]).status, 0);
    assert_eq!(run(&["README.md"]).status, 0, "skipped");
    assert_eq!(project.run(&entries[1]).status, 1);
}

const WORKFLOW: &str = include_str!("../../.github/workflows/ci.yml");

/// The values of `key: value` lines, wherever they stand.
fn values<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let prefix = format!("{key}: ");
    text.lines().filter_map(|line| line.trim_start().trim_start_matches("- ").strip_prefix(&prefix)).collect()
}

#[test]
fn the_workflow_tests_three_systems_and_the_oldest_toolchain() {
    let systems = values(WORKFLOW, "runs-on");
    for system in ["ubuntu-latest", "macos-latest", "windows-latest"] {
        assert!(systems.contains(&system), "{system}: {systems:?}");
    }
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().expect("TOML");
    let oldest = manifest["package"]["rust-version"].as_str().expect("a version");
    let commands = values(WORKFLOW, "run");
    assert!(commands.iter().any(|command| command.contains(&format!("rustup toolchain install {oldest} "))), "{oldest}: {commands:?}");
    assert!(commands.iter().any(|command| command.starts_with(&format!("cargo +{oldest} check "))), "{oldest}: {commands:?}");
    assert!(commands.contains(&".ci/run"), "{commands:?}");
}

#[test]
fn every_build_of_the_workflow_takes_the_lock_file_and_every_action_a_commit() {
    let commands = values(WORKFLOW, "run");
    let cargo: Vec<_> = commands.iter().filter(|command| command.starts_with("cargo ")).collect();
    assert!(cargo.len() >= 4, "{commands:?}");
    cargo.iter().for_each(|command| assert!(command.contains(" --locked"), "{command}"));
    let tests = cargo.iter().flat_map(|command| command.split(" --test ").skip(1));
    for test in tests.filter_map(|words| words.split(' ').next()) {
        let main = format!("{}/tests/{test}/main.rs", env!("CARGO_MANIFEST_DIR"));
        assert!(std::path::Path::new(&main).exists(), "there are no tests called {test}");
    }
    let actions = values(WORKFLOW, "uses");
    assert!(!actions.is_empty());
    for action in actions {
        let commit = action.split_once('@').map_or("", |(_, revision)| revision.split(' ').next().unwrap_or_default());
        assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{action} is not pinned by its commit");
    }
}

#[test]
fn the_gate_runs_the_tests_as_the_readme_does() {
    let gate = include_str!("../../.ci/run");
    assert!(include_str!("../../README.md").contains("\n$ cargo test --locked\n"));
    assert!(gate.contains("\nlocked=()\nif [ -f Cargo.lock ]; then locked=(--locked); fi\n"), "{gate}");
    assert!(gate.contains("\nstep cargo test \"${locked[@]}\"\n"), "{gate}");
}

#[test]
fn the_forms_for_issues_ask_for_what_a_case_needs() {
    let forms = [
        include_str!("../../.github/ISSUE_TEMPLATE/false-alarm.yml"),
        include_str!("../../.github/ISSUE_TEMPLATE/missed-fault.yml"),
        include_str!("../../.github/ISSUE_TEMPLATE/wrong-split.yml"),
    ];
    for form in forms {
        let ids = values(form, "id");
        assert!(ids.contains(&"version") && (ids.contains(&"korean") || ids.contains(&"digest")), "{ids:?}");
        assert!(!form.contains('\t'), "YAML has no tabs");
    }
    forms[..2].iter().for_each(|form| assert!(form.contains("tests/cases/CHECK/NAME.ko.md"), "{form}"));
}

#[test]
fn rules_for_dependencies_are_toml_and_know_our_own_licenses() {
    let rules: toml::Table = include_str!("../../deny.toml").parse().expect("TOML");
    let allowed = rules["licenses"]["allow"].as_array().expect("licenses");
    assert!(["MIT", "Apache-2.0"].iter().all(|name| allowed.iter().any(|license| license.as_str() == Some(name))), "{allowed:?}");
    assert!(["unknown-registry", "unknown-git"].iter().all(|key| rules["sources"][key].as_str() == Some("deny")));
}

/// A digest with a fault and one without.
fn project() -> Project {
    let project = Project::new("# unused\n");
    project.remove("x.md");
    fs::create_dir(project.path("drafts")).expect("a folder");
    project.write("drafts/a.md", "- A look at functions.\n");
    project.write("drafts/a.ko.md", "- 함수을 본다.\n");
    project.write("drafts/b.md", "- Nothing at all.\n");
    project.write("drafts/b.ko.md", "- 아무것도 없다.\n");
    project
}

/// The script of a step of the action.
fn script(step: &str) -> String {
    let after = &ACTION[ACTION.find(&format!("- name: {step}\n")).expect("the step")..];
    let body = &after[after.find("      run: |\n").expect("its script")..];
    let lines = body.lines().skip(1).map_while(|line| if line.is_empty() { Some("") } else { line.strip_prefix("        ") });
    lines.collect::<Vec<_>>().join("\n")
}

/// Runs the script that checks, as a runner would.
#[cfg(unix)]
fn check(project: &Project, inputs: &[(&str, &str)]) -> Output {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_translate")).parent().expect("a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = std::process::Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script("Check")]).current_dir(project.folder());
    command.env("PATH", path).env("HOME", project.folder()).env("RUNNER_TEMP", project.folder()).env_remove("CLICOLOR_FORCE");
    command.env("GITHUB_STEP_SUMMARY", project.path("summary")).env("GITHUB_OUTPUT", project.path("output"));
    for (name, value) in [("PATHS", ""), ("FAIL_ON", "error"), ("CHANGED_FROM", ""), ("ARGS", ""), ("SARIF", "false")] {
        command.env(name, value);
    }
    command.envs(inputs.iter().copied()).output().expect("bash")
}
