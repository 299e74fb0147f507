// Several running jobs are selected in a list and cancelled together, and the result of each is shown.
import { before, container, ids, job, running } from "../data";
import { LONG_INTERVALS, type Emulator } from "../emulator";
import { differing, families, type Family, family, jobPath, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { freezeClock, recordMutations } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const cancels = async (emulator: Emulator) =>
  (await emulator.posts()).filter((one) => one.path.endsWith("/cancel")).map((one) => one.path);

const own = [1, 2].map((number) => container(family, number));
/** `count` running jobs, and below them one that has ended. */
const some = (count: number, of: Family = family) => [
  ...Array.from({ length: count }, (_, index) => job(of, index + 1, [container(of, 1)], running)),
  job(of, 90, [container(of, 1)])
];

async function open(panel: Panel, count: number) {
  const all = some(count);
  await panel.emulator.replaceContainers(family, own);
  await panel.emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.list.shows(ids(all));
  return all;
}

async function pick(panel: Panel, ...jobs: { id: string }[]): Promise<void> {
  for (const { id } of jobs) await panel.selection.box(id).check();
}

test("two jobs are cancelled, and the third continues", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const all = some(3, family);
      await emulator.replaceJobs(family, all);
      await panel.goToList(family);
      await expect(panel.selection.boxes).toHaveCount(3);
      await expect(panel.selection.bar).toHaveCount(0);
      await pick(panel, all[0]!, all[2]!);
      await expect(panel.selection.bar).toContainText("2 selected");
      expect(await panel.selection.bar.ariaSnapshot()).not.toContain("none of the groups");
      await panel.selection.cancel.click();
      await expect(panel.selection.question).toContainText("The server is asked to stop 2 jobs.");
      await expect(panel.selection.line(all[0]!.id)).toContainText(titleOf(family));
      await expect(panel.selection.line(all[0]!.id)).toContainText("running for 1 min");
      expect(await cancels(emulator)).toEqual([]);
      await panel.selection.button("Cancel jobs").click();
      await expect(panel.selection.question).toContainText("2 asked to stop.");
      for (const one of [all[0]!, all[2]!]) await expect(panel.selection.line(one.id)).toContainText("asked to stop");
      expect((await cancels(emulator)).sort()).toEqual([all[0]!, all[2]!].map((one) => `${jobPath(family, one.id)}/cancel`).sort());
      // The dialog stays until it is closed.
      await expect(panel.selection.button("Try again")).toHaveCount(0);
      await expect(panel.selection.button("Done")).toBeFocused();
      // A box that leaves later than the dialog gives its focus to the job's link.
      await expect(panel.selection.boxes).toHaveCount(1);
      await panel.selection.button("Done").click();
      await expect(panel.selection.question).toHaveCount(0);
      await expect(panel.selection.bar).toHaveCount(0);
      await expect(await panel.list.cell(all[0]!.id, "Outcome")).toContainText("Cancelling");
      await expect(await panel.list.cell(all[1]!.id, "Outcome")).toContainText("In progress");
      await expect(panel.selection.box(all[1]!.id)).toBeFocused();
    });
  }
});

test("each job shows its own result, and failed requests can be retried", async ({ panel, emulator, guard }) => {
  guard.expect(400, 503);
  const all = await open(panel, 3);
  await pick(panel, ...all.slice(0, 3));
  await panel.selection.cancel.click();
  const [ended, refused, stopping] = all as [typeof all[0], typeof all[0], typeof all[0]];
  await emulator.replaceJobs(family, [{ ...ended, overall_status: "completed", completed_at: before(0) }, refused, stopping, all[3]!]);
  const body = { codeDesc: "NCERRBusy", message: "Come back <b>later</b>" };
  await emulator.fault({ method: "POST", path: `${jobPath(family, refused.id)}/cancel`, status: 503, body, times: 1 });
  await panel.selection.button("Cancel jobs").click();
  await expect(panel.selection.line(ended.id)).toContainText("it had already ended: Completed");
  await expect(panel.selection.line(stopping.id)).toContainText("asked to stop");
  const alert = panel.selection.line(refused.id).getByRole("alert");
  await expect(alert).toContainText("HTTP 503");
  await expect(alert).toContainText("NCERRBusy: Come back <b>later</b>");
  await expect(panel.selection.question).toContainText("1 asked to stop, 1 had already ended, 1 not cancelled.");
  await panel.selection.button("Try again").click();
  await expect(panel.selection.line(refused.id)).toContainText("asked to stop");
  await expect(panel.selection.question).toContainText("2 asked to stop, 1 had already ended.");
  await expect(panel.selection.button("Try again")).toHaveCount(0);
  const sent = (await cancels(emulator)).map((path) => path.split("/").at(-2));
  expect(sent.sort()).toEqual([ended.id, refused.id, refused.id, stopping.id].sort());
});

test("jobs that are not cancelled stay selected", async ({ panel, emulator, guard, page }) => {
  guard.expect(403);
  const all = await open(panel, 2);
  await pick(panel, ...all.slice(0, 2));
  await emulator.fault({ method: "POST", path: `${jobPath(family, all[0]!.id)}/cancel`, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
  await panel.selection.cancel.click();
  await panel.selection.button("Cancel jobs").click();
  await expect(panel.selection.line(all[0]!.id).getByRole("alert")).toContainText("HTTP 403");
  await page.keyboard.press("Escape");
  await expect(panel.selection.bar).toContainText("1 selected");
  await expect(panel.selection.cancel).toHaveText("Cancel 1 job");
  await expect(panel.selection.box(all[0]!.id)).toBeChecked();
});

test("at most four requests are sent at once, and all are sent although the dialog is closed", async ({ panel, emulator, page }) => {
  const all = await open(panel, 6);
  await pick(panel, ...all.slice(0, 6));
  await emulator.fault({ method: "POST", path: `${jobPath(family, "")}*`, hold: "cancel" });
  await panel.selection.cancel.click();
  await panel.selection.button("Cancel jobs").click();
  await expect.poll(() => emulator.held("cancel")).toBe(4);
  await expect(panel.selection.question.getByText("asking…")).toHaveCount(4);
  await page.keyboard.press("Escape");
  await expect(panel.selection.question).toHaveCount(0);
  // The list's own announcement waits.
  await emulator.fault({ method: "GET", path: listPath(family), hold: "list" });
  expect(await emulator.release("cancel")).toBe(4);
  await expect.poll(() => emulator.held("cancel")).toBe(2);
  await emulator.release("cancel");
  await expect(panel.status).toHaveText("6 asked to stop.");
  expect(await cancels(emulator)).toHaveLength(6);
  await expect(panel.selection.bar).toHaveCount(0);
});

test("nothing is sent by Keep running, and nothing twice", async ({ panel, emulator }) => {
  const all = await open(panel, 1);
  await pick(panel, all[0]!);
  await panel.selection.cancel.click();
  await expect(panel.selection.button("Keep running")).toBeFocused();
  await panel.selection.button("Keep running").click();
  await expect(panel.selection.question).toHaveCount(0);
  await expect(panel.selection.cancel).toBeFocused();
  expect(await cancels(emulator)).toEqual([]);
  await emulator.fault({ method: "POST", path: `${jobPath(family, "")}*`, hold: "cancel" });
  await panel.selection.cancel.click();
  await panel.selection.button("Cancel jobs").dblclick();
  await panel.selection.button("Cancel jobs").dispatchEvent("click");
  await expect.poll(() => emulator.held("cancel")).toBe(1);
  // Not by another dialog either, while the answer is awaited.
  await panel.page.keyboard.press("Escape");
  await expect(panel.selection.question).toHaveCount(0);
  await expect(panel.selection.bar).toHaveCount(0);
  await emulator.release("cancel");
  await expect(await panel.list.cell(all[0]!.id, "Outcome")).toContainText("Cancelling");
  expect(await cancels(emulator)).toHaveLength(1);
});

test("a selection survives refreshes and an open job, and its count is always correct", async ({ panel, emulator, page }) => {
  await freezeClock(panel);
  const all = await open(panel, 3);
  await pick(panel, ...all.slice(0, 3));
  await expect(panel.selection.bar).toContainText("3 selected");
  await expect(panel.watching.region).toBeAttached();
  const changes = await recordMutations(page);
  await page.clock.runFor(LONG_INTERVALS.running_seconds * 1000 - 60_000 + 1);
  await expect.poll(changes).toEqual([]);
  await panel.list.link(all[0]!.id).click();
  await expect(panel.detail.region).toBeVisible();
  await expect(panel.selection.bar).toContainText("3 selected");
  await page.goBack();
  await expect(panel.selection.bar).toContainText("3 selected");
  // One ends: it is no longer counted, and that is announced.
  await emulator.replaceJobs(family, [{ ...all[0]!, overall_status: "completed", completed_at: before(0) }, ...all.slice(1)]);
  await panel.refresh();
  await expect(panel.selection.bar).toContainText("2 selected");
  await expect(panel.status).toContainText("1 selected job ended or left the list.");
  await expect(panel.selection.box(all[1]!.id)).toBeChecked();
  // A filter that only one of them matches.
  await panel.filters.jobId.fill(all[2]!.id);
  await page.keyboard.press("Enter");
  await panel.list.shows([all[2]!.id]);
  await expect(panel.selection.bar).toContainText("1 selected");
  await panel.selection.clear.click();
  await expect(panel.selection.bar).toHaveCount(0);
  await expect(panel.selection.box(all[2]!.id)).not.toBeChecked();
  await expect(panel.selection.box(all[2]!.id)).toBeFocused();
});

test("a job that ends while the confirmation is open is not cancelled", async ({ panel, emulator, page }) => {
  await freezeClock(panel);
  const all = await open(panel, 2);
  await pick(panel, ...all.slice(0, 2));
  await panel.selection.cancel.click();
  await emulator.replaceJobs(family, [{ ...all[0]!, overall_status: "failed", completed_at: before(0) }, ...all.slice(1)]);
  await page.clock.runFor(LONG_INTERVALS.running_seconds * 1000);
  await expect(panel.selection.line(all[0]!.id)).toContainText("it had already ended: Failed");
  await panel.selection.button("Cancel jobs").click();
  await expect(panel.selection.question).toContainText("1 asked to stop, 1 had already ended.");
  expect(await cancels(emulator)).toEqual([`${jobPath(family, all[1]!.id)}/cancel`]);
});

test("jobs of several clouds are cancelled from All clouds", async ({ panel, emulator }) => {
  const [one, other] = [families[0]!, families.at(-1)!];
  await emulator.replaceJobs(one, some(1, one));
  await emulator.replaceJobs(other, some(1, other).map((job) => ({ ...job, id: `x${job.id}` })));
  await panel.open();
  await expect(panel.selection.boxes).toHaveCount(2);
  for (const box of await panel.selection.boxes.all()) await box.check();
  await panel.selection.cancel.click();
  for (const family of [one, other]) await expect(panel.selection.question.getByRole("list")).toContainText(titleOf(family));
  await panel.selection.button("Cancel jobs").click();
  await expect(panel.selection.question).toContainText("2 asked to stop.");
  expect((await cancels(emulator)).map((path) => path.split("/synchronization-jobs")[0]).sort()).toEqual(
    [one, other].map((family) => `/api/v1${family.root.split("/synchronization-jobs")[0]}`).sort()
  );
});

test.describe("a user with read access", () => {
  test.use({ server: { data: "empty", open: false } });

  test("sees the reason at the button", async ({ panel, emulator }) => {
    await emulator.replaceJobs(family, some(1));
    await panel.open(`#/${family.slug}`);
    await panel.signIn.withPassword("auditor", emulator.password);
    await panel.selection.boxes.first().check();
    await expect(panel.selection.cancel).toHaveAccessibleDescription(/none of the groups/);
    await panel.selection.cancel.click();
    await expect(panel.selection.question).toContainText("none of the groups");
  });
});
