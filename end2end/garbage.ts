// The garbage of a page, which a browser collects at a moment of its own choice.
import type { CDPSession, Page } from "@playwright/test";

/** Collects it until nothing is left, and lets the scripts run that free what was collected. */
export async function collectGarbage(page: Page, browser: CDPSession): Promise<void> {
  // What one collection makes unreachable is collected by the next one.
  for (let pass = 0; pass < 4; pass += 1) {
    await browser.send("HeapProfiler.collectGarbage");
    // A task of its own, which the frozen clock does not hold back.
    await page.evaluate(() => true);
  }
}
