// Starts the browser of all measurements: the system's Chromium.
import { createRequire } from "node:module";

import { SWITCHES } from "../../end2end/browser.mjs";
import { environment } from "./server.mjs";

// Playwright is installed in end2end/, once for both.
const { chromium } = createRequire(new URL("../../end2end/package.json", import.meta.url))("playwright-core");

export const launch = () => chromium.launch({ executablePath: environment("CHROMIUM"), args: SWITCHES });
