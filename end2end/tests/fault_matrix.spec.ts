// Every operation under every fault. The cells come from two lists, `matrix/operations.ts` and `matrix/faults.ts`: a new entry of either
// brings its cells. Each cell asserts that
// - a message names the cause and the next step, and nothing waits for ever;
// - nothing that was typed is lost, and nothing claims a success;
// - a request that changes something was sent once, by the emulator's count;
// - once the fault is lifted, the operation succeeds by itself or by one press;
// - nothing is in the console but what the browser writes about a failed request (the fixtures look).
// `fault_table.ts` prints the matrix.
import { LONG_INTERVALS } from "../emulator";
import { CELL } from "../fault_table";
import { expect as fixtureExpect, test } from "../fixtures";
import { type FaultKind, faultKinds, SOON } from "../matrix/faults";
import type { Operation } from "../matrix/operation";
import { operations } from "../matrix/operations";
import type { Panel } from "../pages/panel";

/** A failed cell is told in seconds: there are hundreds. */
const expect = fixtureExpect.configure({ timeout: 5000 });

const SERVER = { open: false, data: "empty", ordered: true, tokenSeconds: 86_400, config: LONG_INTERVALS } as const;

/** What says that something was done. */
const GREEN = /Started|accepted|Created|Changed|is deleted|runs “|asked to stop/;

/** How many requests of the operation have arrived that change something, by the status that they were answered with. */
async function sent(panel: Panel, operation: Operation, at: number): Promise<(number | null)[]> {
  const { method, path } = operation.target(at);
  if (method === "GET") return [];
  const arrived = (await panel.emulator.requests()).filter((one) => one.method === method && one.path === path);
  return arrived.map(({ status }) => status);
}

async function tryCell(panel: Panel, operation: Operation, kind: FaultKind, at: number): Promise<void> {
  const { page, emulator, guard } = panel;
  const place = operation.place(panel);
  const target = operation.target(at);
  /** The operation has not succeeded, by what is seen. */
  const open = async (why: string) => {
    if (operation.success) await expect(operation.success(panel, at), why).toHaveCount(0);
    else await expect(place, why).toBeVisible();
  };
  guard.expect(...kind.console);
  await emulator.clearRequests();
  await operation.prepare?.(panel, at);
  if (!operation.success) {
    // What the dialog asks for as it opens is answered before the fault, which is for the press alone.
    await expect(place).toBeVisible();
    await expect.poll(async () => (await emulator.requests()).every(({ status }) => status !== null)).toBe(true);
  }
  await emulator.clearRequests();
  const before = await panel.status.allInnerTexts();
  await kind.make?.(page, emulator, target);
  if (kind.fault) await emulator.fault({ ...target, ...kind.fault });
  // A request of the background may notice first that the session has ended; then its dialog covers the button.
  const pressed = await operation.press(panel, at).then(() => true, async (error) => {
    if (kind.end !== "ended" || !(await panel.reauth.dialog.isVisible())) throw error;
    return false;
  });
  await kind.after?.(page, emulator);

  if (kind.end === "slow") {
    await open("nothing is claimed before the answer is whole");
    await operation.kept?.(panel, at, kind);
    await emulator.clearFaults();
  } else if (kind.end === "ended") {
    await expect(panel.reauth.dialog).toContainText(kind.cause!);
    await expect(panel.reauth.dialog).toContainText(kind.next!);
    await operation.kept?.(panel, at, kind);
    await emulator.clearFaults();
    await panel.reauth.withPassword(emulator.password);
    if (!pressed) await operation.press(panel, at);
  } else if (kind.end !== "served") {
    await expect(place).toContainText(kind.cause!);
    await expect(place).toContainText(kind.next!);
    await expect(page.locator("[aria-busy=true], progress"), "nothing waits").toHaveCount(0);
    await operation.kept?.(panel, at, kind);
    await open("no success is claimed");
    const news = (await panel.status.allInnerTexts()).filter((text) => !before.includes(text));
    expect(news.join("\n"), "no success is announced").not.toMatch(operation.announced ?? GREEN);
    const reached = kind.fault && target.method !== "GET" ? 1 : 0;
    expect(await sent(panel, operation, at), "nothing is sent again by itself").toHaveLength(reached);
    await kind.lift?.(page, emulator, target);
    await emulator.clearFaults();
    const again = place.getByRole("button", { name: "Try again", exact: true }).first();
    if (await again.isVisible()) await again.click();
    else await (operation.again ?? operation.press)(panel, at);
  }

  if (operation.success) await expect(operation.success(panel, at)).toBeVisible();
  else await expect(place).toHaveCount(0);
  if (target.method !== "GET") {
    const good = async () => (await sent(panel, operation, at)).filter((status) => status !== null && status < 300).length;
    // A request of the background may have brought what is seen, before the press is answered.
    await expect.poll(good, { ...SOON, message: "it is done once" }).toBe(kind.end === "lost" && kind.fault?.status === 200 ? 2 : 1);
  }
  await emulator.clearFaults();
  await operation.reset?.(panel, at);
}

for (const operation of operations) {
  test.describe(operation.name, () => {
    test.use({ server: { ...SERVER, ...operation.server } });
    test.describe.configure({ timeout: 240_000 });

    test(`${operation.name}: every fault says its cause and the next step, loses and repeats nothing, and is got over`, async ({ panel }, testInfo) => {
      panel.page.setDefaultTimeout(10_000);
      await operation.open(panel);
      const failures: string[] = [];
      const names = faultKinds.map(({ name }) => name);
      expect(Object.keys(operation.except ?? {}).filter((name) => !names.includes(name)), "exceptions of faults that there are").toEqual([]);
      for (const [at, kind] of faultKinds.entries()) {
        const exception = operation.except?.[kind.name];
        const note = (description: string) => testInfo.annotations.push({ type: CELL + kind.name, description });
        if (typeof exception === "string") {
          note(`– ${exception}`);
          continue;
        }
        try {
          await tryCell(panel, operation, { ...kind, ...exception }, at);
          note("✓");
        } catch (error) {
          note("✗");
          failures.push(`${operation.name} × ${kind.name}: ${String(error)}`);
          await panel.emulator.clearFaults();
          await kind.lift?.(panel.page, panel.emulator, operation.target(at));
          await operation.open(panel);
        }
      }
      expect(failures.join("\n\n")).toBe("");
    });
  });
}
