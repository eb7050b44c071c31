//! Verbal endings: what may follow 하-, 되-, 시키- and the copula 이-, by the class of stem that they stand on.
//!
//! The lists are a grammar's tables of endings (어미), in the forms that written explanatory Korean uses.

/// Endings on any vowel stem, the copula's included: sentence-final, connective, quoting (copula and imperative).
const ON_VOWEL_STEM: &[&str] = &[
    // final
    "다",
    "지",
    "지요",
    "죠",
    "네",
    "네요",
    "구나",
    "군",
    "군요",
    "냐",
    "니",
    "자",
    // connective
    "고",
    "고서",
    "며",
    "면",
    "면서",
    "므로",
    "지만",
    "나",
    "니까",
    "거나",
    "든",
    "든지",
    "든가",
    "더라도",
    "더니",
    "던",
    "던데",
    "려면",
    "되",
    // quoting
    "라",
    "라고",
    "라는",
    "라며",
    "라면",
    "라면서",
    "라서",
    "라도",
    "라든지",
    "라든가",
    "라니",
    "라야",
    "란", // nominal
    "기",
];

/// Endings of the copula only: the final 야, and the quoting 랍니다.
const ON_COPULA: &[&str] = &["야", "랍니다"];

/// Endings of verbs only: adnominal and connective 는, purpose and extent, honorific, request.
const ON_VERB: &[&str] = &[
    "는",
    "는데",
    "는데도",
    "는지",
    "는가",
    "는가요",
    "느냐",
    "느라",
    "게",
    "게끔",
    "도록",
    "려",
    "려고",
    "려는",
    "려던",
    "러",
    "자마자",
    "자고",
    "자는",
    "나요",
    "시고",
    "시는",
    "시면",
    "세요",
    "십시오",
    "지도",
];

/// Endings after the past and the presumptive: 었 였 했 됐 켰, 겠.
const AFTER_PAST: &[&str] = &[
    "다",
    "다고",
    "다는",
    "다면",
    "다가",
    "다며",
    "던",
    "던데",
    "더니",
    "더라도",
    "더라면",
    "고",
    "으며",
    "으면",
    "으므로",
    "으나",
    "으니",
    "으니까",
    "으면서",
    "지만",
    "지",
    "지요",
    "죠",
    "을",
    "을까",
    "을까요",
    "을지",
    "을지도",
    "을지라도",
    "을수록",
    "기",
    "음",
    "는데",
    "는데도",
    "는지",
    "는가",
    "나",
    "나요",
    "냐",
    "습니다",
    "습니다만",
    "습니까",
    "어요",
    "어도",
    "어야",
    "거나",
    "든지",
    "네요",
    "구나",
    "군요",
    "고요",
];

/// What follows a stem fused with ㄴ (한, 된, 인), as an adnominal or before a bound form.
const AFTER_N: &[&str] = &["", "데", "데도", "데요", "지", "지도", "가", "가요", "들", "즉", "양"];

/// What follows a present-tense verb in ㄴ (한다, 된다); the copula has 이다 instead.
const AFTER_N_OF_VERB: &[&str] = &["다", "다고", "다는", "다면", "다며", "다거나", "다든지", "다지만", "다네"];

/// What follows a stem fused with ㄹ (할, 될, 일).
const AFTER_L: &[&str] = &["", "까", "까요", "지", "지도", "지라도", "수록", "뿐", "뿐만", "때", "게", "게요", "걸", "지언정"];

/// What follows a stem fused with ㅂ (합, 됩, 입).
const AFTER_B: &[&str] = &["니다", "니다만", "니까", "시다"];

/// What follows the connective form in 아/어 (해, 돼, 시켜).
const AFTER_A: &[&str] = &["", "서", "도", "야", "야만", "야지", "요", "라", "서는", "서도"];

/// Endings that make a noun of the verb, or that an auxiliary particle may follow: 하기는, 했음을, 하는지도, 하면서도, 하고는.
const TAKE_PARTICLES: &[&str] =
    &["기", "음", "지", "는지", "을지", "는가", "가", "고", "면서", "으면서", "려고", "도록", "게", "라고", "다고", "뿐"];

/// How a stem shows itself before each class of ending.
pub(super) struct Stem {
    /// Before endings that start with a consonant: 하.
    pub vowel: &'static str,
    /// Fused with ㄴ, ㄹ, ㅁ and ㅂ: 한 할 함 합.
    pub n: &'static str,
    pub l: &'static str,
    pub m: &'static str,
    pub b: &'static str,
    /// The connective forms: 해, 하여.
    pub a: &'static [&'static str],
    /// The past: 했, 하였.
    pub past: &'static [&'static str],
    pub is_copula: bool,
}

/// The light verbs of Sino-Korean nouns.
pub(super) const LIGHT_VERBS: &[Stem] = &[
    Stem {
        vowel: "하", n: "한", l: "할", m: "함", b: "합", a: &["해", "하여"], past: &["했", "하였", "하겠"], is_copula: false
    },
    Stem {
        vowel: "되", n: "된", l: "될", m: "됨", b: "됩", a: &["돼", "되어"], past: &["됐", "되었", "되겠"], is_copula: false
    },
    Stem {
        vowel: "시키", n: "시킨", l: "시킬", m: "시킴", b: "시킵", a: &["시켜"], past: &["시켰", "시키겠"], is_copula: false
    },
];

/// The copula, in full: 이다 입니다 인 이었다 이에요.
pub(super) const COPULA: Stem =
    Stem { vowel: "이", n: "인", l: "일", m: "임", b: "입", a: &["이어", "이에"], past: &["이었", "이겠"], is_copula: true };

/// The copula after a vowel, without its 이: 함수다, 함수였다, 함수예요. 인, 일, 임 and 입니다 keep it in writing.
pub(super) const DROPPED_COPULA: &[&str] = &[
    "다",
    "고",
    "며",
    "면",
    "면서",
    "므로",
    "지만",
    "니까",
    "거나",
    "든",
    "든지",
    "든가",
    "더라도",
    "라",
    "라고",
    "라는",
    "라며",
    "라면",
    "라면서",
    "라서",
    "라도",
    "라든지",
    "라든가",
    "라니",
    "라야",
    "란",
    "야",
    "예요",
    "여요",
    "여서",
    "여야",
    "여도",
];

/// The past of [`DROPPED_COPULA`].
const DROPPED_PAST: &str = "였";

impl Stem {
    /// Whether `run` as a whole is a form of this stem. `particles` judges what follows a nominal form.
    pub(super) fn accepts(&self, run: &str, particles: &dyn Fn(&str) -> bool) -> bool {
        let ends = |rest: &str, list: &[&str]| ends_with_one_of(rest, list, particles);
        let after = |stem: &str, lists: &[&[&str]]| run.strip_prefix(stem).is_some_and(|rest| lists.iter().any(|list| ends(rest, list)));
        let own: &[&str] = if self.is_copula { ON_COPULA } else { ON_VERB };
        after(self.vowel, &[ON_VOWEL_STEM, own])
            || after(self.n, &[AFTER_N])
            || (!self.is_copula && after(self.n, &[AFTER_N_OF_VERB]))
            || after(self.l, &[AFTER_L])
            || after(self.b, &[AFTER_B])
            || self.a.iter().any(|stem| after(stem, &[AFTER_A]))
            || self.past.iter().any(|stem| after(stem, &[AFTER_PAST]))
            || run.strip_prefix(self.m).is_some_and(|rest| rest.is_empty() || particles(rest))
    }
}

/// Whether `run` as a whole is the copula without its 이.
pub(super) fn is_dropped_copula(run: &str, particles: &dyn Fn(&str) -> bool) -> bool {
    ends_with_one_of(run, DROPPED_COPULA, particles)
        || run.strip_prefix(DROPPED_PAST).is_some_and(|rest| ends_with_one_of(rest, AFTER_PAST, particles))
}

fn ends_with_one_of(run: &str, list: &[&str], particles: &dyn Fn(&str) -> bool) -> bool {
    list.iter()
        .any(|ending| run.strip_prefix(ending).is_some_and(|rest| rest.is_empty() || (TAKE_PARTICLES.contains(ending) && particles(rest))))
}
