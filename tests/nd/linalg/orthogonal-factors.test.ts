// Factorizations by orthogonal maps against those of ml-matrix, which computes the same in the same order: equal to the last bit.
import { EigenvalueDecomposition, Matrix, QrDecomposition, SingularValueDecomposition } from "ml-matrix";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { householderQr } from "../../../lib/nd/linalg/householder-qr.js";
import { singularValues } from "../../../lib/nd/linalg/singular-values.js";
import { symmetricEigenvalues } from "../../../lib/nd/linalg/symmetric-eigenvalues.js";
import { seeded } from "../../helpers/random.js";

type Rows = number[][];

const matrixOf = (rows: number, cols: number, entry: (i: number, j: number) => number): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => entry(i, j)));

/** Matrices of at least as many rows as columns: random, of low rank, sparse, with equal and with tiny entries. */
function* tall(): Generator<Rows> {
  const next = seeded(7);
  const random = (): number => 2 * next() - 1;
  for (const [rows, cols] of [
    [1, 1],
    [2, 1],
    [2, 2],
    [3, 2],
    [5, 5],
    [9, 4],
    [12, 12],
    [31, 17],
  ] as const) {
    yield matrixOf(rows, cols, random);
    yield matrixOf(rows, cols, () => Math.round(random()));
    yield matrixOf(rows, cols, (i, j) => (i === j ? 1 : 0));
    yield matrixOf(rows, cols, (i, j) => (i + 1) * (j - 1));
    yield matrixOf(rows, cols, (i, j) => (j % 3 === 0 ? 0 : random() * 10 ** ((i % 5) * -40)));
    yield matrixOf(rows, cols, (i, j) => (j === i || j === i + 1 ? (i === 1 ? 0 : 1 + j) : 0));
    yield matrixOf(rows, cols, () => 0);
  }
}

const columnsOf = (rows: Rows): Float64Array[] => (rows[0] ?? []).map((_, j) => Float64Array.from(rows, (row) => row[j] as number));

/** Columns as they are compared, without the sign of zeros. */
const shown = (columns: readonly Float64Array[]): Rows => columns.map((column) => Array.from(column, (x) => x + 0));

const columnsIn = (matrix: Matrix): Rows => Array.from({ length: matrix.columns }, (_, j) => matrix.getColumn(j).map((x) => x + 0));

const orthogonal = suite("factorizations by orthogonal maps");

orthogonal("QR factors are those of ml-matrix", () => {
  for (const x of tall()) {
    const { q, r } = householderQr(columnsOf(x));
    const expected = new QrDecomposition(new Matrix(x));
    assert.equal(shown(q), columnsIn(expected.orthogonalMatrix));
    const upper = q.map((_, j) => Float64Array.from(q, (_, i) => r(i, j)));
    assert.equal(shown(upper), columnsIn(expected.upperTriangularMatrix));
  }
});

orthogonal("singular values and vectors are those of ml-matrix", () => {
  for (const x of tall()) {
    const { u, s, v } = singularValues(columnsOf(x));
    const expected = new SingularValueDecomposition(new Matrix(x));
    assert.equal(Array.from(s), expected.diagonal);
    assert.equal(shown(u), columnsIn(expected.leftSingularVectors));
    assert.equal(shown(v), columnsIn(expected.rightSingularVectors));
  }
});

orthogonal("eigenvalues and eigenvectors are those of ml-matrix", () => {
  for (const x of tall()) {
    const columns = columnsOf(x);
    const square = columns.map((a) => columns.map((b) => a.reduce((total, entry, k) => total + entry * (b[k] as number), 0)));
    const v = columnsOf(square);
    const values = symmetricEigenvalues(v);
    const expected = new EigenvalueDecomposition(new Matrix(square), { assumeSymmetric: true });
    assert.equal(Array.from(values), expected.realEigenvalues);
    assert.equal(shown(v), columnsIn(expected.eigenvectorMatrix));
  }
});

orthogonal.run();
