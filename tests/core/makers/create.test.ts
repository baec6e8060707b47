import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  arange,
  array,
  broadcastTo,
  derivative,
  eye,
  full,
  gradient,
  hessian,
  jacobian,
  mul,
  type NdArray,
  ones,
  pushforward,
  reshape,
  type Scalar,
  similar,
  square,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { crossCheck } from "../../../lib/testing/index.js";

const refuses = (f: () => unknown, kind: typeof RangeError | typeof TypeError, message: string | RegExp): void =>
  assert.throws(
    f,
    (error: unknown) => error instanceof kind && (typeof message === "string" ? error.message === message : message.test(error.message)),
  );

/** Programs of one number, with the slope by hand. */
const programs: Record<string, readonly [f: (t: Scalar) => Scalar, slope: number]> = {
  "array of a list": [(t) => sum(square(array([t, mul(2, t), 3]))), 2 * 3 + 8 * 3],
  "array of lists": [
    (t) =>
      mul(
        (
          array([
            [1, t],
            [t, square(t)],
          ]) as AnyArray
        ).get(1, 1),
        array([t]).get(0),
      ),
    27,
  ],
  "array of rows, one of them typed": [
    (t) =>
      sum(
        mul(
          array([Float64Array.of(1, 2), [t, 4]]),
          array([
            [1, 2],
            [5, t],
          ]),
        ),
      ),
    5 + 4,
  ],
  "array of one number": [(t) => square(array(t).get()), 6],
  "array of single precision": [(t) => sum(mul(array([t, 0.1], { dtype: "float32" }), 2)), 2],
  full: [(t) => sum(square(full([2, 3], t))), 36],
  "full of a number of entries": [(t) => sum(square(full(2, t))), 12],
  "full of no axes": [(t) => square(full([], t).get()), 6],
  "full of single precision": [(t) => sum(full([4], t, { dtype: "float32" })), 4],
  "arange by its step": [(t) => sum(square(arange(0, 7, t))), 2 * 3 * (1 + 4)],
  "arange by its start": [(t) => sum(square(arange(t, 5.5))), 2 * (3 + 4 + 5)],
  "arange by both": [(t) => sum(arange(t, 10, t)), 1 + 2 + 3],
  "arange of single precision": [(t) => sum(arange(t, 5.5, 1, { dtype: "float32" })), 3],
  "arange by its start, with options": [(t) => sum(arange(t, 5.5, { dtype: "float32" })), 3],
};

for (const [title, [f, slope]] of Object.entries(programs)) {
  test(`${title}: a traced number is an entry, and moves, in both modes and to second order`, () => {
    assert.is(gradient(f, 3)[0], slope);
    assert.is(derivative(f, 3), slope);
    if (!/single|options/.test(title)) assert.ok(crossCheck(f, 3).agrees);
    const second = (hessian(f, 3) as number) - (derivative((t) => gradient(f, t)[0] as Scalar, 3) as number);
    assert.is(second, 0);
    const h = 1e-4;
    const expected = ((gradient(f, 3 + h)[0] as number) - (gradient(f, 3 - h)[0] as number)) / (2 * h);
    assert.ok(Math.abs((hessian(f, 3) as number) - expected) < 1e-6 * Math.max(1, Math.abs(expected)));
  });
}

test("traced makers give the entries, the shape and the kind of plain ones", () => {
  const pairs: readonly (readonly [(t: Scalar) => AnyArray, NdArray])[] = [
    [
      (t) =>
        array([
          [t, 1],
          [2, t],
        ]),
      array([
        [0.1, 1],
        [2, 0.1],
      ]),
    ],
    [(t) => array([t, 1], { dtype: "float32" }), array([0.1, 1], { dtype: "float32" })],
    [(t) => full([2, 1], t), full([2, 1], 0.1)],
    [(t) => arange(0, 1, t), arange(0, 1, 0.1)],
    [(t) => arange(t, 1, 0.3), arange(0.1, 1, 0.3)],
    [(t) => arange(t, 3, { dtype: "float32" }), arange(0.1, 3, { dtype: "float32" })],
    [(t) => arange(1, -1, mul(-1, t)), arange(1, -1, -0.1)],
  ];
  for (const [make, plain] of pairs) {
    for (const y of [pushforward(make, [0.1], [1])[0]]) {
      assert.is(y.dtype, plain.dtype);
      assert.equal(toNested(y), toNested(plain));
    }
  }
});

test("what a maker gives while it traces is the program's own, and may be written to", () => {
  for (const make of [(t: Scalar) => array([t, t]), (t: Scalar) => full(2, t), (t: Scalar) => arange(t, 3.5)]) {
    const f = (t: Scalar): Scalar => {
      const y: AnyArray = make(t);
      y.set(0, mul(5, t));
      return add(y.get(0), y.get(1));
    };
    assert.is(gradient(f, 2)[0], 6);
    assert.is(derivative(f, 2), 6);
  }
});

test("an array of traced numbers in a loop is differentiated by each", () => {
  const j = jacobian((x: AnyArray) => array([mul(x.get(0), x.get(1)), square(x.get(0))]), array([2, 3]));
  assert.equal(toNested(j), [
    [3, 2],
    [4, 0],
  ]);
});

test("what cannot hold a traced number, or is none of an array's, names the cure", () => {
  const inside = (f: (t: Scalar) => unknown) => () =>
    gradient((t) => {
      f(t);
      return t;
    }, 2);
  for (const make of [
    (t: Scalar) => array([t], { dtype: "int32" }),
    (t: Scalar) => full(2, t, { dtype: "int32" }),
    (t: Scalar) => arange(t, 5, 1, { dtype: "int32" }),
  ])
    refuses(
      inside(make),
      TypeError,
      /^(array|full|arange): an array of int32 numbers cannot hold a traced one: they do not move; leave dtype out, or give primal\(x\)$/,
    );
  refuses(
    inside((t) => arange(t as number)),
    TypeError,
    /^arange: stop is a traced number, .*give primal\(stop\), or linspace/,
  );
  refuses(
    inside((t) => arange(0, t as number)),
    TypeError,
    /^arange: stop is a traced number/,
  );
  refuses(
    inside((t) => arange(t as number, { dtype: "float32" })),
    TypeError,
    /^arange: stop is a traced number/,
  );
  refuses(
    inside((t) => arange(0, 1, mul(0, t))),
    RangeError,
    /step = 0 never reaches stop/,
  );
  for (const make of [zeros, ones, (n: number) => full(n, 1), (n: number) => similar(array([1]), n as never)])
    refuses(
      inside((t) => make(t as number)),
      TypeError,
      /(shape is a traced number|traced number).*/,
    );
  for (const make of [(n: number) => zeros([n]), (n: number) => ones([1, n]), (n: number) => eye(n)])
    refuses(
      inside((t) => make(t as number)),
      TypeError,
      /^(zeros|ones|eye): the extent of axis \d is a traced number; .*primal\(n\)/,
    );
  refuses(
    inside((t) => zeros(t as number)),
    TypeError,
    "zeros: shape is a traced number; a shape stands still: give primal(n) for its number",
  );
  refuses(
    inside((t) => eye(2, t as number)),
    TypeError,
    /primal\(n\)/,
  );
  refuses(
    () => gradient((x) => sum(array([x.get(0), x] as never)), array([1])),
    TypeError,
    "array: entry [1] is an array; stack and concat join arrays",
  );
  refuses(() => array(array([1]) as never), TypeError, "array: the argument is an array; copy copies arrays");
});

test("a shape is a list: extents one after another are refused, and named as such", () => {
  const loose = (f: unknown) => f as (...args: unknown[]) => unknown;
  const x = array([1, 2, 3]);
  refuses(() => loose(zeros)(2, 3), TypeError, "zeros: the options are 3; a shape of several axes is one list, zeros([…])");
  refuses(() => loose(ones)(2, 3), TypeError, "ones: the options are 3; a shape of several axes is one list, ones([…])");
  refuses(() => loose(full)(2, 3, 1), TypeError, "full: the options are 1; a shape of several axes is one list, full([…], value)");
  const behind = (who: string) => `${who}: got the number 3 behind the shape; a shape of several axes is one list, ${who}(x, […])`;
  for (const [who, f] of Object.entries({ reshape, similar, broadcastTo })) {
    refuses(() => loose(f)(x, 1, 3), TypeError, behind(who));
    refuses(() => gradient((y) => sum(loose(f)(y, 1, 3) as AnyArray), x), TypeError, behind(who));
  }
});

test.run();
