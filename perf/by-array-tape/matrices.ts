import type { Answer, Ranges } from "../answer.js";
import { ArrayTape, type TapeArray, type TapeNumber } from "../array-tape.js";

/** The largest entry, by a loop over the elements. */
export function maximum(values: Float64Array, shape: readonly [number, number]): Answer {
  const tape = new ArrayTape();
  const x = tape.array(values, shape);
  let best = tape.get(x, 0, 0);
  for (let i = 0; i < shape[0]; i++) {
    for (let j = 0; j < shape[1]; j++) best = tape.max(best, tape.get(x, i, j));
  }
  tape.backward(best);
  return { value: best.value, gradient: [x.bar] };
}

/** The sum of what `pool` makes of each block. */
function pooled(
  values: Float64Array,
  width: number,
  rows: Ranges,
  cols: Ranges,
  pool: (tape: ArrayTape, x: TapeArray, top: number, bottom: number, left: number, right: number) => TapeNumber,
): Answer {
  const tape = new ArrayTape();
  const x = tape.array(values, [values.length / width, width]);
  const y: TapeNumber[] = [];
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) y.push(pool(tape, x, top, bottom, left, right));
  }
  const total = tape.sum(tape.stack(y, [rows.length, cols.length]));
  tape.backward(total);
  return { value: total.value, gradient: [x.bar] };
}

/** Sum pooling, each block cut out and summed. */
export function poolSumBySlices(values: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  return pooled(values, width, rows, cols, (tape, x, top, bottom, left, right) => tape.sum(tape.slice(x, top, bottom, left, right)));
}

/** Sum pooling, element by element. */
export function poolSumByElements(values: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  return pooled(values, width, rows, cols, (tape, x, top, bottom, left, right) => {
    let total = tape.number(0);
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++) total = tape.add(total, tape.get(x, i, j));
    }
    return total;
  });
}

/** The least entries of a matrix: those of its columns or those of its rows. */
function minima(tape: ArrayTape, c: TapeArray, of: "columns" | "rows"): TapeNumber[] {
  const [rows, cols] = c.shape as [number, number];
  const [outer, inner] = of === "columns" ? [cols, rows] : [rows, cols];
  const entry = (a: number, b: number): TapeNumber => (of === "columns" ? tape.get(c, b, a) : tape.get(c, a, b));
  const least: TapeNumber[] = [];
  for (let a = 0; a < outer; a++) {
    let smallest = entry(a, 0);
    for (let b = 1; b < inner; b++) smallest = tape.min(smallest, entry(a, b));
    least.push(smallest);
  }
  return least;
}

/** Hausdorff pooling: each block cut out, its minima found element by element. */
export function poolHausdorff(values: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  return pooled(values, width, rows, cols, (tape, x, top, bottom, left, right) => {
    const c = tape.slice(x, top, bottom, left, right);
    const larger = (a: TapeNumber, b: TapeNumber): TapeNumber => tape.max(a, b);
    return tape.max(minima(tape, c, "columns").reduce(larger), minima(tape, c, "rows").reduce(larger));
  });
}

/** Chamfer pooling, likewise. */
export function poolChamfer(values: Float64Array, width: number, rows: Ranges, cols: Ranges): Answer {
  return pooled(values, width, rows, cols, (tape, x, top, bottom, left, right) => {
    const c = tape.slice(x, top, bottom, left, right);
    const mean = (of: "columns" | "rows"): TapeNumber => {
      const least = minima(tape, c, of);
      return tape.div(
        least.reduce((a, b) => tape.add(a, b)),
        tape.number(least.length),
      );
    };
    return tape.add(mean("columns"), mean("rows"));
  });
}

/** Rotary embedding, element by element; x has 2·theta.length rows, positions count from 1. */
export function rotaryEmbedding(xValues: Float64Array, thetaValues: Float64Array): Answer {
  const tape = new ArrayTape();
  const pairs = thetaValues.length;
  const width = xValues.length / (2 * pairs);
  const x = tape.array(xValues, [2 * pairs, width]);
  const theta = tape.array(thetaValues, [pairs]);
  const y = new Array<TapeNumber>(xValues.length);
  for (let p = 0; p < width; p++) {
    const position = tape.number(p + 1);
    for (let k = 0; k < pairs; k++) {
      const angle = tape.mul(position, tape.at(theta, k));
      const sin = Math.sin(angle.value);
      const cos = Math.cos(angle.value);
      const sine = tape.apply(sin, angle, cos);
      const cosine = tape.apply(cos, angle, -sin);
      const a = tape.get(x, 2 * k, p);
      const b = tape.get(x, 2 * k + 1, p);
      y[2 * k * width + p] = tape.sub(tape.mul(a, cosine), tape.mul(b, sine));
      y[(2 * k + 1) * width + p] = tape.add(tape.mul(a, sine), tape.mul(b, cosine));
    }
  }
  const total = tape.sum(tape.stack(y, [2 * pairs, width]));
  tape.backward(total);
  return { value: total.value, gradient: [x.bar, theta.bar] };
}
