import type { Answer } from "../answer.js";

/** x² + 3y. */
export function f1(x: number, y: number): Answer {
  return { value: x * x + 3 * y, gradient: [2 * x, 3] };
}
