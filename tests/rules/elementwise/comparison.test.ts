import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  derivative,
  equal,
  gradient,
  greater,
  greaterEqual,
  less,
  lessEqual,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  rrule,
  type Scalar,
  sub,
  toNested,
  where,
} from "../../../lib/index.js";

const comparisons = [
  { f: less, at: [true, false, false] },
  { f: greater, at: [false, false, true] },
  { f: lessEqual, at: [true, true, false] },
  { f: greaterEqual, at: [false, true, true] },
  { f: equal, at: [false, true, false] },
];

for (const { f, at } of comparisons) {
  const bits = at.map(Number);

  test(`${f.name}: numbers give booleans`, () => {
    assert.equal([f(1, 2), f(2, 2), f(3, 2)], at);
  });

  test(`${f.name}: NaN compares with nothing, and 0 is −0`, () => {
    assert.equal([f(NaN, 1), f(1, NaN), f(NaN, NaN), f(0, -0)], [false, false, false, f(2, 2)]);
  });

  test(`${f.name}: arrays give a Uint8Array of 0 and 1, with broadcasting`, () => {
    const x = array([1, 2, 3]);
    const y = f(x, 2);
    assert.instance(y.data, Uint8Array);
    assert.equal([[...y.shape], [...y.data]], [[3], bits]);
    assert.equal(toNested(f(2, x.step(-1))), bits);
    assert.equal(toNested(f(array([[1], [3]]), x)), [toNested(f(1, x)), toNested(f(3, x))]);
    assert.equal(f(array(1), array(2)).dimension, 0);
  });

  test(`${f.name}: traced operands compare by their values, under both engines and nested`, () => {
    const seen: unknown[] = [];
    const look = (x: Scalar): Scalar => {
      seen.push(f(x, 2), f(2, x), f(x, x));
      return mul(x, x);
    };
    const wanted = [f(1, 2), f(2, 1), f(1, 1)];
    derivative(look, 1);
    gradient(look, 1);
    derivative((x) => derivative(look, x), 1);
    gradient((x) => derivative(look, x), 1);
    assert.equal(seen, [...wanted, ...wanted, ...wanted, ...wanted]);
  });

  test(`${f.name}: traced arrays give plain masks`, () => {
    const x = array([1, 2, 3]);
    const [, back] = pullback((v) => {
      const mask = f(v, 2);
      assert.instance(mask.data, Uint8Array);
      return where(mask, mul(v, 10), v);
    }, x);
    const [xbar] = back(array([1, 1, 1])) as [NdArray];
    assert.equal(
      [...xbar.data],
      bits.map((bit) => (bit === 1 ? 10 : 1)),
    );
  });

  test(`${f.name}: no derivative`, () => {
    const [y, back] = rrule(f, 1, 2) as readonly [boolean, (ybar: unknown) => readonly unknown[]];
    assert.equal([y, back(NoTangent)[0]], [f(1, 2), NoTangent]);
    assert.equal(
      gradient((x) => sub(x, where(f(x, 2), 3, 4)), 1),
      [1],
    );
  });

  test(`${f.name}: an operand of the wrong kind, and shapes that do not fit, are errors`, () => {
    const text = "1" as unknown as number;
    const message = (k: number): string => `${f.name}: argument ${k} is a string; a number or an array is needed`;
    assert.throws(
      () => f(text, 1),
      (error: Error) => error instanceof TypeError && error.message === message(1),
    );
    assert.throws(
      () => f(array([1]), text),
      (error: Error) => error instanceof TypeError && error.message === message(2),
    );
    const misfit = `${f.name}: shapes [2] and [3] do not broadcast`;
    assert.throws(
      () => f(array([1, 2]), array([1, 2, 3])),
      (error: Error) => error instanceof RangeError && error.message.startsWith(misfit),
    );
  });
}

test.run();
