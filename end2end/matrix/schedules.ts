// The rows of the fault matrix about schedules.
import { expect } from "@playwright/test";

import { schedule } from "../data";
import { scheduled } from "../families";
import type { Panel } from "../pages/panel";
import { CONFIGS } from "../pages/schedules";
import { ACCEPTED, enter, JOB_SECONDS, type Operation } from "./operation";

const daily = (at: number) => schedule(scheduled[0]!, 100 + at);

export const schedules: Operation = {
  name: "schedules",
  open: async (panel) => {
    await panel.emulator.replaceSchedules([schedule(scheduled[0]!, 1)]);
    await enter(panel, "#/schedules");
    await expect(panel.schedules.table).toBeVisible();
  },
  prepare: ({ emulator }, at) => emulator.replaceSchedules([schedule(scheduled[0]!, 1), daily(at)]),
  target: () => ({ method: "GET", path: CONFIGS }),
  press: (panel) => panel.refresh(),
  place: ({ page }) => page.getByRole("main"),
  kept: async (panel) => expect(panel.schedules.rows).not.toHaveCount(0),
  success: (panel, at) => panel.schedules.link(daily(at).name),
  except: {
    "404": { cause: /This version of the server has no schedules.*HTTP 404/s, next: /Everything else in the panel works without it/ }
  }
};

/** Opens schedule number `at`, which is the only one. */
async function openSchedule(panel: Panel, at: number): Promise<void> {
  await panel.advance(JOB_SECONDS);
  await panel.emulator.replaceSchedules([daily(at)]);
  await panel.go(`#/schedules/-/${daily(at).id}`);
  await panel.refresh();
}

export const create: Operation = {
  ...schedules,
  name: "create a schedule",
  prepare: async (panel, at) => {
    await panel.emulator.replaceSchedules([]);
    await panel.go("#/schedules");
    await panel.schedules.create.click();
    await panel.schedules.form.fillHourly(`hourly-${at}`, scheduled[0]!);
  },
  target: () => ({ method: "POST", path: CONFIGS }),
  press: (panel) => panel.schedules.form.send.click(),
  place: (panel) => panel.schedules.form.dialog,
  kept: async (panel, at) => expect(panel.schedules.form.name).toHaveValue(`hourly-${at}`),
  success: undefined,
  except: { "empty body": ACCEPTED }
};

export const edit: Operation = {
  ...schedules,
  name: "edit a schedule",
  prepare: async (panel, at) => {
    await openSchedule(panel, at);
    await panel.schedules.button("Edit").click();
    await panel.schedules.form.description.fill(`edited ${at}`);
  },
  target: (at) => ({ method: "PATCH", path: `${CONFIGS}/${daily(at).id}` }),
  press: (panel) => panel.schedules.form.send.click(),
  place: (panel) => panel.schedules.form.dialog,
  kept: async (panel, at) => expect(panel.schedules.form.description).toHaveValue(`edited ${at}`),
  success: undefined,
  except: { "empty body": ACCEPTED }
};

export const remove: Operation = {
  ...schedules,
  name: "delete a schedule",
  prepare: async (panel, at) => {
    await openSchedule(panel, at);
    await panel.schedules.button("Delete").click();
  },
  target: (at) => ({ method: "DELETE", path: `${CONFIGS}/${daily(at).id}` }),
  press: (panel) => panel.schedules.deletion.getByRole("button", { name: "Delete" }).click(),
  place: (panel) => panel.schedules.deletion,
  kept: undefined,
  success: undefined,
  except: { "empty body": ACCEPTED, "slow body": "its answer has no body", "404": "the server says that there is nothing left to delete" }
};

export const run: Operation = {
  ...schedules,
  name: "run a schedule",
  prepare: async (panel, at) => {
    await openSchedule(panel, at);
    await panel.schedules.button("Run now").click();
  },
  target: (at) => ({ method: "POST", path: `${CONFIGS}/${daily(at).id}/run-now` }),
  press: (panel) => panel.schedules.runNow.getByRole("button", { name: "Run now" }).click(),
  place: (panel) => panel.schedules.runNow,
  kept: undefined,
  success: undefined,
  except: { "empty body": ACCEPTED }
};
