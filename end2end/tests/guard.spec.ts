// The guard of every test sees each kind of breach: without this, "no breach" would say nothing.
import { createHash } from "node:crypto";

import { BREACHES } from "../breaches";
import { family } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { open: true, data: "empty" } });

for (const { what, expression, reported } of BREACHES) {
  test(`a test fails by ${what}`, async ({ panel, page, guard }) => {
    await panel.openList(family);
    expect(guard.breaches).toEqual([]);
    await page.evaluate(expression);
    await expect.poll(() => guard.breaches.join("\n")).toMatch(reported);
    guard.end();
  });
}

test("a test fails by a file that is not the published one", async ({ panel, page, guard }) => {
  await panel.openList(family);
  const other = createHash("sha384").update("other").digest("base64");
  await page.evaluate((other) => {
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", integrity: `sha384-${other}` });
    sheet.href = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")!.href;
    document.head.append(sheet);
  }, other);
  await expect.poll(() => guard.breaches.join("\n")).toMatch(/integrity/);
  guard.end();
});
