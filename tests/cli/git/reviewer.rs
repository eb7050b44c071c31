//! Who decides is told by the user, never by a repository.

use std::fs;

use super::repository::Repository;
use crate::support::{Run, text};

/// The reviewer that a decision is recorded with.
fn reviewer(repository: &Repository, folder: &str, draft: &str, arguments: &[&str], variables: &[(&str, &str)]) -> (Run, Option<String>) {
    let project = &repository.project;
    let mut command = project.command(&[&["review", draft, "--accept", "edited"], arguments].concat());
    repository.alone(&mut command);
    command.current_dir(repository.path(folder)).env_remove("EMAIL").envs(variables.iter().copied());
    let run = repository.finished(&mut command);
    let record = repository.path(folder).join(draft).with_extension("record.toml");
    let table: toml::Table = fs::read_to_string(&record).unwrap_or_else(|error| panic!("{error}: {run:?}")).parse().expect("a record");
    let entry = table["segment"].as_array().expect("entries")[0].as_table().expect("an entry").clone();
    let name = entry.contains_key("reviewer").then(|| text(&entry, "reviewer").to_owned());
    fs::remove_file(record).expect("removed");
    let _ = fs::remove_dir_all(repository.path(".translate"));
    (run, name)
}

/// A repository whose own settings name somebody, in every place that git reads.
fn repository() -> Repository {
    let repository = Repository::committed();
    repository.git(&["config", "user.name", "Evil"]);
    repository.git(&["config", "author.name", "Evil"]);
    repository.git(&["config", "extensions.worktreeConfig", "true"]);
    repository.git(&["config", "--worktree", "user.name", "Evil"]);
    repository.write("more", "[user]\n\tname = Evil\n");
    repository.git(&["config", "include.path", "../more"]);
    repository
}

#[test]
fn the_reviewer_is_the_user() {
    let repository = repository();
    let name = |arguments: &[&str], variables: &[(&str, &str)]| reviewer(&repository, "", "drafts/x.md", arguments, variables).1;
    assert_eq!(name(&[], &[]), None, "a repository names nobody");
    fs::write(repository.outside("gitconfig"), "[user]\n\tname = 김 편집\n").expect("written");
    let ours = Some("김 편집".to_owned());
    assert_eq!(name(&[], &[]), ours);
    assert_eq!(name(&[], &[("GIT_AUTHOR_NAME", "Lee")]), Some("Lee".to_owned()));
    assert_eq!(name(&[], &[("GIT_AUTHOR_NAME", " ")]), ours);
    assert_eq!(name(&["--reviewer", "박"], &[("GIT_AUTHOR_NAME", "Lee")]), Some("박".to_owned()));
    assert_eq!(name(&[], &[("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "user.name"), ("GIT_CONFIG_VALUE_0", "Evil")]), ours);
    assert_eq!(name(&[], &[("GIT_CONFIG_PARAMETERS", "'user.name'='Evil'")]), ours);
    assert_eq!(name(&[], &[("GIT_CONFIG", &repository.path("more").display().to_string())]), ours);
    assert_eq!(name(&[], &[("GIT_DIR", &repository.path(".git").display().to_string())]), ours);
    // From any folder.
    assert_eq!(reviewer(&repository, "drafts", "x.md", &[], &[]).1, ours);
    // The user's own settings for this repository.
    let included = format!(
        "[user]\n\tname = 김 편집\n[includeIf \"gitdir:{}/\"]\n\tpath = work\n",
        repository.path("").canonicalize().expect("a path").display()
    );
    fs::write(repository.outside("gitconfig"), included).expect("written");
    fs::write(repository.outside("work"), "[user]\n\tname = 일터\n").expect("written");
    assert_eq!(name(&[], &[]), Some("일터".to_owned()));
}

#[test]
fn a_folder_that_looks_like_a_repository_names_nobody() {
    let repository = Repository::folder();
    repository.digest("drafts/x");
    repository.write("drafts/HEAD", "ref: refs/heads/main\n");
    repository.write("drafts/objects/x", "");
    repository.write("drafts/refs/x", "");
    let mark = repository.mark();
    repository.write(
        "drafts/config",
        format!("[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = \"{mark}; false\"\n\tpager = {mark}\n[user]\n\tname = Evil\n"),
    );
    assert_eq!(reviewer(&repository, "drafts", "x.md", &[], &[]).1, None);
    fs::write(repository.outside("gitconfig"), "[user]\n\tname = 김\n").expect("written");
    assert_eq!(reviewer(&repository, "drafts", "x.md", &[], &[]).1, Some("김".to_owned()));
    assert_eq!(reviewer(&repository, "", "drafts/x.md", &[], &[]).1, Some("김".to_owned()));
    assert!(!repository.is_marked());
    // No repository, a broken one, and no git at all are no faults of a review.
    repository.write(".git", "nonsense");
    assert_eq!(reviewer(&repository, "", "drafts/x.md", &[], &[]).1, Some("김".to_owned()));
    assert_eq!(reviewer(&repository, "", "drafts/x.md", &[], &[("PATH", "drafts")]).1, None);
}
