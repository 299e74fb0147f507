// What runs inside a page, so that time and requests can be driven from outside. Each function stands alone: it is sent to the
// page as it is. The measuring in `bench/` uses them too, without TypeScript.

/**
 * The clock of the tests numbers its timers from 10¹² on. A program in WebAssembly takes such a number for one of 32
 * bits, as a browser's are, and could never stop a timer again. Before the page is opened.
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

/** Notes in `window.watched` what is asked of the server, and how much is not dealt with yet. Before the page is opened. */
export function noteRequests() {
  const watched = { asked: [], open: 0 };
  const send = window.fetch.bind(window);
  const done = () => {
    // Whoever waits for the answer has it before.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (watched.open -= 1);
    port2.postMessage("");
  };
  Object.assign(window, { watched });
  window.fetch = (what, how) => {
    const path = new URL(what instanceof Request ? what.url : what, location.href).pathname;
    if (!path.startsWith("/api/")) return send(what, how);
    watched.asked.push(path);
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

/** How many requests wait to be sent or to be dealt with. */
export async function unanswered() {
  // What is asked by itself waits for a lock first, and is sent a moment later.
  const locks = await navigator.locks?.query();
  return window.watched.open + (locks?.held?.length ?? 0) + (locks?.pending?.length ?? 0);
}

/** Makes `window.memories()`: the bytes of all WebAssembly memories, which only grow. Before the page is opened. */
export function noteMemories() {
  // Caught as the page makes it: asking the browser for objects by their kind walks through the whole heap.
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
