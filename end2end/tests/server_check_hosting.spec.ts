// Server check behind the files of `deploy/`: what they send is what the panel needs.
import { expect, test } from "../hosting";
import type { Hosting } from "../nginx";

test.skip(!process.env["KEY_SYNC_NGINX"], "nginx is not installed");

for (const place of ["root", "below", "container"] as Hosting["place"][]) {
  test.describe(place, () => {
    test.use({ hosting: { place }, server: { open: false, data: "empty" } });

    test("nothing that the proxy does is a problem, and all of it is known to be fine", async ({ panel, emulator }) => {
      await panel.open("#/check");
      await panel.signIn.withPassword(emulator.user, emulator.password);
      const { serverCheck } = panel;
      await serverCheck.run.click();
      await serverCheck.isComplete();
      await expect(serverCheck.counts).not.toContainText("problem");
      const proxy = serverCheck.findings.getByRole("rowgroup").filter({ has: panel.page.getByRole("rowheader", { name: "Proxy", exact: true }) });
      const rows = proxy.getByRole("row").filter({ has: panel.page.getByRole("cell") });
      await expect(rows).toHaveCount(17);
      await expect(rows.getByText("Fine", { exact: true })).toHaveCount(17);
      await serverCheck.found("Clock", "Fine");
    });
  });
}
