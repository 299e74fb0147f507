// A view of the panel in a state of interest.
import type { Server } from "./emulator";
import type { Panel } from "./pages/panel";

export interface View {
  name: string;
  server?: Server;
  /** Whether it is about the rows of jobs, so that accessibility is checked of all of them in light, and of ten in other states. */
  whole?: boolean;
  /** Opens the view and waits until it is shown. */
  open: (panel: Panel) => Promise<void>;
}
