import { allClose, type Scalar, sum, withGradient } from "../../lib/index.js";
import { type CheckOptions, type CrossCheckReport, relativeDifference, testKit } from "../../lib/testing/index.js";

/** A function of the lab at its inputs, by its rule and traced. */
export interface LabCase {
  readonly name: string;
  /** The inputs that are differentiated. */
  readonly args: readonly unknown[];
  /** The function of those inputs, its rule at work. */
  readonly rule: (...xs: never[]) => unknown;
  /** The same with the rule set aside; absent where there is nothing to trace through. */
  readonly traced?: ((...xs: never[]) => unknown) | undefined;
}

/** What was found about one function. */
export interface LabRow {
  readonly name: string;
  /** The sum of its results. */
  readonly value: number;
  readonly forwardReverse: number;
  readonly finiteDifference: number;
  readonly adjoint: number;
  /** The largest relative difference between the gradients by the rule and traced; NaN without a traced path. */
  readonly tracedDifference: number;
  /** Value and gradient, in milliseconds; NaN where not measured. */
  readonly tracedTime: number;
  readonly ruleTime: number;
  readonly agrees: boolean;
}

const exact = 1e-12;

/** Checks and times one function. */
export function measure({ name, args, rule, traced }: LabCase, options: CheckOptions): LabRow {
  const report: CrossCheckReport = testKit(options).crossCheck(rule, ...args);
  const byRule = objective(rule, args);
  const byTrace = traced === undefined ? undefined : objective(traced, args);
  const { value, gradient } = byRule();
  let tracedDifference = Number.NaN;
  let same = true;
  if (byTrace !== undefined) {
    const other = byTrace();
    tracedDifference = Math.max(relativeDifference(gradient, other.gradient), relativeDifference(value, other.value));
    same = tracedDifference <= exact && allClose(gradient, other.gradient, { rtol: exact, atol: exact });
  }
  return {
    name,
    value,
    forwardReverse: report.forwardReverse,
    finiteDifference: report.finiteDifference,
    adjoint: report.adjoint,
    tracedDifference,
    tracedTime: byTrace === undefined ? Number.NaN : medianTime(byTrace),
    ruleTime: medianTime(byRule),
    agrees: report.agrees && report.forwardReverse <= exact && report.adjoint <= exact && same,
  };
}

/** Value and gradient of the sum of a function's results. */
function objective(f: (...xs: never[]) => unknown, args: readonly unknown[]): () => { value: number; gradient: unknown } {
  const total = (...xs: never[]): Scalar => {
    const y = f(...xs);
    return typeof y === "object" && y !== null && "shape" in y ? sum(y as never) : (y as Scalar);
  };
  return () => withGradient(total as never, ...args) as { value: number; gradient: unknown };
}

const rounds = 9;
/** A round is long enough for the clock, and a function is warm before the first one; milliseconds. */
const roundTime = 8;
const warmUpTime = 40;

/** The median time of one call in milliseconds, over rounds long enough for the clock, once the function is warm. */
export function medianTime(run: () => unknown): number {
  let calls = 1;
  let once = timed(run, calls);
  for (let spent = once; spent < warmUpTime; spent += once * calls) {
    calls = Math.min(2 * calls, 1000);
    once = timed(run, calls);
  }
  calls = Math.max(1, Math.ceil(roundTime / once));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(timed(run, calls));
  return times.sort((a, b) => a - b)[rounds >> 1] as number;
}

function timed(run: () => unknown, calls: number): number {
  const start = performance.now();
  for (let k = 0; k < calls; k++) run();
  return (performance.now() - start) / calls;
}
