//! XML as JUnit and Checkstyle readers take it: written by the library, from text that XML may hold.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::escape;

/// What an XML file begins with.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// An element that is being written, and what stands in it.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    pub(super) fn new() -> Self {
        Self(Writer::new_with_indent(Vec::new(), b' ', 2))
    }

    /// An element that others stand in.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(element(name, attributes)));
    }

    pub(super) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(element(name, attributes)));
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.write(Event::Text(BytesText::new(&escape::xml(text))));
        self.close(name);
    }

    /// What was written, with a line end.
    pub(super) fn done(self) -> String {
        // Text went in, and the writer adds ASCII.
        let text = String::from_utf8(self.0.into_inner()).unwrap_or_default();
        let text = text.trim_start_matches('\n');
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }

    /// Writing to memory does not fail.
    fn write(&mut self, event: Event<'_>) {
        let _ = self.0.write_event(event);
    }
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (name, value) in attributes {
        element.push_attribute((*name, escape::xml(value).as_str()));
    }
    element
}
