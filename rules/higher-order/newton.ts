import { denseSolver } from "./dense-system.js";

/** A function of plain numbers, as many of them as it gives. */
export type PlainFunction = (x: Float64Array) => Float64Array;

/** When a search ends. */
export interface SearchSettings {
  /** The largest last step, relative to the larger of 1 and |x|. */
  readonly tol: number;
  readonly maxIterations: number;
  /** The distance from 1 to the next number of the kind of x. */
  readonly epsilon: number;
}

/** The largest magnitude; ∞ where an entry is NaN. */
export function largestOf(x: Float64Array): number {
  let largest = 0;
  for (const entry of x) {
    if (Number.isNaN(entry)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.abs(entry));
  }
  return largest;
}

/** The largest step from x that counts as none. */
export function smallestStep(x: Float64Array, { tol, epsilon }: SearchSettings): number {
  const size = largestOf(x);
  return Math.max(tol * Math.max(1, size), 4 * epsilon * size);
}

function lengthOf(x: Float64Array): number {
  const unit = largestOf(x);
  if (unit === 0 || unit === Number.POSITIVE_INFINITY) return unit;
  let squares = 0;
  for (const entry of x) squares += (entry / unit) ** 2;
  return unit * Math.sqrt(squares);
}

const moved = (x: Float64Array, step: Float64Array, t: number): Float64Array => x.map((entry, k) => entry + t * (step[k] as number));

/** The derivative of f by x[j], by the difference of its values on both sides. */
function slopes(f: PlainFunction, x: Float64Array, j: number, h: number): Float64Array {
  const ahead = x.slice();
  const behind = x.slice();
  ahead[j] = (x[j] as number) + h;
  behind[j] = (x[j] as number) - h;
  const below = f(behind);
  const width = (ahead[j] as number) - (behind[j] as number);
  return f(ahead).map((entry, i) => (entry - (below[i] as number)) / width);
}

/**
 * The jacobian by central differences, row-major. The scale on which f curves is unknown, so steps shrink until two of them agree.
 */
function differences(f: PlainFunction, x: Float64Array, epsilon: number): Float64Array {
  const n = x.length;
  const jacobian = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let h = Math.cbrt(epsilon) * Math.max(1, Math.abs(x[j] as number));
    let wide = slopes(f, x, j, h);
    let chosen = wide;
    let closest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 16 && closest > 1e-3; attempt++) {
      h /= 8;
      const narrow = slopes(f, x, j, h);
      const apart = largestOf(moved(wide, narrow, -1)) / Math.max(largestOf(wide), largestOf(narrow), Number.MIN_VALUE);
      if (apart < closest) {
        closest = apart;
        chosen = wide;
      }
      wide = narrow;
    }
    for (let i = 0; i < n; i++) jacobian[i * n + j] = chosen[i] as number;
  }
  return jacobian;
}

/**
 * A zero of f by Newton's method on plain numbers, its jacobian by central differences: a search needs a direction, no more, and a plain call
 * has no engine. Steps are halved until |f| falls. Once one meets the tolerance they go on while each is at most half of the one before.
 * @throws {RangeError} when f is not finite at the start, or no zero is found from there
 * Source: J. E. Dennis, R. B. Schnabel, Numerical Methods for Unconstrained Optimization and Nonlinear Equations, SIAM (1996), chapter 6.
 */
export function newton(who: string, f: PlainFunction, start: Float64Array, settings: SearchSettings): Float64Array {
  const { epsilon, maxIterations } = settings;
  let x = start;
  let r = f(x);
  let size = lengthOf(r);
  if (size === Number.POSITIVE_INFINITY) throw new RangeError(`${who}: f is not finite at x0; start where it is`);
  let near = false;
  let last = Number.POSITIVE_INFINITY;
  for (let k = 0; k < maxIterations; k++) {
    if (size === 0) return x;
    const solve = denseSolver(differences(f, x, epsilon), x.length);
    if (solve === undefined) {
      if (near) return x;
      throw new RangeError(`${who}: the jacobian of f is singular after ${k} steps, where |f| = ${size}; start elsewhere`);
    }
    const step = solve(r, false).map((entry) => -entry);
    const length = largestOf(step);
    if (near && length > last / 2) return x;
    const next = shortened(f, x, step, size, epsilon);
    near = length <= smallestStep(x, settings);
    if (next === undefined) {
      // Where rounding is all that is left of f, no step makes it smaller.
      if (near || length <= Math.sqrt(epsilon) * Math.max(1, largestOf(x))) return x;
      throw new RangeError(`${who}: stuck after ${k} steps, where |f| = ${size} and no step makes it smaller; start elsewhere`);
    }
    ({ x, r } = next);
    size = lengthOf(r);
    last = length;
  }
  if (near) return x;
  throw new RangeError(
    `${who}: not converged after ${maxIterations} steps: |f| = ${size}, the last step was ${last}; start nearer, or raise tol or maxIterations`,
  );
}

/** Where a step leads, halved until |f| falls; undefined where it does not. */
function shortened(
  f: PlainFunction,
  from: Float64Array,
  step: Float64Array,
  size: number,
  epsilon: number,
): { readonly x: Float64Array; readonly r: Float64Array } | undefined {
  for (let t = 1; t >= epsilon; t /= 2) {
    const x = moved(from, step, t);
    const r = f(x);
    if (lengthOf(r) < (1 - 1e-4 * t) * size) return { x, r };
  }
  return undefined;
}

/**
 * A fixed point of f by iterating it on plain numbers. The distance that is left is estimated from how fast the steps shrink.
 * @throws {RangeError} when the iteration leaves the finite numbers, or does not settle
 */
export function iterated(who: string, f: PlainFunction, start: Float64Array, settings: SearchSettings): Float64Array {
  const { maxIterations } = settings;
  let x = start;
  let last = Number.POSITIVE_INFINITY;
  for (let k = 0; k < maxIterations; k++) {
    const y = f(x);
    if (largestOf(y) === Number.POSITIVE_INFINITY)
      throw new RangeError(`${who}: the iteration is not finite after ${k + 1} steps; f must contract: start nearer, or use root`);
    const length = largestOf(moved(y, x, -1));
    const rate = length / last;
    const left = rate < 1 ? (length * rate) / (1 - rate) : Number.POSITIVE_INFINITY;
    x = y;
    if (length <= 4 * settings.epsilon * largestOf(x)) return x;
    if (Math.max(length, left) <= smallestStep(x, settings)) return x;
    last = length;
  }
  throw new RangeError(
    `${who}: not settled after ${maxIterations} steps, the last of which was ${last}; f must contract: start nearer, raise tol or maxIterations, or use root`,
  );
}
