//! What is learned from edits, and what is not: sentences of three texts each (English, machine, approved) against a glossary.

use translate_digest::glossary::Glossary;
use translate_digest::review::learn::{Proposal, Triple, proposals};

/// Sentences that nobody had to edit: they tell which words go with what.
const OTHERS: &[(&str, &str)] = &[
    ("The model is trained on public data.", "모델은 공개 데이터로 훈련합니다."),
    ("A new model for images and text.", "이미지와 텍스트를 위한 새 모델입니다."),
    ("The network learns from examples.", "신경망은 예제에서 배웁니다."),
    ("Training takes two days on one machine.", "훈련은 한 대의 기계에서 이틀이 걸립니다."),
    ("The authors release code and weights.", "저자들은 코드와 가중치를 공개합니다."),
    ("Results on the validation data are good.", "검증 데이터에서 결과가 좋습니다."),
    ("A deep network with many layers.", "많은 층이 있는 깊은 신경망입니다."),
    ("Language understanding is hard.", "언어 이해는 어렵습니다."),
    ("The problem of small data.", "작은 데이터의 문제."),
    ("It reduces the error of the model.", "모델의 오차를 줄입니다."),
];

/// English, machine, approved: each an item of its own.
type Edit<'e> = (&'e str, &'e str, &'e str);

fn learned(edits: &[Edit], glossary: &str) -> Vec<Proposal> {
    let edited = edits.iter().zip(1..).map(|((english, machine, approved), item)| Triple {
        file: "a.md".to_owned(),
        item: Some(item),
        english: (*english).to_owned(),
        machine: Some((*machine).to_owned()),
        approved: Some((*approved).to_owned()),
    });
    let others = OTHERS.iter().zip(1..).map(|((english, korean), item)| Triple {
        file: "b.md".to_owned(),
        item: Some(item),
        english: (*english).to_owned(),
        machine: Some((*korean).to_owned()),
        approved: Some((*korean).to_owned()),
    });
    let triples: Vec<Triple> = edited.chain(others).collect();
    proposals(&triples, &Glossary::load("glossary.toml", glossary).expect("a glossary"))
}

/// One line for each proposal: `+` for a new term, `=` for a known one, the English, the Korean, the forms to avoid, how often.
fn told(proposals: &[Proposal]) -> Vec<String> {
    let line = |proposal: &Proposal| {
        let term = &proposal.term;
        let avoid: Vec<&str> = term.avoid.iter().map(|avoid| avoid.text.as_str()).collect();
        format!(
            "{} {} = {}, not {} ({})",
            if proposal.is_known { "=" } else { "+" },
            term.english,
            term.preferred(),
            avoid.join(" / "),
            proposal.times
        )
    };
    proposals.iter().map(line).collect()
}

#[track_caller]
fn assert_learned(edits: &[Edit], glossary: &str, expected: &[&str]) {
    assert_eq!(told(&learned(edits, glossary)), expected);
}

#[test]
fn a_noun_with_particles_of_all_kinds() {
    assert_learned(
        &[
            ("Overfitting is a risk here.", "여기서는 과대적합이 위험합니다.", "여기서는 과적합이 위험합니다."),
            ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막는다."),
            ("A study of overfitting in kernels.", "커널에서 과대적합에 대한 연구", "커널에서 과적합에 대한 연구"),
            ("From overfitting to generalization.", "과대적합에서 일반화까지", "과적합에서 일반화까지"),
            ("Overfitting and double descent.", "과대적합과 이중 하강", "과적합과 이중 하강"),
            ("Models without overfitting.", "과대적합 없는 모델", "과적합 없는 모델"),
        ],
        "",
        &["+ overfitting = 과적합, not 과대적합 (6)"],
    );
}

#[test]
fn a_verb_of_a_noun() {
    assert_learned(
        &[
            ("Large nets overfit quickly.", "큰 망은 빨리 과대적합됩니다.", "큰 망은 빨리 과적합된다."),
            ("It overfits after an epoch.", "한 에폭 뒤에 과대적합되는 것을 봅니다.", "한 에폭 뒤에 과적합되는 것을 봅니다."),
            ("The overfitted classifier fails.", "과대적합된 분류기는 실패합니다.", "과적합된 분류기는 실패한다."),
        ],
        "",
        &["+ overfitting = 과적합, not 과대적합 (3)"],
    );
}

#[test]
fn two_words_that_become_one() {
    assert_learned(
        &[
            ("Escaping saddle points efficiently.", "새들 포인트에서 효율적으로 벗어나기", "안장점에서 효율적으로 벗어나기"),
            (
                "Each saddle point has a negative direction.",
                "모든 새들 포인트는 음의 방향이 있습니다.",
                "모든 안장점에는 음의 방향이 있다.",
            ),
            ("We avoid the saddle point by noise.", "잡음으로 새들 포인트를 피합니다.", "잡음으로 안장점을 피한다."),
        ],
        "",
        &["+ saddle point = 안장점, not 새들 포인트 (3)"],
    );
}

#[test]
fn one_word_that_becomes_two() {
    assert_learned(
        &[
            ("Fine-tuning BERT is unstable.", "BERT의 파인튜닝은 불안정합니다.", "BERT의 미세 조정은 불안정합니다."),
            ("We compare fine-tuning and prompting.", "파인튜닝과 프롬프팅을 비교합니다.", "미세 조정과 프롬프팅을 비교합니다."),
            ("After fine tuning, accuracy rises.", "파인튜닝을 하면 정확도가 오릅니다.", "미세 조정을 하면 정확도가 오릅니다."),
        ],
        "",
        &["+ fine-tuning = 미세 조정, not 파인튜닝 (3)"],
    );
}

#[test]
fn a_word_of_a_longer_term() {
    assert_learned(
        &[
            ("Scaling large language models further.", "대형 언어 모델을 더 확장하기", "거대 언어 모델을 더 확장하기"),
            ("A large language model writes code.", "대형 언어 모델이 코드를 작성합니다.", "거대 언어 모델이 코드를 작성합니다."),
        ],
        "",
        &["+ large language model = 거대 언어 모델, not 대형 언어 모델 (2)"],
    );
}

#[test]
fn a_participle_that_becomes_a_noun() {
    assert_learned(
        &[
            ("Supervised learning needs labels.", "감독된 학습에는 레이블이 필요합니다.", "지도 학습에는 레이블이 필요합니다."),
            ("Beyond supervised learning.", "감독된 학습을 넘어서", "지도 학습을 넘어서"),
        ],
        "",
        &["+ supervised learning = 지도 학습, not 감독된 학습 (2)"],
    );
}

#[test]
fn a_word_in_front_of_an_unchanged_one() {
    assert_learned(
        &[
            ("Gradient descent finds it.", "경사 하강법이 그것을 찾습니다.", "기울기 하강법이 그것을 찾습니다."),
            ("Why gradient descent works.", "경사 하강법이 잘 되는 이유", "기울기 하강법이 잘 되는 이유"),
            ("The gradient vanishes.", "경사가 사라집니다.", "기울기가 사라집니다."),
        ],
        "",
        &["+ gradient = 기울기, not 경사 (3)"],
    );
}

#[test]
fn nouns_that_end_like_a_particle() {
    assert_learned(
        &[
            ("Precision is higher than before.", "정확도가 전보다 높습니다.", "정밀도가 전보다 높습니다."),
            ("We report precision only.", "정확도만 보고합니다.", "정밀도만 보고합니다."),
            ("High precision", "높은 정확도", "높은 정밀도"),
        ],
        "",
        &["+ precision = 정밀도, not 정확도 (3)"],
    );
}

#[test]
fn a_rendering_of_another_term_is_not_forbidden() {
    assert_learned(
        &[
            ("Precision is higher than before.", "정확도가 전보다 높습니다.", "정밀도가 전보다 높습니다."),
            ("We report precision only.", "정확도를 보고합니다.", "정밀도를 보고합니다."),
        ],
        "[terms]\naccuracy = \"정확도\"\n",
        &["+ precision = 정밀도, not  (2)"],
    );
}

#[test]
fn a_latin_name_that_was_spelled_out_stays() {
    assert_learned(
        &[
            ("BERT reads both ways.", "버트는 양쪽으로 읽습니다.", "BERT는 양쪽으로 읽습니다."),
            ("We distill BERT into it.", "우리는 버트를 증류합니다.", "우리는 BERT를 증류합니다."),
        ],
        "",
        &["+ BERT = BERT, not 버트 (2)"],
    );
}

#[test]
fn an_english_word_that_was_left_standing() {
    assert_learned(
        &[
            ("Attention is enough.", "attention만으로 충분합니다.", "어텐션만으로 충분합니다."),
            ("Sparse attention for long inputs.", "긴 입력을 위한 희소 attention", "긴 입력을 위한 희소 어텐션"),
            ("Attention maps explain little.", "attention을 그린 그림은 설명이 적습니다.", "어텐션을 그린 그림은 설명이 적습니다."),
        ],
        "",
        &["+ attention = 어텐션, not attention (3)"],
    );
}

#[test]
fn several_forms_of_one_term() {
    assert_learned(
        &[
            ("The embedding is learned.", "삽입은 학습됩니다.", "임베딩은 학습됩니다."),
            ("An embedding of words.", "단어의 삽입을 만듭니다.", "단어의 임베딩을 만듭니다."),
            ("Embeddings for graphs.", "그래프를 위한 매장이 있습니다.", "그래프를 위한 임베딩이 있습니다."),
            ("Text embeddings by size.", "크기별 텍스트 매장을 봅니다.", "크기별 텍스트 임베딩을 봅니다."),
        ],
        "",
        &["+ embedding = 임베딩, not 매장 / 삽입 (4)"],
    );
}

#[test]
fn a_known_term_learns_a_form_to_avoid() {
    let edits: &[Edit] = &[
        ("Overfitting is a risk here.", "여기서는 과대적합이 위험합니다.", "여기서는 과적합이 위험합니다."),
        ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막는다."),
    ];
    assert_learned(edits, "[terms]\noverfitting = \"과적합\"\n", &["= overfitting = 과적합, not 과대적합 (2)"]);
    assert_learned(edits, "[terms]\noverfitting = { korean = \"과적합\", avoid = [\"과대적합\"] }\n", &[]);
    assert_learned(edits, "[terms]\noverfitting = { korean = \"과적합\", also = [\"과대적합\"] }\n", &[]);
    assert_learned(edits, "[terms]\noverfitting = \"과대적합\"\n", &[]);
    assert_learned(edits, "[terms]\noverfitting = \"오버피팅\"\n", &[]);
    assert_learned(edits, "[terms]\nfit = { korean = \"적합\", avoid = [\"과적합\"] }\n", &[]);
    let senses = "[terms]\noverfitting = [{ korean = \"과적합\", sense = \"a\" }, { korean = \"과적합\", sense = \"b\" }]\n";
    assert_learned(edits, senses, &[]);
}

#[test]
fn what_the_english_leaves_open_is_proposed_for_a_known_term_only() {
    let edits: &[Edit] = &[
        ("Momentum and batch size matter.", "모멘트와 배치 크기가 중요합니다.", "모멘텀과 배치 크기가 중요합니다."),
        ("Batch size changes momentum.", "배치 크기가 모멘트를 바꿉니다.", "배치 크기가 모멘텀을 바꿉니다."),
    ];
    assert_learned(edits, "", &[]);
    assert_learned(edits, "[terms]\nmomentum = \"모멘텀\"\n", &["= momentum = 모멘텀, not 모멘트 (2)"]);
    // What the glossary explains is out of the question.
    assert_learned(edits, "[terms]\n\"batch size\" = \"배치 크기\"\n", &["+ momentum = 모멘텀, not 모멘트 (2)"]);
}

#[test]
fn one_sighting_is_none() {
    assert_learned(&[("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막습니다.")], "", &[]);
    let edit = ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막습니다.");
    assert_learned(&[edit, edit], "", &[]);
}

#[test]
fn particles_endings_blanks_marks_and_numbers_are_none() {
    for edits in [
        [
            ("A model of the sea.", "모델이 바다를 봅니다.", "모델은 바다를 봅니다."),
            ("The model of air.", "모델이 공기를 봅니다.", "모델은 공기를 봅니다."),
        ],
        [("It learns a map.", "지도를 학습합니다.", "지도를 학습한다."), ("It learns a code.", "부호를 학습합니다.", "부호를 학습한다.")],
        [("It has a map.", "지도가 있습니다.", "지도가 있다."), ("It has a code.", "부호가 있습니다.", "부호가 있다.")],
        [("Fine-tuning it.", "미세조정을 합니다.", "미세 조정을 합니다."), ("On fine-tuning.", "미세조정에 대해", "미세 조정에 대해")],
        [("Maps, codes.", "지도 부호를 씁니다.", "지도, 부호를 씁니다."), ("Codes, maps.", "부호 지도를 씁니다.", "부호, 지도를 씁니다.")],
        [
            ("It has 3 heads.", "머리가 3개를 넘습니다.", "머리가 5개를 넘습니다."),
            ("Over 3 codes.", "부호가 3개를 넘습니다.", "부호가 5개를 넘습니다."),
        ],
        [
            ("Codes of maps.", "지도의 부호들을 봅니다.", "지도의 부호를 봅니다."),
            ("Codes of seas.", "바다의 부호들을 봅니다.", "바다의 부호를 봅니다."),
        ],
    ] {
        assert_learned(&edits, "", &[]);
    }
}

#[test]
fn words_that_are_no_nouns_are_none() {
    for edits in [
        // Adverbs.
        [("Very fast hashing.", "매우 빠른 해싱", "아주 빠른 해싱"), ("Very slow hashing.", "매우 느린 해싱", "아주 느린 해싱")],
        // Verbs before a noun.
        [
            ("A figure that illustrates hashing.", "해싱을 보여주는 그림", "해싱을 나타내는 그림"),
            ("Code that illustrates sorting.", "정렬을 보여주는 코드", "정렬을 나타내는 코드"),
        ],
        // Verbs at the end.
        [
            ("It reveals hashing.", "해싱을 보여줍니다.", "해싱을 드러냅니다."),
            ("It reveals sorting.", "정렬을 보여줍니다.", "정렬을 드러냅니다."),
        ],
        // Adjectives.
        [("Diverse hashes.", "다양한 해시", "여러 해시"), ("Diverse sorts.", "다양한 정렬", "여러 정렬")],
        // Words of grammar.
        [("This hashes.", "이것은 해시합니다.", "이는 해시합니다."), ("This sorts.", "이것은 정렬합니다.", "이는 정렬합니다.")],
    ] {
        assert_learned(&edits, "", &[]);
    }
}

#[test]
fn editors_who_disagree_teach_nothing() {
    assert_learned(
        &[
            ("Overfitting is a risk here.", "여기서는 과대적합이 위험합니다.", "여기서는 과적합이 위험합니다."),
            ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막습니다."),
            ("Early stopping against overfitting.", "과대적합을 막는 조기 종료", "오버피팅을 막는 조기 종료"),
            ("Overfitting again.", "다시 과대적합이 보입니다.", "다시 오버피팅이 보입니다."),
        ],
        "",
        &[],
    );
}

#[test]
fn the_editors_who_are_more_are_followed() {
    assert_learned(
        &[
            ("Overfitting is a risk here.", "여기서는 과대적합이 위험합니다.", "여기서는 과적합이 위험합니다."),
            ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막습니다."),
            ("Much overfitting was seen.", "많은 과대적합을 봤습니다.", "많은 과적합을 봤습니다."),
            ("Weight decay and overfitting of trees.", "가중치 감쇠와 나무의 과대적합을 봅니다.", "가중치 감쇠와 나무의 과적합을 봅니다."),
            ("Early stopping against overfitting.", "과대적합을 막는 조기 종료", "오버피팅을 막는 조기 종료"),
        ],
        "",
        &["+ overfitting = 과적합, not 과대적합 (4)"],
    );
}

#[test]
fn a_machine_form_that_editors_let_stand_is_no_fault() {
    assert_learned(
        &[
            ("Overfitting is a risk here.", "여기서는 과대적합이 위험합니다.", "여기서는 과적합이 위험합니다."),
            ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 과적합을 막습니다."),
            ("Much overfitting was seen.", "많은 과대적합을 봤습니다.", "많은 과대적합을 봤습니다."),
            ("Little overfitting was seen.", "적은 과대적합을 봤습니다.", "적은 과대적합을 봤습니다."),
        ],
        "",
        &[],
    );
}

#[test]
fn a_note_in_brackets_and_quotes_are_no_part_of_the_term() {
    assert_learned(
        &[
            ("Dropout prevents overfitting.", "드롭아웃은 과대적합을 막습니다.", "드롭아웃은 '과적합(overfitting)'을 막습니다."),
            ("Overfitting in trees.", "나무에서 “과대적합”이 생깁니다.", "나무에서 과적합이 생깁니다."),
        ],
        "",
        &["+ overfitting = 과적합, not 과대적합 (2)"],
    );
}

#[test]
fn a_name_is_written_as_the_texts_write_it() {
    assert_learned(
        &[
            ("A Gaussian process for time.", "시간을 위한 가우시안 프로세스를 씁니다.", "시간을 위한 가우스 과정을 씁니다."),
            ("Deep Gaussian processes.", "깊은 가우시안 프로세스입니다.", "깊은 가우스 과정입니다."),
            ("On the Gaussian process.", "가우시안 프로세스에 대하여", "가우스 과정에 대하여"),
        ],
        "",
        &["+ Gaussian process = 가우스 과정, not 가우시안 프로세스 (3)"],
    );
}

#[test]
fn a_sentence_that_was_written_anew_still_shows_its_terms() {
    assert_learned(
        &[
            (
                "The transformer replaces recurrence with attention over all tokens.",
                "변압기는 모든 토큰에 대한 주의로 순환을 대체합니다.",
                "트랜스포머는 순환 대신 모든 토큰에 어텐션을 적용한다.",
            ),
            ("A transformer for proteins was released.", "단백질을 위한 변압기가 출시되었습니다.", "단백질용 트랜스포머가 공개됐다."),
        ],
        "",
        &["+ transformer = 트랜스포머, not 변압기 (2)"],
    );
}

mod any_texts {
    use proptest::prelude::*;
    use std::collections::HashSet;
    use translate_digest::glossary::Glossary;
    use translate_digest::review::learn::{Triple, proposals, write};

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC{0,30}",
            "((과적합|과대적합|모델|모형|새들 포인트|안장점|학습|훈련|BERT|버트|정확도|정밀도|loss|손실)(을|를|이|가|은|는|에서|으로|하다|합니다|된|한|도|)?[ ,.]){1,6}",
        ]
    }

    fn triples() -> impl Strategy<Value = Vec<Triple>> {
        let english = "((overfitting|models?|saddle points?|training|BERT|accuracy|loss|the|of|Adam's)[ ,.-]){0,6}";
        let one = ("[ab]", prop::option::of(1_usize..5), english, prop::option::of(text()), prop::option::of(text()));
        let triple = one.prop_map(|(file, item, english, machine, approved)| Triple { file, item, english, machine, approved });
        prop::collection::vec(triple, 0..12)
    }

    proptest! {
        #[test]
        fn proposals_are_founded_and_hold(triples in triples()) {
            let text = "[terms]\nloss = \"손실\"\nmodel = { korean = \"모델\", avoid = [\"모형\"] } # ours\n";
            let glossary = Glossary::load("g", text).expect("a glossary");
            let found = proposals(&triples, &glossary);
            for proposal in &found {
                prop_assert!(proposal.times > 1, "{:?}", proposal);
                for evidence in &proposal.evidence {
                    let items: HashSet<_> = evidence.sightings.iter().map(|seen| (&seen.file, seen.item, seen.item.is_none().then_some(&seen.english))).collect();
                    prop_assert!(items.len() > 1 && items.len() == evidence.sightings.len(), "{:?}", evidence);
                    prop_assert_ne!(&evidence.machine, &evidence.approved);
                }
            }
            // Written once, they are not proposed again.
            let (written, _) = write("g", text, &found.iter().collect::<Vec<_>>()).expect("a glossary");
            let again = proposals(&triples, &Glossary::load("g", &written).expect("a glossary"));
            let terms: Vec<_> = found.iter().flat_map(|p| p.evidence.iter().map(|e| (&p.term.english, &e.machine))).collect();
            prop_assert!(again.iter().all(|p| p.evidence.iter().all(|e| !terms.contains(&(&p.term.english, &e.machine)))), "{:?}", again);
            prop_assert!(written.contains("# ours"));
        }
    }
}
