import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFloats,
  add,
  array,
  gradient,
  mul,
  NotTraceableError,
  primal,
  pullback,
  pushforward,
  type Scalar,
  sin,
  square,
  sum,
} from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

const total = (x: AnyFloats): Scalar => x.reduce<Scalar>((s, a) => add(s, a), 0);
const at = (x: AnyFloats, k: number): Scalar => x[k] as Scalar;
const x = Float64Array.of(1, -2, 3);

/** What a function says of x while its entries move; no derivative matters. */
function seen<T>(look: (x: AnyFloats) => T, given: Float64Array | Float32Array = x): T {
  let found: T | undefined;
  gradient((v) => {
    found = look(v);
    return 0;
  }, given);
  return found as T;
}

test("entries are read by index, by iteration, by destructuring and by methods, as of a plain one", () => {
  const programs: readonly ((v: AnyFloats) => Scalar)[] = [
    (v) => {
      let s: Scalar = 0;
      for (let k = 0; k < v.length; k++) s = add(s, square(at(v, k)));
      return s;
    },
    (v) => {
      let s: Scalar = 0;
      for (const a of v) s = add(s, square(a));
      return s;
    },
    (v) => total(v.map(square)),
    (v) => total(v.slice().map(square)),
    (v) => {
      let s: Scalar = 0;
      v.forEach((a) => {
        s = add(s, square(a));
      });
      return s;
    },
    (v) => [...v].reduce<Scalar>((s, a) => add(s, square(a)), 0),
    (v) => {
      const [a, b, c] = v as unknown as [Scalar, Scalar, Scalar];
      return add(square(a), add(square(b), square(c)));
    },
    (v) => add(square(v.at(0) as Scalar), add(square(v.at(-2) as Scalar), square(at(v, 2)))),
    (v) => sum(square(array(v))),
    (v) => sum(square(array([v, v]))),
  ];
  programs.forEach((f, k) => {
    const twice = k === programs.length - 1 ? 2 : 1;
    assert.is(f(x), 14 * twice, `program ${k}`);
    assert.equal(gradient(f, x), [Float64Array.of(2 * twice, -4 * twice, 6 * twice)], `program ${k}`);
    assert.equal(pushforward(f, [x], [Float64Array.of(1, 0, 1)]), [14 * twice, 8 * twice], `program ${k}`);
  });
});

test("methods that give a float array give one of the same class, rounded as a plain one", () => {
  const single = Float32Array.of(0.1, 0.2);
  const f = (v: AnyFloats<Float32Array>) => v.map((a) => mul(a, 1 / 3));
  const plain = single.map((a) => a * (1 / 3));
  const [y, dy] = pushforward(f, [single], [Float32Array.of(1, 1)]);
  assert.equal(y, plain);
  assert.equal(dy, Float32Array.of(1 / 3, 1 / 3));
  assert.ok(y instanceof Float32Array && dy instanceof Float32Array);
  assert.equal(pullback((v) => v.filter((a) => primal(a) > 0), x)[0], Float64Array.of(1, 3));
  assert.equal(pullback((v) => v.filter((a) => primal(a) > 0), x)[1](Float64Array.of(5, 7)), [Float64Array.of(5, 0, 7)]);
  assert.equal(pullback((v) => v.map(() => 2), x)[0], Float64Array.of(2, 2, 2));
});

test("they are instances of their class, and of no other", () => {
  for (const C of [Float64Array, Float32Array]) {
    const Other = C === Float64Array ? Float32Array : Float64Array;
    const facts = seen(
      (v) => [
        v instanceof C,
        v instanceof Other,
        Array.isArray(v),
        v.constructor === C,
        v.length,
        String(Object.prototype.toString.call(v)),
      ],
      new C(2),
    );
    assert.equal(facts, [true, false, false, true, 2, `[object ${C.name}]`]);
  }
});

test("what lies outside is undefined, and has no place", () => {
  assert.equal(
    seen((v) => [v[3], v[-1], v[0.5], (v as unknown as Record<string, unknown>)["size"]]),
    [undefined, undefined, undefined, undefined],
  );
});

test("they are only read, and show no memory", () => {
  const writes: readonly ((v: never) => unknown)[] = [
    (v: { [k: number]: number }) => {
      v[0] = 1;
    },
    (v: Float64Array) => v.fill(0),
    (v: Float64Array) => v.reverse(),
    (v: Float64Array) => v.set([1]),
    (v: Float64Array) => v.subarray(1),
    (v: Float64Array) => v.buffer,
    (v: Float64Array) => v.byteLength,
  ];
  for (const write of writes) fails(() => seen((v) => write(v as never)), NotTraceableError, "keeps no plain numbers there");
  fails(() => seen((v) => new Float64Array(v as unknown as Float64Array)), NotTraceableError, "stored in a plain array");
  fails(() => seen((v) => `${v as unknown as string}`), NotTraceableError, "string");
  fails(() => seen((v) => JSON.stringify(v)), NotTraceableError, "JSON.stringify");
  fails(() => seen((v) => structuredClone(v)), NotTraceableError, "structuredClone");
});

test("the array functions of the catalogue take none, and say what to write", () => {
  const asArray = (v: AnyFloats): AnyArray => v as unknown as AnyArray;
  for (const f of [(v: AnyFloats) => sum(square(asArray(v))), (v: AnyFloats) => sum(asArray(v))]) {
    fails(() => f(x), TypeError, "is a Float64Array", "array(");
    fails(() => gradient(f, x), TypeError, "is a Float64Array", "array(");
  }
});

test("array(x) is an array of its own, of double precision unless another is asked for", () => {
  const [y, back] = pullback((v) => array(v, { dtype: "float32" }), x);
  assert.is(y.dtype, "float32");
  assert.equal(back(array([1, 2, 3], { dtype: "float32" })), [Float64Array.of(1, 2, 3)]);
  const [z] = pullback((v) => array(v), Float32Array.of(0.1));
  assert.is(z.dtype, "float64");
  const g = gradient((v) => {
    const y = array(v);
    y.set(0, mul(y.get(0), 5));
    return mul(y.get(0), at(v, 0));
  }, Float64Array.of(3));
  assert.equal(g, [Float64Array.of(30)]);
});

test("once their call has ended they are of no use", () => {
  const kept = seen((v) => v);
  fails(() => sin(kept[0] as Scalar), NotTraceableError, "had ended");
  fails(() => gradient((v) => at(v, 0), kept as AnyFloats), NotTraceableError, "had ended");
});

test.run();
