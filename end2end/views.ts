// Every view of the panel in every state of interest, for checks and screenshots of all of them.
import { expect } from "@playwright/test";

import { allClouds, API, differing, families, family, listPath } from "./families";
import { LONG_INTERVALS } from "./emulator";
import type { Panel } from "./pages/panel";
import type { View } from "./view";
import { schedules } from "./views_schedules";

/** Jobs of the emulator's `believable` data: family and id. */
const PARTIAL = ["aws", "e1f7a9d2-2b6c-4f0e-8d11-7c3b5a9f4003"];
const RUNNING = ["aws", "5d6cbd0b-93e5-4a3e-8b54-9f6f0c1e2002"];
const FOUR_HUNDRED = ["google", "7a6b5c4d-3e2f-4109-8f7e-6d5c4b3a2006"];
const SKIPPED = ["google", "a8b7c6d5-e4f3-4211-8009-f8e7d6c52011"];
const UNKNOWN = ["oci", "d9c8b7a6-9584-4736-8251-403f2e1d2008"];

const list = (slug: string) => async (panel: Panel) => {
  await panel.open(`#/${slug}`);
  await panel.list.isLoaded();
};

const detail = ([slug, id]: string[]) => async (panel: Panel) => {
  await panel.open(`#/${slug}/${id}`);
  await panel.list.isLoaded();
  await expect(panel.detail.button("Start again")).toBeVisible();
};

const history = (slug: string) => async (panel: Panel) => {
  await panel.open(`#/history/${slug}`);
  await expect(panel.history.days).toBeVisible();
};

const start = (slug: string) => async (panel: Panel) => {
  await list(slug)(panel);
  await panel.start.open.click();
  const own = families.find((one) => one.slug === slug)!;
  await panel.start.chosen(own).check();
  await expect(panel.start.dialog.getByRole("checkbox").nth(3)).toBeVisible();
};

/** The families whose start forms differ: one has a checkbox of its own. */
const starts = [...differing, families.find(({ switches }) => switches.length > 0)!];

/** From now on the published page names another script than the one that runs, and the page looks at once. */
async function publishesAnother({ page, emulator }: Panel): Promise<void> {
  await page.addInitScript(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 600_000;
  });
  await page.route(emulator.panel, async (route) => {
    if (route.request().resourceType() !== "fetch") return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(/key-sync-[0-9a-f]{16}\.js/g, "key-sync-0123456789abcdef.js") });
  });
}

export const views: View[] = [
  { name: "sign-in", server: { open: false }, open: async (panel) => {
    await panel.open();
    await expect(panel.signIn.button).toBeVisible();
  } },
  { name: "sign-in-token", server: { open: false }, open: async (panel) => {
    await panel.open();
    await panel.signIn.useToken.click();
    await expect(panel.signIn.token).toBeVisible();
  } },
  { name: "sign-in-refused", server: { open: false }, open: async (panel) => {
    panel.guard.expect(401);
    await panel.open();
    await panel.signIn.withPassword("admin", "wrong");
    await expect(panel.alert("Could not sign in")).toBeVisible();
  } },
  { name: "new-version", open: async (panel) => {
    await publishesAnother(panel);
    // A short page: the lower edge covers nothing of it.
    await panel.open("#/nimbus");
    await expect(panel.page.getByText("A new version of the panel is there.")).toBeVisible();
  } },
  { name: "all", open: async (panel) => {
    await panel.open();
    await expect(panel.list.rows).not.toHaveCount(0);
    await expect(panel.page.getByRole("button", { name: "Load more" })).toBeVisible();
  } },
  { name: "all-troubled", server: { unlicensed: ["oci"], unknown: ["sap"] }, open: async (panel) => {
    panel.guard.expect(403, 404);
    await panel.open();
    await expect(panel.page.getByRole("alert")).toHaveCount(2);
  } },
  { name: "all-empty", server: { data: "empty" }, open: async (panel) => {
    await panel.open();
    await expect(panel.page.getByText("There are no synchronization jobs yet")).toBeVisible();
  } },
  ...differing.map((one) => ({ name: `list-${one.slug}`, whole: true, open: list(one.slug) })),
  { name: "list-loading", open: async (panel) => {
    await panel.emulator.fault({ path: listPath(family), hold: "list" });
    await panel.open(`#/${family.slug}`);
    await expect.poll(() => panel.emulator.held("list")).toBeGreaterThan(0);
  } },
  { name: "list-empty", server: { data: "empty" }, open: list(family.slug) },
  { name: "list-nothing-matches", open: async (panel) => {
    await panel.openList(family, "?id=not-there");
    await expect(panel.page.getByText("No job matches these filters")).toBeVisible();
  } },
  { name: "list-past-the-end", open: list(`${family.slug}?page=900`) },
  { name: "list-failed", open: async (panel) => {
    panel.guard.expect(502);
    await panel.emulator.fault({ path: listPath(family), status: 502, body: "<html><h1>Bad gateway</h1></html>" });
    await panel.open(`#/${family.slug}`);
    await expect(panel.alert("HTTP 502")).toBeVisible();
  } },
  { name: "list-unsorted", server: { noSort: ["all"], unordered: ["all"], config: { ...LONG_INTERVALS, sorted_jobs: 100 }, data: "large" }, open: async (panel) => {
    panel.guard.expect(400);
    await panel.openList(family);
    await expect(panel.page.getByText("in no order")).toBeVisible();
  } },
  { name: "list-large", server: { data: "large" }, open: list(`${family.slug}?rows=100`) },
  { name: "filter-open", open: async (panel) => {
    await panel.openList(family);
    await panel.filters.containers(family).click();
    await expect(panel.filters.checkboxes.first()).toBeVisible();
  } },
  { name: "filter-by-hand", open: async (panel) => {
    panel.guard.expect(403);
    await panel.emulator.fault({ path: API + family.containersPath, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
    await panel.openList(family);
    await panel.filters.containers(family).click();
    await expect(panel.filters.typed).toBeVisible();
  } },
  { name: "views-menu", open: async (panel) => {
    await panel.openList(family);
    await panel.views.save("Failed ones");
    await panel.views.button.click();
    await expect(panel.views.link("Failed ones")).toBeVisible();
  } },
  { name: "views-save", open: async (panel) => {
    await panel.openList(family);
    await panel.views.openDialog("Save this view");
    await panel.views.dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(panel.views.dialog.getByRole("alert")).toContainText("Type a name");
  } },
  { name: "views-manage", open: async (panel) => {
    await panel.openList(family);
    for (const name of ["Failed ones", "A view with a long name that says what it is for, and for whom it is"]) await panel.views.save(name);
    await panel.views.openDialog("Manage views");
    await panel.views.manage.getByRole("button", { name: "Rename Failed ones" }).click();
    await panel.views.import("{}");
    await expect(panel.views.manage.getByText("Nothing was imported")).toBeVisible();
  } },
  { name: "columns-menu", open: async (panel) => {
    await panel.openList(family);
    await panel.columns.button.click();
    await expect(panel.columns.reset).toBeVisible();
  } },
  { name: "columns-chosen", open: async (panel) => {
    await panel.openList(family, "?columns=started,outcome,job,regions,status,errors,ended,updated,containers");
    await expect(panel.columns.button).toBeVisible();
  } },
  { name: "all-failed-lately", open: async (panel) => {
    await panel.open("#/all?outcome=failed,completed-with-errors&within=24h");
    await expect(panel.page.getByText("Time: Last 24 hours", { exact: true })).toBeVisible();
    await panel.list.isLoaded();
  } },
  { name: "all-with-key-sources", server: { keySources: true, config: { views: allClouds } }, open: async (panel) => {
    await panel.open();
    await panel.list.isLoaded();
    for (const cloud of allClouds) await expect(panel.frame.link(cloud)).toBeVisible();
  } },
  { name: "outdated", open: async (panel) => {
    await panel.open("#/outdated");
    await expect(panel.page.getByRole("table", { name: "Containers out of date" })).toBeVisible();
  } },
  { name: "server-check", open: (panel) => panel.serverCheck.complete() },
  { name: "copy-as", open: async (panel) => {
    await list(family.slug)(panel);
    await panel.page.getByRole("group", { name: "This list" }).getByRole("button", { name: "Copy as" }).click();
    await expect(panel.page.getByRole("menuitem", { name: "Ansible" })).toBeVisible();
  } },
  { name: "export", open: async (panel) => {
    await list(family.slug)(panel);
    await panel.export.open.click();
    await expect(panel.export.download).toBeVisible();
  } },
  { name: "export-reading", open: async (panel) => {
    await list(family.slug)(panel);
    await panel.emulator.fault({ path: listPath(family), query_contains: "skip=100&", hold: "export" });
    await panel.export.open.click();
    await panel.export.rows("All pages").check();
    await panel.export.download.click();
    await expect(panel.export.bar).toHaveAttribute("value", "100");
  } },
  { name: "export-failed", open: async (panel) => {
    panel.guard.expect(500);
    await list(family.slug)(panel);
    await panel.emulator.fault({ path: listPath(family), query_contains: "skip=100&", status: 500, body: { message: "broken" } });
    await panel.export.open.click();
    await panel.export.rows("All pages").check();
    await panel.export.download.click();
    await expect(panel.export.dialog.getByRole("alert")).toBeVisible();
  } },
  { name: "history", open: history(family.slug) },
  { name: "history-as-table", server: { data: "large" }, open: async (panel) => {
    await history(family.slug)(panel);
    await panel.history.asTable.click();
    await expect(panel.history.table).toBeVisible();
  } },
  { name: "history-empty", server: { data: "empty" }, open: async (panel) => {
    await panel.open(`#/history/${family.slug}`);
    await expect(panel.page.getByText("There are no jobs of")).toBeVisible();
  } },
  { name: "detail-partial", open: detail(PARTIAL) },
  { name: "detail-running", open: detail(RUNNING) },
  { name: "detail-long", open: detail(FOUR_HUNDRED) },
  { name: "detail-unknown", open: detail(UNKNOWN) },
  { name: "detail-not-known-result", open: detail(SKIPPED) },
  { name: "detail-in-all", open: async (panel) => {
    await panel.open(`#/all/${PARTIAL.join("/")}`);
    await expect(panel.detail.button("Start again")).toBeVisible();
  } },
  { name: "detail-missing", open: async (panel) => {
    panel.guard.expect(404);
    await panel.open(`#/${family.slug}/not-there`);
    await expect(panel.page.getByRole("alert")).toBeVisible();
  } },
  { name: "cancel", open: async (panel) => {
    await detail(RUNNING)(panel);
    await panel.detail.button("Cancel job").click();
    await expect(panel.detail.question).toBeVisible();
  } },
  { name: "selected", open: async (panel) => {
    await panel.open();
    await panel.waitUntilIdle(...families.map(listPath));
    await expect(panel.selection.boxes).not.toHaveCount(0);
    await panel.selection.boxes.first().check();
    await panel.selection.boxes.nth(1).check();
    await expect(panel.selection.cancel).toBeVisible();
  } },
  { name: "cancel-several", open: async (panel) => {
    await panel.open();
    await panel.waitUntilIdle(...families.map(listPath));
    await expect(panel.selection.boxes).not.toHaveCount(0);
    for (const box of await panel.selection.boxes.all()) await box.check();
    await panel.selection.cancel.click();
    await expect(panel.selection.question).toBeVisible();
  } },
  { name: "cancelled-several", open: async (panel) => {
    panel.guard.expect(503);
    await panel.open();
    await panel.waitUntilIdle(...families.map(listPath));
    await expect(panel.selection.boxes).not.toHaveCount(0);
    for (const box of await panel.selection.boxes.all()) await box.check();
    const body = { codeDesc: "NCERRBusy", message: "The node is not ready" };
    await panel.emulator.fault({ method: "POST", times: 1, status: 503, body });
    await panel.selection.cancel.click();
    await panel.selection.button("Cancel jobs").click();
    await expect(panel.selection.button("Try again")).toBeVisible();
  } },
  ...starts.map((one) => ({ name: `start-${one.slug}`, open: start(one.slug) })),
  { name: "start-everything", open: async (panel) => {
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.everything.check();
    await expect(panel.start.whileRunning("Start anyway")).toBeEnabled();
  } },
  { name: "several", open: async (panel) => {
    await panel.open();
    await panel.startSeveral.open.click();
    await panel.startSeveral.include(families[0]!).check();
    await panel.startSeveral.everything(families[0]!).check();
    await panel.startSeveral.include(families[2]!).check();
    await panel.startSeveral.chosen(families[2]!).check();
    await expect(panel.startSeveral.alreadyRunning(families[0]!)).toBeVisible();
    await expect(panel.startSeveral.group(families[2]!).getByRole("checkbox").nth(3)).toBeVisible();
  } },
  { name: "several-answered", server: { data: "empty" }, open: async (panel) => {
    panel.guard.expect(403);
    const body = { codeDesc: "NCERRInsufficientPermissions", message: "Insufficient permissions" };
    await panel.emulator.fault({ method: "POST", path: listPath(families[2]!), status: 403, body });
    await panel.open();
    await panel.startSeveral.open.click();
    for (const one of families.slice(0, 4)) {
      await panel.startSeveral.include(one).check();
      await panel.startSeveral.everything(one).check();
    }
    await panel.startSeveral.send.click();
    await expect(panel.startSeveral.dialog).toContainText("3 accepted, 1 refused");
  } },
  { name: "start-guarded", open: async (panel) => {
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.everything.check();
    await expect(panel.start.alreadyRunning).toBeVisible();
  } },
  { name: "start-not-known", server: { data: "empty" }, open: async (panel) => {
    panel.guard.expect(403);
    await panel.openList(family);
    await panel.emulator.fault({ path: listPath(family), status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
    await panel.start.open.click();
    await expect(panel.start.dialog).toContainText("is not known");
  } },
  { name: "start-by-hand", open: async (panel) => {
    panel.guard.expect(403);
    await panel.emulator.fault({ path: API + family.containersPath, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    await expect(panel.start.ids).toBeVisible();
  } },
  { name: "start-refused", open: async (panel) => {
    panel.guard.expect(409);
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.everything.check();
    await panel.start.whileRunning("Start anyway").click();
    await expect(panel.start.dialog.getByRole("alert")).toBeVisible();
  } },
  { name: "attention", open: async (panel) => {
    await panel.open("#/attention");
    await expect(panel.page.getByText("Looked at")).toBeVisible();
    await expect(panel.list.rows).not.toHaveCount(0);
  } },
  { name: "attention-troubled", server: { data: "empty", unlicensed: ["oci"] }, open: async (panel) => {
    panel.guard.expect(403);
    await panel.open("#/attention");
    await expect(panel.page.getByText("No job that the panel could look at needs attention")).toBeVisible();
  } },
  { name: "attention-detail", open: async (panel) => {
    await panel.open(`#/attention/${PARTIAL.join("/")}`);
    await expect(panel.detail.button("Start again")).toBeVisible();
  } },
  ...[families[0]!, families.find((one) => !one.regions)!].map(({ slug }) => ({ name: `freshness-${slug}`, open: async (panel: Panel) => {
    await panel.open(`#/freshness/${slug}`);
    await expect(panel.page.getByRole("table", { name: "Freshness by container" })).toBeVisible();
  } })),
  { name: "sent-before", server: { data: "empty" }, open: async (panel) => {
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.everything.check();
    await panel.emulator.fault({ method: "POST", hold: "late", status: 504 });
    await panel.start.send.click();
    await expect.poll(() => panel.emulator.held("late")).toBe(1);
    await panel.openList(family);
    await expect(panel.page.getByText("No such job is in the list")).toBeVisible();
  } },
  ...schedules,
  { name: "help-menu", open: async (panel) => {
    await panel.openList(family);
    await panel.frame.help.click();
    await expect(panel.page.getByRole("menuitem").first()).toBeFocused();
  } },
  { name: "outcomes", open: async (panel) => {
    await panel.openList(family);
    await panel.frame.openHelp("What outcomes mean");
  } },
  { name: "about", open: async (panel) => {
    await panel.openList(family);
    await panel.frame.openHelp("About");
    await expect(panel.page.getByRole("dialog", { name: "About" })).toContainText("emulator");
  } },
  { name: "about-failed", open: async (panel) => {
    panel.guard.expect(403);
    await panel.emulator.fault({ path: `${API}/system/info`, status: 403, body: { codeDesc: "NCERRInsufficientPermissions" } });
    await panel.openList(family);
    await panel.frame.openHelp("About");
    await expect(panel.page.getByRole("alert")).toBeVisible();
  } },
  { name: "not-found", open: async (panel) => {
    await panel.open("#/nimbus");
    await expect(panel.page.getByRole("alert")).toBeVisible();
  } }
];
