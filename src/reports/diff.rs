//! Two versions of a file as a unified diff that `patch` and `git apply` take.

use similar::TextDiff;

/// The unified diff of a file.
pub fn unified(path: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(path, path).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_has_its_file_and_three_lines_around() {
        let before = "1\n2\n3\n4\n새들 포인트\n6\n7\n8\n9";
        let expected = "--- x.ko.md\n+++ x.ko.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-새들 포인트\n+안장점\n 6\n 7\n 8\n";
        assert_eq!(unified("x.ko.md", before, &before.replace("새들 포인트", "안장점")), expected);
        assert!(unified("x", "a\r\nb", "a\r\nc").ends_with(" a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"));
    }
}
