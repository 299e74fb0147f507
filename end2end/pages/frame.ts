// What surrounds every view.
import { expect, type Page } from "@playwright/test";

export class Frame {
  constructor(private readonly page: Page) {}

  get banner() {
    return this.page.getByRole("banner");
  }

  get brand() {
    return this.banner.getByRole("link", { name: "Key sync" });
  }

  get clouds() {
    return this.page.getByRole("navigation", { name: "Clouds" });
  }

  link(name: string) {
    return this.clouds.getByRole("link", { name, exact: true });
  }

  /** The link of the open view. */
  get current() {
    return this.clouds.locator("[aria-current=page]");
  }

  get scopes() {
    return this.page.getByRole("radiogroup", { name: "Scope" });
  }

  scope(name: string) {
    return this.scopes.getByRole("radio", { name, exact: true });
  }

  get heading() {
    return this.page.getByRole("heading", { level: 1 });
  }

  /** The list of domains, if there are several. */
  get domain() {
    return this.banner.getByRole("combobox", { name: "Domain" });
  }

  /** The menu button of the help that belongs to no view. */
  get help() {
    return this.banner.getByRole("button", { name: "Help", exact: true });
  }

  /** Opens a dialog of the menu Help. */
  async openHelp(name: "About" | "What outcomes mean"): Promise<void> {
    await this.help.click();
    await this.page.getByRole("menuitem", { name }).click();
    await expect(this.page.getByRole("dialog", { name })).toBeVisible();
  }

  get signOut() {
    return this.banner.getByRole("button", { name: "Sign out" });
  }
}
