import { EigenvalueDecomposition, Matrix, QrDecomposition, SingularValueDecomposition } from "ml-matrix";

/** What is taken of ml-matrix. */
export interface Decompositions {
  readonly EigenvalueDecomposition: typeof EigenvalueDecomposition;
  readonly Matrix: typeof Matrix;
  readonly QrDecomposition: typeof QrDecomposition;
  readonly SingularValueDecomposition: typeof SingularValueDecomposition;
}

/**
 * The one door to ml-matrix; whoever needs it imports this file by name, so that programs without linear algebra do not load it. In the
 * package that is shipped the first call evaluates its code, which takes as long as all other modules together.
 */
export function decompositions(): Decompositions {
  return { EigenvalueDecomposition, Matrix, QrDecomposition, SingularValueDecomposition };
}
