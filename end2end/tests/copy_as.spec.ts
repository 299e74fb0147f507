// What is copied as a command does what the panel would do: the lines run, in a real shell with the real curl, whatever stands
// in names and ids.
import { execFileSync } from "node:child_process";

import { container, failed, filterValue, ids, job, jobs, running } from "../data";
import type { Emulator } from "../emulator";
import { differing, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import { CopyAs } from "../pages/copy_as";

test.use({ server: { data: "empty" } });

const HOSTILE = "it's \"odd\" $HOME `id` $(id) \\ é {{ 7 }} # ; & | * ?";

test.beforeEach(async ({ context, panel }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open();
  await panel.list.isLoaded();
});

/** Runs commands as a person would paste them, with the token in the environment: without it the server refuses them. */
async function run(commands: string, emulator: Emulator, more = ""): Promise<string> {
  await emulator.open(false);
  const options = { env: { ...process.env, JWT: emulator.token, HOME: "/nowhere" }, encoding: "utf8" } as const;
  const lines = commands.replaceAll(/^curl /gm, `curl -sS --fail --noproxy '*' ${more}`);
  try {
    return execFileSync("sh", ["-e", "-c", lines], options);
  } finally {
    await emulator.open(true);
  }
}

const answered = async (command: string, emulator: Emulator) => JSON.parse(await run(command, emulator));

test("list, job, start and cancel run with curl", async ({ panel, emulator, page }) => {
  const tools = new CopyAs(page, page.getByRole("group", { name: "This list" }));
  for (const own of differing) {
    await test.step(own.slug, async () => {
      const odd = container(own, 1, { id: `${HOSTILE}\nnext line`, name: `${HOSTILE}\nname`, azure_name: HOSTILE });
      // The ids are of this family alone, so that nothing is copied from the step before.
      const going = job(own, 1, [odd], { ...running, id: `${HOSTILE} ${own.slug}` });
      const ended = job(own, 2, [odd], { id: `ended-${own.slug}` });
      await emulator.replaceContainers(own, [odd]);
      await emulator.replaceJobs(own, [going, ended, job(own, 3, [odd], failed)]);

      // The list, with a filter that holds everything odd.
      const query = new URLSearchParams({ [own.filter]: filterValue(own, odd), status: "completed" });
      await panel.go(`#/${own.slug}?${query}`);
      await panel.list.shows([ended.id]);
      await emulator.clearRequests();
      const list = (await answered(await tools.text("curl"), emulator)) as { resources: { id: string }[] };
      // The page itself, which needs no token here, may have sent requests meanwhile.
      const asked = (await emulator.requests()).find(({ path, authorized }) => path === listPath(own) && authorized);
      expect(new URLSearchParams(asked!.query).getAll(own.filter)).toEqual([filterValue(own, odd)]);
      expect(new URLSearchParams(asked!.query).get("overall_status")).toBe("completed");
      expect(asked!.authorized).toBe(true);
      expect(Array.isArray(list.resources)).toBe(true);

      // The job.
      await panel.go(`#/${own.slug}/${encodeURIComponent(going.id)}`);
      await expect(panel.detail.button("Cancel job")).toBeVisible();
      const one = (await answered(await panel.detail.copyAs.text("curl"), emulator)) as { id: string };
      expect(one.id).toBe(going.id);

      // The cancel.
      await panel.detail.button("Cancel job").click();
      const cancel = await new CopyAs(page, panel.detail.question).text("curl");
      await panel.detail.keep.click();
      expect((await emulator.posts()).filter(({ path }) => path.endsWith("/cancel"))).toEqual([]);
      expect(await answered(cancel, emulator)).toMatchObject({ id: going.id, abort: true });
      expect((await emulator.jobs(own)).find(({ id }) => id === going.id)).toMatchObject({ abort: true });

      // The start.
      await emulator.replaceJobs(own, []);
      await panel.openList(own);
      await panel.start.open.click();
      await panel.start.chosen(own).check();
      await panel.start.dialog.getByRole("checkbox", { name: "Select all" }).first().check();
      const started = (await answered(await panel.start.copyAs.text("curl"), emulator)) as { id: string };
      expect(started.id).toBeTruthy();
      const sent = (await emulator.posts()).filter(({ path }) => path === listPath(own));
      expect(sent.map(({ body }) => body)).toEqual([{ [own.selector]: [odd.id] }]);
      await page.keyboard.press("Escape");
      await expect(panel.start.dialog).toHaveCount(0);
    });
  }
});

test("the list's command is the page that is shown", async ({ panel, emulator }) => {
  const all = jobs(family, 30, []);
  await emulator.replaceJobs(family, all);
  await panel.go(`#/${family.slug}?rows=10&page=2`);
  await panel.list.shows(ids(all.slice(10, 20)));
  const tools = new CopyAs(panel.page, panel.page.getByRole("group", { name: "This list" }));
  const list = (await answered(await tools.text("curl"), emulator)) as { skip: number; resources: { id: string }[] };
  expect(list.skip).toBe(10);
  expect(list.resources.map(({ id }) => id)).toEqual(ids(all.slice(10, 20)));
});

test("all clouds are one command for each family", async ({ panel, emulator }) => {
  const tools = new CopyAs(panel.page, panel.page.getByRole("group", { name: "This list" }));
  const lines = await tools.text("curl");
  await panel.waitUntilIdle(...families.map(listPath));
  await emulator.clearRequests();
  await run(lines, emulator, "-o /dev/null ");
  expect((await emulator.requests()).map(({ path }) => path)).toEqual(families.map(listPath));
  expect(await tools.text("ksctl")).toContain("# Salesforce certificates: no ksctl command is known");
});

test("the menu has what is known, goes by keyboard, and the copy is announced", async ({ panel, emulator, page }) => {
  const one = job(family, 1, []);
  await emulator.replaceJobs(family, [one]);
  await panel.go(`#/${family.slug}`);
  await panel.list.link(one.id).click();
  const { copyAs } = panel.detail;
  await copyAs.button.focus();
  await page.keyboard.press("Enter");
  await expect(copyAs.items).toHaveText(["curl", "ksctl", "Ansible", "curl for PowerShell"]);
  await expect(copyAs.items.first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(copyAs.items.last()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(copyAs.items).toHaveCount(0);
  await expect(copyAs.button).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(panel.status).toContainText("Copied as ksctl");
  await expect(copyAs.button).toBeFocused();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(
    `KSCTL_JWT="$JWT" ksctl --url '${emulator.address}' cckm aws keys synchronization-jobs get --id '${one.id}'`
  );
});

test("Ansible and PowerShell read the token from the environment, and ksctl is not offered where no command is known", async ({ panel, emulator }) => {
  const one = job(family, 1, []);
  await emulator.replaceJobs(family, [one]);
  await panel.go(`#/${family.slug}/${one.id}`);
  const task = await panel.detail.copyAs.text("Ansible");
  expect(task).toContain(`url: "${emulator.address}${jobPath(family, one.id)}"`);
  expect(task).toContain("{{ lookup('env', 'JWT') }}");
  const line = await panel.detail.copyAs.text("curl for PowerShell");
  expect(line).toContain(`curl.exe '${emulator.address}${jobPath(family, one.id)}'`);
  expect(line).toContain('"Authorization: Bearer $env:JWT"');

  const other = families.find(({ slug }) => slug === "sap")!;
  const theirs = job(other, 2, []);
  await emulator.replaceJobs(other, [theirs]);
  await panel.go(`#/${other.slug}/${theirs.id}`);
  await expect(panel.detail.region).toContainText(theirs.id);
  await panel.detail.copyAs.button.click();
  await expect(panel.detail.copyAs.items).toHaveText(["curl", "Ansible", "curl for PowerShell"]);
});

test("where the browser does not copy, the command is shown to be selected", async ({ panel, emulator, page }) => {
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const tool = page.getByRole("group", { name: "This list" }).getByRole("button", { name: "Copy as" });
  const before = await tool.boundingBox();
  await tool.click();
  await page.getByRole("menuitem", { name: "curl", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Text to copy" })).toContainText(`curl '${emulator.address}`);
  // The text is below the tools, which stay in their place.
  expect(await tool.boundingBox()).toEqual(before);
});
