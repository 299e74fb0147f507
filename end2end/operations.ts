// The operations of the fault matrix: how a person does each, where its message stands, and what shows that it has
// succeeded. Each brings a row of the matrix.
import { expect, type Locator } from "@playwright/test";

import { container, job, jobs, running, schedule } from "./data";
import type { Server } from "./emulator";
import type { FaultKind, Target } from "./fault_kinds";
import { API, families, family, jobPath, listPath, scheduled } from "./families";
import type { Panel } from "./pages/panel";
import { CONFIGS } from "./pages/schedules";

/** A fault that ends in another way for one operation, or the reason why the two cannot meet. */
export type Exception = string | Partial<FaultKind>;

export interface Operation {
  name: string;
  server?: Server;
  /** Leads to where the operation is done. Once for all cells, and after one that has failed. */
  open(panel: Panel): Promise<void>;
  /** Makes ready for cell number `at`, in which the operation has something to do that it had not before. */
  prepare?(panel: Panel, at: number): Promise<void>;
  /** The requests that the fault concerns. */
  target(at: number): Target;
  press(panel: Panel, at: number): Promise<void>;
  /** Where the message stands. */
  place(panel: Panel): Locator;
  /** Asserts that nothing that was typed or chosen is lost. */
  kept?(panel: Panel, at: number, kind: FaultKind): Promise<void>;
  /** What is there only after a success. Where it is absent, `place` is a dialog that a success closes. */
  success?(panel: Panel, at: number): Locator;
  /** What announces a success; by default the words of `fault_matrix.spec.ts`. */
  announced?: RegExp;
  /** The one press that repeats it where no **Try again** is offered. By default `press`. */
  again?(panel: Panel, at: number): Promise<void>;
  /** Returns to where the next cell begins. */
  reset?(panel: Panel, at: number): Promise<void>;
  except?: Record<string, Exception>;
}

const own = [1, 2].map((number) => container(family, number));

/** Signs in at `hash`. */
async function enter(panel: Panel, hash: string): Promise<void> {
  await panel.open(hash);
  await panel.signIn.withPassword(panel.emulator.user, panel.emulator.password);
  await expect(panel.frame.signOut).toBeVisible();
}

const go = (panel: Panel, hash: string) => panel.page.evaluate((hash) => void (location.hash = hash), hash);

/** An empty answer with a good status is the server's consent. */
const ACCEPTED: Partial<FaultKind> = { end: "served" };

/** Long enough for jobs of the emulator to end. */
const JOB_SECONDS = 100;

/** A job whose status nobody knows, so that each answer can be told from the last one. */
const marked = (at: number) => job(family, 1, own, { overall_status: `odd-${at}` });

const list: Operation = {
  name: "list",
  open: async (panel) => {
    await panel.emulator.replaceJobs(family, jobs(family, 30, own));
    await enter(panel, `#/${family.slug}`);
    await panel.list.isLoaded();
  },
  prepare: ({ emulator }, at) => emulator.replaceJobs(family, [marked(at), ...jobs(family, 30, own).slice(1)]),
  target: () => ({ method: "GET", path: listPath(family) }),
  press: (panel) => panel.refresh(),
  place: ({ page }) => page.getByRole("main"),
  kept: async ({ list }) => expect(list.rows, "the old rows stay").toHaveCount(25),
  success: ({ list }, at) => list.row(marked(at).id).getByText(`odd-${at}`, { exact: true })
};

const detail: Operation = {
  ...list,
  name: "detail",
  prepare: ({ emulator }, at) => emulator.replaceJobs(family, [marked(at), ...jobs(family, 30, own).slice(1)]),
  target: () => ({ method: "GET", path: jobPath(family, marked(0).id) }),
  press: ({ list }) => list.link(marked(0).id).click(),
  place: ({ detail }) => detail.region,
  success: ({ detail }, at) => detail.region.getByText(`odd-${at}`).first(),
  again: (panel) => panel.refresh(),
  except: { "404": { cause: /The server does not know this job any more.*NCERRResourceNotFound/s, next: /Show the list/ } },
  reset: async (panel) => {
    await go(panel, `#/${family.slug}`);
    await expect(panel.detail.region).toHaveCount(0);
  }
};

const start: Operation = {
  name: "start",
  open: async (panel) => {
    await panel.emulator.replaceContainers(family, own);
    await panel.emulator.replaceJobs(family, []);
    await enter(panel, `#/${family.slug}`);
    await panel.list.isLoaded();
  },
  prepare: async (panel) => {
    await panel.advance(JOB_SECONDS);
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    await panel.start.container(own[0]!.name).check();
  },
  target: () => ({ method: "POST", path: listPath(family) }),
  press: ({ start }) => start.send.click(),
  place: ({ start }) => start.dialog,
  kept: async ({ start }) => expect(start.container(own[0]!.name)).toBeChecked(),
  except: { "empty body": ACCEPTED }
};

/** Another query of the list behind the rows, which stay until its answer is there. */
const filter: Operation = {
  ...list,
  name: "filter",
  prepare: undefined,
  target: () => ({ method: "GET", path: listPath(family), query_contains: "overall_status=failed" }),
  press: async ({ filters }) => void (await filters.status.selectOption("Failed")),
  kept: async ({ filters }) => expect(filters.status).toHaveValue("failed"),
  success: ({ pages }) => pages.range(1, 10, 10),
  again: (panel) => panel.refresh(),
  reset: async ({ filters, pages }) => {
    await filters.status.selectOption("Any");
    await expect(pages.range(1, 25, 30)).toBeVisible();
  }
};

const page: Operation = {
  ...list,
  name: "page",
  prepare: undefined,
  target: () => ({ method: "GET", path: listPath(family), query_contains: "skip=25" }),
  press: ({ pages }) => pages.next.click(),
  kept: async (panel) => panel.isAt(`#/${family.slug}?page=2`),
  success: ({ pages }) => pages.range(26, 30, 30),
  again: (panel) => panel.refresh(),
  reset: async ({ pages }) => {
    await pages.previous.click();
    await expect(pages.range(1, 25, 30)).toBeVisible();
  }
};

const files: Operation = {
  ...list,
  name: "export",
  open: async (panel) => {
    await list.open(panel);
    await panel.export.open.click();
    await panel.export.rows("All pages").check();
  },
  prepare: undefined,
  press: (panel) => panel.export.download.click(),
  place: (panel) => panel.export.dialog,
  kept: async (panel) => expect(panel.export.rows("All pages")).toBeChecked(),
  success: (panel) => panel.export.dialog.getByText(/^30 jobs in /)
};

/** The containers of the start form, which are loaded once in a session. */
const containers: Operation = {
  name: "containers",
  open: async (panel) => {
    await panel.emulator.replaceContainers(family, own);
    await enter(panel, `#/${family.slug}`);
  },
  prepare: async (panel) => {
    await panel.frame.signOut.click();
    await panel.signIn.box("Username").fill(panel.emulator.user);
    await panel.signIn.box("Password").fill(panel.emulator.password);
  },
  target: () => ({ method: "GET", path: API + family.containersPath }),
  press: async (panel) => {
    await panel.signIn.button.click();
    await panel.start.open.click();
    await panel.start.chosen(family).check();
  },
  place: ({ start }) => start.dialog,
  kept: async ({ start }) => expect(start.chosen(family)).toBeChecked(),
  success: ({ start }) => start.container(own[0]!.name),
  again: async ({ page, start }) => {
    // Where no **Try again** is offered, the form asks for its list when it opens.
    await page.keyboard.press("Escape");
    await start.open.click();
    await start.chosen(family).check();
  },
  reset: async ({ page, start }) => {
    await page.keyboard.press("Escape");
    await expect(start.dialog).toHaveCount(0);
  },
  except: {
    offline: "its list is asked for right after the sign-in, for which offline is a cell",
    // The first request of a session has a token that is valid; the server refuses it all the same, once.
    "401": { end: "served", make: undefined, fault: { status: 401, times: 1, body: { codeDesc: "NCERRUnauthorizedAccess" } } }
  }
};

const cancel: Operation = {
  name: "cancel",
  open: async (panel) => {
    await enter(panel, `#/${family.slug}`);
    await panel.list.isLoaded();
  },
  prepare: async (panel, at) => {
    const one = goesOn(at);
    await panel.emulator.replaceJobs(family, [one]);
    await go(panel, `#/${family.slug}/${one.id}`);
    await panel.detail.button("Cancel job").click();
  },
  target: (at) => ({ method: "POST", path: `${jobPath(family, goesOn(at).id)}/cancel` }),
  press: ({ detail }) => detail.confirm.click(),
  place: ({ detail }) => detail.question,
  except: { "empty body": ACCEPTED }
};

const goesOn = (at: number) => job(family, 100 + at, own, running);

const [first, second] = [families[0]!, families[1]!];

const several: Operation = {
  name: "several starts",
  open: async (panel) => {
    for (const one of [first, second]) await panel.emulator.replaceJobs(one, []);
    await enter(panel, "");
    await panel.list.isLoaded();
  },
  prepare: async (panel) => {
    await panel.advance(JOB_SECONDS);
    await panel.startSeveral.open.click();
    for (const one of [first, second]) {
      await panel.startSeveral.include(one).check();
      await panel.startSeveral.everything(one).check();
    }
  },
  target: () => ({ method: "POST", path: listPath(first) }),
  press: ({ startSeveral }) => startSeveral.send.click(),
  place: ({ startSeveral }) => startSeveral.group(first),
  kept: async ({ startSeveral }, _, { name }) => {
    await expect(startSeveral.everything(first)).toBeChecked();
    const other = startSeveral.group(second);
    await expect(other, "the others are not held up").toContainText(name === "offline" ? "No connection" : "Accepted: job");
  },
  success: ({ startSeveral }) => startSeveral.group(first).getByText(/^Accepted/),
  announced: /2 accepted/,
  except: { "empty body": ACCEPTED },
  reset: async ({ startSeveral }) => {
    await startSeveral.dialog.getByRole("button", { name: "Done" }).click();
    await expect(startSeveral.dialog).toHaveCount(0);
  }
};

const daily = (at: number) => schedule(scheduled[0]!, 100 + at);

const schedules: Operation = {
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
  await go(panel, `#/schedules/-/${daily(at).id}`);
  await panel.refresh();
}

const create: Operation = {
  ...schedules,
  name: "create a schedule",
  prepare: async (panel, at) => {
    await panel.emulator.replaceSchedules([]);
    await go(panel, "#/schedules");
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

const edit: Operation = {
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

const remove: Operation = {
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

const run: Operation = {
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

const NO_TOKEN: Partial<FaultKind> = { cause: /The answer holds no token/ };

const signIn: Operation = {
  name: "sign in",
  open: async (panel) => {
    await panel.open(`#/${family.slug}`);
    await expect(panel.signIn.button).toBeVisible();
  },
  prepare: async ({ signIn, emulator }) => {
    await signIn.box("Username").fill(emulator.user);
    await signIn.box("Password").fill(emulator.password);
  },
  target: () => ({ method: "POST", path: `${API}/auth/tokens` }),
  press: ({ signIn }) => signIn.button.click(),
  place: ({ page }) => page.getByRole("main"),
  kept: async ({ signIn, emulator }) => {
    await expect(signIn.box("Username")).toHaveValue(emulator.user);
    await expect(signIn.box("Password")).toHaveValue(emulator.password);
  },
  success: ({ frame }) => frame.signOut,
  reset: async ({ frame, signIn }) => {
    await frame.signOut.click();
    await expect(signIn.button).toBeVisible();
  },
  except: {
    "empty body": NO_TOKEN,
    "invalid JSON": NO_TOKEN,
    "another shape": NO_TOKEN,
    "page of a proxy": NO_TOKEN,
    "401": {
      end: "refused",
      cause: /HTTP 401.*NCERRAuth: Wrong password/s,
      next: /Sign in again/,
      make: undefined,
      fault: { status: 401, body: { codeDesc: "NCERRAuth", message: "Wrong password" } }
    }
  }
};

/** The server takes the refresh token for good, so only another sign-in helps. */
const REFUSED_RENEWAL: Partial<FaultKind> = { end: "ended", cause: /Your session has ended/, next: /Sign in to go on where you were/ };

/** A renewal that is due while the person goes on, with a token that has expired already. */
const renew: Operation = {
  ...list,
  name: "renew",
  server: { tokenSeconds: 300 },
  prepare: async (panel, at) => {
    await list.prepare!(panel, at);
    await panel.advance(320);
  },
  target: () => ({ method: "POST", path: `${API}/auth/tokens` }),
  except: {
    "empty body": NO_TOKEN,
    "invalid JSON": NO_TOKEN,
    "another shape": NO_TOKEN,
    "page of a proxy": NO_TOKEN,
    ...Object.fromEntries(["400", "403 permission", "403 unlicensed", "404", "409"].map((status) => [status, REFUSED_RENEWAL]))
  }
};

export const operations: Operation[] = [
  signIn, renew, list, filter, page, detail, containers, files, start, several, cancel, schedules, create, edit, remove, run
];
