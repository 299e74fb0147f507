// Runs before the program is loaded: requests the configuration and the signed-in user while the program's own files are
// loading, and shows the first sign-in form if nobody is signed in. Owns `window.preboot`, which the program takes over
// (`src/preboot.rs`): the two responses, and the form with its first submit. This script neither sends nor stores a password:
// the password stays in its text box until the program reads it there. Without this file the program does all of it itself.

// The theme, as `state/preferences.rs` keeps it, before anything is painted. Fails where nothing is kept, or nothing may be.
try { document.documentElement.dataset.theme = JSON.parse(localStorage["key-sync.preferences"]).theme; } catch {}

// Redirects are not followed: the program reports that a proxy or a sign-in page stands in between.
const settings = fetch("config.json", { redirect: "manual", signal: patience() });
const sent = settings.then(ask);
const user = sent.then(async ({ answer, title }) => ({ answer: await answer, title }));
const preboot = (window.preboot = { settings, user: user.then(({ answer }) => answer), form: undefined, forbid });
/** Resolves when both requests are sent, or when the second will not be sent: everything else is less urgent. */
preboot.sent = sent.catch(() => {});
/** Resolves when the form is in the page or will not be shown: starting the program before that would gain nothing. */
preboot.shown = user.then(({ answer, title }) => (answer.ok ? undefined : show(title))).catch(() => {});
// The program reports a failure of this promise, which it awaits too.
preboot.user.catch(() => {});

/** An abort signal that fires after a minute, as in the program, also in a browser without `AbortSignal.timeout`. */
function patience() {
  if (typeof AbortController !== "function") return undefined;
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("It took too long.", "TimeoutError")), 60_000);
  return controller.signal;
}

/** Requests the signed-in user; returns the response with the panel's name. Rejects if the configuration lacks a value. */
async function ask(found) {
  if (!found.ok && found.status !== 404) throw new Error(`HTTP ${found.status}`);
  const { api = "/api/v1", title = "Key sync" } = found.ok ? await found.clone().json() : {};
  // The panel sends no request to another origin; browsers read a backslash as a slash and skip tabs.
  if (!/^\/(?!\/)[\w.~%/-]*$/.test(api) || typeof title !== "string") throw new Error("The program says what is wrong.");
  const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: patience() };
  return { answer: fetch(`${api.replace(/\/+$/, "")}/auth/self/user`, options), title };
}

/** Removes the form and its template, so that no form is shown later. */
function forbid() {
  document.querySelector("template")?.remove();
  preboot.form?.page.remove();
}

/** Resolves after the layout of the form; at once in a hidden page, which is not laid out. */
function show(title) {
  // Skipped if `boot.js` has already shown why the program cannot run.
  const template = document.querySelector("template");
  if (!template) return undefined;
  const page = template.content.firstElementChild.cloneNode(true);
  page.querySelector("h1 span").textContent = title;
  document.title = `Sign in · ${title}`;
  const form = page.querySelector("form");
  const { username, password } = form.elements;
  const [send, token] = form.querySelectorAll("button");
  const ready = () => (send.disabled = !username.value.trim() || !password.value);
  let press;
  const pressed = new Promise((resolve) => (press = resolve));
  const say = (busy) => {
    send.setAttribute("aria-busy", busy);
    send.textContent = busy ? "Signing in…" : "Sign in";
  };
  // The program awaits `pressed` and reads the form only then, so before the program runs, the last submit counts.
  preboot.form = { page, pressed, byToken: false };
  const go = (byToken) => {
    preboot.form.byToken = byToken;
    say(!byToken);
    press();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(false);
  });
  token.addEventListener("click", () => go(true));
  for (const type of ["input", "change"]) form.addEventListener(type, ready);
  document.body.append(page);
  return document.hidden || new Promise((done) => new IntersectionObserver(done).observe(page));
}
