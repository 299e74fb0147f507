//! The way in: a user name and a password, or a token from elsewhere.

use crate::dom::*;
use crate::failure::Failure;
use crate::model::sign_in::Credentials;
use crate::panel::config;
use crate::reactive::*;
use crate::session::Session;
use crate::view::parts::dialog::Dialog;
use crate::view::parts::icon::Icon;
use crate::view::parts::notice::FailureNotice;
use crate::who::Again;
use web_sys::SubmitEvent;

#[component]
pub fn SignIn(session: Session, why: Option<&'static str>) -> impl IntoView {
    view! {
        <main class="sign-in" id="main">
            <div class="card">
                <h1>
                    <Icon name="brand" />
                    {config().title.as_str()}
                </h1>
                <p class="quiet">"Synchronization jobs of your CipherTrust Manager"</p>
                {why.map(|why| view! { <p class="notice info" role="alert">{why}</p> })}
                <Form session=session />
            </div>
        </main>
    }
}

/// The same over a page that waits for it: nothing of the page is lost, and what was asked goes on afterwards.
#[component]
pub fn SignInAgain(session: Session, again: Again) -> impl IntoView {
    let stay = Callback::new(move |()| session.stay());
    let instead = if again.may_stay { "Stay here" } else { "Sign out instead" };
    let leave = move |_| if again.may_stay { session.stay() } else { session.sign_out(None) };
    view! {
        <Dialog name="Sign in again" about=again.why on_close=stay held=!again.may_stay>
            <div class="sign-in-again">
                <Form session=session />
                <button type="button" class="button plain" on:click=leave>
                    {instead}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Form(session: Session) -> impl IntoView {
    let by_token = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let typed = RwSignal::new(session.typed());
    let token = RwSignal::new(String::new());

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        // Not bound to this view: it goes away when the answer is good.
        spawn_local(async move {
            let result = if by_token.get_untracked() {
                session.use_token(token.get_untracked().trim().to_owned()).await
            } else {
                session.sign_in(typed.get_untracked()).await
            };
            // Both are refused once the view is gone, and then nobody needs them.
            _ = busy.try_set(false);
            if let Err(refusal) = result {
                _ = failure.try_set(Some(refusal));
            }
        });
    };
    let empty = move || {
        if by_token.get() {
            token.with(|token| token.trim().is_empty())
        } else {
            typed.with(|typed| typed.username.is_empty() || typed.password.is_empty())
        }
    };
    let switch = move |to: bool| {
        failure.set(None);
        by_token.set(to);
    };

    view! {
        <form class="sign-in-form" on:submit=submit>
                <Show
                    when=move || by_token.get()
                    fallback=move || view! { <Password typed=typed /> }
                >
                    <label class="field">
                        <span>"Token"</span>
                        <input
                            type="password"
                            autocomplete="off"
                            spellcheck="false"
                            autofocus=true
                            prop:value=move || token.get()
                            on:input:target=move |event| token.set(event.target().value())
                        />
                        <small class="quiet">"It is kept in this page's memory only, and is gone when the page is closed."</small>
                    </label>
                </Show>
                {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
                <button type="submit" class="button primary" disabled=empty aria-busy=move || busy.get().to_string()>
                    {move || if busy.get() { "Signing in…" } else { "Sign in" }}
                </button>
                <Show
                    when=move || by_token.get()
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
                </Show>
        </form>
    }
}

/// The text boxes of a sign-in by password.
#[component]
fn Password(typed: RwSignal<Credentials>) -> impl IntoView {
    view! {
        <label class="field">
            <span>"Username"</span>
            <input
                type="text"
                name="username"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                autofocus=true
                prop:value=move || typed.with(|typed| typed.username.clone())
                on:input:target=move |event| typed.update(|typed| typed.username = event.target().value())
            />
        </label>
        <label class="field">
            <span>"Password"</span>
            <input
                type="password"
                name="password"
                autocomplete="current-password"
                prop:value=move || typed.with(|typed| typed.password.clone())
                on:input:target=move |event| typed.update(|typed| typed.password = event.target().value())
            />
        </label>
        <div class="field-row">
            <label class="field">
                <span>"Domain"</span>
                <input
                    type="text"
                    placeholder="optional"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || typed.with(|typed| typed.domain.clone())
                    on:input:target=move |event| typed.update(|typed| typed.domain = event.target().value())
                />
            </label>
            <label class="field">
                <span>"Authentication domain"</span>
                <input
                    type="text"
                    placeholder="optional"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || typed.with(|typed| typed.auth_domain.clone())
                    on:input:target=move |event| typed.update(|typed| typed.auth_domain = event.target().value())
                />
            </label>
        </div>
        <label class="field">
            <span>"Connection"</span>
            <input
                type="text"
                placeholder="optional, for users of a directory"
                autocapitalize="none"
                spellcheck="false"
                prop:value=move || typed.with(|typed| typed.connection.clone())
                on:input:target=move |event| typed.update(|typed| typed.connection = event.target().value())
            />
        </label>
    }
}
