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
function smallestStep(x: Float64Array, { tol, epsilon }: SearchSettings): number {
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

/** The derivative of f by x[j], by the difference of its values on both sides; and whether each is made of more than a few roundings. */
function slopes(f: PlainFunction, x: Float64Array, j: number, h: number, epsilon: number): { slope: Float64Array; sure: boolean[] } {
  const at = x.slice();
  at[j] = (x[j] as number) + h;
  const right = at[j] as number;
  const above = f(at);
  at[j] = (x[j] as number) - h;
  const below = f(at);
  const sure: boolean[] = [];
  const slope = above.map((entry, i) => {
    const difference = entry - (below[i] as number);
    sure.push(difference === 0 || !(Math.abs(difference) < 1e4 * epsilon * Math.abs(entry)));
    return difference / (right - (at[j] as number));
  });
  return { slope, sure };
}

/**
 * One column of the jacobian. The scale on which an equation curves is unknown, so steps shrink until two of them agree on its slope; or grow,
 * where it is so large that a difference drowns in its rounding. Slopes that are 0 from the start are taken for that, but in a search for
 * what was lost.
 */
function column(f: PlainFunction, x: Float64Array, j: number, epsilon: number, lost: boolean): Float64Array {
  const start = Math.cbrt(epsilon) * Math.max(1, Math.abs(x[j] as number));
  const first = slopes(f, x, j, start, epsilon);
  const chosen = first.slope.slice();
  const closest = chosen.map((slope) => (slope === 0 && !lost ? 0 : Number.POSITIVE_INFINITY));
  const grows = lost || first.sure.includes(false);
  for (const factor of grows ? [8, 1 / 8] : [1 / 8, 8]) {
    let before = first.slope;
    for (let attempt = 1; attempt <= 16 && closest.some((apart) => apart > 1e-3); attempt++) {
      const next = slopes(f, x, j, start * factor ** attempt, epsilon).slope;
      for (let i = 0; i < next.length; i++) {
        const [p, q] = [before[i] as number, next[i] as number];
        const apart = Math.abs(p - q) / Math.max(Math.abs(p), Math.abs(q));
        if ((closest[i] as number) > 1e-3 && apart < (closest[i] as number)) {
          closest[i] = apart;
          chosen[i] = p;
        }
      }
      before = next;
    }
    if (closest.every((apart) => apart < 0.1)) break;
  }
  return chosen;
}

/** The jacobian by central differences, row-major. */
function differences(f: PlainFunction, x: Float64Array, epsilon: number, lost: boolean): Float64Array {
  const n = x.length;
  const jacobian = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    column(f, x, j, epsilon, lost).forEach((slope, i) => {
      jacobian[i * n + j] = slope;
    });
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
    const solve =
      denseSolver(differences(f, x, epsilon, false), x.length) ??
      (near ? undefined : denseSolver(differences(f, x, epsilon, true), x.length));
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
 * A fixed point of f by iterating it on plain numbers. The distance that is left is estimated from how fast the steps shrink. Steps within the
 * tolerance, or 16 roundings of 1, that have several times not shrunk are rounding, and it ends there.
 * @throws {RangeError} when the iteration leaves the finite numbers, or does not settle
 */
export function iterated(who: string, f: PlainFunction, start: Float64Array, settings: SearchSettings): Float64Array {
  const { maxIterations } = settings;
  let x = start;
  let last = Number.POSITIVE_INFINITY;
  let stalls = 0;
  for (let k = 0; k < maxIterations; k++) {
    const y = f(x);
    if (largestOf(y) === Number.POSITIVE_INFINITY)
      throw new RangeError(`${who}: the iteration is not finite after ${k + 1} steps; f must contract: start nearer, or use root`);
    const length = largestOf(moved(y, x, -1));
    const rate = length / last;
    const left = rate < 1 ? (length * rate) / (1 - rate) : Number.POSITIVE_INFINITY;
    x = y;
    if (length <= 4 * settings.epsilon * largestOf(x)) return x;
    const step = smallestStep(x, settings);
    if (Math.max(length, left) <= step) return x;
    const rounding = Math.max(step, 16 * settings.epsilon * Math.max(1, largestOf(x)));
    if (length <= rounding && length >= last && ++stalls === 4) return x;
    last = length;
  }
  throw new RangeError(
    `${who}: not settled after ${maxIterations} steps, the last of which was ${last}; f must contract: start nearer, raise tol or maxIterations, or use root`,
  );
}
