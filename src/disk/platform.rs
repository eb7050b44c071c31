//! Owners and permission bits, where the system has them: the one file with parts for each system.

pub use system::Owner;
pub(super) use system::{create_with, folder_with, has_one_name, identity, is_unwritable_folder, restore};

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::os::unix::fs::{PermissionsExt as _, fchown};

    use cap_std::fs::{DirBuilder, DirBuilderExt, Metadata, MetadataExt, OpenOptions, OpenOptionsExt};

    /// User, group and permission bits of a file.
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

        /// Changes the owner of `file`; only its group if the user may not be changed.
        pub(in super::super) fn take(self, file: &File) {
            use std::os::unix::fs::MetadataExt as _;
            let Ok(now) = file.metadata() else { return };
            if (now.uid(), now.gid()) != (self.uid, self.gid) && fchown(file, Some(self.uid), Some(self.gid)).is_err() {
                let _ = fchown(file, None, Some(self.gid));
            }
        }

        /// Changes the owner of `file` if root created it among files of another user, as a run with sudo does.
        pub(in super::super) fn take_from_root(self, file: &File) {
            use std::os::unix::fs::MetadataExt as _;
            if self.uid != 0 && file.metadata().is_ok_and(|now| now.uid() == 0) {
                self.take(file);
            }
        }

        /// Sets the permissions of `file` to those of the owner's file, and of a folder so that it can be searched by whoever may read.
        pub(in super::super) fn share(self, file: &File, is_folder: bool) {
            let _ = fchown(file, None, Some(self.gid));
            let own = if is_folder { 0o700 } else { 0o600 };
            let search = if is_folder { (self.mode & 0o444) >> 2 } else { 0 };
            // If the system refuses, the permissions of a plain create remain.
            let _ = file.set_permissions(std::fs::Permissions::from_mode(own | (self.mode & 0o666) | search));
        }
    }

    /// Sets the mode of a new file; the system applies the umask.
    pub(in super::super) fn create_with(options: &mut OpenOptions, private: bool) {
        options.mode(if private { 0o600 } else { 0o666 });
    }

    /// Builder of a folder with its mode.
    pub(in super::super) fn folder_with(private: bool) -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(if private { 0o700 } else { 0o777 });
        builder
    }

    /// Sets the permissions of `file` to those of the file that it replaces.
    pub(in super::super) fn restore(file: &File, replaced: &Metadata) -> std::io::Result<()> {
        file.set_permissions(std::fs::Permissions::from_mode(replaced.mode() & 0o7777))
    }

    /// Whether the permission bits of a folder allow nobody to write.
    pub(in super::super) fn is_unwritable_folder(data: &Metadata) -> bool {
        data.mode() & 0o222 == 0
    }

    /// Whether a file has one name only, no hard links.
    pub(in super::super) fn has_one_name(data: &Metadata) -> bool {
        data.nlink() < 2
    }

    /// Device and inode.
    pub(in super::super) fn identity(data: &std::fs::Metadata) -> Option<(u64, u64)> {
        use std::os::unix::fs::MetadataExt as _;
        Some((data.dev(), data.ino()))
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::File;

    use cap_std::fs::{DirBuilder, Metadata, OpenOptions};

    /// The owner of a file, which this system does not have.
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
