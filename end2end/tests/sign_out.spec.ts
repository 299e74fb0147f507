// The end of a session, by the user or automatic: nothing remains, neither in the page nor at the server.
import { container, ids, job, jobs, running, schedule } from "../data";
import { LONG_INTERVALS, type Emulator } from "../emulator";
import { API, families, family, jobPath, listPath, scheduled } from "../families";
import { expect, test } from "../fixtures";
import { CONFIGS } from "../pages/schedules";
import type { Panel } from "../pages/panel";

test.use({ server: { open: false, data: "empty" } });

const own = [container(family, 1)];
const all = jobs(family, 5, own);

/** Signs in at a list, and returns the refresh token. */
async function signIn(panel: Panel): Promise<string> {
  const { emulator, page } = panel;
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  const answer = page.waitForResponse((response) => response.url().endsWith("/auth/tokens"));
  await panel.open(`#/${family.slug}`);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  const { refresh_token } = await (await answer).json();
  await panel.waitUntilIdle(listPath(family), API + family.containersPath);
  await expect(panel.list.rows).toHaveCount(all.length);
  return refresh_token;
}

async function holdsNothing(panel: Panel): Promise<void> {
  await expect(panel.signIn.button).toBeVisible();
  const text = await panel.page.evaluate(() => document.documentElement.outerHTML);
  for (const data of [...all.map((job) => job.id), own[0]!.id, own[0]!.name, panel.emulator.user]) {
    expect(text).not.toContain(data);
  }
  for (const box of ["Username", "Password", "Domain"]) await expect(panel.signIn.box(box)).toHaveValue("");
}

const setUp = (emulator: Emulator, config: object) => emulator.fault({ path: "/config.json", body: { ...LONG_INTERVALS, ...config } });

test("a sign-out revokes the refresh token and clears the page", async ({ panel, emulator, page }) => {
  const token = await signIn(panel);
  await panel.frame.signOut.click();
  await holdsNothing(panel);
  await expect(page).toHaveTitle("Sign in · Key sync");
  await expect.poll(() => emulator.revoked()).toEqual([token]);
  // No more requests are sent with it.
  await emulator.clearRequests();
  await page.clock.runFor(600_000);
  await panel.signIn.box("Username").fill("x");
  expect((await emulator.requests()).filter((request) => request.path !== `${API}/auth/revoke`)).toEqual([]);
});

test("leaving the page revokes the refresh token", async ({ panel, emulator, page }) => {
  const token = await signIn(panel);
  await page.goto("about:blank");
  await expect.poll(() => emulator.revoked()).toEqual([token]);
});

test("a tab that is closed revokes the refresh token", async ({ panel, emulator, page }) => {
  const token = await signIn(panel);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => emulator.revoked()).toEqual([token]);
});

test("a sign-out during a renewal stays signed out", async ({ panel, emulator }) => {
  const token = await signIn(panel);
  await panel.advance(220);
  const late = { jwt: emulator.token, duration: 300, refresh_token: "came-too-late" };
  await emulator.fault({ path: `${API}/auth/tokens`, times: 1, hold: "renewal", body: late });
  await panel.refresh();
  await expect.poll(() => emulator.held("renewal")).toBe(1);
  await panel.frame.signOut.click();
  await holdsNothing(panel);
  await emulator.release("renewal");
  // The token that arrives too late is revoked too.
  await expect.poll(async () => (await emulator.revoked()).sort()).toEqual(["came-too-late", token].sort());
  await holdsNothing(panel);
});

test("what still waits at a sign-out is sent neither without a token nor as the next person", async ({ panel, emulator, page, guard }) => {
  // Not everybody may list the containers.
  guard.expect(403);
  const sent = async (method: string, path: string) =>
    (await emulator.requests()).filter((one) => one.method === method && one.path.endsWith(path)).map(({ status }) => status);
  const asTheNext = async (user: string) => {
    await panel.frame.signOut.click();
    await panel.signIn.withPassword(user, emulator.password);
    await expect(panel.frame.banner).toContainText(user);
  };
  await signIn(panel);

  await test.step("cancels of more jobs than are cancelled at once", async () => {
    const going = [1, 2, 3, 4, 5, 6].map((number) => job(family, number, own, running));
    await emulator.replaceJobs(family, going);
    await panel.refresh();
    await panel.list.shows(ids(going));
    for (const { id } of going) await panel.selection.box(id).check();
    await emulator.fault({ method: "POST", path: `${jobPath(family, "")}*`, times: 4, hold: "cancel" });
    await panel.selection.cancel.click();
    await panel.selection.button("Cancel jobs").click();
    await expect.poll(() => emulator.held("cancel")).toBe(4);
    await page.keyboard.press("Escape");
    await asTheNext("auditor");
    await panel.list.shows(ids(going));
    await emulator.release("cancel");
    await expect.poll(() => sent("POST", "/cancel")).toEqual([200, 200, 200, 200]);
    await panel.refreshed(listPath(family));
    expect(await sent("POST", "/cancel")).toHaveLength(4);
  });

  await test.step("the change of a schedule that is being read again", async () => {
    const daily = schedule(scheduled[0]!, 1);
    await emulator.replaceSchedules([daily]);
    await panel.go(`#/schedules/-/${daily.id}`);
    await expect(panel.schedules.button("Disable")).toBeVisible();
    await emulator.fault({ method: "GET", path: `${CONFIGS}/${daily.id}`, times: 1, hold: "read" });
    await panel.schedules.button("Disable").click();
    await expect.poll(() => emulator.held("read")).toBe(1);
    await asTheNext("admin");
    await emulator.release("read");
    await expect.poll(() => sent("GET", daily.id)).toEqual([200]);
    await panel.refreshed(CONFIGS);
    expect(await sent("PATCH", daily.id)).toEqual([]);
    await emulator.clearFaults();
  });

  await test.step("the look at running jobs before a start", async () => {
    await emulator.replaceJobs(family, all);
    await panel.goToList(family);
    await panel.start.open.click();
    await panel.start.everything.check();
    await emulator.fault({ method: "GET", path: listPath(family), times: 3, hold: "look" });
    await panel.start.send.click();
    await expect.poll(() => emulator.held("look")).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await asTheNext("viewer");
    await emulator.release("look");
    await panel.refreshed(listPath(family));
    expect(await sent("POST", listPath(family))).toEqual([]);
  });
});

test("an idle user is warned a minute before, may stay, and is signed out", async ({ panel, emulator, page }) => {
  await setUp(emulator, { idle_minutes: 5 });
  const token = await signIn(panel);
  const warning = page.getByRole("dialog", { name: "Still there?" });
  // User input restarts the countdown.
  await panel.advance(200);
  await page.keyboard.press("Shift");
  await panel.advance(3 * 60);
  await panel.refresh();
  await expect(warning).toHaveCount(0);
  await panel.advance(4 * 60 + 1);
  await expect(warning).toContainText("You will be signed out in 59 s");
  await warning.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toHaveCount(0);
  await expect(panel.list.rows).toHaveCount(all.length);

  await panel.advance(4 * 60 + 30);
  await expect(warning).toContainText("30 s");
  // Once the dialog is open, only its buttons count.
  await warning.getByRole("heading").click();
  await panel.advance(30);
  await expect(panel.alert("nobody used the panel for a while")).toBeVisible();
  await holdsNothing(panel);
  await expect.poll(() => emulator.revoked()).toEqual([token]);
});

test("without a limit nobody is signed out", async ({ panel, page, emulator }) => {
  await signIn(panel);
  await panel.advance(20 * 60);
  await panel.refresh();
  await expect.poll(async () => (await emulator.requests()).filter((one) => one.path === listPath(family)).length).toBe(2);
  await expect(panel.list.rows).toHaveCount(all.length);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test.describe("a token from elsewhere", () => {
  const MONTH = 30 * 24 * 60 * 60;

  test("counts down, warns a minute before, and is not renewed", async ({ panel, emulator, guard, page }) => {
    guard.expect(401);
    await panel.open();
    await panel.signIn.withToken(emulator.token);
    const countdown = panel.frame.banner.getByTitle("cannot be renewed");
    await expect(countdown).toContainText("30 d");
    await panel.waitUntilIdle(...families.flatMap((one) => [listPath(one), API + one.containersPath]));
    await panel.advance(MONTH - 90);
    await expect(countdown).toHaveText("1 min 30 s left");
    await expect(panel.status).not.toContainText("ends in a minute");
    await panel.advance(31);
    await expect(countdown).toHaveText("59 s left");
    await expect(panel.status).toHaveText("This token ends in a minute. Have the next one ready.");
    await panel.advance(59);
    await expect(countdown).toHaveText("Token has ended");
    expect((await emulator.requests()).filter((request) => request.path === `${API}/auth/tokens`)).toEqual([]);
    await panel.refresh();
    await expect(panel.reauth.dialog).toBeVisible();
    // A renewable session has no countdown.
    await panel.reauth.withPassword(emulator.password);
    await expect(panel.reauth.dialog).toHaveCount(0);
    await expect(countdown).toHaveCount(0);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("with what no token has is refused before it is sent", async ({ panel, emulator, page }) => {
    await panel.open();
    const refused = panel.alert("Could not use this token");
    for (const [what, token] of [
      ["a space inside", "abc def"],
      ["a letter that is no ASCII", "abc\u00e9def"],
      ["a sign of another script", "\u202eabc"],
      ["a control character", "abc\u0007def"]
    ] as const) {
      await test.step(what, async () => {
        await panel.signIn.withToken(token);
        await expect(refused).toContainText("letters, digits and signs only");
        expect(await emulator.requests()).toHaveLength(1);
        // The other form, where nothing of it is left.
        await page.getByRole("button", { name: "Use a user name and password" }).click();
        await expect(refused).toHaveCount(0);
      });
    }
    // It does no harm; characters around a pasted token are accepted.
    await panel.signIn.withToken(`  ${emulator.token}  `);
    await expect(panel.frame.signOut).toBeVisible();
  });

  test("that names nobody signs in all the same", async ({ panel, emulator }) => {
    await panel.open();
    await expect(panel.signIn.button).toBeVisible();
    await emulator.fault({ path: `${API}/*`, body: { resources: [], total: 0 } });
    await panel.signIn.withToken("opaque");
    await expect(panel.frame.signOut).toBeVisible();
  });

  test("with a nonsensical expiry does no harm", async ({ panel, emulator, guard }) => {
    guard.expect(401);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const exp of [2 ** 62, 1e300, -1, "soon", null]) {
      await panel.open();
      await expect(panel.signIn.button).toBeVisible();
      await emulator.fault({ path: `${API}/*`, body: { resources: [], total: 0, username: "ada" } });
      await panel.signIn.withToken(`${part({ alg: "none" })}.${part({ exp, cust: 7 })}.x`);
      await expect(panel.frame.banner).toContainText("ada");
      await emulator.clearFaults();
    }
  });
});

test.describe("where a proxy signs the person in", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("a session that ends shows the sign-in over the page, too", async ({ panel, emulator, guard }) => {
    guard.expect(401);
    await emulator.replaceJobs(family, all);
    await panel.openList(family);
    await expect(panel.list.rows).toHaveCount(all.length);
    await emulator.open(false);
    await panel.refresh();
    await expect(panel.reauth.dialog).toBeVisible();
    await expect(panel.list.table).toBeAttached();
    await panel.reauth.box("Username").fill(emulator.user);
    await panel.reauth.withPassword(emulator.password);
    await expect(panel.reauth.dialog).toHaveCount(0);
    await expect(panel.list.rows).toHaveCount(all.length);
  });
});
