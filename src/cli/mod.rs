//! The mouth of the tool: one file per subcommand.

pub(crate) mod split;
