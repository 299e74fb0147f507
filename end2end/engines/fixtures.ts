// What every journey gets: an emulator of its own, and the panel in the engine that KEY_SYNC_ENGINE names.
import { expect, test as base } from "@playwright/test";

import { Emulator, type Server } from "../emulator";
import { Guard } from "../guard";
import type { Browser, Engine } from "./engine";
import { launchFirefox } from "./firefox";
import { Part } from "./screen";
import { launchWebKit } from "./webkit";

interface Fixtures {
  server: Server;
  emulator: Emulator;
  guard: Guard;
  engine: Engine;
  /** The whole page, in which parts are found. */
  screen: Part;
}

/** Where the engine is not to be had, what would be tested in it counts as skipped. */
export const isMissing = !process.env["KEY_SYNC_BROWSER"];

const launch: Record<string, () => Promise<Browser>> = { firefox: launchFirefox, webkit: launchWebKit };

export const test = base.extend<Fixtures, { browserOfAll: Browser }>({
  browserOfAll: [
    async ({}, use) => {
      const browser = await launch[process.env["KEY_SYNC_ENGINE"]!]!();
      await use(browser);
      await browser.close();
    },
    { scope: "worker" }
  ],

  server: [{}, { option: true }],

  emulator: async ({ server }, use) => {
    const emulator = await Emulator.start({ data: "empty", ...server });
    await use(emulator);
    await emulator.stop();
  },

  guard: async ({ emulator }, use) => use(new Guard(emulator)),

  engine: async ({ browserOfAll, guard }, use, info) => {
    const engine = await browserOfAll.newPage(guard);
    await use(engine);
    if (info.status !== info.expectedStatus) {
      await info.attach("screenshot", { body: await engine.screenshot(), contentType: "image/png" });
    }
    await engine.close();
    expect(guard.breaches, "the panel must do none of this").toEqual([]);
  },

  screen: async ({ engine }, use) => use(new Part(engine))
});

export { expect };
