//! The second part of the program, by its views: what nobody sees before they press something. A release has all that
//! only this file uses in a WebAssembly file of its own (`cargo xtask build` splits it); else it is a part like any other.

use super::account::StillThere;
use super::attention::Attention;
use super::behind::Behind;
use super::cancel_picked::CancelPicked;
use super::cloud::Cloud;
use super::detail::Detail;
use super::parts::containers::ContainerChoice;
use super::parts::later::Piece;
use super::picked::Picked;
use super::several::StartSeveral;
use super::sign_in::{SignInAgain, SignInPage};
use super::start::StartForm;
use crate::dom::*;
use crate::panel::Over;
use std::pin::Pin;

fn drawn(piece: Piece) -> View {
    match piece {
        Piece::Job { family, id, pressed } => view! { <Detail family=family id=id pressed=pressed /> },
        Piece::Attention => view! { <Attention /> },
        Piece::Cloud(cloud) => view! { <Cloud cloud=cloud /> },
        Piece::Behind => view! { <Behind /> },
        Piece::Start(starting) => view! { <StartForm starting=starting /> },
        Piece::Over(Over::CancelPicked) => view! { <CancelPicked /> },
        Piece::Over(Over::StartSeveral) => view! { <StartSeveral /> },
        Piece::Picked => view! { <Picked /> },
        Piece::Containers { family, chosen, choose, typed } => {
            view! { <ContainerChoice family=family chosen=chosen choose=choose typed=typed /> }
        }
        Piece::SignIn { session, why, failure } => {
            view! { <SignInPage session=session why=why failure=failure /> }
        }
        Piece::SignInAgain { session, again } => view! { <SignInAgain session=session again=again /> },
        Piece::StillThere { left, stay } => view! { <StillThere left=left stay=stay /> },
    }
}

#[cfg(feature = "split")]
#[expect(clippy::unnecessary_wraps, reason = "the macro turns a file that does not come into the error")]
mod part {
    use super::*;
    use leptos::wasm_split::SplitLoaderError;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// The one way into the second file: whatever only this reaches is moved there.
    #[leptos::wasm_split::wasm_split(second, wasm_split_path = leptos::wasm_split, preload(fetch), fallible)]
    fn drawn(piece: Piece) -> Result<View, SplitLoaderError> {
        Ok(super::drawn(piece))
    }

    pub fn load() -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async { fetch().await.is_ok() })
    }

    pub fn draw(piece: Piece) -> View {
        // It is there, so nothing waits, and one look is enough.
        match pin!(drawn(piece)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(view)) => view,
            _ => View::None,
        }
    }
}

#[cfg(not(feature = "split"))]
mod part {
    use super::*;

    pub fn load() -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async { true })
    }

    pub fn draw(piece: Piece) -> View {
        drawn(piece)
    }
}

pub use part::{draw, load};
