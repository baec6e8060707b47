import { concat, mul, type NdArray, pad, scatterAdd, slice, square, stack, sum, take, transpose, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import * as indexing from "../by-hand/indexing.js";
import * as shaping from "../by-hand/shaping.js";
import { integers, normalArray } from "../inputs.js";
import type { Program } from "../program.js";
import { arrayProgram, floats } from "./array-program.js";

/** What moves the entries of n × n matrices. */
export function shapingPrograms(n: number): Program[] {
  const x = normalArray([n, n], 1);
  const y = normalArray([n, n], 2);
  const w = normalArray([n, n], 3);
  const double = normalArray([n, n, 2], 4);
  const padded = normalArray([n + 4, n + 4], 5);
  const rows = integers(n, n, 6);
  const places = rowMajor(rows, [n]) as NdArray;
  const [xs, ys, ws] = [x, y, w].map(floats) as [Float64Array, Float64Array, Float64Array];
  const flatDouble = rowMajor(floats(double), [n, 2 * n]);
  const m = n >> 1;
  return [
    arrayProgram(
      "Σ slice(x)²",
      () => shaping.squareOfSlice(xs, n, 1, 2, m, m),
      () =>
        withGradient(
          (a) =>
            sum(
              square(
                slice(a, [
                  [1, 1 + m],
                  [2, 2 + m],
                ]),
              ),
            ),
          x,
        ),
    ),
    arrayProgram(
      "Σ concat([x, y])²",
      () => shaping.squareOfTwo(xs, ys),
      () => withGradient((a, b) => sum(square(concat([a, b]))), x, y),
    ),
    arrayProgram(
      "Σ w concat([x, y], axis 1)",
      () => shaping.weightedSideBySide(xs, ys, floats(double), n),
      () => withGradient((a, b) => sum(mul(concat([a, b], { axis: 1 }), flatDouble)), x, y),
    ),
    arrayProgram(
      "Σ stack([x, y])²",
      () => shaping.squareOfTwo(xs, ys),
      () => withGradient((a, b) => sum(square(stack([a, b]))), x, y),
    ),
    arrayProgram(
      "Σ w stack([x, y], axis 2)",
      () => shaping.weightedInTurn(xs, ys, floats(double)),
      () => withGradient((a, b) => sum(mul(stack([a, b], { axis: 2 }), double)), x, y),
    ),
    arrayProgram(
      "Σ w transpose(x)",
      () => shaping.weightedTranspose(xs, ws, n),
      () => withGradient((a) => sum(mul(transpose(a), w)), x),
    ),
    arrayProgram(
      "Σ w pad(x, 2)",
      () => shaping.weightedPad(xs, floats(padded), n, 2),
      () => withGradient((a) => sum(mul(pad(a, 2), padded)), x),
    ),
    arrayProgram(
      "Σ w take(x, rows)",
      () => indexing.takeRows(xs, rows, ws, n),
      () => withGradient((a) => sum(mul(take(a, places), w)), x),
    ),
    arrayProgram(
      "Σ scatterAdd(x, rows, y)²",
      () => indexing.scatterAddRows(xs, rows, ys, n),
      () => withGradient((a, b) => sum(square(scatterAdd(a, places, b))), x, y),
    ),
  ];
}
