// Watches the pages of a test for breaches: a console error, a violation of the content security policy, a request to another
// origin. The fixtures fail the test for each breach.
import type { Page } from "@playwright/test";

import type { Emulator } from "./emulator";
import { API } from "./families";

/** Another origin, to which responses of tests redirect. */
const ANNOUNCED = ["sign-in.invalid", "localhost"];

/** Starts to watch a page. */
export class Guard {
  readonly breaches: string[] = [];
  private readonly expected = new Set<string>();

  constructor(private readonly emulator: Emulator) {}

  /** Failed requests that the test itself causes: HTTP statuses, or `network` for a request without a response. */
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
      // The browser reports a redirect's target even if it is not followed; following it would violate the policy.
      if (request.redirectedFrom() && ANNOUNCED.includes(url.hostname)) return;
      const own = url.origin === this.emulator.address;
      const path = url.pathname;
      const known = path.startsWith(`${API}/`) || path.startsWith(new URL(this.emulator.panel).pathname);
      if (!own || !known || path.startsWith("/__emulator")) {
        this.breaches.push(`request: ${request.method()} ${request.url()}`);
      }
    });
  }

  /** Without a session the panel requests the user once, in case a proxy authenticates, and gets a 401. */
  private isExpected(status: number, url: string): boolean {
    const asksWho = status === 401 && new URL(url).pathname === `${API}/auth/self/user`;
    return this.expected.has(String(status)) || asksWho;
  }
}
