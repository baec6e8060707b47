// Tests: rotary, turn, rotation.
import {
  add,
  array,
  frule,
  gradient,
  hessian,
  mul,
  type NdArray,
  NoTangent,
  ones,
  pullback,
  pushforward,
  rotaryEmbedding,
  rotaryEmbeddingPullback,
  rrule,
  square,
  sum,
  traced,
  unthunk,
  ZeroTangent,
  zeros,
} from "cotangent";
import { assertClose, testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { turnsOf } from "../../../rules/lab/rotation.js";
import { filled, flat, gridOf, matrices, randn } from "./checks.js";
import { embedded, pulled, pushed, pushedTwice } from "./turning.js";

const tolerance = { rtol: 1e-12, atol: 1e-12 };
const ways = { rule: rotaryEmbedding, traced: traced(rotaryEmbedding) };
type Pair = [x: NdArray, theta: NdArray];
const inner = ([a, b]: Pair, [c, d]: Pair) => sum(mul(a, c)) + sum(mul(b, d));

/** Angles in memory of every make. */
const angles: [name: string, theta: NdArray][] = [
  ["packed", randn([4], 131)],
  ["reversed", randn([4], 132).step(-1)],
  ["a stepped column", randn([9, 3], 133).pick(null, 1).lo(1).step(2)],
];

matrices(134).forEach(([name, x], n) => {
  const [form, theta] = angles[n % 3] as (typeof angles)[0];
  const start = [1, 0, -3, 2.5][n % 4] as number;
  const options = n === 0 ? [] : [{ start }];

  test(`turning a matrix, ${name}, by angles, ${form}, from position ${start}: first order, by rule and traced, as by hand`, () => {
    const before = [flat(x), flat(theta)];
    const ybar = randn([6, 8], 135).transpose(1, 0);
    const [dx, dtheta] = [randn([8, 6], 136), randn([4], 137)];
    const y = flat(embedded(x, theta, start));
    const dy = flat(pushed(x, theta, dx, dtheta, start));
    const [xbar, thetabar] = pulled(ybar, x, theta, start);
    const [byFrule, moved] = frule([NoTangent, dx, dtheta], rotaryEmbedding, x, theta, ...options) as [NdArray, NdArray];
    assertClose([flat(byFrule), flat(moved)], [y, dy], tolerance, "frule");
    const [byRrule, back] = rrule(rotaryEmbedding, x, theta, ...options) as [NdArray, (ybar: NdArray) => unknown[]];
    const [fbar, ...cotangents] = back(ybar);
    assertClose(flat(byRrule), y, tolerance, "y by rrule");
    assert.equal([fbar, ...cotangents.slice(2)], [NoTangent, ...options.map(() => NoTangent)]);
    assertClose(cotangents.slice(0, 2).map(unthunk), [xbar, thetabar], tolerance, "cotangents by rrule");
    assertClose(rotaryEmbeddingPullback(ybar, x, theta, ...options), [xbar, thetabar], tolerance, "rotaryEmbeddingPullback");
    for (const [way, f] of Object.entries(ways)) {
      const g = (a: NdArray, b: NdArray) => f(a, b, ...options);
      assertClose(flat(g(x, theta)), y, tolerance, `${way}: y`);
      assertClose(flat(pushforward(g as never, [x, theta], [dx, dtheta])[1] as NdArray), dy, tolerance, `${way}: ẏ`);
      assertClose(pullback(g as never, x, theta)[1](ybar), [xbar, thetabar], tolerance, `${way}: x̄, θ̄`);
    }
    assert.equal([flat(x), flat(theta)], before);
  });

  test(`turning a matrix, ${name}, by angles, ${form}: second order in all pairs of modes, by rule and traced, as by hand`, () => {
    const ybar = randn([8, 6], 138);
    const u: Pair = [randn([8, 6], 139), randn([4], 140)];
    const v: Pair = [randn([8, 6], 141), randn([4], 142)];
    const expected = sum(mul(ybar, pushedTwice(x, theta, u, v, start)));
    for (const [way, f] of Object.entries(ways)) {
      const phi = (a: NdArray, b: NdArray) => sum(mul(ybar, f(a, b, ...options)));
      const along = (direction: Pair) => (a: NdArray, b: NdArray) => pushforward(phi as never, [a, b], direction)[1];
      const slope = (a: NdArray, b: NdArray) => pullback(phi as never, a, b)[1](1) as unknown as Pair;
      const alongSlope = (a: NdArray, b: NdArray) => {
        const [abar, bbar] = slope(a, b);
        return add(sum(mul(abar, u[0])), sum(mul(bbar, u[1])));
      };
      const close = (got: unknown, pair: string) => assertClose(got, expected, { rtol: 1e-11, atol: 1e-10 }, `${way}: ${pair}`);
      close(pushforward(along(v) as never, [x, theta], u)[1], "forward over forward");
      close(inner(pushforward(slope as never, [x, theta], u)[1] as Pair, v), "forward over reverse");
      close(inner(pullback(along(v) as never, x, theta)[1](1) as unknown as Pair, u), "reverse over forward");
      close(inner(pullback(alongSlope as never, x, theta)[1](1) as unknown as Pair, v), "reverse over reverse");
    }
  });
});

test("by x alone and by the angles alone, the other one plain: both modes, both ways", () => {
  const [x, theta] = [randn([6, 5], 143), randn([3], 144)];
  const [dx, dtheta] = [randn([6, 5], 145), randn([3], 146)];
  const ybar = randn([6, 5], 147);
  const [xbar, thetabar] = pulled(ybar, x, theta, 1);
  for (const [way, f] of Object.entries(ways)) {
    const byX = (v: NdArray) => f(v, theta);
    const byTheta = (t: NdArray) => f(x, t);
    assertClose(pullback(byX as never, x)[1](ybar), [xbar], tolerance, `${way}: x̄`);
    assertClose(pullback(byTheta as never, theta)[1](ybar), [thetabar], tolerance, `${way}: θ̄`);
    assertClose(pushforward(byX as never, [x], [dx])[1], pushed(x, theta, dx, zeros([3]), 1), tolerance, `${way}: ẏ by x`);
    assertClose(
      pushforward(byTheta as never, [theta], [dtheta])[1],
      pushed(x, theta, zeros([6, 5]), dtheta, 1),
      tolerance,
      `${way}: ẏ by θ`,
    );
    assertClose(
      pushforward(f as never, [x, theta], [dx, ZeroTangent])[1],
      pushed(x, theta, dx, zeros([3]), 1),
      tolerance,
      `${way}: θ still`,
    );
  }
});

test("x and the angles belong to different calls, nested either way: the mixed derivative is the same", () => {
  const [x, theta] = [randn([4, 3], 148), randn([2], 149)];
  const [dx, dtheta] = [randn([4, 3], 150), randn([2], 151)];
  const ybar = randn([4, 3], 152);
  const expected = sum(mul(ybar, pushedTwice(x, theta, [dx, zeros([2])], [zeros([4, 3]), dtheta], 1)));
  for (const [way, f] of Object.entries(ways)) {
    const phi = (a: NdArray, b: NdArray) => sum(mul(ybar, f(a, b)));
    const xInside = (b: NdArray) => sum(mul(gradient(((a: NdArray) => phi(a, b)) as never, x)[0] as NdArray, dx));
    const thetaInside = (a: NdArray) => sum(mul(gradient(((b: NdArray) => phi(a, b)) as never, theta)[0] as NdArray, dtheta));
    const xInsideForward = (b: NdArray) => pushforward(((a: NdArray) => phi(a, b)) as never, [x], [dx])[1];
    const thetaInsideForward = (a: NdArray) => pushforward(((b: NdArray) => phi(a, b)) as never, [theta], [dtheta])[1];
    const close = (got: unknown, pair: string) => assertClose(got, expected, { rtol: 1e-11, atol: 1e-11 }, `${way}: ${pair}`);
    for (const [name, f, at, direction] of [
      ["x in reverse inside", xInside, theta, dtheta],
      ["x forward inside", xInsideForward, theta, dtheta],
      ["θ in reverse inside", thetaInside, x, dx],
      ["θ forward inside", thetaInsideForward, x, dx],
    ] as const) {
      close(pushforward(f as never, [at], [direction])[1], `${name}, forward outside`);
      close(sum(mul(gradient(f as never, at)[0] as NdArray, direction)), `${name}, reverse outside`);
    }
  }
});

test("one angle, one pair, one position: the derivatives of a point on a circle", () => {
  const x = array([[1], [0]]);
  const height = (t: NdArray) => rotaryEmbedding(x, t, { start: 2 }).get(1, 0);
  const [slope] = gradient(height as never, array([0.4])) as unknown as [NdArray];
  assertClose(flat(slope), [2 * Math.cos(0.8)], tolerance);
  for (const mode of ["forward", "reverse"] as const) {
    assertClose(flat(hessian(height as never, array([0.4]), { mode }) as NdArray), [-4 * Math.sin(0.8)], tolerance);
  }
});

test("positions count from 1 as in the seed, unless start says otherwise", () => {
  const x = array([
    [1, 1],
    [0, 0],
  ]);
  const theta = array([0.5]);
  assertClose(
    gridOf(rotaryEmbedding(x, theta)),
    [
      [Math.cos(0.5), Math.cos(1)],
      [Math.sin(0.5), Math.sin(1)],
    ],
    tolerance,
  );
  assertClose(rotaryEmbedding(x, theta, { start: 0 }).get(0, 0), 1, tolerance);
  assert.equal(rotaryEmbedding(x, theta, {}), rotaryEmbedding(x, theta, { start: 1 }));
});

test("the seed's 64 × 512: both gradients, and the length of each pair is kept", () => {
  const x = randn([64, 512], 164);
  const theta = filled(
    [32],
    Array.from({ length: 32 }, (_, k) => 10_000 ** (-k / 32)),
  );
  const y = rotaryEmbedding(x, theta);
  assertClose(sum(square(y)), sum(square(x)), { rtol: 1e-12 });
  const [xbar, thetabar] = gradient((v, t) => sum(rotaryEmbedding(v, t)), x, theta);
  assertClose([xbar, thetabar], pulled(ones([64, 512]), x, theta, 1), { rtol: 1e-12, atol: 1e-10 });
  const [, stretched] = gradient((v, t) => sum(square(rotaryEmbedding(v, t))), x, theta);
  assert.ok(
    flat(stretched).every((entry) => Math.abs(entry) < 1e-7),
    "turning changes no length",
  );
});

test("single precision stays single precision; a mixture gives doubles, each gradient its own kind", () => {
  const single = (x: NdArray) => array(x.dimension === 1 ? flat(x) : gridOf(x), { dtype: "float32" });
  const [x, theta] = [single(randn([4, 3], 165)), single(randn([2], 166))];
  for (const f of Object.values(ways)) {
    assert.is(f(x, theta).dtype, "float32");
    const [xbar, thetabar] = gradient((v, t) => sum(f(v, t)), x, theta);
    assert.equal([xbar.dtype, thetabar.dtype], ["float32", "float32"]);
    assertClose([flat(xbar), flat(thetabar)], pulled(ones([4, 3]), x, theta, 1).map(flat), { rtol: 1e-6, atol: 1e-6 });
    const doubles = randn([2], 167);
    assert.is(f(x, doubles).dtype, "float64");
    assert.is(f(randn([4, 3], 168), theta).dtype, "float64");
    assert.equal(
      gradient((v, t) => sum(f(v, t)), x, doubles).map((g) => g.dtype),
      ["float32", "float64"],
    );
    assert.is(pushforward((v) => f(v, doubles), [x], [x])[1].dtype, "float64");
  }
});

test("no positions and no pairs are allowed", () => {
  assert.equal(rotaryEmbedding(zeros([4, 0]), zeros([2])).shape, [4, 0]);
  assert.equal(rotaryEmbedding(zeros([0, 3]), zeros([0])).shape, [0, 3]);
  assert.equal(flat(gradient((x, t) => sum(rotaryEmbedding(x, t)), zeros([4, 0]), ones([2]))[1]), [0, 0]);
});

test("the kit finds nothing wrong with it", () => testRule(rotaryEmbedding, randn([4, 3], 169), randn([2], 170)));

test("sines and cosines found from those of other positions are those of Math.sin and Math.cos, to the last bits", () => {
  for (const columns of [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 67, 200]) {
    for (const start of [0, 1, 2.5, 1 / 3, 1e5, 1e9, -5, -40]) {
      const theta = array([1, 0.3, 1e-4, 2.7, 1e-9, 12345.678, -0.7, 0]);
      const { cosines, sines } = turnsOf(theta, columns, start);
      for (let k = 0, n = 0; k < 8; k++) {
        for (let i = 0; i < columns; i++, n++) {
          const turn = (start + i) * theta.get(k);
          const off = Math.max(Math.abs((cosines[n] as number) - Math.cos(turn)), Math.abs((sines[n] as number) - Math.sin(turn)));
          assert.ok(off <= 2 ** -51, `${columns} columns from ${start}, θ = ${theta.get(k)}, column ${i}: ${off}`);
        }
      }
    }
  }
});

test("angles that are no numbers turn into NaN, as they do one by one", () => {
  const { cosines, sines } = turnsOf(array([Number.NaN, Number.POSITIVE_INFINITY]), 40, 0);
  assert.ok([...cosines, ...sines].every(Number.isNaN));
});

test.run();
