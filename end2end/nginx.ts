// One nginx process per test: the files of `deploy/` with only ports and folders replaced, in front of an emulator. The
// emulator has no TLS, so a second server of the same nginx terminates it, as the CipherTrust Manager itself does.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import type { Emulator } from "./emulator";

export interface Hosting {
  /** At the root of its own server, below a path of another server, or as in the container. */
  place: "root" | "below" | "container";
  brotli?: boolean;
  /** The defect of the CipherTrust Manager's certificate, if any. */
  wrong?: "authority" | "name";
}

const DEPLOY = fileURLToPath(new URL("../deploy", import.meta.url));
/** The CipherTrust Manager's host name in the files of `deploy/`. */
const MANAGER = "cm.example.com";
/** The folder in which Debian's packages enable nginx modules. */
const MODULES = "/etc/nginx/modules-enabled";

export const hasBrotli = existsSync(join(MODULES, "50-mod-http-brotli-static.conf"));

/** Headers that a CipherTrust Manager may send itself, and that must not appear beside the panel's own. */
export const OF_MANAGER = {
  "Content-Security-Policy": "default-src 'self'",
  "X-Content-Type-Options": "nosniff",
  "Strict-Transport-Security": "max-age=1",
  "Cache-Control": "public",
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Allow-Methods": "*",
  "Access-Control-Expose-Headers": "*"
};

/** Headers of the existing server below whose path the panel is. */
export const OF_SITE = { "Content-Security-Policy": "default-src *", "X-Of-Site": "yes" };

export class Nginx {
  private constructor(
    private readonly process: ChildProcess,
    private readonly home: string,
    /** The content of its error log. */
    readonly log: string[],
    readonly address: string,
    /** The panel's URL, with a slash at its end. */
    readonly panel: string,
    /** The folder of the panel's files. */
    readonly files: string
  ) {}

  static async start(hosting: Hosting, emulator: Emulator): Promise<Nginx> {
    // Another process may take a free port before nginx listens on it.
    for (let tries = 1; ; tries++) {
      try {
        return await Nginx.startOnce(hosting, emulator);
      } catch (error) {
        if (tries === 3 || !String(error).includes("Address already in use")) throw error;
      }
    }
  }

  private static async startOnce(hosting: Hosting, emulator: Emulator): Promise<Nginx> {
    const home = mkdtempSync(join(tmpdir(), "key-sync-nginx-"));
    const [port, upstream] = [await freePort(), await freePort()];
    const files = join(home, "files", "key-sync");
    cpSync(process.env["KEY_SYNC_DIST"]!, files, { recursive: true });
    certificates(home, hosting);
    configure(home, files, port, upstream, hosting, emulator);

    const nginx = spawn(process.env["KEY_SYNC_NGINX"]!, ["-e", "stderr", "-c", join(home, "nginx.conf")], {
      stdio: ["ignore", "inherit", "pipe"]
    });
    const log: string[] = [];
    await new Promise<void>((resolve, reject) => {
      nginx.once("error", reject);
      nginx.once("close", (code) => reject(new Error(`nginx ended with ${code}:\n${log.join("\n")}`)));
      createInterface({ input: nginx.stderr! }).on("line", (line) => {
        log.push(line);
        // nginx listens before it logs this line.
        if (line.includes("start worker process ")) resolve();
      });
    });
    const address = `https://127.0.0.1:${port}`;
    const panel = hosting.place === "below" ? `${address}/key-sync/` : `${address}/`;
    return new Nginx(nginx, home, log, address, panel, files);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const ended = new Promise((resolve) => this.process.once("exit", resolve));
      this.process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.home, { recursive: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(address)));
    });
  });
}

/** Creates an authority and two certificates that it signs: nginx's own and the CipherTrust Manager's. */
function certificates(home: string, { wrong }: Hosting): void {
  const folder = join(home, "key-sync", "tls");
  mkdirSync(folder, { recursive: true });
  const openssl = (...words: string[]) =>
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", ...words], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"]
    });
  const authority = (name: string) =>
    openssl("-days", "2", "-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.pem`);
  const signed = (file: string, names: string) => {
    const subject = ["-subj", `/CN=${file}`, "-addext", `subjectAltName=${names}`];
    const by = ["-CA", "authority.pem", "-CAkey", "authority.key", "-addext", "basicConstraints=CA:FALSE"];
    openssl("-days", "2", ...subject, ...by, "-keyout", `${file}-key.pem`, "-out", `${file}-certificate.pem`);
  };
  authority("authority");
  authority("other-authority");
  signed("panel", "IP:127.0.0.1");
  signed("manager", `DNS:${wrong === "name" ? "other.example.com" : MANAGER}`);
  // The file names of deploy/.
  renameSync(join(folder, "panel-certificate.pem"), join(folder, "certificate.pem"));
  renameSync(join(folder, "panel-key.pem"), join(folder, "key.pem"));
  const trusted = wrong === "authority" ? "other-authority.pem" : "authority.pem";
  cpSync(join(folder, trusted), join(folder, "ciphertrust-manager-ca.pem"));
}

function configure(
  home: string,
  files: string,
  port: number,
  upstream: number,
  hosting: Hosting,
  emulator: Emulator
): void {
  const at = (name: string) => join(home, name);
  cpSync(join(DEPLOY, "nginx"), home, { recursive: true });
  const listen = `listen 127.0.0.1:${port} ssl http2;`;
  edit(at("conf.d/ciphertrust-manager.conf"), [[`server ${MANAGER}:443;`, `server 127.0.0.1:${upstream};`]]);
  edit(at("conf.d/key-sync.conf"), [
    ["listen 443 ssl http2;", listen],
    ["listen [::]:443 ssl http2;", ""],
    ["root /var/www/key-sync;", `root "${files}";`]
  ]);
  edit(at("key-sync/below.conf"), [["alias /var/www/key-sync/;", `alias "${files}/";`]]);
  if (hosting.brotli) renameSync(at("key-sync/brotli.conf.example"), at("key-sync/brotli.conf"));
  let site = "";
  if (hosting.place === "below") {
    rmSync(at("conf.d/key-sync.conf"));
    site = `server {
      ${listen}
      ssl_certificate key-sync/tls/certificate.pem;
      ssl_certificate_key key-sync/tls/key.pem;
      ${added(OF_SITE)}
      location / { return 200 "another site"; }
      include key-sync/below.conf;
    }`;
  }
  const manager = `server {
    listen 127.0.0.1:${upstream} ssl;
    server_name ${MANAGER};
    ssl_certificate key-sync/tls/manager-certificate.pem;
    ssl_certificate_key key-sync/tls/manager-key.pem;
    # It is asked by its own name, in TLS and after it, and by HTTP/1.1.
    if ($ssl_server_name != ${MANAGER}) { return 421; }
    if ($host != ${MANAGER}) { return 421; }
    if ($server_protocol != HTTP/1.1) { return 505; }
    ${added(OF_MANAGER)}
    client_max_body_size 0;
    location / { proxy_pass ${emulator.address}; proxy_pass_header Date; proxy_hide_header Cache-Control; }
  }`;
  writeFileSync(at("nginx.conf"), main(home, hosting, site + manager));
}

/** The main configuration file: the container's, or the shortest that works as a system's. */
function main(home: string, hosting: Hosting, servers: string): string {
  // As root, workers would run as another user who may not read the folder; without root, `user` is not allowed.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const shared = `${user} error_log stderr notice;`;
  if (hosting.place === "container") {
    let text = readFileSync(join(DEPLOY, "container.conf"), "utf8").replaceAll("/tmp/", `${home}/`);
    // The health check's port may belong to another process too.
    text = replaced(text, "listen 127.0.0.1:8081;", `listen unix:${home}/health;`);
    text = replaced(text, "error_log stderr warn;", shared);
    text = replaced(text, "access_log /dev/stdout;", "access_log off;");
    return replaced(text, "include conf.d/*.conf;", `include conf.d/*.conf;\n${servers}`);
  }
  const temporary = ["client_body", "proxy", "fastcgi", "scgi", "uwsgi"]
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join("\n");
  return `${shared}
    daemon off;
    pid ${home}/nginx.pid;
    include ${MODULES}/*.conf;
    events {}
    http {
      access_log off;
      ${temporary}
      include conf.d/*.conf;
      ${servers}
    }`;
}

const added = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `add_header ${name} "${value}" always;`)
    .join("\n");

/** A file of `deploy/` with this test's ports and folders. Each replaced text must occur exactly once. */
function edit(file: string, changes: [string, string][]): void {
  writeFileSync(file, changes.reduce((text, [from, to]) => replaced(text, from, to), readFileSync(file, "utf8")));
}

function replaced(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`deploy/ must say "${from}" exactly once`);
  return text.replace(from, () => to);
}
