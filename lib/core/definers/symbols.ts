import { NotTraceableError } from "../errors.js";
import { BareLevel, KeptNumber, type Level, TracedScalar } from "../level.js";
import type { AnyFunction, Rule } from "../rule.js";

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

/** A number that is not known yet: a variable, or an elementwise function of others. Expressions that are alike are one object. */
export class Expression extends TracedScalar {
  override readonly level: Level;
  override readonly primal: never = unknown as never;
  /** The function; undefined for a variable. */
  readonly rule: Rule | undefined;
  readonly args: readonly (Expression | number)[];
  /** The number of a variable, −1 for all else. */
  readonly variable: number;

  constructor(level: Level, rule: Rule | undefined, args: readonly (Expression | number)[], variable = -1) {
    super();
    this.level = level;
    this.rule = rule;
    this.args = args;
    this.variable = variable;
  }
}

/** Writes down what differentiable functions of numbers compute, instead of computing it. */
class Notation extends BareLevel {
  private readonly known: Expression[] = [];

  override apply(rule: Rule, args: readonly unknown[]): Expression {
    const { elementwise } = rule;
    const numbers = elementwise?.operands === undefined ? args : elementwise.operands(args);
    if (elementwise === undefined || !numbers?.every((arg) => typeof arg === "number" || arg instanceof Expression))
      throw new NotTraceableError(`${rule.name} in a partial derivative is no function of numbers alone`);
    const operands = numbers as readonly (Expression | number)[];
    const same = (e: Expression): boolean =>
      e.rule === rule && e.args.length === operands.length && e.args.every((arg, k) => Object.is(arg, operands[k]));
    let expression = this.known.find(same);
    if (expression === undefined) {
      expression = new Expression(this, rule, operands);
      this.known.push(expression);
    }
    return expression;
  }
}

/**
 * What a function makes of `count` numbers, written down; undefined where it branches on them, or uses more than elementwise functions.
 * @param f gets the variables, of which it makes its arguments
 */
export function written(f: (variables: readonly Expression[]) => unknown, count: number): readonly (Expression | number)[] | undefined {
  const level = new Notation(undefined);
  const variables = Array.from({ length: count }, (_, k) => new Expression(level, undefined, [], k));
  try {
    const results = f(variables);
    if (!Array.isArray(results) || !results.every((r) => typeof r === "number" || r instanceof Expression)) return undefined;
    return results as (Expression | number)[];
  } catch {
    return undefined;
  } finally {
    level.ended = true;
  }
}

/** Expressions as text: statements, and the functions that they call. */
export class Statements {
  readonly known: Record<string, AnyFunction> = {};
  private readonly lines: string[] = [];
  private readonly names: Map<Expression, string> = new Map();
  private readonly nameOf: (variable: number) => string;

  /** @param nameOf the text of a variable */
  constructor(nameOf: (variable: number) => string) {
    this.nameOf = nameOf;
  }

  get text(): string {
    return this.lines.join(" ");
  }

  /** The text of an expression, whose statements are added where they are not there yet. */
  add(e: Expression | number): string {
    if (typeof e === "number") return literal(e);
    if (e.rule?.elementwise === undefined) return this.nameOf(e.variable);
    let name = this.names.get(e);
    if (name === undefined) {
      const args = e.args.map((arg) => this.add(arg)).join(", ");
      name = `t${this.names.size}`;
      this.names.set(e, name);
      this.lines.push(`const ${name} = ${this.call(e.rule.elementwise.f)}(${args});`);
    }
    return name;
  }

  /** The name of a function. */
  call(f: AnyFunction): string {
    const names = Object.keys(this.known);
    let name = names.find((each) => this.known[each] === f);
    if (name === undefined) {
      name = `f${names.length}`;
      this.known[name] = f;
    }
    return name;
  }
}

/** A number as text. */
export function literal(x: number): string {
  return Object.is(x, -0) ? "(-0)" : `(${x})`;
}
