import * as np from "numpy-ts";
import { cholesky, det, inv, logdet, matmul, type NdArray, solve } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { normal } from "../inputs.js";
import type { PeerRun } from "./peer.js";

/** A value by numpy-ts and by this library. */
export interface ValueProgram {
  readonly title: string;
  readonly reference: PeerRun;
  readonly ours: PeerRun;
  readonly tolerance: number;
}

/** A symmetric matrix of n × n with eigenvalues around 4. */
function positiveDefinite(n: number): Float64Array {
  const b = rowMajor(normal(n * n, 1), [n, n]);
  const product = matmul(b, b.transpose(1, 0)).data as Float64Array;
  return product.map((entry, k) => entry / n + (k % (n + 1) === 0 ? 3 : 0));
}

const numpyOf = (data: Float64Array | Float32Array, shape: number[]): np.NDArray =>
  np.asarray(data as never).reshape(shape as never) as np.NDArray;
const dataOf = (x: unknown): unknown => (x as { data: unknown }).data;

/** Values of linear algebra of n × n matrices, and products of m × m ones. */
export function valuePrograms(n: number, m: number): ValueProgram[] {
  const spd = positiveDefinite(n);
  const right = normal(n * 20, 2);
  const [a, b] = [rowMajor(spd, [n, n]), rowMajor(right, [n, 20])];
  const [p, q] = [numpyOf(spd, [n, n]), numpyOf(right, [n, 20])];
  const program = (title: string, theirs: () => unknown, ours: () => unknown, tolerance = 1e-9): ValueProgram => {
    const answerOf = (y: unknown) => (typeof y === "number" ? { value: y, gradient: [] } : { value: 0, gradient: [dataOf(y)] });
    let last: unknown;
    return {
      title,
      // What lies in its WebAssembly memory is given back when the next result comes: full, it would compute in JavaScript.
      reference: () => {
        (last as { dispose?: () => void } | undefined)?.dispose?.();
        last = theirs();
        return answerOf(last);
      },
      ours: () => answerOf(ours()),
      tolerance,
    };
  };
  const product = (kind: "float64" | "float32"): ValueProgram => {
    const [x, y] = [normal(m * m, 1), normal(m * m, 2)].map((data) => (kind === "float32" ? new Float32Array(data) : data)) as [
      Float64Array,
      Float64Array,
    ];
    const [c, d]: NdArray[] = [rowMajor(x, [m, m]), rowMajor(y, [m, m])];
    const [e, f] = [numpyOf(x, [m, m]), numpyOf(y, [m, m])];
    return program(
      `matmul ${m}×${m}, ${kind}`,
      () => np.matmul(e as never, f as never),
      () => matmul(c as NdArray, d as NdArray),
      kind === "float32" ? 1e-4 : 1e-9,
    );
  };
  return [
    product("float64"),
    product("float32"),
    program(
      `inv ${n}×${n}`,
      () => np.linalg.inv(p),
      () => inv(a),
    ),
    program(
      `solve ${n}×${n}, 20 right sides`,
      () => np.linalg.solve(p, q),
      () => solve(a, b),
    ),
    program(
      `det ${n}×${n}`,
      () => np.linalg.det(p),
      () => det(a),
    ),
    program(
      `logdet ${n}×${n}`,
      () => Number(np.linalg.slogdet(p).logabsdet),
      () => logdet(a),
    ),
    program(
      `cholesky ${n}×${n}`,
      () => np.linalg.cholesky(p),
      () => cholesky(a),
    ),
  ];
}
