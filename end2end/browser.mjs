// How the browser is started, for the tests and for the measuring in `bench/`, without TypeScript.

/**
 * Pages that the browser loads for its own address bar beside each new window, some three hundred scripts in a process of
 * their own: more work than a whole visit of the panel, and nobody sees them here.
 */
const OWN_PAGES = ["PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

/** What Playwright switches off in such a list and a test could notice: of two lists the browser takes the last. */
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
  `--disable-features=${[...AS_EVER, ...OWN_PAGES]}`
];
