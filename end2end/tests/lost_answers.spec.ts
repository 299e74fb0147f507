// Starts and cancels whose response is lost or invalid: the panel does not call them accepted, sends nothing again by itself,
// keeps the form, and looks for the job.
import { container, containers, job, running, shortId, statusKey, BAD } from "../data";
import { LONG_INTERVALS } from "../emulator";
import { API, differing, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import { HONEST, type InvalidAnswer, WRONG } from "../invalid_answers";

test.use({ server: { data: "empty", config: LONG_INTERVALS } });

const LOST: InvalidAnswer[] = [...WRONG, HONEST];
const PAGE = WRONG.find((kind) => kind.page)!;

test("after a start without a response the panel looks for its job, and sends it again only by a press", async ({ panel, emulator, guard }) => {
  guard.expect(500, 502);
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const own = [1, 2, 3].map((number) => container(family, number));
      await emulator.replaceContainers(family, own);
      // An earlier job with the same selection.
      await emulator.replaceJobs(family, [job(family, 3, own.slice(0, 2))]);
      await panel.goToList(family);
      await panel.start.open.click();
      await panel.start.chosen(family).check();
      for (const one of own.slice(0, 2)) await panel.start.container(one.name).check();
      const note = panel.start.dialog.getByRole("note", { name: "Looked for the job" });
      let sent = 0;
      for (const kind of LOST) {
        await emulator.fault({ method: "POST", path: listPath(family), times: 1, ...kind.fault });
        const press = sent === 0 ? panel.start.send : note.getByRole("button", { name: "Try again" });
        await press.click();
        sent += 1;
        const alert = panel.start.dialog.getByRole("alert");
        await expect(alert, kind.name).toContainText(kind.message);
        await expect(alert, kind.name).toContainText("may have been started all the same");
        await expect(note, kind.name).toContainText("the request may not have reached the server");
        await expect(alert.getByRole("button", { name: "Load the page again" })).toHaveCount(kind.page ? 1 : 0);
        expect(await emulator.posts()).toHaveLength(sent);
      }
      // The form is unchanged.
      for (const one of own.slice(0, 2)) await expect(panel.start.container(one.name)).toBeChecked();

      // A job with another selection is not the started one, and a failed list proves nothing.
      await emulator.addJobs(family, [job(family, 0, own.slice(1))]);
      await note.getByRole("button", { name: "Look again" }).click();
      await expect(note).toContainText("the request may not have reached the server");
      await emulator.fault({ method: "GET", path: listPath(family), times: 1, ...HONEST.fault });
      await note.getByRole("button", { name: "Look again" }).click();
      await expect(note).toContainText("is not known");
      await expect(note.getByRole("button", { name: "Try again" })).toHaveCount(0);
      await note.getByRole("button", { name: "Look again" }).click();
      await expect(note.getByRole("button", { name: "Try again" })).toBeVisible();

      // The request arrived; only its response was lost.
      await emulator.fault({ method: "POST", path: listPath(family), times: 1, carried_out: true, ...PAGE.fault });
      await note.getByRole("button", { name: "Try again" }).click();
      await expect(note).toContainText("the request seems to have reached the server");
      expect(await emulator.posts()).toHaveLength(sent + 1);
      const started = (await emulator.jobs(family)).find((one) => !one.completed_at)!;
      await expect(note).toContainText(shortId(started.id));
      await note.getByRole("button", { name: "Watch it" }).click();
      await expect(panel.start.dialog).toHaveCount(0);
      await expect(panel.detail.region).toContainText(started.id);
      await expect(panel.watching.summary).toHaveText(new RegExp(`^${at + 1} jobs? watched$`));
      expect(await emulator.posts()).toHaveLength(sent + 1);
    });
  }
});

test("after a cancel without a response the job itself shows the result", async ({ panel, emulator, guard }) => {
  guard.expect(500, 502);
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const one = job(family, at + 1, [], running);
      await emulator.replaceJobs(family, [one]);
      await panel.goToList(family, `/${one.id}`);
      await panel.detail.button("Cancel job").click();
      const dialog = panel.page.getByRole("dialog", { name: "Cancel this job?" });
      const press = dialog.getByRole("button", { name: "Cancel job" });
      const alert = dialog.getByRole("alert");
      const path = `${jobPath(family, one.id)}/cancel`;
      let sent = 0;
      for (const kind of LOST) {
        await emulator.fault({ method: "POST", path, times: 1, ...kind.fault });
        await press.click();
        sent += 1;
        await expect(alert, kind.name).toContainText(kind.message);
        await expect(alert, kind.name).toContainText("still runs and is not being cancelled");
        await expect(alert.getByRole("button", { name: "Load the page again" })).toHaveCount(kind.page ? 1 : 0);
        expect(await emulator.posts()).toHaveLength(sent);
      }
      // The job cannot be loaded.
      await emulator.fault({ method: "POST", path, times: 1, ...PAGE.fault });
      await emulator.fault({ method: "GET", path: jobPath(family, one.id), times: 1, ...WRONG[0]!.fault });
      await press.click();
      await expect(alert).toContainText("Whether the job is being cancelled is not known");
      // The request arrived.
      await emulator.fault({ method: "POST", path, times: 1, carried_out: true, ...PAGE.fault });
      await press.click();
      await expect(dialog).toHaveCount(0);
      await expect(panel.status).toContainText(/was asked to cancel|is now Cancelling/);
      await expect(panel.status).toContainText(shortId(one.id));
      await expect(panel.detail.region).toContainText("Cancelling");
      expect(await emulator.posts()).toHaveLength(sent + 2);
    });
  }
});

test("a job that ran before a start is not taken for the job of that start", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const own = containers(family, 1);
  await emulator.replaceContainers(family, own);
  await panel.openList(family);
  await panel.list.isLoaded();
  // Somebody else's, which the list does not show yet.
  await emulator.addJobs(family, [job(family, 0, own, running)]);
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.container(own[0]!.name).check();
  await emulator.fault({ method: "POST", path: listPath(family), times: 1, status: 502, body: "" });
  await panel.start.alreadyRunning.getByRole("button", { name: "Start anyway" }).click();
  const note = panel.start.dialog.getByRole("note", { name: "Looked for the job" });
  await expect(note).toContainText("the request may not have reached the server");
});

test("without the list of containers a new job is not said to be that of a start, nor to be missing", async ({ panel, emulator, guard }) => {
  guard.expect(403, 502);
  const own = containers(family, 2);
  await emulator.replaceContainers(family, own);
  await emulator.fault({ method: "GET", path: API + family.containersPath, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
  await panel.openList(family);
  await panel.start.open.click();
  const note = panel.start.dialog.getByRole("note", { name: "Looked for the job" });
  const lose = (more: object = {}) => emulator.fault({ method: "POST", path: listPath(family), times: 1, status: 502, body: "", ...more });

  await test.step("somebody else's job of as many containers", async () => {
    await panel.start.chosen(family).check();
    await panel.start.ids.fill(own[0]!.id);
    await lose({ hold: "start" });
    await panel.start.send.click();
    await expect.poll(() => emulator.held("start")).toBe(1);
    await emulator.addJobs(family, [job(family, 0, [], { ...running, [family.jobField]: [own[1]!.id] })]);
    await emulator.release("start");
    await expect(note).toContainText("is not known");
    await expect(note).not.toContainText("seems to have");
    await expect(note.getByRole("button", { name: "Try again" })).toHaveCount(0);
  });

  await test.step("the job of everything, which lists its containers", async () => {
    await emulator.replaceJobs(family, []);
    await panel.page.keyboard.press("Escape");
    await panel.refreshed(listPath(family));
    await panel.start.open.click();
    await panel.start.everything.check();
    await lose({ carried_out: true });
    await panel.start.send.click();
    await expect(note).toContainText("is not known");
    await expect(note).toContainText(shortId((await emulator.jobs(family))[0]!.id));
    await expect(note.getByRole("button", { name: "Try again" })).toHaveCount(0);
  });
});

test("several clouds: a start whose job is being looked for is not sent", async ({ panel, emulator, guard }) => {
  guard.expect(502, 503);
  await panel.open();
  await panel.list.isLoaded();
  await panel.startSeveral.open.click();
  await panel.startSeveral.include(family).check();
  await panel.startSeveral.everything(family).check();
  await expect.poll(() => emulator.runningChecks(family)).toBeGreaterThan(0);
  await emulator.fault({ method: "POST", path: listPath(family), times: 1, carried_out: true, status: 502, body: "" });
  const none = { method: "GET", path: listPath(family), query_contains: "limit=5&", body: { skip: 0, limit: 5, total: 0, resources: [] } } as const;
  await emulator.fault(none);
  await emulator.fault({ method: "GET", path: listPath(family), status: 503, body: "" });
  await panel.startSeveral.send.click();
  const note = panel.startSeveral.group(family).getByRole("note", { name: "Looked for the job" });
  await expect(note).toContainText("is not known");
  // The job has ended, so nothing else holds the button.
  await emulator.advance(100);
  await emulator.clearFaults();
  await emulator.fault(none);
  await emulator.fault({ method: "GET", path: listPath(family), hold: "look" });
  await note.getByRole("button", { name: "Look again" }).click();
  await expect(note).toContainText("Looking for the job");
  await expect(panel.startSeveral.send).toHaveAttribute("aria-disabled", "true");
  await panel.startSeveral.send.dispatchEvent("click");
  await emulator.release("look");
  await emulator.clearFaults();
  await expect(note).toContainText("seems to have reached the server");
  expect(await emulator.posts()).toHaveLength(1);
});

test("several clouds: the panel looks for each job, and does not send a start again whose job it has found", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  await panel.open();
  await panel.list.isLoaded();
  await panel.startSeveral.open.click();
  const kinds = families.map((_, index) => LOST[index % LOST.length]!);
  for (const [index, one] of families.entries()) {
    await panel.startSeveral.include(one).check();
    await panel.startSeveral.everything(one).check();
    // The first and the last request arrive nevertheless.
    const carried_out = index === 0 || index === families.length - 1;
    await emulator.fault({ method: "POST", path: listPath(one), times: 1, carried_out, ...kinds[index]!.fault });
  }
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText(`2 found in the list, ${families.length - 2} without an answer`);
  expect(await emulator.posts()).toHaveLength(families.length);
  for (const [index, one] of families.entries()) {
    const group = panel.startSeveral.group(one);
    await expect(group.getByRole("alert")).toContainText(kinds[index]!.message);
    const note = group.getByRole("note", { name: "Looked for the job" });
    const found = index === 0 || index === families.length - 1;
    await expect(note).toContainText(found ? "seems to have reached" : "may not have reached");
  }
  // One is sent by its own button, the others by the button for all: those already found are left out.
  const second = panel.startSeveral.group(families[1]!);
  await second.getByRole("button", { name: "Try again" }).click();
  await expect(second).toContainText("Accepted");
  expect(await emulator.posts()).toHaveLength(families.length + 1);
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText(`${families.length - 2} accepted, 2 found in the list`);
  expect(await emulator.posts()).toHaveLength(2 * families.length - 2);
  await expect(panel.startSeveral.send).toBeDisabled();
});

test("a retry without a response keeps the selection", async ({ panel, emulator }) => {
  const own = [1, 2].map((number) => container(family, number));
  await emulator.replaceContainers(family, own);
  const one = job(family, 1, own, { overall_status: "failed", detailed_status: { [statusKey(family, own[0]!)]: BAD } });
  await emulator.replaceJobs(family, [one]);
  await panel.open(`#/${family.slug}/${one.id}`);
  await panel.detail.button("Retry failed").click();
  await emulator.fault({ method: "POST", path: listPath(family), times: 1, ...PAGE.fault });
  await panel.start.send.click();
  await expect(panel.start.dialog).toContainText("may not have reached the server");
  await expect(panel.start.container(own[0]!.name)).toBeChecked();
  expect(await emulator.posts()).toHaveLength(1);
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  expect(await emulator.posts()).toHaveLength(2);
});

test("several cancels: each job shows the result of its own", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  // One per kind, one whose cancel arrives, and one that cannot be loaded.
  const all = Array.from({ length: LOST.length + 2 }, (_, index) => job(family, index + 1, [], running));
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  for (const [index, one] of all.entries()) {
    const fault = (LOST[index] ?? PAGE).fault;
    const carried_out = index === LOST.length;
    await emulator.fault({ method: "POST", path: `${jobPath(family, one.id)}/cancel`, times: 1, carried_out, ...fault });
    await panel.selection.box(one.id).check();
  }
  await emulator.fault({ method: "GET", path: jobPath(family, all.at(-1)!.id), times: 1, ...WRONG[0]!.fault });
  await panel.selection.cancel.click();
  await panel.selection.button("Cancel jobs").click();
  await expect(panel.selection.question).toContainText(`1 asked to stop, ${LOST.length} not cancelled, 1 not known.`);
  for (const [index, kind] of LOST.entries()) {
    const alert = panel.selection.line(all[index]!.id).getByRole("alert");
    await expect(alert).toContainText(kind.message);
    await expect(alert).toContainText("not being cancelled");
    await expect(alert.getByRole("button", { name: "Load the page again" })).toHaveCount(kind.page ? 1 : 0);
  }
  await expect(panel.selection.line(all.at(-1)!.id)).toContainText("is not known");
  expect(await emulator.posts()).toHaveLength(all.length);
  await panel.selection.button("Try again").click();
  await expect(panel.selection.question).toContainText(`${all.length} asked to stop.`);
  expect(await emulator.posts()).toHaveLength(2 * all.length - 1);
});
