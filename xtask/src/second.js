// Loads the second part of the program, its stylesheet with it. Part of every release's script; the names in braces
// are the files, whose integrity is checked as that of every other.
import { initSync } from "./key-sync.js";

let loading;

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

async function load(first) {
  const [response] = await Promise.all([
    fetch(new URL("{program}", import.meta.url), { integrity: "{program integrity}", credentials: "same-origin" }),
    style()
  ]);
  await WebAssembly.instantiate(await response.arrayBuffer(), { __wasm_split: first });
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
