// The panel asks again by itself. Time stands still in these tests but for what a test lets pass.
import type { Page } from "@playwright/test";

import { container, GOOD, ids, job, jobs, running, statusKey } from "../data";
import { API, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import { answeredInView as answered, askedInView as asked, countChanges, holdTime, isWhole, pass, settle, show, watchRequests } from "../time";

test.use({ server: { data: "empty", config: {} } });

const own = [1, 2, 3].map((number) => container(family, number));
const LIST = listPath(family);

/** As each stands in `config.json` where nobody has set it, in milliseconds. */
const RUNNING = 4000;
const QUIET = 45_000;

const all = jobs(family, 30, own);
const going = job(family, 2, own, running);
const withGoing = [all[0]!, going, ...all.slice(2)];

test.beforeEach(async ({ panel, page, emulator }) => {
  await holdTime(panel);
  // The time of day too, so that nothing is told to be a minute older.
  await page.clock.setFixedTime(emulator.time());
  await watchRequests(page);
  // Without luck: the waits after failures are the longest.
  await page.addInitScript(() => void (Math.random = () => 1));
  await emulator.replaceContainers(family, own);
});

const OPEN = [
  { view: "a list", hash: `#/${family.slug}`, often: [LIST] },
  { view: "a job beside its list", hash: `#/${family.slug}/${going.id}`, often: [jobPath(family, going.id)] },
  { view: "all clouds", hash: "#/all", often: [LIST] },
  { view: "a job beside all clouds", hash: `#/all/${family.slug}/${going.id}`, often: [jobPath(family, going.id)] }
];

for (const { view, hash, often } of OPEN) {
  test(`${view}: refreshes that change nothing touch nothing, and ask for no more than what runs`, async ({ panel, emulator, page }) => {
    await emulator.replaceJobs(family, withGoing);
    await panel.open(hash);
    await panel.list.isLoaded();
    await expect(panel.list.link(going.id)).toBeAttached();
    const lists = hash.startsWith("#/all") ? families.map(listPath) : [LIST];
    await settle(panel, ...lists, API + family.containersPath);
    await isWhole(panel);
    await panel.refresh();
    await settle(panel, ...lists);
    const changes = await countChanges(page);
    expect(await pass(panel, RUNNING - 1)).toEqual([]);
    expect(await pass(panel, 1)).toEqual(often);
    for (let round = 0; round < 5; round += 1) expect(await pass(panel, RUNNING)).toEqual(often);
    // The others come when it is their turn, and once.
    const rest: string[] = [];
    for (let passed = 6 * RUNNING; passed <= QUIET; passed += RUNNING) rest.push(...(await pass(panel, RUNNING)));
    expect(rest.filter((path) => !often.includes(path)).sort()).toEqual(
      lists.filter((path) => !often.includes(path)).sort()
    );
    expect(await changes()).toEqual([]);
    await expect(panel.status).toHaveText("");
  });
}

test("where nothing runs it is asked seldom", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await settle(panel, LIST);
  expect(await pass(panel, QUIET - 1)).toEqual([]);
  expect(await pass(panel, 1)).toEqual([LIST]);
  // What somebody else starts is found then, and from there on followed.
  await emulator.replaceJobs(family, withGoing);
  expect(await pass(panel, QUIET)).toEqual([LIST]);
  await expect(panel.list.row(going.id)).toContainText("In progress");
  await expect(page).toHaveTitle(/^1 running/);
  expect(await pass(panel, RUNNING)).toEqual([LIST]);
});

test("a job that has ended is not asked for again", async ({ panel, emulator }) => {
  await emulator.replaceJobs(family, all);
  await panel.openList(family, `/${all[0]!.id}`);
  await settle(panel, LIST, jobPath(family, all[0]!.id));
  expect(await pass(panel, QUIET)).toEqual([LIST]);
  await panel.refresh();
  expect((await answered(panel.page)).sort()).toEqual([LIST, jobPath(family, all[0]!.id)].sort());
});

test.describe("config.json", () => {
  test.use({ server: { data: "empty", config: { running_seconds: 2, quiet_seconds: 10 } } });

  test("says how often", async ({ panel, emulator }) => {
    await emulator.replaceJobs(family, withGoing);
    await panel.openList(family);
    await settle(panel, LIST);
    expect(await pass(panel, 1999)).toEqual([]);
    expect(await pass(panel, 1)).toEqual([LIST]);
    await emulator.replaceJobs(family, all);
    expect(await pass(panel, 2000)).toEqual([LIST]);
    expect(await pass(panel, 9999)).toEqual([]);
    expect(await pass(panel, 1)).toEqual([LIST]);
  });
});

test("one chooses how often, also not at all", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  const pace = page.getByRole("combobox", { name: "Refresh", exact: true });
  await expect(pace).toHaveValue("Automatic");
  await expect(pace.getByRole("option")).toHaveText(["Off", "5 s", "15 s", "60 s", "Automatic"]);
  await pace.selectOption("Off");
  expect(await pass(panel, 3_600_000)).toEqual([]);
  await panel.refresh();
  expect(await answered(page)).toEqual([LIST]);
  expect(await pass(panel, 60_000)).toEqual([]);
  for (const seconds of [15, 60, 5]) {
    // From the last answer on: what is due at the new pace already comes at once.
    await pace.selectOption(`${seconds} s`);
    await pass(panel, 0);
    await panel.refresh();
    await settle(panel);
    expect(await pass(panel, seconds * 1000 - 1)).toEqual([]);
    expect(await pass(panel, 1)).toEqual([LIST]);
    expect(await pass(panel, seconds * 1000)).toEqual([LIST]);
  }
  // It holds for every view.
  await panel.frame.link("All clouds").click();
  await expect(pace).toHaveValue("5 s");
  await settle(panel, ...families.map(listPath));
  expect((await pass(panel, 5000)).sort()).toEqual(families.map(listPath).sort());
});

test("what is due at a new pace already is asked at once", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await settle(panel, LIST);
  expect(await pass(panel, 30_000)).toEqual([]);
  await page.getByRole("combobox", { name: "Refresh" }).selectOption("15 s");
  expect(await pass(panel, 0)).toEqual([LIST]);
});

for (const [way, leave, back] of [
  ["hidden", (page: Page) => show(page, false), (page: Page) => show(page, true)],
  ["offline", (page: Page) => page.context().setOffline(true), (page: Page) => page.context().setOffline(false)]
] as const) {
  test(`nothing is asked while the page is ${way}, and once on return where it is due`, async ({ panel, emulator, page }) => {
    await emulator.replaceJobs(family, withGoing);
    await panel.openList(family);
    await settle(panel, LIST);
    await isWhole(panel);
    await leave(page);
    expect(await pass(panel, 3_600_000)).toEqual([]);
    await back(page);
    expect(await pass(panel, 0)).toEqual([LIST]);
    expect(await pass(panel, RUNNING)).toEqual([LIST]);

    // Who is away for a moment finds everything as if they had stayed.
    await leave(page);
    expect(await pass(panel, RUNNING - 1000)).toEqual([]);
    await back(page);
    expect(await pass(panel, 999)).toEqual([]);
    expect(await pass(panel, 1)).toEqual([LIST]);
  });
}

test("an answer that takes longer than the interval is waited for, and nothing piles up", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  await isWhole(panel);
  await emulator.fault({ path: LIST, times: 1, hold: "slow" });
  const changes = await countChanges(page);
  await page.clock.runFor(RUNNING);
  await expect.poll(() => emulator.held("slow")).toBe(1);
  await page.clock.runFor(5 * RUNNING);
  expect(await asked(page)).toEqual([LIST]);
  // Nobody waits for it, so nobody is told that it takes long.
  expect(await changes()).toEqual([]);
  // Nor does anything else hasten it.
  await show(page, false);
  await show(page, true);
  await page.getByRole("combobox", { name: "Refresh" }).selectOption("5 s");
  await page.getByRole("combobox", { name: "Refresh" }).selectOption("Automatic");
  await page.clock.runFor(5 * RUNNING);
  expect(await asked(page)).toEqual([]);
  await emulator.release("slow");
  expect(await answered(page)).toEqual([]);
  // From its answer on.
  expect(await pass(panel, RUNNING - 1)).toEqual([]);
  expect(await pass(panel, 1)).toEqual([LIST]);

  // What a person asks for is waited for alike.
  await emulator.fault({ path: LIST, times: 1, hold: "pressed" });
  await panel.refresh();
  await expect.poll(() => emulator.held("pressed")).toBe(1);
  await page.clock.runFor(5 * RUNNING);
  expect(await asked(page)).toEqual([LIST]);
  await emulator.release("pressed");
  expect(await answered(page)).toEqual([]);
});

test("failures back off up to five minutes, are shown once, and go with the next success", async ({ panel, emulator, guard, page }) => {
  guard.expect(503);
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  const body = (number: number) => ({ codeDesc: "NCERRUnavailable", message: "Later", requestID: `r-${number}` });
  await emulator.fault({ path: LIST, times: 1, status: 503, body: body(0) });
  expect(await pass(panel, RUNNING)).toEqual([LIST]);
  const alert = panel.alert("NCERRUnavailable: Later");
  await expect(alert).toBeVisible();
  await alert.getByRole("button", { name: "Try again" }).focus();
  await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription(/not all jobs could be looked at/i);
  const changes = await countChanges(page);
  for (const [number, seconds] of [8, 16, 32, 64, 128, 256, 300, 300].entries()) {
    await emulator.fault({ path: LIST, times: 1, status: 503, body: body(number + 1) });
    expect(await pass(panel, seconds * 1000 - 1), `before ${seconds} s`).toEqual([]);
    expect(await pass(panel, 1), `after ${seconds} s`).toEqual([LIST]);
  }
  // Other than by the number of its request each is the same, and nothing is said anew.
  expect(await changes()).toEqual([]);
  await expect(alert.getByRole("button", { name: "Try again" })).toBeFocused();
  await panel.list.shows(ids(withGoing.slice(0, 25)));
  expect(await pass(panel, 300_000)).toEqual([LIST]);
  await expect(alert).toHaveCount(0);
  await panel.list.shows(ids(withGoing.slice(0, 25)));
  expect(await pass(panel, RUNNING)).toEqual([LIST]);
});

for (const [form, headers] of [
  ["seconds", { "retry-after": "120" }],
  ["a date", { "retry-after": "Mon, 02 Mar 2026 12:02:00 GMT", date: "Mon, 02 Mar 2026 12:00:00 GMT" }]
] as const) {
  test(`a Retry-After in ${form} is kept`, async ({ panel, emulator, guard }) => {
    guard.expect(429);
    await emulator.replaceJobs(family, withGoing);
    await panel.openList(family);
    await settle(panel, LIST);
    await emulator.fault({ path: LIST, times: 1, status: 429, body: "", headers });
    expect(await pass(panel, RUNNING)).toEqual([LIST]);
    await expect(panel.alert("HTTP 429")).toBeVisible();
    expect(await pass(panel, 119_999)).toEqual([]);
    expect(await pass(panel, 1)).toEqual([LIST]);
    await expect(panel.alert("HTTP 429")).toHaveCount(0);
  });
}

test("a cloud that is out of order holds no other back", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const other = families.at(-1)!;
  await emulator.replaceJobs(family, withGoing);
  await emulator.replaceJobs(other, [job(other, 1, [container(other, 1)], running)]);
  await panel.open();
  await settle(panel, ...families.map(listPath));
  await emulator.fault({ path: listPath(other), status: 502, body: "" });
  expect((await pass(panel, RUNNING)).sort()).toEqual([LIST, listPath(other)].sort());
  await expect(panel.alert("HTTP 502")).toBeVisible();
  expect(await pass(panel, RUNNING)).toEqual([LIST]);
  expect((await pass(panel, RUNNING)).sort()).toEqual([LIST, listPath(other)].sort());
  expect(await pass(panel, RUNNING)).toEqual([LIST]);
});

test("an outcome changes in place, and focus, scroll and an open menu stay", async ({ panel, emulator, page }) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST, API + family.containersPath);
  await panel.list.link(going.id).focus();
  await page.evaluate(() => scrollTo(0, 120));
  const row = await panel.list.row(going.id).elementHandle();
  const ended = { ...going, ...all[1], overall_status: "completed", detailed_status: { [statusKey(family, own[0]!)]: GOOD } };
  const then = [all[0]!, ended, ...all.slice(2)];
  await emulator.replaceJobs(family, then);
  expect(await pass(panel, RUNNING)).toEqual([LIST]);
  await expect(await panel.list.cell(going.id, "Outcome")).toHaveText("Completed");
  await expect(panel.list.link(going.id)).toBeFocused();
  expect(await row!.evaluate((row) => row.isConnected)).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(120);
  await expect(page).not.toHaveTitle(/running/);

  await panel.filters.containers(family).click();
  await panel.filters.search.fill(own[1]!.name);
  await emulator.replaceJobs(family, withGoing);
  expect(await pass(panel, QUIET)).toEqual([LIST]);
  await expect(await panel.list.cell(going.id, "Outcome")).toContainText("In progress");
  await expect(panel.filters.search).toBeFocused();
  await expect(panel.filters.search).toHaveValue(own[1]!.name);
  await expect(panel.filters.checkboxes).toHaveCount(1);
});

test("an open job is followed by itself, and its row beside it goes along", async ({ panel, emulator }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family, `/${going.id}`);
  await settle(panel, LIST, jobPath(family, going.id));
  await panel.detail.copyAs.button.focus();
  await emulator.replaceJobs(family, [all[0]!, { ...all[1]!, updatedAt: new Date(emulator.time()).toISOString() }, ...all.slice(2)]);
  expect(await pass(panel, RUNNING)).toEqual([jobPath(family, going.id)]);
  await expect(panel.detail.region).toContainText("Completed");
  await expect(panel.status).toHaveText(/is now Completed\.$/);
  await expect(panel.detail.copyAs.button).toBeFocused();
  await expect(await panel.list.cell(going.id, "Outcome")).toHaveText("Completed");
  // It has ended, and nothing else runs: all is quiet, also when the job is closed.
  expect(await pass(panel, RUNNING)).toEqual([]);
  await panel.detail.region.getByRole("link", { name: "Close" }).click();
  await expect(panel.detail.region).toHaveCount(0);
  expect(await pass(panel, RUNNING)).toEqual([]);
  await expect(await panel.list.cell(going.id, "Outcome")).toHaveText("Completed");
});

test("an open dialog is not disturbed", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.container(own[1]!.name).check();
  await panel.start.searches.first().fill("000");
  await emulator.replaceJobs(family, all);
  // The form asks as well: it follows the job that it has named.
  expect(await pass(panel, RUNNING)).toContain(LIST);
  await expect(await panel.list.cell(going.id, "Outcome")).not.toContainText("In progress");
  await expect(panel.start.dialog).toBeVisible();
  await expect(panel.start.searches.first()).toBeFocused();
  await expect(panel.start.searches.first()).toHaveValue("000");
  await expect(panel.start.container(own[1]!.name)).toBeChecked();
  await page.keyboard.press("Escape");

  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family, `/${going.id}`);
  await settle(panel, LIST, jobPath(family, going.id));
  await panel.detail.button("Cancel job").click();
  await expect(panel.detail.keep).toBeFocused();
  const changes = await countChanges(page);
  expect(await pass(panel, RUNNING)).toEqual([jobPath(family, going.id)]);
  expect(await changes()).toEqual([]);
  await expect(panel.detail.keep).toBeFocused();
});
