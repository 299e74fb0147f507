// Jobs and containers for tests, of any family, in the shapes of the API.
import type { Family } from "./families";

/** The emulator's clock at the start of every test; it stands still until a test moves it. */
export const NOW = "2026-03-02T09:00:00Z";

export interface Job {
  id: string;
  createdAt?: string;
  updatedAt?: string;
  completed_at?: string;
  overall_status?: string;
  /** A map of container to text, unless a test says otherwise. */
  detailed_status?: unknown;
  abort?: boolean;
  [field: string]: unknown;
}

export interface Container {
  id: string;
  name: string;
  regions: string[];
  [field: string]: unknown;
}

export const REGIONS = ["eu-central-1", "eu-west-1", "us-east-1"];

/** The time `seconds` before `NOW`, in the API's format. */
export const before = (seconds: number) => new Date(Date.parse(NOW) - seconds * 1000).toISOString();

/** A UUID, as the API's ids are, that begins with its number. */
export const uuid = (number: number, kind = 0) =>
  `${String(number).padStart(8, "0")}-0000-4000-8000-${String(kind).padStart(12, "0")}`;

/** An id as a row shows it: without its middle. */
export const shortId = (id: string) => `${id.slice(0, 6)}…${id.slice(-6)}`;

/**
 * A container with the name fields of every list, so that one shape serves all families. Each has its own account.
 */
export function container(family: Family, number: number, more: Partial<Container> = {}): Container {
  const name = `${family.one} ${String(number).padStart(4, "0")}`;
  return {
    id: uuid(number, 7),
    name,
    Name: name,
    azure_name: name,
    display_name: name,
    organization_id: `00D${String(number).padStart(15, "0")}`,
    group_id: uuid(number, 8),
    vault_id: `ocid1.vault.${number}`,
    account_id: String(100_000_000_000 + number),
    arn: `arn:aws:iam::${100_000_000_000 + number}:user/sync`,
    connection: "connection",
    regions: REGIONS,
    status: "active",
    createdAt: before(1_000_000),
    ...more
  };
}

export const containers = (family: Family, count: number) =>
  Array.from({ length: count }, (_, index) => container(family, index + 1));

/** The text for a container in the container field of a job; the families differ in it. */
export function containerLabel(family: Family, container: Container): string {
  if (family.regions || family.filterBy !== "id") return container.name;
  if (family.filter && family.selector !== family.filter) return String(container["organization_id"]);
  return container.id;
}

/** The value of the family's container filter that matches a container's jobs. */
export const filterValue = (family: Family, container: Container) =>
  family.filterBy === "id" ? container.id : container.name;

/** The key of a container in `detailed_status`. */
export const statusKey = (family: Family, container: Container) =>
  family.regions ? `${container["account_id"]}/${container.regions[0]}` : containerLabel(family, container);

export const GOOD = "synchronized successfully";
export const BAD = "Error listing keys: access denied";

/** A successful job; number 1 is the newest, each next one is a minute older. */
export function job(family: Family, number: number, of: Container[], more: Partial<Job> = {}): Job {
  return {
    id: uuid(number, 1),
    uri: `kylo:kylo:cckm:synchronize:${uuid(number, 1)}`,
    account: "kylo:kylo:admin:accounts:kylo",
    createdAt: before(number * 60),
    updatedAt: before(number * 60 - 30),
    completed_at: before(number * 60 - 30),
    overall_status: "completed",
    detailed_status: Object.fromEntries(of.map((one) => [statusKey(family, one), GOOD])),
    cloud: "cloud",
    [family.jobField]: of.map((one) => containerLabel(family, one)),
    ...(family.regions ? { regions: REGIONS.slice(0, 1) } : {}),
    abort: false,
    ...more
  };
}

export const running = { overall_status: "in_progress", completed_at: undefined };
export const failed = { overall_status: "failed" };

/** `count` jobs that take the containers in turn, newest first; every third failed. */
export const jobs = (family: Family, count: number, of: Container[]) =>
  Array.from({ length: count }, (_, index) => {
    const own = of.length > 0 ? [of[index % of.length]!] : [];
    return job(family, index + 1, own, index % 3 === 2 ? failed : {});
  });

export const ids = (jobs: Job[]) => jobs.map((job) => job.id);

/** A configuration of the scheduler. */
export interface Schedule {
  id: string;
  name: string;
  operation: string;
  run_at: string;
  [field: string]: unknown;
}

/** A schedule of some containers of a family, or of all of them without `of`. */
export function schedule(family: Family, number: number, of?: Container[], more: Partial<Schedule> = {}): Schedule {
  const { cloudName, selector } = family.schedule!;
  return {
    id: uuid(number, 9),
    name: `schedule-${number}`,
    operation: "cckm_synchronization",
    run_at: "0 2 * * *",
    disabled: false,
    createdAt: before(number * 3600),
    updatedAt: before(number * 3600),
    job_config_params: { cloud_name: cloudName, ...(of ? { [selector]: of.map((one) => one.id) } : { synchronize_all: true }) },
    ...more
  };
}

/** A run of a schedule that began `seconds` ago. */
export const run = (of: Schedule, number: number, seconds: number, status = "completed") => ({
  id: uuid(number, 10),
  name: of.name,
  operation: of.operation,
  status,
  processing_node: "cm-node-1",
  createdAt: before(seconds),
  updatedAt: before(seconds - 2)
});
