// Functions that run inside a page, so that tests can control time and count requests. Each is self-contained, since its
// source is sent to the page. `bench/` uses them too, without TypeScript.

/**
 * Makes timer ids fit in 32 bits, as a browser's do. Playwright's fake clock numbers its timers from 10¹², which a WebAssembly
 * program truncates, so that it could never clear a timer. Call it before the page is opened.
 */
export function smallTimerIds() {
  const known = new Map();
  let last = 0;
  for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]]) {
    const [begin, end] = [window[set], window[clear]];
    window[set] = (...all) => {
      known.set(++last, begin(...all));
      return last;
    };
    window[clear] = (id) => end(known.get(id));
  }
}

/**
 * Records the requests in `window.watched`: those that were not taken yet, every path since the page was loaded, and how many
 * are not processed yet. Call it before the page is opened.
 */
export function installRequestRecorder() {
  const watched = { requested: [], paths: new Set(), open: 0 };
  const send = window.fetch.bind(window);
  const done = () => {
    // Code that awaits the response has received it by then.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (watched.open -= 1);
    port2.postMessage("");
  };
  Object.assign(window, { watched });
  window.fetch = (what, how) => {
    const path = new URL(what instanceof Request ? what.url : what, location.href).pathname;
    if (!path.startsWith("/api/")) return send(what, how);
    watched.requested.push(path);
    watched.paths.add(path);
    watched.open += 1;
    const answer = send(what, how);
    answer.catch(done);
    return answer;
  };
  for (const way of ["arrayBuffer", "text"]) {
    const read = Response.prototype[way];
    Response.prototype[way] = function () {
      const whole = read.call(this);
      if (new URL(this.url).pathname.startsWith("/api/")) whole.then(done, done);
      return whole;
    };
  }
}

/**
 * Waits until the page, since it was loaded, has requested each of the paths `needed`, and no request waits to be sent or to
 * be processed, for ten seconds at most. With `take` returns the paths that were requested since they were last taken. The
 * page's clock may be stopped: what waits here are tasks of the scheduler, which is not faked.
 *
 * @param {{ take?: boolean, needed?: string[] }} options
 */
export async function untilAnswered({ take = false, needed = [] } = {}) {
  const { watched, scheduler } = window;
  for (let tries = 2000; ; tries -= 1) {
    // An automatic request first waits for a lock and is sent a moment later.
    const locks = await navigator.locks?.query();
    const pending = watched.open + (locks?.held?.length ?? 0) + (locks?.pending?.length ?? 0);
    const missing = needed.filter((path) => !watched.paths.has(path));
    if (pending === 0 && missing.length === 0) return watched.requested.splice(0, take ? Infinity : 0);
    if (tries === 0) throw new Error(`${pending} requests wait for their answer; not requested: ${missing.join(", ") || "none"}`);
    await scheduler.postTask(() => {}, { delay: 5 });
  }
}

/** Adds `window.memories()`: the bytes of all WebAssembly memories, which only grow. Call it before the page is opened. */
export function installMemoryRecorder() {
  // Recorded at its creation: a query for objects by prototype would walk through the whole heap.
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...what) => {
      const made = await make.apply(WebAssembly, what);
      for (const value of Object.values((made.instance ?? made).exports)) {
        if (value instanceof WebAssembly.Memory) memories.add(value);
      }
      return made;
    };
  }
  window.memories = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}

/** Adds `window.timers()`: how many timers are set that have neither run nor been cleared. Call it after the clock is installed. */
export function installTimerRecorder() {
  const timers = new Set();
  const { setTimeout: set, clearTimeout: clear } = window;
  window.setTimeout = (run, ...more) => {
    const id = set(() => {
      timers.delete(id);
      run();
    }, ...more);
    timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    timers.delete(id);
    clear(id);
  };
  window.timers = () => timers.size;
}
