import {
  array,
  backwardPoolHausdorff,
  createRange,
  forwardPoolHausdorff,
  frule,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  ones,
  pullback,
  pushforward,
  type Range,
  rrule,
  square,
  sum,
  toNested,
  traced,
  unthunk,
  zeros,
} from "cotangent";
import { assertClose, testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf, flat, gridOf, matrices, randn, singles } from "./checks.js";
import { hausdorffTerms } from "./distances.js";

const rows: Range[] = [
  [0, 3],
  [2, 7],
  [7, 8],
];
const cols: Range[] = [
  [0, 6],
  [1, 2],
];
const tolerance = { rtol: 1e-12, atol: 1e-12 };

const positionsOf = (x: NdArray): number[] =>
  blocksOf(rows, cols).map((block) => (hausdorffTerms(gridOf(x), block)[0] as [number, number])[0]);

for (const [name, x] of matrices(71)) {
  test(`the forward pass on a matrix, ${name}: distances, and the row-major positions that decide them`, () => {
    const before = flat(x);
    for (const f of [forwardPoolHausdorff, traced(forwardPoolHausdorff)]) {
      const [y, critical] = f(x, rows, cols);
      assert.equal(critical.dtype, "int32");
      assert.equal(critical.shape, [3, 2]);
      assert.equal(flat(critical), positionsOf(x));
      assert.equal(
        flat(y),
        positionsOf(x).map((p) => before[p]),
      );
    }
    assert.equal(flat(x), before);
  });

  test(`the backward pass on a matrix, ${name}: each cotangent at its position, where two meet they add`, () => {
    const before = flat(x);
    const [, critical] = forwardPoolHausdorff(x, rows, cols);
    const ybar = randn([3, 2], 72);
    const expected = new Array<number>(48).fill(0);
    positionsOf(x).forEach((p, n) => {
      (expected[p] as number) += flat(ybar)[n] as number;
    });
    for (const f of [backwardPoolHausdorff, traced(backwardPoolHausdorff)]) {
      const xbar = f(ybar, x, rows, cols, critical);
      assert.equal(xbar.shape, [8, 6]);
      assertClose(flat(xbar), expected, tolerance);
    }
    assert.equal(flat(x), before);
  });
}

test("the two are each other's pullback and pushforward", () => {
  const x = randn([8, 6], 73);
  const [, critical] = forwardPoolHausdorff(x, rows, cols);
  const ybar = randn([3, 2], 74);
  const [y, back] = rrule(forwardPoolHausdorff, x, rows, cols) as [[NdArray, NdArray], (ybar: unknown) => unknown[]];
  assert.equal(y[1], critical);
  const [fbar, xbar, ...rest] = back([ybar, NoTangent]);
  assert.equal([fbar, ...rest], [NoTangent, NoTangent, NoTangent]);
  assert.equal(flat(unthunk(xbar) as NdArray), flat(backwardPoolHausdorff(ybar, x, rows, cols, critical)));
  const dx = randn([8, 6], 75);
  const [, [dy, still]] = frule([NoTangent, dx], forwardPoolHausdorff, x, rows, cols) as [unknown, [NdArray, unknown]];
  assert.is(still, NoTangent);
  assert.equal(
    flat(dy),
    flat(critical).map((p) => flat(dx)[p]),
  );
});

test("programs of both passes differentiate, in all pairs of modes", () => {
  const x = randn([8, 6], 76);
  const dx = randn([8, 6], 77);
  const dz = randn([8, 6], 78);
  const expected = positionsOf(x).reduce(
    (total, p) => total + 6 * (flat(x)[p] as number) * (flat(dx)[p] as number) * (flat(dz)[p] as number),
    0,
  );
  for (const [forward, backward] of [
    [forwardPoolHausdorff, backwardPoolHausdorff],
    [traced(forwardPoolHausdorff), traced(backwardPoolHausdorff)],
  ] as const) {
    // Σ y³ over the blocks, as ⟨x̄(y²), x⟩.
    const phi = (v: NdArray) => {
      const [y, critical] = forward(v, rows, cols);
      return sum(mul(backward(square(y), v, rows, cols, critical), v));
    };
    assertClose(
      flat(gradient(phi as never, x)[0]),
      flat(gradient(((v: NdArray) => sum(mul(square(forward(v, rows, cols)[0]), forward(v, rows, cols)[0]))) as never, x)[0]),
      tolerance,
    );
    const along = (t: NdArray) => (v: NdArray) => pushforward(phi as never, [v], [t])[1];
    const slope = (v: NdArray) => sum(mul(pullback(phi as never, v)[1](1)[0] as NdArray, dz));
    assertClose(pushforward(along(dz) as never, [x], [dx])[1], expected, tolerance, "forward over forward");
    assertClose(pushforward(slope as never, [x], [dx])[1], expected, tolerance, "forward over reverse");
    assertClose(sum(mul(pullback(along(dz) as never, x)[1](1)[0] as NdArray, dx)), expected, tolerance, "reverse over forward");
    assertClose(sum(mul(pullback(slope as never, x)[1](1)[0] as NdArray, dx)), expected, tolerance, "reverse over reverse");
  }
});

test("the kit finds nothing wrong with the backward pass", () => {
  const x = randn([8, 6], 79);
  const marked = [createRange(8, 3), createRange(6, 4)] as const;
  const [, critical] = forwardPoolHausdorff(x, ...marked);
  testRule(backwardPoolHausdorff, randn([3, 2], 80), x, ...marked, critical);
});

test("single precision stays single precision", () => {
  const x = singles([8, 6], 81);
  const [y, critical] = forwardPoolHausdorff(x, rows, cols);
  assert.is(y.dtype, "float32");
  assert.is(backwardPoolHausdorff(y, x, rows, cols, critical).dtype, "float32");
  assert.equal(
    flat(y),
    positionsOf(x).map((p) => flat(x)[p]),
  );
});

test("what does not fit together is an error that says so", () => {
  const x = ones([4, 4]);
  const halves = createRange(4, 2);
  const [y, critical] = forwardPoolHausdorff(x, halves, halves);
  const positions = (entries: number[][]) => array(entries, { dtype: "int32" });
  const wrong: [() => unknown, string][] = [
    [
      () => backwardPoolHausdorff(y, x, halves, createRange(4, 1), critical),
      "critical is an array of shape [2, 2]; one position for each block is needed, in shape [2, 4]",
    ],
    [
      () => backwardPoolHausdorff(zeros([2, 3]), x, halves, halves, critical),
      "ybar is an array of shape [2, 3]; one cotangent for each block is needed, in shape [2, 2]",
    ],
    [
      () => backwardPoolHausdorff(y, x, halves, halves, [[0, 2]] as never),
      "critical is a list of length 1; one position for each block is needed, in shape [2, 2]",
    ],
    [
      () =>
        backwardPoolHausdorff(
          y,
          x,
          halves,
          halves,
          positions([
            [0, 1],
            [8, 10],
          ]),
        ),
      "critical[0, 1] = 1 is not a position in its block [0, 2) × [2, 4) of x; give what forwardPoolHausdorff returned for these ranges",
    ],
    [
      () =>
        backwardPoolHausdorff(
          y,
          x,
          halves,
          halves,
          positions([
            [0, 2],
            [8, 16],
          ]),
        ),
      "critical[1, 1] = 16 is not a position in its block [2, 4) × [2, 4) of x; give what forwardPoolHausdorff returned for these ranges",
    ],
  ];
  for (const [act, message] of wrong)
    assert.throws(act, (e: Error) => e instanceof RangeError && e.message === `backwardPoolHausdorff: ${message}`, message);
  assert.equal(x, ones([4, 4]));
  assert.equal(toNested(critical), [
    [0, 2],
    [8, 10],
  ]);
});

test.run();
