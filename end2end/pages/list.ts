// Page object: the table of jobs.
import { expect, type Locator, type Page } from "@playwright/test";

export class JobList {
  constructor(private readonly page: Page) {}

  get table() {
    return this.page.getByRole("table", { name: "Synchronization jobs" });
  }

  get headers() {
    return this.table.getByRole("columnheader");
  }

  get rows() {
    return this.table.locator("tbody").getByRole("row");
  }

  /** The links of all rows to their jobs. */
  get links() {
    return this.rows.getByRole("link");
  }

  link(id: string) {
    return this.table.getByRole("link", { name: id, exact: true });
  }

  row(id: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name: id, exact: true }) });
  }

  /** The watch toggle in the row of a running job. */
  watch(id: string): Locator {
    return this.row(id).getByRole("button", { name: "Watch" });
  }

  /** A row's cell in the column of a header. */
  async cell(id: string, header: string): Promise<Locator> {
    const at = (await this.headers.allInnerTexts()).findIndex((text) => text.trim() === header);
    expect(at, `a column ${header}`).toBeGreaterThanOrEqual(0);
    return this.row(id).getByRole("cell").nth(at);
  }

  /** Waits until the first response is shown. */
  async isLoaded(): Promise<void> {
    // An empty table may be hidden, so it is located by its caption.
    const caption = this.page.locator("caption", { hasText: "Synchronization jobs" });
    await expect(this.page.locator("[aria-busy=false]").filter({ has: caption })).toBeAttached();
  }

  /** The ids of the shown jobs, in their order. */
  async ids(): Promise<string[]> {
    return this.links.evaluateAll((links) =>
      links.map((link) => {
        const word = link.getAttribute("href")!.split("?")[0]!.split("/").at(-1)!;
        return decodeURIComponent(word.replaceAll("+", " "));
      })
    );
  }

  /** Asserts that the list shows exactly these jobs, in this order. */
  async shows(ids: string[]): Promise<void> {
    await expect.poll(() => this.ids()).toEqual(ids);
  }

  /** Asserts that the list shows exactly these jobs, in any order. */
  async showsAnyOrder(ids: string[]): Promise<void> {
    await expect.poll(async () => (await this.ids()).sort()).toEqual([...ids].sort());
  }
}
