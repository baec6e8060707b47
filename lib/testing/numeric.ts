import { alongLine } from "./central-difference.js";
import type { Differences } from "./differences.js";
import { type Direction, ofMoving, type Subject } from "./subject.js";
import { dimensionOf, unitVector } from "./vectors.js";

/** Up to how many entries the Jacobian is taken whole. */
const SMALL = 64;

/** What finite differences say of one subject; the Jacobian is taken once. */
export class Numeric {
  readonly subject: Subject;
  private columns: Differences[] | undefined = undefined;
  private roughest: Differences | undefined = undefined;

  constructor(subject: Subject) {
    this.subject = subject;
  }

  /** The derivative in a direction. */
  along(directions: Direction): Differences & { readonly y: unknown } {
    const { name, moving, options } = this.subject;
    const found = alongLine({
      name,
      f: ofMoving(this.subject),
      args: moving.map(({ value }) => value),
      directions,
      step: options.step,
      domains: moving.map(({ domain }) => domain),
    });
    if (found.rough > (this.roughest?.rough ?? 0)) this.roughest = found;
    return found;
  }

  /** The derivatives in the directions of all input entries, in order; undefined where these are many. */
  jacobian(y: unknown): readonly Differences[] | undefined {
    const { moving } = this.subject;
    const total = moving.reduce((sum, { size }) => sum + size, 0);
    if (total * dimensionOf(y) > SMALL) return undefined;
    this.columns ??= Array.from({ length: total }, (_, n) => this.along(unitDirection(this.subject, n)));
    return this.columns;
  }

  /**
   * Throws where something was left undecided: in the directions of single entries where these were looked at, else in any. The last of all
   * checks, as the laws, the adjoint identity and the two modes decide without finite differences.
   */
  expectDecided(): void {
    const found = this.columns === undefined ? this.roughest : this.columns.find(({ rough }) => rough > 0);
    if (found === undefined || found.rough === 0) return;
    throw new Error(
      `${this.subject.name}: finite differences decide nothing here, ${found.rough} of ${found.values.length} are off by more than a hundredth; choose another point, or give the options step or domain`,
    );
  }

  /** What the cotangent of each moving input must be for a ȳ, and the slack: from the Jacobian. */
  transposed(columns: readonly Differences[], ybar: Float64Array): { values: Float64Array; slack: Float64Array }[] {
    let at = 0;
    return this.subject.moving.map(({ size }) => {
      const own = columns.slice(at, at + size);
      at += size;
      const weighted = own.map(({ values, slack }) => weigh(ybar, values, slack));
      return { values: Float64Array.from(weighted, ({ value }) => value), slack: Float64Array.from(weighted, ({ slack }) => slack) };
    });
  }
}

/** ⟨ȳ, ẏ⟩ for a ẏ by finite differences, and its slack. */
export function weigh(ybar: Float64Array, values: Float64Array, slack: Float64Array): { value: number; slack: number } {
  let value = 0;
  let total = 0;
  ybar.forEach((weight, n) => {
    if (weight === 0) return;
    value += weight * (values[n] as number);
    total += Math.abs(weight) * (slack[n] as number);
  });
  return { value, slack: total };
}

/** The direction that moves the n-th of all numbers that can move. */
export function unitDirection({ moving }: Subject, n: number): Direction {
  let rest = n;
  return moving.map(({ size }) => {
    const unit = rest >= 0 && rest < size ? unitVector(size, rest) : new Float64Array(size);
    rest -= size;
    return unit;
  });
}

/** The direction that moves one of the moving inputs alone. */
export function alone(direction: Direction, which: number): Direction {
  return direction.map((vector, k) => (k === which ? vector : new Float64Array(vector.length)));
}

/** The relative tolerances of a subject: against finite differences, and of what must be the same up to rounding. */
export function tolerances({ options, single }: Subject): { rtol: number; scaled: (expected: number) => number; exact: number } {
  const rtol = options.rtol ?? (single ? 1e-4 : 1e-6);
  return { rtol, scaled: (largest) => options.atol ?? (single ? 1e-5 : 1e-9) * largest, exact: single ? 2e-5 : 1e-11 };
}
