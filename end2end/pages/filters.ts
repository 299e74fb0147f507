// Page object: the filters above a list.
import type { Page } from "@playwright/test";

import type { Family } from "../families";

export class Filters {
  constructor(private readonly page: Page) {}

  get form() {
    return this.page.getByRole("form", { name: "Filters" });
  }

  get status() {
    return this.form.getByRole("combobox", { name: "Status" });
  }

  get jobId() {
    return this.form.getByRole("textbox", { name: "Job ID" });
  }

  get clear() {
    return this.form.getByRole("button", { name: "Clear filters" });
  }

  /** The button that opens the container filter; its name ends with the number of selected containers. */
  containers(family: Family, chosen = 0) {
    const name = chosen === 0 ? family.title : new RegExp(`^${family.title}\\s*${chosen}$`);
    return this.form.getByRole("button", { name, exact: true });
  }

  get search() {
    return this.form.getByRole("searchbox", { name: "Search" });
  }

  container(name: string) {
    return this.form.getByRole("checkbox", { name, exact: true });
  }

  get checkboxes() {
    return this.form.getByRole("checkbox");
  }

  /** The text box that replaces the checkboxes if the containers cannot be loaded. */
  get typed() {
    return this.form.getByRole("textbox", { name: "IDs" });
  }
}
