// Page object: the schedules, the open one, its dialogs, and what the schedules cover.
import { expect, type Locator, type Page } from "@playwright/test";

import { API, type Family, titleOf } from "../families";

export const CONFIGS = `${API}/scheduler/job-configs`;
export const RUNS = `${API}/scheduler/jobs`;

export class Schedules {
  /** `go` opens a route of the panel. */
  constructor(
    private readonly page: Page,
    private readonly go: (hash: string) => Promise<void>
  ) {}

  async open(hash = "#/schedules"): Promise<void> {
    await this.go(hash);
    await expect(this.table.or(this.page.getByText("No schedule synchronizes"))).toBeVisible();
  }

  get table() {
    return this.page.getByRole("table", { name: "Schedules", exact: true });
  }

  get rows() {
    return this.table.locator("tbody").getByRole("row");
  }

  row(name: string) {
    return this.rows.filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  link(name: string) {
    return this.table.getByRole("link", { name, exact: true });
  }

  get detail() {
    return this.page.getByRole("region", { name: "Schedule", exact: true });
  }

  button(name: "Edit" | "Disable" | "Enable" | "Run now" | "Delete") {
    return this.detail.getByRole("button", { name, exact: true });
  }

  get create() {
    return this.page.getByRole("main").getByRole("button", { name: "New schedule" });
  }

  get form() {
    return new ScheduleForm(this.page.getByRole("dialog", { name: /^(New|Edit) schedule$/ }));
  }

  get deletion() {
    return this.page.getByRole("dialog", { name: "Delete this schedule?" });
  }

  /** The button of that dialog which deletes. */
  get confirmDeletion() {
    return this.deletion.getByRole("button", { name: "Delete", exact: true });
  }

  /** Opens the schedule and its question before a deletion. */
  async askToDelete({ id }: { id: string }): Promise<void> {
    await this.open(`#/schedules/-/${id}`);
    await this.button("Delete").click();
  }

  get runNow() {
    return this.page.getByRole("dialog", { name: "Run now" });
  }

  get coverage() {
    return this.page.getByRole("region", { name: "Coverage" });
  }
}

export class ScheduleForm {
  constructor(readonly dialog: Locator) {}

  get name() {
    return this.dialog.getByRole("textbox", { name: "Name", exact: true });
  }

  get description() {
    return this.dialog.getByRole("textbox", { name: "Description" });
  }

  get cloud() {
    return this.dialog.getByRole("combobox", { name: "Cloud" });
  }

  get everything() {
    return this.dialog.getByRole("radio", { name: "Everything" });
  }

  chosen(family: Family) {
    return this.dialog.getByRole("radio", { name: `Chosen ${family.many}` });
  }

  container(name: string) {
    return this.dialog.getByRole("checkbox", { name, exact: true });
  }

  get when() {
    return this.dialog.getByRole("group", { name: "When" });
  }

  get cron() {
    return this.when.getByRole("textbox", { name: "Cron expression" });
  }

  rhythm(name: string) {
    return this.when.getByRole("button", { name });
  }

  get nextRuns() {
    return this.when.getByRole("table", { name: "Next runs" }).locator("tbody").getByRole("row");
  }

  get endsOn() {
    return this.dialog.getByLabel("Ends on");
  }

  get node() {
    return this.dialog.getByRole("combobox", { name: "Run on node" });
  }

  /** The button that sends the request. */
  get send() {
    return this.dialog.getByRole("button", { name: /^(Create|Save)$/ });
  }

  /** The note that the form is as it had been left. */
  get kept() {
    return this.dialog.getByText("As you had left it.");
  }

  /** The button that closes it. */
  get close() {
    return this.dialog.getByRole("button", { name: "Cancel", exact: true });
  }

  get changed() {
    return this.dialog.getByRole("alert", { name: "Changed meanwhile" });
  }

  get lost() {
    return this.dialog.getByRole("note", { name: "Looked for the schedule" });
  }

  /** Fills a new schedule that synchronizes everything of a family every hour. */
  async fillHourly(name: string, family: Family): Promise<void> {
    await this.name.fill(name);
    await this.cloud.selectOption({ label: titleOf(family) });
    await this.everything.check();
    await this.rhythm("Every hour").click();
  }

  /** The method, path and body in the preview of the request. */
  async shows(line: string, body: unknown): Promise<void> {
    await expect(this.dialog.getByText(line, { exact: true })).toBeVisible();
    await expect.poll(async () => JSON.parse(await this.dialog.getByRole("group", { name: "Body" }).innerText())).toEqual(body);
  }
}
