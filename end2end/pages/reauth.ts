// Page object: the dialog to sign in again while a page is open.
import type { Page } from "@playwright/test";

export class ReauthPrompt {
  constructor(private readonly page: Page) {}

  get dialog() {
    return this.page.getByRole("dialog", { name: "Sign in again" });
  }

  box(name: string) {
    return this.dialog.getByLabel(name, { exact: true });
  }

  button(name: "Sign in" | "Stay here" | "Sign out instead" | "Use a token") {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** Signs in as the user whose name is filled in. */
  async withPassword(password: string): Promise<void> {
    await this.box("Password").fill(password);
    await this.button("Sign in").click();
  }

  async withToken(token: string): Promise<void> {
    await this.button("Use a token").click();
    await this.dialog.getByLabel("Token").fill(token);
    await this.button("Sign in").click();
  }
}
