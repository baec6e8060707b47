import { test } from "uvu";
import * as assert from "uvu/assert";
import { matmulPlain, type NdArray } from "../../../lib/nd/index.js";
import { laidOut, listOf, numbersFrom, someLengths } from "../../helpers/lengths.js";

// Products of few rows, or few columns, at lengths around their unrolling, in every layout of the large operand.

/** y[i, j] = Σ a[i, p] b[p, j] of lists. */
function productOf(a: readonly number[], b: readonly number[], m: number, k: number, n: number): number[] {
  const y: number[] = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let p = 0; p < k; p++) total += (a[i * k + p] as number) * (b[p * n + j] as number);
      y.push(total);
    }
  }
  return y;
}

/** Each entry is the sum in double precision, rounded once where it is a single. */
function rounded(y: NdArray, wanted: readonly number[], k: number, what: string): void {
  const once = y.dtype === "float32" ? 2 ** -24 : 0;
  listOf(y).forEach((entry, n) => {
    const exact = wanted[n] as number;
    const error = Math.abs(entry - exact);
    assert.ok(error <= (once + 1e-12) * Math.abs(exact) + 1e-14 * k, `${what}: entry ${n} is ${entry}, expected ${exact}`);
  });
}

for (const thin of [1, 2, 3]) {
  test(`${thin} rows or columns: sums are in double precision and rounded once`, () => {
    for (const length of someLengths) {
      const next = numbersFrom(length + thin);
      for (const [m, k, n] of [
        [length, 67, thin],
        [thin, 67, length],
        [length, 5, thin],
        [thin, length, 9],
        [9, length, thin],
      ] as const) {
        const few = m === thin ? "a" : "b";
        const [as, bs] = [laidOut([m, k], next), laidOut([k, n], next)];
        const wanted = productOf(as[0]?.entries ?? [], bs[0]?.entries ?? [], m, k, n);
        const half = as.length / 2;
        (few === "a" ? bs : as).forEach((large, turn) => {
          const other = (few === "a" ? as : bs)[(large.x.dtype === "float32" ? half : 0) + ((turn + length) % half)] as typeof large;
          const [a, b] = few === "a" ? [other, large] : [large, other];
          rounded(matmulPlain(a.x, b.x), wanted, k, `${a.name} by ${b.name}`);
        });
      }
    }
  });
}

test.run();
