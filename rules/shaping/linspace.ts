import { type AnyArray, describe, linearRule, type Scalar } from "../../lib/core/index.js";
import { expectSize, type NdArray, packedData, rowMajor, shown } from "../../lib/nd/index.js";

/** `linspace`: traced ends give a traced array. */
interface Linspace {
  (start: number, stop: number, num: number): NdArray;
  (start: Scalar, stop: Scalar, num: number): AnyArray;
}

function checked(start: unknown, stop: unknown, num: number): void {
  for (const [name, end] of Object.entries({ start, stop })) {
    if (typeof end !== "number") throw new TypeError(`linspace: ${name} is ${describe(end)}; give a number`);
  }
  if (!Number.isInteger(num) || num < 0) throw new RangeError(`linspace: num = ${shown(num)} is not a count; give an integer, 0 or more`);
  expectSize("linspace", [num]);
}

/**
 * `num` numbers at equal distances from start to stop, both included; start alone for num = 1.
 *   ẏ[i] = (1 − tᵢ) ṡtart + tᵢ ṡtop, tᵢ = i / (num − 1)     s̄tart = Σ (1 − tᵢ) ȳ[i],  s̄top = Σ tᵢ ȳ[i]
 * @throws {RangeError} when num is not an integer, 0 or more
 */
export const linspace: Linspace = linearRule(
  (start: number, stop: number, num: number) => {
    checked(start, stop, num);
    return rowMajor(
      Float64Array.from({ length: num }, (_, i) => (i === 0 ? start : i === num - 1 ? stop : start + (stop - start) * (i / (num - 1)))),
      [num],
    );
  },
  (ybar: NdArray, _start: number, _stop: number, num: number) => {
    let fromStart = 0;
    let fromStop = 0;
    packedData(ybar, "float64").forEach((entry, i) => {
      const t = num === 1 ? 0 : i / (num - 1);
      fromStart += (1 - t) * entry;
      fromStop += t * entry;
    });
    return [fromStart, fromStop];
  },
  { name: "linspace", linearIn: [0, 1] },
);
