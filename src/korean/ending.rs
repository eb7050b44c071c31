//! Verbal endings: what may follow 하-, 되-, 시키- and the copula 이-, by the class of stem that they stand on.

mod stems;
mod tables;

use super::hangul::strip;
pub(super) use stems::{COPULA, LIGHT_VERBS, RECEIVE, SUFFER};
use stems::{Consonant, EXISTENCE, HONORIFIC, MODALS, SOLID_AUXILIARIES};
use tables::*;

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
    /// The past and the presumptive: 했, 하였, 하겠.
    pub past: &'static [&'static str],
    pub is_copula: bool,
}

/// Judges what follows a nominal form.
type Particles<'a> = &'a dyn Fn(&str) -> bool;

impl Stem {
    /// Whether `run` as a whole is a form of this stem. `particles` judges what follows a nominal form.
    pub(super) fn accepts(&self, run: &str, particles: Particles) -> bool {
        self.accepts_simple(run, particles)
            || self.with_bound_noun(run, particles)
            || (!self.is_copula && self.accepts_joined(run, particles))
    }

    /// One stem, one ending.
    fn accepts_simple(&self, run: &str, particles: Particles) -> bool {
        let ends = |rest: &str, list: &[&str]| ends_with_one_of(rest, list, particles);
        let after = |stem: &str, lists: &[&[&str]]| strip(run, stem).is_some_and(|rest| lists.iter().any(|list| ends(rest, list)));
        let own: &[&str] = if self.is_copula { ON_COPULA } else { ON_VERB };
        after(self.vowel, &[ON_VOWEL_STEM, own])
            || after(self.n, &[AFTER_N])
            || (!self.is_copula && after(self.n, &[AFTER_N_OF_VERB]))
            || after(self.l, &[AFTER_L])
            || after(self.b, &[AFTER_B])
            || self.a.iter().any(|stem| after(stem, &[AFTER_A]))
            || self.past.iter().any(|stem| strip(run, stem).is_some_and(|rest| is_past(rest, particles)))
            || strip(run, self.m).is_some_and(|rest| rest.is_empty() || particles(rest))
    }

    /// The stem with one ending: what [`Self::accepts_simple`] accepts, particles aside.
    fn spellings(&self) -> impl Iterator<Item = String> {
        let own: &[&str] = if self.is_copula { ON_COPULA } else { ON_VERB };
        let of_verb: &[&str] = if self.is_copula { &[] } else { AFTER_N_OF_VERB };
        let fused = [
            (self.vowel, ON_VOWEL_STEM),
            (self.vowel, own),
            (self.n, AFTER_N),
            (self.n, of_verb),
            (self.l, AFTER_L),
            (self.b, AFTER_B),
            (self.m, &[""]),
        ];
        let connective = self.a.iter().map(|&stem| (stem, AFTER_A));
        let past = self.past.iter().map(|&stem| (stem, AFTER_PAST));
        let all = fused.into_iter().chain(connective).chain(past);
        all.flat_map(|(stem, endings)| endings.iter().map(move |ending| format!("{stem}{ending}")))
    }

    /// An adnominal with a bound noun written solid: 하는것은, 할때, 할수있는, 인것.
    fn with_bound_noun(&self, run: &str, particles: Particles) -> bool {
        let noun = |rest: &str| is_bound_noun(rest, particles);
        let adnominal = strip(run, self.vowel).and_then(|rest| rest.strip_prefix("는")).is_some_and(noun);
        (adnominal && !self.is_copula)
            || strip(run, self.n).is_some_and(noun)
            || strip(run, self.l).is_some_and(|rest| noun(rest) || is_ability(rest, particles))
    }

    /// An auxiliary or a modal written solid: 해봅니다, 해주는, 되어있는, 하고있다, 해야하는, 하게된, 하려하는, 하지않는, 하시는.
    fn accepts_joined(&self, run: &str, particles: Particles) -> bool {
        let light = |rest: &str| LIGHT_VERBS.iter().take(2).any(|verb| verb.accepts_simple(rest, particles));
        let on_connective = |rest: &str| {
            SOLID_AUXILIARIES.iter().any(|verb| verb.accepts_simple(rest, particles) || verb.with_bound_noun(rest, particles))
                || EXISTENCE.iter().any(|verb| verb.accepts(rest, particles))
                || rest.strip_prefix("야만").or_else(|| rest.strip_prefix("야")).is_some_and(light)
        };
        let on_stem = |rest: &str| {
            let after = |ending: &str, follows: &dyn Fn(&str) -> bool| strip(rest, ending).is_some_and(follows);
            let modal = |rest: &str| MODALS.iter().chain(EXISTENCE).any(|verb| verb.accepts(rest, particles));
            HONORIFIC.accepts_simple(rest, particles)
                || HONORIFIC.with_bound_noun(rest, particles)
                || after("고", &modal)
                || after("지", &modal)
                || after("게", &light)
                || after("려", &light)
                || after("고자", &light)
                || after("도록", &light)
                || after("기", &|rest| ends_with_one_of(rest, AFTER_NOMINAL, particles) || follows_noun(rest, AFTER_NOMINAL, particles))
        };
        self.a.iter().any(|stem| strip(run, stem).is_some_and(on_connective)) || strip(run, self.vowel).is_some_and(on_stem)
    }
}

impl Consonant {
    /// Whether `run` as a whole is a form of this stem.
    pub(super) fn accepts(&self, run: &str, particles: Particles) -> bool {
        let after = |list: &[&str]| strip(run, self.stem).is_some_and(|rest| ends_with_one_of(rest, list, particles));
        let adnominal = |ending: &str| strip(run, self.stem).and_then(|rest| strip(rest, ending));
        after(AFTER_PAST)
            || after(ON_CONSONANT_STEM)
            || strip(run, self.a).is_some_and(|rest| {
                ends_with_one_of(rest, AFTER_A, particles)
                    || rest.strip_prefix('야').is_some_and(|rest| LIGHT_VERBS[0].accepts_simple(rest, particles))
            })
            || strip(run, self.past).is_some_and(|rest| is_past(rest, particles))
            || ["는", "은", "을"].into_iter().filter_map(adnominal).any(|rest| is_bound_noun(rest, particles))
            || adnominal("을").is_some_and(|rest| is_ability(rest, particles))
    }
}

/// The forms of the copula and of the light verbs with one ending, for whoever looks letters up instead of judging them.
pub(super) fn spellings() -> impl Iterator<Item = String> {
    let after_stem = LIGHT_VERBS.iter().chain([&COPULA]).flat_map(Stem::spellings);
    let dropped = DROPPED_COPULA.iter().map(|&ending| ending.to_owned());
    after_stem.chain(dropped).chain(AFTER_PAST.iter().map(|ending| format!("{DROPPED_PAST}{ending}")))
}

/// The endings after a past stem: 다, 습니다, 지만.
pub(super) fn after_past() -> &'static [&'static str] {
    AFTER_PAST
}

/// Whether `run` as a whole is the copula without its 이.
pub(super) fn is_dropped_copula(run: &str, particles: Particles) -> bool {
    ends_with_one_of(run, DROPPED_COPULA, particles) || strip(run, DROPPED_PAST).is_some_and(|rest| is_past(rest, particles))
}

/// What follows a past stem, which may itself be followed by 었 and 겠: 했었다, 했겠지만.
fn is_past(rest: &str, particles: Particles) -> bool {
    let further = rest.strip_prefix('었').unwrap_or(rest);
    let further = further.strip_prefix('겠').unwrap_or(further);
    ends_with_one_of(rest, AFTER_PAST, particles) || (further.len() < rest.len() && ends_with_one_of(further, AFTER_PAST, particles))
}

fn is_bound_noun(rest: &str, particles: Particles) -> bool {
    BOUND_NOUNS.iter().any(|noun| strip(rest, noun).is_some_and(|rest| rest.is_empty() || particles(rest)))
}

/// 수 있다, 수 없다, 수밖에 after 할, solid.
fn is_ability(rest: &str, particles: Particles) -> bool {
    let Some(rest) = rest.strip_prefix('수') else { return false };
    rest.is_empty() || particles(rest) || EXISTENCE.iter().any(|verb| verb.accepts(rest, particles))
}

fn ends_with_one_of(run: &str, list: &[&str], particles: Particles) -> bool {
    list.iter().any(|ending| strip(run, ending).is_some_and(|rest| rest.is_empty() || (TAKE_PARTICLES.contains(ending) && particles(rest))))
}

fn follows_noun(run: &str, list: &[&str], particles: Particles) -> bool {
    list.iter().any(|noun| strip(run, noun).is_some_and(particles))
}
