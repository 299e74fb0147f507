// Tests every row of the table of families: paths, names of filters and fields, words and switches. The behaviour of the
// panel is the same code for all families; other specs test it with three families that differ.
import { BAD, container, type Container, containers, failed, filterValue, ids, job, statusKey, uuid } from "../data";
import { API, families, jobPath, listPath, ofCloud, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

/** The paths below `/cckm` requested so far. */
const requestedPaths = async (panel: Panel) => (await panel.emulator.requests()).map(({ path }) => path).filter((path) => path.startsWith(`${API}/cckm`));

/** Families that are tried in one page: no two of one cloud, which share a heading and some of them a list of containers. */
const groups = [0, 1, 2].map((third) => families.filter((_, at) => at % 3 === third));

for (const group of groups) {
  const title = group.map(({ slug }) => slug).join(", ");

  test(`${title}: its lists, its filter and its words`, async ({ panel, emulator, guard, page }) => {
    guard.expect(403);
    for (const family of group) {
      await test.step(family.slug, async () => {
        await emulator.clearRequests();
        const own = containers(family, 3);
        const all = [1, 2, 3].map((number) => job(family, number, [own[number - 1]!]));
        await emulator.replaceContainers(family, own);
        await emulator.replaceJobs(family, all);
        await panel.goToList(family);
        await expect(panel.frame.current).toHaveText(family.cloud);
        if (ofCloud(family.cloud).length > 1) await expect(panel.frame.scope(family.scope)).toBeChecked();
        await panel.list.shows(ids(all));
        await expect(await panel.list.cell(all[1]!.id, "Containers")).toContainText(own[1]!.name);
        await panel.waitForAnswers(listPath(family), API + family.containersPath);
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
        await emulator.clearFaults();
      });
    }
  });

  test(`${title}: its fields in a start, and its path in a cancel`, async ({ panel, emulator, page }) => {
    for (const family of group) {
      await test.step(family.slug, async () => {
        await emulator.clearRequests();
        const own = containers(family, 2);
        await emulator.replaceContainers(family, own);
        await panel.goToList(family);
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
        Object.assign(body, await panel.start.checkSwitches(family));
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
        await expect(panel.start.dialog).toContainText(`Not sent while a job of ${titleOf(family)} runs, except by Start anyway.`);
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
    }
  });

  test(`${title}: its containers in a job's results, in Freshness, History and Needs attention`, async ({ panel, emulator }) => {
    // No two families have an id or a name in common, so that nothing of the one before meets an assertion.
    const filled = group.map((family, at) => {
      const own = [1, 2].map((number) => container(family, 10 * at + number, { regions: ["eu-central-1"] }));
      const [good, bad] = own as [Container, Container];
      const details = { ...failed, detailed_status: { [statusKey(family, bad)]: BAD } };
      const one = job(family, 1, [bad], { ...details, id: uuid(10 * at + 1, 1) });
      return { family, own, good, bad, one, all: [one, job(family, 2, own, { id: uuid(10 * at + 2, 1) })] };
    });
    for (const { family, own, all } of filled) {
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, all);
    }
    for (const [at, { family, good, bad, one }] of filled.entries()) {
      await test.step(family.slug, async () => {
        await emulator.clearRequests();
        const history = `#/history/${family.slug}`;
        await (at === 0 ? panel.open(history) : panel.go(history));
        await expect(panel.frame.heading).toHaveText(family.cloud);
        await expect(panel.history.days).toHaveAccessibleName("2 jobs in 1 day: 1 Failed, 1 Completed. Days are in local time (UTC).");
        await panel.waitForAnswers(listPath(family));
        expect(await requestedPaths(panel)).toEqual([listPath(family)]);

        await panel.go(`#/${family.slug}/${one.id}`);
        await expect(panel.detail.rows).toContainText(bad.name);
        await panel.detail.button("Retry failed").click();
        const regions = family.regions ? { regions: ["eu-central-1"] } : {};
        await panel.start.shows(listPath(family), { [family.selector]: [bad.id], ...regions });

        const fresh = new Freshness(panel);
        await panel.page.keyboard.press("Escape");
        await panel.go(`#/freshness/${family.slug}`);
        await expect(fresh.row(bad.name)).toContainText("failed");
        await expect(fresh.row(good.name)).not.toContainText("failed");
      });
    }
    await test.step("Needs attention", async () => {
      await panel.go("#/attention");
      await panel.list.showsAnyOrder(filled.map(({ one }) => one.id));
      for (const { family, bad, one } of filled) {
        await expect(panel.list.row(one.id)).toContainText(bad.name);
        await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription("1 job needs attention");
        await panel.list.link(one.id).click();
        await panel.isAt(`#/attention/${family.slug}/${one.id}`);
        await expect(panel.detail.rows).toContainText(bad.name);
      }
    });
  });
}
