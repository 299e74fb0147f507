// The views of schedules, of `views.ts`.
import { expect } from "@playwright/test";

import { scheduled } from "./families";
import type { Panel } from "./pages/panel";
import type { View } from "./view";

/** A schedule of the emulator's `believable` data. */
const SCHEDULE = "5c4ed01e-0000-4000-8000-000000000008";

async function openSchedule(panel: Panel): Promise<void> {
  // Not by the list, which a narrow page does not show beside it.
  await panel.open(`#/schedules/-/${SCHEDULE}`);
  await expect(panel.schedules.button("Edit")).toBeVisible();
}

export const schedules: View[] = [
  { name: "schedules", open: (panel) => panel.schedules.open() },
  { name: "schedules-of-a-cloud", open: (panel) => panel.schedules.open(`#/schedules/${scheduled[1]!.slug}`) },
  { name: "schedules-forbidden", open: async (panel) => {
    panel.guard.expect(403);
    await panel.emulator.scheduler("forbidden");
    await panel.open("#/schedules");
    await expect(panel.page.getByText("Your user may not see the schedules of this server")).toBeVisible();
  } },
  ...(["Edit", "Run now", "Delete"] as const).map((name) => ({ name: `schedule-${name.toLowerCase().replace(" ", "-")}`, open: async (panel: Panel) => {
    await openSchedule(panel);
    await panel.schedules.button(name).click();
    await expect(panel.page.getByRole("dialog").getByText(SCHEDULE).last()).toBeVisible();
  } })),
  { name: "schedule-delete-changed", open: async (panel) => {
    await openSchedule(panel);
    await panel.schedules.button("Delete").click();
    await panel.emulator.editSchedule(SCHEDULE, { run_at: "0 4 * * *", description: "Of somebody else" });
    await panel.schedules.confirmDeletion.click();
    await expect(panel.schedules.deletion.getByRole("alert", { name: "Changed meanwhile" })).toBeVisible();
  } },
  { name: "schedule", open: openSchedule },
  { name: "schedule-new", open: async (panel) => {
    await panel.schedules.open();
    await panel.schedules.create.click();
    await panel.schedules.form.cron.fill("0 4 1 * MON");
    await expect(panel.schedules.form.nextRuns).toHaveCount(3);
  } }
];
