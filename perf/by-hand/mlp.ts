import type { Answer } from "../answer.js";
import { ownCopy } from "./own-copy.js";
import { addProduct, productWithTransposed } from "./products.js";
import { addProductOfSingles } from "./products-of-singles.js";

/** Extents: images of `inputs` numbers, `hidden` rectified units, `outputs` classes. */
export interface Extents {
  readonly batch: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

type Floats = Float64Array;

/** The loops that a kind of array has for itself. */
interface Kind {
  readonly Floats: new (length: number) => Floats;
  readonly addProduct: typeof addProduct;
  readonly productWithTransposed: typeof productWithTransposed;
}

/** Cross entropy of relu(x w1 + b1) w2 + b2 against labels, by the weights and biases; x [batch, inputs]. */
function mlpOn(
  { Floats, addProduct, productWithTransposed }: Kind,
  { batch, inputs, hidden, outputs }: Extents,
  x: Floats,
  labels: Int32Array,
  w1: Floats,
  b1: Floats,
  w2: Floats,
  b2: Floats,
): Answer {
  const h = new Floats(batch * hidden);
  for (let i = 0; i < batch; i++) h.set(b1, i * hidden);
  addProduct(h, x, inputs, 1, w1, batch, inputs, hidden);
  for (let k = 0; k < h.length; k++) if ((h[k] as number) <= 0) h[k] = 0;
  const y = new Floats(batch * outputs);
  for (let i = 0; i < batch; i++) y.set(b2, i * outputs);
  addProduct(y, h, hidden, 1, w2, batch, hidden, outputs);

  let value = 0;
  const b2bar = new Floats(outputs);
  for (let i = 0, start = 0; i < batch; i++, start += outputs) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = start; at < start + outputs; at++) if ((y[at] as number) > largest) largest = y[at] as number;
    let total = 0;
    for (let at = start; at < start + outputs; at++) total += Math.exp((y[at] as number) - largest);
    const label = start + (labels[i] as number);
    value += largest + Math.log(total) - (y[label] as number);
    const factor = 1 / (total * batch);
    for (let j = 0, at = start; j < outputs; j++, at++) {
      const slope = Math.exp((y[at] as number) - largest) * factor - (at === label ? 1 / batch : 0);
      y[at] = slope;
      (b2bar[j] as number) += slope;
    }
  }

  const w2bar = new Floats(hidden * outputs);
  addProduct(w2bar, h, 1, hidden, y, hidden, batch, outputs);
  const hbar = new Floats(batch * hidden);
  productWithTransposed(hbar, y, w2, batch, outputs, hidden);
  const b1bar = new Floats(hidden);
  for (let at = 0; at < h.length; ) {
    for (let j = 0; j < hidden; j++, at++) {
      if (h[at] === 0) hbar[at] = 0;
      else (b1bar[j] as number) += hbar[at] as number;
    }
  }
  const w1bar = new Floats(inputs * hidden);
  addProduct(w1bar, x, 1, inputs, hbar, inputs, batch, hidden);
  return { value: value / batch, gradient: [w1bar, b1bar, w2bar, b2bar] };
}

type Mlp = (extents: Extents, x: Floats, labels: Int32Array, w1: Floats, b1: Floats, w2: Floats, b2: Floats) => Answer;

function mlpFor(Floats: unknown, add: unknown): Mlp {
  const kind = { Floats, addProduct: add, productWithTransposed: ownCopy(productWithTransposed) } as Kind;
  const own = ownCopy(mlpOn);
  return (...args) => own(kind, ...args);
}

/** In double precision. */
export const mlp: Mlp = mlpFor(Float64Array, ownCopy(addProduct));

/** All arrays in single precision. */
export const mlpOfSingles: Mlp = mlpFor(Float32Array, addProductOfSingles);
