// Explanations beside the server's texts, and input that is accepted silently: names with spaces, pasted tokens, a newer
// configuration, unknown groups.
import { before, container, job, running, statusKey } from "../data";
import { API, differing, families, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";

const MAY_NOT = "Your user is in none of the groups that may start or cancel synchronizations. The server decides.";

/** A token in the API's format with these claims; nothing checks its signature here. */
const tokenOf = (claims: object) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "ES256" }), part(claims), "c2lnbmVk"].join(".");
};

test.describe("signing in", () => {
  test.use({ server: { open: false, data: "believable" } });

  test("leaves out the spaces around names, needs more than these, and leaves out none of a password", async ({ panel, emulator, guard }) => {
    guard.expect(401);
    await panel.open();
    await panel.signIn.box("Username").fill("   ");
    await panel.signIn.box("Password").fill("x");
    await expect(panel.signIn.button).toBeDisabled();
    const boxes = { Username: " admin ", Domain: "\troot ", "Authentication domain": " root", Connection: " local_account " };
    for (const [name, text] of Object.entries(boxes)) await panel.signIn.box(name).fill(text);
    await panel.signIn.box("Password").fill(` ${emulator.password}`);
    await panel.signIn.button.click();
    await expect(panel.alert("Could not sign in")).toBeVisible();
    await expect(panel.signIn.box("Username")).toHaveValue(" admin ");
    await panel.signIn.box("Password").fill(emulator.password);
    await panel.signIn.button.click();
    await expect(panel.frame.signOut).toBeVisible();
    const sent = await emulator.grants("password");
    expect(sent.map((body) => body["password"])).toEqual([` ${emulator.password}`, emulator.password]);
    for (const body of sent) {
      expect(body).toMatchObject({ username: "admin", domain: "root", auth_domain: "root", connection: "local_account" });
    }
  });

  test("finds the token in what is around it", async ({ panel, emulator }) => {
    await panel.open();
    for (const around of [
      (token: string) => `  ${token} `,
      (token: string) => `Bearer ${token}`,
      (token: string) => `"${token}"`,
      (token: string) => `'Authorization: bearer ${token}'`
    ]) {
      await test.step(around("…"), async () => {
        await panel.signIn.withToken(around(emulator.token));
        await expect(panel.frame.signOut).toBeVisible();
        await panel.frame.signOut.click();
        await expect(panel.signIn.button).toBeVisible();
        await expect(panel.frame.signOut).toHaveCount(0);
      });
    }
  });

  test("says of the token what happens to it as a description", async ({ panel, page }) => {
    await panel.open();
    await panel.signIn.useToken.click();
    // The form of the page itself may still be shown.
    await expect(panel.signIn.token).toBeVisible();
    const box = page.locator("form").locator("input");
    await expect(box).toHaveAccessibleName("Token");
    await expect(box).toHaveAccessibleDescription(/kept in this page's memory only/);
    await page.getByText("Token", { exact: true }).click();
    await expect(box).toBeFocused();
  });
});

test.describe("groups", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("a user of none that may start is told so, and nobody else", async ({ panel, page, emulator }) => {
    const own = job(family, 1, [], running);
    await emulator.replaceJobs(family, [own]);
    // The emulator accepts only its own tokens, so the requests go without one.
    await page.route(`**${API}/**`, async (route) => {
      const { authorization, ...headers } = route.request().headers();
      if (authorization) return route.continue({ headers });
      return route.fulfill({ status: 401, body: "" });
    });
    for (const [groups, isForbidden] of [
      [["Finance"], false],
      [["Key Users", "Finance"], false],
      [[], false],
      [undefined, false],
      [["Key Users"], true]
    ] as const) {
      await test.step(String(JSON.stringify(groups)), async () => {
        // Loaded anew, so that no session before this one says anything.
        await panel.open(`#/${family.slug}/${own.id}`);
        await panel.signIn.withToken(tokenOf({ sub: "local|1", preferred_username: "ada", cust: { groups } }));
        await expect(panel.detail.button("Cancel job")).toBeVisible();
        await expect(panel.page.getByText(MAY_NOT)).toHaveCount(isForbidden ? 2 : 0);
        await expect(panel.start.open).toHaveAccessibleDescription(isForbidden ? MAY_NOT : "");
      });
    }
  });
});

test.describe("a configuration of a newer version", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("stops nothing, and what is not known of it is named", async ({ panel, page, emulator }) => {
    const odd = "color<script>alert(1)</script>";
    await emulator.fault({ path: "/config.json", body: { title: "Keys of Ada", [odd]: 1, shape: {} } });
    await panel.openList(family);
    await expect(page).toHaveTitle(`${family.cloud} · Keys of Ada`);
    const note = page.getByRole("note").filter({ hasText: "config.json" });
    await expect(note).toContainText(`"${odd}", "shape"`);
    await note.getByRole("button", { name: "Dismiss" }).click();
    await expect(note).toHaveCount(0);
  });
});

test.describe("a known error", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("is explained under the server's words, and a running job that is fine is not", async ({ panel, emulator }) => {
    await panel.open();
    for (const own of differing) {
      await test.step(own.slug, async () => {
        const all = [1, 2, 3].map((number) => container(own, number, { account_id: String(number) }));
        await emulator.replaceContainers(own, all);
        const keys = all.map((one) => statusKey(own, one));
        // Nobody else has these words, so that they are not those of the job before.
        const results = [`RESOURCE_EXHAUSTED: Quota exceeded for quota metric of ${own.slug}`, `Error 4711 of ${own.slug}`, "synchronized successfully"];
        const one = job(own, 1, all, {
          id: `failed-${own.slug}`,
          overall_status: "failed",
          detailed_status: Object.fromEntries(keys.map((key, at) => [key, results[at]!]))
        });
        await emulator.replaceJobs(own, [one]);
        await panel.go(`#/${own.slug}/${one.id}`);
        const row = (text: string) => panel.detail.rows.filter({ hasText: text });
        await expect(row(results[0]!)).toContainText("Likely cause: The quota of the Google Cloud project");
        await expect(row(results[0]!)).toContainText("Next step: Raise its read and write requests per minute to 800–1000");
        await expect(row(results[1]!)).toHaveCount(1);
        await expect(row(results[1]!)).not.toContainText("Likely cause");
        await expect(row(results[2]!)).not.toContainText("Likely cause");
      });
    }

    await test.step("a running job", async () => {
      const own = container(family, 1);
      const key = statusKey(family, own);
      const one = job(family, 1, [own], { ...running, id: "fine", detailed_status: { [key]: "in progress" } });
      await emulator.replaceJobs(family, [one]);
      await panel.go(`#/${family.slug}/${one.id}`);
      await expect(panel.detail.rows).toHaveText([/in progress/]);
      await expect(panel.detail.region).not.toContainText("Likely cause");
    });
  });

  test("is explained in an alert under the server's words", async ({ panel, emulator, guard }) => {
    guard.expect(403);
    const message = "License not installed yet for feature CCKM";
    const body = { code: 6, codeDesc: "NCERRInsufficientPermissions", message };
    await emulator.fault({ path: listPath(family), status: 403, body });
    await panel.open(`#/${family.slug}`);
    const alert = panel.alert("Could not load the jobs");
    await expect(alert).toContainText(`NCERRInsufficientPermissions: ${message}`);
    await expect(alert).toContainText("Likely cause: The CCKM license for this is not installed");
    await expect(alert.getByRole("note")).toContainText("Next step: Have the license installed");
    // Once, and not repeated by the panel's own advice.
    await expect(alert).not.toContainText("The server has no license for this");
    // It is true of a list as of a start.
    await expect(alert).not.toContainText(/Lists may still load|start again/);
  });
});

test.describe("ages", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("a job that runs since years says since when, not for how many days and hours", async ({ panel, emulator }) => {
    const old = { createdAt: "2020-11-05T12:00:00Z", updatedAt: "2020-11-05T12:00:00Z" };
    const one = job(family, 1, [], { ...running, ...old });
    await emulator.replaceJobs(family, [one]);
    await panel.openList(family);
    await expect(panel.list.row(one.id)).toContainText("no change since 5 Nov 2020");
    await expect(await panel.list.cell(one.id, "Duration")).toHaveText("over 5 years");
    await panel.start.open.click();
    await expect(panel.start.alreadyRunning).toContainText("running since 5 Nov 2020");
  });

  test("a container that no job of those looked at synchronized is told by how far was looked", async ({ panel, emulator }) => {
    const fresh = new Freshness(panel);
    const own = [1, 2].map((number) => container(family, number, { regions: ["eu-west-1"] }));
    await emulator.replaceContainers(family, own);
    const more = (index: number) => ({ id: `n-${index}`, createdAt: before(86_400 * 3 + index), regions: ["eu-west-1"] });
    const many = Array.from({ length: 120 }, (_, index) => job(family, index + 1, own.slice(0, 1), more(index)));
    await emulator.replaceJobs(family, many);
    await fresh.open(family);
    await expect(fresh.region).toContainText("1 not synchronized in the last 100 jobs");
    await expect(fresh.row(own[1]!.name)).toContainText("None in the last 100 jobs");
    await expect(fresh.row(own[1]!.name)).toContainText("not since 27 Feb");
    await expect(fresh.region).not.toContainText("not in 100 jobs");
  });

  test("Needs attention names no day of another cloud", async ({ panel, page, emulator }) => {
    const many = (own: typeof family, from: number) =>
      Array.from({ length: 30 }, (_, index) => job(own, from + index, [], { id: `${own.slug}-${index}` }));
    const late = families.at(-1)!;
    await emulator.replaceJobs(family, [job(family, 9000, [], { id: "bad", overall_status: "failed" }), ...many(family, 9001)]);
    await emulator.replaceJobs(late, many(late, 1));
    await panel.open("#/attention");
    await panel.list.shows(["bad"]);
    await expect(page.getByRole("main")).toContainText("Looked at the last 50 jobs, the newest of each cloud.");
    await expect(page.getByRole("main")).not.toContainText("back to");
  });
});

