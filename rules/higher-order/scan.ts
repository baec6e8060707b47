import {
  type AnyArray,
  describe,
  expectFunction,
  fromElements,
  isRecord,
  isScalar,
  type Lifted,
  mapStructure,
  type Operand,
  partNames,
  type Scalar,
  type Widened,
} from "../../lib/core/index.js";
import { isNdArray } from "../../lib/nd/index.js";
import { stack } from "../shaping/joining.js";
import { runRule } from "../support/run-rule.js";
import { differenceOf } from "./alike.js";

/** What came of f at each step: arrays with one more axis in front, or a list. */
export type Stacked<Y> = Y extends Operand ? AnyArray : Y extends object ? { [K in keyof Y]: Stacked<Y[K]> } : Y;

/** A record of arrays that are gone through together. */
type Records = Readonly<Record<string, unknown>>;

/** Carries a value through a sequence, and keeps what comes of each step. */
export interface Scan {
  <C, X, Y>(
    f: (carry: Lifted<Widened<C>>, x: X) => readonly [carry: Lifted<Widened<C>>, y: Y],
    init: C,
    xs: readonly X[],
  ): [carry: Lifted<Widened<C>>, ys: Y[]];
  <C, X extends Operand | Records, Y>(
    f: (carry: Lifted<Widened<C>>, x: X) => readonly [carry: Lifted<Widened<C>>, y: Y],
    init: C,
    xs: AnyArray | Records,
  ): [carry: Lifted<Widened<C>>, ys: Stacked<Y>];
}

/** Carries a value through a sequence. */
export interface Fold {
  <C, X>(f: (carry: Lifted<Widened<C>>, x: X) => Lifted<Widened<C>>, init: C, xs: readonly X[]): Lifted<Widened<C>>;
  <C, X extends Operand | Records>(
    f: (carry: Lifted<Widened<C>>, x: X) => Lifted<Widened<C>>,
    init: C,
    xs: AnyArray | Records,
  ): Lifted<Widened<C>>;
}

/** A sequence: how long it is, and its elements. */
interface Sequence {
  readonly length: number;
  readonly at: (n: number) => unknown;
}

/** xs as a sequence: a list's elements, an array's parts along its first axis (numbers of a vector), records of such parts. */
function sequenceOf(who: string, xs: unknown): Sequence {
  if (Array.isArray(xs)) return { length: xs.length, at: (n) => xs[n] as unknown };
  if (isNdArray(xs)) {
    const array = xs as AnyArray;
    if (array.dimension === 0) throw new RangeError(`${who}: xs is an array without axes; give one with an axis to go along, or a list`);
    return { length: array.shape[0] as number, at: (n) => (array.dimension === 1 ? array.get(n) : array.pick(n)) };
  }
  if (!isRecord(xs)) throw new TypeError(`${who}: xs is ${describe(xs)}; give an array, a list, or a record of arrays`);
  const arrays: AnyArray[] = [];
  mapStructure((leaf) => {
    if (!isNdArray(leaf) || leaf.dimension === 0)
      throw new TypeError(`${who}: xs has ${describe(leaf)} in it; give a record of arrays that have axes`);
    return arrays.push(leaf as AnyArray);
  }, xs);
  const length = arrays[0]?.shape[0];
  if (length === undefined) throw new TypeError(`${who}: xs is a record without arrays; give at least one`);
  for (const { shape } of arrays) {
    if (shape[0] !== length)
      throw new RangeError(`${who}: xs has arrays of ${length} and of ${shape[0]} entries along axis 0; give one length to all`);
  }
  return { length, at: (n) => mapStructure((leaf) => sequenceOf(who, leaf).at(n), xs) };
}

/** The same part of the results of all steps as an array with one more axis in front; structures part by part. */
function stacked(parts: readonly unknown[]): unknown {
  const [first] = parts;
  if (Array.isArray(first)) return first.map((_, k) => stacked(parts.map((part) => (part as unknown[])[k])));
  if (isRecord(first))
    return Object.fromEntries(partNames(first).map((name) => [name, stacked(parts.map((part) => (part as Records)[name]))]));
  if (isNdArray(first)) return stack(parts as AnyArray[]);
  if (isScalar(first)) return fromElements(parts as Scalar[], [parts.length]);
  if (first === undefined || first === null) return first;
  throw new TypeError(
    `scan: f returned ${describe(first)} as a part of y; numbers and arrays can be stacked: leave it out, or go over a list`,
  );
}

type Step = (carry: unknown, x: unknown) => unknown;

function scanned(f: Step, init: unknown, xs: unknown): [carry: unknown, ys: unknown] {
  expectFunction("scan", "f", f, "a function, (carry, x) => [carry, y]");
  const { length, at } = sequenceOf("scan", xs);
  const listed = Array.isArray(xs);
  if (length === 0 && !listed)
    throw new RangeError("scan: xs is empty, so the shape of ys is unknown; give at least one entry, or a list, whose ys are a list");
  const ys: unknown[] = [];
  let carry = init;
  for (let n = 0; n < length; n++) {
    const pair = f(carry, at(n));
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TypeError(`scan: f returned ${describe(pair)} at step ${n}; return a pair, [carry, y]`);
    carry = pair[0] as unknown;
    const difference = listed || n === 0 ? undefined : differenceOf(ys[0], pair[1]);
    if (difference !== undefined) {
      const { path, expected, came } = difference;
      throw new RangeError(
        `scan: y${path} is ${expected} at step 0 and ${came} at step ${n}; return y of one structure and shape, or go over a list`,
      );
    }
    ys.push(pair[1]);
  }
  return [carry, listed ? ys : stacked(ys)];
}

/**
 * Carries a value through a sequence: [carry, y] = f(carry, x) for each x in turn, from carry = init.
 *   [ċ, ẏ] = ḟ(ċ, ẋ) onwards     [c̄, x̄] = f̄(c̄, ȳ) backwards
 * Time and memory are linear in the length; give `checkpointed(f)` to keep only the carries of the way.
 * @param f    (carry, x) => [carry, y]; a traced value of the running call that it closes over is refused: make it a part of init, or a
 *             parameter of a callable
 * @param init the first carry: a number, an array, or a structure
 * @param xs   an array, of which f gets the parts along axis 0 (the numbers of a vector); a record of such arrays, of which it gets records;
 *             or a list, of which it gets the elements
 * @returns    [the last carry, ys]: for arrays every part of y with one more axis in front, for a list the list of y
 * @throws {TypeError} when f is no function or does not return a pair, or xs is no sequence
 * @throws {RangeError} when xs is an empty array, or the shape of y changes
 * Source: JAX's lax.scan.
 */
export const scan: Scan = runRule("scan", scanned) as Scan;

function folded(f: Step, init: unknown, xs: unknown): unknown {
  expectFunction("foldl", "f", f, "a function, (carry, x) => carry");
  const { length, at } = sequenceOf("foldl", xs);
  let carry = init;
  for (let n = 0; n < length; n++) {
    carry = f(carry, at(n));
    if (carry === undefined) throw new TypeError(`foldl: f returned undefined at step ${n}; return the next carry`);
  }
  return carry;
}

/**
 * Carries a value through a sequence from its start: f(… f(f(init, x₀), x₁) …, xₙ₋₁); init where there are none.
 *   ċ = ḟ(ċ, ẋ) onwards          [c̄, x̄] = f̄(c̄) backwards; what is left of c̄ is that of init
 * @param f    (carry, x) => carry; a traced value of the running call that it closes over is refused: make it a part of init, or a parameter
 *             of a callable
 * @param init the first carry: a number, an array, or a structure
 * @param xs   an array, a record of arrays or a list, gone through as by `scan`
 * @throws {TypeError} when f is no function or returns nothing, or xs is no sequence
 */
export const foldl: Fold = runRule("foldl", folded) as Fold;
