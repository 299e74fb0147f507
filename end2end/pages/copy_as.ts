// The menu Copy as of a list, a job, a start or a cancel, and what it has put into the clipboard.
import { expect, type Locator, type Page } from "@playwright/test";

export type Format = "curl" | "ksctl" | "Ansible" | "curl for PowerShell";

export class CopyAs {
  constructor(
    private readonly page: Page,
    private readonly around: Locator
  ) {}

  get button() {
    return this.around.getByRole("button", { name: "Copy as", exact: true });
  }

  get items() {
    return this.around.getByRole("menu", { name: "Copy as" }).getByRole("menuitem");
  }

  /** Copies in this format, and returns what is in the clipboard then. The page needs the permission to read it. */
  async text(format: Format): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText(""));
    await this.button.click();
    await this.items.filter({ hasText: new RegExp(`^${format}$`) }).click();
    await expect(this.items).toHaveCount(0);
    const copied = () => this.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).not.toBe("");
    return copied();
  }
}
