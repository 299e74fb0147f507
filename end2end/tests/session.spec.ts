// Sign-in and sign-out, and that the token is stored nowhere.
import { API, families, listPath } from "../families";
import { expect, test } from "../fixtures";
import { container, ids, jobs } from "../data";
import { places } from "../places";

test.use({ server: { open: false, data: "believable" } });

test("signs in with a user name and a password, signing out leaves nothing behind, and the optional fields are sent", async ({
  panel,
  emulator,
  page
}) => {
  await panel.open();
  await expect(panel.signIn.button).toBeDisabled();
  const grants = async () => (await emulator.requests()).filter((request) => request.path.endsWith("/auth/tokens"));
  await test.step("signs in", async () => {
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await expect(panel.frame.heading).toHaveText("All clouds");
    await expect(panel.frame.banner).toContainText(emulator.user);
    await expect(panel.frame.banner).toContainText("root");
    await expect(panel.signIn.button).toHaveCount(0);
    const sent = await grants();
    expect(sent).toHaveLength(1);
    // Empty fields are not sent: not every server treats an empty domain as the root domain.
    expect(sent[0]!.body).toMatchObject({ username: emulator.user, password: emulator.password });
    expect(Object.keys(sent[0]!.body as object)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(domain|auth_domain|connection)$/)])
    );
  });

  await test.step("signs out", async () => {
    await expect(panel.list.rows).not.toHaveCount(0);
    await panel.frame.signOut.click();
    await expect(panel.signIn.button).toBeVisible();
    await expect(panel.list.table).toHaveCount(0);
    await expect(page).toHaveTitle(/Sign in/);
    await expect(panel.signIn.box("Password")).toHaveValue("");
  });

  await test.step("the optional fields", async () => {
    await panel.signIn.box("Domain").fill("payments");
    await panel.signIn.box("Authentication domain").fill("root");
    await panel.signIn.box("Connection").fill("local_account");
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await expect(panel.frame.banner).toContainText("payments");
    const sent = await grants();
    expect(sent).toHaveLength(2);
    expect(sent[1]!.body).toMatchObject({ domain: "payments", auth_domain: "root", connection: "local_account" });
  });
});

test("a wrong password shows the server's words and keeps what was typed", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await panel.open();
  await panel.signIn.box("Domain").fill("payments");
  await panel.signIn.withPassword(emulator.user, "wrong");

  const alert = panel.alert("Could not sign in");
  await expect(alert).toContainText("NCERRUnauthorizedAccess");
  await expect(alert).toContainText("Wrong username or password.");
  await expect(alert).toContainText("HTTP 401");
  // The explanation is about the sign-in, not about a cloud.
  await expect(alert).toContainText("Name, password and domain do not belong together.");
  await expect(panel.signIn.box("Username")).toHaveValue(emulator.user);
  await expect(panel.signIn.box("Password")).toHaveValue("wrong");
  await expect(panel.signIn.box("Domain")).toHaveValue("payments");

  // Its next step says it; the form is there.
  await expect(alert).not.toContainText("Sign in again.");

  // The next input replaces the wrong password, at the first press and at any later one.
  for (const typed of ["wrong, too", emulator.password]) {
    await expect(panel.signIn.box("Password")).toBeFocused();
    await panel.page.keyboard.type(typed);
    await expect(panel.signIn.box("Password")).toHaveValue(typed);
    const answer = panel.page.waitForResponse(/auth\/tokens/);
    await panel.signIn.button.click();
    await answer;
  }
  await expect(panel.frame.signOut).toBeVisible();
});

test("what is typed before the next frame stays, after a wrong password and in the form that takes over", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await panel.open();
  // On a busy machine the next frame may be far away, and a person types on.
  await panel.page.evaluate(() => {
    const held: FrameRequestCallback[] = [];
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => held.push(callback);
    window.addEventListener("release-frames", () => {
      window.requestAnimationFrame = frame;
      held.forEach((callback) => frame(callback));
    });
  });
  const password = panel.signIn.box("Password");
  await panel.signIn.withPassword(emulator.user, "wrong");
  await expect(panel.alert("Could not sign in")).toBeVisible();
  await expect(password).toBeFocused();
  await panel.page.keyboard.type(emulator.password.slice(0, 4));
  await panel.page.evaluate(() => {
    window.dispatchEvent(new Event("release-frames"));
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  await panel.page.keyboard.type(emulator.password.slice(4));
  await expect(password).toHaveValue(emulator.password);
});

test("signs in with a token, and one that the server refuses keeps the form and what was typed", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await panel.open();
  await panel.signIn.withToken("not-a-token");
  await expect(panel.alert("Invalid or revoked token.")).toBeVisible();
  await expect(panel.signIn.token).toHaveValue("not-a-token");
  await panel.signIn.token.fill(emulator.token);
  await panel.signIn.button.click();
  await expect(panel.frame.signOut).toBeVisible();
  await expect(panel.frame.banner).toContainText(emulator.user);
  await expect(panel.frame.heading).toHaveText("All clouds");
  await panel.list.isLoaded();
  const tokens = (await emulator.requests()).filter((request) => request.path.includes("/auth/tokens"));
  expect(tokens).toEqual([]);
});

test.describe("where a proxy signs the person in", () => {
  test.use({ server: { open: true } });

  test("no form is shown", async ({ panel, emulator, page }) => {
    await page.addInitScript(() => {
      // A form that appears only for a moment counts too.
      new MutationObserver(() => {
        if (document.querySelector("input[type=password]")) document.documentElement.dataset.sawForm = "yes";
      }).observe(document, { childList: true, subtree: true });
    });
    await panel.open();
    await expect(panel.frame.banner).toContainText(emulator.user);
    await panel.list.isLoaded();
    await expect(page.locator("html")).not.toHaveAttribute("data-saw-form");
    const paths = (await emulator.requests()).map((request) => request.path);
    expect(paths.filter((path) => path.includes("/auth/tokens"))).toEqual([]);
  });

  test("the form says where the server did not tell who is signed in", async ({ panel, emulator, guard }) => {
    guard.expect(503);
    await emulator.fault({ path: `${API}/auth/self/user`, times: 1, status: 503, body: "" });
    await panel.open();
    await expect(panel.alert("The server did not say who is signed in.")).toBeVisible();
    await expect(panel.signIn.box("Username")).toBeVisible();
  });
});

test("a session that ends leads to the sign-in and back to the same view", async ({ panel, guard, emulator }) => {
  const family = families[0]!;
  guard.expect(401);
  const own = container(family, 1);
  await emulator.replaceContainers(family, [own]);
  const all = jobs(family, 40, [own]);
  await emulator.replaceJobs(family, all);
  const failedOnes = all.filter((job) => job.overall_status === "failed");
  const address = `#/${family.slug}?status=failed&page=2&rows=10`;

  await panel.open(address);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await panel.list.shows(ids(failedOnes.slice(10)));
  await panel.isAt(address);

  await panel.endSession();
  const dialog = panel.page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await panel.isAt(address);

  await dialog.getByLabel("Password", { exact: true }).fill(emulator.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await panel.list.shows(ids(failedOnes.slice(10)));
  await panel.isAt(address);
});

test("one ended session shows one sign-in, however many requests were refused", async ({ panel, guard, emulator }) => {
  guard.expect(401);
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(panel.list.rows).not.toHaveCount(0);
  // The names are requested last; after them no request is pending.
  const lists = [...new Set(families.map((family) => API + family.containersPath))];
  await expect
    .poll(async () => {
      const answered = (await emulator.requests()).filter((request) => request.status === 200);
      return lists.filter((list) => answered.some((request) => request.path === list)).length;
    })
    .toBe(lists.length);
  await panel.endSession();
  await expect(panel.page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await expect(panel.page.getByRole("dialog")).toHaveCount(1);
});

test("the token is in no storage, no URL and no document", async ({ panel, emulator, page, context }) => {
  await panel.open(`#/${families[0]!.slug}`);
  const answer = page.waitForResponse((response) => response.url().endsWith("/auth/tokens"));
  await panel.signIn.withPassword(emulator.user, emulator.password);
  const { jwt, refresh_token } = await (await answer).json();
  await panel.list.isLoaded();
  // The token is in use nevertheless.
  const requests = (await emulator.requests()).filter((request) => request.path === listPath(families[0]!));
  expect(requests.map((request) => request.authorized)).toEqual([true]);

  const fields = () =>
    [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value).join("\n");
  const found: Record<string, string> = { ...(await places(page)), fields: await page.evaluate(fields) };
  for (const secret of [jwt, refresh_token, emulator.password]) {
    for (const [place, text] of Object.entries(found)) {
      expect(text.includes(secret), `a secret in ${place}`).toBe(false);
    }
  }
  // The form that is gone is still known to the page.
  const box = () => (window as { preboot?: { form?: { page: Element } } }).preboot?.form?.page.querySelector<HTMLInputElement>("[name=password]")?.value;
  expect(await page.evaluate(box)).toBe("");
  expect(await context.cookies()).toEqual([]);
  expect(found["local"]).toBe("{}");
  expect(found["session"]).toBe("{}");

  // The token is gone with the page.
  await page.reload();
  await expect(panel.signIn.button).toBeVisible();
});

test("a pasted link survives the sign-in", async ({ panel, emulator }) => {
  const last = families.at(-1)!;
  await panel.open(`#/${last.slug}?status=failed`);
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(panel.frame.current).toHaveText(last.cloud);
  await expect(panel.filters.status).toHaveValue("failed");
  await panel.isAt(`#/${last.slug}?status=failed`);
});
