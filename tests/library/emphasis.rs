//! Emphasis that a Korean particle would make inert is kept alive, and text that looks like markup stays text.

use translate_digest::digest::{Digest, Format};

/// The Markdown that `reply` to the first segment of `english` becomes.
fn written(english: &str, reply: &str) -> String {
    let digest = Digest::parse(english, Format::Markdown, None);
    let segment = &digest.segments[0];
    let marked = digest.marked(segment);
    digest.render(segment, &marked, reply).unwrap_or_else(|fault| panic!("{fault}: {}", marked.text))
}

#[test]
fn a_particle_after_a_bracket_a_sign_or_code_moves_inside() {
    assert_eq!(written("So **GPT-4 (turbo)** is out.", "이제 ⟦1⟧GPT-4(터보)⟦/1⟧는 나왔다."), "이제 **GPT-4(터보)는** 나왔다.");
    assert_eq!(written("Up **50%** more.", "⟦1⟧50%⟦/1⟧가 늘었다."), "**50%가** 늘었다.");
    assert_eq!(written("So **`code`** is out.", "이제 ⟦1⟧⟦2/⟧⟦/1⟧는 나왔다."), "이제 **`code`는** 나왔다.");
}

#[test]
fn underscores_become_asterisks_only_where_they_must() {
    assert_eq!(written("A _tilt_ is here.", "⟦1⟧기울임⟦/1⟧은 여기."), "*기울임*은 여기.");
    assert_eq!(written("A _tilt_ is here.", "여기 ⟦1⟧기울임⟦/1⟧ 있다."), "여기 _기울임_ 있다.");
}

#[test]
fn bold_around_a_link_changes_places_with_it() {
    assert_eq!(written("See **[the link](u://v)** now.", "⟦1⟧⟦2⟧링크⟦/2⟧⟦/1⟧는 지금."), "[**링크**](u://v)는 지금.");
}

#[test]
fn a_word_that_is_no_particle_is_parted_by_an_empty_comment() {
    assert_eq!(written("Up **50%** more.", "⟦1⟧50%⟦/1⟧할인 중."), "**50%**<!-- -->할인 중.");
}

#[test]
fn a_particle_that_does_no_harm_stays_where_it_is() {
    assert_eq!(written("A **saddle point** is here.", "⟦1⟧안장점⟦/1⟧은 여기."), "**안장점**은 여기.");
}

#[test]
fn words_that_look_like_markup_are_escaped_and_no_more() {
    assert_eq!(written("Plain words here.", "별 *하나* 그리고 snake_case"), "별 \\*하나\\* 그리고 snake_case");
    assert_eq!(written("Plain words here.", "1. 첫째"), "1\\. 첫째");
    assert_eq!(written("Plain words here.", "벡터 <T> 타입"), "벡터 &lt;T> 타입");
    assert_eq!(written("| a b | c |\n|-|-|\n", "가|나"), "가\\|나");
    assert_eq!(written("Kept \\*stars\\* here.", "*별*을 남긴다"), "\\*별\\*을 남긴다");
}

#[test]
fn shortcut_links_keep_their_label() {
    let english = "See the [calendar] now.\n\n[calendar]: https://c.org\n";
    assert_eq!(written(english, "⟦1⟧달력⟦/1⟧을 보세요."), "[달력][calendar]을 보세요.");
}

#[test]
fn a_wrapped_line_is_written_on_one() {
    assert_eq!(written("> wrapped\n> text here\n", "한 줄로 쓴 글"), "한 줄로 쓴 글");
}

#[test]
fn dollars_are_money_and_formulas_are_kept() {
    assert_eq!(written("It got $300M in funding ($50M of it new).", "$300M($50M은 새 돈)을 받았다."), "$300M($50M은 새 돈)을 받았다.");
    assert_eq!(written("It got $300M in funding ($50M of it new).", "3억 달러($50M 신규)를 받았다."), "3억 달러($50M 신규)를 받았다.");
    assert_eq!(written("The norm $x^2$ is here.", "노름 ⟦1/⟧이 여기."), "노름 $x^2$이 여기.");
}

#[test]
fn the_backslash_of_an_escape_belongs_to_the_segment_that_it_begins() {
    let english = "- [\\] title](u://v) – words";
    let digest = Digest::parse(english, Format::Markdown, None);
    assert_eq!(digest.bytes(&digest.segments[0]), "\\] title");
    assert_eq!(written(english, "] 제목"), "\\] 제목");
}
