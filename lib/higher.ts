import {
  type AnyArray,
  type AnyFunction,
  basisOf,
  checkArguments,
  type Differentiator,
  describe,
  elementsOf,
  floatKindOf,
  isChecked,
  storeOf,
  fromElements,
  isDifferentiable,
  type Lifted,
  type Operand,
  optionsFor,
  type Plain,
  project,
  type Scalar,
  type Widened,
} from "./core/index.js";
import { allocate, type FloatDType, isNdArray, type NdArray, rowMajor, shown } from "./nd/index.js";

/** How a jacobian is built: a pushforward for each input entry, a pullback for each output entry, or whichever are fewer. */
export type Mode = "forward" | "reverse" | "auto";

/** Options of `jacobian` and `hessian`. */
export interface ModeOptions {
  readonly mode?: Mode | undefined;
}

/** The operators that compose the two engines. */
export interface HigherOperators {
  /**
   * The derivative of every output entry by every input entry: the axes of the output, then those of the input (a number has none).
   * @param mode "forward" costs one run of f for each input entry, "reverse" one sweep for each output entry; "auto" takes the fewer
   */
  jacobian<X extends Operand, Y extends Operand>(
    f: (x: Lifted<Widened<X>>) => Y,
    x: X,
    options?: ModeOptions,
  ): X extends Scalar ? Plain<Y> : NdArray;
  /**
   * The second derivatives of a scalar function: the axes of the input, twice. "forward" (the default, "auto" too) runs forward over
   * reverse, "reverse" reverse over reverse.
   */
  hessian<X extends Operand>(f: (x: Lifted<Widened<X>>) => Scalar, x: X, options?: ModeOptions): X extends Scalar ? number : NdArray;
  /** Hessian times vector, forward over reverse: the cost of a few gradients. v has the structure of x, and so has the result. */
  hvp<const X>(f: (x: Lifted<Widened<X>>) => Scalar, x: X, v: Widened<X>): Widened<X>;
  /** Vector times Hessian, reverse over reverse; the same numbers as `hvp` where the second derivatives are continuous. */
  vhp<const X>(f: (x: Lifted<Widened<X>>) => Scalar, v: Widened<X>, x: X): Widened<X>;
}

/** The operators over the two engines. */
export function higherOperators(ad: Differentiator & { gradient(f: AnyFunction, ...args: unknown[]): unknown; columns(f: AnyFunction, x: NdArray): [unknown, ArrayLike<number> | undefined] }): HigherOperators {
  const gradientOf =
    (f: AnyFunction): AnyFunction =>
    (x: unknown) =>
      (ad.gradient(f, x) as unknown[])[0];

  const jacobian = (f: AnyFunction, x: Operand, options?: ModeOptions): Operand => {
    const mode = checked("jacobian", f, x, options);
    const forward = (y?: Operand): Operand =>
      together(f, x) ??
      columns(
        y,
        x,
        [...basisOf(x)].map((e) => ad.pushforward(f, [x], [e])),
      );
    if (mode === "forward" && shapeSize(x) > 0) return forward();
    const [y, back] = ad.pullback(f, x);
    expectOperand("jacobian: f returned", y);
    if (mode !== "reverse" && shapeSize(x) <= shapeSize(y)) return forward(y);
    const rows = [...basisOf(y)].map((e) => entriesOf(back(e)[0] as Operand));
    return assemble(rows.flat(), [...shapeOf(y), ...shapeOf(x)], kindOf(x));
  };

  /** All columns in one pass, where x is a plain array. */
  const together = (f: AnyFunction, x: Operand): Operand | undefined => {
    if (!isNdArray(x) || isChecked() || storeOf(x) !== undefined || x.size < 2 || x.size > 512 || x.dtype === "generic") return undefined;
    const [y, tangents] = ad.columns(f, x as NdArray);
    if (tangents === undefined || !isDifferentiable(y)) return undefined;
    const rows = shapeSize(y);
    const n = x.size;
    const out = allocate(kindOf(y), rows * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < rows; j++) out[j * n + i] = tangents[i * rows + j] as number;
    return rowMajor(out, [...shapeOf(y), ...x.shape]) as Operand;
  };

  /** Columns come one for each input entry; the result has the output's axes first. */
  const columns = (known: Operand | undefined, x: Operand, pairs: readonly (readonly [unknown, unknown])[]): Operand => {
    const y = known ?? pairs[0]?.[0];
    expectOperand("jacobian: f returned", y);
    const lists = pairs.map(([, dy]) => entriesOf(dy as Operand));
    const entries: Scalar[] = [];
    for (let row = 0; row < shapeSize(y); row++) for (const list of lists) entries.push(list[row] as Scalar);
    return assemble(entries, [...shapeOf(y), ...shapeOf(x)], kindOf(y));
  };

  return {
    jacobian,
    hessian: (f: AnyFunction, x: Operand, options?: ModeOptions) => {
      const mode = checked("hessian", f, x, options);
      return jacobian(gradientOf(f), x, { mode: mode === "reverse" ? "reverse" : "forward" });
    },
    hvp: (f: AnyFunction, x: unknown, v: unknown) => ad.pushforward(gradientOf(f), [x], [direction("hvp", f, x, v)])[1],
    vhp: (f: AnyFunction, v: unknown, x: unknown) => {
      const seed = direction("vhp", f, x, v);
      return ad.pullback(gradientOf(f), x)[1](seed)[0];
    },
  } as HigherOperators;
}

function expectOperand(what: string, x: unknown): asserts x is Operand {
  if (isDifferentiable(x)) return;
  const kind = isNdArray(x) ? `${describe(x)} of ${x.dtype} numbers, which cannot move` : describe(x);
  throw new TypeError(`${what} ${kind}; a number or an array of floats is needed`);
}

function expectFunction(who: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`${who}: the first argument is ${describe(f)}; give the function to differentiate`);
}

/** v, when it is a direction in which x may move. */
function direction(who: string, f: unknown, x: unknown, v: unknown): unknown {
  expectFunction(who, f);
  checkArguments(who, [x]);
  return project(x, v, () => `${who}: v`, true);
}

function checked(who: string, f: unknown, x: unknown, options: ModeOptions | undefined): Mode {
  expectFunction(who, f);
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

function assemble(entries: readonly Scalar[], shape: readonly number[], dtype: FloatDType): Operand {
  return shape.length === 0 ? (entries[0] as Scalar) : fromElements(entries, shape, dtype);
}
