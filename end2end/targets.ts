// The size of what a pointer presses.
import type { Page } from "@playwright/test";

/**
 * The pointer targets of the page that are smaller than 24 pixels, in words. WCAG 2.2, 2.5.8, excepts links within a sentence.
 */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressed = "a[href], button, select, input, textarea, summary, [tabindex='0'], label.pick";
    const seen = [...document.querySelectorAll<HTMLElement>(pressed)].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && width > 0 && height > 0;
    });
    const boxOf = (element: Element) => {
      // A checkbox's target includes its label, and a link's its row.
      const around = element.matches("input") ? element.closest("label") ?? element : element.closest(".jobs tbody tr") ?? element;
      return around.getBoundingClientRect();
    };
    return seen.flatMap((element) => {
      const { width, height } = element.matches(".watch") ? element.getBoundingClientRect() : boxOf(element);
      if (width >= 23.9 && height >= 23.9) return [];
      if (element.closest("p, td, th, dd, .unseen, [aria-hidden=true], svg, .skip")) {
        // Inline, or not a target of the pointer.
        if (!element.matches("button")) return [];
      }
      if (element.matches(".skip")) return [];
      const name = element.getAttribute("aria-label") ?? element.textContent!.trim().slice(0, 40);
      return [`${element.localName} ${name}: ${width.toFixed(1)} × ${height.toFixed(1)}`];
    });
  });
}
