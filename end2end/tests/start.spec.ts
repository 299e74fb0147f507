// Starting a synchronization: the sent request is the one in the preview, and it is sent once.
import { container, failed, ids, job, running, shortId, uuid } from "../data";
import type { Emulator } from "../emulator";
import { API, differing, families, type Family, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

async function fill(emulator: Emulator, family: Family) {
  const own = [1, 2, 3].map((number) => container(family, number));
  await emulator.replaceContainers(family, own);
  return own;
}

test("everything: previewed, sent, listed and announced", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      await fill(emulator, family);
      await panel.goToList(family);
      await panel.start.open.click();
      await expect(panel.start.dialog).toBeVisible();
      // No option is preselected: the reason is shown beside the button.
      await expect(panel.start.send).toBeDisabled();
      await expect(panel.start.dialog).toContainText("Choose what to synchronize.");

      await panel.start.everything.check();
      await panel.start.shows(listPath(family), { synchronize_all: true });
      await expect(panel.start.dialog).toContainText("hours or days");
      await expect(panel.start.send).toBeEnabled();
      await panel.start.send.click();

      await expect(panel.start.dialog).toHaveCount(0);
      const sent = await emulator.posts();
      expect(sent.map(({ path, query, body }) => ({ path, query, body }))).toEqual([
        { path: listPath(family), query: "", body: { synchronize_all: true } }
      ]);
      const [started] = await emulator.jobs(family);
      await panel.list.shows([started!.id]);
      await expect(await panel.list.cell(started!.id, "Outcome")).toContainText("In progress");
      await expect(panel.status).toContainText("Started the synchronization");
      await expect(panel.status).toContainText(shortId(started!.id));
    });
  }
});

test("chosen containers: previewed, sent, and never together with everything", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const own = await fill(emulator, family);
      await panel.goToList(family);
      await panel.start.open.click();
      await panel.start.everything.check();
      await panel.start.shows(listPath(family), { synchronize_all: true });
      await panel.start.chosen(family).check();
      await expect(panel.start.everything).not.toBeChecked();
      await expect(panel.start.send).toBeDisabled();
      await expect(panel.start.dialog).toContainText(`Choose at least one ${family.one}.`);
      await expect(panel.start.dialog).toContainText("0 of 3 chosen");

      await panel.start.container(own[2]!.name).check();
      await panel.start.container(own[0]!.name).check();
      await expect(panel.start.dialog).toContainText("2 of 3 chosen");
      const body = { [family.selector]: [own[2]!.id, own[0]!.id] };
      await panel.start.shows(listPath(family), body);
      // The other option disables the containers, and switching back restores them.
      await panel.start.everything.check();
      await expect(panel.start.container(own[0]!.name)).toHaveCount(0);
      await panel.start.shows(listPath(family), { synchronize_all: true });
      await panel.start.chosen(family).check();
      await expect(panel.start.container(own[0]!.name)).toBeChecked();
      await panel.start.shows(listPath(family), body);

      await panel.start.send.click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect((await emulator.posts()).map((request) => request.body)).toEqual([body]);
      const [started] = await emulator.jobs(family);
      await panel.list.shows([started!.id]);
      await expect(await panel.list.cell(started!.id, "Containers")).toContainText(own[0]!.name);
    });
  }
});

test("a second start is refused with the server's message, and the input stays", async ({ panel, emulator, guard }) => {
  guard.expect(409);
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const own = await fill(emulator, family);
      await emulator.replaceJobs(family, [job(family, 1, own, running)]);
      await panel.goToList(family);
      await panel.start.open.click();
      await panel.start.chosen(family).check();
      await panel.start.container(own[1]!.name).check();
      await panel.start.whileRunning("Start anyway").click();

      const alert = panel.start.dialog.getByRole("alert");
      await expect(alert).toContainText("NCERRConflict");
      await expect(alert).toContainText("HTTP 409");
      await expect(alert).toContainText(uuid(1, 1));
      // The note below names the running job and the actions; the alert does not repeat them.
      await expect(alert).not.toContainText("Likely cause");
      await expect(alert).not.toContainText("It gets in the way");
      await expect(panel.start.container(own[1]!.name)).toBeChecked();
      await expect(panel.start.alreadyRunning).toContainText(shortId(uuid(1, 1)));
      // The start is not sent again automatically.
      expect(await emulator.posts()).toHaveLength(1);
      // A later check would request the job, which no longer exists.
      await expect.poll(() => emulator.runningChecks(family)).toBe(2);
      await emulator.replaceJobs(family, []);
      await panel.start.whileRunning("Start anyway").click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect(await emulator.posts()).toHaveLength(2);
    });
  }
});

test("with a forbidden list of containers ids are typed", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const own = await fill(emulator, family);
      await emulator.fault({
        path: API + family.containersPath,
        status: 403,
        body: { codeDesc: "NCERRInsufficientPermissions", message: "No view of these" }
      });
      await panel.goToList(family);
      await panel.start.open.click();
      await panel.start.chosen(family).check();
      await expect(panel.start.dialog.getByRole("alert")).toContainText("No view of these");
      await expect(panel.start.send).toBeDisabled();
      await panel.start.ids.fill(` ${own[0]!.id}\n\n${own[1]!.id} \n${own[0]!.id}`);
      const body = { [family.selector]: [own[0]!.id, own[1]!.id] };
      await panel.start.shows(listPath(family), body);
      await panel.start.send.click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect((await emulator.posts()).map((request) => request.body)).toEqual([body]);
    });
  }
});

test("the regions follow the chosen containers", async ({ panel, emulator }) => {
  const some = families.filter((family) => family.regions);
  const one = container(some[0]!, 1, { regions: ["eu-west-1", "us-east-1"] });
  const two = container(some[0]!, 2, { regions: ["ap-south-1", "us-east-1"] });
  // They are of one cloud, and have one list of containers.
  await emulator.replaceContainers(some[0]!, [one, two]);
  await panel.openList(some[0]!);
  for (const family of some) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      await panel.frame.scope(family.scope).check();
      await panel.isAt(`#/${family.slug}`);
      await panel.start.open.click();
      await panel.start.chosen(family).check();
      await expect(panel.start.dialog).toContainText("all regions");
      await panel.start.container(one.name).check();
      await expect(panel.start.offered).toHaveCount(2);
      await panel.start.region("eu-west-1").check();
      await panel.start.shows(listPath(family), { [family.selector]: [one.id], regions: ["eu-west-1"] });

      await panel.start.container(two.name).check();
      await expect(panel.start.offered).toHaveCount(3);
      await panel.start.region("ap-south-1").check();
      await panel.start.shows(listPath(family), { [family.selector]: [one.id, two.id], regions: ["eu-west-1", "ap-south-1"] });
      // A region that no selected container has is not sent.
      await panel.start.container(one.name).uncheck();
      await expect(panel.start.region("eu-west-1")).toHaveCount(0);
      const body = { [family.selector]: [two.id], regions: ["ap-south-1"] };
      await panel.start.shows(listPath(family), body);
      await panel.start.send.click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect((await emulator.posts()).map((request) => request.body)).toEqual([body]);
    });
  }
});

for (const family of families.filter((family) => family.switches.length > 0)) {
  test(`${family.slug}: a switch is sent with everything too`, async ({ panel, emulator }) => {
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.everything.check();
    const body = { synchronize_all: true, ...(await panel.start.checkSwitches(family)) };
    await panel.start.shows(listPath(family), body);
    await panel.start.send.click();
    await expect(panel.start.dialog).toHaveCount(0);
    expect((await emulator.posts()).map((request) => request.body)).toEqual([body]);
  });
}

test("a started job is listed although the server's list lacks it", async ({ panel, emulator }) => {
  await fill(emulator, family);
  const old = job(family, 5, []);
  await emulator.replaceJobs(family, [old]);
  await panel.openList(family);
  await panel.list.shows([old.id]);
  // From now on the list is that of a cluster node that does not have the new job yet.
  const body = { skip: 0, limit: 25, total: 1, resources: [old] };
  await emulator.fault({ method: "GET", path: listPath(family), status: 200, body });
  await panel.start.open.click();
  await panel.start.everything.check();
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  const started = (await emulator.jobs(family)).find((job) => job.id !== old.id)!;
  await panel.list.shows([started.id, old.id]);
  await expect(panel.status).toContainText("Started the synchronization");
  await panel.refreshed(listPath(family));
  await panel.list.shows([started.id, old.id]);

  // Once the server's list contains it, it is still shown only once.
  await emulator.clearFaults();
  await panel.refreshed(listPath(family));
  await panel.list.shows([started.id, old.id]);
});

test("an answer without a body is a success", async ({ panel, emulator }) => {
  await emulator.fault({ method: "POST", path: listPath(family), status: 204 });
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  await expect(panel.status).not.toBeEmpty();
});

test("the form closes by Escape and by its button, sends nothing, and gives the focus back", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  await page.keyboard.press("Escape");
  await expect(panel.start.dialog).toHaveCount(0);
  await expect(panel.start.open).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.start.dialog).toBeVisible();
  await panel.start.dialog.getByRole("button", { name: /^(Cancel|Close)$/ }).first().click();
  await expect(panel.start.dialog).toHaveCount(0);
  expect(await emulator.posts()).toEqual([]);
});

test("typed regions are those of the request, wherever they were chosen", async ({ panel, emulator, page }) => {
  const some = families.find((family) => family.regions)!;
  const own = container(some, 1, { regions: ["eu-west-1", "us-east-1"] });
  const going = job(some, 1, [own], running);
  await emulator.replaceContainers(some, [own]);
  await emulator.replaceJobs(some, [going]);
  await panel.openList(some);
  await panel.start.open.click();
  await panel.start.chosen(some).check();
  await panel.start.container(own.name).check();
  await panel.start.region("eu-west-1").check();
  await panel.start.dialog.getByRole("button", { name: "Type IDs instead" }).click();
  const typed = panel.start.dialog.getByRole("textbox", { name: "Regions" });
  await expect(typed).toHaveValue("eu-west-1");
  await panel.start.shows(listPath(some), { [some.selector]: [own.id], regions: ["eu-west-1"] });
  await typed.fill("us-east-1\n");
  await expect(typed).toHaveValue("us-east-1\n");
  await panel.start.whileRunning("Watch it").click();
  await panel.isAt(`#/${some.slug}/${going.id}`);
  await page.goto(`${page.url().split("#")[0]}#/${some.slug}`);
  await panel.start.open.click();
  await panel.start.dialog.getByRole("button", { name: "Start over" }).click();
  await panel.start.chosen(some).check();
  await panel.start.dialog.getByRole("button", { name: "Type IDs instead" }).click();
  await panel.start.ids.fill(own.id);
  await expect(typed).toHaveValue("");
  await panel.start.shows(listPath(some), { [some.selector]: [own.id] });
});

test("a form that opens late does not take the place of one that is open", async ({ panel, emulator, page }) => {
  const own = await fill(emulator, family);
  const one = job(family, 1, own);
  await emulator.replaceJobs(family, [one]);
  await emulator.fault({ path: API + family.containersPath, hold: "names" });
  await panel.open(`#/${family.slug}/${one.id}`);
  await panel.detail.button("Start again").click();
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.dialog.getByRole("button", { name: "Type IDs instead" }).click();
  await panel.start.ids.fill("mine");
  await emulator.release("names");
  await panel.waitUntilIdle(API + family.containersPath);
  await expect(panel.start.ids).toHaveValue("mine");
  await page.keyboard.press("Escape");
  await expect(panel.start.dialog).toHaveCount(0);
});

test("the search narrows the list, Select all selects the matches, and Show more leads to what it shows", async ({ panel, emulator }) => {
  const own = Array.from({ length: 47 }, (_, index) => container(family, index + 1));
  await emulator.replaceContainers(family, own);
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.searches.first().fill("002");
  const found = own.filter((container) => container.name.includes("002"));
  await panel.start.dialog.getByRole("checkbox", { name: "Select all" }).first().check();
  await expect(panel.start.dialog).toContainText(`${found.length} of 47 chosen`);
  await panel.start.searches.first().fill("");
  await expect(panel.start.container(found[0]!.name)).toBeChecked();
  await expect(panel.start.container(own[0]!.name)).not.toBeChecked();
  await panel.start.shows(listPath(family), { [family.selector]: ids(found as never) });
  await panel.start.dialog.getByRole("button", { name: /^Show more/ }).press("Enter");
  await expect(panel.start.container(own[40]!.name)).toBeFocused();
});

test("the copied command is the request that is shown", async ({ panel, context, emulator }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  const text = await panel.start.copyAs.text("curl");
  expect(text).toContain(`curl -X POST '${emulator.address}${listPath(family)}'`);
  expect(text).toContain(`-d '{"synchronize_all":true}'`);
});

test("no URL starts or cancels anything", async ({ panel, emulator, page }) => {
  const own = await fill(emulator, family);
  const one = job(family, 1, own, running);
  await emulator.replaceJobs(family, [one, job(family, 2, own, failed)]);
  for (const address of [
    `#/${family.slug}?start=1&synchronize_all=true`,
    `#/${family.slug}/start?everything=true`,
    `#/${family.slug}/${one.id}/cancel`,
    `#/${family.slug}/${one.id}?cancel=true`,
    `#/all/${family.slug}/${one.id}/cancel`
  ]) {
    if (address.includes("/start?")) panel.guard.expect(404);
    await panel.open(address);
    await panel.list.shows([one.id, uuid(2, 1)]);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  expect(await emulator.posts()).toEqual([]);
  const [still] = (await emulator.jobs(family)).filter((job) => job.id === one.id);
  expect(still!.abort).toBe(false);
  expect((await emulator.requests()).some((request) => request.path === jobPath(family, one.id))).toBe(true);
});

const MAY_NOT = "Your user is in none of the groups that may start or cancel synchronizations. The server decides.";

test.describe("a user with read access", () => {
  test.use({ server: { data: "believable", open: false } });

  test("sees the jobs, types ids, and is refused with the server's message", async ({ panel, emulator, guard }) => {
    guard.expect(403);
    await panel.open(`#/${family.slug}`);
    await panel.signIn.withPassword("viewer", emulator.password);
    await expect(panel.list.rows).not.toHaveCount(0);
    // According to the token, this user's group has the permission.
    await expect(panel.page.getByText(MAY_NOT)).toHaveCount(0);
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    await panel.start.ids.fill("some-id");
    await panel.start.whileRunning("Start anyway").click();
    const alert = panel.start.dialog.getByRole("alert").filter({ hasText: "Could not start" });
    await expect(alert).toContainText("NCERRInsufficientPermissions");
    await expect(panel.start.ids).toHaveValue("some-id");
  });

  test("sees the reason at the buttons if the token shows it, and may still try", async ({ panel, emulator, guard }) => {
    guard.expect(403);
    const one = job(family, 1, [], running);
    await emulator.replaceJobs(family, [one]);
    await panel.open(`#/${family.slug}/${one.id}`);
    await panel.signIn.withPassword("auditor", emulator.password);
    await expect(panel.detail.button("Cancel job")).toHaveAccessibleDescription(MAY_NOT);
    await expect(panel.start.open).toHaveAccessibleDescription(MAY_NOT);
    await expect(panel.page.getByText(MAY_NOT).first()).toBeVisible();
    await panel.start.open.click();
    await panel.start.everything.check();
    await panel.start.whileRunning("Start anyway").click();
    await expect(panel.start.dialog.getByRole("alert")).toContainText("NCERRInsufficientPermissions");
  });
});
