import { EntryLoop, type LoopBody, type LoopOperand } from "../../nd/index.js";
import { type EntryCall, type EntryFunction, type EntryLoops, mostOperands, targetOf } from "../entry-function.js";
import type { AnyFunction } from "../rule.js";
import { product, products, strong, total } from "./entry-text.js";
import { agreesAt, agreesEverywhere, type Numbers } from "./probes.js";
import { type Expression, Statements, written } from "./symbols.js";

type Floats = Float64Array | Float32Array;

/** A loop, and the variables that it reads behind its other operands: 0 is the result, then come operands and options. */
interface Reading {
  readonly loop: EntryLoop;
  readonly reads: readonly number[];
}

/**
 * The loops of an elementwise function for one count of operands and one choice of options: its values, its pullbacks and its pushforwards.
 * Each is made when it is first needed, from the partials written down once; a loop reads only what its partials use.
 */
export class EntryVariant implements EntryLoops {
  readonly count: number;
  readonly fields: readonly string[];
  private readonly of: EntryFunction & { readonly name: string };
  private readonly fixed: Readonly<Record<string, unknown>>;
  private readonly hasOptions: boolean;
  /** The partials; false where they cannot be written down, or are not what they say. */
  private expressions: readonly (Expression | number)[] | false | undefined = undefined;
  private numbers: Numbers | undefined = undefined;
  private turn = 0;
  private readonly values: EntryLoop;
  private readonly pullbacks: Map<number, Reading> = new Map();
  private readonly pushforwards: Map<number, EntryLoop> = new Map();
  private readonly columned: Map<number, Reading> = new Map();

  constructor(
    of: EntryFunction & { readonly name: string },
    count: number,
    fixed: Readonly<Record<string, unknown>>,
    fields: readonly string[],
    hasOptions: boolean,
  ) {
    this.of = of;
    this.count = count;
    this.fixed = fixed;
    this.fields = fields;
    this.hasOptions = hasOptions;
    this.values = new EntryLoop(() => ({ ...this.valueBody(1), operands: 1 + count + fields.length, adds: 0, statements: "", sums: true }));
  }

  /** The options with these numbers in them, as f and the partials get them after the operands: a list of one, or none. */
  options(numbers: readonly unknown[]): readonly unknown[] {
    if (!this.hasOptions) return [];
    const refuse = (): never => {
      throw new TypeError(`${this.of.name}: argument ${this.count + 1} is a record; a number or an array is needed`);
    };
    const options: Record<string | symbol, unknown> = { ...this.fixed, [Symbol.toPrimitive]: refuse };
    this.fields.forEach((field, k) => {
      options[field] = numbers[k];
    });
    return [options];
  }

  /** The value of f as the first result, from operands that stand from `first` on. */
  private valueBody(first: number): Pick<LoopBody, "name" | "results" | "before" | "known"> {
    const { count, fields, of } = this;
    const names = Array.from({ length: count }, (_, k) => `x${first + k}`);
    const numbers = fields.map((_, k) => `x${first + count + k}`).join(", ");
    if (this.hasOptions) names.push("given");
    return {
      name: of.name,
      results: [{ text: `value(${names.join(", ")})` }],
      before: this.hasOptions ? `const [given] = options([${numbers}]);` : "",
      known: { value: of.f, options: (list: readonly number[]) => this.options(list) },
    };
  }

  /** The partials, written down and found to be true at the probes; undefined where they are not. */
  get partials(): readonly (Expression | number)[] | undefined {
    if (this.expressions === undefined) {
      const { count, fields } = this;
      const run = this.of.partials as AnyFunction;
      const found = written(
        (variables) => run(...variables.slice(0, count + 1), ...this.options(variables.slice(count + 1))),
        1 + count + fields.length,
      );
      this.expressions = found?.length === count ? found : false;
    }
    return this.expressions === false ? undefined : this.expressions;
  }

  isTrue(call?: EntryCall): boolean {
    const { partials } = this;
    if (partials === undefined) return false;
    if (this.numbers === undefined) {
      const options = (call?.operands.slice(this.count) ?? []) as number[];
      this.numbers = { name: this.of.name, f: this.of.f as AnyFunction, partials: this.of.partials as AnyFunction, expressions: partials };
      if (!agreesEverywhere(this.numbers, this.count, this.options(options)[0], options)) this.expressions = false;
    }
    return this.expressions !== false;
  }

  agrees(call: EntryCall, y: Floats): boolean {
    if (this.of.exact) return true;
    const { size } = call;
    const options = this.hasOptions ? this.options(call.operands.slice(this.count))[0] : undefined;
    for (let n = size > 64 ? 2 : 1; n > 0 && size > 0 && this.expressions !== false; n--) {
      // Another entry each time, all over the array.
      const at = (this.turn++ * 7919) % size;
      if (!agreesAt(this.numbers as Numbers, call, y, at, this.count, options)) this.expressions = false;
    }
    return this.expressions !== false;
  }

  constant(k: number, call: EntryCall): number | undefined {
    const partial = this.partials?.[k];
    if (typeof partial !== "object") return partial;
    const operand = partial.variable > 0 ? call.operands[partial.variable - 1] : undefined;
    return typeof operand === "number" ? operand : undefined;
  }

  variable(k: number): number | undefined {
    const partial = this.partials?.[k];
    return typeof partial === "object" && partial.variable >= 0 ? partial.variable : undefined;
  }

  value(call: EntryCall, into: Floats): number | undefined {
    const { operands } = call;
    const out = { data: into, stride: call.stride, offset: 0 };
    if (operands.length === 1) return this.values.run(call.shape, [out, operands[0] as LoopOperand]);
    if (operands.length === 2) return this.values.run(call.shape, [out, operands[0] as LoopOperand, operands[1] as LoopOperand]);
    return this.values.run(call.shape, [out, ...operands]);
  }

  pullback(call: EntryCall, y: Floats, ybar: LoopOperand, targets: readonly LoopOperand[], into: number, adds: number): void {
    const key = into * 2 ** mostOperands + adds;
    const known = this.pullbacks.get(key) ?? keep(this.pullbacks, key, this.makePullback(into, targets.length, adds));
    const list: LoopOperand[] = targets.length === 1 ? [targets[0] as LoopOperand, ybar] : [...targets, ybar];
    read(list, known.reads, call, y);
    known.loop.run(call.shape, list);
  }

  pushforward(call: EntryCall, y: Floats, dy: Floats, moving: number, tangents: readonly LoopOperand[]): void {
    const known = this.pushforwards.get(moving) ?? keep(this.pushforwards, moving, this.makePushforward(moving));
    const { stride } = call;
    const list: LoopOperand[] = [{ data: y, stride, offset: 0 }, { data: dy, stride, offset: 0 }, ...call.operands, ...tangents];
    known.run(call.shape, list);
  }

  columns(call: EntryCall, y: Floats, columns: number, dy: Floats, moving: number, tangents: readonly LoopOperand[]): void {
    const known = this.columned.get(moving) ?? keep(this.columned, moving, this.makeColumns(moving));
    const list: LoopOperand[] = [{ data: dy, stride: [call.size, ...call.stride], offset: 0 }, ...tangents];
    const before = list.length;
    read(list, known.reads, call, y);
    for (let k = before; k < list.length; k++) {
      const x = list[k] as LoopOperand;
      if (typeof x !== "number") list[k] = { data: x.data, stride: [0, ...x.stride], offset: x.offset };
    }
    known.loop.run([columns, ...call.shape], list);
  }

  /** The partials of the operands that move. */
  private moving(moving: number): (Expression | number)[] {
    return (this.partials ?? []).filter((_, k) => (moving >> k) & 1);
  }

  private makePullback(into: number, targets: number, adds: number): Reading {
    const partials = (this.partials ?? []).flatMap((partial, k) => (targetOf(into, k) < 0 ? [] : [{ partial, target: targetOf(into, k) }]));
    const { statements, results, reads } = products(
      partials.map(({ partial }) => partial),
      targets + 1,
      () => `x${targets}`,
    );
    const sums = Array.from({ length: targets }, (_, j) => total(results.filter((_, k) => partials[k]?.target === j)));
    return { loop: this.loop("Pullback", { operands: targets + 1 + reads.length, results: sums, adds, statements }), reads };
  }

  private makeColumns(moving: number): Reading {
    const partials = this.moving(moving);
    const { statements, results, reads } = products(partials, 1 + partials.length, (j) => `x${1 + j}`);
    return {
      loop: this.loop("Columns", { operands: 1 + partials.length + reads.length, results: [total(results)], adds: 0, statements }),
      reads,
    };
  }

  private makePushforward(moving: number): EntryLoop {
    const partials = this.moving(moving);
    const operands = 2 + this.count + this.fields.length;
    const statements = new Statements((variable) => `x${variable === 0 ? 0 : variable + 1}`);
    const results = partials.map((partial, j) => product(statements, partial, `x${operands + j}`));
    const { known, ...value } = this.valueBody(2);
    const body: LoopBody = {
      ...value,
      name: `${this.of.name}Pushforward`,
      operands: operands + partials.length,
      results: [...value.results, total(results)],
      adds: 0,
      statements: statements.text,
      rereads: true,
      known: { ...known, ...statements.known, strong },
    };
    return new EntryLoop(() => body);
  }

  private loop(
    what: string,
    { statements, ...body }: Pick<LoopBody, "operands" | "results" | "adds"> & { readonly statements: Statements },
  ): EntryLoop {
    const whole = { ...body, name: `${this.of.name}${what}`, statements: statements.text, known: { ...statements.known, strong } };
    return new EntryLoop(() => whole);
  }
}

/** Adds what a loop reads: the result for variable 0, operands and options for all others. */
function read(list: LoopOperand[], reads: readonly number[], call: EntryCall, y: Floats): void {
  for (let k = 0; k < reads.length; k++) {
    const variable = reads[k] as number;
    list.push(variable === 0 ? { data: y, stride: call.stride, offset: 0 } : (call.operands[variable - 1] as LoopOperand));
  }
}

/** Keeps a value under its key, and returns it. */
function keep<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}
