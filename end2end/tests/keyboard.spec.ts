// The keyboard shortcuts: what each does, and where none may get in the way.
import { axeFindsNothing } from "../axe";
import { container, GOOD, job, statusKey } from "../data";
import { clouds, families, family, listPath } from "../families";
import { expect, test } from "../fixtures";
import type { Panel } from "../pages/panel";
import { takeRequests, recordRequests, settle } from "../time";

test.use({ server: { open: true, data: "empty" } });

const own = container(family, 1);
const all = [1, 2, 3].map((number) => job(family, number, [own], { detailed_status: { [statusKey(family, own)]: GOOD } }));
const ids = all.map(({ id }) => id);

test.beforeEach(async ({ emulator }) => {
  await emulator.replaceContainers(family, [own]);
  await emulator.replaceJobs(family, all);
});

const list = (panel: Panel) => panel.page.getByRole("dialog", { name: "Keyboard shortcuts" });

/** The keys are there with the second part of the program, whose tools stand in the header. */
async function ready(panel: Panel): Promise<void> {
  await panel.openList(family);
  await expect(panel.preferences.open).toBeVisible();
}

test("? lists the keys, and the list is the whole table", async ({ panel, page }) => {
  await ready(panel);
  await page.keyboard.press("?");
  await expect(list(panel).getByRole("row")).toHaveText([
    /Keys/, /Ctrl K.*Find/, /^\/.*filter/, /^j.*next/, /^k.*previous/, /^Enter/, /^Esc/, /^r.*Refresh/, /^n.*Start/, /^1 – 9/, /^\?/
  ]);
  await axeFindsNothing(page);
  await page.keyboard.press("Escape");
  await expect(list(panel)).toHaveCount(0);
});

test("j and k move over the rows, Enter opens, Escape closes and gives the focus back", async ({ panel, page }) => {
  await ready(panel);
  const shown = await panel.list.ids();
  for (const [key, at] of [["j", 0], ["j", 1], ["j", 2], ["j", 2], ["k", 1], ["k", 0], ["k", 0], ["j", 1]] as const) {
    await page.keyboard.press(key);
    await expect(panel.list.link(shown[at]!)).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await panel.isAt(`#/${family.slug}/${shown[1]}`);
  await expect(panel.detail.button("Start again")).toBeVisible();
  await page.keyboard.press("Escape");
  await panel.isAt(`#/${family.slug}`);
  await expect(panel.detail.region).toHaveCount(0);
  await expect(panel.list.link(shown[1]!)).toBeFocused();
});

test("with a modifier key, in a select, in a menu or in a word that is composed they mean nothing, and / goes to the filter, where letters are letters", async ({
  panel,
  page
}) => {
  await ready(panel);
  await test.step("with a modifier key, in a select, in a menu", async () => {
    await panel.list.links.first().focus();
    for (const modifier of ["Control", "Alt", "Meta"]) await page.keyboard.press(`${modifier}+j`);
    await expect(panel.list.links.first()).toBeFocused();
    await panel.filters.status.focus();
    await page.keyboard.press("j");
    await expect(panel.filters.status).toBeFocused();
    await panel.preferences.open.click();
    await page.keyboard.press("Escape");
    await expect(panel.preferences.open).toBeFocused();
  });

  await test.step("in a word that is composed", async () => {
    const composing = (key: string) =>
      page.evaluate((key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true })), key);
    expect(await composing("?")).toBe(true);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("in the filter", async () => {
    // At last, since the list then looks for what was typed.
    await page.keyboard.press("/");
    await expect(panel.filters.jobId).toBeFocused();
    await expect(panel.filters.jobId).toHaveValue("");
    await page.keyboard.type("jknr1?/");
    await expect(panel.filters.jobId).toHaveValue("jknr1?/");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("Escape that ends a word that is composed closes nothing and clears nothing", async ({ panel, page }) => {
  await ready(panel);
  const session = await page.context().newCDPSession(page);
  /** Composes a word in the box that has the focus, presses Escape, and ends the composition. */
  const composeAndEscape = async () => {
    await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    await page.keyboard.press("Escape");
    await session.send("Input.insertText", { text: "" });
  };
  await test.step("in a dialog", async () => {
    await page.keyboard.press("Control+k");
    await panel.find.box.fill("aws");
    await composeAndEscape();
    await expect(panel.find.box).toHaveValue(/^aws/);
    // Older browsers tell it by the key code alone.
    const old = (key: string) =>
      panel.find.box.evaluate((box, key) => box.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: 229, bubbles: true, cancelable: true })), key);
    const chosen = await panel.find.chosen.innerText();
    for (const key of ["ArrowDown", "Enter", "Escape"]) await old(key);
    expect(await panel.find.chosen.innerText()).toBe(chosen);
    await expect(panel.find.dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel.find.dialog).toHaveCount(0);
  });
  await test.step("in the search of a picker", async () => {
    await page.keyboard.press("n");
    await panel.start.chosen(family).check();
    await panel.start.searches.first().fill("00");
    await composeAndEscape();
    await expect(panel.start.searches.first()).toHaveValue(/^00/);
    await expect(panel.start.dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel.start.searches.first()).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(panel.start.dialog).toHaveCount(0);
  });
  await test.step("in the new name of a view", async () => {
    await panel.views.save("One");
    await panel.views.openDialog("Manage views");
    await panel.views.manage.getByRole("button", { name: "Rename One" }).click();
    const box = panel.views.manage.getByRole("textbox", { name: "Name" });
    await box.fill("Two");
    await composeAndEscape();
    await expect(box).toHaveValue(/^Two/);
  });
});

test("r refreshes, n opens the start form, digits open the views", async ({ panel, page }) => {
  await recordRequests(page);
  await ready(panel);
  await settle(panel, listPath(family));
  await takeRequests(page);
  await page.keyboard.press("r");
  await expect.poll(async () => (await takeRequests(page)).includes(listPath(family))).toBe(true);
  await page.keyboard.press("n");
  await expect(panel.start.dialog).toBeVisible();
  // Below a dialog nothing is pressed.
  await page.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("2");
  await panel.isAt(`#/${family.slug}`);
  await page.keyboard.press("Escape");
  await expect(panel.start.dialog).toHaveCount(0);
  const views = ["All clouds", ...clouds, "Needs attention", "Schedules"];
  for (const [at, name] of views.entries()) {
    await page.keyboard.press(String(at + 1));
    await expect(panel.frame.current).toHaveText(new RegExp(`^${name}`));
  }
  const hash = panel.hash();
  await page.keyboard.press("0");
  await panel.isAt(hash);
  await page.keyboard.press("1");
  await page.keyboard.press("n");
  await expect(panel.startSeveral.dialog).toBeVisible();
});

test("Escape closes an open panel first, and the job with the next press", async ({ panel, page }) => {
  await panel.open(`#/${family.slug}/${ids[0]}`);
  await expect(panel.detail.button("Start again")).toBeVisible();
  await panel.preferences.open.click();
  await page.keyboard.press("Escape");
  await expect(panel.preferences.group("Time")).toHaveCount(0);
  await expect(panel.detail.region).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.detail.region).toHaveCount(0);
});

test("Preferences switches all of them off, and the buttons stay", async ({ panel, page }) => {
  await ready(panel);
  await panel.preferences.open.click();
  await panel.preferences.shortcuts.uncheck();
  await page.keyboard.press("Escape");
  for (const key of ["?", "j", "n", "1", "Control+k"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await panel.isAt(`#/${family.slug}`);
  await expect(panel.find.button).toHaveText("Find");
  await panel.find.button.click();
  await expect(panel.find.dialog).toBeVisible();
  // And after the next load.
  await panel.openList(family);
  await expect(panel.preferences.open).toBeVisible();
  await page.keyboard.press("?");
  await panel.preferences.open.click();
  await expect(panel.preferences.shortcuts).not.toBeChecked();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("n in a view of a family starts that family", async ({ panel, page }) => {
  const last = families.at(-1)!;
  await panel.open(`#/history/${last.slug}`);
  await expect(panel.preferences.open).toBeVisible();
  await page.keyboard.press("n");
  await expect(panel.start.dialog).toContainText(last.cloud);
});
