// Watched jobs: the notice of their end, in every view.
import { BAD, container, GOOD, job, running, statusKey } from "../data";
import { API, families, family, jobPath, listPath, ofCloud } from "../families";
import { expect, test } from "../fixtures";
import { advanceClock, freezeClock, recordRequests, settle, setVisible, takeAnswered, waitForBackground } from "../time";

test.use({ server: { data: "empty", config: {} } });

const RUNNING = 4000;
const own = [1, 2].map((number) => container(family, number));
const other = ofCloud(families.at(-1)!.cloud)[0]!;
const LIST = listPath(family);
const going = job(family, 1, own, { ...running, detailed_status: {} });
const ONE = jobPath(family, going.id);
const details = { [statusKey(family, own[0]!)]: GOOD, [statusKey(family, own[1]!)]: BAD };
const ended = job(family, 1, own, { detailed_status: details });
const TITLE = `${family.cloud} ${family.scope.toLowerCase()}`;

declare global {
  interface Window {
    notifications: { title: string; body: string; tag: string; click: (() => void) | null }[];
  }
}

test.beforeEach(async ({ panel, page, emulator }) => {
  await freezeClock(panel);
  await page.clock.setFixedTime(emulator.time());
  await recordRequests(page);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [going]);
});

test("a watched job shows a notice when it ends, in every view", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await waitForBackground(panel);
  await expect(panel.watching.region).toHaveText("");
  await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "false");
  await panel.list.watch(going.id).click();
  await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "true");
  await expect(panel.watching.summary).toHaveText("1 job watched");
  await settle(panel, LIST);
  // For a job in view, the list itself shows the change.
  expect(await advanceClock(panel, RUNNING)).toEqual([LIST]);

  await panel.frame.link(other.cloud).click();
  await expect(panel.frame.heading).toHaveText(other.cloud);
  await settle(panel, ONE, listPath(other));
  expect(await advanceClock(panel, RUNNING)).toEqual([ONE]);
  await emulator.replaceJobs(family, [ended]);
  expect(await advanceClock(panel, RUNNING)).toEqual([ONE]);
  const notice = panel.watching.notice("Completed with errors");
  await expect(notice).toContainText("1 failed");
  await expect(notice).toContainText(TITLE);
  await expect(panel.status).toHaveText(/is now Completed with errors\.$/);
  await expect(page).toHaveTitle(`Completed with errors: ${TITLE} · ${other.cloud} · Key sync`);
  // The job has ended and is not requested any more.
  expect((await advanceClock(panel, RUNNING)).filter((path) => path === ONE)).toEqual([]);

  await notice.getByRole("link").click();
  await expect(panel.detail.region).toContainText(going.id);
  await expect(notice).toHaveCount(0);
  await expect(page).toHaveTitle(`${family.cloud} · Key sync`);
});

test("an outcome that is no success is never announced as one", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await waitForBackground(panel);
  for (const [more, word] of [
    [{ abort: true }, "Cancelled"],
    [{ overall_status: "failed" }, "Failed"],
    [{ detailed_status: { [statusKey(family, own[0]!)]: BAD } }, "Failed"],
    [{}, "Completed"]
  ] as const) {
    await emulator.replaceJobs(family, [going]);
    await panel.refresh();
    await panel.list.watch(going.id).click();
    await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "true");
    await settle(panel, LIST);
    await emulator.replaceJobs(family, [job(family, 1, own, more)]);
    await advanceClock(panel, RUNNING);
    await expect(panel.watching.notice(word)).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${word}: `));
    await panel.watching.notice(word).getByRole("button", { name: "Dismiss" }).click();
    await expect(page).toHaveTitle(`${family.cloud} · Key sync`);
    await expect(panel.watching.region).toHaveText("");
  }
});

test("a job that was started here is watched", async ({ panel, emulator, page }) => {
  await emulator.replaceJobs(family, []);
  await panel.openList(family);
  await waitForBackground(panel);
  await panel.start.open.click();
  await panel.start.everything.check();
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  await expect(panel.watching.summary).toHaveText("1 job watched");
  const [started] = await emulator.jobs(family);
  await expect(panel.list.watch(started!.id)).toHaveAttribute("aria-pressed", "true");
  await panel.list.link(started!.id).click();
  await expect(panel.detail.watch).toHaveAttribute("aria-pressed", "true");
  // Both toggles and the list of watched jobs end the watch.
  await panel.detail.watch.click();
  await expect(panel.list.watch(started!.id)).toHaveAttribute("aria-pressed", "false");
  await expect(panel.watching.region).toHaveText("");
  await panel.detail.watch.click();
  await panel.watching.summary.click();
  await panel.watching.region.getByRole("button", { name: "Stop watching" }).click();
  await expect(panel.watching.region).toHaveText("");
  await expect(panel.detail.watch).toHaveAttribute("aria-pressed", "false");
  await expect(page).toHaveTitle(/^1 running/);
});

test("no request is sent for a watched job while the page is hidden, and one on return", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await waitForBackground(panel);
  await panel.list.watch(going.id).click();
  await panel.frame.link(other.cloud).click();
  await settle(panel, ONE, listPath(other));
  await setVisible(page, false);
  await emulator.replaceJobs(family, [ended]);
  expect(await advanceClock(panel, 3_600_000)).toEqual([]);
  await setVisible(page, true);
  expect((await advanceClock(panel, 0)).sort()).toEqual([ONE, listPath(other)].sort());
  await expect(panel.watching.notice("Completed with errors")).toBeVisible();
});

test("a job that the server has deleted is no longer watched", async ({ panel, emulator, guard }) => {
  guard.expect(404);
  await panel.openList(family);
  await waitForBackground(panel);
  await panel.list.watch(going.id).click();
  await panel.frame.link(other.cloud).click();
  await settle(panel, ONE, listPath(other), API + other.containersPath);
  // The page of a proxy says nothing about the job.
  await emulator.fault({ path: ONE, times: 1, status: 404, content_type: "text/html", body: "<html><h1>404 Not Found</h1></html>" });
  expect(await advanceClock(panel, RUNNING)).toEqual([ONE]);
  await expect(panel.watching.region).not.toHaveText("");
  await emulator.replaceJobs(family, []);
  // After a failure it is asked later.
  expect(await advanceClock(panel, 2 * RUNNING)).toEqual([ONE]);
  await expect(panel.status).toHaveText(/^The server does not know the watched job .* any more\.$/);
  await expect(panel.watching.region).toHaveText("");
  expect(await advanceClock(panel, RUNNING)).toEqual([]);
});

test.describe("the browser's own notification", () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      window.notifications = [];
      class Told {
        static permission = "default";
        static async requestPermission() {
          return (Told.permission = "granted");
        }
        set onclick(click: () => void) {
          window.notifications.at(-1)!.click = click;
        }
        constructor(title: string, { body = "", tag = "" }: NotificationOptions = {}) {
          window.notifications.push({ title, body, tag, click: null });
        }
      }
      Object.defineProperty(window, "Notification", { value: Told });
    });
  });

  test("comes where it is allowed and nobody looks at the page, and leads to the job", async ({ panel, emulator, page }) => {
    await panel.openList(family);
    await waitForBackground(panel);
    await panel.list.watch(going.id).click();
    await panel.watching.summary.click();
    const allow = panel.watching.region.getByRole("button", { name: "Allow browser notifications" });
    await allow.click();
    await expect(allow).toHaveCount(0);
    await panel.frame.link(other.cloud).click();
    await settle(panel, ONE, listPath(other));
    await page.evaluate(() => (document.hasFocus = () => false));
    await emulator.replaceJobs(family, [ended]);
    await advanceClock(panel, RUNNING);
    await expect(panel.watching.notice("Completed with errors")).toBeVisible();
    const notifications = await page.evaluate(() => window.notifications);
    expect(notifications).toMatchObject([{ title: `Completed with errors: ${TITLE}`, tag: going.id }]);
    await page.evaluate(() => window.notifications[0]!.click!());
    await panel.isAt(`#/${family.slug}/${going.id}`);
  });

  test("does not come to who looks at the page, nor where nobody allowed it", async ({ panel, emulator, page }) => {
    await panel.openList(family);
    await waitForBackground(panel);
    await settle(panel, LIST);
    await panel.list.watch(going.id).click();
    await page.evaluate(() => (document.hasFocus = () => false));
    await emulator.replaceJobs(family, [ended]);
    await advanceClock(panel, RUNNING);
    await expect(panel.watching.notice("Completed with errors")).toBeVisible();
    await page.evaluate(() => {
      document.hasFocus = () => true;
      Object.assign(Notification, { permission: "granted" });
    });
    await emulator.replaceJobs(family, [going]);
    await panel.refresh();
    await takeAnswered(page);
    await panel.list.watch(going.id).click();
    await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "true");
    await emulator.replaceJobs(family, [ended]);
    await advanceClock(panel, RUNNING);
    await expect(panel.list.row(going.id)).toContainText("Completed with errors");
    expect(await page.evaluate(() => window.notifications)).toEqual([]);
  });

  test("is not missed where the browser has none", async ({ panel, emulator, page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, "Notification"));
    await panel.openList(family);
    await waitForBackground(panel);
    await settle(panel, LIST);
    await panel.list.watch(going.id).click();
    await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "true");
    await emulator.replaceJobs(family, [ended]);
    await advanceClock(panel, RUNNING);
    await expect(panel.watching.notice("Completed with errors")).toBeVisible();
  });
});
