// Help where it is needed, and what the panel and the server are.
import { container, job, running } from "../data";
import { API, family, listPath } from "../families";
import { expect, test } from "../fixtures";

test("the menu Help is used by keyboard alone, every outcome is explained, and the focus returns", async ({ panel, page }) => {
  await panel.openList(family);
  await panel.frame.help.focus();
  await page.keyboard.press("Enter");
  const items = page.getByRole("menuitem");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(items.last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(items).toHaveCount(0);
  await expect(panel.frame.help).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "What outcomes mean" });
  await expect(dialog).toBeVisible();
  // None of them by its colour.
  for (const word of ["In progress", "Cancelling", "Cancelled", "Completed", "Completed with errors", "Failed", "Unknown"]) {
    await expect(dialog.getByRole("term").filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) })).toBeVisible();
  }
  await expect(dialog).toContainText("The job ended after a cancel was requested. The server calls it completed.");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(panel.frame.help).toBeFocused();
});

test.describe("with one job", () => {
  test.use({ server: { data: "empty" } });

  test("a job's outcome is explained where it stands, and follows it", async ({ panel, emulator }) => {
    const own = container(family, 1);
    const one = job(family, 1, [own], running);
    await emulator.replaceContainers(family, [own]);
    await emulator.replaceJobs(family, [one]);
    await panel.open(`#/${family.slug}/${one.id}`);
    const means = panel.detail.region.getByText("What this means");
    await means.click();
    await expect(panel.detail.region).toContainText("The server is still working on the job.");
    await emulator.replaceJobs(family, [job(family, 1, [own], { ...running, abort: true })]);
    await panel.refreshed(`${listPath(family)}/${one.id}`);
    await expect(panel.detail.region).toContainText("A cancel was requested, and the job has not ended yet.");
  });
});

test("the start form says what Everything does", async ({ panel }) => {
  await panel.openList(family);
  await panel.start.open.click();
  await panel.start.everything.check();
  await panel.start.dialog.getByText("What Everything does").click();
  await expect(panel.start.dialog).toContainText("the server may refuse another start");
});

test("About has the versions of panel and server, to copy, and the licences in a tab of their own", async ({ panel, page, context, emulator }) => {
  panel.guard.expect(403, 503);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await emulator.fault({ path: `${API}/system/info`, status: 503, times: 1, body: { codeDesc: "NCERRBusy" } });
  await panel.openList(family);
  await panel.frame.openHelp("About");
  const dialog = page.getByRole("dialog", { name: "About" });
  // A server that does not say its version is asked again by a press.
  await expect(dialog.getByRole("alert")).toContainText("Could not ask the server for its version");
  // No permission for keys would help here.
  const refusal = { codeDesc: "NCERRInsufficientPermissions", message: "Not for you" };
  await emulator.fault({ path: `${API}/system/info`, status: 403, times: 1, body: refusal });
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Your user may not do this.");
  await expect(dialog).not.toContainText("CCKM");
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toContainText(/emulator, version 0\.0\.0\+emulator/);
  await dialog.getByRole("button", { name: "Copy versions" }).click();
  await expect(panel.status).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Panel: \d+\.\d+\.\d+\nServer: emulator 0\.0\.0/);
  // The new tab has no favicon.
  panel.guard.expect(404);
  const opened = context.waitForEvent("page");
  await dialog.getByRole("link", { name: "Licences of its parts" }).click();
  await expect((await opened).locator("body")).toContainText("What the panel is made of");
});
