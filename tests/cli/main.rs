//! The command line as people and scripts use it: the built program in folders of its own.

mod adopt;
mod cases;
mod check_command;
mod check_examples;
mod check_figures;
mod check_fix;
mod check_korean;
mod check_particles;
mod check_terms;
mod check_typography;
mod check_waivers;
mod check_workflow;
mod ci_files;
mod closed_pipe;
mod command_line;
mod confinement;
mod diff_command;
mod docs;
mod git;
mod glossary_cli;
mod glossary_suggest;
mod growth;
mod hostile_digests;
mod hostile_plugins;
mod hostile_servers;
mod name_forms;
mod particle_command;
mod publish_output;
mod readme;
mod refusals;
mod rerun;
mod review_command;
#[path = "../support/mod.rs"]
mod support;
mod terms;
mod trust_command;
