// Breaches of the page's policy, each as an expression to evaluate in a page, with what the report of it names. By these it is
// tested that no breach goes unseen: in Chromium (`tests/guard.spec.ts`) and in the other engines (`engines/guard.spec.ts`).

export const BREACHES: { what: string; expression: string; reported: RegExp }[] = [
  {
    what: "an inline style",
    expression: `void document.body.setAttribute("style", "color: red")`,
    reported: /policy: style-src/
  },
  {
    what: "an inline script",
    // Its text is put together of nodes, which Trusted Types do not look at before it would run.
    expression: `void (() => {
      const script = document.createElement("script");
      script.append("1");
      document.head.append(script);
    })()`,
    reported: /policy: (script-src|require-trusted-types-for)|TrustedScript/
  },
  {
    what: "an image of another origin",
    expression: `void (new Image().src = "https://elsewhere.invalid/x.png")`,
    reported: /policy: img-src blocked https:\/\/elsewhere\.invalid/
  },
  {
    what: "a request to another origin",
    expression: `void fetch("https://elsewhere.invalid/").catch(() => {})`,
    reported: /policy: connect-src blocked https:\/\/elsewhere\.invalid/
  },
  {
    what: "a frame",
    expression: `void document.body.append(Object.assign(document.createElement("iframe"), { src: "https://elsewhere.invalid/" }))`,
    reported: /policy: (frame|child|default)-src/
  },
  {
    what: "a text for a place that runs scripts",
    expression: `void (() => { try { document.createElement("script").src = "x.js" } catch {} })()`,
    reported: /policy: require-trusted-types-for/
  },
  {
    what: "a second policy",
    expression: `void (() => { try { trustedTypes.createPolicy("second", {}) } catch {} })()`,
    reported: /policy: trusted-types/
  },
  {
    what: "an error in the console",
    expression: `void console.error("something is wrong")`,
    reported: /something is wrong/
  },
  {
    what: "an error that nobody catches",
    expression: `void setTimeout(() => { throw new Error("nobody catches this") })`,
    reported: /nobody catches this/
  },
  {
    what: "a promise that fails and that nobody awaits",
    expression: `void Promise.reject(new Error("nobody awaits this"))`,
    reported: /nobody awaits this/
  }
];
