//! How the work of each command grows with its text: every text of a table at three sizes, in instructions less those of an empty file.
//!
//! `cargo bench --bench growth -- --generator word --command split`. Each run is a whole process under `valgrind --tool=callgrind` with
//! one thread. A step from one size to the next, four times as long, is marked where its instructions grow more than five times.
//! The whole takes hours, so names select: `--generator`, `--command` and `--sizes` take lists with commas, `--list` shows the names.
//! `--quick` takes the user's seconds of a plain run instead, for a first look, and shows the most memory held.

mod measure;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// No step may grow more.
const MOST: f64 = 5.0;

/// Less than this is noise: instructions, and seconds.
const NOISE: (f64, f64) = (2e6, 0.1);

/// What is said of a text that the tool does not read, with a message.
const REFUSED: &str = "refused";

/// What stands beside the text before the command runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scene {
    /// The English digest alone.
    Alone,
    /// The text as its own Korean.
    Pair,
    /// What the filter answered, with its record.
    Translated,
    /// The same under another digest's name: all is known from the memory.
    Memory,
    /// The text is a glossary.
    Glossary,
}

struct Task {
    name: &'static str,
    scene: Scene,
    /// The ending of the digest's name.
    ending: &'static str,
    arguments: &'static [&'static str],
}

const fn task(name: &'static str, scene: Scene, arguments: &'static [&'static str]) -> Task {
    Task { name, scene, ending: "md", arguments }
}

const TASKS: &[Task] = &[
    task("split", Scene::Alone, &["split", "x.md", "--format", "json"]),
    Task { ending: "txt", ..task("split-txt", Scene::Alone, &["split", "x.txt", "--format", "json"]) },
    task("terms", Scene::Pair, &["terms", "x.md", "--format", "json"]),
    task("check", Scene::Pair, &["check", "x.ko.md"]),
    task("translate", Scene::Alone, &["--trust", "--backend", "filter", "x.md"]),
    Task { ending: "txt", ..task("translate-txt", Scene::Alone, &["--trust", "--backend", "filter", "x.txt"]) },
    task("translate-none", Scene::Alone, &["x.md"]),
    task("translate-memory", Scene::Memory, &["x.md"]),
    task("translate-again", Scene::Translated, &["--trust", "--backend", "filter", "x.md"]),
    task("adopt", Scene::Pair, &["adopt", "x.md", "--reviewer", "r"]),
    task("publish", Scene::Pair, &["publish", "x.md", "--allow-undecided"]),
    task("publish-html", Scene::Pair, &["publish", "x.md", "--allow-undecided", "--format", "html"]),
    task("publish-text", Scene::Pair, &["publish", "x.md", "--allow-undecided", "--format", "txt"]),
    task("diff", Scene::Translated, &["diff", "x.md", "--force"]),
    task("diff-pair", Scene::Pair, &["diff", "x.md", "--force"]),
    task("diff-html", Scene::Translated, &["diff", "x.md", "--force", "--format", "html"]),
    task("status", Scene::Translated, &["status", "x.md"]),
    task("status-pair", Scene::Pair, &["status", "x.md"]),
    task("review", Scene::Translated, &["review", "x.md", "--force"]),
    task("review-pair", Scene::Pair, &["review", "x.md", "--force"]),
    task("glossary-lint", Scene::Glossary, &["glossary", "lint"]),
];

/// The filter puts a Korean word before each line that it is asked for.
const SETTINGS: &str = "[backends.filter]\nkind = \"command\"\nmode = \"filter\"\nlines = true\ncommand = [\"sed\", \"s/^/가 /\"]\n";

const TERMS: &str = "[terms]\nmodel = { korean = \"모델\", avoid = [\"모형\"] }\n\"loss function\" = { korean = \"손실 함수\", avoid = [\"손실함수\"] }\n\
                     \"saddle point\" = \"안장점\"\nlearning = \"학습\"\nword = \"단어\"\nfunction = \"함수\"\nmillion = \"백만\"\ntitle = \"제목\"\n";

fn main() {
    let wanted = match Wanted::read(std::env::args().skip(1)) {
        Ok(wanted) => wanted,
        Err(message) => {
            eprintln!("{message}");
            std::process::exit(2);
        }
    };
    if wanted.list {
        println!("commands: {}", TASKS.iter().map(|task| task.name).collect::<Vec<_>>().join(" "));
        println!("generators: {}", texts::names().join(" "));
        return;
    }
    let unit = if wanted.quick { "user seconds, and MiB held" } else { "millions of instructions" };
    let sizes: Vec<String> = wanted.sizes.iter().map(|size| format!("{} kB", size / 1024)).collect();
    println!("{unit}, less those of an empty file, at {}; > marks a step of more than {MOST} times", sizes.join(", "));
    let (mut steep, mut rows) = (0, 0);
    for task in TASKS.iter().filter(|task| wanted.task(task.name)) {
        let empty = wanted.measure(task, "");
        for name in texts::names() {
            if !wanted.generator(name) || texts::is_glossary(name) != (task.scene == Scene::Glossary) {
                continue;
            }
            rows += 1;
            steep += usize::from(wanted.row(task, name, &empty));
        }
    }
    println!("{rows} rows, {steep} of them with a step of more than {MOST} times or a run that did not end well");
}

/// What the arguments select.
struct Wanted {
    generators: Vec<String>,
    tasks: Vec<String>,
    sizes: Vec<usize>,
    quick: bool,
    list: bool,
    steep_only: bool,
    /// The most seconds of the processor that a run may take.
    limit: f64,
    binary: PathBuf,
}

impl Wanted {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wanted = Self {
            generators: Vec::new(),
            tasks: Vec::new(),
            sizes: vec![64 << 10, 256 << 10, 1 << 20],
            quick: false,
            list: false,
            steep_only: false,
            limit: 0.0,
            binary: PathBuf::from(env!("CARGO_BIN_EXE_translate")),
        };
        let listed = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--generator" => wanted.generators = listed(&value()?),
                "--command" => wanted.tasks = listed(&value()?),
                "--sizes" => wanted.sizes = listed(&value()?).iter().map(|size| bytes(size)).collect::<Result<_, _>>()?,
                "--limit" => wanted.limit = value()?.parse().map_err(|_| "--limit takes seconds".to_owned())?,
                "--binary" => wanted.binary = fs::canonicalize(value()?).map_err(|error| format!("--binary: {error}"))?,
                "--quick" => wanted.quick = true,
                "--list" => wanted.list = true,
                "--steep" => wanted.steep_only = true,
                // What `cargo bench` itself hands on.
                "--bench" => {}
                _ => {
                    return Err(format!(
                        "unknown argument {argument}; there are --generator, --command, --sizes, --limit, --binary, --quick, --steep and --list"
                    ));
                }
            }
        }
        for (given, known) in [(&wanted.generators, texts::names()), (&wanted.tasks, TASKS.iter().map(|task| task.name).collect())] {
            if let Some(unknown) = given.iter().find(|name| !known.contains(&name.as_str())) {
                return Err(format!("there is no {unknown}; --list shows what there is"));
            }
        }
        if wanted.limit <= 0.0 {
            wanted.limit = if wanted.quick { 30.0 } else { 900.0 };
        }
        Ok(wanted)
    }

    fn generator(&self, name: &str) -> bool {
        self.generators.is_empty() || self.generators.iter().any(|wanted| wanted == name)
    }

    fn task(&self, name: &str) -> bool {
        self.tasks.is_empty() || self.tasks.iter().any(|wanted| wanted == name)
    }

    /// Prints the row of a text; whether one of its steps is too steep, or a run did not end well.
    fn row(&self, task: &Task, name: &str, empty: &Measured) -> bool {
        let mut line = format!("{:<17}{name:<26}", task.name);
        let mut steep = false;
        let mut last: Option<f64> = None;
        for &size in &self.sizes {
            let text = texts::text(name, size).expect("a name of the table");
            let measured = self.measure(task, &text);
            if let Some(fault) = &measured.fault {
                line.push_str(&format!("  {fault}"));
                steep |= fault != REFUSED;
                break;
            }
            let (noise, scale) = if self.quick { (NOISE.1, 1.0) } else { (NOISE.0, 1e-6) };
            let work = (measured.work - empty.work).max(noise);
            line.push_str(&format!("{:>11.2}", work * scale));
            if let Some(last) = last {
                let ratio = work / last;
                let mark = if ratio > MOST { '>' } else { ' ' };
                line.push_str(&format!(" {mark}{ratio:>5.2}x"));
                steep |= ratio > MOST;
            }
            if self.quick {
                line.push_str(&format!(" {:>5}M", measured.memory / 1024));
            }
            last = Some(work);
        }
        if steep || !self.steep_only {
            println!("{line}");
        }
        steep
    }

    fn measure(&self, task: &Task, text: &str) -> Measured {
        let folder = tempfile::tempdir().expect("a temporary folder");
        if let Err(fault) = self.set(task, text, folder.path()) {
            return Measured { fault: Some(fault), ..Measured::default() };
        }
        let out = folder.path().join("callgrind.out");
        let mut command = if self.quick {
            Command::new(&self.binary)
        } else {
            let mut counted = Command::new("valgrind");
            counted.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display())).arg(&self.binary);
            counted
        };
        let before = seconds_of_children();
        let (fault, memory) = self.run(command.args(task.arguments), folder.path());
        let work = match self.quick {
            true => seconds_of_children() - before,
            false => instructions(&out).unwrap_or(0.0),
        };
        let fault = fault.or((!self.quick && work == 0.0).then(|| "nothing was counted: is valgrind on PATH?".to_owned()));
        Measured { work, memory, fault }
    }

    /// Puts what the command reads into an empty folder.
    fn set(&self, task: &Task, text: &str, folder: &Path) -> Result<(), String> {
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file in the temporary folder");
        write("translate.toml", SETTINGS);
        write("glossary.toml", if task.scene == Scene::Glossary && !text.is_empty() { text } else { TERMS });
        let name = |middle: &str| format!("x{middle}.{}", task.ending);
        write(&name(""), text);
        if task.scene == Scene::Pair {
            write(&name(".ko"), text);
        }
        if matches!(task.scene, Scene::Translated | Scene::Memory) {
            let mut command = Command::new(&self.binary);
            command.args(["--trust", "--backend", "filter", &name("")]);
            if let Some(fault) = self.run(&mut command, folder).0 {
                return Err(if fault == REFUSED { fault } else { format!("before: {fault}") });
            }
        }
        if task.scene == Scene::Memory {
            // An empty digest has no record.
            let _ = fs::rename(folder.join("x.record.toml"), folder.join("y.record.toml"));
            let _ = fs::remove_file(folder.join(name(".ko")));
        }
        Ok(())
    }

    /// Runs a program to its end or to the limit; what was wrong with it, and the most KiB that it held.
    fn run(&self, command: &mut Command, folder: &Path) -> (Option<String>, u64) {
        let home = folder.join("home");
        command.current_dir(folder).env("RAYON_NUM_THREADS", "1").env("TRANSLATE_CONFIG_HOME", home);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        match child {
            Ok(child) => self.wait(child),
            Err(error) => (Some(format!("did not start: {error}")), 0),
        }
    }

    fn wait(&self, mut child: Child) -> (Option<String>, u64) {
        let mut memory = 0;
        loop {
            memory = measure::held(child.id()).max(memory);
            if let Some(status) = child.try_wait().expect("a child") {
                // 1 is work left to do.
                let fault = match status.code() {
                    Some(0 | 1) => None,
                    Some(2) => Some(REFUSED.to_owned()),
                    _ => Some(format!("ended with {status}")),
                };
                return (fault, memory);
            }
            if seconds_of(child.id()) > self.limit {
                let _ = child.kill();
                let _ = child.wait();
                return (Some(format!("over {} s", self.limit)), memory);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

#[derive(Default)]
struct Measured {
    /// Instructions, or seconds.
    work: f64,
    /// The most KiB held.
    memory: u64,
    fault: Option<String>,
}

/// `64`, in kB.
fn bytes(text: &str) -> Result<usize, String> {
    text.parse::<usize>().map(|size| size << 10).map_err(|_| format!("{text} is no size in kB"))
}

fn instructions(out: &Path) -> Option<f64> {
    let text = fs::read_to_string(out).ok()?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")))?;
    total.split_whitespace().next()?.parse().ok()
}

/// User seconds of a process that runs.
fn seconds_of(process: u32) -> f64 {
    times(&format!("/proc/{process}/stat"), 11)
}

/// User seconds of all processes that were waited for, as `/proc` tells in hundredths.
fn seconds_of_children() -> f64 {
    times("/proc/self/stat", 13)
}

/// A field of `stat` after the program's name, in hundredths of seconds.
fn times(stat: &str, field: usize) -> f64 {
    let stat = fs::read_to_string(stat).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after_name.split_whitespace().nth(field).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0) / 100.0
}
