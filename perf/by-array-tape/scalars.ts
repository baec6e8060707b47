import type { Answer } from "../answer.js";
import { ArrayTape } from "../array-tape.js";

/** x² + 3y. */
export function f1(xValue: number, yValue: number): Answer {
  const tape = new ArrayTape();
  const x = tape.number(xValue);
  const y = tape.number(yValue);
  const result = tape.add(tape.mul(x, x), tape.mul(tape.number(3), y));
  tape.backward(result);
  return { value: result.value, gradient: [x.bar, y.bar] };
}

/** y ← (y·x + 1) / x − 0.8, a number of times. */
export function chain(xValue: number, startValue: number, steps: number): Answer {
  const tape = new ArrayTape();
  const x = tape.number(xValue);
  const start = tape.number(startValue);
  const one = tape.number(1);
  const shift = tape.number(0.8);
  let y = start;
  for (let k = 0; k < steps; k++) y = tape.sub(tape.div(tape.add(tape.mul(y, x), one), x), shift);
  tape.backward(y);
  return { value: y.value, gradient: [x.bar, start.bar] };
}

/** Σ 100 (x[i + 1] − x[i]²)² + (1 − x[i])². */
export function rosenbrock(xValues: Float64Array): Answer {
  const tape = new ArrayTape();
  const x = tape.array(xValues, [xValues.length]);
  const one = tape.number(1);
  const hundred = tape.number(100);
  let total = tape.number(0);
  for (let i = 0; i + 1 < xValues.length; i++) {
    const a = tape.at(x, i);
    const valley = tape.sub(tape.at(x, i + 1), tape.mul(a, a));
    const slope = tape.sub(one, a);
    total = tape.add(total, tape.add(tape.mul(hundred, tape.mul(valley, valley)), tape.mul(slope, slope)));
  }
  tape.backward(total);
  return { value: total.value, gradient: [x.bar] };
}
