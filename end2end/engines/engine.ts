// What the journeys need of a browser, whichever it is: as little as possible, so that everything else is written once.
import type { Guard } from "../guard";

/** The keys that are pressed by name. */
export type Key = "ArrowDown" | "Enter" | "Escape" | "Space" | "Tab";

/** One page in a browser of its own storage. */
export interface Engine {
  readonly name: string;
  /** Opens an address, and waits until the document is there. */
  open(address: string): Promise<void>;
  /** Goes back as by the browser's button. */
  back(): Promise<void>;
  /** Evaluates an expression in the page; its value is JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses the pointer at a point of the viewport. */
  click(x: number, y: number): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Makes the viewport this wide, or as narrow as the browser allows. */
  resize(width: number, height: number): Promise<void>;
  /** A PNG of the viewport. */
  screenshot(): Promise<Buffer>;
  /** Gives the errors so far to the guard, where the driver does not tell them by itself. */
  handOver(): Promise<void>;
  /** Closes the page, when the guard has all of its errors. */
  close(): Promise<void>;
}

/** A browser that runs; each test has a page of its own in it. */
export interface Browser {
  /** A page whose errors go to the guard. */
  newPage(guard: Guard): Promise<Engine>;
  close(): Promise<void>;
}
