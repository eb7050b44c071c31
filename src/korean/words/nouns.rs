//! Nouns and adverbs by a last syllable that looks like a particle.

use super::ends_with_one_of;

/// Nouns of one syllable that are common enough to judge alone: 것가, 점로.
const PLAIN: &str = "것점값층힘책곳꽃빛몸법칸옷밤낮밥숲";

/// What is always a noun: the plural, bound nouns.
const SURE: &[&str] = &["들", "것", "때문", "방법", "사람"];

/// Nouns in 을 after a vowel: 마을 and its compounds, the seasons' 가을, 노을.
const EUL: &[&str] = &["늦가", "초가", "지난가", "올가", "한가", "저녁노", "아침노", "붉은노"];

/// Loan words and technical nouns in 마 that are no 마을.
const IN_MA: &[&str] = &["드라마", "테마", "감마", "시그마", "스키마", "라마", "카르마", "트라우마", "플라스마", "콤마"];

/// Family names before a given name in 은: 김하은, 박지은.
const FAMILY: &str = "김이박최정강윤장임한송홍황권안신";

/// First syllables of those names.
const GIVEN: &str = "하지가다시고예채효";

/// Last syllables after which 이 is no part of a noun or adverb: the syllables of Sino-Korean and loan words that no noun in 이 has before it.
const BEFORE_I: &str = "자터수스트드프크그브지기리시도서러어더저머커퍼버너무부주류료표교소호조제체세계례대태해매배애재개위의외회뢰치비피디티니미화과사차하요유규튜큐효초두투여혀며벼려켜져녀쳐래새귀쥐쉬튀폐\
                        혜예뇌죄쇄괴왜띄희오보구로루후모우츠뉴포짜즈이고가마라하야게파";

/// Hosts whose 이 belongs to the word all the same, or begins the next one (this), written without a blank: 위해이, 따라서이.
#[rustfmt::skip]
const WITH_I: &[&str] = &[
    // nouns, loan words, adverbs
    "어버", "하루살", "미닫", "여닫", "나들", "가까", "돋보", "에세", "엔조", "인조", "킬조", "디제", "비제", "엘제", "오제", "제제", "새모", "기어", "줄거", "개구쟁",
    // connectives, adverbs and stacked particles before 이 (this)
    "에서", "따라서", "로서", "여서", "해서", "면서", "고서", "위해", "대해", "통해", "인해", "의해", "하여", "되어", "하며", "으며", "이며", "되며", "에도", "서도", "마도", "직도", "래도", "라도", "나도", "하지", "까지", "여기", "저기", "거기",
];

/// Last syllables that names and native nouns in 이 share with many nouns (루이, 보이, 구이, 트로이): only these nouns are judged.
#[rustfmt::skip]
const RISKY: &[(char, &[&str])] = &[
    ('보', &["정보", "확보", "홍보", "후보", "경보", "담보", "예보", "통보", "제보", "첩보", "바보", "화보", "속보", "안보", "악보", "일보"]),
    ('구', &["도구", "연구", "요구", "기구", "입구", "출구", "친구", "지구", "욕구", "인구", "축구", "야구", "농구", "탐구", "청구", "항구", "가구", "문구", "전구", "창구", "배구", "영구", "선구", "호구", "촉구", "복구", "어구", "구구"]),
    ('로', &["경로", "도로", "회로", "통로", "진로", "선로", "제로", "미로", "수로", "피로", "위로", "활주로", "항로", "원자로", "메트로", "매크로", "근로", "폭로"]),
    ('루', &["하루", "가루", "마루", "벼루", "노루", "그루"]),
    ('후', &["이후", "오후", "전후", "기후", "직후", "사후", "향후"]),
    ('모', &["규모", "부모", "네모", "세모", "메모", "데모", "음모", "소모", "공모", "유모", "고모", "이모", "분모", "마모", "면모", "추모", "응모", "사모"]),
    ('우', &["경우", "좌우", "배우", "새우"]),
    ('이', &["차이", "길이", "높이", "깊이", "넓이", "놀이", "나이"]),
    ('포', &["배포", "분포", "세포", "공포", "점포", "선포"]),
    ('고', &["경고", "광고", "사고", "보고", "재고", "참고", "최고", "창고", "권고", "예고", "신고", "제고", "숙고", "원고"]),
    ('가', &["평가", "국가", "추가", "작가", "전문가", "증가", "휴가", "물가", "허가", "대가", "원가", "정치가", "사업가"]),
    ('마', &["테마", "드라마", "스키마"]),
    ('라', &["카메라", "나라", "오페라", "인프라"]),
    ('하', &["이하", "지하", "부하", "저하", "휘하", "영하"]),
    ('야', &["분야", "시야", "광야"]),
    ('게', &["무게", "가게"]),
    ('파', &["전파", "음파", "주파", "여파", "고주파", "한파"]),
    ('오', &["비디오", "오디오", "라디오", "시나리오", "스튜디오", "레시오", "포트폴리오", "과오", "정오", "레오", "카메오", "이데오"]),
];

/// Nouns in 차 and 사, after which 이 is a particle.
#[rustfmt::skip]
const IN_CHA_SA: &[&str] = &[
    "열차", "기차", "자동차", "마차", "전차", "주차", "절차", "격차", "편차", "오차", "순차", "점차", "세차", "녹차", "홍차", "승용차", "화물차", "소방차", "구급차", "전기차", "연차", "회차", "목차", "교차", "잔차", "유모차", "시차", "행차",
    "회사", "검사", "조사", "의사", "기사", "행사", "강사", "교사", "인사", "역사", "변호사", "공사", "심사", "감사", "복사", "봉사", "수사", "식사", "투사", "동사", "명사", "형용사", "부사", "접사", "본사", "지사", "박사", "간호사",
    "제사", "농사", "이사", "상사", "병사", "전사", "군사", "판사", "검사", "형사", "목사", "신사", "묘사", "출판사", "항공사", "개발사", "제조사", "방송사", "신문사", "통신사", "언론사", "탐사", "발사", "조종사", "마법사", "운전사", "요리사",
    "운영사", "자회사", "영사", "대사", "천사", "기념사", "접두사", "접미사", "우주비행사", "비행사", "반사", "주사", "유사", "학사", "석사", "회계사", "약사", "미용사", "세무사",
];

/// Hosts of nouns in 가: persons (家), prices (價), streets (街), songs (歌), edges, and verbs of Sino-Korean 가 (加, 可).
#[rustfmt::skip]
const GA: &[&str] = &[
    // 家: who does something
    "전문", "작곡", "극작", "건축", "예술", "분석", "활동", "기업", "음악", "소설", "철학", "혁명", "탐험", "사업", "번역", "조각", "사상", "전략", "수필", "비평", "발명", "자본", "재산", "자산", "이론", "평론", "논평", "수집",
    "미식", "애연", "애견", "강연", "웅변", "야심", "모험", "실업", "행정", "연설", "성악", "운동", "행동", "저술", "저작", "몽상", "공상", "망상", "전술", "미술", "무술", "기획", "무용", "감정", "명망", "세력", "협상", "독설", "여행", "환경운동",
    "노동운동", "독립운동", "낙관", "비관", "사진", "정원", "식물학", "수학", "과학", "법률", "연극", "박물", "익살", "조향", "은행", "공학", "권력", "선동", "경영", "금융", "애독",
    // 價: prices
    "분양", "공급", "낙찰", "입찰", "시장", "예상", "매입", "매출", "수입", "구입", "적정", "희망", "액면", "정상", "기준", "할인", "상한", "하한", "마감", "체결", "권장", "최저입찰", "체감", "현실", "장중",
    // 街: streets
    "번", "대학", "상점", "학원", "주택", "유흥", "환락", "식당", "중심", "쇼핑", "전당", "증권", "지하상", "아파트상", "종합상", "홍등",
    // 歌: songs
    "찬송", "자장", "응원", "행진", "애국", "합창", "이별", "사랑", "졸업", 
    // 다른 한자어: 국가 평가 작가 물가 원가 단가 증가 첨가 참가 불가 허가 인가, with the nouns before them written solid
    "국", "평", "작", "물", "원", "단", "증", "첨", "참", "불", "인", "친", "정찰정", 
    // edges: 강가, 창가, 길가, 바닷가
    "강", "창", "길", "닷", "숫", "냇", "귓", "롯", "못", "눈", "우물", "개울", "들판",
    // names
    "트라팔", "다우닝", "할렘", 
];

/// Nouns that end like one of those and are none of them: 작가, but 동작 and the particle 가.
#[rustfmt::skip]
const NOT_GA: &[&str] = &[
    "동작", "시작", "조작", "미국", "한국", "중국", "영국", "태국", "외국", "각국", "당국", "왕국", "제국", "천국", "약국", "방송국", "우체국", "건물", "동물", "식물", "생물", "결과물", "산출물", "인물", "사물", "음식물", "검증", "인증", "보증", "논증", "지원",
    "회원", "공원", "인원", "자원", "의원", "병원", "차원", "구성원", "연구원", "선원", "승무원", "요원", "대원", "직원", "수단", "집단", "판단", "진단", "계단", 
    "건강", 
    "건축물", 
];

/// Nouns in 과 after a vowel: 효과 and its compounds, what exceeds or is imposed, school subjects, departments, families of animals and plants.
#[rustfmt::skip]
const GWA: &[&str] = &[
    "효", "풋사", "공개사", "대국민사", "공식사", "독사", "시간초", "용량초", "예산초", "한도초", "정원초", "기간초", "기준초", "세금부", "관세부", "요금부", "의무부", "벌금부", "무화", "국화", "만화", "회화", "사회", "소아", "피부", "이비인후", "비뇨기", "소아치", "동물치", "아동치",
    "내", "국어", "영어", "본어", "독어", "일어", "불어", "외국어", "총무", "재무", "세무", "법무", "업무", "기계", "회계", "전기", "전자", "관리", "조리", "비교", "범교", "타교", "체육교", "문이", "수의", "한의",
    "고양이", "나무", "원숭이", "거미", "개미", "잠자리", "개구리", "메뚜기", "두루미", "오리", "장미", "매미", "까마귀", "비둘기", "나비", "고사리", "난초", "미나리", "아재비", "가지", "박쥐", "투", "너구리", "잉어", "상어", "연어",
    
    // families in Latin: 드로마에오사우루스과
    "우루스", "피테쿠스", 
];

/// Hosts of nouns in 로 after a consonant: ways (路), furnaces (爐), streets by name, 폭로 and 근로 with nouns before them. Those of one syllable
/// before 로 (종로, 진로) are judged nowhere.
#[rustfmt::skip]
const RO: &[&str] = &[
    "통", "항", "파일경", "절대경", "상대경", "저장경", "최단경", "이동경", "전달경", "감염경", "탐색경", "철도선", "전차선", "등산", "산책", "진입", "접근", "소각", "반응", "용광", "신작", "보행", "퇴각", "순환", "배관", "하수관", "상수관", "벽난",
    "테헤란", "강남", "대학", "세종", "압구정", "내부폭", "초과근", "연장근", "야간근", "핵융합", "고속증식",
];

/// Nouns that end like one of those and are not one.
const NOT_RO: &[&str] = &["보통", "공통", "전통", "교통", "소통", "유통", "대항", "사항", "문항", "저항", "공항", "조항"];

/// Nouns in 랑 after a consonant.
const RANG: &[&str] =
    &["신", "명", "풍", "낭", "방", "격", "황", "빈", "현", "말", "물", "살", "벌", "팔", "촐", "찰", "출", "딸", "설", "덜"];

/// Before 라는, 라고, 라도: kingdoms and provinces in 라, noodles (라면).
const RA: &[&str] = &["전", "신", "한", "탐", "컵", "완", "통일신", "후신", "비빔", "짬뽕", "된장"];

pub(super) fn is_plain(host: &str) -> bool {
    let mut syllables = host.chars();
    syllables.next().is_some_and(|syllable| PLAIN.contains(syllable)) && syllables.next().is_none()
}

pub(super) fn is_sure_noun(host: &str) -> bool {
    ends_with_one_of(host, SURE) && host.chars().count() > 1
}

pub(super) fn is_given_name(host: &str) -> bool {
    let mut syllables = host.chars();
    let (first, second, third) = (syllables.next(), syllables.next(), syllables.next());
    third.is_none() && first.is_some_and(|c| FAMILY.contains(c)) && second.is_some_and(|c| GIVEN.contains(c))
}

pub(super) fn ends_in_eul(host: &str) -> bool {
    (host.ends_with('마') && !ends_with_one_of(host, IN_MA)) || ends_with_one_of(host, EUL)
}

pub(super) fn never_ends_in_i(host: &str) -> bool {
    let Some(last) = host.chars().next_back().filter(|last| BEFORE_I.contains(*last)) else { return false };
    if matches!(last, '차' | '사') {
        return ends_with_one_of(host, IN_CHA_SA);
    }
    match RISKY.iter().find(|(syllable, _)| *syllable == last) {
        Some((_, nouns)) => ends_with_one_of(host, nouns),
        None => !ends_with_one_of(host, WITH_I),
    }
}

pub(super) fn ends_in_ga(host: &str) -> bool {
    ends_with_one_of(host, GA) && !ends_with_one_of(host, NOT_GA)
}

pub(super) fn ends_in_gwa(host: &str) -> bool {
    ends_with_one_of(host, GWA)
}

pub(super) fn ends_in_ro(host: &str) -> bool {
    ends_with_one_of(host, RO) && !ends_with_one_of(host, NOT_RO)
}

pub(super) fn ends_in_rang(host: &str) -> bool {
    ends_with_one_of(host, RANG)
}

pub(super) fn ends_in_ra(host: &str) -> bool {
    ends_with_one_of(host, RA)
}
