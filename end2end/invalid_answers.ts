// Invalid responses: a redirect, or a success status with a body that is not what the panel requested.
import type { Fault } from "./emulator";

export interface InvalidAnswer {
  name: string;
  fault: Fault;
  /** The text of the alert that it leads to. */
  message: string;
  /** Whether a sign-in page may stand in between, so that the alert offers to reload the page. */
  page?: boolean;
}

const PAGE = "<!doctype html><title>Sign in</title><form>Sign in at the proxy</form>";

/** A redirect to another origin. The panel must not follow it; the guard would report that. */
export const ELSEWHERE: Fault = { status: 302, headers: { Location: "https://sign-in.invalid/?back=here" } };

/** Invalid for every request. */
export const WRONG: InvalidAnswer[] = [
  { name: "an error", fault: { status: 200, body: { code: 1, codeDesc: "NCERROddInside", message: "Odd" } }, message: "NCERROddInside: Odd" },
  { name: "a page", fault: { status: 200, body: PAGE }, message: "Sign in at the proxy", page: true },
  { name: "another address", fault: ELSEWHERE, message: "leads to another address", page: true },
  { name: "an array", fault: { status: 200, body: [1] }, message: "The answer begins: [1]" },
  { name: "a text", fault: { status: 200, body: "Welcome" }, message: "The answer begins: Welcome" },
  { name: "cut JSON", fault: { status: 200, body: '{"id":"cut"', content_type: "application/json" }, message: '{"id":"cut"' }
];

/** Also invalid for requests whose response has required fields. */
export const EMPTY: InvalidAnswer[] = [
  { name: "nothing", fault: { status: 200, body: "" }, message: "It is empty." },
  { name: "an empty object", fault: { status: 200, body: {} }, message: "The answer begins: {}" }
];

export const NO_LIST: InvalidAnswer[] = [
  ...WRONG,
  ...EMPTY,
  ...[
    { codeDesc: "NCERRBesideNothing", total: 0, resources: [] },
    { total: 0, resources: "none" },
    { total: 0, resources: {} },
    { total: 7, resources: null },
    { total: 8, resources: [] },
    { total: 2, resources: [null, 9] }
  ].map((body) => {
    const text = JSON.stringify(body);
    const message = body.codeDesc ?? `"total":${body.total}`;
    return { name: text, fault: { status: 200, body }, message };
  })
];

/** `id` is the requested one. */
export const noJob = (id: string): InvalidAnswer[] => [
  ...WRONG,
  ...EMPTY,
  { name: "an error with the id", fault: { status: 200, body: { id, codeDesc: "NCERRWithId" } }, message: "NCERRWithId" },
  { name: "no id", fault: { status: 200, body: { overall_status: "completed" } }, message: "a job has an id" },
  { name: "another id", fault: { status: 200, body: { id: "another", overall_status: "completed" } }, message: "another job" }
];

/** A regular failure, whose handling must not be affected. */
export const HONEST: InvalidAnswer = { name: "an honest 500", fault: { status: 500, body: { codeDesc: "NCERRInternal", message: "Down" } }, message: "HTTP 500" };
