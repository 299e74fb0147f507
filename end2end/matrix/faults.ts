// The faults of the matrix: how each is made for the requests of an operation, and what a person must be told.
import { expect, type Page } from "@playwright/test";

import type { Emulator, Fault } from "../emulator";
import { API } from "../families";
import { ELSEWHERE } from "../invalid_answers";

/** The requests of an operation that a fault concerns. */
export interface Target {
  method: string;
  path: string;
  query_contains?: string;
}

/**
 * What becomes of the operation:
 * - `refused`: the server has not carried it out, and says so;
 * - `lost`: nobody knows whether the server has carried it out;
 * - `served`: it succeeds all the same;
 * - `slow`: it succeeds once the rest of the answer has come;
 * - `ended`: the session has ended, and the operation goes on after another sign-in.
 */
export type End = "refused" | "lost" | "served" | "slow" | "ended";

export interface FaultKind {
  name: string;
  end: End;
  /** What the message says of the cause; absent where there is no message. */
  cause?: RegExp;
  /** What it says to do next: words, or the name of a button. */
  next?: RegExp;
  /** What the browser itself writes into the console, as `Guard.expect` takes it. */
  console: (number | "network")[];
  /** The emulator's fault; without it `make` and `lift` bring it about. */
  fault?: Fault;
  make?(page: Page, emulator: Emulator, target: Target): Promise<void>;
  /** Brings it about after the request was sent. */
  after?(page: Page, emulator: Emulator): Promise<void>;
  lift?(page: Page, emulator: Emulator, target: Target): Promise<void>;
}

/** The name under which the emulator holds what is late. */
const LATE = "late";

/** The limit after which the panel gives a request up, in milliseconds. */
const LIMIT = 60_000;

const PAGE = "<!doctype html><html><title>Sign in</title><form>Sign in at the proxy</form></html>";
const nginx = (words: string) => `<html><head><title>${words}</title></head><body><h1>${words}</h1><hr>nginx</body></html>`;

const TRY_AGAIN = /[Tt]ry again/;
const NO_CONNECTION = { cause: /No connection/, next: /Check the connection to the server, then try again/, console: ["network" as const] };
const BETWEEN = /A sign-in page of a proxy may be in between.*Load the page again/s;
const NOT_READY = /The server or the proxy before it is not ready\. Try again in a moment/;

/** The server's own refusal, with its words. */
function refusal(status: number, codeDesc: string, message: string, next: RegExp): FaultKind {
  const body = { code: 1, codeDesc, message, requestID: "r-1" };
  const cause = new RegExp(`HTTP ${status}.*${codeDesc}: ${message}`, "s");
  return { name: `${status}`, end: "refused", cause, next, console: [status], fault: { status, body } };
}

/** The refusal of a proxy, whose page names the status too. */
const proxy = (status: number, words: string, next: RegExp, end: End = "refused"): FaultKind => ({
  name: `${status}`,
  end,
  cause: new RegExp(`HTTP ${status}.*${words}`, "s"),
  next,
  console: [status],
  fault: { status, body: nginx(`${status} ${words}`) }
});

/** A 2xx whose body is none. */
const unreadable = (name: string, body: unknown, cause: RegExp, content_type?: string): FaultKind => ({
  name,
  end: "lost",
  cause,
  next: TRY_AGAIN,
  console: [],
  fault: { status: 200, body, ...(content_type ? { content_type } : {}) }
});

const redirect = (name: string, fault: Fault): FaultKind => ({
  name,
  end: "lost",
  cause: /The answer leads to another address/,
  next: BETWEEN,
  console: [],
  fault
});

export const faultKinds: FaultKind[] = [
  {
    name: "refused connection",
    end: "lost",
    ...NO_CONNECTION,
    // No server is reached, so the browser alone can make it.
    make: async (page, _, { path, query_contains, method }) => {
      await page.route(
        (url) => url.pathname === path && (!query_contains || url.search.includes(query_contains)),
        (route) => (route.request().method() === method ? route.abort("connectionrefused") : route.fallback())
      );
    },
    lift: (page) => page.unrouteAll()
  },
  {
    name: "hang",
    end: "lost",
    cause: /No answer within 60 s/,
    next: /The server may be busy\. Try again in a moment/,
    console: [],
    fault: { status: 504, hold: LATE },
    after: async (page, emulator) => {
      await expect.poll(() => emulator.held(LATE), SOON).toBeGreaterThan(0);
      await page.clock.runFor(LIMIT);
    }
  },
  {
    name: "slow body",
    end: "slow",
    console: [],
    fault: { body_is: { slow: LATE } },
    after: (_, emulator) => expect.poll(() => emulator.held(LATE), SOON).toBeGreaterThan(0)
  },
  { name: "cut body", end: "lost", ...NO_CONNECTION, fault: { status: 200, body: { filler: "x".repeat(4000) }, body_is: "cut" } },
  unreadable("empty body", "", /It is empty/),
  { ...unreadable("page of a proxy", PAGE, /It is a page and no data.*Sign in at the proxy/s), next: BETWEEN },
  {
    name: "wrong content type",
    end: "served",
    console: [],
    fault: { headers: { "Content-Type": "text/html" } }
  },
  unreadable("invalid JSON", '{"id":"cut', /not the JSON that was expected.*\{"id":"cut/s, "application/json"),
  unreadable("another shape", [1], /not the JSON that was expected.*\[1\]/s),
  {
    ...unreadable("200 with codeDesc", { code: 1, codeDesc: "NCERRInside", message: "Odd inside" }, /HTTP 200.*NCERRInside: Odd inside/s),
    next: /Try again, or ask whoever runs the server/
  },
  refusal(400, "NCERRBadRequest", "Validation errors: kms is unknown", /Check what was chosen/),
  {
    name: "401",
    end: "ended",
    cause: /Your session has ended/,
    next: /Sign in to go on where you were/,
    console: [401],
    make: (_, emulator) => emulator.revoke()
  },
  { ...refusal(403, "NCERRInsufficientPermissions", "Not for you", /Ask for the group|Whoever manages the groups/), name: "403 permission" },
  {
    ...refusal(403, "NCERRInsufficientPermissions", "License not installed yet for feature X", /Whoever manages its licenses can add one|[Ll]icen[sc]e/),
    name: "403 unlicensed"
  },
  refusal(404, "NCERRResourceNotFound", "Resource not found", /it was removed, or this version of the server has no such thing/),
  refusal(409, "NCERRConflict", "It conflicts", /gets in the way of something that is already there or running|Wait until it has ended/),
  proxy(413, "Request Entity Too Large", /too long for the server, or for a proxy before it.*[Cc]hoose less/s),
  proxy(414, "Request-URI Too Large", /too long for the server, or for a proxy before it.*[Cc]hoose less/s),
  refusal(429, "NCERRTooMany", "Slow down", /The server asks for fewer requests\. Wait a moment, then try again/),
  {
    ...refusal(429, "NCERRTooMany", "Slow down", /The server asks for fewer requests\. Wait a moment, then try again/),
    name: "429 with Retry-After",
    fault: { status: 429, body: { codeDesc: "NCERRTooMany", message: "Slow down" }, headers: { "Retry-After": "30" } }
  },
  proxy(431, "Request Header Fields Too Large", /too long for the server, or for a proxy before it.*[Cc]hoose less/s),
  { ...refusal(500, "NCERRInternalServerError", "Internal server error", NOT_READY), end: "lost" },
  proxy(502, "Bad Gateway", NOT_READY, "lost"),
  proxy(503, "Service Temporarily Unavailable", NOT_READY, "lost"),
  proxy(504, "Gateway Time-out", NOT_READY, "lost"),
  redirect("redirect, same origin", { status: 302, headers: { Location: `${API}/sign-in` } }),
  redirect("redirect, elsewhere", ELSEWHERE),
  {
    name: "offline",
    end: "lost",
    ...NO_CONNECTION,
    make: (page) => page.context().setOffline(true),
    lift: (page) => page.context().setOffline(false)
  },
  {
    name: "clock an hour wrong",
    end: "served",
    console: [],
    make: async (_, emulator) => emulator.fault({ path: `${API}/*`, headers: { Date: new Date(emulator.time().getTime() + 3_600_000).toUTCString() } })
  }
];

/** For waits in a loop of hundreds. */
export const SOON = { intervals: [10, 20, 20, 50, 100] };
