// The start form names a job that is already running, and its check sends no start.
import { before, container, job, running, shortId } from "../data";
import { LONG_INTERVALS } from "../emulator";
import { differing, families, type Family, family, jobPath, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { freezeClock } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

/** Stores running jobs, the first of which started twelve minutes ago, and opens the form. */
async function open(panel: Panel, family: Family, count = 1) {
  const own = [1, 2].map((number) => container(family, number));
  const all = Array.from({ length: count }, (_, index) => job(family, 12 + index, own.slice(0, 1), running));
  await panel.emulator.replaceContainers(family, own);
  await panel.emulator.replaceJobs(family, all);
  await panel.goToList(family);
  await panel.start.open.click();
  return { own, all };
}

test("a running job is named with its age, and Start waits", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const { own, all } = await open(panel, family);
      await expect(panel.start.alreadyRunning).toContainText(own[0]!.name);
      await expect(panel.start.alreadyRunning).toContainText(shortId(all[0]!.id));
      await expect(panel.start.alreadyRunning).toContainText("running for 12 min");
      await panel.start.everything.check();
      await expect(panel.start.send).toBeDisabled();
      await expect(panel.start.dialog).toContainText(`Not sent while a job of ${titleOf(family)} runs, except by Start anyway.`);
      await panel.start.send.click({ force: true });
      await expect.poll(() => emulator.runningChecks(family)).toBe(2);
      expect(await emulator.posts()).toEqual([]);
      await emulator.fault({ method: "POST", path: listPath(family), status: 204 });
      await panel.start.whileRunning("Start anyway").click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect((await emulator.posts()).map((request) => request.body)).toEqual([{ synchronize_all: true }]);
    });
  }
});

test("a status with a space is a running job too, whatever the filter finds", async ({ panel, emulator }) => {
  const odd = job(family, 3, [], { ...running, overall_status: "In Progress" });
  await emulator.replaceJobs(family, [odd]);
  // The server's status filter does not match the other spelling.
  const none = { skip: 0, limit: 5, total: 0, resources: [] };
  await emulator.fault({ method: "GET", path: listPath(family), query_contains: "overall_status", status: 200, body: none });
  await panel.open(`#/${family.slug}?status=failed`);
  await panel.start.open.click();
  await expect(panel.start.alreadyRunning).toContainText(shortId(odd.id));
});

test("of several running jobs the newest is named and the others are counted; its age and progress are updated", async ({ panel, emulator, page }) => {
  await freezeClock(panel);
  const { all } = await open(panel, family, 3);
  await expect(panel.start.alreadyRunning.getByTitle(all[0]!.id)).toHaveText(shortId(all[0]!.id));
  await expect(panel.start.alreadyRunning).toContainText("and 2 more");
  await page.clock.runFor(2000);
  await expect(panel.start.alreadyRunning).toContainText("running for 12 min 02 s");
  const more = { ...running, createdAt: all[0]!.createdAt, detailed_status: { a: "synchronized successfully", b: "in_progress" } };
  const others = all.slice(1).map((job) => ({ ...job, overall_status: "completed" }));
  await emulator.replaceJobs(family, [{ ...all[0]!, ...more }, ...others]);
  await page.clock.runFor(LONG_INTERVALS.running_seconds * 1000);
  await expect(panel.start.alreadyRunning).toContainText("1 of 2 done");
  await expect(panel.start.alreadyRunning).not.toContainText("more");
});

test("a job that begins while the form is open is found before anything is sent", async ({ panel, emulator }) => {
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  await expect(panel.start.send).toBeEnabled();
  await expect.poll(() => emulator.runningChecks(family)).toBe(2);
  const late = job(family, 0, [], running);
  await emulator.replaceJobs(family, [late]);
  await panel.start.send.click();
  await expect(panel.start.alreadyRunning).toContainText(shortId(late.id));
  await expect(panel.start.send).toBeDisabled();
  expect(await emulator.posts()).toEqual([]);
});

test("a job that has ended meanwhile leaves Start free", async ({ panel, emulator, page }) => {
  await freezeClock(panel);
  const { all } = await open(panel, family);
  await panel.start.everything.check();
  await panel.start.whileRunning("Start anyway").focus();
  await emulator.replaceJobs(family, [{ ...all[0]!, overall_status: "completed", completed_at: before(0) }]);
  await page.clock.runFor(LONG_INTERVALS.running_seconds * 1000);
  await expect(panel.start.alreadyRunning).toHaveCount(0);
  await page.clock.runFor(100);
  await expect(panel.start.dialog).toContainText(`Job ${shortId(all[0]!.id)} has ended: Completed.`);
  // The focused element was removed.
  await expect(panel.start.send).toBeFocused();
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  expect(await emulator.posts()).toHaveLength(1);
});

test("Watch it opens the job, and the form comes back as it was", async ({ panel, page }) => {
  const { own, all } = await open(panel, family);
  await panel.start.chosen(family).check();
  await panel.start.container(own[1]!.name).check();
  await panel.start.whileRunning("Watch it").click();
  await expect(panel.start.dialog).toHaveCount(0);
  await panel.isAt(`#/${family.slug}/${all[0]!.id}`);
  await expect(panel.detail.region).toContainText(all[0]!.id);
  // Another family has its own form state.
  await page.goto(`${page.url().split("#")[0]}#/${families.at(-1)!.slug}`);
  await panel.start.open.click();
  await expect(panel.start.everything).not.toBeChecked();
  await page.keyboard.press("Escape");

  await page.goto(`${page.url().split("#")[0]}#/${family.slug}`);
  await panel.start.open.click();
  await expect(panel.start.dialog).toContainText("As you had left it.");
  // Escape drops nothing of it.
  await page.keyboard.press("Escape");
  await panel.start.open.click();
  await expect(panel.start.dialog).toContainText("As you had left it.");
  await expect(panel.start.container(own[1]!.name)).toBeChecked();
  await expect(panel.start.container(own[0]!.name)).not.toBeChecked();
  await panel.start.dialog.getByRole("button", { name: "Start over" }).click();
  await expect(panel.start.chosen(family)).not.toBeChecked();
  await expect(panel.start.everything).toBeFocused();
  await page.keyboard.press("Escape");
  await panel.start.open.click();
  await expect(panel.start.dialog).not.toContainText("As you had left it.");
});

test("while a start is being sent its form stays, whatever is pressed in the note, and shows the answer", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  const { own } = await open(panel, family);
  await panel.start.chosen(family).check();
  await panel.start.container(own[1]!.name).check();
  await emulator.fault({ method: "POST", path: listPath(family), times: 1, hold: "start", status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
  await panel.start.whileRunning("Start anyway").click();
  await expect.poll(() => emulator.held("start")).toBe(1);
  await expect(panel.start.whileRunning("Watch it")).toHaveAttribute("aria-disabled", "true");
  await panel.start.whileRunning("Watch it").dispatchEvent("click");
  await emulator.release("start");
  await expect(panel.start.dialog.getByRole("alert")).toContainText("HTTP 403");
  await expect(panel.start.container(own[1]!.name)).toBeChecked();
});

test("what is sent is what was there when Start was pressed", async ({ panel, emulator }) => {
  const { own } = await open(panel, family, 0);
  await panel.start.chosen(family).check();
  await panel.start.container(own[0]!.name).check();
  await expect.poll(() => emulator.runningChecks(family)).toBe(2);
  await emulator.fault({ method: "GET", path: listPath(family), query_contains: "overall_status", hold: "look" });
  await panel.start.send.click();
  await expect.poll(() => emulator.held("look")).toBe(1);
  const { x, y, width, height } = (await panel.start.dialog.getByText(own[1]!.name).boundingBox())!;
  await panel.page.mouse.click(x + width / 2, y + height / 2);
  await emulator.release("look");
  await expect(panel.start.dialog).toHaveCount(0);
  expect((await emulator.posts()).map(({ body }) => body)).toEqual([{ [family.selector]: [own[0]!.id] }]);
});

test("Cancel it asks for confirmation, and the note follows the job to its end", async ({ panel, emulator }) => {
  const { all } = await open(panel, family);
  await panel.start.whileRunning("Cancel it").click();
  await expect(panel.detail.question).toContainText(all[0]!.id);
  await panel.detail.keep.click();
  await expect(panel.detail.question).toHaveCount(0);
  await expect(panel.start.whileRunning("Cancel it")).toBeFocused();
  await panel.start.whileRunning("Cancel it").click();
  await panel.detail.confirm.click();
  await expect(panel.detail.question).toHaveCount(0);
  await expect(panel.start.alreadyRunning).toContainText("stopping, after 12 min");
  await expect(panel.start.whileRunning("Cancel it")).toBeDisabled();
  expect((await emulator.posts()).map((request) => request.path)).toEqual([`${jobPath(family, all[0]!.id)}/cancel`]);
  await emulator.replaceJobs(family, [{ ...all[0]!, abort: true, overall_status: "completed", completed_at: before(0) }]);
  await panel.start.everything.check();
  // A press checks again and sends no start.
  await panel.start.send.click({ force: true });
  await expect(panel.start.alreadyRunning).toHaveCount(0);
  await expect(panel.start.dialog).toContainText("has ended: Cancelled.");
  expect(await emulator.posts()).toHaveLength(1);
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
});

test("a refused check for running jobs does not prevent a start", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  await emulator.fault({ method: "GET", path: listPath(family), query_contains: "overall_status", status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
  await panel.openList(family);
  await panel.start.open.click();
  await expect(panel.start.dialog).toContainText(`Whether a job of ${titleOf(family)} is running is not known (HTTP 403).`);
  await expect(panel.start.alreadyRunning).toHaveCount(0);
  await panel.start.everything.check();
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  expect(await emulator.posts()).toHaveLength(1);
});

test("a check without a response delays a start for seconds only", async ({ panel, emulator, page }) => {
  await freezeClock(panel);
  await panel.openList(family);
  await emulator.fault({ method: "GET", path: listPath(family), query_contains: "overall_status", hold: "look" });
  await panel.start.open.click();
  await panel.start.everything.check();
  await panel.start.send.click();
  // The browser may delay the second request until the identical first one is answered.
  await expect(panel.start.send).toHaveAttribute("aria-busy", "true");
  await page.clock.runFor(4900);
  expect(await emulator.posts()).toEqual([]);
  await page.clock.runFor(200);
  await expect(panel.start.dialog).toHaveCount(0);
  expect(await emulator.posts()).toHaveLength(1);
});

test("a form that is closed during the check sends nothing", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  await expect.poll(() => emulator.runningChecks(family)).toBe(2);
  await emulator.fault({ method: "GET", path: listPath(family), query_contains: "overall_status", hold: "look" });
  await panel.start.send.click();
  await expect.poll(() => emulator.held("look")).toBe(1);
  await page.keyboard.press("Escape");
  await expect(panel.start.dialog).toHaveCount(0);
  await emulator.release("look");
  await panel.waitUntilIdle();
  expect(await emulator.posts()).toEqual([]);
});

test("a refusal because of a running job shows the note", async ({ panel, emulator, guard }) => {
  guard.expect(409);
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  const other = job(family, 1, [], running);
  // The job starts between the check and the request.
  await emulator.fault({ method: "POST", path: listPath(family), hold: "start", status: 409, body: { codeDesc: "NCERRConflict" } });
  await panel.start.send.click();
  await expect.poll(() => emulator.held("start")).toBe(1);
  await emulator.replaceJobs(family, [other]);
  await emulator.release("start");
  await expect(panel.start.dialog.getByRole("alert")).toContainText("HTTP 409");
  await expect(panel.start.alreadyRunning).toContainText(shortId(other.id));
  await expect(panel.start.everything).toBeChecked();
});

test("hostile texts stay texts", async ({ panel, emulator }) => {
  const bad = "<img src=x onerror=alert(1)>\u202e" + "x".repeat(400);
  await emulator.replaceJobs(family, [job(family, 1, [], { ...running, id: bad, [family.jobField]: [bad, bad] })]);
  await panel.page.setViewportSize({ width: 360, height: 740 });
  await panel.openList(family);
  await panel.start.open.click();
  await expect(panel.start.alreadyRunning).toContainText("<img");
  await expect(panel.start.alreadyRunning.locator("img")).toHaveCount(0);
  const { scroll, client } = await panel.start.dialog.evaluate((dialog) => ({ scroll: dialog.scrollWidth, client: dialog.clientWidth }));
  expect(scroll).toBeLessThanOrEqual(client);
  await expect(panel.start.whileRunning("Start anyway")).toBeInViewport();
});
