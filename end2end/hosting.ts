// The fixtures of the tests of `deploy/`: nginx between the page and the emulator. The other fixtures are unchanged: their
// emulator has nginx's address, while the test still controls the emulator directly.
import { Emulator } from "./emulator";
import { expect, test as base } from "./fixtures";
import { type Hosting, Nginx } from "./nginx";

interface Fixtures {
  hosting: Hosting;
  /** The emulator itself, behind nginx. */
  backend: Emulator;
  nginx: Nginx;
}

export const test = base.extend<Fixtures>({
  // The test creates the authority that signed nginx's certificate, so no browser trusts it.
  ignoreHTTPSErrors: true,

  hosting: [{ place: "root" }, { option: true }],

  backend: async ({ server }, use) => {
    const backend = await Emulator.start(server);
    await use(backend);
    await backend.stop();
  },

  nginx: async ({ hosting, backend }, use) => {
    const nginx = await Nginx.start(hosting, backend);
    await use(nginx);
    await nginx.stop();
  },

  emulator: async ({ backend, nginx }, use) => {
    const seen: Record<PropertyKey, unknown> = { address: nginx.address, panel: nginx.panel };
    const emulator = new Proxy(backend, {
      get(target, name) {
        if (name in seen) return seen[name];
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
    });
    await use(emulator);
  }
});

export { expect };
