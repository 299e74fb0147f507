// Opens the page of the component tests, whose URL is this program's argument, and prints their output.
import { chromium } from "@playwright/test";

import { TEST_SWITCHES } from "./browser.mjs";

/** The time-out for all of them, in milliseconds. */
const PATIENCE = 120_000;

const browser = await chromium.launch({ args: TEST_SWITCHES, executablePath: process.env.CHROMIUM || undefined });
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error.stack ?? error.message));
await page.goto(process.argv[2]);
const output = page.locator("#output");
try {
  // The last line, whether the tests passed or failed.
  await output.getByText(/test result: /).waitFor({ timeout: PATIENCE });
} finally {
  console.log(await output.textContent());
  await browser.close();
}
