// The row of the fault matrix about Server check: its first question about a family meets the fault, and the finding says so.
import { expect } from "@playwright/test";

import { LONG_INTERVALS } from "../emulator";
import { families, family, listPath, titleOf } from "../families";
import type { FaultKind } from "./faults";
import { enter, type Operation } from "./operation";

/** The next family of the same cloud, of which the fault says nothing. */
const other = families.find((one) => one.cloud === family.cloud && one !== family)!;

const AGAIN = /Run the check again in a moment/;
const refused = (cause: RegExp, next: RegExp): Partial<FaultKind> => ({ end: "refused", cause, next });
const NO_LIST = refused(/HTTP 200, and not a list of jobs/, AGAIN);
const page = (status: number, next = /let it pass \/api\/ on/) => refused(new RegExp(`HTTP ${status}, a proxy's page`), next);
const LOST = refused(/No answer: /, /Check the connection/);
const REDIRECT = refused(/A redirect to another address/, /let it pass \/api\/ on/);

/** What the finding says of each fault, which is another thing than the notice of a view. */
const SAID: Record<string, Partial<FaultKind>> = {
  "refused connection": LOST,
  hang: LOST,
  "cut body": LOST,
  offline: LOST,
  "empty body": NO_LIST,
  "page of a proxy": page(200),
  "wrong content type": page(200),
  "invalid JSON": NO_LIST,
  "another shape": NO_LIST,
  "redirect, same origin": REDIRECT,
  "redirect, elsewhere": REDIRECT,
  "403 permission": refused(/Forbidden: HTTP 403 · NCERRInsufficientPermissions/, /An administrator can permit it/),
  "403 unlicensed": refused(/Not licensed: HTTP 403/, /Whoever manages the server's licenses can add one/),
  "404": refused(/Unknown: HTTP 404 · NCERRResourceNotFound/, /This version of the server has no such jobs/),
  ...Object.fromEntries([413, 414, 431].map((status) => [status, page(status)])),
  ...Object.fromEntries([502, 503, 504].map((status) => [status, page(status, AGAIN)])),
  // The others are told in the server's own words, as everywhere.
  ...Object.fromEntries(["200 with codeDesc", "400", "409", "429", "429 with Retry-After", "500"].map((name) => [name, { end: "refused" as const, next: AGAIN }]))
};

export const serverCheck: Operation = {
  name: "server check",
  server: { config: { ...LONG_INTERVALS, views: [family.cloud] } },
  open: async (panel) => {
    await enter(panel, "#/check");
    await expect(panel.serverCheck.run).toBeVisible();
  },
  target: () => ({ method: "GET", path: listPath(family) }),
  press: ({ serverCheck }) => serverCheck.run.click(),
  place: ({ serverCheck }) => serverCheck.row(titleOf(family)),
  kept: async ({ serverCheck }, _, { end, name }) => {
    // Without a session nothing is found yet.
    if (end === "ended") return;
    // What was found before stays, and what comes after is found all the same.
    await serverCheck.found("Who is signed in", name === "offline" ? "Problem" : "Fine");
    if (end === "refused" && name !== "offline") await serverCheck.found(titleOf(other), "Fine");
  },
  success: ({ serverCheck }) => serverCheck.row(titleOf(family)).getByText("Answers, with"),
  except: SAID
};
