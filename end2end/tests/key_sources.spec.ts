// The key sources: families that are shown only where the configuration names their cloud and the server has them.
import { BAD, containers, failed, ids, job, jobs, running, schedule, statusKey } from "../data";
import { API, clouds, families, type Family, family, jobPath, keySources, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import type { Panel } from "../pages/panel";
import { freezeClock, letTimePass, recordRequests, takeAnswered, waitForBackground } from "../time";

const sources = [...new Set(keySources.map(({ cloud }) => cloud))];
/** What the configuration of most of these tests shows. */
const views = [family.cloud, ...sources];
const config = { running_seconds: 60, quiet_seconds: 45, views };

test.use({ server: { data: "empty", keySources: true, config } });

const links = (...shown: string[]) => ["All clouds", ...shown, "Needs attention", "Schedules"];

/** The requests of the lists of `of` and of their containers so far, each with its count. */
async function requested(panel: Panel, of: Family[] = keySources): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const paths = of.flatMap((one) => [listPath(one), API + one.containersPath]);
  for (const { path } of await panel.emulator.requests()) if (paths.includes(path)) counts[path] = (counts[path] ?? 0) + 1;
  return counts;
}

/** Each list of jobs was asked once, and no list of containers. */
const once = (of: Family[]) => Object.fromEntries(of.map((one) => [listPath(one), 1]));

/** Opens a view with a clock that stands still, until everything behind it is there. */
async function openFrozen(panel: Panel, hash: string, ...paths: string[]): Promise<void> {
  await freezeClock(panel);
  await recordRequests(panel.page);
  await panel.open(hash);
  await panel.list.isLoaded();
  await waitForBackground(panel);
  await panel.waitUntilIdle(...paths);
  await takeAnswered(panel.page);
}

test.describe("by default", () => {
  test.use({ server: { data: "empty", keySources: true } });

  test("they are off, also where the server has them and schedules synchronize them", async ({ panel, emulator }) => {
    const [source] = keySources;
    await emulator.replaceSchedules([schedule(source!, 1, undefined, { name: "of a key source" })]);
    await panel.open();
    await panel.waitUntilIdle(...families.map(listPath));
    await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...clouds));
    await panel.find.button.click();
    await panel.find.box.fill(source!.cloud);
    await expect(panel.find.group("Views").getByRole("option", { name: source!.cloud })).toHaveCount(0);
    await expect(panel.find.group("Actions").getByRole("option", { name: source!.cloud })).toHaveCount(0);
    await panel.schedules.open();
    await expect(panel.schedules.link("of a key source")).toBeVisible();
    await expect(panel.schedules.coverage).toContainText(family.title);
    await expect(panel.schedules.coverage).not.toContainText(source!.cloud);
    for (const one of keySources) {
      await panel.open(`#/${one.slug}`);
      await expect(panel.alert("There is no such view")).toBeVisible();
    }
    expect(await requested(panel)).toEqual({});
  });
});

test("views of config.json switches them on: links, All clouds, Find, several starts, the export, Copy as", async ({ panel, emulator, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const one of keySources) await emulator.replaceJobs(one, [job(one, 1, [], { id: one.slug })]);
  await panel.open();
  await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...views));
  await expect(panel.list.rows).toHaveCount(keySources.length);
  for (const one of keySources) {
    await expect(await panel.list.cell(one.slug, "Cloud")).toContainText(one.cloud);
    await expect(await panel.list.cell(one.slug, "Cloud")).toContainText(one.scope);
  }
  await panel.startSeveral.open.click();
  for (const one of keySources) await expect(panel.startSeveral.group(one)).toBeVisible();
  await page.keyboard.press("Escape");
  await panel.find.button.click();
  for (const one of keySources) {
    await panel.find.box.fill(titleOf(one));
    await expect(panel.find.group("Views").getByRole("option", { name: titleOf(one) }).first()).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await panel.export.open.click();
  await panel.export.format("CSV").check();
  await panel.export.rows("All pages").check();
  const { text } = await panel.export.saved(() => panel.export.download.click());
  for (const one of keySources) expect(text).toContain(one.slug);
  await page.keyboard.press("Escape");
  await page.getByRole("main").getByRole("button", { name: "Copy as", exact: true }).click();
  await page.getByRole("menuitem", { name: "curl", exact: true }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  for (const one of keySources) await expect.poll(copied).toContain(listPath(one));
});

test("the view of a cloud has their links too, also where nothing is refreshed by itself", async ({ panel, page }) => {
  await openFrozen(panel, `#/${family.slug}`, ...[family, ...keySources].map(listPath));
  await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...views));
  await page.getByRole("combobox", { name: "Refresh", exact: true }).selectOption("Off");
  await letTimePass(page, 30 * 60_000);
  expect(await requested(panel)).toEqual(once(keySources));
});

for (const [title, server, status] of [
  ["a version without them", {}, 404],
  ["no license for them", { keySources: true, unlicensed: keySources.map(({ slug }) => slug) }, 403]
] as const) {
  test.describe(title, () => {
    test.use({ server: { data: "empty", config, ...server } });

    test(`${title}: nothing is seen of them, and they are asked once`, async ({ panel, emulator, guard }) => {
      guard.expect(status);
      await emulator.replaceContainers(family, containers(family, 1));
      await openFrozen(panel, "", ...[family, ...keySources].map(listPath));
      await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(family.cloud));
      await expect(panel.page.getByRole("alert")).toHaveCount(0);
      await letTimePass(panel.page, 30 * 60_000);
      expect(await requested(panel)).toEqual(once(keySources));
      for (const cloud of ["All clouds", "Needs attention"]) {
        await expect(panel.frame.link(cloud)).not.toHaveAttribute("aria-description", /could/);
      }
      await panel.startSeveral.open.click();
      await expect(panel.startSeveral.group(family)).toBeVisible();
      for (const one of keySources) await expect(panel.startSeveral.group(one)).toHaveCount(0);
      await panel.page.keyboard.press("Escape");
      await panel.frame.link("Schedules").click();
      await expect(panel.schedules.coverage).toContainText(`0 of 1 ${family.many}`);
      for (const cloud of sources) await expect(panel.schedules.coverage).not.toContainText(cloud);
      await expect(panel.page.getByRole("alert")).toHaveCount(0);
      await letTimePass(panel.page, 30 * 60_000);
      expect(await requested(panel)).toEqual(once(keySources));
      await panel.open("#/outdated");
      const outdated = panel.page.getByRole("region", { name: "Out of date" });
      await expect(outdated).toHaveAttribute("aria-busy", "false");
      await expect(outdated.getByRole("list", { name: "By cloud" })).toContainText(titleOf(family));
      for (const cloud of sources) await expect(outdated).not.toContainText(cloud);
    });

    test(`${title}: from the view of a cloud too they are asked once`, async ({ panel, guard }) => {
      guard.expect(status);
      await openFrozen(panel, `#/${family.slug}`, listPath(family));
      await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(family.cloud));
      await letTimePass(panel.page, 30 * 60_000);
      expect(await requested(panel)).toEqual(once(keySources));
      await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(family.cloud));
    });

    test(`${title}: who opens the address of one is told why it is not there`, async ({ panel, guard }) => {
      guard.expect(status);
      const [one] = keySources;
      await panel.open(`#/${one!.slug}`);
      const alert = panel.alert(`Could not load the jobs of ${titleOf(one!)}`);
      await expect(alert).toContainText(String(status));
      await expect(panel.frame.current).toHaveText(one!.cloud);
    });
  });
}

test.describe("some of them", () => {
  const [dsm, luna, lunaSynchronize] = keySources;
  const others = keySources.filter((one) => one !== dsm && one !== luna);
  test.use({ server: { data: "empty", keySources: true, config, unknown: [dsm!.slug], unlicensed: [luna!.slug] } });

  test("one that the server lacks hides no other, of its own cloud neither", async ({ panel, emulator, guard }) => {
    guard.expect(403, 404);
    for (const one of others) await emulator.replaceJobs(one, [job(one, 1, [], { id: one.slug })]);
    await panel.open();
    await panel.list.shows(others.map(({ slug }) => slug));
    await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...views.filter((cloud) => cloud !== dsm!.cloud)));
    await expect(panel.page.getByRole("alert")).toHaveCount(0);
    await panel.startSeveral.open.click();
    await expect(panel.startSeveral.group(lunaSynchronize!)).toBeVisible();
    await expect(panel.startSeveral.group(luna!)).toHaveCount(0);
    await expect(panel.startSeveral.group(dsm!)).toHaveCount(0);
  });
});

test("a method that the path does not have means that the server lacks it, a proxy's page does not", async ({ panel, emulator, guard, page }) => {
  guard.expect(404, 405);
  const [one, , , other] = keySources;
  await emulator.fault({ path: listPath(one!), status: 405, body: { codeDesc: "NCERRMethodNotAllowed", message: "no GET" } });
  await emulator.fault({ path: listPath(other!), status: 404, content_type: "text/html", body: "<!doctype html><h1>Not found</h1>" });
  await panel.open();
  await expect(panel.alert(`Could not load the jobs of ${titleOf(other!)}`)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...views.filter((cloud) => cloud !== one!.cloud)));
  // A press asks again: the server may have got the license meanwhile.
  await emulator.clearFaults();
  await panel.refresh();
  await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...views));
  await expect(page.getByRole("alert")).toHaveCount(0);
});

for (const [status, codeDesc, message] of [
  [403, "NCERRInsufficientPermissions", "Not for you"],
  [500, "NCERRInternalServerError", "The disk is full"]
] as const) {
  test(`HTTP ${status} is a failure that is shown and hides nothing`, async ({ panel, emulator, guard }) => {
    guard.expect(status);
    const one = keySources.at(-1)!;
    await emulator.fault({ path: listPath(one), status, body: { codeDesc, message } });
    await panel.open();
    await expect(panel.alert(`Could not load the jobs of ${titleOf(one)}`)).toContainText(message);
    await expect(panel.frame.clouds.getByRole("link")).toHaveText(links(...views));
    await expect(panel.frame.link(one.cloud)).toHaveAccessibleDescription("Not all jobs could be looked at");
    await panel.frame.link(one.cloud).click();
    await expect(panel.alert(`Could not load the jobs of ${titleOf(one)}`)).toContainText(message);
  });
}

/** Two of them are tried in one page: no two of one cloud, which share a heading and a list of containers. */
for (const pair of [keySources.slice(0, 2), keySources.slice(2)]) {
  const title = pair.map(({ slug }) => slug).join(", ");

  test(`${title}: a list without a container filter, a start, a cancel`, async ({ panel, emulator, page }) => {
    for (const one of pair) {
      await test.step(one.slug, async () => {
        await emulator.clearRequests();
        const own = containers(one, 2);
        const all = jobs(one, 3, own);
        await emulator.replaceContainers(one, own);
        await emulator.replaceJobs(one, all);
        await panel.goToList(one, `?${one.jobField}=x`);
        await panel.list.shows(ids(all));
        await expect(panel.frame.heading).toHaveText(one.cloud);
        const scopes = keySources.filter(({ cloud }) => cloud === one.cloud).map(({ scope }) => scope);
        if (scopes.length > 1) {
          await expect(panel.frame.scope(one.scope)).toBeChecked();
          await expect(panel.frame.scopes.getByRole("radio")).toHaveCount(scopes.length);
        }
        await expect(panel.filters.status).toBeVisible();
        await expect(panel.filters.containers(one)).toHaveCount(0);
        await expect(await panel.list.cell(all[1]!.id, "Containers")).toContainText(own[1]!.name);
        await panel.filters.status.selectOption("Failed");
        await panel.list.shows([all[2]!.id]);
        for (const { path, query } of await emulator.requests()) {
          if (path === listPath(one)) expect(query).not.toContain(one.jobField);
        }

        await panel.start.open.click();
        await panel.start.chosen(one).check();
        await panel.start.container(own[1]!.name).check();
        const body = { [one.selector]: [own[1]!.id] };
        await panel.start.shows(listPath(one), body);
        await panel.start.send.click();
        await expect(panel.start.dialog).toHaveCount(0);
        const started = (await emulator.jobs(one)).find(({ id }) => !ids(all).includes(id))!;
        await panel.filters.status.selectOption("Any");
        await panel.list.link(started.id).click();
        await expect(panel.detail.region).toContainText(own[1]!.name);
        await panel.start.open.click();
        await expect(panel.start.alreadyRunning).toContainText(own[1]!.name);
        await page.keyboard.press("Escape");
        await panel.detail.button("Cancel job").click();
        await panel.detail.confirm.click();
        await expect(await panel.list.cell(started.id, "Outcome")).toContainText("Cancelling");
        const sent = (await emulator.posts()).map((post) => ({ path: post.path, body: post.body }));
        expect(sent).toEqual([
          { path: listPath(one), body },
          { path: `${jobPath(one, started.id)}/cancel`, body: null }
        ]);
      });
    }
  });
}

for (const one of keySources) {
  test(`${one.slug}: Freshness, History, Needs attention, and what schedules cover`, async ({ panel, emulator }) => {
    const own = containers(one, 2);
    const all = [
      job(one, 1, [own[1]!], { ...failed, detailed_status: { [statusKey(one, own[1]!)]: BAD } }),
      job(one, 2, own),
      job(one, 3, [own[0]!], { ...running, overall_status: "in progress", detailed_status: {} })
    ];
    await emulator.replaceContainers(one, own);
    await emulator.replaceJobs(one, all);
    if (one.schedule) await emulator.replaceSchedules([schedule(one, 1, [own[0]!])]);
    const fresh = new Freshness(panel);
    await fresh.open(one);
    await expect(fresh.row(own[1]!.name)).toContainText("failed");
    await expect(fresh.row(own[0]!.name)).not.toContainText("failed");
    await expect(panel.schedules.coverage).toHaveCount(one.schedule ? 1 : 0);
    if (one.schedule) {
      await expect(panel.schedules.coverage).toContainText(`1 of 2 ${one.many} are covered`);
      await panel.go(`#/schedules/${one.slug}`);
      await expect(panel.schedules.row("schedule-1")).toContainText(own[0]!.name);
      await expect(panel.schedules.coverage.getByRole("list", { name: "Not covered" })).toContainText(own[1]!.name);
    } else {
      await panel.go(`#/schedules/${one.slug}`);
      await expect(panel.page.getByRole("main")).toContainText(`No schedule is known that synchronizes ${titleOf(one)}`);
      await expect(panel.schedules.coverage).toHaveCount(0);
      await panel.go("#/schedules");
      await expect(panel.schedules.coverage).toContainText(`No schedule is known for`);
      await expect(panel.schedules.coverage).toContainText(titleOf(one));
    }
    await panel.go(`#/history/${one.slug}`);
    await expect(panel.history.days).toHaveAccessibleName(/^3 jobs in 1 day: 1 Failed, 1 In progress, 1 Completed/);
    await panel.go("#/attention");
    await expect(panel.list.row(all[0]!.id)).toContainText(own[1]!.name);
    await expect(panel.frame.link(one.cloud)).toHaveAccessibleDescription("1 job needs attention");
  });
}
