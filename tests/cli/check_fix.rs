//! `translate check --fix` and `--diff`: only what is certain changes, and the record knows that the tool did it.

use crate::support::{Project, text};

const GLOSSARY: &str = "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] }\nnonconvex = { korean = \"비 볼록\", spacing = \"exact\" }\nGAN = { keep = true, avoid = [\"간\"] }\nLooper = { keep = true, avoid = [\"루퍼\"] }\n";

fn project(english: &str, korean: &str) -> Project {
    let project = Project::new(english);
    project.write("glossary.toml", GLOSSARY);
    project.write("x.ko.md", korean);
    project
}

/// The Korean text after `--fix`, which a second run leaves alone.
#[track_caller]
fn fixed(english: &str, korean: &str) -> String {
    let project = project(english, korean);
    // Of the checks that mend terms and particles alone: what other checks mend stays here.
    let mut arguments = vec!["check", "x.md", "--fix"];
    for check in ["forbidden-term", "spacing-variant", "translated-name", "wrong-particle", "spaced-particle", "bare-alternative"] {
        arguments.extend(["--only", check]);
    }
    project.run(&arguments);
    let once = project.aged();
    let run = project.run(&arguments);
    assert_eq!((project.state(), run.stderr.as_str()), (once, ""), "the second run");
    project.read("x.ko.md")
}

#[test]
fn only_the_rendering_and_its_particle_change() {
    assert_eq!(
        fixed(
            "- [Saddle points](a \"b\") are *nonconvex*.\n",
            "-   [**새들 포인트**](a \"b\")를  본다\t<b>새들 포인트</b>는 *비볼록* 이다.   \n\n\n"
        ),
        "-   [**안장점**](a \"b\")을  본다\t<b>안장점</b>은 *비 볼록* 이다.   \n\n\n"
    );
}

#[test]
fn line_ends_marks_of_order_and_decomposed_text_stay() {
    let decomposed = "\u{1109}\u{1162}\u{1103}\u{1173}\u{11af} \u{1111}\u{1169}\u{110b}\u{1175}\u{11ab}\u{1110}\u{1173}\u{1105}\u{1173}\u{11af} \u{1107}\u{1169}\u{11ab}\u{1103}\u{1161}";
    let expected = "\u{110b}\u{1161}\u{11ab}\u{110c}\u{1161}\u{11bc}\u{110c}\u{1165}\u{11b7}\u{110b}\u{1173}\u{11af} \u{1107}\u{1169}\u{11ab}\u{1103}\u{1161}";
    assert_eq!(
        fixed("- A saddle point.\r\n- A saddle point\r\n", &format!("\u{feff}- 새들 포인트로\r\n- {decomposed}")),
        format!("\u{feff}- 안장점으로\r\n- {expected}")
    );
}

#[test]
fn what_is_not_certain_stays_with_its_help() {
    let project = project("- A Looper.\n- Nothing.\n", "- 루퍼를 본다.\n- 새들 포인트.\n");
    let run = project.run(&["check", "x.md", "--fix"]);
    assert_eq!(project.read("x.ko.md"), "- 루퍼를 본다.\n- 새들 포인트.\n");
    assert_eq!(run.status, 1);
    assert!(!project.exists(".translate"), "nothing was to be fixed");
}

#[test]
fn a_name_of_letters_is_read_by_them() {
    assert_eq!(fixed("- A GAN.\n", "- 간를 본다. 간로 한다.\n"), "- GAN을 본다. GAN으로 한다.\n");
}

#[test]
fn fixes_are_told_and_what_is_left_decides_the_status() {
    let project = project("- Saddle points.\n", "- 새들 포인트를 본다.\n");
    let run = project.run(&["check", "--fix", "x.md"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "x.ko.md:1: fixed: 새들 포인트 -> 안장점\n"));
    assert_eq!(run.stdout, "no faults: 1 item in 1 file\n");
    project.write("x.ko.md", "- 새들 포인트를 본다.\n");
    assert_eq!(project.run(&["check", "--fix", "-q", "--format", "json"]).stderr, "");
}

#[test]
fn a_diff_shows_what_a_fix_would_do_and_does_nothing() {
    let project = project("- Saddle points.\n- Two.\n", "- 새들 포인트를 본다.\n- 둘.\n");
    let before = project.aged();
    let run = project.run(&["check", "--diff", "x.md"]);
    assert_eq!(run.stdout, "--- x.ko.md\n+++ x.ko.md\n@@ -1,2 +1,2 @@\n-- 새들 포인트를 본다.\n+- 안장점을 본다.\n - 둘.\n");
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    assert_eq!((project.state(), project.exists(".translate")), (before, false));
    project.write("x.ko.md", "- 안장점을 본다.\n- 둘.\n");
    let run = project.run(&["check", "--diff", "x.md"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
}

/// A machine's draft with a rendering that the glossary came to avoid after it was written.
fn translated() -> Project {
    let project = Project::new("- [Saddle points](https://a.example/1) – They are many.\n- Other words.\n");
    project.filter("IFS= read -r line; echo . >> asked; case $line in *addle*) echo '새들 포인트를 본다.';; *) echo \"한 $line\";; esac");
    project.done(&[]);
    project.asked();
    project.write("glossary.toml", GLOSSARY);
    project
}

/// A run of the main job after a fix writes nothing new into the Korean file and asks nobody.
#[track_caller]
fn assert_at_rest(project: &Project) {
    let korean = project.read("x.ko.md");
    project.done(&[]);
    assert_eq!((project.read("x.ko.md"), project.asked()), (korean, Vec::<String>::new()));
    let state = project.aged();
    project.done(&[]);
    assert_eq!(project.state(), state);
}

#[test]
fn fixed_machine_text_is_still_the_machines() {
    let project = translated();
    project.run(&["check", "x.md", "--fix"]);
    let entry = project.entry("machine", "안장점을 본다.");
    assert_eq!((text(&entry, "state"), entry.get("edited"), entry.get("candidate")), ("machine", None, None));
    assert_eq!(entry["notes"].as_array().map(|notes| notes[0].as_str()), Some(Some("fixed: 새들 포인트 -> 안장점")));
    let state = project.aged();
    project.done(&[]);
    assert_eq!((project.state(), project.asked()), (state, vec![]), "not even the record has anything new to know");
}

#[test]
fn fixed_edited_text_stays_a_persons() {
    let project = translated();
    project.change("x.ko.md", "새들 포인트를 본다.", "새들 포인트를 늘 본다.");
    project.run(&["check", "x.md", "--fix"]);
    assert!(project.read("x.ko.md").contains("[안장점을 늘 본다.]"), "{}", project.read("x.ko.md"));
    let entry = project.entry("edited", "안장점을 늘 본다.");
    assert_eq!((text(&entry, "state"), text(&entry, "machine")), ("edited", "새들 포인트를 본다."));
    assert_at_rest(&project);
}

#[test]
fn what_a_person_approved_stays_on_record_as_it_was_approved() {
    let project = translated();
    project.remove("glossary.toml");
    assert_eq!(project.run(&["adopt", "x.md", "--reviewer", "ㄱ"]).status, 0);
    project.write("glossary.toml", GLOSSARY);
    project.run(&["check", "x.md", "--fix"]);
    assert!(project.read("x.ko.md").contains("[안장점을 본다.]"));
    let entry = project.entry("approved", "새들 포인트를 본다.");
    assert_eq!((text(&entry, "state"), text(&entry, "edited"), text(&entry, "reviewer")), ("edited", "안장점을 본다.", "ㄱ"));
    assert_eq!(entry["notes"].as_array().map(|notes| notes[0].as_str()), Some(Some("fixed: 새들 포인트 -> 안장점")));
    assert_at_rest(&project);
}

#[test]
fn a_fix_that_ended_between_the_two_files_is_not_taken_for_an_edit() {
    let project = translated();
    let record = project.read("x.record.toml");
    project.run(&["check", "x.md", "--fix"]);
    // As the record stands before the Korean file is written: the new text is announced.
    let announced =
        record.replacen("machine = \"새들 포인트를 본다.\"\n", "machine = \"새들 포인트를 본다.\"\ncandidate = \"안장점을 본다.\"\n", 1);
    assert_ne!(announced, record);
    project.write("x.record.toml", announced);
    project.done(&[]);
    assert_eq!(text(&project.entry("machine", "안장점을 본다."), "state"), "machine");
}

#[test]
fn a_file_without_a_record_or_english_is_fixed_alone() {
    let project = project("- Nonconvex.\n", "- 비볼록이다.\n");
    project.remove("x.md");
    assert_eq!(project.run(&["check", "x.ko.md", "--fix"]).status, 0);
    assert_eq!(project.read("x.ko.md"), "- 비 볼록이다.\n");
    assert_eq!(project.files(), ["glossary.toml", "x.ko.md"]);
}

#[test]
fn a_digest_that_another_run_holds_is_not_touched() {
    let project = project("- Saddle points.\n", "- 새들 포인트.\n");
    project
        .write("translate.toml", "backend = \"mt\"\n[backends.mt]\nkind = \"command\"\nmode = \"filter\"\ncommand = [\"sh\", \"mt.sh\"]\n");
    project.write("mt.sh", "touch begun; sleep 20");
    project.write("y.md", "- Saddle points.\n");
    project.write("y.ko.md", "- Saddle points.\n");
    let mut other = project.command(&["y.md", "--trust"]).spawn().expect("the binary");
    while !project.exists("begun") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    project.write("y.ko.md", "- 새들 포인트.\n");
    let run = project.run(&["check", "--fix", "."]);
    other.kill().expect("killed");
    other.wait().expect("ended");
    assert!(run.stderr.contains("is working on"), "{}", run.stderr);
    assert_eq!(run.status, 1);
    assert_eq!((project.read("x.ko.md"), project.read("y.ko.md")), ("- 안장점.\n".to_owned(), "- 새들 포인트.\n".to_owned()));
}
