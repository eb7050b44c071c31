//! TBX version 3 (ISO 30042:2019, TBX-Basic, DCA style) as it is written.

use quick_xml::escape::escape;

use super::{Exported, lost};
use crate::glossary::Term;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"en\" xmlns=\"urn:iso:std:iso:30042:ed-2\">
<tbxHeader><fileDesc><sourceDesc><p>English and Korean terms of a glossary.toml</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
";

/// The file of some terms: a concept for each entry, a `termSec` for each form.
pub(super) fn written(terms: &[Term]) -> Exported {
    let mut exported = Exported { text: HEAD.to_string(), ..Exported::default() };
    for (number, term) in terms.iter().enumerate() {
        exported.losses.extend(lost(term, &["also", "avoid", "keep", "forms", "verb", "sense", "note"]));
        exported.text.push_str(&concept(number + 1, term));
        exported.terms += 1;
    }
    exported.text.push_str("</body></text>\n</tbx>\n");
    exported
}

fn concept(number: usize, term: &Term) -> String {
    let mut out = format!("<conceptEntry id=\"c{number}\">\n");
    if let Some(sense) = &term.sense {
        out.push_str(&format!("<descrip type=\"definition\">{}</descrip>\n", text(sense)));
    }
    if let Some(note) = &term.note {
        out.push_str(&format!("<note>{}</note>\n", text(note)));
    }
    let part = if term.verb { "<termNote type=\"partOfSpeech\">verb</termNote>" } else { "" };
    out.push_str("<langSec xml:lang=\"en\">\n");
    out.push_str(&section(&term.english, part, "preferredTerm-admn-sts"));
    term.forms.iter().for_each(|form| out.push_str(&section(form, part, "admittedTerm-admn-sts")));
    out.push_str("</langSec>\n<langSec xml:lang=\"ko\">\n");
    // A name that stays is its own Korean form.
    let mut accepted = term.accepted();
    accepted.next().into_iter().for_each(|form| out.push_str(&section(form, "", "preferredTerm-admn-sts")));
    accepted.for_each(|form| out.push_str(&section(form, "", "admittedTerm-admn-sts")));
    term.avoid.iter().for_each(|form| out.push_str(&section(&form.text, "", "deprecatedTerm-admn-sts")));
    out.push_str("</langSec>\n</conceptEntry>\n");
    out
}

fn section(form: &str, part: &str, status: &str) -> String {
    format!("<termSec><term>{}</term>{part}<termNote type=\"administrativeStatus\">{status}</termNote></termSec>\n", text(form))
}

/// XML has no way to write control characters.
fn text(text: &str) -> String {
    let allowed: String = text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect();
    escape(allowed.as_str()).into_owned()
}
