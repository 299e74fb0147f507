// Helpers of tests that control time: a fake clock, and the record of every request at the moment it is made.
import { expect, type Page } from "@playwright/test";

import { DOMAINS, families, listPath } from "./families";
import { installRequestRecorder, untilAnswered } from "./in_page.mjs";
import type { Panel } from "./pages/panel";

interface Watched {
  watched: { requested: string[] };
}

/** Stops the page's clock: only `page.clock.runFor` advances it. Call it before the page is opened. */
export async function freezeClock({ page, emulator }: Panel): Promise<void> {
  // Playwright can pause the clock only at a time in the future.
  await page.clock.install({ time: emulator.time().getTime() - 3_600_000 });
  await page.clock.pauseAt(emulator.time());
}

/** Records each request when the panel makes it, and how many it has not processed yet. Call it before the page is opened. */
export async function recordRequests(page: Page): Promise<void> {
  await page.addInitScript(installRequestRecorder);
}

/** Returns the paths requested since the last call. */
export const takeRequests = (page: Page) => page.evaluate(() => (window as unknown as Watched).watched.requested.splice(0));

/** As `takeRequests`, after the panel has processed all responses. One question to the page: a simulated day asks it thousands of times. */
export const takeAnswered = (page: Page) => page.evaluate(untilAnswered, { take: true }) as Promise<string[]>;

/** Records the DOM mutations from now on. What comes with the second part is shown first. */
export async function recordMutations(page: Page): Promise<() => Promise<string[]>> {
  await expect(page.getByRole("button", { name: "Help", exact: true })).toBeVisible();
  await page.evaluate(() => {
    const changes: string[] = [];
    const seen = new MutationObserver((records) => {
      for (const { type, target, attributeName } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        changes.push(`${type} ${attributeName ?? ""} of ${element?.outerHTML.slice(0, 80)}`);
      }
    });
    // Of the head only the title: the second part's stylesheet is added to the head at any time.
    for (const node of [document.body, document.querySelector("title")!]) {
      seen.observe(node, { attributes: true, characterData: true, childList: true, subtree: true });
    }
    Object.assign(window, { changes });
  });
  return () => page.evaluate(() => (window as unknown as { changes: string[] }).changes);
}

/**
 * Filters requested paths to those of the open view. The panel also requests the lists of other families now and then, for
 * the count of jobs that need attention, which `attention.spec.ts` tests.
 */
function inView(page: Page, paths: string[]): string[] {
  const word = new URL(page.url()).hash.split(/[/?]/)[1];
  const open = families.find((family) => family.slug === word);
  const others = open ? families.filter((family) => family !== open).map(listPath) : [];
  return paths.filter((path) => !others.includes(path));
}

/** As `takeRequests`, for the open view. */
export const takeRequestsInView = async (page: Page) => inView(page, await takeRequests(page));

/** As `takeAnswered`, for the open view. */
export const takeAnsweredInView = async (page: Page) => inView(page, await takeAnswered(page));

/**
 * Waits until this page has requested these paths and the domains since it was loaded, and has processed all responses, and
 * clears the record, so that a test counts from here. The emulator's log would not do: it still has what the page asked for
 * before it was loaded again.
 */
export async function settle({ page }: Panel, ...paths: string[]): Promise<void> {
  await page.evaluate(untilAnswered, { take: true, needed: [...paths, DOMAINS] });
}

/** Waits until the background components are mounted: they come with the second part, at most a second after the frame. */
export async function waitForBackground(panel: Panel): Promise<void> {
  await panel.page.clock.runFor(1000);
  await expect(panel.watching.region).toBeAttached();
}

/** Shorter than a request's time-out, which follows the fake clock too: one long step would outrun the network. */
const STEP = 45_000;

/** Advances the clock and waits for the responses to all requests made meanwhile. */
export async function letTimePass(page: Page, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0 || left === milliseconds; left -= STEP) {
    await page.clock.runFor(Math.min(left, STEP));
    await page.evaluate(untilAnswered, {});
  }
}

/** The same; returns the paths that the open view has requested meanwhile. */
export async function advanceClock(panel: Panel, milliseconds: number): Promise<string[]> {
  await letTimePass(panel.page, milliseconds);
  return takeAnsweredInView(panel.page);
}

/** Makes the page hidden or visible, as a change of tabs does. */
export async function setVisible(page: Page, shown: boolean): Promise<void> {
  await page.evaluate((shown) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !shown });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, shown);
}
