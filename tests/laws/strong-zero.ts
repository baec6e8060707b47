import { type AnyFunction, isDifferentiable, isScalar, mapStructure } from "../../lib/core/index.js";
import { pullback, pushforward } from "../../lib/index.js";
import { isNdArray, type NdArray, packedData, rowMajor } from "../../lib/nd/index.js";
import { seededRandom } from "../../lib/testing/index.js";
import { fromVector, holdsSingles, toVector } from "../../lib/testing/vectors.js";

type Args = readonly unknown[];

/** What becomes of the n-th number. */
type Change = (x: number, n: number) => number;

/** What is found of a function at a point. */
interface Findings {
  readonly faults: string[];
  /** Whether it refuses some of the values. */
  refused: boolean;
  /** How many points were looked at. */
  count: number;
}

/** The arguments with these of their numbers changed, counted through all that can move. */
function changed(args: Args, which: ReadonlySet<number>, change: Change): Args {
  let n = 0;
  const next = (x: number): number => {
    const k = n++;
    return which.has(k) ? change(x, k) : x;
  };
  return mapStructure((leaf) => {
    if (isScalar(leaf)) return next(leaf as number);
    if (!isDifferentiable(leaf) || !isNdArray(leaf)) return leaf;
    const entries = packedData(leaf as NdArray, "float64").map(next);
    return rowMajor(leaf.dtype === "float32" ? Float32Array.from(entries) : entries, leaf.shape);
  }, args) as Args;
}

/** What a call gives, undefined where it refuses. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

const numbersOf = (f: AnyFunction, args: Args): Float64Array | undefined =>
  attempt(() => {
    const y: unknown = f(...args);
    return toVector(y, y);
  });

/** Far and near, to both sides: what none of these changes does not depend on the number. */
const moves: readonly Change[] = [(x) => x + 0.37, (x) => 11 * x + 7, (x) => -13 * x - 5];

/** The same of several numbers at once. */
const together: readonly Change[] = [
  (x, n) => (n % 2 === 0 ? 11 * x + 7 : -13 * x - 5),
  (x, n) => (n % 3 === 0 ? -17 * x - 3 : 19 * x + 4),
];

/** What is no number, or makes none of others. */
const planted: readonly (readonly [name: string, change: Change, second: boolean])[] = [
  ["NaN", () => Number.NaN, false],
  ["NaN, ∞, 0 and −∞", (_, n) => [Number.NaN, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY][n % 4] as number, true],
  ["0", () => 0, false],
];

/** For each number in the arguments the results that it does not change. */
function independentOf(f: AnyFunction, args: Args, y: Float64Array): (ReadonlySet<number> | undefined)[] {
  return Array.from(toVector(args, args), (_, k) => {
    const values = moves.map((change) => numbersOf(f, changed(args, new Set([k]), change)));
    const there = values.filter((value) => value?.length === y.length) as Float64Array[];
    if (there.length < 2) return undefined;
    return new Set([...y.keys()].filter((o) => there.every((value) => Object.is(value[o], y[o]))));
  });
}

/** What is asked of result o: its derivative along a direction and its cotangents, those of the second order too. */
function derivativesOf(f: AnyFunction, args: Args, o: number, direction: Float64Array, second: boolean): Record<string, Float64Array> {
  const dargs = fromVector(args, direction) as never;
  const back = (g: AnyFunction, of: (y: unknown) => unknown): Float64Array => {
    const [y, pull] = pullback(g, ...args) as unknown as [unknown, (ybar: unknown) => unknown];
    return toVector(args, pull(of(y)));
  };
  const forth = (g: AnyFunction): unknown => (pushforward(g, args as never, dargs) as readonly unknown[])[1];
  const seed = (y: unknown): unknown => {
    const unit = new Float64Array(toVector(y, y).length);
    unit[o] = 1.3;
    return fromVector(y, unit);
  };
  const y: unknown = f(...args);
  const ybar = seed(y);
  const chosen = (dy: unknown): Float64Array => toVector(y, dy).slice(o, o + 1);
  const push = (...xs: unknown[]): unknown => pushforward(f, xs as never, dargs)[1];
  const pull = (...xs: unknown[]): unknown => (pullback(f, ...xs)[1] as (t: unknown) => unknown)(ybar);
  const first = { forward: chosen(forth(f)), reverse: back(f, () => ybar) };
  if (!second) return first;
  return {
    ...first,
    "forward over forward": chosen(forth(push)),
    "forward over reverse": toVector(args, forth(pull)),
    "reverse over forward": back(push, () => ybar),
    "reverse over reverse": back(pull, () => dargs),
  };
}

/** The first difference in what was asked of both. */
function difference(got: Record<string, Float64Array>, expected: Record<string, Float64Array>, tolerance: number): string | undefined {
  for (const [mode, values] of Object.entries(expected)) {
    if (got[mode] === undefined) continue;
    const size = Math.max(1, ...values.filter(Number.isFinite).map(Math.abs));
    const same = (a: number, b: number): boolean => Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * size;
    const k = values.findIndex((value, n) => !same(value, got[mode]?.[n] as number));
    if (k >= 0) return `${mode}: entry ${k} is ${got[mode]?.[k]}, not ${values[k]}`;
  }
  return undefined;
}

/** Plants what is no number where one of f's results, the first or the last such one, does not depend on it, and compares its derivatives. */
export function sending(f: AnyFunction, args: Args, last: boolean): Findings {
  const findings: Findings = { faults: [], refused: false, count: 0 };
  const y = numbersOf(f, args);
  if (y === undefined) return findings;
  const independent = independentOf(f, args, y);
  const o = [...y.keys()].filter((k) => independent.some((results) => results?.has(k))).at(last ? -1 : 0);
  if (o === undefined) return findings;
  const random = seededRandom(5);
  const direction = Float64Array.from(independent, () => random());
  const tolerance = holdsSingles(args) ? 1e-4 : 1e-9;
  const ask = (point: Args, second: boolean) => attempt(() => derivativesOf(f, point, o, direction, second));
  const expected = ask(args, true);
  if (expected === undefined) return findings;
  const apart = (which: ReadonlySet<number>): boolean =>
    together.every((change) => {
      const there = changed(args, which, change);
      const got = Object.is(numbersOf(f, there)?.[o], y[o]) ? ask(there, false) : undefined;
      return got !== undefined && difference(got, expected, tolerance) === undefined;
    });
  const each = [...independent.keys()].filter((n) => independent[n]?.has(o));
  const all = new Set(each);
  for (const which of apart(all) ? [all] : each.map((n) => new Set([n])).filter(apart)) {
    for (const [name, change, second] of planted) {
      const there = changed(args, which, change);
      const value = numbersOf(f, there)?.[o];
      if (value === undefined) findings.refused = true;
      // Where a value looks at all entries, as the largest of them does, it is another point.
      else if (Object.is(value, y[o])) {
        const got = ask(there, second);
        findings.count++;
        findings.refused ||= got === undefined;
        const fault = got && difference(got, expected, tolerance);
        if (fault !== undefined) findings.faults.push(`result ${o} with ${name} in ${[...which].join(", ")}: ${fault}`);
      }
    }
  }
  return findings;
}
