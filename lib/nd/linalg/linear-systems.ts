import { floatResult } from "../float-array.js";
import { holdsNaN } from "../holds-nan.js";
import { commonDType, packedData } from "../loops.js";
import { indicesOfPosition } from "../positions.js";
import { formatShape, sizeOf } from "../shape.js";
import type { NdArray } from "../types.js";
import { type PackedFactors, packedLu } from "./lu-factors.js";
import { matrixPairs, metMatrices, solveTriangle, solveTriangleStrongly, type Triangle } from "./triangular.js";

/**
 * Solves a x = b for the matrices of one array and those of b, which broadcast; aᵀ x = b where transposed. Where strong, for tangents and
 * cotangents, a product with 0 is 0, whatever the other factor is.
 */
export type Solver = (b: NdArray, transposed: boolean, strong?: boolean) => NdArray;

/** The LU factors of the matrices of one array. */
export interface LuSystems extends PackedFactors {
  /** The shape of the axes before the last two. */
  readonly lead: readonly number[];
  readonly n: number;
}

/**
 * Factors all matrices of an array.
 * @param a shape [..., n, n]
 * @throws {RangeError} when an entry is not finite
 */
export function luSystems(who: string, a: NdArray): LuSystems {
  return { lead: a.shape.slice(0, -2), n: a.shape.at(-1) as number, ...packedLu(who, a) };
}

/** Whether a pivot of matrix k is no more than rounding leaves of the terms that cancel in it. */
export function isSingular({ factors, n }: LuSystems, k: number): boolean {
  const start = k * n * n;
  for (let j = 0; j < n; j++) {
    let terms = 0;
    for (let i = 0; i < j; i++) terms += Math.abs((factors[start + j * n + i] as number) * (factors[start + i * n + j] as number));
    if (Math.abs(factors[start + j * (n + 1)] as number) <= 4 * Number.EPSILON * terms || factors[start + j * (n + 1)] === 0) return true;
  }
  return false;
}

/** " at [1, 0]" for a matrix that is one of many. */
function placeIn(lead: readonly number[], k: number): string {
  return lead.length === 0 ? "" : ` at ${formatShape(indicesOfPosition(lead, k))}`;
}

/**
 * Throws where a system has no solution.
 * @throws {RangeError} that names the matrix
 */
export function expectRegular(who: string, systems: LuSystems): void {
  for (let k = 0; k < systems.orders.length; k++) {
    if (isSingular(systems, k)) {
      throw new RangeError(
        `${who}: the matrix${placeIn(systems.lead, k)} is singular; give one that has an inverse (lstsq and pinv take singular ones)`,
      );
    }
  }
}

/** Solves with matrix `which` of a, in place of the right side of k columns that begins at x[at], by such loops for triangles. `spare` has room for it. */
type SolveOne = (
  by: typeof solveTriangle,
  transposed: boolean,
  which: number,
  x: Float64Array,
  at: number,
  k: number,
  spare: Float64Array,
) => void;

/** A solver for each matrix of a and the right side that it meets. Triangles are solved by the strong loops where that is asked for and the others make a NaN. */
function solverFor(who: string, a: NdArray, solveOne: SolveOne): Solver {
  return (b, transposed, strong) => {
    const pairs = matrixPairs(who, a.shape, b.shape);
    const [n, k] = b.shape.slice(-2) as [number, number];
    const solve = (by: typeof solveTriangle): NdArray => {
      const x = metMatrices(b, pairs.right);
      const spare = new Float64Array(n * k);
      pairs.left.forEach((which, pair) => {
        solveOne(by, transposed, which, x, pair * n * k, k, spare);
      });
      return floatResult(x, [...pairs.lead, n, k], commonDType([a, b]));
    };
    const x = solve(solveTriangle);
    return strong && holdsNaN(x) ? solve(solveTriangleStrongly) : x;
  };
}

/**
 * The solver that uses these factors.
 * @throws {RangeError} when a matrix is singular in double precision
 */
export function luSolver(who: string, a: NdArray, systems: LuSystems = luSystems(who, a)): Solver {
  expectRegular(who, systems);
  const { n, factors, orders } = systems;
  return solverFor(who, a, (by, transposed, which, x, at, k, rows) => {
    const order = orders[which] as Int32Array;
    const solve = (lower: boolean): void => by(factors, which * n * n, n, x, at, k, { lower, transposed, unitDiagonal: lower });
    if (transposed) {
      solve(false);
      solve(true);
    }
    rows.set(x.subarray(at, at + n * k));
    for (let i = 0; i < n; i++) {
      const row = order[i] as number;
      const [to, from] = transposed ? [row, i] : [i, row];
      x.set(rows.subarray(from * k, (from + 1) * k), at + to * k);
    }
    if (transposed) return;
    solve(true);
    solve(false);
  });
}

/**
 * The solver that substitutes: one triangle of each matrix counts, the other one is not read.
 * @throws {RangeError} when a diagonal that counts has a 0
 */
export function triangularSolver(who: string, a: NdArray, triangle: Triangle): Solver {
  const n = a.shape.at(-1) as number;
  const lead = a.shape.slice(0, -2);
  const data = packedData(a, "float64") as Float64Array;
  for (let k = 0; k < sizeOf(lead) && !triangle.unitDiagonal; k++) {
    for (let i = 0; i < n; i++) {
      if (data[k * n * n + i * (n + 1)] === 0)
        throw new RangeError(`${who}: the matrix${placeIn(lead, k)} is singular: its diagonal has a 0 in row ${i}; give one without`);
    }
  }
  return solverFor(who, a, (by, transposed, which, x, at, k) => {
    by(data, which * n * n, n, x, at, k, { ...triangle, transposed: transposed !== triangle.transposed });
  });
}
