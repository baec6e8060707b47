import {
  type AnyArray,
  type AnyFloats,
  type AnyFunction,
  basisOf,
  checkArguments,
  type Differentiator,
  describe,
  elementsOf,
  expectDifferentiated,
  floatKindOf,
  fromElements,
  inFloats,
  isChecked,
  isDifferentiable,
  isStructure,
  type Lifted,
  type Operand,
  onFloats,
  optionsFor,
  type Plain,
  project,
  type Refused,
  type Scalar,
  useLoops,
  type Widened,
} from "./core/index.js";
import { engines } from "./engines.js";
import { columns, OuterValue } from "./forward/index.js";
import { allocate, expectSize, type FloatDType, isNdArray, isSound, type NdArray, rowMajor, shown, sizeOf } from "./nd/index.js";

/** How a jacobian is built: a pushforward for each input entry, a pullback for each output entry, or whichever are fewer. */
export type Mode = "forward" | "reverse" | "auto";

/** Options of `jacobian` and `hessian`. */
export interface ModeOptions {
  readonly mode?: Mode | undefined;
}

/** The operators that compose the two engines. */
export interface HigherOperators {
  /**
   * The derivative of every output entry by every input entry: the axes of the output, then those of the input (a number has none, a
   * Float64Array or Float32Array one).
   * @param mode "forward" costs one run of f for each input entry, "reverse" one sweep for each output entry; "auto" takes the fewer
   */
  jacobian<X extends Operand | AnyFloats, Y extends Operand | AnyFloats>(
    f: (x: Lifted<Widened<X>>) => Y,
    x: X,
    options?: ModeOptions,
  ): X extends Scalar ? (Y extends Operand ? Plain<Y> : NdArray) : NdArray;
  jacobian<F extends AnyFunction, X extends Operand | AnyFloats>(
    f: Refused<F, [x: Lifted<Widened<X>>], Operand | AnyFloats>,
    x: X,
    options?: ModeOptions,
  ): X extends Scalar ? (ReturnType<F> extends Operand ? Plain<ReturnType<F>> : NdArray) : NdArray;
  /**
   * The second derivatives of a scalar function: the axes of the input, twice. "forward" (the default, "auto" too) runs forward over
   * reverse, "reverse" reverse over reverse.
   */
  hessian<X extends Operand | AnyFloats>(
    f: (x: Lifted<Widened<X>>) => Scalar,
    x: X,
    options?: ModeOptions,
  ): X extends Scalar ? number : NdArray;
  hessian<F extends AnyFunction, X extends Operand | AnyFloats>(
    f: Refused<F, [x: Lifted<Widened<X>>], Scalar>,
    x: X,
    options?: ModeOptions,
  ): X extends Scalar ? number : NdArray;
  /** Hessian times vector, forward over reverse: the cost of a few gradients. v has the structure of x, and so has the result. */
  hvp<const X>(f: (x: Lifted<Widened<X>>) => Scalar, x: X, v: Widened<X>): Widened<X>;
  hvp<F extends AnyFunction, const X>(f: Refused<F, [x: Lifted<Widened<X>>], Scalar>, x: X, v: Widened<X>): Widened<X>;
  /** Vector times Hessian, reverse over reverse; the same numbers as `hvp` where the second derivatives are continuous. */
  vhp<const X>(f: (x: Lifted<Widened<X>>) => Scalar, v: Widened<X>, x: X): Widened<X>;
  vhp<F extends AnyFunction, const X>(f: Refused<F, [x: Lifted<Widened<X>>], Scalar>, v: Widened<X>, x: X): Widened<X>;
}

/** The engines as functions that are typed by nobody see them. */
const ad = engines as Differentiator & { gradient(f: AnyFunction, ...args: unknown[]): unknown };

/** How many entries the tangents of an array have at most that are carried at once: they stay in the cache. */
const CHUNK = 16384;

const gradientOf =
  (f: AnyFunction): AnyFunction =>
  (x: unknown) =>
    (ad.gradient(f, x) as unknown[])[0];

/** f between arrays, where it takes or gives float arrays. */
function betweenArrays(f: AnyFunction, x: unknown): AnyFunction {
  const takesFloats = inFloats(x) !== undefined;
  return (value: unknown) => {
    const y = f(takesFloats ? onFloats(value) : value) as unknown;
    return inFloats(y) ?? y;
  };
}

export const jacobian: HigherOperators["jacobian"] = ((f: AnyFunction, given: Operand, options?: ModeOptions) => {
  const x = (inFloats(given) ?? given) as Operand;
  return jacobianIn("jacobian", checked("jacobian", f, x, options), betweenArrays(f, given), x);
}) as never;

export const hessian: HigherOperators["hessian"] = ((f: AnyFunction, given: Operand, options?: ModeOptions) => {
  const x = (inFloats(given) ?? given) as Operand;
  const mode = checked("hessian", f, x, options);
  if (isNdArray(x)) expectSize("hessian", [...x.shape, ...x.shape]);
  return jacobianIn("hessian", mode === "reverse" ? "reverse" : "forward", gradientOf(betweenArrays(f, given)), x);
}) as never;

export const hvp: HigherOperators["hvp"] = ((f: AnyFunction, x: unknown, v: unknown) =>
  ad.pushforward(gradientOf(f), [x], [direction("hvp", f, x, v)])[1]) as never;

export const vhp: HigherOperators["vhp"] = ((f: AnyFunction, v: unknown, x: unknown) => {
  const seed = direction("vhp", f, x, v);
  return ad.pullback(gradientOf(f), x)[1](seed)[0];
}) as never;

function jacobianIn(who: string, mode: Mode, f: AnyFunction, x: Operand): Operand {
  useLoops();
  const forward = (y?: Operand): Operand => together(who, f, x) ?? fromColumns(y, x, columnsOf(who, f, x));
  if (mode === "forward" && shapeSize(x) > 0) return forward();
  const [y, back] = ad.pullback(f, x);
  expectOperand("jacobian: f returned", y);
  expectSize(who, [...shapeOf(y), ...shapeOf(x)]);
  if (mode !== "reverse" && shapeSize(x) <= shapeSize(y)) return forward(y);
  const rows = [...basisOf(y)].map((e) => entriesOf(back(e)[0] as Operand));
  return assemble(rows.flat(), y, x, kindOf(x));
}

/** The derivatives by all entries of a plain array, many in each run of f; undefined where they must be carried one by one. */
function together(who: string, f: AnyFunction, x: Operand): Operand | undefined {
  if (!isNdArray(x) || isChecked() || !isSound(x) || x.size < 2) return undefined;
  const n = x.size;
  const many = Math.max(4, Math.floor(CHUNK / n));
  let jacobian: Float64Array | undefined;
  let shape: readonly number[] = [];
  let known = true;
  try {
    for (let first = 0; first < n; first += many) {
      const count = Math.min(many, n - first);
      columns(ad, f, x as NdArray, first, count, (y, tangents) => {
        known = isDifferentiable(y);
        if (!isDifferentiable(y)) return;
        shape = shapeOf(y);
        if (jacobian === undefined) expectSize(who, [...shape, ...x.shape]);
        const size = sizeOf(shape);
        jacobian ??= allocate(kindOf(y), size * n) as Float64Array;
        if (tangents !== undefined) putColumns(jacobian, tangents, first, count, size, n);
      });
      if (!known) return undefined;
    }
  } catch (error) {
    if (error instanceof OuterValue) return undefined;
    throw error;
  }
  return jacobian && rowMajor(jacobian, [...shape, ...x.shape]);
}

/** One pushforward for each input entry. The first one tells the size of the result. */
function columnsOf(who: string, f: AnyFunction, x: Operand): (readonly [unknown, unknown])[] {
  const columns: (readonly [unknown, unknown])[] = [];
  for (const e of basisOf(x)) {
    const column = ad.pushforward(f, [x], [e]);
    if (columns.length === 0 && isDifferentiable(column[0])) expectSize(who, [...shapeOf(column[0]), ...shapeOf(x)]);
    columns.push(column);
  }
  return columns;
}

/** Columns come one for each input entry; the result has the output's axes first. */
function fromColumns(known: Operand | undefined, x: Operand, pairs: readonly (readonly [unknown, unknown])[]): Operand {
  const y = known ?? pairs[0]?.[0];
  expectOperand("jacobian: f returned", y);
  const lists = pairs.map(([, dy]) => entriesOf(dy as Operand));
  const entries: Scalar[] = [];
  for (let row = 0; row < shapeSize(y); row++) for (const list of lists) entries.push(list[row] as Scalar);
  return assemble(entries, y, x, kindOf(y));
}

/** jacobian[row, first + k] = tangents[k, row]; a few columns at a time, so that a row's line in the cache is written whole. */
function putColumns(jacobian: Float64Array, tangents: ArrayLike<number>, first: number, count: number, size: number, n: number): void {
  for (let from = 0; from < count; from += 8) {
    const to = Math.min(count, from + 8);
    for (let row = 0; row < size; row++) {
      for (let k = from, at = row * n + first + from; k < to; k++, at++) jacobian[at] = tangents[k * size + row] as number;
    }
  }
}

function expectOperand(what: string, x: unknown): asserts x is Operand {
  if (isDifferentiable(x)) return;
  const kind = isNdArray(x) ? `${describe(x)} of ${x.dtype} numbers, which cannot move` : describe(x);
  throw new TypeError(`${what} ${kind}; a number or an array of floats is needed`);
}

/** v, when it is a direction in which x may move. */
function direction(who: string, f: unknown, x: unknown, v: unknown): unknown {
  expectDifferentiated(who, f);
  if (!isDifferentiable(x) && !isStructure(x))
    throw new TypeError(`${who}: x is ${describe(x)}; give what f is differentiated by, a number, an array or a structure of them`);
  checkArguments(who, [x]);
  return project(x, v, () => `${who}: v`, true);
}

function checked(who: string, f: unknown, x: unknown, options: ModeOptions | undefined): Mode {
  expectDifferentiated(who, f);
  expectOperand(`${who}: x is`, x);
  checkArguments(who, [x]);
  const { mode = "auto" } = optionsFor(who, options, "mode");
  if (mode !== "forward" && mode !== "reverse" && mode !== "auto") {
    throw new TypeError(`${who}: mode = ${typeof mode === "string" ? mode : shown(mode)}; use "forward", "reverse" or "auto"`);
  }
  return mode;
}

function shapeOf(x: Operand): readonly number[] {
  return isNdArray(x) ? x.shape : [];
}

function shapeSize(x: Operand): number {
  return isNdArray(x) ? x.size : 1;
}

function entriesOf(x: Operand): readonly Scalar[] {
  return isNdArray(x) ? elementsOf(x as AnyArray) : [x as Scalar];
}

function kindOf(x: Operand): FloatDType {
  return isNdArray(x) ? floatKindOf(x) : "float64";
}

/** The entries with the axes of y, then those of x: a number where both are numbers, an array without axes where one is such an array. */
function assemble(entries: readonly Scalar[], y: Operand, x: Operand, dtype: FloatDType): Operand {
  if (!isNdArray(y) && !isNdArray(x)) return entries[0] as Scalar;
  return fromElements(entries, [...shapeOf(y), ...shapeOf(x)], dtype);
}
