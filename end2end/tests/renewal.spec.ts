// A session that outlives its tokens: automatic renewal, and the sign-in dialog over the page.
import type { Emulator } from "../emulator";
import { container, job, jobs, running } from "../data";
import { API, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import { freezeClock, recordRequests, takeAnswered } from "../time";
import type { Panel } from "../pages/panel";

test.use({ server: { open: false, data: "empty" } });

const TOKENS = `${API}/auth/tokens`;

const lists = async (emulator: Emulator) =>
  (await emulator.requests()).filter((request) => request.method === "GET" && request.path === listPath(family));

/** Signs in at a family's list and waits until no request is pending. */
async function signIn(panel: Panel, query = "", user = "admin"): Promise<void> {
  await panel.open(`#/${family.slug}${query}`);
  await panel.signIn.withPassword(user, panel.emulator.password);
  await panel.list.isLoaded();
  await panel.waitUntilIdle(listPath(family), API + family.containersPath);
}

test("a sign-in limits its refresh token, so that none piles up", async ({ panel, emulator }) => {
  await signIn(panel);
  expect(await emulator.grants("password")).toMatchObject([
    { refresh_token_lifetime: 720, refresh_token_revoke_unused_in: 30 }
  ]);
});

test("a token is renewed between 60 and 80 % of its life, and not before", async ({ panel, emulator }) => {
  await signIn(panel);
  await panel.advance(0.6 * 300 - 1);
  await panel.refresh();
  await expect.poll(async () => (await lists(emulator)).length).toBe(2);
  expect(await emulator.grants("refresh_token")).toEqual([]);

  await panel.advance(0.2 * 300 + 1);
  await panel.refresh();
  await expect.poll(async () => (await lists(emulator)).length).toBe(3);
  expect(await emulator.grants("refresh_token")).toHaveLength(1);
  expect((await lists(emulator)).map((request) => request.status)).toEqual([200, 200, 200]);
});

test("a token is renewed automatically, also without other requests", async ({ panel, emulator, page }) => {
  await signIn(panel);
  await page.clock.runFor(0.6 * 300_000 - 1000);
  expect(await emulator.grants("refresh_token")).toEqual([]);
  await page.clock.runFor(0.2 * 300_000 + 1000);
  await expect.poll(async () => (await emulator.grants("refresh_token")).length).toBe(1);
  // And the renewal after that.
  await page.clock.runFor(0.8 * 300_000);
  await expect.poll(async () => (await emulator.grants("refresh_token")).length).toBe(2);
});

test("however many requests wait for it, there is one renewal", async ({ panel, emulator }) => {
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  const listRequests = async () => (await emulator.requests()).filter((one) => families.some((own) => listPath(own) === one.path));
  await panel.waitUntilIdle(...families.flatMap((own) => [listPath(own), API + own.containersPath]));
  await panel.advance(299);
  await emulator.fault({ path: TOKENS, times: 1, hold: "renewal" });
  await panel.refresh();
  await expect.poll(() => emulator.held("renewal")).toBe(1);
  // All of them wait, and no second renewal was started.
  expect(await listRequests()).toHaveLength(families.length);
  await emulator.release("renewal");
  await expect.poll(async () => (await listRequests()).length).toBe(2 * families.length);
  expect(await emulator.grants("refresh_token")).toHaveLength(1);
  expect((await listRequests()).map((request) => request.status)).toEqual(Array(2 * families.length).fill(200));
});

test("a refused request is sent once more with the next token, and only once", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  const own = [container(family, 1)];
  await emulator.replaceJobs(family, jobs(family, 3, own));
  await signIn(panel);
  await emulator.revoke({ refreshTokens: true });
  await panel.refresh();
  await expect.poll(async () => (await lists(emulator)).map((request) => request.status)).toEqual([200, 401, 200]);
  expect(await emulator.grants("refresh_token")).toHaveLength(1);
  await expect(panel.reauth.dialog).toHaveCount(0);

  // A server that refuses everything is not retried for ever.
  await emulator.fault({ path: listPath(family), status: 401, body: { codeDesc: "NCERRUnauthorized" } });
  await panel.refresh();
  await expect(panel.alert("NCERRUnauthorized")).toBeVisible();
  expect((await lists(emulator)).map((request) => request.status)).toEqual([200, 401, 200, 401, 401]);
  await expect(panel.list.rows).toHaveCount(3);
});

test("a start that is refused for its token is sent once more, and starts one job", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await emulator.replaceContainers(family, [container(family, 1)]);
  await signIn(panel);
  await panel.start.open.click();
  await panel.start.everything.check();
  await emulator.reportNoneRunning(family);
  await emulator.revoke({ refreshTokens: true });
  await panel.start.send.click();
  await expect(panel.start.dialog).toHaveCount(0);
  const sent = (await emulator.posts()).filter((one) => one.path === listPath(family));
  expect(sent.map(({ status, body }) => ({ status, body }))).toEqual([
    { status: 401, body: { synchronize_all: true } },
    { status: 201, body: { synchronize_all: true } }
  ]);
  expect(await emulator.jobs(family)).toHaveLength(1);
});

test("a server that cannot renew is asked when it wants to be, and else less and less", async ({ panel, emulator, guard, page }) => {
  guard.expect(429, 503);
  await freezeClock(panel);
  await recordRequests(page);
  await signIn(panel);
  const renewals = async (milliseconds: number) => {
    await page.clock.runFor(milliseconds);
    return (await takeAnswered(page)).filter((path) => path === TOKENS).length;
  };
  await renewals(0);
  const body = { codeDesc: "NCERRTooMany", message: "Slow down" };
  await emulator.fault({ path: TOKENS, times: 1, status: 429, body, headers: { "Retry-After": "60" } });
  expect(await renewals(0.7 * 300_000)).toBe(1);
  // The token has not expired, so a request is sent with it.
  await panel.refresh();
  expect(await renewals(59_999)).toBe(0);
  await emulator.fault({ path: TOKENS, times: 3, status: 503, body: "" });
  expect(await renewals(1)).toBe(1);
  for (const [wait, more] of [[1999, 0], [1, 1], [3999, 0], [1, 1], [7999, 0], [1, 1]] as const) {
    expect(await renewals(wait)).toBe(more);
  }
  // It has succeeded, so the next one is due when the token is.
  expect(await renewals(60_000)).toBe(0);
});

test.describe("tokens of two seconds", () => {
  test.use({ server: { open: false, data: "empty", tokenSeconds: 2, config: {} } });

  test("a watch continues through 50 renewals and 3 failed ones, without a sign-in", async ({ panel, emulator, guard, page }) => {
    test.slow();
    guard.expect(503);
    const own = [container(family, 1)];
    await emulator.replaceContainers(family, own);
    const going = job(family, 13, own, running);
    const all = jobs(family, 12, own).concat(going);
    await emulator.replaceJobs(family, all);
    await freezeClock(panel);
    await recordRequests(page);
    await signIn(panel, `/${going.id}`);
    await expect(panel.detail.button("Cancel job")).toBeVisible();
    // Records every dialog and alert, however short it is shown.
    await page.evaluate(() => {
      const seen = () => {
        if (document.querySelector("dialog, [role=alert]")) document.documentElement.dataset.sawTrouble = "yes";
      };
      new MutationObserver(seen).observe(document.body, { childList: true, subtree: true });
    });
    // A quarter of a token's lifetime, for the page and the server. Nobody presses anything.
    const wait = async () => {
      await emulator.advance(0.5);
      await page.clock.runFor(500);
      await takeAnswered(page);
    };
    const renewals = async () => (await emulator.requests()).filter((one) => one.path === TOKENS).slice(1);
    const good = async () => (await renewals()).filter((one) => one.status === 200).length;
    const bad = async () => (await renewals()).filter((one) => one.status === 503).length;
    const about = async (path: string) => (await emulator.requests()).filter((one) => one.method === "GET" && one.path === path);
    for (let seconds = 0; (await good()) < 50; seconds += 0.5) {
      if ([10, 30, 50].includes(seconds)) {
        await emulator.fault({ path: TOKENS, times: 1, status: 503, body: "<h1>Unavailable</h1>" });
      }
      await wait();
    }
    expect(await bad()).toBe(3);
    await expect(panel.detail.button("Cancel job")).toBeVisible();

    const end = { overall_status: "completed", completed_at: emulator.time().toISOString(), updatedAt: emulator.time().toISOString() };
    await emulator.replaceJobs(family, all.with(-1, { ...going, ...end }));
    for (let seconds = 0; seconds < 4; seconds += 0.5) await wait();
    await expect(panel.detail.button("Cancel job")).toHaveCount(0);
    await expect(await panel.list.cell(going.id, "Outcome")).toHaveText("Completed");
    await expect(panel.status).toHaveText(/ is now Completed\.$/);

    // The job was requested every four seconds throughout, its list now and then, and no request was refused.
    const followed = await about(jobPath(family, going.id));
    expect(followed.length).toBeGreaterThanOrEqual(18);
    expect((await lists(emulator)).length).toBeGreaterThanOrEqual(2);
    expect([...followed, ...(await lists(emulator))].every((request) => request.status === 200)).toBe(true);
    await expect(page.locator("html")).not.toHaveAttribute("data-saw-trouble");
    await panel.isAt(`#/${family.slug}/${going.id}`);
  });
});

test("a refresh token that a response omits is kept, and one that it contains replaces it", async ({ panel, emulator, page }) => {
  const answer = page.waitForResponse((response) => response.url().endsWith("/auth/tokens"));
  await signIn(panel);
  const { refresh_token, client_id } = await (await answer).json();
  const renew = async (times: number) => {
    await panel.advance(220);
    await panel.refresh();
    await expect.poll(async () => (await emulator.grants("refresh_token")).length).toBe(times);
    await expect.poll(async () => (await lists(emulator)).length).toBe(times + 1);
  };
  await renew(1);
  await renew(2);
  await emulator.fault({ path: TOKENS, times: 1, body: { jwt: emulator.token, duration: 300, refresh_token: "the-next-one" } });
  await renew(3);
  await emulator.fault({ path: TOKENS, times: 1, body: { jwt: emulator.token, duration: 300 } });
  await panel.advance(220);
  await panel.refresh();
  await expect.poll(async () => (await emulator.grants("refresh_token")).length).toBe(4);
  expect(await emulator.grants("refresh_token")).toEqual(
    [refresh_token, refresh_token, refresh_token, "the-next-one"].map((token) => ({
      grant_type: "refresh_token",
      refresh_token: token,
      client_id
    }))
  );
});
