//! The tables of endings (어미) in the forms that written explanatory Korean uses, each for one shape of the stem before it.

/// On any vowel stem, the copula's included: sentence-final, connective, quoting (of the copula and of commands), nominal.
#[rustfmt::skip]
pub(super) const ON_VOWEL_STEM: &[&str] = &[
    "다", "지", "지요", "죠", "네", "네요", "구나", "군", "군요", "냐", "니", "자", "거든", "거든요",
    "고", "고서", "며", "면", "면서", "므로", "지만", "나", "니까", "거나", "거니와", "든", "든지", "든가", "더라도", "더니", "더라", "던", "던데",
    "던지", "려면", "려니와", "되", "다가", "다시피", "며는", "다면", "다고", "다는",
    "라", "라고", "라는", "라며", "라면", "라면서", "라서", "라도", "라든지", "라든가", "라니", "라야", "란", "라는데", "라는지", "라길래", "리라",
    "기", "길래", "기에",
];

/// The copula's own: the final 야, and the quoting 랍니다.
pub(super) const ON_COPULA: &[&str] = &["야", "랍니다"];

/// On verbs only: adnominal and connective 는, purpose and extent, honorific, request, proposal.
#[rustfmt::skip]
pub(super) const ON_VERB: &[&str] = &[
    "는", "는데", "는데도", "는데요", "는지", "는지라", "는가", "는가요", "는걸", "는구나", "는군요", "느냐", "느냐고", "느니", "느라", "느라고",
    "게", "게끔", "게나", "도록", "려", "려고", "려는", "려던", "려면서", "려거든", "러", "자마자", "자고", "자는", "자면", "자니", "고자", "나요", "지도", "지마는",
    "세요", "셔요", "소서", "라며", "리만큼",
];

/// On the consonant stems, beside those after the past: verbs and 있다, 없다, 않다, 싶다.
#[rustfmt::skip]
pub(super) const ON_CONSONANT_STEM: &[&str] = &[
    "은", "은데", "은지", "은가", "는", "는다", "는다고", "는다는", "는다면", "는다며", "는데도", "는구나", "는군요", "게", "게끔", "도록", "자", "자마자", "고자",
    "으려", "으려고", "으려는", "으려면", "으러", "으라", "으라고", "으라는", "으세요", "으십시오", "으시오", "지도", "고서", "다시피", "거든", "느냐", "느라",
];

/// After the past and the presumptive: 었 였 했 됐 켰, 겠; and after consonant stems.
#[rustfmt::skip]
pub(super) const AFTER_PAST: &[&str] = &[
    "다", "다고", "다는", "다면", "다가", "다며", "다는데", "다니", "다면서", "다거나", "다든지", "다지만", "다더라", "던", "던데", "던지", "더니", "더라도", "더라면", "더라",
    "고", "으며", "으면", "으므로", "으나", "으니", "으니까", "으면서", "으되", "지만", "지", "지요", "죠", "거든", "거든요", "거니와",
    "을", "을까", "을까요", "을지", "을지도", "을지라도", "을수록", "을뿐", "을텐데", "을테니", "을뿐더러", "을걸", "을게요",
    "기", "기에", "길래", "음", "는데", "는데도", "는데요", "는지", "는가", "는가요", "는걸", "나", "나요", "냐", "느냐", "느니",
    "습니다", "습니다만", "습니까", "어요", "어도", "어야", "어서", "었다", "거나", "든지", "든", "든가", "네", "네요", "구나", "군", "군요", "고요", "답니다",
];

/// After a stem fused with ㄴ (한, 된, 인): as an adnominal or before a bound form.
#[rustfmt::skip]
pub(super) const AFTER_N: &[&str] = &["", "데", "데도", "데요", "지", "지도", "지라", "가", "가요", "들", "즉", "양", "걸", "걸요", "만큼", "채로"];

/// After a present-tense verb in ㄴ (한다, 된다); the copula has 이다 instead.
#[rustfmt::skip]
pub(super) const AFTER_N_OF_VERB: &[&str] = &[
    "다", "다고", "다는", "다는데", "다는데도", "다면", "다면서", "다며", "다거나", "다든지", "다든가", "다지만", "다네", "다네요", "다니", "다더라", "다던", "다던데",
    "다기보다", "다기에", "다손", "다거든", "답니다", "답니다만", "대요",
];

/// After a stem fused with ㄹ (할, 될, 일).
#[rustfmt::skip]
pub(super) const AFTER_L: &[&str] = &[
    "", "까", "까요", "까봐", "지", "지도", "지라도", "지라", "지언정", "지니", "수록", "뿐", "뿐만", "뿐더러", "때", "게", "게요", "걸", "걸요", "래", "래요",
    "텐데", "텐데요", "테니", "테니까", "테고", "테지만", "만한", "만하다", "만큼", "법한", "듯", "듯한", "듯이", "진대", "망정",
];

/// After a stem fused with ㅂ (합, 됩, 입).
pub(super) const AFTER_B: &[&str] = &["니다", "니다만", "니까", "시다", "시오", "쇼"];

/// After the connective form in 아/어 (해, 돼, 시켜).
#[rustfmt::skip]
pub(super) const AFTER_A: &[&str] = &["", "서", "서야", "서는", "서도", "서라도", "서인지", "도", "야", "야만", "야지", "야지만", "야지요", "야죠", "요", "라", "라도", "다", "다가"];

/// Endings that make a noun of the verb, or that an auxiliary particle may follow: 하기는, 했음을, 하는지도, 하면서도, 하고는, 하지는.
#[rustfmt::skip]
pub(super) const TAKE_PARTICLES: &[&str] = &[
    "기", "음", "지", "는지", "을지", "은지", "는가", "은가", "을까", "까", "냐", "느냐", "가", "고", "고서", "면서", "으면서", "려고", "으려고", "도록", "게", "게끔",
    "라고", "다고", "뿐", "데", "는데", "자마자", "때", "만큼", "라면", "다면", "는다면", "으면", "면", "다는데", "걸", "던지", "더라도",
];

/// Bound nouns (의존 명사) and nouns of time that people write solid after an adnominal: 하는것, 할때, 한후, 하는데에.
#[rustfmt::skip]
pub(super) const BOUND_NOUNS: &[&str] = &[
    "것", "거", "건", "게", "걸", "때", "후", "뒤", "중", "동안", "데", "채", "대로", "만큼", "듯", "줄", "바", "점", "경우", "다음", "이후", "이유", "곳", "순간", "즉시", "사이", "김에", "대신",
];

/// What follows 하기, 되기 written solid: 하기위해, 하기전에, 하기때문에.
pub(super) const AFTER_NOMINAL: &[&str] =
    &["위해", "위해서", "위한", "위하여", "때문", "전", "이전", "까지", "쉬운", "쉽게", "어려운", "힘든", "좋은"];

/// The copula after a vowel, without its 이: 함수다, 함수였다, 함수예요. 인, 일, 임 and 입니다 keep it in writing.
#[rustfmt::skip]
pub(super) const DROPPED_COPULA: &[&str] = &[
    "다", "고", "며", "면", "면서", "므로", "지만", "니까", "거나", "든", "든지", "든가", "더라도", "라", "라고", "라는", "라며", "라면", "라면서", "라서", "라도", "라든지", "라든가",
    "라니", "라야", "란", "야", "예요", "여요", "여서", "여야", "여도", "라는데", "라던", "라던가", "라길래", "랍니다", "죠", "지요", "자", "니",
];

/// The past of [`DROPPED_COPULA`].
pub(super) const DROPPED_PAST: &str = "였";
