//! What a run takes from the repository and from the environment: settings, glossary, backend, git.

use std::path::Path;

use translate_digest::backends::{self, Backend, KeySource};
use translate_digest::draft::files;
use translate_digest::glossary::Glossary;
use translate_digest::project::git::GitEnvironment;
use translate_digest::text::shell;

use super::error::CliError;
use super::settings::{Flags, Settings};
use super::translate::TranslateArgs;
use super::trust;

/// The settings under `root`, flags first.
pub(crate) fn settings(root: &Path, args: &TranslateArgs) -> Result<Settings, CliError> {
    let flags = Flags { backend: args.backend.clone(), jobs: args.jobs.map(usize::from), register: None };
    Ok(Settings::load(root, &flags)?)
}

/// The terms of glossary.toml under `root`; none without the file.
pub(crate) fn glossary(root: &Path) -> Result<Glossary, CliError> {
    let path = root.join("glossary.toml");
    match files::read_existing(&path)? {
        Some(text) => Ok(Glossary::load(&path.display().to_string(), &text)?),
        None => Ok(Glossary::empty()),
    }
}

/// What git is to go by.
pub(crate) fn git_environment() -> Result<GitEnvironment, CliError> {
    let folder = std::env::current_dir().map_err(|error| CliError::failed(format!("the working folder cannot be read: {error}")))?;
    Ok(GitEnvironment { folder, variables: std::env::vars_os().collect() })
}

/// The settings of the backend that a run names, once they are trusted; none for the memory.
pub(crate) fn check(settings: &Settings, trusted: bool) -> Result<Option<backends::Settings>, CliError> {
    let name = &settings.backend;
    let Some(table) = settings.backend_settings(name)? else { return Ok(None) };
    let dangers = backends::needs_trust(&table);
    if !trusted && !dangers.is_empty() {
        trust::require(settings, name, &table, &dangers)?;
    }
    if let Some(source @ KeySource::Env(variable)) = &backends::key_source(&table)
        && !backends::is_variable_name(variable)
    {
        return Err(CliError::failed(format!(
            "`api_key_env` of the backend `{}` names {source}, and no variable can have that name",
            shell::word(name)
        ))
        .hint("a name is letters without accents, digits and `_`; the key itself does not belong into translate.toml"));
    }
    Ok(Some(table))
}

/// The backend that the settings name, once it is trusted and has its key; none for the memory. The files of its programs are
/// looked at just before they run.
pub(crate) async fn backend(settings: &Settings, trusted: bool) -> Result<Option<Box<dyn Backend>>, CliError> {
    let Some(table) = check(settings, trusted)? else { return Ok(None) };
    let place = trust::place(settings)?;
    let key = match backends::key_source(&table) {
        None => None,
        Some(KeySource::Env(variable)) => Some(env_key(&variable)?),
        Some(KeySource::Command(argv)) => Some(backends::run_key_command(&argv, place.clone(), KEY_TIMEOUT).await?),
    };
    Ok(backends::build(&settings.backend, &table, key, place)?)
}

/// Opens the backend of a run when there is something to ask.
pub(crate) struct Opener<'s> {
    pub(crate) settings: &'s Settings,
    pub(crate) trusted: bool,
}

#[async_trait::async_trait(?Send)]
impl backends::Source for Opener<'_> {
    async fn open(&self) -> Result<Option<Box<dyn Backend>>, backends::BackendError> {
        backend(self.settings, self.trusted).await.map_err(CliError::into_backend_error)
    }
}

/// A person may have to type a passphrase.
const KEY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

fn env_key(variable: &str) -> Result<backends::SecretString, CliError> {
    match std::env::var(variable) {
        Ok(key) if !key.trim().is_empty() => Ok(key.trim().to_owned().into()),
        _ => Err(CliError::failed(format!("the environment variable {variable} is not set, and the backend's key comes from it"))
            .hint(format!("export {variable}=…, or set api_key_command in translate.toml"))),
    }
}
