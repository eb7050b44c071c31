//! The hash of a segment's terms: when it changes, the segment's machine text is enforced again.

use sha2::{Digest, Sha256};

use super::{Case, Rendering, Term};

/// 16 hex digits over all that decides how these terms are found, told to a backend and enforced. The order of `terms` does not matter.
pub(super) fn hash_of(terms: &[&Term]) -> String {
    let mut contents: Vec<String> = terms.iter().map(|term| content(term)).collect();
    contents.sort_unstable();
    let digest = Sha256::digest(contents.concat().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The term as text. Each field is preceded by its length, so that no two terms have one text.
fn content(term: &Term) -> String {
    let mut content = String::new();
    let mut field = |value: &str| content.push_str(&format!("{}:{value}", value.len()));
    field(&term.english);
    field(term.preferred());
    for list in [&term.also, &term.avoid] {
        field(&list.len().to_string());
        list.iter().for_each(|Rendering { text, .. }| field(text));
    }
    for text in [&term.read, &term.sense, &term.note] {
        field(text.as_deref().unwrap_or_default());
    }
    field(match term.case {
        Case::Exact => "exact",
        Case::Any => "any",
    });
    content.push('\n');
    content
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Glossary;

    #[test]
    fn the_hash_follows_what_matters_and_nothing_else() {
        let hash = |text: &str| hash_of(&Glossary::load("g.toml", text).expect("loads").terms().iter().collect::<Vec<_>>());
        let first = hash("[terms]\na = \"가\"\nb = { korean = \"나\", avoid = [\"너\"] }");
        assert_eq!(first.len(), 16);
        assert_eq!(first, hash("# moved\n[terms]\nb = { avoid = [\"너\"], korean = \"나\", ok = [\"나는\"] }\na = \"가\""));
        assert_ne!(first, hash("[terms]\na = \"가\"\nb = { korean = \"나\", also = [\"너\"] }"));
        assert_ne!(first, hash("[terms]\na = \"가\""));
        assert_eq!(hash_of(&[]), "e3b0c44298fc1c14", "no terms, the hash of nothing");
    }
}
