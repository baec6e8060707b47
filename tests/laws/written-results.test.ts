import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  gradient,
  jacobian,
  mul,
  pushforward,
  type Scalar,
  square,
  sum,
  toNested,
} from "../../lib/index.js";
import type { NdArray } from "../../lib/nd/index.js";

// A result of one call into which a number of another call is written belongs to the inner one of the two, whichever that is.

type Operator = "derivative" | "gradient";
const slope = (operator: Operator, f: (x: Scalar) => Scalar, at: Scalar): Scalar =>
  operator === "derivative"
    ? (derivative(f as never, at as number) as Scalar)
    : ((gradient(f as never, at as number) as Scalar[])[0] as Scalar);

const w = array([1, 1, 1]);

/** Three entries that move with a number, written by the program, and made by a rule. */
const spread = (t: Scalar): AnyArray => square(mul(t, w) as AnyArray) as AnyArray;

for (const outer of ["derivative", "gradient"] as const) {
  for (const inner of ["derivative", "gradient"] as const) {
    test(`${inner} in ${outer}: a number of the outer call, written into a result of the inner one`, () => {
      // f(s, t) = s + 2 t², by t: 4 t; times s², by s: 8 s t.
      const f = (s: Scalar): Scalar =>
        mul(
          mul(s, s),
          slope(
            inner,
            (t) => {
              const y = spread(t);
              y.set(0, s);
              return sum(y);
            },
            3,
          ),
        );
      assert.is(slope(outer, f, 5), 120);
    });

    test(`${inner} in ${outer}: a number of the inner call, written into a result of the outer one`, () => {
      // f(s, t) = (t + 2 s²)², by t: 2 (t + 2 s²), by s: 8 s.
      const f = (s: Scalar): Scalar =>
        slope(
          inner,
          (t) => {
            const y = spread(s);
            y.set(1, t);
            const total = sum(y);
            return mul(total, total);
          },
          3,
        );
      assert.is(slope(outer, f, 5), 40);
    });

    test(`${inner} in ${outer}: numbers of both, in either order`, () => {
      for (const [first, second] of [
        [0, 2],
        [2, 0],
      ] as const) {
        // f(s, t) = (s + t + (s t)²)², by t and by s.
        const f = (s: Scalar): Scalar =>
          slope(
            inner,
            (t) => {
              const y = spread(mul(s, t));
              if (first === 0) y.set(first, s);
              y.set(second, first === 0 ? t : s);
              if (first === 2) y.set(first, t);
              const total = sum(y);
              return mul(total, total);
            },
            2,
          );
        // u = s + t + s²t², u_t = 1 + 2 s² t, u_s = 1 + 2 s t², u_st = 4 s t: 2 (u_s u_t + u u_st) at s = 3, t = 2.
        const [u, ut, us, ust] = [3 + 2 + 36, 1 + 36, 1 + 24, 24];
        assert.is(slope(outer, f, 3), 2 * (us * ut + u * ust));
      }
    });
  }
}

test("a sum over what a call of many columns left behind is refused, and so is one of a single direction", () => {
  const ended = (error: Error): boolean => error.message.includes("after its differentiation call had ended");
  const kept: AnyArray[] = [];
  const f = (x: AnyArray): AnyArray => {
    const y = square(x) as AnyArray;
    kept.push(x, y);
    return y;
  };
  const x = array([1, 2, 3]);
  assert.equal(toNested(jacobian(f, x, { mode: "forward" }) as NdArray), [
    [2, 0, 0],
    [0, 4, 0],
    [0, 0, 6],
  ]);
  pushforward(f, [x], [x]);
  assert.is(kept.length, 4);
  for (const left of kept) {
    assert.throws(() => sum(left), ended);
    assert.throws(() => square(left), ended);
  }
});

test.run();
