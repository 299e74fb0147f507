// What is watched, and the notices of what has ended.
import type { Page } from "@playwright/test";

export class Watching {
  constructor(private readonly page: Page) {}

  get region() {
    return this.page.getByRole("region", { name: "Watched jobs" });
  }

  /** What says how many are watched, and opens them. */
  get summary() {
    return this.region.getByText(/^\d+ jobs? watched$/);
  }

  notice(text: string | RegExp) {
    return this.region.getByRole("group").filter({ hasText: text });
  }
}
