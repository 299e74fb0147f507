// A page that stays open for a simulated day: jobs come, end and go, tokens are renewed, requests fail, and somebody looks
// at the views now and then. Nothing of it may pile up, and the screen at the end is that of a page that was just opened.
import type { CDPSession, Page } from "@playwright/test";

import { expectWithin } from "../budget";
import { container, failed, job, running, type Job } from "../data";
import { family, jobPath, listPath } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import { collectGarbage } from "../garbage";
import { installMemoryRecorder, installTimerRecorder } from "../in_page.mjs";
import { freezeClock, recordRequests, takeAnswered, waitForBackground } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { open: false, data: "empty", config: {} } });

const HOURS = 24;
/** Shorter than a request's time-out, which follows the fake clock too. */
const STEP = 50;
const STEPS_OF_AN_HOUR = 3600 / STEP;
/** The hour in which a token is refused, and the refresh token has ended: it lives for twelve. */
const SIGN_IN_AGAIN = 12;

const own = [1, 2, 3].map((number) => container(family, number));

/** What may pile up in a page. */
interface Held {
  /** In bytes, after the garbage is collected. */
  heap: number;
  wasm: number;
  nodes: number;
  listeners: number;
  timers: number;
}

async function held(page: Page, browser: CDPSession): Promise<Held> {
  await collectGarbage(page, browser);
  const { jsEventListeners, nodes } = await browser.send("Memory.getDOMCounters");
  const { usedSize } = await browser.send("Runtime.getHeapUsage");
  const own = await page.evaluate(() => {
    const { memories, timers } = window as unknown as { memories: () => number; timers: () => number };
    return { wasm: memories(), timers: timers() };
  });
  return { heap: usedSize, nodes, listeners: jsEventListeners, ...own };
}

/** The jobs of a moment: a new one each ten minutes that runs for five, every seventh fails, and 40 are kept. */
function jobsAt(seconds: number): Job[] {
  const newest = Math.floor(seconds / 600);
  return Array.from({ length: 40 }, (_, at) => newest - at).map((number) => {
    const started = number * 600 - seconds;
    const state = started > -300 ? running : number % 7 === 0 ? failed : {};
    // Numbers of jobs start at 1, and those of the past are above 1000.
    const one = job(family, number > 0 ? number : 1000 - number, [own[Math.abs(number) % own.length]!], state);
    const at = (offset: number) => new Date(Date.parse("2026-03-02T09:00:00Z") + (number * 600 + offset) * 1000).toISOString();
    return { ...one, createdAt: at(0), updatedAt: at(300), ...(state === running ? {} : { completed_at: at(300) }) };
  });
}

/** Somebody looks at a job and at the other views, and comes back to the list. */
async function lookAround(panel: Panel, id: string): Promise<void> {
  const { page } = panel;
  const shows = async (hash: string) => {
    await panel.go(hash);
    await takeAnswered(page);
  };
  await shows(`#/${family.slug}/${id}`);
  for (const view of ["all", `freshness/${family.slug}`, `history/${family.slug}`, "attention", "schedules"]) await shows(`#/${view}`);
  await shows(`#/${family.slug}`);
  await panel.start.open.click();
  await expect(panel.start.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.start.dialog).toHaveCount(0);
}

/** What goes wrong in this hour, for the next few requests. */
async function disturb(panel: Panel, hour: number): Promise<void> {
  const { emulator } = panel;
  const path = listPath(family);
  const faults = [
    () => emulator.fault({ path, status: 503, times: 3, body: "" }),
    () => emulator.fault({ path, status: 200, times: 2, body: "<html>sign in</html>" }),
    () => emulator.revoke({ refreshTokens: true }),
    () => emulator.fault({ path, status: 429, times: 2, body: "", headers: { "Retry-After": "60" } }),
    () => emulator.fault({ path: jobPath(family, "*"), status: 404, times: 1, body: {} })
  ];
  await faults[hour % faults.length]!();
}

test("after a day of renewals, faults and changing jobs nothing has piled up, and the screen is that of a new page", async ({ panel, emulator, guard, page }) => {
  test.setTimeout(300_000);
  guard.expect(401, 404, 429, 503);
  await freezeClock(panel);
  await page.addInitScript(installMemoryRecorder);
  await page.addInitScript(installTimerRecorder);
  await recordRequests(page);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, jobsAt(0));
  await panel.open(`#/${family.slug}`);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await panel.list.isLoaded();
  await panel.waitUntilIdle(listPath(family));
  await waitForBackground(panel);
  const browser = await page.context().newCDPSession(page);

  let early: Held | undefined;
  for (let hour = 0; hour < HOURS; hour += 1) {
    await disturb(panel, hour);
    for (let step = 1; step <= STEPS_OF_AN_HOUR; step += 1) {
      const seconds = hour * 3600 + step * STEP;
      // The emulator's clock moves along, so that its tokens end too.
      await emulator.advance(STEP);
      if (seconds % 300 === 0) await emulator.replaceJobs(family, jobsAt(seconds));
      await page.clock.runFor(STEP * 1000);
      if (hour === SIGN_IN_AGAIN && step === 1) await panel.reauth.withPassword(emulator.password);
      await takeAnswered(page);
    }
    await emulator.clearFaults();
    await lookAround(panel, jobsAt((hour + 1) * 3600)[5]!.id);
    // What grows with the first use of each view has grown by then.
    if (hour === 3) early = await held(page, browser);
  }
  const late = await held(page, browser);
  for (const what of ["nodes", "listeners", "timers", "heap", "wasm"] as const) {
    expectWithin(`day_${what}`, late[what] - early![what]);
  }

  // The screen is that of a page that was just opened.
  await panel.refresh();
  await takeAnswered(page);
  const fresh = await anotherTab(panel);
  await fresh.open(`#/${family.slug}`);
  await fresh.signIn.withPassword(emulator.user, emulator.password);
  await fresh.list.isLoaded();
  await fresh.waitUntilIdle();
  await waitForBackground(fresh);
  expect(await page.getByRole("main").ariaSnapshot()).toBe(await fresh.page.getByRole("main").ariaSnapshot());
});
