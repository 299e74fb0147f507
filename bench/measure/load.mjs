// Very much data: what the largest views cost the page, and ten browsers at once on a server with 200 000 jobs.
import { median } from "./measures.mjs";
import { NOW, serve } from "./server.mjs";
import { visit } from "./visit.mjs";

const KMS = 5000;
const REGIONS = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];
const JOBS = 10_000;
const RESULTS = 20_000;
const BROWSERS = 10;
const ROWS = 25;
/** Milliseconds without a load after which a page counts as completely loaded. */
const QUIET = 1500;

const uuid = (kind, at) => `00000000-0000-4000-8000-${String(kind).padStart(4, "0")}${String(at).padStart(8, "0")}`;
const ago = (minutes) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
const account = (at) => String(100_000_000_000 + at);

/** Ended jobs, four an hour; `more` returns what else the job of a number has. */
const jobs = (kind, count, more) =>
  Array.from({ length: count }, (_, at) => {
    const ended = ago(at * 15 + 2);
    return {
      id: uuid(kind, at), createdAt: ago(at * 15 + 12), updatedAt: ended, completed_at: ended, abort: false,
      overall_status: at % 13 ? "completed" : "failed", ...more(at)
    };
  });

/** Each job of AWS is of five KMS, with a result for each region; one of Azure has `RESULTS` results. */
function manyThings() {
  const kms = Array.from({ length: KMS }, (_, at) => (
    { id: uuid(1, at), name: `production-${at}`, account_id: account(at), connection: "aws", regions: REGIONS, status: "active" }
  ));
  const aws = jobs(2, JOBS, (at) => {
    const own = Array.from({ length: 5 }, (_, step) => (at * 5 + step) % KMS);
    const results = own.flatMap((one) => REGIONS.map((region) => [`${account(one)}/${region}`, at % 13 ? "success" : "access denied"]));
    return { kms: own.map((one) => kms[one].name), regions: REGIONS, detailed_status: Object.fromEntries(results) };
  });
  const results = Array.from({ length: RESULTS }, (_, at) => [`vault-${at}`, at % 1000 ? "success" : "access denied"]);
  const azure = jobs(3, 1, () => ({ synchronize_all: true, detailed_status: Object.fromEntries(results) }));
  return { containers: { "aws-kms": kms }, jobs: { aws, azure } };
}

/** A view with one row, where a visit begins. */
const START = "#/azure";
const FRESHNESS = 'table[aria-label="Freshness by container"] tbody tr';
const HISTORY = 'div[aria-label="How long they took"] a';

/** A title, where it begins, what is done there, and how often each is done in one visit. */
const ACTIONS = [
  ["Freshness of 20 000, opened", START, ["go", "#/freshness/aws", FRESHNESS]],
  ["Freshness of 20 000, next portion", "#/freshness/aws", ["press", "Next KMS"], FRESHNESS],
  ["History of 10 000, opened", START, ["go", "#/history/aws", HISTORY]],
  ["History of 10 000, the last 1000 opened", START, ["go", "#/history/aws?depth=10", HISTORY]],
  ["History of 10 000, from 900 to 1000", "#/history/aws?depth=9", ["press", "Load more"], HISTORY],
  ["a job of 20 000 results, opened", START, ["go", `#/azure/${uuid(3, 0)}`, 'table[aria-label="Results by container"] tbody tr']]
];

/** The script, the longest task and the elements of the largest views. */
export async function largest(browser, subject) {
  const server = await serve(subject.folder(), { data: manyThings() });
  const figures = {};
  try {
    for (const [title, hash, [method, ...values], there] of ACTIONS) {
      await visit(browser, { ...subject, server }, { hash: there ? START : hash }, async ({ call, trace }) => {
        await call("quiet", QUIET);
        if (there) await call("go", hash, there);
        const { script, longest } = await trace(() => call(method, ...values));
        figures[`load, ${title}, script`] = script;
        figures[`load, ${title}, longest task`] = longest;
        figures[`load, ${title}, nodes`] = await call("elements");
      });
    }
  } finally {
    await server.stop();
  }
  return figures;
}

/** Ten browsers that start at once, and turn the page at once. */
export async function browsers(browser, subject) {
  const server = await serve(subject.folder(), { data: "huge" });
  try {
    const alone = await server.asked(ROWS);
    const asked = await Promise.all(Array.from({ length: BROWSERS }, () => server.asked(ROWS)));
    const meeting = meet(BROWSERS);
    const seen = await Promise.all(
      Array.from({ length: BROWSERS }, () =>
        visit(browser, { ...subject, server }, { hash: `#/aws?rows=${ROWS}` }, async ({ entered, requests, call }) => {
          await call("quiet", QUIET);
          const count = () => requests.filter((request) => new URL(request.url()).pathname.startsWith("/api/")).length;
          const begun = count();
          await meeting();
          const { press } = await call("turn", "Next page", ROWS);
          return { rows: entered.rows, press, begun, turned: count() - begun };
        })
      )
    );
    const of = (name) => seen.map((one) => one[name]);
    return {
      "load, ten browsers, a page for one": alone,
      "load, ten browsers, a page for the last of ten": Math.max(...asked),
      "load, ten browsers, first rows": median(of("rows")),
      "load, ten browsers, first rows of the last": Math.max(...of("rows")),
      "load, ten browsers, turn, press to paint": median(of("press")),
      "load, ten browsers, turn, press to paint of the last": Math.max(...of("press")),
      "requests of ten browsers, of a start": Math.max(...of("begun")),
      "requests of ten browsers, of a turn": Math.max(...of("turned"))
    };
  } finally {
    await server.stop();
  }
}

/** Returns a function whose promises resolve once it has been called `count` times. */
function meet(count) {
  let begin;
  const all = new Promise((resolve) => (begin = resolve));
  return () => {
    count -= 1;
    if (count === 0) begin();
    return all;
  };
}
