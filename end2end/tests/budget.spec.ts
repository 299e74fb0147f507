// The costs of a visit that do not depend on the machine stay within `budget.toml`. The clock is frozen and advanced by the
// tests, so that later requests are not counted as part of the first load.
import type { Locator, Page } from "@playwright/test";

import { expectWithin } from "../budget";
import { container, ids, job, jobs, running } from "../data";
import type { Server } from "../emulator";
import { families, family, listPath } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import { installMemoryRecorder } from "../in_page.mjs";
import { freezeClock, recordMutations, recordRequests, settle, setVisible, takeAnswered, waitForBackground } from "../time";
import type { Panel } from "../pages/panel";

const SERVER: Server = { data: "empty", config: {} };

test.use({ server: SERVER });

const LIST = listPath(family);
const own = [1, 2, 3].map((number) => container(family, number));
const all = jobs(family, 250, own);
const withGoing = [all[0]!, job(family, 2, own, running), ...all.slice(2)];

/** The shortest interval while a job runs, and the interval while none does, in seconds. */
const RUNNING = 4;
const QUIET = 45;
const MINUTE = 60;

test.beforeEach(async ({ panel, emulator, page }) => {
  await freezeClock(panel);
  // The date is frozen too, so that no age changes to the next minute.
  await page.clock.setFixedTime(emulator.time());
  await emulator.replaceContainers(family, own);
  for (const one of families) await emulator.replaceJobs(one, one === family ? all : jobs(one, 30, []));
});

/** Opens a view and waits until everything is answered and the background components are mounted. */
async function open(panel: Panel, hash: string): Promise<void> {
  await recordRequests(panel.page);
  await panel.open(hash);
  await panel.list.isLoaded();
  await settle(panel, ...(hash.startsWith("#/all") ? families.map(listPath) : [LIST]));
  await waitForBackground(panel);
}

/** How many nodes an XPath finds from an element. */
const nodesAt = (element: Locator, path: string) =>
  element.evaluate((element, path) => document.evaluate(`count(${path})`, element, null, XPathResult.NUMBER_TYPE).numberValue, path);

/** How many nodes the document has. */
const nodes = (page: Page) => nodesAt(page.locator(":root"), "//node()");

/** The families that the emulator lists the oldest first, where their orders are mixed. */
const oldestFirst = families.filter((_, at) => at % 3 === 1).length;

const VIEWS = [
  { view: "all", hash: "#/all", ordered: true, first: families.length, again: families.length },
  { view: "family", hash: `#/${family.slug}`, ordered: true, first: 0, again: 0 },
  // The mixed list orders, most of which ignore `sort`.
  { view: "all", hash: "#/all", ordered: false, first: families.length + oldestFirst, again: families.length }
];

for (const { view, hash, ordered, first, again } of VIEWS) {
  test.describe(ordered ? view : `${view} in any order`, () => {
    test.use({ server: { ...SERVER, ...(ordered ? { ordered } : {}) } });

    test(`${hash}: files and requests of the first load, and of a refresh`, async ({ panel, page }) => {
      const files: string[] = [];
      page.on("request", (request) => {
        const { pathname, protocol } = new URL(request.url());
        if (protocol.startsWith("http") && !pathname.startsWith("/api/")) files.push(pathname);
      });
      await recordRequests(page);
      await panel.open(hash);
      await panel.list.isLoaded();
      await panel.waitUntilIdle(LIST);
      const questions = await takeAnswered(page);
      if (ordered) expectWithin(`first_load_files_${view}`, files.length);
      expectWithin(`first_load_questions_${view}`, questions.length - first);

      await panel.refresh();
      expectWithin(`refresh_questions_${view}`, (await takeAnswered(page)).length - again);
    });
  });
}

test("a page turn sends one request, and a refresh changes only what differs", async ({ panel, emulator, page }) => {
  await open(panel, `#/${family.slug}?rows=100`);
  await panel.pages.next.click();
  await panel.list.shows(ids(all).slice(100, 200));
  expectWithin("turn_questions", (await takeAnswered(page)).length);
  await panel.pages.previous.click();
  await panel.list.shows(ids(all).slice(0, 100));
  await takeAnswered(page);

  // The texts about slow responses appear and disappear with time.
  await page.clock.runFor(2000);
  await takeAnswered(page);
  const same = await recordMutations(page);
  await panel.refresh();
  expect((await takeAnswered(page)).filter((path) => path === LIST)).toHaveLength(1);
  expectWithin("refresh_changes", (await same()).length);

  const one = all[48]!;
  const outcome = await panel.list.cell(one.id, "Outcome");
  await expect(outcome).toHaveText("Completed");
  await emulator.replaceJobs(family, all.with(48, { ...one, overall_status: "failed" }));
  const changed = await recordMutations(page);
  await panel.refresh();
  await expect(outcome).toContainText("Failed");
  await takeAnswered(page);
  expectWithin("one_row_changes", (await changed()).length);
});

test("nodes of a row", async ({ panel }) => {
  await open(panel, `#/${family.slug}`);
  const row = panel.list.rows.first();
  await expect(row).toContainText("Completed");
  expectWithin("nodes_of_row", await nodesAt(row, "descendant-or-self::node()"));
});

for (const rows of [25, 100]) {
  test(`nodes of the document with ${rows} rows`, async ({ panel, page }) => {
    await open(panel, `#/${family.slug}?rows=${rows}`);
    await expect(panel.list.rows).toHaveCount(rows);
    expectWithin(`nodes_${rows}_rows`, await nodes(page));
  });
}

test("nodes of a filter of 5000", async ({ panel, emulator, page }) => {
  const fields = ["id", "name", "account_id", "connection", "regions", "status"];
  const picked = (one: object) => Object.fromEntries(Object.entries(one).filter(([field]) => fields.includes(field)));
  const many = Array.from({ length: 5000 }, (_, at) => picked(container(family, at)) as ReturnType<typeof container>);
  await emulator.replaceContainers(family, many);
  await open(panel, `#/${family.slug}`);
  const closed = await nodes(page);
  await panel.filters.containers(family).click();
  await expect(panel.filters.container(many[0]!.name)).toBeVisible();
  expectWithin("nodes_of_picker", (await nodes(page)) - closed);
  await panel.filters.search.fill("9");
  await expect(panel.filters.container(many[9]!.name)).toBeVisible();
  expectWithin("nodes_of_picker", (await nodes(page)) - closed);
});

test("changes of the view leak no memory", async ({ panel, page }) => {
  await page.addInitScript(installMemoryRecorder);
  await open(panel, "#/all");
  const bytes = () => page.evaluate(() => (window as unknown as { memories: () => number }).memories());
  const there = async (times: number) => {
    for (let at = 0; at < times; at += 2) {
      await panel.frame.link(family.cloud).click();
      await expect(panel.list.rows).toHaveCount(25);
      await takeAnswered(page);
      await panel.frame.link("All clouds").click();
      await expect(panel.list.rows).not.toHaveCount(25);
      await takeAnswered(page);
    }
  };
  // Memory that grows with use, such as the buffers of the biggest view, grows during the first rounds.
  await there(10);
  const before = await bytes();
  expect(before).toBeGreaterThan(1_000_000);
  await there(30);
  expectWithin("memory_of_30_view_changes", ((await bytes()) - before) / families.length);
});

/** The number of requests of all tabs within `minutes`, advanced in steps of `step` seconds. */
async function count(tabs: Panel[], minutes: number, step: number): Promise<number> {
  let count = 0;
  for (let passed = 0; passed < minutes * MINUTE; passed += step) {
    await tabs[0]!.page.clock.runFor(step * 1000);
    count += (await Promise.all(tabs.map(({ page }) => takeAnswered(page)))).flat().length;
  }
  return count;
}

test.describe("a page that nobody touches", () => {
  test.use({ server: { ...SERVER, open: false } });

  const LEFT_OPEN = [
    { name: "all clouds", hash: "#/all" },
    { name: "a cloud", hash: `#/${family.slug}` },
    { name: "a job", hash: `#/${family.slug}/${all[0]!.id}` },
    { name: "needs attention", hash: "#/attention" },
    { name: "freshness", hash: `#/freshness/${family.slug}` },
    { name: "history", hash: `#/history/${family.slug}` },
    { name: "schedules", hash: "#/schedules" }
  ];

  for (const { name, hash } of LEFT_OPEN) {
    test(`requests of an hour: ${name}`, async ({ panel, page, emulator }) => {
      test.slow();
      await recordRequests(page);
      await panel.open(hash);
      await panel.signIn.withPassword(emulator.user, emulator.password);
      await panel.waitUntilIdle();
      await waitForBackground(panel);
      // The pace becomes slower after ten minutes, and the round after that is the first slow one.
      await count([panel], 20, QUIET);
      const before = (await emulator.requests()).length;
      await count([panel], 60, QUIET);
      // By the server's count of all requests, so also of the renewals of the token.
      expectWithin("requests_untouched_hour", (await emulator.requests()).length - before);
    });
  }
});

test("requests of a page that is looked at", async ({ panel, emulator, page }) => {
  await open(panel, `#/${family.slug}`);
  // The requests of the page load are not counted.
  await count([panel], 1, QUIET);
  await emulator.replaceJobs(family, withGoing);
  await count([panel], 1, QUIET);
  expectWithin("requests_running_10_minutes", await count([panel], 10, RUNNING));
  await setVisible(page, false);
  expectWithin("requests_hidden_hour", await count([panel], 60, QUIET));
});

test("requests of ten idle tabs", async ({ panel, emulator }) => {
  test.slow();
  const tabs = [panel];
  await open(panel, `#/${family.slug}`);
  while (tabs.length < 10) {
    const tab = await anotherTab(panel);
    await open(tab, `#/${family.slug}`);
    tabs.push(tab);
  }
  await count(tabs, 1, QUIET);
  expectWithin("requests_ten_tabs_idle_18_minutes", await count(tabs, 18, QUIET));
  await emulator.replaceJobs(family, withGoing);
  await count(tabs, 1, QUIET);
  expectWithin("requests_ten_tabs_running_2_minutes", await count(tabs, 2, RUNNING));
});
