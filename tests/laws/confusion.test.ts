import { test } from "uvu";
import {
  type AnyArray,
  add,
  array,
  copy,
  cos,
  exp,
  gradient,
  mul,
  neg,
  pullback,
  pushforward,
  reciprocal,
  type Scalar,
  similar,
  sin,
  square,
  sub,
  sum,
} from "../../lib/index.js";
import { close, type F, type Slope, seconds, slopes } from "./slopes.js";

// Arrays here; nesting.test.ts does the same for numbers.
const ways = Object.entries(slopes);
const pairs = ways.flatMap(([outer, d]) => ways.map(([inner, e]) => [`${outer} over ${inner}`, d, e] as const));
const triples = pairs.flatMap(([pair, d, e]) => ways.map(([inner, g]) => [`${pair} over ${inner}`, d, e, g] as const));

const x = array([0.5, -1.25, 2]);
const v = array([1, -2, 0.5]);
const w = array([-0.5, 1, 3]);
const dot = (...xs: AnyArray[]): number => sum(xs.reduce((p, q) => mul(p, q))) as number;

for (const [pair, d, e] of pairs) {
  test(`${pair}: an inner closure over the outer array`, () => {
    // e_y Σ x y along v is Σ x v
    close(
      d((a) => e((b) => sum(mul(a, b)), array([3, 4, 5]), v), x, w),
      dot(w, v),
    );
    // Σ x · e_y Σ x y² at y = x along v is Σ x · 2 Σ x² v
    close(
      d(
        (a) =>
          mul(
            sum(a),
            e((b) => sum(mul(a, square(b))), a, v),
          ),
        x,
        w,
      ),
      2 * dot(w) * dot(x, x, v) + 4 * dot(x) * dot(x, v, w),
    );
    // the direction moves with the outer array
    close(
      d((a) => e((b) => sum(square(b)), a, a), x, w),
      4 * dot(x, w),
    );
    // the inner function ignores its own array, or the outer one
    close(
      d(
        (a) =>
          add(
            e(() => sum(square(a)), array([1, 2, 3]), v),
            e((b) => sum(square(b)), array([1, 2, 3]), v),
          ),
        x,
        w,
      ),
      0,
    );
  });

  test(`${pair}: the same function inside itself`, () => {
    const f: F = (a) => sum(mul(a, sin(a)));
    const inside: F = (a) => mul(f(a), e(f, a, v));
    const [s, t] = [x.data, v.data] as [Float64Array, Float64Array];
    const u = w.data as Float64Array;
    let [value, slope, second, along] = [0, 0, 0, 0];
    for (let k = 0; k < 3; k++) {
      const [p, q, r] = [s[k], t[k], u[k]] as [number, number, number];
      value += p * Math.sin(p);
      slope += (Math.sin(p) + p * Math.cos(p)) * q;
      along += (Math.sin(p) + p * Math.cos(p)) * r;
      second += (2 * Math.cos(p) - p * Math.sin(p)) * q * r;
    }
    close(d(inside, x, w), along * slope + value * second);
  });

  test(`${pair}: the inner function reassigns an outer variable, and writes into an outer array`, () => {
    close(
      d(
        (a) => {
          let total: AnyArray = mul(a, a);
          const slope = e(
            (b) => {
              total = add(total, a);
              return sum(mul(total, b));
            },
            array([1, 2, 3]),
            v,
          );
          // a forward or reverse level runs its function once: total is a² + a; slope Σ (a² + a) v
          return mul(slope, sum(total));
        },
        x,
        w,
      ),
      (2 * dot(x, v, w) + dot(v, w)) * (dot(x, x) + dot(x)) + (dot(x, x, v) + dot(x, v)) * (2 * dot(x, w) + dot(w)),
    );
    close(
      d(
        (a) => {
          const kept = copy(a);
          const slope = e(
            (b) => {
              const product = similar(a, [3], { holds: [b] });
              for (let k = 0; k < 3; k++) {
                kept.set(k, mul(kept.get(k), a.get(k)));
                product.set(k, mul(kept.get(k), b.get(k)));
              }
              return sum(product);
            },
            array([1, 1, 1]),
            v,
          );
          return add(slope, sum(kept));
        },
        x,
        w,
      ),
      2 * dot(x, v, w) + 2 * dot(x, w),
    );
  });

  test(`${pair}: a pullback by its seed and by its point, in either order`, () => {
    const pull = (point: AnyArray, seed: AnyArray): AnyArray => pullback((a: AnyArray) => mul(sin(a), a), point)[1](seed)[0] as AnyArray;
    const slope = add(sin(x), mul(x, cos(x)));
    const second = sub(mul(2, cos(x)), mul(x, sin(x)));
    close(
      d((seed) => sum(mul(pull(x, seed), w)), v, w),
      dot(slope, w, w),
    );
    close(
      d((point) => sum(mul(pull(point, v), w)), x, w),
      dot(second, v, w, w),
    );
    close(
      d((point) => e((seed) => sum(pull(point, seed)), v, w), x, v),
      dot(second, v, w),
    );
    close(
      d((seed) => e((point) => sum(pull(point, seed)), x, w), w, v),
      dot(second, v, w),
    );
  });
}

for (const [triple, d, e, g] of triples) {
  test(`${triple}: third derivatives, and closures over both outer arrays`, () => {
    const f: F = (a) => sum(mul(square(a), sin(a)));
    const third = add(sub(mul(6, cos(x)), mul(mul(6, x), sin(x))), neg(mul(square(x), cos(x))));
    close(
      d((a) => e((b) => g(f, b, v), a, w), x, w),
      dot(third, v, w, w),
    );
    // ∂³ of Σ a² b c along v, w, v at (x, w, v)
    const mixed: F = (a) => e((b) => g((c) => sum(mul(mul(square(a), b), c)), v, v), w, w);
    close(d(mixed, x, v), 2 * dot(x, v, v, w));
  });
}

const functions: Readonly<Record<string, F>> = {
  "Σ sin x · Σ x²": (a) => mul(sum(sin(a)), sum(square(a))),
  "products of neighbours": (a) => {
    let total: Scalar = 0;
    for (let k = 0; k < 2; k++) total = add(total, mul(a.get(k), exp(mul(0.5, a.get(k + 1)))));
    return total;
  },
  "an array written in place": (a) => {
    const y = copy(a);
    for (let k = 1; k < 3; k++) y.set(k, mul(y.get(k), sin(y.get(k - 1))));
    return sum(mul(y, y.step(-1)));
  },
};

for (const [name, f] of Object.entries(functions)) {
  test(`the Hessian of ${name}: all pairs of modes agree, and it is symmetric`, () => {
    const expected = (seconds["forward over reverse"] as (typeof seconds)[string])(f, x, v, w) as number;
    for (const [way, second] of Object.entries(seconds)) {
      close(second(f, x, v, w), expected, way);
      close(second(f, x, w, v), expected, `${way}, the other way round`);
    }
  });
}

test("the sixth derivative of 1/x along a direction, in each way and in all of them by turns", () => {
  const all = ways.map(([, d]) => d);
  const sixth = 720 * [0, 1, 2].reduce((total, k) => total + (v.get(k) / x.get(k)) ** 6 / x.get(k), 0);
  const nested = (order: number, way: (k: number) => Slope): F =>
    order === 0 ? (a) => sum(reciprocal(a)) : (a) => way(order)(nested(order - 1, way), a, v);
  for (const [name, d] of ways) close(nested(6, () => d)(x), sixth, name);
  close(nested(6, (k) => all[k % all.length] as Slope)(x), sixth, "by turns");
});

test("tangents that are traced by an inner level do not leak into the outer one's", () => {
  // d/ds of the pushforward along s·v, whose function is itself a gradient along s
  const f = (s: Scalar): Scalar =>
    pushforward(
      (a: AnyArray) => sum(mul(gradient((b: AnyArray) => sum(mul(mul(s, b), square(b))), a)[0], a)),
      [x],
      [mul(s, v)],
    )[1] as Scalar;
  // inner gradient 3 s a²; times a: 3 s Σ a³; along s v: 9 s² Σ x² v; d/ds: 18 s Σ x² v
  close(gradient(f, 2)[0] as Scalar, 36 * dot(x, x, v));
  close(pushforward(f, [2], [1])[1] as Scalar, 36 * dot(x, x, v));
});

test.run();
