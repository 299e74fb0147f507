// How often a page asks the server when nobody touches it. Its time does not pass by itself but is driven, so that an hour
// takes a minute; what it asks is counted in the page.
import { randomUUID } from "node:crypto";

import { noteRequests, smallTimerIds, unanswered } from "../../end2end/in_page.mjs";
import { manyJobs, NOW, serve } from "./server.mjs";

/** What is counted, in minutes; a request an hour is twice that. All that repeats does so within five or six of them. */
const COUNTED = 30;
const TIMES = 60 / COUNTED;
/** Seconds that pass at once: the shortest interval where something runs, and a part of the longest where nothing does. */
const STEP = { running: 4, quiet: 15 };
/** Some jobs are enough: what is asked depends on whether one of them runs. */
const JOBS = 100;
const TABS = 10;

/** Requests an hour by what is open: with the configuration as it is without a file, and with tokens that live as usual. */
export async function hours(browser, subject) {
  const server = await serve(subject.folder(), { config: {}, tokenSeconds: 300 });
  try {
    const jobs = manyJobs(await server.jobs()).slice(0, JOBS);
    const [newest, ...others] = jobs;
    const going = { ...newest, overall_status: "in_progress", detailed_status: {}, abort: false, completed_at: undefined };
    const figures = {};
    for (const [name, list, tabs, step, hidden] of [
      ["idle", jobs, 1, STEP.quiet],
      ["a job runs", [going, ...others], 1, STEP.running],
      ["hidden", [going, ...others], 1, STEP.quiet, true],
      ["ten tabs idle", jobs, TABS, STEP.quiet],
      ["ten tabs, a job runs", [going, ...others], TABS, STEP.running]
    ]) {
      await server.replaceJobs(list);
      figures[`requests an hour, ${name}`] = TIMES * (await count(browser, server, tabs, step, hidden));
    }
    return figures;
  } finally {
    await server.stop();
  }
}

async function count(browser, server, tabs, step, hidden) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC", viewport: { width: 1440, height: 900 } });
  try {
    // It can only be stopped at a time that is still to come.
    await context.clock.install({ time: Date.parse(NOW) - 3_600_000 });
    await context.clock.pauseAt(Date.parse(NOW));
    await context.addInitScript(smallTimerIds);
    await context.addInitScript(noteRequests);
    const pages = [];
    while (pages.length < tabs) pages.push(await signedIn(context, server));
    const pass = async (seconds) => {
      await context.clock.runFor(seconds * 1000);
      await Promise.all(pages.map(dealt));
    };
    // What a page asks because it was opened is not what it asks by itself.
    await pass(step);
    if (hidden) await Promise.all(pages.map((page) => page.evaluate(hide)));
    const asked = () => Promise.all(pages.map((page) => page.evaluate(() => window.watched.asked.splice(0).length)));
    await asked();
    for (let passed = 0; passed < COUNTED * 60; passed += step) await pass(step);
    return (await asked()).reduce((sum, count) => sum + count);
  } finally {
    await context.close();
  }
}

async function signedIn(context, server) {
  const page = await context.newPage();
  await page.goto(`${server.address}/#/aws`);
  const form = page.locator("form");
  await form.getByLabel("Username", { exact: true }).fill(server.user);
  await form.getByLabel("Password", { exact: true }).fill(server.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.locator("table tbody tr").first().waitFor();
  await dealt(page);
  return page;
}

/** Resolves when the page has dealt with all answers. */
async function dealt(page) {
  while ((await page.evaluate(unanswered)) > 0);
}

/** Runs in the page: as though the person had gone to another tab. */
function hide() {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}
