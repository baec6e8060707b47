import {
  backwardPoolHausdorff,
  createRange,
  forwardPoolHausdorff,
  gradient,
  hasRule,
  hausdorffDistance,
  mul,
  NoTangent,
  ones,
  pool,
  poolNative,
  poolSum,
  type Range,
  sum,
  traced,
  zeros,
} from "cotangent";
import { test } from "uvu";
import * as assert from "uvu/assert";

test("createRange(10, 2) is the seed's, counted from 0, with the stop outside", () => {
  assert.equal(createRange(10, 2), [
    [0, 2],
    [2, 4],
    [4, 6],
    [6, 8],
    [8, 10],
  ]);
});

test("the last range may be shorter, the only one too; no length, no range", () => {
  assert.equal(createRange(10, 3), [
    [0, 3],
    [3, 6],
    [6, 9],
    [9, 10],
  ]);
  assert.equal(createRange(2, 5), [[0, 2]]);
  assert.equal(createRange(3, 1), [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  assert.equal(createRange(0, 4), []);
});

test("lengths and steps that make no ranges are errors", () => {
  assert.throws(() => createRange(-1, 2), /^createRange: length = -1; give an integer, 0 or more$/);
  assert.throws(() => createRange(2.5, 2), /^createRange: length = 2.5; give an integer, 0 or more$/);
  assert.throws(() => createRange(4, 0), /^createRange: step = 0; give an integer, 1 or more$/);
  assert.throws(
    () => createRange(4, 1.5),
    (e: unknown) => e instanceof RangeError,
  );
  assert.throws(
    () => createRange(Number.NaN, 1),
    (e: unknown) => e instanceof RangeError,
  );
  assert.throws(
    () => createRange(4, Number.POSITIVE_INFINITY),
    (e: unknown) => e instanceof RangeError,
  );
});

test("it is not differentiable, by declaration: traced lengths give plain ranges", () => {
  assert.ok(hasRule(createRange));
  const f = (n: number) => {
    const ranges = createRange(n, 2);
    assert.equal(ranges, [
      [0, 2],
      [2, 3],
    ]);
    return mul(n, ranges.length);
  };
  assert.equal(gradient(f as never, 3), [2]);
});

test("ranges are never traced, and bare pairs that are come back as plain numbers", () => {
  const x = ones([4, 4]);
  const bare: Range[] = [
    [0, 1],
    [1, 4],
  ];
  const marked = createRange(4, 2);
  for (const g of [poolSum, traced(poolSum), pool, traced(poolNative)]) {
    const f = (v: never, rows: Range[], cols: Range[]) => sum(g(v, rows, cols));
    assert.equal(gradient(f as never, x, bare, bare)[0], x);
    assert.equal(gradient(f as never, x, marked, marked), [x, NoTangent, NoTangent]);
  }
});

type Pool = (x: never, rows: Range[], cols: Range[]) => unknown;
const pools: Record<string, Pool> = {
  poolSum,
  poolNative,
  pool,
  forwardPoolHausdorff,
  backwardPoolHausdorff: (x, rows, cols) => backwardPoolHausdorff(zeros([1, 1]), x, rows, cols, zeros([1, 1], { dtype: "int32" })),
};

for (const [name, f] of Object.entries(pools)) {
  test(`${name} says which range is wrong, plain and traced, and leaves x as it was`, () => {
    const x = ones([2, 3]);
    const wrong: [rows: unknown, cols: unknown, message: string, kind: typeof RangeError | typeof TypeError][] = [
      [[[0, 4]], [[0, 1]], "rows[0] = [0, 4) leaves axis 0 of length 2", RangeError],
      [
        [[0, 1]],
        [
          [0, 1],
          [1, 4],
        ],
        "cols[1] = [1, 4) leaves axis 1 of length 3",
        RangeError,
      ],
      [[[-1, 1]], [[0, 1]], "rows[0] = [-1, 1) leaves axis 0 of length 2", RangeError],
      [[[1, 0]], [[0, 1]], "rows[0] = [1, 0) is no range; give integers with start ≤ stop", RangeError],
      [[[0, 1]], [[0, 1.5]], "cols[0] = [0, 1.5) is no range; give integers with start ≤ stop", RangeError],
      [[[0, Number.NaN]], [[0, 1]], "rows[0] = [0, NaN) is no range; give integers with start ≤ stop", RangeError],
      [[[0]], [[0, 1]], "rows[0] is a list of length 1; give a half-open pair [start, stop]", TypeError],
      [[0, 1], [[0, 1]], "rows[0] is a number; give a half-open pair [start, stop]", TypeError],
      [undefined, [[0, 1]], "rows is undefined; give a list of pairs [start, stop], such as createRange makes", TypeError],
      [[[0, 1]], "all", "cols is a string; give a list of pairs [start, stop], such as createRange makes", TypeError],
    ];
    for (const [rows, cols, message, kind] of wrong) {
      const plain = () => f(x as never, rows as never, cols as never);
      const byTrace = () => gradient(((v: never) => f(v, rows as never, cols as never)) as never, x);
      for (const act of [plain, byTrace])
        assert.throws(act, (e: Error) => e.message === `${name}: ${message}` && e instanceof kind, message);
    }
    assert.throws(
      () => f(ones([3]) as never, [[0, 1]], [[0, 1]]),
      (e: Error) => e.message === `${name}: x is an array of shape [3]; a matrix is needed`,
    );
    assert.throws(
      () => f(5 as never, [[0, 1]], [[0, 1]]),
      (e: Error) => e instanceof TypeError && e.message === `${name}: x is a number; a matrix is needed`,
    );
    assert.equal(x, ones([2, 3]));
  });
}

test("an empty range is refused where entries are needed, allowed where none are", () => {
  const x = ones([2, 3]);
  const empty: Range[] = [
    [2, 2],
    [0, 1],
  ];
  const some: Range[] = [[0, 3]];
  const message = (name: string) => `${name}: rows[0] = [2, 2) is empty; hausdorffDistance needs entries in every block`;
  const refused: [() => unknown, string][] = [
    [() => pool(x, empty, some, hausdorffDistance), message("pool")],
    [() => gradient((v) => sum(pool(v, empty, some, hausdorffDistance)), x), message("pool")],
    [() => forwardPoolHausdorff(x, empty, some), message("forwardPoolHausdorff")],
  ];
  for (const [act, expected] of refused) assert.throws(act, (e: Error) => e instanceof RangeError && e.message === expected, expected);
  for (const f of [poolSum, poolNative, pool]) assert.equal(f(x, empty, some).data, new Float64Array([0, 3]));
});

test.run();
