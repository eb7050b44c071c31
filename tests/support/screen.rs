//! A real terminal for one test: the binary in a pseudo terminal, its bytes drawn by a terminal emulator.
// Each test binary compiles this file for itself and uses a part of it.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A program on a screen. It is ended when this is dropped.
pub struct Screen {
    parser: Arc<Mutex<vt100::Parser>>,
    /// All bytes that came.
    raw: Arc<Mutex<Vec<u8>>>,
    keys: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

/// How long something may take on a busy machine before it hangs.
const PATIENCE: Duration = Duration::from_secs(60);

impl Screen {
    /// Starts a command with this many columns and lines.
    pub fn start(command: &std::process::Command, columns: u16, lines: u16) -> Self {
        let size = PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo terminal");
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        builder.cwd(command.get_current_dir().expect("a folder"));
        builder.env("TERM", "xterm-256color");
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => builder.env(name, value),
                None => builder.env_remove(name),
            }
        }
        let child = pair.slave.spawn_command(builder).expect("the binary");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let parser = Arc::new(Mutex::new(vt100::Parser::new(size_of(lines), size_of(columns), 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (shared, bytes) = (Arc::clone(&parser), Arc::clone(&raw));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                bytes.lock().expect("the bytes").extend_from_slice(&buffer[..count]);
                shared.lock().expect("the screen").process(&buffer[..count]);
            }
        });
        let keys = pair.master.take_writer().expect("its input");
        Self { parser, raw, keys, master: pair.master, child }
    }

    /// What stands on the screen.
    pub fn text(&self) -> String {
        self.parser.lock().expect("the screen").screen().contents()
    }

    /// Every byte that the program wrote.
    pub fn bytes(&self) -> Vec<u8> {
        self.raw.lock().expect("the bytes").clone()
    }

    /// Whether the cursor is hidden, or the other screen is still shown.
    pub fn is_elsewhere(&self) -> bool {
        let parser = self.parser.lock().expect("the screen");
        parser.screen().hide_cursor() || parser.screen().alternate_screen()
    }

    /// Whether anything of the terminal is not as it was; shells ask for pastes in brackets themselves.
    pub fn is_disordered(&self) -> bool {
        self.is_elsewhere() || self.parser.lock().expect("the screen").screen().bracketed_paste()
    }

    /// Line and column of the cursor, from 0.
    pub fn cursor(&self) -> (u16, u16) {
        self.parser.lock().expect("the screen").screen().cursor_position()
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("typed");
    }

    /// Types bytes one by one, as a slow line delivers them.
    pub fn send_slowly(&mut self, keys: &[u8]) {
        for byte in keys {
            self.keys.write_all(&[*byte]).and_then(|()| self.keys.flush()).expect("typed");
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until the screen holds these words.
    #[track_caller]
    pub fn wait_for(&self, words: &str) {
        self.wait_until(words, |text| text.contains(words));
    }

    /// Waits until the screen does not hold these words any more.
    #[track_caller]
    pub fn wait_without(&self, words: &str) {
        self.wait_until(words, |text| !text.contains(words));
    }

    /// Waits until what is shown is what `is_there` asks for; `words` say what that is.
    #[track_caller]
    pub fn wait_until(&self, words: &str, is_there: impl Fn(&str) -> bool) {
        let begin = Instant::now();
        while !is_there(&self.text()) {
            assert!(begin.elapsed() < PATIENCE, "waited for {words:?}:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, lines: u16) {
        let size = PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.parser.lock().expect("the screen").screen_mut().set_size(size_of(lines), size_of(columns));
        self.master.resize(size).expect("resized");
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Sends a signal, by its name.
    pub fn signal(&self, name: &str) {
        let status = std::process::Command::new("kill").args(["-s", name, &self.pid().to_string()]).status();
        assert!(status.is_ok_and(|status| status.success()), "kill -s {name}");
    }

    /// Waits for the end and gives the exit status.
    #[track_caller]
    pub fn ended(&mut self) -> u32 {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a status") {
                // What it wrote last is on its way.
                thread::sleep(Duration::from_millis(50));
                return status.exit_code();
            }
            assert!(begin.elapsed() < PATIENCE, "does not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a status").is_none()
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        self.signal("KILL");
        let _ = self.child.wait();
    }

    /// Whether the terminal echoes and reads by lines, as a shell wants it.
    #[cfg(unix)]
    pub fn is_cooked(&self) -> bool {
        let device = self.master.tty_name().expect("a name");
        let output = std::process::Command::new("stty").arg("-a").arg("-F").arg(device).output().expect("stty");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let has = |flag: &str| text.split([' ', ';', '\n']).any(|word| word == flag);
        has("echo") && has("icanon") && has("isig")
    }
}

fn size_of(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("some columns and lines")
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
