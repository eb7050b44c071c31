//! English inflection of a glossary entry's last word: plurals, and verb forms where the entry is a verb.
//!
//! Forms are made from the entry, never guessed back from a text: no stemmer merges optimal, optimizer and optimization. A form that
//! English does not have (`analysises`) does no harm.

/// Plurals that no ending tells (Latin and Greek nouns of technical English, a few old English ones).
const IRREGULAR: &[(&str, &str)] = &[
    ("minimum", "minima"),
    ("maximum", "maxima"),
    ("optimum", "optima"),
    ("extremum", "extrema"),
    ("datum", "data"),
    ("spectrum", "spectra"),
    ("continuum", "continua"),
    ("equilibrium", "equilibria"),
    ("criterion", "criteria"),
    ("phenomenon", "phenomena"),
    ("automaton", "automata"),
    ("polyhedron", "polyhedra"),
    ("radius", "radii"),
    ("stimulus", "stimuli"),
    ("modulus", "moduli"),
    ("locus", "loci"),
    ("focus", "foci"),
    ("corpus", "corpora"),
    ("formula", "formulae"),
    ("lemma", "lemmata"),
    ("schema", "schemata"),
    ("supremum", "suprema"),
    ("infimum", "infima"),
    ("stratum", "strata"),
    ("quantum", "quanta"),
    ("momentum", "momenta"),
    ("medium", "media"),
    ("curriculum", "curricula"),
    ("bacterium", "bacteria"),
    ("nucleus", "nuclei"),
    ("calculus", "calculi"),
    ("genus", "genera"),
    ("antenna", "antennae"),
    ("vertebra", "vertebrae"),
    ("tableau", "tableaux"),
    ("quiz", "quizzes"),
    ("person", "people"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("life", "lives"),
    ("knife", "knives"),
    ("self", "selves"),
    ("shelf", "shelves"),
    ("leaf", "leaves"),
    ("half", "halves"),
    ("child", "children"),
    ("mouse", "mice"),
];

/// Past forms that no ending tells, of verbs that technical English uses.
const IRREGULAR_VERBS: &[(&str, &[&str])] = &[
    ("begin", &["began", "begun"]),
    ("bind", &["bound"]),
    ("break", &["broke", "broken"]),
    ("bring", &["brought"]),
    ("build", &["built"]),
    ("catch", &["caught"]),
    ("choose", &["chose", "chosen"]),
    ("cut", &["cut"]),
    ("deal", &["dealt"]),
    ("draw", &["drew", "drawn"]),
    ("drive", &["drove", "driven"]),
    ("fall", &["fell", "fallen"]),
    ("feed", &["fed"]),
    ("find", &["found"]),
    ("fit", &["fit"]),
    ("forget", &["forgot", "forgotten"]),
    ("freeze", &["froze", "frozen"]),
    ("grow", &["grew", "grown"]),
    ("hide", &["hid", "hidden"]),
    ("hold", &["held"]),
    ("keep", &["kept"]),
    ("know", &["knew", "known"]),
    ("learn", &["learnt"]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("mean", &["meant"]),
    ("read", &["read"]),
    ("run", &["ran", "run"]),
    ("see", &["saw", "seen"]),
    ("send", &["sent"]),
    ("set", &["set"]),
    ("show", &["shown"]),
    ("shrink", &["shrank", "shrunk"]),
    ("speak", &["spoke", "spoken"]),
    ("spin", &["spun"]),
    ("split", &["split"]),
    ("take", &["took", "taken"]),
    ("teach", &["taught"]),
    ("think", &["thought"]),
    ("understand", &["understood"]),
    ("write", &["wrote", "written"]),
];

/// Letters of American English, and what Great Britain may write for them.
const SPELLINGS: &[(&str, &str)] = &[("iza", "isa"), ("ize", "ise"), ("izi", "isi"), ("yze", "yse"), ("yzi", "ysi")];

/// Endings of American and of British English, where either tells the other: modeling, modelling.
const ENDINGS: &[(&str, &str)] =
    &[("ization", "isation"), ("yze", "yse"), ("yzing", "ysing"), ("deling", "delling"), ("beling", "belling")];

/// Plurals of a noun; of a name in capitals only the plain -s.
pub(super) fn plurals(noun: &str) -> Vec<String> {
    let mut forms = vec![format!("{noun}s")];
    if noun.ends_with(|c: char| c.is_uppercase() || c.is_numeric()) {
        return forms;
    }
    if let Some(form) = Some(with_s(noun)).filter(|form| *form != forms[0]) {
        forms.push(form);
    }
    let replaced = |ending: &str, plural: &str| noun.strip_suffix(ending).map(|stem| format!("{stem}{plural}"));
    forms.extend(
        replaced("ix", "ices").or_else(|| replaced("ex", "ices")).or_else(|| replaced("is", "es")).or_else(|| replaced("man", "men")),
    );
    let last = noun.as_bytes().last();
    let irregular = IRREGULAR.iter().filter(|(singular, _)| singular.as_bytes().last() == last);
    forms.extend(irregular.filter_map(|(singular, plural)| replaced(singular, plural)).next());
    forms
}

/// -s, -ed and -ing of a verb.
pub(super) fn verb_forms(verb: &str) -> Vec<String> {
    let mut forms = vec![with_s(verb)];
    let irregular = IRREGULAR_VERBS.iter().find(|(own, _)| verb.strip_suffix(own).is_some_and(|head| head.is_empty() || head.len() > 2));
    if let Some((own, past)) = irregular {
        let head = &verb[..verb.len() - own.len()];
        forms.extend(past.iter().map(|past| format!("{head}{past}")));
    }
    if let Some(stem) = verb.strip_suffix('e') {
        forms.push(format!("{verb}d"));
        forms.push(if stem.ends_with('e') { format!("{verb}ing") } else { format!("{stem}ing") });
        return forms;
    }
    match verb.strip_suffix('y').filter(|stem| stem.ends_with(is_consonant)) {
        Some(stem) => forms.push(format!("{stem}ied")),
        None => forms.push(format!("{verb}ed")),
    }
    forms.push(format!("{verb}ing"));
    // overfit, overfitted: stress decides whether the consonant doubles, so both are made.
    if let Some(last) = doubled(verb) {
        forms.push(format!("{verb}{last}ed"));
        forms.push(format!("{verb}{last}ing"));
    }
    forms
}

/// The verb forms of an entry in -ing: fine-tuning, fine-tune, fine-tunes, fine-tuned.
pub(super) fn forms_of_gerund(gerund: &str) -> Vec<String> {
    let Some(stem) = gerund.strip_suffix("ing").filter(|stem| stem.len() > 2 && stem.contains(is_vowel)) else { return Vec::new() };
    let mut verbs = vec![stem.to_string(), format!("{stem}e")];
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && is_consonant(a)
    {
        verbs.push(stem[..stem.len() - a.len_utf8()].to_string());
    }
    let forms = verbs.iter().flat_map(|verb| verb_forms(verb)).filter(|form| form != gerund).collect::<Vec<_>>();
    verbs.into_iter().chain(forms).collect()
}

/// The entry as the other side of the ocean spells it; none where both write the same. A spelling that neither has (`sise`) does no
/// harm, and American verbs in -ise (advise) are left alone.
pub(super) fn other_spelling(english: &str) -> Option<String> {
    let ending = |(a, b): &(&str, &str)| english.ends_with(a).then(|| format!("{}{b}", &english[..english.len() - a.len()]));
    let ends = || ENDINGS.iter().find_map(|&(american, british)| ending(&(american, british)).or_else(|| ending(&(british, american))));
    let has_z = english.contains('z');
    let inside = || SPELLINGS.iter().find(|(american, _)| has_z && english.contains(american));
    inside().map(|(american, british)| english.replace(american, british)).or_else(ends)
}

fn with_s(word: &str) -> String {
    if let Some(stem) = word.strip_suffix('y').filter(|stem| stem.ends_with(is_consonant)) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|ending| word.ends_with(ending));
    format!("{word}{}", if hisses { "es" } else { "s" })
}

/// The last letter of a word in consonant, vowel, consonant.
fn doubled(word: &str) -> Option<char> {
    let mut letters = word.chars().rev();
    let (last, vowel, first) = (letters.next()?, letters.next()?, letters.next()?);
    (is_consonant(last) && !matches!(last, 'w' | 'x' | 'y') && is_vowel(vowel) && !is_vowel(first)).then_some(last)
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u')
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !is_vowel(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_those_of_technical_english() {
        for (noun, plural) in [
            ("point", "points"),
            ("class", "classes"),
            ("batch", "batches"),
            ("strategy", "strategies"),
            ("array", "arrays"),
            ("matrix", "matrices"),
            ("index", "indices"),
            ("vertex", "vertices"),
            ("axis", "axes"),
            ("minimum", "minima"),
            ("CNN", "CNNs"),
        ] {
            assert!(plurals(noun).contains(&plural.to_string()), "{noun}: {:?}", plurals(noun));
        }
        assert_eq!(plurals("CNN"), ["CNNs"]);
    }

    #[test]
    fn spellings_cross_the_ocean() {
        for (american, british) in [
            ("optimization", "optimisation"),
            ("tokenizer", "tokeniser"),
            ("analyze", "analyse"),
            ("language modeling", "language modelling"),
        ] {
            assert_eq!(other_spelling(american).as_deref(), Some(british));
        }
        assert_eq!(other_spelling("normalisation").as_deref(), Some("normalization"));
        assert_eq!(other_spelling("labelling").as_deref(), Some("labeling"));
        for both in ["noise", "advise", "feeling", "loss", "precision", "size"] {
            assert!(other_spelling(both).is_none_or(|other| other == "sise"), "{both}");
        }
    }

    #[test]
    fn verbs_follow_spelling() {
        assert!(verb_forms("overrun").contains(&"overran".to_string()));
        assert_eq!(verb_forms("tune"), ["tunes", "tuned", "tuning"]);
        assert_eq!(verb_forms("apply"), ["applies", "applied", "applying"]);
        assert!(verb_forms("overfit").contains(&"overfitting".to_string()));
        for form in ["tune", "tunes", "tuned"] {
            assert!(forms_of_gerund("tuning").contains(&form.to_string()), "{form}");
        }
        assert!(forms_of_gerund("overfitting").contains(&"overfits".to_string()));
        assert!(forms_of_gerund("string").is_empty(), "no verb");
    }
}
