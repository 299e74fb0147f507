// All places in which a page could leave a secret.
import type { Page } from "@playwright/test";

/** The content of each such place, by its name. */
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
    // Includes attributes, but not the content of a password box, which is a property and not part of the document.
    document: document.documentElement.outerHTML,
    shown: document.body.innerText
  }));
  return { ...inside, "all cookies": JSON.stringify(await page.context().cookies()) };
}
