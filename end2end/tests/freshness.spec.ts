// The age of each container's last successful synchronization.
import { BAD, before, containerLabel, container, containers, failed, GOOD, type Job, job, statusKey } from "../data";
import { API, differing, families, type Family, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import { advanceClock, freezeClock, recordMutations, recordRequests, settle } from "../time";
import { Freshness } from "../pages/freshness";

test.use({ server: { data: "empty" } });

const DAY = 24 * 60 * 60;

/** A job over the containers `numbers` that ended `days` ago. */
const ago = (family: Family, days: number, numbers: number[], more: Partial<Job> = {}) =>
  job(family, days, numbers.map((number) => container(family, number, { regions: [REGION] })), {
    id: `j-${days}`,
    createdAt: before(days * DAY + 60),
    updatedAt: before(days * DAY),
    completed_at: before(days * DAY),
    ...more
  });

const REGION = "eu-central-1";

test("oldest first, as a picture and as a table, and what is out of date is started", async ({ panel, emulator }) => {
  const fresh = new Freshness(panel);
  for (const [at, family] of differing.entries()) {
    await test.step(family.slug, async () => {
      const own = [1, 2, 3, 4].map((number) => container(family, number, { regions: [REGION] }));
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, [
        ago(family, 1, [1]),
        ago(family, 2, [2], failed),
        ago(family, 3, [3], { detailed_status: { [statusKey(family, own[2]!)]: BAD } }),
        ago(family, 9, [2, 3])
      ]);
      // The second failed without an error text.
      await emulator.replaceJobs(family, (await emulator.jobs(family)).map((one) => (one.id === "j-2" ? { ...one, detailed_status: undefined } : one)));
      await (at === 0 ? fresh.open(family) : panel.go(`#/freshness/${family.slug}`));
      await expect(panel.frame.heading).toHaveText(family.cloud);
      await expect(fresh.tiles).toHaveCount(4);
      await expect(fresh.region.getByRole("columnheader").first()).toHaveText(new RegExp(`^${family.one}$`, "i"));
      await expect(fresh.rows.getByRole("rowheader")).toHaveText([own[3]!.name, own[1]!.name, own[2]!.name, own[0]!.name]);
      await expect(fresh.region).toContainText(/3 of 4 .*out of date, 1 never synchronized/);
      await expect(fresh.region).toContainText("Looked at all 4 jobs.");
      await expect(fresh.row(own[3]!.name)).toContainText("never");
      await expect(fresh.row(own[1]!.name)).toContainText("9 d");
      await expect(fresh.row(own[1]!.name)).toContainText("failed 28 Feb");
      await expect(fresh.row(own[2]!.name)).toContainText("failed 27 Feb");
      await expect(fresh.row(own[0]!.name)).toContainText("1 d");
      await expect(fresh.tiles.nth(1)).toContainText("9 d");
      await expect(fresh.tiles.nth(1)).toHaveAttribute("title", /synchronized 9 d ago.*failed/);

      await fresh.synchronize.click();
      await panel.start.shows(listPath(family), {
        [family.selector]: [own[3]!.id, own[1]!.id, own[2]!.id],
        ...(family.regions ? { regions: [REGION] } : {})
      });
      await panel.page.keyboard.press("Escape");
      await expect(panel.start.dialog).toHaveCount(0);

      await fresh.days.selectOption("30 days");
      await panel.isAt(`#/freshness/${family.slug}?days=30`);
      await expect(fresh.region).toContainText(/1 of 4 .*out of date, 1 never synchronized/);
      await fresh.row(own[0]!.name).getByRole("link").first().click();
      await panel.isAt(`#/${family.slug}/j-1`);
      await expect(panel.detail.region).toContainText("j-1");
    });
  }
});

test("each region of a KMS is its own", async ({ panel, emulator }) => {
  const fresh = new Freshness(panel);
  const some = families.filter((family) => family.regions);
  // They are of one cloud, and have one list of containers.
  const own = container(some[0]!, 1, { regions: ["eu-west-1", "us-east-1"] });
  await emulator.replaceContainers(some[0]!, [own]);
  for (const [at, family] of some.entries()) {
    await test.step(family.slug, async () => {
      const details = { [`${own["account_id"]}/us-east-1`]: BAD, [`${own["account_id"]}/eu-west-1`]: GOOD };
      await emulator.replaceJobs(family, [job(family, 1, [own], { regions: own.regions, detailed_status: details })]);
      await (at === 0 ? fresh.open(family) : panel.frame.scope(family.scope).check());
      await panel.isAt(`#/freshness/${family.slug}`);
      await expect(fresh.rows).toHaveCount(2);
      await expect(fresh.rows.nth(0)).toContainText("us-east-1");
      await expect(fresh.rows.nth(0)).toContainText("never");
      await expect(fresh.rows.nth(1)).toContainText("eu-west-1");
      await fresh.synchronize.click();
      await panel.start.shows(listPath(family), { [family.selector]: [own.id], regions: ["us-east-1"] });
      await panel.page.keyboard.press("Escape");
      await expect(panel.start.dialog).toHaveCount(0);
    });
  }
});

test("with only a part of the jobs no container is called never synchronized, and Load more loads more jobs", async ({ panel, emulator, page }) => {
  const fresh = new Freshness(panel);
  const own = [1, 2].map((number) => container(family, number, { regions: [REGION] }));
  await emulator.replaceContainers(family, own);
  const many = Array.from({ length: 120 }, (_, index) => job(family, index + 1, own.slice(0, 1), { id: `n-${index}` }));
  await emulator.replaceJobs(family, [...many, ago(family, 2, [2])]);
  await fresh.open(family);
  await expect(fresh.region).toContainText("0 of 2 out of date, 1 not synchronized in the last 100 jobs");
  await expect(fresh.region).toContainText("Looked at the last 100 jobs, back to");
  await expect(fresh.row(own[1]!.name)).toContainText("None in the last 100 jobs");
  await expect(fresh.region).not.toContainText("never");
  await page.getByRole("button", { name: "Load more" }).click();
  await panel.isAt(`#/freshness/${family.slug}?depth=2`);
  await expect(fresh.row(own[1]!.name)).toContainText("2 d");
  await expect(fresh.region).toContainText("Looked at all 121 jobs.");
});

test("without the list of containers the view uses the names in the jobs, and offers Try again", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  const fresh = new Freshness(panel);
  const own = container(family, 1, { regions: [REGION] });
  await emulator.fault({ path: API + family.containersPath, status: 403, body: { codeDesc: "NCERRInsufficientPermissions", message: "No view of these" } });
  await emulator.replaceJobs(family, [ago(family, 9, [1])]);
  await fresh.open(family);
  const alert = panel.alert("No view of these");
  await expect(alert).toBeVisible();
  await expect(fresh.rows).toHaveCount(1);
  await expect(fresh.rows).toContainText(containerLabel(family, own));
  await emulator.clearFaults();
  await emulator.replaceContainers(family, containers(family, 2).map((one) => ({ ...one, regions: [REGION] })));
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(fresh.rows).toHaveCount(2);
});

test("of very many containers a portion is drawn, and another by a press", async ({ panel, emulator, page }) => {
  const fresh = new Freshness(panel);
  const of = families.find((one) => !one.regions)!;
  await emulator.replaceContainers(of, containers(of, 1000));
  await fresh.open(of);
  await expect(fresh.tiles).toHaveCount(200);
  await expect(fresh.region).toContainText("1,000 of 1,000");
  await expect(fresh.region).toContainText("1–200 of 1,000, the oldest first");
  await page.getByRole("button", { name: `Next ${of.many}` }).click();
  await expect(fresh.region).toContainText("201–400 of 1,000");
  await expect(fresh.tiles).toHaveCount(200);
  await expect(fresh.rows).toHaveCount(200);
});

test("an empty list and a failed list of jobs are reported", async ({ panel, emulator, guard, page }) => {
  guard.expect(502);
  const fresh = new Freshness(panel);
  await emulator.replaceContainers(family, []);
  await fresh.open(family);
  await expect(fresh.region).toContainText(`No ${family.many} are known`);
  await emulator.fault({ path: listPath(family), status: 502, body: "" });
  await fresh.open(family);
  await expect(panel.alert("HTTP 502")).toBeVisible();
  await emulator.clearFaults();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(fresh.region).toContainText(`No ${family.many} are known`);
});

test.describe("with a controlled clock", () => {
  // At the default interval.
  test.use({ server: { data: "empty", config: {} } });

  test("a refresh without changes leaves the document alone, and a fresh container is shown", async ({ panel, emulator, page }) => {
    const fresh = new Freshness(panel);
    const LIST = listPath(family);
    const own = [1, 2].map((number) => container(family, number, { regions: [REGION] }));
    const old = [ago(family, 2, [1]), ago(family, 20, [2])];
    await freezeClock(panel);
    await page.clock.setFixedTime(emulator.time());
    await recordRequests(page);
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, old);
    await fresh.open(family);
    await expect(fresh.row(own[1]!.name)).toContainText("20 d");
    await settle(panel, LIST, API + family.containersPath);
    const changes = await recordMutations(page);
    const requests: string[] = [];
    // Two intervals of an idle page.
    for (let passed = 0; passed < 100; passed += 5) requests.push(...(await advanceClock(panel, 5000)));
    expect(requests.filter((path) => path === LIST)).toHaveLength(2);
    expect(await changes()).toEqual([]);

    await emulator.replaceJobs(family, [ago(family, 1, [2]), ...old]);
    for (let passed = 0; passed < 50; passed += 5) await advanceClock(panel, 5000);
    await expect(fresh.row(own[1]!.name)).toContainText("1 d");
    await expect(fresh.region).toContainText(/0 of 2 .*out of date/);
  });
});

test("names are shown as text and never become elements", async ({ panel, emulator, page }) => {
  const fresh = new Freshness(panel);
  const name = `<img src=x onerror="document.title='taken'">\u202e{{7*7}}`;
  const own = container(family, 1, { name, Name: name, azure_name: name, display_name: name, regions: [REGION] });
  await emulator.replaceContainers(family, [own]);
  await emulator.replaceJobs(family, [ago(family, 1, [2])]);
  await fresh.open(family);
  await expect(fresh.rows.filter({ hasText: "onerror" })).toHaveCount(1);
  await expect(fresh.region.getByRole("listitem", { name: name })).toHaveCount(1);
  await expect(page.locator("main img")).toHaveCount(0);
  await expect(page).toHaveTitle(/Key sync$/);
});
