import type { Rung } from "./rungs.js";

/** One derivative, chosen from those at all steps. */
export interface Choice {
  readonly value: number;
  readonly error: number;
  /** How far from it another derivative may be. */
  readonly slack: number;
  readonly kind: "found" | "small" | "kink" | "none" | "undecided";
}

const NONE: Choice = { value: Number.NaN, error: Number.POSITIVE_INFINITY, slack: Number.POSITIVE_INFINITY, kind: "none" };

/** How near a candidate must be to its neighbours, and its error to 0, as a part of it. */
const GOOD = 0.01;
/** From which part on an error is so small that two values that contradict each other are both to be believed. */
const SHARP = 1e-6;

/** The candidates for one derivative, up to the last step that counts. */
interface Candidates {
  readonly rungs: readonly Rung[];
  readonly n: number;
  readonly y: number;
  readonly last: number;
}

const at = (vector: Float64Array | undefined, n: number): number => (vector as Float64Array)[n] as number;

/**
 * The derivative of the n-th result. Preferred are candidates whose error is below a hundredth of them, that agree with those of the steps
 * beside, and whose slopes on both sides meet; of these, the one with the smallest error as a part of it. Where two sharp ones contradict
 * each other, all between them is allowed. Where none is good, the one with the smallest error is taken: a derivative that is small, or that
 * does not exist.
 * @param rounding the relative rounding of f
 */
export function choose(rungs: readonly Rung[], n: number, y: number, last: number, rounding: number): Choice {
  const candidates: Candidates = { rungs, n, y, last };
  const stair = stairOf(candidates);
  if (stair > 4e6 * rounding * Math.max(1, Math.abs(y))) {
    let first = last;
    while (first > 0 && isFlat(candidates, first - 1)) first--;
    const { noise } = rungs[first] as Rung;
    return { value: 0, error: noise, slack: 10 * noise, kind: "found" };
  }
  const good: number[] = [];
  for (let k = 2; k <= last; k++) if (isGood(candidates, k)) good.push(k);
  const relative = (k: number): number => errorAt(candidates, k) / Math.abs(at(rungs[k]?.extrapolated, n));
  const best = good.reduce((a, b) => (relative(b) < relative(a) ? b : a), good[0] ?? -1);
  if (best < 0) return least(candidates, stair);
  const value = at(rungs[best]?.extrapolated, n);
  const error = errorAt(candidates, best);
  let aside = 0;
  for (const k of good) {
    const apart = Math.abs(at(rungs[k]?.extrapolated, n) - value);
    if (relative(k) <= SHARP && apart > 10 * (errorAt(candidates, k) + error)) aside = Math.max(aside, apart);
  }
  return kinkAt(candidates, best, error, false) ?? { value, error: error + aside, slack: 10 * error + aside, kind: "found" };
}

/** The error of a candidate: its own, and a part of the distance to the next, which shows what of it is rounding that happened to agree. */
function errorAt({ rungs, n, last }: Candidates, k: number): number {
  const next = k < last ? Math.abs(at(rungs[k + 1]?.extrapolated, n) - at(rungs[k]?.extrapolated, n)) / 4 : 0;
  return at(rungs[k]?.error, n) + (Number.isNaN(next) ? 0 : next);
}

function isGood(candidates: Candidates, k: number): boolean {
  const { rungs, n, last } = candidates;
  const value = at(rungs[k]?.extrapolated, n);
  const near = GOOD * Math.abs(value);
  if (!(value !== 0 && errorAt(candidates, k) <= near && isSmooth(candidates, k))) return false;
  const before = k > 2 && at(rungs[k - 1]?.error, n) <= 10 * near;
  return before || (k < last && Math.abs(at(rungs[k + 1]?.extrapolated, n) - value) <= 2 * near);
}

/**
 * Whether the slopes on both sides meet: their distance falls with the step, or is small beside them, or of the size of rounding. Where it
 * grows as fast as the step falls, it is f(x) alone that is out of line, by rounding: the two sides know nothing of that.
 */
export function isSmooth(candidates: Pick<Candidates, "rungs" | "n">, k: number): boolean {
  const { rungs, n } = candidates;
  const { gap, noise, central } = rungs[k] as Rung;
  const now = at(gap, n);
  return now <= Math.max(0.6 * at(rungs[k - 1]?.gap, n), 1000 * noise, 0.1 * Math.abs(at(central, n))) || isOffset(candidates, k);
}

/** Whether the slopes on both sides are apart by something that does not depend on the step: a jump, or a value out of line. */
function isOffset({ rungs, n }: Pick<Candidates, "rungs" | "n">, k: number): boolean {
  const now = at(rungs[k]?.gap, n) * (rungs[k] as Rung).h;
  return Math.abs(now - at(rungs[k - 1]?.gap, n) * (rungs[k - 1] as Rung).h) <= 0.05 * now;
}

function isFlat({ rungs, n, y }: Candidates, k: number): boolean {
  return at(rungs[k]?.plus, n) === y && at(rungs[k]?.minus, n) === y;
}

/** The smallest movement of a result that does not move at all at the last three steps, and on both sides at larger ones; 0 of all others. */
function stairOf(candidates: Candidates): number {
  const { rungs, n, y, last } = candidates;
  let stair = Number.POSITIVE_INFINITY;
  for (let k = last; k >= 0; k--) {
    if (last - k < 3 && !isFlat(candidates, k)) return 0;
    const right = Math.abs(at(rungs[k]?.plus, n) - y);
    const left = Math.abs(at(rungs[k]?.minus, n) - y);
    if (right > 0 && left > 0) stair = Math.min(stair, Math.max(right, left));
  }
  return stair < Number.POSITIVE_INFINITY ? stair : 0;
}

/** The candidate with the smallest error, where none is good: a kink, a small derivative, one that grows without end, or nothing that counts. */
function least(candidates: Candidates, stair: number): Choice {
  const { rungs, n, last } = candidates;
  const errorOf = (k: number): number => errorAt(candidates, k) + stair / (rungs[k] as Rung).h;
  let best = -1;
  for (let k = 2; k <= last; k++) if (errorOf(k) < (best < 0 ? Number.POSITIVE_INFINITY : errorOf(best))) best = k;
  if (best < 0) return oneSided(candidates);
  const value = at(rungs[best]?.extrapolated, n);
  const error = errorOf(best);
  const kink = kinkAt(candidates, best, error, true);
  if (kink !== undefined) return kink;
  if (error > 0.1 * Math.abs(value) && growsWithoutEnd(candidates, Math.abs(value))) return NONE;
  for (let k = 2; k <= last; k++) {
    const other = at(rungs[k]?.extrapolated, n);
    if (errorOf(k) <= 0.1 * Math.abs(other) && isSmooth(candidates, k) && Math.abs(other - value) > 10 * (errorOf(k) + error))
      return { value, error, slack: 10 * error, kind: "undecided" };
  }
  return { value, error, slack: 10 * error, kind: "small" };
}

/**
 * A kink: slopes on both sides that do not come nearer to each other as the step gets smaller. At a jump they grow without bounds, and any
 * derivative is one between them.
 */
function kinkAt(candidates: Candidates, k: number, error: number, jumps: boolean): Choice | undefined {
  const { rungs, n, last } = candidates;
  const { gap, central, noise } = rungs[k] as Rung;
  const now = at(gap, n);
  const before = at(rungs[k - 1]?.gap, n);
  if (!(now > 1000 * noise && now >= 0.6 * before)) return undefined;
  const value = at(central, n);
  if (isOffset(candidates, k)) {
    if (!jumps) return undefined;
    let end = now;
    for (let j = k; j <= last; j++) end = Math.max(end, at(rungs[j]?.gap, n));
    return { value, error: 0.5 * end, slack: Number.POSITIVE_INFINITY, kind: "kink" };
  }
  if (now <= 10 * error || !isSteady(now, before, at(rungs[k - 2]?.gap, n))) return undefined; // rounding, or periods that the step leaps over
  return { value, error: 0.5 * now, slack: 0.5 * now + Math.abs(now - before) + noise, kind: "kink" };
}

/** Whether three distances change by the same factor: at a kink by one near 1, at a cusp by another. */
function isSteady(now: number, before: number, first: number): boolean {
  return Math.abs(now * first - before * before) <= 0.1 * now * first;
}

function growsWithoutEnd({ rungs, n, last }: Candidates, known: number): boolean {
  const end = at(rungs[last]?.central, n);
  if (!(Math.abs(end) > 3 * known && Math.abs(end) > 10 * (rungs[last] as Rung).noise)) return false;
  for (let k = last; k > Math.max(0, last - 6); k--) {
    const now = at(rungs[k]?.central, n);
    const before = at(rungs[k - 1]?.central, n);
    if (!(Math.abs(now) > Math.abs(before) && now * before > 0)) return false;
  }
  return true;
}

/** The slope on the one side where f has values, when the other has none at any step: at an end of its domain. */
function oneSided({ rungs, n, y, last }: Candidates): Choice {
  const sides = [-1, 1].filter((side) => {
    for (let k = 0; k <= last; k++) if (!Number.isFinite(at(side > 0 ? rungs[k]?.plus : rungs[k]?.minus, n))) return false;
    return true;
  });
  if (sides.length !== 1 || !Number.isFinite(y)) return NONE;
  const right = sides[0] === 1;
  let found: Choice = NONE;
  let [slope, first, second, step, agreed] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, false];
  for (let k = 0; k <= last; k++) {
    const rung = rungs[k] as Rung;
    const h = right ? rung.right : rung.left;
    const ratio = step / h;
    const now = (at(right ? rung.plus : rung.minus, n) - y) / h;
    const once = (ratio * now - slope) / (ratio - 1);
    const twice = (ratio ** 2 * once - first) / (ratio ** 2 - 1);
    const error = Math.abs(twice - second) + rung.noise;
    const good = error <= GOOD * Math.abs(twice);
    if (good && agreed && error < found.error) found = { value: twice, error, slack: 10 * error, kind: "found" };
    [slope, first, second, step, agreed] = [now, once, twice, h, good];
  }
  return found;
}
