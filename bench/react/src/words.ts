// The texts that a row shows of a job.
import type { Job } from "./api";

const ENDS = ["completed", "failed", "error", "cancelled", "canceled", "aborted"];
const plain = (text?: string) => String(text ?? "").trim().toLowerCase().replace(/[ -]/g, "_");
const ERROR =
  /error|fail|denied|unauthorized|timeout|timed_out|not_found|exception|unsuccess|not([^a-z0-9].*)?success/;

/** The outcome's word, and the detail that is shown beside it. */
export function outcomeOf(job: Job): [word: string, beside: string] {
  const status = plain(job.overall_status);
  const texts = Object.values(job.detailed_status ?? {});
  const errors = texts.filter((text) => ERROR.test(plain(text))).length;
  const ended = Boolean(job.completed_at) || ENDS.includes(status);
  if (job.abort) return [ended ? "Cancelled" : "Cancelling", ""];
  if (status === "failed" || status === "error" || (ended && errors && errors === texts.length)) return ["Failed", ""];
  if (status === "completed") return errors ? ["Completed with errors", `${errors} failed`] : ["Completed", ""];
  return status === "in_progress" ? ["In progress", ""] : ["Unknown", job.overall_status ?? "no status"];
}

/** The first names and how many more there are: "prod-kms · eu-west-1 +3". */
export function containersOf({ kms, regions, synchronize_all: everything }: Job): string {
  if (everything || !kms?.length) return "Everything";
  const one = kms.length === 1;
  const text = one && regions?.length ? `${kms[0]} · ${regions[0]}` : kms.slice(0, 2).join(", ");
  const more = one ? (regions?.length ?? 0) - 1 : kms.length - 2;
  return more > 0 ? `${text} +${more}` : text;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function ago(now: number, then: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ago`;
  const date = new Date(then);
  const year = date.getFullYear();
  return `${date.getDate()} ${MONTHS[date.getMonth()]}${year === new Date(now).getFullYear() ? "" : ` ${year}`}`;
}

export function lasted(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
}

export function local(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export const middle = (id: string) => (id.length > 13 ? `${id.slice(0, 6)}…${id.slice(-6)}` : id);
