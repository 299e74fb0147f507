// The guard of every test sees each kind of breach: without this, "no breach" would say nothing.
import { createHash } from "node:crypto";

import { BREACHES } from "../breaches";
import { family } from "../families";
import { expect, test } from "../fixtures";

test.use({ server: { open: true, data: "empty" } });

/** A file that is not the published one. */
const OTHER_FILE = `void (() => {
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", integrity: "sha384-${createHash("sha384").update("other").digest("base64")}" });
  sheet.href = document.querySelector("link[rel=stylesheet]").href;
  document.head.append(sheet);
})()`;

test("a test fails by each breach of the policy, and by a file that is not the published one", async ({ panel, page, guard }) => {
  await panel.openList(family);
  expect(guard.breaches).toEqual([]);
  const file = { what: "a file that is not the published one", expression: OTHER_FILE, reported: /integrity/ };
  for (const { what, expression, reported } of [...BREACHES, file]) {
    await test.step(what, async () => {
      await page.evaluate(expression);
      await expect.poll(() => guard.breaches.join("\n")).toMatch(reported);
      // What is still to be said of it is said by now, and counts for no other breach.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      guard.breaches.length = 0;
    });
  }
  guard.end();
});
