//! The emulator as a library, so that tests can start it on a free port.
