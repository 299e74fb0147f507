// Filters: their requests, their results, and their parameters in the URL.
import { container, failed, filterValue, ids, job, jobs, uuid } from "../data";
import { API, differing, families, type Family, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Emulator, Request } from "../emulator";

test.use({ server: { data: "empty" } });

/** Three containers, twelve jobs over them in turn, every third failed. */
async function fill(emulator: Emulator, family: Family, count = 12) {
  const own = [1, 2, 3].map((number) => container(family, number));
  const all = jobs(family, count, own);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  return { own, all };
}

/** The query parameters of the last request to the family's list. */
async function lastQuery(emulator: Emulator, family: Family): Promise<[string, string][]> {
  const requests = (await emulator.requests()).filter((request: Request) => request.path === listPath(family));
  return [...new URLSearchParams(requests.at(-1)!.query)];
}

const encoded = (value: string) => new URLSearchParams([["", value]]).toString().slice(1);

test("by status", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const { all } = await fill(emulator, family);
      await panel.goToList(family);
      await expect(panel.filters.status.getByRole("option")).toHaveText(["Any", "In progress", "Completed", "Failed"]);
      await panel.filters.status.selectOption("Failed");
      await panel.list.shows(ids(all.filter((job) => job.overall_status === "failed")));
      await panel.isAt(`#/${family.slug}?status=failed`);
      expect(await lastQuery(emulator, family)).toEqual([
        ["skip", "0"],
        ["limit", "25"],
        ["sort", "-createdAt"],
        ["overall_status", "failed"]
      ]);

      await panel.filters.status.selectOption("Any");
      await panel.list.shows(ids(all));
      await panel.isAt(`#/${family.slug}`);
    });
  }
});

test("by container", async ({ panel, emulator, page }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const { own, all } = await fill(emulator, family);
      const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
      await panel.goToList(family);
      await panel.filters.containers(family).click();
      await expect(panel.filters.checkboxes).toHaveCount(3);
      await panel.filters.container(first.name).check();
      await panel.list.shows(ids(all.filter((_, at) => at % 3 === 0)));
      await expect(panel.filters.containers(family, 1)).toBeVisible();
      await expect(panel.filters.container(first.name)).toBeChecked();

      await panel.filters.container(second.name).check();
      await panel.list.shows(ids(all.filter((_, at) => at % 3 !== 2)));
      // Two values are two parameters of the same name, not a comma-separated list.
      const values = [first, second].map((container) => filterValue(family, container));
      expect((await lastQuery(emulator, family)).slice(3)).toEqual(values.map((value) => [family.filter, value]));
      const query = values.map((value) => `${family.filter}=${encoded(value)}`).join("&");
      await panel.isAt(`#/${family.slug}?${query}`);

      await page.keyboard.press("Escape");
      await expect(panel.filters.checkboxes).toHaveCount(0);
      await expect(panel.filters.containers(family, 2)).toBeFocused();
      await page.reload();
      await panel.list.shows(ids(all.filter((_, at) => at % 3 !== 2)));
      await panel.filters.containers(family, 2).click();
      await expect(panel.filters.container(first.name)).toBeChecked();
      await panel.filters.container(first.name).uncheck();
      await panel.list.shows(ids(all.filter((_, at) => at % 3 === 1)));
    });
  }
});

test("by the job's id", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const { all } = await fill(emulator, family);
      const searched = all[7]!.id;
      await panel.goToList(family);
      await panel.filters.jobId.fill(` ${searched} `);
      await panel.filters.jobId.press("Enter");
      await panel.list.shows([searched]);
      await panel.isAt(`#/${family.slug}?id=${searched}`);
      expect((await lastQuery(emulator, family)).slice(3)).toEqual([["id", searched]]);
      await panel.filters.clear.click();
      await panel.list.shows(ids(all));
      await expect(panel.filters.jobId).toHaveValue("");
      await panel.isAt(`#/${family.slug}`);
    });
  }
});

test("all together, and restored", async ({ panel, emulator, page }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const { own, all } = await fill(emulator, family, 75);
      const value = filterValue(family, own[2]!);
      const found = all.filter((job, at) => at % 3 === 2 && job.overall_status === "failed");
      expect(found).toHaveLength(25);
      const address = `#/${family.slug}?status=failed&${family.filter}=${encoded(value)}&page=2&rows=10&sort=createdAt`;
      const shown = ids([...found].reverse().slice(10, 20));

      await panel.goToList(family, address.slice(address.indexOf("?")));
      await panel.list.shows(shown);
      await expect(panel.filters.status).toHaveValue("failed");
      await expect(panel.filters.containers(family, 1)).toBeVisible();
      await expect(panel.pages.rows).toHaveValue("10");
      await expect(panel.pages.range(11, 20, 25)).toBeVisible();
      await page.reload();
      await panel.list.shows(shown);
      await panel.isAt(address);

      // A changed filter starts at page one and keeps the page size and the sort order.
      await panel.filters.status.selectOption("Any");
      await panel.list.shows(ids(all.filter((_, at) => at % 3 === 2).reverse().slice(0, 10)));
      await panel.isAt(`#/${family.slug}?${family.filter}=${encoded(value)}&rows=10&sort=createdAt`);
      await page.goBack();
      await panel.list.shows(shown);
      await panel.isAt(address);
      await page.goForward();
      await expect(panel.filters.status).toHaveValue("");
      await panel.filters.clear.click();
      await panel.list.shows(ids([...all].reverse().slice(0, 10)));
      await panel.isAt(`#/${family.slug}?rows=10&sort=createdAt`);
    });
  }
});

test("a typed id is requested once, after a pause", async ({ panel, emulator, page }) => {
  const { all } = await fill(emulator, family);
  await page.clock.install({ time: emulator.time() });
  await panel.openList(family);
  // The names of containers are loaded after the jobs.
  await panel.waitUntilIdle(listPath(family), API + family.containersPath);
  await page.clock.pauseAt(new Date(emulator.time().getTime() + 60_000));
  await emulator.clearRequests();
  const searched = all[3]!.id;
  await panel.filters.jobId.pressSequentially(searched.slice(0, 8));
  await page.clock.runFor(200);
  await panel.filters.jobId.pressSequentially(searched.slice(8));
  await page.clock.runFor(200);
  expect(await emulator.requests()).toEqual([]);
  await page.clock.runFor(200);
  await panel.list.shows([searched]);
  expect(await emulator.requests()).toHaveLength(1);
  await expect(panel.filters.jobId).toBeFocused();
});

test("typing an id adds no history entries: back leaves the view", async ({ panel, emulator, page }) => {
  const { all } = await fill(emulator, family);
  await panel.open("#/all");
  await panel.frame.link(family.cloud).click();
  await panel.list.shows(ids(all));
  for (const searched of [all[0]!.id, all[1]!.id]) {
    await panel.filters.jobId.fill(searched);
    await panel.filters.jobId.press("Enter");
    await panel.list.shows([searched]);
  }
  await page.goBack();
  await expect(panel.frame.heading).toHaveText("All clouds");
});

test("Clear filters removes all filters", async ({ panel, emulator }) => {
  const { own, all } = await fill(emulator, family);
  const value = encoded(filterValue(family, own[0]!));
  await panel.openList(family, `?status=completed&id=${all[0]!.id}&${family.filter}=${value}`);
  await panel.list.shows([all[0]!.id]);
  await panel.filters.clear.click();
  await panel.list.shows(ids(all));
  await expect(panel.filters.status).toHaveValue("");
  await expect(panel.filters.jobId).toHaveValue("");
  await expect(panel.filters.containers(family)).toBeVisible();
  expect((await lastQuery(emulator, family)).map(([name]) => name)).toEqual(["skip", "limit", "sort"]);
});

test("the messages for no matching job and for no job differ", async ({ panel, emulator, page }) => {
  const { all } = await fill(emulator, family);
  await panel.openList(family, "?id=not-there");
  await expect(page.getByRole("main")).toContainText("No job matches these filters");
  await page.getByRole("link", { name: "Show all jobs" }).click();
  await panel.list.shows(ids(all));
  await panel.isAt(`#/${family.slug}`);
});

test("another view has its own filters", async ({ panel, emulator }) => {
  await fill(emulator, family);
  await panel.openList(family, "?status=failed&id=x");
  const other = families.at(-1)!;
  await panel.frame.link(other.cloud).click();
  await expect(panel.filters.status).toHaveValue("");
  await expect(panel.filters.jobId).toHaveValue("");
  await expect(panel.filters.containers(other)).toBeVisible();
});

test("a filter of another family is ignored", async ({ panel, emulator }) => {
  const { all } = await fill(emulator, family);
  const other = families.find((other) => other.filter !== family.filter)!;
  await panel.openList(family, `?${other.filter}=x`);
  await panel.list.shows(ids(all));
  expect((await lastQuery(emulator, family)).map(([name]) => name)).toEqual(["skip", "limit", "sort"]);
});

test("a container that is missing in the list can still be a filter value", async ({ panel, emulator }) => {
  await fill(emulator, family);
  const stranger = { ...container(family, 9), name: "gone" };
  const own = job(family, 50, [stranger], failed);
  await emulator.addJobs(family, [own]);
  await panel.openList(family, `?${family.filter}=gone`);
  await panel.list.shows([own.id]);
  await expect(panel.filters.containers(family, 1)).toBeVisible();
});

test("a filter that was pressed or is open, and has the focus, leaves with its view, and the next view works", async ({ panel, emulator, page }) => {
  const { all } = await fill(emulator, family);
  const other = families[2]!;
  const one = job(other, 1, [], { id: uuid(50, 1) });
  await emulator.replaceJobs(other, [one]);
  await panel.openList(family);
  for (const how of ["pressed", "opened"] as const) {
    await test.step(how, async () => {
      await panel.filters.containers(family).click();
      await expect(panel.filters.checkboxes.first()).toBeVisible();
      if (how === "pressed") await page.keyboard.press("Escape");
      // By the URL, as back, forward and a bookmark do: the focused button disappears.
      await page.evaluate((slug) => location.assign(`#/${slug}`), other.slug);
      await panel.list.shows([one.id]);
      await page.goBack();
      await panel.list.shows(ids(all).slice(0, 25));
    });
  }
});

test("an id that is being typed outlasts the choice of a status", async ({ panel, emulator, page }) => {
  const { all } = await fill(emulator, family);
  await page.clock.install({ time: emulator.time() });
  await panel.openList(family);
  await panel.list.shows(ids(all));
  await page.clock.pauseAt(new Date(emulator.time().getTime() + 60_000));
  await panel.filters.jobId.fill(all[1]!.id);
  await panel.filters.status.selectOption("completed");
  await expect(page).toHaveURL(/status=completed/);
  await expect(panel.filters.jobId).toHaveValue(all[1]!.id);
  await page.clock.runFor(400);
  await expect(page).toHaveURL(new RegExp(`id=${all[1]!.id}`));
  await panel.list.shows([all[1]!.id]);
});

test("a long wrong value in the address is shown cut", async ({ panel, page }) => {
  await panel.openList(family, `?status=${"x".repeat(20_000)}`);
  const note = page.getByText("which the panel does not know and leaves out.");
  await expect(note).toContainText(/“status=x{30}…x{29}”/);
});
