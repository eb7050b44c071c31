//! Where the letters at the end of a Hangul word look like a particle that disagrees with the syllable before it.

use crate::korean::hangul::{Final, final_of, final_sound};

/// A particle inside a Hangul run that would have to be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    /// Where the smallest wrong text starts and ends in the run.
    pub start: usize,
    pub end: usize,
    /// What would be right.
    pub right: &'static str,
    /// Under which name the words that end in these letters are listed.
    pub family: &'static str,
}

/// What may follow the pairs 으로/로 and 과/와, by the last syllable of the word. A clean word is told by one look into this table.
fn rests(last: char) -> &'static [&'static str] {
    match last {
        '의' => &["의", "부터의", "서의", "써의", "까지의"],
        '도' => &["도", "서도", "써도", "부터도", "까지도"],
        '는' => &["는", "서는", "써는", "부터는", "까지는"],
        '만' => &["만", "써만", "부터만"],
        '서' => &["서"],
        '써' => &["써"],
        '터' => &["부터"],
        '지' => &["까지"],
        '이' => &["같이"],
        '께' => &["함께"],
        _ => &[],
    }
}

/// The quoting forms of the copula without its 이.
const QUOTING: &[(&str, &str)] = &[
    ("라는", "이라는"),
    ("라고", "이라고"),
    ("라고는", "이라고는"),
    ("라고도", "이라고도"),
    ("라도", "이라도"),
    ("라면", "이라면"),
    ("라서", "이라서"),
    ("라며", "이라며"),
    ("라면서", "이라면서"),
];

/// Whether a Hangul run may end in a disagreement: told by its last two syllables, which rule out almost every word. They end in no
/// particle, or in one that fits.
#[inline]
pub(super) fn may_clash(run: &str) -> bool {
    // Every letter of Hangul has three bytes.
    let [.., first, second, third, a, b, c] = *run.as_bytes() else { return false };
    let (Some(before), Some(last)) = (letter(first, second, third), letter(a, b, c)) else { return false };
    let closed = || !matches!(final_of(before), Some(Final::Vowel));
    let consonant = || final_of(before) == Some(Final::Consonant);
    match last {
        '은' | '을' | '과' => !closed(),
        '이' => !closed() || before == '같',
        '가' | '를' | '와' | '나' => closed(),
        '는' => closed() || is_stacked(before) || matches!(before, '라' | '고'),
        '로' => consonant() || matches!(before, '으' | '말'),
        '의' | '만' | '써' | '터' | '지' | '께' => is_stacked(before),
        '도' => is_stacked(before) || matches!(before, '라' | '고'),
        '서' => is_stacked(before) || matches!(before, '라' | '면'),
        '고' | '면' => before == '라',
        '며' => consonant() || before == '라',
        '녕' => before == '커',
        '요' => before == '예',
        '란' | '랑' => true,
        _ => false,
    }
}

/// What can stand before the last syllable of [`rests`].
fn is_stacked(before: char) -> bool {
    matches!(before, '로' | '과' | '와' | '서' | '써' | '부' | '까' | '터' | '지' | '같' | '함')
}

fn letter(first: u8, second: u8, third: u8) -> Option<char> {
    char::from_u32(u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
}

/// The disagreement at the end of a run, if there is one.
pub(super) fn clash(run: &str) -> Option<Clash> {
    if !may_clash(run) {
        return None;
    }
    let mut letters = run.chars().rev();
    let last = letters.next()?;
    let before = letters.next()?;
    if matches!(last, '은' | '는' | '이' | '가' | '을' | '를' | '과' | '와' | '로' | '나' | '란' | '랑' | '며')
        && let Some(clash) = simple(run, last)
    {
        return Some(clash);
    }
    for rest in rests(last).iter().filter(|_| is_stacked(before)) {
        if let Some(base) = run.strip_suffix(rest)
            && let Some(pair @ ('로' | '과' | '와')) = base.chars().next_back()
            // 와서 is a form of 오다.
            && (pair == '로' || matches!(*rest, "의" | "도" | "는" | "만" | "같이" | "함께"))
            && let Some(clash) = simple(base, pair)
        {
            return Some(clash);
        }
    }
    match last {
        '녕' => run.strip_suffix("커녕").and_then(|base| simple(base, base.chars().next_back().filter(|c| matches!(c, '은' | '는'))?)),
        '요' => {
            let host = run.strip_suffix("예요")?;
            matches!(final_sound(host)?, Final::Consonant | Final::Liquid).then_some(Clash {
                start: host.len(),
                end: run.len(),
                right: "이에요",
                family: "예요",
            })
        }
        '는' | '고' | '도' | '면' | '서' | '며' if matches!(before, '라' | '고' | '면') => {
            QUOTING.iter().find_map(|(bare, full)| {
                let host = run.strip_suffix(bare)?;
                // After ㄹ the same letters are forms of 말다, 모르다, 고르다.
                (final_sound(host)? == Final::Consonant).then_some(Clash { start: host.len(), end: run.len(), right: full, family: "라" })
            })
        }
        _ => None,
    }
}

/// One particle at the end of `run`, whose last syllable is `last`.
fn simple(run: &str, last: char) -> Option<Clash> {
    let start = run.len() - last.len_utf8();
    let host = &run[..start];
    let sound = final_sound(host)?;
    let clash = |right, family| Some(Clash { start, end: run.len(), right, family });
    let closed = sound != Final::Vowel;
    // A form in 이 after a vowel: the letters before 이 are the host.
    let longer = |ending: &'static str, right| {
        let host = run.strip_suffix(ending)?;
        (final_sound(host)? == Final::Vowel).then_some(Clash { start: host.len(), end: run.len(), right, family: "이" })
    };
    match last {
        '은' if !closed => clash("는", "은"),
        '는' if closed => clash("은", "는"),
        '이' if !closed => clash("가", "이"),
        '가' if closed => clash("이", "가"),
        '을' if !closed => clash("를", "을"),
        '를' if closed => clash("을", "를"),
        '과' if !closed => clash("와", "과"),
        '와' if closed => clash("과", "와"),
        '로' => direction(run, host, sound),
        '나' if closed => clash("이나", "나"),
        '란' if closed => clash("이란", "란"),
        '란' => longer("이란", "란"),
        '랑' if closed => clash("이랑", "랑"),
        '랑' => longer("이랑", "랑"),
        '며' if sound == Final::Consonant => clash("이며", "며"),
        _ => None,
    }
}

/// 으로 and 로, and 야말로, which ends like it.
fn direction(run: &str, host: &str, sound: Final) -> Option<Clash> {
    if let Some(host) = run.strip_suffix("야말로") {
        return match host.strip_suffix('이') {
            Some(before) if final_sound(before)? == Final::Vowel => {
                Some(Clash { start: before.len(), end: run.len(), right: "야말로", family: "이" })
            }
            _ if final_sound(host)? == Final::Vowel => None,
            _ => Some(Clash { start: host.len(), end: run.len(), right: "이야말로", family: "야말로" }),
        };
    }
    if let Some(before) = host.strip_suffix('으') {
        return (final_sound(before)? != Final::Consonant).then_some(Clash {
            start: before.len(),
            end: run.len(),
            right: "로",
            family: "으로",
        });
    }
    (sound == Final::Consonant).then_some(Clash { start: host.len(), end: run.len(), right: "으로", family: "로" })
}

/// The disagreement at the start of a particle that stands after a host with this last sound: where it ends, and what would be right.
pub(super) fn head(sound: Final, run: &str) -> Option<(usize, &'static str)> {
    let table: &[(&str, &str)] = if sound == Final::Vowel { AFTER_VOWEL } else { AFTER_CONSONANT };
    if sound == Final::Consonant && run.starts_with('로') {
        return Some(('로'.len_utf8(), "으로"));
    }
    if sound == Final::Liquid && run.starts_with("으로") {
        return Some(("으로".len(), "로"));
    }
    table
        .iter()
        .find(|(written, _)| run.strip_prefix(written).is_some_and(|rest| follows(written, rest)))
        .map(|(written, right)| (written.len(), *right))
}

/// What may stand after a vowel no more. The copula in full may (함수이며), and with it its quoting forms.
const AFTER_VOWEL: &[(&str, &str)] = &[
    ("은", "는"),
    ("이야말로", "야말로"),
    ("이란", "란"),
    ("이랑", "랑"),
    ("이나", "나"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
];

/// What may not stand after a consonant.
const AFTER_CONSONANT: &[(&str, &str)] = &[
    ("는", "은"),
    ("가", "이"),
    ("를", "을"),
    ("와", "과"),
    ("나", "이나"),
    ("란", "이란"),
    ("랑", "이랑"),
    ("며", "이며"),
    ("라는", "이라는"),
    ("라고", "이라고"),
    ("라도", "이라도"),
    ("라면", "이라면"),
    ("라서", "이라서"),
    ("라며", "이라며"),
    ("야말로", "이야말로"),
    ("든지", "이든지"),
    ("든가", "이든가"),
    ("예요", "이에요"),
    ("였", "이었"),
];

/// Whether the rest of a particle leaves its head what it seems: 이 with a rest is the copula, 가 with one another word.
fn follows(written: &str, rest: &str) -> bool {
    match written {
        "이" | "가" | "을" | "를" => rest.is_empty(),
        "은" | "는" => rest.is_empty() || rest == "커녕",
        "란" | "이란" | "랑" | "이랑" | "며" => rest.is_empty(),
        "나" | "이나" => rest.is_empty() || rest == "마",
        _ => true,
    }
}
