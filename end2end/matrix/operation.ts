// What the fault matrix has to know of an operation, and what its rows share.
import { expect, type Locator } from "@playwright/test";

import type { Server } from "../emulator";
import type { Panel } from "../pages/panel";
import type { FaultKind, Target } from "./faults";

/** A fault that ends in another way for one operation, or the reason why the two cannot meet. */
export type Exception = string | Partial<FaultKind>;

export interface Operation {
  name: string;
  server?: Server;
  /** Leads to where the operation is done. Once for all cells, and after one that has failed. */
  open(panel: Panel): Promise<void>;
  /** Makes ready for cell number `at`, in which the operation has something to do that it had not before. */
  prepare?(panel: Panel, at: number): Promise<void>;
  /** The requests that the fault concerns. */
  target(at: number): Target;
  press(panel: Panel, at: number): Promise<void>;
  /** Where the message stands. */
  place(panel: Panel): Locator;
  /** Asserts that nothing that was typed or chosen is lost. */
  kept?(panel: Panel, at: number, kind: FaultKind): Promise<void>;
  /** What is there only after a success. Where it is absent, `place` is a dialog that a success closes. */
  success?(panel: Panel, at: number): Locator;
  /** What announces a success; by default the words of `fault_matrix.spec.ts`. */
  announced?: RegExp;
  /** The one press that repeats it where no **Try again** is offered. By default `press`. */
  again?(panel: Panel, at: number): Promise<void>;
  /** Returns to where the next cell begins. */
  reset?(panel: Panel, at: number): Promise<void>;
  except?: Record<string, Exception>;
}

/** Signs in at `hash`. */
export async function enter(panel: Panel, hash: string): Promise<void> {
  await panel.open(hash);
  await panel.signIn.withPassword(panel.emulator.user, panel.emulator.password);
  await expect(panel.frame.signOut).toBeVisible();
}

/** An empty answer with a good status is the server's consent. */
export const ACCEPTED: Partial<FaultKind> = { end: "served" };

/** Long enough for jobs of the emulator to end. */
export const JOB_SECONDS = 100;
