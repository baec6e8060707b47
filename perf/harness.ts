import { add, configure, suite } from "benny";
import { DisagreementError, disagreements } from "./agreement.js";
import { type Program, type Variant, type Variants, variantNames } from "./program.js";

/** What was measured of one program. */
export interface Measurement {
  readonly program: Program;
  /** Seconds for value and gradient by the hand-written loop: the median over the rounds. */
  readonly hand: number;
  /** Each variant's time as a multiple of the hand-written loop's in the same round: the median over the rounds. */
  readonly ratios: Readonly<Partial<Record<Variant, number>>>;
}

/** How long is measured. */
export interface Effort {
  /** Times all variants of a program are measured in turn. */
  readonly rounds: number;
  /** Seconds for each variant in each round. */
  readonly seconds: number;
}

/** Runs that take longer than this, in seconds, are measured in the first round only. */
const slow = 0.1;

/** Keeps the last answer where the compiler must expect it to be read: what is timed is never dead code. */
let sink: unknown;

/** The answer that was computed last. */
export function lastAnswer(): unknown {
  return sink;
}

/** A variant in a round, as benny names its cases. */
interface Case {
  readonly variant: Variant;
  readonly round: number;
}

/** Which variants are measured in which rounds. */
function plan(variants: Variants, rounds: number): Case[] {
  const present = variantNames.filter((variant) => variants[variant] !== undefined);
  const slowOnes = new Set(present.filter((variant) => secondsOf(variants, variant) > slow));
  const cases: Case[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const variant of present) if (round === 0 || !slowOnes.has(variant)) cases.push({ variant, round });
  }
  return cases;
}

function secondsOf(variants: Variants, variant: Variant): number {
  const start = performance.now();
  sink = variants[variant]?.();
  return (performance.now() - start) / 1000;
}

/**
 * Times the variants of a program, one after another, round by round, after a look whether they agree.
 * @throws {DisagreementError} when two of them give different answers
 */
export async function measure(program: Program, { rounds, seconds }: Effort): Promise<Measurement> {
  const wrong = disagreements(program);
  if (wrong.length > 0) throw new DisagreementError(wrong.join("\n"));
  const { variants } = program;
  const cases = plan(variants, rounds);
  const summary = await suite(
    program.name,
    configure({ cases: { minSamples: 1, minTime: Math.min(0.02, seconds / 5), maxTime: seconds, delay: 0 } }),
    ...cases.map(({ variant, round }) =>
      add(`${variant} ${round}`, () => {
        // Nothing is returned: benny would take a function for the case itself.
        sink = variants[variant]?.();
      }),
    ),
  );
  const times = new Map(summary.results.map(({ name, details }) => [name, details.median]));
  const timesOf = (variant: Variant): number[] =>
    cases.filter((one) => one.variant === variant).map(({ round }) => times.get(`${variant} ${round}`) as number);
  const hand = timesOf("hand");
  const ratios: Partial<Record<Variant, number>> = {};
  for (const variant of variantNames) {
    const relative = timesOf(variant).map((time, round) => time / (hand[round] as number));
    if (relative.length > 0) ratios[variant] = median(relative);
  }
  return { program, hand: median(hand), ratios };
}

/** The middle one of some numbers. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
