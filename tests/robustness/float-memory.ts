import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectOnce = runInNewContext("gc") as () => void;

/** The memory of arrays that are gone is given back by the collection after the one that finds them. */
function collect(): void {
  for (let k = 0; k < 3; k++) collectOnce();
}

/** Arrays from this size on are watched, in bytes. */
const large = 1e5;
const { Float64Array: Doubles } = globalThis;
let top = 0;

function look(): void {
  collect();
  top = Math.max(top, process.memoryUsage().arrayBuffers);
}

/**
 * Looks at what is held whenever a large array of doubles has been made. To see all of them it must be called before anything else is
 * imported that makes such arrays.
 */
export function watchDoubles(): void {
  const watched: Float64ArrayConstructor = new Proxy(Doubles, {
    construct(target, args, newTarget): object {
      const made = Reflect.construct(target, args, newTarget === watched ? target : newTarget) as Float64Array;
      if (made.byteLength >= large) look();
      return made;
    },
  });
  globalThis.Float64Array = watched;
  // slice and its like ask the array for its constructor.
  Object.defineProperty(Doubles.prototype, "constructor", { value: watched, configurable: true, writable: true });
}

/** The most bytes of array memory that were held at once while `run` ran, above what was held before. */
export function peakOf(run: () => unknown): number {
  collect();
  top = 0;
  const before = process.memoryUsage().arrayBuffers;
  const result = run();
  look();
  if (result === undefined) throw new Error("give a program that returns its gradients, so that they count");
  return top - before;
}

/** The bytes that are held now, of objects and of arrays. */
export function heldBytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
