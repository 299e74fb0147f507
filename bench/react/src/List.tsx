import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ColumnDef, tableFeatures, useTable } from "@tanstack/react-table";
import { memo } from "react";

import { type Job, jobs } from "./api";
import { go, useRoute } from "./route";
import { ago, containersOf, lasted, local, middle, outcomeOf } from "./words";

const features = tableFeatures({});
type Column = ColumnDef<typeof features, Job>;

const NONE: Job[] = [];
const ROWS = [10, 25, 50, 100, 250, 1000];
const STATUSES = [["", "Any"], ["in_progress", "In progress"], ["completed", "Completed"], ["failed", "Failed"]] as const;

const columns: Column[] = [
  { id: "outcome", header: "Outcome", cell: ({ row }) => <Outcome job={row.original} /> },
  {
    id: "containers",
    header: "Containers",
    cell: ({ row }) => <span title={(row.original.kms ?? []).join("\n")}>{containersOf(row.original)}</span>
  },
  { id: "started", header: "Started", cell: ({ row }) => <Started at={row.original.createdAt} /> },
  { id: "duration", header: "Duration", cell: ({ row }) => durationOf(row.original) },
  { id: "job", header: "Job", cell: ({ row }) => <code title={row.original.id}>{middle(row.original.id)}</code> }
];

function Outcome({ job }: { job: Job }) {
  const [word, beside] = outcomeOf(job);
  return (
    <>
      <span className={word.toLowerCase().replaceAll(" ", "-")}>{word}</span> <small>{beside}</small>
    </>
  );
}

function Started({ at }: { at?: string }) {
  const begun = Date.parse(at ?? "");
  return begun ? <span title={local(new Date(begun))}>{ago(Date.now(), begun)}</span> : null;
}

function durationOf(job: Job): string {
  const begun = Date.parse(job.createdAt ?? "");
  return begun ? lasted((Date.parse(job.completed_at ?? "") || Date.now()) - begun) : "";
}

export function List({ token }: { token: string }) {
  const route = useRoute();
  const { status, page, rows } = route;
  const { data, error, refetch } = useQuery({
    queryKey: ["jobs", status, page, rows],
    queryFn: ({ signal }) => jobs(token, route, signal),
    placeholderData: keepPreviousData,
    // A page that is visited again is requested again: a cache would keep thousands of old jobs in memory.
    gcTime: 0
  });
  const total = data?.total ?? 0;
  const count = data?.resources.length ?? 0;
  const turn = (by: number, may: boolean) => () => may && go({ page: page + by });
  return (
    <main>
      <header>
        <h1>AWS</h1>
        <label>
          Status{" "}
          <select value={status} onChange={(event) => go({ status: event.target.value, page: 1 })}>
            {STATUSES.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
          </select>
        </label>
        <button type="button" onClick={() => void refetch()}>Refresh now</button>
      </header>
      <Jobs jobs={data?.resources ?? NONE} />
      <nav aria-label="Pages">
        <span>{count ? `${data!.skip + 1}–${data!.skip + count} of ${total}` : `0 of ${total}`}</span>
        <label>
          Rows per page{" "}
          <select value={rows} onChange={(event) => go({ rows: Number(event.target.value), page: 1 })}>
            {ROWS.map((choice) => <option key={choice}>{choice}</option>)}
          </select>
        </label>
        <button type="button" aria-disabled={page === 1} onClick={turn(-1, page > 1)}>Previous page</button>
        <button type="button" aria-disabled={page * rows >= total} onClick={turn(1, page * rows < total)}>Next page</button>
      </nav>
      <p role="alert">{error?.message}</p>
    </main>
  );
}

/** Renders again only if the jobs have changed: the query keeps the identity of equal data. */
const Jobs = memo(({ jobs }: { jobs: Job[] }) => {
  const table = useTable({ features, columns, data: jobs, getRowId: (job: Job) => job.id });
  return (
    <table aria-label="Synchronization jobs">
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => <th key={header.id}><table.FlexRender header={header} /></th>)}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => <td key={cell.id}><table.FlexRender cell={cell} /></td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
});
