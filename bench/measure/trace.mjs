// Reads script time from a browser trace. The browser's counter `ScriptDuration` leaves out microtasks, in which a page does
// most of its work on an awaited response: 50 ms of work after `await fetch(…)` count as 0 there.

/** The trace events in which the browser calls JavaScript or WebAssembly, in any kind of task. */
const RUNS = ["EvaluateScript", "FunctionCall", "RunMicrotasks", "v8.callFunction", "v8.evaluateModule", "v8.run"];
/** Style and layout that a script forces by reading a size: work, but not script time. */
const STYLE = ["UpdateLayoutTree", "Layout"];
/** A task of the page's main thread, whatever it does. */
const TASK = "ThreadControllerImpl::RunTask";
const CATEGORIES = ["__metadata", "devtools.timeline", "v8", "v8.execute", "toplevel"];
/** Milliseconds of work in the self-test, and how many of them must be measured. */
const TOIL = 40;
const COUNTED = TOIL / 10;
const MAIN = "CrRendererMain";

/**
 * The CPU milliseconds of scripts on the page's main thread during `work`, garbage collection included. Other work of the
 * machine is not counted.
 */
export async function scripted(browser, page, work) {
  return (await traced(browser, page, work)).script;
}

/** The same as `script`, and as `longest` the CPU milliseconds of the longest task: script, style, layout and paint. */
export async function traced(browser, page, work) {
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const events = mainThreads(JSON.parse(trace).traceEvents);
  const tasks = events.flat().filter(({ name }) => name === TASK);
  if (tasks.length === 0) throw new Error("the trace has no tasks");
  return { script: scriptOf(events), longest: Math.max(...tasks.map(({ tdur }) => tdur)) / 1000 };
}

/** Throws if this browser's traces miss a kind of task: work in each kind must be measured. */
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

/** Runs in the page: keeps the CPU busy for the given milliseconds in the kind of task that `way` names. */
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

/** The complete events of a trace on the main thread of each page. */
function mainThreads(events) {
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const named = events.filter(({ name, args }) => name === "thread_name" && args.name === MAIN);
  if (named.length === 0) throw new Error("the trace names no main thread of a page");
  // Some events of a thread that has just started carry no CPU time.
  const isWhole = (event) => event.ph === "X" && Number.isFinite(event.tdur);
  return named.map(threadOf).map((thread) => events.filter((event) => isWhole(event) && threadOf(event) === thread));
}

/** The milliseconds of script on these threads. */
function scriptOf(threads) {
  return threads.reduce((sum, own) => {
    const times = (names) => together(own.filter(({ name }) => names.includes(name)));
    const [runs, style] = [times(RUNS), times(STYLE)];
    return sum + (length(runs) - length(style.flatMap((part) => within(runs, part)))) / 1000;
  }, 0);
}

/** The events as intervals of the thread's CPU time in microseconds; nested events are merged. */
function together(events) {
  const stretches = [];
  for (const { tts: begin, tdur } of events.toSorted((one, other) => one.tts - other.tts)) {
    const last = stretches.at(-1);
    if (last && begin <= last.end) last.end = Math.max(last.end, begin + tdur);
    else stretches.push({ begin, end: begin + tdur });
  }
  return stretches;
}

/** How much of `part` lies within `stretches`. */
const within = (stretches, part) =>
  stretches
    .map(({ begin, end }) => ({ begin: Math.max(begin, part.begin), end: Math.min(end, part.end) }))
    .filter(({ begin, end }) => begin < end);

const length = (stretches) => stretches.reduce((sum, { begin, end }) => sum + end - begin, 0);
