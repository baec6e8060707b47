import { canCompile } from "../nd/index.js";
import type { EntryFunction } from "./entry-function.js";
import { EntryVariant } from "./entry-variant.js";
import type { AnyFunction } from "./rule.js";

/** How many choices of strings and flags have loops of their own; more go the general way. */
const LARGEST = 16;

/** An elementwise function with its loops, one set for each count of operands and each choice of options. */
export class Entrywise implements EntryFunction {
  readonly name: string;
  readonly f: AnyFunction;
  readonly partials: AnyFunction;
  private readonly takes: (count: number, hasOptions: boolean) => boolean;
  private plain: EntryVariant | undefined = undefined;
  private readonly variants: Map<string, EntryVariant> = new Map();

  /**
   * @param f        numbers first, at most one record of options last
   * @param partials (y, x, …, options) => [∂y/∂x, …], written in differentiable functions
   * @param takes    whether f takes that many operands
   */
  constructor(name: string, f: AnyFunction, partials: AnyFunction, takes: (count: number, hasOptions: boolean) => boolean) {
    this.name = name;
    this.f = f;
    this.partials = partials;
    this.takes = takes;
  }

  loopsFor(count: number, options: unknown): EntryVariant | undefined {
    if (!canCompile()) return undefined;
    if (options === undefined) {
      const { plain } = this;
      if (plain?.count === count) return plain;
      this.plain = this.variant(count, {}, [], undefined);
      return this.plain;
    }
    if (typeof options !== "object" || options === null || Object.getPrototypeOf(options) !== Object.prototype) return undefined;
    const fields: string[] = [];
    const fixed: Record<string, unknown> = {};
    for (const name of Object.keys(options as object)) {
      const value = (options as Record<string, unknown>)[name];
      if (typeof value === "number") fields.push(name);
      else if (typeof value === "object" || typeof value === "function") return undefined;
      else fixed[name] = value;
    }
    return this.variant(count, fixed, fields.sort(), options);
  }

  private variant(
    count: number,
    fixed: Readonly<Record<string, unknown>>,
    fields: readonly string[],
    options: unknown,
  ): EntryVariant | undefined {
    const kind = Object.entries(fixed).map(([name, value]) => `${name}:${typeof value}:${String(value)}`);
    const key = [count, options === undefined ? "" : "{}", ...kind.sort(), ...fields].join("|");
    let known = this.variants.get(key);
    if (known === undefined && this.variants.size < LARGEST && this.takes(count, options !== undefined)) {
      known = new EntryVariant(this, count, fixed, fields, options !== undefined);
      this.variants.set(key, known);
    }
    return known;
  }
}
