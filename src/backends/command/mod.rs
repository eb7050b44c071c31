//! Programs on this machine: filters, and plugins that speak the JSON lines protocol.

mod child;
mod filter;
mod json_lines;
mod live;
mod place;
mod protocol;

use super::settings::{CommandSettings, Mode};
use super::{Backend, BackendError, Class};

pub(super) use child::cannot_start;
pub use place::Place;

/// The backend for a `[backends.NAME]` table with `kind = "command"`.
pub(super) fn build(name: &str, settings: &CommandSettings, place: Place) -> Result<Box<dyn Backend>, BackendError> {
    let wrong = |what: &str| BackendError::new(Class::Config, format!("{what} in [backends.{name}]"));
    if settings.command.first().is_none_or(String::is_empty) {
        return Err(wrong("`command` names no program").hint("command = [\"program\", \"argument\"]"));
    }
    if settings.lines && settings.mode != Mode::Filter {
        return Err(wrong("`lines = true` belongs to filters").hint("add mode = \"filter\""));
    }
    let program = child::Program { argv: settings.command.clone(), place };
    Ok(match settings.mode {
        Mode::Filter => Box::new(filter::Filter::new(name, settings, program)),
        Mode::JsonLines => Box::new(json_lines::JsonLines::new(name, settings, program)),
    })
}
