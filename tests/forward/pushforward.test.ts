import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  cos,
  defineRule,
  derivative,
  mul,
  type NdArray,
  NoTangent,
  pushforward,
  range,
  type Scalar,
  sin,
  sum,
  Tangent,
  TangentError,
  thunk,
  toNested,
  ZeroTangent,
  zeros,
} from "../../lib/index.js";
import { isNdArray } from "../../lib/nd/index.js";
import { fails } from "../helpers/fails.js";

const nested = (x: unknown): unknown => (isNdArray(x) ? toNested(x as NdArray) : x);

test("derivative: dy/dx of a function of one number", () => {
  assert.is(
    derivative((x) => mul(mul(x, x), x), 2),
    12,
  );
  assert.is(derivative(sin, 0), 1);
});

test("derivative of a function that returns arrays, records or lists has their structure", () => {
  const d = derivative((x) => ({ a: mul(x, array([1, 2])), l: [mul(x, x), 5, "s"], x }), 3);
  assert.equal(nested(d.a), [1, 2]);
  assert.equal(d.l as unknown, [6, 0, NoTangent]);
  assert.is(d.x, 1);
});

test("pushforward gives value and tangent", () => {
  assert.equal(
    pushforward((x: Scalar, y: Scalar) => mul(x, y), [2, 3], [1, 10]),
    [6, 23],
  );
});

test("arrays: value and tangent are fresh and row-major", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  const dx = array([
    [1, 0],
    [0, 10],
  ]);
  const [y, dy] = pushforward((a: AnyArray) => mul(a, a), [x.transpose(1, 0)], [dx]);
  assert.equal(
    [nested(y), nested(dy)],
    [
      [
        [1, 9],
        [4, 16],
      ],
      [
        [2, 0],
        [0, 80],
      ],
    ],
  );
  const [same, direction] = pushforward((a: AnyArray) => a, [x], [dx]);
  (same as NdArray).set(0, 0, 99);
  (direction as NdArray).set(0, 0, 99);
  assert.equal([x.get(0, 0), dx.get(0, 0)], [1, 1]);
});

test("structures: arguments, tangents and results nest", () => {
  const f = (p: { w: AnyArray; list: Scalar[]; name: string }): { y: AnyArray; z: [Scalar, string] } => ({
    y: mul(p.w, p.list[0] as Scalar),
    z: [mul(p.list[0] as Scalar, p.list[1] as Scalar), p.name],
  });
  const p = { w: array([1, 2]), list: [3, 4], name: "p" };
  const [y, dy] = pushforward(f, [p], [{ w: array([10, 0]), list: [1, 100], name: NoTangent }]);
  assert.equal(
    [nested(y.y), y.z],
    [
      [3, 6],
      [12, "p"],
    ],
  );
  assert.equal(
    [nested(dy.y), dy.z as unknown],
    [
      [31, 2],
      [304, NoTangent],
    ],
  );
});

test("absent parts of a tangent, and symbolic zeros, do not move", () => {
  const f = (p: { w: Scalar; b: Scalar }, x: Scalar): Scalar => add(mul(p.w, x), p.b);
  assert.is(pushforward(f, [{ w: 2, b: 3 }, 5], [new Tangent({ b: 7 }), ZeroTangent])[1], 7);
  assert.is(pushforward(f, [{ w: 2, b: 3 }, 5], [ZeroTangent, 1])[1], 2);
  assert.is(pushforward(f, [{ w: 2, b: 3 }, 5], [NoTangent, NoTangent])[1], 0);
  assert.is(pushforward(f, [{ w: 2, b: 3 }, 5], [{ w: thunk(() => 10), b: ZeroTangent }, 0])[1], 50);
});

test("constant results have real zeros of their shape and kind; what cannot move has NoTangent", () => {
  const f = (): unknown => [1, array([1, 2], { dtype: "float32" }), array([1], { dtype: "int32" }), "s", true, null, range(0, 2)];
  const [y, dy] = pushforward(f as (x: Scalar) => unknown[], [1], [1]) as unknown as [unknown[], unknown[]];
  assert.is(dy[0], 0);
  assert.equal(nested(dy[1]), [0, 0]);
  assert.is((dy[1] as NdArray).dtype, "float32");
  assert.equal(dy.slice(2), [NoTangent, NoTangent, NoTangent, NoTangent, NoTangent]);
  assert.is((y[2] as NdArray).dtype, "int32");
});

test("float32 stays float32, whatever the tangent's kind is", () => {
  const x = array([0.5, 2], { dtype: "float32" });
  const [y, dy] = pushforward((a: AnyArray) => mul(a, 0.1), [x], [array([1, 10])]);
  assert.equal([(y as NdArray).dtype, (dy as NdArray).dtype], ["float32", "float32"]);
  assert.is((dy as NdArray).get(0), Math.fround(0.1));
});

test("integer arrays reach f as they are, and take any tangent", () => {
  const index = array([1, 0], { dtype: "int32" });
  const f = (x: AnyArray, i: AnyArray): Scalar => x.get(i.get(0) as number);
  for (const still of [NoTangent, ZeroTangent, array([5, 5])])
    assert.is(pushforward(f, [array([1, 2]), index], [array([10, 20]), still])[1], 20);
});

test("0-d and empty arrays, and ndarrays over lists", () => {
  assert.equal(pushforward((a: AnyArray) => mul(a, a), [array(3)], [2]).map(nested), [9, 12]);
  assert.equal(pushforward((a: AnyArray) => mul(a, a), [array(3)], [array(2)]).map(nested), [9, 12]);
  assert.equal((pushforward((a: AnyArray) => mul(a, a), [zeros([0, 2])], [zeros([0, 2])])[1] as NdArray).shape, [0, 2]);
  const list = ndarray([1, 2, 3]) as unknown as NdArray;
  assert.is(pushforward((a: AnyArray) => sum(mul(a, a)), [list.step(-1)], [array([1, 0, 0])])[1], 6);
});

test("a tangent that broadcasts to the result's shape is repeated by the engine", () => {
  const f = defineRule((x: Scalar): AnyArray => mul(x, array([1, 1])), { frule: ([, dx], x) => [mul(x, array([1, 1])), dx] });
  assert.equal(nested(derivative((x) => f(x), 3)), [1, 1]);
});

test("rules get real zeros for what does not move, unless they ask for symbolic ones", () => {
  const seen: unknown[][] = [];
  const half = (zerosKind: "real" | "symbolic") =>
    defineRule(
      (x: Scalar, _a: NdArray, _n: number[], _s: string): Scalar => x,
      {
        frule: (tangents: unknown[], x) => {
          seen.push(tangents);
          return [x, tangents[1]];
        },
      },
      { zeros: zerosKind, name: zerosKind },
    );
  for (const kind of ["real", "symbolic"] as const) derivative((x) => half(kind)(x, array([1, 2]), [3], "s"), 1);
  const [real, symbolic] = seen as [unknown[], unknown[]];
  assert.equal([real[0], real[1], nested(real[2]), real[3], real[4]], [NoTangent, 1, [0, 0], [0], NoTangent]);
  assert.equal(symbolic, [NoTangent, 1, ZeroTangent, ZeroTangent, NoTangent]);
});

test("a list or record that f changes is f's own", () => {
  const list = [1, 2];
  const f = (l: Scalar[]): Scalar => {
    l[0] = mul(l[0] as Scalar, 10);
    return mul(l[0], l[1] as Scalar);
  };
  assert.is(pushforward(f, [list], [[1, 0]])[1], 20);
  assert.equal(list, [1, 2]);
});

test("dual arithmetic: ∞ times a tangent of zero is zero, in numbers and arrays", () => {
  assert.is(
    derivative((x) => mul(mul(x, 0), Number.POSITIVE_INFINITY), 1),
    0,
  );
  const [, dy] = pushforward((a: AnyArray) => mul(a, a), [array([Number.POSITIVE_INFINITY, 2])], [array([0, 1])]);
  assert.equal(nested(dy), [0, 4]);
});

test("what f throws comes out, and later calls are right", () => {
  fails(
    () =>
      derivative((x) => {
        mul(x, x);
        throw new RangeError("inside f");
      }, 1),
    RangeError,
    "inside f",
  );
  assert.is(
    derivative((x) => mul(x, x), 3),
    6,
  );
});

test("a promise is refused with the cure", () => {
  fails(() => derivative(async (x) => x, 1), TypeError, "promise", "await the data first");
  fails(() => pushforward(async (x: Scalar) => x, [1], [1]), TypeError, "pushforward", "promise");
});

test("a wrong tangent is named by its argument and part", () => {
  const f = (_a: unknown, p: { w: Scalar[] }): Scalar => p.w[0] as Scalar;
  fails(() => pushforward(f, [1, { w: [1, 2] }], [1, { w: [1] }]), TangentError, "tangent 2.w", "length 1", "length 2");
  fails(() => pushforward(f, [1, { w: [1, 2] }], [1, { v: [1] }]), TangentError, "tangent 2", "v");
  fails(() => pushforward(f, [array([1]), { w: [1] }], ["s", ZeroTangent]), TangentError, "tangent 1", "a string", "shape [1]");
});

test("a loop of 10⁵ operations and a tangent that grows through it", () => {
  const f = (x: Scalar): Scalar => {
    let y = x;
    for (let k = 0; k < 100_000; k++) y = add(y, mul(1e-5, cos(x)));
    return y;
  };
  assert.ok(Math.abs((derivative(f, 1) as number) - (1 - Math.sin(1))) < 1e-9);
});

test.run();
