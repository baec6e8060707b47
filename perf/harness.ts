import { add, suite } from "benny";
import { DisagreementError, disagreements } from "./agreement.js";
import type { Effort } from "./effort.js";
import { type Program, type Variant, variantNames } from "./program.js";

/** The time of a variant as a multiple of the reference's: that of their shortest rounds, and where the middle half of single rounds lies. */
export interface Ratio {
  readonly best: number;
  readonly low: number;
  readonly high: number;
}

/** What was measured of one program. */
export interface Measurement {
  readonly program: Program;
  /** Seconds for value and gradient by the hand-written loop, in its shortest round. */
  readonly hand: number;
  readonly ratios: Readonly<Partial<Record<Variant, Ratio>>>;
}

/** Of a variant whose runs are longer than a round, so many rounds fewer are measured that it takes at most this many times its share. */
const patience = 5;

/** In how many of the rounds a variant takes part whose runs take so many seconds. */
function roundsOf({ rounds, seconds }: Effort, once: number): number {
  return Math.max(2, Math.min(rounds, Math.floor((patience * rounds * seconds) / once)));
}

/** Keeps the last answer where the compiler must expect it to be read: what is timed is never dead code. */
let sink: unknown;

/** The answer that was computed last. */
export function lastAnswer(): unknown {
  return sink;
}

/** Runs a variant until it is compiled as well as it will be. Returns the seconds that one of its last runs took. */
function warm(run: () => unknown, { calls, seconds }: Effort["warm"]): number {
  const start = performance.now();
  const end = start + 1000 * seconds;
  let last = start;
  let shortest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < 2 || (count < calls && last < end); count++) {
    sink = run();
    const now = performance.now();
    shortest = Math.min(shortest, now - last);
    last = now;
  }
  return shortest / 1000;
}

/** Collects what others have left, so that each sample pays for its own garbage alone; where node was started so that it can be asked to. */
function collectGarbage(): void {
  const { gc } = globalThis as { gc?: (options: { readonly type: "minor" | "major" }) => void };
  gc?.({ type: "minor" });
}

/** Seconds for a run: one sample of benny's, the mean of as many runs as fill the time. `once` says roughly how long one takes. */
async function sample(name: string, run: () => unknown, seconds: number, once: number): Promise<number> {
  collectGarbage();
  const { results } = await suite(
    name,
    add(
      name,
      () => {
        // Nothing is returned: benny would take a function for the case itself.
        sink = run();
      },
      // As many runs as fill the time at once: benny would get there in steps.
      { minSamples: 1, minTime: seconds, maxTime: seconds, delay: 0, initCount: Math.max(1, Math.ceil((1.1 * seconds) / once)) },
    ),
  );
  return (results[0] as (typeof results)[number]).details.median;
}

/**
 * Times the variants of a program round by round, after a look whether they agree and when they are warm. In each round they take turns, so that
 * whatever else the machine does falls on all of them alike.
 * @throws {DisagreementError} when two of them give different answers
 */
export async function measure(program: Program, effort: Effort): Promise<Measurement> {
  const wrong = disagreements(program);
  if (wrong.length > 0) throw new DisagreementError(wrong.join("\n"));
  const present = variantNames.flatMap((variant) => {
    const run = program.variants[variant];
    return run === undefined ? [] : [{ variant, run, once: warm(run, effort.warm), times: [] as number[] }];
  });
  for (let round = 0; round < effort.rounds; round++) {
    for (const { variant, run, once, times } of present) {
      if (round < roundsOf(effort, once)) times.push(await sample(`${program.name}, ${variant}`, run, effort.seconds, once));
    }
  }
  const [hand, ...others] = present.map(({ times }) => times) as [number[], ...number[][]];
  const ratios = others.map((times, k) => [present[k + 1]?.variant, ratioOf(times, hand)]);
  return { program, hand: Math.min(...hand), ratios: Object.fromEntries(ratios) };
}

function ratioOf(times: readonly number[], hand: readonly number[]): Ratio {
  const best = Math.min(...times) / Math.min(...hand);
  const together = Math.min(times.length, hand.length);
  const single = times
    .slice(0, together)
    .map((time, round) => time / (hand[round] as number))
    .sort((a, b) => a - b);
  const quarter = Math.floor(single.length / 4);
  const [low, high] = [single[quarter], single[single.length - 1 - quarter]] as [number, number];
  return { best, low: Math.min(low, best), high: Math.max(high, best) };
}
