// Starts one emulator per subject, all with the same jobs. This file must not depend on what is measured.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { brotliCompressSync, constants } from "node:zlib";

/** The emulator's time, which stands still, so that every run has the same data. */
export const NOW = "2026-03-02T09:00:00Z";
/** Intervals so long that no poller sends a request during a measurement. */
const LONG_INTERVALS = { running_seconds: 60, quiet_seconds: 3600 };
/** Enough for three pages of 1000 rows. */
const JOBS = 3000;
const CONTAINERS = 5000;
const TEAMS = ["payments", "identity", "storage", "billing", "messaging", "search", "reporting"];
const STAGES = ["production", "staging", "development"];
/** The number of jobs per request to the emulator. */
const PART = 250;
const LIST = "/api/v1/cckm/aws/synchronization-jobs";
const COMPRESSIBLE = new Set([".html", ".css", ".js", ".json", ".svg", ".wasm"]);

export function environment(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by \`cargo xtask bench\``);
  return value;
}

/**
 * Starts an emulator that serves `folder` as a server with brotli would, without changing the folder. `config` is the panel's
 * config.json, `tokenSeconds` the lifetime of a token, `data` the name of the data to start with, or data of its own.
 */
export async function serve(folder, { config = LONG_INTERVALS, tokenSeconds = 86_400, data = "believable" } = {}) {
  const dist = await compressed(folder);
  const file = path.join(dist, "data.json");
  if (typeof data === "object") await writeFile(file, JSON.stringify(data));
  const options = ["--listen", "127.0.0.1:0", "--until-stdin-closes", "--dist", dist];
  options.push("--data", typeof data === "object" ? file : data);
  const clock = ["--clock", "frozen", "--now", NOW, "--token-seconds", String(tokenSeconds)];
  const child = spawn(environment("KEY_SYNC_EMULATOR"), [...options, ...clock, "--config", JSON.stringify(config)], { stdio: ["pipe", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the emulator ended with ${code} before it listened`)));
    createInterface({ input: child.stdout }).once("line", resolve);
  });
  const { address, user, password, token } = JSON.parse(line);
  return {
    address,
    user,
    password,
    /** The milliseconds of one request for the newest jobs. */
    async asked(rows) {
      const begun = performance.now();
      const response = await fetch(`${address}${LIST}?skip=0&limit=${rows}&sort=-createdAt`, { headers: { Authorization: `Bearer ${token}` } });
      await response.text();
      if (!response.ok) throw new Error(`the list of jobs: ${response.status}`);
      return performance.now() - begun;
    },
    jobs: () => control(address, "GET", "jobs/aws"),
    async replaceJobs(jobs) {
      await control(address, "PUT", "jobs/aws", []);
      // In chunks: the emulator accepts no body above 2 MB.
      for (let at = 0; at < jobs.length; at += PART) await control(address, "POST", "jobs/aws", jobs.slice(at, at + PART));
    },
    containers: () => control(address, "GET", "containers/aws-kms"),
    replaceContainers: (containers) => control(address, "PUT", "containers/aws-kms", containers),
    /** The response to the first page of `rows` rows, with one row in its second half replaced. */
    async listWithOneChanged(rows) {
      const headers = { Authorization: `Bearer ${token}` };
      const response = await fetch(`${address}${LIST}?skip=0&limit=${rows}&sort=-createdAt`, { headers });
      const answer = await response.json();
      // A cancelled job would look the same with a changed status.
      const job = answer.resources.slice(rows / 2).find((one) => !one.abort);
      job.overall_status = job.overall_status === "failed" ? "completed" : "failed";
      job.detailed_status = {};
      return JSON.stringify(answer);
    },
    /** Makes the emulator answer the next list request with this text. */
    answerOnce: (body) =>
      control(address, "POST", "faults", { method: "GET", path: LIST, times: 1, body, content_type: "application/json" }),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
      await rm(dist, { recursive: true });
    }
  };
}

/**
 * `JOBS` jobs made from `some`: copies of each with a new id, a minute older each time. Running jobs are left out: the
 * updates of their elapsed time would count as work of the measured action.
 */
export function manyJobs(some) {
  const ended = some.filter((job) => job.completed_at);
  const begun = Date.parse(NOW);
  return Array.from({ length: JOBS }, (_, at) => {
    const job = ended[at % ended.length];
    const created = new Date(begun - (at + 1) * 60_000);
    const lasted = Date.parse(job.completed_at) - Date.parse(job.createdAt);
    const completed = new Date(created.getTime() + (lasted > 0 ? lasted : 1000)).toISOString();
    return { ...job, id: randomUUID(), createdAt: created.toISOString(), updatedAt: completed, completed_at: completed };
  });
}

/** More containers than any known installation has, with the fields that the panel shows. */
export function manyContainers() {
  return Array.from({ length: CONTAINERS }, (_, at) => {
    const account = 100_000_000_000 + at * 7919;
    const [team, stage] = [TEAMS[at % TEAMS.length], STAGES[at % STAGES.length]];
    const own = { id: randomUUID(), name: `${stage}-${team}-${String(at).padStart(4, "0")}`, account_id: String(account) };
    const arn = `arn:aws:iam::${account}:user/cckm`;
    return { ...own, arn, connection: `aws-${stage}`, regions: ["eu-central-1", "us-east-1"], status: "active" };
  });
}

async function control(address, method, what, body) {
  const response = await fetch(`${address}/__emulator/${what}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body)
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${what} at the emulator: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Copies `folder` and adds a brotli file (highest level) beside each file, as in a release of the panel. */
async function compressed(folder) {
  const copy = await mkdtemp(path.join(tmpdir(), "key-sync-bench-"));
  await cp(folder, copy, { recursive: true });
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !COMPRESSIBLE.has(path.extname(file))) continue;
    const content = await readFile(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    const twin = brotliCompressSync(content, { params });
    // As in the release: no brotli file where it would not be smaller.
    if (twin.length < content.length) await writeFile(`${file}.br`, twin, { flag: "wx" }).catch(unlessThere);
  }
  return copy;
}

function unlessThere(error) {
  if (error.code !== "EEXIST") throw error;
}
