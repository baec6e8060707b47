import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  broadcastShapes,
  broadcastView,
  matmulPlain,
  type NdArray,
  packed,
  toNested,
  viewOn,
  zeros,
} from "../../../lib/nd/index.js";
import { entriesOf, forIndices, integers, plainProduct } from "../sample-views.js";

test("a vector counts as a row on the left and as a column on the right", () => {
  const a = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.equal(toNested(matmulPlain(a, array([1, 0, -1]))), [-2, -2]);
  assert.equal(toNested(matmulPlain(array([1, -1]), a)), [-3, -3, -3]);
  const inner = matmulPlain(array([1, 2, 3]), array([4, 5, 6]));
  assert.equal(inner.shape, []);
  assert.is(inner.get(), 32);
});

test("vectors may have any stride", () => {
  const long = integers([200], 3);
  const x = long.step(-2);
  const a = integers([30, 100], 4);
  assert.equal(entriesOf(matmulPlain(a, x)), entriesOf(matmulPlain(a, packed(x))));
  assert.equal(entriesOf(matmulPlain(x, a.transpose(1, 0))), entriesOf(matmulPlain(a, x)));
  assert.equal(
    entriesOf(matmulPlain(a, broadcastView(array(2), [100]))),
    entriesOf(matmulPlain(a, packed(broadcastView(array(2), [100])))),
  );
});

for (const [left, right] of [
  [[4], [3, 4, 2]],
  [[3, 2, 4], [4]],
  [
    [5, 2, 3],
    [3, 4],
  ],
  [
    [3, 1, 1],
    [1, 4],
  ],
  [
    [2, 3],
    [5, 3, 4],
  ],
  [
    [5, 2, 3],
    [5, 3, 4],
  ],
  [
    [5, 1, 2, 3],
    [6, 3, 4],
  ],
  [
    [1, 2, 3],
    [5, 3, 2],
  ],
  [
    [2, 1, 3, 2],
    [1, 4, 2, 5],
  ],
] as const) {
  test(`leading axes broadcast: [${left}] by [${right}]`, () => {
    const wide = (shape: readonly number[], seed: number): [string, NdArray][] => {
      const turned = integers([...shape].reverse(), seed);
      return [
        ["packed", integers(shape, seed)],
        ["turned", turned.transpose(...shape.map((_, k) => shape.length - 1 - k))],
        ["reversed", integers(shape, seed).step(...shape.map(() => -1))],
      ];
    };
    for (const [nameA, a] of wide(left, 5)) {
      for (const [nameB, b] of wide(right, 6)) {
        const matricesA = left.length > 1 ? a : viewOn(a.data, [1, ...a.shape], [0, ...a.stride], a.offset);
        const matricesB = right.length > 1 ? b : viewOn(b.data, [...b.shape, 1], [...b.stride, 0], b.offset);
        const lead = broadcastShapes("test", matricesA.shape.slice(0, -2), matricesB.shape.slice(0, -2));
        const wideA = broadcastView(matricesA, [...lead, ...matricesA.shape.slice(-2)]);
        const wideB = broadcastView(matricesB, [...lead, ...matricesB.shape.slice(-2)]);
        const expected: number[] = [];
        forIndices(lead, (index) => {
          const pick = (x: NdArray) => x.pick(...index, null, null);
          expected.push(...entriesOf(plainProduct(pick(wideA), pick(wideB))));
        });
        const y = matmulPlain(a, b);
        const m = left.length > 1 ? [left[left.length - 2] as number] : [];
        const n = right.length > 1 ? [right[right.length - 1] as number] : [];
        assert.equal(y.shape, [...lead, ...m, ...n]);
        assert.equal(entriesOf(y), expected, `${nameA} by ${nameB}`);
      }
    }
  });
}

test("shapes that do not fit are a RangeError that names them and the axes", () => {
  assert.throws(
    () => matmulPlain(zeros([2, 3]), zeros([4, 2])),
    (error: unknown) =>
      error instanceof RangeError &&
      error.message ===
        "matmul: shapes [2, 3] and [4, 2] do not fit: axis 1 of the first has 3 entries, axis 0 of the second has 4; make them equal",
  );
  assert.throws(() => matmulPlain(zeros([3]), zeros([4]), "dot"), /^dot: shapes \[3\] and \[4\] do not fit: axis 0 of the first has 3/);
  assert.throws(() => matmulPlain(zeros([2, 3]), zeros([5, 4, 2])), /axis 1 of the first has 3 entries, axis 1 of the second has 4/);
});

test("scalars are refused, with the cure", () => {
  assert.throws(() => matmulPlain(array(2), zeros([2, 2])), /shapes \[\] and \[2, 2\] do not fit: .* multiply by a scalar with mul/);
});

test("leading axes that do not broadcast are a RangeError that names the shapes", () => {
  assert.throws(
    () => matmulPlain(zeros([2, 2, 3]), zeros([4, 3, 2])),
    /matmul: axes before the last two of shapes \[2, 2, 3\] and \[4, 3, 2\]: .* extents 2 and 4/,
  );
});

test.run();
