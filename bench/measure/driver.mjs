// What acts inside the page in place of a person: found by names on the screen, the same for every subject. A wait is for
// what is painted, never for what is in the document only.

/**
 * Runs in the page, before anything of its own, with whom to sign in. Signs in where the form is usable, and leaves
 * `window.bench`, by which the rest is driven.
 */
export function install({ user, password }) {
  const LIST = "/synchronization-jobs?";
  /** Pixels a frame: a quick hand. */
  const SCROLLED = 300;
  const rows = () => document.querySelectorAll("table tbody tr").length;
  /** The last cell of the first row: its job. */
  const top = () => document.querySelector("table tbody tr:first-child td:last-child")?.textContent;
  /** The checkboxes of the open picker. */
  const choices = () => [...document.querySelectorAll('form [role="group"] input[type="checkbox"]')];
  const button = (name) =>
    [...document.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent).trim() === name);

  /**
   * Resolves once the frame is painted in which `holds` is true for the first time. A look at each frame costs next to
   * nothing, where an observer would cost more for whoever changes more.
   */
  const painted = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return requestAnimationFrame(look);
        // Inside the frame, before its paint; a message comes after it.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      };
      requestAnimationFrame(look);
    });

  /** At any moment of a frame, as people press. */
  const anyMoment = async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 16));
  };

  const type = (input, text) => {
    // As a keyboard does: past what a library may have put over the property.
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

  /** Resolves when the next answer to a question for the list has come and whoever asked has dealt with it. */
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

    /** Milliseconds until the next page of `wanted` rows is painted: from the press, and from the end of the answer. */
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

    /** Presses `name`, which opens a picker, and says how many milliseconds passed until its first choices are painted. */
    async openPicker(name) {
      await anyMoment();
      const pressed = performance.now();
      button(name).click();
      return (await painted(() => choices().length > 0)) - pressed;
    },

    /** What `text` in place of what stands in the picker's search costs, as `openPicker`: until what is found is painted. */
    async search(text) {
      await anyMoment();
      const pressed = performance.now();
      type(document.querySelector('form input[type="search"][aria-label="Search"]'), text);
      const fits = (choice) => choice.closest("label").textContent.toLowerCase().includes(text);
      return (await painted(() => choices().length > 0 && choices().every(fits))) - pressed;
    },

    /** Goes to another view by the link called `name`, until it shows its rows, and leaves it some time for its answers. */
    async view(name, milliseconds) {
      const link = [...document.querySelectorAll("nav a")].find((one) => one.textContent.trim().startsWith(name));
      link.click();
      await painted(() => link.ariaCurrent === "page" && rows() > 0);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },

    /** Nodes of the document, texts and comments included. */
    nodes: () => document.evaluate("count(//node())", document, null, XPathResult.NUMBER_TYPE).numberValue,

    /** Presses for a refresh `times` times, each after the answer before. */
    async refresh(times) {
      const press = button("Refresh now");
      for (let at = 0; at < times; at += 1) {
        const answer = answered();
        press.click();
        await answer;
      }
      performance.clearResourceTimings();
    },

    /** The same, and how many changes of the document there were: in the rows, and anywhere. */
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

    /** The same for one refresh, until what it brought is painted. */
    async refreshed() {
      await this.refresh(1);
      await painted(() => true);
    },

    /** Scrolls from the top to the end, a part at each frame, and says how long the longest frame was, in milliseconds. */
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

    /** Resolves when nothing has been loaded for `milliseconds`. */
    async quiet(milliseconds) {
      const count = () => performance.getEntriesByType("resource").length;
      for (let known = -1; known !== count(); ) {
        known = count();
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
      }
    }
  };
}
