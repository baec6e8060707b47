import { type AnyArray, Inplaceable, type Scalar, linearRule } from "../lib/core/index.js";
import { type NdArray, addStrided, broadcastView, sumData, viewOn } from "../lib/nd/index.js";
export const sum = linearRule(
  (x: NdArray) => sumData(x),
  (ybar: number, x: NdArray) => broadcastView(viewOn([ybar], [], [], 0), x.shape),
  { name: "sum" },
) as unknown as (x: AnyArray) => Scalar;
void Inplaceable; void addStrided;
