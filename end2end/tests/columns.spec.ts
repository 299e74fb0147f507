// The columns of a list: which there are, in which order and how wide, and where that is kept.
import { BAD, container, GOOD, job, REGIONS, running, statusKey } from "../data";
import { families, family } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const own = [1, 2].map((number) => container(family, number));
const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
const details = { [statusKey(family, first)]: GOOD, [statusKey(family, second)]: BAD };
const ended = job(family, 1, own, { detailed_status: details, regions: REGIONS });
const going = job(family, 2, own, running);

const STANDARD = ["Outcome", "Containers", "Started", "Duration", "Job"];

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [ended, going]);
});

const shows = (panel: Panel, headers: string[]) => expect(panel.list.headers).toHaveText(headers);

/** The cells of a row stand below their headers, in the order of the document as on the screen. */
async function isInOrder(panel: Panel, id: string): Promise<void> {
  const lefts = async (all: { evaluateAll: typeof panel.list.headers.evaluateAll }) =>
    all.evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().left)));
  const headers = await lefts(panel.list.headers);
  expect(await lefts(panel.list.row(id).getByRole("cell"))).toEqual(headers);
  expect(headers).toEqual([...headers].sort((one, other) => one - other));
}

test("columns are chosen, and say what the job has", async ({ panel }) => {
  await panel.openList(family);
  await shows(panel, STANDARD);
  await panel.columns.button.click();
  for (const name of ["Ended", "Updated", "Raw status", "Regions", "Errors"]) await panel.columns.choice(name).check();
  await panel.columns.choice("Containers").uncheck();
  await shows(panel, ["Outcome", "Started", "Duration", "Ended", "Updated", "Raw status", "Regions", "Errors", "Job"]);
  await isInOrder(panel, ended.id);
  const cell = async (header: string) => panel.list.cell(ended.id, header);
  await expect(await cell("Ended")).toHaveText("just now");
  await expect(await cell("Raw status")).toHaveText("completed");
  await expect(await cell("Errors")).toHaveText("1 of 2");
  await expect(await cell("Regions")).toHaveText(`${REGIONS[0]!} +2`);
  await expect(await panel.list.cell(going.id, "Ended")).toHaveText("");
  await expect(panel.list.watch(going.id)).toBeVisible();
  // A row can do all that it could.
  await panel.list.row(going.id).getByRole("checkbox").check();
  await expect(panel.selection.cancel).toBeVisible();
  await panel.list.link(ended.id).click();
  await expect(panel.detail.region).toBeVisible();
});

test("Outcome and Job can be moved but not hidden, and the menu says why", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.columns.button.click();
  for (const name of ["Outcome", "Job"]) {
    await expect(panel.columns.choice(name)).toBeDisabled();
    await expect(panel.columns.choice(name)).toBeChecked();
    await expect(panel.columns.choice(name)).toHaveAccessibleDescription(/always shown/);
  }
  await panel.columns.move("Job", "up").click();
  await shows(panel, ["Outcome", "Containers", "Started", "Job", "Duration"]);
  await expect(panel.columns.move("Job", "up")).toBeFocused();
  await expect(panel.status).toContainText("Job is now column 4 of 5");
  // The next moves are keys alone.
  for (let at = 0; at < 3; at += 1) await page.keyboard.press("Enter");
  await shows(panel, ["Job", "Outcome", "Containers", "Started", "Duration"]);
  await expect(panel.columns.move("Job", "up")).toHaveAttribute("aria-disabled", "true");
  await panel.columns.move("Outcome", "down").press("Space");
  await shows(panel, ["Job", "Containers", "Outcome", "Started", "Duration"]);
  await isInOrder(panel, ended.id);
  await panel.columns.reset.click();
  await shows(panel, STANDARD);
});

test("a width is set by keyboard, and returns to what is usual", async ({ panel }) => {
  await panel.openList(family);
  const edge = panel.columns.width("Started");
  await expect(edge).toHaveAttribute("aria-orientation", "vertical");
  await expect(edge).toHaveAttribute("aria-valuemin", "64");
  await expect(edge).toHaveAttribute("aria-valuemax", "1200");
  await expect(edge).toHaveAttribute("aria-valuenow", "128");
  const width = async (name: string) => (await panel.list.headers.filter({ hasText: name }).boundingBox())!.width;
  await edge.focus();
  await edge.press("ArrowRight");
  await edge.press("ArrowRight");
  await expect(edge).toHaveAttribute("aria-valuenow", "160");
  await expect(edge).toBeFocused();
  expect(await width("Started")).toBe(160);
  await isInOrder(panel, ended.id);
  await edge.press("ArrowLeft");
  expect(await width("Started")).toBe(144);
  await edge.press("Home");
  await expect(edge).toHaveAttribute("aria-valuenow", "64");
  // The column that takes the room that is left can be set as well.
  const containers = await width("Containers");
  await panel.columns.width("Containers").press("ArrowLeft");
  expect(await width("Containers")).toBe(containers - 16);
  const box = (await edge.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
  await edge.press("Delete");
  expect(await width("Started")).toBe(128);
});

test("a width is set by dragging", async ({ panel, page }) => {
  await panel.openList(family);
  const edge = panel.columns.width("Duration");
  const usual = (await panel.list.headers.filter({ hasText: "Duration" }).boundingBox())!.width;
  const { x, y, width, height } = (await edge.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 30, y + height / 2, { steps: 5 });
  await page.mouse.move(x + width / 2 + 50, y + height / 2, { steps: 5 });
  const header = async () => (await panel.list.headers.filter({ hasText: "Duration" }).boundingBox())!.width;
  // As where the browser takes the pointer for scrolling.
  await edge.dispatchEvent("pointercancel", { clientX: 0 });
  expect(await header(), "after a drag that was cancelled").toBe(usual);
  await page.mouse.up();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 50, y + height / 2, { steps: 5 });
  expect(await header(), "while it is dragged").toBe(200);
  await page.mouse.up();
  await expect(edge).toHaveAttribute("aria-valuenow", "200");
  expect(await header()).toBe(200);
  await page.reload();
  await panel.list.isLoaded();
  await expect(edge).toHaveAttribute("aria-valuenow", "200");
  expect(await header()).toBe(200);
});

test("columns that need more room scroll in their place, and not the page", async ({ panel, page }) => {
  await panel.openList(family, "?columns=outcome:900,containers:900,started,job");
  await panel.list.shows([ended.id, going.id]);
  const sizes = await panel.list.table.evaluate((table) => {
    const region = table.parentElement!;
    return [region.scrollWidth - region.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth];
  });
  expect(sizes[0]).toBeGreaterThan(0);
  expect(sizes[1]).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 360, height: 740 });
  const across = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(across).toBeLessThanOrEqual(0);
});

test("they are kept for each kind of list, and the address comes first", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.columns.button.click();
  await panel.columns.choice("Duration").uncheck();
  const chosen = ["Outcome", "Containers", "Started", "Job"];
  await shows(panel, chosen);
  await panel.isAt(`#/${family.slug}`);
  // All clouds is another kind, another cloud is the same.
  await panel.frame.link("All clouds").click();
  await shows(panel, ["Outcome", "Cloud", "Containers", "Started", "Duration", "Job"]);
  const other = families.find((one) => one.cloud !== family.cloud)!;
  await panel.openList(other);
  await expect(panel.list.headers.filter({ hasText: "Duration" })).toHaveCount(0);
  await page.reload();
  await panel.openList(family);
  await shows(panel, chosen);

  await panel.openList(family, "?columns=job,outcome");
  await shows(panel, ["Job", "Outcome"]);
  await panel.columns.button.click();
  await panel.columns.choice("Errors").check();
  await panel.isAt(`#/${family.slug}?columns=job,outcome,errors`);
  await panel.openList(family);
  await shows(panel, chosen);
  await panel.columns.button.click();
  await panel.columns.reset.click();
  await page.reload();
  await shows(panel, STANDARD);
});

test("tabs keep in step", async ({ panel, page }) => {
  await panel.openList(family);
  const tab = await anotherTab(panel);
  await tab.openList(family);
  await tab.columns.button.click();
  await tab.columns.choice("Ended").check();
  const names = STANDARD.slice(0, -1);
  await shows(panel, [...names, "Ended", "Job"]);
  await panel.columns.button.click();
  await panel.columns.choice("Updated").check();
  await shows(panel, [...names, "Ended", "Updated", "Job"]);
  await page.reload();
  await shows(panel, [...names, "Ended", "Updated", "Job"]);
});

test("without storage they hold until the page closes", async ({ panel, page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("forbidden", "SecurityError"); } })
  );
  await panel.openList(family);
  await panel.columns.button.click();
  await panel.columns.choice("Duration").uncheck();
  await panel.frame.link("All clouds").click();
  await panel.frame.link(family.cloud).click();
  await shows(panel, ["Outcome", "Containers", "Started", "Job"]);
});

test("a column that the list does not have is named", async ({ panel, page }) => {
  await panel.openList(family, "?columns=outcome,colour,job");
  await shows(panel, ["Outcome", "Job"]);
  await expect(page.getByText("a column “colour”")).toBeVisible();
});

test("choosing columns asks the server nothing", async ({ panel, emulator }) => {
  await panel.openList(family, "?columns=outcome,started,job");
  await panel.columns.button.click();
  await panel.waitUntilIdle();
  await emulator.clearRequests();
  await panel.columns.choice("Errors").check();
  await panel.columns.move("Errors", "up").click();
  await shows(panel, ["Outcome", "Errors", "Started", "Job"]);
  expect((await emulator.requests()).filter(({ path }) => path.includes("synchronization"))).toEqual([]);
});

test("cards show any columns in their order", async ({ panel, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await panel.openList(family, "?columns=started,job,errors,outcome,duration");
  await panel.list.shows([ended.id, going.id]);
  const cells = panel.list.row(ended.id).getByRole("cell");
  await expect(cells).toHaveCount(5);
  for (const cell of await cells.all()) await expect(cell).toBeVisible();
  const boxes = await cells.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ x, y, right }) => ({ x, y, right })));
  for (const { right } of boxes) expect(right).toBeLessThanOrEqual(360);
  await panel.columns.button.click();
  await panel.columns.reset.click();
  await expect(panel.list.headers).toHaveText(["Outcome", "Containers", "Started", "Job"]);
});
