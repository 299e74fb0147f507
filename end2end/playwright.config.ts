// The configuration of the browser tests. The environment selects what is tested: KEY_SYNC_DIST is the folder of a built
// panel, KEY_SYNC_EMULATOR the emulator's executable, CHROMIUM the browser's, and KEY_SYNC_HEADLESS_SHELL that of its build
// without windows, which most tests use. Without these Playwright uses its own.
// Where KEY_SYNC_ENGINE names another engine, KEY_SYNC_BROWSER is the executable of that.
import { defineConfig } from "@playwright/test";

import { TEST_SWITCHES } from "./browser.mjs";

// The worker processes load this file too, without the command line, so they get its values from the environment.
if (process.argv.includes("--project=screenshots")) process.env.KEY_SYNC_SCREENSHOTS = "yes";
const screenshots = Boolean(process.env.KEY_SYNC_SCREENSHOTS);
// The journeys in another engine than Chromium, which is started by `engines/`.
const engine = process.env.KEY_SYNC_ENGINE;

export default defineConfig({
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // A test that passes only in a retry hides a race.
  retries: 0,
  // On two cores, because a test waits for a third of its time.
  workers: 3,
  // Long enough for a busy machine: a wait takes this long only if the test fails.
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    toMatchAriaSnapshot: { pathTemplate: "{testDir}/snapshots/{arg}{ext}" }
  },
  reporter: process.env.CI ? "dot" : "list",
  outputDir: "test-results",
  testDir: "tests",
  use: {
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      args: TEST_SWITCHES,
      executablePath: process.env.KEY_SYNC_HEADLESS_SHELL || process.env.CHROMIUM || undefined
    },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "off",
    viewport: { width: 1440, height: 900 }
  },
  projects: engine ? [{ name: engine, testDir: "engines" }] : [
    // Takes two minutes, so it starts first: else it would run alone at the end, on one of two cores.
    { name: "day", testMatch: "**/soak.spec.ts" },
    { name: "panel", testIgnore: ["**/screenshots.spec.ts", "**/soak.spec.ts"] },
    // Not part of a test run: `npm run screenshots` takes a picture of every view for people to look at.
    ...(screenshots ? [{ name: "screenshots", testMatch: "**/screenshots.spec.ts" }] : [])
  ]
});
