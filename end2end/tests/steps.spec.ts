// Navigation from one job to the next, and the comparison with the previous job.
import { BAD, container, failed, GOOD, ids, job, jobs, statusKey } from "../data";
import { API, differing, family, listPath } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { data: "empty" } });

const own = [1, 2, 3].map((number) => container(family, number));

test("the buttons for the next and the previous job follow the filter and keep the focus", async ({ panel, emulator }) => {
  const all = jobs(family, 9, own);
  const bad = ids(all.filter((one) => one.overall_status === failed.overall_status));
  await emulator.replaceJobs(family, all);
  await panel.openList(family, "?status=failed");
  await panel.list.shows(bad);
  await panel.list.link(bad[0]!).click();
  await expect(panel.detail.step("Previous job")).toHaveAttribute("aria-disabled", "true");
  await panel.detail.step("Next job").click();
  await panel.isAt(`#/${family.slug}/${bad[1]}?status=failed`);
  // The URL changes first: until the next job is shown, the pressed button keeps the focus.
  await expect(panel.detail.region).toContainText(bad[1]!);
  await expect(panel.detail.step("Next job")).toBeFocused();
  await panel.page.keyboard.press("Enter");
  await panel.isAt(`#/${family.slug}/${bad[2]}?status=failed`);
  await expect(panel.detail.region).toContainText(bad[2]!);
  // There is no next job, and the button keeps the focus.
  await expect(panel.detail.step("Next job")).toHaveAttribute("aria-disabled", "true");
  await expect(panel.detail.step("Next job")).toBeFocused();
  await panel.detail.step("Previous job").click();
  await panel.isAt(`#/${family.slug}/${bad[1]}?status=failed`);
  await panel.page.goBack();
  await panel.isAt(`#/${family.slug}/${bad[2]}?status=failed`);
});

test("from the last job of a page the next button leads to the next page, and a job that is in no list in view has no neighbours", async ({ panel, emulator }) => {
  const all = jobs(family, 25, own);
  await emulator.replaceJobs(family, all);
  await panel.openList(family, `/${all[9]!.id}?rows=10`);
  await panel.detail.step("Next job").click();
  await panel.isAt(`#/${family.slug}/${all[10]!.id}?page=2&rows=10`);
  await expect(panel.detail.step("Next job")).toBeFocused();
  await expect(panel.detail.region).toContainText(all[10]!.id);
  await panel.detail.step("Previous job").click();
  await panel.isAt(`#/${family.slug}/${all[9]!.id}?rows=10`);
  await expect(panel.detail.step("Previous job")).toBeFocused();

  await panel.go(`#/${family.slug}/${all[20]!.id}?rows=10`);
  await expect(panel.detail.region).toContainText(all[20]!.id);
  for (const name of ["Previous job", "Next job"] as const) {
    await expect(panel.detail.step(name)).toHaveAttribute("aria-disabled", "true");
  }
});

test("a job is compared with the previous one of the same selection", async ({ panel, emulator }) => {
  await panel.open();
  for (const family of differing) {
    await test.step(family.slug, async () => {
      const own = [1, 2, 3].map((number) => container(family, number, { account_id: String(200_000_000_000 + number) }));
      const texts = (results: string[]) => Object.fromEntries(own.map((one, at) => [statusKey(family, one), results[at]!]));
      const now = job(family, 1, own, { id: `now-${family.slug}`, detailed_status: texts([BAD, GOOD, GOOD]) });
      const other = job(family, 2, own.slice(0, 1));
      const earlier = job(family, 3, own, { id: `earlier-${family.slug}`, detailed_status: texts([GOOD, BAD, GOOD]) });
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, [now, other, earlier]);
      await panel.go(`#/${family.slug}/${now.id}`);
      await expect(panel.detail.region).toContainText(now.id);
      await expect(panel.detail.region).toContainText("1 failed now and was good before · 1 is good again.");
      const row = (at: number) => panel.detail.rows.filter({ hasText: statusKey(family, own[at]!) });
      await expect(row(0).getByRole("cell").nth(1)).toHaveText(/Synchronized$/);
      await expect(row(1).getByRole("cell").nth(1)).toHaveText(/Error$/);
      await expect(row(2).getByRole("cell").nth(1)).toHaveText(/Synchronized$/);
      await panel.detail.region.getByRole("paragraph").filter({ hasText: "Compared with" }).getByRole("link").click();
      await panel.isAt(`#/${family.slug}/${earlier.id}`);
      await expect(panel.detail.region).toContainText(earlier.id);
      // Nothing is before it; and no step takes the words of the step before for its own.
      await expect(panel.detail.region).not.toContainText("1 failed now");
    });
  }
});

test("a press finds a previous job that the list does not show", async ({ panel, emulator }) => {
  const now = job(family, 1, own, { detailed_status: { [statusKey(family, own[0]!)]: BAD } });
  const earlier = job(family, 30, own, { detailed_status: { [statusKey(family, own[0]!)]: GOOD } });
  const between = jobs(family, 29, own).slice(1);
  await emulator.replaceJobs(family, [now, ...between, earlier]);
  await panel.openList(family, `/${now.id}?rows=10`);
  await expect(panel.detail.region).not.toContainText("Compared with");
  await emulator.clearRequests();
  await panel.detail.button("Compare with the previous job").click();
  await expect(panel.detail.region).toContainText("1 failed now and was good before.");
  const requests = (await emulator.requests()).filter((request) => request.path === API + family.root);
  expect(requests).toHaveLength(1);

  await panel.openList(family, `/${earlier.id}?page=4&rows=10`);
  await panel.detail.button("Compare with the previous job").click();
  const nothing = panel.detail.region.getByText("None of the 30 jobs synchronized the same before this one.");
  await expect(nothing).toBeFocused();
  expect(listPath(family)).toBe(API + family.root);
});
