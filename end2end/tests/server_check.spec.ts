// Server check: what the server, and a proxy before it, can do, as findings with what they mean, and as a report.
import { container, job } from "../data";
import { API, families, family, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";
import { ELSEWHERE } from "../invalid_answers";

test.use({ server: { data: "empty" } });

const [first, second, third] = families as [typeof family, typeof family, typeof family];
const own = [1, 2].map((number) => container(family, number, { name: `alice-${number}` }));
const SIGN_IN = "<!doctype html><title>Sign in</title><form>";
const BETWEEN = "A proxy has answered in place of the CipherTrust Manager";

test("it looks at everything by GET, one request after the other, with progress", async ({ panel, emulator, page }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [job(family, 1, own), job(family, 2, own)]);
  const { serverCheck } = panel;
  await serverCheck.open();
  await expect(serverCheck.findings).toHaveCount(0);
  await panel.waitUntilIdle();
  await emulator.clearRequests();
  let [now, most] = [0, 0];
  page.on("request", () => (most = Math.max(most, ++now)));
  page.on("requestfinished", () => now--);
  page.on("requestfailed", () => now--);

  await emulator.fault({ path: listPath(second), hold: "second" });
  await serverCheck.run.click();
  await expect.poll(() => emulator.held("second")).toBe(1);
  await expect(serverCheck.progress).toBeVisible();
  await expect(page.getByText(`Looking at ${titleOf(second)}…`)).toBeVisible();
  await expect(serverCheck.progress).toHaveAttribute("aria-valuetext", /^4 of \d\d$/);
  await serverCheck.found("Who is signed in", "Fine", "admin");
  await serverCheck.found(titleOf(first), "Fine", "2 jobs");
  // A second press while it runs changes nothing.
  await expect(serverCheck.run).toHaveAttribute("aria-disabled", "true");
  await serverCheck.run.dispatchEvent("click");
  await emulator.release("second");
  await serverCheck.isComplete();
  await expect(panel.status.filter({ hasText: "The check is complete: 0 problems" })).toHaveCount(1);

  expect(most, "requests at once").toBe(1);
  const asked = await emulator.requests();
  expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  const paths = asked.map(({ path }) => path);
  for (const wanted of ["/auth/self/user", "/system/info", "/licensing/features/", "/scheduler/job-configs"]) {
    expect(paths.filter((path) => path === API + wanted), wanted).toHaveLength(1);
  }
  for (const one of families) expect(paths).toContain(listPath(one));
  for (const list of new Set(families.map(({ containersPath }) => API + containersPath))) {
    expect(paths.filter((path) => path === list), list).toHaveLength(1);
  }
});

test("findings are grouped, and each says what it means", async ({ panel, emulator }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [job(family, 1, own), job(family, 2, own)]);
  const { serverCheck } = panel;
  await serverCheck.complete();
  const groups = serverCheck.findings.locator("[scope=rowgroup]");
  await expect(groups).toHaveText(["Session", "Families", "Lists", "Texts", "Proxy", "Browser"]);
  await expect(serverCheck.findings.getByRole("columnheader")).toHaveText(["What", "Finding", "What it means"]);
  await serverCheck.found("Server", "Not known", "Version 0.0.0", "The panel was written from descriptions");
  await serverCheck.found("Licenses", "Note", "2 active");
  await serverCheck.found("Clock", "Fine", "No difference");
  await serverCheck.found(titleOf(second), "Fine", "0 jobs", "There are no jobs yet");
  await serverCheck.found(`${titleOf(first)}, page size`, "Not known", "All 2 jobs came in one page");
  await serverCheck.found(`Names of ${first.cloud} ${first.many}`, "Fine", "2, such as alice-1");
  await serverCheck.found(`Names of ${third.cloud} ${third.many}`, "Not known", "The list is empty");
  await serverCheck.found("Schedules", "Fine", "can be read");
  await serverCheck.found("Fields of jobs", "Fine", "All known, in 2 jobs");
  await serverCheck.found("Content-Security-Policy", "Fine", "no more");
  await serverCheck.found("Program, type", "Fine", "application/wasm");
  await serverCheck.found("Program, compression", "Fine", "Compressed by");
  await serverCheck.found("Program, cache", "Fine", "Kept for good");
  await serverCheck.found("Answers, caches", "Fine", "No cache may keep answers");
  await serverCheck.found("Answers, other sites", "Fine");
  await serverCheck.found("What the panel cannot do without", "Fine", "All there");
  await serverCheck.found("Clipboard", "Fine", "There");
  await expect(serverCheck.counts).toContainText("not known");
});

test("Cancel ends the request under way, asks nothing more, and keeps what is there", async ({ panel, emulator, guard, page }) => {
  guard.expect("network");
  const { serverCheck } = panel;
  await serverCheck.open();
  await emulator.fault({ path: listPath(second), hold: "late" });
  await serverCheck.run.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  const [aborted] = await Promise.all([page.waitForEvent("requestfailed"), serverCheck.cancel.click()]);
  expect(new URL(aborted.url()).pathname).toBe(listPath(second));
  await serverCheck.isComplete();
  await expect(serverCheck.run).toBeFocused();
  await expect(panel.status.filter({ hasText: "The check was cancelled. What it has found stays." })).toHaveCount(1);
  await serverCheck.found(titleOf(first), "Fine");
  await expect(serverCheck.row(titleOf(second))).toHaveCount(0);
  await expect(page.getByText("The check was not completed.")).toBeVisible();
  const { text } = await serverCheck.saved();
  expect(text).toContain("(the check was not completed)");
  const before = (await emulator.requests()).length;
  await emulator.release("late");

  // It can be run again, from the beginning.
  await emulator.clearFaults();
  await serverCheck.run.click();
  await serverCheck.isComplete();
  await serverCheck.found(titleOf(second), "Fine");
  const later = (await emulator.requests()).slice(before);
  expect(later[0]!.path, "after Cancel nothing was asked before the next press").toBe(`${API}/auth/self/user`);
});

test("leaving the screen ends the check, and a second visit begins anew", async ({ panel, emulator, guard, page }) => {
  guard.expect("network");
  const { serverCheck } = panel;
  await serverCheck.open();
  await emulator.fault({ path: listPath(first), query_contains: "limit=1", hold: "late" });
  await serverCheck.run.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("limit=1"));
  await panel.frame.link("Schedules").click();
  await aborted;
  await emulator.clearFaults();
  await page.goBack();
  await expect(serverCheck.run).toHaveAttribute("aria-disabled", "false");
  await expect(serverCheck.findings).toHaveCount(0);
  await serverCheck.run.click();
  await serverCheck.isComplete();
  await serverCheck.found(titleOf(first), "Fine");
});

test("the last result is there on return, with its time, until another check has ended", async ({ panel, emulator, guard, page }) => {
  guard.expect("network");
  const { serverCheck } = panel;
  await serverCheck.complete();
  await serverCheck.found(titleOf(first), "Fine", "with 0 jobs");
  await emulator.replaceJobs(first, [job(first, 1, own)]);
  // Whatever is answered while the clocks are moved would tell another time of the server. The names of containers come last,
  // a few lists at a time, so that for a moment nothing may be under way.
  await emulator.clearRequests();
  await panel.frame.link("Needs attention").click();
  await expect(page.getByText("Nothing needs attention")).toBeVisible();
  await panel.waitForAnswers(...families.map(({ containersPath }) => API + containersPath));
  await emulator.clearRequests();
  await panel.advance(300);
  await page.goBack();
  await expect(page.getByText("Checked 5 min ago, at 2 Mar 2026, 09:00:0")).toBeVisible();
  await serverCheck.found(titleOf(first), "Fine", "with 0 jobs");
  expect((await serverCheck.saved()).name, "the time of the check").toContain("2026-03-02T0900");
  expect((await emulator.requests()).filter(({ path }) => path.startsWith(`${API}/cckm`)), "nothing is asked again").toEqual([]);

  // A check that is left leaves what was there.
  await emulator.fault({ path: listPath(second), hold: "late" });
  await serverCheck.run.click();
  await expect.poll(() => emulator.held("late")).toBe(1);
  await serverCheck.found(titleOf(first), "Fine", "with 1 job");
  await panel.frame.link("Schedules").click();
  await expect(panel.frame.heading).toHaveText("Schedules");
  await emulator.clearFaults();
  await page.goBack();
  await expect(page.getByText("Checked 5 min ago")).toBeVisible();
  await serverCheck.found(titleOf(first), "Fine", "with 0 jobs");

  await serverCheck.run.click();
  await serverCheck.isComplete();
  await expect(page.getByText("Checked just now")).toBeVisible();
  await panel.frame.link("Schedules").click();
  await expect(panel.frame.heading).toHaveText("Schedules");
  await page.goBack();
  await serverCheck.found(titleOf(first), "Fine", "with 1 job");
});

test.describe("signed in", () => {
  test.use({ server: { data: "empty", open: false } });

  test("signing out drops the last result", async ({ panel, emulator }) => {
    const { serverCheck } = panel;
    await panel.open("#/check");
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await serverCheck.run.click();
    await serverCheck.isComplete();
    await panel.frame.signOut.click();
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await expect(serverCheck.run).toBeVisible();
    await expect(serverCheck.findings).toHaveCount(0);
    await expect(panel.page.getByText(/^Checked/)).toHaveCount(0);
  });
});

test.describe("families that do not answer", () => {
  test.use({ server: { data: "empty", unlicensed: [first.slug], unknown: [second.slug] } });

  test("not licensed, unknown, forbidden and a refusal that is nobody's word are told apart", async ({ panel, emulator, guard }) => {
    guard.expect(403, 404, 500);
    const refused = { code: 1, codeDesc: "NCERRInsufficientPermissions", message: "not you" };
    await emulator.fault({ path: listPath(third), status: 403, body: refused });
    await emulator.fault({ path: listPath(families[3]!), status: 404, body: "" });
    await emulator.fault({ path: listPath(families[4]!), status: 500, body: { code: 1, codeDesc: "NCERRInternalServerError", message: "x" } });
    await emulator.fault({ path: API + third.containersPath, status: 403, body: refused });
    await emulator.scheduler("absent");
    const { serverCheck } = panel;
    await serverCheck.complete();
    await serverCheck.found(titleOf(first), "Note", "Not licensed", "The panel shows no jobs of this family");
    await serverCheck.found(titleOf(second), "Note", "Unknown", "This version of the server has no such jobs");
    await serverCheck.found(titleOf(third), "Note", "Forbidden", "not you", "This user may not see these jobs");
    await serverCheck.found(titleOf(families[3]!), "Not known", "HTTP 404, without the words of the interface");
    await serverCheck.found(titleOf(families[4]!), "Problem", "HTTP 500");
    await serverCheck.found(`Names of ${third.cloud} ${third.many}`, "Note", "The panel shows ids in place of names");
    await serverCheck.found("Schedules", "Note", "HTTP 404", "This version has no scheduler");
  });
});

test("a page or a redirect of a proxy is named as that", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  await emulator.fault({ path: listPath(first), body: SIGN_IN });
  await emulator.fault({ path: listPath(second), status: 403, body: SIGN_IN });
  await emulator.fault({ path: listPath(third), ...ELSEWHERE });
  await emulator.fault({ path: `${API}/system/info`, body: SIGN_IN });
  const { serverCheck } = panel;
  await serverCheck.complete();
  await serverCheck.found(titleOf(first), "Problem", "HTTP 200, a proxy's page, and no answer of the interface", BETWEEN);
  await serverCheck.found(titleOf(second), "Problem", "HTTP 403, a proxy's page, and no answer of the interface", BETWEEN);
  await serverCheck.found(titleOf(third), "Problem", "A redirect to another address", BETWEEN);
  await serverCheck.found("Server", "Problem", "a proxy's page", BETWEEN);
  await expect(serverCheck.counts).toContainText("4 problems");
});

test("what the proxy spoils is found: headers, policy, compression, cache, clock", async ({ panel, emulator }) => {
  const { serverCheck } = panel;
  await serverCheck.open();
  const page = new URL(emulator.panel).pathname;
  await emulator.fault({
    path: page,
    headers: {
      "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; connect-src 'self'",
      "X-Content-Type-Options": "nosniff, nosniff",
      "Referrer-Policy": "origin",
      "Permissions-Policy": "camera=()",
      "Cache-Control": "max-age=3600"
    }
  });
  const spoiled = { "Cache-Control": "private", Date: "Mon, 02 Mar 2026 08:00:00 GMT" };
  await emulator.fault({ path: `${API}/system/info`, headers: { ...spoiled, "Access-Control-Allow-Origin": "*" } });
  await emulator.fault({ path: `${API}/*`, headers: spoiled });
  // All files, as the first fault that fits a request is the one that counts.
  await emulator.fault({ path: `${page}*`, headers: { "Cache-Control": "max-age=60", "Content-Type": "application/octet-stream" } });
  await serverCheck.run.click();
  await serverCheck.isComplete();
  await serverCheck.found("Content-Security-Policy", "Problem", "Allows more than the panel's: script-src 'unsafe-inline'");
  await serverCheck.found("X-Content-Type-Options", "Problem", "Sent more than once");
  await serverCheck.found("Referrer-Policy", "Problem", "Another value: origin");
  await serverCheck.found("Permissions-Policy", "Note", "Does not deny 31 of 32");
  await serverCheck.found("Page, cache", "Problem", "May be kept");
  await serverCheck.found("Program, type", "Problem", "Another type: application/octet-stream");
  await serverCheck.found("Program, cache", "Note", "Not kept for good");
  await serverCheck.found("Answers, caches", "Problem", "may be kept, as nothing forbids it");
  await serverCheck.found("Answers, other sites", "Problem", /1 of \d+ may be read by other sites/);
  await serverCheck.found("Clock", "Problem", "59 min 59 s behind");
});

test("unknown fields, statuses and texts of jobs are shown as they are", async ({ panel, emulator }) => {
  const odd = job(family, 1, own, {
    owner_of_alice: "x",
    overall_status: "waiting for alice",
    detailed_status: { "ring-of-alice": "skipped by alice@example.com" }
  });
  await emulator.replaceJobs(family, [odd]);
  const { serverCheck } = panel;
  await serverCheck.complete();
  await serverCheck.found("Fields of jobs", "Note", "Not known: owner_of_alice", "The panel does not show this field");
  await serverCheck.found("Status texts", "Note", "“waiting for alice” (1 time)", "shown as Unknown");
  await serverCheck.found("Result texts", "Note", "“skipped by alice@example.com” (1 time)", "config.json");
});

test.describe("signed in with a token", () => {
  test.use({ server: { data: "empty", open: false } });

  test("a report is copied and downloaded as text and JSON, and has names only where they are wanted", async ({ panel, emulator, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, [
      job(family, 1, own, { owner_of_alice: "x", overall_status: "waiting for alice", detailed_status: { "ring-of-alice": "alice" } })
    ]);
    await emulator.fault({ path: `${API}/system/info`, body: { name: "cm-of-alice", version: "2.22.0-alice" } });
    const { serverCheck } = panel;
    await panel.open("#/check");
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await serverCheck.run.click();
    await serverCheck.isComplete();

    await expect(serverCheck.withNames).not.toBeChecked();
    const copied = await serverCheck.copied();
    const text = await serverCheck.saved();
    expect(text.name).toBe("server-check-2026-03-02T0900+0000.txt");
    expect(text.text).toBe(copied);
    await serverCheck.format("JSON").check();
    const json = await serverCheck.saved();
    expect(json.name).toBe("server-check-2026-03-02T0900+0000.json");
    expect(JSON.parse(json.text)).toMatchObject({ completed: true, with_names: false });
    for (const report of [copied, json.text]) {
      expect(report).toContain("(name left out)");
      for (const name of ["alice", "admin ", own[0]!.id, "100000000001", emulator.token]) expect(report).not.toContain(name);
    }

    await serverCheck.withNames.check();
    const named = await serverCheck.saved();
    await serverCheck.format("Text").check();
    for (const report of [named.text, await serverCheck.copied()]) {
      for (const name of ["alice-1", "Signed in as admin", "cm-of-alice", "2.22.0-alice", "owner_of_alice", "waiting for alice"]) {
        expect(report).toContain(name);
      }
      expect(report).not.toContain(emulator.password + " ");
      expect(report).not.toMatch(/eyJ|Bearer/);
    }
  });
});

test("missing features of the browser are named, with what is missing by them", async ({ panel, page }) => {
  await page.addInitScript("delete window.BroadcastChannel; delete Navigator.prototype.clipboard; delete window.Notification");
  const { serverCheck } = panel;
  await serverCheck.complete();
  await serverCheck.found("Channels between tabs", "Note", "Missing", "Each tab asks the server by itself");
  await serverCheck.found("Clipboard", "Note", "Missing", "copied by hand");
  await serverCheck.found("Notifications", "Note", "Missing");
  await serverCheck.copy.click();
  await expect(page.getByRole("textbox", { name: "Text to copy" })).toContainText("Server check: 0 problems");
});

test.describe("the ways to it", () => {
  test("About and every notice that something could not be read lead to it", async ({ panel, emulator, guard, page }) => {
    guard.expect(500);
    await emulator.fault({ path: `${API}/cckm/*`, status: 500, body: { code: 1, codeDesc: "NCERRInternalServerError", message: "Down" } });
    const link = page.getByRole("alert").getByRole("link", { name: "Server check" }).first();
    for (const hash of ["#/all", "#/attention", `#/${family.slug}`, `#/freshness/${family.slug}`, `#/history/${family.slug}`, `#/${family.slug}/1`]) {
      await panel.open(hash);
      await link.click();
      await panel.isAt("#/check");
    }
    await panel.open(`#/${family.slug}`);
    await panel.frame.openHelp("About");
    await page.getByRole("dialog", { name: "About" }).getByRole("link", { name: "Server check" }).click();
    await panel.isAt("#/check");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(panel.frame.heading).toHaveText("Server check");
    await expect(page).toHaveTitle(/^Server check · /);
  });

  test("so does the note that schedules cannot be seen", async ({ panel, emulator, guard, page }) => {
    guard.expect(403);
    await emulator.scheduler("forbidden");
    await panel.open("#/schedules");
    await page.getByRole("main").getByRole("link", { name: "Server check" }).click();
    await panel.isAt("#/check");
  });
});
