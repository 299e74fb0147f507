// Views of one's own: built-in, saved, ordered, shared as links, exported and imported.
import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";

import { BAD, before, container, GOOD, ids, job, running, statusKey } from "../data";
import { families, family } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const HOUR = 3600;
const own = [1, 2].map((number) => container(family, number));
const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
const partly = { [statusKey(family, first)]: GOOD, [statusKey(family, second)]: BAD };
const at = (hours: number, lasted = 60) => {
  const created = hours * HOUR;
  return { createdAt: before(created), updatedAt: before(created - lasted), completed_at: before(created - lasted) };
};

const good = job(family, 1, own, at(1));
const mixed = job(family, 2, own, { ...at(2), detailed_status: partly });
const bad = job(family, 3, own, { ...at(3), overall_status: "failed" });
const going = job(family, 4, own, { ...at(4), ...running });
/** Begun before the last 24 hours, failed in them. */
const long = job(family, 5, own, { ...at(30, 20 * HOUR), overall_status: "failed" });
const old = job(family, 6, own, { ...at(40), overall_status: "failed" });
const all = [good, mixed, bad, going, long, old];

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
});

/** The saved views of the menu, which is closed again. */
async function saved(panel: Panel): Promise<string[]> {
  await panel.views.button.click();
  const names = await panel.views.saved.getByRole("link").allInnerTexts();
  await panel.page.keyboard.press("Escape");
  return names;
}

const box = (dialog: Locator) => dialog.getByRole("textbox", { name: "Name" });

test.describe("built-in views", () => {
  test("Running now", async ({ panel }) => {
    await panel.openList(family);
    await panel.views.button.click();
    await panel.views.link("Running now").click();
    await panel.list.shows([going.id]);
    await expect(panel.filters.status).toHaveValue("in_progress");
    await panel.views.button.click();
    await expect(panel.views.link("Running now")).toHaveAttribute("aria-current", "page");
  });

  test("Failed in the last 24 hours finds what the panel calls failed, and says what is in force", async ({ panel, page }) => {
    await panel.open();
    await panel.list.isLoaded();
    await panel.views.button.click();
    await panel.views.link("Failed in the last 24 hours").click();
    // The server calls the first one completed; another began before that time and failed in it.
    await panel.list.shows(ids([mixed, bad, long]));
    await expect(panel.filters.form).toContainText("Outcome: Failed or Completed with errors");
    await expect(panel.filters.form).toContainText("Time: Last 24 hours");
    await expect(page.getByText("3 of all 6 jobs")).toBeVisible();
    await panel.filters.form.getByRole("button", { name: /^Remove the filter Time/ }).click();
    await panel.list.shows(ids([mixed, bad, long, old]));
    await page.goBack();
    await panel.list.shows(ids([mixed, bad, long]));
    await panel.filters.clear.click();
    await panel.list.shows(ids(all));
    await expect(panel.filters.form).not.toContainText("Last 24 hours");
    await panel.isAt("#/all");
  });

  test("Failed in the last 24 hours looks as far back as it has to", async ({ panel, emulator, page }) => {
    const many = Array.from({ length: 120 }, (_, number) => job(family, number + 10, own, at(number / 10)));
    const lost = job(family, 500, own, { ...at(13), overall_status: "failed" });
    await emulator.replaceJobs(family, [...many, lost, old]);
    await panel.open("#/all?outcome=failed,completed-with-errors&within=24h");
    await panel.list.shows([lost.id]);
    await expect(page.getByText("1 of all 122 jobs")).toBeVisible();
  });

  test("Out of date shows the containers of all clouds by one press", async ({ panel, emulator, page }) => {
    const other = families.find((one) => one.cloud !== family.cloud && !one.regions)!;
    const theirs = [1, 2].map((number) => container(other, number));
    await emulator.replaceContainers(other, theirs);
    await emulator.replaceJobs(other, [job(other, 1, theirs.slice(0, 1))]);
    await emulator.replaceJobs(family, [job(family, 1, own, at(24 * 20))]);
    await panel.openList(family);
    await panel.views.button.click();
    await panel.views.link("Out of date").click();
    await expect(page.getByRole("heading", { level: 1, name: "Out of date" })).toBeVisible();
    const table = page.getByRole("table", { name: "Containers out of date" });
    const title = `${other.cloud} ${other.scope.toLowerCase()}`;
    await expect(table.getByRole("row").filter({ hasText: theirs[1]!.name }).filter({ hasText: title })).toContainText("never");
    // Regions that no job names were never synchronized, however many days count.
    const synchronized = table.getByRole("row").filter({ hasText: first.name, has: page.getByRole("link") });
    await expect(synchronized.first()).toBeVisible();
    await expect(table.getByRole("row").filter({ hasText: theirs[0]!.name }).filter({ hasText: title })).toHaveCount(0);
    const clouds = page.getByRole("list", { name: "By cloud" });
    await expect(clouds.getByRole("listitem").filter({ hasText: title })).toContainText("1 of 2");
    await page.getByRole("combobox", { name: "Out of date after" }).selectOption("90 days");
    await expect(synchronized).toHaveCount(0);
    await panel.isAt("#/outdated?days=90");
  });
});

test("a view is saved, and its link holds filters, order and columns in any browser", async ({ panel, page, browser, emulator, guard }) => {
  await panel.openList(family, "?rows=10&sort=createdAt");
  await panel.filters.status.selectOption("Failed");
  await panel.columns.button.click();
  await panel.columns.choice("Errors").check();
  await panel.columns.choice("Duration").uncheck();
  await panel.columns.move("Errors", "up").click();
  await page.keyboard.press("Escape");
  await panel.columns.width("Started").press("ArrowRight");
  await panel.views.save("Failed, oldest first");
  await expect(panel.status).toContainText("“Failed, oldest first” is saved");
  await expect(panel.views.button).toBeFocused();

  // It opens in a tab of its own, as any link.
  await panel.views.button.click();
  const link = panel.views.link("Failed, oldest first");
  const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click({ modifiers: ["Control"] })]);
  await tab.close();
  const hash = (await link.getAttribute("href"))!;

  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await guard.watch(elsewhere);
  const other = new Panel(elsewhere, emulator, guard);
  await other.open(hash);
  await other.list.shows(ids([old, long, bad]));
  await expect(other.list.headers).toHaveText(["Outcome", "Containers", "Errors", "Started", "Job"]);
  await expect(other.columns.width("Started")).toHaveAttribute("aria-valuenow", "144");
  await expect(other.filters.status).toHaveValue("failed");
  await expect(other.pages.rows).toHaveValue("10");
  await context.close();
});

test("the open job and the page are no part of a view", async ({ panel }) => {
  await panel.openList(family, "?rows=2&page=2");
  await panel.list.links.first().click();
  await expect(panel.detail.region).toBeVisible();
  await panel.views.save("Two");
  await panel.views.button.click();
  await expect(panel.views.link("Two")).toHaveAttribute("href", `#/${family.slug}?rows=2&columns=default`);
});

test("a name is needed, and one that exists is replaced only when asked", async ({ panel }) => {
  await panel.openList(family, "?status=failed");
  await panel.views.openDialog("Save this view");
  const { dialog } = panel.views;
  await expect(box(dialog)).toBeFocused();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("Type a name");
  await box(dialog).fill("Mine");
  await box(dialog).press("Enter");
  await expect(dialog).toHaveCount(0);

  await panel.openList(family, "?status=completed");
  await panel.views.openDialog("Save this view");
  await box(dialog).fill(" mine ");
  await box(dialog).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("“Mine” exists already");
  await dialog.getByRole("button", { name: "Replace it" }).click();
  await expect(dialog).toHaveCount(0);
  await panel.views.button.click();
  await expect(panel.views.saved.getByRole("link")).toHaveText(["mine"]);
  await expect(panel.views.link("mine")).toHaveAttribute("href", /status=completed/);
});

test("views are renamed, moved, deleted and brought back", async ({ panel }) => {
  await panel.openList(family);
  for (const name of ["One", "Two", "Three"]) await panel.views.save(name);
  await panel.views.openDialog("Manage views");
  const { manage, names } = panel.views;
  const press = (name: string) => manage.getByRole("button", { name, exact: true });
  await expect(names).toHaveText(["One", "Two", "Three"]);
  await press("Move Three up").click();
  await expect(names).toHaveText(["One", "Three", "Two"]);
  await expect(press("Move Three up")).toBeFocused();
  await press("Move One down").press("Enter");
  await expect(names).toHaveText(["Three", "One", "Two"]);
  await expect(press("Move Three up")).toHaveAttribute("aria-disabled", "true");

  await press("Rename One").click();
  await expect(box(manage)).toBeFocused();
  await box(manage).fill("two");
  await box(manage).press("Enter");
  await expect(manage.getByRole("alert").filter({ hasText: "“Two” exists already" })).toBeVisible();
  await box(manage).fill("First");
  await box(manage).press("Enter");
  await expect(names).toHaveText(["Three", "First", "Two"]);
  await expect(press("Rename First")).toBeFocused();
  await press("Rename First").click();
  await box(manage).press("Escape");
  await expect(names).toHaveText(["Three", "First", "Two"]);

  await press("Delete First").click();
  await expect(names).toHaveText(["Three", "Two"]);
  await expect(press("Undo")).toBeFocused();
  await press("Undo").click();
  await expect(names).toHaveText(["Three", "First", "Two"]);
  await press("Delete Two").click();
  await press("Done").click();
  await expect(panel.views.button).toBeFocused();
  expect(await saved(panel)).toEqual(["Three", "First"]);
  await panel.page.reload();
  expect(await saved(panel)).toEqual(["Three", "First"]);
});

test("what Manage views says is in the dialog, and says where the browser kept nothing", async ({ panel, page }) => {
  await panel.openList(family);
  for (const name of ["One", "Two"]) await panel.views.save(name);
  await panel.views.openDialog("Manage views");
  const { manage } = panel.views;
  const press = (name: string) => manage.getByRole("button", { name, exact: true }).click();
  const rename = async (from: string, to: string) => {
    await press(`Rename ${from}`);
    await box(manage).fill(to);
    await box(manage).press("Enter");
  };
  // The rest of the page is closed to a reader.
  const says = (text: string) => expect(manage.getByText(text, { exact: true })).toBeVisible();
  await press("Move One down");
  await says("One is now view 2 of 2");
  await rename("One", "First");
  await says("“One” is now named “First”");
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  const fleeting = "This browser keeps nothing for this page: the views are there until it closes.";
  await rename("First", "Renamed");
  await says(`“First” is now named “Renamed”. ${fleeting}`);
  await press("Move Renamed up");
  await says(`Renamed is now view 1 of 2. ${fleeting}`);
  await press("Delete Two");
  await says(`The view “Two” is deleted. ${fleeting}`);
  await press("Undo");
  await says(`The view “Two” is there again. ${fleeting}`);
});

test("a deleted view comes back beside another one of its name", async ({ panel }) => {
  await panel.openList(family);
  const tab = await anotherTab(panel);
  await tab.openList(family, "?status=failed");
  await panel.views.save("One");
  await panel.views.openDialog("Manage views");
  const { manage, names } = panel.views;
  await manage.getByRole("button", { name: "Delete One" }).click();
  await tab.views.save("One");
  await expect(names).toHaveText(["One"]);
  await manage.getByRole("button", { name: "Undo" }).click();
  await expect(manage.getByText("The view “One” is there again, as “One (2)”", { exact: true })).toBeVisible();
  await expect(names).toHaveText(["One (2)", "One"]);
  await expect(names.first()).not.toHaveAttribute("href", /status/);
  await expect(manage.getByRole("button", { name: "Delete One (2)" })).toBeFocused();
});

test("what this panel does not understand in the storage outlasts a change", async ({ panel, page }) => {
  const one = { name: "One", address: "#/all", colour: "red" };
  const two = { name: "Two", address: "#/all?status=failed" };
  const strange = [{ title: "odd" }, { name: "Newer", address: `#/${family.slug}?sort=-completed_at` }, 7];
  await panel.openList(family);
  await page.evaluate((views) => localStorage.setItem("key-sync.views", JSON.stringify(views)), [one, ...strange, two]);
  await page.reload();
  await panel.list.isLoaded();
  expect(await saved(panel)).toEqual(["One", "Two"]);
  await panel.views.save("Three");
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("key-sync.views")!));
  expect(kept).toEqual([one, two, { name: "Three", address: `#/${family.slug}?columns=default` }, ...strange]);
});

test("tabs keep in step", async ({ panel }) => {
  await panel.openList(family);
  const tab = await anotherTab(panel);
  await tab.openList(family);
  await tab.views.button.click();
  await panel.views.save("Shared");
  await expect(tab.views.link("Shared")).toBeVisible();
});

test("a link is copied", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.openList(family, "?status=failed");
  await panel.views.button.click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${panel.emulator.panel}#/${family.slug}?status=failed&columns=default`
  );
});

test.describe("files", () => {
  /** What **Export** gives. */
  async function exported(panel: Panel): Promise<string> {
    const download = panel.page.waitForEvent("download");
    await panel.views.manage.getByRole("button", { name: "Export" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("key-sync-views.json");
    return readFileSync((await file.path())!, "utf8");
  }

  const file = (views: unknown, more: object = {}) => JSON.stringify({ format: "key-sync-views", version: 1, views, ...more });

  test("what is exported is imported in another browser", async ({ panel, browser, emulator, guard }) => {
    await panel.openList(family, "?status=failed");
    await panel.views.save("Failed");
    await panel.openList(family, "?columns=job,outcome");
    await panel.views.save("„Narrow“ <b>");
    await panel.views.openDialog("Manage views");
    const text = await exported(panel);

    const context = await browser.newContext();
    const elsewhere = await context.newPage();
    await guard.watch(elsewhere);
    const other = new Panel(elsewhere, emulator, guard);
    await other.openList(family);
    await other.views.openDialog("Manage views");
    await other.views.import(text);
    await expect(other.views.names).toHaveText(["Failed", "„Narrow“ <b>"]);
    await expect(other.status).toContainText("2 views imported");
    expect(await exported(other)).toBe(text);
    // The same once more changes nothing.
    await other.views.import(text);
    await expect(other.views.names).toHaveCount(2);
    await context.close();
  });

  test("a bad file is refused as a whole, and what is wrong is named with its place", async ({ panel }) => {
    await panel.openList(family);
    await panel.views.openDialog("Manage views");
    const refused = panel.views.manage.getByRole("alert").filter({ hasText: "Nothing was imported" });
    const fine = { name: "Fine", address: `#/${family.slug}` };
    for (const [text, ...said] of [
      ["no JSON", "line 1, column"],
      ["[]", "“format”"],
      [file([fine], { version: 2 }), "“version”"],
      [file("all"), "no list “views”"],
      [file([fine, { name: "Evil", address: "javascript:alert(1)" }, { name: "", address: "#/all" }]), "View 2 (“Evil”)", "View 3"],
      [file([fine, { name: "Away", address: "https://example.com/#/all" }]), "View 2 (“Away”)"],
      [file([{ name: "Gone", address: "#/nimbus" }]), "“nimbus”"],
      [file([{ name: "Odd", address: `#/${family.slug}?columns=colour,job` }]), "“colour”"],
      [file([fine, fine]), "stands in the file twice"]
    ] as [string, ...string[]][]) {
      await panel.views.import(text);
      for (const part of said) await expect(refused).toContainText(part);
      await expect(panel.views.names).toHaveCount(0);
      await refused.getByRole("button", { name: "Dismiss" }).click();
      await expect(panel.views.importing).toBeFocused();
    }
  });

  test("names that exist are asked about", async ({ panel }) => {
    await panel.openList(family);
    await panel.views.save("Mine");
    await panel.views.openDialog("Manage views");
    const { manage, names } = panel.views;
    const text = file([{ name: "Mine", address: `#/${family.slug}/a-job?status=failed&page=7` }, { name: "Other", address: "#/all" }]);
    await panel.views.import(text);
    await expect(manage.getByText("This name exists already: “Mine”.")).toBeVisible();
    await expect(names).toHaveText(["Mine"]);
    await manage.getByRole("button", { name: "Keep both, with a number" }).click();
    await expect(names).toHaveText(["Mine", "Mine (2)", "Other"]);
    await expect(panel.views.importing).toBeFocused();
    // Only the address of a view is kept of it.
    await expect(names.nth(1)).toHaveAttribute("href", `#/${family.slug}?status=failed`);
    await panel.views.import(text);
    await manage.getByRole("button", { name: "Import nothing" }).click();
    await expect(panel.views.importing).toBeFocused();
    await panel.views.import(text);
    await manage.getByRole("button", { name: "Replace them" }).click();
    await expect(names).toHaveText(["Mine", "Mine (2)", "Other"]);
    await expect(names.first()).toHaveAttribute("href", `#/${family.slug}?status=failed`);
  });
});

test("without storage views hold until the page closes", async ({ panel, page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("forbidden", "SecurityError"); } })
  );
  await panel.openList(family);
  await panel.views.save("Fleeting");
  await expect(panel.status).toContainText("there until it closes");
  await panel.frame.link("All clouds").click();
  expect(await saved(panel)).toEqual(["Fleeting"]);
});

test("the menu is a way by keyboard, and gives the focus back", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.views.button.press("Enter");
  await page.keyboard.press("Tab");
  await expect(panel.views.link("Running now")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel.views.button).toBeFocused();
  await panel.views.openDialog("Manage views");
  await page.keyboard.press("Escape");
  await expect(panel.views.manage).toHaveCount(0);
  await expect(panel.views.button).toBeFocused();
});
