import { fillsStore, floatDType, isFloating, isFloats, isNdArray, type NdArray, packedData, rowMajor } from "../../nd/index.js";
import { type AnyArray, type AnyFloats, TracedMemory } from "../level.js";

/** A float array whose entries move: those of an array of one axis. */
export interface TracedFloats extends AnyFloats {
  readonly view: AnyArray;
}

/** Makes them, by the kind of their numbers. */
type TracedClasses = Readonly<Record<"float64" | "float32", new (view: AnyArray) => TracedFloats>>;

let classes: TracedClasses | undefined;

/** Gives the classes of float arrays whose entries move: a program without an engine has none. */
export function provideFloats(made: () => TracedClasses): void {
  classes ??= made();
}

/** Whether x is a float array whose entries move. */
export function isTracedFloats(x: unknown): x is TracedFloats {
  return classes !== undefined && (x instanceof classes.float64 || x instanceof classes.float32);
}

/**
 * The entries of a float array as an array of one axis, which shares its memory; undefined for anything else. To all that walks through
 * values a float array is a structure with this one part.
 */
export function inFloats(x: unknown): AnyArray | undefined {
  if (isTracedFloats(x)) return x.view;
  return isFloats(x) ? rowMajor(x, [x.length]) : undefined;
}

/** The float array with the entries of an array of one axis, plain where they are, which shares its memory where it can; all else stays. */
export function onFloats(x: unknown): unknown {
  if (!isNdArray(x) || x.dimension !== 1 || !isFloating(x.dtype)) return x;
  const { data } = x as AnyArray;
  const kind = floatDType((data as { dtype?: string }).dtype ?? x.dtype);
  if (data instanceof TracedMemory) return new (classes as TracedClasses)[kind](x as AnyArray);
  return x.dtype === kind && fillsStore(x) ? data : packedData(x as NdArray, kind);
}
