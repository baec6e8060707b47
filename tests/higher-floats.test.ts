import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyFloats,
  add,
  array,
  configure,
  hessian,
  hvp,
  jacobian,
  mul,
  type NdArray,
  type Scalar,
  sin,
  square,
  TangentError,
  toNested,
  vhp,
} from "../lib/index.js";
import { fails } from "./helpers/fails.js";

const modes = ["forward", "reverse", "auto"] as const;
const at = (x: AnyFloats, k: number): Scalar => x[k] as Scalar;
const f = (x: AnyFloats): Scalar => add(mul(square(at(x, 0)), at(x, 1)), sin(at(x, 2)));
const x = Float64Array.of(2, 3, 0.5);
const nested = [
  [6, 4, 0],
  [4, 0, 0],
  [0, 0, -Math.sin(0.5)],
];

for (const mode of modes) {
  test(`jacobian, ${mode}: a float array counts as an array of one axis, on either side`, () => {
    const scaled = (v: AnyFloats) => v.map((a) => mul(a, at(v, 0)));
    assert.equal(toNested(jacobian(scaled, x, { mode })), [
      [4, 0, 0],
      [3, 2, 0],
      [0.5, 0, 2],
    ]);
    assert.equal(toNested(jacobian(f, x, { mode })), [12, 4, Math.cos(0.5)]);
    assert.equal(toNested(jacobian((v) => array(v.slice(1)), x, { mode })), [
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const single = jacobian(scaled, Float32Array.of(1, 2), { mode }) as NdArray;
    assert.is(single.dtype, "float32");
  });

  test(`hessian, ${mode}: the axes of the input, twice`, () => {
    assert.equal(toNested(hessian(f, x, { mode })), nested);
    assert.equal(toNested(hessian((v: AnyFloats) => v.reduce<Scalar>((s, a) => add(s, a), 0), new Float64Array(0), { mode })), []);
  });
}

test("hvp and vhp give float arrays of the class of x, in structures too", () => {
  const v = Float64Array.of(1, 2, 3);
  const expected = Float64Array.from(nested, (row) => row.reduce((s, h, k) => s + h * (v[k] as number), 0));
  assert.equal(hvp(f, x, v), expected);
  assert.equal(vhp(f, v, x), expected);
  const ofRecord = (p: { w: AnyFloats; b: Scalar }): Scalar => mul(p.b, square(at(p.w, 0)));
  const point = { w: Float32Array.of(2), b: 3 };
  assert.equal(hvp(ofRecord, point, { w: Float32Array.of(1), b: 0 }), { w: Float32Array.of(6), b: 4 });
  assert.equal(vhp(ofRecord, { w: Float32Array.of(1), b: 0 }, point), { w: Float32Array.of(6), b: 4 });
  fails(() => hvp(f, x, Float64Array.of(1)), TangentError, "hvp: v: got");
  fails(() => jacobian(f as never, new Int32Array(2) as never), TypeError, "jacobian: x is a Int32Array");
});

test("in checked mode, one column at a time", () => {
  configure({ checked: true });
  try {
    assert.equal(toNested(hessian(f, x)), nested);
    assert.equal(toNested(jacobian((v) => v.map(square), Float64Array.of(1, 2))), [
      [2, 0],
      [0, 4],
    ]);
  } finally {
    configure({ checked: false });
  }
});

test("where an outer call traces: the jacobian of a jacobian", () => {
  const g = (v: AnyFloats) => v.map((a) => mul(square(a), at(v, 0)));
  const outer = jacobian((u: AnyFloats) => jacobian(g, u) as never, Float64Array.of(1, 2)) as NdArray;
  assert.equal(outer.shape, [2, 2, 2]);
  assert.equal(toNested(outer), [
    [
      [6, 0],
      [0, 0],
    ],
    [
      [0, 4],
      [4, 2],
    ],
  ]);
});

test.run();
