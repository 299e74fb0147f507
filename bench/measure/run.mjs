// Measures the subjects in turn and writes a table and ../results.json. `cargo xtask bench` starts it and passes paths in the
// environment: KEY_SYNC_EMULATOR, KEY_SYNC_DIST, CHROMIUM. Options: --runs N, --only floor,panel, --measure load (only
// measurements whose title begins so), --quick (skips measurements that take minutes), --builds 120.5,40.1 (seconds of a
// clean build, and of a build after one changed file).
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";

import { launch } from "./browser.mjs";
import { hours } from "./hours.mjs";
import { browsers, largest } from "./load.mjs";
import { change, MANY, memory, picker, refresh, scroll, SOME, start, turn, views, weight } from "./measures.mjs";
import { summary, table } from "./results.mjs";
import { manyJobs, serve } from "./server.mjs";
import { MEASURE, subjects } from "./subjects.mjs";
import { prove } from "./trace.mjs";
import { CONDITIONS } from "./visit.mjs";

const ROWS = [10, 100, 1000];
/** A title, the measurement, and whether it applies only to subjects that have more than the main job. */
const MEASURES = [
  ["first load", weight],
  ...Object.keys(CONDITIONS).map((name) => [`start, ${name}`, (browser, subject) => start(browser, subject, name)]),
  ...ROWS.map((rows) => [`turn, ${rows} rows`, (browser, subject) => turn(browser, subject, rows)]),
  ["scroll", scroll],
  ["picker", picker, "whole"],
  ["one row changed", change],
  ["refresh", refresh],
  ["memory", (browser, subject, run) => memory(browser, subject, run === 0 && !options.quick ? MANY : SOME)],
  ["changes of the view", views, "whole"],
  // These figures do not vary between runs, so one run is enough.
  ["load, views", largest, "whole"],
  ["load, browsers", browsers, "whole"],
  ["requests an hour", (browser, subject, run) => (run === 0 && !options.quick ? hours(browser, subject) : {}), "whole"]
];

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "7" },
    only: { type: "string", default: "" },
    measure: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    builds: { type: "string" }
  }
});
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${options.runs}: a number from 1`);
const chosen = subjects(options.only.split(",").filter(Boolean));

const browser = await launch();
try {
  await prove(browser);
  for (const subject of chosen) subject.server = await serve(subject.folder());
  const jobs = manyJobs(await chosen[0].server.jobs());
  for (const subject of chosen) await subject.server.replaceJobs(jobs);
  const summed = await keep(await measure());
  console.log(`\n${table(summed, chosen.map(({ name }) => name), MEASURE)}\n`);
  console.log(`Medians (least–most) of ${runs} runs in Chromium ${browser.version()}; also in bench/results.json.`);
} finally {
  await browser.close();
  for (const subject of chosen) await subject.server?.stop();
}

/** Writes results.json and returns its figures. */
async function keep(samples) {
  const figures = summary(samples, MEASURE);
  const processors = os.cpus().map((one) => one.model);
  const about = { at: new Date().toISOString(), browser: browser.version(), processors, runs };
  const subjects = chosen.map(({ name }) => name);
  const file = new URL("../results.json", import.meta.url);
  await writeFile(file, `${JSON.stringify({ ...about, subjects, figures }, null, 2)}\n`);
  return figures;
}

/** Maps a figure and a subject to one number per run. */
async function measure() {
  const samples = {};
  for (const [at, seconds] of (options.builds?.split(",") ?? []).entries()) {
    samples[`build, ${["from nothing", "after one file"][at]}`] = { panel: [Number(seconds)] };
  }
  // Not counted: the very first visit also starts the browser's own processes.
  for (const subject of chosen) await start(browser, subject, "fast");
  for (let run = 0; run < runs; run += 1) {
    for (const [title, take, whole] of MEASURES) {
      if (!title.startsWith(options.measure)) continue;
      process.stderr.write(`run ${run + 1} of ${runs}: ${title}\n`);
      // In turn, with a different first subject in each run, so that disturbances of the machine affect all of them equally.
      for (let at = 0; at < chosen.length; at += 1) {
        const subject = chosen[(at + run) % chosen.length];
        if (whole && !subject.whole) continue;
        for (const [figure, number] of Object.entries(await take(browser, subject, run))) {
          ((samples[figure] ??= {})[subject.name] ??= []).push(number);
        }
      }
    }
    // Written after each run, so that an interrupted later run loses no figures.
    await keep(samples);
  }
  return samples;
}
