// Tests: qr, single-matrix.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  diagonal,
  eye,
  gradient,
  inv,
  log,
  matmul,
  mul,
  type NdArray,
  pushforward,
  qr,
  rrule,
  sub,
  sum,
  toNested,
  transpose,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";
import { flipped, product } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-12, atol: 1e-12 };
const square = decimals([4, 4], 1);
const tall = decimals([5, 3], 2);
const wide = decimals([2, 4], 3);
const weights = (x: NdArray): NdArray => decimals(x.shape, 9);
const both = { square, tall, wide };

test("qr of a small matrix is what one finds by hand", () => {
  const [q, r] = qr(
    array([
      [3, 1],
      [4, 2],
    ]),
  );
  assertClose(
    toNested(q),
    [
      [0.6, -0.8],
      [0.8, 0.6],
    ],
    tight,
  );
  assertClose(
    toNested(r),
    [
      [5, 2.2],
      [0, 0.4],
    ],
    tight,
  );
});

for (const [name, a] of Object.entries(both)) {
  test(`qr of a ${name} matrix: orthonormal columns, an upper triangle with a positive diagonal, and their product`, () => {
    const [q, r] = qr(a);
    const k = Math.min(...a.shape);
    assert.equal(
      [q.shape, r.shape],
      [
        [a.shape[0], k],
        [k, a.shape[1]],
      ],
    );
    assertClose(product(q, r), a, tight);
    assertClose(product(flipped(q), q), eye(k), tight);
    for (let i = 0; i < k; i++) {
      assert.ok(r.get(i, i) > 0);
      for (let j = 0; j < i; j++) assert.is(r.get(i, j), 0);
    }
  });

  test(`qr of a ${name} matrix: of what depends on aᵀa alone, the gradient is that of aᵀa`, () => {
    const c = weights(zeros([a.shape[1] as number, a.shape[1] as number]));
    const throughR = gradient((x) => {
      const [, r] = qr(x);
      return sum(mul(c, matmul(transpose(r), r)));
    }, a)[0];
    const symmetric = build(c.shape, (i, j) => c.get(i, j) + c.get(j, i));
    assertClose(throughR, product(a, symmetric), { rtol: 1e-11, atol: 1e-10 });
  });

  test(`qr of a ${name} matrix: the derivative of r is an upper triangle, and that of qᵀq is 0`, () => {
    const [[q], [dq, dr]] = pushforward((x) => qr(x), [a], [weights(a)]) as unknown as [[NdArray], [NdArray, NdArray]];
    for (let i = 0; i < (dr.shape[0] as number); i++) for (let j = 0; j < i; j++) assert.is(dr.get(i, j), 0);
    const turning = product(flipped(q), dq);
    assertClose(turning, mul(-1, flipped(turning)), tight);
  });

  test(`qr of a ${name} matrix: a pullback takes symbolic zeros for either part`, () => {
    const [[q, r], back] = rrule(qr, a) as unknown as [[NdArray, NdArray], (ybar: unknown) => [unknown, NdArray]];
    const [qbar, rbar] = [weights(q), weights(r)];
    assertClose(back([qbar, ZeroTangent])[1], back([qbar, zeros(r.shape)])[1], tight);
    assertClose(back([ZeroTangent, rbar])[1], back([zeros(q.shape), rbar])[1], tight);
    assert.is(back([ZeroTangent, ZeroTangent])[1], ZeroTangent);
  });
}

test("the gradient of Σ log r[i, i] is the inverse, transposed", () => {
  const logs = (x: AnyArray) => sum(log(diagonal(qr(x)[1])));
  assertClose(gradient(logs, square)[0], transpose(inv(square)), { rtol: 1e-11, atol: 1e-12 });
  const pseudo = matmul<NdArray>(inv(matmul<NdArray>(transpose(tall), tall)), transpose(tall));
  assertClose(gradient(logs, tall)[0], transpose(pseudo), { rtol: 1e-11, atol: 1e-12 });
});

test("the projection q qᵀ has the gradient of a (aᵀa)⁻¹ aᵀ, and 0 where q is square", () => {
  const c = weights(zeros([5, 5]));
  const throughQ = (x: AnyArray) => {
    const [q] = qr(x);
    return sum(mul(c, matmul(q, transpose(q))));
  };
  const direct = (x: AnyArray) => sum(mul(c, matmul<NdArray>(x, matmul<NdArray>(inv(matmul<NdArray>(transpose(x), x)), transpose(x)))));
  assertClose(gradient(throughQ, tall)[0], gradient(direct, tall)[0], { rtol: 1e-10, atol: 1e-11 });
  const still = gradient((x) => {
    const [q] = qr(x);
    return sum(mul(weights(square), matmul(q, transpose(q))));
  }, square)[0];
  assertClose(still, zeros([4, 4]), { rtol: 0, atol: 1e-11 });
});

test("q r − a is 0 in derivatives too, in the columns of a wide matrix after the first ones as well", () => {
  const rest = gradient((x) => {
    const [q, r] = qr(x);
    return sum(mul(weights(wide), sub(matmul(q, r), x)));
  }, wide)[0];
  assertClose(rest, zeros([2, 4]), { rtol: 0, atol: 1e-11 });
});

test("a matrix whose columns depend on each other has factors all the same", () => {
  const a = array([
    [1, 2],
    [2, 4],
    [2, 4],
  ]);
  const [q, r] = qr(a);
  assertClose(product(q, r), a, tight);
  assertClose(product(flipped(q), q), eye(2), tight);
  assert.ok(Math.abs(r.get(1, 1)) < 1e-14);
});

test("matrices without columns or rows have empty factors", () => {
  assert.equal(
    qr(zeros([3, 0])).map(({ shape }) => shape),
    [
      [3, 0],
      [0, 0],
    ],
  );
  assert.equal(
    qr(zeros([0, 2])).map(({ shape }) => shape),
    [
      [0, 0],
      [0, 2],
    ],
  );
});

test("single precision is kept, integers give doubles", () => {
  assert.equal(
    qr(single(tall)).map(({ dtype }) => dtype),
    ["float32", "float32"],
  );
  assert.is(qr(array([[1], [2]], { dtype: "int32" }))[0].dtype, "float64");
});

const dependent = array([
  [1, 2],
  [2, 4],
]);
const complaint =
  "qr: column 1 depends linearly on those before it (r[1, 1] = 0), and q, r have no derivative there; make the first 2 columns independent";
refused([
  [() => gradient((x) => sum(qr(x)[0]), dependent), RangeError, complaint],
  [() => pushforward((x) => qr(x), [dependent], [dependent]), RangeError, complaint],
  [
    () => gradient((x) => sum(qr(x)[1]), zeros([1, 2])),
    RangeError,
    "qr: column 0 is 0 (r[0, 0] = 0), and q, r have no derivative there; make the first column other than 0",
  ],
  [() => qr(zeros([3])), RangeError, "qr: a is an array of shape [3]; give a matrix, with two axes"],
  [() => qr([[1]] as never), TypeError, "qr: a is a list of length 1; a matrix is needed: array(a) makes one of lists"],
  [() => qr(array([[1, Number.NaN]])), RangeError, "qr: the matrix has NaN at [0, 1]; finite entries are needed"],
]);

test.run();
