//! What may be wrong with a Korean digest: one file per check, one list of them all.
//!
//! A check is its description and a function over a prepared [`Context`]: to add one, write its file and name it in [`ALL`].

mod added_item;
mod bare_alternative;
mod beside;
mod broken_markup;
mod broken_reference;
mod changed_link;
mod changed_name;
mod changed_number;
mod changed_unit;
mod chatter;
mod confusable;
mod context;
mod dead_term;
mod dependent_noun_spacing;
mod double_space;
mod doubled_word;
mod dropped_code;
mod dropped_image;
mod dropped_link;
mod english_left;
mod english_words;
mod excerpt;
mod figures;
mod finding;
mod fix;
mod forbidden_term;
mod foreign_script;
mod half_translated;
mod html_entity;
mod inert_emphasis;
mod leaked_placeholder;
mod lost_emphasis;
mod lost_item;
mod lost_structure;
mod marks;
mod merged;
mod missing_term;
mod mixed_quotes;
mod mixed_register;
mod not_approved;
mod not_nfc;
mod omitted_text;
mod periods;
mod place;
mod repeated_loop;
mod running;
mod side;
mod space_before_punctuation;
mod spaced_particle;
mod spacing_variant;
mod stale_translation;
mod stale_waiver;
mod stray_character;
mod term_drift;
mod title_stop;
mod translated_name;
mod translationese;
mod unbalanced_bracket;
mod unclosed_sentence;
mod untranslated;
mod waive;
mod wrong_particle;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use context::{Context, Named, Rendered};
pub use dead_term::{NAME as DEAD_TERM, Sightings, dead_terms};
pub use finding::{Edit, English, Finding, Severity};
pub use fix::{Fixed, apply};
pub use merged::Merged;
pub use not_approved::NAME as NOT_APPROVED;
pub use side::{Part, Passage, Side, Twin};
pub use stale_waiver::NAME as STALE_WAIVER;
pub use waive::Ruling;

use crate::digest::{fold, hash};
use crate::draft::record::State;

/// What checks are about, for who reads about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The glossary.
    Terms,
    /// Korean particles.
    Particles,
    /// Items, blocks, links, code.
    Structure,
    /// Numbers and units.
    Figures,
    /// What is said, and how.
    Language,
    /// Marks and characters.
    Typography,
    /// What machines leave behind.
    Machine,
    /// Who decided what, and when.
    Workflow,
}

impl Group {
    /// The word used as a heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Terms => "Terms",
            Self::Particles => "Particles",
            Self::Structure => "Structure",
            Self::Figures => "Figures",
            Self::Language => "Language",
            Self::Typography => "Typography",
            Self::Machine => "Machine",
            Self::Workflow => "Workflow",
        }
    }
}

/// Whole digests with and without a fault, which the check tells apart: a test runs them through the command.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The English digest; empty where the Korean tells enough.
    pub english: &'static str,
    /// Lines of `[terms]`; empty where no term matters.
    pub glossary: &'static str,
    /// A Korean digest with the fault.
    pub wrong: &'static str,
    /// The same without it.
    pub right: &'static str,
}

/// A check as people know it: what `translate explain` prints.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its name, which states the fault.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// How grave its findings are where no settings say otherwise.
    pub severity: Severity,
    /// Whether it runs where neither settings nor flags say so.
    pub on: bool,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// What the fault is, and why it is one.
    pub meaning: &'static str,
    /// The fault, and the text without it.
    pub example: Example,
    /// How to mend it, and what `--fix` does.
    pub mend: &'static str,
    /// When the text is right all the same.
    pub waive: &'static str,
}

/// A fault that can be looked for.
pub trait Check: Sync {
    /// What it is.
    fn about(&self) -> &'static About;

    /// Adds what it finds. Item, fingerprint and the severity of the settings are filled in by [`run`].
    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>);
}

/// Every check, in the order in which people read about them: group by group.
pub const ALL: &[&dyn Check] = &[
    // Terms
    &missing_term::MissingTerm,
    &forbidden_term::ForbiddenTerm,
    &translated_name::TranslatedName,
    &spacing_variant::SpacingVariant,
    &term_drift::TermDrift,
    // Particles
    &wrong_particle::WrongParticle,
    &spaced_particle::SpacedParticle,
    &bare_alternative::BareAlternative,
    // Structure
    &lost_item::LostItem,
    &added_item::AddedItem,
    &lost_structure::LostStructure,
    &lost_emphasis::LostEmphasis,
    &dropped_link::DroppedLink,
    &changed_link::ChangedLink,
    &dropped_code::DroppedCode,
    &dropped_image::DroppedImage,
    &broken_reference::BrokenReference,
    // Figures
    &changed_number::ChangedNumber,
    &changed_unit::ChangedUnit,
    // Language
    &untranslated::Untranslated,
    &half_translated::HalfTranslated,
    &english_left::EnglishLeft,
    &omitted_text::OmittedText,
    &foreign_script::ForeignScript,
    &changed_name::ChangedName,
    &mixed_register::MixedRegister,
    &doubled_word::DoubledWord,
    &unclosed_sentence::UnclosedSentence,
    &title_stop::TitleStop,
    &dependent_noun_spacing::DependentNounSpacing,
    &confusable::Confusable,
    &translationese::Translationese,
    // Typography
    &inert_emphasis::InertEmphasis,
    &broken_markup::BrokenMarkup,
    &html_entity::HtmlEntity,
    &stray_character::StrayCharacter,
    &not_nfc::NotNfc,
    &unbalanced_bracket::UnbalancedBracket,
    &mixed_quotes::MixedQuotes,
    &space_before_punctuation::SpaceBeforePunctuation,
    &double_space::DoubleSpace,
    // Machine
    &chatter::Chatter,
    &leaked_placeholder::LeakedPlaceholder,
    &repeated_loop::RepeatedLoop,
    // Workflow
    &stale_translation::StaleTranslation,
    &not_approved::NotApproved,
    &dead_term::DeadTerm,
    &stale_waiver::StaleWaiver,
];

/// The check with this name.
pub fn named(name: &str) -> Option<&'static dyn Check> {
    ALL.iter().copied().find(|check| check.about().name == name)
}

/// The names of all checks.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|check| check.about().name).collect()
}

/// A check that is to be run, and how grave its findings are.
#[derive(Clone, Copy)]
pub struct Chosen {
    /// The check.
    pub check: &'static dyn Check,
    /// As the settings have it.
    pub severity: Severity,
}

impl Chosen {
    /// Every check that runs unasked, at its own severity.
    pub fn all() -> Vec<Self> {
        ALL.iter().filter(|check| check.about().on).map(|&check| Self { check, severity: check.about().severity }).collect()
    }

    /// The checks that tell which terms a text lacks.
    pub fn of_terms() -> Vec<Self> {
        Self::all().into_iter().filter(|chosen| matches!(chosen.check.about().name, missing_term::NAME | translated_name::NAME)).collect()
    }

    /// The severity of a finding: what the check itself took for less grave than usual stays so.
    fn weighed(&self, finding: &Finding) -> Severity {
        if finding.severity == self.check.about().severity { self.severity } else { finding.severity.min(self.severity) }
    }
}

/// How far a segment is, as the record and the Korean file tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Who holds its Korean text.
    pub state: State,
    /// Whether its English changed since, or newer machine text waits for a decision.
    pub stale: bool,
    /// Whether a person accepted that it has no Korean.
    pub taken_out: bool,
}

/// What the checks found in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// In the order of the text.
    pub findings: Vec<Finding>,
    /// Checks that broke off: faults of the program, which are no reason to keep the rest back.
    pub broken: Vec<&'static str>,
    /// For each ruling of the settings, whether it let something pass.
    pub ruled: Vec<bool>,
}

/// Runs the checks over one file.
///
/// A fingerprint is made of the check, the English of the part (or, without one, the text at fault), the term, and how many such
/// findings come before: none of it moves with a line.
pub fn run(context: &Context<'_>, chosen: &[Chosen]) -> Findings {
    let mut found = Findings::default();
    for chosen in chosen {
        let mut own = Vec::new();
        // A context holds nothing that a check could leave half changed.
        let ended = catch_unwind(AssertUnwindSafe(|| chosen.check.find(context, &mut own)));
        if ended.is_err() {
            found.broken.push(chosen.check.about().name);
            continue;
        }
        for mut finding in own {
            finding.severity = chosen.weighed(&finding);
            found.findings.push(finding);
        }
    }
    tell_once(context, &mut found.findings);
    found.ruled = waive::waive(context, chosen, &mut found.findings);
    for finding in &mut found.findings {
        finding.item = context.part_of(&finding.span).and_then(|part| part.item);
    }
    // The gravest first where several stand in one place.
    found.findings.sort_by(|a, b| (a.span.start, a.span.end, b.severity).cmp(&(b.span.start, b.span.end, a.severity)));
    name(context, &mut found.findings);
    found
}

/// What is missing because an avoided rendering stands in its place is that rendering's fault, which is told once: by the finding
/// that is at least as grave.
fn tell_once(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let key = |finding: &Finding| (context.part_of(&finding.span).map(|part| part.korean.start), finding.term.clone());
    let mut avoided: HashMap<_, Severity> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.check == forbidden_term::NAME && finding.english.is_some()) {
        let gravest = avoided.entry(key(finding)).or_insert(finding.severity);
        *gravest = finding.severity.max(*gravest);
    }
    let is_missing = |finding: &Finding| matches!(finding.check, missing_term::NAME | translated_name::NAME);
    findings.retain(|finding| !is_missing(finding) || avoided.get(&key(finding)).is_none_or(|avoided| *avoided < finding.severity));
}

/// Gives every finding its fingerprint.
fn name(context: &Context<'_>, findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut hashes: HashMap<usize, String> = HashMap::new();
    for finding in findings {
        let english = context.part_of(&finding.span).and_then(|part| part.english.clone()).zip(context.english());
        let english = english.map_or("", |(span, side)| hashes.entry(span.start).or_insert_with(|| hash(&side.digest.text[span])).as_str());
        // What is missing has no text of its own: the text that it is missing from may change.
        let own = match &finding.term {
            Some(term) if !english.is_empty() => term.as_str(),
            _ => &context.korean().digest.text[finding.span.clone()],
        };
        let key = format!("{}\n{english}\n{}", finding.check, fold(own));
        let before = seen.entry(key.clone()).or_default();
        finding.fingerprint = hash(&format!("{key}\n{before}"));
        *before += 1;
    }
}
