// The lists of containers: all pages of them, and the fallback if they cannot be loaded.
import { type Container, container, containers, filterValue, ids, job, jobs } from "../data";
import { API, differing, families, family } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

test("every page of the list is loaded, and its names stand for ids", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const own = containers(family, 2300);
      const last = own.at(-1)!;
      await emulator.replaceContainers(family, own);
      const one = job(family, 1, [last]);
      await emulator.replaceJobs(family, [one]);
      await panel.goToList(family);
      await expect(await panel.list.cell(one.id, "Containers")).toContainText(last.name);
      // Waits for the list: an id may contain the name itself, so the cell can show it before the list is loaded.
      await expect
        .poll(async () => {
          const requests = (await emulator.requests()).filter((request) => request.path === API + family.containersPath);
          return requests.map((request) => new URLSearchParams(request.query).get("skip"));
        })
        .toEqual(["0", "1000", "2000"]);

      await panel.filters.containers(family).click();
      await panel.filters.search.fill(last.name);
      await panel.filters.container(last.name).check();
      await panel.isAt(`#/${family.slug}?${new URLSearchParams([[family.filter, filterValue(family, last)]])}`);
      await panel.list.shows([one.id]);
    });
  }
});

test("a forbidden list leaves ids to filter by", async ({ panel, emulator, guard }) => {
  guard.expect(403);
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const own = [1, 2].map((number) => container(family, number));
      await emulator.replaceContainers(family, own);
      const all = jobs(family, 4, own);
      await emulator.replaceJobs(family, all);
      await emulator.fault({
        path: API + family.containersPath,
        status: 403,
        body: { codeDesc: "NCERRInsufficientPermissions", message: "No view of these" }
      });
      await panel.goToList(family);
      await panel.list.shows(ids(all));
      // The jobs are shown without names; the reason is shown only where names are needed.
      await expect(panel.page.getByRole("alert")).toHaveCount(0);
      await panel.filters.containers(family).click();
      await expect(panel.alert("No view of these")).toBeVisible();
      await panel.filters.typed.fill(filterValue(family, own[1]!));
      await panel.page.keyboard.press("Escape");
      await panel.list.shows(ids(all.filter((_, at) => at % 2 === 1)));
      // What was cleared does not come back from the box.
      await panel.filters.clear.click();
      await panel.list.shows(ids(all));
      await panel.filters.containers(family).click();
      await expect(panel.filters.typed).toHaveValue("");
      await panel.page.keyboard.press("Escape");
      await expect(panel.filters.typed).toHaveCount(0);
      await panel.isAt(`#/${family.slug}`);
    });
  }
});

test("a list that fails halfway is requested again", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  const own = containers(family, 1300);
  await emulator.replaceContainers(family, own);
  await emulator.fault({ path: API + family.containersPath, query_contains: "skip=1000", times: 1, status: 500, body: "" });
  await panel.openList(family);
  await panel.filters.containers(family).click();
  await panel.alert("HTTP 500").getByRole("button", { name: "Try again" }).click();
  await expect(panel.filters.checkboxes).not.toHaveCount(0);
  await panel.filters.search.fill(own.at(-1)!.name);
  await expect(panel.filters.checkboxes).toHaveCount(1);
});

test("a renamed and a new container are seen in a form that opens, and in Freshness after a refresh", async ({ panel, emulator, page }) => {
  const [first, second, third] = containers(family, 3) as [Container, Container, Container];
  await emulator.replaceContainers(family, [first]);
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.container(first.name).check();
  await page.keyboard.press("Escape");
  const renamed = container(family, 1, { name: "renamed", Name: "renamed", azure_name: "renamed", display_name: "renamed" });
  await emulator.replaceContainers(family, [renamed, second]);
  await panel.start.open.click();
  await panel.start.chosen(family).check();
  await panel.start.container("renamed").check();
  await expect(panel.start.container(second.name)).toBeVisible();
  await expect(panel.start.container(first.name)).toHaveCount(0);
  await page.keyboard.press("Escape");

  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Freshness" }).click();
  const freshness = page.getByRole("region", { name: "Freshness", exact: true });
  await expect(freshness).toContainText("renamed");
  await emulator.replaceContainers(family, [renamed, second, third]);
  await panel.refresh();
  await expect(freshness).toContainText(third.name);
});

test("the filter closes by a press outside and by leaving it, and keeps the selection", async ({ panel, emulator, page }) => {
  const own = containers(family, 3);
  await emulator.replaceContainers(family, own);
  await panel.openList(family);
  await panel.filters.containers(family).click();
  await panel.filters.container(own[0]!.name).check();
  await panel.frame.heading.click();
  await expect(panel.filters.checkboxes).toHaveCount(0);
  await expect(panel.filters.containers(family, 1)).toBeVisible();

  await panel.filters.containers(family, 1).press("Enter");
  await expect(panel.filters.container(own[0]!.name)).toBeChecked();
  await panel.filters.jobId.focus();
  await expect(panel.filters.checkboxes).toHaveCount(0);
  await page.goBack();
  await expect(panel.filters.containers(family)).toBeVisible();
});

test("several views share one list of containers of containers of containers of containers of containers of containers of containers", async ({ panel, emulator }) => {
  const sharing = families.filter((other) => other.containersPath === family.containersPath);
  expect(sharing.length).toBeGreaterThan(1);
  await panel.openList(family);
  await panel.frame.scope(sharing[1]!.scope).check();
  await panel.isAt(`#/${sharing[1]!.slug}`);
  await panel.list.isLoaded();
  await panel.filters.containers(sharing[1]!).click();
  await expect(panel.filters.search).toBeVisible();
  const requests = (await emulator.requests()).filter((request) => request.path === API + family.containersPath);
  expect(requests).toHaveLength(1);
});

test.describe("two thousand containers", () => {
  test.use({ server: { data: "large" } });

  test("are searched in a document that stays small", async ({ panel, emulator, page }) => {
    const all = await emulator.containers(family);
    expect(all.length).toBeGreaterThan(2000);
    await panel.openList(family);
    const before = await page.evaluate(() => document.querySelectorAll("*").length);
    await panel.filters.containers(family).click();
    await expect(panel.filters.checkboxes).not.toHaveCount(0);
    expect(await panel.filters.checkboxes.count()).toBeLessThanOrEqual(200);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    expect(nodes - before).toBeLessThan(1500);

    // The last of them is found by typing its name.
    const last = all.at(-1)!;
    await panel.filters.search.pressSequentially(last.name.toUpperCase());
    const same = all.filter((one) => one.name.toLowerCase().includes(last.name.toLowerCase()));
    await expect(panel.filters.checkboxes).toHaveCount(Math.min(same.length, 40));
    await expect(panel.filters.container(last.name).first()).toBeVisible();
    await panel.filters.search.fill("no container is called so");
    await expect(panel.filters.checkboxes).toHaveCount(0);
    await expect(panel.filters.form).toContainText("Nothing matches");
  });

  test("are all chosen at once in the start form", async ({ panel, emulator }) => {
    const count = (await emulator.containers(family)).length.toLocaleString("en-GB");
    await panel.openList(family);
    await panel.start.open.click();
    await panel.start.chosen(family).check();
    await panel.start.dialog.getByRole("checkbox", { name: "Select all" }).first().check();
    await expect(panel.start.dialog).toContainText(`${count} of ${count} chosen`);
    await expect(panel.start.dialog.getByRole("checkbox")).not.toHaveCount(0);
    expect(await panel.start.dialog.getByRole("checkbox").count()).toBeLessThan(300);
  });

  test("a thousand rows are a page", async ({ panel }) => {
    await panel.openList(family, "?rows=1000");
    await expect(panel.list.rows).toHaveCount(1000);
    await expect(panel.pages.navigation).toContainText("1–1,000 of 1,5");
    await panel.pages.next.click();
    await expect(panel.pages.navigation).toContainText("1,001–1,5");
  });
});
