//! The pages under docs/ that the program writes are as it writes them.

use crate::support::Project;

/// `cargo run -- explain --all > docs/checks.md` mends it.
#[test]
fn the_page_of_checks_is_the_output_of_explain() {
    let run = Project::new("").run(&["explain", "--all"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md");
    let page = std::fs::read_to_string(page).expect("docs/checks.md").replace("\r\n", "\n");
    assert!(page == run.stdout, "docs/checks.md is not what `translate explain --all` prints");
}
