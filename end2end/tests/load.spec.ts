// Very large answers: the document stays small, nothing is hidden silently, and everything can be reached.
import type { Page } from "@playwright/test";

import { BAD, containers, GOOD, type Job, job, uuid } from "../data";
import { families } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";

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
