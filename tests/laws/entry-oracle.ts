import { operandView, type PlainOperand } from "../../lib/core/calls/elementwise.js";
import type { EntryFunction } from "../../lib/core/index.js";
import { forEachEntry, isNdArray, type NdArray } from "../../lib/nd/index.js";

/** Terms that were added up. */
export interface Sum {
  readonly value: number;
  /** Σ |term|: what rounding is relative to. */
  readonly size: number;
}

/** What an elementwise function and its partials give when they run on the numbers at one place after another. */
export interface ByNumbers {
  readonly y: readonly number[];
  /** x̄ of each operand, in row-major order. */
  readonly xbars: readonly (readonly Sum[])[];
  readonly dy: readonly Sum[];
  /** ∂y/∂xₖ at each place, by operand. */
  readonly slopes: readonly (readonly number[])[];
}

const strong = (p: number, t: number): number => (p === 0 || t === 0 ? 0 : p * t);

const shapeOf = (x: PlainOperand): readonly number[] => (typeof x === "number" ? [] : x.shape);

/** Where in row-major order of x each place of the result lies. */
function placesOf(x: PlainOperand, shape: readonly number[]): number[] {
  const own = shapeOf(x);
  const lead = shape.length - own.length;
  const size = shape.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: size }, (_, n) => {
    let [rest, place, unit] = [n, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const index = rest % (shape[axis] as number);
      rest = Math.floor(rest / (shape[axis] as number));
      const extent = axis < lead ? 1 : (own[axis - lead] as number);
      if (extent > 1) place += index * unit;
      unit *= extent;
    }
    return place;
  });
}

/**
 * @param ybar     of the result's shape, row-major
 * @param tangents one for each operand, of its shape, row-major; undefined for what stands still
 */
export function byNumbers(
  { f, partials }: EntryFunction,
  operands: readonly PlainOperand[],
  rest: readonly unknown[],
  result: { readonly shape: readonly number[]; readonly dtype: string },
  ybar: readonly number[],
  tangents: readonly (readonly number[] | undefined)[],
): ByNumbers {
  const { shape, dtype } = result;
  const y: number[] = [];
  const dy: Sum[] = [];
  const slopes: number[][] = operands.map(() => []);
  const places = operands.map((x) => placesOf(x, shape));
  const xbars = operands.map((x) => Array.from({ length: isNdArray(x) ? x.size : 1 }, (): Sum => ({ value: 0, size: 0 })));
  const views = operands.map((x) => operandView(x, shape));
  const added = (sum: Sum | undefined, term: number): Sum => ({ value: (sum?.value ?? 0) + term, size: (sum?.size ?? 0) + Math.abs(term) });
  forEachEntry(views, shape, (n, positions) => {
    const xs = views.map((view, k) => (view as NdArray).data[positions[k] as number] as number);
    const value = (f as (...xs: unknown[]) => number)(...xs, ...rest);
    y[n] = dtype === "float32" ? Math.fround(value) : value;
    const here = (partials as (...xs: unknown[]) => readonly number[])(y[n], ...xs, ...rest);
    dy[n] = { value: 0, size: 0 };
    operands.forEach((_, k) => {
      const slope = here[k] as number;
      const place = places[k]?.[n] as number;
      (slopes[k] as number[])[n] = slope;
      (xbars[k] as Sum[])[place] = added(xbars[k]?.[place], strong(slope, ybar[n] as number));
      const tangent = tangents[k];
      if (tangent !== undefined) dy[n] = added(dy[n], strong(slope, tangent[place] as number));
    });
  });
  return { y, xbars, dy, slopes };
}

/** What differs between numbers and sums by more than rounding explains, in single precision too; empty where nothing does. */
export function differences(got: ArrayLike<number>, wanted: readonly Sum[], single: boolean): string[] {
  if (got.length !== wanted.length) return [`${got.length} numbers, not ${wanted.length}`];
  const rtol = single ? 3e-7 : 1e-13;
  return wanted.flatMap(({ value: exact, size }, n) => {
    const x = got[n] as number;
    const value = single ? Math.fround(exact) : exact;
    if (x === value || (Number.isNaN(x) && Number.isNaN(value))) return [];
    // Finite terms that overflow do so in another order.
    if (!Number.isFinite(size) && !Number.isNaN(size) && Number.isFinite(x) !== Number.isFinite(value)) return [];
    return Math.abs(x - value) <= rtol * size + (single ? 2e-45 : 0) ? [] : [`[${n}] ${x}, not ${value}`];
  });
}

/** Numbers as sums of one term. */
export const terms = (numbers: readonly number[]): Sum[] => numbers.map((value) => ({ value, size: Math.abs(value) }));
