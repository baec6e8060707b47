// biome-ignore-all lint/complexity/noArguments: their count alone, and a rest parameter would make a list at each call
import type { ArrayView } from "./types.js";

/** A store that wants every index of its views inside its axis. ndarray itself looks at none: a neighbour is read without a word. */
export interface CheckingStore {
  /**
   * Throws the error for indices that leave the axes of a view, or are not one for each.
   * @param count   how many came
   * @param indices those of them that have an axis
   */
  refuse(who: "get" | "set", shape: readonly number[], count: number, indices: readonly unknown[]): never;
}

/** A view of a store, with as many axes as there are indices. */
interface View {
  readonly data: { get(at: number): unknown; set(at: number, value: unknown): unknown; refuse?: CheckingStore["refuse"] };
  readonly shape: readonly number[] & Record<0 | 1, number>;
  readonly stride: readonly number[] & Record<0 | 1, number>;
  readonly offset: number;
}

type Access = (this: View, ...args: never[]) => unknown;

interface Accessors {
  readonly get: Access;
  readonly set: Access;
}

/** Lets the store speak, if it is one that does; any other is read as ndarray reads it. */
function refuse(view: View, who: "get" | "set", count: number, indices: readonly unknown[]): void {
  view.data.refuse?.(who, view.shape, count, indices);
}

// The looks are written out, and no list of the arguments is made: half a nanosecond for each entry, where it took two.

const ofNoAxis: Accessors = {
  get(this: View, ...indices: unknown[]) {
    if (indices.length !== 0) refuse(this, "get", indices.length, []);
    return this.data.get(this.offset);
  },
  set(this: View, ...args: unknown[]) {
    if (args.length !== 1) refuse(this, "set", args.length - 1, []);
    return this.data.set(this.offset, args[0]);
  },
};

const ofOneAxis: Accessors = {
  get(this: View, i: number) {
    if (i >>> 0 !== i || i >= this.shape[0] || arguments.length !== 1) refuse(this, "get", arguments.length, [i]);
    return this.data.get(this.offset + this.stride[0] * i);
  },
  set(this: View, i: number, value: unknown) {
    if (i >>> 0 !== i || i >= this.shape[0] || arguments.length !== 2) refuse(this, "set", arguments.length - 1, [i]);
    return this.data.set(this.offset + this.stride[0] * i, value);
  },
};

const ofTwoAxes: Accessors = {
  get(this: View, i: number, j: number) {
    const { shape, stride } = this;
    if (i >>> 0 !== i || i >= shape[0] || j >>> 0 !== j || j >= shape[1] || arguments.length !== 2)
      refuse(this, "get", arguments.length, [i, j]);
    return this.data.get(this.offset + stride[0] * i + stride[1] * j);
  },
  set(this: View, i: number, j: number, value: unknown) {
    const { shape, stride } = this;
    if (i >>> 0 !== i || i >= shape[0] || j >>> 0 !== j || j >= shape[1] || arguments.length !== 3)
      refuse(this, "set", arguments.length - 1, [i, j]);
    return this.data.set(this.offset + stride[0] * i + stride[1] * j, value);
  },
};

function allInside(indices: readonly number[], shape: readonly number[]): boolean {
  if (indices.length !== shape.length) return false;
  for (let k = 0; k < shape.length; k++) {
    const index = indices[k] as number;
    if (index >>> 0 !== index || index >= (shape[k] as number)) return false;
  }
  return true;
}

/** The accessors of views with more axes: a look, then ndarray's own. */
function ofMoreAxes(get: Access, set: Access): Accessors {
  return {
    get(this: View, ...indices: never[]) {
      if (!allInside(indices, this.shape)) refuse(this, "get", indices.length, indices);
      return get.apply(this, indices);
    },
    set(this: View, ...args: never[]) {
      const indices = args.slice(0, -1);
      if (!allInside(indices, this.shape)) refuse(this, "set", indices.length, indices);
      return set.apply(this, args);
    },
  };
}

/** Gives ndarray's class of views on stores, of so many axes, a `get` and a `set` that look at each index. */
export function checkAccess(rank: number, proto: ArrayView<unknown>): void {
  const { get, set } = proto as unknown as { get: Access; set: Access };
  Object.assign(proto, [ofNoAxis, ofOneAxis, ofTwoAxes][rank] ?? ofMoreAxes(get, set));
}
