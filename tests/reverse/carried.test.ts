import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  abs,
  add,
  array,
  configure,
  cos,
  derivative,
  div,
  exp,
  gradient,
  hessian,
  hvp,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  similar,
  sin,
  sqrt,
  stack,
  sub,
  sum,
  vhp,
} from "../../lib/index.js";
import { allClose, rowMajor } from "../../lib/nd/index.js";

// A tape below which one forward level runs carries its numbers and their speeds in typed memory; other ways must give the same.

const x = array([0.3, -0.8, 1.1]);
const v = array([1, 0.5, -2]);

const programs: Readonly<Record<string, (x: AnyArray) => Scalar>> = {
  "a linear function": (x) => add(mul(3, x.get(0)), sub(x.get(1), x.get(2))),
  "an entry that is used twice": (x) => mul(mul(x.get(0), x.get(0)), x.get(0)),
  "entries, numbers and functions of one operand": (x) => mul(sin(x.get(0)), div(exp(x.get(1)), add(2, cos(mul(x.get(2), x.get(0)))))),
  "numbers that are gathered, and arrays": (x) => sum(mul(stack([mul(x.get(0), x.get(1)), sin(x.get(2)), 2]), x)),
  "an array that is written": (x) => {
    const y = similar(x, [2]);
    y.set(0, mul(x.get(0), x.get(2)));
    y.set(1, exp(x.get(1)));
    return mul(sum(mul(y, y)), x.get(1));
  },
  "a sum of what is read too": (x) => mul(sum(x), mul(x.get(1), sum(mul(x, x)))),
  "an entry whose slope is 0 where it stands": (x) => mul(sub(x.get(0), 0.3), mul(sub(x.get(0), 0.3), x.get(1))),
  "a number without derivative on the way": (x) => add(mul(abs(x.get(1)), x.get(0)), 4),
};

for (const [name, f] of Object.entries(programs)) {
  test(`hvp is reverse over reverse, and the same in checked mode: ${name}`, () => {
    const y = hvp(f, x, v);
    assert.ok(allClose(y, vhp(f, v, x), { rtol: 1e-13 }));
    configure({ checked: true });
    try {
      assert.ok(allClose(y, hvp(f, x, v), { rtol: 1e-13 }));
    } finally {
      configure({ checked: false });
    }
  });

  test(`third derivatives, two levels below the tape: ${name}`, () => {
    const direct = derivative((t) => sum(mul(hvp(f, add(x, mul(t, v)), v), v)), 0);
    const [turned] = gradient((t) => sum(mul(vhp(f, v, add(x, mul(t, v))), v)), 0);
    assert.ok(allClose(direct, turned, { rtol: 1e-12, atol: 1e-12 }));
  });
}

test("what a tape has carried does not reach the next one that takes its memory", () => {
  hvp((a) => mul(exp(a.get(0)), mul(sin(a.get(1)), a.get(2))), x, v);
  const linearThenSquare = (a: AnyArray): Scalar => add(add(a.get(0), a.get(1)), mul(a.get(2), a.get(2)));
  assert.equal([...hvp(linearThenSquare, x, v).data], [0, 0, -4]);
});

test("a tape that grows keeps what it carries", () => {
  const steps = 700;
  const f = (a: AnyArray): Scalar => {
    let y: Scalar = a.get(0);
    for (let k = 0; k < steps; k++) y = add(mul(y, a.get(1)), mul(0.5, a.get(0)));
    return y;
  };
  const at = array([0.4, 0.99]);
  const along = array([1, 0.01]);
  assert.ok(allClose(hvp(f, at, along), vhp(f, along, at), { rtol: 1e-11 }));
});

test("numbers that two outer calls move lie on one tape", () => {
  const f = (s: Scalar, t: Scalar): Scalar => (gradient((a) => mul(mul(exp(mul(s, a)), sin(mul(t, a))), a), 0.7) as [Scalar])[0];
  const mixed = derivative((s) => derivative((t) => f(s, t), 0.4), 1.2);
  const [turned] = gradient((s) => gradient((t) => f(s, t), 0.4)[0], 1.2);
  assert.ok(allClose(mixed, turned, { rtol: 1e-13 }));
});

test("a seed that moves, and a walk that is repeated", () => {
  const g = (a: Scalar): Scalar => {
    const [, back] = pullback((b: Scalar) => mul(mul(b, b), a), a);
    const [first] = back(1) as [Scalar];
    const [second] = back(mul(a, a)) as [Scalar];
    return add(first, second);
  };
  // 2 a² + 2 a⁴
  const [value, moved] = pushforward(g, [1.5], [1]);
  assert.ok(allClose(value, 2 * 1.5 ** 2 + 2 * 1.5 ** 4));
  assert.ok(allClose(moved, 4 * 1.5 + 8 * 1.5 ** 3));
});

test("products with 0 are 0 in speeds too", () => {
  const f = (a: AnyArray): Scalar => mul(0, sqrt(mul(a.get(0), a.get(0))));
  assert.equal([...hvp(f, array([0]), array([1])).data], [0]);
  assert.equal([...hvp(f, array([0]), array([0])).data], [0]);
});

test("single precision stays", () => {
  const single = rowMajor(new Float32Array([0.5, 2]), [2]);
  const y = hvp((a) => mul(mul(a.get(0), a.get(1)), a.get(1)), single, single) as NdArray;
  assert.is(y.dtype, "float32");
  assert.equal([...y.data], [8, 4]);
});

test("hessian, whose numbers move along many directions, goes its own way", () => {
  const f = programs["entries, numbers and functions of one operand"] as (x: AnyArray) => Scalar;
  assert.ok(allClose(hessian(f, x), hessian(f, x, { mode: "reverse" }), { rtol: 1e-13 }));
});

test.run();
