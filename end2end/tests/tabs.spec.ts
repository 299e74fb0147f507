// Several tabs of the same panel. Their clock is frozen; the tests advance it for all tabs together.
import { container, job, jobs, running } from "../data";
import { API, family, listPath } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import { freezeClock, recordMutations, recordRequests, takeAnswered, takeAnsweredInView, takeRequests } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty", config: {} } });

const LIST = listPath(family);

/** The defaults of `config.json`, in milliseconds. */
const RUNNING = 4000;
const QUIET = 45_000;

const own = [1, 2, 3].map((number) => container(family, number));
const all = jobs(family, 30, own);
const going = job(family, 2, own, running);
const withGoing = [all[0]!, going, ...all.slice(2)];

interface Named {
  channels: string[];
  /** How many responses were shared with other tabs. */
  shared: number;
}

test.beforeEach(async ({ panel, emulator, context }) => {
  // In all tabs of the browser.
  await freezeClock(panel);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, withGoing);
  await context.addInitScript(() => {
    const channels: string[] = [];
    Object.assign(window, { channels, shared: 0 });
    window.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        channels.push(name);
      }

      override postMessage(message: unknown): void {
        if (Array.isArray(message)) (window as unknown as Named).shared += 1;
        super.postMessage(message);
      }
    };
  });
});

/** Opens the list in a tab and waits until everything is answered. */
async function list(panel: Panel, query = ""): Promise<Panel> {
  await recordRequests(panel.page);
  await panel.openList(family, query);
  await panel.waitUntilIdle(LIST);
  await takeAnswered(panel.page);
  return panel;
}

/** Opens the same list in another tab. */
const beside = async (panel: Panel, query = "") => list(await anotherTab(panel), query);

/** Advances the clock of all tabs; returns the paths that each has requested for its view meanwhile. */
async function advanceClock(tabs: Panel[], milliseconds: number): Promise<string[][]> {
  await tabs[0]!.page.clock.runFor(milliseconds);
  return Promise.all(tabs.map(({ page }) => takeAnsweredInView(page)));
}

/** Waits until the background components are mounted in all tabs: they come with the second part, at most a second later. */
async function waitForBackgrounds(tabs: Panel[]): Promise<void> {
  await advanceClock(tabs, 1000);
  for (const tab of tabs) await expect(tab.watching.region).toBeAttached();
  // What they ask for as they come is not counted.
  for (const { page } of tabs) await takeAnswered(page);
}

/** Advances the clock step by step; returns the number of all requests. */
async function count(tabs: Panel[], seconds: number, step: number): Promise<number> {
  let count = 0;
  for (let passed = 0; passed < seconds; passed += step) {
    await tabs[0]!.page.clock.runFor(step * 1000);
    count += (await Promise.all(tabs.map(({ page }) => takeAnswered(page)))).flat().length;
  }
  return count;
}

/** Asserts that each tab shows the job as running, or as not running. */
async function expectRunning(tabs: Panel[], running: boolean): Promise<void> {
  for (const tab of tabs) {
    const outcome = await tab.list.cell(going.id, "Outcome");
    await (running ? expect(outcome) : expect(outcome).not).toContainText("In progress");
  }
}

test("ten tabs send less than twice the requests of one", async ({ panel, emulator }) => {
  // Ten pages take their time to open.
  test.slow();
  const first = await list(panel);
  await waitForBackgrounds([first]);
  const one = { running: await count([first], 60, 4), quiet: 0 };
  await emulator.replaceJobs(family, all);
  await advanceClock([first], RUNNING);
  one.quiet = await count([first], 600, 50);
  expect(one.running).toBeGreaterThanOrEqual(14);
  expect(one.quiet).toBeGreaterThanOrEqual(12);

  await emulator.replaceJobs(family, withGoing);
  const tabs = [first];
  while (tabs.length < 10) tabs.push(await beside(first));
  // Each tab has loaded its own data; from here on they share.
  await waitForBackgrounds(tabs);
  const often = await count(tabs, 60, 4);
  expect(often, "while a job runs").toBeGreaterThanOrEqual(14);
  expect(often, "while a job runs").toBeLessThan(2 * one.running);
  await expectRunning(tabs, true);
  await emulator.replaceJobs(family, all);
  await advanceClock(tabs, 2 * RUNNING);
  await expectRunning(tabs, false);
  const seldom = await count(tabs, 600, 50);
  expect(seldom, "where nothing runs").toBeGreaterThanOrEqual(11);
  expect(seldom, "where nothing runs").toBeLessThan(2 * one.quiet);
});

test("a response to one tab reaches the others, and an unchanged one leaves the document alone", async ({ panel, emulator }) => {
  const first = await list(panel);
  const tabs = [first, await beside(first), await beside(first)];
  // The date is frozen, so that no age changes to the next minute.
  await first.page.clock.setFixedTime(emulator.time());
  await waitForBackgrounds(tabs);
  const changes = await Promise.all(tabs.map(({ page }) => recordMutations(page)));
  for (let round = 0; round < 3; round += 1) expect((await advanceClock(tabs, RUNNING)).flat()).toEqual([LIST]);
  for (const changed of changes) expect(await changed()).toEqual([]);

  // A change reaches all tabs at once.
  await emulator.replaceJobs(family, all);
  expect((await advanceClock(tabs, RUNNING)).flat()).toEqual([LIST]);
  expect((await advanceClock(tabs, 1)).flat()).toEqual([]);
  await expectRunning(tabs, false);

  // A press of the button sends a request, and its response reaches all tabs.
  for (const [at, running] of [[1, true], [0, false], [0, true]] as const) {
    await emulator.replaceJobs(family, running ? withGoing : all);
    await tabs[at]!.refresh();
    await expectRunning([tabs[at]!], running);
    expect(await advanceClock(tabs, 1)).toEqual(tabs.map((_, tab) => (tab === at ? [LIST] : [])));
    await expectRunning(tabs, running);
  }

  // Malformed messages are ignored.
  const [name] = await first.page.evaluate(() => (window as unknown as Named).channels);
  const untouched = await recordMutations(first.page);
  await tabs[1]!.page.evaluate(
    ([name, path]) => {
      const channel = new BroadcastChannel(name!);
      const now = Date.now();
      const messages = [null, 7, "text", {}, [], [path], [path, "now", 200, "", 0, now], [path, now, 200, { a: 1 }, 0, now], [path, now, 200, "{}", 0], [path, now, 200, "{}", 0, "now"]];
      for (const message of [...messages, [path, 1e300, 200, "{}", 0, now], [path, NaN, 200, "{}", 0, now], [1, 2, 3, 4, 5, 6]]) {
        channel.postMessage(message);
      }
      channel.postMessage(["/nowhere", now, 200, "{}", 0, now]);
    },
    [name, `${LIST.slice(API.length)}?skip=0&limit=25&sort=-createdAt`]
  );
  expect((await advanceClock(tabs, RUNNING - 1000)).flat()).toEqual([]);
  expect(await untouched()).toEqual([]);
  expect((await advanceClock(tabs, 1500)).flat()).toEqual([LIST]);
});

test("a response to what another tab asked before a cancel does not say that the job runs", async ({ panel, emulator }) => {
  const first = await list(panel);
  const other = await beside(first);
  await waitForBackgrounds([first, other]);
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let held = 0;
  await other.page.route(`**${LIST}?*`, async (route) => {
    const response = await route.fetch();
    held += 1;
    await gate;
    await route.fulfill({ response });
  });
  await other.refresh();
  await expect.poll(() => held).toBe(1);
  await first.page.clock.runFor(100);
  await first.selection.box(going.id).check();
  await first.selection.cancel.click();
  await first.selection.button("Cancel jobs").click();
  await expect(first.selection.question).toContainText("1 asked to stop.");
  await first.selection.button("Done").click();
  await expect(await first.list.cell(going.id, "Outcome")).toContainText("Cancelling");
  await emulator.replaceJobs(family, withGoing);
  const late = other.page.waitForResponse((response) => response.url().includes(LIST));
  open();
  await (await late).finished();
  await first.page.clock.runFor(1);
  await expect(await other.list.cell(going.id, "Outcome")).toContainText("In progress");
  await expect(await first.list.cell(going.id, "Outcome")).toContainText("Cancelling");
  await expect(first.status).not.toContainText("In progress");
});

test("a single tab shares no response, and starts when another opens", async ({ panel }) => {
  const first = await list(panel);
  const shared = () => first.page.evaluate(() => (window as unknown as Named).shared);
  await advanceClock([first], RUNNING);
  await first.refresh();
  await advanceClock([first], 1);
  expect(await shared()).toBe(0);
  const tabs = [first, await beside(panel)];
  await first.refresh();
  await advanceClock(tabs, 1);
  expect(await shared()).toBe(1);
});

test("when the requesting tab is closed, another continues", async ({ panel, emulator }) => {
  let tabs = [await list(panel)];
  while (tabs.length < 3) tabs.push(await beside(panel));
  await advanceClock(tabs, 1);
  await emulator.fault({ path: LIST, times: 1, hold: "slow" });
  await panel.page.clock.runFor(RUNNING + 1000);
  await expect.poll(() => emulator.held("slow")).toBe(1);
  // The others wait for its response, however long it takes, and send no request meanwhile.
  await panel.page.clock.runFor(4 * RUNNING);
  const lists = await Promise.all(tabs.map(({ page }) => takeRequests(page)));
  expect(lists.flat()).toEqual([LIST]);
  const closed = lists.findIndex((requests) => requests.length > 0);
  await tabs[closed]!.page.close();
  tabs = tabs.filter((_, at) => at !== closed);
  const answers = async () => (await Promise.all(tabs.map(({ page }) => takeAnsweredInView(page)))).flat();
  await expect.poll(answers).toEqual([LIST]);

  // One of them sends the requests from now on, and when that is closed too, the last.
  await advanceClock(tabs, 1);
  expect((await advanceClock(tabs, RUNNING)).flat()).toEqual([LIST]);
  await tabs.pop()!.page.close();
  await advanceClock(tabs, 1000);
  for (let round = 0; round < 3; round += 1) expect((await advanceClock(tabs, RUNNING)).flat()).toEqual([LIST]);
  await emulator.release("slow");
});

test("a failing server is requested by one of them, and all show the failure", async ({ panel, emulator, guard }) => {
  guard.expect(503);
  const tabs = [await list(panel), await beside(panel), await beside(panel)];
  await waitForBackgrounds(tabs);
  await emulator.fault({ path: LIST, status: 503, body: { codeDesc: "NCERRUnavailable", message: "Later" } });
  expect((await advanceClock(tabs, RUNNING)).flat()).toEqual([LIST]);
  await advanceClock(tabs, 1);
  for (const tab of tabs) await expect(tab.alert("NCERRUnavailable: Later")).toContainText("HTTP 503");
  // After 8, 16, 32 and 64 seconds, or a little sooner.
  const again: string[] = [];
  for (let passed = 0; passed < 120; passed += 4) again.push(...(await advanceClock(tabs, 4000)).flat());
  expect(again.length).toBeLessThan(8);
  await emulator.clearFaults();
  // The next comes 128 seconds after the last failure at most.
  await count(tabs, 140, 20);
  for (const tab of tabs) await expect(tab.alert("NCERRUnavailable")).toHaveCount(0);
});

test.describe("users and domains", () => {
  test.use({ server: { data: "empty", config: {}, open: false } });

  test("data of another user or domain is not shared", async ({ panel, emulator }) => {
    const theirs = all.slice(4, 8);
    await emulator.replaceJobs(family, theirs, "payments");
    const signedIn = async (tab: Panel, user: string, domain = "") => {
      await recordRequests(tab.page);
      await tab.open(`#/${family.slug}`);
      await tab.signIn.box("Domain").fill(domain);
      await tab.signIn.withPassword(user, emulator.password);
      await tab.list.isLoaded();
      await tab.waitUntilIdle(LIST);
      await takeAnswered(tab.page);
      return tab;
    };
    const admin = await signedIn(panel, "admin");
    const auditor = await signedIn(await anotherTab(panel), "auditor");
    const payments = await signedIn(await anotherTab(panel), "admin", "payments");
    const again = await signedIn(await anotherTab(panel), "admin");
    const tabs = [admin, auditor, payments, again];
    await payments.list.shows(theirs.map(({ id }) => id));
    const names = await Promise.all(tabs.map(({ page }) => page.evaluate(() => (window as unknown as Named).channels)));
    expect(names.map((own) => own.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(names.flat()).size).toBe(3);
    expect(names[3]).toEqual(names[0]);
    expect(names.flat().join()).not.toContain(emulator.password);

    await advanceClock(tabs, 1);
    for (let round = 0; round < 3; round += 1) {
      const [one, two, three, four] = await advanceClock(tabs, RUNNING);
      expect([...one!, ...four!], "the same person in the same domain").toEqual([LIST]);
      expect([two, three], "somebody else, and elsewhere").toEqual([[LIST], []]);
    }
    // Requests of other families are the subject of another test.
    expect((await advanceClock(tabs, QUIET))[2]!.filter((path) => path === LIST), "where nothing runs").toEqual([LIST]);
    await payments.list.shows(theirs.map(({ id }) => id));

    // After the sign-out no message is received, and the next user has a separate channel.
    await again.frame.signOut.click();
    await expect(again.signIn.button).toBeVisible();
    await takeAnswered(again.page);
    expect((await advanceClock(tabs, 2 * RUNNING)).map((paths) => paths.includes(LIST))).toEqual([true, true, false, false]);
    await again.signIn.withPassword("auditor", emulator.password);
    await again.list.isLoaded();
    await again.waitUntilIdle(LIST);
    await takeAnswered(again.page);
    expect(await again.page.evaluate(() => (window as unknown as Named).channels)).toEqual([...names[0]!, ...names[1]!]);
  });
});

test("a browser without channels and locks sends its own requests", async ({ panel, context }) => {
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, "BroadcastChannel");
    Reflect.deleteProperty(Navigator.prototype, "locks");
  });
  const tabs = [await list(panel), await beside(panel)];
  for (let round = 0; round < 3; round += 1) {
    expect(await advanceClock(tabs, RUNNING - 1)).toEqual([[], []]);
    expect(await advanceClock(tabs, 1)).toEqual([[LIST], [LIST]]);
  }
});
