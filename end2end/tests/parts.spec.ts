// The program's two parts: the lists need only the first, the second is loaded when it is needed, and a failure to load it is
// shown.
import { readdirSync } from "node:fs";

import type { Page } from "@playwright/test";

import { container, ids, job, jobs } from "../data";
import { families, jobPath } from "../families";
import { expect, test } from "../fixtures";
import { waitForBackground } from "../time";

/** A file of the second part, which the page does not reference, with its kind. */
const LATER = /-(rest)-[0-9a-f]+\.(wasm|css)$/;
const REST = ["rest.css", "rest.wasm"];
const family = families[0]!;

test.use({ server: { data: "empty" } });
test.skip(
  () => !readdirSync(process.env.KEY_SYNC_DIST!).some((name) => LATER.test(name)),
  "only a release is in several parts"
);

const nameOf = (url: string) => LATER.exec(new URL(url).pathname)?.slice(1).join(".");

/** Records the files requested from now on. */
function loaded(page: Page): string[] {
  const names: string[] = [];
  page.on("request", (request) => {
    const name = nameOf(request.url());
    if (name) names.push(name);
  });
  return names;
}

/** A screenshot of the open view, for comparison by pixels, but for the tools of the list and the edges of its columns, which come later, over an empty place. */
const screenshot = (page: Page) =>
  page
    .getByRole("main")
    .locator("*:visible")
    .evaluateAll((all) =>
      all.filter((one) => !one.closest("[aria-label='This list'], [aria-label='Column widths']")).map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const { color, backgroundColor, border, font, opacity } = getComputedStyle(one);
        return [one.tagName, x, y, width, height, color, backgroundColor, border, font, opacity].join(" ");
      })
    );

test("a list needs no file of the second part, and loading it later changes nothing in view", async ({ panel, emulator }) => {
  const { page } = panel;
  await page.clock.install({ time: emulator.time() });
  await page.clock.pauseAt(new Date(emulator.time().getTime() + 1000));
  const containers = [container(family, 1)];
  await emulator.replaceContainers(family, containers);
  const every = jobs(family, 3, containers);
  await emulator.replaceJobs(family, every);
  const names = loaded(page);
  for (const hash of ["#/all", "#/all?status=completed", `#/${family.slug}`, `#/${family.slug}?status=completed`]) {
    await test.step(hash, async () => {
      const all = every.filter((one) => !hash.includes("status") || one.overall_status === "completed");
      names.length = 0;
      await emulator.clearRequests();
      await panel.open(hash);
      await panel.list.shows(ids(all));
      await panel.waitUntilIdle();
      expect(names).toEqual([]);
      // A group of rows has the height of ten until the browser has rendered it.
      await expect.poll(async () => (await panel.list.table.boundingBox())!.height).toBeLessThan(300);
      const before = await screenshot(page);
      expect(before.length).toBeGreaterThan(50);
      // Then the second part is loaded in the background, so that the first press does not wait for it.
      await waitForBackground(panel);
      expect(names.sort()).toEqual(REST);
      expect(await screenshot(page)).toEqual(before);
    });
  }
});

const one = job(family, 1, [container(family, 1)]);

test("a file that cannot be loaded is reported, and requested again", async ({ panel, emulator, guard }) => {
  guard.expect("network");
  await emulator.replaceJobs(family, [one]);
  const { page } = panel;
  const names = loaded(page);
  for (const [file, hash, shows] of [
    ["rest.wasm", `#/${family.slug}/${one.id}`, "both"],
    ["rest.wasm", `#/all/${family.slug}/${one.id}`, "both"],
    ["rest.css", `#/${family.slug}/${one.id}`, "both"],
    ["rest.wasm", "#/attention", "attention"]
  ] as const) {
    await test.step(`${file} at ${hash.replace(one.id, "id")}`, async () => {
      await page.route((url) => nameOf(url.href) === file, (route) => route.abort());
      await panel.open(hash);
      const alerts = panel.alert("Could not load a part of the panel");
      await expect(alerts.first()).toBeVisible();
      // The list does not need it.
      if (shows === "both") await panel.list.shows([one.id]);
      await page.unrouteAll({ behavior: "wait" });
      names.length = 0;
      while (await alerts.count()) {
        await alerts.first().getByRole("button", { name: "Try again" }).click();
        await expect(alerts.first().getByRole("button", { name: "Try again" })).toHaveCount(0);
      }
      if (shows !== "attention") await panel.list.shows([one.id]);
      if (shows === "both") await expect(panel.detail.button("Start again")).toBeVisible();
      if (shows === "attention") await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();
      expect(names).toContain(file);
    });
  }
});

test("a program of another build is refused", async ({ panel, emulator, guard }) => {
  guard.expectBadFile(/integrity/);
  await emulator.replaceJobs(family, [one]);
  await panel.page.route((url) => nameOf(url.href) === "rest.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from([0])]) });
  });
  await panel.open("#/all");
  await panel.list.link(one.id).click();
  await expect(panel.alert("Could not load a part of the panel")).toBeVisible();
  expect((await emulator.requests()).some((request) => request.path === jobPath(family, one.id))).toBe(false);
  // The browser logs the reason in its console.
  await expect.poll(() => guard.badFiles.length).toBeGreaterThan(0);
  await panel.page.unrouteAll({ behavior: "wait" });
});
