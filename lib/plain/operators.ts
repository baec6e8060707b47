import { add, div, mul, neg, pow, rem, sub } from "../../rules/index.js";
import { primal, type Scalar, TracedScalar } from "../core/index.js";
import { isArrayView, isScalar, plain } from "./still.js";

export { add, div, mul, neg, pow, rem, sub } from "../../rules/index.js";

/** An operand of an operator that may be anything: a number, or what JavaScript makes a number of. */
function operand(x: unknown, operator: string, cure: string): Scalar {
  if (isScalar(x)) return x;
  if (typeof x !== "object" || x === null) return typeof x === "bigint" ? (x as never) : Number(x);
  if (isArrayView(x)) throw new TypeError(`${operator}: an operand is an array, arrays are no numbers; write ${cure}(x, y)`);
  if (Array.isArray(x)) throw new TypeError(`${operator}: an operand is a list; compute with its entries`);
  return Number(x);
}

type Operator = (a: unknown, b: unknown) => unknown;

const onValues =
  (f: (a: Scalar, b: Scalar) => Scalar, operator: string, cure: string, raw: Operator): Operator =>
  (a, b) => {
    if (isScalar(a) && isScalar(b)) return f(a, b);
    if (a instanceof TracedScalar || b instanceof TracedScalar) return f(operand(a, operator, cure), operand(b, operator, cure));
    if (typeof a === "bigint" || typeof b === "bigint") return raw(a, b);
    return raw(operand(a, operator, cure), operand(b, operator, cure));
  };

/** `a + b` of anything: a sum of numbers, or a text of primals. */
export function addValues(a: unknown, b: unknown): unknown {
  if (isScalar(a) && isScalar(b)) return add(a, b);
  if (a instanceof TracedScalar || b instanceof TracedScalar) {
    if (typeof a === "string" || typeof b === "string") return `${plain(a) as string}${plain(b) as string}`;
    return add(operand(a, "+", "add"), operand(b, "+", "add"));
  }
  for (const x of [a, b]) if (typeof x === "object" && x !== null && isArrayView(x)) operand(x, "+", "add");
  return (primal(a) as string) + (primal(b) as string);
}

/** `a - b` of anything: of numbers and what JavaScript makes numbers of, or of bigints. */
export const subValues: Operator = /* @__PURE__ */ onValues(sub, "-", "sub", (a, b) => (a as number) - (b as number));
/** `a * b` of anything: of numbers and what JavaScript makes numbers of, or of bigints. */
export const mulValues: Operator = /* @__PURE__ */ onValues(mul, "*", "mul", (a, b) => (a as number) * (b as number));
/** `a / b` of anything: of numbers and what JavaScript makes numbers of, or of bigints. */
export const divValues: Operator = /* @__PURE__ */ onValues(div, "/", "div", (a, b) => (a as number) / (b as number));
/** `a % b` of anything: of numbers and what JavaScript makes numbers of, or of bigints. */
export const remValues: Operator = /* @__PURE__ */ onValues(rem, "%", "rem", (a, b) => (a as number) % (b as number));
/** `a ** b` of anything: of numbers and what JavaScript makes numbers of, or of bigints. */
export const powValues: Operator = /* @__PURE__ */ onValues(pow, "**", "pow", (a, b) => (a as number) ** (b as number));

/** `-x` of anything. */
export function negValues(x: unknown): unknown {
  if (isScalar(x)) return neg(x);
  return typeof x === "bigint" ? -x : -operand(x, "-", "neg");
}

/** `+x`, `Number(x)` */
export const toNumber = (x?: unknown): Scalar => (x instanceof TracedScalar ? x : x === undefined ? Number.NaN : Number(x));

/** `a && b`, where a is computed once. */
export const and = (a: unknown, b: () => unknown): unknown => (plain(a) ? b() : a);

/** `a || b`, where a is computed once. */
export const or = (a: unknown, b: () => unknown): unknown => (plain(a) ? a : b());

/** The value before a step, `i++`. */
export const first = <T>(before: T, _after: unknown): T => before;

/** `a?.…`, where a is computed once. */
export const chain = <T, U>(a: T, rest: (a: NonNullable<T>) => U): U | undefined => (a === undefined || a === null ? undefined : rest(a));

/** An operand of a bitwise operator. */
export function whole<T>(x: T, operator: string, where: string): T {
  if (!(x instanceof TracedScalar)) return x;
  throw new TypeError(
    `${where}: an operand of ${operator} moves, and ${operator} has no derivative; declare it as int, or write primal(x)`,
  );
}
