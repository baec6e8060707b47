import { type AnyArray, type Scalar, primal } from "../../lib/core/index.js";
import { argExtreme, type NdArray, reducedShape } from "../../lib/nd/index.js";
import { takePositions } from "../positions.js";

const extreme =
  (which: "max" | "min") =>
  (x: AnyArray, options?: { axis: number }): never => {
    const axes = options === undefined ? x.shape.map((_, k) => k) : [options.axis];
    const positions = argExtreme(primal(x) as NdArray, axes, which);
    return takePositions(x, positions, options === undefined ? undefined : reducedShape(x.shape, axes)) as never;
  };

export const max: { (x: AnyArray): Scalar; (x: AnyArray, o: { axis: number }): AnyArray } = extreme("max");
export const min: { (x: AnyArray): Scalar; (x: AnyArray, o: { axis: number }): AnyArray } = extreme("min");
