// Automatic refreshes. The clock is frozen; the tests advance it.
import type { Page } from "@playwright/test";

import { container, GOOD, ids, job, jobs, running, statusKey } from "../data";
import { API, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import { advanceClock, freezeClock, recordMutations, recordRequests, settle, setVisible, takeAnsweredInView as takeAnswered, takeRequestsInView as takeRequests, waitForBackground } from "../time";

test.use({ server: { data: "empty", config: {} } });

const own = [1, 2, 3].map((number) => container(family, number));
const LIST = listPath(family);

/** The defaults of `config.json`, in milliseconds. */
const RUNNING = 4000;
const QUIET = 45_000;

const all = jobs(family, 30, own);
const going = job(family, 2, own, running);
const withGoing = [all[0]!, going, ...all.slice(2)];

test.beforeEach(async ({ panel, page, emulator }) => {
  await freezeClock(panel);
  // The date is frozen too, so that no age changes to the next minute.
  await page.clock.setFixedTime(emulator.time());
  await recordRequests(page);
  // The random part of the waits after failures is at its maximum.
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
  test(`${view}: refreshes without changes leave the document alone, and request only what runs`, async ({ panel, emulator, page }) => {
    await emulator.replaceJobs(family, withGoing);
    await panel.open(hash);
    await panel.list.isLoaded();
    await expect(panel.list.link(going.id)).toBeAttached();
    const lists = hash.startsWith("#/all") ? families.map(listPath) : [LIST];
    await settle(panel, ...lists, API + family.containersPath);
    await waitForBackground(panel);
    // The clouds that the view does not show are asked too, for the count of all that needs attention.
    await advanceClock(panel, QUIET);
    await settle(panel, ...families.map(listPath));
    await panel.refresh();
    await settle(panel, ...lists);
    const changes = await recordMutations(page);
    expect(await advanceClock(panel, RUNNING - 1)).toEqual([]);
    expect(await advanceClock(panel, 1)).toEqual(often);
    for (let round = 0; round < 5; round += 1) expect(await advanceClock(panel, RUNNING)).toEqual(often);
    // The others are requested when they are due, and once.
    const rest: string[] = [];
    for (let passed = 6 * RUNNING; passed <= QUIET; passed += RUNNING) rest.push(...(await advanceClock(panel, RUNNING)));
    expect(rest.filter((path) => !often.includes(path)).sort()).toEqual(
      lists.filter((path) => !often.includes(path)).sort()
    );
    expect(await changes()).toEqual([]);
    await expect(panel.status).toHaveText("");
  });
}

test("without running jobs the list is requested seldom", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await settle(panel, LIST);
  expect(await advanceClock(panel, QUIET - 1)).toEqual([]);
  expect(await advanceClock(panel, 1)).toEqual([LIST]);
  // A job that somebody else has started is found then and followed from there on.
  await emulator.replaceJobs(family, withGoing);
  expect(await advanceClock(panel, QUIET)).toEqual([LIST]);
  await expect(panel.list.row(going.id)).toContainText("In progress");
  await expect(page).toHaveTitle(/^1 running/);
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
});

test("an ended job is not requested again", async ({ panel, emulator }) => {
  await emulator.replaceJobs(family, all);
  await panel.openList(family, `/${all[0]!.id}`);
  await settle(panel, LIST, jobPath(family, all[0]!.id));
  expect(await advanceClock(panel, QUIET)).toEqual([LIST]);
  await panel.refresh();
  expect((await takeAnswered(panel.page)).sort()).toEqual([LIST, jobPath(family, all[0]!.id)].sort());
});

test.describe("config.json", () => {
  test.use({ server: { data: "empty", config: { running_seconds: 2, quiet_seconds: 10 } } });

  test("sets the intervals", async ({ panel, emulator }) => {
    await emulator.replaceJobs(family, withGoing);
    await panel.openList(family);
    await settle(panel, LIST);
    expect(await advanceClock(panel, 1999)).toEqual([]);
    expect(await advanceClock(panel, 1)).toEqual([LIST]);
    await emulator.replaceJobs(family, all);
    expect(await advanceClock(panel, 2000)).toEqual([LIST]);
    expect(await advanceClock(panel, 9999)).toEqual([]);
    expect(await advanceClock(panel, 1)).toEqual([LIST]);
  });
});

test("the interval can be chosen, also none", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  const pace = page.getByRole("combobox", { name: "Refresh", exact: true });
  await expect(pace).toHaveValue("Automatic");
  await expect(pace.getByRole("option")).toHaveText(["Off", "5 s", "15 s", "60 s", "Automatic"]);
  await pace.selectOption("Off");
  expect(await advanceClock(panel, 3_600_000)).toEqual([]);
  await panel.refresh();
  expect(await takeAnswered(page)).toEqual([LIST]);
  expect(await advanceClock(panel, 60_000)).toEqual([]);
  for (const seconds of [15, 60, 5]) {
    // The interval counts from the last response: a request that is already due at the new interval is sent at once.
    await pace.selectOption(`${seconds} s`);
    await advanceClock(panel, 0);
    await panel.refresh();
    await settle(panel);
    expect(await advanceClock(panel, seconds * 1000 - 1)).toEqual([]);
    expect(await advanceClock(panel, 1)).toEqual([LIST]);
    expect(await advanceClock(panel, seconds * 1000)).toEqual([LIST]);
  }
  // The interval applies to every view.
  await panel.frame.link("All clouds").click();
  await expect(pace).toHaveValue("5 s");
  await settle(panel, ...families.map(listPath));
  expect((await advanceClock(panel, 5000)).sort()).toEqual(families.map(listPath).sort());
});

test("a request that is already due at a new interval is sent at once", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await settle(panel, LIST);
  expect(await advanceClock(panel, 30_000)).toEqual([]);
  await page.getByRole("combobox", { name: "Refresh" }).selectOption("15 s");
  expect(await advanceClock(panel, 0)).toEqual([LIST]);
});

test("no request is sent while the page is hidden or offline, and one on return if it is due", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  await waitForBackground(panel);
  for (const [way, leave, back] of [
    ["hidden", (page: Page) => setVisible(page, false), (page: Page) => setVisible(page, true)],
    ["offline", (page: Page) => page.context().setOffline(true), (page: Page) => page.context().setOffline(false)]
  ] as const) {
    await test.step(way, async () => {
      await leave(page);
      expect(await advanceClock(panel, 3_600_000)).toEqual([]);
      await back(page);
      expect(await advanceClock(panel, 0)).toEqual([LIST]);
      expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);

      // A short absence changes nothing.
      await leave(page);
      expect(await advanceClock(panel, RUNNING - 1000)).toEqual([]);
      await back(page);
      expect(await advanceClock(panel, 999)).toEqual([]);
      expect(await advanceClock(panel, 1)).toEqual([LIST]);
    });
  }
});

test("a response that takes longer than the interval is awaited, and requests do not pile up", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  await waitForBackground(panel);
  await emulator.fault({ path: LIST, times: 1, hold: "slow" });
  const changes = await recordMutations(page);
  await page.clock.runFor(RUNNING);
  await expect.poll(() => emulator.held("slow")).toBe(1);
  await page.clock.runFor(5 * RUNNING);
  expect(await takeRequests(page)).toEqual([LIST]);
  // Nobody waits for an automatic refresh, so no notice says that it takes long.
  expect(await changes()).toEqual([]);
  // Nothing else triggers it earlier.
  await setVisible(page, false);
  await setVisible(page, true);
  await page.getByRole("combobox", { name: "Refresh" }).selectOption("5 s");
  await page.getByRole("combobox", { name: "Refresh" }).selectOption("Automatic");
  await page.clock.runFor(5 * RUNNING);
  expect(await takeRequests(page)).toEqual([]);
  await emulator.release("slow");
  expect(await takeAnswered(page)).toEqual([]);
  // The wait counts from the response.
  expect(await advanceClock(panel, RUNNING - 1)).toEqual([]);
  expect(await advanceClock(panel, 1)).toEqual([LIST]);

  // The same wait applies to a pressed refresh.
  await emulator.fault({ path: LIST, times: 1, hold: "pressed" });
  await panel.refresh();
  await expect.poll(() => emulator.held("pressed")).toBe(1);
  await page.clock.runFor(5 * RUNNING);
  expect(await takeRequests(page)).toEqual([LIST]);
  await emulator.release("pressed");
  expect(await takeAnswered(page)).toEqual([]);
});

test("failures back off up to five minutes, are shown once, and disappear with the next success", async ({ panel, emulator, guard, page }) => {
  guard.expect(503);
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  const body = (number: number) => ({ codeDesc: "NCERRUnavailable", message: "Later", requestID: `r-${number}` });
  await emulator.fault({ path: LIST, times: 1, status: 503, body: body(0) });
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
  const alert = panel.alert("NCERRUnavailable: Later");
  await expect(alert).toBeVisible();
  await alert.getByRole("button", { name: "Try again" }).focus();
  await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription(/not all jobs could be looked at/i);
  const changes = await recordMutations(page);
  for (const [number, seconds] of [8, 16, 32, 64, 128, 256, 300, 300].entries()) {
    await emulator.fault({ path: LIST, times: 1, status: 503, body: body(number + 1) });
    expect(await advanceClock(panel, seconds * 1000 - 1), `before ${seconds} s`).toEqual([]);
    expect(await advanceClock(panel, 1), `after ${seconds} s`).toEqual([LIST]);
  }
  // The failures differ only in the request's number, so nothing is announced again.
  expect(await changes()).toEqual([]);
  await expect(alert.getByRole("button", { name: "Try again" })).toBeFocused();
  await panel.list.shows(ids(withGoing.slice(0, 25)));
  expect(await advanceClock(panel, 300_000)).toEqual([LIST]);
  await expect(alert).toHaveCount(0);
  await panel.list.shows(ids(withGoing.slice(0, 25)));
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
});

test("a Retry-After is honoured, in seconds and as a date", async ({ panel, emulator, guard }) => {
  guard.expect(429);
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family);
  await settle(panel, LIST);
  for (const [form, headers] of [
    ["seconds", { "retry-after": "120" }],
    ["a date", { "retry-after": "Mon, 02 Mar 2026 12:02:00 GMT", date: "Mon, 02 Mar 2026 12:00:00 GMT" }]
  ] as const) {
    await test.step(form, async () => {
      await emulator.fault({ path: LIST, times: 1, status: 429, body: "", headers });
      expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
      await expect(panel.alert("HTTP 429")).toBeVisible();
      expect(await advanceClock(panel, 119_999)).toEqual([]);
      expect(await advanceClock(panel, 1)).toEqual([LIST]);
      await expect(panel.alert("HTTP 429")).toHaveCount(0);
    });
  }
});

test("a failing cloud does not delay the others", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const other = families.at(-1)!;
  await emulator.replaceJobs(family, withGoing);
  await emulator.replaceJobs(other, [job(other, 1, [container(other, 1)], running)]);
  await panel.open();
  await settle(panel, ...families.map(listPath));
  await emulator.fault({ path: listPath(other), status: 502, body: "" });
  expect((await advanceClock(panel, RUNNING)).sort()).toEqual([LIST, listPath(other)].sort());
  await expect(panel.alert("HTTP 502")).toBeVisible();
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
  expect((await advanceClock(panel, RUNNING)).sort()).toEqual([LIST, listPath(other)].sort());
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
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
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);
  await expect(await panel.list.cell(going.id, "Outcome")).toHaveText("Completed");
  await expect(panel.list.link(going.id)).toBeFocused();
  expect(await row!.evaluate((row) => row.isConnected)).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(120);
  await expect(page).not.toHaveTitle(/running/);

  await panel.filters.containers(family).click();
  await panel.filters.search.fill(own[1]!.name);
  await emulator.replaceJobs(family, withGoing);
  expect(await advanceClock(panel, QUIET)).toEqual([LIST]);
  await expect(await panel.list.cell(going.id, "Outcome")).toContainText("In progress");
  await expect(panel.filters.search).toBeFocused();
  await expect(panel.filters.search).toHaveValue(own[1]!.name);
  await expect(panel.filters.checkboxes).toHaveCount(1);
});

test("an open job is refreshed automatically, and its row beside it too", async ({ panel, emulator }) => {
  await emulator.replaceJobs(family, withGoing);
  await panel.openList(family, `/${going.id}`);
  await settle(panel, LIST, jobPath(family, going.id));
  await panel.detail.copyAs.button.focus();
  await emulator.replaceJobs(family, [all[0]!, { ...all[1]!, updatedAt: new Date(emulator.time()).toISOString() }, ...all.slice(2)]);
  expect(await advanceClock(panel, RUNNING)).toEqual([jobPath(family, going.id)]);
  await expect(panel.detail.region).toContainText("Completed");
  await expect(panel.status).toHaveText(/is now Completed\.$/);
  await expect(panel.detail.copyAs.button).toBeFocused();
  await expect(await panel.list.cell(going.id, "Outcome")).toHaveText("Completed");
  // The job has ended and no other runs: no requests, also when the job is closed.
  expect(await advanceClock(panel, RUNNING)).toEqual([]);
  await panel.detail.region.getByRole("link", { name: "Close" }).click();
  await expect(panel.detail.region).toHaveCount(0);
  expect(await advanceClock(panel, RUNNING)).toEqual([]);
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
  // The form sends requests too: it follows the job that it names.
  expect(await advanceClock(panel, RUNNING)).toContain(LIST);
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
  const changes = await recordMutations(page);
  expect(await advanceClock(panel, RUNNING)).toEqual([jobPath(family, going.id)]);
  expect(await changes()).toEqual([]);
  await expect(panel.detail.keep).toBeFocused();
});
