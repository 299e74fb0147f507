// Invalid responses never become "none", "0 of 0" or "Nothing needs attention", but always a failure that can be retried, in
// every place that shows a list or a job.
import type { Locator } from "@playwright/test";

import { container, filterValue, ids, job, jobs } from "../data";
import { API, differing, DOMAINS, families, type Family, family, jobPath, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { HONEST, type InvalidAnswer, NO_LIST, noJob } from "../invalid_answers";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

/** Texts that claim that there is nothing. */
const NONE = /There are no jobs of|no synchronization jobs yet|No job matches|\b0 of 0|All 0 jobs|Nothing needs|There are no jobs yet|list of them is empty/;

const main = (panel: Panel) => panel.page.getByRole("main");

/** Answers `path` with each of `kinds` in turn, and asserts that `alert` reports it and that no text claims an empty result. */
async function each(panel: Panel, kinds: InvalidAnswer[], path: string, alert: Locator, region = main(panel)): Promise<void> {
  for (const kind of kinds) {
    await panel.emulator.clearFaults();
    await panel.emulator.fault({ method: "GET", path, ...kind.fault });
    await panel.refresh();
    await expect(alert, kind.name).toContainText(kind.message);
    await expect(alert.getByRole("button", { name: "Try again" }), kind.name).toBeVisible();
    await expect(alert.getByRole("button", { name: "Load the page again" })).toHaveCount(kind.page ? 1 : 0);
    if (kind.page) await expect(alert).toContainText("A sign-in page of a proxy may be in between");
    await expect(region, kind.name).not.toContainText(NONE);
    await expect(alert).not.toContainText(/begins:\s*$/);
  }
}

for (const family of differing) {
  const of = [container(family, 1)];

  test(`${family.slug}: an invalid list is a failure in the list, in freshness and in history`, async ({ panel, emulator, guard }) => {
    guard.expect(500);
    const alert = panel.alert(`Could not load the jobs of ${titleOf(family)}`);
    // From the first response on.
    await emulator.fault({ method: "GET", path: listPath(family), ...NO_LIST[0]!.fault });
    await panel.open(`#/${family.slug}`);
    await expect(alert).toContainText(NO_LIST[0]!.message);
    await each(panel, [...NO_LIST, HONEST], listPath(family), alert);
    for (const view of ["freshness", "history"]) {
      await panel.go(`#/${view}/${family.slug}`);
      await expect(alert).toBeVisible();
      await each(panel, NO_LIST.slice(-6), listPath(family), alert);
    }

    // Valid responses are not affected: an empty list, and one with some unreadable entries.
    await emulator.clearFaults();
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(main(panel)).toContainText("There are no jobs of");
    await emulator.fault({ method: "GET", path: listPath(family), status: 200, body: { resources: null, total: 0 } });
    await panel.go(`#/${family.slug}`);
    await expect(main(panel)).toContainText("0 of 0");
    await emulator.clearFaults();
    const one = job(family, 1, of);
    const body = { skip: 0, limit: 25, total: 4, resources: [null, one, 7, "x"] };
    await emulator.fault({ method: "GET", path: listPath(family), status: 200, body });
    await panel.refresh();
    await panel.list.shows([one.id]);
    await expect(main(panel)).toContainText("1–4 of 4");
    const unread = "3 jobs of the server's list cannot be read and are not shown.";
    for (const view of [family.slug, `freshness/${family.slug}`, `history/${family.slug}`]) {
      await panel.go(`#/${view}`);
      await expect(main(panel)).toContainText(unread);
    }
  });

  test(`${family.slug}: containers that cannot be loaded are typed, and running jobs are unknown`, async ({ panel, emulator, page }) => {
    const path = API + family.containersPath;
    await panel.openList(family);
    const running = { method: "GET", path: listPath(family), query_contains: "limit=5&", status: 200, body: { total: 7 } };
    // Each until the next one takes its place, because how often a page asks for its containers is its own affair.
    const answer = async (kind?: InvalidAnswer) => {
      await emulator.clearFaults();
      await emulator.fault(running);
      if (kind) await emulator.fault({ method: "GET", path, ...kind.fault });
    };
    await answer(NO_LIST[0]);
    await emulator.clearRequests();
    await page.reload();
    await panel.list.isLoaded();
    await panel.waitUntilIdle(path);
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    const alert = panel.start.dialog.getByRole("alert");
    for (const [number, kind] of NO_LIST.entries()) {
      await expect(alert, kind.name).toContainText(kind.message);
      await expect(panel.start.ids).toBeVisible();
      await answer(NO_LIST[number + 1]);
      await alert.getByRole("button", { name: "Try again" }).click();
    }
    await expect(alert).toHaveCount(0);
    await expect(panel.start.dialog).toContainText("is running is not known");
    await panel.page.keyboard.press("Escape");

    // An unreadable container is counted beside the checkboxes of the others.
    await emulator.clearFaults();
    const body = { skip: 0, limit: 100, total: 2, resources: [container(family, 1), { name: "without an id" }] };
    await emulator.fault({ method: "GET", path, status: 200, body });
    await page.reload();
    await panel.list.isLoaded();
    const unread = `One ${family.one} of the server's list cannot be read and is not shown.`;
    await panel.filters.containers(family).click();
    await expect(panel.filters.form).toContainText(unread);
    await expect(panel.filters.checkboxes).toHaveCount(1);
    await page.keyboard.press("Escape");
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    await expect(panel.start.dialog).toContainText(unread);
  });
}

test("an invalid job is a failure", async ({ panel, emulator }) => {
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      const one = job(family, at + 1, [container(family, 1)]);
      await emulator.replaceJobs(family, [one]);
      const alert = panel.alert(`Could not load this job of ${titleOf(family)}`);
      const [first, ...rest] = noJob(one.id) as [InvalidAnswer, ...InvalidAnswer[]];
      await emulator.fault({ method: "GET", path: jobPath(family, one.id), ...first.fault });
      const hash = `#/${family.slug}/${one.id}`;
      await (at === 0 ? panel.open(hash) : panel.go(hash));
      await expect(alert).toContainText(first.message);
      await each(panel, rest, jobPath(family, one.id), alert, panel.detail.region);
      await expect(panel.detail.region).not.toContainText(/Unknown|Everything/);
      await emulator.clearFaults();
      await alert.getByRole("button", { name: "Try again" }).click();
      await expect(panel.detail.region).toContainText("Completed");
      await expect(alert).toHaveCount(0);
    });
  }
});

for (const [view, empty] of [
  ["", "No jobs could be loaded"],
  ["#/attention", "Nothing could be looked at"]
] as const) {
  test(`${view || "all clouds"}: without a valid response nothing is claimed`, async ({ panel, emulator, guard }) => {
    guard.expect(500);
    const path = `${API}/cckm/*`;
    await emulator.fault({ method: "GET", path, ...HONEST.fault });
    await panel.open(view);
    for (const kind of [HONEST, ...NO_LIST]) {
      await emulator.clearFaults();
      await emulator.fault({ method: "GET", path, ...kind.fault });
      await panel.refresh();
      const alert = main(panel).getByRole("alert").filter({ hasText: kind.message });
      await expect(alert.filter({ hasText: `Could not load the jobs of ${families.length} lists` }), kind.name).toHaveCount(1);
      await expect(main(panel), kind.name).toContainText(empty);
      await expect(main(panel), kind.name).not.toContainText(NONE);
    }
    // The count on each link is unknown too.
    await expect(panel.frame.link(family.cloud)).toHaveAttribute("title", "Not all jobs could be looked at");

    // Some of them are unreadable.
    await emulator.clearFaults();
    await emulator.fault({ method: "GET", path: listPath(family), ...HONEST.fault });
    await panel.refresh();
    await expect(main(panel).getByRole("alert")).toHaveCount(1);
    await expect(main(panel)).toContainText(titleOf(family));
    await expect(main(panel)).toContainText(/where the panel could look|that the panel could look at/);
    await expect(main(panel)).not.toContainText(NONE);
    const other = families.at(-1)!;
    await emulator.replaceJobs(other, [job(other, 1, [], { overall_status: "failed" })]);
    await panel.refresh();
    await expect(panel.list.rows).toHaveCount(1);
    await expect(main(panel)).toContainText(new RegExp(`(not loaded|Not looked at): ${titleOf(family)}`));
    await expect(main(panel)).not.toContainText("All 1 job");

    await emulator.replaceJobs(other, []);
    await emulator.clearFaults();
    await panel.refresh();
    await expect(main(panel)).toContainText(view ? "Nothing needs attention" : "There are no synchronization jobs yet");
    await expect(panel.frame.link(family.cloud)).not.toHaveAttribute("title", /./);
  });
}

test("unreadable jobs of one cloud are reported in all clouds", async ({ panel, emulator }) => {
  const one = job(family, 1, [], { overall_status: "failed" });
  const body = { skip: 0, limit: 25, total: 3, resources: [one, 7, []] };
  await emulator.fault({ method: "GET", path: listPath(family), status: 200, body });
  for (const view of ["", "#/attention"]) {
    await panel.open(view);
    await panel.list.shows([one.id]);
    await expect(main(panel)).toContainText(`${titleOf(family)}: 2 jobs of the server's list cannot be read`);
  }
});

test("one item that cannot be read leaves open whether anything is wrong", async ({ panel, emulator }) => {
  const own = container(family, 1);
  const good = job(family, 1, [own], { regions: undefined });
  await emulator.replaceContainers(family, [own]);
  // Several families may have the same containers.
  for (const one of families.filter((one) => one.containersPath === family.containersPath)) await emulator.replaceJobs(one, [good]);
  await panel.open("#/outdated");
  await expect(main(panel)).toContainText("Nothing is out of date");
  const list = { method: "GET", path: API + family.containersPath, status: 200, body: { skip: 0, limit: 100, total: 2, resources: [own, {}] } };
  await emulator.fault(list);
  await panel.open("#/outdated");
  await expect(main(panel)).toContainText("Nothing is known to be out of date");
  await expect(main(panel)).toContainText("some of the server's list cannot be read");
  await emulator.clearFaults();
  await emulator.fault({ ...list, path: listPath(family), body: { skip: 0, limit: 25, total: 2, resources: [good, null] } });
  await panel.open("#/outdated");
  await expect(main(panel)).toContainText("Nothing is known to be out of date");
  await panel.open("#/attention");
  await expect(main(panel)).toContainText("No job that the panel could look at needs attention");
  await expect(main(panel)).toContainText("among the 2 jobs that were looked at");
  await expect(panel.frame.link(family.cloud)).toHaveAttribute("aria-description", /ot all jobs could be looked at/);
  await panel.open(`#/history/${family.slug}`);
  await expect(main(panel)).toContainText("1 of 2 jobs");
  await expect(main(panel)).not.toContainText("The last 1");
  await expect(main(panel).getByRole("button", { name: "Load more" })).toHaveCount(0);
});

test("domains that cannot be loaded do not count as a single domain, and can be requested again", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  const path = DOMAINS;
  const again = panel.frame.banner.getByRole("button", { name: "Load domains again" });
  for (const kind of [HONEST, ...NO_LIST]) await emulator.fault({ path, times: 1, ...kind.fault });
  await panel.open();
  for (const kind of [HONEST, ...NO_LIST]) {
    await expect(again).toHaveAttribute("title", new RegExp(kind.message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    await expect(panel.frame.domain).toHaveCount(0);
    await again.click();
  }
  await expect(panel.frame.domain).toBeVisible();
  await expect(again).toHaveCount(0);
});

test("reloading the page leads to the proxy's sign-in page and keeps the URL", async ({ panel, emulator, page }) => {
  const all = jobs(family, 9, []);
  await emulator.replaceJobs(family, all);
  const address = `#/${family.slug}?status=failed&rows=10`;
  await panel.open(address);
  await panel.list.isLoaded();
  // A redirect is not followed, neither to another origin, where the emulator would record it, nor to the same one.
  const elsewhere = `${emulator.address.replace("127.0.0.1", "localhost")}${API}/sign-in`;
  for (const Location of [elsewhere, `${API}/sign-in`]) {
    const fault = { status: 307, headers: { Location } };
    await emulator.fault({ path: listPath(family), ...fault });
    await panel.refresh();
    const alert = panel.alert("leads to another address");
    await expect(alert).toContainText("A sign-in page of a proxy may be in between");
    await emulator.clearFaults();
    await Promise.all([page.waitForEvent("load"), alert.getByRole("button", { name: "Load the page again" }).click()]);
    await panel.list.shows(ids(all.filter((one) => one.overall_status === "failed")));
    await panel.isAt(address);
  }
  expect((await emulator.requests()).filter((request) => request.path.endsWith("/sign-in"))).toEqual([]);
});

test("a proxy's own 401 does not lead to the panel's sign-in", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await panel.openList(family);
  await emulator.fault({ path: listPath(family), status: 401, body: "<html>Sign in at the proxy</html>" });
  await panel.refresh();
  await expect(panel.alert("Sign in at the proxy")).toContainText("HTTP 401");
  await expect(panel.page.getByRole("button", { name: "Load the page again" })).toBeVisible();
  await expect(panel.reauth.dialog).toHaveCount(0);
});

test("a filter that is too long is shortened by a press", async ({ panel, emulator, guard }) => {
  guard.expect(414, 431);
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      const own = Array.from({ length: 120 }, (_, index) => container(family, index + 1));
      const all = jobs(family, 4, [own[0]!]);
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, all);
      // A proxy that accepts only short URLs.
      const last = new URLSearchParams({ [family.filter]: filterValue(family, own[29]!) }).toString();
      const refuse = (status: number) => emulator.fault({ path: listPath(family), query_contains: last, status });
      await refuse(414);
      const values = own.slice(0, 60).map((one) => filterValue(family, one));
      await (at === 0 ? panel.open(hashOf(family, values)) : panel.go(hashOf(family, values)));
      const alert = panel.alert("HTTP 414");
      await expect(alert).toContainText("is too long for the server");
      await emulator.clearFaults();
      await refuse(431);
      await panel.refresh();
      await expect(panel.alert("HTTP 431")).toContainText("is too long for the server");
      await expect(main(panel)).not.toContainText(NONE);
      // The URL contains the whole filter until the press.
      expect(new URLSearchParams(panel.hash().split("?")[1]).getAll(family.filter)).toEqual(values);
      await panel.page.getByRole("button", { name: "Keep the first 30 of 60" }).click();
      await expect(panel.filters.containers(family, 30)).toBeVisible();
      await expect(panel.alert("HTTP 431")).toBeVisible();
      await panel.page.getByRole("button", { name: "Keep the first 15 of 30" }).click();
      await panel.list.shows(ids(all));
      await expect(panel.page.getByRole("alert")).toHaveCount(0);
      await panel.go(hashOf(family, values));
      await panel.page.getByRole("button", { name: `Show all ${family.many}` }).click();
      // The rows of before stayed below the alert.
      await expect(panel.page.getByRole("alert")).toHaveCount(0);
      await panel.list.shows(ids(all));
      await panel.isAt(`#/${family.slug}`);
      await emulator.clearFaults();
    });
  }
});

/** The hash of a list whose container filter has these values. */
function hashOf(family: Family, values: string[]): string {
  const query = new URLSearchParams(values.map((value) => [family.filter!, value]));
  return `#/${family.slug}?${query}`;
}

test.describe("at sign-in", () => {
  test.use({ server: { open: false, data: "empty" } });

  test("a server that is no CipherTrust Manager is reported, with advice", async ({ panel, emulator, guard }) => {
    guard.expect(404, 405, 401, "network");
    const kinds: InvalidAnswer[] = [
      { name: "404", fault: { status: 404, body: "" }, message: "HTTP 404" },
      { name: "404 with a page", fault: { status: 404, body: "<h1>Not here</h1>" }, message: "Not here", page: true },
      { name: "405", fault: { status: 405, body: "no" }, message: "HTTP 405" },
      ...NO_LIST.filter((kind) => !kind.message.startsWith("NCERR") && !kind.name.startsWith("{"))
    ];
    await panel.open();
    await panel.signIn.box("Username").fill("ada");
    await panel.signIn.box("Password").fill("secret");
    for (const byToken of [false, true]) {
      for (const { fault, page, name } of kinds) {
        await emulator.clearFaults();
        await emulator.fault({ path: `${API}/auth/*`, ...fault });
        // For a sign-in by token, any object counts as a user.
        if (byToken && name === "an empty object") continue;
        await panel.signIn.button.click();
        const alert = panel.alert("No CipherTrust Manager's interface answers at");
        await expect(alert, name).toContainText(`${emulator.address}${API}`);
        await expect(alert, name).toContainText('"api" in config.json');
        await expect(alert).not.toContainText(/begins:\s*($|A|S)/);
        await expect(alert.getByRole("button", { name: "Load the page again" })).toHaveCount(page ? 1 : 0);
        // The next case has another alert.
        await (byToken ? panel.signIn.token : panel.signIn.box("Username")).fill(emulator.token);
        await emulator.clearFaults();
        await emulator.fault({ path: `${API}/auth/*`, status: 401, body: { codeDesc: "NCERRAuth", message: "No" } });
        await panel.signIn.button.click();
        await expect(panel.alert("NCERRAuth: No")).not.toContainText("No CipherTrust Manager's interface");
      }
      if (!byToken) {
        await panel.signIn.useToken.click();
        await panel.signIn.token.fill(emulator.token);
      }
    }
    await emulator.clearFaults();
    await panel.signIn.button.click();
    await expect(panel.frame.signOut).toBeVisible();
  });
});
