// The program's second part: not waited for by the first rows, loaded when it is needed, and said where it does not come.
import { readdirSync } from "node:fs";

import { container, ids, job, jobs } from "../data";
import { families, jobPath } from "../families";
import { expect, test } from "../fixtures";

const SECOND = /-second-[0-9a-f]+\.(wasm|css)$/;
const family = families[0]!;

test.use({ server: { data: "empty" } });
test.skip(
  () => !readdirSync(process.env.KEY_SYNC_DIST!).some((name) => SECOND.test(name)),
  "only a release is in two parts"
);

test("the first rows need no file that the page does not name", async ({ panel, emulator }) => {
  const { page } = panel;
  await page.clock.install({ time: emulator.time() });
  await page.clock.pauseAt(new Date(emulator.time().getTime() + 1000));
  const own = [container(family, 1)];
  await emulator.replaceContainers(family, own);
  const all = jobs(family, 3, own);
  await emulator.replaceJobs(family, all);
  const loaded: string[] = [];
  page.on("request", (request) => {
    if (SECOND.test(request.url())) loaded.push(new URL(request.url()).pathname.replace(/^.*\./, ""));
  });
  await panel.open("#/all");
  await panel.list.shows(ids(all));
  expect(loaded).toEqual([]);
  // Then it comes by itself, so that the first press does not wait for it.
  const came = page.waitForResponse((response) => SECOND.test(response.url()) && response.url().endsWith("wasm"));
  await page.clock.runFor(1000);
  await came;
  expect(loaded.sort()).toEqual(["css", "wasm"]);
});

for (const [what, kind] of [["program", "wasm"], ["stylesheet", "css"]] as const) {
  test(`a ${what} that does not come is said, and asked for again`, async ({ panel, emulator, guard }) => {
    guard.expect("network");
    const one = job(family, 1, [container(family, 1)]);
    await emulator.replaceJobs(family, [one]);
    const files = (url: URL) => SECOND.test(url.pathname) && url.pathname.endsWith(kind);
    await panel.page.route(files, (route) => route.abort());
    await panel.open(`#/${family.slug}`);
    const alert = panel.alert("Could not load a part of the panel");
    await expect(alert).toBeVisible();
    await panel.page.unroute(files);
    await alert.getByRole("button", { name: "Try again" }).click();
    await panel.list.shows([one.id]);
    await expect(alert).toHaveCount(0);
  });
}

test("a program of another build is refused", async ({ panel, emulator, guard }) => {
  const one = job(family, 1, [container(family, 1)]);
  await emulator.replaceJobs(family, [one]);
  await panel.page.route((url) => SECOND.test(url.pathname) && url.pathname.endsWith("wasm"), async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from([0])]) });
  });
  await panel.open("#/all");
  await panel.list.link(one.id).click();
  await expect(panel.alert("Could not load a part of the panel")).toBeVisible();
  expect((await emulator.requests()).some((request) => request.path === jobPath(family, one.id))).toBe(false);
  // The browser says why, in its console.
  const said = guard.breaches.splice(0);
  expect(said.length).toBeGreaterThan(0);
  expect(said.every((breach) => breach.includes("integrity"))).toBe(true);
  await panel.page.unrouteAll({ behavior: "wait" });
});
