// The dialog Find.
import type { Page } from "@playwright/test";

export class Find {
  constructor(private readonly page: Page) {}

  get button() {
    return this.page.getByRole("banner").getByRole("button", { name: "Find" });
  }

  get dialog() {
    return this.page.getByRole("dialog", { name: "Find", exact: true });
  }

  get box() {
    return this.dialog.getByRole("combobox", { name: "Find a view, an action, a container or a job" });
  }

  group(name: "Views" | "Actions" | "Containers" | "Jobs") {
    return this.dialog.getByRole("group", { name, exact: true });
  }

  get options() {
    return this.dialog.getByRole("option");
  }

  option(name: string | RegExp) {
    return this.dialog.getByRole("option", { name });
  }

  /** The option that Enter chooses. */
  get chosen() {
    return this.dialog.getByRole("option", { selected: true });
  }
}
