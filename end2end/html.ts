// Which texts the panel has the browser read as HTML: the elements of its views that never change, and nothing else.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page } from "@playwright/test";

declare global {
  /** The texts that came by, in a page that notes them. */
  var readAsHtml: string[] | undefined;
}

/** Notes each text that the page's policy is asked about; to be called before the page is opened. */
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

/** The program of the panel that is tested. */
const program = Buffer.concat(
  readdirSync(process.env.KEY_SYNC_DIST!)
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => readFileSync(join(process.env.KEY_SYNC_DIST!, name)))
);

/** Every text that was read as HTML stands in the program word for word: none came from a server, an address or a person. */
export async function isOwnHtml(page: Page): Promise<void> {
  const texts = await page.evaluate(() => globalThis.readAsHtml ?? []);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => !program.includes(text))).toEqual([]);
}
