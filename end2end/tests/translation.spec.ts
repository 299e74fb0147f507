// Translators and extensions that change the document: each row still shows exactly one job.
import type { Page } from "@playwright/test";

import { container, ids, type Job, jobs, running } from "../data";
import { API, families, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

test.use({ server: { data: "empty" } });

const own = [1, 2, 3, 4].map((number) => container(family, number));
const all = jobs(family, 75, own);

/** The ways in which a translator inserts an element around a text. */
const WAYS = ["around the text", "in place of the text", "twice, in place of the text"] as const;

/** Changes every text of the page as a translator does. */
async function translate(page: Page, way: (typeof WAYS)[number]): Promise<void> {
  await page.evaluate((way) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walk.nextNode()) texts.push(walk.currentNode as Text);
    for (const text of texts) {
      const font = document.createElement("font");
      text.replaceWith(font);
      if (way === "around the text") {
        font.append(text);
        continue;
      }
      const inside = way.startsWith("twice") ? font.appendChild(document.createElement("font")) : font;
      inside.append(text.data);
    }
  }, way);
}

/** The content of each row: its link's job, its text, and its colour. */
async function rows(panel: Panel): Promise<string[]> {
  return panel.list.rows.evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.querySelectorAll("[role=cell]")].map((cell) => (cell as HTMLElement).innerText.trim().replaceAll(/\s+/g, " "));
      const outcome = row.querySelector("[role=cell] svg")!;
      return [row.querySelector("a")!.getAttribute("href")!.split("?")[0], ...cells, getComputedStyle(outcome).color].join(" | ");
    })
  );
}

async function turn(panel: Panel, shown: Job[]): Promise<void> {
  await panel.pages.next.click();
  await panel.list.shows(ids(shown));
}

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
});

test("the page disables translation, and where a translator adds elements each row shows one job, over page turns and refreshes", async ({
  panel,
  emulator,
  page
}) => {
  await panel.openList(family);
  await expect(page.locator("html")).toHaveAttribute("translate", "no");
  await expect(page.locator("meta[name=google]")).toHaveAttribute("content", "notranslate");
  // The rows without any translator.
  await panel.list.shows(ids(all.slice(0, 25)));
  await turn(panel, all.slice(25, 50));
  const second = await rows(panel);
  await turn(panel, all.slice(50));
  const third = await rows(panel);

  for (const way of WAYS) {
    await test.step(way, async () => {
      await emulator.replaceJobs(family, all);
      // Without what the way before has left in the document.
      await panel.openList(family);
      await panel.list.shows(ids(all.slice(0, 25)));
      await translate(page, way);
      await turn(panel, all.slice(25, 50));
      expect(await rows(panel)).toEqual(second);
      await translate(page, way);
      await turn(panel, all.slice(50));
      expect(await rows(panel)).toEqual(third);

      // One row changes, the others do not.
      await translate(page, way);
      const changed = { ...all[60]!, overall_status: "failed", detailed_status: {} };
      await emulator.replaceJobs(family, all.map((job) => (job === all[60] ? changed : job)));
      await panel.refresh();
      await expect(panel.list.row(changed.id)).toContainText("Failed");
      const now = await rows(panel);
      expect(now.toSpliced(10, 1)).toEqual(third.toSpliced(10, 1));
      expect(now[10]).toContain("Failed");
    });
  }
});

test("a running row keeps counting, its controls and the focus", async ({ panel, emulator, page }) => {
  const going = { ...all[0]!, ...running, detailed_status: {} };
  await emulator.replaceJobs(family, [going, ...all.slice(1)]);
  await panel.openList(family);
  await expect(panel.list.row(going.id)).toContainText("1 min");
  await panel.list.link(going.id).focus();
  await translate(page, "in place of the text");
  await panel.advance(64);
  await expect(panel.list.row(going.id)).toContainText("2 min 04 s");
  await expect(panel.list.row(going.id)).toContainText("2 min ago");
  await expect(panel.list.row(going.id)).not.toContainText("1 min");
  await expect(panel.list.link(going.id)).toBeFocused();
  await expect(panel.list.watch(going.id)).toHaveCount(1);
  await panel.list.watch(going.id).click();
  await panel.refresh();
  await expect(panel.list.watch(going.id)).toHaveAttribute("aria-pressed", "true");
});

test("in all clouds each row shows one job, too", async ({ panel, emulator, page }) => {
  for (const one of families) await emulator.replaceJobs(one, jobs(one, 3, []));
  await panel.open();
  await panel.waitUntilIdle(...families.flatMap((one) => [listPath(one), API + one.containersPath]));
  const before = await rows(panel);
  await translate(page, "in place of the text");
  const [first, last] = [families[0]!, families.at(-1)!];
  for (const one of [first, last]) await emulator.replaceJobs(one, jobs(one, 3, []).map((job) => ({ ...job, overall_status: "failed" })));
  await panel.refresh();
  await expect(panel.list.rows.filter({ hasText: "Failed" })).toHaveCount(families.length + 4);
  const now = await rows(panel);
  const isOfThese = (row: string) => [first, last].some((one) => row.includes(`/${one.slug}/`));
  expect(now.filter((row) => !isOfThese(row))).toEqual(before.filter((row) => !isOfThese(row)));
  for (const row of now.filter(isOfThese)) expect(row).toContain("Failed");
});

test("elements that an extension adds between rows and groups do not affect their order", async ({ panel, emulator, page }) => {
  await panel.openList(family);
  await panel.list.shows(ids(all.slice(0, 25)));
  await page.evaluate(() => {
    const table = document.querySelector("tbody")!.parentElement!;
    for (const place of [...table.querySelectorAll("tbody > *, tbody")]) place.after(document.createElement("font"));
    table.append(document.createElement("font"));
  });
  const next = jobs(family, 3, own).map((job, at) => ({ ...job, id: `new-${at}`, createdAt: new Date(emulator.time().getTime() - at * 1000).toISOString() }));
  await emulator.addJobs(family, next);
  await panel.refresh();
  await panel.list.shows([...ids(next), ...ids(all.slice(0, 22))]);
  await turn(panel, all.slice(22, 47));
});
