import { test } from "uvu";
import {
  type AnyArray,
  add,
  gradient,
  hessian,
  hvp,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  slice,
  square,
  sub,
  sum,
  vhp,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

/** Σ 100 (x[i + 1] − x[i]²)² + (1 − x[i])², with slices. */
function bySlices(x: AnyArray): Scalar {
  const head = slice(x, [[undefined, -1]]);
  const tail = slice(x, [[1]]);
  return sum(add(mul(100, square(sub(tail, square(head)))), square(sub(1, head))));
}

/** The same in a loop over entries. */
function byEntries(x: AnyArray): Scalar {
  let total: Scalar = 0;
  for (let i = 0; i + 1 < x.size; i++) {
    const valley = sub(x.get(i + 1), square(x.get(i)));
    total = add(total, add(mul(100, square(valley)), square(sub(1, x.get(i)))));
  }
  return total;
}

const n = 7;
const x = decimals([n], 5);
const v = decimals([n], 6);
const at = (i: number): number => x.get(i);

const slope = build([n], (i = 0) => {
  const own = i + 1 < n ? -400 * at(i) * (at(i + 1) - at(i) ** 2) - 2 * (1 - at(i)) : 0;
  return own + (i > 0 ? 200 * (at(i) - at(i - 1) ** 2) : 0);
});
/** Tridiagonal. */
const curvature = build([n, n], (i = 0, j = 0) => {
  if (i === j) return (i + 1 < n ? 1200 * at(i) ** 2 - 400 * at(i + 1) + 2 : 0) + (i > 0 ? 200 : 0);
  return Math.abs(i - j) === 1 ? -400 * at(Math.min(i, j)) : 0;
});
const along = build([n], (i = 0) => Array.from({ length: n }, (_, j) => curvature.get(i, j) * v.get(j)).reduce((a, b) => a + b, 0));
const tolerance = { rtol: 1e-12, atol: 1e-10 };

for (const f of [bySlices, byEntries]) {
  test(`${f.name}: gradient, Hessian and products with it are the closed forms`, () => {
    assertClose(gradient(f, x)[0], slope, tolerance);
    assertClose(hessian(f, x), curvature, tolerance);
    assertClose(hvp(f, x, v), along, tolerance);
    assertClose(vhp(f, v, x), along, tolerance);
    const dot = Array.from({ length: n }, (_, i) => slope.get(i) * v.get(i)).reduce((a, b) => a + b, 0);
    assertClose(pushforward(f, [x], [v as NdArray])[1], dot, tolerance);
  });
}

test.run();
