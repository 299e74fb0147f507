// Page object: the notices at the lower edge of the page, and the list of earlier ones.
import type { Page } from "@playwright/test";

export class Notices {
  constructor(private readonly page: Page) {}

  /** The current notices. */
  get current() {
    return this.page.getByRole("status");
  }

  get dismiss() {
    return this.page.getByRole("button", { name: "Dismiss this notice" });
  }

  /** The button that opens the earlier notices. */
  get last() {
    return this.page.getByRole("button", { name: "Last notices" });
  }

  get list() {
    return this.page.getByRole("list", { name: "Last notices" });
  }
}
