// Loads the second part of the program, its stylesheet with it. Part of every release's script; the names in braces
// are the files, whose integrity is checked as that of every other.
import { initSync } from "./key-sync.js";

let loading;

/** The program, fetched and compiled; what it is to be bound to need not be there yet. */
let program;

/** Called by the program. Calls back, by the function's place in the table, with whether the second part is there. */
export async function __wasm_split_load_second(callback, data) {
  // Before anything else is awaited: the program calls while it starts, and is whole when this goes on.
  await undefined;
  const first = initSync();
  let came = true;
  try {
    await (loading ??= load(first));
  } catch {
    // Asked for anew next time: it may have been the connection. The browser's console says why.
    loading = undefined;
    came = false;
  }
  first.__indirect_function_table.get(callback)(data, came);
}

/** Has the second part fetched before the program calls for it: where the address needs it, it comes beside the first. */
export function ahead() {
  program ??= Promise.all([compiled(), style()]);
  // Who needs it hears of a failure.
  program.catch(() => {});
}

async function load(first) {
  ahead();
  try {
    const [module] = await program;
    await WebAssembly.instantiate(module, { __wasm_split: first });
  } catch (failure) {
    program = undefined;
    throw failure;
  }
}

function compiled() {
  const file = new URL("{program}", import.meta.url);
  return WebAssembly.compileStreaming(fetch(file, { integrity: "{program integrity}", credentials: "same-origin" }));
}

function style() {
  return new Promise((done, failed) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.integrity = "{style integrity}";
    sheet.onload = done;
    sheet.onerror = () => {
      sheet.remove();
      failed(new Error("A stylesheet of the panel could not be loaded."));
    };
    sheet.href = new URL("{style}", import.meta.url);
    document.head.append(sheet);
  });
}
