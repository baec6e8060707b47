import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, frule as coreFrule, rrule as coreRrule } from "../../../lib/core/index.js";
import {
  type AnyArray,
  add,
  array,
  callable,
  defineRule,
  derivative,
  frule,
  gradient,
  hasRule,
  hvp,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sin,
  sum,
  Tangent,
  toNested,
  vhp,
} from "../../../lib/index.js";

type Pulled = [unknown, (ybar: unknown) => unknown[]];

interface Params {
  readonly w: Scalar;
  readonly b: Scalar;
}

/** y = sin(w x) + b, traced. */
const wave = (p: Params, x: Scalar): Scalar => add(sin(mul(p.w, x)), p.b);
/** The same with a rule of its own. */
const ruled = defineRule((p: { w: number; b: number }, x: number): number => wave(p, x) as number, {
  frule: ([, dp, dx], p, x) => [wave(p, x), add(mul(Math.cos(p.w * x), add(mul(dp.w, x), mul(p.w, dx))), dp.b)],
  rrule: (p, x) => [
    wave(p, x),
    (ybar) => [NoTangent, new Tangent({ w: ybar * x * Math.cos(p.w * x), b: ybar }), ybar * p.w * Math.cos(p.w * x)],
  ],
});

const [w, b, x] = [2, 5, 0.3];
const cosine = Math.cos(w * x);
const close = (a: unknown, expected: number): void => assert.ok(Math.abs((a as number) - expected) < 1e-14, `${a} is not ${expected}`);

test("a callable is called as a function of the arguments after its parameters", () => {
  const c = callable({ w, b }, wave);
  assert.is(c(x), Math.sin(w * x) + b);
  assert.is(c.name, "wave");
});

for (const [title, apply] of [
  ["without a rule", wave],
  ["with a rule", ruled as typeof wave],
] as const) {
  test(`${title}: rrule returns the parameters' cotangent in the self slot`, () => {
    const [y, back] = rrule(callable({ w, b }, apply), x) as [number, (ybar: number) => [Params, number]];
    close(y, Math.sin(w * x) + b);
    const [cbar, xbar, ...rest] = back(10);
    const fields = cbar instanceof Tangent ? (cbar.fields as unknown as Params) : cbar;
    close(fields.w, 10 * x * cosine);
    assert.is(fields.b, 10);
    close(xbar, 10 * w * cosine);
    assert.is(rest.length, 0);
  });

  test(`${title}: frule takes the parameters' tangent in the self slot`, () => {
    const c = callable({ w, b }, apply);
    const [y, dy] = frule([new Tangent({ w: 1, b: 100 }), 10], c, x) as [number, number];
    close(y, Math.sin(w * x) + b);
    close(dy, cosine * (x + 10 * w) + 100);
    close(frule([new Tangent({ b: 7 })], c, x)?.[1], 7);
    close(frule([NoTangent, 1], c, x)?.[1], w * cosine);
  });

  test(`${title}: passed as an argument, its parameters' gradient comes back`, () => {
    const layer = callable({ w, b }, apply);
    const [g] = gradient((c) => c(x), layer);
    close((g as unknown as Params).w, x * cosine);
    assert.is((g as unknown as Params).b, 1);
  });

  test(`${title}: pushforward moves its parameters`, () => {
    const [y, dy] = pushforward(
      ((c: (x: Scalar) => Scalar, z: Scalar) => c(z)) as AnyFunction,
      [callable({ w, b }, apply), x],
      [{ w: 1, b: 0 }, 10],
    );
    close(y, Math.sin(w * x) + b);
    close(dy, cosine * (x + 10 * w));
  });

  test(`${title}: closed over, it is a constant function that differentiates in its arguments`, () => {
    const c = callable({ w, b }, apply);
    close(gradient((z) => c(z), x)[0], w * cosine);
    close(
      derivative((z) => c(z), x),
      w * cosine,
    );
  });
}

test("hasRule asks the function that a callable applies", () => {
  assert.ok(hasRule(callable({ w, b }, ruled)));
  assert.not(hasRule(callable({ w, b }, wave)));
});

test("core's frule and rrule differentiate a callable with a rule, and no other", () => {
  assert.is(coreRrule(callable({ w, b }, wave), x), undefined);
  assert.is(coreFrule([NoTangent, 1], callable({ w, b }, wave), x), undefined);
  close(coreRrule(callable({ w, b }, ruled as typeof wave), x)?.[1](1)[1], w * cosine);
});

test("parameters may be nested, hold arrays, strings, and other callables", () => {
  const inner = callable(3, (scale: Scalar, z: Scalar) => mul(scale, z));
  const net = callable(
    { layers: [{ w: array([1, 2]) }, { w: array([3, 4]) }] as { w: AnyArray }[], name: "net", inner },
    (p, z: Scalar): Scalar =>
      p.inner(
        sum(
          mul(
            p.layers.reduce<AnyArray>((v, layer) => mul(v, layer.w), array([1, 1])),
            z,
          ),
        ),
      ),
  );
  assert.is(net(2), 66);
  const [g] = gradient((c) => c(2), net) as unknown as [{ layers: { w: NdArray }[]; name: unknown; inner: number }];
  assert.equal(
    g.layers.map((layer) => toNested(layer.w)),
    [
      [18, 24],
      [6, 12],
    ],
  );
  assert.is(g.name, NoTangent);
  assert.is(g.inner, 22);
});

test("parameters may be one number, or one array", () => {
  const c = callable(3, (k: Scalar, z: Scalar) => mul(k, z));
  assert.equal(gradient((f) => f(5), c) as unknown, [5]);
  assert.equal((rrule(c, 5) as Pulled)[1](1), [5, 3]);
  assert.is(frule([2, 0], c, 5)?.[1], 10);
  const v = callable(array([1, 2]), (k: AnyArray, z: Scalar): Scalar => mul(sum(k), z));
  const [vbar, zbar] = (rrule(v, 5) as Pulled)[1](1) as [NdArray, number];
  assert.equal([toNested(vbar), zbar], [[5, 5], 3]);
});

test("callables nest in lists and records of arguments", () => {
  const times = (k: Scalar, z: Scalar): Scalar => mul(k, z);
  const list = [callable(3, times), callable(5, times)];
  const [g] = gradient((chain) => chain.reduce<Scalar>((z, f) => f(z), 2), list);
  assert.equal(g as unknown, [10, 6]);
});

test("a callable made inside a function over its traced values differentiates", () => {
  const f = (a: Scalar): Scalar => callable({ w: a, b: mul(a, a) }, wave)(0);
  assert.equal(gradient(f, 3), [6]);
  assert.is(derivative(f, 3), 6);
});

test("second derivatives by parameters: hvp and vhp agree", () => {
  const loss = (c: (z: Scalar) => Scalar): Scalar => {
    const y = c(x);
    return mul(y, y);
  };
  const c = callable({ w, b }, wave);
  const direction = { w: 1, b: 2 } as never;
  const forward = hvp(loss as never, c, direction) as unknown as { w: number; b: number };
  const reverse = vhp(loss as never, direction, c) as unknown as { w: number; b: number };
  const y = Math.sin(w * x) + b;
  close(forward.w, 2 * (cosine * x) ** 2 - 2 * y * x * x * Math.sin(w * x) + 2 * 2 * x * cosine);
  close(forward.b, 2 * x * cosine + 4);
  close(reverse.w, forward.w);
  close(reverse.b, forward.b);
});

test("a rule for a callable's function is used when the callable itself is traced", () => {
  let used = 0;
  const apply = defineRule(
    (k: number, z: number): number => k * z,
    {
      rrule: (k, z) => {
        used++;
        return [k * z, (ybar) => [NoTangent, ybar * z, ybar * k]];
      },
    },
    { name: "apply" },
  ) as AnyFunction;
  const [y, back] = pullback((c: AnyFunction) => c(5) as Scalar, callable(3, apply) as never);
  assert.equal([y, back(1), used], [15, [5], 1]);
});

test.run();
