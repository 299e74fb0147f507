// What tests need that let time pass themselves: a clock that stands still, and every request at the moment it is made.
import { expect, type Page } from "@playwright/test";

import { families, listPath } from "./families";
import { noteRequests, unanswered } from "./in_page.mjs";
import type { Panel } from "./pages/panel";

interface Watched {
  watched: { asked: string[] };
}

/** From here on no time passes in the page but what a test lets pass by `page.clock.runFor`. Before the page is opened. */
export async function holdTime({ page, emulator }: Panel): Promise<void> {
  // It can only be stopped at a time that is still to come.
  await page.clock.install({ time: emulator.time().getTime() - 3_600_000 });
  await page.clock.pauseAt(emulator.time());
}

/** Notes each request when the panel makes it, and how many it has not dealt with yet. Before the page is opened. */
export async function watchRequests(page: Page): Promise<void> {
  await page.addInitScript(noteRequests);
}

/** The paths that were asked for since the last look. */
export const asked = (page: Page) => page.evaluate(() => (window as unknown as Watched).watched.asked.splice(0));

/** The same, once the panel has dealt with all answers. */
export async function answered(page: Page): Promise<string[]> {
  await expect.poll(() => page.evaluate(unanswered)).toBe(0);
  return asked(page);
}

/** Counts what changes in the document from now on. */
export async function countChanges(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const changes: string[] = [];
    const seen = new MutationObserver((records) => {
      for (const { type, target, attributeName } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        changes.push(`${type} ${attributeName ?? ""} of ${element?.outerHTML.slice(0, 80)}`);
      }
    });
    // Of the head only the title: the second part's stylesheet comes there when it comes.
    for (const node of [document.body, document.querySelector("title")!]) {
      seen.observe(node, { attributes: true, characterData: true, childList: true, subtree: true });
    }
    Object.assign(window, { changes });
  });
  return () => page.evaluate(() => (window as unknown as { changes: string[] }).changes);
}

/**
 * Of what was asked for, what the open view is about. The lists of families out of view are asked for once in a while,
 * for the sake of what needs attention: of that `attention.spec.ts` tells.
 */
function inView(page: Page, paths: string[]): string[] {
  const word = new URL(page.url()).hash.split(/[/?]/)[1];
  const open = families.find((family) => family.slug === word);
  const others = open ? families.filter((family) => family !== open).map(listPath) : [];
  return paths.filter((path) => !others.includes(path));
}

/** As `asked`, for the open view. */
export const askedInView = async (page: Page) => inView(page, await asked(page));

/** As `answered`, for the open view. */
export const answeredInView = async (page: Page) => inView(page, await answered(page));

/** These are asked for and all is answered; from here on tests count. */
export async function settle(panel: Panel, ...paths: string[]): Promise<void> {
  await panel.isQuiet(...paths);
  await answered(panel.page);
}

/** What stands behind every view is there: it comes with the second part, a second after the frame. */
export async function isWhole(panel: Panel): Promise<void> {
  await panel.page.clock.runFor(1000);
  await expect(panel.watching.region).toBeAttached();
}

/** Less than a request may take: its time-out is of the tests' clock too, which outruns any network. */
const STEP = 45_000;

/** Lets time pass, with all answers to what is asked for meanwhile. */
export async function letTimePass(page: Page, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0 || left === milliseconds; left -= STEP) {
    await page.clock.runFor(Math.min(left, STEP));
    await expect.poll(() => page.evaluate(unanswered)).toBe(0);
  }
}

/** Lets time pass, and gives back what was asked for the open view meanwhile, when it is answered. */
export async function pass(panel: Panel, milliseconds: number): Promise<string[]> {
  await letTimePass(panel.page, milliseconds);
  return answeredInView(panel.page);
}

/** As though the person had gone to another tab, or had come back. */
export async function show(page: Page, shown: boolean): Promise<void> {
  await page.evaluate((shown) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !shown });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, shown);
}
