//! The sign-in page and dialog: a user name and a password, or a token that was issued elsewhere.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::auth::identity::ReauthPrompt;
use crate::components::controls::dialog::Dialog;
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::{LazyView, Loader};
use crate::components::controls::notice::FailureNotice;
use crate::components::controls::shown::Shown;
use crate::config::config;
use crate::preboot;
use cckm::sign_in::Credentials;
use cckm::token::pasted_token;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, SubmitEvent};

/// The sign-in page. It uses the static form of `index.html` until a submit fails, then the program's own form.
#[component]
pub fn SignIn(why: Option<&'static str>) -> impl IntoView {
    let session = expect_context::<Session>();
    let over = RwSignal::new(None);
    match preboot::form() {
        // The static form has no place for the reason.
        Some(form) if why.is_none() => take_over(session, form, over),
        _ => over.set(Some(Over(None))),
    }
    // The second part loads while the user types.
    expect_context::<Loader>().load_soon();
    move || over.get().map(|Over(failure)| lazy(LazyView::SignIn { why, failure }))
}

/// The program's own form takes over; contains the failure of the first submit, if there was one.
#[derive(Clone)]
struct Over(Option<Failure>);

/// Carries out the first submit of the static form, and sets `over` if it did not sign in.
fn take_over(session: Session, form: preboot::Form, over: RwSignal<Option<Over>>) {
    on_cleanup(preboot::remove_form);
    // Not bound to the reactive owner of this view, which is disposed of when the sign-in succeeds.
    spawn_local(async move {
        form.press().await;
        let failure = if form.by_token() { None } else { session.sign_in(form.typed()).await.err() };
        if failure.is_some() || form.by_token() {
            _ = over.try_set(Some(Over(failure)));
        }
    });
}

/// The initial contents of the form.
#[derive(Default)]
struct Given {
    typed: Credentials,
    by_token: bool,
    failure: Option<Failure>,
    /// The element that gets the focus, as a CSS selector.
    focus: Option<String>,
}

/// The sign-in page with the program's form, which takes over what was typed into the static form.
#[component]
pub fn SignInPage(
    why: Option<&'static str>,
    #[prop(optional_no_strip)] failure: Option<Failure>,
) -> impl IntoView {
    let given = preboot::form().map_or_else(Given::default, |form| {
        let by_token = form.by_token();
        let focus = if by_token { Some("input".to_owned()) } else { form.focused() };
        Given { typed: form.typed(), by_token, failure: failure.filter(|_| !by_token), focus }
    });
    preboot::remove_form();
    view! {
        <main class="sign-in" id="main">
            <div class="card">
                <h1>
                    <Icon name="brand" />
                    <span>{config().title.as_str()}</span>
                </h1>
                <p class="quiet">"Synchronization jobs of your CipherTrust Manager"</p>
                {why.map(|why| view! { <p class="notice info" role="alert">{why}</p> })}
                <Form given=given />
            </div>
        </main>
    }
}

/// The sign-in form as a dialog over a page whose session has expired. The page keeps its state, and the requests
/// that wait for the session are sent afterwards.
#[component]
pub fn SignInAgain(again: ReauthPrompt) -> impl IntoView {
    let session = expect_context::<Session>();
    let given = Given { typed: session.typed(), ..Given::default() };
    let stay = Callback::new(move |()| session.stay());
    let instead = if again.may_stay { "Stay here" } else { "Sign out instead" };
    let leave = move |_| if again.may_stay { session.stay() } else { session.sign_out(None) };
    view! {
        <Dialog name="Sign in again" about=again.why on_close=stay held=!again.may_stay>
            <div class="sign-in-again">
                <Form given=given />
                <button type="button" class="button plain" on:click=leave>
                    {instead}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Form(given: Given) -> impl IntoView {
    let session = expect_context::<Session>();
    let by_token = RwSignal::new(given.by_token);
    let failure = RwSignal::new(given.failure);
    let busy = RwSignal::new(false);
    let typed = RwSignal::new(given.typed);
    let token = RwSignal::new(String::new());

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        // Not bound to the reactive owner of this view, which is disposed of when the sign-in succeeds.
        spawn_local(async move {
            let result = if by_token.get_untracked() {
                session.use_token(token.get_untracked()).await
            } else {
                session.sign_in(typed.get_untracked()).await
            };
            // Both signals are disposed of if the view is gone, and then nothing reads them.
            _ = busy.try_set(false);
            if let Err(refusal) = result {
                let refused = refusal.status() == Some(401);
                if failure.try_set(Some(refusal)).is_some() {
                    return;
                }
                if refused {
                    focus(SECRET);
                }
            }
        });
    };
    let empty = move || {
        if by_token.get() {
            token.with(|token| pasted_token(token).is_empty())
        } else {
            typed.with(|typed| typed.username.trim().is_empty() || typed.password.is_empty())
        }
    };
    let refused = failure.with_untracked(|failure| failure.as_ref().and_then(Failure::status) == Some(401));
    let place = if refused { Some(SECRET.to_owned()) } else { given.focus };
    if let Some(place) = place {
        spawn_local(async move {
            // The form is in the page then, and its boxes have their texts.
            leptos::task::tick().await;
            focus(&place);
        });
    }
    let switch = move |to: bool| {
        failure.set(None);
        by_token.set(to);
    };

    view! {
        <form class="sign-in-form" on:submit=submit>
                <Shown
                    when=by_token
                    fallback=move || view! { <Password typed=typed /> }
                >
                    <div class="field">
                        <label for="token">"Token"</label>
                        <input
                            id="token"
                            type="password"
                            aria-describedby="token-hint"
                            autocomplete="off"
                            spellcheck="false"
                            autofocus=true
                            prop:value=move || token.get()
                            on:input:target=move |event| token.set(event.target().value())
                        />
                        <small id="token-hint" class="quiet">
                            "It is kept in this page's memory only, and is gone when the page is closed."
                        </small>
                    </div>
                </Shown>
                {move || failure.get().map(|failure| {
                    let foreign_server = failure.is_foreign().then(|| foreign_server(&window().location().origin().unwrap_or_default()));
                    view! { <FailureNotice failure=failure also=foreign_server /> }
                })}
                <button type="submit" class="button primary" disabled=empty aria-busy=move || busy.get().to_string()>
                    {move || if busy.get() { "Signing in…" } else { "Sign in" }}
                </button>
                <Shown
                    when=by_token
                    fallback=move || {
                        view! {
                            <button type="button" class="button plain" on:click=move |_| switch(true)>
                                "Use a token"
                            </button>
                        }
                    }
                >
                    <button type="button" class="button plain" on:click=move |_| switch(false)>
                        "Use a user name and password"
                    </button>
                </Shown>
        </form>
    }
}

/// The box of the password or of the token, as a CSS selector.
const SECRET: &str = "[type=password]";

/// Moves the focus to the element of the form that `place` selects. The text of [`SECRET`] is selected, so that the
/// next input replaces it.
fn focus(place: &str) {
    let found = document().query_selector(&[".sign-in-form ", place].concat()).ok().flatten();
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return };
    _ = element.focus();
    if place == SECRET
        && let Ok(input) = element.dyn_into::<HtmlInputElement>()
    {
        // Not later than the focus: else the selection could hold what a person has begun to type.
        input.select();
    }
}

/// The error for a sign-in request that something other than a `CipherTrust` Manager answered.
fn foreign_server(origin: &str) -> String {
    [
        "No CipherTrust Manager's interface answers at ",
        origin,
        &config().api,
        ". Whoever hosts the panel can look at \"api\" in config.json, and at the proxy that passes this address on.",
    ]
    .concat()
}

/// The text boxes of a sign-in with a password.
#[component]
fn Password(typed: RwSignal<Credentials>) -> impl IntoView {
    // Where the name is there already, a person goes on with the password, which must not end up in the name's box.
    let named = typed.with_untracked(|typed| !typed.username.is_empty());
    view! {
        <TextBox
            label="Username"
            name="username"
            autocomplete="username"
            autofocus=!named
            typed=typed
            field=|typed| &mut typed.username
        />
        <TextBox
            label="Password"
            name="password"
            kind="password"
            autocomplete="current-password"
            autofocus=named
            typed=typed
            field=|typed| &mut typed.password
        />
        <div class="field-row">
            <TextBox
                label="Domain"
                name="domain"
                placeholder="optional"
                typed=typed
                field=|typed| &mut typed.domain
            />
            <TextBox
                label="Authentication domain"
                name="auth_domain"
                placeholder="optional"
                typed=typed
                field=|typed| &mut typed.auth_domain
            />
        </div>
        <TextBox
            label="Connection"
            name="connection"
            placeholder="optional, for users of a directory"
            typed=typed
            field=|typed| &mut typed.connection
        />
    }
}

/// A labelled text box for one field of the credentials. `kind` is the input's type.
#[component]
fn TextBox(
    label: &'static str,
    name: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] placeholder: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
    typed: RwSignal<Credentials>,
    field: fn(&mut Credentials) -> &mut String,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type=kind
                name=name
                placeholder=placeholder
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                prop:value=move || std::mem::take(field(&mut typed.get()))
                on:input:target=move |event| typed.update(|typed| *field(typed) = event.target().value())
            />
        </label>
    }
}
