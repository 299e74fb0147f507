// The measurements. Each function makes one visit and returns figures by name; the caller decides how often it runs and what
// happens to the figures. A figure's name begins with its group; its unit is in `UNITS`.
import path from "node:path";

import { manyContainers } from "./server.mjs";
import { CONDITIONS, visit } from "./visit.mjs";

/** Milliseconds without a load after which a page counts as completely loaded. */
const QUIET = 1500;
const TURNS = 4;
const REFRESHES = 50;
const CHANGES = 20;
/** The numbers of refreshes after which memory is measured: in each run, and in the long run. */
export const SOME = [100, 500];
export const MANY = [...SOME, 10_000];
/** The number of refreshes per call to the page. */
const PART = 100;
/** The links of the two views, and the milliseconds that a view's responses take. */
const VIEWS = ["All clouds", "AWS"];
const SETTLED = 50;
/** The button of the filter by container. */
const PICKER = "KMS";
/** The search box's text after each key: one name of many, typed and deleted again. */
const WORD = "staging-billing-0010";
const TYPED = [...WORD].map((_, at) => WORD.slice(0, at + 1));
TYPED.push(...TYPED.slice(0, -1).reverse(), "");

/** Transferred bytes of the first load and the number of requests: until the first rows are painted, and after. */
export async function weight(browser, subject) {
  return visit(browser, subject, {}, async ({ entered, requests, call }) => {
    await call("quiet", QUIET);
    const names = ["first load, all", "first load, files", "first load, questions to the API", "later, all", "later, files"];
    const figures = Object.fromEntries(names.map((name) => [name, 0]));
    for (const request of requests) {
      const url = new URL(request.url());
      if (!url.protocol.startsWith("http")) continue;
      const isFirst = request.timing().startTime < entered.at;
      const when = isFirst ? "first load" : "later";
      if (url.pathname.startsWith("/api/")) {
        if (isFirst) figures["first load, questions to the API"] += 1;
        continue;
      }
      const { responseBodySize: bytes } = await request.sizes();
      const kind = path.extname(url.pathname).slice(1) || "html";
      figures[`${when}, all`] += bytes;
      figures[`${when}, files`] += 1;
      if (isFirst) figures[`first load, ${kind}`] = (figures[`first load, ${kind}`] ?? 0) + bytes;
    }
    return figures;
  });
}

/** The time from navigation to the paint of the first rows, sign-in included. */
export async function start(browser, subject, name) {
  return visit(browser, subject, { conditions: CONDITIONS[name] }, async ({ entered }) => ({
    [`start, ${name}, form`]: entered.form,
    [`start, ${name}, rows`]: entered.rows
  }));
}

/**
 * Pages of `rows` rows: the times from the press and from the response to painted rows, and all work meanwhile. Script time
 * is measured in rounds of its own, so that tracing affects no other figure.
 */
export async function turn(browser, subject, rows) {
  return visit(browser, subject, { hash: `#/aws?rows=${rows}` }, async ({ call, counters, script }) => {
    await call("quiet", QUIET);
    // One round is the next page and back.
    const to = (at) => call("turn", at % 2 ? "Previous page" : "Next page", rows);
    // Page two and back once, not counted: this compiles the code, as for somebody who works with the page.
    for (let at = 0; at < 2; at += 1) await to(at);
    const turns = [];
    for (let at = 0; at < TURNS; at += 1) {
      const before = await counters();
      const times = await to(at);
      const after = await counters();
      turns.push({ ...times, task: after.task - before.task });
    }
    const scripts = [];
    for (let at = 0; at < TURNS; at += 1) scripts.push(await script(() => to(at)));
    const of = (name) => median(turns.map((one) => one[name]));
    return {
      [`turn, ${rows} rows, press to paint`]: of("press"),
      [`turn, ${rows} rows, answer to paint`]: of("answer"),
      [`turn, ${rows} rows, script`]: median(scripts),
      [`turn, ${rows} rows, all work`]: of("task")
    };
  });
}

/** Refreshes of 100 rows whose response is unchanged. */
export async function refresh(browser, subject) {
  return visit(browser, subject, { hash: "#/aws?rows=100" }, async ({ call, counters, script }) => {
    await call("quiet", QUIET);
    await call("refresh", REFRESHES);
    const before = await counters();
    await call("refresh", REFRESHES);
    const after = await counters();
    const scripts = await script(() => call("refresh", REFRESHES));
    const changes = await call("countChanges", 10);
    return {
      "refresh, script": scripts / REFRESHES,
      "refresh, all work": (after.task - before.task) / REFRESHES,
      "refresh, changes in the rows": changes.rows / 10,
      "refresh, changes in the document": changes.all / 10
    };
  });
}

/** The memory of 100 rows: at the start, and after each number of refreshes in `counts` (ascending). */
export async function memory(browser, subject, counts) {
  return visit(browser, subject, { hash: "#/aws?rows=100" }, async ({ call, memory }) => {
    await call("quiet", QUIET);
    const figures = held("at the start", await memory());
    let done = 0;
    for (const count of counts) {
      // In chunks, so that no call to the browser lasts for minutes.
      for (; done < count; done += PART) await call("refresh", PART);
      Object.assign(figures, held(`after ${count} refreshes`, await memory()));
    }
    return figures;
  });
}

/** The same after view changes: from the family's jobs to those of all clouds and back, by the page's links. */
export async function views(browser, subject) {
  return visit(browser, subject, {}, async ({ call, memory }) => {
    await call("quiet", QUIET);
    const change = async (times) => {
      for (let at = 0; at < times; at += 2) for (const name of VIEWS) await call("view", name, SETTLED);
    };
    await change(20);
    const figures = held("after 20 changes of the view", await memory());
    await change(180);
    return Object.assign(figures, held("after 200 changes of the view", await memory()));
  });
}

const held = (when, { heap, wasm, nodes }) => ({
  [`memory, heap ${when}`]: heap,
  [`memory, wasm ${when}`]: wasm,
  [`memory, nodes ${when}`]: nodes
});

/** Refreshes of 100 rows of which one has changed. */
export async function change(browser, subject) {
  return visit(browser, subject, { hash: "#/aws?rows=100" }, async ({ call, counters, script }) => {
    await call("quiet", QUIET);
    const changed = await subject.server.listWithOneChanged(100);
    // The changed response is sent once, so the next refresh changes the row back.
    const twice = async (times) => {
      for (let at = 0; at < times; at += 1) {
        await subject.server.answerOnce(changed);
        await call("refreshed");
        await call("refreshed");
      }
    };
    await twice(5);
    const before = await counters();
    await twice(CHANGES);
    const after = await counters();
    const scripts = await script(() => twice(CHANGES));
    await subject.server.answerOnce(changed);
    const changes = await call("countChanges", 2);
    return {
      "one row changed, script": scripts / CHANGES / 2,
      "one row changed, all work": (after.task - before.task) / CHANGES / 2,
      "one row changed, changes in the rows": changes.rows / 2,
      "one row changed, changes in the document": changes.all / 2
    };
  });
}

/** The container filter with 5000 containers: opening it, and each key of a search and of its deletion. */
export async function picker(browser, subject) {
  const before = await subject.server.containers();
  await subject.server.replaceContainers(manyContainers());
  try {
    return await visit(browser, subject, { hash: "#/aws?rows=25" }, async ({ call, counters, script }) => {
      await call("quiet", QUIET);
      const closed = await call("nodes");
      const open = await call("openPicker", PICKER);
      const nodes = await call("nodes");
      const keys = [];
      for (const text of TYPED) {
        const before = await counters();
        const paint = await call("search", text);
        keys.push({ paint, task: (await counters()).task - before.task });
      }
      const scripts = [];
      for (const text of TYPED) scripts.push(await script(() => call("search", text)));
      const of = (name) => keys.map((one) => one[name]);
      return {
        "picker of 5000, press to paint": open,
        "picker of 5000, key to paint": median(of("paint")),
        "picker of 5000, key to paint, longest": Math.max(...of("paint")),
        "picker of 5000, key, script": median(scripts),
        "picker of 5000, key, script, longest": Math.max(...scripts),
        "picker of 5000, key, all work": median(of("task")),
        "picker of 5000, key, all work, longest": Math.max(...of("task")),
        "picker of 5000, nodes before": closed,
        "picker of 5000, nodes when open": nodes
      };
    });
  } finally {
    await subject.server.replaceContainers(before);
  }
}

/** Fast scrolling through 1000 rows. */
export async function scroll(browser, subject) {
  return visit(browser, subject, { hash: "#/aws?rows=1000" }, async ({ call }) => {
    await call("quiet", QUIET);
    return { "scroll, 1000 rows, longest frame": await call("scroll") };
  });
}

export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
