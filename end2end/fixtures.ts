// The fixtures of every test: its own emulator, the panel in a page, and a guard.
import { expect, type Page, test as base } from "@playwright/test";

import { Emulator, type Server } from "./emulator";
import { Guard } from "./guard";
import { smallTimerIds } from "./in_page.mjs";
import { Panel } from "./pages/panel";

interface Fixtures {
  /** The emulator's options; `test.use({ server: { data: "empty" } })`. */
  server: Server;
  emulator: Emulator;
  guard: Guard;
  panel: Panel;
}

export const test = base.extend<Fixtures>({
  server: [{ open: true }, { option: true }],

  emulator: async ({ server }, use) => {
    const emulator = await Emulator.start({ open: true, ...server });
    await use(emulator);
    await emulator.stop();
  },

  guard: [
    async ({ emulator, context }, use) => {
      const guard = new Guard(emulator);
      const watched: Promise<void>[] = [];
      const watch = (page: Page) =>
        guard.watch(page).catch((error) => {
          // A page that is closed at once has shown nothing.
          if (!page.isClosed()) throw error;
        });
      context.on("page", (page) => watched.push(watch(page)));
      await use(guard);
      await Promise.all(watched);
      expect(guard.breaches, "the panel must do none of this").toEqual([]);
    },
    { auto: true }
  ],

  panel: async ({ page, emulator, guard }, use) => {
    // Timers run in real time; only the date and time are the emulator's.
    await page.clock.setFixedTime(emulator.time());
    await page.addInitScript(smallTimerIds);
    await use(new Panel(page, emulator, guard));
    // A request of the background may be on its way through a test's route when the test ends, which is no error.
    const context = page.context();
    for (const routed of [context, ...context.pages()]) await routed.unrouteAll({ behavior: "ignoreErrors" });
  }
});

/** Opens the panel in another tab of the same browser context, with the same clock. */
export async function anotherTab({ page, emulator, guard }: Panel): Promise<Panel> {
  const tab = await page.context().newPage();
  await tab.addInitScript(smallTimerIds);
  return new Panel(tab, emulator, guard);
}

export { expect };
