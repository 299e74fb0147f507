// Very large answers: the document stays small, nothing is hidden silently, and everything can be reached.
import type { Page } from "@playwright/test";

import { expectWithin } from "../budget";
import { BAD, before, container, containers, failed, GOOD, type Job, job, uuid } from "../data";
import { LONG_INTERVALS } from "../emulator";
import { families, listPath } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import { Panel } from "../pages/panel";
import { recordRequests, takeAnswered } from "../time";

test.use({ server: { data: "empty" } });

const family = families.find((one) => !one.regions)!;
const NODES = 5000;
const RESULTS = 20_000;

const key = (number: number) => `container-${String(number).padStart(5, "0")}`;

/** A job with very many results, of which the last one failed. */
const large = (): Job =>
  job(family, 1, [], {
    detailed_status: Object.fromEntries(
      Array.from({ length: RESULTS }, (_, at) => [key(at), at === RESULTS - 1 ? BAD : GOOD])
    )
  });

const nodes = (page: Page) => page.locator("*").count();

test("a job with 20 000 results shows a portion with the error first, and reaches the rest by a press", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, [large()]);
  await panel.open(`#/${family.slug}/${uuid(1, 1)}`);
  await expect(panel.detail.rows).toHaveCount(200);
  await expect(panel.detail.region).toContainText("1 of 20,000 failed");
  await expect(panel.detail.region).toContainText("1–200 of 20,000, errors first");
  await expect(panel.detail.results.getByRole("caption")).toHaveText("1–200 of 20,000, errors first");
  await expect(panel.detail.rows.first()).toContainText(key(RESULTS - 1));
  expect(await nodes(page)).toBeLessThan(NODES);

  const [previous, next] = ["Previous results", "Next results"].map((name) => panel.detail.region.getByRole("button", { name }));
  await expect(previous!).toHaveAttribute("aria-disabled", "true");
  await next!.focus();
  await page.keyboard.press("Enter");
  await expect(panel.detail.region).toContainText("201–400 of 20,000");
  await expect(panel.detail.rows.first()).toContainText(key(199));
  await expect(panel.detail.rows).toHaveCount(200);
  await expect(next!).toBeFocused();
  expect(await nodes(page)).toBeLessThan(NODES);
  await previous!.focus();
  await page.keyboard.press("Enter");
  await expect(panel.detail.rows.first()).toContainText(key(RESULTS - 1));
  await expect(previous!).toBeFocused();
});

test("the search finds a result of another portion and begins with the first match", async ({ panel, emulator }) => {
  await emulator.replaceJobs(family, [large()]);
  await panel.open(`#/${family.slug}/${uuid(1, 1)}`);
  await panel.detail.region.getByRole("button", { name: "Next results" }).click();
  await expect(panel.detail.region).toContainText("201–400");
  const search = panel.detail.region.getByRole("searchbox", { name: "Search results" });
  await search.fill("container-01");
  await expect(panel.detail.region).toContainText("1–200 of 1,000 that match the search, of 20,000");
  await search.fill(key(12_345));
  await expect(panel.detail.rows).toHaveCount(1);
  await expect(panel.detail.rows).toContainText(key(12_345));
  await search.fill("");
  await expect(panel.detail.rows).toHaveCount(200);
  await expect(panel.detail.rows.first()).toContainText(key(RESULTS - 1));
});

test("Freshness of 3 000 containers shows one portion, also after the next", async ({ panel, emulator, page }) => {
  await emulator.replaceContainers(family, containers(family, 3000));
  const fresh = new Freshness(panel);
  await fresh.open(family);
  await expect(fresh.rows).toHaveCount(200);
  await expect(fresh.region).toContainText("3,000 of 3,000");
  const next = fresh.region.getByRole("button", { name: `Next ${family.many}` });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(fresh.region).toContainText("201–400 of 3,000");
  await expect(next).toBeFocused();
  expect(await nodes(page)).toBeLessThan(NODES);
});

test("Freshness of 20 000 cells shows one portion", async ({ panel, emulator, page }) => {
  const regional = families.find((one) => one.regions)!;
  const regions = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];
  const own = Array.from({ length: 5000 }, (_, at) => {
    const { id, name, account_id } = container(regional, at);
    return { id, name, account_id, regions } as ReturnType<typeof container>;
  });
  await emulator.replaceContainers(regional, own);
  await emulator.replaceJobs(regional, [job(regional, 1, own.slice(0, 3), { regions })]);
  const fresh = new Freshness(panel);
  await fresh.open(regional);
  await expect(fresh.region).toContainText("1–200 of 20,000, the oldest first");
  await expect(fresh.region).toContainText("19,988 of 20,000 out of date, 19,988 never synchronized");
  await expect(fresh.rows).toHaveCount(200);
  expect(await nodes(page)).toBeLessThan(NODES);
});

test.describe("History of a year, on a server that does not sort", () => {
  test.use({ server: { data: "empty", sortIgnored: ["all"], unordered: ["all"], config: { ...LONG_INTERVALS, sorted_jobs: 1000 } } });

  test("its pictures stand for all jobs that were read, and its table shows one portion", async ({ panel, emulator, page }) => {
    const HOUR = 3600;
    const many = Array.from({ length: 1200 }, (_, at) => {
      const ended = before(at * 7 * HOUR);
      const times = { createdAt: before(at * 7 * HOUR + ((at * 7919) % 9000) + 1), updatedAt: ended, completed_at: ended };
      // In the order of their ids, which is the server's, they are in no order of time.
      return job(family, at, [], { id: uuid((at * 7919) % 1200, 2), ...times, ...(at % 10 ? {} : failed) });
    });
    const read = many.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(0, 1000);
    const failures = read.filter((one) => one.overall_status === failed.overall_status);
    await emulator.replaceJobs(family, many);
    await panel.open(`#/history/${family.slug}`);
    await expect(panel.history.durations).toHaveAccessibleName(/^1,000 jobs that have ended: /);
    const titles = await panel.history.mark(/./).locator("title").allTextContents();
    expect(titles.length).toBeLessThanOrEqual(500);
    expect(titles.filter((title) => title.startsWith("Failed"))).toHaveLength(failures.length);
    const more = (title: string) => Number(/, and (\d+) more near it$/.exec(title)?.[1] ?? 0);
    expect(titles.reduce((sum, title) => sum + 1 + more(title), 0)).toBe(1000);

    await panel.history.asTable.click();
    await expect(panel.history.rows).toHaveCount(200);
    expect(await nodes(page)).toBeLessThan(NODES);
    const newest = await panel.history.rows.first().getByRole("rowheader").innerText();
    await page.getByRole("button", { name: "Next days" }).click();
    await expect(page.getByText(/^201–3\d\d of 3\d\d, the newest first$/)).toBeVisible();
    await expect(panel.history.rows.first().getByRole("rowheader")).not.toHaveText(newest);
  });
});

test.describe("ten browsers at once", () => {
  test.use({ server: { data: "large", ordered: true } });

  test("each of them asks what one would, at the start and for a page", async ({ browser, emulator, guard }) => {
    const all = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const page = await (await browser.newContext()).newPage();
        await page.clock.setFixedTime(emulator.time());
        await recordRequests(page);
        return new Panel(page, emulator, guard);
      })
    );
    const LIST = listPath(family);
    for (const path of ["start", "turn"] as const) {
      await Promise.all(
        all.map(async (panel) => {
          if (path === "start") await panel.open(`#/${family.slug}?rows=100`);
          else await panel.pages.next.click();
          await expect(panel.pages.navigation).toContainText(path === "start" ? /^1–100 of 1,5/ : /^101–200 of 1,5/);
          await panel.waitUntilIdle(LIST);
        })
      );
      for (const { page } of all) expectWithin(`ten_browsers_${path}_questions`, (await takeAnswered(page)).length);
    }
    await Promise.all(all.map(({ page }) => page.context().close()));
  });
});
