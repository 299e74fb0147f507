//! Finds the web server for the tests of `deploy/`: the system's nginx. On Debian and Ubuntu, root installs it with
//! the module for brotli.

use crate::{browser, progress};
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};

const PACKAGES: [&str; 2] = ["nginx", "libnginx-mod-http-brotli-static"];

/// The path of the module in Debian's package.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Returns the file of nginx. Where there is none, it prints a message and returns `None`; the tests count as
/// skipped.
pub fn prepare() -> Result<Option<PathBuf>> {
    let debian = which::which("apt-get").is_ok();
    if let Some(file) = found()
        && (!debian || Path::new(BROTLI).exists())
    {
        return Ok(Some(file));
    }
    if browser::may_install_by_apt() {
        progress::say("installing nginx and its module for brotli by apt-get (seconds, once)");
        if browser::install_by_apt(&PACKAGES)?
            && let Some(file) = found()
        {
            return Ok(Some(file));
        }
    }
    if let Some(file) = found() {
        progress::say("nginx has no module for brotli; the test of it is skipped");
        return Ok(Some(file));
    }
    let advice =
        "nginx is missing: install it (on Debian: apt install nginx libnginx-mod-http-brotli-static)";
    if env::var_os("CI").is_some() {
        bail!("{advice}");
    }
    progress::say(&format!("{advice}; the tests of deploy/ are skipped"));
    Ok(None)
}

fn found() -> Option<PathBuf> {
    // On Debian, nginx is in a folder that only root has in PATH.
    let folders = [env::var_os("PATH").unwrap_or_default(), "/usr/sbin".into(), "/usr/local/sbin".into()];
    folders.into_iter().find_map(|folders| which::which_in("nginx", Some(folders), "/").ok())
}
