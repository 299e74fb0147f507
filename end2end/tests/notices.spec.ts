// Notices at the lower edge: they disappear, can be dismissed, cover no control, and can be read again.
import type { Locator, Page } from "@playwright/test";

import { container, ids, job, jobs, running } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { freezeClock, waitForBackground } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const own = [1, 2].map((number) => container(family, number));
const all = [job(family, 1, own, { ...running, detailed_status: {} }), ...jobs(family, 60, own).slice(1)];
const going = all[0]!;

test.beforeEach(async ({ panel, page, emulator }) => {
  await freezeClock(panel);
  await page.clock.setFixedTime(emulator.time());
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
});

async function open(panel: Panel, query = ""): Promise<void> {
  await panel.openList(family, query);
  await waitForBackground(panel);
}

/** Causes a notice: the job ends. */
async function endJob(panel: Panel): Promise<void> {
  const { emulator } = panel;
  const done = { ...going, overall_status: "failed", completed_at: emulator.time().toISOString(), updatedAt: emulator.time().toISOString() };
  await emulator.replaceJobs(family, [done, ...all.slice(1)]);
  await panel.refresh();
  await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
}

test("a notice disappears after a while", async ({ panel, page }) => {
  await open(panel);
  await endJob(panel);
  await page.clock.runFor(11_000);
  await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
  await page.clock.runFor(1_100);
  await expect(panel.notices.current).toHaveText("");
  await expect(panel.notices.dismiss).toHaveCount(0);
});

test("not while the pointer is there", async ({ panel, page }) => {
  await open(panel);
  await endJob(panel);
  await panel.notices.current.hover();
  await page.clock.runFor(60_000);
  await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
  await page.mouse.move(600, 5);
  await page.clock.runFor(12_100);
  await expect(panel.notices.current).toHaveText("");
});

test("not while the keyboard is there", async ({ panel, page }) => {
  await open(panel);
  await endJob(panel);
  await panel.notices.dismiss.focus();
  await page.clock.runFor(60_000);
  await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
  // A focused notice is not removed.
  await page.keyboard.press("Enter");
  await expect(panel.notices.current).toHaveText("");
  await expect(panel.notices.last).toBeFocused();
});

test("Escape dismisses it, but closes a dialog first", async ({ panel, page }) => {
  await open(panel);
  await endJob(panel);
  await panel.start.open.click();
  await expect(panel.start.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.start.dialog).toHaveCount(0);
  await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
  await page.keyboard.press("Escape");
  await expect(panel.notices.current).toHaveText("");
});

test("earlier notices can be read again, the newest first", async ({ panel, emulator, page }) => {
  await open(panel);
  await expect(panel.notices.last).toHaveCount(0);
  await endJob(panel);
  await panel.notices.dismiss.click();
  await panel.advance(180);
  await emulator.replaceJobs(family, [{ ...going, overall_status: "completed", detailed_status: {}, completed_at: emulator.time().toISOString() }, ...all.slice(1)]);
  await panel.refresh();
  await expect(panel.notices.current).toHaveText(/is now Completed\.$/);
  await panel.notices.last.click();
  await expect(panel.notices.last).toHaveAttribute("aria-expanded", "true");
  const lines = panel.notices.list.getByRole("listitem");
  await expect(lines).toHaveText([/^just now .* is now Completed\.$/, /^3 min ago .* is now Failed\.$/]);
  await page.keyboard.press("Escape");
  await expect(panel.notices.list).toHaveCount(0);
  await expect(panel.notices.last).toBeFocused();
  // Escape closes one thing at a time: the notice is still there.
  await expect(panel.notices.current).toHaveText(/is now Completed\.$/);
});

/** A click at the button's position at the end of the page, without Playwright's scrolling. */
async function press(page: Page, button: Locator): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const { x, y, width, height } = (await button.boundingBox())!;
  // The whole button is uncovered, not only its centre.
  for (const part of [0.05, 0.5, 0.95]) {
    const at = { x: x + width * part, y: y + height * 0.9 };
    const hit = await button.evaluate((button, { x, y }) => button.contains(document.elementFromPoint(x, y)), at);
    expect(hit, `the button is on top at ${part} of its width`).toBe(true);
  }
  await page.mouse.click(x + width / 2, y + height / 2);
}

for (const [width, height] of [[360, 640], [360, 800], [1280, 720], [1440, 900]] as const) {
  test.describe(`at ${width} by ${height}`, () => {
    test.use({ viewport: { width, height } });

    test("the pager of 10 and of 25 rows can be pressed under a notice, a watched job and one that has ended", async ({ panel, page }) => {
      /** Goes to the next page and back by the pager, in a list of so many rows. */
      const turn = async (rows: number) => {
        await panel.go(`#/${family.slug}?rows=${rows}`);
        await panel.list.shows(ids(all.slice(0, rows)));
        await press(page, panel.pages.next);
        await panel.list.shows(ids(all.slice(rows, 2 * rows)));
        await press(page, panel.pages.previous);
        await panel.list.shows(ids(all.slice(0, rows)));
      };
      await open(panel, "?rows=10");
      await panel.list.watch(going.id).click();
      await expect(panel.watching.summary).toHaveText("1 job watched");
      // The page is scrolled to its end before a notice appears.
      for (const rows of [10, 25]) await test.step(`${rows} rows and a watched job`, () => turn(rows));
      await page.evaluate(() => window.scrollTo(0, 0));
      await endJob(panel);
      await expect(panel.watching.notice("Failed")).toBeVisible();
      for (const rows of [25, 10]) {
        await test.step(`${rows} rows and notices`, async () => {
          await turn(rows);
          await expect(panel.watching.notice("Failed")).toBeVisible();
          await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
        });
      }
    });

    test("a notice that comes while the page is at its end covers no button of the pager", async ({ panel, page }) => {
      await open(panel, "?rows=10");
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      const { emulator } = panel;
      await emulator.replaceJobs(family, [{ ...going, overall_status: "failed", completed_at: emulator.time().toISOString() }, ...all.slice(1)]);
      await panel.refresh();
      await expect(panel.notices.current).toHaveText(/is now Failed\.$/);
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      await press(page, panel.pages.next);
      await panel.list.shows(ids(all.slice(10, 20)));
    });
  });
}

test("it moves nothing else", async ({ panel }) => {
  await open(panel);
  const before = await panel.list.headers.first().boundingBox();
  await endJob(panel);
  expect(await panel.list.headers.first().boundingBox()).toEqual(before);
});

test("the notice of a row and of a watched job is in the list once", async ({ panel }) => {
  await open(panel);
  await panel.list.watch(going.id).click();
  await endJob(panel);
  await expect(panel.watching.notice("Failed")).toBeVisible();
  await panel.notices.last.click();
  await expect(panel.notices.list.getByRole("listitem")).toHaveCount(1);
});

test("the list has at most twenty notices", async ({ panel, emulator }) => {
  await open(panel);
  for (let times = 0; times < 22; times += 1) {
    const isRunning = times % 2 === 1;
    const now = isRunning ? going : { ...going, overall_status: "failed", completed_at: emulator.time().toISOString() };
    await emulator.replaceJobs(family, [now, ...all.slice(1)]);
    await panel.refreshed(listPath(family));
    await expect(panel.notices.current).toHaveText(isRunning ? /is now In progress\.$/ : /is now Failed\.$/);
    await panel.advance(10);
  }
  await panel.notices.last.click();
  await expect(panel.notices.list.getByRole("listitem")).toHaveCount(20);
});
