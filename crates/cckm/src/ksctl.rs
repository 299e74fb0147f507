//! What `ksctl`, the command line tool of the vendor, calls the operations of a family.
//!
//! It owns the columns; the rows are in the table of [`family`](crate::family). The vendor publishes no reference of
//! these commands. The names are those that the `ksctl` adapter in the vendor's own repository
//! `ThalesGroup/CipherTrust_Application_Protection` (`mcp-servers/ciphertrust-manager-mcp-server`) passes to it. What
//! that adapter does not use is not known, and no command is made of it.

/// The commands of one family. Each begins with [`Ksctl::group`] and `synchronization-jobs`.
#[derive(Debug)]
pub struct Ksctl {
    /// The words before `synchronization-jobs`: `cckm aws keys`.
    pub group: &'static str,
    /// The flag of `start` that takes the ids of containers.
    pub containers: &'static str,
    /// Whether that flag takes several ids, separated by commas.
    pub takes_several: bool,
    /// The flag of `start` that takes regions, separated by commas.
    pub regions: Option<&'static str>,
    /// The flags of `start` for the [switches](crate::family::Switch): the field of the request, and the flag.
    pub switches: &'static [(&'static str, &'static str)],
    /// The flags of `status`, which lists jobs: the parameter of the list request, and the flag.
    pub list: &'static [(&'static str, &'static str)],
}
