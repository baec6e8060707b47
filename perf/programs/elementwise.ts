import { ruleOf } from "../../lib/core/index.js";
import { type AnyFunction, type NdArray, type Operand, sum, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import * as comparisons from "../../rules/elementwise/comparison.js";
import * as elementwise from "../../rules/elementwise/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";
import { type Formula, formulas, loopOf } from "../by-hand/elementwise/index.js";
import { type DerivedFormula, derivedFormula } from "../derived-formula.js";
import { drawn } from "../inputs.js";
import type { Program } from "../program.js";

type Elementwise = (...xs: readonly Operand[]) => Operand;
type Call = (f: Elementwise, ...xs: readonly Operand[]) => Operand;

const catalogue = { ...rules, ...special } as unknown as Readonly<Record<string, AnyFunction>>;

/** What works entry by entry and has slopes: the groups of such functions but for comparisons, and whatever else has the rule of one. */
export function elementwiseFunctions(): string[] {
  const groups = { ...elementwise, ...special };
  return Object.entries(catalogue).flatMap(([name, f]) => {
    const rule = typeof f === "function" ? ruleOf(f) : undefined;
    return rule !== undefined && ((name in groups && !(name in comparisons)) || rule.definer === "scalarRule") ? [name] : [];
  });
}

/** How the library's function is called where that is not with the operands alone. */
const calls: Readonly<Record<string, Call>> = {
  ldexp: (f, x) => f(x as Operand, 3),
  clip: (f, x) => f(x as Operand, -0.5, 1),
  "polygamma(2, x)": (f, x) => f(2, x as Operand),
  "leakyRelu {slope}": (f, x) => f(x as Operand, { slope: 0.2 } as never),
  "elu {alpha}": (f, x) => f(x as Operand, { alpha: 1.7 } as never),
  "gelu {approximate}": (f, x) => f(x as Operand, { approximate: "tanh" } as never),
  "add(x, 1)": (f, x) => f(x as Operand, 1),
  "sub(1, x)": (f, x) => f(1, x as Operand),
  "mul(x, 3)": (f, x) => f(x as Operand, 3),
  "div(1, x)": (f, x) => f(1, x as Operand),
  "pow(x, 2.5)": (f, x) => f(x as Operand, 2.5),
  "maximum(x, 0)": (f, x) => f(x as Operand, 0),
  "hypot(x, 1)": (f, x) => f(x as Operand, 1),
  "mul(x, x)": (f, x) => f(x as Operand, x as Operand),
  "add(x, x)": (f, x) => f(x as Operand, x as Operand),
};

/** The name of the library's function in the name of a formula. */
export function functionOf(name: string): string {
  return (/^\w+/.exec(name) as RegExpExecArray)[0];
}

/** Functions of Math that cost more than the loop around them. */
const dear = /Math\.(?:exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot|a?sinh?|a?cosh?|a?tanh?|atan2)\(| \*\* /g;

/** A function that calls such a one once has half the room: most of its time is spent there. */
function limitOf(f: AnyFunction, { value, first = "" }: Formula): number {
  const { name } = ruleOf(f)?.primal ?? {};
  const isOfMath = Reflect.get(Math, name ?? "") === ruleOf(f)?.primal && `Math.${name}(`.match(dear) !== null;
  return isOfMath || (`${first} ${value}`.match(dear) ?? []).length === 1 ? 1.5 : 3;
}

/** Functions of which one entry takes a microsecond or more: fewer entries tell as much. */
const slow: readonly string[] = ["beta", "lbeta", "trigamma", "polygamma(2, x)"];

const letters = ["x", "y", "z"];

function programOf(name: string, formula: Formula, most: number, call: Call = calls[name] ?? ((f, ...xs) => f(...xs))): Program {
  const n = slow.includes(name) ? most / 10 : most;
  const arrays = formula.on.map((domain, k) => drawn(domain, n, k + 1));
  const operands = arrays.map((data) => rowMajor(data, [n]));
  const hand = loopOf(name, formula);
  const f = catalogue[functionOf(name)] as unknown as Elementwise;
  const isMasked = formula.on[0] === "mask";
  const [mask, ...moving] = isMasked ? operands : [undefined, ...operands];
  const fixed = mask === undefined ? [] : [mask as NdArray];
  return {
    name: name.includes("(") ? name : name.replace(/^\w+/, (f) => `${f}(${letters.slice(0, formula.on.length).join(", ")})`),
    variants: {
      hand: () => hand(...arrays, ...(formula.statics ?? [])),
      rule: () => withGradient((...xs: Operand[]) => sum(call(f, ...fixed, ...xs) as NdArray), ...(moving as NdArray[])),
    },
    count: n,
    limit: limitOf(f as AnyFunction, formula),
    binds: true,
  };
}

/** Σ f over n entries, against the loop of f's own partials. */
export function derivedProgram(name: string, formula: DerivedFormula, n: number): Program {
  const program = programOf(name, formula, n, (f, ...xs) => f(...xs, ...formula.still));
  return { ...program, name: `${program.name}, against a loop of its partials` };
}

/** Σ f over n entries for all elementwise functions: against loops by hand, and where nobody wrote one, against that of the partials. */
export function elementwisePrograms(n: number): Program[] {
  const byHand = new Set(Object.keys(formulas).map(functionOf));
  const others = elementwiseFunctions().filter((name) => !byHand.has(name));
  const derived = others.map((name) => {
    const formula = derivedFormula(catalogue[name] as AnyFunction);
    if (formula === undefined) throw new Error(`${name} takes more than operands: write its formula in perf/by-hand/elementwise`);
    return derivedProgram(name, formula, n);
  });
  return [...Object.entries(formulas).map(([name, formula]) => programOf(name, formula, n)), ...derived];
}
