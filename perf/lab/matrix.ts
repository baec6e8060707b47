import { chamferDistance, createRange, hausdorffDistance, type NdArray, pool, poolNative, poolSum, traced } from "../../lib/index.js";
import { type LabCase, type LabRow, measure } from "./measure.js";
import type { MatrixSource } from "./options.js";

/** The pooling part of the lab on a matrix of the caller's own. */
export function poolMatrix(matrix: NdArray, { rows, cols }: MatrixSource, seed: number): LabRow[] {
  const bands = createRange(matrix.shape[0] as number, rows);
  const columns = createRange(matrix.shape[1] as number, cols);
  const sizes = `${matrix.shape.join("×")}, blocks ${rows}×${cols}`;
  type X = never;
  const cases: LabCase[] = [
    {
      name: `poolNative ${sizes}`,
      args: [matrix],
      rule: (x: X) => poolNative(x, bands, columns),
      traced: (x: X) => traced(poolNative)(x, bands, columns),
    },
    {
      name: `poolSum ${sizes}`,
      args: [matrix],
      rule: (x: X) => poolSum(x, bands, columns),
      traced: (x: X) => traced(poolSum)(x, bands, columns),
    },
    {
      name: `pool hausdorff ${sizes}`,
      args: [matrix],
      rule: (x: X) => pool(x, bands, columns, hausdorffDistance),
      traced: (x: X) => traced(pool)(x, bands, columns, traced(hausdorffDistance)),
    },
    {
      name: `pool chamfer ${sizes}`,
      args: [matrix],
      rule: (x: X) => pool(x, bands, columns, chamferDistance),
      traced: (x: X) => traced(pool)(x, bands, columns, traced(chamferDistance)),
    },
  ];
  return cases.map((labCase) => measure(labCase, { seed }));
}
