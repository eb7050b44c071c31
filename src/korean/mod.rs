//! Facts about Korean text: pure functions on `&str`, the same for composed (NFC) and decomposed (NFD) Hangul.

pub mod agreement;
pub mod doubling;
pub mod ending;
pub mod hangul;
pub mod host;
pub mod jamo;
pub mod keyboard;
pub mod noun;
pub mod number;
pub mod particle;
pub mod reading;
pub mod register;
pub mod seek;
pub mod sentence;
pub mod spacing;
pub mod spelling;
pub mod stray;
pub mod tail;
pub mod translationese;
pub mod view;
pub mod word_end;
mod words;
