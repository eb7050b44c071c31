//! The shapes of digests: what is an item, its title and its links, as a reader would say.

use translate_digest::digest::{Digest, Format};

/// One line for each item: title, number of links, commentary.
fn items(text: &str, format: Format) -> Vec<String> {
    let digest = Digest::parse(text, format, None);
    let roles = (0..digest.items.len()).map(|index| digest.roles(index));
    roles.map(|r| format!("{} | {} | {}", r.title.unwrap_or_default(), r.links.len(), r.commentary.unwrap_or_default())).collect()
}

#[test]
fn list_items_with_titles_authors_and_nested_notes() {
    let text = "# News\n\nHi all, see [us](u://us)!\n\n- [One](u://1) – First.\n- [Two](u://2), by [@jo](u://jo)\n- [Three](u://3)\n\n  > Quoted.\n- Plain `code` words.\n  - nested note\n\nBye.\n";
    assert_eq!(
        items(text, Format::Markdown),
        ["One | 1 | First.", "Two | 2 | by @jo", "Three | 1 | Quoted.", " | 0 | Plain code words.\nnested note"]
    );
}

#[test]
fn a_label_is_no_item_and_what_it_labels_is() {
    let text = "- **OpenAI**\n  - [One](u://1): people argue\n  - prose with [a link](u://2).\n";
    assert_eq!(items(text, Format::Markdown), ["One | 1 | people argue", " | 1 | prose with a link."]);
}

#[test]
fn table_rows_with_their_links_in_another_cell() {
    let text =
        "| Paper | Links |\n|---|---|\n| 1) **LongNet** - scales <br>● far | [Paper](u://1), [Tweet](u://2) |\n|[Foo](u://3) |says bar|\n";
    assert_eq!(items(text, Format::Markdown), ["LongNet | 2 | scales ● far\nPaper, Tweet", "Foo | 1 | says bar"]);
}

#[test]
fn headings_that_are_the_link_take_what_stands_below() {
    let text = "## [Big](u://1)\n\nProse.\n\n- point\n\n### 🛠 **Tool**\nGood for all.\n";
    assert_eq!(items(text, Format::Markdown), ["Big | 1 | Prose.\npoint", "Tool | 0 | Good for all."]);
}

#[test]
fn paragraphs_under_a_heading_and_the_quote_of_each() {
    let text = "### News\n\n[One](u://1): *Named* is out.\n\n> Quoted.\n\n[Jane](u://j) merged [a change](u://2).\n\n**Two** — and more. [Source](u://3)\n";
    assert_eq!(
        items(text, Format::Markdown),
        ["One | 1 | Named is out.\nQuoted.", " | 2 | Jane merged a change.", "Two | 1 | and more. Source"]
    );
}

#[test]
fn bullets_that_are_no_markdown() {
    let text = "• First https://a.b/1\n• Second (https://a.b/2) – with words\n";
    assert_eq!(items(text, Format::Markdown), [" | 1 | First https://a.b/1", "Second | 1 | with words"]);
    assert_eq!(items(text, Format::Plain), items(text, Format::Markdown));
}

#[test]
fn records_between_rules() {
    let text = "Title: A paper\nURL: https://a.b/1\nSummary: It shows.\n\n---\n\nTitle: Another\nURL: https://a.b/2\n---\n";
    assert_eq!(items(text, Format::Markdown), ["A paper | 1 | It shows.", "Another | 1 | "]);
}

#[test]
fn flat_text_with_a_broken_address_and_a_closing_line() {
    let text = "Preview\nHi. • 하나(https://a.b/one- two/) – 첫째. • 둘(https://a.b/2) • 셋(https://a.b/3) – 셋째. 위 내용은 뉴스에서 발췌한 것입니다.\n2021년\n";
    assert_eq!(items(text, Format::Plain), ["하나 | 1 | 첫째.", "둘 | 1 | ", "셋 | 1 | 셋째."]);
    assert_eq!(Digest::parse(text, Format::Plain, None).roles(0).links, ["https://a.b/one-two/"]);
}

#[test]
fn prose_without_any_item_is_its_blocks() {
    assert_eq!(items("# T\n\nOne.\n\nTwo.\n", Format::Markdown), [" | 0 | One.", " | 0 | Two."]);
    assert!(items("", Format::Markdown).is_empty());
}

#[test]
fn what_must_stay_is_no_segment() {
    let text = "---\ntitle: Words\n---\n\n{% include a.html %}\n\n<!-- words -->\n\n```\nwords\n```\n\n:tada: https://a.b `x` 2021\n";
    assert_eq!(Digest::parse(text, Format::Markdown, None).segments, []);
    let header = "Title: Words\nDate: 2021-10-01\nCategory: News\n\nWords.\n";
    assert_eq!(Digest::parse(header, Format::Markdown, None).segments.len(), 1);
}

#[test]
fn a_bullet_inside_a_link_cuts_no_link() {
    let text = " – [ • ](https://a.b/c)\n – [word • word](https://a.b/c)\n";
    let digest = Digest::parse(text, Format::Markdown, None);
    assert!(digest.segments.iter().all(|s| digest.bytes(s).matches('[').count() == digest.bytes(s).matches("](").count()));
}
