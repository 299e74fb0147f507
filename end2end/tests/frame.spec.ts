// Navigation, titles, scopes, and unknown URLs.
import { container, job, running } from "../data";
import { clouds, families, family, ofCloud } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

test("there is a link for each view, back and forward go through them, and each opens in a browser tab of its own", async ({
  panel,
  page,
  context
}) => {
  await panel.open();
  await test.step("links", async () => {
    expect(families.length).toBeGreaterThan(0);
    const links = panel.frame.clouds.getByRole("link");
    await expect(links).toHaveText(["All clouds", ...clouds, "Needs attention", "Schedules"]);
    await expect(panel.frame.current).toHaveText("All clouds");
    await expect(page).toHaveTitle("All clouds · Key sync");

    for (const cloud of clouds) {
      await panel.frame.link(cloud).click();
      await expect(panel.frame.current).toHaveText(cloud);
      await expect(panel.frame.heading).toHaveText(cloud);
      await expect(page).toHaveTitle(`${cloud} · Key sync`);
      await panel.isAt(`#/${ofCloud(cloud)[0]!.slug}`);
    }
    await panel.frame.link("All clouds").click();
    await expect(panel.frame.current).toHaveText("All clouds");
    await panel.isAt("#/all");
  });

  await test.step("back and forward", async () => {
    await panel.frame.link(clouds[0]!).click();
    await expect(panel.frame.heading).toHaveText(clouds[0]!);
    await panel.frame.link(clouds[3]!).click();
    await expect(panel.frame.heading).toHaveText(clouds[3]!);
    await page.goBack();
    await expect(panel.frame.heading).toHaveText(clouds[0]!);
    await page.goBack();
    await expect(panel.frame.heading).toHaveText("All clouds");
    await page.goForward();
    await page.goForward();
    await expect(panel.frame.heading).toHaveText(clouds[3]!);
    await expect(panel.frame.current).toHaveText(clouds[3]!);
  });

  await test.step("a tab of its own", async () => {
    const opened = context.waitForEvent("page");
    await panel.frame.link(clouds[1]!).click({ modifiers: ["ControlOrMeta"] });
    const other = await opened;
    await expect(other.getByRole("heading", { level: 1 })).toHaveText(clouds[1]!);
    await expect(panel.frame.heading).toHaveText(clouds[3]!);
  });
});

test("a cloud has a scope for each of its families, and none to choose where it has one family", async ({ panel, page }) => {
  await panel.open();
  for (const cloud of clouds.filter((cloud) => ofCloud(cloud).length > 1)) {
    await test.step(cloud, async () => {
      const own = ofCloud(cloud);
      await panel.go(`#/${own[0]!.slug}`);
      // The scopes of two clouds may be called the same.
      await expect(panel.frame.heading).toHaveText(cloud);
      await expect(panel.frame.scopes.getByRole("radio")).toHaveCount(own.length);
      for (const family of own) await expect(panel.frame.scope(family.scope)).toBeVisible();
      await expect(panel.frame.scope(own[0]!.scope)).toBeChecked();

      const last = own.at(-1)!;
      await panel.frame.scope(last.scope).check();
      await panel.isAt(`#/${last.slug}`);
      await expect(panel.frame.scope(last.scope)).toBeChecked();
      await expect(panel.frame.scope(own[0]!.scope)).not.toBeChecked();
      await page.goBack();
      await expect(panel.frame.scope(own[0]!.scope)).toBeChecked();
      await page.reload();
      await expect(panel.frame.scope(own[0]!.scope)).toBeChecked();
    });
  }
  const several = clouds.find((cloud) => ofCloud(cloud).length > 1)!;
  for (const cloud of clouds.filter((cloud) => ofCloud(cloud).length === 1)) {
    await test.step(cloud, async () => {
      // The scopes of the view before go away.
      await panel.frame.link(several).click();
      await expect(panel.frame.scopes).toHaveCount(1);
      await panel.frame.link(cloud).click();
      await expect(panel.frame.heading).toHaveText(cloud);
      await panel.list.isLoaded();
      await expect(panel.frame.scopes).toHaveCount(0);
    });
  }
});

test("Back before the page is told of the new address leaves the scope and the address the same", async ({ panel, page }) => {
  const own = ofCloud("Salesforce");
  const [first, last] = [own[0]!, own.at(-1)!];
  // The browser's event comes later than the change: a busy page is told of both changes after the second one. Without the
  // first event this does not depend on how busy it is. Listeners hear in the order in which they came.
  await page.addInitScript(() => {
    addEventListener("hashchange", (event) => event.stopImmediatePropagation(), { once: true });
  });
  await panel.open(`#/${first.slug}`);
  await expect(panel.frame.scope(first.scope)).toBeChecked();
  await panel.frame.scope(last.scope).check();
  await panel.isAt(`#/${last.slug}`);
  await page.goBack();
  await panel.isAt(`#/${first.slug}`);
  await expect(panel.frame.scope(first.scope)).toBeChecked();
});

test("the title shows the number of running jobs", async ({ panel, emulator, page }) => {
  const own = container(family, 1);
  await emulator.replaceJobs(family, [1, 2, 3].map((n) => job(family, n, [own], n < 3 ? running : {})));
  await panel.openList(family);
  await expect(page).toHaveTitle(`2 running · ${family.cloud} · Key sync`);
  await panel.frame.link("All clouds").click();
  await expect(page).toHaveTitle("2 running · All clouds · Key sync");
  await panel.frame.link(clouds.at(-1)!).click();
  await expect(page).toHaveTitle(`${clouds.at(-1)} · Key sync`);
});

test("an unknown URL shows a message and a link to the first view", async ({ panel, page }) => {
  await panel.open("#/nimbus?page=2");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("nimbus");
  await alert.getByRole("link").click();
  await expect(panel.frame.heading).toHaveText("All clouds");
});

test("invalid values in the URL fall back to their defaults, and the page names them", async ({ panel, page }) => {
  await panel.openList(family, "?status=sleeping&page=0&rows=many&sort=colour&unknown=1");
  await expect(panel.filters.status).toHaveValue("");
  await expect(panel.pages.rows).toHaveValue("25");
  for (const value of ["status=sleeping", "page=0", "rows=many", "sort=colour"]) {
    await expect(page.getByRole("main")).toContainText(`The address says “${value}”`);
  }
});

test("the keyboard can skip to the content", async ({ panel, page }) => {
  await panel.openList(family);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await panel.isAt(`#/${family.slug}`);
});

test.describe("below a path", () => {
  test.use({ server: { data: "believable", below: "/tools/key-sync" } });

  test("the same files work", async ({ panel, page }) => {
    await panel.open();
    await expect(panel.list.rows).not.toHaveCount(0);
    await panel.frame.link(clouds[2]!).click();
    await panel.list.isLoaded();
    await expect(panel.list.rows).not.toHaveCount(0);
    expect(new URL(page.url()).pathname).toBe("/tools/key-sync/");
    await page.reload();
    await expect(panel.frame.heading).toHaveText(clouds[2]!);
  });
});

test.describe("with jobs", () => {
  test.use({ server: { data: "believable" } });

  test("leaving a view works with the focus anywhere", async ({ panel, page }) => {
    test.slow();
    const family = families[0]!;
    await panel.openList(family);
    await panel.list.links.first().click();
    await expect(panel.detail.button("Start again")).toBeVisible();
    const focusable = page.locator("main").locator("a, button, input, select, textarea, summary");
    const count = await focusable.count();
    expect(count).toBeGreaterThan(30);
    for (let at = 0; at < count; at += 1) {
      // All rows are alike, so two are enough.
      const element = focusable.nth(at);
      if (at % 12 > 1 && (await element.evaluate((found) => found.matches("tbody a")))) continue;
      await element.focus();
      await page.evaluate(() => location.assign("#/all"));
      await expect(panel.frame.heading).toHaveText("All clouds");
      await page.goBack();
      await expect(panel.detail.button("Start again")).toBeVisible();
      await panel.list.isLoaded();
    }
  });
});
