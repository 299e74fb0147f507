// Loads the second part of the program: what wasm-bindgen's script imports as `__wasm_split.js`. The part's files and their
// integrity are filled in by the bundler; the file that `wasm_split_cli_support` writes would load it without.
import { initSync } from "./key-sync.js";

let here;

/** Keeps the promise; where that fails it is asked for anew next time, because it may have been the connection. */
function rest() {
  here ??= Promise.all([program(), style()]).catch((cause) => {
    here = undefined;
    throw cause;
  });
  return here;
}

/** It shares memory, table and all that it imports with the first part. */
async function program() {
  const file = fetch(new URL(REST, import.meta.url), { integrity: REST_INTEGRITY, credentials: "same-origin" });
  const compiled = await WebAssembly.compileStreaming(file);
  return WebAssembly.instantiate(compiled, { __wasm_split: initSync() });
}

function style() {
  return new Promise((done, failed) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.integrity = STYLE_INTEGRITY;
    sheet.onload = done;
    sheet.onerror = () => {
      sheet.remove();
      failed(new Error("A stylesheet of the panel could not be loaded."));
    };
    sheet.href = new URL(STYLE, import.meta.url);
    document.head.append(sheet);
  });
}

/** What the program calls. Calls back, by the function's place in the table, with whether the part is there. */
export async function __wasm_split_load_rest(callback, data) {
  // Before anything else is awaited: the program calls while it starts, and is whole when this goes on.
  await undefined;
  const came = await rest().then(() => true, () => false);
  initSync().__indirect_function_table.get(callback)(data, came);
}
