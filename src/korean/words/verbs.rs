//! Stems that take 는, 은, 을 and 가 as endings.

use super::ends_with_one_of;
use crate::korean::hangul;

/// The number of ㅆ among the final consonants.
const SSANG_SIOT: u32 = 20;

/// Last syllables of consonant stems that no noun ends in (or none that a topic follows): 있는, 받는, 끌어당겨붙는.
const STEMS: &str = "있없않찾받읽얻잃잊앉놓넣쌓닿낳찧듣걷묻싣닫붙맡뱉맞맺찢짖젖꽂쫓갖웃씻솟앗뺏짓잇붓긋젓돕눕줍굽잡씹뽑꼽갚덮엎싶꺾묶닦볶섞겪깎낚엮솎뜯굳뻗쏟돋좇끊꿇뚫\
                     앓곯끓닳핥훑읊밟늙긁갉굶닮옮곪얹뿜듬금넘먹죽썩찍갇벗빻뵙엿긷캐쬐튿잖찮꽂낡깁씌겯믿뜻굻딛낫찧곧컫같얽흩짚딪땋눋붇";

/// Stems that are also the last syllable of nouns (효과적, 약속, 제품): only as a whole word, or after the connective of another verb.
const SHORT_STEMS: &str = "막삼박적녹익속식집접입업남참담감품숨심신안삶빗짚묵점색족곱꿈뜸쉼좀빚낫깊높늦";

/// Compounds of those: with another stem, a prefix (되-, 덧-, 힘-, 휘-) or an object before them.
#[rustfmt::skip]
const COMPOUNDS: &[&str] = &[
    // stem and stem
    "뒤집", "꼬집", "헤집", "비집", "떠안", "껴안", "감싸안", "살아남", "본받", "떠받", "짊어", "옥죄", "뒤덮", "무르익", "무르녹",
    // prefixes
    "되감", "휘감", "내감", "되씹", "내뿜", "도맡", "빗맞", "되담", "덧입", "힘입", "들이막", "처박", "들이박", "되접", "맞접", "되심", "되삼", "설익", "농익",
    // objects, adverbs
    "가로막", "틀어막", "부둥켜안", "거머잡", "눈감", "손꼽", "못박", "문제삼", "본보기삼", "거울삼", "교훈삼", "벗삼", "재미삼",
];

/// The vowels in which a connective form ends: 받아적는, 뛰어넘는, 옮겨심는.
const CONNECTIVES: &str = "아어여러려해와워져겨켜쳐녀셔둬줘춰껴떠펴퍼써꺼놔봐";

/// Stems of ㅅ-irregular verbs, which lose their ㅅ before 은 and 을 (짓다 지은, 잇다 이을, 낫다 나을, 붓다 부은, 긋다 그을, 젓다 저은), in
/// the compounds that are written solid. One syllable alone is not judged at all.
#[rustfmt::skip]
const IRREGULAR: &[&str] = &[
    // 짓다: what is settled, told apart, put in relation or in order
    "결론지", "결정지", "결말지", "귀결지", "매듭지", "일단락지", "마무리지", "종결지", "완결지", "타결지", "확정지", "규정지", "단정지", "한정지", "특정지", "특징지", "특성지", "성격지", "정의지", "개념지", "의미지", "조건지", "제약지",
    "구분지", "구별지", "차별지", "구획지", "경계지", "한계지", "판가름지", "가름지", "관련지", "연관지", "연계지", "연결지", "관계지", "상관지", "대비지", "대응지", "범주지", "유형지", "계열지", "서열지", "순서지", "등급지", "위치지",
    // 짓다: what is made, grown, formed or shown
    "농사지", "이름지", "짝지", "무리지", "줄지", "떼지", "죄지", "한숨지", "눈물지", "미소지", "웃음지", "표정지", "새로지", "손수지",
    // 잇다, 낫다
    "뒤이", "줄이", "잇이", "더나", "보다나",
    // 붓다
    "퍼부", "쏟아부", "들이부", "들어부", "내리부", "부어부", "끼얹어부", "따라부", "옮겨부", "갖다부", "쏟아붓",
    // 긋다, 젓다
    "내그", "빗그", "덧그", "선그", "금그", "획그", "줄그", "내리그", "가로그", "성호그", "휘저", "내저", "뒤저", "가로저", "노저", "손저", "들이저",
];

/// The same where they are the whole word; in a longer one the letters are those of a noun (공연이, 메시지).
#[rustfmt::skip]
const IRREGULAR_ALONE: &[&str] =
    &["연이", "맞이", "덧이", "대이", "이어이", "도로이", "훨씬나", "다나", "병나", "처부", "퉁퉁부", "집지", "글지", "시지", "밥지", "약지", "편지", "덧지", "지어지"];

/// Nouns in 모. Any other word in 모 before 은 and 을 is 모으다, which loses its 으: 긁어모은, 끌어모을, 불러모은.
const NOUNS_IN_MO: &[&str] = &[
    "규모",
    "부모",
    "네모",
    "세모",
    "메모",
    "데모",
    "음모",
    "소모",
    "공모",
    "유모",
    "고모",
    "이모",
    "분모",
    "마모",
    "면모",
    "추모",
    "응모",
    "계모",
    "대모",
    "흠모",
    "자모",
    "도모",
    "연모",
    "원모",
    "탈모",
    "제모",
    "양모",
    "작업모",
    "안전모",
];

/// Syllables in ㄴ that may be the end of an adnominal form before the question 가 (것인가, 한가, 어떤가, 누군가).
const ASKING: &str = "인한는은던된진난운른큰린킨온긴친힌쁜픈든쓴춘준런떤딘낸센샌젠뭔건룬띤핀닌신싼군을할될";

/// Nouns that end in one of those syllables and in no adnominal form. 원인, 체인 and 로그인 are not among them: 회원인가, 객체인가, 로그인가 ask.
#[rustfmt::skip]
const NOUNS_IN_N: &[&str] = &[
    "조건", "사건", "물건", "안건", "엔진", "디자인", "도메인", "파이프라인", "온라인", "오프라인", "가이드라인", "타임라인", "블록체인", "와인", "코인", "제한", "권한", "기한", "토큰", "버튼", "수준", "표준", "기준", "쿠폰",
    "지진", "추진", "북한", "기온", "체온", "드론", "행운", "불운", "통신", "자신", "정신", "수신", "송신", "갱신", "최신", "변신", "혁신", "마을", "장군", "후보군", "제품군", "직군",
];

/// Whether 는 after `host` may be the ending of a verb.
pub(super) fn takes_adnominal(host: &str) -> bool {
    let mut syllables = host.chars().rev();
    let Some(last) = syllables.next() else { return true };
    // ㅆ ends 있다, the past and the presumptive, and no noun.
    if STEMS.contains(last) || hangul::final_number(last) == Some(SSANG_SIOT) {
        return true;
    }
    if !SHORT_STEMS.contains(last) {
        return false;
    }
    syllables.next().is_none_or(|before| CONNECTIVES.contains(before)) || ends_with_one_of(host, COMPOUNDS)
}

/// Whether 은 or 을 after `host` may be the ending of an irregular verb.
pub(super) fn is_irregular(host: &str) -> bool {
    let gathers = || host.ends_with('모') && (host == "한데모" || !ends_with_one_of(host, NOUNS_IN_MO));
    ends_with_one_of(host, IRREGULAR) || IRREGULAR_ALONE.contains(&host) || gathers()
}

/// Whether 가 after `host` may be the ending of a question: 무엇인가, 그러한가, 누군가.
pub(super) fn may_ask(host: &str) -> bool {
    // Nouns that no adnominal form ends like: with the copula the question would be 조건인가.
    if ends_with_one_of(host, NOUNS_IN_N) {
        return false;
    }
    ends_with_one_of(host, &["무언", "디선", "에선", "디론", "으론"]) || host.chars().next_back().is_some_and(|last| ASKING.contains(last))
}
