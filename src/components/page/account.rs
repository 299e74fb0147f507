//! The end of the header: the signed-in user, the domain, and the remaining time of a session that cannot be renewed.
//! Also owns the idle limit.

use crate::auth::Session;
use crate::auth::identity::Identity;
use crate::clock;
use crate::clock::Clock;
use crate::components::controls::dialog::Dialog;
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::{LazyView, Loader};
use crate::config::config;
use crate::state::announcer::Announcer;
use cckm::time;
use leptos::ev;
use leptos::prelude::*;

/// How long before the end of a session the user is warned, in milliseconds.
const WARNING: i64 = 60_000;

#[component]
pub fn Account(who: Identity) -> impl IntoView {
    let session = expect_context::<Session>();
    let Identity { name, domain, .. } = who;
    let unknown = Memo::new(move |_| session.domains().failure.is_some());
    view! {
        <div class="who">
            <Domain domain=domain />
            {move || unknown.get().then(|| lazy(LazyView::NoDomains))}
            {(!name.is_empty())
                .then(|| view! { <span class="user" title="Signed in as"><Icon name="user" />{name}</span> })}
            {move || session.ends().map(|ends| lazy(LazyView::Countdown(ends)))}
            <button type="button" class="button plain" on:click=move |_| session.sign_out(None)>"Sign out"</button>
        </div>
    }
}

/// The current domain's name, or a selection if there are several domains.
#[component]
fn Domain(domain: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let several = Memo::new(move |_| session.domains().all.len() > 1);
    let loader = expect_context::<Loader>();
    move || {
        let name = domain.clone();
        // The selection needs the second part, but does not cause it to load.
        if several.get() && loader.is_loaded() {
            return lazy(LazyView::DomainChoice { name });
        }
        (!name.is_empty())
            .then(|| view! { <span class="domain" title="Domain"><Icon name="domain" />{name}</span> })
            .into_any()
    }
}

/// The selection of a domain. `name` is the name or the id of the current one.
#[component]
pub fn DomainChoice(name: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let current = StoredValue::new(name);
    let choose = move |select: web_sys::HtmlSelectElement| {
        session.switch(select.value());
        // Shows the current domain again: it changes only after the user has signed in to the other one.
        select.set_value(&current.get_value());
    };
    let all = Memo::new(move |_| session.domains().all);
    let options = move || {
        let option = |choice: cckm::sign_in::Domain| {
            let chosen = current.with_value(|current| choice.name == *current || choice.id == *current);
            view! { <option value=choice.name.clone() selected=chosen>{choice.name.clone()}</option> }
        };
        all.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="domain">
            <Icon name="domain" />
            <select aria-label="Domain" on:change:target=move |event| choose(event.target())>
                {options}
            </select>
        </label>
    }
}

/// Why the domains could not be loaded, and the button that requests them again.
#[component]
pub fn NoDomains() -> impl IntoView {
    let session = expect_context::<Session>();
    let words = Memo::new(move |_| {
        let failure = session.domains().failure;
        failure.map(|failure| failure.whole()).unwrap_or_default()
    });
    view! {
        <button
            type="button"
            class="button plain"
            title=words
            aria-description=words
            on:click=move |_| session.load_domains()
        >
            "Load domains again"
        </button>
    }
}

/// The remaining time of a token that was issued elsewhere. The panel cannot renew it.
#[component]
pub fn Countdown(ends: time::Stamp) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let announcer = expect_context::<Announcer>();
    let left = Memo::new(move |_| (ends.millis() - clock.second().millis()).max(0));
    let near = Memo::new(move |_| left.get() <= WARNING);
    Effect::new(move |was: Option<bool>| {
        if near.get() && was == Some(false) {
            announcer.announce("This token ends in a minute. Have the next one ready.");
        }
        near.get()
    });
    view! {
        <span class="countdown" class:near=near title="This token cannot be renewed">
            {move || if left.get() == 0 { "Token has ended".to_owned() } else { format!("{} left", time::duration(left.get())) }}
        </span>
    }
}

/// Signs out after `idle_minutes` without input, and warns one minute before.
#[component]
pub fn Idle() -> impl IntoView {
    let session = expect_context::<Session>();
    let limit = config().idle_minutes as i64 * 60_000;
    (limit > 0).then(|| {
        let clock = expect_context::<Clock>();
        let touched = StoredValue::new(clock::moment());
        let left = Memo::new(move |_| {
            _ = clock.second();
            // Not the time of day, which the clock corrects by the server's time.
            limit - clock::moment().since(touched.get_value()) as i64
        });
        let near = Memo::new(move |_| left.get() <= WARNING);
        let touch = move || {
            // Once the question is shown, only its answer counts as input.
            if !near.get_untracked() {
                touched.set_value(clock::moment());
            }
        };
        let pointer = window_event_listener(ev::pointerdown, move |_| touch());
        let key = window_event_listener(ev::keydown, move |_| touch());
        on_cleanup(move || {
            pointer.remove();
            key.remove();
        });
        Effect::new(move |_| {
            if left.get() <= 0 {
                session.sign_out(Some("You were signed out because nobody used the panel for a while."));
            }
        });
        let stay = Callback::new(move |()| {
            touched.set_value(clock::moment());
            clock.tick();
        });
        move || near.get().then(|| lazy(LazyView::StillThere { left, stay }))
    })
}

/// The question before the idle limit signs out. `left` is in milliseconds.
#[component]
pub fn StillThere(left: Memo<i64>, stay: Callback<()>) -> impl IntoView {
    view! {
        <Dialog name="Still there?" on_close=stay>
            <p>
                "You will be signed out in "
                {move || time::duration(left.get().max(0))} ", because nobody has used the panel."
            </p>
            <div class="dialog-foot">
                <button type="button" class="button primary" autofocus=true on:click=move |_| stay.run(())>
                    "Stay signed in"
                </button>
            </div>
        </Dialog>
    }
}
