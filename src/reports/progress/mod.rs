//! How far the digests of a team are, as people and scripts read it: one file per format.

mod human;
mod json;

pub use human::Table;
pub use json::Json;

use crate::review::progress::{Counts, DigestProgress};

/// A format.
pub trait Progress {
    /// All that the format tells of these digests.
    fn text(&self, digests: &[DigestProgress]) -> String;
}

/// Of all digests together.
fn total(digests: &[DigestProgress]) -> Counts {
    let mut total = Counts::default();
    digests.iter().for_each(|digest| total.add(&digest.counts));
    total
}
