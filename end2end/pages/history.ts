// Page object: a family's history with its charts, their legend, and the same data as a table.
import type { Page } from "@playwright/test";

export class History {
  constructor(private readonly page: Page) {}

  /** The chart whose description begins with `name`. */
  chart(name: RegExp) {
    return this.page.getByRole("img", { name });
  }

  get days() {
    return this.chart(/ in [\d,]+ days?/);
  }

  get durations() {
    return this.chart(/ended/);
  }

  /** The scrollable area of a chart, which may be narrower than the chart. */
  chartArea(name: "Jobs per day" | "How long they took") {
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

  /** The tooltip of a job's mark, which is its only name. */
  mark(title: string | RegExp) {
    return this.page.locator("a", { has: this.page.locator("title", { hasText: title }) });
  }
}
