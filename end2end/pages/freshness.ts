// Page object: the freshness of a family's containers.
import type { Page } from "@playwright/test";

import type { Family } from "../families";
import type { Panel } from "./panel";

export class Freshness {
  readonly page: Page;

  constructor(private readonly panel: Panel) {
    this.page = panel.page;
  }

  async open(family: Family, query = ""): Promise<void> {
    await this.panel.open(`#/freshness/${family.slug}${query}`);
  }

  get region() {
    return this.page.getByRole("region", { name: "Freshness", exact: true });
  }

  /** The sentence above the containers; the one about coverage comes after it. */
  get note() {
    return this.region.getByRole("note").first();
  }

  get tiles() {
    return this.region.getByRole("list", { name: "Containers by age" }).getByRole("listitem");
  }

  get rows() {
    return this.region.getByRole("table", { name: "Freshness by container" }).locator("tbody").getByRole("row");
  }

  row(container: string) {
    return this.rows.filter({ has: this.page.getByRole("rowheader", { name: container, exact: true }) });
  }

  get days() {
    return this.region.getByRole("combobox", { name: "Out of date after" });
  }

  get synchronize() {
    return this.region.getByRole("button", { name: "Synchronize the out-of-date" });
  }
}
