// Counts the requests that an idle page sends. The page's clock is a fake one that this file advances, so that an hour takes
// a minute; the requests are counted in the page.

import { installRequestRecorder, smallTimerIds, untilAnswered } from "../../end2end/in_page.mjs";
import { manyJobs, NOW, serve } from "./server.mjs";

/** The counted period in minutes; requests per hour are twice its count. No interval of the panel is above six minutes. */
const COUNTED = 30;
const TIMES = 60 / COUNTED;
/** Seconds per step of the clock: the shortest interval while a job runs, and a fraction of the longest while none does. */
const STEP = { running: 4, quiet: 15 };
/** A few jobs are enough: the requests depend only on whether one of them is running. */
const JOBS = 100;
const TABS = 10;

/** Requests per hour for each open view, with the default configuration and tokens of the usual lifetime. */
export async function hours(browser, subject) {
  const server = await serve(subject.folder(), { config: {}, tokenSeconds: 300 });
  try {
    const jobs = manyJobs(await server.jobs()).slice(0, JOBS);
    const [newest, ...others] = jobs;
    const running = { ...newest, overall_status: "in_progress", detailed_status: {}, abort: false, completed_at: undefined };
    const figures = {};
    for (const [name, list, tabs, step, hidden] of [
      ["idle", jobs, 1, STEP.quiet],
      ["a job runs", [running, ...others], 1, STEP.running],
      ["hidden", [running, ...others], 1, STEP.quiet, true],
      ["ten tabs idle", jobs, TABS, STEP.quiet],
      ["ten tabs, a job runs", [running, ...others], TABS, STEP.running]
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
    // Playwright can pause the clock only at a time in the future.
    await context.clock.install({ time: Date.parse(NOW) - 3_600_000 });
    await context.clock.pauseAt(Date.parse(NOW));
    await context.addInitScript(smallTimerIds);
    await context.addInitScript(installRequestRecorder);
    const pages = [];
    while (pages.length < tabs) pages.push(await signedIn(context, server));
    const advanceClock = async (seconds) => {
      await context.clock.runFor(seconds * 1000);
      await Promise.all(pages.map(dealt));
    };
    // The requests of the page load are not counted.
    await advanceClock(step);
    if (hidden) await Promise.all(pages.map((page) => page.evaluate(hide)));
    const takeCount = () => Promise.all(pages.map((page) => page.evaluate(() => window.watched.requested.splice(0).length)));
    await takeCount();
    for (let passed = 0; passed < COUNTED * 60; passed += step) await advanceClock(step);
    return (await takeCount()).reduce((sum, count) => sum + count);
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

/** Resolves when the page has processed all responses. */
async function dealt(page) {
  await page.evaluate(untilAnswered);
}

/** Runs in the page: makes it hidden, as after a change to another tab. */
function hide() {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}
