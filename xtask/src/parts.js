// Loads the parts of the program beside the first. Part of every release's script; the names in braces are the files, whose
// integrity is checked as that of every other.
import { initSync } from "./key-sync.js";

/** What brings the files of each part, its program first. A part stands on those before it. */
const fetched = [
  () => [program("{list}", "{list integrity}")],
  () => [program("{second}", "{second integrity}"), style("{style}", "{style integrity}")]
].map((files) => once(() => Promise.all(files())));

/** What then binds each program. */
const here = fetched.map((files, part) =>
  once(async () => {
    ahead(part);
    await here[part - 1]?.();
    const [program] = await files();
    await WebAssembly.instantiate(program, { __wasm_split: initSync() });
  })
);

/** Has the files of a part fetched before the program calls for it: where the address needs it, it comes beside the first. */
export function ahead(part) {
  for (const files of fetched.slice(0, part + 1)) files();
}

/** Keeps what `make` promises; where that fails it is asked for anew next time, because it may have been the connection. */
function once(make) {
  let made;
  return () => {
    if (!made) {
      made = make();
      // Who needs it hears of the failure, and the browser's console says why.
      made.catch(() => (made = undefined));
    }
    return made;
  };
}

/** Fetched and compiled; what it is to be bound to need not be there yet. */
function program(name, integrity) {
  const file = new URL(name, import.meta.url);
  return WebAssembly.compileStreaming(fetch(file, { integrity, credentials: "same-origin" }));
}

function style(name, integrity) {
  return new Promise((done, failed) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.integrity = integrity;
    sheet.onload = done;
    sheet.onerror = () => {
      sheet.remove();
      failed(new Error("A stylesheet of the panel could not be loaded."));
    };
    sheet.href = new URL(name, import.meta.url);
    document.head.append(sheet);
  });
}

/** Loads a part for the program, and calls back, by the function's place in the table, with whether it is there. */
async function load(part, callback, data) {
  // Before anything else is awaited: the program calls while it starts, and is whole when this goes on.
  await undefined;
  let came = true;
  try {
    await here[part]();
  } catch {
    came = false;
  }
  initSync().__indirect_function_table.get(callback)(data, came);
}

/** What the program calls. */
export const __wasm_split_load_list = load.bind(null, 0);
export const __wasm_split_load_second = load.bind(null, 1);
