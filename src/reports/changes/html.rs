//! The comparison as one page: English, machine and edited side by side, readable without a script, on paper, by day and by night.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Changes, Comparison, changed, title};
use crate::digest::escaped;
use crate::reports::page::page;
use crate::review::Row;
use crate::review::diff::Op;
use crate::review::session::Flag;

/// See the module.
pub struct Html<'f> {
    /// What the checks say of each row; may be empty.
    pub flags: &'f [Vec<Flag>],
}

impl Changes for Html<'_> {
    fn write(&self, comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut body = String::new();
        let count = changed(comparison).count();
        let name = escaped(comparison.korean_file);
        let _ = write!(body, "<header><h1>{name}</h1><p>{count} of {} texts changed", comparison.rows.len());
        let links = comparison.rows.iter().enumerate().filter(|(_, row)| row.state != crate::review::RowState::Equal);
        let links: Vec<String> = links.map(|(at, row)| format!("<a href=\"#r{at}\">{}</a>", escaped(&title(row)))).collect();
        let _ = write!(body, "</p>");
        if !links.is_empty() {
            let _ = write!(body, "<nav aria-label=\"Changed texts\"><ul><li>{}</li></ul></nav>", links.join("</li><li>"));
        }
        body.push_str("</header>\n<main>\n");
        for (at, row) in comparison.rows.iter().enumerate() {
            section(at, row, self.flags.get(at).map_or(&[], Vec::as_slice), &mut body);
        }
        body.push_str("</main>\n");
        out.write_all(page(&format!("{} · machine and edited", comparison.korean_file), STYLE, &body).as_bytes())
    }
}

fn section(at: usize, row: &Row, flags: &[Flag], out: &mut String) {
    let _ = write!(out, "<section id=\"r{at}\" class=\"{}\"><h2>{}</h2>", row.state.name(), escaped(&title(row)));
    if let Some(under) = &row.section {
        let _ = write!(out, "<p class=\"under\">{}</p>", escaped(under));
    }
    let diff = row.diff();
    let side = |own: Op, tag: &str| -> String {
        let pieces = diff.changes.iter().filter(|change| change.op == own || change.op == Op::Equal);
        let shown = pieces.map(|change| {
            let text = escaped(&change.text).replace('\n', "<br>");
            if change.op == Op::Equal { text } else { format!("<{tag}>{text}</{tag}>") }
        });
        shown.collect()
    };
    let english = escaped(&row.english).replace('\n', "<br>");
    let columns = [("English", "en", english), ("Machine", "ko", side(Op::Delete, "del")), ("Edited", "ko", side(Op::Insert, "ins"))];
    out.push_str("<div class=\"sides\">");
    for (name, lang, text) in columns {
        let text = if text.is_empty() { "–".to_owned() } else { text };
        let _ = write!(out, "<div><h3>{name}</h3><p lang=\"{lang}\">{text}</p></div>");
    }
    out.push_str("</div>");
    if !flags.is_empty() {
        out.push_str("<ul class=\"flags\">");
        for flag in flags {
            let help = flag.help.as_ref().map(|help| format!(" ({})", escaped(help))).unwrap_or_default();
            let _ = write!(
                out,
                "<li class=\"{0}\"><strong>{0}[{1}]</strong>: {2}{help}</li>",
                flag.severity.name(),
                escaped(flag.check),
                escaped(&flag.message)
            );
        }
        out.push_str("</ul>");
    }
    out.push_str("</section>\n");
}

const STYLE: &str = "main{max-width:88rem}section{border-top:1px solid var(--line);padding:1rem 0}h2{font-size:1.05rem;margin:0 0 .25rem}\
h3{font-size:.8rem;margin:0;color:var(--faint);font-weight:600}.under{color:var(--faint);margin:0 0 .5rem}\
.sides{display:grid;gap:1rem;grid-template-columns:repeat(3,minmax(0,1fr))}.sides p{margin:.25rem 0 0}\
del{background:var(--del);text-decoration:line-through}ins{background:var(--ins);text-decoration:underline}\
.flags{margin:.75rem 0 0;padding-left:1.2rem}nav ul{columns:16rem;padding-left:1.2rem}.equal{color:var(--faint)}\
@media(max-width:48rem){.sides{grid-template-columns:minmax(0,1fr)}}@media print{nav{display:none}section{break-inside:avoid}}";
