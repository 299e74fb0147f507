// The dialog that saves a list as a file.
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

export class ExportDialog {
  constructor(private readonly page: Page) {}

  /** The button above a list that opens the dialog. */
  get open() {
    return this.page.getByRole("main").getByRole("button", { name: "Export", exact: true });
  }

  get dialog() {
    return this.page.getByRole("dialog", { name: "Export" });
  }

  format(name: "CSV" | "JSON") {
    return this.dialog.getByRole("radiogroup", { name: "Format" }).getByRole("radio", { name });
  }

  rows(name: "This page" | "All pages") {
    return this.dialog.getByRole("radiogroup", { name: "Rows" }).getByRole("radio", { name });
  }

  get download() {
    return this.dialog.getByRole("button", { name: "Download", exact: true });
  }

  get cancel() {
    return this.dialog.getByRole("button", { name: "Cancel" });
  }

  get bar() {
    return this.dialog.getByRole("progressbar");
  }

  /** The name and the text of the file that `press` saves. */
  async saved(press: () => Promise<void>): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), press()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  }
}

/** The records of a CSV file by RFC 4180, each by the names of the columns. */
export function parseCsv(text: string): Record<string, string>[] {
  if (!text.startsWith("\ufeff")) throw new Error("the file has no byte order mark");
  const records: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  cell.lastIndex = 1;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`no cell at ${at}: ${text.slice(at, at + 40)}`);
    const [, word, end] = found;
    records.at(-1)!.push(word!.startsWith('"') ? word!.slice(1, -1).replaceAll('""', '"') : word!);
    if (end === "\r\n" && cell.lastIndex < text.length) records.push([]);
  }
  const [head, ...rows] = records as [string[], ...string[][]];
  return rows.map((row) => {
    if (row.length !== head.length) throw new Error(`${row.length} cells in place of ${head.length}: ${row}`);
    return Object.fromEntries(head.map((name, at) => [name, row[at]!]));
  });
}
