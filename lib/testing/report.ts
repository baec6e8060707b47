import { short } from "./compare.js";

/** What `crossCheck` found; `String(report)` is a table. */
export interface CrossCheckReport {
  readonly name: string;
  /** f's value. */
  readonly value: unknown;
  /** The largest relative difference between ⟨ȳ, J e⟩ forward and x̄ reverse, over single input entries e. */
  readonly forwardReverse: number;
  /** The largest relative difference between J ẋ forward and by finite differences. */
  readonly finiteDifference: number;
  /** The estimated relative error of those finite differences themselves. */
  readonly finiteDifferenceError: number;
  /** Whether the two differ by more than the tolerance, and agree only since the finite differences may be that far off themselves. */
  readonly withinError: boolean;
  /** |⟨ȳ, J ẋ⟩ − ⟨Jᵀ ȳ, ẋ⟩| relative to the larger of the two sums' terms. */
  readonly adjoint: number;
  /** How many input entries were compared one by one. */
  readonly entries: number;
  /** How many output entries stand at a kink or a tie, where the derivative need only lie between the slopes on both sides. */
  readonly kinks: number;
  /** How many output entries finite differences decide nothing about: there the two modes are compared with each other alone. */
  readonly undecided: number;
  /**
   * How many output entries are exactly 0 by forward mode and something else by finite differences: a zero that met an infinite partial, as in
   * `square(sqrt(x))` at 0, or a derivative that was dropped.
   */
  readonly zeros: number;
  /** What was not tested, and why: integers, flags, strings, arguments held fixed. */
  readonly noTangent: readonly string[];
  /** The halves of f's rule that are not given but derived from the other one. */
  readonly derived: readonly ("frule" | "rrule")[];
  /** Whether all of these are within tolerance; where finite differences decide nothing, the other two are. */
  readonly agrees: boolean;
  toString(): string;
}

/**
 * The report as a table.
 * @param outputs how many output entries there are
 */
export function table(report: Omit<CrossCheckReport, "toString">, outputs: number): string {
  const { entries, finiteDifferenceError, kinks, undecided, zeros, noTangent, derived } = report;
  const notes = [`their own error ${digits(finiteDifferenceError)}`];
  if (report.withinError) notes.push("the difference is within it");
  if (kinks > 0) notes.push(`${kinks} at a kink, between the slopes on both sides`);
  if (undecided > 0) notes.push(`for ${undecided} of ${outputs} entries differences decide nothing here`);
  const numeric =
    undecided > 0 && undecided === outputs ? "differences decide nothing here" : `${digits(report.finiteDifference)} (${notes.join("; ")})`;
  const rows: [label: string, text: string][] = [
    ["forward against reverse", `${digits(report.forwardReverse)} (${entries} ${entries === 1 ? "entry" : "entries"})`],
    ["against finite differences", numeric],
    ["adjoint identity", digits(report.adjoint)],
  ];
  if (zeros > 0)
    rows.push([
      "exactly 0",
      `${zeros} of ${outputs} entries, and something else by finite differences: 0 by convention where a zero meets an infinite partial, or a derivative that was dropped`,
    ]);
  if (derived.length > 0) rows.push(["derived, not given", derived.join(", ")]);
  if (noTangent.length > 0) rows.push(["not tested", noTangent.join("; ")]);
  return [`${report.name}: ${report.agrees ? "agrees" : "DISAGREES"}`, ...rows.map(([label, text]) => `  ${label.padEnd(28)}${text}`)].join(
    "\n",
  );
}

function digits(x: number): string {
  return x === 0 || x < 0.01 ? x.toExponential(1) : short(x);
}
