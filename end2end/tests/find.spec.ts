// The dialog Find: views, actions, containers and jobs of all clouds.
import { axeFindsNothing } from "../axe";
import { container, filterValue, GOOD, job, statusKey, uuid } from "../data";
import { API, families, family, jobPath } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { open: true, data: "empty" } });

const own = container(family, 1);
const one = job(family, 1, [own], { detailed_status: { [statusKey(family, own)]: GOOD } });
const other = families.find(({ cloud }) => cloud !== family.cloud)!;
const elsewhere = container(other, 42);
const hidden = job(other, 77, [elsewhere], {});

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, [own]);
  await emulator.replaceContainers(other, [elsewhere]);
  await emulator.replaceJobs(family, [one]);
});

/** Opens the dialog by its key. */
async function open(panel: Panel): Promise<void> {
  await panel.openList(family);
  await expect(panel.find.button).toBeVisible();
  await panel.page.keyboard.press("Control+k");
  await expect(panel.find.box).toBeFocused();
}

test("the button and the keys open it, Escape closes it, and the focus returns", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.find.button.click();
  await expect(panel.find.box).toBeFocused();
  await expect(panel.find.group("Views")).toBeVisible();
  await expect(panel.find.group("Actions")).toBeVisible();
  await axeFindsNothing(page);
  await page.keyboard.press("Escape");
  await expect(panel.find.dialog).toHaveCount(0);
  await expect(panel.find.button).toBeFocused();
  await panel.list.links.first().focus();
  await page.keyboard.press("Meta+k");
  await expect(panel.find.box).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel.list.links.first()).toBeFocused();
});

test("a view is found by its words, arrows choose, Enter opens", async ({ panel, page }) => {
  await open(panel);
  await panel.find.box.fill("history");
  await expect(panel.find.options).toHaveCount(8);
  await panel.find.box.fill(`${family.title} nothing at all`);
  await expect(panel.find.dialog).toContainText(`Nothing matches “${family.title} nothing at all”.`);
  await expect(panel.find.dialog).not.toContainText("0 results");
  await panel.find.box.fill("attention");
  await expect(panel.find.chosen).toHaveText("Needs attention");
  await panel.find.box.fill(`${other.scope} freshness`);
  await expect(panel.find.chosen).toHaveCount(1);
  const first = await panel.find.chosen.innerText();
  await page.keyboard.press("ArrowDown");
  expect(await panel.find.chosen.innerText()).not.toBe(first);
  await page.keyboard.press("ArrowUp");
  await expect(panel.find.chosen).toHaveText(first);
  const id = await panel.find.chosen.getAttribute("id");
  await expect(panel.find.box).toHaveAttribute("aria-activedescendant", id!);
  await page.keyboard.press("Enter");
  await expect(panel.find.dialog).toHaveCount(0);
  await expect.poll(() => panel.hash()).toContain("#/freshness/");
});

test("an action is done: the zone, a start, the list of keys", async ({ panel, page }) => {
  await open(panel);
  await panel.find.box.fill("utc");
  await page.keyboard.press("Enter");
  await expect(panel.find.dialog).toHaveCount(0);
  await expect(await panel.list.cell(one.id, "Started")).toHaveAttribute("title", /Z$/);
  await page.keyboard.press("Control+k");
  await panel.find.box.fill("local times");
  await expect(panel.find.chosen).toHaveText("Show local times");
  await panel.find.box.fill(`start ${other.cloud}`);
  await page.keyboard.press("Enter");
  await expect(panel.start.dialog).toContainText(other.cloud);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await panel.find.box.fill("keyboard shortcuts");
  await panel.find.option(/^Keyboard shortcuts$/).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("what is chosen stays so when more is found", async ({ panel, emulator, page }) => {
  const word = family.cloud.toLowerCase();
  await emulator.replaceContainers(family, [container(family, 2, { name: word })]);
  await emulator.replaceJobs(family, []);
  await emulator.fault({ path: API + family.containersPath, times: 1, hold: "late" });
  await panel.open();
  await panel.list.isLoaded();
  await panel.find.button.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  await panel.find.box.fill(word);
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press("ArrowDown");
  const chosen = await panel.find.chosen.innerText();
  await emulator.release("late");
  await expect(panel.find.group("Containers").getByRole("option", { name: word })).toBeVisible();
  expect(await panel.find.chosen.innerText()).toBe(chosen);
});

test("lists that fail are named, and the rest is found", async ({ panel, emulator }) => {
  panel.guard.expect(403);
  await emulator.fault({ path: API + other.containersPath, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
  await open(panel);
  await expect(panel.find.dialog).toContainText(`Not loaded: ${other.cloud} ${other.many}.`);
  await panel.find.box.fill(own.name);
  await expect(panel.find.group("Containers").getByRole("option", { name: own.name })).toBeVisible();
});

test("a job that is known is found by a part of its id, and a container of any cloud by its name and its id", async ({ panel, page }) => {
  await open(panel);
  await panel.find.box.fill(one.id.slice(0, 8));
  await expect(panel.find.group("Jobs").getByRole("option")).toHaveCount(1);
  await panel.find.box.fill(one.id);
  await expect(panel.find.chosen).toContainText(one.id);
  await expect(panel.find.option(/^Look for job/)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await panel.isAt(`#/${family.slug}/${one.id}`);
  await expect(panel.find.dialog).toHaveCount(0);

  // A container opens the list of its jobs.
  await page.keyboard.press("Control+k");
  for (const typed of [elsewhere.name, elsewhere.id.slice(0, 12)]) {
    await panel.find.box.fill(typed);
    await expect(panel.find.group("Containers").getByRole("option", { name: elsewhere.name })).toBeVisible();
  }
  await panel.find.group("Containers").getByRole("option", { name: elsewhere.name }).first().click();
  await expect.poll(() => decodeURIComponent(panel.hash()).replaceAll("+", " ")).toBe(`#/${other.slug}?${other.filter}=${filterValue(other, elsewhere)}`);
  await expect(panel.filters.containers(other, 1)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a complete id that is not known is looked for in each cloud, and where none has it, that is said, and a cloud that did not answer is named", async ({
  panel,
  emulator,
  page
}) => {
  panel.guard.expect(404);
  await open(panel);
  await emulator.replaceJobs(other, [hidden]);
  await panel.find.box.fill(hidden.id);
  await expect(panel.find.chosen).toHaveText(`Look for job ${hidden.id} in each cloud`);
  await page.keyboard.press("Enter");
  await panel.isAt(`#/${other.slug}/${hidden.id}`);
  const paths = (await emulator.requests()).map(({ path }) => path);
  expect(paths.indexOf(jobPath(family, hidden.id))).toBeLessThan(paths.indexOf(jobPath(other, hidden.id)));
  await expect(panel.find.dialog).toHaveCount(0);

  await page.keyboard.press("Control+k");
  const id = uuid(123, 4);
  await panel.find.box.fill(id);
  await page.keyboard.press("Enter");
  const said = panel.find.dialog.getByRole("status");
  await expect(said).toHaveText(`No cloud has a job ${id}.`);
  panel.guard.expect(503);
  await emulator.fault({ path: jobPath(other, id), status: 503, body: {} });
  await panel.find.box.fill(id.slice(1));
  await panel.find.box.fill(id);
  await page.keyboard.press("Enter");
  await expect(said).toHaveText(new RegExp(`^No cloud that answered has a job ${id}\\. Not answered: ${other.cloud}`));
});

test("a container's name may be anything", async ({ panel, emulator, page }) => {
  const name = `<img src=x onerror="document.title='taken'">\u202e{{7*7}}`;
  await emulator.replaceContainers(other, [container(other, 9, { name, Name: name, azure_name: name, display_name: name })]);
  await open(panel);
  await panel.find.box.fill("<img");
  await expect(panel.find.options.filter({ hasText: "{{7*7}}" })).toHaveCount(1);
  await expect(page.locator("img")).toHaveCount(0);
});

test("at 360 pixels it fits, and nothing scrolls the page sideways", async ({ panel, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await panel.openList(family);
  await panel.find.button.click();
  await panel.find.box.fill("start");
  await expect(panel.find.options).not.toHaveCount(0);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await wide()).toBeLessThanOrEqual(0);
  await page.keyboard.press("Escape");
  await panel.preferences.open.click();
  await expect(panel.preferences.group("Theme")).toBeVisible();
  expect(await wide()).toBeLessThanOrEqual(0);
});
