// The files of `deploy/` with a real nginx, with TLS on both sides.
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { APIResponse, Response } from "@playwright/test";

import { container, ids, job } from "../data";
import { API, family, jobPath, listPath } from "../families";
import { expect, test } from "../hosting";
import { Panel } from "../pages/panel";
import { hasBrotli, type Hosting, OF_SITE } from "../nginx";

test.skip(!process.env["KEY_SYNC_NGINX"], "nginx is not installed");

const PLACES: Hosting["place"][] = ["root", "below", "container"];

/** The headers of every response, each exactly once; the policy is compared with the emulator's. */
const ALWAYS = {
  "content-security-policy": /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; .*frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default$/,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": /camera=\(\), .*clipboard-write=\(self\).*xr-spatial-tracking=\(\)$/,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin"
};
const FOR_EVER = "public, max-age=31536000, immutable";

type Answer = Response | APIResponse;

const size = (file: string) => String(statSync(file).size);

async function values(answer: Answer, name: string): Promise<string[]> {
  const headers = await answer.headersArray();
  return headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value);
}

async function isGuarded(answer: Answer, keep: string): Promise<void> {
  for (const [name, expected] of Object.entries(ALWAYS)) {
    const found = await values(answer, name);
    expect(found, `${name} of ${answer.url()}`).toHaveLength(1);
    if (typeof expected === "string") expect(found[0]).toBe(expected);
    else expect(found[0]).toMatch(expected);
  }
  expect(await values(answer, "cache-control"), answer.url()).toEqual([keep]);
  expect(await values(answer, "strict-transport-security"), "the operator's choice").toEqual([]);
  expect(await values(answer, "x-of-site"), "of the site around it").toEqual([]);
  const names = (await answer.headersArray()).map((header) => header.name.toLowerCase());
  expect(names.filter((name) => name.startsWith("access-control-")), "no other site may read").toEqual([]);
}

for (const place of PLACES) {
  test.describe(place, () => {
    test.use({ hosting: { place }, server: { open: false, data: "empty" } });

    test("signs in, lists, starts, cancels, and comes back by link and by reload", async ({ panel, emulator, page }) => {
      const own = [1, 2].map((number) => container(family, number));
      const [first, second] = [job(family, 1, own), job(family, 2, own)];
      await emulator.replaceContainers(family, own);
      await emulator.replaceJobs(family, [first, second]);

      // A link to a job, before anybody is signed in.
      const link = `#/${family.slug}/${first.id}`;
      await panel.open(link);
      await panel.signIn.withPassword(emulator.user, emulator.password);
      await expect(panel.detail.region).toBeVisible();
      await panel.isAt(link);
      await panel.list.showsAnyOrder(ids([first, second]));

      await panel.start.open.click();
      await panel.start.everything.check();
      await panel.start.send.click();
      await expect(panel.start.dialog).toHaveCount(0);
      const started = (await emulator.jobs(family)).find(({ id }) => id !== first.id && id !== second.id)!;
      await panel.list.link(started.id).click();
      await panel.detail.button("Cancel job").click();
      await panel.detail.confirm.click();
      await expect(panel.detail.region.getByText("Cancelling", { exact: true })).toBeVisible();

      const changes = (await emulator.posts()).filter(({ path }) => !path.includes("/auth/"));
      expect(changes.map(({ path, body }) => ({ path, body }))).toEqual([
        { path: listPath(family), body: { synchronize_all: true } },
        { path: `${jobPath(family, started.id)}/cancel`, body: null }
      ]);

      await page.reload();
      await panel.signIn.withPassword(emulator.user, emulator.password);
      await panel.isAt(`#/${family.slug}/${started.id}`);
      await expect(panel.detail.region).toBeVisible();
      await panel.list.showsAnyOrder(ids([started, first, second]));
    });

    test("every file comes with its type, its headers once, and for as long as it may be kept", async ({
      panel,
      nginx,
      page,
      guard,
      backend
    }) => {
      guard.expect(404);
      const answers: Response[] = [];
      page.on("response", (response) => answers.push(response));
      await panel.open();
      await expect(panel.signIn.button).toBeVisible();

      const types: Record<string, string> = {
        html: "text/html; charset=utf-8",
        css: "text/css; charset=utf-8",
        js: "text/javascript; charset=utf-8",
        json: "application/json; charset=utf-8",
        wasm: "application/wasm",
        png: "image/png"
      };
      const seen = new Set<string>();
      for (const answer of answers.filter((answer) => !answer.url().includes(API))) {
        expect(answer.status(), answer.url()).toBe(200);
        const name = new URL(answer.url()).pathname.replace(/\/$/, "/index.html").split("/").at(-1)!;
        const kind = name.split(".").at(-1)!;
        seen.add(kind);
        expect(await values(answer, "content-type"), name).toEqual([types[kind]]);
        // The names of the page and of the operator's files do not change, so a browser must revalidate them.
        await isGuarded(answer, kind === "html" || kind === "json" ? "no-cache" : FOR_EVER);
        // The precompressed file itself, byte for byte, if there is one.
        if (existsSync(join(nginx.files, `${name}.gz`))) {
          expect(await values(answer, "content-encoding"), name).toEqual(["gzip"]);
          expect(await values(answer, "content-length")).toEqual([size(join(nginx.files, `${name}.gz`))]);
        }
      }
      expect([...seen]).toEqual(expect.arrayContaining(["html", "css", "js", "wasm"]));

      // A missing file, and one whose name would be cached for ever.
      for (const missing of ["missing", "missing-0123456789abcdef.js"]) {
        const answer = await page.request.get(nginx.panel + missing);
        expect(answer.status()).toBe(404);
        await isGuarded(answer, "no-cache");
      }
      const shown = await page.goto(`${nginx.panel}missing.js`);
      expect(shown!.status()).toBe(404);
      await isGuarded(shown!, "no-cache");

      // The same policy everywhere.
      const policy = (await fetch(backend.panel)).headers.get("content-security-policy");
      expect(await values(shown!, "content-security-policy")).toEqual([policy]);
      expect(nginx.log.filter((line) => /\[(warn|crit|alert|emerg)\]/.test(line))).toEqual([]);
    });

    test("an operator's files are never stale, and the API's responses have the same headers, and none of the manager's", async ({
      nginx,
      backend,
      page
    }) => {
      const settings = join(nginx.files, "config.json");
      writeFileSync(settings, '{"title":"one"}');
      const ask = (headers = {}) => page.request.get(`${nginx.panel}config.json`, { headers });
      const first = await ask();
      expect(await first.json()).toEqual({ title: "one" });
      await isGuarded(first, "no-cache");
      expect(await values(first, "content-type")).toEqual(["application/json; charset=utf-8"]);
      // The same length and modification time: a server that derives versions from these would send the old one for ever.
      const time = await values(first, "last-modified");
      writeFileSync(settings, '{"title":"two"}');
      const second = await ask({ "If-Modified-Since": time[0]! });
      expect(second.status()).toBe(200);
      expect(await second.json()).toEqual({ title: "two" });
      expect(await values(first, "etag")).toEqual([]);

      const answer = await page.request.get(`${nginx.address}${API}/auth/self/user`);
      // The panel computes ages from the CipherTrust Manager's clock, not from nginx's.
      expect(await values(answer, "date")).toEqual([backend.time().toUTCString()]);
      expect(answer.status()).toBe(401);
      expect(await answer.json()).toHaveProperty("codeDesc");
      await isGuarded(answer, "no-store");

      const large = await page.request.post(`${nginx.address}${listPath(family)}`, { data: "x".repeat(300_000) });
      expect(large.status()).toBe(413);
      await isGuarded(large, "no-store");
    });
  });
}

test.describe("with the module for brotli", () => {
  test.skip(!hasBrotli, "nginx has no module for brotli");
  test.use({ hosting: { place: "root", brotli: true } });

  test("the program is sent as brotli to a browser and as gzip to others", async ({ panel, page, nginx }) => {
    const [program] = await Promise.all([page.waitForResponse(/\.wasm$/), panel.open()]);
    await panel.list.isLoaded();
    expect(await values(program, "content-encoding")).toEqual(["br"]);
    expect(await values(program, "content-type")).toEqual(["application/wasm"]);
    expect(await values(program, "vary")).toEqual(["Accept-Encoding"]);
    await isGuarded(program, FOR_EVER);
    const file = join(nginx.files, new URL(program.url()).pathname);
    expect(await values(program, "content-length")).toEqual([size(`${file}.br`)]);

    for (const [accepted, sent] of [["gzip", ["gzip"]], ["identity", []]] as const) {
      const answer = await page.request.get(program.url(), { headers: { "Accept-Encoding": accepted } });
      expect(await values(answer, "content-encoding")).toEqual(sent);
      expect((await answer.body()).length).toBe(statSync(file).size);
    }
  });
});

test.describe("below a path", () => {
  test.use({ hosting: { place: "below" } });

  test("the path without its slash leads to it, and the site around it stays as it is", async ({ page, nginx, panel, browser, guard }) => {
    const bare = nginx.panel.replace(/\/$/, "");
    const answer = await page.request.get(bare, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(await values(answer, "location")).toEqual(["/key-sync/"]);
    await isGuarded(answer, "no-cache");

    // In a separate browser context, because the guard allows only the panel's own URLs.
    const other = await browser.newPage({ ignoreHTTPSErrors: true });
    await other.goto(`${bare}#/${family.slug}`);
    await new Panel(other, panel.emulator, guard).list.isLoaded();
    expect(other.url()).toBe(`${nginx.panel}#/${family.slug}`);
    await other.close();

    const around = await page.request.get(`${nginx.address}/`);
    expect(await around.text()).toBe("another site");
    for (const [name, value] of Object.entries(OF_SITE)) {
      expect(await values(around, name.toLowerCase())).toEqual([value]);
    }
  });
});

for (const wrong of ["authority", "name"] as const) {
  test.describe(`a manager's certificate with another ${wrong}`, () => {
    test.use({ hosting: { place: "root", wrong }, server: { open: false } });

    test("nothing is sent to it, and the page reports that there is no response", async ({ panel, emulator, guard, nginx }) => {
      guard.expect(502);
      await panel.open();
      await panel.signIn.withPassword(emulator.user, emulator.password);
      await expect(panel.alert("Could not sign in")).toContainText("HTTP 502");
      expect(await emulator.requests()).toEqual([]);
      expect(nginx.log.join("\n")).toMatch(/upstream SSL certificate (verify error|does not match)/);
    });
  });
}
