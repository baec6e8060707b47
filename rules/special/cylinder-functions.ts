import { type Binary, scalarRule, type Unary } from "../../lib/core/index.js";
import { add, mul, sub } from "../elementwise/field.js";

/**
 * Σ (s x²/4)ᵏ (x/2)ⁿ / (k! (n + k)!), which is Jₙ(x) for the sign s = −1 (good near 0, where it does not cancel) and Iₙ(x) for s = 1.
 * Source: Abramowitz & Stegun, 9.1.10 and 9.6.10.
 */
export function cylinderSeries(n: number, x: number, sign: 1 | -1): number {
  let term = 1;
  for (let k = 1; k <= n; k++) term *= x / 2 / k;
  let sum = term;
  for (let k = 1; ; k++) {
    term *= (sign * x * x) / (4 * k * (n + k));
    if (sum + term === sum) return sum;
    sum += term;
  }
}

/** What makes a family of cylinder functions Cₙ. */
export interface Cylinder {
  readonly name: string;
  readonly zeroth: (x: number) => number;
  readonly first: (x: number) => number;
  /** Cₙ for n ≥ 2. */
  readonly at: (n: number, x: number) => number;
  /** C₁′ = C₀ − C₁/x with y = C₁(x) at hand, which comes with x and does not count as an operand that moves. */
  readonly slopeOfFirst: (y: number, x: number) => number;
  /** s in C₀′ = s C₁. */
  readonly sign: 1 | -1;
}

/** A family Cₙ with C₀′ = s C₁ and Cₙ′ = (Cₙ₋₁ + s Cₙ₊₁) / 2, s = ±1. Source: Abramowitz & Stegun, 9.1.27 and 9.6.26. */
export function cylinderFunctions({ name, zeroth, first, at, slopeOfFirst, sign }: Cylinder): (n: number) => Unary {
  const plus = sign === 1 ? add : sub;
  const slope: Binary = scalarRule(slopeOfFirst, (_, __, x) => [0, plus(mul(0.25, member(3)(x)), mul(0.75, member(1)(x)))], {
    name: `slopeOf${name}1`,
  });
  const family: Unary[] = [
    scalarRule(zeroth, (_, x) => [mul(sign, member(1)(x))], { name: `${name}0` }),
    scalarRule(first, (y, x) => [slope(y, x)], { name: `${name}1` }),
  ];
  const member = (n: number): Unary => {
    family[n] ??= scalarRule(
      (x: number): number => at(n, x),
      (_, x) => [plus(mul(0.5, member(n - 1)(x)), mul(0.5, member(n + 1)(x)))],
      { name: `${name}${n}` },
    );
    return family[n];
  };
  return member;
}
