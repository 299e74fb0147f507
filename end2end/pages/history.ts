// A family's history: its pictures, their legend, and the same as a table.
import type { Page } from "@playwright/test";

export class History {
  constructor(private readonly page: Page) {}

  /** The picture whose description begins so. */
  picture(name: RegExp) {
    return this.page.getByRole("img", { name });
  }

  get days() {
    return this.picture(/ in [\d,]+ days?/);
  }

  get durations() {
    return this.picture(/ended/);
  }

  /** Where a picture stands, which may be wider than its place. */
  place(name: "Jobs per day" | "How long they took") {
    return this.page.getByRole("group", { name, exact: true });
  }

  get legend() {
    return this.page.getByRole("list", { name: "Outcomes" }).getByRole("listitem");
  }

  get asTable() {
    return this.page.getByText("Show as table");
  }

  get table() {
    return this.page.getByRole("table", { name: "Jobs per day" });
  }

  get rows() {
    return this.table.locator("tbody").getByRole("row");
  }

  get more() {
    return this.page.getByRole("button", { name: "Load more" });
  }

  /** What a job's mark says when it is pointed at; no other name is on it. */
  mark(title: string | RegExp) {
    return this.page.locator("a", { has: this.page.locator("title", { hasText: title }) });
  }
}
