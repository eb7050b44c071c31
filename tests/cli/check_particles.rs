//! `translate check` on particles: what does not fit, stands apart, or is left in both forms.

use crate::support::Project;

const GLOSSARY: &str =
    "[terms]\n\"saddle point\" = \"안장점\"\nLooper = { keep = true, read = \"루퍼\" }\nClip = { keep = true, read = \"클립\" }\n";

fn project(korean: &str) -> Project {
    let project = Project::new("");
    project.remove("x.md");
    project.write("glossary.toml", GLOSSARY);
    project.write("x.ko.md", korean);
    project
}

/// The text after `--fix`, which leaves nothing behind.
#[track_caller]
fn assert_fixed(korean: &str, expected: &str) {
    let project = project(korean);
    let run = project.run(&["check", "--fix", "--fail-on", "hint"]);
    assert_eq!(project.read("x.ko.md"), expected);
    assert_eq!(run.status, 0, "{}", run.stdout);
}

#[test]
fn a_particle_that_does_not_fit_is_shown_with_its_host() {
    let run = project("그 안장점를 벗어난다.\n").run(&["check"]);
    assert_eq!(
        run.stdout,
        "\
error[wrong-particle]: `를` does not fit `안장점`
 --> x.ko.md:1:3
  |
1 | 그 안장점를 벗어난다.
  |    ^^^^^^^^
  |
  = help: write `안장점을`

1 error, 0 warnings, 0 hints: 1 item in 1 file; 1 fixable with --fix
"
    );
    assert_eq!(run.status, 1);
}

#[test]
fn a_bracket_belongs_to_the_word_that_it_explains() {
    let run = project("- 이 MIMO(다중 입력 다중 출력)을 본다.\n").run(&["check"]);
    assert!(
        run.stdout.starts_with("error[wrong-particle]: `을` does not fit `MIMO(다중 입력 다중 출력)`\n --> x.ko.md:1:22\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("= help: write `MIMO(다중 입력 다중 출력)를`: the particle goes with `MIMO`, before the bracket\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn only_the_particle_changes() {
    assert_fixed("- **안장점**를 [안장점](a)는\t`f(x)` \r\n", "- **안장점**을 [안장점](a)은\t`f(x)` \r\n");
    assert_fixed("MIMO(다중 입력 다중 출력)을\n", "MIMO(다중 입력 다중 출력)를\n");
    assert_fixed("Looper을 Clip를\n", "Looper를 Clip을\n");
}

#[test]
fn a_word_that_may_be_read_in_two_ways_is_not_changed() {
    let korean = "GPT-3는 크다.\n";
    let project = project(korean);
    project.run(&["check", "--fix"]);
    assert_eq!(project.read("x.ko.md"), korean);
}

#[test]
fn code_is_a_host_and_never_searched() {
    for korean in ["`안장점를`\n", "```\n안장점를 API 를 점을(를)\n```\n", "[점](안장점를)\n", "<!-- 안장점를 -->\n"] {
        let run = project(korean).run(&["check", "--fail-on", "hint"]);
        assert_eq!((run.status, run.stdout.lines().count()), (0, 1), "{korean}: {}", run.stdout);
    }
}

#[test]
fn a_word_that_the_glossary_knows_has_no_particle() {
    let project = project("기병대은 본다. 새기병대은 본다.\n");
    project.write("glossary.toml", "[terms]\n[words]\nknown = [\"기병대은\"]\n");
    let run = project.run(&["check", "--only", "wrong-particle", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let starts: Vec<u64> =
        value["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["column"].as_u64()).collect();
    assert_eq!(starts, [10], "the longer word is not known");
}

#[test]
fn a_blank_before_a_particle_is_taken_out() {
    let run = project("API 를 호출한다.\n").run(&["check"]);
    assert_eq!(
        run.stdout,
        "\
warning[spaced-particle]: `를` is parted from its word
 --> x.ko.md:1:4
  |
1 | API 를 호출한다.
  |    ^^^
  |
  = help: write `를` onto the word before it

0 errors, 1 warning, 0 hints: 1 item in 1 file; 1 fixable with --fix
"
    );
    assert_eq!(run.status, 0);
    assert_fixed("API 를 **안장점** 는 본다\n", "API를 **안장점**은 본다\n");
}

#[test]
fn a_line_end_is_not_taken_out() {
    let korean = "> API\n> 를 호출한다.\n";
    let project = project(korean);
    project.run(&["check", "--fix"]);
    assert_eq!(project.read("x.ko.md"), korean);
}

#[test]
fn one_of_two_forms_is_chosen() {
    let run = project("안장점을(를) 본다.\n").run(&["check"]);
    assert_eq!(
        run.stdout,
        "\
warning[bare-alternative]: `을(를)` leaves the particle open
 --> x.ko.md:1:4
  |
1 | 안장점을(를) 본다.
  |       ^^^^^^
  |
  = help: write `을`

0 errors, 1 warning, 0 hints: 1 item in 1 file; 1 fixable with --fix
"
    );
    assert_fixed("안장점을(를) 함수(으)로 Looper은(는) Clip이(가)\n", "안장점을 함수로 Looper는 Clip이\n");
    let korean = "{name}을(를) 연다. trait을(를) 쓴다.\n";
    let project = project(korean);
    let run = project.run(&["check", "--fix"]);
    assert_eq!((project.read("x.ko.md").as_str(), run.stdout.matches("bare-alternative").count()), (korean, 1));
}

#[test]
fn decomposed_text_is_mended_in_kind() {
    let (point, wrong, right) = (
        "\u{110b}\u{1161}\u{11ab}\u{110c}\u{1161}\u{11bc}\u{110c}\u{1165}\u{11b7}",
        "\u{1105}\u{1173}\u{11af}",
        "\u{110b}\u{1173}\u{11af}",
    );
    let project = project(&format!("{point}{wrong} x\n"));
    project.run(&["check", "--fix", "--only", "wrong-particle"]);
    assert_eq!(project.read("x.ko.md"), format!("{point}{right} x\n"));
}
