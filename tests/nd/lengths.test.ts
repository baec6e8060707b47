import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  addInto,
  addLines,
  addNumber,
  argExtreme,
  copyInto,
  extremePosition,
  type FloatDType,
  fillLines,
  lineExtremes,
  map1,
  map2,
  type NdArray,
  overLines,
  packedData,
  prodAxes,
  reduceAxes,
  rowMajor,
  sumAxes,
  sumData,
  sumToShape,
  zerosOf,
} from "../../lib/nd/index.js";
import { gather, scatter } from "../../lib/nd/lines/tiles.js";
import {
  edgesOf,
  floats,
  integersFrom,
  isFramed,
  type Laid,
  laidOut,
  lengths,
  listOf,
  rowsOf,
  someLengths,
  turns,
} from "../helpers/lengths.js";

// Every loop of nd that is unrolled, blocked, or does otherwise from some length on, against plain lists.

const add = (a: number, b: number): number => a + b;
const totalOf = (xs: readonly number[]): number => xs.reduce(add, 0);
const columnsOf = (rows: number[][], count: number): number[][] =>
  Array.from({ length: count }, (_, j) => rows.map((row) => row[j] as number));
const filled = (count: number, entry: number): number[] => new Array<number>(count).fill(entry);

/** Matrices with one long side, the other short, and their entries as lists of rows. */
function* matrices(seed: number, shorts: readonly number[] = [1, 2, 3, 5, 9]): Generator<Laid & { rows: number[][] }> {
  for (const length of [...lengths, ...turns]) {
    for (const short of turns.includes(length) ? shorts.slice(-1) : shorts) {
      for (const shape of [
        [length, short],
        [short, length],
      ] as const) {
        for (const each of laidOut(shape, integersFrom(seed + length + short))) yield { ...each, rows: rowsOf(each.entries, ...shape) };
      }
    }
  }
}

test("sums of vectors", () => {
  for (const n of [...lengths, ...turns])
    for (const { name, x, entries } of laidOut([n], integersFrom(n))) assert.is(sumData(x), totalOf(entries), name);
});

test("sums of matrices, of their rows and of their columns", () => {
  for (const { name, x, rows } of matrices(3)) {
    const [m, n] = x.shape as [number, number];
    assert.is(sumData(x), totalOf(rows.flat()), name);
    assert.equal(listOf(sumAxes(x, [1])), rows.map(totalOf), `${name}: rows`);
    assert.equal(listOf(sumAxes(x, [0])), columnsOf(rows, n).map(totalOf), `${name}: columns`);
    assert.equal(listOf(sumToShape(x, [n])), listOf(sumAxes(x, [0])), `${name}: to ${n}`);
    assert.equal(listOf(sumToShape(x, [m, 1])), listOf(sumAxes(x, [1])), `${name}: to ${m}, 1`);
  }
});

test("sums of cubes with one long side over every choice of axes", () => {
  const choices = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]];
  for (const n of someLengths) {
    for (const shape of [
      [n, 2, 3],
      [2, n, 3],
      [2, 3, n],
    ]) {
      for (const { name, x } of laidOut(shape, integersFrom(n))) {
        for (const axes of choices) {
          const slow = reduceAxes(x, axes, false, 0, add);
          assert.equal(listOf(sumAxes(x, axes)), listOf(slow), `${name}: axes ${axes}`);
        }
      }
    }
  }
});

test("products and folds along either axis", () => {
  for (const { name, x, rows } of matrices(5, [1, 3])) {
    const signs = map1((entry) => (entry < 0 ? -1 : 1), x);
    const product = (xs: readonly number[]): number => xs.reduce((a, b) => a * (b < 0 ? -1 : 1), 1);
    assert.equal(listOf(prodAxes(signs, [1])), rows.map(product), name);
    assert.equal(listOf(prodAxes(signs, [0])), columnsOf(rows, x.shape[1] as number).map(product), name);
    const step = (a: number, b: number): number => (3 * a + b) % 1009;
    assert.equal(
      listOf(reduceAxes(x, [1], false, 5, step)),
      rows.map((row) => row.reduce(step, 5)),
      name,
    );
  }
});

test("copies into either kind, and loops of one and two arrays", () => {
  for (const { name, x, entries } of matrices(7, [1, 7, 8])) {
    for (const dtype of floats) {
      assert.equal([...packedData(x, dtype)], entries, name);
      const target = zerosOf(x.shape, dtype);
      copyInto(target, x);
      assert.equal(listOf(target), entries, name);
    }
    assert.equal(
      listOf(map1((entry) => 2 * entry + 1, x)),
      entries.map((entry) => 2 * entry + 1),
      name,
    );
    const y = zerosOf(x.shape);
    copyInto(y, x);
    assert.equal(
      listOf(map2((a, b) => a - 3 * b, x, y)),
      entries.map((entry) => -2 * entry + 0),
      name,
    );
  }
});

test("what is copied or added into a view of any layout goes to its entries and nowhere else", () => {
  for (const n of lengths) {
    for (const shape of [[n], [n, 3], [3, n], [n, 9]]) {
      const sources = laidOut(shape, integersFrom(n + 1));
      for (const { x: from, entries } of sources) {
        for (const { name, x: to, entries: before } of laidOut(shape, integersFrom(n + 2), [from.dtype as FloatDType])) {
          addInto(to, from);
          assert.equal(
            listOf(to),
            before.map((entry, k) => entry + (entries[k] as number)),
            `added to ${name}`,
          );
          copyInto(to, from);
          assert.equal(listOf(to), entries, `copied to ${name}`);
          assert.ok(isFramed(to), name);
        }
      }
      for (const { name, x, entries } of sources) {
        addNumber(x.data, x.shape, x.stride, x.offset, 7);
        assert.equal(
          listOf(x),
          entries.map((entry) => entry + 7),
          name,
        );
        assert.ok(isFramed(x), name);
      }
    }
  }
});

/** The first best place of a list, found by looking at all. */
function placeOf(xs: readonly number[], better: (a: number, b: number) => boolean): number {
  let place = 0;
  xs.forEach((entry, k) => {
    const best = xs[place] as number;
    if (!Number.isNaN(best) && (Number.isNaN(entry) || better(entry, best))) place = k;
  });
  return place;
}

const larger = (a: number, b: number): boolean => a > b;
const smaller = (a: number, b: number): boolean => a < b;

test("extremes of lines along either axis, first of equals", () => {
  for (const { name, x, rows } of matrices(11, [1, 2, 5])) {
    const [m, n] = x.shape as [number, number];
    if (n > 0) {
      const { places, values } = lineExtremes(x, [1], "max");
      assert.equal(
        [...places],
        rows.map((row) => placeOf(row, larger)),
        name,
      );
      assert.equal(
        [...values],
        rows.map((row) => Math.max(...row)),
        name,
      );
      assert.equal(
        [...argExtreme(x, [1], "min")],
        rows.map((row, i) => i * n + placeOf(row, smaller)),
        name,
      );
    }
    if (m > 0) {
      const columns = columnsOf(rows, n);
      assert.equal(
        [...lineExtremes(x, [0], "min").places],
        columns.map((column) => placeOf(column, smaller)),
        name,
      );
    }
    if (m * n > 0) assert.is(extremePosition(x, "max"), placeOf(rows.flat(), larger), name);
  }
});

test("the extreme, or a NaN, is found wherever it stands", () => {
  for (const n of someLengths) {
    for (const { name, x } of laidOut([n], () => 0)) {
      for (let k = 0; k < n; k++) {
        for (const [entry, which] of [
          [1, "max"],
          [-1, "min"],
          [Number.NaN, "max"],
          [Number.NaN, "min"],
        ] as const) {
          x.set(k, entry);
          assert.is(extremePosition(x, which), k, `${name}: ${entry} at ${k}`);
          assert.is(lineExtremes(x, [0], which).places[0], k, `${name}: ${entry} at ${k}, as a line`);
        }
        x.set(k, 0);
      }
    }
  }
});

test("lines filled, and lines added to", () => {
  for (const length of [...lengths, ...turns]) {
    for (const short of [1, 3, 4]) {
      for (const [m, n] of [
        [length, short],
        [short, length],
      ] as const) {
        const next = integersFrom(length + short);
        const [perRow, perColumn] = [Float64Array.from({ length: m }, next), Float64Array.from({ length: n }, next)];
        for (const dtype of floats) {
          const [along, down] = [zerosOf([m, n], dtype), zerosOf([m, n], dtype)];
          fillLines(along, perRow, [1]);
          fillLines(down, perColumn, [0]);
          assert.equal(
            listOf(along),
            [...perRow].flatMap((entry) => filled(n, entry)),
            `rows of ${m} × ${n}`,
          );
          assert.equal(
            listOf(down),
            filled(m, 0).flatMap(() => [...perColumn]),
            `columns of ${m} × ${n}`,
          );
        }
        for (const { name, x, entries } of laidOut([m, n], next)) {
          addLines(x, perRow, [1]);
          addLines(x, perColumn, [0]);
          const expected = entries.map((entry, k) => entry + (perRow[Math.floor(k / n)] as number) + (perColumn[k % n] as number));
          assert.equal(listOf(x), expected, name);
          assert.ok(isFramed(x), name);
        }
      }
    }
  }
});

test("loops over lines see every entry once, in order, whatever the layout, and what they write arrives", () => {
  const running = (
    sums: number[],
    count: number,
    length: number,
    first: number,
    a: Float64Array,
    at: number,
    b: Float64Array,
    to: number,
  ): void => {
    for (let n = 0; n < count; n++) {
      let sofar = 0;
      for (let k = 0; k < length; k++) b[to + n * length + k] = sofar += a[at + n * length + k] as number;
      sums[first + n] = sofar;
    }
  };
  const runningOf = (xs: readonly number[]): number[] => xs.map((_, k) => totalOf(xs.slice(0, k + 1)));
  for (const { name, x, rows } of matrices(13, [1, 3, 4, 5, 40])) {
    const [m, n] = x.shape as [number, number];
    for (const dtype of floats) {
      const y = zerosOf(x.shape, dtype);
      const sums: number[] = [];
      overLines(running, sums, x.shape, [1], [x], [y]);
      assert.equal(sums, rows.map(totalOf), `${name}: along rows`);
      assert.equal(listOf(y), rows.flatMap(runningOf), `${name}: along rows`);
      const down: number[] = [];
      const columns = columnsOf(rows, n);
      overLines(running, down, x.shape, [0], [x], [y]);
      assert.equal(down, columns.map(totalOf), `${name}: along columns`);
      assert.equal(listOf(y), columnsOf(columns.map(runningOf), m).flat(), `${name}: along columns`);
    }
  }
});

test("loops over lines at the size of a tile, and of what is kept of one", () => {
  const doubled = (
    _: undefined,
    count: number,
    length: number,
    _first: number,
    a: Float64Array,
    at: number,
    b: Float64Array,
    to: number,
  ): void => {
    for (let k = 0; k < count * length; k++) b[to + k] = 2 * (a[at + k] as number);
  };
  for (const length of [...edgesOf(4096 / 8), ...edgesOf(4096), 32767, 32768, 32769]) {
    const next = integersFrom(length);
    for (const [axis, shape] of [
      [0, [length, 2]],
      [1, [2, length]],
      [1, [1, length]],
    ] as const) {
      const entries = Float64Array.from({ length: shape[0] * shape[1] }, next);
      for (const x of [
        rowMajor(Float32Array.from(entries), shape),
        rowMajor(entries, shape),
        rowMajor(entries, [shape[1], shape[0]]).transpose(1, 0),
      ]) {
        const y = zerosOf(shape);
        overLines(doubled, undefined, shape, [axis], [x], [y]);
        let wrong = 0;
        for (let k = 0, n = shape[1]; k < entries.length; k++) if (y.data[k] !== 2 * x.get(Math.floor(k / n), k % n)) wrong++;
        assert.is(wrong, 0, `${shape.join(" × ")} along axis ${axis}, ${x.dtype}`);
      }
    }
  }
});

test("tiles are gathered and scattered line by line, with room between them or without", () => {
  for (const { name, x, rows } of matrices(17, [1, 3, 4, 5, 9, 13])) {
    const [lanes, length] = x.shape as [number, number];
    const [lane, step] = x.stride as [number, number];
    for (const pitch of [length, length + 2]) {
      const tile = new Float64Array(3 + lanes * pitch).fill(Number.NaN);
      gather(tile, 3, pitch, x.data as Float64Array, x.offset, lanes, lane, length, step);
      rows.forEach((row, j) => {
        assert.equal([...tile.subarray(3 + j * pitch, 3 + j * pitch + length)], row, name);
      });
      if (pitch > length)
        assert.is(
          tile.reduce((count, entry) => count + Number(Number.isNaN(entry)), 0),
          3 + 2 * lanes,
          name,
        );
      for (let k = 0; k < tile.length; k++) (tile[k] as number) += 1;
      scatter(tile, 3, pitch, x.data as Float64Array, x.offset, lanes, lane, length, step);
      assert.equal(
        listOf(x),
        rows.flat().map((entry) => entry + 1),
        name,
      );
      assert.ok(isFramed(x as NdArray), name);
      addNumber(x.data, x.shape, x.stride, x.offset, -1);
    }
  }
});

test.run();
