import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  checkpointed,
  derivative,
  fixedPoint,
  foldl,
  gradient,
  matmul,
  mul,
  pushforward,
  root,
  type Scalar,
  square,
  sub,
  sum,
  transpose,
  zeros,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";

// Ridge regression: w(λ) minimizes ½ |X w − y|² + ½ λ |w|²; λ is judged by the loss ½ |X' w − y'|² on other data.

const points = [
  [1, 0.5],
  [-0.5, 1],
  [0.25, -1.5],
  [2, 1],
];
const targets = [1, -1, 0.5, 2];
const held = [
  [0.5, 1],
  [-1, 0.75],
  [1, -1],
];
const heldTargets = [0.5, -1.5, 1];
const [x, y, xHeld, yHeld] = [points, targets, held, heldTargets].map((list) => array(list as never)) as [
  AnyArray,
  AnyArray,
  AnyArray,
  AnyArray,
];
const lambda = 0.7;

const inner = (w: AnyArray, own: Scalar): Scalar => mul(0.5, add(sum(square(sub(matmul(x, w), y) as AnyArray)), mul(own, sum(square(w)))));
const outer = (w: AnyArray): Scalar => mul(0.5, sum(square(sub(matmul(xHeld, w), yHeld) as AnyArray)));
const slope = (w: AnyArray, own: Scalar): AnyArray => gradient(((v: AnyArray) => inner(v, own)) as never, w)[0] as unknown as AnyArray;
const descent = (w: AnyArray, own: Scalar): AnyArray => sub(w, mul(0.15, slope(w, own))) as AnyArray;

/** Loss, hyper-gradient and its derivative by hand: A = Xᵀ X + λ, w = A⁻¹ Xᵀ y, w' = −A⁻¹ w, w'' = 2 A⁻² w. */
function byHand(): { loss: number; first: number; second: number } {
  const [[a, b], [, d]] = [0, 1].map((i) =>
    [0, 1].map((j) => points.reduce((s, row) => s + (row[i] as number) * (row[j] as number), i === j ? lambda : 0)),
  ) as [[number, number], [number, number]];
  const solve = ([p, q]: number[]): number[] => {
    const det = a * d - b * b;
    return [(d * (p as number) - b * (q as number)) / det, (a * (q as number) - b * (p as number)) / det];
  };
  const times = (rows: number[][], v: number[]): number[] => rows.map((row) => row.reduce((s, e, k) => s + e * (v[k] as number), 0));
  const dot = (p: number[], q: number[]): number => p.reduce((s, e, k) => s + e * (q[k] as number), 0);
  const w = solve([0, 1].map((j) => points.reduce((s, row, n) => s + (row[j] as number) * (targets[n] as number), 0)));
  const moved = solve(w).map((e) => -e);
  const bent = solve(moved).map((e) => -2 * e);
  const rest = times(held, w).map((e, n) => e - (heldTargets[n] as number));
  const [turn, bend] = [times(held, moved), times(held, bent)];
  return { loss: 0.5 * dot(rest, rest), first: dot(rest, turn), second: dot(turn, turn) + dot(rest, bend) };
}

const exact = byHand();
const steps = Array.from({ length: 45 }, (_, k) => k);

/** The hyper-parameter goes along in the carry: it is a parameter of every step. */
const unrolled =
  (wrap: (f: typeof step) => typeof step) =>
  (own: Scalar): Scalar =>
    outer((foldl(wrap(step) as never, { w: zeros(2), own }, steps) as unknown as Carry).w);
interface Carry {
  readonly w: AnyArray;
  readonly own: Scalar;
}
const step = ({ w, own }: Carry): Carry => ({ w: descent(w, own), own });

const ways: readonly (readonly [name: string, loss: (own: Scalar) => Scalar, rtol: number])[] = [
  ["an inner descent, unrolled", unrolled((f) => f), 1e-9],
  ["an inner descent, its steps checkpointed", unrolled((f) => checkpointed(f)), 1e-9],
  ["root of the inner gradient", (own) => outer(root(slope as never, zeros(2) as AnyArray, own) as AnyArray), 1e-12],
  ["fixed point of the descent", (own) => outer(fixedPoint(descent as never, zeros(2) as AnyArray, own) as AnyArray), 1e-9],
];

for (const [name, loss, rtol] of ways) {
  test(`${name}: loss and hyper-gradient are those of the closed form, in both modes`, () => {
    assertClose(loss(lambda), exact.loss, { rtol });
    assertClose(gradient(loss, lambda)[0], exact.first, { rtol });
    assertClose(pushforward(loss, [lambda], [1])[1], exact.first, { rtol });
  });

  test(`${name}: the second derivative by the hyper-parameter`, () => {
    assertClose(
      derivative((own) => gradient(loss as never, own)[0] as unknown as Scalar, lambda),
      exact.second,
      { rtol },
    );
  });
}

test("the root and its normal equations: the weights by the implicit function theorem and by the closed form move alike", () => {
  const [xs, ys] = [x, y];
  const residual = (w: AnyArray, data: { x: AnyArray; y: AnyArray }): AnyArray =>
    add(matmul(transpose(data.x), sub(matmul(data.x, w), data.y) as AnyArray), mul(lambda, w)) as AnyArray;
  const weights = (data: { x: AnyArray; y: AnyArray }): Scalar => outer(root(residual as never, zeros(2) as AnyArray, data) as AnyArray);
  const [bars] = gradient(weights as never, { x: xs, y: ys }) as unknown as [{ x: AnyArray; y: AnyArray }];
  // A change of the data along itself, x → (1 + ε) x, y → (1 + ε) y, is one of λ → λ (1 − 2 ε).
  assertClose(add(sum(mul(bars.x, xs)), sum(mul(bars.y, ys))) as number, -2 * lambda * exact.first, { rtol: 1e-12 });
});

test("a descent on the hyper-parameter ends where its gradient is 0", () => {
  const loss = ways[2]?.[1] as (own: Scalar) => Scalar;
  let own = lambda;
  for (let k = 0; k < 12; k++)
    own -= gradient(loss, own)[0] / (derivative((p) => gradient(loss as never, p)[0] as unknown as Scalar, own) as number);
  assert.ok(Math.abs(gradient(loss, own)[0]) < 1e-10, `λ = ${own}`);
});

test.run();
