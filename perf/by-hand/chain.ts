import type { Answer } from "../answer.js";

/** y ← (y·x + 1) / x − 0.8, a number of times: four operations a step. What the gradient needs of each step is kept. */
export function chain(x: number, start: number, steps: number): Answer {
  const starts = new Float64Array(steps);
  const numerators = new Float64Array(steps);
  let y = start;
  for (let k = 0; k < steps; k++) {
    starts[k] = y;
    const numerator = y * x + 1;
    numerators[k] = numerator;
    y = numerator / x - 0.8;
  }
  let ybar = 1;
  let xbar = 0;
  for (let k = steps - 1; k >= 0; k--) {
    xbar -= (ybar * (numerators[k] as number)) / (x * x);
    ybar /= x;
    xbar += ybar * (starts[k] as number);
    ybar *= x;
  }
  return { value: y, gradient: [xbar, ybar] };
}
