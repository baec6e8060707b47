import { test } from "uvu";
import * as rules from "../../lib/index.js";
import { either, hasType, isAnyArray, isArray, isEither, isNumber, isOperand, isScalar, matrix, vector, whileTraced } from "./kinds.js";

type NdArray = rules.NdArray;
type AnyArray = rules.AnyArray;
type Scalar = rules.Scalar;

const { dot, inner, matmul, tensordot } = rules;

for (const [name, product] of Object.entries({ dot, inner, matmul })) {
  test(`${name}: what it gives depends on axes, which the type argument tells`, () => {
    isEither(product(vector, vector));
    isEither(product(matrix, vector));
    isNumber(product<number>(vector, vector));
    isArray(product<NdArray>(matrix, vector));
    whileTraced(({ v, m }) => {
      isOperand(product(v, vector));
      isOperand(product(m, v));
      isScalar(product<number>(v, vector));
      isScalar(product<Scalar>(v, vector));
      isAnyArray(product<NdArray>(m, v));
      isAnyArray(product<AnyArray>(m, vector));
    });
  });
}

test("tensordot depends on axes too", () => {
  isEither(tensordot(vector, vector, 1));
  isNumber(tensordot<number>(matrix, matrix, 2));
  isArray(tensordot<NdArray>(matrix, vector, [[1], [0]]));
  whileTraced(({ v, m }) => {
    isOperand(tensordot(v, vector, 1));
    isScalar(tensordot<number>(m, matrix));
    isAnyArray(tensordot<NdArray>(m, v, 1));
  });
});

test("products of arrays alone", () => {
  const { outer, cross, convolve } = rules;
  for (const f of [outer, cross, convolve]) {
    isArray(f(vector, vector));
    whileTraced(({ v }) => {
      isAnyArray(f(v, vector));
      isAnyArray(f(vector, v));
    });
  }
});

test("kron", () => {
  const { kron } = rules;
  isNumber(kron(2, 3));
  isArray(kron(vector, 3));
  isArray(kron(2, vector));
  isEither(kron(either(2), 3));
  whileTraced(({ s, v }) => {
    isAnyArray(kron(v, s));
    isAnyArray(kron(2, v));
    isOperand(kron(2, s));
  });
});

test("polyval", () => {
  const { polyval } = rules;
  isNumber(polyval(vector, 2));
  isArray(polyval(vector, matrix));
  isEither(polyval(vector, either(2)));
  whileTraced(({ s, v, m }) => {
    isScalar(polyval(v, s));
    isScalar(polyval(v, 2));
    isAnyArray(polyval(v, m));
    isOperand(polyval(v, s as rules.Operand));
  });
});

test("einsum tells by its subscripts where it can", () => {
  const { einsum } = rules;
  const spec: string = "i,i";
  isNumber(einsum("i,i->", vector, vector));
  isArray(einsum("ij,j->i", matrix, vector));
  isEither(einsum("...i,...i->...", vector, vector));
  isEither(einsum(spec, vector, vector));
  isNumber(einsum<number>("i,i", vector, vector));
  isArray(einsum<NdArray>("ij,jk", matrix, matrix));
  whileTraced(({ s, v, m }) => {
    isScalar(einsum("i,->", v, s));
    isAnyArray(einsum("ij,j->i", m, vector));
    isOperand(einsum("...i->...", v));
    isOperand(einsum(spec, v, vector));
    isScalar(einsum<number>("i,i", v, vector));
    isAnyArray(einsum<NdArray>("ij,j", m, v));
  });
});

test("a number for each matrix", () => {
  const { det, logdet, slogdet, matrixNorm } = rules;
  for (const f of [det, logdet]) {
    isEither(f(matrix));
    isNumber(f<number>(matrix));
    isArray(f<NdArray>(rules.stack([matrix, matrix])));
    whileTraced(({ m }) => {
      isOperand(f(m));
      isScalar(f<number>(m));
      isAnyArray(f<NdArray>(rules.stack([m, m])));
    });
  }
  isEither(slogdet(matrix)[1]);
  isNumber(slogdet<number>(matrix)[0]);
  isNumber(matrixNorm(matrix));
  whileTraced(({ m }) => {
    isOperand(slogdet(m)[1]);
    isScalar(slogdet<number>(m)[1]);
    isScalar(matrixNorm(m));
  });
});

test("multiDot depends on its ends", () => {
  const { multiDot } = rules;
  isEither(multiDot([vector, matrix, vector]));
  isNumber(multiDot<number>([vector, matrix, vector]));
  isArray(multiDot<NdArray>([matrix, vector]));
  whileTraced(({ v, m }) => {
    isOperand(multiDot([v, m]));
    isScalar(multiDot<number>([v, m, vector]));
    isAnyArray(multiDot<NdArray>([m, v]));
  });
});

test("matrices of matrices", () => {
  const { cholesky, eigvalsh, expm, inv, pinv, svdvals, matrixPower } = rules;
  for (const f of [cholesky, eigvalsh, expm, inv, pinv, svdvals]) {
    isArray(f(matrix));
    whileTraced(({ m }) => isAnyArray(f(m)));
  }
  isArray(matrixPower(matrix, 2));
  whileTraced(({ m }) => isAnyArray(matrixPower(m, 2)));
});

test("solutions of systems", () => {
  const { choleskySolve, lstsq, solve, solveTriangular, sylvester } = rules;
  for (const f of [choleskySolve, lstsq, solve, solveTriangular]) {
    isArray(f(matrix, vector));
    whileTraced(({ v, m }) => {
      isAnyArray(f(m, vector));
      isAnyArray(f(matrix, v));
    });
  }
  isArray(solveTriangular(matrix, vector, { lower: false }));
  isArray(sylvester(matrix, matrix, matrix));
  whileTraced(({ m }) => isAnyArray(sylvester(matrix, m, matrix)));
});

test("factorizations", () => {
  const { eigh, lu, qr, svd } = rules;
  for (const part of [...eigh(matrix), ...lu(matrix), ...qr(matrix), ...svd(matrix)]) isArray(part);
  whileTraced(({ m }) => {
    for (const part of [...eigh(m), ...lu(m), ...qr(m), ...svd(m)]) isAnyArray(part);
  });
  hasType<[w: NdArray, v: NdArray]>()(eigh(matrix));
});

test.run();
