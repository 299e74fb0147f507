// Prints the fault matrix, operations by faults, from what the tests of `fault_matrix.spec.ts` note, and writes it to
// `test-results/faults.md`. A run of other tests prints none.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { FullConfig, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** The beginning of an annotation's type; the name of the fault follows. */
export const CELL = "fault ";

export default class FaultTable implements Reporter {
  private readonly rows = new Map<string, Map<string, string>>();
  private folder = "";

  onBegin(config: FullConfig): void {
    this.folder = config.projects[0]?.outputDir ?? "";
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const cells = result.annotations.filter(({ type }) => type.startsWith(CELL));
    if (cells.length === 0) return;
    this.rows.set(test.parent.title, new Map(cells.map(({ type, description }) => [type.slice(CELL.length), description ?? "?"])));
  }

  onEnd(): void {
    if (this.rows.size === 0) return;
    const faults = [...new Set([...this.rows.values()].flatMap((row) => [...row.keys()]))];
    const reasons: string[] = [];
    const cell = (operation: string, fault: string, text: string) => {
      if (!text.startsWith("–")) return text;
      reasons.push(`- ${operation} × ${fault} ${text}`);
      return "–";
    };
    const operations = [...this.rows.keys()];
    const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
    const lines = faults.map((fault) => line([fault, ...operations.map((one) => cell(one, fault, this.rows.get(one)!.get(fault) ?? "not reached"))]));
    const table = [line(["fault", ...operations]), line(["---", ...operations.map(() => ":---:")]), ...lines, "", ...reasons, ""].join("\n");
    writeFileSync(join(this.folder, "faults.md"), table);
    console.log(`\n${table}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
