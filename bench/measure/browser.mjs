// The browser that everything is measured in: the system's own, with as little as possible going on beside the page.
import { createRequire } from "node:module";

import { wanted } from "./server.mjs";

// The browser tests bring it; there is one installation for both.
const { chromium } = createRequire(new URL("../../end2end/package.json", import.meta.url))("playwright-core");

const SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/**
 * Pages that the browser loads for its own address bar beside each new window, some three hundred scripts in a process of
 * their own: on two cores that is more work than a whole visit, and it fell on whoever was measured just then. Nobody sees
 * them here. Switched off with what the library switches off in such a list, of which the last counts.
 */
const OWN_PAGES = ["PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

export const launch = () =>
  chromium.launch({
    executablePath: wanted("CHROMIUM"),
    args: [...SWITCHES, `--disable-features=${["PaintHolding", "HttpsUpgrades", ...OWN_PAGES]}`]
  });
