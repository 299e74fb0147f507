// Unknown results: no place of the panel treats them as good.
import AxeBuilder from "@axe-core/playwright";

import { before, container, GOOD, type Job, job, running, statusKey, uuid } from "../data";
import { LONG_INTERVALS, type Emulator } from "../emulator";
import { differing, families, type Family, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import type { Panel } from "../pages/panel";

const TAUGHT = { success: ["Kept as it is"], error: ["Postponed"] };

test.use({ server: { data: "empty", config: { ...LONG_INTERVALS, results: TAUGHT } } });

/** The result of a job's only container, its verdict, the job's outcome, and the shown text. */
const RESULTS: [result: unknown, verdict: string, outcome: string, shown?: string][] = [
  ["NotAuthorizedOrNotFound", "Error", "Failed"],
  ["Forbidden: kms:ListKeys", "Error", "Failed"],
  ["ExpiredToken", "Error", "Failed"],
  ["RESOURCE_EXHAUSTED", "Error", "Failed"],
  ["connection refused", "Error", "Failed"],
  ["Postponed", "Error", "Failed"],
  ["403", "Not known", "Unknown"],
  ["partially synchronized", "Not known", "Unknown"],
  ["skipped", "Not known", "Unknown"],
  ["0 of 9 keys synchronized successfully", "Not known", "Unknown"],
  ["erfolgreich synchronisiert", "Not known", "Unknown"],
  ["同步成功", "Not known", "Unknown"],
  ["", "Not known", "Unknown", "an empty text"],
  [null, "Not known", "Unknown", "null"],
  [7, "Not known", "Unknown", "7"],
  [["ok"], "Not known", "Unknown", '["ok"]'],
  [{ state: "success" }, "Not known", "Unknown", '{"state":"success"}'],
  [GOOD, "Synchronized", "Completed"],
  ["kept-as it is", "Synchronized", "Completed"]
];
const WITHOUT = RESULTS.length;
const SHAPELESS = RESULTS.length + 1;
const REGION = "eu-central-1";
const DAY = 24 * 60 * 60;

const id = (at: number) => uuid(at + 1, 1);
const isGood = (at: number) => at === WITHOUT || RESULTS[at]?.[2] === "Completed";
const all = [...RESULTS.keys(), WITHOUT, SHAPELESS];

/** A container and an ended job for each result; one without results; one whose results are no map. All succeeded nine days ago. */
async function fill(emulator: Emulator, family: Family) {
  const own = all.map((at) => container(family, at + 1, { regions: [REGION] }));
  const jobs: Job[] = RESULTS.map(([result], at) =>
    job(family, at + 1, [own[at]!], { detailed_status: { [statusKey(family, own[at]!)]: result } })
  );
  jobs.push(job(family, WITHOUT + 1, [own[WITHOUT]!], { detailed_status: undefined }));
  jobs.push(job(family, SHAPELESS + 1, [own[SHAPELESS]!], { detailed_status: "success" }));
  const once = { createdAt: before(9 * DAY + 60), updatedAt: before(9 * DAY), completed_at: before(9 * DAY) };
  jobs.push(job(family, 90, own, once));
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, jobs);
  return own;
}

/** Opens a job's details from the open list. */
async function detail(panel: Panel, at: number) {
  await panel.list.link(id(at)).click();
  await expect(panel.detail.region).toContainText(id(at));
  await expect(panel.detail.button("Start again")).toBeVisible();
}

for (const family of differing) {
  test(`${family.slug}: a result is green only where it is known to be good`, async ({ panel, emulator, page }) => {
    const own = await fill(emulator, family);
    await panel.openList(family);
    for (const [at, [result, , outcome, shown]] of RESULTS.entries()) {
      const row = panel.list.row(id(at));
      await expect(row.getByText(outcome, { exact: true }), String(result)).toBeVisible();
      if (outcome === "Unknown") await expect(row).toContainText(shown ?? String(result));
    }
    await expect(panel.list.row(id(WITHOUT)).getByText("Completed", { exact: true })).toBeVisible();
    await expect(panel.list.row(id(SHAPELESS)).getByText("Unknown", { exact: true })).toBeVisible();

    for (const [at, [result, verdict, , shown]] of RESULTS.entries()) {
      await detail(panel, at);
      await expect(panel.detail.rows).toHaveCount(1);
      await expect(panel.detail.rows, String(result)).toContainText(verdict);
      await expect(panel.detail.rows).toContainText(shown ?? String(result));
      await expect(panel.detail.button("Retry failed")).toHaveCount(isGood(at) ? 0 : 1);
      const unknown = panel.detail.region.getByRole("group", { name: "Results that are not known" });
      await expect(unknown).toHaveCount(verdict === "Not known" ? 1 : 0);
    }
    await detail(panel, WITHOUT);
    await expect(panel.detail.region).toContainText("The server named no results.");
    await expect(panel.detail.button("Retry failed")).toHaveCount(0);
    await detail(panel, SHAPELESS);
    await expect(panel.detail.rows).toContainText(own[SHAPELESS]!.name);
    await expect(panel.detail.rows).toContainText("Not known");
    await expect(panel.detail.region).toContainText("1 of 1 not known");
    await panel.detail.button("Retry failed").click();
    await expect(panel.start.container(own[SHAPELESS]!.name)).toBeChecked();
    await expect(panel.start.dialog).toContainText(`1 of ${own.length} chosen`);
    await page.keyboard.press("Escape");

    await panel.go("#/attention");
    await panel.list.showsAnyOrder(all.filter((at) => !isGood(at)).map(id));

    await panel.go(`#/history/${family.slug}`);
    const count = (outcome: string) => RESULTS.filter((one) => one[2] === outcome).length;
    await expect(panel.history.days).toHaveAccessibleName(
      new RegExp(`: ${count("Failed")} Failed, ${count("Unknown") + 1} Unknown, ${count("Completed") + 2} Completed\\.`)
    );

    const fresh = new Freshness(panel);
    await panel.go(`#/freshness/${family.slug}`);
    await expect(fresh.rows).toHaveCount(own.length);
    const texts = await fresh.rows.allInnerTexts();
    for (const at of all) {
      const row = texts.find((text) => text.includes(own[at]!.name))!;
      expect(row.includes("9 d"), `${at}: ${row}`).toBe(!isGood(at));
    }
  });
}

test("Retry failed selects failed and unknown results", async ({ panel, emulator, page }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const own = [1, 2, 3, 4].map((number) => container(family, number, { regions: [REGION] }));
      const details = Object.fromEntries(
        own.map((one, at) => [statusKey(family, one), ["denied", "skipped", GOOD, "in progress"][at]])
      );
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, [job(family, 1, own, { detailed_status: details })]);
      await panel.goToList(family);
      await expect(panel.list.row(id(0))).toContainText("1 failed, 2 not known");
      await detail(panel, 0);
      await expect(panel.detail.region).toContainText("1 of 4 failed · 2 not known");
      await expect(panel.detail.rows.nth(0)).toContainText("denied");
      await expect(panel.detail.rows.nth(1)).toContainText("skipped");
      await panel.detail.button("Retry failed").click();
      const ids = [0, 1, 3].map((at) => own[at]!.id);
      await panel.start.shows(listPath(family), { [family.selector]: ids, ...(family.regions ? { regions: [REGION] } : {}) });
      await page.keyboard.press("Escape");
      await expect(panel.start.dialog).toHaveCount(0);
    });
  }
});

test("the details offer the lines for config.json, merged with its present values", async ({ panel, emulator, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await fill(emulator, family);
  const at = RESULTS.findIndex(([result]) => result === "skipped");
  await panel.open(`#/${family.slug}/${id(at)}`);
  const one = panel.detail.region.getByRole("group", { name: "skipped", exact: true });
  await expect(one).toContainText("1 result");
  for (const [name, results] of [
    ["Copy as success", { success: [...TAUGHT.success, "skipped"], error: TAUGHT.error }],
    ["Copy as error", { success: TAUGHT.success, error: [...TAUGHT.error, "skipped"] }]
  ] as const) {
    await one.getByRole("button", { name }).click();
    await expect(page.getByRole("status")).toContainText("Copied");
    const line = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(`{${line}}`)).toEqual({ results });
  }
  expect((await new AxeBuilder({ page }).setLegacyMode().include("section.detail").analyze()).violations).toEqual([]);
});

test("a text that many jobs share is shown once, with a link to each of them", async ({ panel, emulator, page }) => {
  const own = [1, 2, 3, 4].map((number) => container(family, number));
  const jobWith = (number: number, result: unknown) =>
    job(family, number, [own[number % 4]!], { detailed_status: { [statusKey(family, own[number % 4]!)]: result } });
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [jobWith(1, "skipped"), jobWith(2, "Skipped "), jobWith(3, "skipped"), jobWith(4, "another")]);
  const other = families.at(-1)!;
  const last = job(other, 5, [container(other, 1)], { detailed_status: { any: "skipped" } });
  await emulator.replaceJobs(other, [last]);
  await panel.open("#/attention");
  await panel.list.shows([id(3)]);
  const groups = page.getByRole("list", { name: "Results that are not known" });
  await expect(groups).toContainText("skipped");
  await expect(groups).toContainText("4 jobs have completed with this result");
  await expect(groups.getByRole("link")).toHaveCount(0);
  await groups.getByText("Show the 4 jobs").click();
  await expect(groups.getByRole("link")).toHaveCount(4);
  expect((await new AxeBuilder({ page }).setLegacyMode().include("main").analyze()).violations).toEqual([]);
  await groups.getByRole("link").last().click();
  await panel.isAt(`#/attention/${other.slug}/${last.id}`);
  await expect(panel.detail.rows).toContainText("skipped");

  // Without the other jobs there is no row, but still something that needs attention.
  await emulator.replaceJobs(family, [jobWith(1, "skipped"), jobWith(2, "skipped"), jobWith(3, "skipped")]);
  await panel.open("#/attention");
  await expect(groups).toContainText("4 jobs");
  await expect(page.getByRole("main")).not.toContainText("Nothing needs attention");
  await expect(panel.list.rows).toHaveCount(0);
});

test("a watched job with such an end is announced as unknown, with its text", async ({ panel, emulator, page }) => {
  const own = [container(family, 1)];
  const going = job(family, 1, own, { ...running, detailed_status: {} });
  await emulator.replaceJobs(family, [going]);
  await panel.openList(family);
  await panel.list.watch(going.id).click();
  await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "true");
  await emulator.replaceJobs(family, [job(family, 1, own, { detailed_status: { [statusKey(family, own[0]!)]: "skipped" } })]);
  await page.getByRole("button", { name: "Refresh now" }).click();
  const notice = page.getByRole("region", { name: "Watched jobs" });
  await expect(notice).toContainText("Unknown");
  await expect(notice).toContainText("skipped");
  await expect(page.getByRole("status")).toContainText("is now Unknown (skipped).");
  await expect(page).toHaveTitle(/^Unknown: /);
});
