import { test } from "uvu";
import type { Lifted, Plain, Widened } from "../../lib/core/index.js";
import {
  type AnyArray,
  type AnyFloats,
  add,
  array,
  gradient,
  hessian,
  hvp,
  jacobian,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  sub,
  treeMap,
  vhp,
  withGradient,
} from "../../lib/index.js";
import { hasType, isArray, isNumber } from "./kinds.js";

const x: Float64Array = Float64Array.of(1, 2);
const single: Float32Array = Float32Array.of(3);
const total = (v: AnyFloats): Scalar => v.reduce<Scalar>((s, a) => add(s, mul(a, a)), 0);

test("gradients of float arrays are of the argument's own class, in structures too", () => {
  hasType<[Float64Array, Float32Array]>()(gradient((a, b) => add(total(a), total(b)), x, single));
  hasType<[{ w: Float64Array; b: number; rest: [Float32Array, number] }]>()(
    gradient((m) => add(total(m.w), add(m.b, total(m.rest[0]))), { w: x, b: 2, rest: [single, 1] }),
  );
  hasType<[[Float64Array]]>()(gradient((list: AnyFloats<Float64Array>[]) => total(list[0] as AnyFloats), [x]));
  hasType<{ value: number; gradient: [Float64Array] }>()(withGradient(total, x));
});

test("inside, entries are numbers that may be traced; a plain float array will do there too", () => {
  gradient((v) => {
    hasType<AnyFloats<Float64Array>>()(v);
    hasType<Scalar | undefined>()(v[0]);
    hasType<number>()(v.length);
    hasType<Scalar[]>()([...v]);
    hasType<AnyFloats<Float64Array>>()(v.map((a) => mul(a, 2)));
    hasType<AnyArray>()(array(v));
    return total(v);
  }, x);
  total(x);
  total(single);
  const ofDoubles = (v: AnyFloats<Float64Array>): Scalar => total(v);
  ofDoubles(x);
  // @ts-expect-error of another class
  ofDoubles(single);
  // @ts-expect-error a list is no float array
  total([1, 2]);
  // @ts-expect-error nor are integers
  total(new Int32Array(1));
});

test("results come out plain, of their class", () => {
  const [y, back] = pullback((v) => ({ squares: v.map((a) => mul(a, a)), first: v[0] ?? 0 }), x);
  hasType<{ squares: Float64Array; first: number }>()(y);
  hasType<[Float64Array]>()(back({ squares: x, first: 1 }));
  const [z, dz] = pushforward((v, t) => [v.slice(1), t] as const, [single, 2], [single, 1]);
  hasType<readonly [Float32Array, number]>()(z);
  hasType<readonly [Float32Array, number]>()(dz);
});

test("higher operators: arrays for whole derivatives, float arrays along directions", () => {
  const scaled = (v: AnyFloats<Float64Array>) => v.map((a) => mul(a, v[0] ?? 0));
  isArray(jacobian(scaled, x));
  isArray(jacobian(total, x));
  isArray(jacobian((a: AnyArray) => mul(a, a), array([1])));
  isNumber(jacobian((t: Scalar) => mul(t, t), 1));
  isArray(hessian(total, x));
  hasType<Float64Array>()(hvp(total, x, x));
  hasType<{ w: Float32Array }>()(vhp((p) => total(p.w), { w: single }, { w: single }));
  // @ts-expect-error lists are no float arrays
  if (x.length < 0) jacobian((v: AnyFloats) => [v[0] ?? 0], x);
});

test("treeMap hands out their entries as arrays", () => {
  const next = treeMap(
    (p, g) => {
      hasType<number | NdArray>()(p);
      return sub(p, mul(0.1, g));
    },
    { w: x, b: 2 },
    { w: x, b: 1 },
  );
  hasType<{ w: Float64Array; b: number }>()(next);
});

test("lifted, plain and widened types of float arrays; integers stay", () => {
  hasType<Lifted<{ w: Float64Array; k: Int32Array }>>()(undefined as unknown as { w: AnyFloats<Float64Array>; k: Lifted<Int32Array> });
  hasType<Plain<{ w: AnyFloats<Float32Array> }>>()(undefined as unknown as { w: Float32Array });
  hasType<Plain<AnyFloats>>()(undefined as unknown as Float64Array | Float32Array);
  hasType<Widened<readonly [Float64Array, 2]>>()(undefined as unknown as [Float64Array, number]);
});

test.run();
