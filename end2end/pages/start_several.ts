// Page object: the dialog that starts synchronizations of several clouds.
import type { Page } from "@playwright/test";

import type { Family } from "../families";

export class StartSeveral {
  constructor(private readonly page: Page) {}

  get open() {
    return this.page.getByRole("main").getByRole("button", { name: "Start on several clouds" });
  }

  get dialog() {
    return this.page.getByRole("dialog", { name: "Start on several clouds" });
  }


  group(family: Family) {
    return this.dialog.getByRole("group", { name: `${family.cloud} ${family.scope}`, exact: true });
  }

  /** The checkbox that includes a family. */
  include(family: Family) {
    return this.group(family).getByRole("checkbox", { name: `${family.cloud} ${family.scope}`, exact: true });
  }

  everything(family: Family) {
    return this.group(family).getByRole("radio", { name: "Everything" });
  }

  chosen(family: Family) {
    return this.group(family).getByRole("radio", { name: `Chosen ${family.many}` });
  }

  container(family: Family, name: string) {
    return this.group(family).getByRole("checkbox", { name, exact: true });
  }

  alreadyRunning(family: Family) {
    return this.group(family).getByRole("note", { name: "Already running" });
  }

  get send() {
    return this.dialog.getByRole("button", { name: "Start", exact: true });
  }
}
