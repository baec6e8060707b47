import { test } from "uvu";
import {
  type AnyArray,
  add,
  gradient,
  matmul,
  mul,
  type NdArray,
  type Scalar,
  sigmoid,
  slice,
  square,
  sum,
  tanh,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

const [steps, inputs, units] = [4, 2, 3];
const xs = mul(0.2, decimals([steps, inputs], 51));
/** Input, forget, cell and output gates one after another. */
const w = mul(0.1, decimals([4 * units, inputs], 52));
const u = mul(0.1, decimals([4 * units, units], 53));
const b = mul(0.1, decimals([4 * units], 54));

/** Σ h² of the last state of a long short-term memory. Source: Hochreiter and Schmidhuber (1997), with the forget gate of Gers (1999). */
function lstm(w: AnyArray, u: AnyArray, b: AnyArray): Scalar {
  let h: AnyArray = mul(0, slice(b, [[0, units]]));
  let c = h;
  for (let t = 0; t < steps; t++) {
    const z = add(add(matmul<AnyArray>(w, xs.pick(t, null)), matmul<AnyArray>(u, h)), b);
    const gate = (k: number): AnyArray => slice(z, [[k * units, (k + 1) * units]]);
    c = add(mul(sigmoid(gate(1)), c), mul(sigmoid(gate(0)), tanh(gate(2))));
    h = mul(sigmoid(gate(3)), tanh(c));
  }
  return sum(square(h));
}

const s = (x: number): number => 1 / (1 + Math.exp(-x));
const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

interface Step {
  readonly h: number[];
  readonly c: number[];
  readonly gates: number[];
}

/** Backpropagation through time by hand. */
function byHand(): { value: number; slopes: NdArray[] } {
  const kept: Step[] = [{ h: range(units).map(() => 0), c: range(units).map(() => 0), gates: [] }];
  for (let t = 0; t < steps; t++) {
    const { h, c } = kept[t] as Step;
    const gates = range(4 * units).map((r) => {
      let z = b.get(r);
      for (const j of range(inputs)) z += w.get(r, j) * xs.get(t, j);
      for (const j of range(units)) z += u.get(r, j) * (h[j] as number);
      return r >= 2 * units && r < 3 * units ? Math.tanh(z) : s(z);
    });
    const gate = (k: number, n: number): number => gates[k * units + n] as number;
    const next = range(units).map((n) => gate(1, n) * (c[n] as number) + gate(0, n) * gate(2, n));
    kept.push({ h: next.map((e, n) => gate(3, n) * Math.tanh(e)), c: next, gates });
  }
  const last = kept[steps] as Step;
  const [dw, du, db] = [w.shape, u.shape, b.shape].map((shape) => build(shape, () => 0)) as [NdArray, NdArray, NdArray];
  let dh = last.h.map((e) => 2 * e);
  let dc = last.h.map(() => 0);
  for (let t = steps - 1; t >= 0; t--) {
    const { h, c } = kept[t] as Step;
    const { c: after, gates } = kept[t + 1] as Step;
    const dz = new Array<number>(4 * units);
    const before = new Array<number>(units);
    for (const n of range(units)) {
      const [i, f, g, o] = range(4).map((k) => gates[k * units + n] as number) as [number, number, number, number];
      const a = Math.tanh(after[n] as number);
      const cell = (dc[n] as number) + (dh[n] as number) * o * (1 - a * a);
      dz[n] = cell * g * i * (1 - i);
      dz[units + n] = cell * (c[n] as number) * f * (1 - f);
      dz[2 * units + n] = cell * i * (1 - g * g);
      dz[3 * units + n] = (dh[n] as number) * a * o * (1 - o);
      before[n] = cell * f;
    }
    for (const r of range(4 * units)) {
      const z = dz[r] as number;
      db.set(r, db.get(r) + z);
      for (const j of range(inputs)) dw.set(r, j, dw.get(r, j) + z * xs.get(t, j));
      for (const j of range(units)) du.set(r, j, du.get(r, j) + z * (h[j] as number));
    }
    dh = range(units).map((j) => dz.reduce((total, z, r) => total + z * u.get(r, j), 0));
    dc = before;
  }
  return { value: last.h.reduce((total, e) => total + e * e, 0), slopes: [dw, du, db] };
}

test("an LSTM of a few steps: value and gradient are those of backpropagation through time by hand", () => {
  const { value, slopes } = byHand();
  assertClose(lstm(w, u, b), value, { rtol: 1e-13 });
  assertClose(gradient(lstm, w, u, b), slopes, { rtol: 1e-12, atol: 1e-14 });
});

test.run();
