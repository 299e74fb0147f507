// Answers that are none: what comes with a good status, or leads elsewhere, in place of what was asked for.
import type { Fault } from "./emulator";

export interface InvalidAnswer {
  name: string;
  fault: Fault;
  /** What an alert says of it. */
  says: string;
  /** Whether a sign-in page may be in between, so that loading the page again is offered. */
  page?: boolean;
}

const PAGE = "<!doctype html><title>Sign in</title><form>Sign in at the proxy</form>";

/** To another origin, which is never asked; the test's guard would see it. */
export const ELSEWHERE: Fault = { status: 302, headers: { Location: "https://sign-in.invalid/?back=here" } };

/** Wrong whatever was asked for. */
export const WRONG: InvalidAnswer[] = [
  { name: "an error", fault: { status: 200, body: { code: 1, codeDesc: "NCERROddInside", message: "Odd" } }, says: "NCERROddInside: Odd" },
  { name: "a page", fault: { status: 200, body: PAGE }, says: "Sign in at the proxy", page: true },
  { name: "another address", fault: ELSEWHERE, says: "leads to another address", page: true },
  { name: "an array", fault: { status: 200, body: [1] }, says: "The answer begins: [1]" },
  { name: "a text", fault: { status: 200, body: "Welcome" }, says: "The answer begins: Welcome" },
  { name: "cut JSON", fault: { status: 200, body: '{"id":"cut"', content_type: "application/json" }, says: '{"id":"cut"' }
];

/** The same where something has to be in the answer. */
export const EMPTY: InvalidAnswer[] = [
  { name: "nothing", fault: { status: 200, body: "" }, says: "It is empty." },
  { name: "an empty object", fault: { status: 200, body: {} }, says: "The answer begins: {}" }
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
    const says = body.codeDesc ?? `"total":${body.total}`;
    return { name: text, fault: { status: 200, body }, says };
  })
];

/** `id` is the one that is asked for. */
export const noJob = (id: string): InvalidAnswer[] => [
  ...WRONG,
  ...EMPTY,
  { name: "an error with the id", fault: { status: 200, body: { id, codeDesc: "NCERRWithId" } }, says: "NCERRWithId" },
  { name: "no id", fault: { status: 200, body: { overall_status: "completed" } }, says: "a job has an id" },
  { name: "another id", fault: { status: 200, body: { id: "another", overall_status: "completed" } }, says: "another job" }
];

/** An honest failure, for what must stay as it is. */
export const HONEST: InvalidAnswer = { name: "an honest 500", fault: { status: 500, body: { codeDesc: "NCERRInternal", message: "Down" } }, says: "HTTP 500" };
