// The command-line switches of the browser, for the tests and for `bench/`, which runs without TypeScript.

/** A renderer for the next page of a context, of which a test opens one. */
const SPARE = "SpareRendererForSitePerProcess";

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

export const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${[...AS_EVER, ...OWN_PAGES, SPARE]}`
];
