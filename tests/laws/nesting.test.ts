import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  add,
  cos,
  defineRule,
  derivative,
  gradient,
  mul,
  pullback,
  pushforward,
  type Scalar,
  scalarRule,
  sin,
  withGradient,
} from "../../lib/index.js";

type F = (x: Scalar) => Scalar;

/** The ways to the slope of a function of one number. */
const slopes: Record<string, (f: F, x: Scalar) => Scalar> = {
  derivative: (f, x) => derivative(f, x),
  gradient: (f, x) => gradient(f, x)[0] as Scalar,
  withGradient: (f, x) => withGradient(f, x).gradient[0] as Scalar,
  pushforward: (f, x) => pushforward(f, [x], [1])[1] as Scalar,
  "pullback, called inside": (f, x) => pullback(f, x)[1](1)[0] as Scalar,
  "gradient of a structure": (f, x) => (gradient((p) => f(p.list[0] as Scalar), { list: [x] })[0] as { list: Scalar[] }).list[0] as Scalar,
};
const names = Object.keys(slopes);
const d =
  (way: string): ((f: F) => F) =>
  (f) =>
  (x) =>
    (slopes[way] as (f: F, x: Scalar) => Scalar)(f, x);

const close = (a: Scalar, b: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs((a as number) - b) <= tolerance * Math.max(1, Math.abs(b)), `${a as number} is not ${b}`);

/** Every pair of ways, and every triple. */
const pairs = names.flatMap((outer) => names.map((inner) => [outer, inner] as const));
const triples = pairs.flatMap(([a, b]) => names.map((c) => [a, b, c] as const));

for (const [outer, inner] of pairs) {
  test(`${outer} over ${inner}: no perturbation is taken for another`, () => {
    const [o, i] = [d(outer), d(inner)];
    for (const [x, y] of [
      [1, 1],
      [2, -3],
      [0.5, 0],
    ] as const) {
      // d/dx (x · d/dy (x + y)) = 1
      close(o((s) => mul(s, i((t) => add(s, t))(y)))(x), 1);
      // d/dx (x · d/dy (x y)) = 2x
      close(o((s) => mul(s, i((t) => mul(s, t))(y)))(x), 2 * x);
      // d/dx d/dy (x² y³) at (x, x): 6x · y² · … = d/dx (3 x² y²) with y fixed
      close(o((s) => i((t) => mul(mul(s, s), mul(mul(t, t), t)))(y))(x), 6 * x * y * y);
      // the inner point moves too: d/dx f′(x²) = 2x f″(x²)
      close(o((s) => i(sin)(mul(s, s)))(x), -2 * x * Math.sin(x * x));
      // the inner call does not depend on the outer variable
      close(o((s) => mul(s, i((t) => mul(t, t))(y)))(x), 2 * y);
      // the inner function ignores its own variable
      close(o((s) => i(() => mul(s, s))(y))(x), 0);
    }
  });

  test(`${outer} over ${inner}: two inner calls one after the other, and one inside a loop`, () => {
    const [o, i] = [d(outer), d(inner)];
    const f: F = (s) => add(i((t) => mul(s, mul(t, t)))(3), i((t) => mul(mul(s, s), t))(5));
    close(o(f)(2), 6 + 4);
    const g: F = (s) => {
      let y: Scalar = 1;
      for (let k = 0; k < 4; k++) {
        const before: Scalar = y;
        y = add(before, i((t) => mul(mul(s, before), mul(t, t)))(k));
      }
      return y;
    };
    // y₊ = y (1 + 2ks): (1 + 2s)(1 + 4s)(1 + 6s)
    close(o(g)(1), 2 * 5 * 7 + 4 * 3 * 7 + 6 * 3 * 5);
  });

  test(`${outer} over ${inner}: an outer variable that the inner function reassigns`, () => {
    const [o, i] = [d(outer), d(inner)];
    close(
      o((s) => {
        let total: Scalar = mul(s, s);
        const slope = i((t) => {
          total = add(total, s);
          return mul(total, t);
        })(2);
        return mul(slope, total);
      })(3),
      // slope = total = s² + s
      2 * (9 + 3) * (2 * 3 + 1),
    );
  });
}

for (const [a, b, c] of triples) {
  test(`${a} over ${b} over ${c}: third derivatives and closures over both outer variables`, () => {
    const [p, q, r] = [d(a), d(b), d(c)];
    close(p(q(r((x) => mul(mul(x, x), mul(x, x)))))(1.5), 36);
    close(p(q(r(sin)))(0.4), -Math.cos(0.4));
    // ∂³/∂x∂y∂z of x² y² z² + x y z
    const f = (x: Scalar, y: Scalar, z: Scalar): Scalar => add(mul(mul(mul(x, x), mul(y, y)), mul(z, z)), mul(mul(x, y), z));
    close(p((x) => q((y) => r((z) => f(x, y, z))(5))(3))(2), 8 * 2 * 3 * 5 + 1);
    // the same function inside itself: g(x) = x · d/dy (y g₀(y)) …
    const g = (depth: number): F => (depth === 0 ? sin : (x) => mul(x, [p, q, r][depth - 1]?.(g(depth - 1))(x) as Scalar));
    // θ³ sin with θ = x d/dx
    const x = 0.7;
    close(g(3)(x), x * Math.cos(x) - 3 * x * x * Math.sin(x) - x ** 3 * Math.cos(x));
  });
}

test("differentiating a pullback by its seed and by its point, in all pairs of modes", () => {
  const pull = (x: Scalar, seed: Scalar): Scalar => pullback((z) => mul(sin(z), z), x)[1](seed)[0] as Scalar;
  const first = Math.sin(2) + 2 * Math.cos(2);
  const second = 2 * Math.cos(2) - 2 * Math.sin(2);
  for (const way of names) {
    close(d(way)((s) => pull(2, s))(3), first);
    close(d(way)((x) => pull(x, 3))(2), 3 * second);
    for (const inner of names) {
      close(d(way)((x) => d(inner)((s) => pull(x, s))(3))(2), second);
      close(d(way)((s) => d(inner)((x) => pull(x, s))(2))(3), second);
    }
  }
});

test("a pullback that outlives the outer function's step serves it later", () => {
  for (const way of names) {
    close(
      d(way)((x) => {
        const [y, back] = pullback((z: Scalar) => mul(z, mul(z, x)), mul(x, x));
        const once = back(1)[0] as Scalar;
        return mul(add(once, back(x)[0] as Scalar), y as Scalar);
      })(2),
      // z = x²: y = z² x = x⁵; ∂y/∂z = 2 z x = 2x³: (2x³ + 2x⁴) x⁵ = 2x⁸ + 2x⁹
      16 * 2 ** 7 + 18 * 2 ** 8,
    );
  }
});

test("differentiating a pushforward by its tangent and by its point", () => {
  const push = (x: Scalar, dx: Scalar): Scalar => pushforward(sin, [x], [dx])[1] as Scalar;
  for (const way of names) {
    close(d(way)((t) => push(0.3, mul(t, t)))(2), 4 * Math.cos(0.3));
    close(d(way)((x) => push(x, 2))(0.3), -2 * Math.sin(0.3));
  }
});

test("the sixth derivative of 1/x, in every way and alternating", () => {
  const reciprocal = scalarRule(
    (x: number) => 1 / x,
    (y) => [mul(-1, mul(y, y))],
    { name: "reciprocal" },
  ) as F;
  const exact = 720 / 2 ** 7;
  for (const way of names) {
    let f: F = reciprocal;
    for (let k = 0; k < 6; k++) f = d(way)(f);
    close(f(2), exact);
  }
  let mixed: F = reciprocal;
  for (let k = 0; k < 6; k++) mixed = d(names[k % names.length] as string)(mixed);
  close(mixed(2), exact);
});

test("a rule by hand whose halves differentiate inside nests like any other", () => {
  const f: F = defineRule((x: Scalar): Scalar => mul(x, x), {
    frule: ([, dx], x) => [
      mul(x, x),
      mul(
        derivative((z) => mul(z, z), x),
        dx,
      ),
    ],
    rrule: (x) => [mul(x, x), (ybar) => [undefined as never, mul(ybar, gradient((z) => mul(z, z), x)[0] as Scalar)]],
  }) as F;
  for (const [outer, inner] of pairs) close(d(outer)(d(inner)((x) => mul(f(x), x)))(3), 18);
});

test("values of all levels mix in one expression", () => {
  const f = (x: Scalar): Scalar => derivative((y) => gradient((z) => mul(add(mul(x, y), z), add(mul(y, z), cos(x))), 3)[0] as Scalar, 2);
  // ∂/∂z = y z + cos x + (x y + z) y; ∂/∂y = z + 2 x y + z; ∂/∂x = 2 y
  close(gradient(f, 5)[0] as Scalar, 4);
  close(f(5), 3 + 2 * 5 * 2 + 3);
});

test.run();
