import { test } from "uvu";
import {
  type AnyArray,
  add,
  array,
  cos,
  cross,
  div,
  dot,
  gradient,
  jacobian,
  mul,
  type NdArray,
  norm,
  type Scalar,
  sin,
  slice,
  square,
  stack,
  sub,
  sum,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build } from "../helpers/layouts.js";

/** A point turned about an axis by the axis' length. Source: O. Rodrigues (1840). */
function turned(omega: AnyArray, p: AnyArray): AnyArray {
  const angle = norm(omega) as Scalar;
  const axis = div(omega, angle);
  const along = mul(mul(axis, dot(axis, p) as Scalar), sub(1, cos(angle)));
  return add(add(mul(p, cos(angle)), mul(cross(axis, p), sin(angle))), along);
}

/** Where a camera sees a point: pinhole with radial distortion. Source: Agarwal and others, Bundle adjustment in the large (2010). */
function projected(omega: AnyArray, shift: AnyArray, focal: Scalar, radial: Scalar, p: AnyArray): AnyArray {
  const q = add(turned(omega, p), shift);
  const depth = slice(q, [2]) as Scalar;
  const [u, v] = [div(slice(q, [0]) as Scalar, depth), div(slice(q, [1]) as Scalar, depth)];
  const scale = mul(focal, add(1, mul(radial, add(square(u), square(v)))));
  return stack([mul(scale, u), mul(scale, v)]);
}

const omega = array([0.3, -0.2, 0.5]);
const shift = array([0.1, -0.4, 5]);
const p = array([1.2, -0.7, 0.6]);
const [focal, radial] = [1.8, 0.1];

// The same by matrices of plain numbers.
type Matrix = number[][];
const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => range(b[0]?.length ?? 0).map((j) => row.reduce((s, e, k) => s + e * (b[k]?.[j] as number), 0)));
const plus = (a: Matrix, b: Matrix, factor = 1): Matrix => a.map((row, i) => row.map((e, j) => e + factor * (b[i]?.[j] as number)));
const scaled = (a: Matrix, factor: number): Matrix => a.map((row) => row.map((e) => factor * e));
const flipped = (a: Matrix): Matrix => range(a[0]?.length ?? 0).map((j) => a.map((row) => row[j] as number));
const skew = (v: NdArray): Matrix => [
  [0, -v.get(2), v.get(1)],
  [v.get(2), 0, -v.get(0)],
  [-v.get(1), v.get(0), 0],
];
const unit: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const column = (v: NdArray): Matrix => range(3).map((k) => [v.get(k)]);
const length = Math.hypot(omega.get(0), omega.get(1), omega.get(2));
const spin = scaled(skew(omega), 1 / length);
const rotation = plus(plus(unit, spin, Math.sin(length)), times(spin, spin), 1 - Math.cos(length));
const seen = plus(times(rotation, column(p)), column(shift)).map(([e]) => e as number);
const [x, y, depth] = seen as [number, number, number];
const [u, v] = [x / depth, y / depth];
const r = 1 + radial * (u * u + v * v);
/** ∂(projection) / ∂(point in the camera's frame). */
const byPlace: Matrix = times(
  [
    [focal * (r + 2 * radial * u * u), focal * 2 * radial * u * v],
    [focal * 2 * radial * u * v, focal * (r + 2 * radial * v * v)],
  ],
  [
    [1 / depth, 0, -u / depth],
    [0, 1 / depth, -v / depth],
  ],
);
// ∂(R p)/∂ω = −R [p]× (ω ωᵀ + (Rᵀ − 1) [ω]×) / |ω|². Source: Gallego and Yezzi, A compact formula for the derivative of a 3-D rotation (2015).
const inner = plus(times(column(omega), flipped(column(omega))), times(plus(flipped(rotation), unit, -1), skew(omega)));
const byOmega = scaled(times(times(rotation, skew(p)), inner), -1 / length ** 2);
const matrix = (m: Matrix): NdArray => build([m.length, m[0]?.length ?? 0], (i = 0, j = 0) => m[i]?.[j] as number);
const tolerance = { rtol: 1e-12, atol: 1e-13 };

test("the projection of a point: value and Jacobians are the closed forms", () => {
  assertClose(projected(omega, shift, focal, radial, p), array([focal * r * u, focal * r * v]), tolerance);
  assertClose(
    jacobian((omega: AnyArray) => projected(omega, shift, focal, radial, p), omega),
    matrix(times(byPlace, byOmega)),
    tolerance,
  );
  assertClose(
    jacobian((shift: AnyArray) => projected(omega, shift, focal, radial, p), shift),
    matrix(byPlace),
    tolerance,
  );
  assertClose(
    jacobian((p: AnyArray) => projected(omega, shift, focal, radial, p), p),
    matrix(times(byPlace, rotation)),
    tolerance,
  );
});

test("the gradient of the squared error by camera and lens", () => {
  const target = array([0.3, -0.1]);
  const error = (focal: Scalar, radial: Scalar): Scalar => sum(square(sub(projected(omega, shift, focal, radial, p), target)));
  const [eu, ev] = [focal * r * u - 0.3, focal * r * v + 0.1];
  const rho = u * u + v * v;
  assertClose(gradient(error, focal, radial), [2 * r * (eu * u + ev * v), 2 * focal * rho * (eu * u + ev * v)], tolerance);
});

test.run();
