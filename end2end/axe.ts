// What axe finds in an open dialog or panel.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Axe finds no violation in the page as it stands, in light and in dark. */
export async function axeFindsNothing(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${colorScheme}: ${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary}`)
    );
    expect(found).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
