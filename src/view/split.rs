//! The parts of the program beside the first, by their views. A release has all that only one of these functions uses in
//! that part's own WebAssembly file (`cargo xtask build` splits them); else they are functions like any other.

use super::account::StillThere;
use super::attention::Attention;
use super::behind::Behind;
use super::cancel_picked::CancelPicked;
use super::cloud::Cloud;
use super::detail::Detail;
use super::freshness::Freshness;
use super::history::History;
use super::parts::containers::ContainerChoice;
use super::parts::later::{Draw, Load, Lost, PARTS, Piece};
use super::parts::meaning::Meaning;
use super::picked::Picked;
use super::several::StartSeveral;
use super::sign_in::{SignInAgain, SignInPage};
use super::start::StartForm;
use crate::dom::*;
use crate::panel::Over;

/// What the list of a cloud's jobs needs, and the first rows do not.
fn list(piece: Piece) -> View {
    match piece {
        Piece::Cloud(cloud) => view! { <Cloud cloud=cloud /> },
        _ => View::None,
    }
}

/// What nobody sees before they press something, or follow a link to more than a list.
fn second(piece: Piece) -> View {
    match piece {
        Piece::Cloud(_) => View::None,
        Piece::Freshness(family) => view! { <Freshness family=family /> },
        Piece::History(family) => view! { <History family=family /> },
        Piece::Job { family, id, pressed } => view! { <Detail family=family id=id pressed=pressed /> },
        Piece::Attention => view! { <Attention /> },
        Piece::Behind => view! { <Behind /> },
        Piece::Start(starting) => view! { <StartForm starting=starting /> },
        Piece::Over(Over::CancelPicked) => view! { <CancelPicked /> },
        Piece::Over(Over::StartSeveral) => view! { <StartSeveral /> },
        Piece::Picked => view! { <Picked /> },
        Piece::Containers { family, chosen, choose, typed } => {
            view! { <ContainerChoice family=family chosen=chosen choose=choose typed=typed /> }
        }
        Piece::Meaning { words, otherwise } => view! { <Meaning words=words otherwise=otherwise /> },
        Piece::SignIn { session, why, failure } => {
            view! { <SignInPage session=session why=why failure=failure /> }
        }
        Piece::SignInAgain { session, again } => view! { <SignInAgain session=session again=again /> },
        Piece::StillThere { left, stay } => view! { <StillThere left=left stay=stay /> },
    }
}

/// The one way into each file: whatever only this reaches is moved there.
#[cfg(feature = "split")]
#[expect(clippy::unnecessary_wraps, reason = "the macro turns a file that does not come into the error")]
mod way {
    use super::{Draw, Lost};
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    impl From<SplitLoaderError> for Lost {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(list, wasm_split_path = leptos::wasm_split, fallible)]
    pub fn list() -> Result<Draw, Lost> {
        Ok(super::list)
    }

    #[wasm_split(second, wasm_split_path = leptos::wasm_split, fallible)]
    pub fn second() -> Result<Draw, Lost> {
        Ok(super::second)
    }
}

#[cfg(not(feature = "split"))]
mod way {
    use super::{Draw, Lost};
    use std::future::{Ready, ready};

    pub fn list() -> Ready<Result<Draw, Lost>> {
        ready(Ok(super::list))
    }

    pub fn second() -> Ready<Result<Draw, Lost>> {
        ready(Ok(super::second))
    }
}

/// In the order of `Part`.
pub const LOADS: [Load; PARTS] = [|| Box::pin(way::list()), || Box::pin(way::second())];
