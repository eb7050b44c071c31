//! The frame of every HTML page: one file, no script, light and dark, on paper, Korean broken between words.

use crate::digest::escaped;

/// A whole page. `style` is added to the common one; `body` is HTML that is safe already.
pub(crate) fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"ko\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src http: https:; style-src 'unsafe-inline'\">\n\
<title>{}</title>\n<style>{COMMON}{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

const COMMON: &str = ":root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fdfdfc;--faint:#5b5b66;--line:#d6d6de;--link:#0b57b0;--del:#fbd9d7;--ins:#d3f0d8}\
@media(prefers-color-scheme:dark){:root{--ink:#e6e6ea;--paper:#17171b;--faint:#a5a5b2;--line:#3a3a44;--link:#8ab8ff;--del:#5c2522;--ins:#1f4a2a}}\
*{box-sizing:border-box}body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem);max-width:96rem;color:var(--ink);background:var(--paper);\
font:1rem/1.75 \"Apple SD Gothic Neo\",\"Noto Sans KR\",\"Noto Sans CJK KR\",\"Malgun Gothic\",\"Nanum Gothic\",system-ui,sans-serif;\
word-break:keep-all;overflow-wrap:anywhere}a{color:var(--link)}pre{white-space:pre-wrap}img{max-width:100%;height:auto}\
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}\
@media print{body{background:none;color:#000}a{color:inherit}}";
