// The details of one job: its results and its actions.
import { BAD, containerLabel, container, GOOD, ids, job, running, statusKey } from "../data";
import type { Emulator } from "../emulator";
import { differing, families, family, type Family, jobPath, listPath, titleOf } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

/** Three containers and one job over them, in which the middle one failed. */
async function fill(emulator: Emulator, family: Family, more: object = {}) {
  const own = [1, 2, 3].map((number) => container(family, number));
  const [first, second, third] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]];
  const texts = [GOOD, BAD, GOOD];
  const details = Object.fromEntries(own.map((one, at) => [statusKey(family, one), texts[at]!]));
  const one = job(family, 1, own, { detailed_status: details, ...more });
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [one]);
  return { own, first, second, third, one };
}

test("the row of the open job stands out from the others", async ({ panel, emulator }) => {
  const own = [container(family, 1)];
  const [open, other] = [job(family, 1, own), job(family, 2, own)];
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, [open, other]);
  await panel.open(`#/${family.slug}/${open.id}`);
  await expect(panel.detail.region).toContainText(open.id);
  await expect(panel.list.link(open.id)).toHaveAttribute("aria-current", "true");
  const colour = (id: string) => panel.list.row(id).evaluate((row) => getComputedStyle(row).backgroundColor);
  expect(await colour(open.id)).not.toBe(await colour(other.id));
});

test("shows the job, its errors first, with names and ids", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const { own, first, second, one } = await fill(emulator, family);
      await panel.goToList(family);
      await panel.list.link(one.id).click();
      await panel.isAt(`#/${family.slug}/${one.id}`);

      const region = panel.detail.region;
      await expect(region).toContainText(one.id);
      await expect(region.getByText("Completed with errors", { exact: true })).toBeVisible();
      await expect(region.getByText("completed", { exact: true })).toBeVisible();
      await expect(region).toContainText("1 of 3 failed");
      await expect(region).toContainText("2 Mar 2026, 08:59:00 (UTC+00:00)");
      await expect(region).toContainText("2 Mar 2026, 08:59:30 (UTC+00:00)");
      await expect(region).toContainText("30 s");
      for (const container of own) await expect(region).toContainText(container.name);

      await expect(panel.detail.rows).toHaveCount(3);
      const top = panel.detail.rows.first();
      await expect(top).toContainText(second.name);
      await expect(top).toContainText(statusKey(family, second));
      await expect(top).toContainText("Error");
      await expect(top).toContainText(BAD);
      await expect(panel.detail.rows.nth(1)).toContainText(first.name);
      await expect(panel.detail.rows.nth(1)).toContainText(GOOD);
      // The list is still visible, to open another job.
      await expect(panel.list.link(one.id)).toHaveAttribute("aria-current", "true");
    });
  }
});

for (const family of differing) {
  test(`${family.slug}: is restored by a pasted link and a reload, and closed by back`, async ({ panel, emulator, page }) => {
    const { one } = await fill(emulator, family);
    const address = `#/${family.slug}/${one.id}?status=completed&rows=10`;
    await panel.open(address);
    await expect(panel.detail.region).toContainText("1 of 3 failed");
    await page.reload();
    await expect(panel.detail.region).toContainText("1 of 3 failed");
    await panel.isAt(address);
    await expect(panel.filters.status).toHaveValue("completed");
    await panel.list.shows([one.id]);

    await panel.openList(family);
    await panel.list.link(one.id).click();
    await expect(panel.detail.region).toBeVisible();
    await page.goBack();
    await expect(panel.detail.region).toHaveCount(0);
    await page.goForward();
    await expect(panel.detail.region).toBeVisible();
  });
}

test("is cancelled after a question, and never called completed", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const { one, first } = await fill(emulator, family, { ...running, detailed_status: {} });
      await panel.goToList(family);
      await panel.list.link(one.id).click();
      const region = panel.detail.region;
      await expect(region.getByText("In progress", { exact: true })).toBeVisible();
      await panel.detail.button("Cancel job").click();
      // What it synchronizes and how far it is, and not its id alone.
      await expect(panel.detail.question).toContainText(first.name);
      await expect(panel.detail.question).toContainText(new RegExp(`${titleOf(family)} · .* · running .*`));
      expect(await emulator.posts()).toEqual([]);

      await panel.detail.confirm.click();
      await expect(panel.detail.question).toHaveCount(0);
      await expect(region.getByText("Cancelling", { exact: true })).toBeVisible();
      await expect(panel.detail.button("Cancel job")).toHaveCount(0);
      const cell = await panel.list.cell(one.id, "Outcome");
      await expect(cell).toContainText("Cancelling");
      const sent = await emulator.posts();
      expect(sent.map(({ path, query, body }) => ({ path, query, body }))).toEqual([
        { path: `${jobPath(family, one.id)}/cancel`, query: "", body: null }
      ]);

      await panel.advance(11);
      await panel.refresh();
      // The server reports `completed` for it now.
      await expect(region.getByText("Cancelled", { exact: true })).toBeVisible();
      await expect(cell).toContainText("Cancelled");
      await expect(region.getByText("Completed", { exact: true })).toHaveCount(0);
      await expect(cell).not.toContainText("Completed");
      await expect(region.getByText("completed", { exact: true })).toBeVisible();
    });
  }
});

test("starts again with the same selection", async ({ panel, emulator, page }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const { own, one } = await fill(emulator, family);
      await panel.goToList(family, `/${one.id}`);
      await panel.detail.button("Start again").click();
      await expect(panel.start.dialog).toBeVisible();
      await expect(panel.start.chosen(family)).toBeChecked();
      for (const container of own) await expect(panel.start.container(container.name)).toBeChecked();
      await expect(panel.start.dialog).toContainText("3 of 3 chosen");
      const regions = family.regions ? { regions: one["regions"] } : {};
      await panel.start.shows(listPath(family), { [family.selector]: ids(own as never), ...regions });
      await page.keyboard.press("Escape");
      await expect(panel.start.dialog).toHaveCount(0);
    });
  }
  expect(await emulator.posts()).toEqual([]);
});

test("retries only the failed containers", async ({ panel, emulator }) => {
  for (const family of differing) {
    await test.step(family.slug, async () => {
      await emulator.clearRequests();
      const { first, second, one } = await fill(emulator, family);
      await panel.goToList(family, `/${one.id}`);
      await panel.detail.button("Retry failed").click();
      await expect(panel.start.chosen(family)).toBeChecked();
      await expect(panel.start.container(second.name)).toBeChecked();
      await expect(panel.start.container(first.name)).not.toBeChecked();
      await expect(panel.start.dialog).toContainText("1 of 3 chosen");
      const body = { [family.selector]: [second.id], ...(family.regions ? { regions: [second.regions[0]] } : {}) };
      await panel.start.shows(listPath(family), body);
      await panel.start.send.click();
      await expect(panel.start.dialog).toHaveCount(0);
      expect((await emulator.posts()).map((request) => request.body)).toEqual([body]);
    });
  }
});

test("Keep running and Escape leave the job alone, and give the focus back", async ({ panel, emulator, page }) => {
  const { one } = await fill(emulator, family, running);
  await panel.open(`#/${family.slug}/${one.id}`);
  const button = panel.detail.button("Cancel job");
  await button.click();
  await panel.detail.keep.click();
  await expect(panel.detail.question).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.detail.question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.detail.question).toHaveCount(0);
  await expect(button).toBeFocused();
  await panel.refresh();
  await expect(panel.detail.region.getByText("In progress", { exact: true }).first()).toBeVisible();
  expect(await emulator.posts()).toEqual([]);
});

test("a cancel that is refused says why, in the dialog", async ({ panel, emulator, guard }) => {
  guard.expect(400);
  const { one } = await fill(emulator, family, running);
  await panel.open(`#/${family.slug}/${one.id}`);
  await panel.detail.button("Cancel job").click();
  await expect(panel.detail.question).toBeVisible();
  // The job ends while the confirmation is open.
  await emulator.replaceJobs(family, [{ ...one, overall_status: "completed", completed_at: one.updatedAt }]);
  await panel.detail.confirm.click();
  await expect(panel.alert("Only a synchronization job in progress can be cancelled")).toContainText("HTTP 400");
  await panel.detail.keep.click();
  await expect(panel.detail.region.getByText("Completed with errors", { exact: true })).toBeVisible();
  expect(await emulator.posts()).toHaveLength(1);
});

test("a job that has ended, is being cancelled or was cancelled cannot be cancelled, and one without failures offers no retry", async ({ panel, emulator }) => {
  const details = { a: GOOD, b: BAD };
  const cases = [
    ["has ended", { detailed_status: details }, "Completed with errors"],
    ["is being cancelled", { ...running, detailed_status: details, abort: true }, "Cancelling"],
    ["was cancelled", { detailed_status: details, abort: true }, "Cancelled"],
    ["has no failures", { detailed_status: { a: GOOD } }, "Completed"]
  ] as const;
  const all = cases.map(([, more], at) => job(family, at + 1, [], more));
  await emulator.replaceJobs(family, all);
  for (const [at, [what, , outcome]] of cases.entries()) {
    await test.step(what, async () => {
      const address = `#/${family.slug}/${all[at]!.id}`;
      await (at === 0 ? panel.open(address) : panel.go(address));
      const { region } = panel.detail;
      await expect(region).toContainText(all[at]!.id);
      await expect(region.getByText(outcome, { exact: true }).first()).toBeVisible();
      await expect(panel.detail.button("Start again")).toBeVisible();
      await expect(panel.detail.button("Cancel job")).toHaveCount(0);
      if (what === "has no failures") await expect(panel.detail.button("Retry failed")).toHaveCount(0);
    });
  }
});

test("a job of everything is restarted as everything", async ({ panel, emulator }) => {
  const { one } = await fill(emulator, family, { [family.jobField]: [] });
  await panel.open(`#/${family.slug}/${one.id}`);
  await panel.detail.button("Start again").click();
  await expect(panel.start.everything).toBeChecked();
  await panel.start.shows(listPath(family), { synchronize_all: true });
});

test("a job that names its containers in an unknown way says so, and nothing is chosen for it", async ({ panel, emulator }) => {
  const { one } = await fill(emulator, family, { [family.jobField]: [], some_ids: ["a"] });
  await panel.open(`#/${family.slug}/${one.id}`);
  await expect(panel.detail.region).toContainText(`Not named, the job does not say which ${family.many}`);
  await panel.detail.button("Start again").click();
  await expect(panel.start.everything).not.toBeChecked();
  await expect(panel.start.send).toBeDisabled();
});

test("an unknown job shows a message and a link back", async ({ panel, emulator, guard, page }) => {
  guard.expect(404);
  const { one } = await fill(emulator, family);
  await panel.open(`#/${family.slug}/not-there`);
  await expect(page.getByRole("alert")).toContainText("not-there not found");
  await panel.list.shows([one.id]);
  // The page of a proxy says nothing about the job.
  await emulator.fault({ path: jobPath(family, one.id), status: 404, content_type: "text/html", body: "<html><h1>404 Not Found</h1></html>" });
  await panel.go(`#/${family.slug}/${one.id}`);
  await expect(page.getByRole("alert")).toContainText("HTTP 404");
  await expect(page.getByRole("alert")).not.toContainText("does not know this job");
});

test("an id with special characters is requested unchanged", async ({ panel, emulator, guard }) => {
  // The emulator treats a slash in an id as a path separator.
  guard.expect(404);
  const odd = "a/b?c&d=e%20f+ü#g";
  const { own } = await fill(emulator, family);
  await emulator.replaceJobs(family, [job(family, 1, own, { id: odd })]);
  await panel.openList(family);
  const request = panel.page.waitForRequest((request) => request.url().includes(`${listPath(family)}/`));
  await panel.list.links.click();
  expect(decodeURIComponent(new URL((await request).url()).pathname)).toBe(jobPath(family, odd));
  await panel.isAt(`#/${family.slug}/${new URLSearchParams([["", odd]]).toString().slice(1)}`);
  await panel.page.reload();
  await expect(panel.detail.region).toContainText(odd);
});

test("another job replaces the open one", async ({ panel, emulator }) => {
  const own = [container(family, 1)];
  const all = [1, 2].map((number) => job(family, number, own));
  await emulator.replaceJobs(family, all);
  await emulator.fault({ path: jobPath(family, all[0]!.id), hold: "slow" });
  await panel.openList(family);
  await panel.list.link(all[0]!.id).click();
  await expect.poll(() => emulator.held("slow")).toBe(1);
  await panel.list.link(all[1]!.id).click();
  await expect(panel.detail.region).toContainText(containerLabel(family, own[0]!));
  await emulator.release("slow");
  await panel.refresh();
  await expect(panel.detail.region).toContainText(all[1]!.id);
  await expect(panel.detail.region).not.toContainText(all[0]!.id);
});

test.describe("with a token", () => {
  test.use({ server: { data: "empty", open: false } });

  test("the copied command sends the same request and contains no token", async ({ panel, emulator, context, page }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { one } = await fill(emulator, family);
    await panel.open(`#/${family.slug}/${one.id}`);
    const answer = page.waitForResponse((response) => response.url().endsWith("/auth/tokens"));
    await panel.signIn.withPassword(emulator.user, emulator.password);
    const { jwt } = await (await answer).json();
    const text = await panel.detail.copyAs.text("curl");
    expect(text).toContain(`${emulator.address}${jobPath(family, one.id)}`);
    expect(text).toContain("$JWT");
    expect(text).not.toContain(jwt);
  });
});

test.describe("the emulator's long jobs", () => {
  test.use({ server: { data: "believable" } });

  test("four hundred containers stay a readable list", async ({ panel }) => {
    const family = families.find((family) => family.slug === "google")!;
    await panel.open(`#/${family.slug}/7a6b5c4d-3e2f-4109-8f7e-6d5c4b3a2006`);
    await expect(panel.detail.region).toContainText(/\d+ of 400 failed/);
    await expect(panel.detail.rows.first()).toContainText("Error");
    await expect(panel.detail.button("Cancel job")).toBeVisible();
  });
});
