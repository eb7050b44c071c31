//! A repository that was only cloned or unpacked runs no program. Each attack is shown to be live by git itself, which does run it.

use std::fs;
use std::os::unix::fs::symlink;

use super::repository::{Repository, at, copy, found};

/// Fails where a check since `HEAD` runs the program of the attack, or misses what changed, or where git itself, with `proof` in `folder`,
/// does not run it: then this test would prove nothing.
#[track_caller]
fn assert_held(repository: &Repository, folder: &str, proof: &[&str]) {
    assert!(!repository.is_marked(), "left over");
    let run = repository.check("HEAD");
    assert!(!repository.is_marked(), "a program ran: {run:?}");
    assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{run:?}");
    let output = repository.git_in(folder, proof);
    assert!(repository.is_marked(), "git {proof:?} runs nothing: {output:?}");
}

/// Makes a folder look like a bare repository whose settings name a program.
fn disguise(repository: &Repository, folder: &str) {
    let evil = Repository::committed();
    for part in ["objects", "refs"] {
        copy(&evil.path(&format!(".git/{part}")), &repository.path(&format!("{folder}/{part}")));
    }
    repository.write(&format!("{folder}/HEAD"), "ref: refs/heads/main\n");
    let settings = format!(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\nfsmonitor = \"{}; false\"\n[user]\nname = Evil\n",
        repository.mark()
    );
    repository.write(&format!("{folder}/config"), settings);
}

#[test]
fn a_folder_that_looks_like_a_bare_repository_is_none() {
    let repository = Repository::changed();
    disguise(&repository, "drafts");
    assert_held(&repository, "drafts", &["status"]);

    let repository = Repository::changed();
    repository.digest("drafts/2026/y");
    repository.commit("more");
    repository.write("drafts/x.ko.md", super::repository::CHANGED.replace("둘째", "둘째 "));
    repository.git(&["checkout", "-q", "HEAD~1", "--", "drafts/x.ko.md"]);
    repository.git(&["commit", "-qm", "back"]);
    repository.write("drafts/x.ko.md", super::repository::CHANGED);
    disguise(&repository, "drafts/2026");
    assert_held(&repository, "drafts/2026", &["status"]);
}

#[test]
fn a_folder_that_looks_like_a_bare_repository_makes_no_repository() {
    let repository = Repository::folder();
    repository.digest("drafts/x");
    disguise(&repository, "drafts");
    disguise(&repository, ".");
    let run = repository.check("HEAD");
    assert!(!repository.is_marked());
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("is in no git repository"), "{run:?}");
}

#[test]
fn a_monitor_of_files_is_not_asked() {
    let repository = Repository::changed();
    repository.git(&["config", "core.fsmonitor", &format!("{}; false", repository.mark())]);
    assert_held(&repository, "", &["status"]);

    let repository = Repository::changed();
    repository.write("monitor", format!("[core]\nfsmonitor = \"{}; false\"\n", repository.mark()));
    repository.git(&["config", "include.path", "../monitor"]);
    assert_held(&repository, "", &["status"]);
}

#[test]
fn filters_of_contents_do_not_run() {
    for way in ["clean", "process"] {
        let repository = Repository::changed();
        repository.write(".gitattributes", "*.md filter=evil diff=evil\n");
        repository.git(&["config", &format!("filter.evil.{way}"), &format!("{}; cat", repository.mark())]);
        repository.git(&["config", "filter.evil.smudge", &format!("{}; cat", repository.mark())]);
        assert_held(&repository, "", &["add", "drafts"]);
    }
    let repository = Repository::changed();
    repository.write(".gitattributes", "*.md filter=evil\n");
    repository.git(&["config", "filter.evil.smudge", &format!("{}; cat", repository.mark())]);
    assert_held(&repository, "", &["cat-file", "--filters", "HEAD:drafts/x.ko.md"]);
}

#[test]
fn programs_that_compare_do_not_run() {
    let repository = Repository::changed();
    repository.git(&["config", "diff.external", &repository.mark()]);
    assert_held(&repository, "", &["diff"]);

    for way in ["command", "textconv"] {
        let repository = Repository::changed();
        repository.write(".git/info/attributes", "*.md diff=evil\n");
        repository.git(&["config", &format!("diff.evil.{way}"), &format!("{}; true", repository.mark())]);
        assert_held(&repository, "", &["diff"]);
    }
}

#[test]
fn hooks_do_not_run() {
    let repository = Repository::changed();
    repository.program("hooks/post-index-change", &repository.mark());
    repository.git(&["config", "core.hooksPath", "hooks"]);
    assert_held(&repository, "", &["add", "drafts"]);

    let repository = Repository::changed();
    repository.program(".git/hooks/post-index-change", &repository.mark());
    repository.program(".git/hooks/reference-transaction", &repository.mark());
    assert_held(&repository, "", &["branch", "x"]);
}

#[test]
fn names_for_other_commands_do_not_run() {
    let repository = Repository::changed();
    for name in ["evil", "cat-file", "rev-parse", "ls-tree", "config", "diff"] {
        repository.git(&["config", &format!("alias.{name}"), &format!("!{}", repository.mark())]);
    }
    assert_held(&repository, "", &["evil"]);
}

/// Settings whose programs git runs at some time, in all their places.
#[test]
fn no_setting_of_a_repository_runs_a_program() {
    let repository = Repository::changed();
    let script = repository.outside("program");
    fs::write(&script, format!("#!/bin/sh\n{}\n", repository.mark())).expect("written");
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
    let program = script.display();
    let settings = format!(
        "[core]\n\tpager = {program}\n\teditor = {program}\n\tsshCommand = {program}\n\tgitProxy = {program}\n\taskPass = {program}\n\
         \talternateRefsCommand = {program}\n\tfsmonitor = {program}\n\tuntrackedCache = true\n\tsplitIndex = true\n\
         [pager]\n\tcat-file = {program}\n\trev-parse = {program}\n\tconfig = {program}\n\tlog = {program}\n\
         [credential]\n\thelper = !{program}\n[gpg]\n\tprogram = {program}\n[gpg \"ssh\"]\n\tprogram = {program}\n\tdefaultKeyCommand = {program}\n\
         [log]\n\tshowSignature = true\n[commit]\n\tgpgSign = true\n[sequence]\n\teditor = {program}\n[diff]\n\texternal = {program}\n\
         [diff \"evil\"]\n\ttextconv = {program}\n\tcommand = {program}\n[filter \"evil\"]\n\tclean = {program}\n\tsmudge = {program}\n\
         \tprocess = {program}\n\trequired = true\n[merge \"evil\"]\n\tdriver = {program}\n[uploadpack]\n\tpackObjectsHook = {program}\n\
         [trace2]\n\teventTarget = {marker}\n[trailer \"x\"]\n\tcommand = {program}\n[submodule]\n\trecurse = true\n\
         [submodule \"drafts\"]\n\tpath = drafts\n\turl = ext::{program}\n\tupdate = !{program}\n\tactive = true\n[protocol \"ext\"]\n\tallow = always\n\
         [remote \"origin\"]\n\turl = ext::{program}\n\tuploadpack = {program}\n\tvcs = evil\n\tpromisor = true\n",
        marker = repository.outside("MARK").display(),
    );
    let config = fs::read_to_string(repository.path(".git/config")).expect("settings");
    repository.write(".git/config", config + &settings);
    repository.write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
    repository.write(".gitmodules", format!("[submodule \"drafts\"]\n\tpath = drafts\n\turl = ext::{program}\n\tupdate = checkout\n"));
    repository.write(".git/info/attributes", "* filter=evil diff=evil merge=evil\n");
    assert_held(&repository, "", &["status"]);
}

/// A missing object that a remote promised would be fetched by a program that the settings name.
#[test]
fn a_promised_object_is_missing_and_not_fetched() {
    let remotes: [(&str, &[(&str, &str)]); 4] = [
        ("file", &[("remote.origin.url", "file:///nowhere"), ("remote.origin.uploadpack", "MARK; false")]),
        ("ext", &[("remote.origin.url", "ext::sh -c MARK"), ("protocol.ext.allow", "always"), ("protocol.allow", "always")]),
        ("ssh", &[("remote.origin.url", "ssh://a.example/x"), ("core.sshCommand", "MARK; false"), ("protocol.ssh.allow", "always")]),
        ("git", &[("remote.origin.url", "git://a.example/x"), ("core.gitProxy", "WRITER")]),
    ];
    for (name, settings) in remotes {
        let repository = Repository::changed();
        repository.commit("second");
        let writer = repository.outside("writer");
        fs::write(&writer, format!("#!/bin/sh\n{}\n", repository.mark())).expect("written");
        fs::set_permissions(&writer, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
        let object = repository.git(&["rev-parse", "HEAD~1:drafts/x.ko.md"]);
        let marking = if name == "ext" { writer.display().to_string() } else { repository.mark() };
        for (key, value) in settings {
            repository.git(&["config", key, &value.replace("MARK", &marking).replace("WRITER", &writer.display().to_string())]);
        }
        repository.git(&["config", "remote.origin.promisor", "true"]);
        repository.git(&["config", "core.repositoryFormatVersion", "1"]);
        repository.git(&["config", "extensions.partialClone", "origin"]);
        let loose = repository.path(&format!(".git/objects/{}/{}", &object[..2], &object[2..]));
        fs::remove_file(loose).expect("a loose object");
        let run = repository.check("HEAD~1");
        assert!(!repository.is_marked(), "{name}: {run:?}");
        assert_eq!(run.status, 2, "{name}: {run:?}");
        assert!(run.stderr.contains("drafts/x.ko.md") && run.stderr.contains("HEAD~1") && run.stderr.contains("hint: "), "{name}: {run:?}");
        assert!(found(&repository.check("HEAD")).is_empty(), "{name}: what is there is read");
        let output = repository.git_in("", &["cat-file", "-p", &object]);
        assert!(repository.is_marked(), "{name}: git runs nothing: {output:?}");
    }
}

#[test]
fn a_repository_inside_is_read_and_runs_nothing() {
    // A folder of its own with its own `.git`, and one whose `.git` file leads to a folder that is named otherwise.
    for is_file in [false, true] {
        let repository = Repository::folder();
        repository.git(&["init", "-q", "-b", "main", "drafts"]);
        repository.digest("drafts/x");
        assert!(repository.git_in("drafts", &["add", "-A"]).status.success());
        assert!(repository.git_in("drafts", &["commit", "-qm", "inner"]).status.success());
        repository.git(&["init", "-q", "-b", "main"]);
        repository.write("f", "f");
        repository.git(&["add", "f"]);
        repository.git(&["commit", "-qm", "outer"]);
        repository.write("drafts/x.ko.md", super::repository::CHANGED);
        assert!(repository.git_in("drafts", &["config", "core.fsmonitor", &format!("{}; false", repository.mark())]).status.success());
        if is_file {
            fs::rename(repository.path("drafts/.git"), repository.path("kept")).expect("moved");
            repository.write("drafts/.git", "gitdir: ../kept\n");
        }
        assert_held(&repository, "drafts", &["status"]);
    }
}

#[test]
fn a_submodule_runs_nothing() {
    let inner = Repository::folder();
    inner.git(&["init", "-q", "-b", "main"]);
    inner.digest("x");
    inner.commit("inner");
    let repository = Repository::folder();
    repository.git(&["init", "-q", "-b", "main"]);
    repository.git(&["submodule", "--quiet", "add", &inner.path("").display().to_string(), "drafts"]);
    repository.commit("outer");
    repository.write("drafts/x.ko.md", super::repository::CHANGED);
    assert!(repository.git_in("drafts", &["config", "core.fsmonitor", &format!("{}; false", repository.mark())]).status.success());
    assert_held(&repository, "", &["status"]);
}

#[test]
fn git_itself_is_not_taken_from_the_repository() {
    let repository = Repository::changed();
    for folder in ["bin", "drafts", "."] {
        repository.program(&format!("{folder}/git"), &format!("{}; exit 1", repository.mark()));
    }
    symlink(repository.path("bin"), repository.outside("linked")).expect("a link");
    let real = std::env::var("PATH").expect("PATH");
    let bin = repository.path("bin").display().to_string();
    let linked = repository.outside("linked").display().to_string();
    for path in [".", "", "bin", "./bin", "drafts", &bin, &linked, &format!("{bin}/../bin"), &format!("{bin}/")] {
        let mut command = repository.check_command("", "HEAD", &["."]);
        command.env("PATH", format!("{path}:{real}"));
        let run = repository.finished(&mut command);
        assert!(!repository.is_marked(), "{path:?}: {run:?}");
        assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{path:?}: {run:?}");
    }
    // Without another git there is none.
    let mut command = repository.check_command("", "HEAD", &["."]);
    command.env("PATH", format!(".:{bin}"));
    let run = repository.finished(&mut command);
    assert!(!repository.is_marked() && run.status == 2, "{run:?}");
    assert!(run.stderr.contains("git cannot be started"), "{run:?}");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "git --version"]).current_dir(repository.path("")).env("PATH", format!("bin:{real}"));
    shell.output().expect("sh");
    assert!(repository.is_marked(), "the program is live");
}

#[test]
fn settings_in_the_environment_do_not_matter() {
    let repository = Repository::changed();
    let program = format!("{}; false", repository.mark());
    let variables = [
        ("GIT_CONFIG_COUNT", "1".to_owned()),
        ("GIT_CONFIG_KEY_0", "core.fsmonitor".to_owned()),
        ("GIT_CONFIG_VALUE_0", program.clone()),
        ("GIT_CONFIG_PARAMETERS", format!("'core.fsmonitor'='{program}'")),
        ("GIT_EXTERNAL_DIFF", program.clone()),
        ("GIT_EXEC_PATH", repository.path("").display().to_string()),
        ("GIT_PAGER", program.clone()),
        ("GIT_SSH_COMMAND", program.clone()),
        ("GIT_TRACE", repository.outside("MARK").display().to_string()),
        ("GIT_TRACE2_EVENT", repository.outside("MARK").display().to_string()),
        ("GIT_NAMESPACE", "x".to_owned()),
        ("GIT_ATTR_SOURCE", "none".to_owned()),
        ("GIT_SHALLOW_FILE", "/nowhere".to_owned()),
        ("GIT_REPLACE_REF_BASE", "refs/heads/".to_owned()),
        ("GIT_DEFAULT_HASH", "sha256".to_owned()),
    ];
    let mut command = repository.check_command("", "HEAD", &["."]);
    command.envs(variables);
    let run = repository.finished(&mut command);
    assert!(!repository.is_marked(), "{run:?}");
    assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{run:?}");
}
