import { isRecord, Tangent, Thunk } from "../core/index.js";
import { isNdArray } from "../nd/index.js";

/** What a thunk keeps of its computation: nothing once it is done. */
interface Pending {
  compute: (() => unknown) | undefined;
}

/** The thunks in a cotangent, by path; they are not evaluated. */
export function thunksIn(t: unknown, path: string): (readonly [path: string, thunk: Thunk])[] {
  if (t instanceof Thunk) return [[path, t]];
  if (t instanceof Tangent) return Object.entries(t.fields).flatMap(([key, part]) => thunksIn(part, `${path}.${key}`));
  if (isNdArray(t)) return [];
  if (Array.isArray(t)) return t.flatMap((part, k) => thunksIn(part, `${path}[${k}]`));
  return isRecord(t) ? Object.entries(t).flatMap(([key, part]) => thunksIn(part, `${path}.${key}`)) : [];
}

/** Throws where a thunk was computed though nobody had asked for it. */
export function expectUnused(thunks: readonly (readonly [path: string, thunk: Thunk])[], who: string): void {
  for (const [path, thunk] of thunks) {
    if ((thunk as unknown as Pending).compute === undefined)
      throw new Error(`${path}: the thunk was evaluated though it is unused: ${who}; leave it to whoever needs it`);
  }
}

/** Throws where a thunk computes its value more than once. */
export function expectComputedOnce(thunks: readonly (readonly [path: string, thunk: Thunk])[]): void {
  for (const [path, thunk] of thunks) {
    const pending = thunk as unknown as Pending;
    const { compute } = pending;
    let times = 0;
    if (compute !== undefined) {
      pending.compute = () => {
        times++;
        return compute();
      };
    }
    const first = thunk.value();
    if (!Object.is(thunk.value(), first) || times > 1)
      throw new Error(
        `${path}: the thunk was evaluated twice, its value is asked for again and computed again; keep it, as thunk(() => …) does`,
      );
  }
}
