/** A value of a program: its name, and the shape of an array; a number has none. */
export interface Variable {
  readonly name: string;
  readonly shape?: readonly number[];
}

/** An array of a program. */
export type ArrayVariable = Variable & { readonly shape: readonly number[] };

/** What a step chooses from. */
export interface Choice {
  /** A number below n. */
  below(n: number): number;
  /** A value of any kind. */
  value(): Variable;
  /** A number. */
  number(): string;
  /** An array that fits; undefined when there is none. */
  array(fits?: (shape: readonly number[]) => boolean): ArrayVariable | undefined;
}

/** A new value: its expression, or the lines that compute it under the name they are given. */
export interface Made {
  readonly text: string | ((name: string) => readonly string[]);
  readonly shape?: readonly number[] | undefined;
}

export type Step = (choice: Choice) => Made | undefined;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
export const list = (entries: readonly unknown[]): string => `[${entries.join(", ")}]`;

/** Distinct integers in a mixed order, as a literal of this shape: added to something small, no two entries are near each other. */
function ramp(shape: readonly number[]): string {
  const size = sizeOf(shape);
  const entries = Array.from({ length: size }, (_, k) => (size % 5 === 0 ? size - 1 - k : (k * 5 + 2) % size));
  const nest = (axis: number, start: number): string => {
    if (axis === shape.length) return String(entries[start]);
    const below = sizeOf(shape.slice(axis + 1));
    return list(Array.from({ length: shape[axis] as number }, (_, k) => nest(axis + 1, start + k * below)));
  };
  return `array(${nest(0, 0)})`;
}

/** v with its entries far apart: no ties, and no change of order when v moves a little. */
export const apart = ({ name, shape }: ArrayVariable): string => `add(mul(0.3, sin(${name})), ${ramp(shape)})`;

const unaries: readonly ((v: string) => string)[] = [
  ...["sin", "cos", "tanh", "atan", "asinh", "neg", "sinc"].map((f) => (v: string) => `${f}(${v})`),
  (v) => `cbrt(add(2, sin(${v})))`,
  (v) => `exp(mul(0.5, sin(${v})))`,
  (v) => `sub(exp2(sin(${v})), expm1(mul(0.3, cos(${v}))))`,
  (v) => `log(add(2, sin(${v})))`,
  (v) => `mul(log1p(square(${v})), log2(add(2, cos(${v}))))`,
  (v) => `log10(sqrt(add(1, square(${v}))))`,
  (v) => `reciprocal(add(2, cos(${v})))`,
  (v) => `sinh(cosh(mul(0.5, tanh(${v}))))`,
  (v) => `asin(mul(0.5, sin(${v})))`,
  (v) => `add(acos(mul(0.5, sin(${v}))), atanh(mul(0.5, tanh(${v}))))`,
  (v) => `acosh(add(2, square(sin(${v}))))`,
  (v) => `tan(mul(0.5, sin(${v})))`,
  (v) => `mul(sinpi(mul(0.25, sin(${v}))), cospi(mul(0.2, ${v})))`,
  (v) => `sub(sec(mul(0.5, tanh(${v}))), csc(add(1.5, mul(0.5, sin(${v})))))`,
  (v) => `mul(cot(add(1.5, mul(0.5, sin(${v})))), abs(sub(sin(${v}), 2)))`,
  (v) => `ldexp(deg2rad(mul(30, sin(${v}))), 1)`,
  // Pieces, far from their joints.
  (v) => `clip(sin(${v}), -2, null)`,
  (v) => `mul(clip(sin(${v}), 2, 3), ${v})`,
  (v) => `mul(sign(add(2, sin(${v}))), sin(${v}))`,
  (v) => `add(round(mul(0.4, sin(${v}))), cos(${v}))`,
  (v) => `mod(add(2.5, mul(0.4, sin(${v}))), 2)`,
  (v) => `where(false, log(sub(-1, square(${v}))), sin(${v}))`,
];

const binaries: readonly ((u: string, v: string) => string)[] = [
  (u, v) => `mul(0.5, add(${u}, ${v}))`,
  (u, v) => `sin(sub(${u}, ${v}))`,
  (u, v) => `mul(sin(${u}), ${v})`,
  (u, v) => `div(${u}, add(2, sin(${v})))`,
  (u, v) => `pow(add(2, sin(${u})), sin(${v}))`,
  (u, v) => `atan2(${u}, add(2, sin(${v})))`,
  (u, v) => `hypot(sin(${u}), add(1, square(sin(${v}))))`,
  (u, v) => `maximum(mul(0.5, sin(${u})), sub(cos(${v}), 2))`,
  (u, v) => `minimum(mul(0.5, sin(${u})), add(cos(${v}), 3))`,
  (u, v) => `fma(sin(${u}), ${v}, ${u})`,
  (u, v) => `rem(add(2.5, mul(0.4, sin(${u}))), add(4, sin(${v})))`,
  (u, v) => `copysign(add(2, sin(${u})), add(2, cos(${v})))`,
  (u, v) => `sin(f1(sin(${u}), ${v}))`,
];

/** A step on an array: from an array that fits to the text and the shape. */
export const onArray =
  (make: (v: ArrayVariable, choice: Choice) => Made | undefined, fits: (shape: readonly number[]) => boolean = () => true): Step =>
  (choice) => {
    const v = choice.array(fits);
    return v === undefined ? undefined : make(v, choice);
  };

const whole = (make: (v: ArrayVariable) => string): Step => onArray((v) => ({ text: make(v) }));
const along = (make: (v: ArrayVariable, axis: number) => string): Step =>
  onArray((v, choice) => {
    const axis = choice.below(v.shape.length);
    const shape = v.shape.filter((_, k) => k !== axis);
    return shape.length === 0 ? undefined : { text: make(v, axis), shape };
  });
const keeping = (make: (v: ArrayVariable, axis: number) => string): Step =>
  onArray((v, choice) => ({ text: make(v, choice.below(v.shape.length)), shape: v.shape }));

/** Sums, extremes, order statistics, running and neighbouring ones. */
export const reductions: readonly Step[] = [
  whole(({ name }) => `sin(sum(${name}))`),
  whole(({ name }) => `mean(mul(${name}, ${name}))`),
  whole(({ name }) => `tanh(prod(add(1, mul(0.2, sin(${name})))))`),
  whole((v) => `mul(std(${apart(v)}), 0.2)`),
  whole(({ name }) => `norm(add(2, sin(${name})), { ord: 3 })`),
  whole(({ name }) => `logsumexp(sin(${name}))`),
  whole((v) => `sin(median(${apart(v)}))`),
  whole((v) => `sin(quantile(${apart(v)}, 0.3))`),
  whole((v) => `sub(sin(max(${apart(v)})), mymaximum(${apart(v)}))`),
  along(({ name }, axis) => `sin(sum(${name}, { axis: ${axis} }))`),
  along(({ name }, axis) => `mean(square(sin(${name})), { axis: ${axis} })`),
  along((v, axis) => `sin(min(${apart(v)}, { axis: ${axis} }))`),
  along((v, axis) => `tanh(variance(${apart(v)}, { axis: ${axis} }))`),
  along(({ name }, axis) => `norm(add(2, cos(${name})), { axis: ${axis} })`),
  along(({ name }, axis) => `logsumexp(mul(2, sin(${name})), { axis: ${axis} })`),
  keeping(({ name }, axis) => `sin(cumsum(${name}, { axis: ${axis} }))`),
  keeping(({ name }, axis) => `cumprod(add(1, mul(0.3, sin(${name}))), { axis: ${axis} })`),
  keeping(({ name }, axis) => `logcumsumexp(sin(${name}), { axis: ${axis} })`),
  keeping((v, axis) => `sin(cummax(${apart(v)}, { axis: ${axis} }))`),
  onArray(
    (v) => ({ text: `diff(${v.name}, { axis: 0 })`, shape: [(v.shape[0] as number) - 1, ...v.shape.slice(1)] }),
    (s) => (s[0] as number) > 2,
  ),
  onArray(
    ({ name }) => ({ text: `trapz(sin(${name}))` }),
    (s) => s.length === 1,
  ),
];

/** Elementwise functions, numbers and arrays broadcast against each other. */
export const elementwise: readonly Step[] = [
  (choice) => {
    const v = choice.value();
    return { text: (unaries[choice.below(unaries.length)] as (typeof unaries)[number])(v.name), shape: v.shape };
  },
  (choice) => {
    const u = choice.value();
    const fits = (shape: readonly number[]): boolean =>
      u.shape === undefined || shape.slice(-u.shape.length).join() === u.shape.slice(-shape.length).join();
    const v = choice.below(3) === 0 ? undefined : choice.array(fits);
    const other = v ?? { name: choice.number(), shape: undefined };
    const make = binaries[choice.below(binaries.length)] as (typeof binaries)[number];
    const shape = (u.shape?.length ?? 0) >= (other.shape?.length ?? 0) ? u.shape : other.shape;
    return { text: choice.below(2) === 0 ? make(u.name, other.name) : make(other.name, u.name), shape };
  },
];
