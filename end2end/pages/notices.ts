// What is said at the lower edge of the page, and what was said before.
import type { Page } from "@playwright/test";

export class Notices {
  constructor(private readonly page: Page) {}

  /** What is said now. */
  get current() {
    return this.page.getByRole("status");
  }

  get dismiss() {
    return this.page.getByRole("button", { name: "Dismiss this notice" });
  }

  /** What opens the last ones. */
  get last() {
    return this.page.getByRole("button", { name: "Last notices" });
  }

  get list() {
    return this.page.getByRole("list", { name: "Last notices" });
  }
}
