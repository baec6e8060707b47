import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  derivative,
  exp,
  gradient,
  greater,
  hvp,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  scalarRule,
  sum,
  type Unary,
  where,
} from "../../../lib/index.js";
import { forbidCompiling } from "../../../lib/nd/loops/compiled.js";
import { warnings } from "../../helpers/warnings.js";

const points = [-2, -1, -0.5, 0, 0.25, 1, 3, 3.5, 40];

/** The slopes of f at some points: of numbers one by one, and of arrays in both modes. */
function slopesOf(f: Unary, at: readonly number[] = points): readonly (readonly number[])[] {
  const x = array([...at]);
  const ones = array(at.map(() => 1));
  const [, back] = pullback(f, x);
  return [
    at.map((t) => derivative(f, t) as number),
    [...(gradient((v) => sum(f(v)), x)[0] as NdArray).data],
    [...(back(ones)[0] as NdArray).data],
    [...(pushforward(f, [x], [ones])[1] as NdArray).data],
  ];
}

/** Asserts that all ways give these slopes, with and without code from text, and that as many warnings are said. */
function expectSlopes(make: () => Unary, slope: (x: number) => number, said: number): void {
  const wanted = points.map(slope);
  const f = make();
  const messages = warnings(() => {
    for (let k = 0; k < 3; k++) for (const slopes of slopesOf(f)) assert.equal(slopes, wanted);
    // One entry at a time, and lengths that the loops handle in other ways.
    points.forEach((x) => {
      for (const slopes of slopesOf(f, [x])) assert.equal(slopes, [slope(x)]);
    });
  });
  assert.is(messages.length, said, messages.join("\n"));
  for (const message of messages) assert.ok(message.startsWith(`${f.name}: at `), message);
  forbidCompiling(true);
  try {
    const silent = warnings(() => {
      for (const slopes of slopesOf(make())) assert.equal(slopes, wanted);
    });
    assert.equal(silent, []);
  } finally {
    forbidCompiling(false);
  }
}

/** x / 2, another function each time. */
const half = (): ((x: number) => number) => (x) => x / 2;

test("a partial that compares with === is found out at 0, and said once", () => {
  expectSlopes(
    () => scalarRule(half(), (_, x) => [x === 0 ? 0 : 0.5], { name: "compares" }),
    (x) => (x === 0 ? 0 : 0.5),
    1,
  );
});

test("a partial that compares with a number in its text is found out there", () => {
  expectSlopes(
    () => scalarRule(half(), (_, x) => [x === 3 ? 7 : 0.5], { name: "threes" }),
    (x) => (x === 3 ? 7 : 0.5),
    1,
  );
  expectSlopes(
    () => scalarRule(half(), (_, x) => [x === -0.25 || x === 4e1 ? 7 : 0.5], { name: "others" }),
    (x) => (x === 40 ? 7 : 0.5),
    1,
  );
});

test("a partial that takes its number for true or false is found out", () => {
  expectSlopes(
    () => scalarRule(half(), (_, x) => [x ? 0.5 : 9], { name: "truthy" }),
    (x) => (x === 0 ? 9 : 0.5),
    1,
  );
});

test("a partial that asks whether its number is one is found out", () => {
  const make = (): Unary => scalarRule(half(), (_, x) => [Number.isNaN(x as number) ? 8 : 0.5], { name: "asksNaN" });
  expectSlopes(make, () => 0.5, 1);
  const f = make();
  warnings(() => {
    for (const slopes of slopesOf(f, [1, Number.NaN])) assert.equal(slopes, [0.5, 8]);
  });
  expectSlopes(
    () => scalarRule(half(), (_, x) => [typeof x === "number" ? 0.5 : 4], { name: "asksKind" }),
    () => 0.5,
    1,
  );
});

test("a partial that compares by < is not written down: it runs on numbers, without a word", () => {
  expectSlopes(
    () => scalarRule(half(), (_, x) => [(x as number) < 1 ? 2 : 0.5], { name: "lesser" }),
    (x) => (x < 1 ? 2 : 0.5),
    0,
  );
});

test("a partial that reads a variable is found out when it changes, and said once", () => {
  let factor = 1;
  const f = scalarRule(
    (x: number): number => factor * x,
    () => [factor],
    { name: "variable" },
  );
  const g = scalarRule(
    (x: number): number => Math.exp(factor * x),
    (y) => [mul(factor, y)],
    { name: "exponent" },
  );
  const messages = warnings(() => {
    for (const value of [1, 2, 5, 1]) {
      factor = value;
      for (const slopes of slopesOf(f))
        assert.equal(
          slopes,
          points.map(() => value),
        );
      for (const slopes of slopesOf(g, [0, 1])) assert.equal(slopes, [value, value * Math.exp(value)]);
    }
  });
  assert.equal(
    messages.map((message) => message.slice(0, 8)),
    ["variable", "exponent"],
  );
});

test("a partial of two numbers that branches on one of them is found out", () => {
  const f = scalarRule(
    (x: number, y: number): number => x * y,
    (_, x, y) => [y, y === 2 ? 0 : x],
    { name: "second" },
  );
  const messages = warnings(() => {
    const [x, y] = [array([3, 4]), array([2, 5])];
    const [, ybar] = gradient((a, b) => sum(f(a, b)), x, y) as [NdArray, NdArray];
    assert.equal([...ybar.data], [0, 4]);
    const [, dy] = pushforward(f, [x, y], [array([0, 0]), array([1, 1])]) as [NdArray, NdArray];
    assert.equal([...dy.data], [0, 4]);
  });
  assert.is(messages.length, 1);
});

test("a partial that chooses by where and the comparisons is written down, in every order", () => {
  const f = scalarRule(
    (x: number): number => (x > 0 ? x * x : -x),
    (_, x) => [where(greater(x, 0), mul(2, x), -1)],
    { name: "chooses" },
  );
  assert.equal(
    warnings(() => {
      for (const slopes of slopesOf(f))
        assert.equal(
          slopes,
          points.map((x) => (x > 0 ? 2 * x : -1)),
        );
      const second = hvp((v) => sum(f(v)), array([-1, 0, 3]), array([1, 1, 1])) as NdArray;
      assert.equal([...second.data], [0, 0, 2]);
    }),
    [],
  );
});

interface Shape {
  readonly power?: number;
  readonly kind?: string;
  readonly negative?: boolean;
}

/** x to a power, or the exponential of that, with either sign. */
const shaped = scalarRule<(x: Scalar | NdArray, options?: Shape) => Scalar>(
  (x: number, { power = 1, kind = "plain", negative = false }: Shape = {}): number => {
    const y = kind === "exponential" ? Math.exp(power * x) : power * x;
    return negative ? -y : y;
  },
  (y: Scalar, x: Scalar, { power = 1, kind = "plain", negative = false }: Shape = {}) => [
    kind === "exponential" ? mul(power, y) : kind === "plain" || x === undefined ? mul(power, negative ? -1 : 1) : power,
  ],
  { name: "shaped" },
) as unknown as (x: unknown, options?: Shape) => Scalar;

test("a rule of a user's with numbers, strings and flags for options: loops for each choice, right in all modes", () => {
  const slope = (x: number, { power = 1, kind = "plain", negative = false }: Shape = {}): number =>
    (kind === "exponential" ? power * Math.exp(power * x) : power) * (negative ? -1 : 1);
  const choices: readonly (Shape | undefined)[] = [
    undefined,
    {},
    { power: 2 },
    { power: 3 },
    { kind: "exponential" },
    { power: 2, kind: "exponential" },
    { power: 0.5, kind: "exponential", negative: true },
    { negative: true, power: 4 },
  ];
  const at = [-1, 0, 0.5, 2];
  assert.equal(
    warnings(() => {
      for (const options of [...choices, ...choices]) {
        const f = ((x: Scalar) => (options === undefined ? shaped(x) : shaped(x, options))) as unknown as Unary;
        for (const slopes of slopesOf(f, at))
          assert.equal(
            slopes,
            at.map((x) => slope(x, options)),
          );
        const [second] = [hvp((v) => sum(f(v) as unknown as NdArray), array(at), array([1, 1, 1, 1])) as NdArray];
        const curve = (x: number): number => (options?.kind === "exponential" ? (options.power ?? 1) * slope(x, options) : 0);
        assert.equal([...second.data], at.map(curve));
      }
    }),
    [],
  );
});

test("more choices than have loops of their own are right as well", () => {
  const scaled = scalarRule<(x: unknown, options: { readonly unit: string }) => Scalar>(
    (x: number, { unit }: { readonly unit: string }): number => unit.length * Math.exp(x),
    (y: Scalar) => [y],
    { name: "scaled" },
  );
  assert.equal(
    warnings(() => {
      for (let k = 1; k <= 40; k++) {
        const f = ((x: Scalar) => scaled(x, { unit: "m".repeat(k) })) as unknown as Unary;
        for (const slopes of slopesOf(f, [0, 1])) assert.equal(slopes, [k, k * Math.E]);
      }
    }),
    [],
  );
});

test("options that hold arrays, lists or functions go the general way", () => {
  const weighted = scalarRule<(x: unknown, options: { readonly weights: readonly number[] }) => Scalar>(
    (x: number, { weights }: { readonly weights: readonly number[] }): number => (weights[0] as number) * Math.exp(x),
    (y: Scalar) => [y],
    { name: "weighted" },
  );
  const f = ((x: Scalar) => weighted(x, { weights: [3, 4] })) as unknown as Unary;
  for (const slopes of slopesOf(f, [0, 1])) assert.equal(slopes, [3, 3 * Math.E]);
});

test("what a rule's values are computed by is the kernel, where it has one", () => {
  const calls: string[] = [];
  const f = scalarRule(
    (x: number): number => {
      calls.push("f");
      return exp(x);
    },
    (y) => [y],
    {
      name: "kernelled",
      kernel: (x) => {
        calls.push("kernel");
        return Math.exp(x);
      },
    },
  );
  const y = f(array([0, 1]));
  assert.equal([...y.data], [1, Math.E]);
  assert.equal(calls, ["kernel", "kernel"]);
});

test("partials that are said to be exact are looked at once, not at every call", () => {
  let asked = 0;
  const make = (exact: boolean): Unary =>
    scalarRule(
      half(),
      () => {
        asked++;
        return [0.5];
      },
      { name: exact ? "exact" : "open", exact },
    );
  const arrayRuns = (f: Unary): number => {
    slopesOf(f);
    asked = 0;
    const x = array([...points]);
    for (let k = 0; k < 5; k++) gradient((v) => sum(f(v)), x);
    return asked;
  };
  assert.is(arrayRuns(make(true)), 0);
  assert.ok(arrayRuns(make(false)) > 0);
  // What is wrong at a probe is found out all the same.
  const wrong = scalarRule(half(), (_, x) => [x === 0 ? 9 : 0.5], { name: "wrong", exact: true });
  assert.is(
    warnings(() =>
      assert.equal(
        slopesOf(wrong)[1],
        points.map((x) => (x === 0 ? 9 : 0.5)),
      ),
    ).length,
    1,
  );
});

test.run();
