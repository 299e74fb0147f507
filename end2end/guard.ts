// Watches the pages of a test for breaches: a console error, a violation of the content security policy, a request to another
// origin. The fixtures fail the test for each breach.
import type { Page } from "@playwright/test";

import type { Emulator } from "./emulator";
import { API } from "./families";

/** Another origin, to which responses of tests redirect. */
const ANNOUNCED = ["sign-in.invalid", "localhost"];

/** Makes each breach of the page's policy an error in its console. Before the page is opened. */
export function reportViolations(): void {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
  });
}

/** Watches everything that happens in a page. */
export class Guard {
  readonly breaches: string[] = [];
  private readonly expected = new Set<string>();
  private expectsTrap = false;
  private hasEnded = false;
  private badFile: RegExp | null = null;
  /** What the browser says about files of the panel that are missing or are others, where the test expects it. */
  readonly badFiles: string[] = [];

  constructor(private readonly emulator: Emulator) {}

  /** Failed requests that the test itself causes: HTTP statuses, or `network` for a request without a response. */
  expect(...failures: (number | "network")[]): void {
    for (const failure of failures) this.expected.add(String(failure));
  }

  async watch(page: Page): Promise<void> {
    await page.addInitScript(reportViolations);
    page.on("pageerror", (error) => this.thrown(error));
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      this.error(message.text(), message.location().url);
    });
    page.on("request", (request) => this.request(request.method(), request.url(), request.redirectedFrom() !== null));
  }

  /** Errors that are thrown, which the test itself causes. */
  expectTrap(): void {
    this.expectsTrap = true;
  }

  /**
   * The test itself removes or changes a file of the panel. The browser may complain in these words at any time until the
   * test ends, also after the page has said so, because parts are loaded ahead.
   */
  expectBadFile(words: RegExp): void {
    this.badFile = words;
  }

  /** Forgets what it saw, and sees nothing more: an engine may report a breach once more, later and in words of its own. */
  end(): void {
    this.hasEnded = true;
    this.breaches.length = 0;
  }

  private breach(words: string): void {
    if (!this.hasEnded) this.breaches.push(words);
  }

  thrown(error: Error): void {
    if (this.expectsTrap) return;
    this.breach(`thrown: ${error.stack ?? error.message}`);
  }

  /** An error in the console, with the address that it is about. */
  error(text: string, address: string): void {
    const status = /^Failed to load resource: the server responded with a status of (\d+)/.exec(text)?.[1];
    if (status && this.isExpected(Number(status), address)) return;
    if (/^Failed to load resource: net::/.test(text) && this.expected.has("network")) return;
    if (this.badFile?.test(text)) {
      this.badFiles.push(text);
      return;
    }
    this.breach(`console: ${text} (${address})`);
  }

  request(method: string, address: string, redirected: boolean): void {
    const url = new URL(address);
    if (url.protocol === "data:") return;
    // The browser announces where an answer leads also where nobody follows; who did would breach the policy.
    if (redirected && ANNOUNCED.includes(url.hostname)) return;
    const own = url.origin === this.emulator.address;
    const path = url.pathname;
    const known = path.startsWith(`${API}/`) || path.startsWith(new URL(this.emulator.panel).pathname);
    if (!own || !known || path.startsWith("/__emulator")) this.breach(`request: ${method} ${address}`);
  }

  /** Without a session the panel requests the user once, in case a proxy authenticates, and gets a 401. */
  private isExpected(status: number, url: string): boolean {
    const asksWho = status === 401 && new URL(url).pathname === `${API}/auth/self/user`;
    return this.expected.has(String(status)) || asksWho;
  }
}
