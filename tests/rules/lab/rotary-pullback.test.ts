import {
  gradient,
  mul,
  type NdArray,
  ones,
  pullback,
  pushforward,
  rotaryEmbedding,
  rotaryEmbeddingPullback,
  square,
  sum,
  traced,
  zeros,
} from "cotangent";
import { assertClose, crossCheck, testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { flat, randn } from "./checks.js";

const tolerance = { rtol: 1e-12, atol: 1e-12 };
const ways = { rule: rotaryEmbedding, traced: traced(rotaryEmbedding) };
type Pair = [x: NdArray, theta: NdArray];

test("the pullback as a function of its own: its rules, traced too, and its own derivatives", () => {
  const [ybar, x, theta] = [randn([4, 3], 153), randn([4, 3], 154), randn([2], 155)];
  testRule(rotaryEmbeddingPullback, ybar, x, theta);
  const report = crossCheck(traced(rotaryEmbeddingPullback), ybar, x, theta);
  assert.ok(report.agrees, String(report));
  const parts = (r: unknown) => [flat((r as Pair)[0]), flat((r as Pair)[1])];
  const moves = [randn([4, 3], 156), randn([4, 3], 157), randn([2], 158)];
  const cotangents = [randn([4, 3], 159), randn([2], 160)];
  for (const kept of [[0], [1], [2], [0, 1, 2]]) {
    const args = [ybar, x, theta];
    const f =
      (g: typeof rotaryEmbeddingPullback) =>
      (...moving: NdArray[]) =>
        g(...(args.map((arg, k) => (kept.includes(k) ? moving[kept.indexOf(k)] : arg)) as [NdArray, NdArray, NdArray]));
    const at = kept.map((k) => args[k] as NdArray);
    const direction = kept.map((k) => moves[k] as NdArray);
    const both = [rotaryEmbeddingPullback, traced(rotaryEmbeddingPullback)].map(f);
    const pushes = both.map((g) => parts(pushforward(g as never, at, direction)[1]));
    const pulls = both.map((g) => pullback(g as never, ...at)[1](cotangents));
    assertClose(pushes[0], pushes[1], tolerance);
    assertClose(pulls[0], pulls[1], tolerance);
    const forward = parts(pushforward(both[0] as never, at, direction)[1]).map((list, k) =>
      list.reduce((t, e, n) => t + e * (flat(cotangents[k] as NdArray)[n] as number), 0),
    );
    const reverse = (pulls[0] as NdArray[]).map((bar, k) => sum(mul(bar, direction[k] as NdArray)));
    assertClose(
      forward.reduce((a, b) => a + b),
      reverse.reduce((a, b) => a + b),
      { rtol: 1e-11, atol: 1e-11 },
    );
  }
});

test("only one of the pullback's two results is used", () => {
  const [ybar, x, theta] = [randn([4, 3], 161), randn([4, 3], 162), randn([2], 163)];
  for (const k of [0, 1] as const) {
    const [byRule, byTrace] = [rotaryEmbeddingPullback, traced(rotaryEmbeddingPullback)].map((f) =>
      gradient(((a: NdArray, b: NdArray, c: NdArray) => sum(square(f(a, b, c)[k]))) as never, ybar, x, theta),
    );
    assertClose(byRule, byTrace, tolerance);
  }
  assert.equal(
    flat(gradient(((b: NdArray) => sum(rotaryEmbeddingPullback(ybar, b, theta)[0])) as never, x)[0] as NdArray),
    flat(zeros([4, 3])),
  );
});

test("sizes and kinds that do not fit are errors, by rule and traced, and nothing is written", () => {
  const x = ones([8, 2]);
  const theta = ones([3]);
  const wrong: [args: unknown[], message: string, kind: typeof TypeError | typeof RangeError][] = [
    [[x, theta], "theta has 3 entries, x has 8 rows; x needs 2 rows for each angle", RangeError],
    [[ones([3, 2]), theta], "theta has 3 entries, x has 3 rows; x needs 2 rows for each angle", RangeError],
    [[ones([6]), theta], "x is an array of shape [6]; a matrix is needed", RangeError],
    [[6, theta], "x is a number; a matrix is needed", TypeError],
    [[ones([6, 2]), ones([3, 1])], "theta is an array of shape [3, 1]; a vector of angles is needed", RangeError],
    [[ones([6, 2]), [1, 2, 3]], "theta is a list of length 3; a vector of angles is needed", TypeError],
    [[ones([6, 2]), theta, { start: "0" }], "start is a string; give a number, the position of the first column", TypeError],
    [[ones([6, 2]), theta, { start: Number.NaN }], "start = NaN; give a finite number, the position of the first column", RangeError],
  ];
  for (const [args, message, kind] of wrong) {
    const check = (act: () => unknown, who: string) =>
      assert.throws(act, (e: Error) => e.message === `${who}: ${message}` && e instanceof kind, `${who}: ${message}`);
    for (const f of Object.values(ways)) check(() => f(...(args as [NdArray, NdArray])), "rotaryEmbedding");
    check(
      () =>
        gradient(
          ((t: NdArray) =>
            sum(rotaryEmbedding(args[0] as NdArray, args[1] === theta ? t : (args[1] as NdArray), args[2] as never))) as never,
          theta,
        ),
      "rotaryEmbedding",
    );
    check(() => rotaryEmbeddingPullback(ones([6, 2]), ...(args as [NdArray, NdArray])), "rotaryEmbeddingPullback");
  }
  assert.throws(
    () => rotaryEmbeddingPullback(ones([6, 3]), ones([6, 2]), theta),
    (e: Error) =>
      e instanceof RangeError &&
      e.message ===
        "rotaryEmbeddingPullback: ybar is an array of shape [6, 3], x is an array of shape [6, 2]; give a cotangent of the shape of x",
  );
  assert.equal([flat(x), flat(theta)], [new Array(16).fill(1), [1, 1, 1]]);
});

test.run();
