// What must hold in every view, in every state in which a person may see it: no violation that axe finds, nothing that
// scrolls the page sideways, and no pointer target that is too small.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { BAD, container, GOOD, job, running, statusKey } from "../data";
import { clouds, families, family } from "../families";
import { expect, test } from "../fixtures";
import { smallTargets } from "../targets";
import { views } from "../views";

/** The rules that look at colours: the only ones whose result depends on the theme. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** The rules that look at sizes, and at what has to be scrolled. */
const SIZES = [...COLOURS, "scrollable-region-focusable", "target-size"];

/** The viewport of WCAG 1.4.10, Reflow. */
const NARROW = { width: 320, height: 740 };

interface State {
  name: string;
  enter: (page: Page) => Promise<void>;
  leave?: (page: Page) => Promise<void>;
  /** The rules whose result may differ from that in light; all rules where it is absent. */
  rules?: string[];
  /** Whether the page must not scroll sideways. */
  reflows?: boolean;
}

/** Sets the size of the text, in percent of what a browser has without a choice. Only texts grow, as with a reader's own setting. */
const textSize = (percent: number) => async (page: Page) => {
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, percent === 100 ? "" : `${0.875 * percent}%`);
};

const states: State[] = [
  { name: "light", enter: (page) => page.emulateMedia({ colorScheme: "light" }) },
  { name: "dark", enter: (page) => page.emulateMedia({ colorScheme: "dark" }), rules: COLOURS },
  {
    name: "more contrast",
    enter: (page) => page.emulateMedia({ colorScheme: "light", contrast: "more" }),
    leave: (page) => page.emulateMedia({ contrast: "no-preference" }),
    rules: COLOURS
  },
  {
    name: "forced colours",
    enter: (page) => page.emulateMedia({ forcedColors: "active" }),
    leave: (page) => page.emulateMedia({ forcedColors: "none" }),
    rules: COLOURS
  },
  { name: "200 % text", enter: textSize(200), leave: textSize(100), rules: SIZES, reflows: true },
  { name: "320 px", enter: (page) => page.setViewportSize(NARROW), rules: SIZES, reflows: true }
];

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ server: view.server ?? {} });

    test("no violation, and no sideways scroll, in any state", async ({ panel, page }, testInfo) => {
      await view.open(panel);
      expect(await smallTargets(page), "less than 24 pixels").toEqual([]);
      const found: string[] = [];
      for (const { name, enter, leave, rules, reflows } of states) {
        await enter(page);
        // The other mode opens a page of its own for each result, to gather those of frames; the panel has none.
        // Axe stays in the page after the first state.
        const axe = new AxeBuilder({ page, axeSource: rules ? ";" : undefined })
          .setLegacyMode()
          .options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
        if (rules) axe.withRules(rules);
        // Rows of jobs are alike, so the first ten of them stand for all, but in light in the lists.
        if (rules || !view.whole) axe.exclude("table.jobs > tbody ~ tbody");
        const { violations } = await axe.analyze();
        const cells = violations.flatMap(({ id, help, nodes }) =>
          // What an open menu covers is no target until it closes.
          nodes.filter(({ failureSummary }) => !failureSummary?.includes("partially obscured")).map((node) => `${name}: ${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary}`)
        );
        if (reflows) {
          const { content, window } = await page.evaluate(() => ({
            content: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
            window: document.documentElement.clientWidth
          }));
          if (content > window) cells.push(`${name}: the page scrolls sideways: ${content} of ${window} px`);
        }
        // `accessibility_table.ts` makes the table of all views from these.
        testInfo.annotations.push({ type: `axe ${name}`, description: String(cells.length) });
        found.push(...cells);
        await leave?.(page);
      }
      expect(found).toEqual([]);
    });
  });
}

test.describe("what assistive technology reads", () => {
  test.use({ server: { data: "empty" } });

  test("a list and a detail", async ({ panel, emulator, page }) => {
    const own = [1, 2].map((number) => container(family, number));
    const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
    const details = { [statusKey(family, first)]: GOOD, [statusKey(family, second)]: BAD };
    const all = [
      job(family, 1, own, { ...running, detailed_status: { [statusKey(family, first)]: GOOD } }),
      job(family, 2, own, { detailed_status: details })
    ];
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, all);
    await panel.openList(family);
    await panel.list.shows(all.map((job) => job.id));
    await expect(page.getByRole("banner")).toMatchAriaSnapshot({ name: "banner.aria.yml" });
    await expect(page.getByRole("main")).toMatchAriaSnapshot({ name: "list.aria.yml" });
    await panel.list.link(all[1]!.id).click();
    await expect(panel.detail.rows).toHaveCount(2);
    await expect(panel.detail.region).toMatchAriaSnapshot({ name: "detail.aria.yml" });
  });

  test("a narrow list is the same table", async ({ panel, emulator, page }) => {
    const own = container(family, 1);
    const one = job(family, 1, [own]);
    await emulator.replaceJobs(family, [one]);
    await page.setViewportSize({ width: 360, height: 740 });
    await panel.openList(family);
    await expect(panel.list.row(one.id)).toBeVisible();
    // The duration does not fit here; its header is hidden too.
    await expect(panel.list.headers).toHaveText(["Outcome", "Containers", "Started", "Job"]);
    await expect(panel.list.row(one.id).getByRole("cell")).toHaveCount(4);
    await expect(panel.list.link(one.id)).toBeVisible();
  });
});

test.describe("a narrow page", () => {
  test.use({ server: { data: "believable" }, viewport: { width: 360, height: 740 } });

  test("shows a job as a page of its own, and the way back", async ({ panel, page }) => {
    await panel.openList(family);
    await panel.list.links.first().click();
    await expect(panel.detail.region).toBeVisible();
    await expect(panel.list.table).toBeHidden();
    await page.goBack();
    await expect(panel.list.table).toBeVisible();
  });

  test("keeps every outcome's word whole", async ({ panel }) => {
    for (const family of families) {
      await panel.openList(family, "?rows=100");
      await expect(panel.list.rows).not.toHaveCount(0);
      const cut = await panel.list.rows.evaluateAll((rows) =>
        rows.flatMap((row) => {
          const walker = document.createTreeWalker(row.querySelector("td")!, NodeFilter.SHOW_TEXT);
          const word = walker.nextNode()!;
          const range = document.createRange();
          range.selectNodeContents(word);
          const { right } = range.getBoundingClientRect();
          for (let around = word.parentElement; around && around !== row; around = around.parentElement) {
            const clips = getComputedStyle(around).overflowX !== "visible";
            if (clips && right > around.getBoundingClientRect().right + 1) return [word.textContent];
          }
          return [];
        })
      );
      expect(cut, family.slug).toEqual([]);
    }
  });

  test("keeps who is signed in in one line, and the domain's arrow whole", async ({ panel, emulator }) => {
    await emulator.open(false);
    await panel.open(`#/${family.slug}`);
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await expect(panel.frame.domain).toBeVisible();
    const [brand, domain, out] = await Promise.all(
      [panel.frame.brand, panel.frame.domain, panel.frame.signOut].map((part) => part.boundingBox())
    );
    const middle = ({ y, height }: { y: number; height: number }) => y + height / 2;
    expect(Math.abs(middle(brand!) - middle(out!))).toBeLessThan(4);
    const around = await panel.frame.domain.locator("..").boundingBox();
    expect(domain!.x + domain!.width).toBeLessThanOrEqual(around!.x + around!.width + 1);
  });

  test("keeps the open view of the navigation in sight", async ({ panel }) => {
    const last = clouds.at(-1)!;
    await panel.open();
    await panel.frame.link(last).click();
    await expect(panel.frame.link(last)).toBeInViewport({ ratio: 0.95 });
  });
});
