// One wish is one job: however often and however fast it is pressed, whatever becomes of the answer, and if the page is
// closed meanwhile. Only a press on a button that says so sends a start again.
import type { Locator } from "@playwright/test";

import { container, job, running, schedule, shortId } from "../data";
import { LONG_INTERVALS } from "../emulator";
import { differing, families, family, jobPath, listPath, scheduled } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";
import { CONFIGS } from "../pages/schedules";

test.use({ server: { data: "empty", config: LONG_INTERVALS } });

/** The server has done it, and the connection breaks in the middle of the answer. */
const LOST = { status: 201, body: { id: "of a lost answer", overall_status: "in_progress" }, carried_out: true, body_is: "cut" } as const;

const daily = schedule(scheduled[0]!, 1);
const going = job(family, 1, [], running);

interface Wish {
  name: string;
  /** Leads to the button. */
  open(panel: Panel): Promise<Locator>;
  path: string;
}

const wishes: Wish[] = [
  {
    name: "a start",
    path: listPath(family),
    open: async (panel) => {
      await panel.openList(family);
      await panel.start.open.click();
      await panel.start.everything.check();
      return panel.start.send;
    }
  },
  {
    name: "a start of several",
    path: listPath(families[1]!),
    open: async (panel) => {
      await panel.open();
      await panel.startSeveral.open.click();
      for (const one of families.slice(0, 3)) {
        await panel.startSeveral.include(one).check();
        await panel.startSeveral.everything(one).check();
      }
      return panel.startSeveral.send;
    }
  },
  {
    name: "a schedule that is run",
    path: `${CONFIGS}/${daily.id}/run-now`,
    open: async (panel) => {
      await panel.emulator.replaceSchedules([daily]);
      await panel.schedules.open(`#/schedules/-/${daily.id}`);
      await panel.schedules.button("Run now").click();
      return panel.schedules.runNow.getByRole("button", { name: "Run now" });
    }
  },
  {
    name: "a cancel",
    path: `${jobPath(family, going.id)}/cancel`,
    open: async (panel) => {
      await panel.emulator.replaceJobs(family, [going]);
      await panel.open(`#/${family.slug}/${going.id}`);
      await panel.detail.button("Cancel job").click();
      return panel.detail.confirm;
    }
  }
];

const sent = async ({ emulator }: Panel, path: string) => (await emulator.posts()).filter((one) => one.path === path);

for (const { name, open, path } of wishes) {
  test(`${name} is sent once by a double click, by Enter and a click at once, and while the answer is slow`, async ({ panel, emulator, page }) => {
    await emulator.fault({ method: "POST", path, hold: "slow" });
    const button = await open(panel);
    await button.focus();
    // In one task, so that nothing is drawn between them.
    await button.evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    // It says by then that it waits, which holds nobody who presses on.
    const twice = () => button.dblclick({ force: true });
    await Promise.all([twice(), page.keyboard.press("Enter")]);
    await expect.poll(() => emulator.held("slow")).toBe(1);
    await twice();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(button, "the dialog stays until the answer comes").toBeVisible();
    await emulator.release("slow");
    await expect(page.getByRole("dialog").locator("[aria-busy=true]")).toHaveCount(0);
    await panel.waitUntilIdle(path);
    expect(await sent(panel, path)).toHaveLength(1);
  });
}

test("a start whose job is found is not sent by the same button again, only by one that says so", async ({ panel, emulator, guard }) => {
  guard.expect("network");
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const own = [1, 2].map((number) => container(family, number));
      await emulator.replaceContainers(family, own);
      await panel.goToList(family);
      await panel.start.open.click();
      await panel.start.chosen(family).check();
      await panel.start.container(own[0]!.name).check();
      await emulator.fault({ method: "POST", path: listPath(family), times: 1, ...LOST });
      // While the panel looks for the job, the button waits too. The first one lets the check before the start pass.
      await emulator.fault({ method: "GET", path: listPath(family), query_contains: "limit=5&" });
      await emulator.fault({ method: "GET", path: listPath(family), hold: "look" });
      await panel.start.send.click();
      const note = panel.start.dialog.getByRole("note", { name: "Looked for the job" });
      await expect(note).toContainText("Looking for the job in the list");
      await expect(panel.start.send).toHaveAttribute("aria-disabled", "true");
      await emulator.clearFaults();
      await expect(note).toContainText("seems to have reached the server");
      const started = (await emulator.jobs(family))[0]!;
      await expect(note).toContainText(shortId(started.id));
      // The job has ended, so nothing else holds the button.
      await panel.advance(100);
      await panel.page.clock.runFor(LONG_INTERVALS.running_seconds * 1000);
      await expect(panel.start.alreadyRunning).toHaveCount(0);
      await expect(panel.start.send).toHaveAttribute("aria-disabled", "true");
      await panel.start.send.dispatchEvent("click");
      await panel.page.keyboard.press("Enter");
      expect(await sent(panel, listPath(family))).toHaveLength(1);
      // Another selection is another wish.
      await panel.start.container(own[1]!.name).check();
      await expect(panel.start.send).toHaveAttribute("aria-disabled", "false");
      await panel.start.container(own[1]!.name).uncheck();
      await expect(panel.start.send).toHaveAttribute("aria-disabled", "true");

      await note.getByRole("button", { name: "Start another one" }).click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect(await emulator.jobs(family)).toHaveLength(2);
      expect(await sent(panel, listPath(family))).toHaveLength(2);
    });
  }
});

for (const family of differing) {
  for (const arrives of [true, false]) {
    test(`${family.slug}: the page is closed before a start is answered, which ${arrives ? "has" : "has not"} reached the server`, async ({ panel, emulator }) => {
      const own = [1, 2].map((number) => container(family, number));
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, [job(family, 30, own)]);
      await panel.openList(family);
      await panel.start.open.click();
      await panel.start.chosen(family).check();
      for (const one of own) await panel.start.container(one.name).check();
      await emulator.fault({ method: "POST", path: listPath(family), hold: "late", ...(arrives ? {} : { status: 504 }) });
      await panel.start.send.click();
      await expect.poll(() => emulator.held("late")).toBe(1);
      await panel.open();
      await emulator.clearFaults();

      const note = panel.page.getByRole("note", { name: "Sent before the page was closed" });
      await expect(note).toContainText(`start of 2 ${family.many}`);
      if (arrives) {
        const started = (await emulator.jobs(family)).find((one) => !one.completed_at)!;
        await expect(note).toContainText(shortId(started.id));
        await expect(note).toContainText("seems to have reached the server");
        await note.getByRole("button", { name: "Open it" }).click();
        await expect(panel.detail.region).toContainText(started.id);
      } else {
        await expect(note).toContainText("No such job is in the list: the request may not have reached the server.");
        // Where its list cannot be read, nobody knows.
        await emulator.fault({ method: "GET", path: listPath(family), status: 200, body: {} });
        await note.getByRole("button", { name: "Look again" }).click();
        await expect(note).toContainText("is not known");
        await expect(note.getByRole("button", { name: "Start again" })).toHaveCount(0);
        await emulator.clearFaults();
        await note.getByRole("button", { name: "Look again" }).click();
        await note.getByRole("button", { name: "Start again" }).click();
        await expect(panel.start.dialog).toBeVisible();
      }
      await expect(note).toHaveCount(0);
      expect(await sent(panel, listPath(family))).toHaveLength(1);
      // It is told once.
      await panel.openList(family);
      await expect(panel.frame.help).toBeVisible();
      await expect(note).toHaveCount(0);
    });
  }
}

test("the page is closed before a start of everything is answered, whose job may list each container", async ({ panel, emulator }) => {
  for (const family of differing.slice(0, 2)) {
    await test.step(family.slug, async () => {
      const own = [1, 2].map((number) => container(family, number));
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, [job(family, 30, own)]);
      await panel.goToList(family);
      await panel.start.open.click();
      await panel.start.everything.check();
      await emulator.fault({ method: "POST", path: listPath(family), hold: "late" });
      await panel.start.send.click();
      await expect.poll(() => emulator.held("late")).toBe(1);
      await panel.open();
      await emulator.clearFaults();
      const note = panel.page.getByRole("note", { name: "Sent before the page was closed" });
      await expect(note).toContainText(shortId((await emulator.jobs(family)).find((one) => !one.completed_at)!.id));
      await expect(note).toContainText("seems to have reached the server");
      await note.getByRole("button", { name: "Dismiss" }).click();
    });
  }
});

test.describe("where an idle person is signed out", () => {
  test.use({ server: { data: "empty", open: false, config: { ...LONG_INTERVALS, idle_minutes: 5 } } });

  test("a start that was under way is looked for after the next sign-in", async ({ panel, emulator }) => {
    await panel.open(`#/${family.slug}`);
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await panel.start.open.click();
    await panel.start.everything.check();
    await emulator.fault({ method: "POST", path: listPath(family), times: 1, hold: "late" });
    await panel.start.send.click();
    await expect.poll(() => emulator.held("late")).toBe(1);
    await panel.advance(5 * 60 + 1);
    await expect(panel.alert("nobody used the panel")).toBeVisible();
    await emulator.release("late");
    await panel.signIn.withPassword(emulator.user, emulator.password);
    const note = panel.page.getByRole("note", { name: "Sent before the page was closed" });
    await expect(note).toContainText("the session had ended");
    await expect(note.getByRole("button", { name: "Start again" })).toHaveCount(0);
    await expect(note).not.toContainText("Looking");
    await expect(note).toContainText(shortId((await emulator.jobs(family))[0]!.id));
  });
});

test("a start that is answered leaves nothing for the next page", async ({ panel, page }) => {
  await (await wishes[0]!.open(panel)).click();
  await expect(panel.start.dialog).toHaveCount(0);
  await panel.open();
  await expect(panel.list.rows).toHaveCount(1);
  expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain("key-sync.sent-starts");
});

test("a run whose answer is lost and that is found closes the dialog, and is sent once", async ({ panel, emulator, guard }) => {
  guard.expect("network");
  const { path, open } = wishes[2]!;
  await emulator.fault({ method: "POST", path, times: 1, ...LOST });
  await (await open(panel)).click();
  await expect(panel.schedules.runNow).toHaveCount(0);
  await expect(panel.status).toContainText("The answer was lost, but there is a new run of");
  expect(await sent(panel, path)).toHaveLength(1);
});

test("a request that the browser itself repeats, because its connection closed without a byte, starts one job", async ({ panel, emulator, guard }) => {
  guard.expect(409, "network");
  const { path, open } = wishes[0]!;
  await emulator.fault({ method: "POST", path, times: 1, ...LOST, body_is: "dropped" });
  await (await open(panel)).click();
  // The repetition is refused, because the job of the first one runs; the note names it.
  await expect(panel.start.alreadyRunning).toBeVisible();
  expect((await sent(panel, path)).map(({ status }) => status)).toEqual([201, 409]);
  const started = await emulator.jobs(family);
  expect(started).toHaveLength(1);
  await expect(panel.start.alreadyRunning).toContainText(shortId(started[0]!.id));
});
