import { type AnyArray, inplaceable, type Scalar, linearRule } from "../lib/core/index.js";
import { type NdArray, addStrided, broadcastView, packed, sumData, viewOn } from "../lib/nd/index.js";
export const sum = linearRule(
  (x: NdArray) => sumData(x),
  (ybar: number, x: NdArray) => inplaceable(
    (acc) => addStrided(acc.data, acc.stride, acc.offset, [ybar], [0, 0], 0, acc.shape),
    () => packed(broadcastView(viewOn([ybar], [], [], 0), x.shape))),
  { name: "sum", weight: () => 1 },
) as unknown as (x: AnyArray) => Scalar;
