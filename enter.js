// What the page does before the program is there: it asks for the configuration and who is signed in, side by side with
// the program's own files, and shows the first sign-in form where nobody is. Owns `begun`, which the program takes over
// (`src/begun.rs`): the two answers, and the form with its first press. It sends no password and keeps none: that stands
// in its box until the program reads it there. Without this file the program does all of it itself.

/** As long as the program waits for an answer, in milliseconds. */
const PATIENCE = 60_000;

// What leads to another address is not followed: the program says that something is in between.
const settings = fetch("config.json", { redirect: "manual", signal: patience() });
const sent = settings.then(ask);
const user = sent.then(async ({ answer, title }) => ({ answer: await answer, title }));
const begun = { settings, user: user.then(({ answer }) => answer), form: undefined, forbid };
window.begun = begun;
/** Fulfilled when both questions are on their way, or the second is not to be asked: all else is less urgent. */
begun.sent = sent.catch(() => {});
/** Fulfilled when the form stands, or is not to be shown: nothing is quicker where the program starts before that. */
begun.shown = user.then(({ answer, title }) => (answer.ok ? undefined : show(title))).catch(() => {});
// What fails here is said by the program, which sees the same.
begun.user.catch(() => {});

/** Ends what takes too long; `AbortSignal.timeout` is younger than what else the panel needs. Without either `boot.js` says so. */
function patience() {
  if (typeof AbortController !== "function") return undefined;
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("It took too long.", "TimeoutError")), PATIENCE);
  return controller.signal;
}

/** Asks who is signed in; with the panel's name. Fails where the configuration does not say enough. */
async function ask(found) {
  if (!found.ok && found.status !== 404) throw new Error(`HTTP ${found.status}`);
  const { api = "/api/v1", title = "Key sync" } = found.ok ? await found.clone().json() : {};
  // Nothing goes to another origin.
  if (!/^\/(?!\/)/.test(api) || typeof title !== "string") throw new Error("The program says what is wrong.");
  const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: patience() };
  return { answer: fetch(`${api.replace(/\/+$/, "")}/auth/self/user`, options), title };
}

/** There is to be no form from now on. */
function forbid() {
  document.querySelector("template")?.remove();
  begun.form?.page.remove();
}

/** Resolves when the form is laid out, in a page that somebody looks at. */
function show(title) {
  // Not where the page says by now why there will be no program.
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
  // The program waits for `pressed` and looks only then, so until it is there the last press counts.
  begun.form = { page, pressed, byToken: false };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begun.form.byToken = false;
    say(true);
    press();
  });
  token.addEventListener("click", () => {
    begun.form.byToken = true;
    say(false);
    press();
  });
  form.addEventListener("input", ready);
  form.addEventListener("change", ready);
  document.body.append(page);
  return document.hidden || new Promise((done) => new IntersectionObserver(done).observe(page));
}
