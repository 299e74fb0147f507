//! Who signs in: from the environment, or asked for at the terminal.

use anyhow::{Context, Result, bail};
use cckm::sign_in;
use cckm::token::{may_be_token, pasted_token};
use std::env;
use std::io::{self, IsTerminal, Write};

/// What a request is authorized by.
#[derive(Clone)]
pub enum Credentials {
    Token(String),
    Password(sign_in::Credentials),
}

/// A variable of the environment; `None` where it is not there, or empty.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => bail!("{name} is no text"),
    }
}

/// Reads the credentials, and asks for what is missing.
pub fn read() -> Result<Credentials> {
    if let Some(token) = variable("KEY_SYNC_TOKEN")? {
        let token = pasted_token(&token).to_owned();
        if !may_be_token(&token) {
            bail!("KEY_SYNC_TOKEN is no token: it has a space, or a character that no header may have");
        }
        return Ok(Credentials::Token(token));
    }
    let username = match variable("KEY_SYNC_USER")? {
        Some(user) => user,
        None => asked_for("Username: ")?,
    };
    let password = match variable("KEY_SYNC_PASSWORD")? {
        Some(password) => password,
        None if io::stdin().is_terminal() => {
            rpassword::prompt_password("Password: ").context("asking for the password")?
        }
        None => bail!("{NOBODY}"),
    };
    if username.trim().is_empty() || password.is_empty() {
        bail!("both a user name and a password are needed");
    }
    let other = |name| Ok::<_, anyhow::Error>(variable(name)?.unwrap_or_default());
    let credentials = sign_in::Credentials {
        username,
        password,
        domain: other("KEY_SYNC_DOMAIN")?,
        auth_domain: other("KEY_SYNC_AUTH_DOMAIN")?,
        connection: other("KEY_SYNC_CONNECTION")?,
    };
    Ok(Credentials::Password(credentials.trimmed()))
}

const NOBODY: &str =
    "there is no terminal to ask at: set KEY_SYNC_TOKEN, or KEY_SYNC_USER and KEY_SYNC_PASSWORD";

fn asked_for(question: &str) -> Result<String> {
    if !io::stdin().is_terminal() {
        bail!("{NOBODY}");
    }
    // The report alone goes to the standard output.
    let mut out = io::stderr();
    out.write_all(question.as_bytes())?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("asking for the user name")?;
    Ok(line.trim().to_owned())
}
