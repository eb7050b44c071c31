//! The record's text, written by hand: TOML whose layout a pull request can be read in, at the speed of copying.

use std::fmt::Write as _;

use toml::Value;

use super::Entry;

/// Writes keys one after the other.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub fn finish(self) -> String {
        self.out
    }

    pub fn raw(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {value}");
    }

    pub fn string(&mut self, key: &str, value: &str) {
        self.out.push_str(key);
        self.out.push_str(" = ");
        quote(value, &mut self.out);
        self.out.push('\n');
    }

    pub fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.string(key, value);
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        self.out.push_str(key);
        self.out.push_str(" = [");
        for (index, value) in values.iter().enumerate() {
            self.out.push_str(if index == 0 { "" } else { ", " });
            quote(value, &mut self.out);
        }
        self.out.push_str("]\n");
    }

    pub fn entry(&mut self, entry: &Entry) {
        self.out.push_str("\n[[segment]]\n");
        self.string("english_hash", &entry.english_hash);
        self.string("part", &entry.part);
        self.string("kind", &entry.kind);
        self.string("state", entry.state.name());
        self.optional("machine", entry.machine.as_deref());
        self.optional("backend", entry.backend.as_deref());
        self.optional("glossary_hash", entry.glossary_hash.as_deref());
        self.list("notes", &entry.notes);
        self.optional("candidate", entry.candidate.as_deref());
        self.optional("edited", entry.edited.as_deref());
        self.optional("approved", entry.approved.as_deref());
        self.optional("approved_hash", entry.approved_hash.as_deref());
        self.optional("reviewer", entry.reviewer.as_deref());
        self.optional("time", entry.time.as_deref());
        self.list("rejected", &entry.rejected);
        self.optional("shape", entry.shape.as_deref());
        self.optional("comment", entry.comment.as_deref());
        self.values(entry.extra.iter());
    }

    /// Keys with any values, tables written inline.
    pub fn values<'v>(&mut self, values: impl Iterator<Item = (&'v String, &'v Value)>) {
        for (key, value) in values {
            let mut name = String::new();
            write_key(key, &mut name);
            // Display of a value is its inline form.
            self.raw(&name, &value.to_string());
        }
    }

    /// Keys whose values are tables, behind everything else.
    pub fn tables<'v>(&mut self, values: impl Iterator<Item = (&'v String, &'v Value)>) {
        let tables: toml::Table = values.map(|(key, value)| (key.clone(), value.clone())).collect();
        if !tables.is_empty() {
            self.out.push('\n');
            self.out.push_str(&toml::to_string(&tables).unwrap_or_default());
        }
    }
}

fn write_key(key: &str, out: &mut String) {
    if !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
        out.push_str(key);
    } else {
        quote(key, out);
    }
}

/// A basic TOML string on one line.
fn quote(value: &str, out: &mut String) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
