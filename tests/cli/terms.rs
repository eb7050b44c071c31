//! `translate terms`, and what a run says of terms that its machine text lacks.

use crate::support::Project;
use serde_json::{Value, json};

const GLOSSARY: &str = r#"
[terms]
"saddle point" = { korean = "안장점", also = ["말안장점"], avoid = ["새들 포인트"] }
convex = "볼록"
dimension = "차원"
manifold = "다양체"
BERT = { keep = true, read = "버트" }
batch = [{ korean = "배치" }, { korean = "일괄" }]
"#;

const ENGLISH: &str = "# News\n\n- [Escaping saddle points](https://a.b/c) – A convex batch for BERT in high dimensions.\n- [Two](https://a.b/d) – Of `convex` code.\n";
const KOREAN: &str = "# 볼록 소식\n\n- [**안장점**에서 벗어나기](https://a.b/c) – BERT를 위한 새들 포인트를, 비볼록 고차원 일괄로.\n- [둘](https://a.b/d) – `볼록` 코드.\n";

fn project() -> Project {
    let project = Project::new(ENGLISH);
    project.write("glossary.toml", GLOSSARY);
    project
}

/// The fields of each hit that a person would name, with its text cut out of the file by its bytes.
fn shown(hits: &Value, text: &str, fields: &[&str]) -> Vec<String> {
    let shown = |hit: &Value| {
        let at = |key: &str| hit[key].as_u64().expect("an offset") as usize;
        assert_eq!(text[at("start")..at("end")], *hit["text"].as_str().expect("a text"));
        let named = fields.iter().map(|field| hit[*field].as_str().expect("a field")).chain([hit["text"].as_str().expect("a text")]);
        named.collect::<Vec<_>>().join(" ")
    };
    hits.as_array().expect("a list").iter().map(shown).collect()
}

#[test]
fn json_names_each_hit_of_both_sides_with_its_bytes() {
    let project = project();
    project.write("x.ko.md", KOREAN);
    let run = project.run(&["terms", "x.md", "--format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(found["version"], 1);
    assert_eq!((&found["english_file"], &found["korean_file"]), (&json!("x.md"), &json!("x.ko.md")));
    let items = found["items"].as_array().expect("items");
    assert_eq!(items.iter().map(|item| &item["item"]).collect::<Vec<_>>(), [&Value::Null, &json!(1)]);
    assert_eq!(shown(&items[0]["korean"], KOREAN, &["term", "kind"]), ["convex preferred 볼록"]);
    assert_eq!(
        shown(&items[1]["english"], ENGLISH, &["term"]),
        ["saddle point saddle points", "convex convex", "batch batch", "BERT BERT", "dimension dimensions"]
    );
    assert_eq!(
        shown(&items[1]["korean"], KOREAN, &["term", "rendering", "kind", "tail"]),
        [
            "saddle point 안장점 preferred 에서 안장점",
            "BERT BERT keep 를 BERT",
            "saddle point 새들 포인트 avoid 를 새들 포인트",
            "batch 일괄 preferred 로 일괄",
        ]
    );
}

#[test]
fn without_a_korean_file_only_english_is_searched() {
    let run = project().run(&["terms", "x.md", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(found["korean_file"], Value::Null);
    assert_eq!(found["items"][0]["korean"], json!([]));
}

#[test]
fn people_see_places_forms_and_tails() {
    let project = project();
    project.write("x.ko.md", KOREAN);
    let run = project.run(&["terms", "x.md"]);
    assert_eq!(
        run.stdout,
        "outside items\n  x.ko.md:1:3  convex  볼록 (preferred)\nitem 1\n  x.md:3:13  saddle point  as saddle points\n  x.md:3:47  convex\n  \
         x.md:3:54  batch\n  x.md:3:64  BERT\n  x.md:3:77  dimension  as dimensions\n  x.ko.md:3:6  saddle point  안장점 (preferred) + 에서\n  \
         x.ko.md:3:37  BERT  BERT (keep) + 를\n  x.ko.md:3:46  saddle point  새들 포인트 (avoid) + 를\n  \
         x.ko.md:3:63  batch  일괄 (preferred) + 로\n5 in English, 5 in Korean\n"
    );
}

#[test]
fn a_run_tells_which_terms_its_text_lacks_and_what_it_fixed() {
    let project = Project::new("- [On saddle points of manifolds](https://a.b/c) – Good.\n- [About BERT](https://a.b/d) – Good.\n");
    project.write("glossary.toml", GLOSSARY);
    project.filter("sed 's/On saddle points of manifolds/새들 포인트를 보다/; s/About BERT/버트 이야기/; s/Good/좋다/'");
    let run = project.run(&["--trust", "x.md"]);
    let said: Vec<&str> = run.stderr.lines().skip(1).take(3).collect();
    assert_eq!(
        said,
        [
            "x.md:1: fixed: 새들 포인트 -> 안장점",
            "x.md:1: item 1: `manifold` is in the English item, but `다양체` is not in the Korean one",
            "x.md:2: item 2: the name `BERT` stays in English, but it is not in the Korean text",
        ],
        "{}",
        run.stderr
    );
    assert_eq!(run.status, 0, "everything was translated");
    let again = project.run(&["--trust", "x.md"]);
    assert!(again.stderr.contains("`다양체` is not in the Korean one"), "{}", again.stderr);
    let edited = project.read("x.ko.md").replace("안장점을 보다", "안장점과 다양체를 보다").replace("버트 이야기", "그 모델 이야기");
    project.write("x.ko.md", &edited);
    let taken_over = project.run(&["--trust", "x.md"]);
    assert!(!taken_over.stderr.contains("is not in the Korean"), "what a person wrote is theirs: {}", taken_over.stderr);
}
