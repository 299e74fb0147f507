// Layout by bounding boxes: nothing is cut off, no control is too small to be pressed, texts can be selected.
import type { Locator } from "@playwright/test";

import { before, container, containers, job, running, schedule } from "../data";
import { allClouds, clouds, families, family, type Family, keySources, listPath, ofCloud, scheduled } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

const box = async (place: Locator) => (await place.boundingBox())!;

/** Whether an element is narrower than its content. */
const isCut = (place: Locator) => place.evaluate((element) => element.scrollWidth > element.clientWidth + 1);

/** Signs in to a panel where each of these families has twelve failed jobs, so that every cloud has a count. */
async function signInToFailures(panel: Panel, all: Family[]): Promise<void> {
  const { emulator } = panel;
  await emulator.open(false);
  for (const own of all) {
    const bad = Array.from({ length: 12 }, (_, index) => job(own, index + 1, [], { overall_status: "failed" }));
    await emulator.replaceJobs(own, bad.map((one, index) => ({ ...one, [own.jobField]: [`x-${index}`] })));
  }
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
}

const marked = (panel: Panel) => panel.page.evaluate(() => String(getSelection()));

/** Selects a whole text by dragging. */
async function markAll(panel: Panel, text: Locator) {
  const { x, y, width, height } = await box(text);
  await panel.page.mouse.move(x + 1, y + height / 2);
  await panel.page.mouse.down();
  await panel.page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  await panel.page.mouse.move(x + width - 1, y + height / 2, { steps: 4 });
  await panel.page.mouse.up();
}

test.describe("a row", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("lets its texts be selected, and opens by a press on any of them", async ({ panel, emulator, page }) => {
    const own = container(family, 1);
    const one = job(family, 1, [own], { [family.jobField]: [own.name], regions: undefined });
    await emulator.replaceContainers(family, [own]);
    await emulator.replaceJobs(family, [one]);
    for (const size of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      await test.step(String(size.width), async () => {
        await page.setViewportSize(size);
        await panel.openList(family);
        // What comes with the second part moves the rows.
        await expect(panel.frame.help).toBeVisible();
        const name = panel.list.row(one.id).getByText(own.name, { exact: true });
        await markAll(panel, name);
        expect(await marked(panel)).toContain(own.name.slice(2, -2));
        await panel.isAt(`#/${family.slug}`);
        const id = panel.list.link(one.id).locator("code");
        await markAll(panel, id);
        expect(await marked(panel)).toContain("…");
        await panel.isAt(`#/${family.slug}`);
        await expect(panel.detail.region).toHaveCount(0);

        await name.click();
        await panel.isAt(`#/${family.slug}/${one.id}`);
        await page.goBack();
        await panel.list.row(one.id).getByText("Completed").click();
        await panel.isAt(`#/${family.slug}/${one.id}`);
        await page.goBack();
        await id.click();
        await panel.isAt(`#/${family.slug}/${one.id}`);
        await page.goBack();
        // By the keyboard, also with selected text.
        await markAll(panel, name);
        await panel.list.link(one.id).press("Enter");
        await panel.isAt(`#/${family.slug}/${one.id}`);
      });
    }
  });

  test("opens in a tab of its own by a press with Ctrl on a text", async ({ panel, emulator, context }) => {
    const one = job(family, 1, []);
    await emulator.replaceJobs(family, [one]);
    await panel.openList(family);
    const [other] = await Promise.all([
      context.waitForEvent("page"),
      panel.list.row(one.id).getByText("Completed").click({ modifiers: ["Control"] })
    ]);
    await expect(other).toHaveURL(new RegExp(`#/${family.slug}/${one.id}$`));
    await panel.isAt(`#/${family.slug}`);
  });

  test("shows the whole text of how long nothing has changed", async ({ panel, emulator, page }) => {
    const own = Array.from({ length: 128 }, (_, index) => container(family, index + 1));
    const old = { createdAt: before(44_000), updatedAt: before(43_930) };
    const one = job(family, 1, own, { ...running, ...old });
    await emulator.replaceJobs(family, [one]);
    for (const size of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
      await test.step(String(size.width), async () => {
        await page.setViewportSize(size);
        await panel.openList(family);
        const row = panel.list.row(one.id);
        const still = row.getByText("no change for 12 h 12 min");
        const cell = row.getByRole("cell").first();
        const [inner, outer, whole] = [await box(still), await box(cell), await box(row)];
        expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 1);
        expect(inner.y + inner.height).toBeLessThanOrEqual(whole.y + whole.height + 1);
        expect(await isCut(cell)).toBe(false);
      });
    }
  });

  test("has space for its bell with the widest id", async ({ panel, emulator, page }) => {
    const one = job(family, 1, [], running);
    await emulator.replaceJobs(family, [one]);
    await panel.openList(family);
    await panel.list.link(one.id).locator("code").evaluate((code) => (code.style.letterSpacing = "4px"));
    const [bell, cell] = [await box(panel.list.watch(one.id)), await box(await panel.list.cell(one.id, "Job"))];
    expect(bell.x + bell.width).toBeLessThanOrEqual(cell.x + cell.width);
    await page.mouse.click(bell.x + bell.width - 3, bell.y + bell.height / 2);
    await expect(panel.list.watch(one.id)).toHaveAttribute("aria-pressed", "true");
  });
});

/** What is wrong with the columns of a table: what lies on the next cell or ends outside the region, at this width. */
const misplaced = (table: Locator) =>
  table.evaluate((table) => {
    const region = table.parentElement!.getBoundingClientRect();
    // The head of cards is for screen readers only.
    const rows = [...table.querySelectorAll("tr")].filter((row) => getComputedStyle(row.parentElement!).position !== "absolute");
    return rows.flatMap((row) => {
      const cells = [...row.children].filter((cell) => cell.getBoundingClientRect().width > 0);
      return cells.flatMap((cell, at) => {
        const { left, right, bottom, width } = cell.getBoundingClientRect();
        const next = cells[at + 1]?.getBoundingClientRect();
        const wrong: string[] = [];
        if (left < region.left - 1 || right > region.right + 1) wrong.push("outside");
        if (next && next.top < bottom - 1 && next.left < right - 1 && next.right > left + 1) wrong.push("on the next");
        if (cell.matches("td.c-containers") && cell.textContent && width < 90) wrong.push(`${Math.round(width)} px wide`);
        return wrong.map((what) => `${cell.className}: ${what}`);
      });
    });
  });

test.describe("every column is in sight and beside the others", () => {
  test.use({ server: { open: true, data: "believable" } });

  const widths = [1440, 1366, 1280, 1200, 1180, 1100, 1024, 900, 768, 720];

  test("in the lists, also beside an open job", async ({ panel, page }) => {
    await panel.open("#/all");
    await panel.list.isLoaded();
    await expect(panel.list.links.first()).toBeVisible();
    const fits = async (some = widths) => {
      for (const width of some) {
        await page.setViewportSize({ width, height: 800 });
        await expect.poll(() => misplaced(panel.list.table), String(width)).toEqual([]);
        // The tools of the header come later, and take their place.
        const cut = async () => {
          const [nav, link] = [await box(panel.frame.clouds), await box(panel.frame.link("Schedules"))];
          return link.x + link.width - (nav.x + nav.width);
        };
        await expect.poll(cut, `the navigation at ${width}`).toBeLessThanOrEqual(1);
      }
    };
    await test.step("several clouds", () => fits());
    await test.step("one cloud", async () => {
      await panel.goToList(family);
      await fits();
    });
    await test.step("several clouds beside a job", async () => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await panel.go("#/all");
      await panel.list.links.first().press("Enter");
      await expect(panel.detail.region).toBeVisible();
      await fits([1440, 1280, 1180]);
    });
  });

  test("with a text that the browser shows twice as large", async ({ panel, page }) => {
    const browser = await page.context().newCDPSession(page);
    await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    await panel.open("#/all");
    await panel.list.isLoaded();
    // What comes with the second part moves the rows.
    await expect(panel.frame.help).toBeVisible();
    for (const width of [2880, 2360, 1800, 1440, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => misplaced(panel.list.table), String(width)).toEqual([]);
      // The text of a row stays in the row. Both are measured at one moment.
      const [text, row] = await panel.list.links.first().evaluate((link) =>
        [link, link.closest("tr")!].map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom }))
      );
      expect(text!.top, String(width)).toBeGreaterThanOrEqual(row!.top);
      expect(text!.bottom, String(width)).toBeLessThanOrEqual(row!.bottom);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });

  test("in the schedules", async ({ panel, page }) => {
    await panel.schedules.open();
    const table = page.locator("table.schedules");
    await expect(table).toBeVisible();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => misplaced(table), String(width)).toEqual([]);
    }
  });
});

test.describe("the frame", () => {
  test.use({ server: { open: true, data: "empty" } });

  test("fits all links of the navigation at 1280 pixels, with a count on every cloud", async ({ panel, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await signInToFailures(panel, families);
    for (const cloud of clouds) {
      const count = String(12 * ofCloud(cloud).length);
      await expect(panel.frame.link(cloud)).toHaveText(`${cloud}${count}`);
    }
    const nav = await box(panel.frame.clouds);
    const last = await box(panel.frame.link("Needs attention"));
    expect(last.x + last.width).toBeLessThanOrEqual(nav.x + nav.width + 1);
    const out = await box(panel.frame.signOut);
    expect(out.x + out.width).toBeLessThanOrEqual(1280);
  });

  test.describe("with the key sources too", () => {
    test.use({ server: { open: true, data: "empty", keySources: true, config: { views: allClouds } } });

    test("fits all links of the navigation in one line, with a count on every cloud", async ({ panel, page }) => {
      const all: Family[] = [...families, ...keySources];
      await signInToFailures(panel, all);
      // The wider one first: what is still laid out for it does not fit the other.
      for (const width of [1440, 1280]) {
        await test.step(String(width), async () => {
          await page.setViewportSize({ width, height: 900 });
          for (const cloud of allClouds) {
            const count = 12 * all.filter((one) => one.cloud === cloud).length;
            await expect(panel.frame.link(cloud)).toHaveText(`${cloud}${count}`);
          }
          const nav = await box(panel.frame.clouds);
          const links = await Promise.all((await panel.frame.clouds.getByRole("link").all()).map(box));
          expect(links).toHaveLength(allClouds.length + 3);
          expect(new Set(links.map(({ y }) => y)).size, "one line").toBe(1);
          expect(links[0]!.x).toBeGreaterThanOrEqual(0);
          const last = links.at(-1)!;
          expect(last.x + last.width).toBeLessThanOrEqual(Math.min(nav.x + nav.width, width));
          const out = await box(panel.frame.signOut);
          expect(out.x + out.width).toBeLessThanOrEqual(width);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          // An open job is never below the header, wherever the page is scrolled to.
          await panel.frame.link(family.cloud).click();
          await panel.list.isLoaded();
          const header = await box(panel.frame.banner);
          await panel.list.links.first().press("Enter");
          await expect(panel.detail.button("Start again")).toBeVisible();
          await page.mouse.wheel(0, 400);
          await expect.poll(async () => (await box(panel.detail.region)).y).toBeGreaterThanOrEqual(header.y + header.height);
          await panel.frame.link("All clouds").click();
          await expect(panel.detail.region).toHaveCount(0);
        });
      }
    });

    test("scrolls the links sideways and not the page at 360 pixels", async ({ panel, page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await panel.open(`#/${keySources[0]!.slug}`);
      await panel.waitUntilIdle(...keySources.map(listPath));
      const [link, nav] = [await box(panel.frame.link(keySources[0]!.cloud)), await box(panel.frame.clouds)];
      expect(link.x).toBeGreaterThanOrEqual(nav.x);
      expect(link.x + link.width).toBeLessThanOrEqual(nav.x + nav.width);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  });

  test("keeps the header in one line", async ({ panel, emulator, page }) => {
    // The widest one first: what is still laid out for it does not fit the others.
    const [first, ...others] = [360, 345, 320];
    await page.setViewportSize({ width: first!, height: 740 });
    await emulator.open(false);
    await panel.open();
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await expect(panel.frame.domain).toBeVisible();
    const middle = async (place: Locator) => {
      const { y, height } = await box(place);
      return y + height / 2;
    };
    for (const width of [first!, ...others]) {
      await test.step(String(width), async () => {
        await page.setViewportSize({ width, height: 740 });
        const at = await middle(panel.frame.brand);
        for (const part of [panel.frame.domain, panel.frame.signOut]) {
          expect(Math.abs((await middle(part)) - at)).toBeLessThan(4);
          const { x, width: wide } = await box(part);
          expect(x + wide).toBeLessThanOrEqual(width);
          expect(wide).toBeGreaterThanOrEqual(24);
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      });
    }
  });
});

test("the charts of a history fill their width at ten days", async ({ panel, emulator }) => {
  const days = Array.from({ length: 10 }, (_, index) => {
    const at = index * 86_400;
    return job(family, index + 1, [], { createdAt: before(at + 60), updatedAt: before(at), completed_at: before(at) });
  });
  await emulator.replaceJobs(family, days);
  await panel.open(`#/history/${family.slug}`);
  await expect(panel.history.days).toBeVisible();
  const [picture, place] = [await box(panel.history.days), await box(panel.history.chartArea("Jobs per day"))];
  expect(place.x + place.width - (picture.x + picture.width)).toBeLessThanOrEqual(32);
});

test.describe("a row that is a card", () => {
  test.use({ server: { open: true, data: "empty" }, viewport: { width: 360, height: 740 } });

  /** Where the first letter of each cell stands that has a line of its own. */
  const beginnings = (row: Locator) =>
    row.evaluate((row) =>
      [...row.children].flatMap((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        const [first] = [...range.getClientRects()].filter(({ width }) => width > 0);
        const { left } = row.getBoundingClientRect();
        return first && first.left < left + 100 ? [Math.round(first.left - left)] : [];
      })
    );

  test("begins each line at the same place: schedules, freshness", async ({ panel, emulator }) => {
    const own = containers(scheduled[0]!, 2);
    await emulator.replaceContainers(scheduled[0]!, own);
    await emulator.replaceSchedules([schedule(scheduled[0]!, 1, own)]);
    await emulator.replaceJobs(scheduled[0]!, [job(scheduled[0]!, 1, own)]);
    await panel.schedules.open();
    const lines = await beginnings(panel.schedules.row("schedule-1"));
    expect(lines.length).toBeGreaterThan(4);
    expect(new Set(lines)).toEqual(new Set([12]));
    await panel.open(`#/freshness/${scheduled[0]!.slug}`);
    const row = panel.page.getByRole("table", { name: "Freshness by container" }).locator("tbody").getByRole("row").first();
    await expect(row).toBeVisible();
    expect(new Set(await beginnings(row))).toEqual(new Set([12]));
  });
});
