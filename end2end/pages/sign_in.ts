// Page object: the sign-in form.
import type { Page } from "@playwright/test";

export class SignIn {
  constructor(private readonly page: Page) {}

  box(name: string) {
    // Within a form: the header has a list of domains too.
    return this.page.locator("form").getByLabel(name, { exact: true });
  }

  get button() {
    return this.page.getByRole("button", { name: "Sign in", exact: true });
  }

  get useToken() {
    return this.page.getByRole("button", { name: "Use a token" });
  }

  get token() {
    return this.page.getByLabel("Token");
  }

  async withPassword(user: string, password: string): Promise<void> {
    await this.box("Username").fill(user);
    await this.box("Password").fill(password);
    await this.button.click();
  }

  async withToken(token: string): Promise<void> {
    await this.useToken.click();
    await this.token.fill(token);
    await this.button.click();
  }
}
