import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Lets go of all that nothing refers to; what a task still holds goes with its end. */
export async function collectGarbage(): Promise<void> {
  for (let k = 0; k < 3; k++) {
    await new Promise((settle) => setTimeout(settle, 0));
    collect();
  }
}

/** How many of the things that were watched are still there. */
export function alive(watched: readonly WeakRef<object>[]): number {
  return watched.filter((reference) => reference.deref() !== undefined).length;
}
