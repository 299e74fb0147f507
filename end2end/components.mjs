// Runs the component tests, whose page is served at the address that this program is given, and prints what they say.
import { chromium } from "@playwright/test";

import { SWITCHES } from "./browser.mjs";

/** How long all of them may take, in milliseconds. */
const PATIENCE = 120_000;

const browser = await chromium.launch({ args: SWITCHES, executablePath: process.env.CHROMIUM || undefined });
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error.stack ?? error.message));
await page.goto(process.argv[2]);
const output = page.locator("#output");
try {
  // The last line, whether they passed or not.
  await output.getByText(/test result: /).waitFor({ timeout: PATIENCE });
} finally {
  console.log(await output.textContent());
  await browser.close();
}
