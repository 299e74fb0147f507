// The screen Server check.
import { readFile } from "node:fs/promises";

import { expect, type Page } from "@playwright/test";

export type Severity = "Fine" | "Note" | "Problem" | "Not known";

export class ServerCheck {
  constructor(
    private readonly page: Page,
    private readonly go: (hash: string) => Promise<void>
  ) {}

  async open(): Promise<void> {
    await this.go("#/check");
    await expect(this.run).toBeVisible();
  }

  /** Opens the screen, runs the check and waits for its end. */
  async complete(): Promise<void> {
    await this.open();
    await this.run.click();
    await this.isComplete();
  }

  async isComplete(): Promise<void> {
    await expect(this.copy).toBeVisible();
    await expect(this.progress).toHaveCount(0);
  }

  get run() {
    return this.page.getByRole("button", { name: "Run the check" });
  }

  get cancel() {
    return this.page.getByRole("button", { name: "Cancel", exact: true });
  }

  get progress() {
    return this.page.getByRole("progressbar", { name: "Progress" });
  }

  get findings() {
    return this.page.getByRole("table", { name: "Findings" });
  }

  get counts() {
    return this.page.getByRole("list", { name: "Counts" });
  }

  /** The row of what was looked at. */
  row(what: string) {
    return this.findings.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name: what, exact: true }) });
  }

  /** Expects a finding with this severity, and these words in it or in what it means. */
  async found(what: string, severity: Severity, ...words: (string | RegExp)[]): Promise<void> {
    const cells = this.row(what).getByRole("cell");
    await expect(cells.first()).toHaveText(new RegExp(`^\\s*${severity}\\b`));
    await expect(cells.last()).not.toBeEmpty();
    for (const word of words) await expect(this.row(what)).toContainText(word);
  }

  get copy() {
    return this.page.getByRole("button", { name: "Copy report" });
  }

  get withNames() {
    return this.page.getByRole("checkbox", { name: "With names" });
  }

  format(name: "Text" | "JSON") {
    return this.page.getByRole("radiogroup", { name: "Format" }).getByRole("radio", { name });
  }

  /** The name and the text of the file that **Download report** saves. */
  async saved(): Promise<{ name: string; text: string }> {
    const press = this.page.getByRole("button", { name: "Download report" }).click();
    const [download] = await Promise.all([this.page.waitForEvent("download"), press]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  }

  /** The text that **Copy report** puts on the clipboard, which the test may read. */
  async copied(): Promise<string> {
    await this.copy.click();
    await expect(this.page.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
