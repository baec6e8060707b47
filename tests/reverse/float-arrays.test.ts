import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyFloats,
  add,
  array,
  callable,
  checkpointed,
  configure,
  type Differentiable,
  defineRule,
  exp,
  gradient,
  hook,
  mul,
  NoTangent,
  pullback,
  pushforward,
  type Scalar,
  sin,
  square,
  stopGradient,
  sum,
  TangentError,
  withGradient,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

const at = (x: AnyFloats, k: number): Scalar => x[k] as Scalar;
const energy = (x: AnyFloats): Scalar => x.reduce<Scalar>((s, a, k) => add(s, mul(k + 1, square(a))), 0);

test("the gradient is a fresh float array of the same class", () => {
  for (const x of [Float64Array.of(0.1, 2, 3), Float32Array.of(0.1, 2, 3)]) {
    const like = (numbers: number[]) => (x instanceof Float64Array ? Float64Array.from(numbers) : Float32Array.from(numbers));
    const { value, gradient: bars } = withGradient(energy, x);
    assert.is(
      value,
      [...x].reduce((s, a, k) => s + (k + 1) * (a * a), 0),
    );
    assert.equal(bars, [like([...x].map((a, k) => 2 * (k + 1) * a))]);
    assert.is.not(bars[0].buffer, x.buffer);
    assert.equal(
      gradient((v) => at(v, 1), x),
      [like([0, 1, 0])],
    );
    assert.equal(
      gradient(() => 1, x),
      [like([0, 0, 0])],
    );
  }
});

test("the gradient shares memory with nothing: not the input, not a cotangent, not the next gradient", () => {
  const x = Float64Array.of(1, 2);
  const [y, back] = pullback((v) => v, x);
  const ybar = Float64Array.of(3, 4);
  const [first] = back(ybar);
  const [second] = back(ybar);
  const buffers = new Set([x, y, ybar, first, second].map((a) => a.buffer));
  assert.is(buffers.size, 5);
  first.fill(9);
  assert.equal(back(ybar), [ybar]);
  assert.equal(x, Float64Array.of(1, 2));
  const whole = Float64Array.of(5, 6, 7, 8);
  const [bar] = gradient(energy, whole.subarray(1, 3));
  assert.equal(bar, Float64Array.of(12, 28));
  assert.is(bar.buffer.byteLength, 16);
});

test("a Float32Array's cotangents round, sums of them too", () => {
  const f = (v: AnyFloats) => add(mul(at(v, 0), 0.1), mul(at(v, 0), 0.2));
  assert.equal(gradient(f, Float32Array.of(1)), [Float32Array.of(0.1 + 0.2)]);
});

test("empty float arrays have empty gradients", () => {
  assert.equal(gradient(energy, new Float64Array(0)), [new Float64Array(0)]);
  assert.equal(
    gradient((v, t) => mul(t, v.length), new Float32Array(0), 3),
    [new Float32Array(0), 0],
  );
});

test("inside of records and lists, beside what stands still", () => {
  const model = {
    layers: [
      { w: Float64Array.of(1, 2), b: 3 },
      { w: Float32Array.of(4), b: 5 },
    ],
    k: Int32Array.of(1),
    seen: new Uint8Array(2),
  };
  const f = (m: { layers: { w: AnyFloats; b: Scalar }[] }) => m.layers.reduce<Scalar>((s, { w, b }) => add(s, mul(b, energy(w))), 0);
  assert.equal(gradient(f, model), [
    {
      layers: [
        { w: Float64Array.of(6, 24), b: 9 },
        { w: Float32Array.of(40), b: 16 },
      ],
      k: NoTangent,
      seen: NoTangent,
    },
  ]);
});

test("arrays of integers do not move, alone or in a structure", () => {
  for (const C of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array]) {
    const x = new C(2);
    let got: unknown;
    const bars = gradient(
      (k: unknown, t: Scalar) => {
        got = k;
        return square(t);
      },
      x as unknown,
      3,
    );
    assert.equal(bars, [NoTangent, 6]);
    assert.is(got, x);
  }
});

test("an entry that does not matter gets exactly 0, whatever NaN or ∞ stands there", () => {
  const x = Float64Array.of(2, Number.NaN, Number.POSITIVE_INFINITY, -0);
  assert.equal(
    gradient((v) => square(at(v, 0)), x),
    [Float64Array.of(4, 0, 0, 0)],
  );
  const all = gradient((v) => add(mul(at(v, 1), 3), add(exp(at(v, 2)), mul(at(v, 3), at(v, 0)))), x)[0];
  assert.equal(all, Float64Array.of(-0, 3, Number.POSITIVE_INFINITY, 2));
  const payload = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_beefn]).buffer);
  const [y] = pullback((v) => v, payload);
  assert.is(new BigUint64Array(y.buffer)[0], 0x7ff8_0000_0000_beefn);
});

test("results are float arrays, alone and in structures; the pullback takes cotangents of their class", () => {
  const x = Float64Array.of(1, 2);
  const [y, back] = pullback((v) => ({ squares: v.map(square), parts: [v.slice(1)] as const, same: 3 }), x);
  assert.equal(y, { squares: Float64Array.of(1, 4), parts: [Float64Array.of(2)], same: 3 });
  assert.equal(back({ squares: Float64Array.of(1, 1), parts: [Float64Array.of(10)], same: 1 }), [Float64Array.of(2, 14)]);
  assert.equal(back({ squares: ZeroTangent, parts: [Float32Array.of(1)], same: ZeroTangent }), [Float64Array.of(0, 1)]);
  assert.equal(back({ squares: array([1, 0]), parts: ZeroTangent, same: 0 }), [Float64Array.of(2, 0)]);
  for (const wrong of [Float64Array.of(1), [1, 1], 1, new Int32Array(2)])
    fails(() => back({ squares: wrong, parts: ZeroTangent, same: 0 }), TangentError, "pullback: ybar.squares: got");
  assert.equal(pullback((t: Scalar) => [t, Float64Array.of(1, 2)] as const, 3)[0], [3, Float64Array.of(1, 2)]);
});

test("a constant float array comes out as a copy", () => {
  const held = Float64Array.of(1, 2);
  const [y, back] = pullback((_: Scalar) => held, 3);
  assert.equal(y, held);
  assert.is.not(y, held);
  assert.equal(back(held), [0]);
});

test("rules of float arrays get plain ones, and may give cotangents of that class, in both modes and to order two", () => {
  const scaled: Differentiable<(x: Float64Array, t: number) => Float64Array> = defineRule(
    (x: Float64Array, t: number): Float64Array => x.map((a) => a * t),
    {
      frule: ([, dx, dt], x, t) => [scaled(x, t), add(mul(array(dx as Float64Array), t), mul(array(x), dt as number))],
      rrule: (x, t) => [
        scaled(x, t),
        (ybar) => [NoTangent, mul(array(ybar as Float64Array), t), sum(mul(array(ybar as Float64Array), array(x)))],
      ],
    },
    { name: "scaled" },
  );
  const x = Float64Array.of(1, 2);
  const f = (v: AnyFloats<Float64Array>, t: Scalar): Scalar => energy(scaled(v, t));
  assert.equal(gradient(f, x, 3), [Float64Array.of(18, 72), 54]);
  assert.equal(pushforward(f, [x, 3], [Float64Array.of(1, 0), 1]), [81, 72]);
  const slope = (v: AnyFloats<Float64Array>): Scalar => gradient((t: Scalar) => f(v, t), 3)[0] as Scalar;
  assert.is(slope(x), 54);
  assert.equal(gradient(slope as (v: AnyFloats) => Scalar, x), [Float64Array.of(12, 48)]);
  configure({ checked: true });
  try {
    assert.equal(gradient(f, x, 3), [Float64Array.of(18, 72), 54]);
  } finally {
    configure({ checked: false });
  }
});

test("a rule that gives one half alone has the other derived from it", () => {
  const double = (x: Float64Array): Float64Array => x.map((a) => 2 * a);
  const byReverse = defineRule((x: Float64Array) => double(x), {
    rrule: (x) => [double(x), (ybar) => [NoTangent, (ybar as AnyFloats).map((b) => mul(b, 2))]],
  });
  const byForward = defineRule((x: Float64Array) => double(x), { frule: ([, dx], x) => [double(x), double(dx as Float64Array)] });
  const x = Float64Array.of(1, 2);
  for (const f of [byReverse, byForward]) {
    assert.equal(
      pushforward((v) => f(v), [x], [Float64Array.of(1, 10)]),
      [Float64Array.of(2, 4), Float64Array.of(2, 20)],
    );
    assert.equal(pullback((v) => f(v), x)[1](Float64Array.of(1, 10)), [Float64Array.of(2, 20)]);
  }
});

test("parameters of a callable may be float arrays", () => {
  const layer = callable({ w: Float64Array.of(1, 2) }, ({ w }: { w: AnyFloats }, x: Scalar): Scalar => mul(x, add(at(w, 0), at(w, 1))));
  assert.equal(
    gradient((c: typeof layer) => c(3), layer),
    [{ w: Float64Array.of(3, 3) }] as never,
  );
});

test("stopGradient, hook and checkpointed take them", () => {
  const x = Float64Array.of(1, 2);
  assert.equal(
    gradient((v) => mul(at(v, 0), at(stopGradient(v), 1)), x),
    [Float64Array.of(2, 0)],
  );
  let heard: unknown;
  const hooked = (v: AnyFloats) =>
    energy(
      hook(v, (bar) => {
        heard = bar;
        return undefined;
      }),
    );
  assert.equal(gradient(hooked, x), [Float64Array.of(2, 8)]);
  assert.equal(heard, Float64Array.of(2, 8));
  assert.equal(gradient(checkpointed(energy), x), [Float64Array.of(2, 8)]);
});

test("in all nestings the derivatives are right, and keep the class", () => {
  const x = Float64Array.of(0.5, 2);
  const f = (v: AnyFloats): Scalar => mul(sin(at(v, 0)), square(at(v, 1)));
  const inner = {
    reverse: (v: AnyFloats): AnyFloats => gradient(f, v)[0],
    forward: (v: AnyFloats): AnyFloats => {
      const one = (k: number): Scalar => pushforward(f, [v], [Float64Array.of(k === 0 ? 1 : 0, k)])[1];
      return v.map((_, k) => one(k));
    },
  };
  const [s, c] = [Math.sin(0.5), Math.cos(0.5)];
  for (const [name, g] of Object.entries(inner)) {
    const [y, dy] = pushforward(g, [x], [Float64Array.of(1, 0)]);
    const xbar = pullback(g, x)[1](Float64Array.of(1, 0))[0];
    for (const t of [y, dy, xbar]) assert.ok(t instanceof Float64Array, name);
    assert.equal(y, Float64Array.of(4 * c, 4 * s));
    assert.equal(dy, Float64Array.of(-4 * s, 4 * c));
    assert.equal(xbar, Float64Array.of(-4 * s, 4 * c));
  }
  const third = (v: AnyFloats) => at(gradient((u: AnyFloats) => at(gradient(f, u)[0], 0), v)[0], 1);
  assert.equal(gradient(third, x)[0], Float64Array.of(-4 * s, 2 * c));
});

test("an array that f makes of it carries the cotangents back", () => {
  const x = Float64Array.of(1, 2, 3);
  assert.equal(
    gradient((v) => sum(mul(array(v), array([4, 5, 6]))), x),
    [Float64Array.of(4, 5, 6)],
  );
  assert.equal(
    gradient((v) => sum(square(array([v, [0, 0, 1]]))), x),
    [Float64Array.of(2, 4, 6)],
  );
});

test("an input that is changed before its pullback: undefined in normal mode, an error in checked mode", () => {
  configure({ checked: true });
  try {
    const x = Float64Array.of(1, 2);
    const [, back] = pullback((m: { w: AnyFloats }) => energy(m.w), { w: x });
    assert.equal(back(1), [{ w: Float64Array.of(2, 8) }]);
    x[0] = 5;
    fails(() => back(1), TangentError, "argument 1 was changed after the forward pass");
  } finally {
    configure({ checked: false });
  }
});

test("in checked mode a rule may not write into a float array it was given", () => {
  configure({ checked: true });
  try {
    const spoils = defineRule((x: Float64Array) => x[0] as number, {
      rrule: (x) => {
        x[1] = 7;
        return [x[0] as number, () => [NoTangent, ZeroTangent]];
      },
    });
    fails(() => gradient((v) => spoils(v), Float64Array.of(1, 2)), TangentError, "wrote to argument 1");
  } finally {
    configure({ checked: false });
  }
});

test.run();
