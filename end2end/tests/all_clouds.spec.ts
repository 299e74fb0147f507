// The list of all clouds: one list made of many, in which the failure of one cloud does not affect the others.
import { before, container, failed, ids, job, jobs } from "../data";
import { API, families, family, jobPath, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import type { Emulator } from "../emulator";

test.use({ server: { data: "empty" } });

/** Stores `count` jobs of each family whose times interleave; returns all of them, newest first. */
async function fill(emulator: Emulator, count: number) {
  const all = [];
  for (const [turn, family] of families.entries()) {
    const own = Array.from({ length: count }, (_, index) => {
      const age = (index * families.length + turn + 1) * 60;
      return job(family, index + 1, [container(family, 1)], {
        id: `${family.slug}-${index}`,
        createdAt: before(age),
        completed_at: before(age - 30)
      });
    });
    await emulator.replaceJobs(family, own);
    all.push(...own);
  }
  return all.sort((one, other) => (one.createdAt! < other.createdAt! ? 1 : -1));
}

test("is one list, newest first, of every family", async ({ panel, emulator }) => {
  const all = await fill(emulator, 3);
  await panel.open();
  await expect(panel.list.headers).toHaveText(["Outcome", "Cloud", "Containers", "Started", "Duration", "Job"]);
  await panel.list.shows(ids(all));
  for (const family of families) {
    const cell = await panel.list.cell(`${family.slug}-0`, "Cloud");
    await expect(cell).toContainText(family.cloud);
    await expect(cell).toContainText(family.scope);
  }
  await expect(panel.page.getByRole("main")).toContainText(`All ${all.length} jobs`);
  await expect(panel.page.getByRole("button", { name: "Load more" })).toHaveCount(0);
});

test("shows how far back the list reaches, and loads more", async ({ panel, emulator, page }) => {
  // Only this family has more jobs: it limits how far back the list is complete.
  const busy = jobs(family, 60, [container(family, 1)]);
  await emulator.replaceJobs(family, busy);
  const other = families.at(-1)!;
  const old = job(other, 1, [container(other, 1)], { id: "old", createdAt: before(59 * 60 + 30) });
  const recent = job(other, 2, [container(other, 1)], { id: "recent", createdAt: before(90) });
  await emulator.replaceJobs(other, [recent, old]);
  await panel.open();
  const near = [busy[0]!, recent, ...busy.slice(1, 25)];
  await panel.list.shows(ids(near));
  await expect(page.getByRole("main")).toContainText("26 jobs, back to 2 Mar 2026, 08:35:00 (UTC+00:00)");

  const more = page.getByRole("button", { name: "Load more" });
  await more.click();
  await panel.isAt("#/all?depth=2");
  await panel.list.shows(ids([busy[0]!, recent, ...busy.slice(1, 50)]));
  await more.click();
  await panel.list.shows(ids([busy[0]!, recent, ...busy.slice(1, 59), old, busy[59]!]));
  await expect(more).toHaveCount(0);
  await page.reload();
  await expect.poll(async () => (await panel.list.ids()).length).toBe(62);
  await page.goBack();
  await expect.poll(async () => (await panel.list.ids()).length).toBe(51);
});

test("filters by status and by id across all families", async ({ panel, emulator }) => {
  const all = [];
  for (const family of families) {
    const own = jobs(family, 3, [container(family, 1)]).map((job, index) => ({ ...job, id: `${family.slug}-${index}` }));
    await emulator.replaceJobs(family, own);
    all.push(...own);
  }
  await panel.open();
  await panel.filters.status.selectOption("Failed");
  await panel.list.showsAnyOrder(ids(all.filter((job) => job.overall_status === "failed")));
  await panel.isAt("#/all?status=failed");
  await panel.filters.jobId.fill(`${family.slug}-2`);
  await panel.filters.jobId.press("Enter");
  await panel.list.shows([`${family.slug}-2`]);
  await panel.filters.clear.click();
  await panel.list.showsAnyOrder(ids(all));
});

test("an empty list shows that it is empty", async ({ panel, page }) => {
  await panel.open();
  await panel.list.isLoaded();
  await expect(page.getByRole("main")).toContainText("There are no synchronization jobs yet");
  await panel.filters.status.selectOption("Failed");
  await expect(page.getByRole("main")).toContainText("No job matches these filters");
});

for (const [what, status, words] of [
  ["unlicensed", 403, "License not installed yet"],
  ["unknown", 404, "NCERRResourceNotFound"]
] as const) {
  test.describe(`a family that is ${what}`, () => {
    test.use({ server: { data: "empty", [what]: [family.slug] } });

    test("is named, and the others are not affected", async ({ panel, emulator, guard }) => {
      guard.expect(status);
      const all = await fill(emulator, 2);
      await panel.open();
      await panel.list.shows(ids(all.filter((job) => job.id.slice(0, -2) !== family.slug)));
      const alert = panel.page.getByRole("alert");
      await expect(alert).toHaveCount(1);
      await expect(alert).toContainText(titleOf(family));
      await expect(alert).toContainText(words);
      await expect(alert).toContainText(`HTTP ${status}`);
    });
  });
}

test("a cloud that does not answer is named, and Try again asks again", async ({ panel, emulator, guard, page }) => {
  guard.expect("network");
  const all = await fill(emulator, 2);
  const broken = families[5]!;
  await page.route(`**${listPath(broken)}?*`, (route) => route.abort("connectionreset"));
  await panel.open();
  await panel.list.shows(ids(all.filter((job) => job.id.slice(0, -2) !== broken.slug)));
  const alert = panel.alert(titleOf(broken));
  await expect(alert).toContainText("No connection");
  await page.unroute(`**${listPath(broken)}?*`);
  await alert.getByRole("button", { name: "Try again" }).click();
  await panel.list.shows(ids(all));
  await expect(alert).toHaveCount(0);
});

test("clouds that fail for the same cause are named in one notice, and Try again asks again", async ({ panel, emulator, guard, page }) => {
  guard.expect(502, 500);
  const all = await fill(emulator, 2);
  const [alone, ...alike] = families;
  await emulator.fault({ path: listPath(alone!), status: 500, body: { codeDesc: "NCERRInternal", message: "Out of order" } });
  for (const one of alike) await emulator.fault({ path: listPath(one), status: 502, content_type: "text/html", body: "<h1>Sign in</h1>" });
  await panel.open();
  const alert = page.getByRole("alert");
  await expect(alert).toHaveCount(2);
  await expect(alert.first()).toContainText(`Could not load the jobs of ${titleOf(alone!)}`);
  const names = alike.map(titleOf).join(", ");
  await expect(alert.last()).toContainText(`Could not load the jobs of ${alike.length} lists: ${names}`);
  await emulator.clearFaults();
  await alert.last().getByRole("button", { name: "Try again" }).click();
  await panel.list.shows(ids(all));
  await expect(alert).toHaveCount(0);
});

test("a cloud that fails later keeps the rows it had", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  const all = await fill(emulator, 2);
  await panel.open();
  await panel.list.shows(ids(all));
  await emulator.fault({ path: listPath(family), status: 500, body: { codeDesc: "NCERRInternal", message: "Out of order" } });
  await panel.refresh();
  await expect(panel.alert("Out of order")).toBeVisible();
  await panel.list.shows(ids(all));
});

test("at most four requests are pending at once", async ({ panel, emulator, page }) => {
  const all = await fill(emulator, 1);
  const isList = (url: string) => families.some((one) => listPath(one) === new URL(url).pathname);
  let now = 0;
  let most = 0;
  page.on("request", (request) => {
    if (isList(request.url())) most = Math.max(most, ++now);
  });
  page.on("requestfinished", (request) => {
    if (isList(request.url())) now--;
  });
  await emulator.fault({ path: `${API}/cckm/*`, hold: "all" });
  await panel.open();
  const requested = async () => (await emulator.requests()).filter((one) => isList(emulator.address + one.path)).length;
  let answered = 0;
  while (answered < families.length) {
    await expect.poll(requested).toBe(Math.min(families.length, answered + 4));
    await expect.poll(() => emulator.held("all")).toBe(Math.min(4, families.length - answered));
    answered += await emulator.release("all");
  }
  await emulator.clearFaults();
  await panel.list.shows(ids(all));
  expect(most).toBe(4);
});

test("a slow cloud does not delay the others", async ({ panel, emulator }) => {
  const all = await fill(emulator, 2);
  const slow = families.at(-1)!;
  await emulator.fault({ path: listPath(slow), hold: "slow" });
  await panel.open();
  await panel.list.shows(ids(all.filter((job) => job.id.slice(0, -2) !== slow.slug)));
  await expect.poll(() => emulator.held("slow")).toBe(1);
  await emulator.release("slow");
  await panel.list.shows(ids(all));
});

test.describe("servers that do not sort", () => {
  test.use({ server: { data: "empty", noSort: ["all"] } });

  test("the newest of each family are found at the end of its list", async ({ panel, emulator, guard }) => {
    guard.expect(400);
    const oldestFirst = jobs(family, 60, [container(family, 1)]).reverse();
    await emulator.replaceJobs(family, oldestFirst);
    await panel.open();
    await panel.list.shows(ids(oldestFirst).slice(-25).reverse());
  });
});

test("a job opens beside the list, at an address of its own", async ({ panel, emulator }) => {
  const all = await fill(emulator, 1);
  await panel.open();
  await panel.list.shows(ids(all));
  for (const one of families) {
    const id = `${one.slug}-0`;
    await panel.list.link(id).click();
    await panel.isAt(`#/all/${one.slug}/${id}`);
    await expect(panel.detail.region).toContainText(id);
    await panel.list.shows(ids(all));
  }
  expect((await emulator.requests()).some((request) => request.path === jobPath(family, `${family.slug}-0`))).toBe(true);
});

test("loads one page of each family, and the names after it", async ({ panel, emulator }) => {
  const all = await fill(emulator, 2);
  await panel.open();
  await panel.list.shows(ids(all));
  const lists = [...new Set(families.map((one) => API + one.containersPath))];
  const requested = async (part: string) => {
    const paths = (await emulator.requests()).map((request) => request.path);
    return paths.filter((path) => path.startsWith(API + part)).sort();
  };
  await expect.poll(async () => (await requested("/cckm/")).length).toBe(families.length + lists.length);
  const roots = families.map(listPath);
  expect(await requested("/cckm/")).toEqual([...roots, ...lists].sort());
  expect(await requested("/auth/")).toEqual([`${API}/auth/self/domains`, `${API}/auth/self/user`]);
  // The names are requested after the jobs.
  const order = (await emulator.requests()).map((request) => request.path).filter((path) => path.includes("/cckm/"));
  expect(order.slice(0, families.length).sort()).toEqual(roots.sort());
  await emulator.clearRequests();
  await panel.refreshed(...roots);
  // A refresh requests only the jobs.
  const again = (await emulator.requests()).map((request) => request.path);
  expect(again.filter((path) => lists.includes(path))).toEqual([]);
});

test("a view that is left asks no further family", async ({ panel, emulator }) => {
  const own = families.at(-1)!;
  const lists = families.map(listPath);
  await emulator.replaceJobs(own, jobs(own, 3, [container(own, 1)]));
  const views = ["#/all", "#/attention", "#/outdated"];
  for (const [at, view] of views.entries()) {
    await test.step(view, async () => {
      await emulator.clearRequests();
      await emulator.fault({ method: "GET", path: `${API}/cckm/*`, hold: "slow" });
      await (at === 0 ? panel.open(view) : panel.go(view));
      await expect.poll(() => emulator.held("slow")).toBe(4);
      await panel.go(`#/history/${own.slug}`);
      await expect.poll(async () => (await emulator.requests()).some(({ path }) => path === listPath(own))).toBe(true);
      await emulator.clearFaults();
      await emulator.release("slow");
      await expect(panel.history.days).toBeVisible();
      // Time enough for whoever would have gone on.
      await panel.refresh();
      await expect.poll(async () => (await emulator.requests()).filter(({ path }) => path === listPath(own)).length).toBeGreaterThan(1);
      const asked = new Set((await emulator.requests()).map(({ path }) => path).filter((path) => lists.includes(path)));
      expect([...asked].sort()).toEqual([...lists.slice(0, 4), listPath(own)].sort());
      await panel.waitForAnswers();
    });
  }
});

test("jobs that do not say when they were created are never called all", async ({ panel, emulator, page }) => {
  const all = jobs(family, 260, [container(family, 1)]).map(({ createdAt: _, ...rest }) => rest);
  await emulator.replaceJobs(family, all as never);
  await panel.open("#/all");
  const main = page.getByRole("main");
  await expect(main).toContainText("25 jobs");
  await expect(main).not.toContainText("All 25 jobs");
  await expect(page.getByRole("button", { name: "Load more" })).toBeVisible();
  await panel.open("#/attention");
  await expect(main).toContainText("The panel looked at 25 of 260 jobs");
  await expect(main).not.toContainText("all 25 jobs were looked at");
});

test("an item that cannot be read or stands twice takes no count of jobs that need attention away", async ({ panel, emulator }) => {
  const other = families.at(-1)!;
  const bad = job(family, 1, [], failed);
  for (const [list, resources] of [[family, [bad, bad]], [other, [job(other, 1, [], failed), null]]] as const) {
    await emulator.fault({ method: "GET", path: listPath(list), status: 200, body: { skip: 0, limit: 25, total: 2, resources } });
  }
  await panel.open("#/attention");
  await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription("1 job needs attention");
  await expect(panel.frame.link(other.cloud)).toHaveAccessibleDescription("1 job needs attention; not all jobs could be looked at");
});
