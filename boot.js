// Starts the panel. Trunk writes two preload links into the page, for the program (WebAssembly) and for its glue
// (JavaScript), each with its integrity. This file loads exactly those two: it contains no file name and no panel code.

document.querySelector(".unloaded")?.remove();

const glue = document.querySelector('link[rel="modulepreload"]');
const program = document.querySelector('link[rel="preload"][type="application/wasm"]');

/** Shows in the page why the panel does not run. `heading` and `advice` are sentences, `cause` is any thrown value. */
function explain(heading, advice, cause) {
  const main = Object.assign(document.createElement("main"), { className: "stopped" });
  main.setAttribute("role", "alert");
  for (const [tag, text] of Object.entries({ h1: heading, p: advice, pre: cause && String(cause) })) {
    if (text) main.append(Object.assign(document.createElement(tag), { textContent: text }));
  }
  document.body.replaceChildren(main);
}

/** An empty module with a function that takes a reference: an engine that accepts it has every feature that the program uses. */
const REFERENCES = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0);

/** The features that the panel requires, by their common names, and whether the browser has each. README.md lists versions. */
const NEEDED = {
  WebAssembly: () => typeof WebAssembly === "object" && typeof WebAssembly.compileStreaming === "function",
  "WebAssembly with reference types": () => typeof WebAssembly !== "object" || WebAssembly.validate(REFERENCES),
  AbortController: () => typeof AbortController === "function",
  IntersectionObserver: () => typeof IntersectionObserver === "function",
  "the element <dialog>": () => typeof HTMLDialogElement === "function" && "showModal" in HTMLDialogElement.prototype,
  "cascade layers (@layer)": () => typeof CSSLayerBlockRule === "function",
  "the selector :has()": () => CSS.supports("selector(:has(a))"),
  "nested style rules": () => CSS.supports("selector(&)"),
  "the colours light-dark()": () => CSS.supports("color", "light-dark(#000, #fff)")
};

async function start() {
  const lacks = Object.keys(NEEDED).filter((name) => !NEEDED[name]());
  if (lacks.length > 0) {
    return explain(
      "This browser cannot run the panel",
      `It lacks ${lacks.join(", ")}. Use Chromium, Chrome or Edge 123, Firefox 121 or Safari 17.5, or a later version, and allow WebAssembly for this address.`
    );
  }
  try {
    // Both load in parallel, from the preloads. A file that is not the published one fails here, by its integrity. The
    // program is compiled while it downloads, and starts after the layout of the form, if there is one.
    const file = fetch(program.href, { integrity: program.integrity, credentials: "same-origin" });
    await window.preboot?.sent;
    const [bindings, compiled] = await Promise.all([import(glue.href), WebAssembly.compileStreaming(file), window.preboot?.shown]);
    await bindings.default({ module_or_path: compiled });
  } catch (cause) {
    console.error(cause);
    // WebKit breaks off what a page loads that is left. Where the same page comes back, as it was, it begins again.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    if (/Content.Security.Policy/i.test(cause)) {
      explain(
        "This address does not allow the panel to run",
        "The server's Content-Security-Policy must contain script-src 'self' 'wasm-unsafe-eval'.",
        cause
      );
    } else if (cause instanceof WebAssembly.RuntimeError) {
      explain("The panel stopped at its start", "This is a fault of the panel. The browser's console says more.", cause);
    } else {
      explain(
        "The panel could not be loaded",
        "A file is missing or is not the published one. Load the page again; if that does not help, publish the whole panel again.",
        cause
      );
    }
  }
}

start();
