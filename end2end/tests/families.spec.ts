// Tests every row of the table of families: paths, names of filters and fields, words and switches. The behaviour of the
// panel is the same code for all families; other specs test it with three families that differ.
import { BAD, container, containers, failed, filterValue, ids, job, statusKey } from "../data";
import { API, families, jobPath, listPath, ofCloud, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

/** The paths below `/cckm` requested so far. */
const requestedPaths = async (panel: Panel) => (await panel.emulator.requests()).map(({ path }) => path).filter((path) => path.startsWith(`${API}/cckm`));

for (const family of families) {
  test(`${family.slug}: its lists, its filter and its words`, async ({ panel, emulator, guard, page }) => {
    guard.expect(403);
    const own = containers(family, 3);
    const all = [1, 2, 3].map((number) => job(family, number, [own[number - 1]!]));
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, all);
    await panel.openList(family);
    await expect(panel.frame.heading).toHaveText(family.cloud);
    await expect(panel.frame.current).toHaveText(family.cloud);
    if (ofCloud(family.cloud).length > 1) await expect(panel.frame.scope(family.scope)).toBeChecked();
    await panel.list.shows(ids(all));
    await expect(await panel.list.cell(all[1]!.id, "Containers")).toContainText(own[1]!.name);
    await panel.waitUntilIdle(listPath(family), API + family.containersPath);
    expect([...new Set(await requestedPaths(panel))].sort()).toEqual([listPath(family), API + family.containersPath].sort());

    await panel.filters.containers(family).click();
    await panel.filters.container(own[1]!.name).check();
    await panel.list.shows([all[1]!.id]);
    const value = filterValue(family, own[1]!);
    await panel.isAt(`#/${family.slug}?${new URLSearchParams([[family.filter, value]])}`);
    const last = (await emulator.requests()).filter(({ path }) => path === listPath(family)).at(-1)!;
    expect(new URLSearchParams(last.query).getAll(family.filter)).toEqual([value]);
    await expect(panel.filters.containers(family, 1)).toBeVisible();
    await page.keyboard.press("Escape");

    await emulator.fault({ path: listPath(family), status: 403, body: { codeDesc: "NCERRDenied", message: "Not for you" } });
    await panel.refresh();
    await expect(panel.alert(`Could not load the jobs of ${titleOf(family)}`)).toContainText("Not for you");
  });

  test(`${family.slug}: its fields in a start, and its path in a cancel`, async ({ panel, emulator, page }) => {
    const own = containers(family, 2);
    await emulator.replaceContainers(family, own);
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    await expect(panel.start.dialog).toContainText(`Choose at least one ${family.one}.`);
    // Exactly its own switches.
    for (const { field, label } of families.flatMap(({ switches }) => switches)) {
      const mine = family.switches.some((one) => one.field === field);
      await expect(panel.start.container(label)).toHaveCount(mine ? 1 : 0);
    }
    await panel.start.container(own[1]!.name).check();
    await expect(panel.start.regions).toHaveCount(family.regions ? 1 : 0);
    const body: Record<string, unknown> = { [family.selector]: [own[1]!.id] };
    await panel.start.shows(listPath(family), body);
    for (const { field, label } of family.switches) {
      await panel.start.container(label).check();
      body[field] = true;
    }
    await panel.start.shows(listPath(family), body);
    await panel.start.send.click();
    await expect(panel.start.dialog).toHaveCount(0);
    const [started] = await emulator.jobs(family);
    await panel.list.shows([started!.id]);
    await expect(await panel.list.cell(started!.id, "Containers")).toContainText(own[1]!.name);

    await panel.list.link(started!.id).click();
    await panel.isAt(`#/${family.slug}/${started!.id}`);
    await expect(panel.detail.region).toContainText(started!.id);
    // The form of the next start names the running job.
    await panel.start.open.click();
    await expect(panel.start.alreadyRunning).toContainText(own[1]!.name);
    await panel.start.everything.check();
    await expect(panel.start.dialog).toContainText(`Waits while a job of ${titleOf(family)} runs.`);
    await page.keyboard.press("Escape");
    await panel.detail.button("Cancel job").click();
    await panel.detail.confirm.click();
    await expect(panel.detail.question).toHaveCount(0);
    await expect(await panel.list.cell(started!.id, "Outcome")).toContainText("Cancelling");
    const sent = (await emulator.posts()).map((post) => ({ path: post.path, query: post.query, body: post.body }));
    expect(sent).toEqual([
      { path: listPath(family), query: "", body },
      { path: `${jobPath(family, started!.id)}/cancel`, query: "", body: null }
    ]);
  });

  test(`${family.slug}: its containers in a job's results, in Freshness, History and Needs attention`, async ({ panel, emulator }) => {
    const own = [1, 2].map((number) => container(family, number, { regions: ["eu-central-1"] }));
    const bad = { [statusKey(family, own[1]!)]: BAD };
    const all = [job(family, 1, [own[1]!], { ...failed, detailed_status: bad }), job(family, 2, own)];
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, all);
    await panel.openList(family, `/${all[0]!.id}`);
    await expect(panel.detail.rows).toContainText(own[1]!.name);
    await panel.detail.button("Retry failed").click();
    const regions = family.regions ? { regions: ["eu-central-1"] } : {};
    await panel.start.shows(listPath(family), { [family.selector]: [own[1]!.id], ...regions });

    const fresh = new Freshness(panel);
    await panel.page.keyboard.press("Escape");
    await panel.go(`#/freshness/${family.slug}`);
    await expect(fresh.row(own[1]!.name)).toContainText("failed");
    await expect(fresh.row(own[0]!.name)).not.toContainText("failed");

    await emulator.clearRequests();
    await panel.open(`#/history/${family.slug}`);
    await expect(panel.history.days).toHaveAccessibleName("2 jobs in 1 day: 1 Failed, 1 Completed. Days are in local time (UTC).");
    await panel.waitUntilIdle();
    expect(await requestedPaths(panel)).toEqual([listPath(family)]);

    await panel.go("#/attention");
    await panel.list.shows([all[0]!.id]);
    await expect(panel.list.row(all[0]!.id)).toContainText(own[1]!.name);
    await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription("1 job needs attention");
    await panel.list.link(all[0]!.id).click();
    await panel.isAt(`#/attention/${family.slug}/${all[0]!.id}`);
  });
}
