import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  gradient,
  hessian,
  hvp,
  jacobian,
  mul,
  type NdArray,
  type Scalar,
  sum,
  toNested,
} from "../../lib/index.js";

const modes = ["forward", "reverse", "auto"] as const;
const nested = (x: unknown): unknown => toNested(x as NdArray);

test("jacobian and hessian nest inside gradient, derivative and each other", () => {
  const x = array([1, 2]);
  const cubes = (a: AnyArray): Scalar => sum(mul(mul(a, a), a));
  for (const mode of modes) {
    const [g] = gradient((a: AnyArray) => sum(jacobian((b: AnyArray) => mul(b, mul(b, b)), a, { mode }) as AnyArray), x);
    assert.equal(nested(g), [6, 12]);
    const [t] = gradient((a: AnyArray) => sum(hessian(cubes, a, { mode }) as AnyArray), x);
    assert.equal(nested(t), [6, 6]);
    assert.is(
      derivative((s) => sum(mul(hessian(cubes, mul(s, x), { mode }) as AnyArray, 1)), 3),
      18,
    );
    const third = jacobian((a: AnyArray) => hessian(cubes, a, { mode }) as AnyArray, x, { mode }) as NdArray;
    assert.equal([third.shape, third.get(0, 0, 0), third.get(1, 1, 1), third.get(0, 1, 1)], [[2, 2, 2], 6, 6, 0]);
  }
});

test("they close over outer traced values: the mixed derivative", () => {
  for (const mode of modes) {
    const [g] = gradient((c: Scalar) => sum(jacobian((a: AnyArray) => mul(mul(c, c), mul(a, a)), array([1, 2]), { mode }) as AnyArray), 3);
    assert.is(g, 2 * 3 * (2 + 4));
    assert.is(
      derivative((c) => hessian((t: Scalar) => mul(mul(c, c), mul(t, t)), 5, { mode }) as Scalar, 3),
      12,
    );
  }
  assert.is(
    derivative((c) => hvp((t: Scalar) => mul(mul(c, t), mul(t, t)), 5, 1) as Scalar, 3),
    30,
  );
});

test.run();
