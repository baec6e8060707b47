import { isRecord, partNames } from "./record.js";

const deepest = 1000;
/** From here on, each list and record is asked whether it contains itself: the last one entered need not, one that holds it may. */
const suspicious = 900;

/**
 * Guards the walks over lists and records, which recur by one call for each level.
 * @param x     the list or record that is entered
 * @param depth how many others hold it
 * @throws {TypeError} when it contains itself, or nests too deep
 */
export function checkDepth(x: unknown, depth: number): void {
  if (depth < suspicious) return;
  const way = wayBack(x as object);
  if (way !== "") {
    throw new TypeError(
      `a list or record that contains itself cannot be walked: its part x${way} is x again; leave that reference out, or put it behind a function, () => …`,
    );
  }
  if (depth > deepest) {
    throw new TypeError(
      `lists and records that nest more than ${deepest} deep cannot be walked; use a list of parts in the place of a chain of them`,
    );
  }
}

/** How to come from x back to x through its parts; empty when there is no way, or none that is short. */
function wayBack(x: object): string {
  const seen = new Set<object>();
  const from = (holder: object, way: string, depth: number): string => {
    for (const name of partNames(holder)) {
      const part = (holder as Record<string, unknown>)[name];
      if (!Array.isArray(part) && !isRecord(part)) continue;
      const longer = way + (Array.isArray(holder) ? `[${name}]` : `.${name}`);
      if (part === x) return longer;
      if (seen.has(part) || depth > deepest) continue;
      seen.add(part);
      const rest = from(part, longer, depth + 1);
      if (rest !== "") return rest;
    }
    return "";
  };
  return from(x, "", 0);
}
