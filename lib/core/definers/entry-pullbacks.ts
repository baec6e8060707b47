import { compile } from "../../nd/index.js";
import type { Variadic } from "../calls/elementwise.js";
import type { EntryPullback } from "../calls/ways-back.js";
import type { Operand } from "../level.js";
import type { Rule } from "../rule.js";
import { scale } from "../tangents/arithmetic.js";
import { EntryVariant } from "./entry-variant.js";
import { Evaluation, variablesOf } from "./expressions.js";
import { scalarRule } from "./scalar-rule.js";
import { type Expression, Statements } from "./symbols.js";

const known: WeakMap<EntryVariant, readonly (EntryPullback | undefined)[]> = new WeakMap();

/** The pullbacks of an elementwise rule, as `entryPullbacks` says. */
export function writtenPullbacks(rule: Rule, count: number): readonly (EntryPullback | undefined)[] | undefined {
  const loops = rule.elementwise?.loopsFor(count, undefined);
  if (!(loops instanceof EntryVariant) || !loops.isTrue()) return undefined;
  let pullbacks = known.get(loops);
  if (pullbacks === undefined) {
    pullbacks = (loops.partials ?? []).map((partial, k) => pullbackOf(`${rule.name}Pullback${k + 1}`, partial));
    known.set(loops, pullbacks);
  }
  return pullbacks;
}

function pullbackOf(name: string, partial: Expression | number): EntryPullback | undefined {
  if (partial === 0) return undefined;
  if (partial === 1) return (ybar) => ybar;
  if (typeof partial === "number") return (ybar) => scale(partial, ybar);
  const reads = variablesOf(partial);
  const back = scalarRule<Variadic>(
    productOf(name, partial, reads),
    (_: Operand, ybar: Operand, ...xs: Operand[]) => {
      const variables: Operand[] = [];
      reads.forEach((variable, j) => {
        variables[variable] = xs[j] as Operand;
      });
      const at = new Evaluation(variables);
      return [at.value(partial), ...reads.map((variable) => times(at.derivative(partial, variable), ybar))] as never;
    },
    { name, exact: true },
  );
  return (ybar, y, operands) => back(ybar, ...reads.map((variable) => (variable === 0 ? y : (operands[variable - 1] as Operand))));
}

function times(slope: Operand, ybar: Operand): Operand {
  return slope === 0 ? 0 : slope === 1 ? ybar : scale(slope, ybar);
}

/** (ȳ, …reads) => the strong product of an expression and ȳ. */
function productOf(name: string, e: Expression, reads: readonly number[]): (...xs: number[]) => number {
  const statements = new Statements((variable) => `x${reads.indexOf(variable)}`);
  const p = statements.add(e);
  const parameters = ["seed", ...reads.map((_, k) => `x${k}`)].join(", ");
  const text = `return (${parameters}) => { ${statements.text} return seed === 0 || ${p} === 0 ? 0 : ${p} * seed; };`;
  return compile(name, statements.known, text) as (...xs: number[]) => number;
}
