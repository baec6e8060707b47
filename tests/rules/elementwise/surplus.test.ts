import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  clip,
  frule,
  gelu,
  gradient,
  hypot,
  leakyRelu,
  type NdArray,
  pushforward,
  relu,
  rrule,
  ruleOf,
  type Scalar,
  scalarRule,
  sin,
  sum,
  tan,
  where,
} from "../../../lib/index.js";
import { sectionsOf } from "../../rules-page/sections.js";

/** How many operands elementwise functions take that do not take as many as their value on numbers has parameters. */
const counts: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "add sub mul div scale pow mod rem atan2 maximum minimum copysign ldexp xlogy logaddexp".split(" ").map((f) => [f, 2]),
  ),
  ...Object.fromEntries("less greater lessEqual greaterEqual equal beta lbeta f1".split(" ").map((f) => [f, 2])),
  ...Object.fromEntries("fma clip where".split(" ").map((f) => [f, 3])),
};

const withOptions = ["leakyRelu", "elu", "gelu"];
const sections = await sectionsOf(["elementwise", "special", "lab"]);
const countOf = (f: AnyFunction): number =>
  counts[f.name] ?? (withOptions.includes(f.name) ? 1 : Math.max(1, ruleOf(f)?.elementwise?.f.length ?? 1));
/** Not functions of any number of operands, of a whole number first, or without a value at ½. */
const elementwise = sections
  .flatMap(({ group, names }) => names.map((name) => group[name] as AnyFunction))
  .filter((f) => ruleOf(f)?.elementwise !== undefined && !["hypot", "acosh", "polygamma", "log1mexp"].includes(f.name));
const half = array([0.5, 0.25]);

test("there are elementwise functions", () => {
  assert.ok(elementwise.length > 80, String(elementwise.length));
});

for (const f of elementwise) {
  const count = countOf(f);
  const operands = (x: unknown): unknown[] => Array.from({ length: count }, (_, k) => (f.name === "ldexp" && k === 1 ? 2 : x));

  test(`${f.name} takes ${count} of what comes, and no more`, () => {
    const refused = (run: () => unknown, kind: string): void => {
      assert.throws(
        run,
        (error: Error) =>
          error instanceof TypeError &&
          error.message.startsWith(
            withOptions.includes(f.name) ? f.name : `${f.name}: argument ${count + 1} is ${kind}, but it takes ${count}; `,
          ),
      );
    };
    refused(() => f(...operands(0.5), 2), "a number");
    refused(() => f(...operands(0.5), 2, 3, 4), "a number");
    refused(() => f(...operands(half), half), "an array of shape [2]");
    refused(() => f(...operands(0.5), 1, [3, 4]), "a number");
    refused(() => gradient((x) => f(...operands(x), x), 0.5), "a traced number");
    refused(() => gradient((x) => sum(f(...operands(x), x) as NdArray), half), "an array of shape [2]");
    refused(() => pushforward((x) => f(...operands(x), 2), [0.5], [1]), "a number");
    refused(() => rrule(f, ...operands(0.5), 2), "a number");
    refused(() => frule([0, 1], f, ...operands(0.5), 2), "a number");
    assert.equal(f(...operands(0.5), undefined), f(...operands(0.5)));
  });

  test(`${f.name} takes what list methods put behind`, () => {
    const behind = [1, [9, 0.5, 7]];
    if (f.name === "ldexp") behind[1] = [9, 2];
    assert.equal(f(...operands(0.5), ...behind), f(...operands(0.5)));
    assert.equal(f(...operands(half), 0, [f.name === "ldexp" ? 2 : half]), f(...operands(half)));
    const slopes = (more: (x: unknown) => unknown[]): unknown => {
      try {
        return gradient((x) => f(...operands(x), ...more(x)) as Scalar, 0.5);
      } catch (error) {
        return (error as Error).message; // comparisons give no number
      }
    };
    assert.equal(
      slopes((x) => [1, [0, f.name === "ldexp" ? 2 : x]]),
      slopes(() => []),
    );
  });
}

test("list methods: map and reduce, of numbers, arrays and traced ones", () => {
  const xs = [0.5, 2, 3];
  assert.equal(xs.map(sin as AnyFunction), xs.map(Math.sin));
  assert.equal(xs.map(tan as AnyFunction), xs.map(Math.tan));
  assert.equal(xs.map(leakyRelu as AnyFunction), xs);
  assert.equal(
    xs.map(gelu as AnyFunction),
    xs.map((x) => gelu(x)),
  );
  assert.equal(Float32Array.of(-1, 2).map(relu as AnyFunction), Float32Array.of(0, 2));
  assert.is(xs.reduce(add as AnyFunction), 5.5);
  assert.is(xs.reduceRight(add as AnyFunction, 1), 6.5);
  assert.is([3, 4].reduce(hypot as AnyFunction), 5);
  assert.equal([3, -4].map(hypot as AnyFunction), [3, 4]);
  assert.equal([Number.NaN].map(sin as AnyFunction), [Number.NaN]);
  assert.equal(
    gradient((a, b) => [a, b, a].reduce(add as AnyFunction), 1, 2),
    [2, 1],
  );
  assert.equal(
    gradient((x) => sum([x, x, x].reduce(add as AnyFunction) as AnyArray), half),
    [array([3, 3])],
  );
  const [, slope] = pushforward((x) => ([x, 2] as Scalar[]).map(sin as AnyFunction).reduce(add as AnyFunction), [0.5], [1]);
  assert.is(slope, Math.cos(0.5));
});

test("what list methods pass to functions of more operands is not taken for operands", () => {
  assert.throws(() => [1, 2].map(add as AnyFunction), /add: argument 3 is a list of length 2, but it takes 2/);
  assert.throws(() => [1, 2].map(where as AnyFunction), /where: argument 3 is a list/);
  assert.throws(() => [1, 2].map(clip as AnyFunction), /clip: argument 3 is a list/);
  // Without its list an index might be an operand.
  assert.throws(() => Array.from([1, 2], sin as AnyFunction), /sin: argument 2 is a number, but it takes 1; .* \(x\) => sin\(x\)/);
});

test("rules of users are the same", () => {
  const cube = scalarRule(
    (x: number): number => x ** 3,
    (_, x) => [3 * (x as number) ** 2],
    { name: "cube" },
  );
  assert.throws(() => (cube as AnyFunction)(2, 3), /cube: argument 2 is a number, but it takes 1/);
  assert.equal([1, 2].map(cube as AnyFunction), [1, 8]);
});

test("written out or not, a function tells how many operands it takes", () => {
  assert.equal([add.length, sin.length, where.length], [2, 1, 3]);
});

test.run();
