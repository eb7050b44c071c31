//! Particles against another library, and properties that hold for any text.

use proptest::prelude::*;
use translate_digest::korean::agreement::faults;
use translate_digest::korean::hangul::{composed, decomposed};
use translate_digest::korean::host::sound_before;
use translate_digest::korean::particle::{self, Pair};
use translate_digest::korean::register::register_of;
use translate_digest::korean::tail::{is_tail, kind_of_tail};

/// Hosts that end in every final consonant, double ones included, and in vowels.
const HANGUL: &str = "안장점 함수 모델 행렬 값 닭 앎 여덟 부엌 밖 몫 앉 않 끝 꽃 숲 빛 히읗 곳 낮 강 손 밤 집 옷 책 데이터 알고리즘 서울 미니맥스 토큰 배치 층 물 흙 삶 넋 외곬 핥 읊 잃 없 있 커널 확률 결과 트랜스포머";

/// Integers, decimals, negative and grouped numbers that end in every digit.
const DIGITS: &str = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 100 101 1000 10000 100000 1000000 100000000 1.0 0.1 0.5 2.10 3.14 -1 -3 1,000 10,000 3,000,000 1,008 1,230 0.10 0.0 007 2026";

const PAIRS: &[(&str, &str)] = &[
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("으로서", "로서"),
    ("으로써", "로써"),
    ("으로부터", "로부터"),
    ("이나", "나"),
    ("이란", "란"),
    ("이라는", "라는"),
    ("이라고", "라고"),
    ("이라도", "라도"),
    ("이라면", "라면"),
    ("이야말로", "야말로"),
    ("이든지", "든지"),
    ("이든", "든"),
    ("이랑", "랑"),
    ("이며", "며"),
    ("이나마", "나마"),
    ("은커녕", "는커녕"),
    ("이다", "다"),
    ("이에요", "예요"),
    ("이었다", "였다"),
    ("이여", "여"),
];

fn ours(host: &str, (one, other): (&str, &str)) -> String {
    let pair = Pair::new(one, other).unwrap_or_else(|| panic!("{one}/{other}"));
    match sound_before(host) {
        Some(reading) => format!("{host}{}", pair.fit(reading.sound)),
        None => format!("{host}{}", pair.undecided()),
    }
}

/// Where tossicat answers otherwise, and why it is not followed: host (or any), the pair's first form, its answer, the reason.
const DIFFERENCES: &[(Option<&str>, &str, &str, &str)] = &[
    (None, "은커녕", "error", "its list of particles has no 은커녕; 표준국어대사전 has 은커녕 and 는커녕"),
    (Some("1,000"), "으로", "1,000로", "it reads 1,000 as 일, after 천 it has to be 으로, as it answers itself for 1000 and 10,000"),
    (Some("1,000"), "으로서", "1,000로서", "the same"),
    (Some("1,000"), "으로써", "1,000로써", "the same"),
    (Some("1,000"), "으로부터", "1,000로부터", "the same"),
];

#[test]
fn tossicat_differs_only_where_the_reason_is_known() {
    let mut met = vec![false; DIFFERENCES.len()];
    let mut unexplained = Vec::new();
    for host in HANGUL.split(' ').chain(DIGITS.split(' ')) {
        for pair in PAIRS {
            let theirs = tossicat::postfix(host, pair.0).unwrap_or_else(|_| "error".to_string());
            let ours = ours(host, *pair);
            if theirs == ours {
                continue;
            }
            let known =
                DIFFERENCES.iter().position(|(of, form, answer, _)| of.is_none_or(|of| of == host) && *form == pair.0 && *answer == theirs);
            match known {
                Some(index) => met[index] = true,
                None => unexplained.push(format!("{host} + {}/{}: ours {ours}, theirs {theirs}", pair.0, pair.1)),
            }
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let gone: Vec<_> = DIFFERENCES.iter().zip(&met).filter(|(_, met)| !**met).map(|(row, _)| row).collect();
    assert!(gone.is_empty(), "no longer different: {gone:#?}");
}

#[test]
fn latin_hosts_have_one_form_where_tossicat_gives_both() {
    for (host, right) in [("API", "API를"), ("LLM", "LLM을"), ("HTML", "HTML을"), ("PyTorch", "PyTorch를"), ("model", "model을")] {
        assert!(tossicat::postfix(host, "을").is_ok_and(|theirs| theirs.contains('(')), "{host}");
        assert_eq!(ours(host, ("을", "를")), right);
    }
}

/// Text of the characters that matter here, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[가-힣]{1,4}",
        "[a-zA-Z]{1,5}",
        "[0-9]{1,3}",
        prop::sample::select(vec![
            "을",
            "를",
            "은",
            "는",
            "이",
            "가",
            "으로",
            "로",
            "과",
            "와",
            "에서",
            "들",
            "이라는",
            "라고",
            "이다",
            "하는",
            " ",
            "(",
            ")",
            "[",
            "]",
            "`",
            "``",
            "\"",
            "'",
            "“",
            "”",
            "$",
            "<",
            ">",
            "</b>",
            "**",
            ".",
            ",",
            "!",
            "/",
            "-",
            "%",
            "²",
            "é",
            "α",
            "\u{fffc}",
            "\u{11a8}",
            "\u{1100}",
            "😀",
            "漢",
            "\n",
            "을(를)",
            "(으)로",
            "(이)라는",
        ])
        .prop_map(str::to_string),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn assert_within(text: &str) {
    for misfit in faults(text, &[]).misfits {
        let written = &text[misfit.particle.clone()];
        assert_ne!(written, misfit.right, "{text:?}");
        assert!(misfit.host.end <= misfit.particle.start && !text[misfit.host].is_empty(), "{text:?}");
    }
    for spaced in faults(text, &[]).spaced {
        assert!(text[spaced.blank.clone()].chars().all(char::is_whitespace) && spaced.blank.end == spaced.particle.start, "{text:?}");
    }
    for alternative in faults(text, &[]).alternatives {
        assert!(text[alternative.span].contains(['(', '/']), "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        assert_within(&text);
        let _ = (sound_before(&text), register_of(&text), is_tail(None, &text), kind_of_tail(None, &text));
        let _ = (particle::fit(&text, "을"), particle::fit("점", &text), Pair::new(&text, &text));
    }

    #[test]
    fn no_korean_text_makes_it_panic(text in soup()) {
        assert_within(&text);
        let _ = (sound_before(&text), register_of(&text));
    }

    #[test]
    fn correcting_adds_no_misfits(text in soup()) {
        let mut right = text.clone();
        for misfit in faults(&text, &[]).misfits.into_iter().rev() {
            right.replace_range(misfit.particle, &misfit.right);
        }
        // Only the count is compared: a correction may make another word, whose particle is judged anew.
        let before = faults(&text, &[]).misfits.len();
        prop_assert!(faults(&right, &[]).misfits.len() <= before, "{text:?} -> {right:?}");
    }

    #[test]
    fn composed_and_decomposed_hosts_sound_alike(text in "[가-힣a-zA-Z0-9 ()“”]{0,12}") {
        prop_assert_eq!(sound_before(&text), sound_before(&decomposed(&text)));
        prop_assert_eq!(register_of(&text), register_of(&decomposed(&text)));
        prop_assert_eq!(composed(&decomposed(&text)), text);
    }
}

#[test]
fn long_hostile_texts_are_read_to_their_end() {
    for unit in [
        "(",
        "(를",
        ")를",
        "`를 ",
        "[]를",
        "$를 ",
        "((점)를",
        "점를",
        "을(를)",
        "(으)로",
        " 를",
        "\"를",
        "a를",
        "<a>를",
        "들",
        "에서은",
        "1를 ",
    ] {
        let text = unit.repeat(10_000);
        let _ = (faults(&text, &[]), register_of(&text));
    }
}
