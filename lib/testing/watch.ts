import { inFloats, isRecord } from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { forEachPosition, indicesOfPosition, isNdArray, type NdArray } from "../nd/index.js";

/** What stood in a store, a list or a record when the watch began. */
interface Kept {
  readonly label: string;
  readonly view: NdArray | undefined;
  readonly now: Record<string | number, unknown>;
  readonly before: Record<string | number, unknown>;
  readonly keys: readonly (string | number)[];
}

/** Values that nobody may write to: arrays by the content of their whole stores, lists and records by their parts. */
export class Watch {
  private readonly kept: Kept[] = [];

  /** @param given pairs of a name and a value */
  constructor(given: readonly (readonly [label: string, value: unknown])[]) {
    for (const [label, value] of given) this.keep(label, value);
  }

  private keep(label: string, given: unknown): void {
    const value = inFloats(given) ?? given;
    const parts = callableParts(value);
    if (parts !== undefined) this.keep(label, parts.params);
    else if (isNdArray(value)) {
      if (value.dtype === "generic") return;
      const { data } = value as NdArray;
      this.kept.push({ label, view: value as NdArray, now: data as never, before: data.slice() as never, keys: [] });
    } else if (Array.isArray(value) || isRecord(value)) {
      const record = value as Record<string, unknown>;
      const keys = Object.keys(record);
      this.kept.push({ label, view: undefined, now: record, before: { ...record }, keys });
      for (const key of keys) this.keep(Array.isArray(value) ? `${label}[${key}]` : `${label}.${key}`, record[key]);
    }
  }

  /**
   * @param who what was running since
   * @throws when something was written to
   */
  check(who: string): void {
    for (const { label, view, now, before, keys } of this.kept) {
      if (view === undefined) {
        const changed = keys.find((key) => !Object.is(now[key], before[key])) ?? Object.keys(now).find((key) => !(key in before));
        if (changed !== undefined)
          throw new Error(`${who} wrote to ${label}: its part ${changed} is another one; a rule must leave what it is given as it is`);
        continue;
      }
      const size = view.data.length;
      for (let at = 0; at < size; at++) {
        if (Object.is(now[at], before[at])) continue;
        throw new Error(
          `${who} wrote to ${placeOf(label, view, at)}: it was ${String(before[at])} and is ${String(now[at])}; a rule must leave what it is given as it is, write into a copy`,
        );
      }
    }
  }
}

/** The entry of a view that lies at this position of its store. */
function placeOf(label: string, view: NdArray, position: number): string {
  let n = 0;
  let entry = -1;
  forEachPosition(view, (at) => {
    if (at === position && entry < 0) entry = n;
    n++;
  });
  if (entry < 0) return `the store of ${label}, outside of the view`;
  return view.dimension === 0 ? label : `${label} at [${indicesOfPosition(view.shape, entry).join(", ")}]`;
}
