// What every test gets: an emulator of its own, the panel in a page, and a guard that fails the test on whatever a
// panel must never do (errors in the console, a breach of its policy, a request to anywhere else).
import { expect, type Page, test as base } from "@playwright/test";

import { Emulator, type Server } from "./emulator";
import { API } from "./families";
import { smallTimerIds } from "./in_page.mjs";
import { Panel } from "./pages/panel";

interface Fixtures {
  /** The emulator's options; `test.use({ server: { data: "empty" } })`. */
  server: Server;
  emulator: Emulator;
  guard: Guard;
  panel: Panel;
}

/** Where answers of tests lead. */
const ANNOUNCED = ["sign-in.invalid", "localhost"];

/** Watches everything that happens in a page. */
export class Guard {
  readonly breaches: string[] = [];
  private readonly expected = new Set<string>();

  constructor(private readonly emulator: Emulator) {}

  /** Failures of requests that the test brings about itself: HTTP statuses, or `network` for none at all. */
  expect(...failures: (number | "network")[]): void {
    for (const failure of failures) this.expected.add(String(failure));
  }

  async watch(page: Page): Promise<void> {
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
      });
    });
    page.on("pageerror", (error) => this.breaches.push(`thrown: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      const text = message.text();
      const status = /^Failed to load resource: the server responded with a status of (\d+)/.exec(text)?.[1];
      if (status && this.isExpected(Number(status), message.location().url)) return;
      if (/^Failed to load resource: net::/.test(text) && this.expected.has("network")) return;
      this.breaches.push(`console: ${text} (${message.location().url})`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol === "data:") return;
      // The browser announces where an answer leads also where nobody follows; who did would breach the policy.
      if (request.redirectedFrom() && ANNOUNCED.includes(url.hostname)) return;
      const own = url.origin === this.emulator.address;
      const path = url.pathname;
      const known = path.startsWith(`${API}/`) || path.startsWith(new URL(this.emulator.panel).pathname);
      if (!own || !known || path.startsWith("/__emulator")) {
        this.breaches.push(`request: ${request.method()} ${request.url()}`);
      }
    });
  }

  /** Without a session the panel asks once whether a proxy signs the person in, and is refused. */
  private isExpected(status: number, url: string): boolean {
    const asksWho = status === 401 && new URL(url).pathname === `${API}/auth/self/user`;
    return this.expected.has(String(status)) || asksWho;
  }
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
      context.on("page", (page) => watched.push(guard.watch(page)));
      await use(guard);
      await Promise.all(watched);
      expect(guard.breaches, "the panel must do none of this").toEqual([]);
    },
    { auto: true }
  ],

  panel: async ({ page, emulator, guard }, use) => {
    // Timers run as ever; only the time of day is the emulator's.
    await page.clock.setFixedTime(emulator.time());
    await page.addInitScript(smallTimerIds);
    await use(new Panel(page, emulator, guard));
  }
});

/** The same panel in one more tab of the same browser, whose clock is that of the others. */
export async function anotherTab({ page, emulator, guard }: Panel): Promise<Panel> {
  const tab = await page.context().newPage();
  await tab.addInitScript(smallTimerIds);
  return new Panel(tab, emulator, guard);
}

export { expect };
