// WebKitGTK's own small browser, which its driver steers by WebDriver, on a screen that nobody sees.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { expect } from "@playwright/test";
import webdriver, { type WebDriver } from "selenium-webdriver";

import type { Guard } from "../guard";
import type { Browser, Engine, Key } from "./engine";

const KEYS: Record<Key, string> = {
  ArrowDown: webdriver.Key.ARROW_DOWN,
  Enter: webdriver.Key.ENTER,
  Escape: webdriver.Key.ESCAPE,
  Space: webdriver.Key.SPACE,
  Tab: webdriver.Key.TAB
};

/** Its screen, its driver and all that these start. */
export async function launchWebKit(): Promise<Browser> {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"]
  });
  const display = await firstLine(screen, screen.stdio[3] as NodeJS.ReadableStream);
  const port = await freePort();
  // Without a window manager no window is ever the active one, and without a bus of its own the browser looks for the person's.
  const driver = spawn("dbus-run-session", ["--", "sh", "-c", `openbox & exec "$KEY_SYNC_BROWSER" --port=${port}`], {
    detached: true,
    env: { ...process.env, DISPLAY: `:${display}`, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", NO_AT_BRIDGE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" },
    stdio: "ignore"
  });
  const address = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(`${address}/status`).then((answer) => answer.ok, () => false), "the driver answers").toBe(true);
  return {
    async newPage(guard) {
      const page = await new webdriver.Builder()
        .usingServer(address)
        .withCapabilities({ browserName: "MiniBrowser" })
        .build();
      const engine = new WebKit(page, guard);
      await engine.resize(1440, 900);
      return engine;
    },
    async close() {
      process.kill(-driver.pid!, "SIGKILL");
      screen.kill("SIGKILL");
    }
  };
}

class WebKit implements Engine {
  readonly name = "WebKit";

  constructor(
    private readonly page: WebDriver,
    private readonly guard: Guard
  ) {}

  async open(address: string): Promise<void> {
    await this.handOver();
    await this.page.get(address);
    await this.handOver();
  }

  /** By the driver: of a script that runs while its document goes, the answer may never come. */
  async back(): Promise<void> {
    await this.handOver();
    await this.page.navigate().back();
    await this.handOver();
  }

  evaluate(expression: string): Promise<unknown> {
    return this.page.executeScript(`(${noteErrors})(); return ${expression}`);
  }

  /** Gives the errors of this document to the guard. */
  async handOver(): Promise<void> {
    for (const error of (await this.evaluate("window.errors.splice(0)")) as string[]) this.guard.error(error, "");
  }

  async click(x: number, y: number): Promise<void> {
    await this.page.actions().move({ x, y, duration: 0 }).click().perform();
  }

  async type(text: string): Promise<void> {
    await this.page.actions().sendKeys(text).perform();
  }

  async press(key: Key): Promise<void> {
    await this.type(KEYS[key]);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.page.manage().window().setRect({ width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.page.takeScreenshot(), "base64");
  }

  async close(): Promise<void> {
    await this.handOver();
    await this.page.quit();
  }
}

/**
 * The page's side of `handOver`. WebDriver runs nothing before a document's own scripts, and the browser's own log of the console
 * is off while it is driven: so every look at the page makes sure that its document notes its errors.
 */
function noteErrors(): void {
  const page = window as unknown as { errors?: string[] };
  if (page.errors) return;
  const errors: string[] = (page.errors = []);
  const write = console.error;
  console.error = (...words) => {
    errors.push(words.join(" "));
    write.apply(console, words);
  };
  addEventListener("error", (event) => errors.push(event.message));
  addEventListener("unhandledrejection", (event) => errors.push(`unhandled: ${event.reason}`));
  document.addEventListener("securitypolicyviolation", (event) =>
    errors.push(`policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`)
  );
}

async function firstLine(process: ChildProcess, stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    process.once("error", reject);
    process.once("exit", (code) => reject(new Error(`${process.spawnfile} ended with ${code}`)));
    createInterface({ input: stream }).once("line", resolve);
  });
}

/** The driver takes no port of its own choice. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
