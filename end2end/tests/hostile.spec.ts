// Texts of a server, a proxy or a link are shown as text, or cut with a way to see the rest, and never executed.
import type { Page } from "@playwright/test";

import { type Container, container, type Job, job, running, statusKey } from "../data";
import { API, clouds, differing, DOMAINS, families, family, jobPath, listPath } from "../families";
import { expect, test } from "../fixtures";
import { isOwnHtml, noteHtml } from "../html";

test.use({ server: { open: true, data: "empty" } });

const LONG = "x".repeat(100_000);
const HOSTILE: [name: string, text: string][] = [
  ["a script", "<script>globalThis.ran = 1; alert(1)</script>"],
  ["an image", "\"'><img src=x onerror=\"globalThis.ran = 1\">"],
  ["a picture", "<svg/onload=globalThis.ran=1><style>*{display:none}</style>"],
  ["a frame", "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>"],
  ["a template's end", "</template></td></table><form action=//evil.example><input autofocus onfocus=ran=1>"],
  ["an address", "javascript:globalThis.ran=1"],
  ["a path", "../../auth/tokens?x=1#/aws"],
  ["entities", "&lt;b&gt;&#0;&amp;&quot;"],
  ["control characters", "a\u0000b\u0007c\u001b[31md\re\nf\u0085g\u2028h"],
  ["directions", "\u202egnp.exe\u2066\u2067abc\u200f"],
  ["a formula", "=cmd|' /C calc'!A0"],
  ["a lone surrogate and marks without end", `\ufffdZ${"\u0301".repeat(400)}`],
  ["100 kB without a break", LONG]
];

/** The start of the text as a document contains it: HTML inputs normalize line ends, and JSON has no lone surrogates. */
const begins = (text: string) => text.replace(/[\u0000-\u001f\u0085\u2028].*/s, "").slice(0, 12);

/** Asserts that no text was executed or became elements, and that the page is as wide as its window. */
async function isHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: "ran" in globalThis,
    scripts: [...document.scripts].filter((script) => !script.src.startsWith(location.origin)).length,
    built: document.querySelectorAll("main img, main iframe, main style, main script, main [onerror], main [onload], main [onfocus]").length,
    forms: document.querySelectorAll("form[action]").length,
    links: [...document.links].filter((link) => !link.getAttribute("href")!.startsWith("#/")).length,
    // The scroll bar takes some width.
    wider: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)
  }));
  expect(found).toEqual({ ran: false, scripts: 0, built: 0, forms: 0, links: 0, wider: 0 });
}

/** Records and closes dialogs of the browser (`alert`), which would block the page. */
function noDialogs(page: Page): string[] {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return dialogs;
}

/** Each text is in the responses of another family; markup is in those of all. */
const EVERYWHERE = HOSTILE.flatMap(([name, text], at) => {
  const own = name === "a script" ? differing : [families[at % families.length]!];
  return own.map((family) => ({ name, text, family }));
});

/** Up to three of them for one page, the longest for its own. No two are of one cloud, whose list of containers is loaded once. */
const TOGETHER: (typeof EVERYWHERE)[] = [];
for (const one of EVERYWHERE) {
  const fits = ({ text, family }: typeof one) => text !== LONG && one.text !== LONG && family.cloud !== one.family.cloud;
  const others = TOGETHER.find((others) => others.length < 3 && others.every(fits));
  if (others) others.push(one);
  else TOGETHER.push([one]);
}

for (const together of TOGETHER) {
  const title = together.map(({ family, name }) => `${family.slug} › ${name}`).join(", ");

  test(`${title}: in a job and its containers`, async ({ panel, emulator, page, guard }) => {
    // If the URL contains names, one of 100 kB is longer than a server accepts.
    guard.expect(414, 431);
    const dialogs = noDialogs(page);
    for (const { name, text, family } of together) {
      await test.step(`${family.slug} › ${name}`, async () => {
        const own: Container = container(family, 1, { name: text, Name: text, display_name: text, regions: [text], account_id: text });
        const one: Job = job(family, 1, [own], {
          detailed_status: { [statusKey(family, own)]: text, [text]: text },
          cloud: text,
          uri: text,
          account: text,
          application: text,
          devAccount: text,
          [text]: text
        });
        const status = job(family, 2, [own], { overall_status: text });
        await emulator.replaceContainers(family, [own]);
        await emulator.replaceJobs(family, [one, status]);
        await panel.goToList(family);
        await expect(panel.list.rows).toHaveCount(2);
        await isHarmless(page);
        await panel.list.link(one.id).or(panel.list.links.first()).first().click();
        await expect(panel.detail.region).toContainText(begins(text));
        await isHarmless(page);
        await panel.detail.region.getByText("As the server says it", { exact: true }).click();
        // A list may cut the text; the whole text is here.
        if (/^[ -~]*$/.test(text)) await expect(panel.detail.region).toContainText(JSON.stringify(text));
        await isHarmless(page);
        await page.setViewportSize({ width: 360, height: 800 });
        await isHarmless(page);
        await page.setViewportSize({ width: 1440, height: 900 });

        await panel.detail.button("Start again").click();
        await expect(panel.start.dialog).toBeVisible();
        await isHarmless(page);
        await page.keyboard.press("Escape");
        await panel.filters.containers(family).click();
        await expect(panel.filters.checkboxes.first()).toBeAttached();
        await isHarmless(page);
        // Encoded into the URL and decoded again.
        await panel.filters.checkboxes.first().check();
        await expect.poll(() => panel.hash()).toContain(`${family.filter}=`);
        await isHarmless(page);
        expect(dialogs).toEqual([]);
      });
    }
  });
}

test("any of them as a job's id", async ({ panel, emulator, page, guard }) => {
  // A URL of 100 kB is longer than a server accepts.
  guard.expect(400, 404, 414, 431);
  const dialogs = noDialogs(page);
  const jobs = HOSTILE.map(([, text], at) => job(family, at + 1, [], { id: text, ...running }));
  await emulator.replaceJobs(family, jobs);
  await panel.openList(family);
  await expect(panel.list.rows).toHaveCount(jobs.length);
  await isHarmless(page);
  await emulator.clearRequests();
  for (const [at, [name, text]] of HOSTILE.entries()) {
    await panel.list.links.nth(at).click();
    await expect(panel.detail.region, name).toContainText(begins(text));
    await isHarmless(page);
    await page.keyboard.press("Escape");
    await expect(panel.detail.region).toHaveCount(0);
  }
  await panel.open();
  await expect(panel.list.rows).toHaveCount(jobs.length);
  await isHarmless(page);
  // The id is one segment of the path, whatever it contains.
  for (const request of await emulator.requests()) {
    expect([API + "/auth", ...families.flatMap((one) => [listPath(one), API + one.containersPath])].some((path) => request.path.startsWith(path))).toBe(true);
    expect(request.method).toBe("GET");
  }
  expect(dialogs).toEqual([]);
});

test("any of them in the names of a person and of domains", async ({ panel, emulator, page }) => {
  const dialogs = noDialogs(page);
  const domains = HOSTILE.flatMap(([name, text]) => [{ id: name, name: text }, { id: text, name }]);
  await emulator.fault({ path: DOMAINS, body: { total: domains.length, resources: domains } });
  for (const [, text] of HOSTILE) {
    await emulator.fault({ path: `${API}/auth/self/user`, times: 1, body: { name: text, domain_name: text } });
    await panel.open(`#/${family.slug}`);
    await panel.list.isLoaded();
    await expect(panel.frame.domain.getByRole("option")).toHaveCount(domains.length);
    await isHarmless(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await isHarmless(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(panel.frame.signOut).toBeInViewport();
  }
  expect(dialogs).toEqual([]);
});

test("any of them in a link", async ({ panel, emulator, page, guard }) => {
  guard.expect(400, 404, 414, 431);
  const dialogs = noDialogs(page);
  for (const [name, text] of HOSTILE) {
    const word = encodeURIComponent(text.slice(0, 4000));
    const hashes = [
      `#/${family.slug}?id=${word}&status=${word}&page=${word}&rows=${word}&sort=${word}&${family.filter}=${word}&${word}=${word}`,
      `#/${word}`,
      `#/${family.slug}/${word}`,
      `#/all/${word}/${word}?depth=${word}`
    ];
    for (const [at, hash] of hashes.entries()) {
      // The link with most in it is opened from elsewhere, the others from the panel.
      if (at === 0) await panel.open(hash);
      else await panel.go(hash);
      await expect(panel.frame.signOut, name).toBeVisible();
      await expect(panel.frame.heading).toBeVisible();
      await panel.waitUntilIdle();
      await isHarmless(page);
    }
  }
  expect((await emulator.requests()).filter((request) => request.method !== "GET")).toEqual([]);
  expect(dialogs).toEqual([]);
});

test("any of them in a refusal, of the server and of a proxy", async ({ panel, emulator, page, guard }) => {
  guard.expect(403, 502);
  const dialogs = noDialogs(page);
  await panel.openList(family);
  for (const [, text] of HOSTILE) {
    const body = { code: 6, codeDesc: `NCERR ${text}`, message: text, requestID: text };
    await emulator.fault({ path: listPath(family), times: 1, status: 403, body });
    await panel.refresh();
    await expect(panel.alert("HTTP 403")).toContainText(begins(text));
    await isHarmless(page);
    await emulator.fault({ path: listPath(family), times: 1, status: 502, content_type: "text/html", body: `<html>${text}` });
    await panel.refresh();
    await expect(panel.alert("HTTP 502")).toContainText(`<html>${begins(text)}`);
    // The text is complete at any length: the notice scrolls.
    if (/^[!-~]+$/.test(text)) await expect(panel.alert("HTTP 502")).toContainText(`<html>${text}`);
    await isHarmless(page);
    await emulator.fault({ path: listPath(family), times: 1, status: 200, content_type: "text/html", body: `<html>${text}` });
    await panel.refresh();
    await expect(panel.alert("cannot read")).toContainText(`<html>${begins(text)}`);
    await isHarmless(page);
  }
  expect(dialogs).toEqual([]);
});

test("a link starts and cancels nothing, whatever it contains", async ({ panel, emulator, page, guard }) => {
  guard.expect(404, 405);
  const own = container(family, 1);
  const one = job(family, 1, [own], running);
  await emulator.replaceContainers(family, [own]);
  await emulator.replaceJobs(family, [one]);
  const wishes = ["cancel", "start", "action=start", "synchronize_all=true", "confirm=1", "retry", "again=1"];
  // All wishes in one address as it is opened, then each by itself.
  const together = wishes.join("&");
  for (const [at, hash] of [
    `#/${family.slug}/${one.id}?${together}`,
    `#/${family.slug}?${together}&${family.selector}=${own.id}`,
    ...wishes.map((wish) => `#/${family.slug}/${one.id}?${wish}`),
    ...wishes.map((wish) => `#/${family.slug}?${wish}&${family.selector}=${own.id}`),
    `#/${family.slug}/${one.id}/cancel`,
    `#/${family.slug}/${encodeURIComponent(`${one.id}/cancel`)}`,
    `#/all/${family.slug}/${one.id}/cancel`,
    `#${jobPath(family, one.id)}/cancel`
  ].entries()) {
    if (at < 2) await panel.open(hash);
    else await panel.go(hash);
    await panel.waitUntilIdle();
    await expect(panel.frame.signOut).toBeVisible();
    await expect(panel.frame.heading).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  expect((await emulator.requests()).filter((request) => request.method !== "GET")).toEqual([]);
  expect((await emulator.jobs(family)).map((job) => job.abort)).toEqual([false]);
  expect(clouds.length).toBeGreaterThan(0);
});

test("the policy accepts the elements of views, and nothing that could run or load", async ({ panel, page, guard }) => {
  await panel.openList(family);
  const [views, others, scripts] = await page.evaluate(() => {
    const refuses = (attempt: () => unknown) => {
      try {
        attempt();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    const element = document.createElement("div");
    const script = document.createElement("script");
    const read = (text: string) => refuses(() => (element.innerHTML = text));
    return [
      ['<span class="more">x &amp; y</span>', '<th scope="col" aria-label="x">Outcome</th>'].map(read),
      [
        "<script>1</script>",
        "<p><script src=//evil.example></script></p>",
        '<img src="x" onerror="1">',
        "<img src=x onerror=1>",
        '<p onclick="1">x</p>',
        '<p class="x" ONCLICK="1">x</p>',
        '<a href="javascript:1">x</a>',
        '<svg><a xlink:href="javascript:1">x</a></svg>',
        "<svg onload=1>",
        "<svg/onload=1>",
        '<iframe srcdoc="x"></iframe>',
        "<style>*{}</style>",
        '<link rel="stylesheet" href="x">',
        '<form action="//evil.example"></form>',
        '<input formaction="x">',
        '<p style="x">x</p>',
        '<p class="x"onclick="1">x</p>',
        '<p class=">" onclick="1">x</p>',
        "<!-- x -->",
        "<p",
        "<p class='x'>x</p>",
        '<template><p class="x">x</p></template>',
        '<math><mi href="javascript:1">x</mi></math>'
      ].filter((text) => !read(text)),
      [
        refuses(() => element.insertAdjacentHTML("beforeend", "<img>")),
        refuses(() => new DOMParser().parseFromString("<img>", "text/html")),
        refuses(() => document.write("<img>")),
        refuses(() => (script.text = "1")),
        refuses(() => (script.src = "//evil.example")),
        refuses(() => new Worker("data:,1")),
        refuses(() => trustedTypes.createPolicy("another", {}))
      ]
    ];
  });
  expect(views).toEqual([false, false]);
  expect(others).toEqual([]);
  expect(scripts).toEqual([true, true, true, true, true, true, true]);
  // The browser reports some of them, as it would for the panel, and later than it refuses them: the last one last.
  await expect.poll(() => guard.breaches.at(-1)).toContain("trusted-types-policy another");
  expect(guard.breaches.splice(0).filter((breach) => !/policy/i.test(breach))).toEqual([]);
});

test("no text of a server, a URL or a person is parsed as HTML", async ({ panel, emulator, page, guard }) => {
  guard.expect(500);
  await noteHtml(page);
  // Harmless enough for the policy, so that only its origin distinguishes it from the HTML of a view.
  const text = "<b>x</b>";
  const own = container(family, 1, { name: text, Name: text, display_name: text, regions: [text] });
  const one = job(family, 1, [own], { overall_status: text, detailed_status: { [statusKey(family, own)]: text, [text]: text } });
  await emulator.replaceContainers(family, [own]);
  await emulator.replaceJobs(family, [one]);
  await panel.openList(family, `?sort=${encodeURIComponent(text)}`);
  await expect(panel.list.rows).toHaveCount(1);
  await panel.list.links.first().click();
  await expect(panel.detail.region).toContainText(text);
  await panel.detail.region.getByText("As the server says it", { exact: true }).click();
  await panel.detail.button("Start again").click();
  await expect(panel.start.dialog).toBeVisible();
  await emulator.fault({ method: "POST", status: 500, body: { codeDesc: text } });
  await panel.start.send.click();
  await expect(panel.start.dialog).toContainText(text);
  await page.keyboard.press("Escape");
  for (const hash of ["#/attention", `#/history/${family.slug}`, `#/freshness/${family.slug}`, `#/${encodeURIComponent(text)}`]) {
    await page.evaluate((hash) => location.assign(hash), hash);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await panel.waitUntilIdle();
  }
  await isOwnHtml(page);
});
