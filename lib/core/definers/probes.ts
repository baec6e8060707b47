import { compile, type LoopOperand } from "../../nd/index.js";
import type { EntryCall } from "../entry-function.js";
import type { AnyFunction } from "../rule.js";
import { type Expression, Statements } from "./symbols.js";

// Partials are written down once, by running them on symbols. A symbol cannot see every branch: `x === 0`, truthiness, `Number.isNaN(x)`
// pass it by, and a variable that changes is written down as it is. So what was written down is held against the partials run on numbers.

/** The partials of an elementwise function, both ways. */
export interface Numbers {
  readonly name: string;
  readonly f: AnyFunction;
  readonly partials: AnyFunction;
  readonly expressions: readonly (Expression | number)[];
  /** What was written down as a function of y, the operands and the options that are numbers. */
  evaluate?: ((variables: readonly number[]) => readonly number[]) | undefined;
}

function evaluatorOf(numbers: Numbers): (variables: readonly number[]) => readonly number[] {
  if (numbers.evaluate === undefined) {
    const statements = new Statements((variable) => `v[${variable}]`);
    const results = numbers.expressions.map((e) => statements.add(e));
    const text = `return (v) => { ${statements.text} return [${results.join(", ")}]; };`;
    numbers.evaluate = compile(`${numbers.name}Partials`, statements.known, text) as (variables: readonly number[]) => readonly number[];
  }
  return numbers.evaluate;
}

const edges = [0, -0, 0.5, -0.5, 1, -1, 2, -2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];

/** Numbers that stand in the text of a function: what it compares with. */
function literalsIn(f: AnyFunction): number[] {
  const found = Function.prototype.toString.call(f).match(/\d+\.?\d*(?:e[+-]?\d+)?/gi) ?? [];
  const numbers = found.slice(0, 16).map(Number);
  return [...new Set(numbers.flatMap((x) => [x, -x]))].filter((x) => Number.isFinite(x) && !edges.includes(x));
}

/** Whether what was written down equals the partials at ±0, ±½, ±1, ±2, ±∞, NaN and the numbers in their text; if not, it is said once. */
export function agreesEverywhere(numbers: Numbers, count: number, options: unknown, optionNumbers: readonly number[]): boolean {
  const probes = [...edges, ...literalsIn(numbers.partials)];
  for (const xs of points(probes, count)) {
    if (agreesFor(numbers, xs, options, optionNumbers)) continue;
    return disagreement(numbers.name, xs);
  }
  return true;
}

/** How many combinations are looked at: a few milliseconds, once for each function. */
const MOST = 4096;

/** All combinations of up to three probes, of fewer where there are many; operands beyond take turns. */
function* points(probes: readonly number[], count: number): Generator<number[]> {
  let free = Math.min(count, 3);
  while (free > 1 && probes.length ** free > MOST) free--;
  const total = probes.length ** free;
  for (let first = 0; first < Math.max(1, count - free + 1); first++) {
    for (let n = 0; n < total; n++) {
      const xs = new Array<number>(count).fill(0.5);
      for (let k = 0, rest = n; k < free; k++, rest = Math.floor(rest / probes.length))
        xs[first + k] = probes[rest % probes.length] as number;
      yield xs;
    }
  }
}

function agreesFor(numbers: Numbers, xs: readonly number[], options: unknown, optionNumbers: readonly number[]): boolean {
  const rest = options === undefined ? [] : [options];
  let y: number;
  try {
    y = numbers.f(...xs, ...rest) as number;
  } catch {
    return true; // f has no value there
  }
  return equal(numbers.partials(y, ...xs, ...rest) as readonly unknown[], evaluatorOf(numbers)([y, ...xs, ...optionNumbers]));
}

/** Whether what was written down equals the partials run on the numbers at one place of a call. */
export function agreesAt(numbers: Numbers, call: EntryCall, y: ArrayLike<number>, at: number, count: number, options: unknown): boolean {
  const { operands, shape } = call;
  const variables = new Array<number>(1 + operands.length);
  variables[0] = y[at] as number;
  for (let k = 0; k < operands.length; k++) variables[1 + k] = entryAt(operands[k] as LoopOperand, shape, at);
  const [value, first, second] = variables as [number, number, number];
  let slopes: readonly unknown[];
  if (options !== undefined) slopes = numbers.partials(...variables.slice(0, count + 1), options) as readonly unknown[];
  else if (count === 1) slopes = numbers.partials(value, first) as readonly unknown[];
  else if (count === 2) slopes = numbers.partials(value, first, second) as readonly unknown[];
  else slopes = numbers.partials(...variables) as readonly unknown[];
  return equal(slopes, evaluatorOf(numbers)(variables)) || disagreement(numbers.name, variables.slice(1, count + 1));
}

function entryAt(operand: LoopOperand, shape: readonly number[], at: number): number {
  if (typeof operand === "number") return operand;
  const { data, stride, offset } = operand;
  let position = offset;
  for (let axis = shape.length - 1, rest = at; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    position += (rest % extent) * (stride[axis] as number);
    rest = Math.floor(rest / extent);
  }
  return data[position] as number;
}

function equal(slopes: readonly unknown[], expected: readonly number[]): boolean {
  if (slopes.length !== expected.length) return false;
  for (let k = 0; k < expected.length; k++) {
    const [a, b] = [slopes[k] as number, expected[k] as number];
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (!(Math.abs(a - b) <= 1e-13 * Math.max(Math.abs(a), Math.abs(b)))) return false;
  }
  return true;
}

function disagreement(name: string, xs: readonly number[]): false {
  console.warn(
    `${name}: at ${xs.join(", ")} its partials differ from what they are on symbols, so arrays take the slow way. ` +
      "They branch on their numbers, or read a variable that changes: write branches with where(…), and pass what changes as an option",
  );
  return false;
}
