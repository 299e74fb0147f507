// Writes what axe found as a table of views and states, `test-results/accessibility.md`, from what the tests of
// `accessibility.spec.ts` note. A run of other tests writes none.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { FullConfig, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** The beginning of an annotation's type; the name of the state follows. */
const AXE = "axe ";

export default class AccessibilityTable implements Reporter {
  private readonly rows = new Map<string, Map<string, string>>();
  private folder = "";

  onBegin(config: FullConfig): void {
    this.folder = config.projects[0]?.outputDir ?? "";
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const cells = result.annotations.filter(({ type }) => type.startsWith(AXE));
    if (cells.length === 0) return;
    const row = new Map(cells.map(({ type, description }) => [type.slice(AXE.length), description ?? "?"]));
    this.rows.set(test.parent.title, row);
  }

  onEnd(): void {
    const states = [...new Set([...this.rows.values()].flatMap((row) => [...row.keys()]))];
    if (states.length === 0) return;
    const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
    const rows = [...this.rows].sort().map(([view, row]) => line([view, ...states.map((state) => row.get(state) ?? "not reached")]));
    const head = [line(["view", ...states]), line(["---", ...states.map(() => "---:")])];
    writeFileSync(join(this.folder, "accessibility.md"), [...head, ...rows, ""].join("\n"));
  }

  printsToStdio(): boolean {
    return false;
  }
}
