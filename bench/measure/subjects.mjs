// What is measured: a name and the folder of its built files. To add one, name its folder here and in `Subject` of
// crates/xtask/src/bench.rs; it must have the names on the screen that driver.mjs looks for.
// The first is the measure for the others.
import { fileURLToPath } from "node:url";

import { wanted } from "./server.mjs";

/** The subject by which the others are divided. */
export const MEASURE = "floor";

const beside = (path) => fileURLToPath(new URL(path, import.meta.url));

/** `whole`: has more than the main job. What the others have not is not measured for them. */
const SUBJECTS = [
  { name: MEASURE, folder: () => beside("../floor") },
  { name: "react", folder: () => beside("../react/dist") },
  { name: "panel", folder: () => wanted("KEY_SYNC_DIST"), whole: true }
];

/** The subjects of these names, or all where none is named. */
export function subjects(names) {
  const unknown = names.find((name) => !SUBJECTS.some((subject) => subject.name === name));
  if (unknown) throw new Error(`nothing is called ${unknown}: there are ${SUBJECTS.map(({ name }) => name).join(", ")}`);
  return SUBJECTS.filter(({ name }) => names.length === 0 || names.includes(name));
}
