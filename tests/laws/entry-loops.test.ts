import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PlainOperand } from "../../lib/core/calls/elementwise.js";
import { EntryVariant } from "../../lib/core/definers/entry-variant.js";
import type { AnyFunction, EntryLoops } from "../../lib/core/index.js";
import { gradient, jacobian, mul, pullback, pushforward, type Scalar, sum } from "../../lib/index.js";
import { isFloating, isNdArray, type NdArray, packedData, rowMajor } from "../../lib/nd/index.js";
import { forbidCompiling } from "../../lib/nd/loops/compiled.js";
import { seeded } from "../helpers/random.js";
import { warnings } from "../helpers/warnings.js";
import { type Case, cases, entriesOf, options } from "./entry-cases.js";
import { entry, type Operands, ofKinds, ofLayouts, ofLengths, ofShapes } from "./entry-operands.js";
import { byNumbers, differences, terms } from "./entry-oracle.js";

/** Operands that must be numbers: the number, by place. */
const numbersOnly: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  ldexp: { 1: -3 },
  polygamma: { 0: 2 },
};

const loopsOf = ({ rule, count, rest }: Case): EntryLoops | undefined => entriesOf(rule).loopsFor(count, rest[0]);

test("the catalogue has its elementwise functions, each with loops", () => {
  assert.ok(cases.length > 90, `${cases.length} cases`);
  for (const name of Object.keys(options)) assert.ok(cases.some((one) => one.f.name === name));
  assert.equal(
    cases.filter((one) => loopsOf(one) === undefined).map(({ name }) => name),
    [],
  );
});

const flat = (x: unknown): number[] => (typeof x === "number" ? [x] : [...packedData(x as NdArray, "float64")]);
const sizeOf = (x: PlainOperand): number => (typeof x === "number" ? 1 : x.size);
const isSingle = (x: PlainOperand): boolean => isNdArray(x) && x.dtype === "float32";
const laidOut = (numbers: readonly number[], x: PlainOperand): PlainOperand =>
  typeof x === "number" ? (numbers[0] as number) : rowMajor(isSingle(x) ? Float32Array.from(numbers) : Float64Array.from(numbers), x.shape);
const moves = (x: PlainOperand): boolean => typeof x === "number" || isFloating(x.dtype);

const drawnLike = (x: PlainOperand, seed: number): number[] => {
  const random = seeded(seed);
  return Array.from({ length: sizeOf(x) }, () => (isSingle(x) ? Math.fround(entry(random)) : entry(random)));
};

/** What the engines make of a call, held against the partials run on numbers. */
function disagreements({ f, rule, rest }: Case, given: readonly PlainOperand[]): string[] {
  const fixed = numbersOnly[rule.name] ?? {};
  const operands = given.map((x, k) => fixed[k] ?? x);
  const call = (...xs: readonly unknown[]): NdArray => f(...xs, ...rest) as NdArray;
  const y = call(...operands);
  if (!isNdArray(y)) return [];
  const still = rule.definer === "nonDifferentiable";
  const moving = operands.flatMap((x, k) => (moves(x) && fixed[k] === undefined && !still ? [k] : []));
  const ybar = drawnLike(y, 61);
  const tangents = operands.map((x, k) => (moving.includes(k) ? drawnLike(x, 71 + k) : undefined));
  const expected = byNumbers(entriesOf(rule), operands, rest, y, ybar, tangents);
  const found: string[] = [];
  const look = (what: string, got: unknown, wanted: Parameters<typeof differences>[1], like: PlainOperand): void => {
    found.push(...differences(flat(got), wanted, isSingle(like)).map((line) => `${what} ${line}`));
  };
  look("value", y, terms(expected.y), y);
  if (still || moving.length === 0) return found;
  const kindless = operands.map((_, k) => (entriesOf(rule).kindless >> k) & 1);
  const within = (xs: readonly unknown[]): unknown[] => operands.map((x, k) => (moving.includes(k) ? xs[moving.indexOf(k)] : x));
  const whole = (...xs: unknown[]): NdArray => call(...within(xs));
  const inputs = moving.map((k) => operands[k]) as never[];

  const [value, back] = pullback(whole as never, ...inputs) as [NdArray, (ybar: unknown) => unknown[]];
  look("value of the pullback", value, terms(expected.y), y);
  back(laidOut(ybar, y)).forEach((xbar, j) => {
    const k = moving[j] as number;
    look(`cotangent ${k + 1}`, xbar, expected.xbars[k] ?? [], operands[k] as PlainOperand);
  });
  const uniform = byNumbers(entriesOf(rule), operands, rest, y, new Array<number>(y.size).fill(-3), tangents);
  const tripled = gradient(((...xs: unknown[]) => mul(-3, sum(whole(...xs)) as Scalar)) as never, ...inputs) as unknown[];
  tripled.forEach((xbar, j) => {
    const k = moving[j] as number;
    look(`cotangent ${k + 1} of one number`, xbar, uniform.xbars[k] ?? [], operands[k] as PlainOperand);
  });
  const nothing = gradient(((...xs: unknown[]) => mul(0, sum(whole(...xs)) as Scalar)) as never, ...inputs) as unknown[];
  for (const xbar of nothing) if (flat(xbar).some((x) => x !== 0)) found.push("a cotangent of 0 gives more than 0");

  const directions = moving.map((k) => laidOut(tangents[k] as number[], operands[k] as PlainOperand));
  const dy = pushforward(whole as never, inputs as never, directions as never)[1] as unknown;
  look("tangent", isNdArray(dy) ? dy : laidOut(new Array<number>(y.size).fill(0), y), expected.dy, y);

  if (y.size > 9 || y.size === 0 || given.some((x) => isNdArray(x) && x.size > 9)) return found;
  for (const k of moving) {
    const x = operands[k] as PlainOperand;
    if (!isNdArray(x) || kindless[k] === 1) continue;
    const alone = (one: unknown): NdArray => call(...operands.map((other, j) => (j === k ? one : other)));
    const j = jacobian(alone as never, x as never, { mode: "forward" }) as NdArray;
    const columns: number[] = [];
    const unit = (n: number): number[] => Array.from({ length: x.size }, (_, i) => (i === n ? 1 : 0));
    const wanted = Array.from({ length: x.size }, (_, n) => {
      const seeds = operands.map((_, i) => (i === k ? unit(n) : undefined));
      return byNumbers(entriesOf(rule), operands, rest, y, ybar, seeds).dy;
    });
    for (let i = 0; i < y.size; i++) for (let n = 0; n < x.size; n++) columns.push(wanted[n]?.[i]?.value ?? Number.NaN);
    look(`columns of ${k + 1}`, j, terms(columns), y);
  }
  return found;
}

/** Runs something, and says how often loops ran. */
function countingLoops(run: () => void): number {
  let calls = 0;
  const prototype = EntryVariant.prototype as unknown as Record<string, AnyFunction>;
  const kept = ["value", "pullback", "pushforward", "columns"].map((method) => [method, prototype[method] as AnyFunction] as const);
  for (const [method, loop] of kept) {
    prototype[method] = function (this: unknown, ...args: unknown[]) {
      calls++;
      return loop.apply(this, args);
    };
  }
  try {
    run();
  } finally {
    for (const [method, loop] of kept) prototype[method] = loop;
  }
  return calls;
}

function check(one: Case, operands: Iterable<Operands>): void {
  for (const [what, xs] of operands) {
    assert.equal(disagreements(one, xs), [], `${one.name}: ${what}`);
  }
}

function* everything(count: number): Generator<Operands> {
  yield* ofLengths(count);
  yield* ofKinds(count);
  yield* ofLayouts(count);
  yield* ofShapes(count);
}

for (const one of cases) {
  test(`${one.name}: loops over all kinds, layouts and shapes give what its partials give on numbers`, () => {
    let said: string[] = [];
    const calls = countingLoops(() => {
      said = warnings(() => check(one, everything(one.count)));
    });
    assert.equal(said, []);
    assert.ok(calls > 50, `${calls} loops ran`);
  });

  test(`${one.name}: so do the loops that remain where code from text is forbidden`, () => {
    forbidCompiling(true);
    try {
      const calls = countingLoops(() => {
        check(one, ofKinds(one.count));
        check(one, ofShapes(one.count));
      });
      assert.is(calls, 0);
    } finally {
      forbidCompiling(false);
    }
  });
}

test.run();
