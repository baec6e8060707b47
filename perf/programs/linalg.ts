import {
  type AnyArray,
  cholesky,
  det,
  inv,
  logdet,
  matmul,
  mul,
  type NdArray,
  type Scalar,
  solve,
  sum,
  withGradient,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { packedProduct, packedProductOfSingles } from "../by-hand/packed-matmul.js";
import { normalArray } from "../inputs.js";
import type { Program } from "../program.js";
import { floats } from "./array-program.js";

/** A symmetric matrix of n × n with eigenvalues around 4. */
function positiveDefinite(n: number, seed: number): NdArray {
  const b = normalArray([n, n], seed);
  const product = matmul<NdArray>(b, b.transpose(1, 0));
  for (let k = 0; k < product.size; k++) product.data[k] = (product.data[k] as number) / n + (k % (n + 1) === 0 ? 3 : 0);
  return product;
}

/** Values with gradients of n × n matrices, against the values alone. */
export function factorizationPrograms(n: number): Program[] {
  const a = positiveDefinite(n, 1);
  const b = normalArray([n, 20], 2);
  const [w, weights] = [normalArray([n, n], 3), normalArray([n, 20], 4)];
  const program = (name: string, f: (...xs: AnyArray[]) => Scalar, ...args: NdArray[]): Program => ({
    name: `${name} ${n}×${n}: gradient against value`,
    variants: { hand: () => ({ value: f(...args) as number, gradient: [] }), rule: () => withGradient(f, ...args) },
    valueOnly: true,
    limit: 3,
  });
  return [
    program("Σ w inv(a)", (x) => sum(mul(inv(x as AnyArray), w)), a),
    program("Σ w solve(a, b)", (x, y) => sum(mul(solve(x as AnyArray, y as AnyArray), weights)), a, b),
    program("det(a)", (x) => det(x as AnyArray) as Scalar, a),
    program("logdet(a)", (x) => logdet(x as AnyArray) as Scalar, a),
    program("Σ w cholesky(a)", (x) => sum(mul(cholesky(x as AnyArray), w)), a),
  ];
}

/** The matrix product against the packed kernel of before. */
export function productsAgainstPacked(n: number): Program[] {
  const [a, b] = [normalArray([n, n], 1), normalArray([n, n], 2)];
  const [c, d] = [a, b].map((x) => rowMajor(new Float32Array(floats(x)), [n, n])) as [NdArray, NdArray];
  return [
    {
      name: `matmul ${n}×${n}, float64: value against the packed kernel`,
      variants: {
        hand: () => ({ value: 0, gradient: [packedProduct(floats(a), floats(b), n)] }),
        rule: () => ({ value: 0, gradient: [matmul(a, b)] }),
      },
      tolerance: 1e-12,
      limit: 0.5,
    },
    {
      name: `matmul ${n}×${n}, float32: value against the packed kernel`,
      variants: {
        hand: () => ({ value: 0, gradient: [packedProductOfSingles(c.data as Float32Array, d.data as Float32Array, n)] }),
        rule: () => ({ value: 0, gradient: [matmul(c, d)] }),
      },
      tolerance: 1e-5,
      limit: 0.25,
    },
  ];
}
