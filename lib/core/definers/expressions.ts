import type { EntryFunction } from "../entry-function.js";
import type { Operand } from "../level.js";
import type { Rule } from "../rule.js";
import { add, scale } from "../tangents/arithmetic.js";
import type { Expression } from "./symbols.js";

/** Expressions evaluated on numbers, arrays or symbols, with their derivatives; each node once. */
export class Evaluation {
  private readonly variables: readonly Operand[];
  private readonly values: Map<Expression, Operand> = new Map();

  /** @param variables what stands for variable 0, 1, … */
  constructor(variables: readonly Operand[]) {
    this.variables = variables;
  }

  value(e: Expression | number): Operand {
    if (typeof e === "number") return e;
    if (e.rule === undefined) return this.variables[e.variable] as Operand;
    let y = this.values.get(e);
    if (y === undefined) {
      y = (e.rule.differentiable as (...args: unknown[]) => Operand)(...this.arguments(e));
      this.values.set(e, y);
    }
    return y;
  }

  /** The arguments of a node as its function's operands: the answer to a comparison of numbers is 1 or 0 then. */
  private arguments(e: Expression): readonly unknown[] {
    const args = e.args.map((arg) => this.value(arg));
    return e.rule?.elementwise?.operands?.(args) ?? args;
  }

  /** ∂e/∂variable, by the chain rule. */
  derivative(e: Expression | number, variable: number): Operand {
    if (typeof e === "number") return 0;
    if (e.rule === undefined) return e.variable === variable ? 1 : 0;
    const { partials } = (e.rule as Rule).elementwise as EntryFunction;
    let total: Operand = 0;
    let slopes: readonly Operand[] | undefined;
    e.args.forEach((arg, k) => {
      const inner = this.derivative(arg, variable);
      if (inner === 0) return;
      slopes ??= (partials as (...args: unknown[]) => readonly Operand[])(this.value(e), ...this.arguments(e));
      const slope = slopes[k] as Operand;
      const term = inner === 1 ? slope : slope === 1 ? inner : scale(slope, inner);
      total = total === 0 ? term : add(total, term);
    });
    return total;
  }
}

/** The numbers of the variables in an expression, in the order in which they turn up. */
export function variablesOf(e: Expression | number, known: number[] = []): number[] {
  if (typeof e === "number") return known;
  if (e.rule !== undefined) for (const arg of e.args) variablesOf(arg, known);
  else if (!known.includes(e.variable)) known.push(e.variable);
  return known;
}
