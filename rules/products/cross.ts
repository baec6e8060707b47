import { type AnyArray, bilinearRule } from "../../lib/core/index.js";
import {
  allocate,
  broadcastShapes,
  broadcastView,
  commonDType,
  expectSound,
  forEachRow,
  formatShape,
  type NdArray,
  rowMajor,
  sizeOf,
} from "../../lib/nd/index.js";
import { operandsFor } from "./contraction-rule.js";

/** `cross`: traced arrays give a traced one. */
export interface Cross {
  (a: NdArray, b: NdArray): NdArray;
  (a: AnyArray, b: AnyArray): AnyArray;
}

/** a × b along the last axes; those before broadcast. */
function crossed(a: NdArray, b: NdArray): NdArray {
  operandsFor("cross", [a, b]);
  [a, b].forEach((x, k) => {
    expectSound("cross", `argument ${k + 1}`, x);
    if (x.shape.at(-1) === 3) return;
    const cure = x.shape.at(-1) === 2 ? "; append zeros to vectors in the plane, pad(x, [[0, 1]])" : "";
    throw new RangeError(`cross: argument ${k + 1} has shape ${formatShape(x.shape)}; three entries along the last axis are needed${cure}`);
  });
  const shape = broadcastShapes("cross", a.shape, b.shape);
  const x = broadcastView(a, shape);
  const y = broadcastView(b, shape);
  const out = allocate(commonDType([a, b]), sizeOf(shape));
  const [p, q] = [x.data, y.data];
  const [xs, ys] = [x.stride.at(-1) as number, y.stride.at(-1) as number];
  let n = 0;
  forEachRow(shape, [x.stride, y.stride], [x.offset, y.offset], ([i, j]) => {
    const [xAt, yAt] = [i as number, j as number];
    const [p0, p1, p2] = [p[xAt] as number, p[xAt + xs] as number, p[xAt + 2 * xs] as number];
    const [q0, q1, q2] = [q[yAt] as number, q[yAt + ys] as number, q[yAt + 2 * ys] as number];
    out[n++] = p1 * q2 - p2 * q1;
    out[n++] = p2 * q0 - p0 * q2;
    out[n++] = p0 * q1 - p1 * q0;
  });
  return rowMajor(out, shape);
}

/**
 * The cross product of vectors with three entries along the last axis; axes before it broadcast.
 *   ẏ = ȧ × b + a × ḃ            ā = b × ȳ,  b̄ = ȳ × a, summed over axes that broadcast
 * @throws {RangeError} when the last axes do not have three entries (vectors in the plane are refused, NumPy 2 deprecates them), or the
 *                      others do not broadcast
 */
export const cross: Cross = bilinearRule(
  crossed,
  (ybar: NdArray, _: NdArray, b: NdArray) => crossed(b, ybar),
  (ybar: NdArray, a: NdArray) => crossed(ybar, a),
  { name: "cross" },
);
