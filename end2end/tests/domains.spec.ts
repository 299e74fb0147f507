// Several domains of one person: switches between them, what waits meanwhile, and what becomes of the tokens.
import type { Emulator } from "../emulator";
import { container, ids, job, jobs, running } from "../data";
import { API, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { open: false, data: "empty" } });

const own = [1, 2, 3].map((number) => container(family, number));
const all = jobs(family, 40, own);
/** The jobs of the other domain. */
const theirs = jobs(family, 4, own).map((job) => ({ ...job, id: job.id.replace(/^0/, "9") }));
const address = `#/${family.slug}?rows=50`;

const requestsTo = async (emulator: Emulator, path: string, method = "GET") =>
  (await emulator.requests()).filter((request) => request.method === method && request.path === path);

async function fill(emulator: Emulator): Promise<void> {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
}

async function signIn(panel: Panel): Promise<void> {
  await panel.open(address);
  await panel.signIn.withPassword("admin", panel.emulator.password);
  await panel.list.isLoaded();
}

/** Opens the form and fills in half of it. */
async function choose(panel: Panel, name: string): Promise<void> {
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.container(name).check();
}

test.beforeEach(async ({ emulator }) => {
  await fill(emulator);
  await emulator.replaceJobs(family, theirs, "payments");
});

test("a switch of domains asks for the password once, keeps the URL, and mixes no data", async ({ panel, emulator, page }) => {
  await signIn(panel);
  await panel.list.shows(ids(all));
  await expect(panel.frame.domain.getByRole("option")).toHaveText(["root", "payments"]);
  await expect(panel.frame.domain).toHaveValue("root");

  await panel.frame.domain.selectOption("payments");
  await expect(panel.reauth.dialog).toContainText("other domain");
  await expect(panel.reauth.box("Domain")).toHaveValue("payments");
  await expect(panel.reauth.box("Username")).toHaveValue(emulator.user);
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(theirs));
  await panel.isAt(address);
  await expect(panel.frame.domain).toHaveValue("payments");
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  expect(all.filter((job) => text.includes(job.id))).toEqual([]);
  expect(await emulator.grants("password")).toMatchObject([{}, { domain: "payments" }]);

  // Switching back and forth: each domain has its own refresh token, so no password is needed.
  for (const [domain, expected] of [["root", all], ["payments", theirs], ["root", all]] as const) {
    await panel.frame.domain.selectOption(domain);
    await panel.list.shows(ids(expected));
    await expect(panel.frame.domain).toHaveValue(domain);
    await panel.isAt(address);
  }
  await expect(panel.reauth.dialog).toHaveCount(0);
  expect(await emulator.grants("password")).toHaveLength(2);
  // The sign-out revokes all of them.
  await panel.frame.signOut.click();
  await expect.poll(async () => new Set(await emulator.revoked()).size).toBe(2);
});

test("no refresh token outlives the sign-out or the page, however the domains were switched", async ({ panel, emulator, guard, page }) => {
  guard.expect(503);
  const issued = new Set<string>();
  page.on("response", async (response) => {
    if (!response.url().endsWith("/auth/tokens") || !response.ok()) return;
    // A renewal keeps the one that it is made with.
    const { refresh_token } = await response.json();
    if (refresh_token) issued.add(refresh_token);
  });
  const allRevoked = async () => {
    await expect.poll(async () => [...new Set(await emulator.revoked())].sort()).toEqual([...issued].sort());
  };
  const promptedFor = async (domain: string) => {
    await emulator.fault({ path: `${API}/auth/tokens`, times: 1, status: 503, body: "" });
    await panel.frame.domain.selectOption(domain);
    await expect(panel.reauth.box("Domain")).toHaveValue(domain);
  };
  await signIn(panel);
  await panel.list.shows(ids(all));
  await panel.frame.domain.selectOption("payments");
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(theirs));

  await test.step("a failed switch keeps the token of the other domain", async () => {
    await promptedFor("root");
    await panel.reauth.button("Stay here").click();
    await panel.frame.domain.selectOption("root");
    await panel.list.shows(ids(all));
    expect(issued.size).toBe(2);
    expect(await emulator.revoked()).toEqual([]);
  });
  await test.step("the same person and domain again, by a password and by a token", async () => {
    await promptedFor("payments");
    await panel.reauth.box("Domain").fill("");
    await panel.reauth.withPassword(emulator.password);
    await expect(panel.reauth.dialog).toHaveCount(0);
    await expect.poll(async () => (await emulator.revoked()).length).toBe(1);
    await promptedFor("payments");
    await panel.reauth.withToken(emulator.token);
    await expect(panel.reauth.dialog).toHaveCount(0);
    await expect.poll(async () => (await emulator.revoked()).length).toBe(2);
  });
  await panel.frame.signOut.click();
  expect(issued.size).toBe(3);
  await allRevoked();

  await test.step("the page is closed during a switch", async () => {
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await panel.list.shows(ids(all));
    await panel.frame.domain.selectOption("payments");
    await panel.reauth.withPassword(emulator.password);
    await panel.list.shows(ids(theirs));
    await emulator.fault({ path: `${API}/auth/tokens`, times: 1, hold: "switch" });
    await panel.frame.domain.selectOption("root");
    await expect.poll(() => emulator.held("switch")).toBe(1);
    await page.goto("about:blank");
    expect(issued.size).toBe(5);
    await allRevoked();
  });
});

test("Stay here gives up a sign-in that is under way", async ({ panel, emulator }) => {
  await signIn(panel);
  await panel.list.shows(ids(all));
  await panel.frame.domain.selectOption("payments");
  await emulator.fault({ path: `${API}/auth/tokens`, times: 1, hold: "sign-in" });
  await panel.reauth.withPassword(emulator.password);
  await expect.poll(() => emulator.held("sign-in")).toBe(1);
  await panel.reauth.button("Stay here").click();
  await choose(panel, own[1]!.name);
  await emulator.release("sign-in");
  // Its token is not kept.
  await expect.poll(async () => (await emulator.revoked()).length).toBe(1);
  await expect(panel.start.container(own[1]!.name)).toBeChecked();
  await panel.page.keyboard.press("Escape");
  await expect(panel.frame.domain).toHaveValue("root");
});

test("a failed switch leaves the prompt of a session that has ended", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await signIn(panel);
  await panel.frame.domain.selectOption("payments");
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(theirs));
  await panel.waitUntilIdle();
  await panel.advance(290);
  await emulator.revoke();
  await emulator.fault({ path: `${API}/auth/tokens`, times: 1, hold: "own" });
  await panel.refresh();
  await expect.poll(() => emulator.held("own")).toBe(1);
  await emulator.fault({ path: `${API}/auth/tokens`, times: 1, hold: "parked" });
  await panel.frame.domain.selectOption("root");
  await expect.poll(() => emulator.held("parked")).toBe(1);
  await emulator.release("own");
  await expect(panel.reauth.dialog).toContainText("Your session has ended");
  const answered = async () => (await emulator.grants("refresh_token")).length;
  expect(await answered()).toBe(2);
  await emulator.release("parked");
  await expect.poll(async () => (await requestsTo(emulator, `${API}/auth/tokens`, "POST")).slice(2).map((one) => one.status)).toEqual([401, 401]);
  await expect(panel.reauth.box("Domain")).toHaveValue("payments");
  await panel.reauth.withPassword(emulator.password);
  await expect(panel.reauth.dialog).toHaveCount(0);
  await panel.refreshed(listPath(family));
  await panel.list.shows(ids(theirs));
});

test("Stay here continues in the current domain without a sign-in, also after a renewal", async ({ panel, emulator, page }) => {
  await signIn(panel);
  await panel.list.shows(ids(all));
  await panel.frame.domain.selectOption("payments");
  await expect(panel.reauth.dialog).toBeVisible();
  await panel.reauth.box("Password").fill("half");
  // The renewal of the current session does not close the dialog.
  await page.clock.runFor(240_000);
  await expect.poll(async () => (await emulator.grants("refresh_token")).length).toBe(1);
  await expect(panel.reauth.box("Password")).toHaveValue("half");
  await panel.reauth.button("Stay here").click();
  await expect(panel.reauth.dialog).toHaveCount(0);
  await expect(panel.frame.domain).toHaveValue("root");
  await panel.refreshed(listPath(family));
  await panel.list.shows(ids(all));
  // The same by Escape.
  await panel.frame.domain.selectOption("payments");
  await expect(panel.reauth.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.reauth.dialog).toHaveCount(0);
  await expect(panel.frame.domain).toHaveValue("root");
});

test("a parked session that is refused asks for the password", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await signIn(panel);
  await panel.list.shows(ids(all));
  await panel.frame.domain.selectOption("payments");
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(theirs));
  await emulator.revoke();
  await panel.frame.domain.selectOption("root");
  await expect(panel.reauth.box("Domain")).toHaveValue("root");
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(all));
});

test("a late response of the old domain is not shown in the new one", async ({ panel, emulator, page }) => {
  await signIn(panel);
  await panel.list.shows(ids(all));
  await emulator.fault({ path: listPath(family), times: 1, hold: "old" });
  await panel.refresh();
  await expect.poll(() => emulator.held("old")).toBe(1);
  await panel.frame.domain.selectOption("payments");
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(theirs));
  await emulator.release("old");
  await panel.refresh();
  await expect.poll(async () => (await requestsTo(emulator, listPath(family))).length).toBe(4);
  await panel.list.shows(ids(theirs));
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(all[0]!.id);
});

test("a cancel that waits for a renewal is not sent in another domain", async ({ panel, emulator, page }) => {
  const going = job(family, 1, own, running);
  await emulator.replaceJobs(family, [going]);
  await signIn(panel);
  for (const [domain, expected] of [["payments", theirs], ["root", [going]]] as const) {
    await panel.frame.domain.selectOption(domain);
    if (domain === "payments") await panel.reauth.withPassword(emulator.password);
    await panel.list.shows(ids(expected));
  }
  await panel.selection.box(going.id).check();
  await panel.selection.cancel.click();
  await panel.advance(240);
  await emulator.fault({ path: `${API}/auth/tokens`, times: 1, hold: "renewal" });
  await panel.selection.button("Cancel jobs").click();
  await expect.poll(() => emulator.held("renewal")).toBe(1);
  await page.keyboard.press("Escape");
  await panel.frame.domain.selectOption("payments");
  await panel.list.shows(ids(theirs));
  await emulator.release("renewal");
  await panel.refreshed(listPath(family));
  expect(await requestsTo(emulator, `${jobPath(family, going.id)}/cancel`, "POST")).toEqual([]);
});

test("a waiting start is not sent in another domain", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await signIn(panel);
  await panel.list.shows(ids(all));
  await panel.start.open.click();
  await panel.start.everything.check();
  await emulator.reportNoneRunning(family);
  await emulator.revoke();
  await panel.start.send.click();
  await expect(panel.reauth.dialog).toBeVisible();
  await panel.reauth.box("Domain").fill("payments");
  await panel.reauth.withPassword(emulator.password);
  await panel.list.shows(ids(theirs));
  expect((await requestsTo(emulator, listPath(family), "POST")).map((one) => one.status)).toEqual([401]);
});
