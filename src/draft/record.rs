//! stub
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State { #[default] English, Machine, Edited, Approved }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry { pub english_hash: String, pub part: String, pub kind: String, pub state: State, pub machine: Option<String>, pub backend: Option<String>, pub glossary_hash: Option<String>, pub notes: Vec<String>, pub candidate: Option<String>, pub edited: Option<String>, pub approved: Option<String>, pub approved_hash: Option<String>, pub reviewer: Option<String>, pub time: Option<String>, pub rejected: Vec<String>, pub comment: Option<String> }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record { pub version: u32, pub english: String, pub korean: Option<String>, pub segments: Vec<Entry> }
