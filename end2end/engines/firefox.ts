// The system's Firefox, which Puppeteer drives by WebDriver BiDi.
import { launch, type Page } from "puppeteer-core";

import { type Guard, reportViolations } from "../guard";
import type { Browser, Engine, Key } from "./engine";

export async function launchFirefox(): Promise<Browser> {
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env["KEY_SYNC_BROWSER"],
    defaultViewport: { width: 1440, height: 900 }
  });
  return {
    async newPage(guard) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.evaluateOnNewDocument(reportViolations);
      watch(page, guard);
      return new Firefox(page);
    },
    close: () => browser.close()
  };
}

function watch(page: Page, guard: Guard): void {
  page.on("pageerror", (error) => guard.thrown(error as Error));
  page.on("console", (message) => {
    if (message.type() === "error") guard.error(message.text(), message.location().url ?? "");
  });
  page.on("request", (request) => guard.request(request.method(), request.url(), request.redirectChain().length > 0));
}

class Firefox implements Engine {
  readonly name = "Firefox";

  constructor(private readonly page: Page) {}

  async open(address: string): Promise<void> {
    await this.page.goto(address, { waitUntil: "domcontentloaded" });
  }

  /** By a script: where the page comes as it was left, Puppeteer's own command waits for a load that does not happen. */
  async back(): Promise<void> {
    await this.evaluate("void history.back()");
  }

  evaluate(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }

  click(x: number, y: number): Promise<void> {
    return this.page.mouse.click(x, y);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  press(key: Key): Promise<void> {
    return this.page.keyboard.press(key === "Space" ? " " : key);
  }

  resize(width: number, height: number): Promise<void> {
    return this.page.setViewport({ width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.page.screenshot());
  }

  async handOver(): Promise<void> {}

  close(): Promise<void> {
    return this.page.browserContext().close();
  }
}
