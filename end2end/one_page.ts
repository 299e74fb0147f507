// For tests that try several families one after the other: one page is enough for them, and loading it costs more than what
// they look at.
import { expect } from "./fixtures";
import type { Family } from "./families";
import type { Panel } from "./pages/panel";

/**
 * Goes to a family's list and waits until it shows a response. Only the first time loads the page. The view before is of
 * another cloud: with the heading its rows are gone, so no assertion can be met by them.
 */
export async function goToList(panel: Panel, family: Family, query = ""): Promise<void> {
  const hash = `#/${family.slug}${query}`;
  if (panel.page.url() === "about:blank") await panel.open(hash);
  else {
    expect(await panel.frame.heading.textContent(), "the view before is of another cloud").not.toBe(family.cloud);
    await panel.go(hash);
  }
  await expect(panel.frame.heading).toHaveText(family.cloud);
  await panel.list.isLoaded();
}
