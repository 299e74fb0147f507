// What the server of `deploy/` refuses: docs/security/asvs.md names these tests.
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { connect, type SecureVersion } from "node:tls";

import { API } from "../families";
import { expect, test } from "../hosting";
import type { Hosting } from "../nginx";

test.skip(!process.env["KEY_SYNC_NGINX"], "nginx is not installed");

/** The status and the body of the answer to `method`, which `fetch` may not send. */
function ask(method: string, address: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { method, rejectUnauthorized: false, headers: { "X-Mirrored": "secret" } }, (answer) => {
      let body = "";
      answer.on("data", (part: Buffer) => (body += part.toString()));
      answer.on("end", () => resolve({ status: answer.statusCode!, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** The version that is agreed on, or the server's refusal. */
function agreed(address: string, version: SecureVersion): Promise<string> {
  const { hostname, port } = new URL(address);
  // The lowest level of security, or this side would refuse the old versions itself.
  const options = { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0", rejectUnauthorized: false };
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), ...options }, () => {
      resolve(socket.getProtocol()!);
      socket.destroy();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

for (const place of ["root", "below", "container"] as Hosting["place"][]) {
  test.describe(place, () => {
    test.use({ hosting: { place } });

    test("TRACE is refused and mirrors nothing, a folder is not listed, and what is no file of the panel is not found", async ({ nginx }) => {
      for (const path of [nginx.panel, `${nginx.address}${API}/auth/self/user`]) {
        const { status, body } = await ask("TRACE", path);
        expect(status).toBe(405);
        expect(body).not.toContain("secret");
      }

      mkdirSync(join(nginx.files, "folder"));
      writeFileSync(join(nginx.files, "folder", "kept.txt"), "kept");
      const listed = await ask("GET", `${nginx.panel}folder/`);
      expect([403, 404]).toContain(listed.status);
      expect(listed.body).not.toContain("kept.txt");
      for (const name of [".git/HEAD", ".git/config", "../nginx.conf", "%2e%2e/nginx.conf", "key-sync/tls/key.pem"]) {
        const { status, body } = await ask("GET", nginx.panel + name);
        // Above the panel's path is the site around it.
        if (body !== "another site") expect([400, 403, 404], name).toContain(status);
      }
    });
  });
}

test("only TLS 1.2 and 1.3 are spoken", async ({ nginx }) => {
  expect(await agreed(nginx.address, "TLSv1.3")).toBe("TLSv1.3");
  expect(await agreed(nginx.address, "TLSv1.2")).toBe("TLSv1.2");
  for (const old of ["TLSv1.1", "TLSv1"] as const) {
    expect(await agreed(nginx.address, old)).toMatch(/PROTOCOL_VERSION|ECONNRESET/i);
  }
});
