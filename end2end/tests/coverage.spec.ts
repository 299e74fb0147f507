// What the schedules cover, in Schedules and in Freshness.
import { container, containers, schedule } from "../data";
import { families, scheduled, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { CONFIGS } from "../pages/schedules";

test.use({ server: { data: "empty" } });

test("what no enabled schedule covers is told by name, and Schedule these opens the form with it", async ({ panel, emulator }) => {
  const { schedules } = panel;
  const { form } = schedules;
  for (const [at, family] of scheduled.entries()) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const own = containers(family, 4);
      await emulator.replaceContainers(family, own);
      await emulator.replaceSchedules([
        schedule(family, 1, own.slice(0, 2)),
        schedule(family, 2, own.slice(2, 3), { disabled: true })
      ]);
      const address = `#/schedules/${family.slug}`;
      await (at === 0 ? panel.open(address) : panel.go(address));
      // Each is of another cloud, so with the heading the view before is gone.
      await expect(panel.frame.heading).toHaveText(family.cloud);
      const rest = own.slice(2);
      await expect(schedules.coverage).toContainText(`2 of 4 ${family.many} are covered`);
      const names = schedules.coverage.getByRole("list", { name: "Not covered" });
      for (const one of rest) await expect(names).toContainText(one.name);
      await expect(names).not.toContainText(own[0]!.name);

      await panel.page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Freshness" }).click();
      await expect(panel.page.getByRole("region", { name: "Freshness", exact: true })).toBeVisible();
      await expect(schedules.coverage).toContainText(`2 of 4 ${family.many} are covered`);
      await schedules.coverage.getByText("The rest by name").click();
      for (const one of rest) await expect(names).toContainText(one.name);
      await schedules.coverage.getByRole("button", { name: "Schedule these" }).click();
      for (const one of rest) await expect(form.container(one.name)).toBeChecked();
      await expect(form.container(own[0]!.name)).not.toBeChecked();
      await form.name.fill("the rest");
      await form.rhythm("Every day at 02:00").click();
      await form.send.click();
      await expect(form.dialog).toHaveCount(0);
      await expect(schedules.coverage).toContainText(`4 of 4 ${family.many} are covered`);
      const [sent] = await emulator.posts();
      expect(sent!.path).toBe(CONFIGS);
      expect(sent!.body).toMatchObject({ cckm_synchronization_params: { [family.schedule!.selector]: rest.map(({ id }) => id) } });
    });
  }
});

test("what is covered twice and what runs more seldom than Freshness allows is told", async ({ panel, emulator }) => {
  const family = scheduled[1]!;
  const own = containers(family, 2);
  await emulator.replaceContainers(family, own);
  await emulator.replaceSchedules([
    schedule(family, 1, undefined, { name: "monthly", run_at: "0 3 1 * *" }),
    schedule(family, 2, own.slice(0, 1), { name: "daily" })
  ]);
  await panel.schedules.open(`#/schedules/${family.slug}`);
  const { coverage } = panel.schedules;
  await expect(coverage.getByRole("list", { name: "Covered twice" })).toContainText(`${own[0]!.name}: daily, monthly`);
  const seldom = coverage.getByRole("list", { name: "Too seldom" });
  await expect(seldom).toContainText("monthly may leave 31 d between two runs");
  await coverage.getByRole("combobox", { name: "Out of date after" }).selectOption("90 days");
  await expect(seldom).toHaveCount(0);
});

test("a schedule that cannot be read, or that names what is gone, covers nothing and is told", async ({ panel, emulator }) => {
  const family = scheduled[1]!;
  const own = containers(family, 1);
  await emulator.replaceContainers(family, own);
  await emulator.replaceSchedules([
    schedule(family, 1, undefined, { name: "odd", run_at: "@sometimes" }),
    schedule(family, 2, [container(family, 7)], { name: "stale" })
  ]);
  await panel.schedules.open(`#/schedules/${family.slug}`);
  const { coverage } = panel.schedules;
  await expect(coverage).toContainText(`0 of 1 ${family.one} is covered`);
  const doubts = coverage.getByRole("list", { name: "Not counted" });
  await expect(doubts).toContainText("odd: its times cannot be read");
  await expect(doubts).toContainText(`stale names 1 ${family.one} that the list does not have`);
});

for (const family of scheduled.filter((one) => one.regions)) {
  test(`${titleOf(family)}: each region counts`, async ({ panel, emulator }) => {
    const own = container(family, 1, { regions: ["eu-west-1", "us-east-1"] });
    await emulator.replaceContainers(family, [own]);
    await emulator.replaceSchedules([]);
    await panel.schedules.open(`#/schedules/${family.slug}`);
    const names = panel.schedules.coverage.getByRole("list", { name: "Not covered" });
    await expect(names).toContainText(`${own.name} · eu-west-1`);
    await expect(names).toContainText(`${own.name} · us-east-1`);
  });
}

test("containers that cannot be listed are not said to be covered", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  const family = scheduled[1]!;
  await emulator.replaceSchedules([schedule(family, 1)]);
  await emulator.fault({ method: "GET", path: `/api/v1${family.containersPath}`, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
  await panel.schedules.open(`#/schedules/${family.slug}`);
  await expect(panel.schedules.coverage).toContainText(`Whether every ${family.one} is covered is not known`);
});

test("all clouds are told family by family, and families without schedules by name", async ({ panel }) => {
  await panel.schedules.open();
  for (const family of scheduled) await expect(panel.schedules.coverage.getByRole("heading", { name: titleOf(family) })).toBeVisible();
  const other = families.find((one) => !one.schedule)!;
  await expect(panel.schedules.coverage).toContainText(`No schedule is known for ${titleOf(other)}`);
});
