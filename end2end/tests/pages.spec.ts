// Pages: page turns, rows per page, and servers that return another page than requested.
import { container, ids, jobs } from "../data";
import { differing, families, type Family, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Emulator } from "../emulator";

test.use({ server: { data: "empty" } });

async function fill(emulator: Emulator, family: Family, count: number) {
  const own = [container(family, 1)];
  const all = jobs(family, count, own);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  return ids(all);
}

test("turns pages in place and keeps the focus", async ({ panel, emulator, page }) => {
  const all = await fill(emulator, family, 60);
  await panel.openList(family);
  await panel.list.shows(all.slice(0, 25));
  await expect(panel.pages.range(1, 25, 60)).toBeVisible();
  await expect(panel.pages.previous).toHaveAttribute("aria-disabled", "true");

  await panel.pages.next.focus();
  await page.keyboard.press("Enter");
  await panel.list.shows(all.slice(25, 50));
  await expect(panel.pages.range(26, 50, 60)).toBeVisible();
  await expect(panel.pages.next).toBeFocused();
  await panel.isAt(`#/${family.slug}?page=2`);
  await page.keyboard.press("Enter");
  await panel.list.shows(all.slice(50));
  await expect(panel.pages.range(51, 60, 60)).toBeVisible();
  // On the last page the button is disabled and keeps the focus.
  await expect(panel.pages.next).toBeFocused();
  await expect(panel.pages.next).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await panel.isAt(`#/${family.slug}?page=3`);

  await panel.pages.previous.focus();
  await page.keyboard.press("Space");
  await panel.list.shows(all.slice(25, 50));
  await expect(panel.pages.previous).toBeFocused();
  await page.goBack();
  await panel.list.shows(all.slice(50));
  await page.goForward();
  await panel.list.shows(all.slice(25, 50));
});

test("a focused row does not become another job's", async ({ panel, emulator, page }) => {
  const all = await fill(emulator, family, 60);
  await panel.openList(family);
  await panel.list.shows(all.slice(0, 25));
  await panel.pages.next.click();
  await panel.list.shows(all.slice(25, 50));
  await panel.list.link(all[30]!).focus();
  await page.goBack();
  await panel.list.shows(all.slice(0, 25));
  await expect(page.locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await panel.isAt(`#/${family.slug}`);
});

test("the rows per page are in the URL, and the visible row stays visible", async ({ panel, emulator }) => {
  const all = await fill(emulator, family, 120);
  await panel.openList(family, "?page=3");
  await panel.list.shows(all.slice(50, 75));
  await expect(panel.pages.rows.getByRole("option")).toHaveText(["10", "25", "50", "100", "250", "1000"]);
  await panel.pages.rows.selectOption("10");
  await panel.list.shows(all.slice(50, 60));
  await panel.isAt(`#/${family.slug}?page=6&rows=10`);
  await panel.pages.rows.selectOption("100");
  await panel.list.shows(all.slice(0, 100));
  await panel.isAt(`#/${family.slug}?rows=100`);
  await panel.pages.rows.selectOption("1000");
  await panel.list.shows(all);
  await expect(panel.pages.range(1, 120, 120)).toBeVisible();
});

test("a number of rows that is not an option is honoured", async ({ panel, emulator }) => {
  const all = await fill(emulator, family, 30);
  await panel.openList(family, "?rows=7&page=2");
  await panel.list.shows(all.slice(7, 14));
  await expect(panel.pages.rows).toHaveValue("7");
});

test("a page past the end shows a message and offers the last page", async ({ panel, emulator, page }) => {
  const all = await fill(emulator, family, 60);
  await panel.openList(family, "?page=9");
  await expect(panel.list.rows).toHaveCount(0);
  const main = page.getByRole("main");
  await expect(main).toContainText(/past the end|no page|beyond/i);
  await main.getByRole("link", { name: /last page|page 3/i }).or(main.getByRole("button", { name: /last page|page 3/i })).click();
  await panel.list.shows(all.slice(50));
  await panel.isAt(`#/${family.slug}?page=3`);
});

test("the order is reversed, and starts at page one", async ({ panel, emulator, page }) => {
  const all = await fill(emulator, family, 40);
  await panel.openList(family, "?page=2");
  await panel.list.shows(all.slice(25));
  const header = panel.list.headers.filter({ hasText: "Started" });
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await header.getByRole("button").click();
  await panel.list.shows([...all].reverse().slice(0, 25));
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await panel.isAt(`#/${family.slug}?sort=createdAt`);
  await page.reload();
  await panel.list.shows([...all].reverse().slice(0, 25));
  await page.goBack();
  await panel.list.shows(all.slice(25));
});

test.describe("a server that gives at most ten at once", () => {
  test.use({ server: { data: "empty", maxLimit: 10 } });

  test("every job is reached, and none twice", async ({ panel, emulator }) => {
    for (const family of differing) {
      await test.step(family.slug, async () => {
        const all = await fill(emulator, family, 33);
        await panel.goToList(family);
        const seen: string[] = [];
        for (const [first, last] of [[1, 10], [11, 20], [21, 30], [31, 33]] as const) {
          await expect(panel.pages.range(first, last, 33)).toBeVisible();
          await panel.list.shows(all.slice(first - 1, last));
          seen.push(...(await panel.list.ids()));
          if (last < 33) await panel.pages.next.click();
        }
        expect(seen).toEqual(all);
        await expect(panel.pages.next).toHaveAttribute("aria-disabled", "true");
        await panel.pages.previous.click();
        await panel.list.shows(all.slice(20, 30));
      });
    }
  });

  test("a pasted link to a page finds a page of the server's size", async ({ panel, emulator, page }) => {
    const all = await fill(emulator, family, 33);
    await panel.openList(family, "?page=3");
    await panel.list.shows(all.slice(20, 30));
    await expect(panel.pages.range(21, 30, 33)).toBeVisible();
    await page.reload();
    await panel.list.shows(all.slice(20, 30));
  });

  test("all clouds reaches every job too", async ({ panel, emulator }) => {
    const all = await fill(emulator, family, 33);
    const other = families.at(-1)!;
    const others = await fill(emulator, other, 3);
    await panel.open("#/all");
    await panel.list.isLoaded();
    // 25 jobs of the first family are loaded, and all jobs of the others.
    await expect.poll(async () => (await panel.list.ids()).length).toBeGreaterThanOrEqual(25);
    await panel.page.getByRole("button", { name: "Load more" }).click();
    await panel.list.showsAnyOrder([...all, ...others]);
  });

  test("every container can be selected", async ({ panel, emulator }) => {
    const own = Array.from({ length: 34 }, (_, index) => container(family, index + 1));
    await emulator.replaceContainers(family, own);
    await panel.openList(family);
    await panel.filters.containers(family).click();
    await expect(panel.filters.checkboxes).toHaveCount(34);
  });
});

test("if the response starts elsewhere, the panel shows the range that it has", async ({ panel, emulator }) => {
  const all = jobs(family, 40, [container(family, 1)]);
  // Requested for 25 to 50, this server returns ten from 20 on.
  const body = { skip: 20, limit: 10, total: 40, resources: all.slice(20, 30) };
  await emulator.fault({ path: listPath(family), query_contains: "skip=", status: 200, body });
  await panel.openList(family, "?page=2");
  await panel.list.shows(ids(all.slice(20, 30)));
  await expect(panel.pages.range(21, 30, 40)).toBeVisible();
});

test("an answer without skip, limit and total is a page all the same", async ({ panel, emulator }) => {
  const all = jobs(family, 3, [container(family, 1)]);
  await emulator.fault({ path: listPath(family), status: 200, body: { resources: all } });
  await panel.openList(family);
  await panel.list.shows(ids(all));
  await expect(panel.pages.range(1, 3, 3)).toBeVisible();
});

test("a list of unknown length is shown to its end, and nothing is called all of it before", async ({ panel, page }) => {
  const all = jobs(family, 60, [container(family, 1)]);
  let count = 60;
  await page.route((url) => url.pathname === listPath(family), (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [skip, limit] = [Number(query.get("skip")), Number(query.get("limit"))];
    return route.fulfill({ json: { total: null, resources: all.slice(0, count).slice(skip, skip + limit) } });
  });
  await panel.openList(family);
  for (const [shown, range] of [[all.slice(0, 25), "1–25 of at least 26"], [all.slice(25, 50), "26–50 of at least 51"], [all.slice(50), "51–60 of 60"]] as const) {
    await panel.list.shows(ids(shown));
    await expect(page.getByText(range, { exact: true })).toBeVisible();
    if (shown.length === 25) await panel.pages.next.click();
  }
  await expect(panel.pages.next).toHaveAttribute("aria-disabled", "true");
  count = 50;
  await panel.refresh();
  await expect(page.getByText("This page is past the end")).toBeVisible();
  await page.getByRole("link", { name: "Go to the last page" }).click();
  await panel.list.shows(ids(all.slice(25, 50)));
});
