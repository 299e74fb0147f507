// A fresh visit of a subject: its own browser context (empty cache), the injected driver, and the browser's counters.
import { installMemoryRecorder } from "../../end2end/in_page.mjs";
import { install } from "./driver.mjs";
import { scripted, traced } from "./trace.mjs";

/** CPU and network throttling. Throughput in bytes per second, `latency` in milliseconds. */
export const CONDITIONS = {
  fast: { cpu: 1 },
  cpu4: { cpu: 4 },
  slow: { cpu: 1, network: true },
  "slow cpu4": { cpu: 4, network: true }
};
/** Lighthouse's "slow 4G". */
const SLOW = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** Opens `subject` at `hash`, passes the signed-in page to `use`, then closes it. `conditions` is one of `CONDITIONS`. */
export async function visit(browser, subject, { hash = "#/aws", conditions = CONDITIONS.fast }, use) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC", viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const failures = [];
    page.on("pageerror", (error) => failures.push(error.message));
    const requests = [];
    page.on("request", (request) => requests.push(request));
    await page.addInitScript(installMemoryRecorder);
    await page.addInitScript(install, { user: subject.server.user, password: subject.server.password });
    const browserSide = await context.newCDPSession(page);
    await browserSide.send("Performance.enable");
    if (conditions.network) {
      await browserSide.send("Network.enable");
      await browserSide.send("Network.emulateNetworkConditions", SLOW);
    }
    await browserSide.send("Emulation.setCPUThrottlingRate", { rate: conditions.cpu });
    await page.goto(`${subject.server.address}/${hash}`, { waitUntil: "commit" });
    const call = (method, ...values) => evaluate(browserSide, method, values);
    const entered = await evaluate(browserSide, null, []);
    const [count, weigh] = [() => counters(browserSide), () => memory(browserSide)];
    const script = (work) => scripted(browser, page, work);
    const trace = (work) => traced(browser, page, work);
    const result = await use({ entered, requests, call, counters: count, memory: weigh, script, trace });
    if (failures.length > 0) throw new Error(`${subject.name} failed: ${failures.join("; ")}`);
    return result;
  } finally {
    await context.close();
  }
}

/** Calls a method of the driver, or awaits its sign-in if none is named. */
const evaluate = (browserSide, method, values) =>
  evaluated(browserSide, method ? `bench.${method}(...${JSON.stringify(values)})` : "bench.entered");

async function evaluated(browserSide, expression) {
  const answer = await browserSide.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (answer.exceptionDetails) throw new Error(`${expression}: ${answer.exceptionDetails.exception?.description}`);
  return answer.result.value;
}

/** The browser's counters; `task` holds the milliseconds of all work so far: script, style, layout and paint. */
async function counters(browserSide) {
  const { metrics } = await browserSide.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { task: of("TaskDuration") * 1000, nodes: of("Nodes"), heap: of("JSHeapUsedSize") };
}

/**
 * After a garbage collection: the bytes of the page's heap and of the WebAssembly memory (which only grows), and the number
 * of nodes that the browser holds, attached or detached.
 */
async function memory(browserSide) {
  await browserSide.send("HeapProfiler.collectGarbage");
  const { heap, nodes } = await counters(browserSide);
  return { heap, nodes, wasm: await evaluated(browserSide, "memories()") };
}
