// Records the strings that the panel has parsed as HTML, which may only be the static elements of its views.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page } from "@playwright/test";

declare global {
  /** The strings recorded in a page. */
  var readAsHtml: string[] | undefined;
}

/** Records each string that is passed to the page's Trusted Types policy. Call it before the page is opened. */
export async function noteHtml(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.readAsHtml = [];
    const create = trustedTypes.createPolicy.bind(trustedTypes);
    trustedTypes.createPolicy = ((name: string, rules: TrustedTypePolicyOptions) =>
      create(name, {
        ...rules,
        createHTML(text: string) {
          globalThis.readAsHtml!.push(text);
          return rules.createHTML!(text);
        }
      })) as typeof trustedTypes.createPolicy;
  });
}

/** The WebAssembly program of the tested panel. */
const program = Buffer.concat(
  readdirSync(process.env.KEY_SYNC_DIST!)
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => readFileSync(join(process.env.KEY_SYNC_DIST!, name)))
);

/** Asserts that the program contains every recorded string literally: none came from a server, a URL or a person. */
export async function isOwnHtml(page: Page): Promise<void> {
  const texts = await page.evaluate(() => globalThis.readAsHtml ?? []);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => !program.includes(text))).toEqual([]);
}
