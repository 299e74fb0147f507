// A session that ends while a page is open: the sign-in dialog over the page, and the ways out.
import type { Emulator } from "../emulator";
import { container, ids, job, jobs, running } from "../data";
import { API, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { open: false, data: "empty" } });

const own = [1, 2, 3].map((number) => container(family, number));
const all = jobs(family, 40, own);
const failedOnes = all.filter((job) => job.overall_status === "failed");
const ADDRESS = `#/${family.slug}?status=failed&page=2&rows=10`;

const requestsTo = async (emulator: Emulator, path: string, method = "GET") =>
  (await emulator.requests()).filter((request) => request.method === method && request.path === path);

async function fill(emulator: Emulator): Promise<void> {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
}

async function signIn(panel: Panel, hash = ADDRESS, user = "admin"): Promise<void> {
  await panel.open(hash);
  await panel.signIn.withPassword(user, panel.emulator.password);
  await panel.list.isLoaded();
}

/** Opens the form and fills in half of it. */
async function choose(panel: Panel, name: string): Promise<void> {
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.container(name).check();
}

test("a session that ends shows the sign-in over the page, keeps the page, and continues the requested action", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await fill(emulator);
  await signIn(panel);
  await panel.list.shows(ids(failedOnes.slice(10)));
  // A form half filled in.
  await choose(panel, own[1]!.name);
  await emulator.reportNoneRunning(family);
  await emulator.revoke();
  await panel.start.send.click();

  await expect(panel.reauth.dialog).toContainText("Your session has ended");
  await expect(panel.start.dialog).toBeAttached();
  await expect(panel.list.table).toBeAttached();
  await panel.isAt(ADDRESS);
  await expect(panel.reauth.box("Username")).toHaveValue(emulator.user);
  await expect(panel.reauth.box("Password")).toHaveValue("");
  // The name is there already: what is typed now is the password.
  await expect(panel.reauth.box("Password")).toBeFocused();

  // A wrong password changes nothing; Escape does not close the dialog.
  await panel.reauth.withPassword("wrong");
  await expect(panel.alert("Could not sign in")).toBeVisible();
  await expect(panel.reauth.box("Password")).toBeFocused();
  await panel.page.keyboard.press("Escape");
  await expect(panel.reauth.dialog).toBeVisible();
  await panel.reauth.withPassword(emulator.password);

  await expect(panel.reauth.dialog).toHaveCount(0);
  // The pressed action is carried out once.
  await expect(panel.start.dialog).toHaveCount(0);
  const started = await requestsTo(emulator, listPath(family), "POST");
  expect(started.map(({ status, body }) => ({ status, body }))).toEqual([
    { status: 401, body: { [family.selector]: [own[1]!.id] } },
    { status: 201, body: { [family.selector]: [own[1]!.id] } }
  ]);
  expect(await emulator.jobs(family)).toHaveLength(41);
});

test("the sign-in over the page keeps view, filters and page, and the requested list is loaded", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await fill(emulator);
  await signIn(panel);
  await panel.list.shows(ids(failedOnes.slice(10)));
  await choose(panel, own[2]!.name);
  await panel.page.keyboard.press("Escape");
  await choose(panel, own[0]!.name);

  // The next renewal is refused, without any press in between.
  await emulator.revoke();
  await panel.page.clock.runFor(240_000);
  await expect(panel.reauth.dialog).toBeVisible();
  await panel.reauth.withPassword(emulator.password);
  await expect(panel.reauth.dialog).toHaveCount(0);

  await expect(panel.start.dialog).toBeVisible();
  await expect(panel.start.container(own[0]!.name)).toBeChecked();
  await expect(panel.start.container(own[2]!.name)).not.toBeChecked();
  await panel.page.keyboard.press("Escape");
  await panel.list.shows(ids(failedOnes.slice(10)));
  await expect(panel.filters.status).toHaveValue("failed");
  await panel.isAt(ADDRESS);

  // A list that was requested while nobody was signed in is shown afterwards.
  await panel.endSession();
  await expect(panel.reauth.dialog).toBeVisible();
  const [added] = [job(family, 90, own, { overall_status: "failed", createdAt: emulator.time().toISOString() })];
  await emulator.addJobs(family, [added!]);
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids([added!, ...failedOnes]).slice(10));
});

test("one ended session shows one dialog, and typed input stays while more requests are refused", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await panel.open();
  await panel.signIn.withToken(emulator.token);
  await panel.waitUntilIdle(...families.flatMap((own) => [listPath(own), API + own.containersPath]));
  await emulator.revoke();
  await emulator.fault({ path: listPath(family), times: 1, hold: "late" });
  await panel.refresh();
  await expect(panel.reauth.dialog).toHaveCount(1);
  await panel.reauth.box("Password").fill("half");
  await expect.poll(() => emulator.held("late")).toBe(1);
  await emulator.release("late");
  await expect.poll(async () => (await requestsTo(emulator, listPath(family))).map((one) => one.status)).toContain(401);
  await panel.reauth.box("Username").fill("somebody");
  await expect(panel.reauth.box("Password")).toHaveValue("half");
  await expect(panel.reauth.dialog).toHaveCount(1);
});

test("a different user who signs in there neither sees nor continues anything of the first", async ({ panel, guard, emulator, page }) => {
  guard.expect(401, 403);
  await fill(emulator);
  await signIn(panel, `#/${family.slug}`);
  await panel.list.shows(ids(all).slice(0, 25));
  await panel.start.open.click();
  await panel.start.everything.check();
  await emulator.reportNoneRunning(family);
  await emulator.revoke();
  await panel.start.send.click();
  await expect(panel.reauth.dialog).toBeVisible();
  // The data that viewer sees comes from viewer's own requests.
  await emulator.replaceJobs(family, []);
  await panel.reauth.box("Username").fill("viewer");
  await panel.reauth.withPassword(emulator.password);

  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(panel.frame.banner).toContainText("viewer");
  await expect(page.getByText("There are no jobs of")).toBeVisible();
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  for (const secret of [all[0]!.id, own[0]!.name, own[0]!.id]) expect(text).not.toContain(secret);
  // The start that the first user pressed is not sent as the second user.
  expect((await requestsTo(emulator, listPath(family), "POST")).map((one) => one.status)).toEqual([401]);
});

test("another token of the same user continues the same page", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await fill(emulator);
  await panel.open(ADDRESS);
  await panel.signIn.withToken(emulator.token);
  await panel.list.shows(ids(failedOnes.slice(10)));
  await choose(panel, own[0]!.name);
  await emulator.fault({ path: listPath(family), method: "POST", times: 1, status: 401, body: { codeDesc: "NCERRUnauthorized" } });
  await panel.start.send.click();
  await expect(panel.reauth.dialog).toBeVisible();
  await panel.reauth.withToken(emulator.token);
  await expect(panel.reauth.dialog).toHaveCount(0);
  await expect(panel.start.dialog).toHaveCount(0);
  expect(await emulator.jobs(family)).toHaveLength(41);
});

test("Sign out instead ends the session", async ({ panel, guard, emulator, page }) => {
  guard.expect(401);
  await fill(emulator);
  await signIn(panel);
  await panel.endSession();
  await panel.reauth.button("Sign out instead").click();
  await expect(panel.signIn.button).toBeVisible();
  await expect(panel.list.table).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a cancel that waits for the sign-in is sent once more, and only to its own job", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  const one = job(family, 1, own, running);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [one]);
  await signIn(panel, `#/${family.slug}/${one.id}`);
  await panel.waitUntilIdle(listPath(family), API + family.containersPath);
  await panel.detail.button("Cancel job").click();
  await emulator.revoke();
  await panel.detail.confirm.click();
  await panel.reauth.withPassword(emulator.password);
  await expect(panel.detail.region).toContainText("Cancelling");
  const sent = await requestsTo(emulator, `${jobPath(family, one.id)}/cancel`, "POST");
  expect(sent.map((request) => request.status)).toEqual([401, 200]);
});
