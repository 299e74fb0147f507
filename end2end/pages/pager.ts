// Page object: the pager of a list.
import type { Page } from "@playwright/test";

export class Pager {
  constructor(private readonly page: Page) {}

  get navigation() {
    return this.page.getByRole("navigation", { name: "Pages" });
  }

  get next() {
    return this.navigation.getByRole("button", { name: "Next page" });
  }

  get previous() {
    return this.navigation.getByRole("button", { name: "Previous page" });
  }

  get rows() {
    return this.navigation.getByRole("combobox", { name: "Rows per page" });
  }

  range(first: number, last: number, total: number) {
    const [from, to, all] = [first, last, total].map((number) => number.toLocaleString("en-GB"));
    return this.navigation.getByText(`${from}–${to} of ${all}`, { exact: true });
  }
}
