// The menu of preferences, and what it stores.
import type { Page } from "@playwright/test";

export class Preferences {
  constructor(private readonly page: Page) {}

  get open() {
    return this.page.getByRole("banner").getByRole("button", { name: "Preferences" });
  }

  group(name: "Time" | "Theme" | "Rows") {
    return this.page.getByRole("radiogroup", { name, exact: true });
  }

  /** A choice of the open menu. */
  choice(group: "Time" | "Theme" | "Rows", name: string) {
    return this.group(group).getByRole("radio", { name, exact: true });
  }

  get shortcuts() {
    return this.page.getByRole("switch", { name: "Keyboard shortcuts" });
  }

  /** Opens the menu, chooses, and closes it. */
  async choose(group: "Time" | "Theme" | "Rows", name: string): Promise<void> {
    await this.open.click();
    await this.choice(group, name).check();
    await this.page.keyboard.press("Escape");
  }
}
