import { test } from "uvu";
import {
  type AnyArray,
  div,
  eigh,
  eigvalsh,
  gradient,
  hvp,
  matmul,
  mean,
  mul,
  type NdArray,
  type Scalar,
  slice,
  square,
  sub,
  sum,
  svd,
  svdvals,
  transpose,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";
import { flipped, product } from "../helpers/matrices.js";

// Principal component analysis: points as rows, their covariance, the space of the first r components, and what lies outside of it.

const points = decimals([8, 4], 3);
const rank = 2;

function centered(x: AnyArray): AnyArray {
  return sub(x, mean(x, { axis: 0, keepDims: true }));
}

function covariance(x: AnyArray): AnyArray {
  const y = centered(x);
  return div(matmul<NdArray>(transpose(y), y), x.shape[0] as number);
}

/** Σ of squared distances from the space of the first components, by the components themselves. */
function residue(x: AnyArray): Scalar {
  const [, v] = eigh(covariance(x));
  const n = v.shape[1] as number;
  const first = slice(v, [null, [n - rank, n]]) as AnyArray;
  const y = centered(x);
  return sum(square(sub(y, matmul<NdArray>(matmul<NdArray>(y, first), transpose(first)))));
}

/** The same by the eigenvalues left out, and by the singular values left out. */
const byEigenvalues = (x: AnyArray) => mul(x.shape[0] as number, sum(slice(eigvalsh(covariance(x)), [[0, -rank]]) as AnyArray));
const bySingularValues = (x: AnyArray) => sum(square(slice(svdvals(centered(x)), [[rank]]) as AnyArray));

/** The gradient in closed form, 2 (y − y p): what of each centred point lies outside the space. */
function closedForm(x: NdArray): NdArray {
  const y = centered(x) as NdArray;
  const [, v] = eigh(covariance(x) as NdArray);
  const outside = build([4, 4], (i, j) => [0, 1].reduce((total, k) => total + v.get(i, k) * v.get(j, k), 0));
  return mul(2, product(y, outside));
}

const programs = { "by components": residue, "by eigenvalues": byEigenvalues, "by singular values": bySingularValues } as const;

for (const [name, program] of Object.entries(programs)) {
  test(`the residue of a principal component analysis, ${name}, has the gradient 2 (y − y p)`, () => {
    assertClose(program(points), residue(points), { rtol: 1e-12, atol: 0 });
    assertClose(gradient(program, points)[0], closedForm(points), { rtol: 1e-10, atol: 1e-10 });
  });

  test(`the residue of a principal component analysis, ${name}, has the curvature that differences of the closed form show`, () => {
    const v = decimals([8, 4], 5);
    const h = 1e-4;
    const ahead = (t: number): NdArray => build([8, 4], (i, j) => points.get(i, j) + t * v.get(i, j));
    const [plus, minus] = [closedForm(ahead(h)), closedForm(ahead(-h))];
    const differences = build([8, 4], (i, j) => (plus.get(i, j) - minus.get(i, j)) / (2 * h));
    assertClose(hvp(program, points, v), differences, { rtol: 1e-5, atol: 1e-4 });
  });
}

test("the distance from the best approximation of rank r has the gradient 2 (x − x_r)", () => {
  const x = decimals([5, 4], 6);
  const approximation = (y: AnyArray): AnyArray => {
    const [u, s, vt] = svd(y);
    const kept = mul(slice(u, [null, [0, rank]]), slice(s, [[0, rank]])) as AnyArray;
    return matmul<NdArray>(kept, slice(vt, [[0, rank], null]) as AnyArray);
  };
  const found = gradient((y) => sum(square(sub(y, approximation(y)))), x)[0];
  assertClose(found, mul(2, sub(x, approximation(x))), { rtol: 1e-10, atol: 1e-10 });
});

test("the projection of other data onto the components has the gradient of perturbation theory", () => {
  const data = decimals([6, 4], 7);
  const s = covariance(points) as NdArray;
  const energy = (c: AnyArray) => {
    const [, v] = eigh(c);
    return sum(square(matmul<NdArray>(data, slice(v, [null, [4 - rank, 4]]) as AnyArray)));
  };
  // Σ of |data v|² over the first components: v m vᵀ with m[i, j] = (vᵀ dataᵀ data v)[i, j] / (w[i] − w[j]), i among them, j not.
  const [w, v] = eigh(s);
  const turned = product(product(flipped(v), product(flipped(data), data)), v);
  const slopes = build([4, 4], (i, j) => {
    const [p, q] = [i >= 4 - rank, j >= 4 - rank];
    if (p === q) return 0;
    return turned.get(i, j) / (p ? w.get(i) - w.get(j) : w.get(j) - w.get(i));
  });
  assertClose(gradient(energy, s)[0], product(product(v, slopes), flipped(v)), { rtol: 1e-9, atol: 1e-9 });
});

test.run();
