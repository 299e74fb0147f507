// A hand-written page that does the panel's main job for one family: sign in, list, filter, page, refresh. The panel is
// compared with it, so it must stay as fast and as small as careful work makes it. It has one view only.

const API = "/api/v1";
const $ = (id) => document.getElementById(id);
const rows = document.querySelector("tbody");
const row = $("row").content.firstElementChild;

/** In memory only. */
let token = "";
/** The request whose response is shown, and the response's text. */
let shown = "";
let last = "";
/** Aborts the previous request when the next one starts. */
let asking = new AbortController();

/** The values in the URL: status, page from 1, rows per page. */
function route() {
  const query = new URLSearchParams(location.hash.split("?")[1]);
  const number = (name, otherwise, most) => {
    const value = Number(query.get(name));
    return Number.isInteger(value) && value > 0 && value <= most ? value : otherwise;
  };
  return { status: query.get("status") ?? "", page: number("page", 1, 1e6), rows: number("rows", 25, 1000) };
}

function go(change) {
  const next = { ...route(), ...change };
  const query = new URLSearchParams();
  if (next.status) query.set("status", next.status);
  if (next.page !== 1) query.set("page", next.page);
  if (next.rows !== 25) query.set("rows", next.rows);
  location.hash = `#/aws${query.size ? `?${query}` : ""}`;
}

async function load() {
  asking.abort();
  asking = new AbortController();
  const { status, page, rows: limit } = route();
  const query = new URLSearchParams({ skip: (page - 1) * limit, limit, sort: "-createdAt" });
  if (status) query.set("overall_status", status);
  try {
    const response = await fetch(`${API}/cckm/aws/synchronization-jobs?${query}`, {
      headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
      signal: asking.signal
    });
    const text = await response.text();
    if (!response.ok) throw new Error(refusal(response, text));
    const question = String(query);
    // An identical response changes nothing.
    if (text !== last || question !== shown) draw(JSON.parse(text), page, limit);
    [last, shown] = [text, question];
    say("");
  } catch (error) {
    if (error.name !== "AbortError") say(error.message);
  }
}

function draw(answer, page, limit) {
  const now = Date.now();
  const all = document.createDocumentFragment();
  for (const job of answer.resources) all.append(rowOf(job, now));
  rows.replaceChildren(all);
  const { resources, skip, total } = answer;
  $("range").textContent = resources.length ? `${skip + 1}–${skip + resources.length} of ${total}` : `0 of ${total}`;
  $("previous").ariaDisabled = page === 1;
  $("next").ariaDisabled = page * limit >= total;
  $("status").value = route().status;
  $("rows").value = limit;
}

function rowOf(job, now) {
  const drawn = row.cloneNode(true);
  const [outcome, containers, started, duration, id] = drawn.children;
  const [word, beside] = outcomeOf(job);
  drawn.className = word.toLowerCase().replaceAll(" ", "-");
  outcome.firstChild.firstChild.data = word;
  outcome.lastChild.firstChild.data = beside;
  containers.firstChild.data = containersOf(job);
  containers.title = (job.kms ?? []).join("\n");
  const begun = Date.parse(job.createdAt);
  if (begun) {
    started.firstChild.data = ago(now, begun);
    started.title = local(new Date(begun));
    duration.firstChild.data = lasted((Date.parse(job.completed_at) || now) - begun);
  }
  id.firstChild.title = job.id;
  id.firstChild.firstChild.data = middle(job.id);
  return drawn;
}

const ENDS = ["completed", "failed", "error", "cancelled", "canceled", "aborted"];
const plain = (text) => String(text ?? "").trim().toLowerCase().replace(/[ -]/g, "_");
const isError = (text) =>
  /error|fail|denied|unauthorized|timeout|timed_out|not_found|exception|unsuccess|not([^a-z0-9].*)?success/.test(plain(text));

/** The outcome's word, and the detail that is shown beside it. */
function outcomeOf(job) {
  const status = plain(job.overall_status);
  const texts = Object.values(job.detailed_status ?? {});
  const errors = texts.filter(isError).length;
  const ended = Boolean(job.completed_at) || ENDS.includes(status);
  if (job.abort) return [ended ? "Cancelled" : "Cancelling", ""];
  if (status === "failed" || status === "error" || (ended && errors && errors === texts.length)) return ["Failed", ""];
  if (status === "completed") return errors ? ["Completed with errors", `${errors} failed`] : ["Completed", ""];
  return status === "in_progress" ? ["In progress", ""] : ["Unknown", job.overall_status ?? "no status"];
}

/** The first names and how many more there are: "prod-kms · eu-west-1 +3". */
function containersOf({ kms, regions = [], synchronize_all: everything }) {
  if (everything || !kms?.length) return "Everything";
  const one = kms.length === 1;
  const text = one && regions?.length ? `${kms[0]} · ${regions[0]}` : kms.slice(0, 2).join(", ");
  const more = one ? (regions?.length ?? 0) - 1 : kms.length - 2;
  return more > 0 ? `${text} +${more}` : text;
}

function ago(now, then) {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ago`;
  const date = new Date(then);
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][date.getMonth()];
  const year = date.getFullYear();
  return `${date.getDate()} ${month}${year === new Date(now).getFullYear() ? "" : ` ${year}`}`;
}

function lasted(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
}

function local(date) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const middle = (id) => (id.length > 13 ? `${id.slice(0, 6)}…${id.slice(-6)}` : id);

function refusal(response, text) {
  try {
    const { codeDesc, message } = JSON.parse(text);
    return [codeDesc, message].filter(Boolean).join(": ") || `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}

function say(problem) {
  if ($("problem").textContent !== problem) $("problem").textContent = problem;
}

$("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { username, password } = Object.fromEntries(new FormData(event.target));
  try {
    const response = await fetch(`${API}/auth/tokens`, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      body: JSON.stringify({ grant_type: "password", username, password })
    });
    const text = await response.text();
    if (!response.ok) throw new Error(refusal(response, text));
    token = JSON.parse(text).jwt;
  } catch (error) {
    return say(error.message);
  }
  $("sign-in").remove();
  $("list").hidden = false;
  addEventListener("hashchange", load);
  await load();
});
$("status").addEventListener("change", (event) => go({ status: event.target.value, page: 1 }));
$("rows").addEventListener("change", (event) => go({ rows: Number(event.target.value), page: 1 }));
$("refresh").addEventListener("click", load);
for (const [id, by] of [["previous", -1], ["next", 1]]) {
  $(id).addEventListener("click", ({ target }) => {
    if (target.ariaDisabled !== "true") go({ page: route().page + by });
  });
}
document.querySelector("#sign-in button").disabled = false;
