import { strongProduct } from "../../lib/core/index.js";
import { asFloatArray, type FloatData, inOrder } from "../../lib/nd/float-array.js";
import { addInto, type FloatDType, floatDType, holdsNaN, isRowMajor, type NdArray, zerosOf } from "../../lib/nd/index.js";

/** Sine and cosine of the angles p·θₖ, p = start + i the position; those of angle k from k · columns on. */
export interface Turns {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Positions whose sines and cosines are found from one of them. */
const block = 16;

/** The largest angle, in radians, up to which they are: it moves by less than 2⁻³² when it is rounded. */
const farthest = 2 ** 20;

/** Sine and cosine of each angle at each position, once. */
export function turnsOf(theta: NdArray, columns: number, start: number): Turns {
  const { data, stride, offset, size } = asFloatArray(theta);
  const cosines = new Float64Array(size * columns);
  const sines = new Float64Array(size * columns);
  for (let k = 0; k < size; k++) {
    const angle = data[offset + k * (stride[0] as number)] as number;
    const near = start >= 0 && Math.abs((start + columns) * angle) < farthest;
    const first = near ? Math.min(block, columns) : columns;
    for (let i = 0, n = k * columns; i < first; i++, n++) {
      const turn = (start + i) * angle;
      cosines[n] = Math.cos(turn);
      sines[n] = Math.sin(turn);
    }
    if (first < columns) addTurns(cosines, sines, k * columns, columns, angle, start);
  }
  return { cosines, sines };
}

const steps = new Float64Array(block);
const stepCosines = new Float64Array(block);
const stepSines = new Float64Array(block);

/**
 * The sines and cosines of pθ from the second block of positions p on, by the addition theorem: of t = t₀ + e with t₀ the first angle of the
 * block. e is dθ but for the rounding of the angles, δ = (t − t₀) − dθ, which is exact (Sterbenz) and so small that cos e = cos dθ − δ sin dθ.
 * They differ from those of t itself by 2⁻⁵¹ at most, and take an eighth of the calls of Math.sin and Math.cos, which are most of the time.
 */
function addTurns(cosines: Float64Array, sines: Float64Array, from: number, columns: number, angle: number, start: number): void {
  for (let d = 0; d < block; d++) {
    const step = d * angle;
    steps[d] = step;
    stepCosines[d] = Math.cos(step);
    stepSines[d] = Math.sin(step);
  }
  for (let i = block; i < columns; i += block) {
    const turn = (start + i) * angle;
    const cosine = Math.cos(turn);
    const sine = Math.sin(turn);
    const count = Math.min(block, columns - i);
    for (let d = 0, n = from + i; d < count; d++, n++) {
      const shift = (start + (i + d)) * angle - turn - (steps[d] as number);
      const c = (stepCosines[d] as number) - shift * (stepSines[d] as number);
      const s = (stepSines[d] as number) + shift * (stepCosines[d] as number);
      cosines[n] = cosine * c - sine * s;
      sines[n] = sine * c + cosine * s;
    }
  }
}

/** a c + b s, a product being 0 where a factor is. */
function strongSum(a: number, c: number, b: number, s: number): number {
  return strongProduct(a, c) + strongProduct(b, s);
}

/** The pairs of rows of x rotated, forwards (sign 1) or backwards (sign −1). */
export function rotated(x: NdArray, { cosines, sines }: Turns, sign: 1 | -1, dtype: FloatDType): NdArray {
  const [rows, columns] = x.shape as [number, number];
  const { data, offset } = inOrder(x);
  const y = zerosOf(x.shape, dtype);
  const out = y.data as FloatData;
  for (let row = 0; row < rows; row += 2) {
    const n = (row / 2) * columns;
    const even = row * columns;
    const odd = even + columns;
    for (let i = 0; i < columns; i++) {
      const a = data[offset + even + i] as number;
      const b = data[offset + odd + i] as number;
      const c = cosines[n + i] as number;
      const s = sign * (sines[n + i] as number);
      out[even + i] = a * c - b * s;
      out[odd + i] = b * c + a * s;
    }
  }
  return y;
}

/** As `rotated`, of a tangent or a cotangent: what does not move stays so, whatever the angle is. */
export function rotatedTangent(x: NdArray, turns: Turns, sign: 1 | -1, dtype: FloatDType): NdArray {
  const y = rotated(x, turns, sign, dtype);
  if (!holdsNaN(y)) return y;
  const [rows, columns] = x.shape as [number, number];
  const { data, offset } = inOrder(x);
  for (let k = 0, n = 0; 2 * k < rows; k++) {
    for (let i = 0, even = 2 * k * columns; i < columns; i++, n++, even++) {
      const [a, b] = [data[offset + even] as number, data[offset + even + columns] as number];
      const [c, s] = [turns.cosines[n] as number, sign * (turns.sines[n] as number)];
      y.data[even] = strongSum(a, c, -b, s);
      y.data[even + columns] = strongSum(b, c, a, s);
    }
  }
  return y;
}

/**
 * acc += ȳ rotated backwards, and θ̄ₖ = Σᵢ p (x[2k, i] x̄[2k + 1, i] − x[2k + 1, i] x̄[2k, i]), x̄ being what is added. One pass for both takes
 * little longer than one for x̄ alone.
 */
export function addTurnedBack(acc: NdArray, ybar: NdArray, x: NdArray, turns: Turns, start: number): Float64Array {
  if (!isRowMajor(acc.shape, acc.stride)) {
    const xbar = zerosOf(acc.shape, floatDType(acc.dtype));
    const angles = addTurnedBack(xbar, ybar, x, turns, start);
    addInto(acc, xbar);
    return angles;
  }
  const { cosines, sines } = turns;
  const [rows, columns] = x.shape as [number, number];
  const { data, offset } = inOrder(x);
  const { data: seed, offset: first } = inOrder(ybar);
  const sums = acc.data as FloatData;
  const to = acc.offset;
  const angles = new Float64Array(rows / 2);
  for (let row = 0; row < rows; row += 2) {
    const n = (row / 2) * columns;
    const even = row * columns;
    const odd = even + columns;
    let total = 0;
    for (let i = 0; i < columns; i++) {
      const a = seed[first + even + i] as number;
      const b = seed[first + odd + i] as number;
      const c = cosines[n + i] as number;
      const s = sines[n + i] as number;
      const evenBar = a * c + b * s;
      const oddBar = b * c - a * s;
      const force = (data[offset + even + i] as number) * oddBar - (data[offset + odd + i] as number) * evenBar;
      // It is NaN where one of the two is.
      if (Number.isNaN(force)) {
        const [p, q] = [strongSum(a, c, b, s), strongSum(b, c, -a, s)];
        (sums[to + even + i] as number) += p;
        (sums[to + odd + i] as number) += q;
        total += (start + i) * strongSum(data[offset + even + i] as number, q, -(data[offset + odd + i] as number), p);
        continue;
      }
      (sums[to + even + i] as number) += evenBar;
      (sums[to + odd + i] as number) += oddBar;
      total += (start + i) * force;
    }
    angles[row / 2] = total;
  }
  return angles;
}
