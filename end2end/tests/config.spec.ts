// The settings in config.json, and the messages about mistakes in it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { container, ids, jobs } from "../data";
import type { Emulator } from "../emulator";
import { API, clouds, families, family, listPath, ofCloud } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { open: true, data: "empty" } });

const own = [container(family, 1)];
const all = jobs(family, 40, own);

const setUp = (emulator: Emulator, body: unknown) => emulator.fault({ path: "/config.json", body });

test("a missing file means the defaults", async ({ panel, emulator, guard, page }) => {
  guard.expect(404);
  await emulator.fault({ path: "/config.json", status: 404, body: "<h1>Not found</h1>" });
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.list.shows(ids(all).slice(0, 25));
  await expect(panel.frame.clouds.getByRole("link")).toHaveText(["All clouds", ...clouds, "Needs attention", "Schedules"]);
  await expect(page).toHaveTitle(`${family.cloud} · Key sync`);
  await expect(page.locator(".banner")).toHaveCount(0);
});

test("the file that comes with the build changes nothing", async ({ panel, emulator, page }) => {
  const file = await readFile(join(process.env["KEY_SYNC_DIST"]!, "config.json"), "utf8");
  expect(JSON.parse(file)).toEqual({});
  await setUp(emulator, JSON.parse(file));
  await panel.openList(family);
  await expect(page).toHaveTitle(`${family.cloud} · Key sync`);
});

test("title, banner, views and rows follow the configuration", async ({ panel, emulator, page }) => {
  const last = clouds.at(-1)!;
  const shown = [family.cloud, last];
  await setUp(emulator, { title: "Keys <b>of</b> Ada", banner: "Closed on <i>Sunday</i>", views: shown, rows: 10 });
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  await panel.list.shows(ids(all).slice(0, 10));
  await expect(panel.pages.rows).toHaveValue("10");
  await panel.isAt(`#/${family.slug}`);
  await expect(page).toHaveTitle(`${family.cloud} · Keys <b>of</b> Ada`);
  await expect(panel.frame.banner).toContainText("Keys <b>of</b> Ada");
  await expect(page.getByText("Closed on <i>Sunday</i>")).toBeVisible();
  await expect(panel.frame.clouds.getByRole("link")).toHaveText(["All clouds", ...shown, "Needs attention", "Schedules"]);

  // A value in the URL takes precedence.
  await panel.openList(family, "?rows=25");
  await panel.list.shows(ids(all).slice(0, 25));

  // A hidden view cannot be opened by its URL, and its lists are not requested.
  const hidden = ofCloud(clouds[1]!)[0]!;
  await panel.open(`#/${hidden.slug}`);
  await expect(panel.alert("There is no such view")).toBeVisible();
  await emulator.clearRequests();
  await panel.open();
  await panel.waitUntilIdle(...families.filter((one) => shown.includes(one.cloud)).map(listPath));
  const paths = (await emulator.requests()).map((request) => request.path);
  expect(families.filter((one) => !shown.includes(one.cloud) && paths.includes(listPath(one)))).toEqual([]);
});

test("the API may have another base path", async ({ panel, page, emulator }) => {
  await setUp(emulator, { api: "/gate/cm/api/v1/" });
  await emulator.replaceJobs(family, all);
  const paths: string[] = [];
  // As a proxy that removes the first part of the path.
  await page.route("**/gate/cm/api/v1/**", async (route) => {
    const url = new URL(route.request().url());
    paths.push(url.pathname);
    const response = await route.fetch({ url: url.href.replace("/gate/cm", "") });
    await route.fulfill({ response });
  });
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (path.startsWith(API)) paths.push(path);
  });
  await panel.openList(family);
  await panel.list.shows(ids(all).slice(0, 25));
  expect(paths.length).toBeGreaterThan(2);
  expect(paths.filter((path) => !path.startsWith("/gate/cm/api/v1/"))).toEqual([]);
  await panel.start.open.click();
  await panel.start.everything.check();
  await panel.start.shows(`/gate/cm${listPath(family)}`, { synchronize_all: true });
});

test("the limits of a refresh token follow the configuration", async ({ panel, emulator }) => {
  await emulator.open(false);
  await setUp(emulator, { refresh_token_minutes: 60, refresh_token_unused_minutes: 7 });
  await panel.open();
  await panel.signIn.withPassword(emulator.user, emulator.password);
  await expect(panel.frame.signOut).toBeVisible();
  expect(await emulator.grants("password")).toMatchObject([
    { refresh_token_lifetime: 60, refresh_token_revoke_unused_in: 7 }
  ]);
});

const MISTAKES = [
  // First, since these must cause no request at all.
  ["api", { api: "https://elsewhere.example/api" }, "a path of this origin"],
  ["api", { api: "//elsewhere.example" }, "a path of this origin"],
  // Browsers read a backslash as a slash, and skip tabs.
  ["api", { api: "/\\elsewhere.example" }, "a path of this origin"],
  ["api", { api: "/\t/elsewhere.example" }, "a path of this origin"],
  ["title", { title: 7 }, "a text"],
  ["banner", { banner: ["x"] }, "a text"],
  ["views", { views: ["Nimbus"] }, clouds[0]!],
  ["views", { views: {} }, "a list"],
  ["rows", { rows: 0 }, "1 to 1000"],
  ["running_seconds", { running_seconds: 1 }, "a whole number from 2 to 60"],
  ["running_seconds", { running_seconds: "4" }, "a whole number from 2 to 60"],
  ["quiet_seconds", { quiet_seconds: 3601 }, "a whole number from 5 to 3600"],
  ["idle_minutes", { idle_minutes: -1 }, "a whole number from 0"],
  ["refresh_token_minutes", { refresh_token_minutes: 1 }, "a whole number from 5"],
  ["refresh_token_unused_minutes", { refresh_token_unused_minutes: null }, "a whole number from 5"],
  ["config.json", "{\"rows\": 10,}", "not JSON"],
  ["config.json", [], "an object"],
  ["config.json", "<!doctype html><title>Sign in to the proxy</title>", "not JSON"]
] as const;

test("a mistake is named and nothing else starts", async ({ panel, emulator, page }) => {
  for (const [field, config, may] of MISTAKES) {
    await test.step(JSON.stringify(config), async () => {
      await setUp(emulator, config);
      await emulator.clearRequests();
      await panel.open();
      const alert = panel.alert("This panel is not set up right");
      await expect(alert).toContainText(field);
      await expect(alert).toContainText(may);
      await expect(page.getByRole("banner")).toHaveCount(0);
      await expect(panel.signIn.button).toHaveCount(0);
      // The page may request the user before the program has checked the rest, but never at a wrong URL.
      const paths = (await emulator.requests()).map((request) => request.path);
      expect(paths.filter((path) => field === "api" || path !== `${API}/auth/self/user`)).toEqual([]);
      await emulator.clearFaults();
    });
  }
});

test("a file that fails to load for another reason is not a missing file", async ({ panel, emulator, guard }) => {
  guard.expect(500);
  await emulator.fault({ path: "/config.json", status: 500, body: "" });
  await panel.open();
  await expect(panel.alert("This panel is not set up right")).toContainText("HTTP 500");
  expect(await emulator.requests()).toEqual([]);
});
