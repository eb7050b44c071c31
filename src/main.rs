//! The `translate` command.

mod cli;
use clap::Parser;
#[derive(clap::Parser)]
struct P { #[command(flatten)] s: cli::split::SplitArgs }
fn main() {
    let p = P::parse();
    let t = std::fs::read_to_string(p.s.file()).unwrap();
    p.s.run(&t, &mut std::io::stdout()).unwrap();
}
