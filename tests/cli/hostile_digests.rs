//! `translate check` on a repository that wants to do harm: nothing of it reaches a terminal or a CI runner as an order.

use std::fs;

use crate::support::output::{assert_harmless, assert_readable};
use crate::support::{Project, Run};

const FORMATS: [&str; 8] = ["human", "json", "github", "sarif", "junit", "checkstyle", "rdjson", "markdown"];

/// Orders to terminals and runners, ends of sections, characters that no XML may hold.
const HOSTILE: &str = "\u{1b}[31m]]>\u{9b}2J\u{202e}\u{2066}%0A::error::x\u{7}\u{85}\u{2028}::stop-commands::y ##[error]w ##vso[task.complete]z <b>&amp;\"'|`\u{fffe}\u{7f}";

/// The same where lines may end in many ways.
fn lines() -> String {
    format!("\u{0}{HOSTILE}\n::error file=a.md,line=1::forged\r\n \t::set-env name=PATH::z\r##[add-mask]q\n\u{3000}::group::g\n")
}

/// As TOML writes it.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii_graphic() || c == ' ' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A folder of digests whose texts, terms and names are hostile.
fn project() -> Project {
    let project = Project::new("# unused\n");
    project.remove("x.md");
    let name = format!("{}\n::error::b", HOSTILE.replace('/', "%2C,:"));
    let drafts = format!("drafts/{}\n::warning::f", &HOSTILE[..12]);
    fs::create_dir_all(project.path(&drafts)).expect("a folder");
    let term = format!("saddle {HOSTILE}");
    let avoided = format!("새들{HOSTILE}");
    let glossary = format!(
        "[terms]\n\"saddle point\" = {{ korean = \"안장점\", avoid = [\"새들 포인트\"] }}\n\"{}\" = {{ korean = {}, avoid = [{}] }}\n",
        &quoted(&term)[1..quoted(&term).len() - 1],
        quoted(&format!("안장{HOSTILE}")),
        quoted(&avoided)
    );
    project.write("glossary.toml", glossary);
    let english = format!(
        "# News {HOSTILE}\n\n- It escapes saddle points {HOSTILE} [a](https://a.example/%0A::error::) `x{HOSTILE}`.\n- {term} {}",
        lines()
    );
    let korean = format!("# 소식 {HOSTILE}\n\n- 새들 포인트을 {HOSTILE} 벗어난다.\n- 함수을 본다. {avoided}을 {}", lines());
    for folder in ["drafts", &drafts] {
        project.write(&format!("{folder}/{name}.md"), &english);
        project.write(&format!("{folder}/{name}.ko.md"), &korean);
        project.write(&format!("{folder}/{name}.only.ko.md"), &korean);
        project.write(&format!("{folder}/{name}.untranslated.md"), &english);
        project.write(&format!("{folder}/{name}.broken.ko.md"), b"- \xff\x1b[31m\n");
        project.write(&format!("{folder}/{name}.conflict.ko.md"), format!("- {HOSTILE}\n<<<<<<< {HOSTILE}\n=======\n>>>>>>> x\n"));
        project.write(&format!("{folder}/waived.ko.md"), format!("- 함수을 본다. <!-- translate: allow wrong-particle: {HOSTILE} -->\n"));
    }
    project
}

fn ran(project: &Project, arguments: &[&str]) -> Run {
    let run = project.run(arguments);
    assert!(matches!(run.status, 0..=2), "{arguments:?}: {run:?}");
    let is_github = arguments.contains(&"github");
    let own: &[&str] = if is_github {
        &["error file=drafts/", "warning file=drafts/", "notice file=drafts/", "notice file=glossary.toml", "group::", "endgroup::"]
    } else {
        &[]
    };
    assert_harmless(&arguments.join(" "), &run.stdout, own);
    assert_harmless(&arguments.join(" "), &run.stderr, &[]);
    run
}

#[test]
fn no_format_passes_on_an_order() {
    let project = project();
    for format in FORMATS {
        for more in [&["--fail-on", "never"][..], &["--show-waived", "--all"]] {
            let run = ran(&project, &[&["check", "--format", format], more].concat());
            assert!(run.stdout.contains("함수"), "{format}: the findings are told: {run:?}");
            assert!(run.stderr.contains("conflict"), "{format}: {run:?}");
            assert_readable(format, &run.stdout);
        }
    }
}

#[test]
fn formats_can_be_read_where_nothing_is_found() {
    let project = Project::new("- One.\n");
    project.write("x.ko.md", "- 하나.\n");
    for format in FORMATS {
        let run = project.run(&["check", "--only", "wrong-particle", "--format", format]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{format}");
        assert_readable(format, &run.stdout);
    }
}

#[test]
fn what_is_said_beside_the_report_passes_on_no_order() {
    let project = project();
    let name = format!("gone {HOSTILE}\n::error::x.md");
    for arguments in [
        &["check", &name] as &[&str],
        &["check", &name, "--korean", &name],
        &["check", "--only", &name],
        &["check", "--changed-from", &name],
        &["check", "--changed-from", "HEAD"],
        &["explain", &name],
        &["check", &format!("--{name}")],
        &["check", "--fail-on", &name],
        &["check", "--fix"],
    ] {
        ran(&project, arguments);
    }
    project.write("translate.toml", format!("[checks]\n{} = \"off\"\n", quoted(&name)));
    assert_eq!(ran(&project, &["check"]).status, 2);
    project.write("translate.toml", format!("[checks]\nterm-drift = {}\n", quoted(&name)));
    assert_eq!(ran(&project, &["check"]).status, 2);
    project.remove("translate.toml");
    project.write("glossary.toml", format!("[terms]\n{} = 3\n", quoted(&name)));
    assert_eq!(ran(&project, &["check"]).status, 2);
}
