// The panel's table of families as the tests need it. `families.json` is written by a native test from the table
// itself, so this file knows no cloud by name.
import { readFileSync } from "node:fs";

export interface Family {
  /** The word in the address. */
  slug: string;
  cloud: string;
  scope: string;
  /** The list's path below `/api/v1`. */
  root: string;
  /** The list's filter by container. */
  filter: string;
  /** The field of containers in a start request. */
  selector: string;
  /** The field of containers in a job. */
  jobField: string;
  /** The container list's path below `/api/v1`. */
  containersPath: string;
  /** The name of the container filter, and the word for several and for one. */
  title: string;
  many: string;
  one: string;
  /** Whether a start may name regions. */
  regions: boolean;
  /** What of a container the list filter wants: `id`, or the field that holds its name. */
  filterBy: string;
  switches: { field: string; label: string }[];
}

export const API = "/api/v1";

export const families: Family[] = JSON.parse(readFileSync(new URL("./families.json", import.meta.url), "utf8"));

/** Every cloud once, in the order of the table. */
export const clouds = [...new Set(families.map((family) => family.cloud))];

export const ofCloud = (cloud: string) => families.filter((family) => family.cloud === cloud);

/** One family for a test that is about something that all share. */
export const family = families[0]!;

/**
 * Three that differ in what code may trip over: regions and short keys of results; another spelling of a status; three names
 * for one thing. Each is of another third of the orders (`emulator.ts`). Journeys that are the same code for every family run for
 * these; `tests/families.spec.ts` tests what the table says of all.
 */
export const differing = ["aws", "sap", "salesforce"].map((slug) => families.find((one) => one.slug === slug)!);

export const listPath = (family: Family) => API + family.root;

export const jobPath = (family: Family, id: string) => `${listPath(family)}/${id}`;

/** The name of a container list in the emulator's control interface: `/cckm/aws/kms` is `aws-kms`. */
export const listSlug = (family: Family) => family.containersPath.replace("/cckm/", "").replaceAll("/", "-");

/** How a sentence names the family: "AWS keys". */
export const titleOf = (family: Family) => `${family.cloud} ${family.scope.toLowerCase()}`;
