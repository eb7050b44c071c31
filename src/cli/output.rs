//! Everything that goes to stdout: one printer, with one rule for a reader that has seen enough.

use std::io::{self, ErrorKind, IsTerminal, Write};

use translate_digest::reports::escape::visible;

use super::error::CliError;

/// Standard output. Once its reader is gone (`translate terms x.md | head -1`), what is written is thrown away: the command does its
/// work to the end, and its exit status is the one that it has without the pipe. Other faults, such as a full disk, are errors.
pub(crate) struct Output<W> {
    inner: W,
    is_closed: bool,
}

impl<W: Write> Output<W> {
    /// Writes to `inner`.
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, is_closed: false }
    }

    /// What `write` gives, or `thrown` where the reader is gone.
    fn unless_closed<T>(&mut self, thrown: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.is_closed {
            return Ok(thrown);
        }
        match write(&mut self.inner) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(thrown)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), W::flush)
    }
}

/// Prints `text` with its control characters made visible.
pub(crate) fn print(out: &mut dyn Write, text: &str) -> Result<(), CliError> {
    write_raw(out, &visible(text))
}

/// Prints text that is already safe, or that a file is to hold byte for byte.
pub(crate) fn write_raw(out: &mut dyn Write, text: &str) -> Result<(), CliError> {
    out.write_all(text.as_bytes()).map_err(unwritable)
}

/// Prints the contents of a file: the bytes to files and pipes, with visible control characters on a terminal.
pub(crate) fn print_file(out: &mut dyn Write, text: &str) -> Result<(), CliError> {
    if io::stdout().is_terminal() { print(out, text) } else { write_raw(out, text) }
}

/// Prints `value` as one line of JSON.
pub(crate) fn print_json(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), CliError> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from).and_then(|()| writeln!(out)).map_err(unwritable)
}

/// Why stdout does not take what is printed.
pub(crate) fn unwritable(error: io::Error) -> CliError {
    CliError::failed(format!("the output cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes some bytes, then fails in this way.
    struct Pipe(usize, ErrorKind);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0.min(bytes.len()) {
                0 => Err(self.1.into()),
                taken => {
                    self.0 -= taken;
                    Ok(taken)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            if self.0 == 0 { Err(self.1.into()) } else { Ok(()) }
        }
    }

    #[test]
    fn a_reader_that_is_gone_is_no_error_and_a_full_disk_is_one() {
        let mut gone = Output::new(Pipe(3, ErrorKind::BrokenPipe));
        assert!(print(&mut gone, "four and more").is_ok() && print_json(&mut gone, &[1]).is_ok() && gone.flush().is_ok());
        assert!(Output::new(Pipe(0, ErrorKind::BrokenPipe)).flush().is_ok());
        let mut full = Output::new(Pipe(3, ErrorKind::StorageFull));
        assert!(print(&mut full, "thr").is_ok());
        assert!(print(&mut full, "e").is_err() && print_json(&mut full, &[1]).is_err() && full.flush().is_err());
    }
}
