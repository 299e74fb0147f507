//! Over TLS: only a certificate of a trusted authority, and of the host's name, is asked anything.

use crate::support::{PASSWORD, Server, USER, run};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// An authority, and a server with its certificate for `name` that passes requests on to the emulator.
struct Secure {
    address: String,
    folder: tempfile::TempDir,
}

impl Secure {
    fn new(name: &str, emulator: SocketAddr) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
        let key = KeyPair::generate().expect("a key");
        let own = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let own = own.signed_by(&key, &authority).expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("ca.pem"), authority.pem()).expect("a file");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = vec![CertificateDer::from(own.der().to_vec())];
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())))
            .expect("a configuration");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("https://localhost:{}/", listener.local_addr().expect("an address").port());
        // Ends with the test program.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that does not trust the certificate ends the connection.
                _ = pass_on(stream, config.clone(), emulator);
            }
        });
        Self { address, folder }
    }

    fn ca(&self) -> String {
        self.folder.path().join("ca.pem").to_string_lossy().into_owned()
    }
}

/// Passes one request on, and the answer back.
fn pass_on(stream: TcpStream, config: Arc<ServerConfig>, emulator: SocketAddr) -> io::Result<()> {
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut tls = StreamOwned::new(connection, stream);
    let mut request = Vec::new();
    let mut part = [0; 4096];
    let (head, body) = loop {
        let read = tls.read(&mut part)?;
        if read == 0 {
            return Ok(());
        }
        request.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lower = head.to_ascii_lowercase();
            let length = lower.lines().find_map(|line| line.strip_prefix("content-length:"));
            if body.len() >= length.and_then(|length| length.trim().parse().ok()).unwrap_or(0) {
                break (head.to_owned(), body.to_owned());
            }
        }
    };
    let mut server = TcpStream::connect(emulator)?;
    write!(server, "{head}\r\nConnection: close\r\n\r\n{body}")?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    tls.write_all(&answer)?;
    tls.conn.send_close_notify();
    tls.flush()
}

const PASSWORD_OF: [(&str, &str); 2] = [("KEY_SYNC_USER", USER), ("KEY_SYNC_PASSWORD", PASSWORD)];

#[test]
fn a_trusted_certificate_is_asked() {
    let server = Server::new(&["--data", "empty"]);
    let secure = Secure::new("localhost", server.running.address);
    let ended = run(&[&secure.address, "--ca", &secure.ca(), "--json"], &PASSWORD_OF);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.of("Who is signed in").0, "fine");
}

#[test]
fn a_wrong_certificate_is_1_and_gets_no_password() {
    let server = Server::new(&["--data", "empty"]);
    let unknown = Secure::new("localhost", server.running.address);
    let misnamed = Secure::new("cm.example.com", server.running.address);
    for (secure, ca, said) in
        [(&unknown, None, "UnknownIssuer"), (&misnamed, Some(misnamed.ca()), "not valid for name")]
    {
        let mut arguments = vec![secure.address.as_str(), "--json", "--with-names"];
        if let Some(ca) = &ca {
            arguments.extend(["--ca", ca]);
        }
        let ended = run(&arguments, &PASSWORD_OF);
        assert_eq!(ended.code, Some(1));
        let (severity, finding) = ended.of("Sign-in");
        assert_eq!(severity, "problem");
        assert!(finding.contains("certificate") && finding.contains(said), "{finding}");
    }
    assert!(server.requests().is_empty());
}
