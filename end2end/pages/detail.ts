// Page object: the details of one job.
import type { Page } from "@playwright/test";

import { CopyAs } from "./copy_as";

export class Detail {
  constructor(private readonly page: Page) {}

  get region() {
    return this.page.getByRole("region", { name: "Job", exact: true });
  }

  get results() {
    return this.region.getByRole("table", { name: "Results by container" });
  }

  get rows() {
    return this.results.locator("tbody").getByRole("row");
  }

  /** The link to the job above or below in the list. */
  step(name: "Previous job" | "Next job") {
    return this.region.getByRole("link", { name });
  }

  get watch() {
    return this.region.getByRole("button", { name: "Watch" });
  }

  button(name: "Compare with the previous job" | "Cancel job" | "Start again" | "Retry failed") {
    return this.region.getByRole("button", { name });
  }

  get copyAs() {
    return new CopyAs(this.page, this.region);
  }

  /** The confirmation dialog of a cancel. */
  get question() {
    return this.page.getByRole("dialog", { name: "Cancel this job?" });
  }

  get confirm() {
    return this.question.getByRole("button", { name: "Cancel job" });
  }

  get keep() {
    return this.question.getByRole("button", { name: "Keep running" });
  }
}
