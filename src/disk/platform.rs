//! Owners and permission bits, where the system has them: the one file with parts for each system.

pub use system::Owner;
pub(super) use system::{create_with, folder_with, has_one_name, identity, is_unwritable_folder, restore};

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::os::unix::fs::{PermissionsExt as _, fchown};

    use cap_std::fs::{DirBuilder, DirBuilderExt, Metadata, MetadataExt, OpenOptions, OpenOptionsExt};

    /// Whose a file is, and who may do what with it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Owner {
        uid: u32,
        gid: u32,
        mode: u32,
    }

    impl Owner {
        pub(in super::super) fn of(data: &Metadata) -> Self {
            Self { uid: data.uid(), gid: data.gid(), mode: data.mode() }
        }

        /// Gives `file` to this owner. Where the owner cannot be changed, the group may still be.
        pub(in super::super) fn take(self, file: &File) {
            use std::os::unix::fs::MetadataExt as _;
            let Ok(now) = file.metadata() else { return };
            if (now.uid(), now.gid()) != (self.uid, self.gid) && fchown(file, Some(self.uid), Some(self.gid)).is_err() {
                let _ = fchown(file, None, Some(self.gid));
            }
        }

        /// Gives `file`, made by root, to this owner: what a run with sudo makes among other people's files is theirs.
        pub(in super::super) fn take_from_root(self, file: &File) {
            use std::os::unix::fs::MetadataExt as _;
            if self.uid != 0 && file.metadata().is_ok_and(|now| now.uid() == 0) {
                self.take(file);
            }
        }

        /// Lets those read and write `file` who may do so with the file of this owner; those search a folder who may read.
        pub(in super::super) fn share(self, file: &File, is_folder: bool) {
            let _ = fchown(file, None, Some(self.gid));
            let own = if is_folder { 0o700 } else { 0o600 };
            let search = if is_folder { (self.mode & 0o444) >> 2 } else { 0 };
            // What the system refuses stays as it was made.
            let _ = file.set_permissions(std::fs::Permissions::from_mode(own | (self.mode & 0o666) | search));
        }
    }

    /// Options with the permissions of a new file, of which the system takes the user's mask off.
    pub(in super::super) fn create_with(options: &mut OpenOptions, private: bool) {
        options.mode(if private { 0o600 } else { 0o666 });
    }

    /// How a folder is made.
    pub(in super::super) fn folder_with(private: bool) -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(if private { 0o700 } else { 0o777 });
        builder
    }

    /// Gives `file` the permissions of the one that it replaces.
    pub(in super::super) fn restore(file: &File, replaced: &Metadata) -> std::io::Result<()> {
        file.set_permissions(std::fs::Permissions::from_mode(replaced.mode() & 0o7777))
    }

    /// Whether the bits of a folder let nobody write.
    pub(in super::super) fn is_unwritable_folder(data: &Metadata) -> bool {
        data.mode() & 0o222 == 0
    }

    /// Whether a file has no second name.
    pub(in super::super) fn has_one_name(data: &Metadata) -> bool {
        data.nlink() < 2
    }

    /// What is the same for two names of one file.
    pub(in super::super) fn identity(data: &std::fs::Metadata) -> Option<(u64, u64)> {
        use std::os::unix::fs::MetadataExt as _;
        Some((data.dev(), data.ino()))
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::File;

    use cap_std::fs::{DirBuilder, Metadata, OpenOptions};

    /// Whose a file is: nothing that this system tells.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Owner;

    impl Owner {
        pub(in super::super) fn of(_: &Metadata) -> Self {
            Self
        }

        pub(in super::super) fn take(self, _: &File) {}

        pub(in super::super) fn take_from_root(self, _: &File) {}

        pub(in super::super) fn share(self, _: &File, _: bool) {}
    }

    pub(in super::super) fn create_with(_: &mut OpenOptions, _: bool) {}

    pub(in super::super) fn folder_with(_: bool) -> DirBuilder {
        DirBuilder::new()
    }

    pub(in super::super) fn restore(file: &File, replaced: &Metadata) -> std::io::Result<()> {
        file.set_permissions(replaced.permissions().into_std(file)?)
    }

    pub(in super::super) fn is_unwritable_folder(_: &Metadata) -> bool {
        false
    }

    pub(in super::super) fn has_one_name(_: &Metadata) -> bool {
        true
    }

    pub(in super::super) fn identity(_: &std::fs::Metadata) -> Option<(u64, u64)> {
        None
    }
}
