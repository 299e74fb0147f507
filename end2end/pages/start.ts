// Page object: the dialog that starts a synchronization.
import { expect, type Page } from "@playwright/test";

import type { Family } from "../families";
import { CopyAs } from "./copy_as";

export class StartDialog {
  constructor(private readonly page: Page) {}

  /** The button in a cloud's view that opens the dialog. */
  get open() {
    return this.page.getByRole("main").getByRole("button", { name: "Start synchronization" });
  }

  get dialog() {
    return this.page.getByRole("dialog", { name: "Start synchronization" });
  }

  get copyAs() {
    return new CopyAs(this.page, this.dialog);
  }

  get choice() {
    return this.dialog.getByRole("radiogroup", { name: "What to synchronize" });
  }

  get everything() {
    return this.choice.getByRole("radio", { name: "Everything" });
  }

  chosen(family: Family) {
    return this.choice.getByRole("radio", { name: `Chosen ${family.many}` });
  }

  get searches() {
    return this.dialog.getByRole("searchbox", { name: "Search" });
  }

  container(name: string) {
    return this.dialog.getByRole("checkbox", { name, exact: true });
  }

  /** Checks every switch that the family has of its own, and returns what they add to the request's body. */
  async checkSwitches({ switches }: Family): Promise<Record<string, boolean>> {
    for (const { label } of switches) await this.container(label).check();
    return Object.fromEntries(switches.map(({ field }) => [field, true]));
  }

  get regions() {
    return this.dialog.getByRole("group", { name: "Regions" });
  }

  /** The regions that can be selected. */
  get offered() {
    return this.regions.getByRole("checkbox", { name: /-\d$/ });
  }

  region(name: string) {
    return this.regions.getByRole("checkbox", { name, exact: true });
  }

  get ids() {
    return this.dialog.getByRole("textbox", { name: "IDs" });
  }

  /** The button that sends the request. */
  get send() {
    return this.dialog.getByRole("button", { name: "Start", exact: true });
  }

  /** The warning that a job is already running. */
  get alreadyRunning() {
    return this.dialog.getByRole("note", { name: "Already running" });
  }

  whileRunning(name: "Watch it" | "Cancel it" | "Start anyway") {
    return this.alreadyRunning.getByRole("button", { name });
  }

  /** The method, path and body in the preview of the request. */
  async shows(path: string, body: unknown): Promise<void> {
    await expect(this.dialog.getByText(`POST ${path}`)).toBeVisible();
    await expect.poll(() => this.shownBody()).toEqual(body);
  }

  private async shownBody(): Promise<unknown> {
    const text = await this.dialog.innerText();
    const from = text.indexOf("{");
    const to = text.lastIndexOf("}");
    if (from < 0 || to < from) return undefined;
    try {
      return JSON.parse(text.slice(from, to + 1));
    } catch {
      return text.slice(from, to + 1);
    }
  }
}
