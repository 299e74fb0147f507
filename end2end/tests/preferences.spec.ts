// Preferences: the zone of times, the theme, the height of rows, the shortcuts; and how times and numbers are written.
import type { Page } from "@playwright/test";

import { axeFindsNothing } from "../axe";
import { container, GOOD, job, statusKey } from "../data";
import { family, listPath } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import { Freshness } from "../pages/freshness";
import { takeRequests, recordRequests, settle } from "../time";

test.use({ server: { open: true, data: "empty" } });

const KEPT = "key-sync.preferences";

const own = container(family, 1, { regions: ["eu-central-1"] });

/** A job of 2 March that took 64 minutes, and one of last year. */
const today = job(family, 1, [own], {
  createdAt: "2026-03-02T06:30:00Z",
  updatedAt: "2026-03-02T07:34:00Z",
  completed_at: "2026-03-02T07:34:00Z",
  detailed_status: { [statusKey(family, own)]: GOOD }
});
const old = job(family, 2, [own], {
  createdAt: "2025-10-26T00:30:00Z",
  updatedAt: "2025-10-26T01:30:00Z",
  completed_at: "2025-10-26T01:30:00Z",
  detailed_status: { [statusKey(family, own)]: GOOD }
});

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, [own]);
  await emulator.replaceJobs(family, [today, old]);
});

const scheme = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);

test.describe("in Berlin", () => {
  test.use({ timezoneId: "Europe/Berlin" });

  test("one switch changes every time, at once and without a request", async ({ panel, page }) => {
    await recordRequests(page);
    await panel.openList(family);
    const started = await panel.list.cell(today.id, "Started");
    await expect(started).toHaveText("2 h ago");
    await expect(started).toHaveAttribute("title", "2026-03-02T07:30:00+01:00");
    await panel.list.link(today.id).click();
    await expect(panel.detail.region).toContainText("2 Mar 2026, 07:30:00 (UTC+01:00)");
    await expect(panel.detail.region).toContainText("1 h 04 min");
    await settle(panel, listPath(family));
    await takeRequests(page);
    await panel.preferences.choose("Time", "UTC");
    await expect(panel.detail.region).toContainText("2 Mar 2026, 06:30:00 UTC");
    await expect(panel.detail.region.getByTitle("2026-03-02T06:30:00Z")).toBeVisible();
    await expect(started).toHaveAttribute("title", "2026-03-02T06:30:00Z");
    await panel.preferences.choose("Time", "Local");
    await expect(panel.detail.region).toContainText("2 Mar 2026, 07:30:00 (UTC+01:00)");
    expect(await takeRequests(page)).toEqual([]);
  });

  test("it holds in All clouds, in Freshness and in History, which name the zone", async ({ panel, page }) => {
    const fresh = new Freshness(panel);
    await fresh.open(family);
    const heading = fresh.region.getByRole("columnheader", { name: /^Last good synchronization/ });
    await expect(heading).toHaveText("Last good synchronization, local time (Europe/Berlin)");
    await expect(fresh.rows.first()).toContainText("2 Mar 2026, 08:34:00");
    await panel.preferences.choose("Time", "UTC");
    await expect(heading).toHaveText("Last good synchronization, UTC");
    await expect(fresh.rows.first()).toContainText("2 Mar 2026, 07:34:00");
    await expect(fresh.tiles.first()).toHaveAttribute("title", /2 Mar 2026, 07:34:00 UTC/);
    await panel.open(`#/history/${family.slug}`);
    await expect(panel.history.chart(/Days are in UTC\.$/)).toBeVisible();
    await expect(page.getByText("back to 26 Oct 2025, 00:30:00 UTC")).toBeVisible();
    await panel.preferences.choose("Time", "Local");
    await expect(panel.history.chart(/Days are in local time \(Europe\/Berlin\)\.$/)).toBeVisible();
    // Half past two of that night was there twice.
    await expect(page.getByText("back to 26 Oct 2025, 02:30:00 (UTC+02:00)")).toBeVisible();
    await panel.history.mark(/begun 26 Oct 2025, 02:30:00 \(UTC\+02:00\)/).waitFor({ state: "attached" });
  });

  test("the repeated hour shows its offset where a heading names the zone", async ({ panel, emulator }) => {
    await emulator.replaceJobs(family, [old]);
    const fresh = new Freshness(panel);
    await fresh.open(family, "?days=365");
    await expect(fresh.rows.first()).toContainText("26 Oct 2025, 02:30:00 (UTC+01:00)");
  });
});

test("the times of a job are copied as ISO 8601", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open(`#/${family.slug}/${today.id}`);
  await panel.detail.region.getByRole("button", { name: "Copy times" }).click();
  await expect(panel.status).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "started 2026-03-02T06:30:00+00:00\nupdated 2026-03-02T07:34:00+00:00\nended 2026-03-02T07:34:00+00:00"
  );
});

for (const [locale, date, number] of [
  ["en-US", "Mar 2, 2026, 06:30:00 AM (UTC+00:00)", "1–25 of 1,200"],
  ["de-DE", "2. März 2026, 06:30:00 (UTC+00:00)", "1–25 of 1.200"],
  ["ar-EG", "2026", "1–25 of 1,200"]
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("dates and numbers are written as there, and words stay English", async ({ panel, emulator }) => {
      const many = Array.from({ length: 1200 }, (_, at) => job(family, at + 1, [own], { createdAt: "2026-03-02T06:30:00Z" }));
      await emulator.replaceJobs(family, many);
      await panel.openList(family);
      await expect(panel.pages.navigation).toContainText(number);
      await panel.go(`#/${family.slug}/${many[0]!.id}`);
      await expect(panel.detail.region.locator("time").first()).toContainText(date);
      await expect(await panel.list.cell((await panel.list.ids())[0]!, "Started")).toHaveText("2 h ago");
    });
  });
}

test("the theme is chosen, kept, and there before anything is drawn", async ({ panel, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await panel.openList(family);
  expect(await scheme(page)).toBe("light dark");
  await panel.preferences.choose("Theme", "Dark");
  await expect.poll(() => scheme(page)).toBe("dark");
  // Noted at the first paint of the next load.
  await page.addInitScript(() => {
    new PerformanceObserver((list, observer) => {
      observer.disconnect();
      Object.assign(window, { atFirstPaint: document.documentElement.dataset.theme, paints: list.getEntries().length });
    }).observe({ type: "paint", buffered: true });
  });
  await panel.openList(family);
  expect(await scheme(page)).toBe("dark");
  await expect.poll(() => page.evaluate(() => (window as unknown as { atFirstPaint: string }).atFirstPaint)).toBe("dark");
  await panel.preferences.open.click();
  await expect(panel.preferences.choice("Theme", "Dark")).toBeChecked();
  await panel.preferences.choice("Theme", "System").check();
  await expect.poll(() => scheme(page)).toBe("light dark");
});

test("compact rows are 28 pixels high instead of 36", async ({ panel }) => {
  await panel.openList(family);
  const height = async () => (await panel.list.row(today.id).boundingBox())!.height;
  expect(await height()).toBe(36);
  await panel.preferences.choose("Rows", "Compact");
  await expect.poll(height).toBe(28);
  await panel.preferences.choose("Rows", "Comfortable");
  await expect.poll(height).toBe(36);
});

test("a change is followed by another tab, and is kept in this browser alone", async ({ panel, page, emulator }) => {
  await panel.openList(family);
  const other = await anotherTab(panel);
  await other.page.clock.setFixedTime(emulator.time());
  await other.open(`#/${family.slug}/${today.id}`);
  await expect(other.detail.region).toContainText("2 Mar 2026, 06:30:00 (UTC+00:00)");
  await panel.preferences.choose("Time", "UTC");
  await expect(other.detail.region).toContainText("2 Mar 2026, 06:30:00 UTC");
  const kept = await page.evaluate((name) => localStorage.getItem(name), KEPT);
  expect(JSON.parse(kept!)).toEqual({ time: "utc", theme: "system", rows: "comfortable", shortcuts: true });
  for (const { method } of await emulator.requests()) expect(method).toBe("GET");
});

test("a browser without storage keeps them until the page closes", async ({ panel, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await panel.open(`#/${family.slug}/${today.id}`);
  await panel.preferences.choose("Time", "UTC");
  await expect(panel.detail.region).toContainText("2 Mar 2026, 06:30:00 UTC");
});

test("what is stored may be anything", async ({ panel, page }) => {
  for (const kept of ["", "null", "{", "[]", '{"time":7,"theme":{},"rows":"tiny","shortcuts":"no"}']) {
    await test.step(kept, async () => {
      // At each load all of these run, and the last one counts. The blank page between two loads has no storage.
      await page.addInitScript(([name, kept]) => {
        if (location.protocol === "http:") localStorage.setItem(name!, kept!);
      }, [KEPT, kept]);
      await panel.openList(family);
      expect(await scheme(page)).toBe("light dark");
      await panel.preferences.open.click();
      await expect(panel.preferences.choice("Time", "Local")).toBeChecked();
      await expect(panel.preferences.choice("Rows", "Comfortable")).toBeChecked();
      await expect(panel.preferences.shortcuts).toBeChecked();
    });
  }
});

test("the menu is usable by keyboard, and axe finds nothing in it", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.preferences.open.focus();
  await page.keyboard.press("Enter");
  await expect(panel.preferences.group("Theme")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(panel.preferences.choice("Time", "Local")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(panel.preferences.choice("Time", "UTC")).toBeChecked();
  for (const name of ["System", "Comfortable"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("radio", { name })).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(panel.preferences.shortcuts).toBeFocused();
  await page.keyboard.press("Space");
  await expect(panel.preferences.shortcuts).not.toBeChecked();
  await axeFindsNothing(page);
  await page.keyboard.press("Escape");
  await expect(panel.preferences.group("Theme")).toHaveCount(0);
  await expect(panel.preferences.open).toBeFocused();
});

test("with forced colours and more contrast everything is told by words, and what is selected is seen", async ({ panel, page }) => {
  await page.emulateMedia({ forcedColors: "active", contrast: "more" });
  await panel.openList(family);
  await panel.preferences.open.click();
  await expect(panel.list.row(today.id).getByText("Completed")).toBeVisible();
  const colour = (name: string) =>
    panel.preferences.group("Time").getByText(name, { exact: true }).evaluate((word) => getComputedStyle(word).backgroundColor);
  expect(await colour("Local")).not.toBe(await colour("UTC"));
});

test.describe("on paper", () => {
  test("a list has its view, its time, its filters and its rows, and nothing to press", async ({ panel, page }) => {
    await panel.openList(family, `?status=completed&${family.filter}=${own.name}`);
    await expect(panel.preferences.open).toBeVisible();
    await expect(page.getByText("Printed")).toBeHidden();
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText(/^Printed 2 Mar 2026, 09:00:00 \(UTC\+00:00\)$/)).toBeVisible();
    await expect(page.getByText(`Status: Completed · ${family.title}: ${own.name}`)).toBeVisible();
    await expect(panel.list.row(today.id)).toBeVisible();
    await expect(panel.frame.clouds).toBeHidden();
    for (const control of await page.getByRole("button").all()) {
      // The head of the column that is sorted is a button and is read.
      if ((await control.innerText()).trim() !== "Started") await expect(control).toBeHidden();
    }
    const table = await panel.list.table.evaluate((table) => ({
      table: getComputedStyle(table).display,
      head: getComputedStyle(table.querySelector("thead")!).display,
      rows: [...table.querySelectorAll("tbody tr, .quiet, a")].map((one) => getComputedStyle(one).color)
    }));
    expect(table).toMatchObject({ table: "table", head: "table-header-group" });
    for (const colour of table.rows) expect(colour).toBe("rgb(0, 0, 0)");
  });

  test("a job and Freshness are black on white too, in the dark theme as well", async ({ panel, page }) => {
    await panel.open(`#/${family.slug}/${today.id}`);
    await expect(panel.detail.region).toContainText("1 h 04 min");
    await panel.preferences.choose("Theme", "Dark");
    await page.emulateMedia({ media: "print" });
    expect(await scheme(page)).toBe("light");
    await expect(panel.detail.region.getByRole("button", { name: "Start again" })).toBeHidden();
    await expect(panel.detail.region).toContainText("2 Mar 2026, 06:30:00");
    await page.emulateMedia({ media: "screen" });
    await new Freshness(panel).open(family);
    await expect(panel.preferences.open).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText("Out of date after 7 days")).toBeVisible();
    await expect(page.getByRole("table", { name: "Freshness by container" })).toBeVisible();
    await expect(page.getByRole("combobox")).toHaveCount(0);
  });
});
