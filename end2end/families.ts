// The panel's table of families for the tests. A native test writes `families.json` from the table itself, so this file
// contains no cloud by name.
import { readFileSync } from "node:fs";

export interface Family {
  /** The family's word in the URL. */
  slug: string;
  cloud: string;
  scope: string;
  /** The list's path below `/api/v1`. */
  root: string;
  /** The list's filter by container; null where the list has none. */
  filter: string | null;
  /** The field of containers in a start request. */
  selector: string;
  /** The field of containers in a job. */
  jobField: string;
  /** The container list's path below `/api/v1`. */
  containersPath: string;
  /** The name of the container filter, and the noun in plural and singular. */
  title: string;
  many: string;
  one: string;
  /** Whether a start may name regions. */
  regions: boolean;
  /** The field of a container that the list filter takes: `id`, or the field with its name. */
  filterBy: string;
  switches: { field: string; label: string }[];
  /** Its names in a schedule; `null` where no schedule is known that synchronizes it. */
  schedule: { cloudName: string; selector: string } | null;
  /** Whether the family is shown only where the configuration names its cloud. */
  optional: boolean;
}

export const API = "/api/v1";

/** Requested once after each load of the page. */
export const DOMAINS = `${API}/auth/self/domains`;

const table: Family[] = JSON.parse(readFileSync(new URL("./families.json", import.meta.url), "utf8"));

/** The families that every panel shows. Each has a container filter. */
export const families = table.filter((family): family is Family & { filter: string } => !family.optional);

/** The families that are shown only where the configuration names them. */
export const keySources = table.filter((family) => family.optional);

/** Every cloud once, in the order of the table. */
export const clouds = [...new Set(families.map((family) => family.cloud))];

/** The same with those that are shown only where the configuration names them. */
export const allClouds = [...new Set(table.map((family) => family.cloud))];

export const ofCloud = (cloud: string) => families.filter((family) => family.cloud === cloud);

/** The family of a test about something that all families share. */
export const family = families[0]!;

/**
 * Three families that differ in error-prone points: regions and short result keys; another spelling of a status; three names
 * for one field. Each is in another third of the list orders (`emulator.ts`). Journeys whose code is the same for every
 * family run for these three; `tests/families.spec.ts` tests the table for all.
 */
export const differing = ["aws", "sap", "salesforce"].map((slug) => families.find((one) => one.slug === slug)!);

/** The families that schedules can synchronize. */
export const scheduled = families.filter((family) => family.schedule);

export const listPath = (family: Family) => API + family.root;

export const jobPath = (family: Family, id: string) => `${listPath(family)}/${id}`;

/** The name of a container list in the emulator's control interface: `/cckm/aws/kms` is `aws-kms`. */
export const listSlug = (family: Family) => family.containersPath.replace("/cckm/", "").replaceAll("/", "-");

/** The family's name within a sentence: "AWS keys". */
export const titleOf = (family: Family) => `${family.cloud} ${family.scope.toLowerCase()}`;
