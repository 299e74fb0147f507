// The operations of the fault matrix, in the order of its columns.
import { cancel, containers, detail, files, filter, list, page, several, start } from "./jobs";
import type { Operation } from "./operation";
import { create, edit, remove, run, schedules } from "./schedules";
import { serverCheck } from "./server_check";
import { renew, signIn } from "./session";

export const operations: Operation[] = [
  signIn, renew, list, filter, page, detail, containers, files, start, several, cancel, schedules, create, edit, remove, run, serverCheck
];
