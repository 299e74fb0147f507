// Takes a screenshot of every view, for people to look at, into screenshots/. Not part of a test run: `npm run screenshots`.
import { test } from "../fixtures";
import { views } from "../views";

const folder = new URL("../screenshots/", import.meta.url).pathname;
const WIDTHS = [
  [360, 740],
  [1440, 900],
  [2560, 1440]
] as const;

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ server: view.server ?? {} });

    for (const [width, height] of WIDTHS) {
      test(`${width} pixels wide`, async ({ panel, page }) => {
        await page.setViewportSize({ width, height });
        await view.open(panel);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: `${folder}${view.name}-${width}-${colorScheme}.png` });
        }
      });
    }
  });
}
