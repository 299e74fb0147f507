// Jobs of all clouds that need attention: the view, and the count on each cloud's link. The clock is frozen; the tests
// advance it.
import type { Locator, Page } from "@playwright/test";

import { BAD, before, container, containers, failed, GOOD, ids, type Job, job, jobs, running, statusKey } from "../data";
import type { Emulator } from "../emulator";
import { API, clouds, differing, families, type Family, family, listPath, ofCloud, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { freezeClock, letTimePass, recordMutations, recordRequests, setVisible, takeAnswered, waitForBackground } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty", config: {} } });

const QUIET = 45_000;
const SELDOM = 360_000;
const LISTS = families.map(listPath);
const other = families.at(-1)!;

test.beforeEach(async ({ panel, page, emulator }) => {
  await freezeClock(panel);
  await page.clock.setFixedTime(emulator.time());
  await recordRequests(page);
});

const advanceClock = (panel: Panel, milliseconds: number) => letTimePass(panel.page, milliseconds).then(() => takeAnswered(panel.page));

/** Refreshes everything in view. A request that falls due while another is pending is sent a moment later. */
async function round(panel: Panel): Promise<void> {
  for (const milliseconds of [QUIET, 1000]) await advanceClock(panel, milliseconds);
}

/** Opens the view and waits until all its requests are answered. */
async function open(panel: Panel, query = ""): Promise<void> {
  await panel.open(`#/attention${query}`);
  await panel.waitUntilIdle(...LISTS, ...families.map((one) => API + one.containersPath));
  await takeAnswered(panel.page);
  await advanceClock(panel, 1000);
}

const main = (page: Page) => page.getByRole("main");

/** The links with a count of jobs that need attention, by their text. */
async function counts(panel: Panel): Promise<Record<string, string>> {
  const links = await panel.frame.clouds.getByRole("link").all();
  const read = async (link: Locator) =>
    [await link.locator(":scope").ariaSnapshot(), await link.getAttribute("aria-description"), await link.innerText()] as const;
  const texts = await Promise.all(links.map(read));
  return Object.fromEntries(
    texts
      .filter(([, description]) => description !== null)
      .map(([snapshot, description, text]) => {
        // The visible count equals the description, and says where it is the least that is known.
        const [count, rest] = [description!.match(/^\d+/)?.[0], description!.includes(";") ? "+" : ""];
        expect(text.match(/\d+\+?$/)?.[0]).toBe(count && count + rest);
        return [/link "([^"]*)"/.exec(snapshot)![1]!, description!];
      })
  );
}

const saysCounts = (panel: Panel, expected: Record<string, string>) => expect.poll(() => counts(panel)).toEqual(expected);

const one = "1 job needs attention";
const many = (number: number) => `${number} jobs need attention`;

/** A job of the family over its container `number`. */
const of = (family: Family, minute: number, more: Partial<Job> = {}, number = 1) =>
  job(family, minute, [container(family, number)], { id: `${family.slug}-${minute}`, ...more });

const errors = (family: Family, number = 1): Partial<Job> => {
  const own = container(family, number);
  return { detailed_status: { [statusKey(family, own)]: BAD, another: GOOD } };
};

test("failed and stalled jobs are listed, successful and cancelled ones are not", async ({ panel, emulator }) => {
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      const all = [
        of(family, 1),
        of(family, 2, failed, 2),
        of(family, 3, errors(family, 3), 3),
        of(family, 4, { abort: true }, 4),
        of(family, 5, running, 5),
        of(family, 40, { ...running, updatedAt: before(31 * 60) }, 6)
      ];
      await emulator.replaceJobs(family, all);
      await (at === 0 ? open(panel) : panel.refresh());
      await panel.list.shows(ids([all[1]!, all[2]!, all[5]!]));
      await expect(await panel.list.cell(all[1]!.id, "Cloud")).toContainText(family.cloud);
      await expect(panel.list.row(all[1]!.id)).toContainText("Failed");
      await expect(panel.list.row(all[2]!.id)).toContainText("Completed with errors1 failed");
      await expect(panel.list.row(all[5]!.id)).toContainText("In progress");
      await saysCounts(panel, { [family.cloud]: many(3), "Needs attention": many(3) });
      await expect(panel.frame.link(family.cloud)).toHaveAccessibleName(family.cloud);
      await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription(many(3));
      await expect(main(panel.page)).toContainText("Looked at all 6 jobs.");

      // The job opens beside the list, with its own URL.
      await panel.list.link(all[2]!.id).click();
      await panel.isAt(`#/attention/${family.slug}/${all[2]!.id}`);
      await expect(panel.detail.region).toContainText(all[2]!.id);
      await panel.list.shows(ids([all[1]!, all[2]!, all[5]!]));
      await panel.detail.region.getByRole("link", { name: "Close" }).click();
      await panel.isAt("#/attention");
      await expect(panel.detail.region).toHaveCount(0);
      // The next family begins with none.
      await emulator.replaceJobs(family, []);
      await panel.refresh();
      await expect(main(panel.page)).toContainText("There are no synchronization jobs yet.");
      await saysCounts(panel, {});
    });
  }
});

test("the count on a cloud follows its jobs", async ({ panel, emulator }) => {
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      const first = of(family, 10);
      await emulator.replaceJobs(family, [first]);
      await (at === 0 ? panel.open() : round(panel));
      await panel.list.shows(ids([first]));
      await advanceClock(panel, 1000);
      await saysCounts(panel, {});
      const bad = of(family, 5, failed);
      await emulator.replaceJobs(family, [bad, first]);
      await round(panel);
      await saysCounts(panel, { [family.cloud]: one, "Needs attention": one });
      // A successful job with another selection does not resolve it.
      const elsewhere = of(family, 3, {}, 2);
      await emulator.replaceJobs(family, [elsewhere, bad, first]);
      await round(panel);
      await saysCounts(panel, { [family.cloud]: one, "Needs attention": one });
      const good = of(family, 2);
      await emulator.replaceJobs(family, [good, elsewhere, bad, first]);
      await round(panel);
      await saysCounts(panel, {});
      await emulator.replaceJobs(family, []);
    });
  }
});

test("the families of a cloud are counted together, and all clouds on the view's own link", async ({ panel, emulator }) => {
  const expected: Record<string, string> = { "Needs attention": many(families.length) };
  for (const cloud of clouds) {
    const own = ofCloud(cloud);
    for (const family of own) await emulator.replaceJobs(family, [of(family, 1, failed)]);
    expected[cloud] = own.length === 1 ? one : many(own.length);
  }
  await open(panel);
  await saysCounts(panel, expected);
  await expect(panel.list.rows).toHaveCount(families.length);
});

test("newest first across clouds, and jobs that a later one has resolved are hidden until they are requested", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, [of(family, 2, failed, 2), of(family, 4), of(family, 6, failed), of(family, 8, failed)]);
  await emulator.replaceJobs(other, [of(other, 1, failed), of(other, 3, failed, 2), of(other, 5, { [other.jobField]: [] }), of(other, 7, failed)]);
  const needing = [`${other.slug}-1`, `${family.slug}-2`, `${other.slug}-3`];
  await open(panel);
  await panel.list.shows(needing);
  await expect(main(page)).toContainText("3 more were mended by a later job.");
  await page.getByRole("button", { name: "Show the mended" }).click();
  await panel.list.shows([`${family.slug}-6`, `${other.slug}-7`, `${family.slug}-8`]);
  await expect(page.getByRole("heading", { name: "Mended by a later job" })).toBeVisible();
  await expect(main(page)).toContainText("These 3 were mended by a later job.");
  await page.getByRole("button", { name: "Show what needs attention" }).click();
  await panel.list.shows(needing);
  await expect(page.getByRole("heading", { name: "Mended by a later job" })).toHaveCount(0);
});

test("a job that stands still needs attention from the thirtieth minute on", async ({ panel, emulator, page }) => {
  const still = of(family, 29, { ...running, updatedAt: before(29 * 60) });
  await emulator.replaceJobs(family, [still]);
  await open(panel);
  await expect(main(page)).toContainText("Nothing needs attention");
  await saysCounts(panel, {});
  await panel.advance(60);
  await advanceClock(panel, 1000);
  await panel.list.shows(ids([still]));
  await saysCounts(panel, { [family.cloud]: one, "Needs attention": one });
  await expect(page).toHaveTitle("1 running · Needs attention · Key sync");
  // The job makes progress after all.
  await emulator.replaceJobs(family, [{ ...still, updatedAt: emulator.time().toISOString() }]);
  await advanceClock(panel, 4000);
  await expect(main(page)).toContainText("Nothing needs attention");
  await saysCounts(panel, {});
});

for (const [hash, often, lists] of [
  ["#/attention", LISTS.slice(0, 1), LISTS],
  [`#/attention/${family.slug}/${family.slug}-40`, [`${LISTS[0]}/${family.slug}-40`], LISTS]
] as const) {
  test(`refreshes that change nothing touch nothing: ${hash}`, async ({ panel, emulator, page }) => {
    const stuck = of(family, 40, { ...running, updatedAt: before(2400) });
    await emulator.replaceJobs(family, [of(family, 1, failed, 2), stuck]);
    await emulator.replaceJobs(other, [of(other, 1, failed), of(other, 2, failed, 3)]);
    await panel.open(hash);
    await panel.waitUntilIdle(...lists, API + family.containersPath, API + other.containersPath);
    await takeAnswered(page);
    await advanceClock(panel, 1000);
    await expect(panel.list.rows).toHaveCount(4);
    const changes = await recordMutations(page);
    expect(await advanceClock(panel, 2999)).toEqual([]);
    expect(await advanceClock(panel, 1)).toEqual(often);
    const all: string[] = [];
    for (let passed = 4000; passed < QUIET + 4000; passed += 4000) all.push(...(await advanceClock(panel, 4000)));
    expect(all.filter((path) => !often.some((one) => one === path)).sort()).toEqual(
      lists.filter((path) => !often.some((one) => one === path)).sort()
    );
    expect(await changes()).toEqual([]);
  });
}

test("a cloud that refuses is named as not loaded, and the others are not affected", async ({ panel, emulator, guard, page }) => {
  guard.expect(403);
  const refusal = { status: 403, body: { codeDesc: "NCERRInsufficientPermissions", message: "Not for you" } };
  await emulator.fault({ path: listPath(family), ...refusal });
  await open(panel);
  const alert = panel.alert("Not for you");
  await expect(alert).toContainText(titleOf(family));
  await expect(main(page)).toContainText("No job that the panel could look at needs attention");
  await expect(main(page)).toContainText(`Not looked at: ${titleOf(family)}.`);
  await emulator.replaceJobs(other, [of(other, 1, failed)]);
  await panel.refresh();
  await panel.list.shows([`${other.slug}-1`]);
  await expect(main(page)).toContainText(`Not looked at: ${titleOf(family)}.`);
  const unknown = "ot all jobs could be looked at";
  await saysCounts(panel, { [family.cloud]: `N${unknown}`, [other.cloud]: one, "Needs attention": `${one}; n${unknown}` });

  await emulator.clearFaults();
  await emulator.replaceJobs(other, []);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(main(page)).toContainText("Nothing needs attention");
  await expect(main(page)).not.toContainText("Not looked at");
  await expect(main(page)).toContainText("There are no synchronization jobs yet.");
});

test("without any response the view claims nothing", async ({ panel, emulator, guard, page }) => {
  guard.expect(502);
  await emulator.fault({ path: `${API}/cckm/*`, status: 502, body: "" });
  await panel.open("#/attention");
  await expect(main(page)).toContainText("Nothing could be looked at");
  await expect(main(page)).not.toContainText("Nothing needs attention");
  await expect(main(page).getByRole("alert").filter({ hasText: `the jobs of ${families.length} lists` })).toHaveCount(1);
});

test("a slow cloud does not delay the others, and nothing is claimed without it", async ({ panel, emulator, page }) => {
  await emulator.fault({ path: listPath(family), hold: "slow" });
  await panel.open("#/attention");
  await expect.poll(() => emulator.held("slow")).toBe(1);
  await panel.page.clock.runFor(1000);
  await expect(main(page)).toContainText("Looking…");
  await expect(main(page)).not.toContainText("Nothing needs attention");
  await emulator.release("slow");
  await expect(main(page)).toContainText("Nothing needs attention");
});

test("shows how many jobs were checked, and loads more", async ({ panel, emulator, page }) => {
  const good = jobs(family, 30, []).map((one) => ({ ...one, overall_status: "completed" }));
  const bad = of(family, 31, failed, 3);
  await emulator.replaceJobs(family, [...good.map((one) => ({ ...one, [family.jobField]: ["x"] })), bad]);
  await open(panel);
  await expect(main(page)).toContainText("Nothing needs attention");
  await expect(main(page)).toContainText("among the last 25 jobs.");
  await page.getByRole("button", { name: "Load more" }).click();
  await panel.isAt("#/attention?depth=2");
  await panel.list.shows(ids([bad]));
  await expect(main(page)).toContainText("Looked at all 31 jobs.");
  await expect(page.getByRole("button", { name: "Load more" })).toHaveCount(0);
  await page.goBack();
  await expect(main(page)).toContainText("Nothing needs attention");
});

test.describe("beside another view", () => {
  /** Opens a family's list and waits for its response; the other families are not requested yet. */
  async function openList(panel: Panel, emulator: Emulator): Promise<void> {
    await emulator.replaceJobs(family, [of(family, 1, failed), of(family, 2, running, 2)]);
    for (const another of families.slice(1)) await emulator.replaceJobs(another, [of(another, 1, failed)]);
    await panel.openList(family);
    await panel.waitUntilIdle(listPath(family), API + family.containersPath);
    await waitForBackground(panel);
    await takeAnswered(panel.page);
  }

  const elsewhere = (paths: string[]) => paths.filter((path) => path !== listPath(family));
  const others = LISTS.filter((path) => path !== listPath(family));

  test("jobs that the view has loaded are counted at once, and the rest is requested now and then", async ({ panel, emulator }) => {
    await openList(panel, emulator);
    // Of all clouds at least so many: the others were not asked yet.
    await saysCounts(panel, { [family.cloud]: one, "Needs attention": `${one}; not all clouds have been looked at yet` });
    await expect(panel.frame.link(family.cloud)).toHaveText(`${family.cloud}1`);
    await expect(panel.frame.link("Needs attention")).toHaveText("Needs attention1+");
    // Never while the view may still wait for its own rows.
    expect(elsewhere(await advanceClock(panel, QUIET - 5000))).toEqual([]);
    expect(elsewhere(await advanceClock(panel, 5000)).sort()).toEqual([...others].sort());
    await expect(panel.frame.link("Needs attention")).toHaveAccessibleDescription(many(families.length));
    await expect(panel.frame.link("Needs attention")).toHaveText(`Needs attention${families.length}`);
    expect(elsewhere(await advanceClock(panel, SELDOM - 5000))).toEqual([]);
    expect(elsewhere(await advanceClock(panel, 6000)).sort()).toEqual([...others].sort());
  });

  test("one family after the other", async ({ panel, emulator, page }) => {
    await openList(panel, emulator);
    await emulator.fault({ path: listPath(families[2]!), hold: "slow" });
    await page.clock.runFor(QUIET);
    await expect.poll(() => emulator.held("slow")).toBe(1);
    const requests = (await emulator.requests()).map((request) => request.path);
    expect(others.filter((path) => requests.includes(path))).toEqual(others.slice(0, 2));
    await emulator.release("slow");
    await expect(panel.frame.link(other.cloud)).toHaveAccessibleDescription(/attention$/);
  });

  test("no request is sent while the page is hidden, or with refreshing off", async ({ panel, emulator, page }) => {
    await openList(panel, emulator);
    await setVisible(page, false);
    expect(await advanceClock(panel, 3_600_000)).toEqual([]);
    await page.getByRole("combobox", { name: "Refresh", exact: true }).selectOption("Off");
    await setVisible(page, true);
    expect(await advanceClock(panel, 3_600_000)).toEqual([]);
    await page.getByRole("combobox", { name: "Refresh", exact: true }).selectOption("Automatic");
    expect(elsewhere(await advanceClock(panel, 0)).sort()).toEqual([...others].sort());
  });

  test("a view of all clouds makes other requests unnecessary, and a family that fails is not counted", async ({ panel, emulator, guard, page }) => {
    guard.expect(500);
    await emulator.fault({ path: listPath(other), status: 500, body: "" });
    await openList(panel, emulator);
    await advanceClock(panel, QUIET);
    await expect(page.getByRole("alert")).toHaveCount(0);
    const last = clouds.at(-1)!;
    await expect(panel.frame.link(last)).toHaveAccessibleDescription(`${one}; not all jobs could be looked at`);
    await expect(panel.frame.link(last)).toHaveText(`${last}1+`);
    await emulator.clearFaults();
    await panel.frame.link("All clouds").click();
    await panel.waitUntilIdle(...LISTS);
    await takeAnswered(page);
    await expect(panel.frame.link("Needs attention")).toHaveAccessibleDescription(many(families.length));
    // Each as often as the view itself requests it.
    const requests: string[] = [];
    for (let passed = 0; passed < SELDOM; passed += 5000) requests.push(...elsewhere(await advanceClock(panel, 5000)));
    for (const path of others) expect(requests.filter((one) => one === path).length).toBeLessThanOrEqual(SELDOM / QUIET + 1);
  });

  test("a filtered list, another page or another order does not count as the newest jobs", async ({ panel, emulator }) => {
    // Each over its own container, so that none resolves another.
    const all = jobs(family, 30, containers(family, 30));
    await emulator.replaceJobs(family, all);
    const queries: [string, Job[]][] = [
      ["?status=failed", all.filter((one) => one.overall_status === "failed")],
      ["?page=2", all.slice(25)],
      ["?sort=createdAt", all.toReversed().slice(0, 25)],
      ["?rows=10", all.slice(0, 10)]
    ];
    for (const [at, [query, shown]] of queries.entries()) {
      await test.step(query, async () => {
        await (at === 0 ? panel.openList(family, query) : panel.go(`#/${family.slug}${query}`));
        await panel.list.shows(ids(shown));
        await waitForBackground(panel);
        await saysCounts(panel, {});
      });
    }
    await panel.go(`#/${family.slug}`);
    await panel.list.shows(ids(all.slice(0, 25)));
    await expect(panel.frame.link(family.cloud)).toHaveAccessibleDescription(many(8));
  });
});

test.describe("clouds that are not shown", () => {
  test.use({ server: { data: "empty", config: { views: [clouds[0]!, clouds[1]!] } } });

  test("are not requested and not counted", async ({ panel, emulator }) => {
    const shown = [...ofCloud(clouds[0]!), ...ofCloud(clouds[1]!)];
    for (const family of families) await emulator.replaceJobs(family, [of(family, 1, failed)]);
    await panel.open("#/attention");
    await panel.waitUntilIdle(...shown.map(listPath));
    await advanceClock(panel, 1000);
    await expect(panel.list.rows).toHaveCount(shown.length);
    await expect(panel.frame.link("Needs attention")).toHaveAccessibleDescription(many(shown.length));
    await advanceClock(panel, SELDOM);
    const requests = (await emulator.requests()).map((request) => request.path);
    expect(families.filter((family) => requests.includes(listPath(family)))).toEqual(shown);
  });
});

test("is cleared with the session, and another user starts anew", async ({ panel, emulator, page, guard }) => {
  guard.expect(401);
  await emulator.replaceJobs(family, [of(family, 1, failed)]);
  await emulator.open(false);
  await panel.open("#/attention");
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await panel.list.shows([`${family.slug}-1`]);
  await saysCounts(panel, { [family.cloud]: one, "Needs attention": one });
  await panel.frame.signOut.click();
  await expect(panel.signIn.button).toBeVisible();
  await emulator.replaceJobs(family, []);
  await advanceClock(panel, SELDOM);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(main(page)).toContainText("Nothing needs attention");
  await saysCounts(panel, {});
});
