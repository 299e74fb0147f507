// The view of schedules: what it shows, and what can be done with one.
import { before, container, containers, job, run, schedule } from "../data";
import { differing, families, jobPath, listPath, scheduled, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { CONFIGS, RUNS } from "../pages/schedules";

test.use({ server: { data: "empty" } });

const mutations = ["POST", "PATCH", "DELETE"];

test("a schedule is told by its name, its cloud, the names of what it synchronizes, and its times in words and as cron", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const own = containers(scheduled[0]!, 3);
  await emulator.replaceContainers(scheduled[0]!, own);
  const backup = { ...schedule(scheduled[0]!, 9), operation: "database_backup", name: "backup" };
  await emulator.replaceSchedules([
    schedule(scheduled[0]!, 1, own.slice(0, 2)),
    schedule(scheduled[1]!, 2, undefined, { disabled: true }),
    schedule(scheduled[2]!, 3, undefined, { end_date: before(60) }),
    schedule(scheduled[0]!, 4, undefined, { run_at: "0 25 * * *" }),
    backup
  ]);
  await schedules.open();
  await expect(panel.page).toHaveTitle(/^Schedules · /);
  await expect(schedules.table.getByRole("columnheader")).toHaveText(["Name", "Cloud", "Synchronizes", "When", "Next run", "Last run", "State"]);
  await expect(schedules.rows).toHaveCount(4);
  const first = schedules.row("schedule-1");
  await expect(first).toContainText(titleOf(scheduled[0]!));
  await expect(first).toContainText(`${own[0]!.name}, ${own[1]!.name}`);
  await expect(first).toContainText("Every day at 02:00 UTC");
  await expect(first).toContainText("0 2 * * *");
  await expect(first).toContainText("3 Mar, 02:00");
  await expect(first).toContainText("in 17 h");
  await expect(first).toContainText("None yet");
  await expect(first).toContainText("Enabled");
  await expect(schedules.row("schedule-2")).toContainText(`All ${scheduled[1]!.many}`);
  await expect(schedules.row("schedule-2")).toContainText("Disabled");
  await expect(schedules.row("schedule-3")).toContainText("Ended");
  await expect(schedules.row("schedule-4")).toContainText("Not readable");
  await expect(panel.page.getByRole("main")).toContainText("4 schedules, 1 disabled, 1 ended");
});

test("where the local time is UTC, the next runs are told once", async ({ panel, emulator }) => {
  const { schedules } = panel;
  await emulator.replaceSchedules([schedule(scheduled[0]!, 1)]);
  await schedules.open();
  await schedules.link("schedule-1").click();
  const table = schedules.detail.getByRole("table", { name: "Next runs" });
  await expect(table.getByRole("columnheader")).toHaveText(["UTC", "From now"]);
  await expect(table.locator("tbody").getByRole("row").first().getByRole("cell")).toHaveCount(2);
  await expect(schedules.create.locator("svg")).toHaveCount(0);
});

test.describe("in another zone", () => {
  test.use({ timezoneId: "Europe/Berlin" });

  test("the next three runs are told in local time and in UTC, the preferred first", async ({ panel, emulator }) => {
    const { schedules } = panel;
    // The clocks are set forward on 29 March.
    await emulator.replaceSchedules([schedule(scheduled[0]!, 1, undefined, { run_at: "0 2 28-30 3 *" })]);
    await schedules.open();
    await schedules.link("schedule-1").click();
    const table = schedules.detail.getByRole("table", { name: "Next runs" });
    await expect(table.getByRole("columnheader").first()).toHaveText("Local time (Europe/Berlin)");
    await expect(table.getByRole("columnheader").nth(1)).toHaveText("UTC");
    const rows = table.locator("tbody").getByRole("row");
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(0).getByRole("cell").nth(0)).toHaveText("28 Mar, 03:00");
    await expect(rows.nth(1).getByRole("cell").nth(0)).toHaveText("29 Mar, 04:00");
    await expect(rows.nth(1).getByRole("cell").nth(1)).toHaveText("29 Mar, 02:00");
    await expect(schedules.row("schedule-1")).toContainText("28 Mar, 03:00");
    await panel.preferences.choose("Time", "UTC");
    await expect(table.getByRole("columnheader").first()).toHaveText("UTC");
    await expect(schedules.row("schedule-1")).toContainText("28 Mar, 02:00");
  });
});

test("a schedule is in its cloud's own part, and the last run has the outcome of its probable job", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const views = panel.page.getByRole("navigation", { name: "Views" });
  for (const [at, family] of scheduled.entries()) {
    await test.step(family.slug, async () => {
      const own = [container(family, 1), container(family, 2)];
      const daily = schedule(family, 1, own);
      await emulator.replaceContainers(family, own);
      await emulator.replaceSchedules([daily, ...scheduled.filter((other) => other !== family).map((other, at) => schedule(other, at + 2))]);
      await emulator.replaceRuns([run(daily, 1, 3600)]);
      await emulator.replaceJobs(family, [
        job(family, 1, own, { id: "j-likely", createdAt: before(3590), ...(family.regions ? { regions: [] } : {}) }),
        job(family, 2, own.slice(1), { id: "j-other", createdAt: before(3595) })
      ]);
      const address = `#/schedules/${family.slug}`;
      await (at === 0 ? panel.open(address) : panel.go(address));
      // Each is of another cloud, so with the heading the view before is gone.
      await expect(panel.frame.heading).toHaveText(family.cloud);
      await expect(views.getByRole("link")).toHaveText(["Jobs", "Freshness", "History", "Schedules"]);
      await expect(panel.page.getByRole("link", { name: "Schedules", exact: true }).last()).toHaveAttribute("aria-current", "page");
      await expect(schedules.rows).toHaveCount(1);
      const row = schedules.row("schedule-1");
      await expect(row).toContainText("Completed");
      await expect(row).toContainText("probably");
      await schedules.link("schedule-1").click();
      await panel.isAt(`#/schedules/${family.slug}/${daily.id}`);
      await expect(schedules.detail).toContainText("The server does not say which job a run starts.");
      await schedules.detail.getByRole("link", { name: "job j-likely" }).click();
      await panel.isAt(`#/${family.slug}/j-likely`);
      await expect(panel.detail.region).toContainText("j-likely");
    });
  }
});

test("without a job that fits, the scheduler's own word is told, which is no success", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const daily = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([daily]);
  await emulator.replaceRuns([run(daily, 1, 3600)]);
  await schedules.open();
  await expect(schedules.row("schedule-1")).toContainText("Ran");
  await expect(schedules.row("schedule-1")).toContainText("no job known");
  await expect(schedules.row("schedule-1")).not.toContainText("Completed");
  await expect(panel.page.getByRole("main")).not.toContainText("failed");
});

test("a run that the scheduler calls failed is told as that, whatever job may fit it", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const family = scheduled[0]!;
  const own = [container(family, 1)];
  const daily = schedule(family, 1, own);
  await emulator.replaceContainers(family, own);
  await emulator.replaceSchedules([daily]);
  await emulator.replaceRuns([run(daily, 1, 3600, "failed")]);
  const more = { id: "j-likely", createdAt: before(3120), ...(family.regions ? { regions: [] } : {}) };
  await emulator.replaceJobs(family, [job(family, 1, own, more)]);
  await schedules.open();
  await expect(schedules.row("schedule-1")).toContainText("probably");
  await expect(schedules.row("schedule-1")).toContainText("Failed");
  await expect(schedules.row("schedule-1")).not.toContainText("Completed");
  await expect(panel.page.getByRole("main")).toContainText("1 schedule, last run of 1 failed");
});

test("the last run is the newest also where the server lists the oldest runs first", async ({ panel, emulator, page }) => {
  const { schedules } = panel;
  const daily = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([daily]);
  const day = 86_400;
  const all = Array.from({ length: 300 }, (_, at) => run(daily, at + 1, (300 - at) * day, at === 299 ? "failed" : "completed"));
  await page.route((url) => url.pathname === RUNS, async (route) => {
    const skip = Number(new URL(route.request().url()).searchParams.get("skip"));
    await route.fulfill({ json: { skip, limit: 100, total: all.length, resources: all.slice(skip, skip + 100) } });
  });
  await schedules.open();
  await expect(schedules.row("schedule-1")).toContainText("Failed");
  await expect(schedules.row("schedule-1")).not.toContainText("2025");
});

test("as long as the jobs are not read, nothing is said of a run's job", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const daily = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([daily]);
  await emulator.replaceRuns([run(daily, 1, 3600)]);
  await emulator.fault({ method: "GET", path: listPath(scheduled[0]!), hold: "jobs" });
  await schedules.open();
  await expect(schedules.row("schedule-1")).toContainText("Ran");
  // What is not held yet would not be let go.
  await expect.poll(() => emulator.held("jobs")).toBe(1);
  await expect(schedules.row("schedule-1")).not.toContainText("no job known");
  await emulator.release("jobs");
  await expect(schedules.row("schedule-1")).toContainText("no job known");
});

test("a schedule has an address, opens beside the list, and closing it returns to its row", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const all = [1, 2].map((number) => schedule(scheduled[0]!, number, undefined, { description: `What ${number} is for` }));
  await emulator.replaceSchedules(all);
  await schedules.open(`#/schedules/-/${all[1]!.id}`);
  await expect(schedules.detail).toContainText("What 2 is for");
  await schedules.row("schedule-1").getByRole("cell").nth(0).click();
  await panel.isAt(`#/schedules/-/${all[0]!.id}`);
  await expect(schedules.detail).toContainText("What 1 is for");
  await schedules.detail.getByRole("link", { name: "Close" }).click();
  await panel.isAt("#/schedules");
  await expect(schedules.link("schedule-1")).toBeFocused();
  await panel.open("#/schedules/-/gone");
  await expect(schedules.detail).toContainText("The server has no schedule with this id");
});

test("Disable and Enable are one press, and send that field alone", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const own = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await schedules.button("Disable").click();
  await expect(panel.status.filter({ hasText: "Disabled “schedule-1”." })).toBeVisible();
  await expect(schedules.row("schedule-1")).toContainText("Disabled");
  await schedules.button("Enable").click();
  await expect(panel.status.filter({ hasText: "Enabled “schedule-1”." })).toBeVisible();
  const sent = (await emulator.requests()).filter(({ method }) => mutations.includes(method));
  expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["PATCH", `${CONFIGS}/${own.id}`, { disabled: true }],
    ["PATCH", `${CONFIGS}/${own.id}`, { disabled: false }]
  ]);
});

test("where somebody else has changed a schedule, Disable tells what changed and waits for a choice", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const own = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await emulator.editSchedule(own.id, { run_at: "0 4 * * *" });
  await schedules.button("Disable").click();
  const note = schedules.detail.getByRole("alert", { name: "Changed meanwhile" });
  await expect(note.getByRole("row", { name: /^When/ })).toContainText("Every day at 04:00 UTC");
  expect((await emulator.requests()).filter(({ method }) => method === "PATCH")).toEqual([]);
  await note.getByRole("button", { name: "Disable all the same" }).click();
  await expect(schedules.row("schedule-1")).toContainText("Disabled");
});

test("Delete asks first, names what will no longer be synchronized, and Keep it sends nothing", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const family = differing[1]!;
  const own = containers(family, 2);
  await emulator.replaceContainers(family, own);
  await emulator.replaceSchedules([schedule(family, 1, own), schedule(family, 2)]);
  const [first] = await emulator.schedules();
  await schedules.open(`#/schedules/-/${first!.id}`);
  await schedules.button("Delete").click();
  const names = schedules.deletion.getByRole("list", { name: "No longer synchronized" }).getByRole("listitem");
  await expect(names).toHaveText(own.map(({ name }) => name));
  await expect(schedules.deletion).toContainText("Other schedules of this cloud stay: schedule-2.");
  await expect(schedules.deletion.getByText(`DELETE ${CONFIGS}/${first!.id}`)).toBeVisible();
  await schedules.deletion.getByRole("button", { name: "Keep it" }).click();
  await expect(schedules.deletion).toHaveCount(0);
  expect(await emulator.schedules()).toHaveLength(2);
  await schedules.button("Delete").click();
  await schedules.confirmDeletion.click();
  await expect(panel.status.filter({ hasText: "“schedule-1” is deleted." })).toBeVisible();
  await panel.isAt("#/schedules");
  await expect(schedules.rows).toHaveCount(1);
});

test("a refused deletion keeps the dialog with the server's words, and a lost one is looked up", async ({ panel, emulator, guard }) => {
  guard.expect(404, 409, 502);
  const { schedules } = panel;
  const own = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.askToDelete(own);
  const press = schedules.confirmDeletion;
  const path = `${CONFIGS}/${own.id}`;
  await emulator.fault({ method: "DELETE", path, times: 1, status: 409, body: { codeDesc: "NCERRConflict", message: "it runs" } });
  await press.click();
  await expect(schedules.deletion.getByRole("alert")).toContainText("NCERRConflict: it runs");
  await emulator.fault({ method: "DELETE", path, times: 1, status: 502, body: "" });
  await press.click();
  await expect(schedules.deletion.getByRole("alert")).toContainText("the schedule is still there");
  await emulator.fault({ method: "DELETE", path, times: 1, status: 502, body: "", carried_out: true });
  await press.click();
  await expect(panel.status.filter({ hasText: "“schedule-1” is deleted." })).toBeVisible();
});

test("where somebody else has changed a schedule, Delete tells what changed, names what it synchronizes now, and asks again", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const family = differing[1]!;
  const all = containers(family, 3);
  const own = schedule(family, 1, all.slice(0, 1));
  await emulator.replaceContainers(family, all);
  await emulator.replaceSchedules([own]);
  await schedules.askToDelete(own);
  const names = schedules.deletion.getByRole("list", { name: "No longer synchronized" }).getByRole("listitem");
  const press = schedules.confirmDeletion;
  const note = schedules.deletion.getByRole("alert", { name: "Changed meanwhile" });
  const again = note.getByRole("button", { name: "Delete all the same" });
  const deletions = async () => (await emulator.requests()).filter(({ method }) => method === "DELETE").length;
  await expect(names).toHaveText([all[0]!.name]);
  const { job_config_params } = schedule(family, 1, all.slice(1));
  await emulator.editSchedule(own.id, { run_at: "0 4 * * *", job_config_params });
  await press.click();
  await expect(note.getByRole("row", { name: /^Synchronizes/ })).toContainText(all[2]!.name);
  await expect(note.getByRole("row", { name: /^When/ })).toContainText("Every day at 04:00 UTC");
  await expect(names).toHaveText(all.slice(1).map(({ name }) => name));
  await expect(press).toHaveAttribute("aria-disabled", "true");
  expect(await deletions()).toBe(0);
  await emulator.editSchedule(own.id, { name: "of two people" });
  await again.click();
  await expect(note.getByRole("row")).toHaveText(["FieldWhen you opened itNow", "Nameschedule-1of two people"]);
  await expect(schedules.deletion).toContainText("of two people · ");
  expect(await deletions()).toBe(0);
  await again.click();
  await expect(panel.status.filter({ hasText: "“of two people” is deleted." })).toBeVisible();
  expect(await deletions()).toBe(1);
  expect(await emulator.schedules()).toEqual([]);
});

test("a schedule that is gone is said to be, and one that cannot be read is not deleted", async ({ panel, emulator, guard }) => {
  guard.expect(404, 500);
  const { schedules } = panel;
  const own = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.askToDelete(own);
  const press = schedules.confirmDeletion;
  const path = `${CONFIGS}/${own.id}`;
  for (const [status, body] of [[500, ""], [404, "<html><h1>Not Found</h1></html>"]] as const) {
    await emulator.fault({ method: "GET", path, times: 1, status, body });
    await press.click();
    await expect(schedules.deletion.getByRole("alert")).toContainText(`Could not load this schedule · HTTP ${status}`);
    await expect(schedules.deletion).toContainText("The schedule has not been deleted.");
  }
  await emulator.replaceSchedules([]);
  await press.click();
  await expect(panel.status.filter({ hasText: "“schedule-1” was deleted already." })).toBeVisible();
  await expect(schedules.deletion).toHaveCount(0);
  expect((await emulator.requests()).filter(({ method }) => method === "DELETE")).toEqual([]);
});

test("a scheduler that is forbidden, unlicensed or absent is told in words, and nothing else breaks", async ({ panel, emulator, guard, page }) => {
  guard.expect(403, 404);
  const family = differing[1]!;
  await emulator.replaceContainers(family, containers(family, 2));
  for (const [feature, words] of [
    ["forbidden", "Your user may not see the schedules of this server"],
    ["unlicensed", "This server has no license for schedules"],
    ["absent", "This version of the server has no schedules"]
  ] as const) {
    await test.step(feature, async () => {
      await emulator.scheduler(feature);
      await (feature === "forbidden" ? panel.open("#/schedules") : panel.go("#/schedules"));
      await expect(page.getByRole("main")).toContainText(words);
      await expect(page.getByRole("alert")).toHaveCount(0);
      await panel.go(`#/freshness/${family.slug}`);
      await expect(page.getByRole("table", { name: "Freshness by container" })).toBeVisible();
      await expect(page.getByRole("region", { name: "Coverage" })).toHaveCount(0);
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  }
  expect((await emulator.requests()).filter(({ path }) => path === RUNS)).toEqual([]);
});

test("runs that cannot be read leave the schedules as they are", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  await emulator.replaceSchedules([schedule(scheduled[0]!, 1)]);
  await emulator.fault({ method: "GET", path: RUNS, status: 500, body: { codeDesc: "NCERRInternal", message: "no" } });
  await panel.schedules.open();
  await expect(panel.schedules.row("schedule-1")).toContainText("not known");
  await expect(panel.alert("Could not load the runs of the schedules")).toBeVisible();
});

test("a family without schedules says so", async ({ panel, emulator }) => {
  const family = families.find((one) => !one.schedule)!;
  await panel.open(`#/schedules/${family.slug}`);
  await expect(panel.page.getByRole("main")).toContainText(`No schedule is known that synchronizes ${titleOf(family)}`);
  await expect(panel.schedules.create).toHaveCount(0);
  expect((await emulator.requests()).some(({ path }) => path === listPath(family) || path === jobPath(family, "x"))).toBe(false);
});
