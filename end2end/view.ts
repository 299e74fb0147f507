// A view of the panel in a state of interest.
import type { Server } from "./emulator";
import type { Panel } from "./pages/panel";

export interface View {
  name: string;
  server?: Server;
  /** Whether accessibility is checked of all rows of its jobs in light, and not of the first ten. */
  whole?: boolean;
  /** Opens the view and waits until it is shown. */
  open: (panel: Panel) => Promise<void>;
}
