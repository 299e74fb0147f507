// Replaces the page after the program has stopped: a panic (`src/panic.rs` says where, by an event) or a trap of the WebAssembly.
// Contains no panel code and calls none, because the program's memory may be inconsistent by then. The report holds no text that
// the program has made while it ran: such a text may contain names, ids or what a server sent.

/** What the program said about its panic, before the trap: version, place and cause. */
let panic = [];

/** Shows the page, once. */
function stop() {
  removeEventListener("error", trapped);
  removeEventListener("unhandledrejection", trapped);
  // Timeouts and intervals share their numbers. Without timers nothing enters the program or asks the server again.
  for (let id = setTimeout(() => {}); id > 0; id--) clearTimeout(id);
  const [version = "(version not known)", place = "not known", cause = "not known"] = panic;
  const report = [
    `Key sync ${version} stopped at ${new Date().toISOString()}`,
    `Where: ${place}`,
    `Why: ${cause}`,
    `View: ${/^#\/[a-z-]*/.exec(location.hash)?.[0] ?? "the first"}`,
    `Browser: ${navigator.userAgent}`
  ].join("\n");
  const add = (parent, name, properties) => parent.appendChild(Object.assign(document.createElement(name), properties));
  const main = Object.assign(document.createElement("main"), { className: "stopped" });
  const page = add(main, "div", { role: "alert" });
  add(page, "h1", { textContent: "The panel stopped" });
  add(page, "p", {
    textContent:
      "This is a fault of the panel. The server and its jobs are not affected: what you sent has been sent, and nothing is sent again. Reload opens the same view; you may have to sign in again."
  });
  add(page, "pre", { textContent: report });
  const buttons = add(page, "p", {});
  add(buttons, "button", { className: "button primary", textContent: "Reload", onclick: () => location.reload() });
  const copy = add(buttons, "button", { className: "button", textContent: "Copy report" });
  copy.onclick = async () => {
    // Where the clipboard is closed, the report can be marked and copied by hand.
    const copied = await navigator.clipboard?.writeText(report).then(() => true, () => false);
    copy.textContent = copied ? "Copied" : "Mark the report and copy it";
  };
  document.title = "The panel stopped";
  document.body.replaceChildren(main);
  main.querySelector("button").focus();
}

function trapped({ error, reason }) {
  if ((error ?? reason) instanceof WebAssembly.RuntimeError) stop();
}

addEventListener("error", trapped);
addEventListener("unhandledrejection", trapped);
addEventListener("panic", ({ detail }) => (panic = detail.split("\n")));
