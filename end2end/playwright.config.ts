// How the browser tests run. The program that starts them says what to test: KEY_SYNC_DIST is the folder of a built
// panel, KEY_SYNC_EMULATOR the emulator's program, CHROMIUM the browser's. Without CHROMIUM Playwright takes its own. Where KEY_SYNC_ENGINE
// names another engine, KEY_SYNC_BROWSER is the program of that.
import { defineConfig } from "@playwright/test";

import { SWITCHES } from "./browser.mjs";

// The processes that run the tests read this file too, and know of the command line only what is in the environment.
if (process.argv.includes("--project=screenshots")) process.env.KEY_SYNC_SCREENSHOTS = "yes";
const screenshots = Boolean(process.env.KEY_SYNC_SCREENSHOTS);
// The journeys in another engine than Chromium, which is started by `engines/`.
const engine = process.env.KEY_SYNC_ENGINE;

export default defineConfig({
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // A test that passes only when tried again hides a race.
  retries: 0,
  workers: 2,
  // Generous, for machines that do much else: a wait costs this much only where a test fails.
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
      args: SWITCHES,
      executablePath: process.env.CHROMIUM || undefined
    },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "off",
    viewport: { width: 1440, height: 900 }
  },
  projects: engine ? [{ name: engine, testDir: "engines" }] : [
    { name: "panel", testIgnore: "**/screenshots.spec.ts" },
    // Not part of a run: `npm run screenshots` draws every view for people to look at.
    ...(screenshots ? [{ name: "screenshots", testMatch: "**/screenshots.spec.ts" }] : [])
  ]
});
