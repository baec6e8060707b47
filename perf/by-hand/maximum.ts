import type { Answer } from "../answer.js";

/** The greatest entry, the first of equals. */
export function maximum(x: Float64Array): Answer {
  let best = x[0] as number;
  let at = 0;
  for (let k = 1; k < x.length; k++) {
    const entry = x[k] as number;
    if (entry > best) {
      best = entry;
      at = k;
    }
  }
  const xbar = new Float64Array(x.length);
  xbar[at] = 1;
  return { value: best, gradient: [xbar] };
}
