// A page that the browser restores from its back/forward cache, in a browser with that cache enabled.
import { type Browser, chromium } from "@playwright/test";

import { TEST_SWITCHES } from "../browser.mjs";
import { container, ids, jobs } from "../data";
import { API, family, listPath } from "../families";
import { expect, test as base } from "../fixtures";
import { collectGarbage } from "../garbage";
import { smallTimerIds } from "../in_page.mjs";
import { Panel } from "../pages/panel";
import { REST } from "../publish";

const own = [container(family, 1)];
const all = jobs(family, 3, own);

const test = base.extend<{ keeper: Browser; panel: Panel }>({
  keeper: async ({}, use) => {
    const browser = await chromium.launch({
      args: TEST_SWITCHES,
      // Its build without windows has no such cache.
      executablePath: process.env.CHROMIUM || undefined,
      // Playwright disables the cache by this switch; only these tests need it.
      ignoreDefaultArgs: ["--disable-back-forward-cache"]
    });
    await use(browser);
    await browser.close();
  },

  panel: async ({ keeper, emulator, guard }, use) => {
    const context = await keeper.newContext({ locale: "en-GB", timezoneId: "UTC" });
    const page = await context.newPage();
    await guard.watch(page);
    await page.addInitScript(smallTimerIds);
    await page.addInitScript(() => addEventListener("pageshow", (event) => Object.assign(window, { wasKept: event.persisted })));
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, all);
    await use(new Panel(page, emulator, guard));
    await context.close();
  }
});

test.use({ server: { open: false, data: "empty" } });

/** Waits until the second part is loaded: a browser does not keep a page whose program is still being read. */
const isLoaded = ({ frame }: Panel) => expect(frame.help).toBeVisible();

/** Navigates to another page of the same server and back by the browser's button; the page must come from the cache. */
async function leaveAndReturn({ page, emulator, guard }: Panel): Promise<void> {
  // The other page has no favicon.
  guard.expect(404);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  await page.goto(`${emulator.panel}config.json`);
  await page.goBack({ waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => (window as { wasKept?: boolean }).wasKept)).toBe(true);
  expect(await page.evaluate(() => (window as { isTheSame?: boolean }).isTheSame)).toBe(true);
}

/**
 * Takes away the feature by which closures of a program are freed in a script, at a moment of the browser's choice. It collects garbage
 * in pages that it keeps, and drops one in which a script runs; with somebody signed in, timers leave such closures. What is
 * tested with it is a page that was kept.
 */
const freesNothing = ({ page }: Panel) =>
  page.addInitScript(() => void Reflect.deleteProperty(window, "FinalizationRegistry"));

test("leaving the page revokes the refresh token, and coming back shows no session", async ({ panel, emulator }) => {
  const { page } = panel;
  await freesNothing(panel);
  await panel.open(`#/${family.slug}`);
  const answer = page.waitForResponse((response) => response.url().endsWith("/auth/tokens"));
  await panel.signIn.withPassword(emulator.user, emulator.password);
  const { refresh_token } = await (await answer).json();
  await panel.list.shows(ids(all));
  await isLoaded(panel);
  await leaveAndReturn(panel);
  await expect.poll(() => emulator.revoked()).toEqual([refresh_token]);
  await expect(panel.alert("You were signed out because you left this page.")).toBeVisible();
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  for (const one of [...ids(all), own[0]!.name]) expect(text).not.toContain(one);
  // The panel sends no more requests, and a sign-in continues at the same view.
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await panel.list.shows(ids(all));
  expect(panel.hash()).toBe(`#/${family.slug}`);
});

test("a token from elsewhere is forgotten, too", async ({ panel, emulator }) => {
  await freesNothing(panel);
  await panel.open(`#/${family.slug}`);
  await panel.signIn.withToken(emulator.token);
  await panel.list.shows(ids(all));
  await isLoaded(panel);
  await leaveAndReturn(panel);
  await expect(panel.signIn.button).toBeVisible();
  await expect(panel.list.rows).toHaveCount(0);
});

/** Opens the sign-in form and waits until the second part is loaded beside it, which is a second later. */
async function openForm(panel: Panel): Promise<void> {
  const rest = panel.page.waitForResponse(REST);
  await panel.open();
  await (await rest).finished();
}

/** Leaves the page while a start waits, which is answered meanwhile. Returns the note about it. */
async function leaveDuringStart(panel: Panel) {
  const { emulator, page } = panel;
  await isLoaded(panel);
  await panel.start.open.click();
  await panel.start.everything.check();
  await emulator.fault({ method: "POST", path: listPath(family), times: 1, hold: "start" });
  await panel.start.send.click();
  await expect.poll(() => emulator.held("start")).toBe(1);
  panel.guard.expect(404, "network");
  await page.goto(`${emulator.panel}config.json`);
  await emulator.release("start");
  await page.goBack({ waitUntil: "commit" });
  return page.getByRole("note", { name: "Sent before the page was closed" });
}

test("a start that waits when the page is left is looked for after the next sign-in", async ({ panel, emulator }) => {
  await panel.open(`#/${family.slug}`);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  const note = await leaveDuringStart(panel);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(note).toContainText("seems to have reached the server");
});

test("a password that was typed and not sent is gone, and the user's name is not", async ({ panel }) => {
  await openForm(panel);
  await panel.signIn.box("Username").fill("ada");
  await panel.signIn.box("Password").fill("secret");
  await expect(panel.signIn.button).toBeEnabled();
  await leaveAndReturn(panel);
  await expect(panel.signIn.box("Username")).toHaveValue("ada");
  await expect(panel.signIn.box("Password")).toHaveValue("");
  await expect(panel.signIn.button).toBeDisabled();
});

test("a sign-in that is under way when the page is left signs nobody in", async ({ panel, emulator, guard }) => {
  guard.expect("network");
  await openForm(panel);
  await emulator.fault({ method: "POST", path: `${API}/auth/tokens`, times: 1, hold: "sign-in" });
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect.poll(() => emulator.held("sign-in")).toBe(1);
  await leaveAndReturn(panel);
  await emulator.release("sign-in");
  // The late token is revoked.
  await expect.poll(async () => (await emulator.revoked()).length).toBe(1);
  await expect(panel.signIn.box("Password")).toHaveValue("");
  await expect(panel.frame.signOut).toHaveCount(0);
});

test("nothing of the sign-in form is freed by a script, for which a browser would drop the page that it keeps", async ({ panel }) => {
  const { page } = panel;
  await page.addInitScript(() => {
    const freed = Object.assign(window, { freed: 0 });
    const Registry = FinalizationRegistry;
    window.FinalizationRegistry = class<T> extends Registry<T> {
      constructor(free: (held: T) => void) {
        super((held) => {
          freed.freed += 1;
          free(held);
        });
      }
    };
  });
  await openForm(panel);
  await panel.signIn.box("Username").fill("ada");
  await collectGarbage(page, await page.context().newCDPSession(page));
  expect(await page.evaluate(() => (window as unknown as { freed: number }).freed)).toBe(0);
  await leaveAndReturn(panel);
  await expect(panel.signIn.box("Username")).toHaveValue("ada");
});

test.describe("where a proxy signs the person in", () => {
  test.use({ server: { open: true, data: "empty" } });
  test.beforeEach(({ panel }) => freesNothing(panel));

  test("a start that is answered after all is not looked for by the next page", async ({ panel }) => {
    const { page } = panel;
    await panel.open(`#/${family.slug}`);
    const note = await leaveDuringStart(panel);
    await expect.poll(() => page.evaluate(() => (window as { wasKept?: boolean }).wasKept)).toBe(true);
    await expect(panel.start.dialog).toHaveCount(0);
    await panel.open(`#/${family.slug}`);
    await panel.list.isLoaded();
    await isLoaded(panel);
    await expect(note).toHaveCount(0);
  });

  test("the page is unchanged and continues to refresh", async ({ panel, emulator }) => {
    await panel.open(`#/${family.slug}`);
    await panel.list.shows(ids(all));
    await isLoaded(panel);
    await leaveAndReturn(panel);
    await panel.list.shows(ids(all));
    await emulator.replaceJobs(family, all.slice(1));
    await panel.refresh();
    await panel.list.shows(ids(all.slice(1)));
  });
});
