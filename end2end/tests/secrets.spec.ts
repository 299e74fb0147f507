// Tokens and passwords are in memory only: they are never in a storage, in the document or in the URL.
import { container, jobs } from "../data";
import type { Emulator } from "../emulator";
import { API, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { places } from "../places";

test.use({ server: { open: false, data: "empty" } });

const own = [container(family, 1)];
const all = jobs(family, 3, own);
const WRONG = "wr0ng-but-s3cret-all-the-same";

async function fill(emulator: Emulator): Promise<void> {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
}

test("no secret is found anywhere, from the sign-in to the sign-out", async ({ panel, emulator, guard, page, context }) => {
  guard.expect(400, 401, 500, 502);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const secrets = new Map([
    ["the password", emulator.password],
    ["a wrong password", WRONG]
  ]);
  const logged: string[] = [];
  const addresses: string[] = [];
  page.on("console", (message) => logged.push(message.text()));
  page.on("request", (request) => addresses.push(request.url()));
  page.on("response", async (response) => {
    if (!response.url().endsWith("/auth/tokens") || !response.ok()) return;
    const answer = await response.json().catch(() => ({}));
    for (const field of ["jwt", "refresh_token"]) {
      if (answer[field]) secrets.set(`${field} ${secrets.size}`, answer[field]);
    }
  });
  const hidden = async (when: string) => {
    const found: Record<string, string> = { ...(await places(page)), console: logged.join("\n") };
    for (const [name, secret] of secrets) {
      for (const [place, text] of Object.entries({ ...found, requests: addresses.join("\n") })) {
        expect(text.includes(secret), `${name} in ${place} ${when}`).toBe(false);
      }
    }
    expect([found["local"], found["session"], found["databases"], found["all cookies"]]).toEqual(["{}", "{}", "[]", "[]"]);
  };

  await fill(emulator);
  await panel.open(`#/${family.slug}`);
  // A refusal that repeats the request's body, and a response with a token in the wrong field.
  await emulator.fault({
    path: `${API}/auth/tokens`,
    times: 1,
    status: 200,
    content_type: "text/html",
    body: `<p>${emulator.token}</p>`
  });
  secrets.set("a token in a wrong answer", emulator.token);
  await panel.signIn.withPassword(emulator.user, WRONG);
  await expect(panel.alert("Could not sign in")).toContainText("holds no token");
  await hidden("after an answer that cannot be read");

  await panel.signIn.button.click();
  await expect(panel.alert("Wrong username or password")).toBeVisible();
  await hidden("after a refused sign-in");

  await panel.signIn.box("Password").fill(emulator.password);
  await panel.signIn.button.click();
  await panel.waitUntilIdle(listPath(family), API + family.containersPath);
  await hidden("after the sign-in");

  await emulator.fault({
    path: `${API}/auth/tokens`,
    times: 1,
    body: { jwt: emulator.token, duration: 300, refresh_token: "a-refresh-token-that-takes-its-place" }
  });
  await panel.advance(220);
  await panel.refresh();
  await expect.poll(async () => (await emulator.grants("refresh_token")).length).toBe(1);
  await expect.poll(() => secrets.has("a token in a wrong answer") && secrets.size).toBeGreaterThan(5);
  await hidden("after a renewal");

  // A failure of each kind.
  for (const [status, body] of [[500, { codeDesc: "NCERRInternal", message: "broken" }], [502, "<h1>Bad</h1>"]] as const) {
    await emulator.fault({ path: listPath(family), times: 1, status, body });
    await panel.refresh();
    await expect(panel.alert(`HTTP ${status}`)).toBeVisible();
    await hidden(`after ${status}`);
  }

  await panel.list.links.first().click();
  for (const format of ["curl", "ksctl", "Ansible", "curl for PowerShell"] as const) {
    const copied = await panel.detail.copyAs.text(format);
    expect(copied).toContain(all[0]!.id);
    for (const [name, secret] of secrets) expect(copied.includes(secret), `${name} in ${format}`).toBe(false);
  }
  await hidden("with a job open");

  await panel.endSession();
  await expect(panel.reauth.dialog).toBeVisible();
  await hidden("while it asks again");
  await panel.reauth.withPassword(WRONG);
  await expect(panel.alert("Wrong username or password")).toBeVisible();
  await hidden("after it was refused again");
  await panel.reauth.withPassword(emulator.password);
  await expect(panel.reauth.dialog).toHaveCount(0);
  await hidden("after it went on");

  await panel.frame.signOut.click();
  await expect(panel.signIn.button).toBeVisible();
  await hidden("after the sign-out");
  expect(secrets.size).toBeGreaterThan(7);
});

test("a pasted token is found nowhere, either", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  await fill(emulator);
  const logged: string[] = [];
  panel.page.on("console", (message) => logged.push(message.text()));
  const hidden = async () => {
    for (const [place, text] of Object.entries({ ...(await places(panel.page)), console: logged.join("\n") })) {
      expect(text.includes(emulator.token), `the token in ${place}`).toBe(false);
      expect(text.includes("not-good-at-all"), `a refused token in ${place}`).toBe(false);
      expect(text.includes("no good"), `a wrong token in ${place}`).toBe(false);
    }
  };
  await panel.open(`#/${family.slug}`);
  for (const token of ["not-good-at-all", "no good"]) {
    if (token === "no good") {
      await panel.signIn.token.fill(token);
      await panel.signIn.button.click();
    } else {
      await panel.signIn.withToken(token);
    }
    await expect(panel.page.getByRole("alert")).toBeVisible();
    await hidden();
  }
  await panel.signIn.token.fill(emulator.token);
  await panel.signIn.button.click();
  await panel.list.isLoaded();
  await hidden();
  await panel.frame.signOut.click();
  await expect(panel.signIn.button).toBeVisible();
  await hidden();
});
