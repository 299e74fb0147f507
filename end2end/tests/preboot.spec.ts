// The first sign-in form is shown before the program is loaded: input and presses in it count.
import { readdirSync } from "node:fs";

import type { Page } from "@playwright/test";

import { container, ids, jobs } from "../data";
import type { Emulator } from "../emulator";
import { API, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { places } from "../places";
import { REST } from "../publish";

test.use({ server: { open: false, data: "empty" } });

const PROGRAM = /\/key-sync(-[0-9a-f]+)?(_bg)?\.wasm$/;
const isRelease = readdirSync(process.env["KEY_SYNC_DIST"]!).some((name) => REST.test(name));

const own = [container(family, 1)];
const all = jobs(family, 3, own);

/** Holds back files until the returned function is called. */
async function hold(page: Page, files: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

async function fill(emulator: Emulator): Promise<void> {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
}

test("a press before the program is loaded is carried out once", async ({ panel, emulator, page }) => {
  await fill(emulator);
  const release = await hold(page, PROGRAM);
  await panel.open(`#/${family.slug}`);
  await expect(page).toHaveTitle("Sign in · Key sync");
  await expect(panel.signIn.box("Username")).toBeFocused();
  await expect(panel.signIn.button).toBeDisabled();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(page.getByRole("button", { name: "Signing in…" })).toHaveAttribute("aria-busy", "true");
  // Repeated presses change nothing.
  await panel.signIn.box("Password").press("Enter");
  expect(await emulator.grants("password")).toEqual([]);
  release();
  await panel.list.shows(ids(all));
  expect(await emulator.grants("password")).toMatchObject([{ username: emulator.user }]);
  await expect(page.locator("input[type=password]")).toHaveCount(0);
  // It was prefetched before its view was rendered, and the view does not request it again.
  expect((await emulator.requests()).filter((request) => request.path === listPath(family))).toHaveLength(1);
});

test("input that is half typed when the program starts is honoured", async ({ panel, emulator, page }) => {
  test.skip(!isRelease, "nothing else shows that the program has come");
  const release = await hold(page, PROGRAM);
  await panel.open();
  await panel.signIn.box("Username").fill(emulator.user);
  await panel.signIn.box("Domain").fill("payments");
  await panel.signIn.box("Password").focus();
  await page.keyboard.type(emulator.password.slice(0, 3));
  const later = page.waitForResponse(REST);
  release();
  await later;
  await page.keyboard.type(emulator.password.slice(3));
  await page.keyboard.press("Enter");
  await expect(panel.frame.banner).toContainText("payments");
  expect(await emulator.grants("password")).toHaveLength(1);
});

test("a refused sign-in keeps what was typed and where the keyboard was", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await panel.open();
  await panel.signIn.box("Username").fill(emulator.user);
  await panel.signIn.box("Connection").fill("local_account");
  await panel.signIn.box("Password").fill("wrong");
  await panel.signIn.box("Password").press("Enter");
  await expect(panel.alert("Wrong username or password")).toBeVisible();
  await expect(panel.signIn.box("Password")).toBeFocused();
  await expect(panel.signIn.box("Password")).toHaveValue("wrong");
  await expect(panel.signIn.box("Connection")).toHaveValue("local_account");
  await panel.signIn.box("Password").fill(emulator.password);
  await panel.signIn.box("Password").press("Enter");
  await expect(panel.frame.signOut).toBeVisible();
});

test("choosing the token form before the program is loaded counts, and so does choosing back", async ({ panel, emulator, page }) => {
  let release = await hold(page, PROGRAM);
  await panel.open();
  await panel.signIn.box("Username").fill("ada");
  await panel.signIn.useToken.click();
  release();
  await expect(panel.signIn.token).toBeFocused();
  await page.getByRole("button", { name: "Use a user name and password" }).click();
  await expect(panel.signIn.box("Username")).toHaveValue("ada");
  expect(await emulator.grants("password")).toEqual([]);

  await page.unrouteAll({ behavior: "wait" });
  release = await hold(page, PROGRAM);
  await panel.open();
  await panel.signIn.useToken.click();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  release();
  await expect(panel.frame.signOut).toBeVisible();
});

test("the form of the page and that of the program look the same", async ({ panel, page }) => {
  await panel.open();
  const screenshot = async () => {
    const main = page.getByRole("main");
    const boxes = await main.locator("*:visible").evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const { color, backgroundColor, font, opacity } = getComputedStyle(one);
        return [one.tagName, x, y, width, height, color, backgroundColor, font, opacity].join(" ");
      })
    );
    return { boxes, words: await main.ariaSnapshot() };
  };
  // The focus is in another text box.
  const blur = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await expect(panel.signIn.box("Username")).toBeFocused();
  await blur();
  const before = await screenshot();
  await panel.signIn.useToken.click();
  await page.getByRole("button", { name: "Use a user name and password" }).click();
  await blur();
  await page.mouse.move(0, 0);
  await expect.poll(screenshot).toEqual(before);
});

test("a program that cannot be loaded removes the form and leaves no password", async ({ panel, emulator, guard, page }) => {
  guard.expect("network");
  let fail = () => {};
  const failing = new Promise<void>((resolve) => (fail = resolve));
  await page.route(PROGRAM, async (route) => {
    await failing;
    await route.abort();
  });
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  fail();
  await expect(panel.alert("The panel could not be loaded")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  expect((await page.getByRole("heading").boundingBox())!.x, "nothing touches the edge").toBeGreaterThan(8);
  await expect(page.locator("form, input")).toHaveCount(0);
  for (const [place, text] of Object.entries(await places(page))) {
    expect(text.includes(emulator.password), `the password in ${place}`).toBe(false);
  }
  expect(await emulator.grants("password")).toEqual([]);
  // The failed request itself, from which the page detects it.
  expect(guard.breaches.splice(0).every((breach) => breach.includes("Failed to fetch"))).toBe(true);
});

test("a page that could not be loaded is loaded again where it comes back as it was", async ({ panel, emulator, guard, page }) => {
  guard.expect("network");
  await page.route(PROGRAM, (route) => route.abort());
  await panel.open();
  await expect(panel.alert("The panel could not be loaded")).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  expect(guard.breaches.splice(0).every((breach) => breach.includes("Failed to fetch"))).toBe(true);
  const comesBack = (persisted: boolean) =>
    page.evaluate((persisted) => void dispatchEvent(new PageTransitionEvent("pageshow", { persisted })), persisted);
  // At its first load, which may end later than the failure, nothing begins again.
  await comesBack(false);
  await expect(panel.alert("The panel could not be loaded")).toBeVisible();
  await comesBack(true);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(panel.frame.signOut).toBeVisible();
});

test("if the first script fails, the program itself requests the user and shows the form", async ({ panel, emulator, guard, page }) => {
  await page.addInitScript(() => {
    const real = window.fetch;
    // The first request is that script's.
    window.fetch = () => {
      window.fetch = real;
      throw new Error("the first script fails");
    };
  });
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(panel.frame.signOut).toBeVisible();
  expect(guard.breaches.splice(0)).toEqual([expect.stringContaining("the first script fails")]);
});

test("the form shows the panel's name before the program is loaded", async ({ panel, emulator, page }) => {
  await emulator.fault({ path: "/config.json", body: { title: "Keys <b>of</b> Ada" } });
  await hold(page, PROGRAM);
  await panel.open();
  await expect(page.getByRole("heading", { name: "Keys <b>of</b> Ada" })).toBeVisible();
  await expect(page).toHaveTitle("Sign in · Keys <b>of</b> Ada");
  expect((await emulator.requests()).map((request) => request.path)).toEqual([`${API}/auth/self/user`]);
});

test("a mistake in config.json removes the form again", async ({ panel, emulator, page }) => {
  await emulator.fault({ path: "/config.json", body: { rows: 0 } });
  const release = await hold(page, PROGRAM);
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  release();
  await expect(panel.alert("This panel is not set up right")).toContainText("rows");
  await expect(page.locator("form")).toHaveCount(0);
  expect(await emulator.grants("password")).toEqual([]);
});

test("the second part is loaded while the person signs in where the view needs it, and else waits for the first rows", async ({
  panel,
  emulator,
  page
}) => {
  test.skip(!isRelease, "only a release is in two parts");
  await page.clock.install({ time: emulator.time() });
  await page.clock.pauseAt(new Date(emulator.time().getTime() + 1000));
  const requests: string[] = [];
  page.on("request", (request) => REST.test(request.url()) && requests.push(request.url()));
  for (const [hash, needs] of [
    ["#/all?status=failed", false],
    [`#/${family.slug}?status=failed&page=2`, false],
    [`#/${family.slug}/some-id?page=2`, true],
    ["#/attention", true],
    [`#/history/${family.slug}`, true],
    [`#/all/${family.slug}/some-id`, true]
  ] as const) {
    await test.step(hash, async () => {
      requests.length = 0;
      await panel.open(hash);
      await expect(panel.signIn.button).toBeVisible();
      if (needs) return expect.poll(() => requests.length).toBe(1);
      expect(requests).toEqual([]);
      await expect(async () => {
        await page.clock.runFor(1000);
        expect(requests).toHaveLength(1);
      }).toPass();
    });
  }
});

test.describe("where a proxy signs the person in", () => {
  test.use({ server: { open: true } });

  test("there is no form before the program is loaded, either", async ({ panel, emulator, page }) => {
    const release = await hold(page, PROGRAM);
    await panel.open();
    await expect.poll(async () => (await emulator.requests()).map((request) => request.status)).toEqual([200]);
    // One frame more than a form would need.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await expect(page.locator("form")).toHaveCount(0);
    release();
    await expect(panel.frame.banner).toContainText(emulator.user);
    const requests = (await emulator.requests()).filter((request) => request.path === `${API}/auth/self/user`);
    expect(requests).toHaveLength(1);
  });
});
