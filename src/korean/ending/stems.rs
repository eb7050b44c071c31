//! The verbs whose forms stand right after a noun, and the auxiliaries that people write solid after those.

use super::Stem;

/// A stem in a consonant: 받-, 있-. What follows it follows the past too, but for a few endings.
pub(in super::super) struct Consonant {
    /// 받, 있.
    pub(super) stem: &'static str,
    /// The connective form: 받아, 있어.
    pub(super) a: &'static str,
    /// The past: 받았, 있었.
    pub(super) past: &'static str,
}

/// The light verbs of Sino-Korean nouns; 하다 and 되다 first.
#[rustfmt::skip]
pub(in super::super) const LIGHT_VERBS: &[Stem] = &[
    Stem { vowel: "하", n: "한", l: "할", m: "함", b: "합", a: &["해", "하여"], past: &["했", "하였", "하겠"], is_copula: false },
    Stem { vowel: "되", n: "된", l: "될", m: "됨", b: "됩", a: &["돼", "되어"], past: &["됐", "되었", "되겠"], is_copula: false },
    Stem { vowel: "시키", n: "시킨", l: "시킬", m: "시킴", b: "시킵", a: &["시켜"], past: &["시켰", "시키겠"], is_copula: false },
];

/// 당하다, the passive of what harms.
#[rustfmt::skip]
pub(in super::super) const SUFFER: Stem =
    Stem { vowel: "당하", n: "당한", l: "당할", m: "당함", b: "당합", a: &["당해", "당하여"], past: &["당했", "당하였", "당하겠"], is_copula: false };

/// 받다, the passive of what is given.
pub(in super::super) const RECEIVE: Consonant = Consonant { stem: "받", a: "받아", past: "받았" };

/// The copula, in full: 이다 입니다 인 이었다 이에요.
pub(in super::super) const COPULA: Stem =
    Stem { vowel: "이", n: "인", l: "일", m: "임", b: "입", a: &["이어", "이에"], past: &["이었", "이겠"], is_copula: true };

/// The honorific after a vowel stem: 하시는, 하셨다, 하십시오.
#[rustfmt::skip]
pub(super) const HONORIFIC: Stem =
    Stem { vowel: "시", n: "신", l: "실", m: "심", b: "십", a: &["셔", "시어"], past: &["셨", "시었", "시겠"], is_copula: false };

/// Auxiliaries (보조 용언) after 해, 되어. The bare connective of 오다, 가다, 내다 is left out: 해와, 해가 are a noun and a particle.
#[rustfmt::skip]
pub(super) const SOLID_AUXILIARIES: &[Stem] = &[
    Stem { vowel: "보", n: "본", l: "볼", m: "봄", b: "봅", a: &["봐", "보아"], past: &["봤", "보았", "보겠"], is_copula: false },
    Stem { vowel: "주", n: "준", l: "줄", m: "줌", b: "줍", a: &["줘", "주어"], past: &["줬", "주었", "주겠"], is_copula: false },
    Stem { vowel: "두", n: "둔", l: "둘", m: "둠", b: "둡", a: &["둬", "두어"], past: &["뒀", "두었", "두겠"], is_copula: false },
    Stem { vowel: "내", n: "낸", l: "낼", m: "냄", b: "냅", a: &["내어"], past: &["냈", "내었", "내겠"], is_copula: false },
    Stem { vowel: "버리", n: "버린", l: "버릴", m: "버림", b: "버립", a: &["버려"], past: &["버렸", "버리겠"], is_copula: false },
    Stem { vowel: "드리", n: "드린", l: "드릴", m: "드림", b: "드립", a: &["드려"], past: &["드렸", "드리겠"], is_copula: false },
    Stem { vowel: "나가", n: "나간", l: "나갈", m: "나감", b: "나갑", a: &["나가서"], past: &["나갔", "나가겠"], is_copula: false },
    Stem { vowel: "나오", n: "나온", l: "나올", m: "나옴", b: "나옵", a: &["나와"], past: &["나왔", "나오겠"], is_copula: false },
    Stem { vowel: "오", n: "온", l: "올", m: "옴", b: "옵", a: &["와서"], past: &["왔", "오겠"], is_copula: false },
    Stem { vowel: "가", n: "간", l: "갈", m: "감", b: "갑", a: &["가서"], past: &["갔", "가겠"], is_copula: false },
    Stem { vowel: "지", n: "진", l: "질", m: "짐", b: "집", a: &["져", "지어"], past: &["졌", "지었", "지겠"], is_copula: false },
];

/// 있다 and 없다 after a connective (되어있는), after 고 (하고있는) and after 수 (할수있는); 놓다 as an auxiliary.
#[rustfmt::skip]
pub(super) const EXISTENCE: &[Consonant] = &[
    Consonant { stem: "있", a: "있어", past: "있었" },
    Consonant { stem: "없", a: "없어", past: "없었" },
    Consonant { stem: "놓", a: "놓아", past: "놓았" },
];

/// Negation and wish after 지 and 고: 하지않는, 하고싶은.
#[rustfmt::skip]
pub(super) const MODALS: &[Consonant] = &[
    Consonant { stem: "않", a: "않아", past: "않았" },
    Consonant { stem: "싶", a: "싶어", past: "싶었" },
    Consonant { stem: "못하", a: "못해", past: "못했" },
];
