// Page object: the header and the navigation around every view.
import type { Page } from "@playwright/test";

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

  get signOut() {
    return this.banner.getByRole("button", { name: "Sign out" });
  }
}
