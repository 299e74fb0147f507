// The rows of the fault matrix about the session.
import { expect } from "@playwright/test";

import { API, family } from "../families";
import type { FaultKind } from "./faults";
import { list } from "./jobs";
import type { Operation } from "./operation";

const NO_TOKEN: Partial<FaultKind> = { cause: /The answer holds no token/ };

export const signIn: Operation = {
  name: "sign in",
  open: async (panel) => {
    await panel.open(`#/${family.slug}`);
    await expect(panel.signIn.button).toBeVisible();
  },
  prepare: async ({ signIn, emulator }) => {
    await signIn.box("Username").fill(emulator.user);
    await signIn.box("Password").fill(emulator.password);
  },
  target: () => ({ method: "POST", path: `${API}/auth/tokens` }),
  press: ({ signIn }) => signIn.button.click(),
  place: ({ page }) => page.getByRole("main"),
  kept: async ({ signIn, emulator }) => {
    await expect(signIn.box("Username")).toHaveValue(emulator.user);
    await expect(signIn.box("Password")).toHaveValue(emulator.password);
  },
  success: ({ frame }) => frame.signOut,
  reset: async ({ frame, signIn }) => {
    await frame.signOut.click();
    await expect(signIn.button).toBeVisible();
  },
  except: {
    "empty body": NO_TOKEN,
    "invalid JSON": NO_TOKEN,
    "another shape": NO_TOKEN,
    "page of a proxy": NO_TOKEN,
    "401": {
      end: "refused",
      cause: /HTTP 401.*NCERRAuth: Wrong password/s,
      next: /Sign in again/,
      make: undefined,
      fault: { status: 401, body: { codeDesc: "NCERRAuth", message: "Wrong password" } }
    }
  }
};

/** The server takes the refresh token for good, so only another sign-in helps. */
const REFUSED_RENEWAL: Partial<FaultKind> = { end: "ended", cause: /Your session has ended/, next: /Sign in to go on where you were/ };

/** A renewal that is due while the person goes on, with a token that has expired already. */
export const renew: Operation = {
  ...list,
  name: "renew",
  server: { tokenSeconds: 300 },
  // The time passes with the press: any request that comes before it would renew the token unseen.
  press: async (panel) => {
    await panel.advance(320);
    await panel.refresh();
  },
  again: (panel) => panel.refresh(),
  target: () => ({ method: "POST", path: `${API}/auth/tokens` }),
  except: {
    "empty body": NO_TOKEN,
    "invalid JSON": NO_TOKEN,
    "another shape": NO_TOKEN,
    "page of a proxy": NO_TOKEN,
    ...Object.fromEntries(["400", "403 permission", "403 unlicensed", "404", "409"].map((status) => [status, REFUSED_RENEWAL]))
  }
};
