//! How a sentence is written: its register, its end, its spelling and its spaces.

use translate_digest::digest::{Kind as Segment, sentences};
use translate_digest::korean::hangul::is_hangul;

use super::edition::line;
use super::letters::{B, L, N, NONE, SS, ending_in, final_of};
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "a sentence in another register", checks: &["mixed-register"], inject: other_register },
    Kind { fault: "a word twice", checks: &["doubled-word"], inject: double_word },
    Kind { fault: "a particle twice", checks: &["doubled-word"], inject: double_particle },
    Kind { fault: "a sentence without its end mark", checks: &["unclosed-sentence"], inject: drop_end_mark },
    Kind { fault: "a question without its mark", checks: &["unclosed-sentence"], inject: drop_question_mark },
    Kind { fault: "a stop after a title", checks: &["title-stop"], inject: stop_title },
    Kind { fault: "a dependent noun written solid", checks: &["dependent-noun-spacing"], inject: join_noun },
    Kind { fault: "할수 있다 for a plain ending", checks: &["dependent-noun-spacing"], inject: solid_can },
    Kind { fault: "a misspelt word", checks: &["confusable"], inject: misspell },
];

/// Polite endings with the plain ones, the longer before the shorter; `ㅂ니다` is a rule of its own.
const REGISTERS: &[(&str, &str)] = &[
    ("이에요.", "이다."),
    ("예요.", "다."),
    ("었어요.", "었다."),
    ("았어요.", "았다."),
    ("했어요.", "했다."),
    ("졌어요.", "졌다."),
    ("렸어요.", "렸다."),
    ("있어요.", "있다."),
    ("없어요.", "없다."),
    ("워요.", "운다."),
    ("돼요.", "된다."),
];

/// A sentence of running text, without markup, quotation or bracket, that ends with a full stop.
fn statement(edition: &Edition, random: &mut Random) -> Option<std::ops::Range<usize>> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    let bare = edition.bare_sentences(&twin.korean);
    let span = random.pick(&bare)?.clone();
    let text = &edition.text()[span.clone()];
    // A block quote is in the words of another.
    let is_quoted = line(edition.text(), span.start).trim_start().starts_with('>')
        || text.contains(['"', '“', '”', '(', ')', '‘', '’'])
        || edition.text()[..twin.korean.start].ends_with(['"', '“']);
    // What a closing quotation mark follows belongs to the quotation.
    let segment = &edition.text()[twin.korean.clone()];
    (!is_quoted && !segment.contains('“') && text.ends_with('.')).then_some(span)
}

fn other_register(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = statement(edition, random)?;
    let text = &edition.text()[span.clone()];
    let new = plain(text).or_else(|| polite(text))?;
    Some(edition.with(span, &new))
}

/// The sentence in 한다체.
fn plain(text: &str) -> Option<String> {
    if let Some(stem) = text.strip_suffix("입니다.") {
        return Some(format!("{stem}이다."));
    }
    if let Some(stem) = text.strip_suffix("습니다.") {
        let last = stem.chars().next_back()?;
        return (final_of(last) == Some(SS) || last == '없').then(|| format!("{stem}다."));
    }
    if let Some(stem) = text.strip_suffix("니다.") {
        return Some(format!("{}다.", ending_in(stem, B, N)?));
    }
    REGISTERS.iter().find_map(|(polite, plain)| text.strip_suffix(polite).map(|stem| format!("{stem}{plain}")))
}

/// The sentence in 합니다체.
fn polite(text: &str) -> Option<String> {
    if let Some(stem) = text.strip_suffix("이다.") {
        return Some(format!("{stem}입니다."));
    }
    let stem = text.strip_suffix("다.")?;
    let last = stem.chars().next_back()?;
    if final_of(last) == Some(SS) || last == '없' {
        return Some(format!("{stem}습니다."));
    }
    if last == '는' { None } else { Some(format!("{}니다.", ending_in(stem, N, B)?)) }
}

fn double_word(edition: &Edition, random: &mut Random) -> Option<String> {
    const DOUBLE: &[&str] = &["매우", "정말", "아주", "점점", "조금", "더욱", "오래", "무척", "자주", "하나", "차츰", "절대"];
    let words = edition.hangul(2);
    let word = random.pick(&words)?;
    let syllables: Vec<char> = word.text.chars().collect();
    let is_double = syllables[..syllables.len() / 2] == syllables[syllables.len().div_ceil(2)..];
    (!DOUBLE.contains(&word.text) && !is_double).then(|| edition.with(word.span.end..word.span.end, &format!(" {}", word.text)))
}

fn double_particle(edition: &Edition, random: &mut Random) -> Option<String> {
    let words = edition.hangul(3);
    let word = random.pick(&words)?;
    let particle = word.text.chars().next_back().filter(|c| matches!(c, '을' | '를'))?;
    Some(edition.with(word.span.end..word.span.end, &particle.to_string()))
}

fn drop_end_mark(edition: &Edition, random: &mut Random) -> Option<String> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    let english = &edition.english.text[twin.english.clone()];
    let text = &edition.text()[twin.korean.clone()];
    let last = sentences(text).pop()?;
    let is_closed = text[last].ends_with("다.") || text.ends_with("요.") || text.ends_with("요?") || text.ends_with("까?");
    (is_closed && english.ends_with(['.', '?', '!'])).then(|| edition.with(twin.korean.end - 1..twin.korean.end, ""))
}

fn drop_question_mark(edition: &Edition, random: &mut Random) -> Option<String> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    let both = [&edition.english.text[twin.english.clone()], &edition.text()[twin.korean.clone()]];
    both.iter().all(|text| text.ends_with('?')).then(|| edition.with(twin.korean.end - 1..twin.korean.end, ""))
}

fn stop_title(edition: &Edition, random: &mut Random) -> Option<String> {
    let twins = edition.twins();
    let twin = random.pick(&twins)?;
    let text = edition.text();
    let is_title = twin.kind == Segment::Title && text[..twin.korean.end].ends_with(is_hangul) && text[twin.korean.end..].starts_with(']');
    // Where the English title ends in a stop, the Korean one may.
    let has_stop = edition.english.text[..twin.english.end].ends_with('.');
    (is_title && !has_stop).then(|| edition.with(twin.korean.end..twin.korean.end, "."))
}

fn join_noun(edition: &Edition, random: &mut Random) -> Option<String> {
    let runs: Vec<_> = edition.runs(3).collect();
    let run = random.pick(&runs)?;
    let [verb, noun, next] = run else { return None };
    let last = verb.text.chars().next_back().and_then(final_of)?;
    let is_can = noun.text == "수" && last == L && next.text.starts_with(['있', '없']);
    let is_when = last == L && noun.text == "때";
    let is_thing = (last == L || last == N) && matches!(noun.text, "것" | "것은" | "것이" | "것을");
    (is_can || is_when || is_thing).then(|| edition.with(verb.span.end..noun.span.start, ""))
}

fn solid_can(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = statement(edition, random)?;
    let text = &edition.text()[span.clone()];
    if text.ends_with("습니다.") {
        return None;
    }
    let new = if let Some(stem) = text.strip_suffix("니다.") {
        format!("{}수 {}", ending_in(stem, B, L)?, random.of(&["있습니다.", "없습니다."]))
    } else {
        format!("{}수 {}", ending_in(text.strip_suffix("다.")?, N, L)?, random.of(&["있다.", "없다."]))
    };
    // 입니다 is no verb.
    (!new.contains("일수 ")).then(|| edition.with(span, &new))
}

fn misspell(edition: &Edition, random: &mut Random) -> Option<String> {
    // What 한글 맞춤법 and its word lists call wrong, without a reading in which it is right.
    const WRONG: &[&str] = &[
        "몇일",
        "왠만하면",
        "오랫만에",
        "금새",
        "일일히",
        "곰곰히",
        "깨끗히",
        "희안하게",
        "역활을",
        "어의없게",
        "구지",
        "됬지만",
        "안됬지만",
        "어떻해",
        "몇일간",
        "됬는데",
    ];
    let words = edition.hangul(2);
    let word = random.pick(&words)?;
    if !matches!(word.kind, Some(Segment::Commentary | Segment::Paragraph)) {
        return None;
    }
    if random.one_in(3) {
        return past_of_become(edition, random);
    }
    Some(edition.with(word.span.start..word.span.start, &format!("{} ", random.of(WRONG))))
}

/// 됬 for 되었 or 됐.
fn past_of_become(edition: &Edition, random: &mut Random) -> Option<String> {
    let found: Vec<_> = ["되었", "됐"].iter().flat_map(|form| edition.text().match_indices(form)).collect();
    let (at, form) = random.pick(&found)?;
    debug_assert!(final_of('되') == Some(NONE));
    Some(edition.with(*at..at + form.len(), "됬"))
}
