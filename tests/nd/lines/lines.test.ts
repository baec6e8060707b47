import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  addLines,
  broadcastView,
  type DType,
  extentsOf,
  fillLines,
  type Lined,
  type LineKernel,
  type NdArray,
  overLines,
  packed,
  positionsInLines,
  reducedShape,
  rowMajor,
  sameStore,
  zerosOf,
} from "../../../lib/nd/index.js";
import { entriesOf, forIndices, integers, sampleViews } from "../sample-views.js";

/** All choices among the axes 0 … rank − 1. */
const choices = (rank: number) =>
  Array.from({ length: 2 ** rank }, (_, bits) => Array.from({ length: rank }, (_, k) => k).filter((k) => (bits >> k) & 1));

/** y = the running sums of a + 2 b along lines; the state gets the number of each line, and how many entries were seen. */
interface Seen {
  readonly lines: number[];
  entries: number;
}

const running: LineKernel<Seen> = (seen, count, length, first, a, aStart, b, bStart, y, to) => {
  for (let n = 0; n < count; n++) {
    seen.lines.push(first + n);
    let sofar = 0;
    for (let k = 0; k < length; k++) {
      sofar += (a[aStart + n * length + k] as number) + 2 * (b[bStart + n * length + k] as number);
      y[to + n * length + k] = sofar;
      seen.entries++;
    }
  }
};

/** The same through get and set alone, in row-major order. */
function plainly(a: NdArray, b: NdArray, axes: readonly number[]): NdArray {
  const sofar = new Map<string, number>();
  const y = zerosOf(a.shape);
  forIndices(a.shape, (indices) => {
    const line = String(indices.filter((_, k) => !axes.includes(k)));
    const next = (sofar.get(line) ?? 0) + a.get(...indices) + 2 * b.get(...indices);
    sofar.set(line, next);
    y.set(...indices, next);
  });
  return y;
}

function checkRunning(a: NdArray, b: NdArray, axes: readonly number[], dtype: DType, who: string): void {
  const seen: Seen = { lines: [], entries: 0 };
  const y = zerosOf(a.shape, dtype);
  overLines(running, seen, a.shape, axes, [a, b], [y]);
  const { count } = extentsOf(a.shape, axes);
  assert.equal(entriesOf(y), entriesOf(plainly(a, b, axes)), who);
  assert.equal(
    seen.lines,
    Array.from({ length: count }, (_, n) => n),
    `${who}: each line once, in order`,
  );
  assert.is(seen.entries, a.size, `${who}: all entries`);
}

for (const dtype of ["float64", "float32", "int16"] as const) {
  sampleViews(5, dtype).forEach(([name, a], n) => {
    test(`lines of ${name}, ${dtype}, along any axes, beside an array of another layout`, () => {
      const b = integers(a.shape, n, n % 2 === 0 ? "float64" : "float32");
      const turned = packed(b.transpose(...[...b.shape.keys()].reverse())).transpose(...[...b.shape.keys()].reverse());
      for (const axes of choices(a.dimension))
        for (const beside of [b, turned])
          for (const kind of ["float64", "float32"] as const) checkRunning(a, beside, axes, kind, `along ${axes}, ${kind}`);
    });
  });
}

test("axes that alternate more often than steps can lead through them", () => {
  const x = integers([2, 3, 2, 3, 2], 3);
  const upended = packed(x.transpose(4, 3, 2, 1, 0)).transpose(4, 3, 2, 1, 0);
  for (const axes of choices(5)) {
    checkRunning(x, x, axes, "float64", `along ${axes}`);
    checkRunning(upended, packed(x, "float32"), axes, "float32", `upended, along ${axes}`);
  }
});

test("lines and groups of lines of every length around those where loops change", () => {
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 63, 64, 65, 95, 96, 97, 127, 128, 129, 1365, 1366]) {
    for (const lanes of [1, 2, 3, 4, 5, 7, 8, 9]) {
      const x = integers([n, lanes], n, lanes % 2 === 0 ? "float32" : "float64");
      checkRunning(x, x, [0], "float64", `${n} × ${lanes} along 0`);
      checkRunning(x, x, [1], "float32", `${n} × ${lanes} along 1`);
    }
  }
});

test("lines longer than a tile, and more of them than are kept room for", () => {
  for (const [n, lanes] of [
    [4095, 3],
    [4097, 9],
    [5000, 9],
  ] as const) {
    const x = integers([n, lanes], n);
    checkRunning(x, packed(x, "float32"), [0], "float32", `${n} × ${lanes}`);
    checkRunning(x.transpose(1, 0), x.transpose(1, 0), [1], "float64", `${lanes} × ${n}`);
  }
});

test("small groups share a tile", () => {
  checkRunning(integers([700, 3, 5], 1), integers([700, 3, 5], 2, "float32"), [1], "float64", "700 × 3 × 5");
  checkRunning(integers([130, 3, 8, 4], 1), integers([130, 3, 8, 4], 2), [0, 2, 3], "float64", "130 × 3 × 8 × 4");
});

test("views that repeat entries are read", () => {
  const row = broadcastView(integers([5], 1), [4, 5]);
  const column = broadcastView(integers([4, 1], 2), [4, 5]);
  for (const axes of choices(2)) checkRunning(row, column, axes, "float64", `along ${axes}`);
});

test("lists in the order of lines are read and written as they are", () => {
  const x = integers([3, 4], 7);
  const lines = (y: NdArray): number[] => entriesOf(y.transpose(1, 0));
  const list = Float64Array.from(lines(x));
  const out = new Float64Array(12);
  const operands: [Lined, Lined][] = [
    [x, list],
    [list, packed(x, "float32")],
    [list, list],
  ];
  for (const reads of operands) {
    overLines(running, { lines: [], entries: 0 }, x.shape, [0], reads, [out]);
    assert.equal([...out], lines(plainly(x, x, [0])));
  }
});

test("lines without entries are visited, no lines are not", () => {
  const visits: number[][] = [];
  const note: LineKernel<undefined> = (_, count, length, first) => visits.push([count, length, first]);
  overLines(note, undefined, [0, 3], [0], [zerosOf([0, 3])], [zerosOf([0, 3], "float32")]);
  assert.equal(visits, [[3, 0, 0]]);
  overLines(note, undefined, [0, 3], [1], [zerosOf([0, 3])], []);
  assert.is(visits.length, 1);
});

test("one entry of each line is found by its row-major position", () => {
  for (const shape of [[7], [3, 4], [2, 3, 4], [2, 3, 2, 3]]) {
    for (const axes of choices(shape.length)) {
      const { count, length } = extentsOf(shape, axes);
      const positions = rowMajor(
        Float64Array.from({ length: count * length }, (_, n) => n),
        shape,
      );
      for (let place = 0; place < length; place += Math.max(1, length - 1)) {
        const found: number[] = [];
        const pick: LineKernel<undefined> = (_, lines, size, _first, a, start) => {
          for (let n = 0; n < lines; n++) found.push(a[start + n * size + place] as number);
        };
        overLines(pick, undefined, shape, axes, [positions], []);
        assert.equal([...positionsInLines(new Int32Array(count).fill(place), shape, axes)], found, `${shape} along ${axes}`);
      }
    }
  }
});

test("one number for each line is written to all its entries, or added to them, whatever the axes and the strides", () => {
  for (const shape of [[5], [3, 4], [40, 3], [3, 40], [2, 3, 4], [2, 3, 2, 3], [0, 3], [3, 0]]) {
    for (const axes of choices(shape.length)) {
      const kept = reducedShape(shape, axes, true);
      const { count } = extentsOf(shape, axes);
      const lines = Float64Array.from({ length: count }, (_, n) => n + 1);
      const expected = entriesOf(broadcastView(rowMajor(lines, kept), shape));
      for (const dtype of ["float64", "float32"] as const) {
        const x = zerosOf(shape, dtype);
        fillLines(x, lines, axes);
        assert.equal(entriesOf(x), expected, `${shape} along ${axes}`);
        const room = zerosOf([...shape, 2], dtype);
        const strided = sameStore(room, shape, room.stride.slice(0, -1), 1);
        for (const target of [x, strided]) {
          const before = entriesOf(target);
          addLines(target, lines, axes);
          assert.equal(
            entriesOf(target),
            expected.map((entry, n) => entry + (before[n] as number)),
          );
        }
      }
    }
  }
});

test.run();
