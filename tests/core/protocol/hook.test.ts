import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  checkpointed,
  clip,
  derivative,
  gradient,
  hook,
  hvp,
  mul,
  type NdArray,
  primal,
  pushforward,
  rrule,
  type Scalar,
  square,
  sum,
  TangentError,
  toNested,
} from "../../../lib/index.js";
import { testRule } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";

test("x passes through, arrays as copies, and plain calls do not call the function", () => {
  const x = array([1, 2]);
  let calls = 0;
  const y = hook(x, () => calls++);
  assert.equal(y, x);
  assert.is.not(y.data, x.data);
  assert.is(
    hook(3, () => calls++),
    3,
  );
  assert.is(calls, 0);
});

test("the sweep calls it with the cotangent; undefined leaves that as it is", () => {
  const seen: unknown[] = [];
  const watch = (xbar: unknown): void => {
    seen.push(xbar);
  };
  assert.equal(
    gradient((x) => square(hook(x, watch)), 3),
    [6],
  );
  assert.equal(seen, [6]);
  seen.length = 0;
  assert.equal(
    gradient((x) => sum(square(hook(x, watch))), array([1, 2])),
    [array([2, 4])],
  );
  assert.equal(seen, [array([2, 4])]);
});

test("what it returns replaces the cotangent", () => {
  assert.equal(
    gradient((x) => square(hook(x, (xbar) => mul(-1, xbar))), 3),
    [-6],
  );
  const clipped = gradient((x) => sum(square(hook(x, (xbar) => clip(xbar, -3, 3)))), array([1, 2, -4]))[0];
  assert.equal(toNested(clipped), [2, 3, -3]);
  assert.equal(
    gradient((x) => square(hook(x, () => 0)), 3),
    [0],
  );
});

test("structures come with a cotangent of their own structure", () => {
  let seen: unknown;
  const total = (p: { a: Scalar; b: AnyArray; name: string }): Scalar => {
    const q = hook(p, (pbar) => {
      seen = pbar;
      return { ...pbar, a: mul(10, pbar.a) };
    });
    return add(square(q.a), sum(q.b));
  };
  const [g] = gradient(total as never, { a: 2, b: array([1, 1]), name: "x" }) as unknown as [{ a: number; b: NdArray }];
  assert.is(g.a, 40);
  assert.equal(g.b, array([1, 1]));
  assert.is((seen as { a: number }).a, 4);
});

test("it gets a copy: what it keeps stays, what it writes goes nowhere", () => {
  let kept: NdArray | undefined;
  const x = array([1, 2]);
  const total = (a: AnyArray): Scalar => {
    const b = hook(a, (abar) => {
      kept = abar as NdArray;
      kept.set(0, 99);
    });
    return sum(mul(b, b));
  };
  assert.equal(gradient(total, x), [array([2, 4])]);
  assert.equal(gradient(total, array([5, 6])), [array([10, 12])]);
  assert.equal(toNested(kept as NdArray), [99, 12]);
});

test("it is not called where the cotangent is 0, nor in forward mode", () => {
  let calls = 0;
  const watch = (): void => {
    calls++;
  };
  assert.equal(
    gradient((x) => add(x, mul(0, hook(x, watch))), 3),
    [1],
  );
  assert.is(
    derivative((x) => square(hook(x, watch)), 3),
    6,
  );
  assert.equal(
    pushforward((x: Scalar) => hook(x, watch), [3], [5]),
    [3, 5],
  );
  assert.is(calls, 0);
});

test("under forward over reverse the cotangent moves with x, and what replaces it is differentiated", () => {
  const seen: unknown[] = [];
  const f = (x: AnyArray): Scalar =>
    sum(
      mul(
        square(
          hook(x, (xbar) => {
            seen.push(primal(xbar));
            return mul(xbar, xbar);
          }),
        ),
        x,
      ),
    );
  // ∇f = (2 x · x)² + x², of which the derivative is 16 x³ + 2 x.
  assert.equal(toNested(hvp(f, array([1, 2]), array([1, 1]))), [18, 132]);
  assert.equal(
    seen.map((bar) => toNested(bar as NdArray)),
    [[2, 8]],
  );
});

test("inside a checkpointed function it is called once, in the sweep of the run there", () => {
  let calls = 0;
  const g = checkpointed((x: Scalar) =>
    square(
      hook(x, (xbar) => {
        calls++;
        return mul(2, xbar);
      }),
    ),
  );
  assert.equal(gradient(g, 3), [12]);
  assert.is(calls, 1);
});

test("its rule is the identity's, and the kit finds nothing wrong with it", () => {
  testRule(hook, array([1, 2, 3]), () => undefined);
  testRule(hook, { a: 1, b: array([2]) }, () => undefined);
  const [y, back] = rrule(hook as never, 2, (xbar: number) => 3 * xbar) as [number, (ybar: number) => unknown[]];
  assert.is(y, 2);
  assert.is(back(1)[1], 3);
});

test("bad input is refused in words", () => {
  fails(() => hook(1, 3 as never), TypeError, "hook: fn is a number; give a function of the cotangent");
  fails(() => gradient((x) => hook(x, 3 as never), 1), TypeError, "hook: fn is a number");
  fails(
    () => gradient((x) => sum(hook(x, () => array([1, 2, 3]))), array([1, 2])),
    TangentError,
    "hook: cotangent of argument 1: got an array of shape [3], expected an array of shape [2]",
  );
});

test.run();
