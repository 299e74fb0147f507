// The rows of the fault matrix about jobs.
import { expect } from "@playwright/test";

import { container, job, jobs, running } from "../data";
import { API, families, family, jobPath, listPath } from "../families";
import { ACCEPTED, enter, JOB_SECONDS, type Operation } from "./operation";

const own = [1, 2].map((number) => container(family, number));

/** A job whose status nobody knows, so that each answer can be told from the last one. */
const marked = (at: number) => job(family, 1, own, { overall_status: `odd-${at}` });

export const list: Operation = {
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

export const detail: Operation = {
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
    await panel.go(`#/${family.slug}`);
    await expect(panel.detail.region).toHaveCount(0);
  }
};

export const start: Operation = {
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
export const filter: Operation = {
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

export const page: Operation = {
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

export const files: Operation = {
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
export const containers: Operation = {
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

const goesOn = (at: number) => job(family, 100 + at, own, running);

export const cancel: Operation = {
  name: "cancel",
  open: async (panel) => {
    await enter(panel, `#/${family.slug}`);
    await panel.list.isLoaded();
  },
  prepare: async (panel, at) => {
    const one = goesOn(at);
    // The job before stays, because the page may still ask for it.
    await panel.emulator.addJobs(family, [one]);
    await panel.go(`#/${family.slug}/${one.id}`);
    await panel.detail.button("Cancel job").click();
  },
  target: (at) => ({ method: "POST", path: `${jobPath(family, goesOn(at).id)}/cancel` }),
  press: ({ detail }) => detail.confirm.click(),
  place: ({ detail }) => detail.question,
  except: { "empty body": ACCEPTED }
};

const [first, second] = [families[0]!, families[1]!];

export const several: Operation = {
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
  kept: async ({ startSeveral }, _, { name, end }) => {
    await expect(startSeveral.everything(first)).toBeChecked();
    // Without a session nothing goes on.
    if (end === "ended") return;
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
