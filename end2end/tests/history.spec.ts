// A family's jobs over time, as charts and as a table.
import { axeFindsNothing } from "../axe";
import { BAD, before, container, failed, GOOD, job, running, statusKey, type Job } from "../data";
import { family, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { advanceClock, freezeClock, recordMutations, recordRequests, settle, takeAnswered } from "../time";

test.use({ server: { data: "empty" } });

const LIST = listPath(family);
const own = [1, 2].map((number) => container(family, number));
const address = (slug = family.slug) => `#/history/${slug}`;
const DAY = 86_400;

/** A job that started `days` before `NOW` (9 o'clock on 2 March) and took `seconds`. */
const past = (number: number, days: number, seconds: number, more: Partial<Job> = {}) =>
  job(family, number, own, {
    createdAt: before(days * DAY),
    updatedAt: before(days * DAY - seconds),
    completed_at: before(days * DAY - seconds),
    ...more
  });

const partly = { detailed_status: { [statusKey(family, own[0]!)]: GOOD, [statusKey(family, own[1]!)]: BAD } };

const some = [
  past(1, 0, 0, { ...running, detailed_status: {} }),
  past(2, 1, 41),
  past(3, 1.1, 7200, failed),
  past(4, 3, 5, partly),
  past(5, 3.1, 60, { abort: true })
];

test("jobs are counted by day and outcome, and their durations are shown", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, some);
  await panel.openList(family);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "History" }).click();
  await panel.isAt(address());
  await expect(panel.history.days).toHaveAccessibleName(
    "5 jobs in 4 days: 1 Failed, 1 Completed with errors, 1 In progress, 1 Cancelled, 1 Completed. " +
      "The most began on 1 Mar 2026: 2. Days are in local time (UTC)."
  );
  await expect(panel.history.durations).toHaveAccessibleName(
    "4 jobs that have ended: from 5 s to 2 h, half of them within 50 s."
  );
  await expect(panel.history.legend).toHaveText([
    /Failed\s*1/,
    /Completed with errors\s*1/,
    /In progress\s*1/,
    /Cancelled\s*1/,
    /Completed\s*1/
  ]);
  await expect(page.getByText("All 5 jobs, back to 27 Feb 2026, 06:36:00 (UTC+00:00)")).toBeVisible();
  await expect(panel.history.more).toHaveCount(0);

  await expect(panel.history.table).toHaveCount(0);
  await panel.history.asTable.click();
  await expect(panel.history.table.getByRole("columnheader")).toHaveText([
    "Day, local time (UTC)", "Jobs", "Failed", "Completed with errors", "In progress", "Cancelled", "Completed", "Median duration"
  ]);
  const cells = async (at: number) => panel.history.rows.nth(at).locator("th, td").allInnerTexts();
  expect(await cells(0)).toEqual(["2 Mar 2026", "1", "0", "0", "1", "0", "0", "none has ended"]);
  expect(await cells(1)).toEqual(["1 Mar 2026", "2", "1", "0", "0", "0", "1", "1 h"]);
  expect(await cells(2)).toEqual(["27 Feb 2026", "2", "0", "1", "0", "1", "0", "32 s"]);

  // A job's mark leads to it.
  await panel.history.mark(/^Failed, 2 h, begun 1 Mar 2026/).click();
  await panel.isAt(`#/${family.slug}/${some[2]!.id}`);
  await expect(panel.detail.region).toContainText("Failed");
  await page.goBack();
  await expect(panel.history.days).toBeVisible();
});

test("days follow the reader's time zone, and days without jobs stay empty", async ({ browser, panel, emulator }) => {
  await emulator.replaceJobs(family, [past(1, 0, 5), past(2, 2.4, 5)]);
  const context = await browser.newContext({ timezoneId: "Pacific/Auckland", locale: "en-GB" });
  const there = await context.newPage();
  await there.clock.setFixedTime(emulator.time());
  await there.goto(emulator.panel + address());
  // In that time zone, 9 o'clock on 2 March is 22:00, and 23:24 on 27 February is the next day.
  await expect(there.getByRole("img", { name: /^2 jobs in 3 days/ })).toBeVisible();
  await context.close();
  await panel.open(address());
  await expect(panel.history.chart(/^2 jobs in 4 days/)).toBeVisible();
});

test("it loads 100 jobs at first, and more by a press", async ({ panel, emulator, page }) => {
  const many = Array.from({ length: 230 }, (_, index) => past(index + 1, index / 4, 10 + index));
  await emulator.replaceJobs(family, many);
  await panel.open(address());
  await expect(page.getByText(/^The last 100 of 230 jobs, back to /)).toBeVisible();
  await panel.history.more.click();
  await panel.isAt(`${address()}?depth=2`);
  await expect(page.getByText(/^The last 200 of 230 jobs/)).toBeVisible();
  await panel.history.more.click();
  await expect(page.getByText(/^All 230 jobs/)).toBeVisible();
  await expect(panel.history.more).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText(/^The last 200 of 230 jobs/)).toBeVisible();
});

test("a refresh without changes leaves the document alone, and a change is shown", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, some);
  await recordRequests(page);
  await panel.open(address());
  await panel.history.asTable.click();
  await expect(panel.history.rows).toHaveCount(3);
  await panel.waitUntilIdle(LIST);
  await takeAnswered(page);
  const changes = await recordMutations(page);
  await panel.refresh();
  expect(await takeAnswered(page)).toEqual([LIST]);
  expect(await changes()).toEqual([]);
  await emulator.fault({ path: LIST, times: 1, hold: "read" });
  await emulator.replaceJobs(family, [past(6, 0.1, 9), ...some.slice(1)]);
  await panel.refresh();
  await panel.history.chartArea("How long they took").focus();
  await expect.poll(() => emulator.held("read")).toBe(1);
  await emulator.release("read");
  await expect(panel.history.chart(/^5 jobs in 4 days: 1 Failed, 1 Completed with errors, 1 Cancelled, 2 Completed/)).toBeVisible();
  await expect(panel.history.rows).toHaveCount(3);
  await expect(panel.history.chartArea("How long they took")).toBeFocused();
});

test("an empty history, a failure, and an unsorted server are reported", async ({ panel, emulator, guard, page }) => {
  guard.expect(400, 503);
  await panel.open(address());
  await expect(page.getByText(`There are no jobs of ${titleOf(family)} yet`)).toBeVisible();
  await emulator.replaceJobs(family, some);
  await emulator.fault({ path: LIST, times: 1, status: 503, body: { codeDesc: "NCERRUnavailable", message: "Later" } });
  await panel.refresh();
  await expect(panel.alert("NCERRUnavailable: Later")).toBeVisible();
  await panel.alert("Later").getByRole("button", { name: "Try again" }).click();
  await expect(panel.history.days).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await emulator.fault({ path: LIST, query_contains: "sort", status: 400, body: { codeDesc: "NCERRBadRequest" } });
  await panel.refresh();
  await expect(panel.history.days).toBeVisible();
  await expect(page.getByText("in no order")).toHaveCount(0);
});

test("a thousand jobs fit in a narrow page", async ({ panel, emulator, page }) => {
  const many = (index: number) => past(index + 1, index / 12, ((index * 7919) % 5000) + 3, index % 11 ? {} : failed);
  await emulator.replaceJobs(family, Array.from({ length: 1000 }, (_, index) => many(index)));
  await page.setViewportSize({ width: 360, height: 740 });
  await panel.open(`${address()}?depth=10`);
  await expect(panel.history.chart(/^1,000 jobs in 84 days: 91 Failed, 909 Completed/)).toBeVisible();
  await expect(panel.history.mark(/^Failed/)).toHaveCount(91);
  expect(await page.locator("*").count()).toBeLessThan(5000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  // Each chart has its own scroll position, which starts at the newest.
  for (const name of ["Jobs per day", "How long they took"] as const) {
    await expect.poll(() => panel.history.chartArea(name).evaluate((place) => place.scrollLeft)).toBeGreaterThan(500);
  }
});

const SIZES: [string, Job[]][] = [
  ["one job", [past(1, 0, 41)]],
  ["one day", Array.from({ length: 30 }, (_, index) => past(index + 1, index / 100, 10 * (index + 1), index % 9 ? {} : failed))],
  ["hostile", [past(1, 0, 5, { id: "<img src=x onerror=alert(1)>/../\"'" }), past(2, 20_000, 5), job(family, 3, own, { createdAt: undefined }), past(4, -3, 1e9, { overall_status: "<b>" })]]
];

for (const [name, all] of SIZES) {
  test(`${name}: no violation in light and dark, and no sideways scroll of a narrow page`, async ({ panel, emulator, page }) => {
    await emulator.replaceJobs(family, all);
    await panel.open(`${address()}?depth=10`);
    await expect(panel.history.days).toBeVisible();
    await panel.history.asTable.click();
    await expect(panel.history.rows.first()).toBeVisible();
    await page.setViewportSize({ width: 360, height: 740 });
    await axeFindsNothing(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test.describe("with a controlled clock", () => {
  // At the default interval.
  test.use({ server: { data: "empty", config: {} } });

  test("it is requested often while a job runs, and seldom with many jobs loaded", async ({ panel, emulator, page }) => {
    await freezeClock(panel);
    await page.clock.setFixedTime(emulator.time());
    await recordRequests(page);
    await emulator.replaceJobs(family, some);
    const lists = async (milliseconds: number) => (await advanceClock(panel, milliseconds)).filter((path) => path === LIST).length;
    await panel.open(address());
    await settle(panel, LIST);
    expect(await lists(4000)).toBe(1);
    expect(await lists(4000)).toBe(1);
    await emulator.replaceJobs(family, some.slice(1));
    expect(await lists(4000)).toBe(1);
    // Short enough that the count of jobs that need attention sends no request.
    expect(await lists(20_000)).toBe(0);

    await emulator.replaceJobs(family, some);
    await panel.open(`${address()}?depth=2`);
    await settle(panel, LIST);
    expect(await lists(40_000)).toBe(0);
    expect(await lists(5000)).toBeGreaterThan(0);
  });
});
