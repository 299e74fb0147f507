// Page object: the selected jobs of a list, and the confirmation dialog before they are cancelled.
import type { Page } from "@playwright/test";

export class Selection {
  constructor(private readonly page: Page) {}

  /** The checkbox of a running job. */
  box(id: string) {
    return this.page.getByRole("checkbox", { name: `Select job ${id}`, exact: true });
  }

  get boxes() {
    return this.page.getByRole("checkbox", { name: /^Select job / });
  }

  get bar() {
    return this.page.getByRole("group", { name: "Selected jobs" });
  }

  get cancel() {
    return this.bar.getByRole("button", { name: /^Cancel \d+ jobs?$/ });
  }

  get clear() {
    return this.bar.getByRole("button", { name: "Clear selection" });
  }

  get question() {
    return this.page.getByRole("dialog", { name: "Cancel these jobs?" });
  }

  /** A job's line in the confirmation dialog. */
  line(id: string) {
    return this.question.getByRole("listitem").filter({ has: this.page.getByTitle(id, { exact: true }) });
  }

  button(name: "Cancel jobs" | "Keep running" | "Try again" | "Done") {
    return this.question.getByRole("button", { name, exact: true });
  }
}
