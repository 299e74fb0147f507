// A new version of the panel: a page of the last one says so, and no file that is missing leaves a white page. With the files
// of `deploy/` and a real nginx, so that caching is what it is.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { container, ids, job, jobs, running } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../hosting";
import type { Nginx } from "../nginx";
import type { Panel } from "../pages/panel";
import { FILES, fileOf, publishAnother, remove } from "../publish";
import { freezeClock, setVisible, waitForBackground } from "../time";

test.skip(!process.env["KEY_SYNC_NGINX"], "nginx is not installed");
test.use({ server: { open: true, data: "empty" }, hosting: { place: "below" } });

const MINUTE = 60_000;
const own = [1, 2].map((number) => container(family, number));
const all = jobs(family, 3, own);

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
});

/** Records each look of the panel at its own page, once it is answered: what is published after that is not seen by it. */
function looks(page: Page, nginx: Nginx): string[] {
  const found: string[] = [];
  page.on("requestfinished", (request) => {
    if (request.url() === nginx.panel && request.resourceType() === "fetch") found.push(request.url());
  });
  return found;
}

/** The page was elsewhere for some minutes. */
async function away(page: Page, minutes: number): Promise<void> {
  await setVisible(page, false);
  await page.clock.runFor(minutes * MINUTE);
  await setVisible(page, true);
}

const offer = (page: Page) => page.getByText("A new version of the panel is there.");
const reload = (page: Page) => page.getByRole("button", { name: "Reload", exact: true });
const later = (page: Page) => page.getByRole("button", { name: "Later", exact: true });
const script = (page: Page) => page.locator("script[src]").getAttribute("src");

async function openWithBackground(panel: Panel, hash: string): Promise<void> {
  await freezeClock(panel);
  await panel.open(hash);
  await panel.list.isLoaded();
  await waitForBackground(panel);
}

test("whoever returns to an old page is offered the new version, which opens the same view", async ({ panel, page, nginx }) => {
  const hash = `#/${family.slug}?rows=10`;
  const asked = looks(page, nginx);
  await openWithBackground(panel, hash);
  // The page that is published is the one that runs.
  await away(page, 6);
  await expect.poll(() => asked.length).toBe(1);
  await expect(offer(page)).toHaveCount(0);

  const published = publishAnother(nginx.files);
  await away(page, 4);
  expect(asked, "within five minutes").toHaveLength(1);
  await away(page, 2);
  await expect(offer(page)).toBeVisible();
  await panel.list.shows(ids(all));
  // One look is enough.
  await away(page, 60);
  expect(asked).toHaveLength(2);

  // Nothing is lost by it, so nothing is asked.
  await Promise.all([page.waitForEvent("load"), reload(page).click()]);
  await panel.list.shows(ids(all));
  await panel.isAt(hash);
  expect(await script(page)).toBe(`./${published}`);
  await waitForBackground(panel);
  await away(page, 6);
  await expect.poll(() => asked.length).toBeGreaterThan(2);
  await expect(offer(page)).toHaveCount(0);
});

test("a page that nobody touches looks twice an hour, and never while it is hidden", async ({ panel, page, nginx }) => {
  const asked = looks(page, nginx);
  await openWithBackground(panel, `#/${family.slug}`);
  await page.clock.runFor(59 * MINUTE);
  await expect.poll(() => asked.length).toBe(1);
  await page.clock.runFor(2 * MINUTE);
  await expect.poll(() => asked.length).toBe(2);
  await setVisible(page, false);
  await page.clock.runFor(240 * MINUTE);
  expect(asked.length).toBe(2);
});

test.describe("whoever has something to lose", () => {
  test.use({ server: { open: false, data: "empty" } });

  test("is told what a reload costs before it happens", async ({ panel, emulator, page, nginx }) => {
    const runs = job(family, 9, own, running);
    await emulator.replaceJobs(family, [runs, ...all]);
    await freezeClock(panel);
    await panel.open(`#/${family.slug}`);
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await panel.list.isLoaded();
    await waitForBackground(panel);
    await panel.list.watch(runs.id).click();
    // A form that is left with something chosen in it.
    await panel.start.open.click();
    await panel.start.everything.check();
    await panel.start.whileRunning("Watch it").click();
    await expect(panel.start.dialog).toHaveCount(0);

    publishAnother(nginx.files);
    await away(page, 6);
    await expect(offer(page)).toBeVisible();
    await reload(page).click();
    const cost = "Reload now? The view stays, but you sign in again, and the start form that you have begun is lost, and 1 job is no longer watched.";
    await expect(page.getByText(cost)).toBeVisible();
    await expect(page.getByRole("button", { name: "Reload now" })).toBeFocused();

    await later(page).click();
    await expect(page.getByText(cost)).toHaveCount(0);
    await expect(page.getByRole("main")).toBeFocused();
    await panel.start.open.click();
    await expect(panel.start.everything).toBeChecked();
    await page.keyboard.press("Escape");

    // It is offered again, and a second press does it.
    await away(page, 6);
    await reload(page).click();
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Reload now" }).click()]);
    await expect(panel.signIn.button).toBeVisible();
  });
});

for (const [what, fault] of [
  ["the sign-in page of a proxy", { status: 200, content_type: "text/html", body: "<html><script src=/login-0123456789abcdef.js></script>Sign in" }],
  ["a page that is missing", { status: 404, body: "<h1>Not found</h1>" }],
  ["a server that is not ready", { status: 502, body: "" }]
] as const) {
  test.describe(`with ${what}`, () => {
    test("nothing is said", async ({ panel, page, guard }) => {
      guard.expect(404, 502);
      await openWithBackground(panel, `#/${family.slug}`);
      let asked = 0;
      await page.route((url) => url.pathname.endsWith("/key-sync/"), async (route) => {
        asked += 1;
        await route.fulfill({ status: fault.status, contentType: "text/html", body: fault.body });
      });
      await away(page, 6);
      await expect.poll(() => asked).toBe(1);
      await panel.refreshed(listPath(family));
      await expect(offer(page)).toHaveCount(0);
      await page.unrouteAll({ behavior: "wait" });
    });
  });
}

test("a part of an old page that is gone says what to do, and doing it helps", async ({ panel, page, nginx, guard }) => {
  guard.expect(404);
  guard.expectBadFile(/404|MIME|stylesheet|integrity/i);
  const [one] = all;
  // Before the second part is loaded.
  await freezeClock(panel);
  await panel.open(`#/${family.slug}`);
  await panel.list.shows(ids(all));
  publishAnother(nginx.files);
  await panel.list.link(one!.id).click();
  const alert = panel.alert("Could not load a part of the panel").first();
  await expect(alert).toContainText("A file is missing");
  await expect(alert).toContainText("a new version may have been published");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toBeVisible();
  await Promise.all([page.waitForEvent("load"), alert.getByRole("button", { name: "Load the page again" }).click()]);
  await expect(panel.detail.region).toContainText(one!.id);
  await panel.isAt(`#/${family.slug}/${one!.id}`);
});

/** What the page says where a file is missing or is another. */
const SAYS = {
  script: "The panel has not loaded",
  program: "The panel could not be loaded",
  // Without its looks, the panel works.
  style: "Synchronization jobs",
  "second part": "Could not load a part of the panel",
  "style of the second part": "Could not load a part of the panel"
};

for (const kind of Object.keys(FILES) as (keyof typeof FILES)[]) {
  for (const wrong of ["missing", "another"] as const) {
    test(`a half-published panel is no white page: the ${kind} is ${wrong}`, async ({ panel, page, nginx, guard }) => {
      guard.expect(404);
      guard.expectBadFile(/404|MIME|stylesheet|integrity|fetch/i);
      const name = fileOf(nginx.files, FILES[kind]);
      const content = readFileSync(join(nginx.files, name));
      remove(nginx.files, name);
      if (wrong === "another") writeFileSync(join(nginx.files, name), Buffer.concat([content, Buffer.from("\n")]));
      await panel.open(`#/${family.slug}/${all[0]!.id}`);
      const said = page.getByText(SAYS[kind]).first();
      if (kind === "script") {
        // It waits, so that nobody sees it while a slow script is still on its way.
        await expect(said).toBeAttached();
        await expect(said).toBeHidden();
        await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
      }
      await expect(said).toBeVisible();
      if (wrong === "another") await expect.poll(() => guard.badFiles.length).toBeGreaterThan(0);
    });
  }
}
