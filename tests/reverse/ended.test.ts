import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, add, array, gradient, mul, type NdArray, pullback, type Scalar, square, sum, toNested } from "../../lib/index.js";

// What a call that has ended left behind must not reach the tape, which another call may be using.

const ended = "a traced value was used after its differentiation call had ended";
const refuses = (run: () => unknown): void => assert.throws(run, (error: Error) => error.message.includes(ended));

/** The arrays that a call leaves behind: its input, a view of it, a result. None of their entries was read. */
function left(operator: "gradient" | "pullback"): AnyArray[] {
  const kept: AnyArray[] = [];
  const f = (x: AnyArray): Scalar => {
    const y = square(x);
    kept.push(x, x.lo(1), y);
    return sum(y);
  };
  if (operator === "gradient") gradient(f, array([1, 2, 3]));
  else pullback(f, array([1, 2, 3]));
  return kept;
}

for (const operator of ["gradient", "pullback"] as const) {
  test(`an entry that is first read after its ${operator} has ended is refused, and leaves other calls alone`, () => {
    for (const x of left(operator)) {
      refuses(() => x.get(0));
      refuses(() => sum(x));
      const [g] = gradient(
        (a: AnyArray) => {
          const first = mul(a.get(0), a.get(1));
          refuses(() => x.get(1));
          refuses(() => add(first, x.get(0)));
          return add(first, a.get(0));
        },
        array([5, 7]),
      );
      assert.equal(toNested(g as NdArray), [8, 5]);
    }
  });
}

test.run();
