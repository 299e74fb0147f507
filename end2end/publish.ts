// Publishes another version of the panel into the folder from which it is served, as an administrator who copies a release
// over the last one.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const integrity = (content: Buffer) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

/** The name of the only file that fits, of those that are not compressed. */
export function fileOf(folder: string, pattern: RegExp): string {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${folder} has ${found.length} files for ${pattern}`);
  return found[0]!;
}

/** The files of a release by what they are. */
export const FILES = {
  script: /^key-sync-[0-9a-f]{16}\.js$/,
  program: /^key-sync-[0-9a-f]{16}\.wasm$/,
  style: /^style-[0-9a-f]{16}\.css$/,
  "second part": /^key-sync-rest-[0-9a-f]{16}\.wasm$/,
  "style of the second part": /^style-rest-[0-9a-f]{16}\.css$/
};

/** The program of the second part, by the end of its URL. */
export const REST = /-rest-[0-9a-f]+\.wasm$/;

/** Removes a file and its compressed twins. */
export function remove(folder: string, name: string): void {
  for (const ending of ["", ".br", ".gz"]) rmSync(join(folder, name + ending), { force: true });
}

/** Another name of the same length. */
const renamed = (name: string) => name.replace(/[0-9a-f]{16}/, (hash) => [...hash].reverse().join(""));

/**
 * Publishes a version that differs in its script and in the names of the second part, and removes the last one. Returns the
 * name of the new script.
 */
export function publishAnother(folder: string): string {
  const old = fileOf(folder, FILES.script);
  let script = `${readFileSync(join(folder, old), "utf8")}\n// another version`;
  for (const kind of ["second part", "style of the second part"] as const) {
    const name = fileOf(folder, FILES[kind]);
    const content = readFileSync(join(folder, name));
    remove(folder, name);
    script = script.replaceAll(name, renamed(name));
    writeFileSync(join(folder, renamed(name)), content);
  }
  const content = Buffer.from(script);
  const page = join(folder, "index.html");
  const text = readFileSync(page, "utf8");
  const before = integrity(readFileSync(join(folder, old)));
  if (!text.includes(old) || !text.includes(before)) throw new Error("index.html does not name the script");
  writeFileSync(join(folder, renamed(old)), content);
  remove(folder, "index.html");
  writeFileSync(page, text.replaceAll(old, renamed(old)).replaceAll(before, integrity(content)));
  remove(folder, old);
  if (existsSync(join(folder, old))) throw new Error("the last version is still there");
  return renamed(old);
}
