// The measured subjects: a name and the folder of the built files. To add one, name its folder here and in `Subject` of
// crates/xtask/src/bench.rs; it must have the names on the screen that driver.mjs looks for.
// The first is the baseline of the others.
import { fileURLToPath } from "node:url";

import { environment } from "./server.mjs";

/** The baseline: the figures of the other subjects are divided by its figures. */
export const MEASURE = "floor";

const beside = (path) => fileURLToPath(new URL(path, import.meta.url));

/** `whole` marks a subject that has more than the main job. The other subjects skip those measurements. */
const SUBJECTS = [
  { name: MEASURE, folder: () => beside("../floor") },
  { name: "react", folder: () => beside("../react/dist") },
  { name: "panel", folder: () => environment("KEY_SYNC_DIST"), whole: true }
];

/** The subjects with these names, or all of them if `names` is empty. */
export function subjects(names) {
  const unknown = names.find((name) => !SUBJECTS.some((subject) => subject.name === name));
  if (unknown) throw new Error(`nothing is called ${unknown}: there are ${SUBJECTS.map(({ name }) => name).join(", ")}`);
  return SUBJECTS.filter(({ name }) => names.length === 0 || names.includes(name));
}
