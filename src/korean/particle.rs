//! Particles (조사): which letters are one, how they stack, and which of two forms fits a word.
//!
//! 한글 맞춤법 제41항: a particle is written onto the word before it, also where particles stack (집에서처럼, 학교에서만이라도).

use std::borrow::Cow;

use super::ending::{COPULA, is_dropped_copula};
use super::hangul::{Final, composed, decomposed, final_sound, run_len, strip};

/// Forms that alternate: after a consonant, after a vowel. After ㄹ the first, but 로. Longer ones stand before those that they start with.
///
/// The forms of the copula are here where writing drops or contracts its 이 after a vowel as a rule (이라는, 이었다, 이에요).
/// Where that is open (함수이며, 함수며) both are right, and [`fit`] leaves what was written.
const PAIRS: &[(&str, &str)] = &[
    // contrast, with the auxiliary 커녕
    ("은커녕", "는커녕"),
    ("은", "는"),
    // choice and concession
    ("이나마", "나마"),
    ("이나", "나"),
    ("이든지", "든지"),
    ("이든가", "든가"),
    ("이든", "든"),
    // emphasis
    ("이야말로", "야말로"),
    // quoting forms of the copula
    ("이라든지", "라든지"),
    ("이라든가", "라든가"),
    ("이라면서", "라면서"),
    ("이라면", "라면"),
    ("이라며", "라며"),
    ("이라는", "라는"),
    ("이라니", "라니"),
    ("이라고", "라고"),
    ("이라도", "라도"),
    ("이라서", "라서"),
    ("이라야", "라야"),
    ("이란", "란"),
    ("이라", "라"),
    // company
    ("이랑", "랑"),
    // vocative
    ("이시여", "시여"),
    ("이여", "여"),
    // contracted forms of the copula
    ("이었", "였"),
    ("이에요", "예요"),
    ("이어서", "여서"),
    ("이어야", "여야"),
    ("이어도", "여도"),
    ("이어요", "여요"),
    // subject, object, company, direction and means
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
];

/// Particles of place, person, direction, means and company (부사격, 접속): the first of a stack.
const CASES: &[&str] = &[
    "에",
    "에서",
    "에게",
    "에게서",
    "에다",
    "에다가",
    "께",
    "께서",
    "한테",
    "한테서",
    "더러",
    "하고",
    "으로",
    "로",
    "으로서",
    "로서",
    "으로써",
    "로써",
    "과",
    "와",
    "이랑",
    "랑",
];

/// Auxiliary particles and comparisons that others may follow (보조사, 비교): the middle of a stack.
const LIMITS: &[&str] =
    &["부터", "까지", "만", "만으로", "조차", "마저", "뿐", "밖에", "마다", "대로", "만큼", "처럼", "같이", "보다", "치고"];

/// Particles that nothing follows: subject, object, possessive, topic, choice, emphasis, vocative.
const LAST: &[&str] = &[
    "이",
    "가",
    "을",
    "를",
    "의",
    "은",
    "는",
    "도",
    "이나",
    "나",
    "이나마",
    "나마",
    "이라도",
    "라도",
    "이야말로",
    "야말로",
    "이든",
    "든",
    "이든지",
    "든지",
    "이든가",
    "든가",
    "은커녕",
    "는커녕",
    "커녕",
    "이란",
    "란",
    "이여",
    "여",
    "이시여",
    "시여",
];

/// No particle, stack of particles or form of the copula has more bytes: 에서뿐이었습니다만 has nine syllables. A run of a million syllables is none,
/// and is not looked at.
pub const LONGEST: usize = 96;

/// What does not follow a case particle, only an auxiliary: 만을, 까지가.
const SUBJECT_OR_OBJECT: &[&str] = &["이", "가", "을", "를"];

/// The plural 들 ends in ㄹ itself, and what follows it agrees with it: 모델들로.
const PLURAL: &str = "들";

/// The form of `particle` that fits after `host`; whatever is no alternating particle comes back as it is.
///
/// `None` where it depends on a last sound that is unknown here (a host that does not end in a Hangul syllable). A full copula that is
/// legal after the host stays (함수이며); decomposed text gives decomposed text.
pub fn fit<'a>(host: &str, particle: &'a str) -> Option<Cow<'a, str>> {
    fit_sound(final_sound(host), particle)
}

/// [`fit`] for a host whose last sound is known some other way, such as a Latin name's reading.
pub fn fit_sound(host: Option<Final>, particle: &str) -> Option<Cow<'_, str>> {
    let shown = composed(particle);
    let Some((after_consonant, after_vowel)) = forms(&shown) else { return Some(Cow::Borrowed(particle)) };
    let right = match host? {
        Final::Vowel => after_vowel,
        // Of all pairs only 으로 treats ㄹ like a vowel.
        Final::Liquid if after_consonant.starts_with("으로") => after_vowel,
        Final::Consonant | Final::Liquid => after_consonant,
    };
    Some(if right == shown {
        Cow::Borrowed(particle)
    } else if shown == particle {
        Cow::Owned(right)
    } else {
        Cow::Owned(decomposed(&right))
    })
}

/// The two forms of one alternating particle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    after_consonant: String,
    after_vowel: String,
}

impl Pair {
    /// The pair of these two forms in either order, such as 을 and 를, 이라는 and 라는; `None` where they are none.
    pub fn new(one: &str, other: &str) -> Option<Self> {
        let (one, other) = (composed(one), composed(other));
        // The vocative is no particle of running text, and so has no other place here.
        let vocative =
            || [&one, &other].iter().all(|form| matches!(form.as_str(), "아" | "야")).then(|| ("아".to_owned(), "야".to_owned()));
        let is_both = |(c, v): &(String, String)| (*c == one && *v == other) || (*c == other && *v == one);
        let found = [forms(&one), forms(&other), vocative()].into_iter().flatten().find(|pair| is_both(pair) && pair.0 != pair.1)?;
        Some(Self { after_consonant: found.0, after_vowel: found.1 })
    }

    /// The form that fits after this last sound.
    pub fn fit(&self, host: Final) -> &str {
        match host {
            Final::Vowel => &self.after_vowel,
            Final::Liquid if self.after_consonant.starts_with("으로") => &self.after_vowel,
            Final::Consonant | Final::Liquid => &self.after_consonant,
        }
    }

    /// Both forms at once, as Korean writes them where the sound is unknown: 을(를), 이(가), 은(는), 와(과), (으)로, (이)라는.
    pub fn undecided(&self) -> String {
        let (long, short) = (&self.after_consonant, &self.after_vowel);
        if let Some(dropped) = long.strip_suffix(short.as_str()).filter(|dropped| !dropped.is_empty()) {
            return format!("({dropped}){short}");
        }
        // What follows both forms is written once: 은(는)커녕, 와(과)의.
        for (first, second) in [("을", "를"), ("이", "가"), ("은", "는"), ("과", "와")] {
            if let (Some(rest), Some(same)) = (long.strip_prefix(first), short.strip_prefix(second))
                && rest == same
            {
                let (first, second) = if first == "과" { (second, first) } else { (first, second) };
                return format!("{first}({second}){rest}");
            }
        }
        format!("{long}({short})")
    }
}

/// The particle that `tail` starts with, stacked ones and the copula included, where it fills the whole Hangul run.
///
/// The host is unknown, so that a form which would be wrong after it is found too: that is another matter.
pub fn split_particle(tail: &str) -> Option<&str> {
    let run = &tail[..run_len(tail)];
    is_particle(run).then_some(run)
}

/// Whether the run as a whole is a particle, a stack of them or a form of the copula, after some host.
pub fn is_particle(run: &str) -> bool {
    // A syllable has three letters of three bytes at most.
    run.len() <= 3 * LONGEST && is_particle_after(None, &composed(run))
}

/// [`is_particle`] for a composed run after a known host. After a consonant the copula without its 이 (점며) is none.
pub fn is_particle_after(host: Option<Final>, run: &str) -> bool {
    if run.len() > LONGEST {
        return false;
    }
    if let Some(rest) = run.strip_prefix(PLURAL) {
        return rest.is_empty() || (!rest.starts_with(PLURAL) && is_particle_after(Some(Final::Liquid), rest));
    }
    is_stack(host, run) || is_stack_with_copula(run) || is_copula(host, run)
}

/// [`is_particle_after`] without the copula: particles of case, limit and emphasis, with or without the plural 들.
pub fn is_stack_after(host: Option<Final>, run: &str) -> bool {
    if run.len() > LONGEST {
        return false;
    }
    match run.strip_prefix(PLURAL) {
        Some(rest) => rest.is_empty() || is_stack(Some(Final::Liquid), rest),
        None => is_stack(host, run),
    }
}

/// Every particle, and every stack of two that is at most four syllables long, for whoever looks letters up instead of judging them.
pub(super) fn spellings() -> impl Iterator<Item = String> {
    let pairs = PAIRS.iter().flat_map(|(after_consonant, after_vowel)| [*after_consonant, *after_vowel]);
    let single = pairs.chain(CASES.iter().chain(LIMITS).chain(LAST).copied()).map(str::to_owned);
    let stack = |first: &'static [&str], second: &'static [&str]| {
        first.iter().flat_map(move |first| second.iter().map(move |second| (*first, *second)))
    };
    let stacks =
        stack(CASES, LIMITS).chain(stack(CASES, LAST).filter(|(_, last)| !SUBJECT_OR_OBJECT.contains(last))).chain(stack(LIMITS, LAST));
    single.chain(stacks.map(|(first, second)| format!("{first}{second}")).filter(|stack| stack.chars().count() <= 4))
}

/// A stack with no copula in it: a case particle, up to two auxiliaries, a last particle, each of them optional.
fn is_stack(host: Option<Final>, run: &str) -> bool {
    let after_case = |rest: &str| rest.is_empty() || (!SUBJECT_OR_OBJECT.contains(&rest) && continues(None, rest, 2, false));
    CASES.iter().any(|case| strip(run, case).is_some_and(|rest| fits(host, case) && after_case(rest))) || continues(host, run, 2, false)
}

/// A stack that ends in the copula: 뿐이다, 에서입니다. After 와 and 로 such letters are other words (와인).
fn is_stack_with_copula(run: &str) -> bool {
    let after_case = |rest: &str| continues(None, rest, 2, true) || COPULA.accepts(rest, &is_hostless_stack);
    CASES.iter().any(|case| case.ends_with(['서', '게']) && strip(run, case).is_some_and(after_case)) || continues(None, run, 2, true)
}

/// Up to `limits` auxiliaries, then a last particle or, where `copula` says so, the copula. A last particle may disagree with the
/// auxiliary before it (까지은): it is still a particle, and a check's business.
fn continues(host: Option<Final>, run: &str, limits: usize, copula: bool) -> bool {
    let after_limit = |rest: &str| {
        (rest.is_empty() && !copula) || (copula && COPULA.accepts(rest, &is_hostless_stack)) || continues(None, rest, limits - 1, copula)
    };
    (!copula && LAST.iter().any(|last| strip(run, last).is_some_and(str::is_empty) && fits(host, last)))
        || (limits > 0 && LIMITS.iter().any(|limit| strip(run, limit).is_some_and(after_limit)))
}

/// Particles after a nominal ending (하기는, 인지를).
fn is_hostless_stack(run: &str) -> bool {
    is_stack(None, run)
}

fn is_copula(host: Option<Final>, run: &str) -> bool {
    COPULA.accepts(run, &is_hostless_stack) || (matches!(host, None | Some(Final::Vowel)) && is_dropped_copula(run, &is_hostless_stack))
}

/// Whether a form without its 이 (나, 란, 든) may stand after the host.
fn fits(host: Option<Final>, form: &str) -> bool {
    matches!(host, None | Some(Final::Vowel)) || !PAIRS.iter().any(|(full, bare)| *bare == form && full.strip_prefix('이') == Some(bare))
}

/// Both forms of an alternating particle, after a consonant and after a vowel; `None` where it does not alternate or is no particle.
fn forms(run: &str) -> Option<(String, String)> {
    if !is_particle_after(None, run) {
        return None;
    }
    for (after_consonant, after_vowel) in PAIRS {
        // A prefix is the pair's only where the other form is a particle too: 이 of 이면 is not the 이 of 이/가.
        for (own, other) in [(after_consonant, after_vowel), (after_vowel, after_consonant)] {
            let Some(rest) = run.strip_prefix(own) else { continue };
            if is_particle_after(None, &format!("{other}{rest}")) {
                return Some((format!("{after_consonant}{rest}"), format!("{after_vowel}{rest}")));
            }
        }
    }
    let full = format!("{}{run}", COPULA.vowel);
    let is_dropped = !is_particle_after(Some(Final::Consonant), run) && COPULA.accepts(&full, &is_hostless_stack);
    is_dropped.then(|| (full, run.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_fits(host: &str, written: &str, expected: &str) {
        assert_eq!(fit(host, written).as_deref(), Some(expected), "{host} + {written}");
        let nfd = fit(&decomposed(host), &decomposed(written)).map(|form| form.into_owned());
        assert_eq!(nfd, Some(decomposed(expected)), "{host} + {written}, decomposed");
    }

    /// From either form, the right one after each sound: 점 C, 모델 L, 함수 V.
    fn assert_pair(after_consonant: &str, after_liquid: &str, after_vowel: &str) {
        for written in [after_consonant, after_vowel] {
            assert_fits("안장점", written, after_consonant);
            assert_fits("모델", written, after_liquid);
            assert_fits("함수", written, after_vowel);
        }
    }

    #[test]
    fn pairs_follow_the_last_sound() {
        for (c, v) in PAIRS.iter().filter(|(c, _)| !matches!(*c, "으로" | "이었")) {
            assert_pair(c, c, v);
        }
        assert_pair("이었다", "이었다", "였다");
        assert_pair("이었던", "이었던", "였던");
        assert_pair("이라고는", "이라고는", "라고는");
        assert_pair("과의", "과의", "와의");
    }

    #[test]
    fn the_whole_family_of_direction_takes_liquids_like_vowels() {
        for rest in ["", "서", "써", "부터", "의", "는", "도", "만", "까지", "부터의", "서의", "써만", "까지도"] {
            assert_pair(&format!("으로{rest}"), &format!("로{rest}"), &format!("로{rest}"));
        }
    }

    #[test]
    fn a_legal_copula_stays_as_written_and_a_bare_one_gets_its_vowel_back() {
        for form in ["이며", "이고", "이다", "이면", "이지만", "이므로", "인", "일", "임을", "입니다", "인지를"] {
            for host in ["안장점", "모델", "함수"] {
                assert_fits(host, form, form);
            }
        }
        for bare in ["며", "고", "다", "면", "지만", "므로", "니까"] {
            assert_fits("함수", bare, bare);
            assert_fits("점", bare, &format!("이{bare}"));
            assert_fits("모델", bare, &format!("이{bare}"));
        }
    }

    #[test]
    fn a_pair_is_known_in_either_order_and_has_a_form_for_the_unknown() {
        for (one, other, undecided) in [
            ("을", "를", "을(를)"),
            ("가", "이", "이(가)"),
            ("은", "는", "은(는)"),
            ("과", "와", "와(과)"),
            ("로", "으로", "(으)로"),
            ("으로부터의", "로부터의", "(으)로부터의"),
            ("라는", "이라는", "(이)라는"),
            ("이며", "며", "(이)며"),
            ("이다", "다", "(이)다"),
            ("은커녕", "는커녕", "은(는)커녕"),
            ("와의", "과의", "와(과)의"),
            ("이에요", "예요", "이에요(예요)"),
            ("아", "야", "아(야)"),
        ] {
            assert_eq!(Pair::new(one, other).map(|pair| pair.undecided()).as_deref(), Some(undecided), "{one}/{other}");
            assert_eq!(Pair::new(other, one), Pair::new(one, other));
        }
        for (one, other) in [("을", "을"), ("을", "는"), ("에서", "에서"), ("x", "y"), ("", ""), ("이", "를"), ("으로", "로서")]
        {
            assert_eq!(Pair::new(one, other), None, "{one}/{other}");
        }
        let direction = Pair::new("으로", "로").expect("a pair");
        assert_eq!([Final::Consonant, Final::Liquid, Final::Vowel].map(|sound| direction.fit(sound)), ["으로", "로", "로"]);
    }

    #[test]
    fn what_does_not_alternate_stays() {
        for same in
            ["의", "에", "에서", "에서는", "에게만", "도", "만을", "만이", "까지도", "뿐이다", "뿐만", "들로", "들은", "하고", "클럽", ""]
        {
            assert_fits("점", same, same);
            assert_fits("함수", same, same);
        }
        assert_eq!(fit("BERT", "를"), None, "an unknown sound");
        assert_eq!(fit("BERT", "에서").as_deref(), Some("에서"), "which does not matter here");
    }

    #[test]
    fn a_particle_fills_the_whole_run() {
        for particle in [
            "을",
            "에서는",
            "에서처럼",
            "에서만이라도",
            "으로부터의",
            "에게만",
            "까지도",
            "뿐만",
            "뿐이다",
            "들에게서는",
            "들",
            "은커녕",
            "이라는",
            "입니다",
            "였던",
            "이었습니다",
            "에서은",
            "와의",
            "인지를",
            "이기도",
            "만큼은",
            "에서도",
            "한테서",
            "마다의",
            "만으로",
            "만으로도",
        ] {
            assert_eq!(split_particle(particle), Some(particle));
            assert_eq!(split_particle(&format!("{particle} 다음")), Some(particle));
            let nfd = decomposed(particle);
            assert_eq!(split_particle(&format!("{nfd}.")), Some(nfd.as_str()));
        }
        for other in
            ["", " 은", "클럽", "이론", "도서관", "가중치", "의존", "만족", "은행", "에너지", "로봇", "나무", "과정", "와인", "x는"]
        {
            assert_eq!(split_particle(other), None, "{other}");
        }
    }

    #[test]
    fn a_bare_copula_is_none_after_a_consonant() {
        for bare in ["며", "다", "나", "란", "라는", "였다"] {
            assert!(is_particle_after(Some(Final::Vowel), bare), "{bare}");
            assert!(!is_particle_after(Some(Final::Consonant), bare), "{bare}");
            assert!(!is_particle_after(Some(Final::Liquid), bare), "{bare}");
        }
    }
}
