import { ENTRY, LEAF, TRACED } from "./tape-marks.js";

/** What goes back through slots that are no numbers with parents. */
export interface Others {
  /** Goes back through one; false where the walk must go on over scalars. */
  goBack(slot: number, first: number): boolean;
}

/** What is walked of a tape. */
interface Walked {
  readonly parents: Int32Array;
  readonly partials: Float64Array;
  readonly size: number;
  /** The speeds of all partials. */
  allSpeeds(): Float64Array;
}

/** How a tape is walked that carries speeds. */
export type MovingSweep = (tape: Walked, bars: Float64Array, speeds: Float64Array, others: Others) => number;

/**
 * A walk from the end of a tape over plain numbers.
 * @param bars   the cotangents of slots and entries
 * @returns the slot from which the walk must go on over scalars; −1 at the end
 */
export function sweepNumbers({ parents, partials, size }: Walked, bars: Float64Array, others: Others): number {
  const shift = size - ENTRY;
  for (let slot = size - 1; slot >= 0; slot--) {
    const first = parents[2 * slot] as number;
    if (first >= 0) {
      const ybar = bars[slot] as number;
      if (ybar === 0) continue;
      const p = partials[2 * slot] as number;
      if (p !== 0) (bars[first < ENTRY ? first : first + shift] as number) += p * ybar;
      const second = parents[2 * slot + 1] as number;
      if (second >= 0) {
        const q = partials[2 * slot + 1] as number;
        if (q !== 0) (bars[second < ENTRY ? second : second + shift] as number) += q * ybar;
      }
    } else if (first === TRACED) {
      if (bars[slot] !== 0) return slot;
    } else if (first !== LEAF && !others.goBack(slot, first)) return slot - 1;
  }
  return -1;
}
