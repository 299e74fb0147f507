// Views of one's own and the columns of a list, by the names that a person finds on the screen.
import type { Locator, Page } from "@playwright/test";

export class SavedViews {
  constructor(private readonly page: Page) {}

  get button() {
    return this.page.getByRole("button", { name: "Views", exact: true });
  }

  get saved() {
    return this.page.getByRole("navigation", { name: "Saved views" });
  }

  link(name: string) {
    return this.page.getByRole("navigation", { name: /^(Built-in|Saved) views$/ }).getByRole("link", { name, exact: true });
  }

  get dialog() {
    return this.page.getByRole("dialog", { name: "Save this view" });
  }

  get manage() {
    return this.page.getByRole("dialog", { name: "Manage views" });
  }

  /** The names in **Manage views**, in their order. */
  get names(): Locator {
    return this.manage.getByRole("list", { name: "Saved views" }).getByRole("link");
  }

  get importing() {
    return this.manage.getByRole("button", { name: "Import", exact: true });
  }

  async openDialog(name: "Save this view" | "Manage views"): Promise<void> {
    await this.button.click();
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async save(name: string): Promise<void> {
    await this.openDialog("Save this view");
    await this.dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await this.dialog.getByRole("button", { name: "Save", exact: true }).click();
  }

  /** Chooses a file in **Manage views**. */
  async import(text: string): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.importing.click();
    await (await chooser).setFiles({ name: "views.json", mimeType: "application/json", buffer: Buffer.from(text) });
  }
}

export class ColumnsMenu {
  constructor(private readonly page: Page) {}

  get button() {
    return this.page.getByRole("button", { name: "Columns", exact: true });
  }

  get panel() {
    return this.page.getByRole("group", { name: "Columns of the list" });
  }

  choice(name: string) {
    return this.panel.getByRole("checkbox", { name, exact: true });
  }

  move(name: string, way: "up" | "down") {
    return this.panel.getByRole("button", { name: `Move ${name} ${way}`, exact: true });
  }

  get reset() {
    return this.panel.getByRole("button", { name: "Reset columns" });
  }

  /** The edge of a column. */
  width(name: string) {
    return this.page.getByRole("separator", { name: `Width of ${name}`, exact: true });
  }
}
