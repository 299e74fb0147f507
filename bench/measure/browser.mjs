// The browser that everything is measured in: the system's own.
import { createRequire } from "node:module";

import { SWITCHES } from "../../end2end/browser.mjs";
import { wanted } from "./server.mjs";

// The browser tests bring it; there is one installation for both.
const { chromium } = createRequire(new URL("../../end2end/package.json", import.meta.url))("playwright-core");

export const launch = () => chromium.launch({ executablePath: wanted("CHROMIUM"), args: SWITCHES });
