// How the panel handles responses: late ones, wrong ones, refusals, and none.
import { container, ids, job, jobs, running } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

const own = [container(family, 1)];

test("a slow old answer never takes the place of a newer one", async ({ panel, emulator }) => {
  const all = jobs(family, 9, own);
  await emulator.replaceJobs(family, all);
  await emulator.fault({ path: listPath(family), query_contains: "overall_status=failed", hold: "old" });
  await panel.openList(family);
  await panel.list.shows(ids(all));

  await panel.filters.status.selectOption("Failed");
  await expect.poll(() => emulator.held("old")).toBe(1);
  await panel.filters.status.selectOption("Completed");
  const completed = ids(all.filter((job) => job.overall_status === "completed"));
  await panel.list.shows(completed);
  await emulator.release("old");
  // A pending request proves that the page has run since: an effect of the old response would be visible.
  await emulator.fault({ path: listPath(family), query_contains: "overall_status=completed", hold: "new" });
  await panel.refresh();
  await expect.poll(() => emulator.held("new")).toBe(1);
  expect(await panel.list.ids()).toEqual(completed);
  await emulator.release("new");
  await panel.list.shows(completed);
  await panel.isAt(`#/${family.slug}?status=completed`);
});

test("while another page is loading the old rows stay, and the first load reserves its space", async ({ panel, emulator, page }) => {
  const all = jobs(family, 60, own);
  await emulator.replaceJobs(family, all);
  await emulator.fault({ path: listPath(family), query_contains: "skip=0", times: 1, hold: "first" });
  await panel.open(`#/${family.slug}`);
  const region = page.locator("[aria-busy=true]").filter({ has: panel.list.table });
  await expect(region).toBeVisible();
  await expect.poll(() => emulator.held("first")).toBe(1);
  await emulator.release("first");
  await panel.list.shows(ids(all.slice(0, 25)));
  await expect(region).toHaveCount(0);

  await emulator.fault({ path: listPath(family), query_contains: "skip=25", times: 1, hold: "second" });
  await panel.pages.next.click();
  await expect.poll(() => emulator.held("second")).toBe(1);
  await panel.list.shows(ids(all.slice(0, 25)));
  await emulator.release("second");
  await panel.list.shows(ids(all.slice(25, 50)));
});

test("an outdated request is aborted", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, jobs(family, 9, own));
  await emulator.fault({ path: listPath(family), query_contains: "overall_status=failed", hold: "old" });
  await panel.openList(family);
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("overall_status=failed"));
  await panel.filters.status.selectOption("Failed");
  await expect.poll(() => emulator.held("old")).toBe(1);
  await panel.frame.link("All clouds").click();
  expect((await aborted).failure()!.errorText).toBe("net::ERR_ABORTED");
});

test("a failed first load offers a retry, and the filters stay", async ({ panel, emulator, guard }) => {
  guard.expect(503);
  const all = jobs(family, 9, own);
  await emulator.replaceJobs(family, all);
  await emulator.fault({ path: listPath(family), times: 1, status: 503, body: "" });
  await panel.open(`#/${family.slug}?status=failed&rows=10`);
  const alert = panel.alert("HTTP 503");
  await expect(alert).toBeVisible();
  await expect(panel.filters.status).toHaveValue("failed");
  await alert.getByRole("button", { name: "Try again" }).click();
  await panel.list.shows(ids(all.filter((job) => job.overall_status === "failed")));
  await expect(alert).toHaveCount(0);
  await panel.isAt(`#/${family.slug}?status=failed&rows=10`);
});

test("the beginning of a proxy's page is shown as text", async ({ panel, emulator, guard, page }) => {
  guard.expect(502);
  const body = `<html><head><title>502</title></head><body><h1>Bad gateway</h1><script>window.ran = true</script></body></html>`;
  await emulator.fault({ path: listPath(family), status: 502, body, content_type: "text/html" });
  await panel.open(`#/${family.slug}`);
  const alert = panel.alert("HTTP 502");
  await expect(alert).toContainText("<h1>Bad gateway</h1>");
  await expect(page.getByRole("heading", { name: "Bad gateway" })).toHaveCount(0);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});

test("a 400 that is not about the sort is shown in its own words", async ({ panel, emulator, guard }) => {
  guard.expect(400);
  const body = { code: 15, codeDesc: "NCERRBadRequest: Bad HTTP request", message: "Validation errors:\nkms: unknown" };
  await emulator.fault({ path: listPath(family), status: 400, body });
  await panel.open(`#/${family.slug}`);
  const alert = panel.alert("HTTP 400");
  await expect(alert).toContainText("kms: unknown");
  await expect(alert).toContainText("NCERRBadRequest: Bad HTTP request");
});

test("a refresh that changes nothing changes nothing in the document", async ({ panel, emulator, page }) => {
  const all = [...jobs(family, 9, own), job(family, 10, own, running)];
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.list.shows(ids(all));
  await expect(panel.list.table).toContainText(own[0]!.name);

  // The tools of the list come after its rows.
  await expect(page.getByRole("group", { name: "This list" }).getByRole("button", { name: "Export" })).toBeVisible();
  // Timers stand still, since the notice of a slow response would be a change too.
  await page.clock.install({ time: emulator.time() });
  // Playwright can pause the clock only at a time in the future.
  await page.clock.pauseAt(emulator.time().getTime() + 10_000);
  await page.getByRole("main").evaluate((main) => {
    const records: string[] = [];
    Object.assign(window, { records });
    new MutationObserver((list) => records.push(...list.map((one) => `${one.type} ${one.attributeName} ${one.target.nodeName}`))).observe(main, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true
    });
  });
  for (let round = 0; round < 3; round++) await panel.refreshed(listPath(family));
  // A changed list proves that the observer works and that no change was pending.
  expect(await page.evaluate(() => (window as unknown as { records: string[] }).records)).toEqual([]);
  await emulator.replaceJobs(family, [{ ...all[0]!, overall_status: "failed" }, ...all.slice(1)]);
  await panel.refresh();
  await expect(await panel.list.cell(all[0]!.id, "Outcome")).toHaveText("Failed");
  const records = await page.evaluate(() => (window as unknown as { records: string[] }).records);
  expect(records.length).toBeGreaterThan(0);
  // One row's outcome has changed: the other rows are not touched.
  expect(records.length).toBeLessThan(20);
});

test("a refresh draws in place: the focus and the rows stay", async ({ panel, emulator, page }) => {
  const all = jobs(family, 9, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.list.link(all[4]!.id).focus();
  await panel.list.row(all[4]!.id).evaluate((row) => Object.assign(row, { mine: true }));
  await emulator.addJobs(family, [job(family, 0, own, running)]);
  await panel.page.getByRole("button", { name: "Refresh now" }).dispatchEvent("click");
  await expect(await panel.list.cell(job(family, 0, own).id, "Outcome")).toBeVisible();
  await expect(panel.list.link(all[4]!.id)).toBeFocused();
  expect(await panel.list.row(all[4]!.id).evaluate((row) => "mine" in row)).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("A");
});
