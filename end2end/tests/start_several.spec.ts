// One dialog starts synchronizations of several clouds; a refusal by one does not affect the others.
import { container, job, running, shortId } from "../data";
import { API, clouds, type Family, families, listPath, ofCloud } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

/** Three families of three clouds. */
const [one, two, three] = clouds.slice(0, 3).map((cloud) => ofCloud(cloud)[0]!) as [Family, Family, Family];

async function open(panel: Panel): Promise<void> {
  await panel.open();
  await panel.list.isLoaded();
  await panel.startSeveral.open.click();
  await expect(panel.startSeveral.dialog).toBeVisible();
}

async function all(panel: Panel, ...families: Family[]): Promise<void> {
  for (const family of families) {
    await panel.startSeveral.include(family).check();
    await panel.startSeveral.everything(family).check();
  }
}

test("every family is collapsed until it is included, and its containers load only then", async ({ panel, emulator }) => {
  await emulator.replaceContainers(one, [container(one, 1)]);
  // The list of all clouds requests names after the jobs; here nothing has been requested yet.
  await emulator.fault({ method: "GET", path: listPath(two), hold: "jobs" });
  await open(panel);
  for (const family of families) {
    await expect(panel.startSeveral.include(family)).not.toBeChecked();
    await expect(panel.startSeveral.everything(family)).toHaveCount(0);
  }
  await expect(panel.startSeveral.send).toBeDisabled();
  await expect(panel.startSeveral.dialog).toContainText("Choose at least one to include.");
  const names = async () => (await emulator.requests()).filter((request) => request.path === API + one.containersPath).length;
  expect(await names()).toBe(0);
  await panel.startSeveral.include(one).check();
  await expect(panel.startSeveral.everything(one)).toBeVisible();
  await expect.poll(names).toBe(1);
  await expect(panel.startSeveral.dialog).toContainText(`${one.cloud} ${one.scope}: Choose what to synchronize.`);
  await panel.startSeveral.include(one).uncheck();
  await expect(panel.startSeveral.everything(one)).toHaveCount(0);
  await emulator.release("jobs");
});

test("each family gets its own selection, and the jobs are listed and announced", async ({ panel, emulator }) => {
  const own = container(two, 1);
  await emulator.replaceContainers(two, [own, container(two, 2)]);
  await open(panel);
  await all(panel, one);
  await panel.startSeveral.include(two).check();
  await panel.startSeveral.chosen(two).check();
  await expect(panel.startSeveral.send).toBeDisabled();
  await panel.startSeveral.container(two, own.name).check();
  await expect(panel.startSeveral.group(two)).toContainText(`1 ${two.one}`);
  await expect(panel.startSeveral.dialog).toContainText("Starts 2 synchronizations");
  await panel.startSeveral.send.click();
  const summary = `2 accepted, ${families.length - 2} not included`;
  await expect(panel.startSeveral.dialog).toContainText(summary);
  const sent = (await emulator.posts()).map(({ path, body }) => ({ path, body }));
  expect(sent).toHaveLength(2);
  expect(sent).toContainEqual({ path: listPath(one), body: { synchronize_all: true } });
  expect(sent).toContainEqual({ path: listPath(two), body: { [two.selector]: [own.id] } });
  // The dialog shows the results until it is closed, and sends nothing again.
  await expect(panel.startSeveral.send).toBeDisabled();
  await expect(panel.status).toContainText(summary);
  const [started] = await emulator.jobs(one);
  await expect(panel.startSeveral.group(one).getByRole("link")).toHaveText(shortId(started!.id));
  await panel.startSeveral.group(one).getByRole("link").click();
  await expect(panel.startSeveral.dialog).toHaveCount(0);
  await expect(panel.detail.region).toContainText(started!.id);
  await panel.list.showsAnyOrder([started!.id, (await emulator.jobs(two))[0]!.id]);
});

test("a refused family stays, and can be sent again", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  const own = container(two, 1);
  await emulator.replaceContainers(two, [own]);
  const body = { codeDesc: "NCERRInsufficientPermissions", message: "No <b>keysynchronize</b>" };
  await emulator.fault({ method: "POST", path: listPath(two), status: 403, body, times: 1 });
  await open(panel);
  await all(panel, one, three);
  await panel.startSeveral.include(two).check();
  await panel.startSeveral.chosen(two).check();
  await panel.startSeveral.container(two, own.name).check();
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText(`2 accepted, 1 refused, ${families.length - 3} not included`);
  const alert = panel.startSeveral.group(two).getByRole("alert");
  await expect(alert).toContainText("HTTP 403");
  await expect(alert).toContainText("NCERRInsufficientPermissions: No <b>keysynchronize</b>");
  await expect(panel.startSeveral.container(two, own.name)).toBeChecked();
  await expect(panel.startSeveral.include(one)).toBeDisabled();
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText(`3 accepted, ${families.length - 3} not included`);
  await expect(alert).toHaveCount(0);
  const sent = await emulator.posts();
  expect(sent.map((request) => request.path).sort()).toEqual([one, two, two, three].map(listPath).sort());
  expect(sent.filter((request) => request.path === listPath(two)).map((request) => request.body)).toEqual([
    { [two.selector]: [own.id] },
    { [two.selector]: [own.id] }
  ]);
});

test("a running job delays only its own family", async ({ panel, emulator, guard }) => {
  guard.expect(409);
  const going = job(one, 5, [], running);
  await emulator.replaceJobs(one, [going]);
  await open(panel);
  await all(panel, one, two);
  await expect(panel.startSeveral.alreadyRunning(one)).toContainText(shortId(going.id));
  await expect(panel.startSeveral.dialog).toContainText("Starts 1 synchronization; 1 is not sent, because a job runs");
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText(`1 accepted, 1 not sent, ${families.length - 2} not included`);
  expect((await emulator.posts()).map((request) => request.path)).toEqual([listPath(two)]);
  await expect(panel.startSeveral.send).toBeDisabled();
  await panel.startSeveral.alreadyRunning(one).getByRole("button", { name: "Start anyway" }).click();
  await expect(panel.startSeveral.group(one)).toContainText("Is started although a job runs.");
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.group(one).getByRole("alert")).toContainText("HTTP 409");
  expect(await emulator.posts()).toHaveLength(2);
});

test("a job that begins while the dialog is open is found before anything is sent", async ({ panel, emulator }) => {
  await open(panel);
  await all(panel, one, two);
  await expect(panel.startSeveral.send).toBeEnabled();
  await expect.poll(() => emulator.runningChecks(one)).toBe(2);
  await emulator.replaceJobs(one, [job(one, 0, [], running)]);
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText("1 accepted, 1 not sent");
  await expect(panel.startSeveral.alreadyRunning(one)).toBeVisible();
  expect((await emulator.posts()).map((request) => request.path)).toEqual([listPath(two)]);
});

test("at most four are sent at once, and the dialog stays meanwhile", async ({ panel, emulator, page }) => {
  await open(panel);
  await all(panel, ...families);
  await emulator.fault({ method: "POST", hold: "start" });
  await panel.startSeveral.send.click();
  await expect.poll(() => emulator.held("start")).toBe(4);
  await panel.startSeveral.send.dispatchEvent("click");
  await page.keyboard.press("Escape");
  await expect(panel.startSeveral.dialog).toBeVisible();
  await expect.poll(async () => {
    await emulator.release("start");
    return (await emulator.posts()).length;
  }).toBe(families.length);
  await emulator.clearFaults();
  await expect(panel.startSeveral.dialog).toContainText(`${families.length} accepted`);
  expect(await emulator.posts()).toHaveLength(families.length);
});

test.describe("where clouds are hidden", () => {
  test.use({ server: { data: "empty", config: { views: [clouds[0]!, clouds[2]!], quiet_seconds: 3600, running_seconds: 60 } } });

  test("they are left out", async ({ panel }) => {
    await open(panel);
    for (const family of families) {
      const shown = family.cloud === clouds[0] || family.cloud === clouds[2];
      await expect(panel.startSeveral.include(family)).toHaveCount(shown ? 1 : 0);
    }
  });
});

test("closing returns the focus and sends nothing", async ({ panel, emulator, page }) => {
  await open(panel);
  await all(panel, one);
  await page.keyboard.press("Escape");
  await expect(panel.startSeveral.dialog).toHaveCount(0);
  await expect(panel.startSeveral.open).toBeFocused();
  expect(await emulator.posts()).toEqual([]);
});

test("an accepted job is in the list at once, though the server's list lacks it", async ({ panel, emulator }) => {
  await open(panel);
  await all(panel, one);
  // From now on the list is that of a cluster node that does not have the new job yet.
  await emulator.fault({ method: "GET", path: listPath(one), status: 200, body: { skip: 0, limit: 25, total: 0, resources: [] } });
  await panel.startSeveral.send.click();
  await expect(panel.startSeveral.dialog).toContainText("1 accepted");
  await panel.page.keyboard.press("Escape");
  await expect(panel.startSeveral.dialog).toHaveCount(0);
  const [started] = await emulator.jobs(one);
  await panel.list.shows([started!.id]);
  await panel.refreshed(listPath(one));
  await panel.list.shows([started!.id]);

  // Once the server's list contains it, it is still shown only once.
  await emulator.clearFaults();
  await panel.refreshed(listPath(one));
  await panel.list.shows([started!.id]);
});
