import { inheriting, type Level, outside, type Scalar, strongProduct, TracedNumber, type TracedScalar } from "../core/index.js";
import { DualStore } from "./dual.js";

/** Thrown where f meets a value that an outer call traces: tangents must then be carried one by one. */
export class OuterValue extends Error {}

/** A number that moves along many tangents. */
export interface ColumnsDual extends TracedNumber {
  readonly tangents: Float64Array;
}

interface ColumnsDualConstructor {
  new (level: Level, primal: number, tangents: Float64Array): ColumnsDual;
  readonly prototype: ColumnsDual;
}

/** A plain function, as the constructors of dual numbers are. */
export const ColumnsDual: ColumnsDualConstructor = inheriting(TracedNumber, function ColumnsDual(
  this: { level: Level; primal: number; tangents: Float64Array },
  level: Level,
  primal: number,
  tangents: Float64Array,
): void {
  this.level = level;
  this.primal = primal;
  this.tangents = tangents;
} as unknown as ColumnsDualConstructor);

/** The tangents of a number that moves along many. */
export function speeds(x: TracedScalar): Float64Array {
  return (x as ColumnsDual).tangents;
}

/** out += slope · moving, a strong product; what is absent does not move. */
export function addSpeeds(out: Float64Array, slope: number, moving: Float64Array | undefined): void {
  if (moving === undefined || slope === 0) return;
  if (Number.isFinite(slope)) for (let k = 0; k < out.length; k++) (out[k] as number) += slope * (moving[k] as number);
  else for (let k = 0; k < out.length; k++) (out[k] as number) += strongProduct(slope, moving[k] as number);
}

/** An array whose entries move along many tangents. */
export class ColumnsStore extends DualStore {
  override alias(): DualStore {
    return new ColumnsStore(this.level, this.raw, this.rawTangent, this.dtype, "", this.origin ?? this);
  }

  protected override entry(index: number): Scalar {
    const value = (this.raw as Float64Array)[index];
    if (value === undefined) throw outside(index, this.length);
    const tangent = this.rawTangent as Float64Array;
    const list = new Float64Array(tangent.length / this.length);
    for (let k = 0, at = index; k < list.length; k++, at += this.length) list[k] = tangent[at] as number;
    return new ColumnsDual(this.level, value, list);
  }
}
