//! Some segments asked for once more, for a reviewer who is not content with what came.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::ask::{self, Manner};
use super::words::English;
use crate::backends::{BackendError, Class, Source};
use crate::digest::{Digest, Format};
use crate::draft::plan::Answer;
use crate::glossary::Glossary;

/// What is asked for again.
#[derive(Clone, Debug)]
pub struct Again {
    /// The English digest.
    pub english: String,
    /// How it is written.
    pub format: Format,
    /// The segments, by their indices.
    pub segments: Vec<usize>,
    /// For each of them, texts that are not wanted.
    pub rejected: Vec<Vec<String>>,
    /// The register asked for.
    pub register: Option<String>,
    /// What the reviewer says of the last translation.
    pub note: Option<String>,
}

/// Asks a backend for segments again. Nothing is written.
///
/// # Errors
/// When there is nobody to ask, the backend fails, or a segment has no reply that can be used: all segments or none.
pub async fn again(again: &Again, glossary: &Glossary, source: &dyn Source) -> Result<Vec<(usize, Answer)>, BackendError> {
    let nobody = || BackendError::new(Class::Config, "there is no backend to ask: the memory is all that is set up".to_owned());
    let backend = source.open().await?.ok_or_else(|| nobody().hint("set a backend in translate.toml, or name one with --backend"))?;
    let digest = Digest::parse(&again.english, again.format, None);
    let english = English::new(&digest, glossary);
    let wanted = again.segments.iter().map(|&index| (index, english.marked[index].text.clone(), english.hints(index)));
    let questions = ask::questions(wanted);
    let engine = backend.engine();
    let context = english.context();
    let manner = Manner { context: &context, register: again.register.as_deref(), note: again.note.as_deref(), jobs: None };
    let answers: RefCell<BTreeMap<usize, Answer>> = RefCell::default();
    let accept = |question: usize, reply: &str| -> Result<(), String> {
        for &slot in &questions[question].slots {
            let answer = english.answer(slot, reply, &engine).map_err(|fault| fault.to_string())?;
            let place = again.segments.iter().position(|&segment| segment == slot);
            if place.and_then(|place| again.rejected.get(place)).is_some_and(|rejected| rejected.contains(&answer.text)) {
                return Err("it translates the same again".to_owned());
            }
            answers.borrow_mut().insert(slot, answer);
        }
        Ok(())
    };
    let asked = ask::ask(&*backend, &questions, &manner, accept, |_| Ok(())).await;
    backend.close().await;
    if let Some(error) = asked.stopped.or(asked.failed) {
        return Err(error);
    }
    match asked.left.into_values().next() {
        Some(reason) => Err(BackendError::new(Class::BadOutput, format!("no reply can be used: {reason}"))),
        None => Ok(answers.into_inner().into_iter().collect()),
    }
}
