// The guard sees each kind of breach in this engine too.
import { BREACHES } from "../breaches";
import { family } from "../families";
import { expect, isMissing, test } from "./fixtures";

test.skip(isMissing, "the engine is not to be had here");
test.use({ server: { open: true } });

for (const { what, expression, reported } of BREACHES) {
  test(`a test fails by ${what}`, async ({ screen, emulator, guard }) => {
    await screen.engine.open(`${emulator.panel}#/${family.slug}`);
    await screen.part("banner").part("button", "Sign out").isShown();
    expect(guard.breaches).toEqual([]);
    await screen.engine.evaluate(expression);
    // Where the driver tells no errors by itself, each look at the page hands them over.
    const seen = async () => {
      await screen.engine.handOver();
      return guard.breaches.join("\n");
    };
    await expect.poll(seen).toMatch(reported);
    guard.end();
  });
}
