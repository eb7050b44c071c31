//! Whole processes timed and weighed, and numbers that look random: what several benches need.
// Each bench compiles this file for itself and uses a part of it.
#![allow(dead_code)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The most memory that a program holds, in KiB, as `/proc` tells (0 elsewhere).
pub fn peak(program: &Path, args: &[&str], folder: &Path) -> u64 {
    let mut child = command(program, args, folder).spawn().expect("a program that starts");
    let mut peak = 0;
    loop {
        peak = peak.max(held(child.id()));
        if child.try_wait().expect("a program that ends").is_some() {
            return peak;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The most memory that a process has held so far, in KiB (0 where `/proc` does not tell).
pub fn held(process: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(0)
}

/// The time of a program that has to succeed.
pub fn run(program: &Path, args: &[&str], folder: &Path) -> Duration {
    let start = Instant::now();
    assert!(command(program, args, folder).status().expect("a program that starts").success());
    start.elapsed()
}

/// A program with nothing to read and nobody to talk to.
pub fn command(program: &Path, args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Numbers that look random and are the same in each run (xorshift).
pub struct Random(pub u64);

impl Random {
    /// A number from 0 up to `limit`, which is left out.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }
}

/// The one in the middle.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
