// The command-line switches of the browser, for the tests and for `bench/`, which runs without TypeScript.

/**
 * Pages that the browser loads for its own address bar with each new window: some three hundred scripts in a separate
 * process, more work than a whole visit of the panel, and invisible here.
 */
const OWN_PAGES = ["PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

/** The features that Playwright disables and a test could notice. The browser honours only the last such list. */
const AS_EVER = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "MediaRouter",
  "OptimizationHints",
  "PaintHolding",
  "ThirdPartyStoragePartitioning"
];

const switches = (/** @type {string[]} */ ...disabled) => [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${[...AS_EVER, ...OWN_PAGES, ...disabled]}`
];

/** Those of the browser whose times are measured. */
export const SWITCHES = switches();

/** Those of the tests, which need no renderer ready for the next page of a context. */
export const TEST_SWITCHES = switches("SpareRendererForSitePerProcess");
