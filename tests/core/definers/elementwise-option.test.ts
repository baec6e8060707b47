import { test } from "uvu";
import * as assert from "uvu/assert";
import { EntryVariant } from "../../../lib/core/definers/entry-variant.js";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  defineRule,
  derivative,
  gradient,
  hvp,
  mul,
  type NdArray,
  NoTangent,
  nonDifferentiable,
  type Operand,
  optOut,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  square,
  sum,
  toNested,
} from "../../../lib/index.js";
import { forbidCompiling } from "../../../lib/nd/loops/compiled.js";
import { testRule } from "../../../lib/testing/index.js";
import { refused } from "../../helpers/refused.js";

/** How often loops gave values while `run` ran. */
function loopsIn(run: () => void): number {
  let count = 0;
  const { value } = EntryVariant.prototype;
  EntryVariant.prototype.value = function (...args) {
    count++;
    return value.apply(this, args);
  };
  try {
    run();
  } finally {
    EntryVariant.prototype.value = value;
  }
  return count;
}

/** x² + shift; no shift when it is null. */
const shifted = defineRule(
  (x: Operand, shift: Operand | null): Operand => (shift === null ? square(x) : add(square(x), shift)),
  {
    frule: ([, dx, dshift]: readonly Operand[], x, shift) => {
      const moved = mul(mul(2, x), dx as Operand);
      return [shift === null ? square(x) : add(square(x), shift), shift === null ? moved : add(moved, dshift as Operand)];
    },
    rrule: (x, shift) => [
      shift === null ? square(x) : add(square(x), shift),
      (ybar: Operand) => [NoTangent, mul(mul(2, x), ybar), shift === null ? NoTangent : ybar],
    ],
  },
  {
    name: "shifted",
    elementwise: {
      f: (x, shift) => x * x + shift,
      partials: (_: Scalar, x: Scalar) => [mul(2, x), 1],
      operands: ([x, shift]) => [x, shift ?? 0],
    },
  },
);

const x = array([1, -2, 3]);
const y = array([10, 20, 30]);

test("a rule by hand that says what it is on numbers runs by loops, in both modes and all orders", () => {
  const calls = loopsIn(() => {
    assert.equal(toNested(shifted(x, null) as NdArray), [1, 4, 9]);
    assert.equal(toNested(shifted(x, y) as NdArray), [11, 24, 39]);
    assert.equal(toNested(gradient((v) => sum(shifted(v, null) as AnyArray), x)[0]), [2, -4, 6]);
    const [xbar, ybar] = gradient((v, w) => sum(shifted(v, w) as AnyArray), x, y);
    assert.equal(
      [toNested(xbar), toNested(ybar)],
      [
        [2, -4, 6],
        [1, 1, 1],
      ],
    );
    const [, dy] = pushforward((v, w) => shifted(v, w) as AnyArray, [x, y], [x, y]);
    assert.equal(toNested(dy as NdArray), [12, 28, 48]);
    assert.equal(toNested(hvp((v) => sum(shifted(v, y) as AnyArray), x, x) as NdArray), [2, -4, 6]);
  });
  assert.ok(calls >= 4, `${calls} loops`);
  testRule(shifted, x, y);
  testRule(shifted, x, null);
  testRule(shifted, 3, 4);
  assert.equal(
    derivative((v) => shifted(v, null) as Scalar, 3),
    6,
  );
  assert.is((rrule(shifted, x, null) as readonly [NdArray, (ybar: NdArray) => unknown[]])[1](y)[2], NoTangent);
});

test("its halves serve where code from text is forbidden", () => {
  forbidCompiling(true);
  try {
    const calls = loopsIn(() => {
      assert.equal(toNested(shifted(x, y) as NdArray), [11, 24, 39]);
      assert.equal(toNested(gradient((v) => sum(shifted(v, null) as AnyArray), x)[0]), [2, -4, 6]);
    });
    assert.is(calls, 0);
  } finally {
    forbidCompiling(false);
  }
});

test("operands that cannot be made go the general way", () => {
  const picky = defineRule(
    (a: Operand, b: Operand): Operand => mul(a, b),
    { rrule: (a, b) => [mul(a, b), (ybar: Operand) => [NoTangent, mul(b, ybar), mul(a, ybar)]] },
    {
      name: "picky",
      elementwise: {
        f: (a, b) => a * b,
        partials: (_: Scalar, a: Scalar, b: Scalar) => [b, a],
        operands: (args) => (args[1] === 2 ? args : undefined),
      },
    },
  );
  const of = (b: number): readonly unknown[] => [
    toNested(picky(x, b) as NdArray),
    toNested(gradient((v) => sum(picky(v, b) as AnyArray), x)[0]),
  ];
  assert.equal(
    [of(2), of(3)],
    [
      [
        [2, -4, 6],
        [2, 2, 2],
      ],
      [
        [3, -6, 9],
        [3, 3, 3],
      ],
    ],
  );
});

test("an operand without kind leaves the result in single precision, and may be of integers", () => {
  const gated = defineRule(
    (gate: Operand, v: Operand): Operand => mul(gate, v),
    { rrule: (gate, v) => [mul(gate, v), (ybar: Operand) => [NoTangent, NoTangent, mul(gate, ybar)]] },
    {
      name: "gated",
      elementwise: { f: (gate, v) => gate * v, partials: (_: Scalar, gate: Scalar) => [0, gate], kindless: [0] },
    },
  );
  const single = array([1, 2], { dtype: "float32" });
  const gate = array([1, 0], { dtype: "uint8" });
  const [value, back] = pullback((v) => gated(gate, v) as AnyArray, single);
  const [vbar] = back(array([5, 5], { dtype: "float32" })) as [NdArray];
  assert.equal([value.dtype, [...(value as NdArray).data], vbar.dtype, [...vbar.data]], ["float32", [1, 0], "float32", [5, 0]]);
});

test("a function without derivative gives plain arrays of its kind, of traced arrays too", () => {
  let general = 0;
  const even = nonDifferentiable(
    (v: NdArray): NdArray => {
      general++;
      return array(
        [...v.data].map((entry) => Number(entry % 2 === 0)),
        { dtype: "uint8" },
      );
    },
    { name: "even", elementwise: { f: (entry) => Number(entry % 2 === 0), kind: "uint8" } },
  );
  const seen: unknown[] = [];
  const look = (v: AnyArray): Scalar => {
    const mask = (even as AnyFunction)(v) as NdArray;
    seen.push(mask.dtype, [...mask.data]);
    return sum(square(v));
  };
  gradient(look, x);
  pushforward(look, [x], [x]);
  hvp(look, x, x);
  for (let k = 0; k < seen.length; k += 2) assert.equal([seen[k], seen[k + 1]], ["uint8", [0, 1, 0]]);
  assert.is(general, 0);
  // Where it steps aside it is traced through as it is written.
  optOut(even, () => true);
  assert.throws(() => gradient(look, x));
});

refused([
  [
    () => nonDifferentiable((v: NdArray) => v, { name: "wrong", elementwise: { f: 3 as never } }),
    TypeError,
    "nonDifferentiable: elementwise of wrong is a record; give { f, partials } with f of numbers",
  ],
]);

test.run();
