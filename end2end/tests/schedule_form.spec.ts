// The form of a schedule: what it sends, what it says of a cron expression, and two administrators at the same time.
import { containers, run, schedule } from "../data";
import { API, scheduled, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { CONFIGS } from "../pages/schedules";

test.use({ server: { data: "empty" } });

test("a schedule of chosen containers is created exactly as it is shown", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  // The view loads the containers of every family when it is opened.
  for (const family of scheduled) await emulator.replaceContainers(family, containers(family, 3));
  await schedules.open();
  for (const family of scheduled) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const name = `nightly ${family.slug}`;
      const own = containers(family, 3);
      await schedules.create.click();
      await expect(form.send).toHaveAttribute("aria-disabled", "true");
      await expect(form.dialog).toContainText("Write a name.");
      await form.name.fill(name);
      await form.cloud.selectOption({ label: titleOf(family) });
      await form.chosen(family).check();
      await form.container(own[1]!.name).check();
      await form.rhythm("Every day at 02:00").click();
      await expect(form.cron).toHaveValue("0 2 * * *");
      await expect(form.dialog).toContainText(`Synchronizes 1 ${family.one}, every day at 02:00 UTC`);
      const text = await form.dialog.getByRole("group", { name: "Body" }).innerText();
      const shown = JSON.parse(text);
      expect(shown).toMatchObject({
        name,
        operation: "cckm_synchronization",
        run_at: "0 2 * * *",
        cckm_synchronization_params: { cloud_name: family.schedule!.cloudName, [family.schedule!.selector]: [own[1]!.id] }
      });
      await form.shows(`POST ${CONFIGS}`, shown);
      await form.send.click();
      await expect(form.dialog).toHaveCount(0);
      expect((await emulator.posts()).map(({ path, body }) => [path, body])).toEqual([[CONFIGS, shown]]);
      await expect(panel.status.filter({ hasText: `Created “${name}”.` })).toBeVisible();
      await expect(schedules.row(name)).toContainText(own[1]!.name);
      await expect(schedules.detail).toContainText(name);
    });
  }
});

test("the cron field says what an expression means, shows the next runs, and refuses what is wrong", async ({ panel }) => {
  const { form } = panel.schedules;
  await panel.schedules.open();
  await panel.schedules.create.click();
  await form.cron.fill("30 6 * * MON-FRI");
  await expect(form.when).toContainText("Monday to Friday");
  await expect(form.nextRuns).toHaveCount(3);
  await expect(form.nextRuns.first()).toContainText("3 Mar, 06:30");
  await form.cron.fill("0 25 * * *");
  await expect(form.when).toContainText("Hour: 25 is out of range. Write 0 to 23.");
  await expect(form.cron).toHaveAttribute("aria-invalid", "true");
  await expect(form.nextRuns).toHaveCount(0);
  await form.cron.fill("0 4 1 * MON");
  await expect(form.when).toContainText("Day of month and day of week are both set.");
  await form.rhythm("Every hour").click();
  await expect(form.cron).toHaveValue("0 * * * *");
  await expect(form.rhythm("Every hour")).toHaveAttribute("aria-pressed", "true");
});

test("an end and a node are optional, and a node is offered where the scheduler has named one", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  const known = schedule(scheduled[1]!, 1);
  await emulator.replaceSchedules([known]);
  await schedules.open();
  await schedules.create.click();
  await expect(form.name).toBeVisible();
  await expect(form.node).toHaveCount(0);
  await panel.page.keyboard.press("Escape");
  await emulator.replaceRuns([run(known, 1, 3600)]);
  await schedules.create.click();
  await form.fillHourly("limited", scheduled[1]!);
  await form.description.fill("until summer");
  await form.endsOn.fill("2026-03-01");
  await expect(form.dialog).toContainText("This day has passed.");
  await form.endsOn.fill("2026-06-30");
  await form.node.selectOption("cm-node-1");
  await form.send.click();
  await expect(form.dialog).toHaveCount(0);
  const [sent] = await emulator.posts();
  expect(sent!.body).toMatchObject({ description: "until summer", end_date: "2026-06-30T23:59:59Z", run_on: "cm-node-1" });
});

test("a form that is closed without being sent keeps what was typed, new and edited", async ({ panel, emulator }) => {
  const { schedules, page } = panel;
  const { form } = schedules;
  const own = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await test.step("a form in which nothing was typed leaves nothing", async () => {
    await schedules.create.click();
    await expect(form.name).toBeVisible();
    await page.keyboard.press("Escape");
    await schedules.create.click();
    await expect(form.name).toBeVisible();
    await expect(form.kept).toHaveCount(0);
  });
  await test.step("a new schedule", async () => {
    await form.fillHourly("nightly", scheduled[1]!);
    await form.description.fill("until summer");
    await page.keyboard.press("Escape");
    await expect(form.dialog).toHaveCount(0);
    await schedules.create.click();
    await expect(form.kept).toBeVisible();
    await expect(form.name).toHaveValue("nightly");
    await expect(form.description).toHaveValue("until summer");
    await expect(form.everything).toBeChecked();
    await expect(form.cron).toHaveValue("0 * * * *");
    await form.close.click();
  });
  await test.step("an edited schedule, beside it", async () => {
    await schedules.button("Edit").click();
    await expect(form.kept).toHaveCount(0);
    await form.cron.fill("0 5 * * *");
    await page.keyboard.press("Escape");
    await schedules.button("Edit").click();
    await expect(form.cron).toHaveValue("0 5 * * *");
    await form.shows(`PATCH ${CONFIGS}/${own.id}`, { run_at: "0 5 * * *" });
    await form.kept.getByRole("button", { name: "Start over" }).click();
    await expect(form.cron).toHaveValue("0 2 * * *");
    await expect(form.name).toBeFocused();
    await expect(form.kept).toHaveCount(0);
    await page.keyboard.press("Escape");
    await schedules.button("Edit").click();
    await expect(form.cron).toHaveValue("0 2 * * *");
    await expect(form.kept).toHaveCount(0);
    await page.keyboard.press("Escape");
  });
  await test.step("what was sent is not kept", async () => {
    await schedules.create.click();
    await expect(form.name).toHaveValue("nightly");
    await form.send.click();
    await expect(form.dialog).toHaveCount(0);
    await schedules.create.click();
    await expect(form.name).toHaveValue("");
    await expect(form.kept).toHaveCount(0);
  });
});

test("an edit sends what was changed alone, and reads the schedule again before", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  const own = schedule(scheduled[0]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await schedules.button("Edit").click();
  await expect(form.dialog).toContainText("Nothing is changed yet.");
  await form.cron.fill("0 5 * * *");
  await form.shows(`PATCH ${CONFIGS}/${own.id}`, { run_at: "0 5 * * *" });
  await emulator.clearRequests();
  await form.send.click();
  await expect(form.dialog).toHaveCount(0);
  await expect(schedules.row("schedule-1")).toContainText("Every day at 05:00 UTC");
  const about = (await emulator.requests()).filter(({ path }) => path === `${CONFIGS}/${own.id}`);
  expect(about.map(({ method, body }) => [method, method === "PATCH" ? body : undefined])).toEqual([
    ["GET", undefined],
    ["PATCH", { run_at: "0 5 * * *" }]
  ]);
});

test("two administrators: the second is told what changed, field by field, and chooses", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  const both = [1, 2].map((number) => schedule(scheduled[0]!, number));
  await emulator.replaceSchedules(both);
  await schedules.open();
  for (const [at, choice] of (["Take theirs", "Overwrite with mine"] as const).entries()) {
    await test.step(choice, async () => {
      const own = both[at]!;
      await schedules.link(own.name).click();
      await expect(schedules.detail).toContainText(own.name);
      await schedules.button("Edit").click();
      await expect(form.name).toHaveValue(own.name);
      await form.cron.fill("0 5 * * *");
      await emulator.editSchedule(own.id, { run_at: "0 4 * * *", description: "theirs", disabled: true });
      await form.send.click();
      await expect(form.changed).toContainText("Somebody else has changed this schedule meanwhile");
      const when = form.changed.getByRole("row", { name: /^When/ });
      await expect(when).toContainText("Every day at 02:00 UTC");
      await expect(when).toContainText("Every day at 04:00 UTC");
      await expect(form.changed.getByRole("row", { name: /^Description/ })).toContainText("theirs");
      const patches = async () => (await emulator.requests()).filter(({ method }) => method === "PATCH").map(({ body }) => body);
      expect(await patches()).toEqual([]);
      await expect(form.cron).toHaveValue("0 5 * * *");
      await form.changed.getByRole("button", { name: choice }).click();
      if (choice === "Take theirs") {
        await expect(form.cron).toHaveValue("0 4 * * *");
        await expect(form.description).toHaveValue("theirs");
        await expect(form.send).toBeFocused();
        await expect(form.dialog).toContainText("Nothing is changed yet.");
        expect(await patches()).toEqual([]);
        await panel.page.keyboard.press("Escape");
        await expect(form.dialog).toHaveCount(0);
      } else {
        await expect(form.dialog).toHaveCount(0);
        // What only the other has changed stays theirs.
        expect(await patches()).toEqual([{ run_at: "0 5 * * *" }]);
        expect((await emulator.schedules())[at]).toMatchObject({ id: own.id, run_at: "0 5 * * *", description: "theirs", disabled: true });
      }
    });
  }
});

test("what the answer to an edit shows is said: what was not taken, and what somebody else has changed right before", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  const own = schedule(scheduled[0]!, 1);
  const path = `${CONFIGS}/${own.id}`;
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await schedules.button("Edit").click();
  await form.cron.fill("0 5 * * *");
  await emulator.fault({ method: "PATCH", path, times: 1, status: 200, body: own });
  await form.send.click();
  await expect(panel.status.filter({ hasText: "Changed “schedule-1”. Its answer has other values than were sent: When." })).toBeVisible();

  await schedules.button("Edit").click();
  await form.cron.fill("0 6 * * *");
  // The answer to the reading is on its way while somebody else changes the schedule.
  await emulator.fault({ method: "GET", path, times: 1, hold: "read" });
  await form.send.click();
  await expect.poll(() => emulator.held("read")).toBe(1);
  await emulator.editSchedule(own.id, { description: "theirs" });
  await emulator.release("read");
  const words = "Changed “schedule-1”. Other fields are not as they were right before, as somebody else may have changed them: Description.";
  await expect(panel.status.filter({ hasText: words })).toBeVisible();
  await expect(schedules.detail).toContainText("theirs");
  expect((await emulator.schedules())[0]).toMatchObject({ run_at: "0 6 * * *", description: "theirs" });
});

test("a lost answer is told as such and looked up, and only a press sends it again", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const { schedules } = panel;
  const { form } = schedules;
  // Another schedule has the name already, so that only a new one counts.
  await emulator.replaceSchedules([schedule(scheduled[1]!, 1, undefined, { name: "nightly" })]);
  await schedules.open();
  await schedules.create.click();
  await form.fillHourly("nightly", scheduled[1]!);
  const lost = { method: "POST", path: CONFIGS, times: 1, status: 502, body: "" };
  await emulator.fault(lost);
  await form.send.click();
  await expect(form.dialog.getByRole("alert")).toContainText("HTTP 502");
  await expect(form.lost).toContainText("No new schedule of this name is there");
  expect(await emulator.posts()).toHaveLength(1);
  await emulator.replaceSchedules([]);
  await emulator.fault({ ...lost, carried_out: true });
  await form.lost.getByRole("button", { name: "Try again" }).click();
  await expect(form.lost).toContainText("A schedule named “nightly” is there now");
  expect(await emulator.posts()).toHaveLength(2);
  await form.lost.getByRole("button", { name: "Show it" }).click();
  await expect(form.dialog).toHaveCount(0);
  await expect(schedules.detail).toContainText("nightly");
  expect(await emulator.posts()).toHaveLength(2);
});

test("an edit of a schedule that somebody has deleted becomes a new one only by a press", async ({ panel, emulator, guard }) => {
  guard.expect(404);
  const { schedules } = panel;
  const { form } = schedules;
  const own = schedule(scheduled[1]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await schedules.button("Edit").click();
  await form.name.fill("renamed");
  await emulator.replaceSchedules([]);
  await form.send.click();
  await expect(form.dialog.getByRole("alert")).toContainText("Somebody has deleted this schedule meanwhile.");
  await form.dialog.getByRole("button", { name: "Make a new schedule of it" }).click();
  await expect(form.name).toHaveValue("renamed");
  await form.send.click();
  await expect(schedules.row("renamed")).toBeVisible();
});

test("a schedule is edited by its ids while the list of its containers fails", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  const { schedules } = panel;
  const { form } = schedules;
  const family = scheduled[1]!;
  const own = schedule(family, 1, containers(family, 2));
  await emulator.replaceSchedules([own]);
  const path = API + family.containersPath;
  await emulator.fault({ method: "GET", path, status: 403, body: { codeDesc: "NCERRForbidden", message: "no" } });
  await schedules.open(`#/schedules/-/${own.id}`);
  await schedules.button("Edit").click();
  const ids = form.dialog.getByRole("textbox", { name: "IDs" });
  await ids.fill("typed-1");
  const asked = async () => (await emulator.requests()).filter((request) => request.path === path).length;
  const before = await asked();
  await form.dialog.getByRole("button", { name: "Try again" }).click();
  await expect.poll(asked).toBe(before + 1);
  await expect(form.dialog.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(ids).toHaveValue("typed-1");
  expect(await asked()).toBe(before + 1);
  await form.send.click();
  await expect(form.dialog).toHaveCount(0);
  const sent = (await emulator.requests()).filter(({ method }) => method === "PATCH").map(({ body }) => body);
  expect(sent).toMatchObject([{ cckm_synchronization_params: { [family.schedule!.selector]: ["typed-1"] } }]);
});

test("an unfinished or impossible end keeps the schedule from being sent, and stays in the field", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  const own = schedule(scheduled[1]!, 1, undefined, { end_date: "2027-06-30T23:59:59Z" });
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  const isUnfinished = async () => {
    await expect(form.endsOn).toHaveAttribute("aria-invalid", "true");
    await expect(form.send).toHaveAttribute("aria-disabled", "true");
    await expect(form.dialog.getByText("Write a whole date such as 2027-12-31.").first()).toBeVisible();
    expect(await form.endsOn.evaluate((field: HTMLInputElement) => field.validity.badInput)).toBe(true);
  };
  await schedules.create.click();
  await form.fillHourly("limited", scheduled[1]!);
  for (const keys of ["1231", "02312027"]) {
    await test.step(keys, async () => {
      await form.endsOn.fill("");
      await form.endsOn.pressSequentially(keys);
      await isUnfinished();
    });
  }
  await form.endsOn.fill("");
  await expect(form.send).toHaveAttribute("aria-disabled", "false");
  await panel.page.keyboard.press("Escape");
  await schedules.button("Edit").click();
  await form.endsOn.press("Backspace");
  await isUnfinished();
  await form.endsOn.fill("2027-07-31");
  await form.shows(`PATCH ${CONFIGS}/${own.id}`, { end_date: "2027-07-31T23:59:59Z" });
});

test("a creation that was lost from another view is not told by an older schedule of the same name, and is held while it is looked for", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const { schedules } = panel;
  const { form } = schedules;
  const older = schedule(scheduled[1]!, 1, undefined, { name: "nightly" });
  await emulator.replaceSchedules([older]);
  await panel.open();
  await panel.find.button.click();
  await panel.find.box.fill("New schedule");
  await panel.find.box.press("Enter");
  await form.fillHourly("nightly", scheduled[1]!);
  const lost = { method: "POST", path: CONFIGS, times: 1, status: 502, body: "", hold: "lost" };
  await emulator.fault(lost);
  await form.send.click();
  await expect.poll(() => emulator.held("lost")).toBe(1);
  await emulator.fault({ method: "GET", path: CONFIGS, times: 1, hold: "look" });
  await emulator.release("lost");
  await expect(form.lost).toContainText("Looking for the schedule…");
  await expect(form.send).toHaveAttribute("aria-disabled", "true");
  await expect.poll(() => emulator.held("look")).toBe(1);
  await emulator.release("look");
  await expect(form.lost).toContainText("No new schedule of this name is there");
  await expect(form.send).toHaveAttribute("aria-disabled", "false");
  await emulator.replaceSchedules([]);
  await emulator.fault({ ...lost, hold: undefined, carried_out: true });
  await form.lost.getByRole("button", { name: "Try again" }).click();
  await expect(form.lost).toContainText("A schedule named “nightly” is there now");
  await expect(form.send).toHaveAttribute("aria-disabled", "true");
  expect(await emulator.posts()).toHaveLength(2);
  // Closed now, it is not offered again: a press would create the schedule a second time.
  await panel.page.keyboard.press("Escape");
  await expect(form.dialog).toHaveCount(0);
  await panel.go("#/schedules");
  await schedules.create.click();
  await expect(form.name).toHaveValue("");
  await expect(form.kept).toHaveCount(0);
});

test("a lost edit is told by the fields that were sent, whatever somebody else has changed", async ({ panel, emulator, guard }) => {
  guard.expect(502);
  const { schedules } = panel;
  const { form } = schedules;
  const own = schedule(scheduled[1]!, 1);
  await emulator.replaceSchedules([own]);
  await schedules.open(`#/schedules/-/${own.id}`);
  await schedules.button("Edit").click();
  await form.cron.fill("0 5 * * *");
  await emulator.fault({ method: "PATCH", path: `${CONFIGS}/${own.id}`, times: 1, status: 502, body: "", carried_out: true, hold: "lost" });
  await form.send.click();
  await expect.poll(() => emulator.held("lost")).toBe(1);
  await emulator.editSchedule(own.id, { description: "theirs" });
  await emulator.release("lost");
  await expect(form.lost).toContainText("The schedule is now as you have sent it");
});
