import { NotTraceableError } from "./errors.js";
import { type AnyArray, KeptNumber, Level, TracedScalar } from "./level.js";
import type { Rule } from "./rule.js";

/** The plain number of a symbol: there is none. */
class Unknown extends KeptNumber {
  constructor() {
    super(Number.NaN);
    Object.defineProperty(this, "value", {
      get(): never {
        throw new NotTraceableError("a partial derivative branches on its plain numbers");
      },
    });
  }
}

const unknown = new Unknown();

/** An expression that stands for a number. */
export class Expression extends TracedScalar {
  override readonly level: Level;
  override readonly primal: never = unknown as never;
  /** The function and its arguments; for a variable, its number. */
  readonly rule: Rule | undefined;
  readonly f: ((...xs: number[]) => number) | undefined;
  readonly args: readonly (Expression | number)[];
  readonly variable: number;

  constructor(level: Level, rule: Rule | undefined, args: readonly (Expression | number)[], variable = -1) {
    super();
    this.level = level;
    this.rule = rule;
    this.f = rule?.entries?.f;
    this.args = args;
    this.variable = variable;
  }
}

/** Writes down what differentiable functions of numbers compute, instead of computing it. */
class Notation extends Level {
  override apply(rule: Rule, args: readonly unknown[]): Expression {
    const f = rule.entries?.f;
    if (f === undefined || !args.every((arg) => typeof arg === "number" || arg instanceof Expression)) throw beyond(rule.name);
    return new Expression(this, rule, args as (Expression | number)[]);
  }
  override unary(): never {
    throw beyond("a number");
  }
  override binary(): never {
    throw beyond("a number");
  }
  override total(): never {
    throw beyond("a sum");
  }
  override gather(): AnyArray {
    throw beyond("an array");
  }
}

function beyond(what: string): NotTraceableError {
  return new NotTraceableError(`${what} in a partial derivative is no function of numbers alone`);
}

/**
 * What a function makes of `count` numbers, written down; undefined where it branches on them, or uses more than functions of numbers.
 */
export function notated(f: (...xs: never[]) => unknown, count: number): readonly (Expression | number)[] | undefined {
  const level = new Notation(undefined);
  const variables = Array.from({ length: count }, (_, k) => new Expression(level, undefined, [], k));
  try {
    const results = f(...(variables as never[]));
    if (!Array.isArray(results) || !results.every((r) => typeof r === "number" || r instanceof Expression)) return undefined;
    return results as (Expression | number)[];
  } catch {
    return undefined;
  } finally {
    level.ended = true;
  }
}

/** Expressions as statements: the numbers of variables that they read, the functions that they call, and the text of each result. */
export class Statements {
  readonly functions: ((...xs: number[]) => number)[] = [];
  readonly reads: Set<number> = new Set();
  readonly lines: string[] = [];
  private readonly known: Map<Expression, string> = new Map();

  /** The text of an expression; `nameOf` gives that of a variable. */
  text(e: Expression | number, nameOf: (variable: number) => string): string {
    if (typeof e === "number") return Object.is(e, -0) ? "(-0)" : `(${e})`;
    if (e.f === undefined) {
      this.reads.add(e.variable);
      return nameOf(e.variable);
    }
    let name = this.known.get(e);
    if (name === undefined) {
      const args = e.args.map((arg) => this.text(arg, nameOf)).join(", ");
      let k = this.functions.indexOf(e.f);
      if (k < 0) k = this.functions.push(e.f) - 1;
      name = `t${this.known.size}`;
      this.known.set(e, name);
      this.lines.push(`const ${name} = f${k}(${args});`);
    }
    return name;
  }
}

/** The value of an expression. */
export function valueOf(e: Expression | number, variables: readonly number[]): number {
  if (typeof e === "number") return e;
  if (e.f === undefined) return variables[e.variable] as number;
  return e.f(...e.args.map((arg) => valueOf(arg, variables)));
}
