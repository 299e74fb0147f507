// Run now: a schedule that is run by a press.
import { containers, job, run, running, schedule } from "../data";
import { differing } from "../families";
import { expect, test } from "../fixtures";
import { CONFIGS } from "../pages/schedules";

test.use({ server: { data: "empty" } });

test("Run now shows the request and starts a job by the scheduler", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const family = differing[2]!;
  const own = containers(family, 2);
  await emulator.replaceContainers(family, own);
  const daily = schedule(family, 1, own);
  await emulator.replaceSchedules([daily]);
  await schedules.open(`#/schedules/-/${daily.id}`);
  await schedules.button("Run now").click();
  await expect(schedules.runNow.getByRole("list", { name: "Synchronizes" }).getByRole("listitem")).toHaveText(own.map(({ name }) => name));
  await expect(schedules.runNow.getByText(`POST ${CONFIGS}/${daily.id}/run-now`)).toBeVisible();
  await schedules.runNow.getByRole("button", { name: "Run now" }).click();
  await expect(panel.status.filter({ hasText: "The scheduler runs “schedule-1”." })).toBeVisible();
  await expect(schedules.runNow).toHaveCount(0);
  expect(await emulator.jobs(family)).toHaveLength(1);
  await expect(schedules.row("schedule-1")).toContainText("In progress");
});

test("a lost Run now is done only by a run that was not there before", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const { schedules } = panel;
  const daily = schedule(differing[2]!, 1);
  await emulator.replaceSchedules([daily]);
  await emulator.replaceRuns([run(daily, 1, 30)]);
  await schedules.open(`#/schedules/-/${daily.id}`);
  await schedules.button("Run now").click();
  const press = schedules.runNow.getByRole("button", { name: "Run now" });
  const lost = { method: "POST", path: `${CONFIGS}/${daily.id}/run-now`, times: 1, status: 502, body: "" };
  await emulator.fault(lost);
  await press.click();
  await expect(schedules.runNow.getByRole("alert")).toContainText("there is no new run of this schedule");
  await emulator.fault({ ...lost, carried_out: true });
  await press.click();
  await expect(panel.status.filter({ hasText: "The answer was lost, but there is a new run of “schedule-1”." })).toBeVisible();
});

test("Run now has the guard of the start form", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const family = differing[1]!;
  await emulator.replaceJobs(family, [job(family, 1, [], { id: "j-runs", ...running })]);
  const daily = schedule(family, 1);
  await emulator.replaceSchedules([daily]);
  await schedules.open(`#/schedules/-/${daily.id}`);
  await schedules.button("Run now").click();
  const note = schedules.runNow.getByRole("note", { name: "Already running" });
  await expect(note).toContainText("j-runs");
  await expect(schedules.runNow.getByRole("button", { name: "Run now" })).toHaveAttribute("aria-disabled", "true");
  await note.getByRole("button", { name: "Watch it" }).click();
  await panel.isAt(`#/${family.slug}/j-runs`);
  expect(await emulator.posts()).toEqual([]);
  await panel.page.goBack();
  await schedules.button("Run now").click();
  await note.getByRole("button", { name: "Start anyway" }).click();
  await expect.poll(async () => (await emulator.posts()).map(({ path }) => path)).toEqual([`${CONFIGS}/${daily.id}/run-now`]);
});
