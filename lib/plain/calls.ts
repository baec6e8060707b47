import { type AnyFunction, hasRule, isTracedFloats, levelOf, primal, ruleOf, TracedScalar } from "../core/index.js";
import { entriesOf } from "./float-list.js";
import { isListMethod, listMethod } from "./list-methods.js";
import { isMarked, rewritten } from "./marked.js";
import { toNumber } from "./operators.js";
import { areStill, isArrayView, isStill, plain } from "./still.js";

/** Built-in functions that only pass values on. docs/plain-typescript.md publishes the list. */
const passing: ReadonlySet<unknown> = /* @__PURE__ */ (() =>
  new Set<unknown>([
    ...[Array, Array.from, Array.of, Array.isArray, Object, Object.keys, Object.values, Object.entries, Object.fromEntries, Object.assign],
    ...[Object.freeze, Object.seal, Object.hasOwn, Object.create, Object.getPrototypeOf, Reflect.has, Reflect.ownKeys],
  ]))();

/** Those of them that go through the entries of a float array. */
const walking: ReadonlySet<unknown> = /* @__PURE__ */ (() => new Set<unknown>([Object.keys, Object.values, Object.entries]))();

const listed = (x: unknown): unknown => (isTracedFloats(x) ? [...entriesOf(x)] : x);

/** Built-in functions that ask for plain values: they get primals. */
const asking: ReadonlySet<unknown> = /* @__PURE__ */ (() =>
  new Set<unknown>([
    ...[
      Boolean,
      String,
      Reflect.get(globalThis, "isNaN"),
      Reflect.get(globalThis, "isFinite"),
      parseFloat,
      parseInt,
      Number.isNaN,
      Number.isFinite,
      Number.isInteger,
      Number.isSafeInteger,
    ],
    ...[Number.parseFloat, Number.parseInt, Object.is, JSON.stringify],
  ]))();

function refused(where: string, name: string): TypeError {
  return new TypeError(
    `${where}: ${name} is given a number that moves, and it is neither marked nor has it a rule, so its operators would lose the derivative; ` +
      'begin its body with "use grad", make it with differentiable(…), give it a rule with defineRule, or pass primal(x)',
  );
}

/** A call of a function that nothing was known of when the program was built. */
export function call(where: string, name: string, f: unknown, ...args: unknown[]): unknown {
  return callOn(undefined, where, name, f, args);
}

function callOn(self: unknown, where: string, name: string, f: unknown, args: unknown[]): unknown {
  if (typeof f !== "function") throw new TypeError(`${where}: ${name} is not a function`);
  if (isMarked(f as AnyFunction) || areStill(args)) return Reflect.apply(f, self, args);
  const rule = ruleOf(f as AnyFunction);
  if (rule !== undefined) return rule.differentiable(...args);
  if (walking.has(f)) return Reflect.apply(f, self, args.map(listed));
  if (hasRule(f as AnyFunction) || levelOf(f) !== undefined || passing.has(f)) return Reflect.apply(f, self, args);
  if (f === Number) return toNumber(args[0]);
  if (asking.has(f)) return Reflect.apply(f, self, args.map(primal));
  throw refused(where, name);
}

/** A function on its way to someone who calls it: looked at when it is called. */
export function guard(f: unknown, where: string): unknown {
  if (typeof f !== "function" || isMarked(f as AnyFunction)) return f;
  const count = ruleOf(f as AnyFunction)?.primal.length || Number.POSITIVE_INFINITY;
  return (...args: unknown[]) => callOn(undefined, where, f.name || "the function", f, args.slice(0, count));
}

/** A function with a rule as a list calls it: without the index and the list that it has no parameters for. */
export function ofOne(f: AnyFunction): AnyFunction {
  const count = ruleOf(f)?.primal.length ?? 0;
  if (count === 0) return f;
  return count === 1 ? (x: unknown) => f(x) : (...args: unknown[]) => f(...args.slice(0, count));
}

/** A call of a method of anything. */
export function callMethod(where: string, object: unknown, name: string | number, ...args: unknown[]): unknown {
  if (object === undefined || object === null) throw new TypeError(`${where}: ${name} of ${object}`);
  if (isListMethod(object, name)) return listMethod(where, object, String(name), args);
  const f = (object as Record<string | number, unknown>)[name];
  if (object instanceof TracedScalar || typeof object === "number") {
    const number = Number(plain(object));
    return Reflect.apply((number as unknown as Record<string, AnyFunction>)[name] as AnyFunction, number, args.map(plain));
  }
  if (typeof object === "string" && typeof f === "function") return Reflect.apply(f, object, args.map(plain));
  if (typeof object === "object" && isArrayView(object) && typeof f === "function")
    return Reflect.apply(f, object, indices(where, name, args));
  if (object instanceof Map || object instanceof WeakMap || object instanceof Set)
    return callCollection(where, object, String(name), f, args);
  if (typeof object === "function" && isOwnCall(f, name)) return callFunction(where, object as AnyFunction, String(name), args);
  return callOn(object, where, String(name), f, args);
}

/** Whether a method of a function is that which all functions have: call, apply or bind. */
const isOwnCall = (f: unknown, name: string | number): boolean =>
  /^(?:call|apply|bind)$/.test(String(name)) && f === (Function.prototype as unknown as Record<string | number, unknown>)[name];

/** `f.call(self, x)`, `f.apply(self, [x])`, `f.bind(self, x)`: f is looked at, not what calls it. */
function callFunction(where: string, f: AnyFunction, name: string, [self, ...args]: unknown[]): unknown {
  const on = (given: unknown[]): unknown => callOn(self, where, f.name || "the function", f, given);
  if (name === "bind") return rewritten((...more: unknown[]) => on([...args, ...more]));
  return on(name === "call" ? args : Array.from((args[0] ?? []) as ArrayLike<unknown>));
}

/** The arguments of a method of arrays: all are indices, but for the value that `set` is given last. */
function indices(where: string, name: string | number, args: unknown[]): unknown[] {
  const count = name === "set" ? args.length - 1 : args.length;
  for (let k = 0; k < count; k++)
    if (args[k] instanceof TracedScalar)
      throw new TypeError(`${where}: an index of ${name} moves, and indices are plain; declare it as int, or write primal(i)`);
  return args;
}

function callCollection(where: string, object: object, name: string, f: unknown, args: unknown[]): unknown {
  const asks = name !== "forEach" && args.length > 0;
  if (asks && !isStill(args[0]) && !isTracedFloats(args[0]))
    throw new TypeError(`${where}: ${name} tells values apart by identity, numbers that move are objects; give it primal(x)`);
  if (typeof f !== "function") throw new TypeError(`${where}: ${name} is not a function`);
  return Reflect.apply(f, object, args);
}
