// `budget.toml`: what a visit may cost where it does not depend on the machine.
import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";

const text = readFileSync(new URL("../budget.toml", import.meta.url), "utf8");
const BUDGET = new Map([...text.matchAll(/^(\w+) = (-?[\d_]+)$/gm)].map(([, name, most]) => [name!, Number(most!.replaceAll("_", ""))]));

/** Asserts that `have` is not above the budget `name`. */
export function expectWithin(name: string, have: number): void {
  const most = BUDGET.get(name);
  if (most === undefined) throw new Error(`budget.toml has no ${name}`);
  expect(have, `${name} of budget.toml`).toBeLessThanOrEqual(most);
}
