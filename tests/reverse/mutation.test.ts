import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  copy,
  cos,
  jacobian,
  mul,
  type NdArray,
  primal,
  type Scalar,
  similar,
  sin,
  sum,
  toNested,
} from "../../lib/index.js";
import { allClose } from "../../lib/nd/index.js";

const x = array([1, 2, 3]);

/** Asserts that a program over x has this gradient in both modes, and that both modes give the value of the plain run. */
function both(title: string, f: (x: AnyArray) => Scalar, expected: readonly number[], at: NdArray = x): void {
  for (const mode of ["forward", "reverse"] as const) {
    test(`${title} (${mode})`, () => {
      const g = jacobian(f, at, { mode }) as NdArray;
      assert.ok(allClose(g, array([...expected]), { rtol: 1e-13, atol: 1e-13 }), `got ${JSON.stringify(toNested(g))}`);
    });
  }
}

both(
  "an entry overwritten after it was used: earlier uses keep the old value",
  (a) => {
    const y = copy(a);
    const before = mul(y.get(0), 10);
    y.set(0, mul(a.get(1), a.get(2)));
    return add(before, y.get(0));
  },
  [10, 3, 2],
);

both(
  "an entry overwritten with itself, many times",
  (a) => {
    const y = copy(a);
    for (let k = 0; k < 5; k++) y.set(0, mul(y.get(0), 2));
    return sum(y);
  },
  [32, 1, 1],
);

both(
  "two entries swapped",
  (a) => {
    const y = copy(a);
    const kept = y.get(0);
    y.set(0, y.get(2));
    y.set(2, kept);
    return add(mul(y.get(0), 10), mul(y.get(2), 100));
  },
  [100, 0, 10],
);

both(
  "a self-referential loop: y[i] = y[i − 1] x[i]",
  (a) => {
    const y = similar(a);
    y.set(0, a.get(0));
    for (let i = 1; i < a.size; i++) y.set(i, mul(y.get(i - 1), a.get(i)));
    return sum(y);
  },
  [1 + 2 + 6, 1 + 3, 2],
);

both(
  "set after an array rule took the values: the rule keeps what it saw",
  (a) => {
    const y = copy(a);
    const before = mul(y, y);
    y.set(1, mul(a.get(0), 7));
    return sum(add(before, y));
  },
  [2 + 1 + 7, 4, 6 + 1],
);

both(
  "set after a full sum",
  (a) => {
    const y = mul(a, a);
    const before = sum(y);
    y.set(0, 0);
    return mul(before, sum(y));
  },
  [2 * 13, 4 * 13 + 4 * 14, 6 * 13 + 6 * 14],
);

both(
  "writing into the result of an array operation: its other uses keep the old values",
  (a) => {
    const y = sin(a);
    const z = mul(y, 2);
    y.set(0, mul(a.get(1), a.get(1)));
    return add(sum(z), sum(y));
  },
  [2 * Math.cos(1), 3 * Math.cos(2) + 4, 3 * Math.cos(3)],
);

both(
  "writing through a view reaches the array, and the other way round",
  (a) => {
    const y = copy(a);
    const tail = y.lo(1).step(-1);
    tail.set(0, mul(a.get(0), 5));
    y.set(1, mul(a.get(0), 3));
    return add(mul(y.get(2), 10), mul(tail.get(1), 100));
  },
  [50 + 300, 0, 0],
);

both(
  "a copy of a written array, written again",
  (a) => {
    const y = similar(a);
    y.set(0, mul(a.get(0), a.get(1)));
    const z = copy(y);
    y.set(0, 5);
    z.set(1, a.get(2));
    return add(sum(z), sum(y));
  },
  [2, 1, 1],
);

both(
  "a plain number, then a traced one, then a plain one in one place",
  (a) => {
    const y = similar(a, [1]);
    y.set(0, 4);
    let total = mul(y.get(0), a.get(0));
    y.set(0, a.get(1));
    total = add(total, mul(y.get(0), a.get(0)));
    y.set(0, 3);
    return add(total, mul(y.get(0), a.get(2)));
  },
  [4 + 2, 1, 3],
);

both(
  "an array of zeros that nothing traced was written to",
  (a) => {
    const y = similar(a);
    y.set(0, 7);
    return add(sum(mul(y, y)), a.get(0));
  },
  [1, 0, 0],
);

both(
  "sums over a written array, entries and views of it, all at once",
  (a) => {
    const y = similar(a, [2, 2]);
    y.set(0, 0, a.get(0));
    y.set(0, 1, mul(a.get(0), a.get(1)));
    y.set(1, 1, a.get(2));
    return add(add(sum(y), mul(sum(y.pick(0)), 10)), mul(sum(y.transpose(1, 0).pick(1)), y.get(0, 0)));
  },
  [11 + 22 + 5 + 2, 11 + 1, 1 + 1],
);

both(
  "a closure that reassigns an outer traced variable",
  (a) => {
    let total: Scalar = 0;
    const each = (v: Scalar): void => {
      total = add(mul(total, 2), v);
    };
    for (let i = 0; i < 3; i++) each(a.get(i));
    return total;
  },
  [4, 2, 1],
);

both(
  "a JavaScript list of traced numbers, pushed, popped and sorted by primal",
  (a) => {
    const stack: Scalar[] = [];
    for (let i = 0; i < 3; i++) stack.push(mul(a.get(i), i + 1));
    const last = stack.pop() as Scalar;
    stack.sort((p, q) => (primal(q) as number) - (primal(p) as number));
    return add(mul(stack[0] as Scalar, 10), last);
  },
  [0, 20, 3],
);

both(
  "bubble sort in place: the gradient follows the entries",
  (a) => {
    const y = copy(a);
    for (let n = y.size; n > 1; n--) {
      for (let i = 0; i + 1 < n; i++) {
        const [p, q] = [y.get(i), y.get(i + 1)];
        if ((primal(p) as number) <= (primal(q) as number)) continue;
        y.set(i, q);
        y.set(i + 1, p);
      }
    }
    return add(y.get(0), add(mul(y.get(1), 10), mul(y.get(2), 100)));
  },
  [100, 1, 10],
  array([9, 1, 4]),
);

both(
  "branches and loops whose course depends on the values",
  (a) => {
    let y: Scalar = a.get(0);
    while ((primal(y) as number) < 100) y = (primal(y) as number) % 2 === 0 ? mul(y, a.get(1)) : add(mul(y, a.get(2)), a.get(2));
    return y;
  },
  // 1 → 6 → 12 → 24 → 48 → 96 → 192
  [3 * 32, 6 * 5 * 16, 2 * 32],
);

both(
  "in-place rotation of pairs, as in a rotary embedding written with set",
  (a) => {
    const y = similar(a, [2]);
    y.set(0, add(mul(cos(a.get(2)), a.get(0)), mul(-1, mul(sin(a.get(2)), a.get(1)))));
    y.set(1, add(mul(sin(a.get(2)), a.get(0)), mul(cos(a.get(2)), a.get(1))));
    return mul(y.get(0), y.get(1));
  },
  [
    Math.cos(3) * (Math.sin(3) + 2 * Math.cos(3)) + Math.sin(3) * (Math.cos(3) - 2 * Math.sin(3)),
    -Math.sin(3) * (Math.sin(3) + 2 * Math.cos(3)) + Math.cos(3) * (Math.cos(3) - 2 * Math.sin(3)),
    (Math.cos(3) - 2 * Math.sin(3)) ** 2 - (Math.sin(3) + 2 * Math.cos(3)) ** 2,
  ],
);

test.run();
