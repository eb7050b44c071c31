//! `translate particle`: the right particle after a word.

use std::io::Write;
use std::path::Path;

use clap::Args;
use translate_digest::disk;
use translate_digest::korean::host::sound_before;
use translate_digest::korean::particle::Pair;

use super::error::{CliError, Status};

/// Gives words the particle that fits.
#[derive(Args, Debug)]
#[command(after_help = "A pair is its form after a consonant and that after a vowel, in either order: 을/를, 으로/로, 이라는/라는")]
pub(crate) struct ParticleArgs {
    /// The word; without it, lines of word, tab and pair are read from stdin
    #[arg(value_name = "HOST", requires = "pair")]
    host: Option<String>,
    /// Both forms of the particle, such as 을/를
    #[arg(value_name = "PAIR")]
    pair: Option<String>,
}

/// Prints one line for each word: the word with the form that fits, or with both where its last sound is unknown.
pub(crate) fn run(args: &ParticleArgs, out: &mut dyn Write) -> Result<Status, CliError> {
    if let (Some(host), Some(pair)) = (&args.host, &args.pair) {
        let joined = joined(host, pair).ok_or_else(|| bad_pair(pair, None))?;
        super::print(out, &format!("{joined}\n"))?;
        return Ok(Status::Done);
    }
    let bytes = disk::bounded(std::io::stdin().lock(), Path::new("stdin"), 0, disk::LARGEST_TEXT)?;
    // All lines are read before the first is answered: where one is wrong, nothing is done.
    super::print(out, &answers(&bytes)?)?;
    Ok(Status::Done)
}

fn answers(bytes: &[u8]) -> Result<String, CliError> {
    let mut answers = String::with_capacity(bytes.len());
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if bytes.is_empty() {
        return Ok(answers);
    }
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        let line = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line))
            .map_err(|_| CliError::usage(format!("line {number} of stdin is not UTF-8")))?;
        let Some((host, pair)) = line.rsplit_once('\t') else {
            return Err(CliError::usage(format!("line {number} of stdin has no tab: {line}"))
                .hint("write the word, a tab, and a pair such as 을/를"));
        };
        answers.push_str(&joined(host, pair).ok_or_else(|| bad_pair(pair, Some(number)))?);
        answers.push('\n');
    }
    Ok(answers)
}

/// The word with its particle; `None` where the pair is none.
fn joined(host: &str, pair: &str) -> Option<String> {
    let (one, other) = pair.trim().split_once('/')?;
    let pair = Pair::new(one, other)?;
    Some(match sound_before(host) {
        Some(reading) => format!("{host}{}", pair.fit(reading.sound)),
        None => format!("{host}{}", pair.undecided()),
    })
}

fn bad_pair(pair: &str, line: Option<usize>) -> CliError {
    let place = line.map(|number| format!("line {number} of stdin: ")).unwrap_or_default();
    CliError::usage(format!("{place}`{pair}` is no pair of particles"))
        .hint("write both forms with a slash between them, such as 을/를 or 으로/로")
}
