import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  configure,
  defineRule,
  derivative,
  gradient,
  hessian,
  mul,
  type NdArray,
  NoTangent,
  primal,
  pullback,
  pushforward,
  type Scalar,
  sin,
  sum,
  Tangent,
  thunk,
  toNested,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);
type Function1 = (x: Scalar) => Scalar;

/** d/dx by each engine. */
const slopes: Record<string, (f: Function1, x: Scalar) => Scalar> = {
  reverse: (f, x) => gradient(f, x)[0] as Scalar,
  forward: (f, x) => derivative(f, x),
};

/** Runs a test for all pairs of modes, outer and inner. */
function pairs(title: string, run: (outer: (typeof slopes)[string], inner: (typeof slopes)[string]) => void): void {
  for (const [o, outer] of Object.entries(slopes)) {
    for (const [i, inner] of Object.entries(slopes)) test(`${title} (${i} inside ${o})`, () => run(outer, inner));
  }
}

const closeTo = (got: unknown, expected: number): void =>
  assert.ok(Math.abs((got as number) - expected) < 1e-12 * Math.max(1, Math.abs(expected)), `${got} is not ${expected}`);

/** x ↦ a x, made where a is known. */
const times = (a: Scalar): Function1 =>
  defineRule((x: Scalar): Scalar => mul(a, x), {
    frule: ([, dx], x) => [mul(a, x), mul(a, dx)],
    rrule: (x) => [mul(a, x), (ybar) => [NoTangent, mul(a, ybar)]],
  }) as Function1;

pairs("a rule that closes over an outer traced value differentiates by it", (outer, inner) => {
  // d/da d/dx a x · a x² = 2 · 3 a x²
  closeTo(
    outer((a) => inner((x) => mul(times(a)(x), times(a)(mul(x, x))), 3), 2),
    2 * 2 * 3 * 9,
  );
});

for (const half of ["frule", "rrule"] as const) {
  pairs(`one half alone may close over an outer traced value: ${half}`, (outer, inner) => {
    const rule = (a: Scalar): Function1 => {
      const f = (x: Scalar): Scalar => mul(a, mul(x, x));
      const slope = (x: Scalar): Scalar => mul(2, mul(a, x));
      return defineRule(
        f,
        half === "frule"
          ? { frule: ([, dx], x) => [f(x), mul(slope(x), dx)] }
          : { rrule: (x) => [f(x), (ybar) => [NoTangent, mul(slope(x), ybar)]] },
      ) as Function1;
    };
    closeTo(
      outer((a) => inner(rule(mul(a, a)), 3), 2),
      4 * 2 * 3,
    );
  });
}

test("a rule that closes over a traced value of the call that runs it is refused: that derivative would be lost", () => {
  const message = "closes over a traced value of the call that is running; pass that value as an argument";
  fails(() => gradient((a) => times(a)(a), 3), TypeError, message);
  fails(() => derivative((a) => times(a)(a), 3), TypeError, message);
});

test("so is one that does so in its tangent or its pullback alone", () => {
  const sly = (a: Scalar): Function1 => {
    const f = (x: Scalar): Scalar => mul(primal(a), x);
    return defineRule(
      f,
      { frule: ([, dx], x) => [f(x), mul(a, dx)], rrule: (x) => [f(x), (ybar) => [NoTangent, mul(a, ybar)]] },
      { name: "sly" },
    ) as Function1;
  };
  fails(() => derivative((a) => sly(a)(a), 3), TypeError, "sly", "closes over a traced value of the call that is running");
  fails(() => pushforward((a) => sly(a.get(0))(a as never) as never, [array([1, 2])], [array([1, 1])]), TypeError, "sly", "closes over");
  fails(() => gradient((a) => sly(a)(a), 3), TypeError, "used after its differentiation call had ended");
});

const cube: Function1 = (x) => mul(x, mul(x, x));

pairs("gradient and pullback inside a rule's forward half", (outer, inner) => {
  // f = d(x³)/dx = 3 x², its slope by the pullback of the gradient.
  const rule = defineRule((x: Scalar): Scalar => gradient(cube, x)[0] as Scalar, {
    rrule: (x) => {
      const [y, back] = pullback((z) => gradient(cube, z)[0] as Scalar, x);
      return [y, (ybar) => [NoTangent, back(ybar)[0]]];
    },
  }) as Function1;
  closeTo(
    outer((x) => inner(rule, x), 2),
    6,
  );
  closeTo(
    outer((x) => inner((z) => mul(rule(z), z), x), 2),
    18 * 2,
  );
});

pairs("gradient, derivative and pullback inside a pullback", (outer, inner) => {
  for (const slope of [...Object.values(slopes), (f: Function1, x: Scalar) => pullback(f, x)[1](1)[0] as Scalar]) {
    const rule = defineRule((x: Scalar): Scalar => cube(x), {
      rrule: (x) => [cube(x), (ybar) => [NoTangent, mul(ybar, slope(cube, x))]],
    }) as Function1;
    closeTo(
      outer((x) => inner((z) => rule(rule(z)), x), 1.5),
      72 * 1.5 ** 7,
    );
  }
});

test("a rule that differentiates itself inside its pullback", () => {
  const rule: Function1 = defineRule((x: Scalar): Scalar => sin(x), {
    rrule: (x) => [
      sin(x),
      (ybar) => [
        NoTangent,
        mul(
          ybar,
          derivative((z) => sin(z), x),
        ),
      ],
    ],
    frule: ([, dx], x) => [sin(x), mul(dx, gradient(sin as Function1, x)[0] as Scalar)],
  }) as Function1;
  closeTo(gradient((x) => gradient((y) => gradient(rule, y)[0] as Scalar, x)[0] as Scalar, 0.7)[0], -Math.cos(0.7));
  closeTo(
    derivative((x) => gradient((y) => derivative(rule, y), x)[0] as Scalar, 0.7),
    -Math.cos(0.7),
  );
});

test("thunks: computed once where they are used, never where not; one in another is computed to the end", () => {
  const computed: string[] = [];
  const product = defineRule((x: Scalar, y: Scalar): Scalar => mul(x, y), {
    rrule: (x, y) => [
      mul(x, y),
      (ybar) => {
        const late = (name: string, value: () => Scalar): unknown =>
          thunk(() => {
            computed.push(name);
            return thunk(value);
          });
        return [NoTangent, late("x", () => mul(ybar, y)), late("y", () => mul(ybar, x))];
      },
    ],
  });
  assert.equal(
    gradient((x) => product(x, 5), 3),
    [5],
  );
  assert.equal(computed, ["x"]);
  assert.equal(
    gradient((x, y) => product(y, x), 3, 4),
    [4, 3],
  );
  assert.equal(computed, ["x", "x", "y"]);
  assert.equal(
    gradient(() => mul(product(2, 3), 1), 3),
    [0],
  );
  assert.is(computed.length, 3);
});

interface Layer {
  readonly w: NdArray;
  readonly bias: number;
  readonly name: string;
}
const layer: Layer = { w: array([1, 2]), bias: 3, name: "dense" };

test("ZeroTangent for a whole record is real zeros of its parts; so is what a Tangent leaves out", () => {
  const cotangents: Record<string, (ybar: Scalar) => unknown> = {
    ZeroTangent: () => ZeroTangent,
    Tangent: (ybar) => new Tangent({ bias: ybar }),
    thunk: (ybar) => thunk(() => ({ bias: ybar, w: ZeroTangent })),
  };
  for (const [title, cotangent] of Object.entries(cotangents)) {
    const rule = defineRule((p: Layer): Scalar => p.bias, { rrule: (p) => [p.bias, (ybar) => [NoTangent, cotangent(ybar)]] });
    const bias = title === "ZeroTangent" ? 0 : 1;
    const [g] = gradient((p) => add(rule(p as never), mul(2, sum(p.w))), layer);
    assert.equal([nested(g.w), g.bias, g.name as unknown], [[2, 2], bias, NoTangent], title);
    assert.is(pushforward((p) => rule(p as never), [layer], [{ w: array([1, 1]), bias: 5 }])[1], 5 * bias, title);
  }
});

test("NoTangent for what moves is refused: the derivative would be lost", () => {
  const rule = defineRule((x: Scalar): Scalar => mul(2, x), { rrule: (x) => [mul(2, x), () => [NoTangent, NoTangent]] });
  assert.throws(
    () => gradient((x) => rule(x), 3),
    /NoTangent for argument 1, which moves: its derivative would be lost; give its cotangent, or ZeroTangent, or declare that it stands still, \{ still: \[0\] \}$/,
  );
  const halves = defineRule((x: Scalar): Scalar => mul(2, x), {
    frule: ([, dx], x) => [mul(2, x), mul(2, dx)],
    rrule: (x) => [mul(2, x), () => [NoTangent, NoTangent]],
  });
  assert.equal(
    pushforward((x) => halves(x), [3], [1]),
    [6, 2],
  );
  configure({ checked: true });
  try {
    assert.throws(() => pushforward((x) => halves(x), [3], [1]), /NoTangent for argument 1, which moves/);
  } finally {
    configure({ checked: false });
  }
  const still = defineRule(
    (x: Scalar, k: number): Scalar => mul(k, x),
    { rrule: (x, k) => [mul(k, x), (ybar: Scalar) => [NoTangent, mul(k, ybar), NoTangent]] },
    { still: [1] },
  );
  assert.equal(
    gradient((x) => still(x, 3), 2),
    [3],
  );
  for (const operator of [gradient, (f: never, x: number) => pushforward(f, [x], [1])] as ((f: unknown, x: number) => unknown)[])
    assert.throws(() => operator((x: Scalar) => still(2, x as never), 3), /argument 2 is a traced number; it has no derivative there/);
});

test("a rule whose cotangent has the broadcast shape: the engine brings it back, to second order", () => {
  const rule = defineRule((s: Scalar, a: AnyArray): AnyArray => mul(s, a), {
    rrule: (s, a) => [mul(s, a), (ybar: AnyArray) => [NoTangent, mul(ybar, a), mul(ybar, s)]],
  });
  const a = array([1, 2]);
  const f = (s: Scalar): Scalar => sum(rule(mul(s, s), a) as AnyArray);
  closeTo(gradient(f, 3)[0], 6 * 3);
  closeTo(derivative(f, 3), 6 * 3);
  for (const mode of ["forward", "reverse"] as const) closeTo(hessian(f, 3, { mode }), 6);
  const rows = array([
    [1, 2],
    [3, 4],
  ]);
  const spread = defineRule((x: AnyArray, y: AnyArray): AnyArray => mul(x, y), {
    rrule: (x, y) => [mul(x, y), (ybar: AnyArray) => [NoTangent, mul(ybar, y), mul(ybar, x)]],
  });
  assert.equal(nested(gradient((x) => sum(spread(x, rows) as AnyArray), a)[0]), [4, 6]);
});

test.run();
