// Steps that the journeys of every engine share: what they fill in, open and look for.
import { container, type Job, jobs } from "../data";
import type { Emulator } from "../emulator";
import { family } from "../families";
import type { Engine } from "./engine";
import { expect } from "./fixtures";
import type { Part } from "./screen";

export const own = [1, 2, 3].map((number) => container(family, number));
export const all = jobs(family, 40, own);
export const LIST = `#/${family.slug}`;

export async function fill(emulator: Emulator, jobs = all): Promise<void> {
  await emulator.replaceContainers(family, own);
  await emulator.replaceJobs(family, jobs);
}

export async function open(screen: Part, emulator: Emulator, hash = LIST): Promise<void> {
  await screen.engine.open(emulator.panel + hash);
}

/** The list shows these jobs, in this order. */
export async function lists(screen: Part, jobs: { id?: string }[]): Promise<void> {
  const links = screen.part("table", "Synchronization jobs").part("link");
  const shown = () => links.read((links) => links.map((link) => link.getAttribute("href")!.split("?")[0]!.split("/").at(-1)!));
  await expect.poll(shown, "the jobs in the list").toEqual(jobs.map(({ id }) => id));
}

export async function isAt({ engine }: Part, hash: string): Promise<void> {
  await expect.poll(() => engine.evaluate("location.hash"), "the address").toBe(hash);
}

/** The job that a test has started. */
export const started = async (emulator: Emulator, before: Job[] = []) => (await emulator.jobs(family)).find(({ id }) => before.every((one) => one.id !== id))!;

export const banner = (screen: Part) => screen.part("banner");
export const cloud = (screen: Part, name: string | RegExp) => screen.part("navigation", "Clouds").part("link", name);
export const row = (screen: Part, id: string) => screen.part("table", "Synchronization jobs").part("row", new RegExp(id));
export const refresh = (screen: Part) => screen.part("button", "Refresh now").press();

export async function openJob(screen: Part, id: string): Promise<Part> {
  await screen.part("table", "Synchronization jobs").part("link", id).press();
  return screen.part("region", "Job");
}

/** How many pixels of the page are beyond the window's edge. */
export const beyond = (engine: Engine) => engine.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** Moves the focus on until it is there. */
export async function tabTo(screen: Part, part: Part): Promise<void> {
  const focused = () => part.read((found) => found.includes(document.activeElement as HTMLElement));
  for (let left = 8; left > 0 && !(await focused()); left -= 1) await screen.engine.press("Tab");
  await part.isFocused();
}
