import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  broadcastTo,
  copy,
  defineRule,
  exp,
  gradient,
  hvp,
  inplaceable,
  matmul,
  max,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  type Scalar,
  similar,
  sin,
  sub,
  sum,
  thunk,
} from "../../lib/index.js";
import { addStrided, allClose, packed } from "../../lib/nd/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { decimals, layouts } from "../helpers/layouts.js";

const shape = [3, 4] as const;
const x = decimals(shape, 3);
const w = decimals(shape, 4);
const v = decimals(shape, 5);

/** A function that meets an array in every kind of operation: elementwise, matrix, reduction, view, entry, written copy. */
function meeting(a: AnyArray, b: AnyArray): AnyArray {
  const y = mul(sin(a), b);
  const z = similar(a);
  for (let i = 0; i < 3; i++) for (let j = 0; j < 4; j++) z.set(i, 3 - j, mul(a.get(2 - i, j), b.get(i, j)));
  const row = broadcastTo(max(b, { axis: 0 }) as AnyArray, shape);
  return add(
    add(y, sub(z.step(-1, 1), matmul<NdArray>(matmul<NdArray>(a, b.transpose(1, 0)), exp(mul(0.1, a))))),
    add(row, a.step(-1, -1)),
  );
}

const close = (got: unknown, expected: unknown, who: string): void => assertClose(got, expected, { rtol: 1e-12, atol: 1e-10 }, who);

const f = (a: AnyArray, b: AnyArray): Scalar => sum(mul(meeting(a, b), v));

test("arguments of every layout have one value, one gradient, one Hessian product", () => {
  const expected = [gradient(f, x, w), hvp((a: AnyArray) => f(a, w), x, v), pushforward(meeting, [x, w], [v, w])];
  for (const [name, lay] of Object.entries(layouts)) {
    const [a, b, direction] = [lay(x), lay(w), lay(v)];
    const kept = packed(a);
    close([gradient(f, a, b), hvp((c: AnyArray) => f(c, b), a, direction), pushforward(meeting, [a, b], [direction, b])], expected, name);
    assert.ok(allClose(a, kept, { rtol: 0, atol: 0 }), `${name}: the argument was written to`);
  }
});

test("seeds of pullbacks and tangents of pushforwards may have every layout, and are left as they are", () => {
  const [, back] = pullback(meeting, x, w);
  const expected = [back(v), pushforward(meeting, [x, w], [v, x])[1]];
  for (const [name, lay] of Object.entries(layouts)) {
    const [seed, tangent] = [lay(v), lay(x)];
    close([back(seed), pushforward(meeting, [x, w], [seed, tangent])[1]], expected, name);
    assert.ok(allClose(seed, v, { rtol: 0, atol: 0 }) && allClose(tangent, x, { rtol: 0, atol: 0 }), name);
  }
});

test("seeds of the argument itself: the gradient does not share their memory", () => {
  for (const [name, lay] of Object.entries(layouts)) {
    const seed = lay(v);
    const [g] = pullback((a: AnyArray) => a, x)[1](seed);
    (g as NdArray).set(0, 0, 1234);
    assert.ok(allClose(seed, v, { rtol: 0, atol: 0 }), name);
  }
});

/** x w by a rule whose values, tangents and cotangents all have one layout. */
const laidOut = (lay: (y: NdArray) => NdArray): ((a: AnyArray, b: AnyArray) => AnyArray) =>
  defineRule((a: NdArray, b: NdArray): NdArray => lay(mul(a, b)), {
    frule: ([, da, db], a, b) => [lay(mul(a, b)), lay(add(mul(da, b), mul(a, db)))],
    rrule: (a, b) => [lay(mul(a, b)), (ybar: NdArray) => [NoTangent, lay(mul(ybar, b)), lay(mul(ybar, a))]],
  }) as (a: AnyArray, b: AnyArray) => AnyArray;

test("rules may return values, tangents and cotangents of every layout", () => {
  const through = (rule: (a: AnyArray, b: AnyArray) => AnyArray) => (a: AnyArray, b: AnyArray) => {
    const y = rule(a, b);
    return add(add(sin(y), rule(y, a)), add(rule(a.step(-1, 1), b), a));
  };
  const plain = through(mul);
  const expected = [pullback(plain, x, w)[1](v), pushforward(plain, [x, w], [v, x])];
  for (const [name, lay] of Object.entries(layouts)) {
    const program = through(laidOut(lay));
    close([pullback(program, x, w)[1](v), pushforward(program, [x, w], [v, x])], expected, name);
  }
});

/** 2 x, whose cotangent adds itself in place. */
let addedInPlace = 0;
const twice = defineRule((a: NdArray): NdArray => mul(a, 2), {
  rrule: (a) => [
    mul(a, 2),
    (ybar: NdArray) => {
      const xbar = mul(ybar, 2);
      const add = (to: NdArray): void => {
        addedInPlace++;
        addStrided(to.data, to.stride, to.offset, xbar.data, xbar.stride, xbar.offset, to.shape);
      };
      return [NoTangent, inplaceable(add, () => xbar)];
    },
  ],
}) as unknown as (a: AnyArray) => AnyArray;

test("an inplaceable adds itself to the view that was given: reversed, stepped, transposed, a part", () => {
  const views: Record<string, (a: AnyArray) => AnyArray> = {
    itself: (a) => a,
    reversed: (a) => a.step(-1, -1),
    transposed: (a) => a.transpose(1, 0),
    stepped: (a) => a.step(2, 3),
    part: (a) => a.lo(1, 1).hi(2, 2),
    row: (a) => a.pick(1),
    "reversed column": (a) => a.pick(null, 2).step(-1),
  };
  for (const [name, view] of Object.entries(views)) {
    const before = addedInPlace;
    const program =
      (double: (a: AnyArray) => AnyArray) =>
      (a: AnyArray): Scalar =>
        add(sum(mul(double(view(a)), view(w))), add(sum(double(view(a))), sum(mul(a, v))));
    const expected = gradient(
      program((a) => mul(a, 2)),
      x,
    );
    close(gradient(program(twice), x), expected, name);
    assert.is(addedInPlace, before + 2, name);
  }
});

test("an inplaceable whose target was gathered from entries gives its value", () => {
  const f = (double: (a: AnyArray) => AnyArray) => (a: AnyArray) => {
    const y = similar(a);
    for (let i = 0; i < 3; i++) for (let j = 0; j < 4; j++) y.set(i, j, a.get(2 - i, j));
    return sum(mul(double(y.step(-1, 1)), w));
  };
  const before = addedInPlace;
  close(
    gradient(f(twice), x),
    gradient(
      f((a) => mul(a, 2)),
      x,
    ),
    "gathered",
  );
  assert.is(addedInPlace, before);
});

test("thunks of views: the value is read when it is needed", () => {
  const late = defineRule((a: NdArray): NdArray => copy(a), {
    rrule: (a) => [copy(a), (ybar: NdArray) => [NoTangent, thunk(() => layouts["with negative steps"]?.(ybar))]],
  }) as unknown as (a: AnyArray) => AnyArray;
  close(gradient((a) => sum(mul(late(mul(a, 2)), v)), x)[0], mul(v, 2), "thunk");
});

test("values are set from and into views of every kind", () => {
  const into: Record<string, (y: AnyArray) => AnyArray> = {
    itself: (y) => y,
    reversed: (y) => y.step(-1, -1),
    "transposed twice": (y) => y.transpose(1, 0).transpose(1, 0),
    "a part of a larger array": (y) => y,
  };
  for (const [name, view] of Object.entries(into)) {
    const f = (a: AnyArray): Scalar => {
      const large = similar(a, name.startsWith("a part") ? [8, 9] : shape);
      const y = view(name.startsWith("a part") ? large.lo(1, 1).step(2, 2).hi(3, 4) : large);
      for (let i = 0; i < 3; i++) for (let j = 0; j < 4; j++) y.set(i, j, sin(a.get(i, j)));
      return add(sum(mul(y, v)), sum(mul(large, large)));
    };
    close(
      gradient(f, x),
      gradient((a) => add(sum(mul(sin(a), v)), sum(mul(sin(a), sin(a)))), x),
      name,
    );
  }
});

test.run();
