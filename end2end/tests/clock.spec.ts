// A computer with a wrong clock: ages are computed from the server's clock.
import type { Page } from "@playwright/test";

import { before, container, job, running } from "../data";
import { API, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const MINUTE = 60;
const own = [container(family, 1)];
const ended = job(family, 3, own);
const going = job(family, 5, own, { ...running, createdAt: before(5 * MINUTE), updatedAt: before(20), detailed_status: {} });
const stuck = job(family, 50, own, { ...running, createdAt: before(50 * MINUTE), updatedAt: before(40 * MINUTE), detailed_status: {} });

const WRONG = [
  ["45 minutes ahead", 45 * MINUTE, "The clock of this computer is 45 min ahead of the server's."],
  ["3 hours behind", -180 * MINUTE, "The clock of this computer is 3 h behind the server's."]
] as const;

/** Sets the page's clock `ahead` seconds ahead of the emulator's. */
const set = ({ page, emulator }: Panel, ahead: number) => page.clock.setFixedTime(emulator.time().getTime() + ahead * 1000);

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [ended, going, stuck]);
});

for (const [what, ahead, sentence] of WRONG) {
  // Each view is loaded anew, since the first answer is the one to reckon by.
  test(`${what}: every view follows the server's clock, and the difference is announced once`, async ({ panel, page, emulator }) => {
    await set(panel, ahead);
    await test.step("a job", async () => {
      await panel.open(`#/${family.slug}/${going.id}`);
      await expect(panel.detail.region).toContainText("5 min ago");
      await expect(panel.detail.region).not.toContainText("no change");
    });

    await test.step("the freshness of its container", async () => {
      await panel.open(`#/freshness/${family.slug}`);
      const table = page.getByRole("table", { name: "Freshness by container" });
      await expect(table).toContainText("08:57:302 min");
    });

    await test.step("only jobs that really are stalled need attention", async () => {
      await panel.open("#/attention");
      await expect(panel.list.row(stuck.id)).toBeVisible();
      await expect(panel.list.rows).toHaveCount(1);
    });

    await test.step("rows, running times and stalled jobs", async () => {
      await panel.openList(family);
      await expect(panel.list.row(ended.id)).toContainText("3 min ago");
      await expect(panel.list.row(going.id)).toContainText("5 min ago");
      await expect(await panel.list.cell(going.id, "Duration")).toContainText("5 min");
      await expect(panel.list.row(going.id)).not.toContainText("no change");
      await expect(panel.list.row(stuck.id)).toContainText("no change for 40 min");
      await expect(panel.status).toHaveText(`${sentence} Ages are reckoned by the server's clock.`);
      // And it stays correct as time passes.
      await emulator.advance(60);
      await set(panel, ahead);
      await panel.refresh();
      await expect(panel.list.row(ended.id)).toContainText("4 min ago");
      await expect(await panel.list.cell(going.id, "Duration")).toContainText("6 min");
    });

    await test.step("announced once", async () => {
      await page.getByRole("button", { name: "Dismiss this notice" }).click();
      await emulator.advance(60);
      // A smaller difference is accepted at once.
      await set(panel, ahead - Math.sign(ahead) * 90);
      await panel.refresh();
      await expect(panel.list.row(ended.id)).toContainText("5 min ago");
      await expect(panel.status).toHaveText("");
    });
  });
}

test.describe("a token from elsewhere", () => {
  test.use({ server: { open: false, data: "empty" } });

  test("expires at the same time as for the server", async ({ panel, emulator }) => {
    const exp = Math.floor(emulator.time().getTime() / 1000) + 10 * MINUTE;
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const [what, ahead] of WRONG) {
      await test.step(what, async () => {
        await set(panel, ahead);
        await panel.open();
        await expect(panel.signIn.button).toBeVisible();
        await emulator.fault({ path: `${API}/*`, body: { resources: [], total: 0, username: "ada" } });
        await panel.signIn.withToken(`${part({ alg: "none" })}.${part({ exp })}.x`);
        await expect(panel.frame.banner.getByTitle("cannot be renewed")).toHaveText(/^(10 min|9 min 59 s) left$/);
        // The page that is left asks for nothing more, which would be refused.
        await panel.page.goto("about:blank");
        await emulator.clearFaults();
      });
    }
  });
});

test("a clock that is right, or nearly right, is not mentioned", async ({ panel }) => {
  await set(panel, 100);
  await panel.openList(family);
  await expect(panel.list.row(ended.id)).toContainText("3 min ago");
  await expect(panel.status).toHaveText("");
});

test("a clock that is set while the page is open is noticed", async ({ panel }) => {
  await panel.openList(family);
  await expect(panel.list.row(ended.id)).toContainText("3 min ago");
  await set(panel, 45 * MINUTE);
  const row = panel.list.row(ended.id);
  await expect(row).toContainText("48 min ago");
  // How many answers it takes is tested with the offset: here a press may give up the one before.
  const next = async () => {
    await panel.refreshed(listPath(family));
    return row.innerText();
  };
  await expect.poll(next, { intervals: [0] }).toContain("3 min ago");
  await expect(panel.status).toContainText("45 min ahead");
  // Once the clock is right again, so is the page.
  await set(panel, 0);
  await panel.refresh();
  await expect(panel.list.row(ended.id)).toContainText("3 min ago");
});

/** Removes the `Date` header from every response, as a proxy may. */
const withoutDate = (page: Page) =>
  page.route(`**${API}/**`, async (route) => {
    const response = await route.fetch();
    const { date: _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });

test("without a Date the browser's clock counts", async ({ panel, page }) => {
  await withoutDate(page);
  await set(panel, 45 * MINUTE);
  await panel.openList(family);
  await expect(panel.list.row(ended.id)).toContainText("48 min ago");
  await expect(panel.list.row(going.id)).toContainText("no change for 45 min");
});

test("an invalid Date is ignored", async ({ panel, emulator }) => {
  for (const date of ["", "yesterday", "2026-13-45"]) {
    await test.step(`"${date}"`, async () => {
      await emulator.fault({ path: `${API}/*`, headers: { Date: date } });
      // Loaded anew, so that no Date is known before.
      await panel.openList(family);
      await expect(panel.list.row(ended.id)).toContainText("3 min ago");
      await expect(panel.status).toHaveText("");
      await emulator.clearFaults();
    });
  }
});

test("the Date of a cached response does not count after a fresh response", async ({ panel, emulator }) => {
  await emulator.fault({ path: listPath(family), times: 1, headers: { Date: "Mon, 02 Mar 2026 06:00:00 GMT" } });
  await panel.openList(family);
  await panel.waitUntilIdle(...families.filter((one) => one === family).map(listPath), API + family.containersPath);
  await panel.refresh();
  await expect(panel.list.row(ended.id)).toContainText("3 min ago");
  await expect(await panel.list.cell(going.id, "Duration")).toContainText("5 min");
});

test("the configuration may come from a cache, and its Date does not count", async ({ panel, emulator }) => {
  await emulator.fault({ path: "/config.json", headers: { Date: "Mon, 02 Mar 2026 06:00:00 GMT" } });
  await panel.open(`#/${family.slug}/${going.id}`);
  await expect(panel.detail.region).toContainText("5 min ago");
  await panel.waitUntilIdle(listPath(family), jobPath(family, going.id));
  await expect(panel.status).toHaveText("");
});
