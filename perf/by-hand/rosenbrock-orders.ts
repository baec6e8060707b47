import type { Answer } from "../answer.js";

// Derivatives of Σ 100 (x[i + 1] − x[i]²)² + (1 − x[i])², each in one pass; what the neighbour on the left sends is carried along.

/** Value and gradient. */
export function gradientOfRosenbrock(x: Float64Array): Answer {
  const last = x.length - 1;
  const xbar = new Float64Array(x.length);
  let value = 0;
  let carried = 0;
  let a = x[0] as number;
  for (let i = 0; i < last; i++) {
    const next = x[i + 1] as number;
    const valley = next - a * a;
    const slope = 1 - a;
    value += 100 * valley * valley + slope * slope;
    xbar[i] = carried - 400 * valley * a - 2 * slope;
    carried = 200 * valley;
    a = next;
  }
  xbar[last] = carried;
  return { value, gradient: [xbar] };
}

/** Value and derivative in the direction v. */
export function jvpOfRosenbrock(x: Float64Array, v: Float64Array): Answer {
  const last = x.length - 1;
  let value = 0;
  let moved = 0;
  let a = x[0] as number;
  let da = v[0] as number;
  for (let i = 0; i < last; i++) {
    const next = x[i + 1] as number;
    const dnext = v[i + 1] as number;
    const valley = next - a * a;
    const slope = 1 - a;
    value += 100 * valley * valley + slope * slope;
    moved += 200 * valley * (dnext - 2 * a * da) - 2 * slope * da;
    a = next;
    da = dnext;
  }
  return { value, gradient: [moved] };
}

/** The Hessian times v. */
export function hvpOfRosenbrock(x: Float64Array, v: Float64Array): Answer {
  const last = x.length - 1;
  const y = new Float64Array(x.length);
  let carried = 0;
  let a = x[0] as number;
  let da = v[0] as number;
  for (let i = 0; i < last; i++) {
    const next = x[i + 1] as number;
    const dnext = v[i + 1] as number;
    const off = -400 * a;
    y[i] = carried + (1200 * a * a - 400 * next + 2) * da + off * dnext;
    carried = off * da + 200 * dnext;
    a = next;
    da = dnext;
  }
  y[last] = carried;
  return { value: 0, gradient: [y] };
}

/** The Hessian, row-major: three diagonals. */
export function hessianOfRosenbrock(x: Float64Array): Answer {
  const n = x.length;
  const h = new Float64Array(n * n);
  let carried = 0;
  for (let i = 0, at = 0; i + 1 < n; i++, at += n + 1) {
    const a = x[i] as number;
    h[at] = carried + 1200 * a * a - 400 * (x[i + 1] as number) + 2;
    h[at + 1] = -400 * a;
    h[at + n] = -400 * a;
    carried = 200;
  }
  h[n * n - 1] = carried;
  return { value: 0, gradient: [h] };
}
