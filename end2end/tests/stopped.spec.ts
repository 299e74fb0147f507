// The page in place of a program that has stopped.
import type { Page } from "@playwright/test";

import { axeFindsNothing } from "../axe";
import { container, ids, jobs } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

const own = [container(family, 1)];
const all = jobs(family, 3, own);

/** Keeps the functions of the program, so that a test can make it trap. Before the page is opened. */
function keepExports(): void {
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...all: Parameters<typeof instantiate>) => {
    const made = await instantiate(...all);
    const { exports } = made instanceof WebAssembly.Instance ? made : (made as WebAssembly.WebAssemblyInstantiatedSource).instance;
    // The second part has none of these.
    if ("__wbindgen_malloc" in exports) Object.assign(window, { exports });
    return made;
  };
}

/** Makes the program trap in a listener or in a promise: it is asked for more memory than it can address. */
const trap = (page: Page, where: "listener" | "promise") =>
  page.evaluate((where) => {
    const { exports } = window as unknown as { exports: { __wbindgen_malloc: (bytes: number, align: number) => number } };
    const ask = () => exports.__wbindgen_malloc(-16, 1);
    if (where === "promise") return void Promise.resolve().then(ask);
    addEventListener("trap", ask, { once: true });
    dispatchEvent(new Event("trap"));
  }, where);

test.beforeEach(async ({ emulator, page, panel }) => {
  await page.addInitScript(keepExports);
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, all);
  panel.guard.expectTrap();
});

test("a trap shows what happened, and Reload returns to the same address", async ({ panel, page, emulator }) => {
  const address = `#/${family.slug}?rows=10`;
  await panel.open(address);
  await panel.list.shows(ids(all));
  await trap(page, "listener");
  const stopped = page.getByRole("alert");
  await expect(stopped.getByRole("heading", { name: "The panel stopped" })).toBeVisible();
  await expect(stopped).toContainText("nothing is sent again");
  await expect(panel.list.table).toHaveCount(0);
  await expect(page).toHaveTitle("The panel stopped");
  const reload = stopped.getByRole("button", { name: "Reload" });
  await expect(reload).toBeFocused();
  await axeFindsNothing(page);
  // A stopped panel asks for nothing more.
  const before = (await emulator.requests()).length;
  await page.clock.runFor(600_000);
  expect((await emulator.requests()).length).toBe(before);
  await reload.click();
  await panel.list.shows(ids(all));
  expect(new URL(page.url()).hash).toBe(address);
});

test("the report says where and why, and has no id of what was looked at", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open(`#/${family.slug}/${all[0]!.id}`);
  await expect(panel.detail.region).toBeVisible();
  await page.evaluate(() => {
    window.dispatchEvent(new CustomEvent("panic", { detail: "1.2.3\nsrc/state/rows.rs:7:9\nthe slot is empty" }));
  });
  await expect(panel.detail.region, "the trap shows the page, not the panic").toBeVisible();
  await trap(page, "promise");
  await page.getByRole("button", { name: "Copy report" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain("Key sync 1.2.3 stopped at");
  expect(report).toContain("Where: src/state/rows.rs:7:9\nWhy: the slot is empty\n");
  expect(report).toContain(`View: #/${family.slug}\n`);
  expect(report).not.toContain(all[0]!.id);
  await expect(page.getByRole("alert")).toContainText("Where: src/state/rows.rs:7:9");
});

test("an error of another script does not stop the panel", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.list.shows(ids(all));
  await page.evaluate(() => void Promise.reject(new TypeError("of an extension")));
  await panel.refreshed(listPath(family));
  await panel.list.shows(ids(all));
});
