// Requirements of docs/security/asvs.md that no other test holds.
import { readdirSync } from "node:fs";

import { container, ids, jobs } from "../data";
import { family, listPath } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { open: false, data: "empty" } });

test("the boxes for secrets hide what is typed, and take what a person pastes or a password manager fills in", async ({ panel, page, context, emulator }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const hides = async (name: string, autocomplete: string) => {
    const box = panel.signIn.box(name);
    await expect(box).toHaveAttribute("type", "password");
    await expect(box).toHaveAttribute("autocomplete", autocomplete);
    await page.evaluate((text) => navigator.clipboard.writeText(text), "pasted");
    await box.focus();
    await page.keyboard.press("ControlOrMeta+V");
    await expect(box).toHaveValue("pasted");
  };
  await panel.open(`#/${family.slug}`);
  await hides("Password", "current-password");
  await expect(panel.signIn.box("Username")).toHaveAttribute("autocomplete", "username");
  await panel.signIn.useToken.click();
  await hides("Token", "off");
  expect(await emulator.posts()).toEqual([]);
});

test("a password is sent as it was typed, of any length", async ({ panel, emulator, guard }) => {
  guard.expect(401);
  const password = `  ÄÖ <b>"'\\ ${"x".repeat(200)} `;
  await panel.open(`#/${family.slug}`);
  await panel.signIn.withPassword(emulator.user, password);
  await expect(panel.alert("Could not sign in")).toBeVisible();
  expect((await emulator.grants("password")).map((body) => body["password"])).toEqual([password]);
});

test("what another page of the origin says to the tabs is no news where its form is not theirs", async ({ panel, emulator, page }) => {
  const all = jobs(family, 3, [container(family, 1)]);
  await emulator.open(true);
  await emulator.replaceJobs(family, all);
  await page.addInitScript(() => {
    const Channel = window.BroadcastChannel;
    window.BroadcastChannel = class extends Channel {
      constructor(name: string) {
        super(name);
        (window as unknown as { channels: string[] }).channels ??= [];
        (window as unknown as { channels: string[] }).channels.push(name);
      }
    };
  });
  await panel.openList(family);
  await panel.list.shows(ids(all));
  const told = await page.evaluate((path) => {
    const [name] = (window as unknown as { channels: string[] }).channels;
    const other = new BroadcastChannel(name!);
    const now = Date.now();
    const wrong = [
      null, 7, "text", {}, [], [path], [path, now], [path, "now", 200, "{}", 0], [path, now, "200", "{}", 0], [path, now, 200, {}, 0],
      [path, now, 200, null, 0], [path, now, 200, "{}", -1], [path, Number.NaN, 200, "{}", 0], [path, now + 1e9, 200, "{}", 0],
      [7, now, 200, "{}", 0], [`${path}?x=<img>`, now, 200, "<script>1</script>", 0], { 0: path, 1: now, 2: 200, 3: "{}", 4: 0 },
      new Map([[0, path]]), new Uint8Array(100_000), "hello", "here"
    ];
    for (const message of wrong) other.postMessage(message);
    return wrong.length;
  }, listPath(family));
  expect(told).toBeGreaterThan(20);
  await panel.refreshed(listPath(family));
  await panel.list.shows(ids(all));
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a release holds what the page needs, and nothing of its making", () => {
  const release = /^(key-sync(-rest)?-[0-9a-f]{16}\.(js|wasm)|style(-rest)?-[0-9a-f]{16}\.css|favicon-[0-9a-f]{16}\.png|index\.html|config\.json|licences\.txt)(\.br|\.gz)?$/;
  const files = readdirSync(process.env["KEY_SYNC_DIST"]!, { recursive: true }) as string[];
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((name) => !release.test(name))).toEqual([]);
});
