// Newest first, whatever the server's order: every place that shows "newest", "last" or "page 1" contains what sorting the
// emulator's jobs yields, for each order that a list may have.
import { BAD, before, container, type Container, failed, job, type Job, running, shortId, statusKey, uuid } from "../data";
import { LONG_INTERVALS, type Emulator, type Natural, type Sorting } from "../emulator";
import { differing, type Family, jobPath, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const SORTINGS: Sorting[] = ["honoured", "ignored", "refused"];
const NATURALS: Natural[] = ["newest", "oldest", "none"];

/** An id whose order is unrelated to the time. */
const chance = (number: number) => uuid((number * 7919) % 10_007, 1);

/** The duration of jobs from number 30 on in seconds; newer ones took 30 s, and number 6 took 95 s. */
const LONG = 600;

/** `count` jobs, number 1 the newest: it is running, 2 failed; 120 is old and the only one of its container. */
function some(family: Family, count: number, own: Container[]): Job[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const of = number % 120 === 0 ? own.slice(2) : [own[number % 2]!];
    const took = number >= 30 ? LONG : number === 6 ? 95 : 30;
    const ended = { completed_at: before(number * 60 - took), updatedAt: before(number * 60 - took) };
    const more = number === 1 ? running : number === 2 ? { detailed_status: { [statusKey(family, of[0]!)]: BAD } } : ended;
    return job(family, number, of, { id: chance(number), ...more });
  });
}

const ids = (all: Job[]) => all.map((job) => job.id);

async function lists(emulator: Emulator, family: Family) {
  const all = await emulator.requests();
  return all.filter((request) => request.path === listPath(family) && request.method === "GET");
}

async function prepare(panel: Panel, family: Family, natural: Natural, sort: Sorting, count: number) {
  if (sort === "refused") panel.guard.expect(400);
  const own = [1, 2, 3].map((number) => container(family, number));
  const all = some(family, count, own);
  await panel.emulator.order(family, { natural, sort });
  await panel.emulator.replaceContainers(family, own);
  await panel.emulator.replaceJobs(family, all);
  return { all, own };
}

/** The natural orders for one handling of `sort`, each with another family. */
const tried = (at: number) => NATURALS.map((natural, index) => ({ natural, family: differing[(at + index) % differing.length]! }));

for (const [at, sort] of SORTINGS.entries()) {
  test(`sort ${sort}: counts, usual durations, a lost start`, async ({ panel, emulator }) => {
    for (const { natural, family } of tried(at)) {
      await test.step(`${natural} by default (${family.slug})`, async () => {
        const { all, own } = await prepare(panel, family, natural, sort, 130);
        await panel.open();
        await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription("1 job needs attention");
        await expect(await panel.list.cell(all[5]!.id, "Duration")).toHaveText("1 min 35 s 3× longer than usual");

        // No job runs, so that a start is accepted; its response is lost.
        await emulator.replaceJobs(family, some(family, 130, own).slice(1));
        await emulator.fault({ method: "POST", path: listPath(family), carried_out: true, status: 200, body: "<html>Sign in</html>" });
        await panel.goToList(family);
        await panel.list.shows(ids(all.slice(1, 26)));
        await panel.start.open.click();
        await panel.start.everything.check();
        await panel.start.send.click();
        const note = panel.start.dialog.getByRole("note", { name: "Looked for the job" });
        await expect(note).toContainText("the request seems to have reached the server");
        const started = (await emulator.jobs(family)).find((one) => !one.completed_at)!;
        await expect(note).toContainText(shortId(started.id));
        await panel.page.keyboard.press("Escape");
        await emulator.clearFaults();
        // All clouds, with which the next one begins, lists that alone.
        await emulator.replaceJobs(family, []);
      });
    }
  });

  for (const { natural, family } of tried(at)) {
    test(`sort ${sort}, ${natural} by default: lists, pages, the other order, filters (${family.slug})`, async ({ panel, emulator, page }) => {
      const { all } = await prepare(panel, family, natural, sort, 130);
      const note = page.getByRole("main").getByText("order");
      await panel.openList(family);
      await panel.list.shows(ids(all.slice(0, 25)));
      await panel.waitUntilIdle(listPath(family));
      const first = (await lists(emulator, family)).length;
      await panel.pages.next.click();
      await panel.list.shows(ids(all.slice(25, 50)));
      const turn = (await lists(emulator, family)).length - first;
      await expect(note).toHaveCount(0);
      await expect(panel.pages.navigation).toContainText("26–50 of 130");

      // No additional request if the server sorts; otherwise two small ones, once.
      expect(turn, "requests of a page turn").toBe(1);
      expect(first, "requests of the first page").toBeLessThanOrEqual(sort === "honoured" ? 1 : 3);

      // A job that is created meanwhile pushes no other off.
      await emulator.addJobs(family, [job(family, 0, [], { id: chance(5000), createdAt: before(0) })]);
      await panel.pages.next.click();
      await panel.list.shows(ids(all.slice(50, 75)));

      await panel.openList(family, "?page=6");
      await panel.list.shows(ids(all.slice(124)));
      await panel.go(`#/${family.slug}?sort=createdAt`);
      await panel.list.shows(ids(all.slice(105).reverse()));
      await panel.go(`#/${family.slug}?status=failed`);
      await expect(page.getByText("No job matches these filters")).toBeVisible();
      await panel.openList(family, "?rows=1000");
      await expect(panel.list.rows).toHaveCount(131);
      expect((await panel.list.ids()).slice(1)).toEqual(ids(all));
      await expect(note).toHaveCount(0);
    });

    test(`sort ${sort}, ${natural} by default: everything that is computed from the newest jobs (${family.slug})`, async ({ panel, emulator, page }) => {
      const { all, own } = await prepare(panel, family, natural, sort, 130);
      const more = page.getByRole("main").getByRole("button", { name: "Load more" });
      await panel.open();
      await panel.list.shows(ids(all.slice(0, 25)));
      await expect(page.getByText("in no order")).toHaveCount(0);
      await more.click();
      await panel.list.shows(ids(all.slice(0, 50)));

      await panel.go("#/attention");
      await panel.list.shows([all[1]!.id]);
      await expect(page.getByText("Looked at the last 25 jobs")).toBeVisible();
      await more.click();
      await expect(page.getByText("Looked at the last 50 jobs")).toBeVisible();

      const freshness = new Freshness(panel);
      await panel.go(`#/freshness/${family.slug}`);
      await expect(freshness.note).toContainText("not synchronized in the last 100 jobs");
      await expect(freshness.region.getByText("Looked at the last 100 jobs")).toBeVisible();
      await more.click();
      await expect(freshness.region.getByText("Looked at all 130 jobs")).toBeVisible();

      await panel.go(`#/history/${family.slug}`);
      await expect(page.getByText("The last 100 of 130 jobs")).toBeVisible();
      await more.click();
      await expect(page.getByText("All 130 jobs")).toBeVisible();

      // The previous job with the same selection is not among the rows.
      await panel.go(`#/${family.slug}/${all[4]!.id}?rows=1&page=5`);
      await panel.detail.button("Compare with the previous job").click();
      await expect(panel.detail.region).toContainText(`Compared with job ${shortId(all[6]!.id)}`);

      // The check for running jobs, also if the filter matches nothing.
      const none = { skip: 0, limit: 5, total: 0, resources: [] };
      await emulator.fault({ method: "GET", path: listPath(family), query_contains: "overall_status", status: 200, body: none });
      await panel.go(`#/history/${family.slug}`);
      await panel.start.open.click();
      await expect(panel.start.alreadyRunning).toContainText(shortId(all[0]!.id));
      expect(own).toHaveLength(3);
    });
  }
}

test.describe("more jobs than the panel sorts", () => {
  test.use({ server: { data: "empty", maxLimit: 50, config: { ...LONG_INTERVALS, sorted_jobs: 100 } } });

  test("each place shows once what it has checked, and calls nothing the newest", async ({ panel, page }) => {
    const [one, other] = differing as [Family, Family];
    await prepare(panel, one, "none", "ignored", 300);
    await prepare(panel, other, "none", "ignored", 300);
    await panel.openList(one);
    await expect(page.getByText("This server lists its 300 jobs in no order.")).toBeVisible();
    await expect(panel.list.headers.filter({ hasText: "Started" })).not.toHaveAttribute("aria-sort", /./);
    await expect(panel.pages.navigation).toContainText("1–25 of 300");

    await panel.open();
    const note = page.getByText("newer ones may be among the others");
    await expect(note).toHaveCount(1);
    await expect(note).toContainText(`${titleOf(one)}, ${titleOf(other)}`);
    await expect(page.getByText(/All \d+ jobs/)).toHaveCount(0);

    await panel.open("#/attention");
    await expect(note).toHaveCount(1);
    await expect(note).toContainText("The panel looked at 200 of 600 jobs");
    // Number 2 of each family is not among the loaded jobs.
    await expect(page.getByText("No job that the panel could look at needs attention")).toBeVisible();
    await expect(page.getByText("among the 200 jobs that were looked at")).toBeVisible();
    await expect(page.getByText("Nothing needs attention")).toHaveCount(0);

    const freshness = new Freshness(panel);
    await freshness.open(one);
    await expect(note).toContainText("The panel looked at 100 of 300 jobs");
    await expect(freshness.note).toContainText("known to be fresh by the 100 jobs looked at");
    await expect(freshness.note).not.toContainText("0 of");
    await expect(freshness.region).not.toContainText("never");
    await expect(freshness.region.getByRole("row", { name: /not known/ }).first()).toContainText("None in the 100 jobs looked at");

    await panel.open(`#/history/${one.slug}`);
    await expect(note).toHaveCount(1);
    await expect(page.getByText("100 of 300 jobs", { exact: true })).toBeVisible();
    await expect(page.getByText(/The last/)).toHaveCount(0);
  });
});

test.describe("a long list in no order", () => {
  test.use({ server: { data: "empty", maxLimit: 50 } });
  const family = differing[0]!;

  test("is loaded with progress, cached while its ends are unchanged, and loaded again when it grows", async ({ panel, emulator, page }) => {
    const { all } = await prepare(panel, family, "none", "ignored", 160);
    await emulator.fault({ method: "GET", path: listPath(family), query_contains: "skip=100&", times: 1, hold: "part" });
    await panel.open(`#/${family.slug}`);
    const reading = page.getByRole("note", { name: "Reading all jobs" });
    await expect(reading).toContainText("Reading 100 of 160 jobs to sort them");
    await expect(reading.getByRole("progressbar")).toHaveAttribute("value", "100");
    await expect.poll(() => emulator.held("part")).toBe(1);
    await emulator.release("part");
    await panel.list.shows(ids(all.slice(0, 25)));
    await expect(reading).toHaveCount(0);

    await panel.waitUntilIdle(listPath(family));
    await emulator.clearRequests();
    await panel.pages.next.click();
    await panel.list.shows(ids(all.slice(25, 50)));
    // Both ends of the list, and the running job.
    expect((await lists(emulator, family)).map((request) => /limit=(\d+)/.exec(request.query)![1])).toEqual(["1", "1"]);
    expect((await emulator.requests()).some((request) => request.path === jobPath(family, all[0]!.id))).toBe(true);

    await emulator.addJobs(family, [job(family, 0, [], { id: chance(5001), createdAt: before(0) })]);
    await panel.openList(family);
    await panel.list.shows([chance(5001), ...ids(all.slice(0, 24))]);
  });

  test("is kept up to date in jobs of unknown status, and loaded again when a job of it cannot be", async ({ panel, emulator, guard }) => {
    const { all } = await prepare(panel, family, "none", "ignored", 300);
    all[1] = { ...all[1]!, overall_status: "pending", completed_at: undefined };
    await emulator.replaceJobs(family, all);
    await panel.openList(family);
    const row = panel.list.rows.nth(1);
    await expect(row).toContainText("pending");
    all[1] = { ...all[1]!, ...failed };
    await emulator.replaceJobs(family, all);
    await panel.refresh();
    await expect(row).toContainText("Failed");

    guard.expect(500);
    await emulator.fault({ method: "GET", path: jobPath(family, all[0]!.id), status: 500, body: {} });
    all[1] = { ...all[1]!, overall_status: "completed" };
    await panel.waitUntilIdle(listPath(family));
    await emulator.clearRequests();
    await panel.refresh();
    await expect.poll(async () => (await lists(emulator, family)).length).toBeGreaterThan(2);
    await expect(panel.page.getByText("Could not load this job")).toHaveCount(0);
  });

  test("need not be loaded to its end", async ({ panel, emulator, page }) => {
    const { all } = await prepare(panel, family, "none", "ignored", 160);
    await emulator.fault({ method: "GET", path: listPath(family), query_contains: "skip=100&", times: 1, hold: "part" });
    await panel.open(`#/${family.slug}`);
    const reading = page.getByRole("note", { name: "Reading all jobs" });
    // If the load were cancelled before this part, it would end without requesting it.
    await expect.poll(() => emulator.held("part")).toBe(1);
    await reading.getByRole("button", { name: "Cancel" }).click();
    await emulator.release("part");
    await expect(page.getByText("Reading all of them to sort them was cancelled")).toBeVisible();
    await expect(panel.list.rows).toHaveCount(25);
    await expect(reading).toHaveCount(0);
    await panel.refresh();
    await panel.list.shows(ids(all.slice(0, 25)));
  });
});
