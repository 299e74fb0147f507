// New jobs are inserted automatically while nobody reads the list, and otherwise wait behind a button, so that no row moves.
import type { Page } from "@playwright/test";

import { before, container, ids, job, jobs, running } from "../data";
import { families, type Family, family } from "../families";
import { expect, test } from "../fixtures";
import { freezeClock, recordMutations, recordRequests, takeAnswered } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty", config: {} }, viewport: { width: 1440, height: 500 } });

const own = [container(family, 1)];
const all = jobs(family, 60, own);

/** `count` jobs of the last minute, newest first, whose ids begin with `name`. */
const recent = (of: Family, name: string, count: number, from = 30) =>
  Array.from({ length: count }, (_, index) =>
    job(of, 1, [container(of, 1)], { id: `${name}-${index}`, createdAt: before(from - count + index / 10) })
  );

test.beforeEach(async ({ panel, page, emulator }) => {
  await freezeClock(panel);
  await page.clock.setFixedTime(emulator.time());
  await recordRequests(page);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
});

const button = (page: Page) => page.getByRole("main").getByRole("button", { name: /^\d+ new jobs?$/ });

/** Advances one idle interval and waits for the responses. */
async function advanceClock(panel: Panel): Promise<void> {
  await panel.page.clock.runFor(45_000);
  await takeAnswered(panel.page);
}

const read = (page: Page) => page.evaluate(() => scrollTo(0, 200));

test("on page one, without focus and scrolling, they are inserted automatically", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await panel.list.shows(ids(all.slice(0, 25)));
  const added = recent(family, "new", 3);
  await emulator.addJobs(family, added);
  await advanceClock(panel);
  await panel.list.shows(ids([...added, ...all.slice(0, 22)]));
  await expect(button(page)).toHaveCount(0);
  await expect(panel.pages.range(1, 25, 63)).toBeVisible();
});

test("any number of them is inserted in order, and the browser does not lay out what is far below", async ({ panel, emulator, page }) => {
  await panel.openList(family, "?rows=100");
  let expected = [...all];
  await panel.list.shows(ids(expected));
  for (let round = 0; round < 8; round += 1) {
    const added = recent(family, `round-${round}`, 7, 30 - round);
    // As many leave at the end.
    expected = [...added, ...expected.slice(0, -7)];
    await emulator.replaceJobs(family, expected);
    await advanceClock(panel);
    await panel.list.shows(ids(expected));
  }
  const changes = await recordMutations(page);
  expected = [...recent(family, "last", 3, 10), ...expected.slice(0, -3)];
  await emulator.replaceJobs(family, expected);
  await advanceClock(panel);
  await panel.list.shows(ids(expected));
  // Three rows added, three removed, and perhaps a group: no remaining row moves.
  expect((await changes()).filter((change) => change.startsWith("childList")).length).toBeLessThan(12);
  const drawn = await panel.list.rows.evaluateAll((rows) =>
    rows.map((row) => row.firstElementChild!.checkVisibility({ contentVisibilityAuto: true }))
  );
  expect(drawn[0]).toBe(true);
  // A screen of 500 pixels shows a dozen rows, and the browser prepares one and a half more.
  expect(drawn.filter(Boolean).length).toBeLessThan(50);
});

for (const [how, begin] of [
  ["scrolled", async (panel: Panel) => read(panel.page)],
  ["with the focus in the table", async (panel: Panel) => panel.list.link(all[2]!.id).focus()]
] as const) {
  test(`${how}, the rows stay and are updated, and a press shows the new ones`, async ({ panel, emulator, page }) => {
    await emulator.replaceJobs(family, all.with(24, { ...all[24]!, ...running }));
    await panel.openList(family);
    await panel.list.shows(ids(all.slice(0, 25)));
    await expect(panel.list.row(all[24]!.id)).toContainText("In progress");
    await begin(panel);
    const at = await panel.list.row(all[5]!.id).boundingBox();
    await emulator.replaceJobs(family, [...recent(family, "first", 3), ...all]);
    await advanceClock(panel);
    await expect(button(page)).toHaveText("3 new jobs");
    await panel.list.shows(ids(all.slice(0, 25)));
    await expect(panel.pages.range(1, 25, 60)).toBeVisible();
    expect(await panel.list.row(all[5]!.id).boundingBox()).toEqual(at);
    // Including the one that three new jobs would have pushed off the page.
    await expect(await panel.list.cell(all[24]!.id, "Outcome")).not.toContainText("In progress");

    await expect(panel.watching.region).toBeAttached();
    // An announcement leaves the live region after a while.
    await page.clock.runFor(15_000);
    const changes = await recordMutations(page);
    await advanceClock(panel);
    expect(await changes()).toEqual([]);
    const later = recent(family, "second", 2, 10);
    await emulator.addJobs(family, later);
    await advanceClock(panel);
    await expect(button(page)).toHaveText("5 new jobs");
    await panel.list.shows(ids(all.slice(0, 25)));

    await button(page).click();
    await panel.list.shows(ids([...later, ...recent(family, "first", 3), ...all.slice(0, 20)]));
    await expect(button(page)).toHaveCount(0);
    await expect(panel.pages.range(1, 25, 65)).toBeVisible();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(page.locator("main")).toBeFocused();
  });
}

test("after scrolling back to the top no press is needed", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await panel.list.shows(ids(all.slice(0, 25)));
  await read(page);
  await emulator.addJobs(family, recent(family, "new", 1));
  await advanceClock(panel);
  await expect(button(page)).toHaveText("1 new job");
  await page.evaluate(() => scrollTo(0, 0));
  await advanceClock(panel);
  await expect(button(page)).toHaveCount(0);
  await panel.list.shows(["new-0", ...ids(all.slice(0, 24))]);
});

test("while 25 jobs are added, each job is seen once when paging through", async ({ panel, emulator, page }) => {
  await panel.openList(family, "?rows=10");
  const seen = await panel.list.ids();
  await panel.pages.next.click();
  await panel.list.shows(ids(all.slice(10, 20)));
  seen.push(...(await panel.list.ids()));
  await emulator.addJobs(family, recent(family, "early", 12));
  await advanceClock(panel);
  await panel.list.shows(ids(all.slice(10, 20)));
  await expect(button(page)).toHaveText("12 new jobs");
  await expect(panel.pages.range(11, 20, 60)).toBeVisible();

  // These are created before the next page is requested.
  await emulator.addJobs(family, recent(family, "late", 13, 15));
  for (let first = 20; first < 60; first += 10) {
    await panel.pages.next.click();
    await panel.list.shows(ids(all.slice(first, first + 10)));
    seen.push(...(await panel.list.ids()));
  }
  expect(seen).toEqual(ids(all));
  await expect(button(page)).toHaveText("25 new jobs");
  await expect(panel.pages.next).toHaveAttribute("aria-disabled", "true");

  await button(page).click();
  await panel.isAt(`#/${family.slug}?rows=10`);
  await panel.list.shows(ids(recent(family, "late", 10, 15)).map((_, index) => `late-${index}`));
  await expect(button(page)).toHaveCount(0);
});

test("another filter starts anew, and requested jobs are shown at once", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await panel.list.shows(ids(all.slice(0, 25)));
  await read(page);
  await emulator.addJobs(family, recent(family, "new", 2));
  await advanceClock(panel);
  await expect(button(page)).toHaveText("2 new jobs");
  await panel.filters.status.selectOption("Completed");
  await expect(button(page)).toHaveCount(0);
  await expect(panel.list.link("new-0")).toBeVisible();

  await read(page);
  await emulator.addJobs(family, recent(family, "newer", 2, 10));
  await page.getByRole("button", { name: "Refresh now" }).dispatchEvent("click");
  await expect(panel.list.link("newer-0")).toBeVisible();
  await expect(button(page)).toHaveCount(0);
});

test("all clouds: the rows stay, and a press shows the new jobs of each", async ({ panel, emulator, page }) => {
  const other = families.at(-1)!;
  const others = Array.from({ length: 3 }, (_, index) =>
    job(other, 1, [container(other, 1)], { id: `other-${index}`, createdAt: before(600 + index * 300) })
  );
  await emulator.replaceJobs(other, others);
  await panel.open();
  await expect(panel.list.link("other-2")).toBeAttached();
  await takeAnswered(page);
  const shown = await panel.list.ids();
  await read(page);
  await emulator.addJobs(family, recent(family, "new", 3));
  await emulator.addJobs(other, [job(other, 1, [container(other, 1)], { id: "between", createdAt: before(90) })]);
  await advanceClock(panel);
  await expect(button(page)).toHaveText("4 new jobs");
  expect(await panel.list.ids()).toEqual(shown);
  const changes = await recordMutations(page);
  await advanceClock(panel);
  expect(await changes()).toEqual([]);

  await button(page).click();
  await expect(button(page)).toHaveCount(0);
  expect((await panel.list.ids()).slice(0, 5)).toEqual(["new-0", "new-1", "new-2", all[0]!.id, "between"]);
  // Not focused and not scrolled.
  await takeAnswered(page);
  await emulator.addJobs(family, recent(family, "late", 1, 10));
  await advanceClock(panel);
  await expect(panel.list.link("late-0")).toBeVisible();
  await expect(button(page)).toHaveCount(0);
});
