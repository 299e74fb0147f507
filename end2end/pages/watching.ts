// Page object: the watched jobs, and the notices of those that have ended.
import type { Page } from "@playwright/test";

export class Watching {
  constructor(private readonly page: Page) {}

  get region() {
    return this.page.getByRole("region", { name: "Watched jobs" });
  }

  /** The button that shows how many jobs are watched, and opens their list. */
  get summary() {
    return this.region.getByText(/^\d+ jobs? watched$/);
  }

  notice(text: string | RegExp) {
    return this.region.getByRole("group").filter({ hasText: text });
  }
}
