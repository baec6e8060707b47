import { formatShape, shown } from "../../nd/index.js";

/** The error for an index that leaves a store. */
export function outside(index: number, length: number): RangeError {
  return new RangeError(`get, set: position ${index} leaves a traced array with ${length} entries; give indices inside its shape`);
}

/** The error for indices that are not one for each axis of a view, or leave theirs. */
export function outsideView(who: string, shape: readonly number[], count: number, indices: readonly unknown[]): RangeError | TypeError {
  const view = `a traced array of shape ${formatShape(shape)}`;
  if (count !== shape.length) {
    const came = `${count} ${count === 1 ? "index" : "indices"}`;
    return new TypeError(
      `${who}: got ${came} for ${view}; give ${shape.length}, one for each axis${who === "set" ? ", and the value as the last argument" : ""}`,
    );
  }
  const axis = indices.findIndex(
    (index, k) => !Number.isInteger(index) || (index as number) < 0 || (index as number) >= (shape[k] as number),
  );
  const extent = shape[axis] as number;
  const cure = extent === 0 ? "the axis has no entries" : `give an integer from 0 to ${extent - 1}`;
  return new RangeError(`${who}: index ${shown(indices[axis])} leaves axis ${axis} of ${view}; ${cure}`);
}

/** The message of a write into an input of the function that is differentiated. */
export const readOnlyInput: string =
  "set: this array is an input of the function that is differentiated, and read-only inside it; write into copy(x) instead";
