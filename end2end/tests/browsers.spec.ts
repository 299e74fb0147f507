// Browsers without some features: those that the panel can do without, and the message if it cannot run.
import { container, ids, jobs } from "../data";
import { family, listPath } from "../families";
import { anotherTab, expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";

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

/** Does something in a tab of its own, where a script has run before those of the page. */
async function inTab(panel: Panel, script: string, what: (tab: Panel) => Promise<void>): Promise<void> {
  const tab = await anotherTab(panel);
  await tab.page.addInitScript(script);
  await what(tab);
  await tab.page.close();
}

// In two halves, which run side by side.
for (const half of [0, 1]) {
  test(`without what it can do without a person signs in and sees the jobs, ${half + 1} of 2`, async ({ panel, emulator }) => {
    await emulator.replaceContainers(family, own);
    await emulator.replaceJobs(family, all);
    for (const [what, script] of Object.entries(WITHOUT).filter((_, at) => at % 2 === half)) {
      await test.step(what, () =>
        inTab(panel, script, async (tab) => {
          await tab.open(`#/${family.slug}`);
          await tab.signIn.withPassword(emulator.user, emulator.password);
          await tab.list.shows(ids(all));
          await tab.refresh();
          await tab.frame.signOut.click();
          await expect(tab.signIn.button).toBeVisible();
        })
      );
    }
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

test("without what it needs a plain page names all that is missing", async ({ panel }) => {
  for (const [what, [script, name]] of Object.entries(NEEDED)) {
    await test.step(what, () =>
      inTab(panel, script, async (tab) => {
        await tab.open();
        const alert = tab.alert("This browser cannot run the panel");
        await expect(alert).toContainText(`It lacks ${name}.`);
        await expect(alert).toContainText("Firefox 121");
        // And no control that looks usable.
        await expect(tab.page.getByRole("button")).toHaveCount(0);
        await expect(tab.page.getByRole("textbox")).toHaveCount(0);
      })
    );
  }
  await test.step("two at once", () =>
    inTab(panel, "delete window.IntersectionObserver; delete window.CSSLayerBlockRule", async (tab) => {
      await tab.open();
      await expect(tab.alert("It lacks IntersectionObserver, cascade layers (@layer).")).toBeVisible();
    })
  );
});
