//! The examples of README.md are what the tool prints.

use crate::support::Project;

const README: &str = include_str!("../../README.md");

#[test]
fn the_finding_in_the_readme_is_what_check_prints() {
    let project = Project::new("# unused\n");
    project.write("glossary.toml", include_str!("../../glossary.toml"));
    std::fs::create_dir(project.path("drafts")).expect("a folder");
    project.write("drafts/x.md", "# This week\n\n- [A nonconvex problem](https://a.b/c) – It escapes saddle points.\n");
    project.write("drafts/x.ko.md", "# 이번 주\n\n- [비 볼록 문제](https://a.b/c) – 새들 포인트를 벗어난다.\n");
    let run = project.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(README.contains(&run.stdout), "{}", run.stdout);
}

#[test]
fn the_glossary_in_the_readme_loads_without_a_lint() {
    let from = README.find("[terms]\n\"saddle point\"").expect("the example");
    let to = from + README[from..].find("```").expect("its end");
    let project = Project::new("# unused\n");
    project.write("glossary.toml", &README[from..to]);
    let run = project.run(&["glossary", "lint"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}
