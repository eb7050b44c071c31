//! The HTML pages in a real browser: nothing of a digest runs, nothing scrolls sideways, the structure is there.
//!
//! Needs Chromium, which `.ci/run` installs: without it the tests fail.
#![cfg(unix)]

use std::process::Command;

use crate::support::Project;
use crate::support::edition;

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// What a page says of itself in a frame of this width: by how many pixels it is too wide, its title, and how many of each element it has.
struct Seen {
    overflow: usize,
    title: String,
    counts: Vec<usize>,
}

const COUNTED: &str = "h1,li,h2,ins,del,script,th";

/// The browser that is there.
fn browser() -> &'static str {
    let is_there = |name: &&&str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let browser = BROWSERS.iter().find(is_there);
    browser.unwrap_or_else(|| {
        panic!("the pages are tried in a browser, and none of {BROWSERS:?} runs: install Chromium (apt-get install chromium)")
    })
}

fn seen(browser: &str, project: &Project, page: &str, width: usize) -> Seen {
    let frame = format!(
        "<!doctype html><meta charset=utf-8><body style='margin:0'><iframe id=f src='{page}' style='border:0;width:{width}px;height:800px'></iframe><script>\
         f.onload=()=>{{const d=f.contentDocument;const n='{COUNTED}'.split(',').map(s=>d.querySelectorAll(s).length);\
         document.title=[d.documentElement.scrollWidth-d.documentElement.clientWidth,n.join(','),d.title].join('|')}}</script>"
    );
    project.write("frame.html", frame);
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--allow-file-access-from-files", "--window-size=1500,900"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--virtual-time-budget=4000", "--dump-dom"])
        .arg(format!("file://{}", project.path("frame.html").display()))
        .output()
        .expect("a browser that starts");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_else(|| panic!("no title: {dom}"));
    let mut parts = title.splitn(3, '|');
    let number = |text: Option<&str>| text.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{title}"));
    let overflow = number(parts.next());
    let counts = parts.next().expect("counts").split(',').map(|count| number(Some(count))).collect();
    Seen { overflow, title: parts.next().expect("a title").to_owned(), counts }
}

#[test]
fn pages_are_whole_in_a_browser_at_any_width() {
    let browser = browser();
    let project = edition::edited();
    project.run(&["review", "x.md", "--accept", "edited"]);
    for (arguments, page, counted) in [
        (&["publish", "x.md", "--format", "html", "-o", "p.html"][..], "p.html", [1, 6, 0, 0, 0, 0, 0]),
        (&["diff", "x.md", "--format", "html"][..], "d.html", [1, 4, 10, 4, 4, 0, 0]),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.status, 0, "{run:?}");
        if page == "d.html" {
            project.write(page, run.stdout);
        }
        for width in [400, 1400] {
            let seen = seen(browser, &project, page, width);
            assert_eq!(seen.overflow, 0, "{page} scrolls sideways at {width}");
            assert_eq!(seen.counts, counted, "{page}: {COUNTED}");
        }
    }
}

#[test]
fn nothing_of_a_hostile_digest_runs_or_breaks_the_page() {
    let browser = browser();
    let project = Project::new("# Title\n\n- [One](https://a.example/1) – text.\n");
    let long = "가".repeat(300) + &"x".repeat(300);
    let evil = "<script>top.document.title='ran';document.title='ran'</script><img src=x onerror=\"document.title='ran'\">";
    project.write(
        "x.ko.md",
        format!("# 제목 {evil}\n\n- [하나](javascript:document.title='ran') – {long} {evil} `{long}` ]]> \u{202e}\x1b[2J\n\n| a | b |\n|-|-|\n| {long} | [z](data:text/html,x) |\n"),
    );
    project.run(&["publish", "x.md", "--format", "html", "--allow-undecided", "-o", "p.html"]);
    project.write("d.html", project.run(&["diff", "x.md", "--format", "html", "--force"]).stdout);
    for page in ["p.html", "d.html"] {
        let seen = seen(browser, &project, page, 400);
        assert_eq!(seen.overflow, 0, "{page} scrolls sideways");
        assert_eq!(seen.counts[5], 0, "{page} has a script");
        assert_ne!(seen.title, "ran", "{page}");
    }
}
