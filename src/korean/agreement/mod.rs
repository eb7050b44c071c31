//! Particles in running text that disagree with the word before them, stand apart from it, or are left in both forms.

mod alternatives;
mod code;
mod spaced;
mod syllables;

pub use alternatives::Alternative;
pub use spaced::Spaced;

use alternatives::{alternative, is_about_particles};
use spaced::spaced;

use code::Code;

use super::hangul::{Final, final_sound, is_hangul, run_len};
use super::host::sound_before;
use super::particle::{ends_in_copula, is_particle_after};
use super::reading::{Certainty, Reading};
use super::words::may_be_another;
use crate::span::Span;

/// A particle that does not fit its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The word before the particle.
    pub host: Span,
    /// The smallest text that is wrong: 은 of 에서은, 으로 of 함수으로부터.
    pub particle: Span,
    /// What has to stand there.
    pub right: String,
    /// How sure the host's last sound is.
    pub certainty: Certainty,
}

/// A place that is known to be a noun, such as a term of the glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Where it stands.
    pub span: Span,
    /// Its last sound, where that is known better than from its letters.
    pub sound: Option<Final>,
}

/// What is wrong with the particles of a text, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Particles that do not fit their hosts.
    pub misfits: Vec<Misfit>,
    /// Particles that stand apart from their hosts: Latin letters, digits, a bracket, code or a known noun.
    pub spaced: Vec<Spaced>,
    /// Both forms side by side where a person has to decide; not where particles are the matter, or a placeholder stands before them.
    pub alternatives: Vec<Alternative>,
}

/// The faults of `text`, found in one reading.
///
/// `text` is one paragraph of plain composed (NFC) text: emphasis removed, code spans with their back-ticks, U+FFFC in the place of what has
/// no words. `nouns` are sorted by their start. Where a word could be something else than a noun with a particle, nothing is reported.
pub fn faults(text: &str, nouns: &[Noun]) -> Faults {
    let mut faults = Faults::default();
    let bytes = text.as_bytes();
    let (mut at, mut until) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'/' => {
                faults.alternatives.extend(alternative(text, at));
                at += 1;
            }
            // Hangul starts with one of these; what else does is told by the run's length of 0.
            0xE1..=0xED => {
                let run = at..at + run_len(&text[at..]);
                at = run.end.max(at + 3 * usize::from(run.is_empty()));
                let ends = matches!(bytes.get(run.end), None | Some(b' ')) || is_last_of_word(&text[run.end..]);
                if run.is_empty() || !ends {
                    continue;
                }
                // Those that start after the run cannot matter; of the others only the last few reach it.
                while nouns.get(until).is_some_and(|noun| noun.span.start < run.end) {
                    until += 1;
                }
                let near = &nouns[until.saturating_sub(8)..until];
                // A noun reaches the run, or ends at the blank before it; inside a longer one, the last need not be it.
                let reach = |noun: &Noun| noun.span.end + 2 >= run.start;
                let near = if near.iter().rev().take(3).any(reach) { near } else { &[] };
                if let Some(misfit) = misfit(text, near, &run) {
                    faults.misfits.push(misfit);
                }
                if let Some(spaced) = spaced(text, near, &run) {
                    faults.spaced.push(spaced);
                }
            }
            _ => at += 1,
        }
    }
    outside_code(text, &mut faults.misfits, |misfit| misfit.particle.start);
    outside_code(text, &mut faults.spaced, |spaced| spaced.blank.start);
    outside_code(text, &mut faults.alternatives, |alternative| alternative.span.start);
    if !faults.alternatives.is_empty() && is_about_particles(text) {
        faults.alternatives.clear();
    }
    faults
}

/// Takes out what stands in code.
fn outside_code<T>(text: &str, found: &mut Vec<T>, place: impl Fn(&T) -> usize) {
    if !found.is_empty() {
        let mut code = Code::of(text);
        found.retain(|fault| !code.holds(place(fault)));
    }
}

/// The misfit at the end of a word, which is the Hangul run `run` and what stands before it.
fn misfit(text: &str, near: &[Noun], run: &Span) -> Option<Misfit> {
    let apart = run.start == 0 || text.as_bytes()[run.start - 1] == b' ';
    if apart && near.iter().all(|noun| noun.span.end < run.start) {
        return if syllables::may_clash(&text[run.clone()]) { after_hangul(text, run, false) } else { None };
    }
    match noun_before(text, near, run) {
        NounBefore::Whole => None,
        NounBefore::With(start, sound) => after_noun(text, start, &text[start..run.end], sound),
        // What neither changes with its host nor could be two forms in one needs no look at what it is.
        NounBefore::None if !may_alternate(&text[run.clone()]) && !syllables::may_clash(&text[run.clone()]) => None,
        NounBefore::None => match text[..run.start].chars().next_back().filter(|c| is_host_end(text, run.start, *c)) {
            Some(_) if is_particle_after(None, &text[run.clone()]) => after_other(text, run),
            before => after_hangul(text, run, before.is_some()),
        },
    }
}

/// What a list of known nouns says of a Hangul run.
enum NounBefore {
    None,
    /// The run is the end of a noun, and no particle.
    Whole,
    /// A particle starts here, after a noun with this last sound.
    With(usize, Option<Final>),
}

fn noun_before(text: &str, near: &[Noun], run: &Span) -> NounBefore {
    let mut best = NounBefore::None;
    for noun in near.iter().rev().filter(|noun| (run.start..=run.end).contains(&noun.span.end)) {
        if noun.span.end == run.end {
            return NounBefore::Whole;
        }
        let farther = !matches!(best, NounBefore::With(start, _) if start >= noun.span.end);
        if farther && is_particle_after(None, &text[noun.span.end..run.end]) {
            best = NounBefore::With(noun.span.end, noun.sound);
        }
    }
    best
}

/// A particle after a known noun.
fn after_noun(text: &str, start: usize, run: &str, sound: Option<Final>) -> Option<Misfit> {
    let reading = sound.map(Reading::certain).or_else(|| reading_of(text, start, run))?;
    disagreeing(text, start, run, reading)
}

/// Whether particles that change with the host begin like this.
fn may_alternate(run: &str) -> bool {
    run.starts_with([
        '은', '는', '이', '가', '을', '를', '과', '와', '으', '로', '나', '란', '라', '랑', '야', '든', '며', '였', '예', '들', '에', '까',
        '부', '만',
    ])
}

/// A particle after Latin letters, digits, a bracket, a quotation or code.
fn after_other(text: &str, run: &Span) -> Option<Misfit> {
    let written = &text[run.clone()];
    // Those that do not change with the host are spared the look back.
    if !may_alternate(written) || is_formula_or_gloss(&text[..run.start]) {
        return None;
    }
    let reading = reading_of(text, run.start, written).filter(|reading| reading.firm)?;
    disagreeing(text, run.start, written, reading)
}

/// Whether the word before the particle is a formula (γ>0, which is read in other words than it is written), a numeronym (a11y), or Latin
/// letters right behind Hangul, which may be there to explain it (동시성Concurrency).
fn is_formula_or_gloss(before: &str) -> bool {
    let word = &before[host_start(before, before.len())..];
    let operator = |c: char| {
        matches!(
            c,
            '=' | '<'
                | '≤'
                | '≥'
                | '∈'
                | '×'
                | '⋅'
                | '−'
                | '→'
                | '≻'
                | '⪰'
                | '|'
                | '^'
                | '±'
                | '≠'
                | '≈'
                | '∑'
                | '√'
                | '∩'
                | '∪'
                | '⊂'
        )
    };
    let is_formula = !word.contains('`') && (word.contains(operator) || word.trim_end_matches('>').contains('>') && !word.contains('<'));
    let after_operator = || before[..before.len() - word.len()].trim_end().ends_with(operator);
    let letters = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_numeronym = letters.len() >= 3
        && letters.len() <= 5
        && letters.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
        && letters.bytes().next_back().is_some_and(|b| b.is_ascii_lowercase())
        && letters[1..letters.len() - 1].bytes().all(|b| b.is_ascii_digit());
    let near = &before[reach_back(before)..];
    let phrase = near.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_'));
    let is_gloss = before.ends_with(|c: char| c.is_ascii_alphabetic())
        && phrase.ends_with(is_hangul)
        && near[phrase.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
    is_formula || is_numeronym || is_gloss || (!word.contains('`') && after_operator())
}

fn reading_of(text: &str, start: usize, run: &str) -> Option<Reading> {
    let before = &text[..start];
    // The family of a species: Dromaeosauridae과.
    if run.starts_with('과') && before.ends_with("dae") {
        return None;
    }
    // Quoted speech takes 라고 whatever it ends in; so do sentences in brackets.
    let is_speech = before.ends_with(['"', '”', '’', '\'', '」', '』', '!', '?', '.']) && run.trim_start_matches('이').starts_with('라');
    // A lesson or a section of a street: 제2과, 종로 3가.
    let is_ordinal = before.ends_with(|c: char| c.is_ascii_digit()) && matches!(run, "과" | "가") && {
        let name = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        name.ends_with(['제', '로', '동'])
    };
    if is_speech || is_ordinal { None } else { sound_before(before) }
}

/// The misfit at the start of a particle, or inside it.
fn disagreeing(text: &str, start: usize, run: &str, reading: Reading) -> Option<Misfit> {
    let (offset, sound, rest) = match run.strip_prefix('들') {
        Some(rest) => ('들'.len_utf8(), Final::Liquid, rest),
        None => (0, reading.sound, run),
    };
    let certainty = if offset > 0 { Certainty::Certain } else { reading.certainty };
    let host = host_start(text, start)..start + offset;
    let at = |from: usize, to: usize| start + offset + from..start + offset + to;
    if let Some((end, right)) = syllables::head(sound, rest) {
        // 데이터이나, is the copula and "but".
        let is_copula = right == "나" && text[start + run.len()..].starts_with(',');
        return (!is_copula).then(|| Misfit { host, particle: at(0, end), right: right.to_string(), certainty });
    }
    let clash = syllables::clash(rest)
        .filter(|clash| clash.start > 0 && is_particle_after(None, &rest[..clash.start]) && clash.family != "이")
        // 모델인가, 함수든가: an ending of the copula, and no particle after it.
        .filter(|_| !ends_in_copula(rest))?;
    let host = host.start..start + offset + clash.start;
    Some(Misfit { host, particle: at(clash.start, clash.end), right: clash.right.to_string(), certainty: Certainty::Certain })
}

/// The misfit at the end of a Hangul word.
fn after_hangul(text: &str, run: &Span, attached: bool) -> Option<Misfit> {
    let written = &text[run.clone()];
    let clash = syllables::clash(written)?;
    let host = &written[..clash.start];
    // A stack of particles needs no look into the lists: 에서은, 까지을.
    if may_be_another(host, clash.family, attached) {
        return None;
    }
    // A word with an address or a path in it is no word.
    let word = host_start(text, run.start);
    if text[word..run.start].contains("//") {
        return None;
    }
    let particle = run.start + clash.start..run.start + clash.end;
    Some(Misfit { host: word..particle.start, particle, right: clash.right.to_string(), certainty: Certainty::Certain })
}

/// Where the space-separated word that ends at `end` starts.
fn host_start(text: &str, end: usize) -> usize {
    let before = &text[..end];
    let reach = reach_back(before);
    before[reach..]
        .rfind(char::is_whitespace)
        .map_or(reach, |at| reach + at + before[reach + at..].chars().next().map_or(1, char::len_utf8))
}

/// How far back a word is looked for: hostile text without blanks costs no more than another.
fn reach_back(before: &str) -> usize {
    let mut reach = before.len().saturating_sub(200);
    while !before.is_char_boundary(reach) {
        reach += 1;
    }
    reach
}

/// Whether the word ends here, so that the run's end is its end. A slash or a bracket follows where both forms are named: 을/를, 을(를).
fn is_last_of_word(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some(c) if c.is_whitespace() => true,
        Some(c) => matches!(
            c,
            '.' | ',' | '!' | '?' | ';' | ':' | '…' | ')' | ']' | '」' | '』' | '”' | '’' | '"' | '\'' | '》' | '〉' | '。' | '、'
        ),
    }
}

/// Whether the character before a run ends a word that the run belongs to.
fn is_host_end(text: &str, at: usize, c: char) -> bool {
    match c {
        ')' | ']' | '”' | '’' | '」' | '』' | '》' | '〉' | '`' | '$' | '%' | '℃' | '°' | '+' | '#' | '>' | '®' | '™' => true,
        // A straight quotation mark closes where a word stands before it.
        '"' | '\'' => {
            let word = text[..at].trim_end_matches(['"', '\'']).chars().next_back();
            word.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '/' | '“' | '‘' | ',' | ':' | '='))
        }
        c => c.is_alphanumeric() && !is_hangul(c) && final_sound(&text[..at]).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Host and wrong particle, and what would be right: `점[를>을]`.
    fn found(text: &str) -> Vec<String> {
        faults(text, &[]).misfits.into_iter().map(|one| format!("{}[{}>{}]", &text[one.host], &text[one.particle], one.right)).collect()
    }

    #[track_caller]
    fn assert_found(text: &str, expected: &[&str]) {
        assert_eq!(found(text), expected, "{text}");
    }

    #[track_caller]
    fn assert_clean(texts: &[&str]) {
        for text in texts {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn every_pair_is_judged_after_hangul() {
        assert_found(
            "안장점를 함수을 버전는 구조은 성능가 문제이 특성와 분야과",
            &["안장점[를>을]", "함수[을>를]", "버전[는>은]", "구조[은>는]", "성능[가>이]", "문제[이>가]", "특성[와>과]", "분야[과>와]"],
        );
        assert_found(
            "방식로 도시으로 모델으로 방법로써 함수으로부터의 단계으로는",
            &["방식[로>으로]", "도시[으로>로]", "모델[으로>로]", "방법[로>으로]", "함수[으로>로]", "단계[으로>로]"],
        );
        assert_found(
            "사람들나 사람들란 함수이란 친구들랑 방법라는 것며 때문예요 방법야말로 함수은커녕 방법는커녕",
            &[
                "사람들[나>이나]",
                "사람들[란>이란]",
                "함수[이란>란]",
                "친구들[랑>이랑]",
                "방법[라는>이라는]",
                "것[며>이며]",
                "때문[예요>이에요]",
                "방법[야말로>이야말로]",
                "함수[은>는]",
                "방법[는>은]",
            ],
        );
        assert_found("특성와의 분야과는 방식로서의", &["특성[와>과]", "분야[과>와]", "방식[로>으로]"]);
    }

    #[test]
    fn only_the_wrong_part_of_a_stack_is_told() {
        assert_found(
            "장에서은 여기까지을 점만를 모델들를 모델들으로 API에서은 LLM들으로",
            &["장에서[은>는]", "여기까지[을>를]", "점만[를>을]", "모델들[를>을]", "모델들[으로>로]", "API에서[은>는]", "LLM들[으로>로]"],
        );
    }

    #[test]
    fn other_hosts_are_read() {
        assert_found(
            "LLM를 API을 HTML으로 10를 3.0는 50%을 5kg는 3월는 “점”를 점(point)를 `TOKEN`를 RNN모델는",
            &[
                "LLM[를>을]",
                "API[을>를]",
                "HTML[으로>로]",
                "10[를>을]",
                "3.0[는>은]",
                "50%[을>를]",
                "5kg[는>은]",
                "3월[는>은]",
                "“점”[를>을]",
                "점(point)[를>을]",
                "`TOKEN`[를>을]",
                "RNN모델[는>은]",
            ],
        );
        assert_found("MIMO(다중 입력 다중 출력)을", &["출력)[을>를]"]);
        let likely = faults("Transformers을 Python를", &[]).misfits;
        assert_eq!(likely.len(), 2);
        assert_eq!(faults("Looper을", &[]).misfits[0].certainty, Certainty::Likely);
        assert_eq!(faults("API을", &[]).misfits[0].certainty, Certainty::Certain);
    }

    #[test]
    fn right_particles_are_left_alone() {
        assert_clean(&[
            "안장점은 함수는 모델로 값을 결과와 LLM은 API가 10으로 함수이며 함수이다 함수이라고 모델들로 장에서는 50%를 GPT-4는 “점”이라는 점(point)을",
            "제2과 종로 3가 \"가자\"라고 \"함수\"이라고 $10을 AI가이드 3가지 `함수을` {name}을 trait을 trait를 `size`은 name은",
        ]);
    }

    #[test]
    fn words_that_only_look_like_it_are_left_alone() {
        assert_clean(&[
            "있는 없는 않는 찾는 받는 먹는 읽는 듣는 돕는 짓는 높은 같은 나은 지은 이을 나을 마을 가을 노을 산골마을 결론지은 퍼부은 살아남는 받아적는 재밌는 좋겠는",
            "차이 사이 나이 아이 높이 깊이 같이 많이 굳이 더욱이 오이 놀이 디스플레이 어레이 와이파이 에세이 루이 따라서이 위해이",
            "평가 국가 전문가 증가 물가 작곡가 재산가 대학가 바닷가 무언가 누군가 어디선가 어디론가 무엇인가 있는가 그런가 비싼가 여행가",
            "결과 효과 사과 초과 부과 내과 피부과 무화과 학과 통과 고양이과 기와 오키나와 안와 종로 선로 진로 통로 산책로 용광로 서로 바로 새로 앞으로 스스로 들를 서두를",
            "하나 만나 끝나 빛나 혼란 논란 입력란 이란 신랑 명랑 컵라면 신라면 전라도 김하은 박지은 말라는 몰라서",
        ]);
    }

    #[test]
    fn stems_that_lose_a_consonant_or_a_vowel_are_no_nouns() {
        assert_clean(&[
            "모은 긁어모은 끌어모은 그러모은 불러모은 쓸어모은 주워모은 사모은 한데모은 긁어모을 끌어모을",
            "연이은 연이을 뒤이은 줄이은 단정지은 한정지은 연결지은 범주지은 판가름지을 일단락지은",
            "쏟아부은 내리부은 밑줄그은 선그을 휘저은 내저은 가로저은 손저을 훨씬나은",
            "껴입는 덧입는 힘입는 되짚는 헛짚는 얽는 흩는 무르익는 문제삼는 비집는 되감는",
        ]);
    }

    #[test]
    fn nouns_that_end_like_those_stems_are_judged() {
        assert_found(
            "규모은 메모을 데모은 소모을 이미지은 메시지을 결정은 정지을 손님맞이은 공연이은",
            &[
                "규모[은>는]",
                "메모[을>를]",
                "데모[은>는]",
                "소모[을>를]",
                "이미지[은>는]",
                "메시지[을>를]",
                "정지[을>를]",
                "손님맞이[은>는]",
                "공연이[은>는]",
            ],
        );
        assert_found(
            "내부은 정부을 블로그은 버그을 브라우저은 하나은 본문는 방식는",
            &["내부[은>는]", "정부[을>를]", "블로그[은>는]", "버그[을>를]", "브라우저[은>는]", "하나[은>는]", "본문[는>은]", "방식[는>은]"],
        );
    }

    #[test]
    fn endings_of_the_copula_are_no_particles() {
        for noun in ["모델", "안장점", "함수"] {
            for ending in
                ["인가", "인가요", "뿐인가", "만인가", "까지인가", "에서인가", "들인가", "이던가", "이었던가", "이든가", "일까", "인가를"]
            {
                let text = format!("{noun}{ending} 본다");
                assert_eq!(faults(&text, &[Noun { span: 0..noun.len(), sound: None }]).misfits, [], "{text}");
            }
        }
        assert_clean(&["API든가 API이든가 LLM만인가 3까지인가 API에서인가 “점”들인가 `f`부터인가"]);
        let wrong = |noun: &str, tail: &str| -> Vec<String> {
            let text = format!("{noun}{tail}");
            let found = faults(&text, &[Noun { span: 0..noun.len(), sound: None }]).misfits;
            found.into_iter().map(|one| format!("{}>{}", &text[one.particle], one.right)).collect()
        };
        assert_eq!(wrong("모델", "가"), ["가>이"]);
        assert_eq!(wrong("모델", "만가"), ["가>이"]);
        assert_eq!(wrong("모델", "임를"), ["를>을"]);
        assert_eq!(wrong("모델", "인가을"), ["을>를"]);
        assert_eq!(wrong("안장점", "뿐는"), ["는>은"]);
        assert_eq!(wrong("모델", "만며"), ["며>이며"]);
        assert_eq!(wrong("안장점", "든가"), ["든가>이든가"]);
    }

    #[test]
    fn formulas_explanations_and_mentions_are_left_alone() {
        assert_clean(&["γ>0가 x = 5를 A∈R이 동시성Concurrency이 a11y이 을/를 은(는) '는'과 \"\"사과\"\" https://a.example/함수을"]);
    }

    #[test]
    fn known_nouns_leave_no_doubt() {
        let noun = |text: &str, sound| vec![Noun { span: 0..text.len(), sound }];
        let right = |text: &str, nouns: &[Noun]| faults(text, nouns).misfits.into_iter().map(|one| one.right).collect::<Vec<_>>();
        assert_eq!(right("차이이 크다", &noun("차이", None)), ["가"]);
        assert_eq!(right("길를 찾다", &noun("길", None)), ["을"]);
        assert_eq!(right("차이 크다", &noun("차이", None)), Vec::<String>::new(), "the noun itself");
        assert_eq!(right("BERT은 크다", &noun("BERT", Some(Final::Vowel))), ["는"]);
        assert_eq!(right("SQL를 쓴다", &noun("SQL", Some(Final::Vowel))), Vec::<String>::new(), "read as the glossary says");
        assert_eq!(right("점이나 함수이나, 다르다", &noun("점", None)), Vec::<String>::new());
    }
}
