// Finds things on the screen by role and name, and uses them as a person does: by pointer and keys, once they can be reached.
// Roles and names are those of Testing Library, which knows them in every engine.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect } from "@playwright/test";

import type { Engine } from "./engine";

const LIBRARY = readFileSync(createRequire(import.meta.url).resolve("@testing-library/dom/dist/@testing-library/dom.umd.js"), "utf8");

/** A name is the whole name, or an expression that part of it matches. */
type Name = string | RegExp;

interface Point {
  x: number;
  y: number;
}

/** One look: the query of the library and what it is given. */
type Look = ["Role", string, Name?] | ["LabelText" | "Text", Name];

/** What is found by looks, each within what the one before has found. */
export class Part {
  constructor(
    readonly engine: Engine,
    private readonly path: Look[] = []
  ) {}

  /** By role, and by accessible name where that is given. */
  part(role: string, name?: Name): Part {
    return new Part(this.engine, [...this.path, ["Role", role, name]]);
  }

  /** By label: a box for a password has no role. */
  labelled(name: Name): Part {
    return new Part(this.engine, [...this.path, ["LabelText", name]]);
  }

  /** By the text that it holds itself. */
  text(text: Name): Part {
    return new Part(this.engine, [...this.path, ["Text", text]]);
  }

  /** What `what` makes of the elements. It runs in the page: it knows its arguments and nothing else. */
  async read<T>(what: (found: HTMLElement[]) => T): Promise<T>;
  async read<T, A>(what: (found: HTMLElement[], argument: A) => T, argument: A): Promise<T>;
  async read<T, A>(what: (found: HTMLElement[], argument: A) => T, argument?: A): Promise<T> {
    const path = this.path.map((look) => `[${look.map((part) => (part instanceof RegExp ? String(part) : JSON.stringify(part)))}]`);
    const expression = `(${find})([${path}], ${what}, ${JSON.stringify(argument)})`;
    const answer = (await this.engine.evaluate(expression)) as { value: T } | null;
    if (answer) return answer.value;
    // A new document does not have the library yet.
    await this.engine.evaluate(`void (() => {${LIBRARY}})()`);
    return ((await this.engine.evaluate(expression)) as { value: T }).value;
  }

  count(): Promise<number> {
    return this.read((found) => found.length);
  }

  texts(): Promise<string[]> {
    return this.read((found) => found.map((one) => one.innerText.replace(/\s+/g, " ").trim()));
  }

  /** What is typed or chosen. */
  values(): Promise<string[]> {
    return this.read((found) => found.map((one) => (one as HTMLInputElement).value));
  }

  async isShown(): Promise<void> {
    await expect.poll(() => this.count(), `there is ${this}`).toBeGreaterThan(0);
  }

  async isGone(): Promise<void> {
    await expect.poll(() => this.count(), `${this} is gone`).toBe(0);
  }

  async hasCount(count: number): Promise<void> {
    await expect.poll(() => this.count(), `how many ${this}`).toBe(count);
  }

  /** All of it together says this. */
  async says(text: string | RegExp): Promise<void> {
    const said = expect.poll(async () => (await this.texts()).join("\n"), `what ${this} says`);
    await (typeof text === "string" ? said.toContain(text) : said.toMatch(text));
  }

  async hasValue(value: string): Promise<void> {
    await expect.poll(() => this.values(), `the value of ${this}`).toEqual([value]);
  }

  async isFocused(): Promise<void> {
    await expect.poll(() => this.read((found) => found.includes(document.activeElement as HTMLElement)), `${this} has the focus`).toBe(true);
  }

  /** Presses it where it can be seen, once it can be used and rests. */
  async press(): Promise<void> {
    let point: Point | undefined;
    const reached = async () => {
      const before = point;
      const now = await this.read(reach);
      point = typeof now === "string" ? undefined : now;
      if (typeof now === "string") return now;
      return before?.x === now.x && before.y === now.y ? "rests" : "moves";
    };
    await expect.poll(reached, { message: `pressing ${this}`, intervals: [30] }).toBe("rests");
    await this.engine.click(point!.x, point!.y);
  }

  /** Types over what stands there. */
  async fill(text: string): Promise<void> {
    await this.press();
    await this.read(([one]) => (one as HTMLInputElement).select());
    await this.engine.type(text);
    await this.hasValue(text);
  }

  /** Chooses from a list that the browser draws itself, out of the reach of its drivers. */
  async choose(option: string): Promise<void> {
    await this.isShown();
    const chosen = await this.read((found, option) => {
      const list = found[0] as HTMLSelectElement;
      const wanted = [...list.options].find((one) => one.text.trim() === option);
      if (!wanted) return [...list.options].map((one) => one.text);
      list.value = wanted.value;
      for (const type of ["input", "change"]) list.dispatchEvent(new Event(type, { bubbles: true }));
      return option;
    }, option);
    expect(chosen, `choosing in ${this}`).toBe(option);
  }

  /** As a message names it. */
  toString(): string {
    return this.path.map(([, ...given]) => given.filter((part) => part !== undefined).join(" ")).reverse().join(" in ");
  }
}

/** The page's side of `read`; `null` where the document does not have the library. */
function find<T, A>(path: Look[], what: (found: HTMLElement[], argument: A) => T, argument: A): { value: T } | null {
  type Query = (within: HTMLElement, wanted: Name, options?: object) => HTMLElement[];
  const library = (window as unknown as { TestingLibraryDom?: Record<string, Query> }).TestingLibraryDom;
  if (!library || !document.body) return null;
  const found = path.reduce(
    (within, [by, wanted, name]) => within.flatMap((one) => library[`queryAllBy${by}`]!(one, wanted, name ? { name } : {})),
    [document.body]
  );
  return { value: what([...new Set(found)], argument) };
}

/** The page's side of `press`: where the pointer meets the only element, or what is in the way. */
function reach(found: HTMLElement[]): Point | string {
  const [one] = found;
  if (!one || found.length > 1) return `${found.length} of them`;
  if (one.matches(":disabled, [aria-disabled=true]")) return "disabled";
  // A box that a style draws itself lies under its label.
  const parts = [one, ...((one as HTMLInputElement).labels ?? [])];
  let met: Element | null = null;
  for (const part of parts) {
    part.scrollIntoView({ block: "nearest", inline: "nearest" });
    // The first of several lines: the middle of all may be beside each.
    const { left, top, width, height } = part.getClientRects()[0] ?? part.getBoundingClientRect();
    const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    met = document.elementFromPoint(x, y);
    if (met && parts.some((part) => part.contains(met))) return { x, y };
  }
  return `covered by ${met?.outerHTML.slice(0, 120)}`;
}
