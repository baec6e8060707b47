import { type Choice, choose, isSmooth } from "./choice.js";
import { type Ladder, type Probe, type Rung, rungAt } from "./rungs.js";
import { magnitude } from "./vectors.js";

/** Derivatives of some numbers by finite differences. */
export interface Differences {
  readonly values: Float64Array;
  /** How far each may be off, by its own estimate; at a kink half the distance of the slopes on its two sides; ∞ where there is none. */
  readonly errors: Float64Array;
  /** How far from each another derivative may be: ten times the estimate; at a kink as far as the slopes on its two sides; ∞ where nothing is decided. */
  readonly slack: Float64Array;
  /** How many of them stand at a kink or a jump: there the values are the mean of the slopes on both sides. */
  readonly kinks: number;
  /** How many are too rough to decide anything: not at a kink, and off by more than a hundredth of what matters, or contradicted by other steps. */
  readonly rough: number;
}

/** The fewest steps that are tried. */
const FEWEST = 4;
/** From which part of a derivative on its error is small enough to stop. */
const ENOUGH = 1e-9;

/**
 * The derivative at 0 of t ↦ f(t), whose results are lists of numbers, from values of f alone: at steps that shrink, until all numbers are
 * known to nine digits, then chosen for each number by itself, without looking at any other derivative.
 * @param y      f(0)
 * @param ladder the steps
 * @param rounding the relative rounding of f
 */
export function differences(probe: Probe, y: Float64Array, ladder: Ladder, rounding: number): Differences {
  const size = y.length;
  const { steps, wide, blur } = ladder;
  const rungs: Rung[] = [];
  const settledAt = new Int32Array(size).fill(-1);
  const smallest = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const known = new Float64Array(size);
  const moved = new Uint8Array(size);
  let speed = 0;
  for (let k = 0; k < steps.length; k++) {
    // near 0 what cancels is of the size of 1, as in 1 − cos x
    const rung = rungAt(probe, y, steps[k] as number, rungs[k - 1], { rounding, blur, least: k < wide ? 1 : 0 });
    rungs.push(rung);
    if (k === 0 || k === wide) speed = Math.max(speed, magnitudeAt(rung, y) / ((k < wide ? 60 : 1000) * (steps[k] as number)));
    let unsettled = false;
    const enough = ENOUGH * magnitude(known);
    for (let n = 0; n < size; n++) {
      if ((settledAt[n] as number) >= 0) continue;
      if (rung.plus[n] !== y[n] || rung.minus[n] !== y[n]) moved[n] = 1;
      const error = rung.error[n] as number;
      if (error < (smallest[n] as number)) {
        smallest[n] = error;
        known[n] = rung.extrapolated[n] as number;
      }
      if (k >= 3 && isSettled(rungs, n, k) && (k >= wide || isSmooth({ rungs, n }, k))) settledAt[n] = k;
      else if (k < wide + 2 && wide > 0) unsettled ||= moved[n] === 1;
      else unsettled ||= !((smallest[n] as number) <= enough);
    }
    if (k + 1 >= FEWEST && !unsettled) break;
  }
  const last = rungs.length - 1;
  const choices = Array.from({ length: size }, (_, n) => {
    const end = settledAt[n] as number;
    return choose(rungs, n, y[n] as number, end < 0 ? last : end, rounding);
  });
  return assembled(choices, speed);
}

/** Whether a derivative is known well enough at a step: this candidate or the one before is, and they agree. */
function isSettled(rungs: readonly Rung[], n: number, k: number): boolean {
  const size = Math.abs(rungs[k]?.extrapolated[n] as number);
  const now = rungs[k]?.error[n] as number;
  const before = rungs[k - 1]?.error[n] as number;
  return size > 0 && Math.min(now, before) <= ENOUGH * size && Math.max(now, before) <= 0.01 * size;
}

function magnitudeAt({ plus, minus }: Rung, y: Float64Array): number {
  return Math.max(magnitude(y), magnitude(plus), magnitude(minus));
}

function assembled(choices: readonly Choice[], speed: number): Differences {
  const values = Float64Array.from(choices, ({ value }) => value);
  const errors = Float64Array.from(choices, ({ error }) => error);
  const slack = Float64Array.from(choices, (choice) => choice.slack);
  const scale = Math.max(magnitude(values), speed);
  let kinks = 0;
  let rough = 0;
  choices.forEach(({ kind, error }, n) => {
    if (kind === "kink") kinks++;
    if (kind !== "undecided" && !(kind === "small" && error > 0.01 * scale)) return;
    rough++;
    errors[n] = Number.POSITIVE_INFINITY;
    slack[n] = Number.POSITIVE_INFINITY;
  });
  return { values, errors, slack, kinks, rough };
}
