// Hints that rows show beside their outcome: changed outcomes, stalled jobs, unusual durations.
import { before, container, failed, job, jobs, running } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { advanceClock, freezeClock, recordRequests, settle, waitForBackground } from "../time";

test.use({ server: { data: "empty", config: {} } });

const RUNNING = 4000;
const own = [1, 2, 3].map((number) => container(family, number));

test.beforeEach(async ({ panel, page, emulator }) => {
  await freezeClock(panel);
  await page.clock.setFixedTime(emulator.time());
  await recordRequests(page);
  await emulator.replaceContainers(family, own);
});

test("changes of outcomes are announced, initial values are not", async ({ panel, emulator }) => {
  const going = [1, 2, 3].map((number) => job(family, number, own, running));
  await emulator.replaceJobs(family, going);
  await panel.openList(family);
  await settle(panel, listPath(family));
  await waitForBackground(panel);
  await expect(panel.status).toHaveText("");
  await emulator.replaceJobs(family, [going[0]!, job(family, 2, own), job(family, 3, own, failed)]);
  await advanceClock(panel, RUNNING);
  await expect(panel.status).toHaveText("2 jobs have changed: 1 Failed, 1 Completed.");
  await emulator.replaceJobs(family, [job(family, 1, own), job(family, 2, own), job(family, 3, own, failed)]);
  await advanceClock(panel, RUNNING);
  await expect(panel.status).toHaveText(/^Job 000000…000001 is now Completed\.$/);
});

test("a running job shows since when nothing has changed", async ({ panel, emulator, page }) => {
  const since = (minutes: number) => ({ ...running, createdAt: before(7200), updatedAt: before(minutes * 60) });
  const [still, live] = [job(family, 1, own, since(31)), job(family, 2, own, since(9))];
  await emulator.replaceJobs(family, [still, live, job(family, 300, own)]);
  await panel.openList(family);
  await expect(panel.list.row(still.id)).toContainText("no change for 31 min");
  await expect(panel.list.row(live.id)).not.toContainText("no change");
  // The passing of time alone leads to it.
  await page.clock.setFixedTime(emulator.time().getTime() + 60_000);
  await page.clock.runFor(1000);
  await expect(panel.list.row(live.id)).toContainText("no change for 10 min");
  await panel.list.link(still.id).click();
  await expect(panel.detail.region).toContainText("no change for 32 min");
});

test("a job that took much longer than the family's last ones is marked", async ({ panel, emulator }) => {
  const slow = job(family, 1, own, { createdAt: before(200), completed_at: before(105) });
  const all = [slow, ...jobs(family, 20, own).slice(5)];
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await waitForBackground(panel);
  // The other jobs took 30 s.
  await expect(await panel.list.cell(slow.id, "Duration")).toHaveText("1 min 35 s 3× longer than usual");
  await expect(await panel.list.cell(all[1]!.id, "Duration")).toHaveText("30 s");
  await panel.list.link(slow.id).click();
  await expect(panel.detail.region).toContainText("1 min 35 s, 3× longer than usual (30 s)");
});
