import { allClose, type Scalar, sum, withGradient } from "../../lib/index.js";
import { isNdArray, type NdArray, packedData } from "../../lib/nd/index.js";
import { type CheckOptions, type CrossCheckReport, relativeDifference, testKit } from "../../lib/testing/index.js";
import type { Answer, Run } from "../answer.js";
import { type SpeedUp, shortestOf, speedUp, timesInTurn } from "./rounds.js";

/** A function of the lab at its inputs: by its rule, traced, and on a tape that makes a full array for each access. */
export interface LabCase {
  readonly name: string;
  /** The inputs that are differentiated. */
  readonly args: readonly unknown[];
  /** The function of those inputs, its rule at work. */
  readonly rule: (...xs: never[]) => unknown;
  /** The same without a rule: its loops are traced. Absent where there is nothing to trace through. */
  readonly traced?: ((...xs: never[]) => unknown) | undefined;
  /** Value and gradient by the same loops on the tape of full arrays. Absent where they read no array, or would not end in time. */
  readonly fullArrays?: Run | undefined;
}

/** What the ways to the value and the gradient of one function say of each other. */
export interface LabCheck {
  readonly name: string;
  /** The sum of its results. */
  readonly value: number;
  readonly forwardReverse: number;
  readonly finiteDifference: number;
  readonly adjoint: number;
  /** The largest relative difference of value and gradient by the rule from the traced ones, and from those on full arrays; NaN without such. */
  readonly tracedDifference: number;
  readonly fullArraysDifference: number;
  readonly agrees: boolean;
}

/** What was found about one function. */
export interface LabRow extends LabCheck {
  /** Value and gradient, in milliseconds, in the shortest round; NaN where not measured. */
  readonly fullArraysTime: number;
  readonly tracedTime: number;
  readonly ruleTime: number;
  /** How much faster tracing is than full arrays, and the rule than tracing. */
  readonly tracedSpeedUp: SpeedUp;
  readonly ruleSpeedUp: SpeedUp;
}

/** Value and gradient of the sum of a function's results, each way; undefined where there is none. */
export interface Ways {
  readonly rule: Run;
  readonly traced: Run | undefined;
  readonly fullArrays: Run | undefined;
}

const exact = 1e-12;

/** The ways to one function's value and gradient. */
export function waysOf({ args, rule, traced, fullArrays }: LabCase): Ways {
  return { rule: objective(rule, args), traced: traced === undefined ? undefined : objective(traced, args), fullArrays };
}

/** Holds the ways of one function against each other. */
export function check(labCase: LabCase, options: CheckOptions): LabCheck {
  const { name, args, rule } = labCase;
  const report: CrossCheckReport = testKit(options).crossCheck(rule, ...args);
  const ways = waysOf(labCase);
  const expected = ways.rule();
  const byTracing = compare(expected, ways.traced);
  const onFullArrays = compare(expected, ways.fullArrays);
  return {
    name,
    value: expected.value,
    forwardReverse: report.forwardReverse,
    finiteDifference: report.finiteDifference,
    adjoint: report.adjoint,
    tracedDifference: byTracing.difference,
    fullArraysDifference: onFullArrays.difference,
    agrees: report.agrees && report.forwardReverse <= exact && report.adjoint <= exact && byTracing.same && onFullArrays.same,
  };
}

/** Checks and times one function. */
export function measure(labCase: LabCase, options: CheckOptions): LabRow {
  const { rule, traced, fullArrays } = waysOf(labCase);
  const checked = check(labCase, options);
  const [ruleTimes = [], tracedTimes = [], fullArraysTimes = []] = timesOf([rule, traced, fullArrays]);
  return {
    ...checked,
    fullArraysTime: shortestOf(fullArraysTimes),
    tracedTime: shortestOf(tracedTimes),
    ruleTime: shortestOf(ruleTimes),
    tracedSpeedUp: speedUp(fullArraysTimes, tracedTimes),
    ruleSpeedUp: speedUp(tracedTimes, ruleTimes),
  };
}

/** Value and gradient of the sum of a function's results. */
function objective(f: (...xs: never[]) => unknown, args: readonly unknown[]): Run {
  const total = (...xs: never[]): Scalar => {
    const y = f(...xs);
    return typeof y === "object" && y !== null && "shape" in y ? sum(y as never) : (y as Scalar);
  };
  return () => withGradient(total as never, ...args) as Answer;
}

/** Numbers and lists, whatever arrays a way gives its gradient in. */
function listed(gradient: readonly unknown[]): unknown[] {
  return gradient.map((part) => {
    if (typeof part === "number") return part;
    return Array.from(isNdArray(part) ? packedData(part as NdArray) : (part as Float64Array));
  });
}

/** How far another way's value and gradient are from the expected ones. */
export interface Comparison {
  /** The largest relative difference; NaN without another way. */
  readonly difference: number;
  /** Whether every entry alone agrees too. */
  readonly same: boolean;
}

/** Compares another way with the expected answer. */
export function compare(expected: Answer, run: Run | undefined): Comparison {
  if (run === undefined) return { difference: Number.NaN, same: true };
  const other = run();
  const gradients = [listed(expected.gradient), listed(other.gradient)] as const;
  const difference = Math.max(relativeDifference(...gradients), relativeDifference(expected.value, other.value));
  return { difference, same: difference <= exact && allClose(...gradients, { rtol: exact, atol: exact }) };
}

/** Times of those that are there, in their places; none for the others. */
function timesOf(runs: readonly (Run | undefined)[]): number[][] {
  const times = timesInTurn(runs.filter((run) => run !== undefined));
  return runs.map((run) => (run === undefined ? [] : (times.shift() as number[])));
}
