import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  cast,
  cos,
  gradient,
  hessian,
  hvp,
  jacobian,
  mul,
  type NdArray,
  NoTangent,
  type Operand,
  type Scalar,
  similar,
  sin,
  sum,
  TangentError,
  toNested,
  vhp,
  zeros,
} from "../lib/index.js";
import { allClose, isNdArray, rowMajor } from "../lib/nd/index.js";
import { fails } from "./helpers/fails.js";
import { seeded } from "./helpers/random.js";

const modes = ["forward", "reverse", "auto"] as const;
const nested = (x: unknown): unknown => (isNdArray(x) ? toNested(x as NdArray) : x);
const random = seeded(3);
const draw = (...shape: number[]): NdArray =>
  rowMajor(
    Float64Array.from({ length: shape.reduce((n, k) => n * k, 1) }, () => random() - 0.5),
    shape,
  );

for (const mode of modes) {
  test(`jacobian, ${mode}: the axes of the output, then those of the input`, () => {
    const x = array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const f = (a: AnyArray): AnyArray => mul(a.pick(0), a.pick(1)).lo(1);
    const j = jacobian(f, x, { mode }) as NdArray;
    assert.equal(j.shape, [2, 2, 3]);
    assert.equal(nested(j), [
      [
        [0, 5, 0],
        [0, 2, 0],
      ],
      [
        [0, 0, 6],
        [0, 0, 3],
      ],
    ]);
  });

  test(`jacobian, ${mode}: a number has no axes, as input or output`, () => {
    assert.is(
      jacobian((x: Scalar) => mul(x, x), 3, { mode }),
      6,
    );
    assert.equal(nested(jacobian((x: Scalar) => mul(x, array([1, 2])), 3, { mode })), [1, 2]);
    assert.equal(nested(jacobian((a: AnyArray) => sum(mul(a, a)), array([1, 2]), { mode })), [2, 4]);
  });

  test(`jacobian, ${mode}: views, float32, constants, zero-dimensional and empty arrays`, () => {
    const view = array([
      [1, 2],
      [3, 4],
    ]).transpose(1, 0);
    // y = (x₀₁, x₀₀)
    assert.equal(nested(jacobian((a: AnyArray) => a.pick(0).step(-1), view, { mode })), [
      [
        [0, 1],
        [0, 0],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ]);
    assert.is((jacobian((a: AnyArray) => mul(a, 2), array([1, 2], { dtype: "float32" }), { mode }) as NdArray).dtype, "float32");
    assert.equal(nested(jacobian((_: AnyArray) => array([5, 6]), array([1, 2]), { mode })), [
      [0, 0],
      [0, 0],
    ]);
    assert.equal(nested(jacobian((_: Scalar) => 5, 1, { mode })), 0);
    assert.is(nested(jacobian((a: AnyArray) => mul(a, a), array(3), { mode })), 6);
    assert.equal((jacobian((_: AnyArray) => array([1, 2]), zeros([0, 3]), { mode }) as NdArray).shape, [2, 0, 3]);
    assert.equal((jacobian((a: AnyArray) => a.hi(0), array([1, 2]), { mode }) as NdArray).shape, [0, 2]);
  });

  test(`hessian, ${mode}: exact, symmetric, with the axes of the input twice`, () => {
    const x = array([1, 2, 3]);
    const h = hessian((a: AnyArray) => mul(mul(a.get(0), a.get(1)), mul(a.get(1), a.get(2))), x, { mode }) as NdArray;
    assert.equal(nested(h), [
      [0, 12, 4],
      [12, 6, 4],
      [4, 4, 0],
    ]);
  });

  test(`hessian, ${mode}: of a matrix it has four axes; of a number it is a number`, () => {
    const x = array([
      [1, 2],
      [3, 4],
    ]);
    const h = hessian((a: AnyArray) => sum(mul(mul(a, a), a.transpose(1, 0))), x, { mode }) as NdArray;
    assert.equal(h.shape, [2, 2, 2, 2]);
    // Σ xᵢⱼ² xⱼᵢ: ∂²/∂x₀₀² = 6 x₀₀, ∂²/∂x₀₁² = 2 x₁₀, ∂²/∂x₀₁∂x₁₀ = 2 x₀₁ + 2 x₁₀
    assert.equal([h.get(0, 0, 0, 0), h.get(0, 1, 0, 1), h.get(0, 1, 1, 0), h.get(1, 0, 0, 1), h.get(0, 0, 1, 1)], [6, 6, 10, 10, 0]);
    assert.is(
      hessian((t: Scalar) => mul(mul(t, t), t), 2, { mode }),
      12,
    );
  });
}

/** A smooth function of a 2 × 3 array through views, entries, array operations and writes. */
function tangled(a: AnyArray): Scalar {
  const y = similar(a, [3]);
  for (let k = 0; k < 3; k++) y.set(k, mul(sin(a.get(0, k)), a.get(1, 2 - k)));
  const z = mul(cos(a.pick(1)), y);
  y.set(1, sum(z));
  return add(sum(mul(z, y.step(-1))), mul(y.get(1), sum(a.transpose(1, 0).lo(1, 0))));
}

test("hessian: forward over reverse, reverse over reverse and differences of gradients agree", () => {
  const x = draw(2, 3);
  const forward = hessian(tangled, x, { mode: "forward" }) as NdArray;
  assert.ok(allClose(forward, hessian(tangled, x, { mode: "reverse" }) as NdArray, { rtol: 1e-12, atol: 1e-13 }));
  assert.ok(allClose(forward, forward.transpose(2, 3, 0, 1), { rtol: 1e-12, atol: 1e-13 }));
  const pushed = jacobian((a: AnyArray) => jacobian(tangled, a, { mode: "forward" }), x, { mode: "forward" }) as NdArray;
  const pulled = jacobian((a: AnyArray) => jacobian(tangled, a, { mode: "forward" }), x, { mode: "reverse" }) as NdArray;
  for (const other of [pushed, pulled]) assert.ok(allClose(forward, other, { rtol: 1e-12, atol: 1e-13 }));
  const h = 1e-5;
  for (let k = 0; k < 6; k++) {
    const shifted = (by: number): NdArray => {
      const data = Float64Array.from(x.data);
      data[k] = (data[k] as number) + by;
      return gradient(tangled, rowMajor(data, [2, 3]))[0];
    };
    const [up, down] = [shifted(h), shifted(-h)];
    for (let i = 0; i < 6; i++) {
      const slope = ((up.data[i] as number) - (down.data[i] as number)) / (2 * h);
      assert.ok(Math.abs(slope - forward.get(Math.floor(i / 3), i % 3, Math.floor(k / 3), k % 3)) < 1e-8);
    }
  }
});

test("hvp and vhp are the Hessian times a vector", () => {
  const [x, v] = [draw(2, 3), draw(2, 3)];
  const h = hessian(tangled, x) as NdArray;
  const exact = zeros([2, 3]);
  for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) exact.set(i, j, sum(mul(h.pick(i, j, null, null), v)) as number);
  assert.ok(allClose(hvp(tangled, x, v), exact, { rtol: 1e-12, atol: 1e-13 }));
  assert.ok(allClose(vhp(tangled, v, x), exact, { rtol: 1e-12, atol: 1e-13 }));
});

test("hvp and vhp take numbers and structures; what cannot move has NoTangent", () => {
  assert.is(
    hvp((t: Scalar) => mul(mul(t, t), t), 2, 10),
    120,
  );
  assert.is(
    vhp((t: Scalar) => mul(mul(t, t), t), 10, 2),
    120,
  );
  const f = (p: { a: Scalar; b: AnyArray; name: string }): Scalar => mul(mul(p.a, p.a), sum(mul(p.b, p.b)));
  const p = { a: 3, b: array([1, 2]), name: "p" };
  const v = { a: 1, b: array([0, 1]), name: NoTangent as never };
  for (const result of [hvp(f, p, v), vhp(f, v, p)]) {
    assert.is(result.a, 2 * 5 + 4 * 3 * 2);
    assert.equal(nested(result.b), [12, 24 + 18]);
    assert.is(result.name as unknown, NoTangent);
  }
});

test("auto counts: one run of f for each input entry, or one in all for few outputs", () => {
  let runs = 0;
  const counted =
    (f: (a: AnyArray) => Operand) =>
    (a: AnyArray): Operand => {
      runs++;
      return f(a);
    };
  jacobian(
    counted((a) => sum(a)),
    zeros([50]),
  );
  assert.ok(runs <= 1, `${runs} runs for one output of 50 inputs`);
  runs = 0;
  jacobian(
    counted((a) => mul(a, zeros([40, 2]))),
    zeros([2]),
  );
  assert.ok(runs <= 3, `${runs} runs for two inputs`);
});

test("wrong input, output and mode are errors that name the operator", () => {
  fails(() => jacobian(3 as never, 1), TypeError, "jacobian: the first argument is a number");
  fails(() => jacobian((p: never) => p, { a: 1 } as never), TypeError, "jacobian: x is a record");
  fails(() => hessian((p: never) => p, "s" as never), TypeError, "hessian: x is a string");
  for (const mode of modes) {
    fails(() => jacobian((x: Scalar) => [x, x] as never, 1, { mode }), TypeError, "jacobian: f returned a list of length 2");
    fails(
      () => jacobian((x: AnyArray) => x, array([1], { dtype: "int32" }), { mode }),
      TypeError,
      "x is an array of shape [1] of int32",
      "floats",
    );
    fails(
      () => jacobian((_: Scalar) => array([1], { dtype: "int32" }), 1, { mode }),
      TypeError,
      "f returned an array of shape [1] of int32",
    );
    fails(
      () => hessian((a: AnyArray) => a as never, array([1, 2]), { mode }),
      TypeError,
      "f returned an array of shape [2], a scalar is needed",
    );
  }
  fails(() => jacobian((x: Scalar) => x, 1, { mode: "fwd" as never }), TypeError, "jacobian: mode = fwd", '"forward", "reverse" or "auto"');
  fails(() => hessian((x: Scalar) => x, 1, { mode: "both" as never }), TypeError, "hessian: mode = both");
  fails(() => hvp(tangled, zeros([2, 3]), zeros([3])), TangentError, "shape [3]", "shape [2, 3]");
  fails(() => vhp(tangled, zeros([3]), zeros([2, 3])), TangentError, "shape [3]", "shape [2, 3]");
});

test("an array without axes stays one: only numbers by numbers give a number", () => {
  const cube = (x: Operand): Operand => mul(mul(x, x), x);
  const zeroD = (y: unknown, dtype: string, value: number): void => {
    assert.ok(isNdArray(y));
    assert.equal([y.dtype, y.shape, (y as NdArray).get()], [dtype, [], value]);
  };
  const doubled = array(2);
  const single = cast(doubled, "float32");
  for (const mode of ["forward", "reverse", "auto"] as const) {
    for (const x of [doubled, single]) {
      zeroD(hessian(cube as never, x, { mode }), x.dtype, 12);
      zeroD(jacobian(cube as never, x, { mode }), x.dtype, 12);
    }
    zeroD(
      jacobian((x: AnyArray) => sum(cube(x) as AnyArray), doubled, { mode }),
      "float64",
      12,
    );
    zeroD(
      jacobian((t: Scalar) => mul(t, doubled), 3, { mode }),
      "float64",
      2,
    );
    zeroD(gradient((x: AnyArray) => sum(hessian(cube as never, x as never, { mode })), doubled)[0], "float64", 6);
    zeroD(
      jacobian((x: AnyArray) => jacobian(cube as never, x as never, { mode }) as AnyArray, doubled, { mode }),
      "float64",
      12,
    );
    assert.is(
      jacobian((t: Scalar) => cube(t), 2, { mode }),
      12,
    );
    assert.is(
      hessian((t: Scalar) => cube(t) as Scalar, 2, { mode }),
      12,
    );
  }
});

test.run();
