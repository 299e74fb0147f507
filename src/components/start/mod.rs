//! Components that the start forms share.

pub mod container_choice;
pub mod container_selection;
pub mod kept;
pub mod lost_start;
pub mod request;
pub mod sent_start;
pub mod watch;
