// A list leaves the panel as a file: what is in it, how it is read, and what happens when a part of it cannot be read.
import type { Request } from "@playwright/test";

import { BAD, container, failed, ids, job, jobs, running, statusKey, uuid } from "../data";
import { type Emulator, LONG_INTERVALS } from "../emulator";
import { families, family, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { parseCsv } from "../pages/export";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const own = [1, 2].map((number) => container(family, number));

/** An id that says nothing of the time. */
const chance = (number: number) => uuid((number * 7919) % 10_007, 1);

test("the page that is shown becomes CSV", async ({ panel, emulator }) => {
  const all = [
    job(family, 1, own, { ...running, detailed_status: {} }),
    job(family, 2, own, { detailed_status: { [statusKey(family, own[0]!)]: BAD, other: "skipped" } }),
    job(family, 3, own, { abort: true })
  ];
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.list.shows(ids(all));
  // The names of containers come after the rows.
  await expect(panel.list.row(all[0]!.id)).toContainText(own[0]!.name);
  await panel.export.open.click();
  await expect(panel.export.format("CSV")).toBeChecked();
  await expect(panel.export.rows("This page")).toBeChecked();
  await emulator.clearRequests();
  const { name, text } = await panel.export.saved(() => panel.export.download.click());
  expect(await emulator.requests(), "the rows are there already").toEqual([]);
  // The browser's zone is UTC here, but it is the reader's, so the offset is named.
  expect(name).toBe("aws-keys-2026-03-02T0900+0000.csv");
  await expect(panel.export.dialog).toContainText(`3 jobs in ${name}`);
  const rows = parseCsv(text);
  expect(rows.map((row) => row["job_id"])).toEqual(ids(all));
  expect(rows.map((row) => row["outcome"])).toEqual(["In progress", "Completed with errors", "Cancelled"]);
  expect(rows.map((row) => row["server_status"])).toEqual(["in_progress", "completed", "completed"]);
  expect(rows[1]).toMatchObject({
    cloud: family.cloud,
    scope: family.scope,
    container_names: own.map(({ name }) => name).join(" | "),
    container_ids: own.map(({ id }) => id).join(" | "),
    created: "2026-03-02T08:58:00+00:00",
    time_zone: "Local",
    duration_seconds: "30",
    failed: "1",
    not_known: "1",
    total: "2"
  });
});

test("all pages become JSON, in the order and with the filters of the list, one request at a time", async ({ panel, emulator }) => {
  const all = jobs(family, 260, own);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family, "?status=failed&sort=createdAt&rows=10");
  const wanted = ids(all.filter((one) => one.overall_status === "failed")).reverse();
  await panel.list.shows(wanted.slice(0, 10));
  await panel.waitUntilIdle(listPath(family));
  await panel.export.open.click();
  await panel.export.format("JSON").check();
  await panel.export.rows("All pages").check();
  const { name, text } = await panel.export.saved(() => panel.export.download.click());
  expect(name).toMatch(/^aws-keys-.*\.json$/);
  const file = JSON.parse(text);
  expect(file).toMatchObject({ view: titleOf(family), rows: "All pages", zone: "Local", count: wanted.length, missing: [] });
  expect(file.address).toContain("status=failed");
  expect(file.jobs.map((one: { job_id: string }) => one.job_id)).toEqual(wanted);
});

/** Exports all pages of jobs that the server lists in an order of its own, and expects the newest first. */
async function expectInOrder(panel: Panel, order: Parameters<Emulator["order"]>[1]): Promise<void> {
  const { emulator } = panel;
  const all = jobs(family, 230, own).map((one, at) => ({ ...one, id: chance(at) }));
  await emulator.order(family, order);
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.export.open.click();
  await panel.export.rows("All pages").check();
  const { text } = await panel.export.saved(() => panel.export.download.click());
  expect(parseCsv(text).map((row) => row["job_id"])).toEqual(ids(all));
}

test("all pages are in order whatever order the server lists in, and where it ignores or refuses to sort", async ({ panel }) => {
  for (const [natural, sort] of [["oldest", "ignored"], ["none", "ignored"], ["none", "refused"]] as const) {
    await test.step(`${natural}, ${sort}`, async () => {
      // The last step alone may see it.
      if (sort === "refused") panel.guard.expect(400);
      await expectInOrder(panel, { natural, sort });
    });
  }
});

test.describe("more jobs than are sorted for a page", () => {
  test.use({ server: { data: "empty", maxLimit: 50, config: { ...LONG_INTERVALS, sorted_jobs: 100 } } });

  test("are sorted once all of them are there", async ({ panel }) => {
    await expectInOrder(panel, { natural: "none", sort: "ignored" });
  });
});

test.describe("a long list", () => {
  test.use({ server: { data: "empty", ordered: true } });

  test("shows how far it is, asks for one page at a time, and can be cancelled", async ({ panel, emulator, page }) => {
    const all = jobs(family, 1234, own);
    await emulator.replaceJobs(family, all);
    await panel.openList(family);
    await panel.waitUntilIdle(listPath(family));
    await emulator.fault({ path: listPath(family), query_contains: "skip=1200&", times: 1, hold: "late" });
    await emulator.clearRequests();
    const open = new Set<Request>();
    let most = 0;
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === listPath(family)) most = Math.max(most, open.add(request).size);
    });
    page.on("requestfinished", (request) => open.delete(request));
    await panel.export.open.click();
    await panel.export.rows("All pages").check();
    await panel.export.download.click();
    await expect(panel.export.dialog).toContainText("1,200 of 1,234");
    await expect(panel.export.bar).toHaveAttribute("value", "1200");
    await expect(panel.export.bar).toHaveAttribute("max", "1234");
    await expect.poll(() => emulator.held("late")).toBe(1);
    const asked = await emulator.requests();
    expect(most, "requests at once").toBe(1);
    expect(asked.map((request) => /skip=(\d+)/.exec(request.query)![1])).toEqual(asked.map((_, at) => String(at * 100)));

    await expect(panel.export.rows("This page")).toBeDisabled();
    await panel.export.cancel.click();
    await expect(panel.export.bar).toHaveCount(0);
    await emulator.release("late");
    await expect(panel.export.rows("All pages")).toBeChecked();
    // Nothing was saved, and the next press reads from the beginning.
    const { text } = await panel.export.saved(() => panel.export.download.click());
    expect(parseCsv(text).map((row) => row["job_id"])).toEqual(ids(all));
  });

  test("a failure in the middle loses nothing", async ({ panel, emulator }) => {
    panel.guard.expect(500);
    const all = jobs(family, 350, own);
    await emulator.replaceJobs(family, all);
    await panel.openList(family);
    await panel.waitUntilIdle(listPath(family));
    await emulator.fault({ path: listPath(family), query_contains: "skip=200&", times: 4, status: 500, body: { codeDesc: "NCERRInternal", message: "broken" } });
    await panel.export.open.click();
    await panel.export.rows("All pages").check();
    await panel.export.download.click();
    const alert = panel.export.dialog.getByRole("alert");
    await expect(alert).toContainText("NCERRInternal: broken");

    const part = await panel.export.saved(() => panel.export.dialog.getByRole("button", { name: "Download the 200 jobs that were read" }).click());
    expect(parseCsv(part.text)).toHaveLength(200);
    await expect(panel.export.dialog).toContainText("Not in the file, or only in part");
    await expect(panel.export.download, "the button that was pressed is gone").toBeFocused();

    await emulator.clearFaults();
    await emulator.clearRequests();
    const { text } = await panel.export.saved(() => alert.getByRole("button", { name: "Try again" }).click());
    expect(parseCsv(text).map((row) => row["job_id"])).toEqual(ids(all));
    // What had been read was not asked for again.
    expect((await emulator.requests()).map((request) => /skip=(\d+)/.exec(request.query)![1])).toEqual(["200", "300"]);
    await expect(alert).toHaveCount(0);
  });
});

test("no cell is a formula", async ({ panel, emulator }) => {
  const formula = '=HYPERLINK("http://localhost/?x="&A1,"press me")';
  const hostile = container(family, 1, { name: formula });
  const one = job(family, 1, [hostile], { overall_status: "+1+1", detailed_status: { "@a": "-1;=1" }, uri: "\t=1" });
  await emulator.replaceContainers(family, [hostile]);
  await emulator.replaceJobs(family, [one]);
  await panel.openList(family);
  await panel.export.open.click();
  const { text } = await panel.export.saved(() => panel.export.download.click());
  const [row] = parseCsv(text);
  expect(row!["container_names"]).toBe(`'${formula}`);
  expect(row!["server_status"]).toBe("'+1+1");
  expect(row!["uri"]).toBe("'\t'=1");
  expect(row!["results"]).toBe("'@a: -1;'=1");
  for (const cell of Object.values(row!)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
});

test("items that cannot be read are said", async ({ panel, emulator }) => {
  const all = jobs(family, 2, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  const body = { skip: 0, limit: 100, total: 3, resources: [all[0], "no job", all[1]] };
  await emulator.fault({ method: "GET", path: listPath(family), status: 200, body });
  await panel.export.open.click();
  await panel.export.format("JSON").check();
  await panel.export.rows("All pages").check();
  const { text } = await panel.export.saved(() => panel.export.download.click());
  expect(JSON.parse(text)).toMatchObject({ count: 2, unread: 1 });
  await expect(panel.export.dialog).toContainText("One job of the server's list cannot be read");
});

test.describe("all clouds", () => {
  test.use({ server: { data: "empty", unlicensed: ["oci"] } });

  test("all pages of every family, and the cloud that failed is named", async ({ panel, emulator }) => {
    panel.guard.expect(403);
    const [one, other] = families as [(typeof families)[0], (typeof families)[0]];
    const first = Array.from({ length: 130 }, (_, at) => job(one, at * 2 + 1, [], { id: uuid(at, 2) }));
    const second = Array.from({ length: 3 }, (_, at) => job(other, at * 2 + 2, [], { ...failed, id: uuid(at, 3) }));
    await emulator.replaceJobs(one, first);
    await emulator.replaceJobs(other, second);
    await panel.open();
    await panel.list.isLoaded();
    await panel.export.open.click();
    await panel.export.format("JSON").check();
    const page = await panel.export.saved(() => panel.export.download.click());
    expect(page.name).toMatch(/^all-clouds-.*\.json$/);
    expect(JSON.parse(page.text)).toMatchObject({ rows: "This page", missing: [{ list: "OCI keys" }] });
    expect(JSON.parse(page.text).jobs.map((one: { job_id: string }) => one.job_id)).toEqual(await panel.list.ids());

    await panel.export.rows("All pages").check();
    const { text } = await panel.export.saved(() => panel.export.download.click());
    const file = JSON.parse(text);
    expect(file.count).toBe(133);
    expect(file.missing).toEqual([{ list: "OCI keys", why: expect.stringContaining("License") }]);
    const wanted = [...first, ...second].sort((a, b) => b.createdAt!.localeCompare(a.createdAt!));
    expect(file.jobs.map((one: { job_id: string }) => one.job_id)).toEqual(ids(wanted));
    await expect(panel.export.dialog.getByRole("alert")).toContainText("OCI keys");
    await expect(panel.export.dialog).toContainText("Not in the file, or only in part: OCI keys.");
  });
});

test("all pages of All clouds have its filters by outcome and time", async ({ panel, emulator, page }) => {
  const [one, other] = families as [(typeof families)[0], (typeof families)[0]];
  const day = 24 * 60;
  const first = [1, 3, 5].map((number) => job(one, number, [], number === 3 ? failed : {}));
  const second = [2, 4, 2 * day].map((number) => job(other, number, [], number === 2 ? {} : failed));
  await emulator.replaceJobs(one, first);
  await emulator.replaceJobs(other, second);
  for (const [query, wanted] of [
    ["?outcome=failed", [first[1]!, second[1]!, second[2]!]],
    ["?outcome=failed&within=24h", [first[1]!, second[1]!]]
  ] as const) {
    await test.step(query, async () => {
      await panel.open(`#/all${query}`);
      await panel.list.shows(ids([...wanted]));
      await panel.export.open.click();
      await panel.export.format("JSON").check();
      await panel.export.rows("All pages").check();
      const { text } = await panel.export.saved(() => panel.export.download.click());
      // How many jobs the servers have of this kind nobody has said.
      expect(JSON.parse(text)).toMatchObject({ address: `#/all${query}`, count: wanted.length, total: null });
      expect(JSON.parse(text).jobs.map((one: { job_id: string }) => one.job_id)).toEqual(ids([...wanted]));
      await page.keyboard.press("Escape");
    });
  }
});

test("a file is of the view in which the dialog was opened, whatever is open when it is written", async ({ panel, emulator, page }) => {
  const other = families.find((one) => one.cloud !== family.cloud)!;
  const all = jobs(family, 3, own);
  await emulator.replaceJobs(family, all);
  await emulator.replaceJobs(other, [job(other, 1, [])]);
  await panel.openList(other);
  await panel.frame.link(family.cloud).click();
  await panel.list.shows(ids(all));
  await panel.waitUntilIdle(listPath(family));
  await emulator.fault({ path: listPath(family), times: 1, hold: "late" });
  await panel.export.open.click();
  await panel.export.format("JSON").check();
  await panel.export.rows("All pages").check();
  await panel.export.download.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  await page.goBack();
  await panel.isAt(`#/${other.slug}`);
  await panel.list.shows([uuid(1, 1)]);
  const expectOwn = ({ name, text }: { name: string; text: string }) => {
    expect(name).toMatch(/^aws-keys-/);
    expect(JSON.parse(text)).toMatchObject({ view: titleOf(family), address: `#/${family.slug}`, count: 3 });
    expect(JSON.parse(text).jobs.map((one: { job_id: string }) => one.job_id)).toEqual(ids(all));
  };
  expectOwn(await panel.export.saved(() => emulator.release("late")));
  await panel.export.rows("This page").check();
  expectOwn(await panel.export.saved(() => panel.export.download.click()));
});

test("jobs that are deleted while all pages are read are said, because others may be missing", async ({ panel, emulator }) => {
  const all = jobs(family, 300, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family, "?sort=createdAt");
  await panel.waitUntilIdle(listPath(family));
  await emulator.fault({ path: listPath(family), query_contains: "skip=100&", times: 1, hold: "late" });
  await panel.export.open.click();
  await panel.export.format("JSON").check();
  await panel.export.rows("All pages").check();
  await panel.export.download.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  // The server's cleaning takes the oldest, which were on the first page.
  await emulator.replaceJobs(family, all.slice(0, 290));
  const { text } = await panel.export.saved(() => emulator.release("late"));
  const note = `${titleOf(family)}: jobs were deleted while the list was read, so others may be missing.`;
  expect(JSON.parse(text).notes).toEqual([note]);
  await expect(panel.export.dialog).toContainText(note);
});

test("Needs attention: all that it shows, also the jobs below a text that they share", async ({ panel, emulator, page }) => {
  const odd = (number: number) => job(family, number, own, { detailed_status: { [statusKey(family, own[0]!)]: "perhaps" } });
  const shared = [odd(2), odd(4), odd(6)];
  const alone = job(family, 5, [own[1]!], failed);
  const mended = job(family, 30, [own[1]!], failed);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [...shared, alone, job(family, 20, [own[1]!]), mended]);
  await panel.open("#/attention");
  await panel.list.shows(ids([alone]));
  await expect(page.getByText("3 jobs have completed with this result")).toBeVisible();
  await panel.export.open.click();
  await expect(panel.export.dialog).toContainText("Needs attention");
  // There is one page.
  await expect(panel.export.dialog.getByRole("radiogroup")).toHaveCount(1);
  const { name, text } = await panel.export.saved(() => panel.export.download.click());
  expect(name).toMatch(/^needs-attention-2026.*\.csv$/);
  expect(parseCsv(text).map((row) => row["job_id"])).toEqual(ids([shared[0]!, shared[1]!, alone, shared[2]!]));
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Show the mended" }).click();
  await panel.list.shows(ids([mended]));
  await panel.export.open.click();
  await panel.export.format("JSON").check();
  const other = await panel.export.saved(() => panel.export.download.click());
  expect(other.name).toMatch(/^needs-attention-mended-2026.*\.json$/);
  const file = JSON.parse(other.text);
  expect(file).toMatchObject({ view: "Needs attention, mended", rows: "All that is shown", count: 1 });
  expect(file.jobs[0]).toMatchObject({ job_id: mended.id, outcome: "Failed" });
});

test("Escape ends the reading and gives the focus back", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, jobs(family, 3, own));
  await panel.openList(family);
  await panel.waitUntilIdle(listPath(family));
  await emulator.fault({ path: listPath(family), times: 1, hold: "late" });
  await panel.export.open.click();
  await expect(panel.export.download).toBeFocused();
  await panel.export.rows("All pages").check();
  await panel.export.download.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  await page.keyboard.press("Escape");
  await expect(panel.export.dialog).toHaveCount(0);
  await expect(panel.export.open).toBeFocused();
  await emulator.release("late");
});
