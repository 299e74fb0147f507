// One emulator process per test, and a client of its control interface.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { API, families, type Family, listSlug } from "./families";
import { type Container, type Job, NOW, type Schedule } from "./data";

/** The order of a list without `sort`. */
export type Natural = "newest" | "oldest" | "none";

/** How a list handles `sort`. */
export type Sorting = "honoured" | "ignored" | "refused";

/** The emulator's command-line options that tests use. */
export interface Server {
  data?: "believable" | "documented" | "empty" | "large";
  /** Requests without a token are accepted as the administrator's. */
  open?: boolean;
  below?: string;
  /** The panel's config.json; by default one with intervals so long that the panel sends no requests by itself. */
  config?: Record<string, unknown>;
  /** The lifetime of a token. */
  tokenSeconds?: number;
  maxLimit?: number;
  noSort?: string[];
  sortIgnored?: string[];
  /** Families whose lists, without `sort`, are newest first, or in no order; all others are oldest first. */
  newestFirst?: string[];
  unordered?: string[];
  /** Every list honours `sort`. For the default without this and the four options above, see `mixedOrders`. */
  ordered?: true;
  unlicensed?: string[];
  unknown?: string[];
  /** Whether the server has the families of key sources. */
  keySources?: boolean;
  /** Where it listens; at a free port of its own where this is left out. */
  listen?: string;
}

/** Long refresh intervals, for tests that count requests or take long and are not about refreshes. */
export const LONG_INTERVALS = { running_seconds: 60, quiet_seconds: 3600 };

/** Part of the query string that only requests of a check for running jobs have. */
const RUNNING_CHECK = "limit=5&";

export interface Request {
  method: string;
  path: string;
  query: string;
  body: unknown;
  status: number | null;
  authorized: boolean;
}

/** A place in the log of requests, which tests may clear. */
interface LogPosition {
  clears: number;
  length: number;
}

export const LOG_START: LogPosition = { clears: 0, length: 0 };

export interface Fault {
  method?: string;
  /** The whole path, or its beginning when it ends with `*`. */
  path?: string;
  query_contains?: string;
  /** How many requests the fault applies to; all if left out. */
  times?: number;
  /** The response waits until this name is released. */
  hold?: string;
  status?: number;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
  content_type?: string;
  /** The request is carried out first, so that only its response is lost. */
  carried_out?: boolean;
  /** The body is cut in its middle, lost with the whole response, or its second half waits until a name is released. */
  body_is?: "cut" | "dropped" | { slow: string };
  /** Headers that are set in the response. */
  headers?: Record<string, string>;
}

export class Emulator {
  private now = Date.parse(NOW);
  /** How often the log of requests was cleared. */
  private clears = 0;

  private constructor(
    private readonly process: ChildProcess,
    readonly address: string,
    readonly user: string,
    readonly password: string,
    readonly token: string,
    /** The panel's URL, with a slash at its end. */
    readonly panel: string
  ) {}

  static async start(server: Server): Promise<Emulator> {
    const program = environment("KEY_SYNC_EMULATOR");
    const process = spawn(program, options(server), { stdio: ["pipe", "pipe", "inherit"] });
    const line = await new Promise<string>((resolve, reject) => {
      process.once("error", reject);
      process.once("exit", (code) => reject(new Error(`${program} ended with ${code} before it listened`)));
      createInterface({ input: process.stdout! }).once("line", resolve);
    });
    const { address, user, password, token } = JSON.parse(line);
    return new Emulator(process, address, user, password, token, `${address}${server.below ?? ""}/`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGKILL");
      await ended;
    }
  }

  /** Sets the order of a family's job list from now on. */
  async order(family: Family, order: { natural?: Natural; sort?: Sorting }): Promise<void> {
    await this.control("PUT", `order/${family.slug}`, order);
  }

  /** The emulator's time. */
  time(): Date {
    return new Date(this.now);
  }

  async advance(seconds: number): Promise<void> {
    await this.control("POST", "clock", { advance_seconds: seconds });
    this.now += seconds * 1000;
  }

  /** The API requests so far, in the order of arrival. */
  async requests(): Promise<Request[]> {
    return this.control("GET", "requests");
  }

  /** The POST requests so far: starts, cancels and, with a sign-in, requests for tokens. */
  async posts(): Promise<Request[]> {
    return (await this.requests()).filter((request) => request.method === "POST");
  }

  /** The answered requests of checks for running jobs: a check that finds one sends one request, any other sends two. */
  async runningChecks(family: Family): Promise<number> {
    const isRunningCheck = ({ path, query, status }: Request) =>
      path === API + family.root && query.includes(RUNNING_CHECK) && status === 200;
    return (await this.requests()).filter(isRunningCheck).length;
  }

  /** The bodies of the token requests so far: those of sign-ins, or those of renewals. */
  async grants(type: "password" | "refresh_token"): Promise<Record<string, unknown>[]> {
    const requests = (await this.requests()).filter((request) => request.path === `${API}/auth/tokens`);
    return requests.map((request) => request.body as Record<string, unknown>).filter((body) => body["grant_type"] === type);
  }

  /** The refresh tokens in the panel's revoke requests so far. */
  async revoked(): Promise<unknown[]> {
    const requests = (await this.requests()).filter((request) => request.path === `${API}/auth/revoke`);
    return requests.map((request) => (request.body as Record<string, unknown>)["token"]);
  }

  async clearRequests(): Promise<void> {
    await this.control("DELETE", "requests");
    this.clears += 1;
  }

  /** Where the log of requests is now; see `since`. */
  async logPosition(): Promise<LogPosition> {
    const { length } = await this.requests();
    return { clears: this.clears, length };
  }

  /** Those of all requests so far that arrived after `position`. */
  since(requests: Request[], position: LogPosition): Request[] {
    return requests.slice(position.clears === this.clears ? position.length : 0);
  }

  async fault(fault: Fault): Promise<void> {
    await this.control("POST", "faults", fault);
  }

  /** Answers every check for running jobs with none, also without a valid token, so that the next request is refused first. */
  async reportNoneRunning(family: Family): Promise<void> {
    const body = { skip: 0, limit: 5, total: 0, resources: [] };
    await this.fault({ method: "GET", path: API + family.root, query_contains: RUNNING_CHECK, status: 200, body });
  }

  async clearFaults(): Promise<void> {
    await this.control("DELETE", "faults");
  }

  /** How many responses wait for `hold`. */
  async held(hold: string): Promise<number> {
    return (await this.control<{ held: Record<string, number> }>("GET", "faults")).held[hold] ?? 0;
  }

  /** Sends all responses that wait for `hold`; returns their number. */
  async release(hold: string): Promise<number> {
    return (await this.control<{ released: number }>("POST", "release", { hold })).released;
  }

  async jobs(family: Family): Promise<Job[]> {
    return this.control("GET", `jobs/${family.slug}`);
  }

  /** Replaces a family's jobs in `domain`. */
  async replaceJobs(family: Family, jobs: Job[], domain = "root"): Promise<void> {
    await this.control("PUT", `jobs/${family.slug}?domain=${domain}`, jobs);
  }

  async addJobs(family: Family, jobs: Job[]): Promise<void> {
    await this.control("POST", `jobs/${family.slug}`, jobs);
  }

  async containers(family: Family): Promise<Container[]> {
    return this.control("GET", `containers/${listSlug(family)}`);
  }

  async replaceContainers(family: Family, containers: Container[]): Promise<void> {
    await this.control("PUT", `containers/${listSlug(family)}`, containers);
  }

  async schedules(): Promise<Schedule[]> {
    return this.control("GET", "schedules");
  }

  async replaceSchedules(schedules: Schedule[]): Promise<void> {
    await this.control("PUT", "schedules", schedules);
  }

  /** Changes a schedule without any check, as another administrator does. */
  async editSchedule(id: string, members: Partial<Schedule>): Promise<void> {
    await this.control("PATCH", `schedules/${id}`, members);
  }

  async replaceRuns(runs: Record<string, unknown>[]): Promise<void> {
    await this.control("PUT", "runs", runs);
  }

  /** Sets what the scheduler answers from now on. */
  async scheduler(feature: "present" | "absent" | "forbidden" | "unlicensed"): Promise<void> {
    await this.control("PUT", "scheduler", { feature });
  }

  /** Makes every access token issued so far invalid, and the refresh tokens too unless `keep` has them. */
  async revoke(keep: { refreshTokens: boolean } = { refreshTokens: false }): Promise<void> {
    await this.control("POST", "revoke", { keep_refresh_tokens: keep.refreshTokens });
  }

  /** Sets whether requests without a token are accepted from now on. */
  async open(open: boolean): Promise<void> {
    await this.control("POST", "open", { open });
  }

  private async control<T>(method: string, what: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.address}/__emulator/${what}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body)
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /__emulator/${what}: ${response.status} ${text}`);
    return text === "" ? (undefined as T) : JSON.parse(text);
  }
}

/**
 * The default order of lists: a third of the families is newest first, a third oldest first and a third in no order, and
 * the handling of `sort` alternates too. So each feature is tested with every order.
 */
function mixedOrders(): Pick<Server, "newestFirst" | "unordered" | "sortIgnored"> {
  const slugs = (wanted: (at: number) => boolean) => families.filter((_, at) => wanted(at)).map(({ slug }) => slug);
  return {
    newestFirst: slugs((at) => at % 3 === 0),
    unordered: slugs((at) => at % 3 === 2),
    // Half of the newest first, so that an honoured `sort` is tested too, and all others, whose own order would never show else.
    sortIgnored: slugs((at) => at % 3 !== 0 || at % 2 === 1)
  };
}

function options(given: Server): string[] {
  const statesOrder = given.ordered || given.noSort || given.sortIgnored || given.newestFirst || given.unordered;
  const server = statesOrder ? given : { ...given, ...mixedOrders() };
  const listed = (name: string, slugs?: string[]) => (slugs?.length ? [name, slugs.join(",")] : []);
  return [
    ...["--listen", server.listen ?? "127.0.0.1:0", "--dist", environment("KEY_SYNC_DIST"), "--until-stdin-closes"],
    ...["--clock", "frozen", "--now", NOW, "--data", server.data ?? "believable"],
    ...(server.open ? ["--open"] : []),
    ...(server.below ? ["--below", server.below] : []),
    ...["--config", JSON.stringify(server.config ?? LONG_INTERVALS)],
    ...(server.tokenSeconds ? ["--token-seconds", String(server.tokenSeconds)] : []),
    ...(server.maxLimit ? ["--max-limit", String(server.maxLimit)] : []),
    ...listed("--no-sort", server.noSort),
    ...listed("--sort-ignored", server.sortIgnored),
    ...listed("--newest-first", server.newestFirst),
    ...listed("--unordered", server.unordered),
    ...listed("--unlicensed", server.unlicensed),
    ...listed("--unknown", server.unknown),
    ...(server.keySources ? ["--key-sources"] : [])
  ];
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests by \`cargo xtask test\``);
  return value;
}
