// Page object: the panel in a browser page. It opens views and has a page object for each part; all of them locate elements
// by the roles and names that a person finds on the screen.
import { expect, type Page } from "@playwright/test";

import { type Emulator, LOG_START } from "../emulator";
import { DOMAINS, type Family } from "../families";
import type { Guard } from "../guard";
import { Detail } from "./detail";
import { ExportDialog } from "./export";
import { Filters } from "./filters";
import { Find } from "./find";
import { Frame } from "./frame";
import { History } from "./history";
import { JobList } from "./list";
import { Notices } from "./notices";
import { Pager } from "./pager";
import { Preferences } from "./preferences";
import { ReauthPrompt } from "./reauth";
import { ColumnsMenu, SavedViews } from "./saved_views";
import { Schedules } from "./schedules";
import { Selection } from "./selection";
import { ServerCheck } from "./server_check";
import { SignIn } from "./sign_in";
import { StartDialog } from "./start";
import { StartSeveral } from "./start_several";
import { Watching } from "./watching";

export class Panel {
  readonly frame: Frame;
  readonly list: JobList;
  readonly filters: Filters;
  readonly pages: Pager;
  readonly detail: Detail;
  readonly export: ExportDialog;
  readonly schedules: Schedules;
  readonly selection: Selection;
  readonly serverCheck: ServerCheck;
  readonly start: StartDialog;
  readonly startSeveral: StartSeveral;
  readonly signIn: SignIn;
  readonly reauth: ReauthPrompt;
  readonly watching: Watching;
  readonly history: History;
  readonly notices: Notices;
  readonly views: SavedViews;
  readonly columns: ColumnsMenu;
  readonly preferences: Preferences;
  readonly find: Find;
  /** Where the emulator's log of requests was when the panel was last opened. */
  private opened = LOG_START;

  constructor(
    readonly page: Page,
    readonly emulator: Emulator,
    readonly guard: Guard
  ) {
    this.frame = new Frame(page);
    this.list = new JobList(page);
    this.filters = new Filters(page);
    this.pages = new Pager(page);
    this.detail = new Detail(page);
    this.export = new ExportDialog(page);
    this.schedules = new Schedules(page, (hash) => this.open(hash));
    this.selection = new Selection(page);
    this.serverCheck = new ServerCheck(page, (hash) => this.open(hash));
    this.start = new StartDialog(page);
    this.startSeveral = new StartSeveral(page);
    this.signIn = new SignIn(page);
    this.reauth = new ReauthPrompt(page);
    this.watching = new Watching(page);
    this.history = new History(page);
    this.notices = new Notices(page);
    this.views = new SavedViews(page);
    this.columns = new ColumnsMenu(page);
    this.preferences = new Preferences(page);
    this.find = new Find(page);
  }

  /** Opens a route of the panel, such as `#/aws?page=2`, as a pasted link does. */
  async open(hash = ""): Promise<void> {
    // By way of a blank page: a change of the hash alone would not load the page again.
    if (this.page.url() !== "about:blank") {
      await this.page.goto("about:blank");
      this.opened = await this.emulator.logPosition();
    }
    await this.page.goto(this.emulator.panel + hash);
  }

  /** Goes to another route without loading the page again, as a link of the panel does. */
  async go(hash: string): Promise<void> {
    await this.page.evaluate((hash) => void (location.hash = hash), hash);
  }

  /** Opens a family's list and waits until it shows a response. */
  async openList(family: Family, query = ""): Promise<void> {
    await this.open(`#/${family.slug}${query}`);
    await this.list.isLoaded();
  }

  /**
   * Goes to a family's list, or to what `rest` adds to its address, and waits until the list shows a response. Only the
   * first time loads the page. The view before must be of another cloud: with its heading its rows are gone, so no assertion
   * can be met by them.
   */
  async goToList(family: Family, rest = ""): Promise<void> {
    const hash = `#/${family.slug}${rest}`;
    if (this.page.url() === "about:blank") await this.open(hash);
    else {
      expect(await this.frame.heading.textContent(), "the view before is of another cloud").not.toBe(family.cloud);
      await this.go(hash);
    }
    await expect(this.frame.heading).toHaveText(family.cloud);
    await this.list.isLoaded();
  }

  /** The part of the URL after its path. */
  hash(): string {
    return new URL(this.page.url()).hash;
  }

  async isAt(hash: string): Promise<void> {
    await expect.poll(() => this.hash()).toBe(hash);
  }

  /** Advances the clocks of the emulator and of the page. */
  async advance(seconds: number): Promise<void> {
    await this.emulator.advance(seconds);
    await this.page.clock.setFixedTime(this.emulator.time());
  }

  /** Waits until these paths and the domains were requested and everything is answered. */
  waitUntilIdle(...paths: string[]): Promise<void> {
    return this.waitForAnswers(...paths, DOMAINS);
  }

  /** Waits until these paths were requested, after the panel was last opened, and everything is answered. */
  async waitForAnswers(...needed: string[]): Promise<void> {
    await expect
      .poll(async () => {
        const all = await this.emulator.requests();
        const since = this.emulator.since(all, this.opened);
        const answered = (path: string) => since.some((one) => one.path === path && one.status !== null);
        return needed.every(answered) && all.every((one) => one.status !== null);
      })
      .toBe(true);
  }

  /** The alert that contains `text`. */
  alert(text: string | RegExp) {
    return this.page.getByRole("alert").filter({ hasText: text });
  }

  /** The live region for screen readers. */
  get status() {
    return this.page.getByRole("status");
  }

  async refresh(): Promise<void> {
    await this.refreshButton.click();
  }

  /**
   * Ends the session at the server and makes the panel notice it. If another request is refused before the press, a dialog
   * covers the button, so the press does not wait until the button is reachable.
   */
  async endSession(): Promise<void> {
    await this.emulator.revoke();
    await this.refreshButton.dispatchEvent("click");
  }

  private get refreshButton() {
    return this.page.getByRole("button", { name: "Refresh now" });
  }

  /** Presses Refresh now and waits until that press has requested each of these paths and all are answered. */
  async refreshed(...paths: string[]): Promise<void> {
    const statuses = async (path: string) => (await this.emulator.requests()).filter((one) => one.path === path).map(({ status }) => status);
    const before = new Map<string, number>();
    const soon = { intervals: [20, 50, 100] };
    for (const path of paths) {
      // A pending request would be mistaken for that of the press.
      await expect.poll(() => statuses(path), soon).not.toContain(null);
      before.set(path, (await statuses(path)).length);
    }
    await this.refresh();
    for (const [path, count] of before) {
      await expect.poll(async () => (await statuses(path)).slice(count).some((status) => status !== null), soon).toBe(true);
    }
  }
}
