//! `GIT_DIR`, `GIT_WORK_TREE` and `GIT_INDEX_FILE`: a hook finds what the shell finds.

use std::fs;

use super::repository::{CHANGED, KOREAN, Repository, at, found};

/// Variables of the environment with their values.
type Variables<'a> = &'a [(&'a str, &'a str)];

/// A hook that checks from three folders and keeps what it found.
fn hook(repository: &Repository) -> String {
    let check = format!("{} check --only wrong-particle --format json --changed-from HEAD", env!("CARGO_BIN_EXE_translate"));
    let out = repository.outside("").display().to_string();
    format!(
        "{check} . >{out}/top 2>{out}/top.err\n(cd drafts && {check} . >{out}/below 2>{out}/below.err)\n(cd / && {check} \"$OLDPWD/drafts\" >{out}/away 2>{out}/away.err)\nenv | grep ^GIT_ >{out}/variables\nexit 0"
    )
}

#[track_caller]
fn assert_hooked(repository: &Repository, wanted: &[u64], variables: &[&str]) {
    let read = |name: &str| fs::read_to_string(repository.outside(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    for place in ["top", "below", "away"] {
        let value: serde_json::Value =
            serde_json::from_str(&read(place)).unwrap_or_else(|error| panic!("{place}: {error}: {}", read(&format!("{place}.err"))));
        let lines: Vec<u64> =
            value["findings"].as_array().expect("findings").iter().map(|finding| finding["line"].as_u64().expect("a line")).collect();
        assert_eq!(lines, wanted, "{place}: {value}");
        fs::remove_file(repository.outside(place)).expect("removed");
    }
    let told = read("variables");
    variables.iter().for_each(|name| assert!(told.contains(name), "{name} in {told}"));
}

#[test]
fn a_hook_finds_what_the_shell_finds() {
    let repository = Repository::changed();
    repository.write("glossary.toml", "[terms]\n# more\n");
    repository.program(".git/hooks/pre-commit", &hook(&repository));
    repository.git(&["commit", "-qam", "second"]);
    assert_hooked(&repository, &[2], &["GIT_INDEX_FILE="]);
}

#[test]
fn a_hook_in_a_linked_work_tree_finds_what_the_shell_finds() {
    let repository = Repository::committed();
    repository.program(".git/hooks/pre-commit", &hook(&repository));
    repository.git(&["worktree", "add", "-q", "linked"]);
    repository.write("linked/drafts/x.ko.md", CHANGED);
    let shell = repository.finished(&mut repository.check_command("linked", "HEAD", &["."]));
    assert_eq!(found(&shell), [at("drafts/x.ko.md", 2)]);
    let committed = repository.git_in("linked", &["commit", "-qam", "second"]);
    assert!(committed.status.success(), "{committed:?}");
    assert_hooked(&repository, &[2], &["GIT_DIR=", "GIT_INDEX_FILE="]);
    // `GIT_DIR` may name the file that leads there.
    repository.write("linked/drafts/x.ko.md", KOREAN.replace("둘째", "훈련를"));
    let mut command = repository.check_command("linked/drafts", "HEAD", &["."]);
    let run = repository.finished(command.env("GIT_DIR", "../.git"));
    assert_eq!(found(&run), [at("x.ko.md", 2)], "{run:?}");
    repository.write("linked/drafts/x.ko.md", CHANGED);
    // HEAD is that of the linked one, not of the main one.
    let run = repository.finished(&mut repository.check_command("linked", "HEAD", &["."]));
    assert!(found(&run).is_empty(), "{run:?}");
}

#[test]
fn a_hook_before_a_push_finds_what_the_shell_finds() {
    let repository = Repository::changed();
    repository.git(&["init", "-q", "--bare", &repository.outside("bare").display().to_string()]);
    repository.program(".git/hooks/pre-push", &hook(&repository));
    repository.git(&["push", "-q", &repository.outside("bare").display().to_string(), "main"]);
    assert_hooked(&repository, &[2], &[]);
}

#[test]
fn a_repository_of_the_environment_may_lie_elsewhere() {
    let repository = Repository::changed();
    fs::rename(repository.path(".git"), repository.outside("kept.git")).expect("moved");
    let kept = repository.outside("kept.git").display().to_string();
    let top = repository.path("").display().to_string();
    let relative = format!("../{}/kept.git", repository.outside("").file_name().expect("a name").to_string_lossy());
    let settings: [(&str, &str, Variables<'_>); 5] = [
        ("", ".", &[("GIT_DIR", &kept)]),
        ("", ".", &[("GIT_DIR", &kept), ("GIT_WORK_TREE", &top)]),
        ("drafts", ".", &[("GIT_DIR", &kept), ("GIT_WORK_TREE", &top)]),
        ("drafts", ".", &[("GIT_DIR", &kept), ("GIT_WORK_TREE", "..")]),
        ("", "drafts", &[("GIT_DIR", &relative), ("GIT_WORK_TREE", ".")]),
    ];
    for (folder, path, variables) in settings {
        let mut command = repository.check_command(folder, "HEAD", &[path]);
        let run = repository.finished(command.envs(variables.iter().copied()));
        assert_eq!(found(&run).iter().map(|(_, line)| *line).collect::<Vec<_>>(), [2], "{folder} {variables:?}: {run:?}");
    }
    assert!(repository.check("HEAD").stderr.contains("is in no git repository"));
    // Where its settings name the work tree, that is the top.
    repository.git_in("", &["--git-dir", &kept, "config", "core.worktree", &top]);
    let mut command = repository.check_command("drafts", "HEAD", &["."]);
    let run = repository.finished(command.env("GIT_DIR", &kept));
    assert_eq!(found(&run), [at("x.ko.md", 2)], "{run:?}");
}

#[test]
fn a_relative_repository_of_the_environment_is_found_from_below() {
    let repository = Repository::changed();
    for (folder, value) in [("", ".git"), ("drafts", ".git"), ("drafts", "../.git"), ("", "./.git/"), ("", "drafts/../.git")] {
        let mut command = repository.check_command(folder, "HEAD", &["."]);
        let run = repository.finished(command.env("GIT_DIR", value).env("GIT_INDEX_FILE", ".git/index"));
        assert_eq!(found(&run).iter().map(|(_, line)| *line).collect::<Vec<_>>(), [2], "{folder} {value}: {run:?}");
    }
}

/// A script of one repository that checks the digests of another.
#[test]
fn another_repository_of_the_environment_does_not_count() {
    let other = Repository::changed();
    other.write("drafts/x.ko.md", KOREAN.replace("안장점를", "안장점을"));
    other.commit("other");
    let git = other.path(".git").display().to_string();
    let top = other.path("").display().to_string();
    for variables in [&[("GIT_DIR", git.as_str())][..], &[("GIT_DIR", &git), ("GIT_WORK_TREE", &top)], &[("GIT_WORK_TREE", &top)]] {
        let repository = Repository::changed();
        let mut command = repository.check_command("", "HEAD", &["."]);
        let run = repository.finished(command.envs(variables.iter().copied()).env("GIT_INDEX_FILE", other.path(".git/index")));
        assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{variables:?}: {run:?}");
    }
    // A repository inside the work tree that the environment names is nearer.
    let repository = Repository::folder();
    repository.git(&["init", "-q", "-b", "main", "inner"]);
    repository.digest("inner/x");
    assert!(repository.git_in("inner", &["add", "-A"]).status.success());
    assert!(repository.git_in("inner", &["commit", "-qm", "inner"]).status.success());
    repository.git(&["init", "-q", "-b", "main"]);
    repository.git(&["commit", "-q", "--allow-empty", "-m", "outer"]);
    repository.write("inner/x.ko.md", CHANGED);
    let (git, top) = (repository.path(".git").display().to_string(), repository.path("").display().to_string());
    let mut command = repository.check_command("", "HEAD", &["inner"]);
    let run = repository.finished(command.env("GIT_DIR", git).env("GIT_WORK_TREE", top));
    assert_eq!(found(&run), [at("inner/x.ko.md", 2)], "{run:?}");
}

#[test]
fn objects_of_the_environment_are_read() {
    let repository = Repository::changed();
    fs::rename(repository.path(".git/objects"), repository.outside("objects")).expect("moved");
    fs::create_dir(repository.path(".git/objects")).expect("a folder");
    let (git, objects) = (repository.path(".git").display().to_string(), repository.outside("objects").display().to_string());
    for name in ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"] {
        let mut command = repository.check_command("", "HEAD", &["."]);
        let run = repository.finished(command.env("GIT_DIR", &git).env(name, &objects));
        assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{name}: {run:?}");
    }
}
