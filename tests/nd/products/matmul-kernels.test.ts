import { suite } from "uvu";
import * as assert from "uvu/assert";
import { broadcastView, matmulPlain, type NdArray, ones, rowMajor, viewOn, zerosOf } from "../../../lib/nd/index.js";
import { multiplyInto } from "../../../lib/nd/products/matmul-kernel.js";
import { allowSimd, blockKernel, simdKernel } from "../../../lib/nd/products/simd-kernel.js";
import type { DType } from "../../../lib/nd/types.js";
import { seeded } from "../../helpers/random.js";
import { entriesOf, forIndices, integers, makes, plainProduct } from "../sample-views.js";

/** Each unrolling, block and panel ends somewhere here. */
const lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 66, 67, 127, 128, 129, 130, 131, 255, 256, 257];
const dtypes = ["float64", "float32"] as const;

function reals(shape: readonly number[], seed: number, dtype: DType): NdArray {
  const random = seeded(seed);
  const x = zerosOf(shape, dtype);
  for (let i = 0; i < x.size; i++) x.data[i] = random() - 0.5;
  return x;
}

/** The sum of products as it is specified for large products: rounded to the kind of the operands within 256, in double precision across. */
function specified(a: NdArray, b: NdArray): NdArray {
  const round = a.dtype === "float32" ? Math.fround : (x: number) => x;
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1] as number;
  const y = zerosOf([m, n], a.dtype as DType);
  forIndices([m, n], ([i, j]) => {
    let total = 0;
    for (let start = 0; start < k; start += 256) {
      let block = 0;
      for (let p = start; p < Math.min(k, start + 256); p++) block = round(block + round(a.get(i as number, p) * b.get(p, j as number)));
      total += block;
    }
    y.set(i as number, j as number, total);
  });
  return y;
}

function same(y: NdArray, expected: NdArray, what: string): void {
  assert.equal(y.shape, expected.shape, what);
  const [left, right] = [entriesOf(y), entriesOf(expected)];
  const first = left.findIndex((entry, i) => !Object.is(entry, right[i]) && entry !== right[i]);
  assert.is(first, -1, `${what}: entry ${first} is ${left[first]}, expected ${right[first]}`);
}

function suiteFor(name: string, simd: boolean): void {
  const test = suite(name);
  test.before(() => allowSimd(simd));
  test.after(() => allowSimd(true));

  test("is the one that serves", () => {
    assert.is(/native code/.test(String(blockKernel().multiplyFloat64)), simd);
  });

  for (const dtype of dtypes) {
    test(`${dtype}: rows of every length`, () => {
      for (const m of lengths) {
        const [a, b] = [integers([m, 9], m + 1, dtype), integers([9, 7], 2, dtype)];
        same(matmulPlain(a, b), plainProduct(a, b), `${m} rows`);
      }
    });

    test(`${dtype}: columns of every length`, () => {
      for (const n of lengths) {
        const [a, b] = [integers([6, 11], 1, dtype), integers([11, n], n + 1, dtype)];
        same(matmulPlain(a, b), plainProduct(a, b), `${n} columns`);
      }
    });

    test(`${dtype}: depths of every length`, () => {
      for (const k of [...lengths, 511, 512, 513, 800]) {
        const [a, b] = [integers([6, k], k + 1, dtype), integers([k, 10], k + 2, dtype)];
        same(matmulPlain(a, b), plainProduct(a, b), `depth ${k}`);
      }
    });

    test(`${dtype}: two lengths at once, real numbers, add up as specified`, () => {
      for (const length of lengths.filter((each) => each > 6)) {
        for (const [m, n] of [
          [length, 9],
          [7, length],
        ] as const) {
          const [a, b] = [reals([m, length], length, dtype), reals([length, n], length + 1, dtype)];
          same(matmulPlain(a, b), specified(a, b), `${m} × ${length} × ${n}`);
        }
      }
      const [a, b] = [reals([67, 300], 3, dtype), reals([300, 523], 4, dtype)];
      same(matmulPlain(a, b), specified(a, b), "more than one block of all");
    });

    test(`${dtype}: any strides`, () => {
      for (const [m, k, n] of [
        [5, 70, 9],
        [66, 13, 31],
        [9, 260, 130],
      ] as const) {
        for (const [nameA, a] of makes(m, k, 10 * m + n, dtype)) {
          for (const [nameB, b] of makes(k, n, 10 * k + m, dtype)) same(matmulPlain(a, b), plainProduct(a, b), `${nameA} by ${nameB}`);
        }
        const wide = broadcastView(integers([1, k], 3, dtype), [m, k]);
        const [, across] = makes(k, n, 4, dtype)[1] as [string, NdArray];
        same(matmulPlain(wide, across), plainProduct(wide, across), "a row repeated");
      }
    });

    test(`${dtype}: batches that broadcast`, () => {
      const a = integers([3, 1, 9, 20], 5, dtype).transpose(0, 1, 2, 3);
      const b = integers([4, 20, 17], 6, dtype);
      const y = matmulPlain(a, b);
      assert.equal(y.shape, [3, 4, 9, 17]);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 4; j++)
          same(y.pick(i, j, null, null), plainProduct(a.pick(i, 0, null, null), b.pick(j, null, null)), `${i}, ${j}`);
      }
    });

    test(`${dtype}: NaN and infinities propagate, and do not leak into neighbours`, () => {
      const odd = ones([37, 270], { dtype });
      odd.set(35, 260, Number.NaN);
      odd.set(3, 1, Number.POSITIVE_INFINITY);
      const nil = zerosOf([270, 41], dtype);
      const one = ones([270, 41], { dtype });
      one.set(7, 40, Number.NEGATIVE_INFINITY);
      const [byZeros, byOnes] = [matmulPlain(odd, nil), matmulPlain(odd, one)];
      forIndices([37, 41], ([i, j]) => {
        assert.is(Number.isNaN(byZeros.get(i as number, j as number)), i === 35 || i === 3);
        const entry = byOnes.get(i as number, j as number);
        if (i === 35 || (i === 3 && j === 40)) assert.ok(Number.isNaN(entry), `${i}, ${j} is ${entry}`);
        else if (i === 3) assert.is(entry, Number.POSITIVE_INFINITY);
        else assert.is(entry, j === 40 ? Number.NEGATIVE_INFINITY : 270);
      });
    });
  }

  test("float32 sums overflow where singles do, float64 sums do not", () => {
    const large = (dtype: DType) => viewOn(zerosOf([1], dtype).data, [8, 16], [0, 0], 0);
    const [singles, doubles] = [large("float32"), large("float64")];
    for (const x of [singles, doubles]) x.data[0] = 1e19;
    assert.is(matmulPlain(singles, singles.transpose(1, 0)).get(0, 0), Number.POSITIVE_INFINITY);
    assert.ok(Number.isFinite(matmulPlain(doubles, doubles.transpose(1, 0)).get(0, 0)));
  });

  test("single precision times double precision is double precision", () => {
    const [a, b] = [reals([20, 30], 1, "float32"), reals([30, 10], 2, "float64")];
    const wide = rowMajor(Float64Array.from(a.data), [20, 30]);
    assert.is(matmulPlain(a, b).dtype, "float64");
    same(matmulPlain(a, b), specified(wide, b), "mixed");
  });

  test("products of singles may be added to doubles, without a rounding between", () => {
    const [a, b] = [reals([9, 20], 1, "float32"), reals([20, 10], 2, "float32")];
    const matrix = (x: NdArray) => ({ data: x.data as Float32Array, offset: 0, row: x.shape[1] as number, col: 1 });
    const out = new Float64Array(92).fill(2 ** -40);
    multiplyInto(out, 1, 9, 20, 10, matrix(a), matrix(b));
    const expected = specified(a, b);
    assert.is(out[0], 2 ** -40);
    assert.is(out[91], 2 ** -40);
    for (let i = 0; i < 90; i++) assert.is(out[i + 1], 2 ** -40 + (expected.data[i] as number));
  });

  test("what was packed before does not disturb a smaller product", () => {
    for (const dtype of dtypes) {
      const nans = viewOn(zerosOf([1], dtype).data, [130, 600], [0, 0], 0);
      nans.data[0] = Number.NaN;
      matmulPlain(nans, nans.transpose(1, 0));
      const [a, b] = [integers([9, 10], 3, dtype), integers([10, 7], 4, dtype)];
      same(matmulPlain(a, b), plainProduct(a, b), dtype);
    }
  });

  test.run();
}

suiteFor("the kernel of vectors", true);
suiteFor("the plain kernel", false);

const both = suite("both kernels");

both("their memory is at most 4 MB, and does not grow", () => {
  for (const simd of [true, false]) {
    allowSimd(simd);
    const { float64, float32 } = blockKernel();
    assert.ok(float64.byteLength <= 4e6);
    assert.is(float64.buffer, float32.buffer);
    matmulPlain(ones([300, 600]), ones([600, 1100]));
    assert.is(blockKernel().float64, float64);
    assert.is(float64.buffer.byteLength, float64.byteLength);
  }
  allowSimd(true);
});

both("where WebAssembly is missing, refused or knows no vectors, the plain kernel serves", () => {
  const holder = globalThis as { WebAssembly?: unknown };
  const { WebAssembly: real } = holder;
  const refuse = class {
    constructor() {
      throw new Error("refused");
    }
  };
  try {
    for (const fake of [undefined, { Module: refuse, Instance: refuse }]) {
      holder.WebAssembly = fake;
      assert.is(simdKernel(), undefined);
      allowSimd(true);
      assert.equal(entriesOf(matmulPlain(ones([20, 20]), ones([20, 20]))), new Array(400).fill(20));
    }
  } finally {
    holder.WebAssembly = real;
    allowSimd(true);
  }
});

both.run();
