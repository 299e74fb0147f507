// How long scripts ran, read from a trace of the browser. Its counter `ScriptDuration` leaves out what runs as a microtask,
// which is most of what a page does with an answer it awaited: 50 ms of work after `await fetch(…)` count as 0 there.

/** Where the browser hands over to JavaScript or WebAssembly, in whatever kind of task. */
const RUNS = ["EvaluateScript", "FunctionCall", "RunMicrotasks", "v8.callFunction", "v8.evaluateModule", "v8.run"];
/** What a script makes the browser do at once, by asking for a size: work, but not a script's. */
const STYLE = ["UpdateLayoutTree", "Layout"];
const CATEGORIES = ["__metadata", "devtools.timeline", "v8", "v8.execute"];
/** Milliseconds of work in a proof, and how many of them must count: all that the processor had for it. */
const TOIL = 40;
const COUNTED = TOIL / 10;
const MAIN = "CrRendererMain";

/**
 * Milliseconds of the processor that scripts had on the page's main thread during `work`, collection of their garbage
 * included. Other work of the machine is not in it.
 */
export async function scripted(browser, page, work) {
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  return scriptOf(JSON.parse(trace).traceEvents);
}

/** Fails where this browser's traces would leave something out: in each kind of task work must count. */
export async function prove(browser) {
  const page = await browser.newPage();
  try {
    for (const way of ["a timer", "a frame", "a message", "an answer", "a press"]) {
      const counted = await scripted(browser, page, () => page.evaluate(toil, [way, TOIL]));
      if (counted < COUNTED) throw new Error(`of ${TOIL} ms of work after ${way} the trace has ${counted.toFixed(1)}`);
    }
  } finally {
    await page.close();
  }
}

/** Runs in the page: works for so many milliseconds in the kind of task that `way` names. */
async function toil([way, milliseconds]) {
  const work = () => {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
  };
  const done = (begin) => new Promise((resolve) => begin(() => resolve(work())));
  if (way === "a timer") await done((end) => setTimeout(end));
  if (way === "a frame") await done(requestAnimationFrame);
  if (way === "a message") {
    const { port1, port2 } = new MessageChannel();
    await done((end) => {
      port1.onmessage = end;
      port2.postMessage(0);
    });
  }
  if (way === "an answer") {
    await (await fetch("data:,")).text();
    work();
  }
  if (way === "a press") {
    await done((end) => {
      document.body.onclick = end;
      setTimeout(() => document.body.click());
    });
  }
}

/** Milliseconds of script in a trace's events. */
function scriptOf(events) {
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const named = events.filter(({ name, args }) => name === "thread_name" && args.name === MAIN);
  if (named.length === 0) throw new Error("the trace names no main thread of a page");
  return named.map(threadOf).reduce((sum, thread) => {
    // Some events of a thread that has just begun state no time on the processor.
    const own = events.filter((event) => event.ph === "X" && Number.isFinite(event.tdur) && threadOf(event) === thread);
    const times = (names) => together(own.filter(({ name }) => names.includes(name)));
    const [runs, style] = [times(RUNS), times(STYLE)];
    return sum + (length(runs) - length(style.flatMap((part) => within(runs, part)))) / 1000;
  }, 0);
}

/** Events as stretches of the thread's time on the processor, in microseconds, those that lie in each other as one. */
function together(events) {
  const stretches = [];
  for (const { tts: begin, tdur } of events.toSorted((one, other) => one.tts - other.tts)) {
    const last = stretches.at(-1);
    if (last && begin <= last.end) last.end = Math.max(last.end, begin + tdur);
    else stretches.push({ begin, end: begin + tdur });
  }
  return stretches;
}

/** What of `part` lies in one of `stretches`. */
const within = (stretches, part) =>
  stretches
    .map(({ begin, end }) => ({ begin: Math.max(begin, part.begin), end: Math.min(end, part.end) }))
    .filter(({ begin, end }) => begin < end);

const length = (stretches) => stretches.reduce((sum, { begin, end }) => sum + end - begin, 0);
