// One emulator process for one test, and its control interface.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { API, families, type Family, listSlug } from "./families";
import { type Container, type Job, NOW } from "./data";

/** The order in which a list comes that is not sorted. */
export type Natural = "newest" | "oldest" | "none";

/** What a list does with `sort`. */
export type Sorting = "honoured" | "ignored" | "refused";

/** The options of the emulator that tests use, each as its command line has it. */
export interface Server {
  data?: "believable" | "documented" | "empty" | "large";
  /** Requests without a token are the administrator's. */
  open?: boolean;
  below?: string;
  /** The panel's config.json: one under which it asks nothing by itself for a while, unless a test says otherwise. */
  config?: Record<string, unknown>;
  /** How long a token lasts. */
  tokenSeconds?: number;
  maxLimit?: number;
  noSort?: string[];
  sortIgnored?: string[];
  /** Families whose lists come newest first where they are not sorted, and in no order; all others come oldest first. */
  newestFirst?: string[];
  unordered?: string[];
  /** Every list is sorted as it is asked to be; where neither this nor one of the four above is there, see `ofThirds`. */
  ordered?: true;
  unlicensed?: string[];
  unknown?: string[];
  /** Where it listens; at a free port of its own where this is left out. */
  listen?: string;
}

/** A page that stays quiet: tests that count requests, and those that take their time, are not about refreshes. */
export const CALM = { running_seconds: 60, quiet_seconds: 3600 };

/** What the requests of a look for running jobs have in their query, and no others. */
const LOOK = "limit=5&";

export interface Request {
  method: string;
  path: string;
  query: string;
  body: unknown;
  status: number | null;
  authorized: boolean;
}

export interface Fault {
  method?: string;
  /** The whole path, or its beginning when it ends with `*`. */
  path?: string;
  query_contains?: string;
  /** How many requests it is for; left out for all. */
  times?: number;
  /** The answer waits until this name is released. */
  hold?: string;
  status?: number;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
  content_type?: string;
  /** The request is carried out first, so that only its answer is lost. */
  carried_out?: boolean;
  /** Set in the answer, whichever that is. */
  headers?: Record<string, string>;
}

export class Emulator {
  private now = Date.parse(NOW);

  private constructor(
    private readonly process: ChildProcess,
    readonly address: string,
    readonly user: string,
    readonly password: string,
    readonly token: string,
    /** Where the panel is served, with a slash at its end. */
    readonly panel: string
  ) {}

  static async start(server: Server): Promise<Emulator> {
    const program = wanted("KEY_SYNC_EMULATOR");
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

  /** How the list of a family's jobs is ordered from now on. */
  async order(family: Family, order: { natural?: Natural; sort?: Sorting }): Promise<void> {
    await this.control("PUT", `order/${family.slug}`, order);
  }

  /** The time at the emulator. */
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

  /** What was sent so far: starts, cancels and, with a sign-in, requests for tokens. */
  async posts(): Promise<Request[]> {
    return (await this.requests()).filter((request) => request.method === "POST");
  }

  /** How many requests of looks for running jobs are answered: a look that finds one takes one, any other two. */
  async looks(family: Family): Promise<number> {
    const isOfLook = ({ path, query, status }: Request) =>
      path === API + family.root && query.includes(LOOK) && status === 200;
    return (await this.requests()).filter(isOfLook).length;
  }

  /** The bodies of the requests for a token so far: of sign-ins, or of renewals. */
  async grants(type: "password" | "refresh_token"): Promise<Record<string, unknown>[]> {
    const asked = (await this.requests()).filter((request) => request.path === `${API}/auth/tokens`);
    return asked.map((request) => request.body as Record<string, unknown>).filter((body) => body["grant_type"] === type);
  }

  /** The refresh tokens that the panel asked to revoke so far. */
  async revoked(): Promise<unknown[]> {
    const asked = (await this.requests()).filter((request) => request.path === `${API}/auth/revoke`);
    return asked.map((request) => (request.body as Record<string, unknown>)["token"]);
  }

  async forgetRequests(): Promise<void> {
    await this.control("DELETE", "requests");
  }

  async fault(fault: Fault): Promise<void> {
    await this.control("POST", "faults", fault);
  }

  /** Answers every look for running jobs, whoever asks, with none: the request that follows is the first to be refused. */
  async nothingRuns(family: Family): Promise<void> {
    const body = { skip: 0, limit: 5, total: 0, resources: [] };
    await this.fault({ method: "GET", path: API + family.root, query_contains: LOOK, status: 200, body });
  }

  async clearFaults(): Promise<void> {
    await this.control("DELETE", "faults");
  }

  /** How many answers wait for `hold`. */
  async held(hold: string): Promise<number> {
    return (await this.control<{ held: Record<string, number> }>("GET", "faults")).held[hold] ?? 0;
  }

  /** Lets everything go that waits for `hold`, and says how much that was. */
  async release(hold: string): Promise<number> {
    return (await this.control<{ released: number }>("POST", "release", { hold })).released;
  }

  async jobs(family: Family): Promise<Job[]> {
    return this.control("GET", `jobs/${family.slug}`);
  }

  /** `domain` is the one whose jobs are meant. */
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

  /** Makes every token invalid that was issued so far, and what renews them unless that is kept. */
  async revoke(keep: { refreshTokens: boolean } = { refreshTokens: false }): Promise<void> {
    await this.control("POST", "revoke", { keep_refresh_tokens: keep.refreshTokens });
  }

  /** Whether requests without a token are accepted from now on. */
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
 * Where a test does not say how lists are ordered: a third of the families is listed newest first, a third oldest first, and
 * a third in no order, and what a server may do with `sort` takes turns too. So each feature is tried on every order.
 */
function ofThirds(): Pick<Server, "newestFirst" | "unordered" | "sortIgnored"> {
  const slugs = (wanted: (at: number) => boolean) => families.filter((_, at) => wanted(at)).map(({ slug }) => slug);
  return {
    newestFirst: slugs((at) => at % 3 === 0),
    unordered: slugs((at) => at % 3 === 2),
    // Every second of the newest first, so that sorting stays tried too; all of the others, whose own order shows else never.
    sortIgnored: slugs((at) => at % 3 !== 0 || at % 2 === 1)
  };
}

function options(given: Server): string[] {
  const says = given.ordered || given.noSort || given.sortIgnored || given.newestFirst || given.unordered;
  const server = says ? given : { ...given, ...ofThirds() };
  const listed = (name: string, slugs?: string[]) => (slugs?.length ? [name, slugs.join(",")] : []);
  return [
    ...["--listen", server.listen ?? "127.0.0.1:0", "--dist", wanted("KEY_SYNC_DIST"), "--until-stdin-closes"],
    ...["--clock", "frozen", "--now", NOW, "--data", server.data ?? "believable"],
    ...(server.open ? ["--open"] : []),
    ...(server.below ? ["--below", server.below] : []),
    ...["--config", JSON.stringify(server.config ?? CALM)],
    ...(server.tokenSeconds ? ["--token-seconds", String(server.tokenSeconds)] : []),
    ...(server.maxLimit ? ["--max-limit", String(server.maxLimit)] : []),
    ...listed("--no-sort", server.noSort),
    ...listed("--sort-ignored", server.sortIgnored),
    ...listed("--newest-first", server.newestFirst),
    ...listed("--unordered", server.unordered),
    ...listed("--unlicensed", server.unlicensed),
    ...listed("--unknown", server.unknown)
  ];
}

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests by \`cargo xtask test\``);
  return value;
}
