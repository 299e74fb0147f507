// Operates the page from inside, in place of a person. Controls are found by their names on the screen, which are the same
// for every subject. Each wait ends at a paint, not at a change of the document.

/**
 * Runs in the page before its own scripts, with the account to sign in with. Signs in as soon as the form is enabled, and
 * sets `window.bench`, which the other measurements call.
 */
export function install({ user, password }) {
  const LIST = "/synchronization-jobs?";
  /** Pixels per frame: fast scrolling. */
  const SCROLLED = 300;
  /** Idle periods, of at most 50 ms each, after which a view is finished. */
  const RESTS = 10;
  const rows = () => document.querySelectorAll("table tbody tr").length;
  /** The last cell of the first row, which holds the job's id. */
  const top = () => document.querySelector("table tbody tr:first-child td:last-child")?.textContent;
  /** The checkboxes of the open filter. */
  const choices = () => [...document.querySelectorAll('form [role="group"] input[type="checkbox"]')];
  const button = (name) =>
    [...document.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent).trim() === name);

  /**
   * Resolves after the paint of the first frame in which `holds` returns true. A check per frame costs next to nothing; a
   * mutation observer would cost a subject more the more nodes it changes.
   */
  const painted = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return requestAnimationFrame(look);
        // This runs inside the frame, before its paint; a posted message arrives after the paint.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      };
      requestAnimationFrame(look);
    });

  /** Presses at a random moment of a frame, as people do. */
  const anyMoment = async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 16));
  };

  /** Resolves when the page has been idle for a while, so that work which was put off counts too. */
  const rested = async () => {
    for (let at = 0; at < RESTS; at += 1) await new Promise((resolve) => requestIdleCallback(resolve));
  };

  const type = (input, text) => {
    // The prototype's setter, as for keyboard input: a library may have replaced the element's own property.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const enter = async () => {
    const box = (name) => document.querySelector(`form input[name="${name}"]`);
    const form = await painted(() => box("username") && box("password"));
    type(box("username"), user);
    type(box("password"), password);
    await painted(() => button("Sign in")?.disabled === false);
    button("Sign in").click();
    const list = await painted(() => rows() > 0);
    return { form, rows: list, at: performance.timeOrigin + list };
  };

  /** Resolves when the next response to a list request has arrived and the page has processed it. */
  const answered = () =>
    new Promise((resolve) => {
      const observer = new PerformanceObserver((entries) => {
        if (!entries.getEntries().some((entry) => entry.name.includes(LIST))) return;
        observer.disconnect();
        setTimeout(resolve);
      });
      observer.observe({ type: "resource" });
    });

  window.bench = {
    entered: enter(),

    /** Milliseconds until the next page of `wanted` rows is painted: from the press, and from the end of the response. */
    async turn(name, wanted) {
      const before = top();
      performance.clearResourceTimings();
      await anyMoment();
      const pressed = performance.now();
      button(name).click();
      const seen = await painted(() => rows() === wanted && top() !== before);
      const list = performance.getEntriesByType("resource").filter((entry) => entry.name.includes(LIST)).at(-1);
      return { press: seen - pressed, answer: seen - list.responseEnd };
    },

    /** Presses `name`, which opens a filter; returns the milliseconds until its first checkboxes are painted. */
    async openPicker(name) {
      await anyMoment();
      const pressed = performance.now();
      button(name).click();
      return (await painted(() => choices().length > 0)) - pressed;
    },

    /** Replaces the text of the filter's search box by `text`; returns the milliseconds until the matches are painted. */
    async search(text) {
      await anyMoment();
      const pressed = performance.now();
      type(document.querySelector('form input[type="search"][aria-label="Search"]'), text);
      const fits = (choice) => choice.closest("label").textContent.toLowerCase().includes(text);
      return (await painted(() => choices().length > 0 && choices().every(fits))) - pressed;
    },

    /** Opens another view by its link `name`, waits for its rows, then gives it time for its remaining responses. */
    async view(name, milliseconds) {
      const link = [...document.querySelectorAll("nav a")].find((one) => one.textContent.trim().startsWith(name));
      link.click();
      await painted(() => link.ariaCurrent === "page" && rows() > 0);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },

    /** Opens the view at `hash`, waits until `selector` matches something and that is painted, then for idle time. */
    async go(hash, selector) {
      location.hash = hash;
      await painted(() => document.querySelector(selector));
      await rested();
    },

    /** Presses the button `name`, then waits for the paint of the next frame and for idle time. */
    async press(name) {
      button(name).click();
      await painted(() => true);
      await rested();
    },

    /** The number of elements in the document. */
    elements: () => document.querySelectorAll("*").length,

    /** The number of nodes in the document, text and comments included. */
    nodes: () => document.evaluate("count(//node())", document, null, XPathResult.NUMBER_TYPE).numberValue,

    /** Presses the refresh button `times` times, each time after the previous response. */
    async refresh(times) {
      const press = button("Refresh now");
      for (let at = 0; at < times; at += 1) {
        const answer = answered();
        press.click();
        await answer;
      }
      performance.clearResourceTimings();
    },

    /** The same; returns how many DOM mutations there were, in the rows and in the whole document. */
    async countChanges(times) {
      const found = [];
      const observer = new MutationObserver((records) => found.push(...records));
      const everything = { subtree: true, childList: true, attributes: true, characterData: true };
      observer.observe(document, everything);
      await this.refresh(times);
      await painted(() => true);
      found.push(...observer.takeRecords());
      observer.disconnect();
      const isRow = ({ target }) => (target instanceof Element ? target : target.parentElement)?.closest("table tbody");
      return { rows: found.filter(isRow).length, all: found.length };
    },

    /** The same for one refresh, until its changes are painted. */
    async refreshed() {
      await this.refresh(1);
      await painted(() => true);
    },

    /** Scrolls from the top to the end, a step per frame; returns the duration of the longest frame in milliseconds. */
    async scroll() {
      const page = document.scrollingElement;
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      let [longest, before] = [0, await nextFrame()];
      while (page.scrollTop + page.clientHeight < page.scrollHeight - 1) {
        page.scrollBy(0, SCROLLED);
        const now = await nextFrame();
        longest = Math.max(longest, now - before);
        before = now;
      }
      if (page.scrollTop === 0) throw new Error("the page cannot be scrolled");
      return longest;
    },

    /** Resolves when no resource has been loaded for `milliseconds`. */
    async quiet(milliseconds) {
      const count = () => performance.getEntriesByType("resource").length;
      for (let known = -1; known !== count(); ) {
        known = count();
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
      }
    }
  };
}
