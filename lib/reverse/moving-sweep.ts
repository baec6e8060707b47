import { strongProduct } from "../core/index.js";
import type { MovingSweep } from "./number-sweeps.js";
import { provideMovingSweep } from "./tape.js";
import { ENTRY, LEAF, TRACED } from "./tape-marks.js";

/**
 * `sweepNumbers` over numbers that move along one direction of an outer forward level. Cotangents move with them:
 *   x̄ += p ȳ                     x̄˙ += ṗ ȳ + p ȳ˙
 * strong products, in the order in which dual numbers add them up.
 * @param speeds those of `bars`
 */
const sweepMovingNumbers: MovingSweep = (tape, bars, speeds, others) => {
  const { parents, partials, size } = tape;
  const moving = tape.allSpeeds();
  const shift = size - ENTRY;
  for (let slot = size - 1; slot >= 0; slot--) {
    const first = parents[2 * slot] as number;
    if (first >= 0) {
      const ybar = bars[slot] as number;
      const speed = speeds[slot] as number;
      if (ybar === 0 && speed === 0) continue;
      const p = partials[2 * slot] as number;
      const at = first < ENTRY ? first : first + shift;
      (bars[at] as number) += strongProduct(p, ybar);
      (speeds[at] as number) += strongProduct(moving[2 * slot] as number, ybar) + strongProduct(p, speed);
      const second = parents[2 * slot + 1] as number;
      if (second >= 0) {
        const q = partials[2 * slot + 1] as number;
        const to = second < ENTRY ? second : second + shift;
        (bars[to] as number) += strongProduct(q, ybar);
        (speeds[to] as number) += strongProduct(moving[2 * slot + 1] as number, ybar) + strongProduct(q, speed);
      }
    } else if (first === TRACED) {
      if (bars[slot] !== 0 || speeds[slot] !== 0) return slot;
    } else if (first !== LEAF && !others.goBack(slot, first)) return slot - 1;
  }
  return -1;
};

/** Has tapes carry the speeds of an outer forward level's numbers: for programs that have forward mode. */
export function carrySpeeds(): void {
  provideMovingSweep(sweepMovingNumbers);
}
