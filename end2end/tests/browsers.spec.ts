// Browsers without some features: those that the panel can do without, and the message if it cannot run.
import { container, ids, jobs } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty", open: false } });

const own = [container(family, 1)];
const all = jobs(family, 3, own);

/** Removes features by a script that runs before those of the page. */
const WITHOUT: Record<string, string> = {
  "AbortSignal.any": "delete AbortSignal.any",
  "AbortSignal.timeout": "delete AbortSignal.timeout",
  "both of these": "delete AbortSignal.any; delete AbortSignal.timeout",
  "Promise.withResolvers": "delete Promise.withResolvers",
  "reflected ARIA attributes": "delete Element.prototype.ariaBusy",
  BroadcastChannel: "delete window.BroadcastChannel",
  "Web Locks": "delete Navigator.prototype.locks",
  notifications: "delete window.Notification",
  "a clipboard": "delete Navigator.prototype.clipboard",
  "local storage": "delete window.localStorage"
};

for (const [what, script] of Object.entries(WITHOUT)) {
  test(`without ${what} a person signs in and sees the jobs`, async ({ panel, emulator, page }) => {
    await page.addInitScript(script);
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, all);
    await panel.open(`#/${family.slug}`);
    await panel.signIn.withPassword(emulator.user, emulator.password);
    await panel.list.shows(ids(all));
    await panel.refresh();
    await panel.frame.signOut.click();
    await expect(panel.signIn.button).toBeVisible();
  });
}

test("without AbortSignal.timeout a missing response still times out", async ({ panel, emulator, page }) => {
  await page.addInitScript("delete AbortSignal.any; delete AbortSignal.timeout");
  await emulator.open(true);
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await emulator.fault({ path: listPath(family), query_contains: "limit=25", hold: "late" });
  await panel.refresh();
  await expect.poll(() => emulator.held("late")).toBe(1);
  await page.clock.runFor(60_000);
  await expect(panel.alert("60 s")).toBeVisible();
  await panel.list.shows(ids(all));
});

const styles = (words: string) =>
  `const has = CSS.supports; CSS.supports = (...all) => !all.join(" ").includes("${words}") && has.apply(CSS, all)`;

/** The features that the panel requires, and their names on the page. */
const NEEDED: Record<string, [string, string]> = {
  WebAssembly: ["delete window.WebAssembly", "WebAssembly"],
  "WebAssembly that is compiled while it comes": ["delete WebAssembly.compileStreaming", "WebAssembly"],
  "reference types": ["WebAssembly.validate = () => false", "WebAssembly with reference types"],
  AbortController: ["delete window.AbortController", "AbortController"],
  IntersectionObserver: ["delete window.IntersectionObserver", "IntersectionObserver"],
  dialogs: ["delete HTMLDialogElement.prototype.showModal", "the element <dialog>"],
  layers: ["delete window.CSSLayerBlockRule", "cascade layers (@layer)"],
  ":has()": [styles(":has"), "the selector :has()"],
  nesting: [styles("(&)"), "nested style rules"],
  "light-dark()": [styles("light-dark"), "the colours light-dark()"]
};

for (const [what, [script, name]] of Object.entries(NEEDED)) {
  test(`without ${what} a plain page names it`, async ({ panel, page }) => {
    await page.addInitScript(script);
    await panel.open();
    const alert = panel.alert("This browser cannot run the panel");
    await expect(alert).toContainText(`It lacks ${name}.`);
    await expect(alert).toContainText("Firefox 121");
    // And no control that looks usable.
    await expect(page.getByRole("button")).toHaveCount(0);
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });
}

test("all missing features are named", async ({ panel, page }) => {
  await page.addInitScript("delete window.IntersectionObserver; delete window.CSSLayerBlockRule");
  await panel.open();
  await expect(panel.alert("It lacks IntersectionObserver, cascade layers (@layer).")).toBeVisible();
});
