// Where a page could leave something behind.
import type { Page } from "@playwright/test";

/** Everything where something could be found, by its name. */
export async function places(page: Page): Promise<Record<string, string>> {
  const inside = await page.evaluate(async () => ({
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
    cookies: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state) + window.name,
    title: document.title,
    // Attributes too: what stands in a password box is its value, and no part of the document.
    document: document.documentElement.outerHTML,
    shown: document.body.innerText
  }));
  return { ...inside, "all cookies": JSON.stringify(await page.context().cookies()) };
}
