//! Closed classes of Korean words whose last letters look like a particle that disagrees, and are none.
//!
//! The lists are grammar's (stems, irregular verbs) and everyday vocabulary (nouns and adverbs by their last syllable). A word that could be
//! one of them is never reported: silence is cheaper than a false alarm.

mod nouns;
mod verbs;

/// Whether host and particle are, or could be, another word as a whole.
///
/// `host` is the Hangul before the particle; `attached` tells that more of the word stands before it (3월, RNN모델).
pub(super) fn may_be_another(host: &str, particle: &str, attached: bool) -> bool {
    let syllables = host.chars().count() + usize::from(attached);
    match particle {
        "는" => verbs::takes_adnominal(host),
        "를" => host == "들",
        "은" => syllables < 2 || verbs::is_irregular(host) || nouns::is_given_name(host),
        "을" => syllables < 2 || verbs::is_irregular(host) || nouns::ends_in_eul(host),
        "이" => syllables < 2 || !nouns::never_ends_in_i(host),
        "가" => {
            if syllables < 2 {
                !nouns::is_plain(host)
            } else {
                verbs::may_ask(host) || nouns::ends_in_ga(host)
            }
        }
        "과" => syllables < 2 || nouns::ends_in_gwa(host),
        // 안와, 잠와: 오다 written without a blank.
        "와" => syllables < 2 && !nouns::is_plain(host),
        "로" => {
            if syllables < 2 {
                !nouns::is_plain(host)
            } else {
                nouns::ends_in_ro(host)
            }
        }
        "으로" => host.is_empty(),
        "랑" => syllables < 2 || nouns::ends_in_rang(host),
        "라" => syllables < 2 || nouns::ends_in_ra(host),
        // Verbs contract to 나, 란, 며 after a consonant, and nouns end in them: only after the plural and bound nouns are they sure.
        "나" | "란" => !nouns::is_sure_noun(host),
        _ => false,
    }
}

/// Whether `host` ends with one of the words of a list written as one text.
fn ends_with_one_of(host: &str, words: &[&str]) -> bool {
    words.iter().any(|word| host.ends_with(word))
}
