//! stub
/// x
pub fn is_particle(s: &str) -> bool { ["은","는","이","가","을","를","의","에"].contains(&s) }
