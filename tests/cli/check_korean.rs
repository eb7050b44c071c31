//! The checks that read Korean text, through the command: silent on good drafts, and not to be fooled by faults put into them.

use std::collections::BTreeMap;

use crate::support::Project;
use serde_json::Value;
use translate_digest::korean::hangul::decomposed;

const CHECKS: &str = "mixed-register,doubled-word,unclosed-sentence,title-stop,dependent-noun-spacing,confusable";

/// Title and commentary of an item in both languages.
type Item = [&'static str; 4];

#[rustfmt::skip]
const ITEMS: &[Item] = &[
    ["A small model for long texts", "긴 글을 위한 작은 모델", "It reads whole books. The authors share the weights.", "책 한 권을 통째로 읽을 수 있습니다. 저자들은 가중치도 나눕니다."],
    ["Do compilers need types?", "컴파일러에 형이 필요할까", "Not a new question. Is there an answer at all?", "새로운 물음은 아닙니다. 도대체 답이 있습니까?"],
    ["Training on two cards", "카드 두 장으로 학습하기", "A good guide for beginners. You need only an evening.", "처음 시작하는 분에게 좋은 안내서입니다. 하루 저녁이면 충분합니다."],
    ["The cost of caching", "캐시의 비용", "Measured with care. I like the last chart most.", "꼼꼼하게 쟀습니다. 마지막 그림이 가장 마음에 듭니다."],
    ["Notes on a release", "새 판에 관한 기록", "Three years after the first version, the interface is stable.", "첫 판이 나온 지 3년 만에 인터페이스가 굳었습니다."],
    ["Sparse layers", "희소 층", "They cost little because most weights are zero.", "가중치가 거의 모두 0이기 때문에 비용이 적습니다."],
    ["A parser in a weekend", "주말에 만드는 구문 분석기", "Read it twice! It is easy to follow.", "두 번 읽어 보세요! 따라 하기 쉬워요."],
    ["Errors as values", "값으로서의 오류", "The article explains when to return an error.", "언제 오류를 돌려줄 것인지 설명하는 글입니다."],
    ["Faster builds", "더 빠른 빌드", "It takes half the time. Nobody knows how far this goes.", "시간이 절반밖에 걸리지 않습니다. 어디까지 줄어들지는 아무도 모릅니다."],
    ["Reading the standard", "표준 읽기", "The text is dry, but it is worth reading.", "글은 딱딱하지만 읽어볼만합니다."],
    ["Graphs without tears", "눈물 없는 그래프", "Each chapter ends with exercises. Solutions are included.", "장마다 끝에 연습 문제가 있습니다. 풀이도 함께 실려 있습니다."],
    ["An allocator from scratch", "처음부터 만드는 할당자", "When memory is short, every byte counts.", "메모리가 모자랄 때는 바이트 하나하나가 중요합니다."],
    ["Why tests flake", "테스트가 흔들리는 까닭", "Clocks are to blame. So are shared folders.", "시계 탓이 큽니다. 함께 쓰는 폴더도 한몫합니다."],
    ["Queues and their ends", "대기열과 그 끝", "As far as I know, this is the first proof.", "제가 아는 한 첫 증명입니다. 아주 아주 짧습니다."],
    ["A tour of editors", "편집기 둘러보기", "The author tries ten of them. Which one wins?", "저자가 열 가지를 써 봅니다. 무엇이 이길까요?"],
    ["Fonts on small screens", "작은 화면의 글꼴", "What matters is the spacing, not the size.", "중요한 것은 크기가 아니라 간격입니다."],
    ["Logs that help", "도움이 되는 로그", "Write only as much as you will read.", "읽을 만큼만 쓰는 것이 좋습니다."],
    ["Porting a game", "게임 옮기기", "The team had done this before. It shows.", "이 팀은 전에도 해본 적이 있습니다. 그 솜씨가 드러납니다."],
];

/// A digest of all items, commentary by commentary as `korean` has it.
fn digests(items: &[[String; 4]]) -> (String, String) {
    let line = |address: usize, title: &str, text: &str| format!("- [{title}](https://a.example/{address}) – {text}\n");
    let side = |title: usize, text: usize| items.iter().enumerate().map(|(n, item)| line(n, &item[title], &item[text])).collect();
    (side(0, 2), side(1, 3))
}

fn good() -> Vec<[String; 4]> {
    ITEMS.iter().map(|item| item.map(str::to_owned)).collect()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// How many drafts each fault is put into.
const DRAFTS: usize = 100;

/// Puts a fault into one item of each of the drafts, and asserts that its check finds nearly all of them in that item, and nothing
/// without them.
#[track_caller]
fn assert_recall(check: &str, break_item: impl Fn(&mut [String; 4], &mut Dice) -> bool) {
    let project = Project::new("");
    project.remove("x.md");
    let mut dice = Dice(20);
    let mut broken: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for draft in 0..DRAFTS {
        let mut items = good();
        let number = loop {
            let number = dice.below(items.len());
            if break_item(&mut items[number], &mut dice) {
                break number;
            }
        };
        let (english, korean) = digests(&items);
        let korean = if draft % 10 == 9 { decomposed(&korean) } else { korean };
        project.write(&format!("d{draft:03}.md"), &english);
        project.write(&format!("d{draft:03}.ko.md"), &korean);
        broken.insert(format!("d{draft:03}.ko.md"), (number, items[number][1].clone() + " – " + &items[number][3]));
    }
    let run = project.run(&["check", ".", "--only", check, "--format", "json", "--fail-on", "never"]);
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    let found = value["findings"].as_array().expect("findings");
    let mut missed = Vec::new();
    for (file, (number, text)) in &broken {
        let here = found.iter().filter(|finding| finding["file"].as_str().is_some_and(|name| name.ends_with(file)));
        let items: Vec<u64> = here.filter_map(|finding| finding["item"].as_u64()).collect();
        assert!(items.iter().all(|item| *item == *number as u64 + 1), "{file}: another item: {items:?}, not {}: {text}", number + 1);
        if items.is_empty() {
            missed.push(text);
        }
    }
    assert!(missed.len() * 50 <= DRAFTS, "{check}: missed {}: {missed:#?}", missed.len());
}

#[test]
fn good_drafts_are_left_alone() {
    let (english, korean) = digests(&good());
    for korean in [korean.clone(), decomposed(&korean), korean.replace('\n', "\r\n"), format!("\u{feff}{korean}")] {
        let project = Project::new(&english);
        project.write("x.ko.md", &korean);
        let run = project.run(&["check", "x.md", "--only", CHECKS, "--fail-on", "hint"]);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        project.remove("x.md");
        let run = project.run(&["check", "x.ko.md", "--only", CHECKS, "--fail-on", "hint"]);
        assert_eq!(run.status, 0, "without English: {}{}", run.stdout, run.stderr);
    }
}

/// The plain form of a polite ending: 합니다, 있습니다, 입니다.
fn plain(polite: &str) -> Option<String> {
    let head = polite.strip_suffix("니다")?;
    if let Some(head) = head.strip_suffix('입') {
        return Some(format!("{head}이다"));
    }
    if let Some(head) = head.strip_suffix('습') {
        return Some(format!("{head}다"));
    }
    let last = head.chars().next_back()?;
    // ㅂ is 13 finals behind ㄴ.
    let bare = char::from_u32(u32::from(last) - 13)?;
    Some(format!("{}{bare}다", head.strip_suffix(last)?))
}

#[test]
fn a_sentence_in_another_register_is_found() {
    assert_recall("mixed-register", |item, dice| {
        let ends: Vec<usize> = item[3].match_indices("니다.").map(|(at, found)| at + found.len() - 1).collect();
        if ends.is_empty() {
            return false;
        }
        let end = dice.one_of(&ends);
        let Some(head) = plain(&item[3][..end]) else { return false };
        item[3] = format!("{head}{}", &item[3][end..]);
        true
    });
}

#[test]
fn a_doubled_word_is_found() {
    assert_recall("doubled-word", |item, dice| {
        let words: Vec<&str> = item[3].split(' ').collect();
        let at = dice.below(words.len());
        let bare = words[at].trim_end_matches(['.', '?', '!', ',']);
        if bare.chars().count() < 2 || ["아주", "하나하나가"].contains(&bare) || bare.contains("3년") {
            return false;
        }
        let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        out.insert(at, bare.to_owned());
        item[3] = out.join(" ");
        true
    });
}

#[test]
fn a_doubled_particle_is_found() {
    assert_recall("doubled-word", |item, dice| {
        let particle = dice.one_of(&["을", "를", "는", "에서"]);
        let places: Vec<usize> = item[3].match_indices(&format!("{particle} ")).map(|(at, _)| at).filter(|at| *at > 6).collect();
        // Adnominal 는 and 을 are no particles; doubled they are as wrong.
        if places.is_empty() {
            return false;
        }
        let at = dice.one_of(&places);
        item[3].insert_str(at, particle);
        true
    });
}

#[test]
fn a_lost_end_mark_is_found() {
    assert_recall("unclosed-sentence", |item, dice| {
        let marks: Vec<usize> = item[3].match_indices(['.', '?', '!']).map(|(at, _)| at).collect();
        let at = dice.one_of(&marks);
        item[3].remove(at);
        true
    });
}

#[test]
fn a_lost_question_mark_is_found() {
    assert_recall("unclosed-sentence", |item, _| {
        let asks = item[3].contains('?');
        item[3] = item[3].replace('?', ".");
        asks
    });
}

#[test]
fn a_title_with_a_stop_is_found() {
    assert_recall("title-stop", |item, _| {
        item[1].push('.');
        true
    });
}

#[test]
fn a_lost_blank_before_a_dependent_noun_is_found() {
    assert_recall("dependent-noun-spacing", |item, dice| {
        let nouns = [" 수 있", " 것", " 때", " 만큼", " 적이 있", " 지 3년", " 만에"];
        let noun = dice.one_of(&nouns);
        let Some(at) = item[3].find(noun) else { return false };
        item[3].remove(at);
        true
    });
}

#[test]
fn a_misspelling_is_found() {
    let misspellings = [
        ("됩", "됬습"),
        ("며칠", "몇일"),
        ("있습니다", "있읍니다"),
        ("드러납니다", "들어납니다"),
        ("꼼꼼하게", "꼼꼼이"),
        ("입니다.", "이예요. 됬다."),
        ("습니다.", "습니다. 학습율이 오릅니다."),
        ("니다.", "니다. 할께요."),
        ("니다.", "니다. 촛점을 봅니다."),
        ("니다.", "니다. 모델이예요."),
        ("니다.", "니다. 익숙치 않습니다."),
        ("니다.", "니다. 않 됩니다."),
        ("니다.", "니다. 하지 안습니다."),
        ("니다.", "니다. 갯수가 많습니다."),
        ("니다.", "니다. 왠만합니다."),
    ];
    assert_recall("confusable", |item, dice| {
        let (right, wrong) = dice.one_of(&misspellings);
        let has = item[3].contains(right);
        item[3] = item[3].replacen(right, wrong, 1);
        has
    });
}

#[test]
fn fixes_keep_the_form_of_the_file() {
    let wrong = "- [글](https://a.example) – 할수 있는 일이 몇일 걸렸습니다. 모델을 모델을 봅니다\n";
    let right = "- [글](https://a.example) – 할 수 있는 일이 며칠 걸렸습니다. 모델을 봅니다.\n";
    for form in [str::to_owned, decomposed as fn(&str) -> String] {
        let project = Project::new("- [A text](https://a.example) – What can be done took days. We look at the model.\n");
        project.write("x.ko.md", form(wrong));
        project.run(&["check", "x.md", "--only", CHECKS, "--fix", "--fail-on", "never"]);
        assert_eq!(project.read("x.ko.md"), form(right));
    }
}

#[test]
fn hostile_files_are_read_to_their_end() {
    for korean in [
        "",
        "\r\r\r",
        "\u{feff}",
        "- ((((((““““합니다",
        "- 😀😀 됬\u{0}다 \u{1112}\u{1161}\u{11AB}수 있다",
        "- '\"'\"(한다.\"' )) 합니다? 합니다?",
        "| 한다. | 합니다. |\n|-|-|\n| 됬 | 할수 |",
    ] {
        let project = Project::new("- ((“Is it?\n");
        project.write("x.ko.md", korean);
        let run = project.run(&[
            "check",
            "x.md",
            "--only",
            "mixed-register,doubled-word,unclosed-sentence,title-stop,dependent-noun-spacing,confusable,translationese",
            "--fail-on",
            "never",
        ]);
        assert_eq!(run.status, 0, "{korean:?}: {}", run.stderr);
        assert!(!run.stdout.contains("broke off") && !run.stderr.contains("panic"), "{korean:?}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn code_alone_is_no_english_left() {
    let project = Project::new("");
    project.remove("x.md");
    let checks = ["check", "x.ko.md", "--only", "untranslated,half-translated,english-left", "--format", "json", "--fail-on", "never"];
    let found = |korean: &str| {
        project.write("x.ko.md", korean);
        let report: Value = serde_json::from_str(&project.run(&checks).stdout).expect("a report");
        let findings = report["findings"].as_array().expect("a list").iter();
        findings.map(|finding| finding["check"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert!(found("- `npm install -g eslint`\n- 먼저 설치합니다. `npm install --save-dev eslint prettier jest`\n").is_empty());
    assert_eq!(found("- run it with `npm`\n- 먼저 설치합니다. Then run it again with `npm`.\n"), ["untranslated", "half-translated"]);
}
