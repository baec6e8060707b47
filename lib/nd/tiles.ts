import type { FloatData } from "./float-array.js";

/** How many lanes are copied together where lines are not entry after entry in memory: as many doubles as a cache line holds. */
export const together = 8;

/** From this many entries on the typed array's own copy is faster than a loop, in spite of the view it needs. */
const longRun = 96;

/**
 * Copies lines next to each other, into lines one after another: to[at + j · pitch + k] = from[start + j · laneStep + k · step], for `lanes`
 * lines and `length` entries of each. What converts and transposes for kernels that want their entries as doubles in a row.
 */
export function gather(
  to: Float64Array,
  at: number,
  pitch: number,
  from: FloatData,
  start: number,
  lanes: number,
  laneStep: number,
  length: number,
  step: number,
): void {
  if (step === 1 && laneStep === length && pitch === length && lanes * length >= longRun) {
    to.set(from.subarray(start, start + lanes * length), at);
    return;
  }
  let j = 0;
  if (Math.abs(step) > Math.abs(laneStep))
    for (; j + together <= lanes; j += together) gatherLanes(to, at + j * pitch, pitch, from, start + j * laneStep, laneStep, length, step);
  for (; j < lanes; j++) {
    const first = start + j * laneStep;
    const q = at + j * pitch;
    if (step === 1 && length >= longRun) to.set(from.subarray(first, first + length), q);
    else for (let k = 0, p = first; k < length; k++, p += step) to[q + k] = from[p] as number;
  }
}

/** Eight lanes, entry by entry: what one cache line brings is used at once (0.3 to 0.6 ns an entry, against 1.2 of a loop over lanes). */
function gatherLanes(
  to: Float64Array,
  at: number,
  pitch: number,
  from: FloatData,
  start: number,
  lane: number,
  length: number,
  step: number,
): void {
  const [t1, t2, t3] = [at + pitch, at + 2 * pitch, at + 3 * pitch];
  const [t4, t5, t6, t7] = [at + 4 * pitch, at + 5 * pitch, at + 6 * pitch, at + 7 * pitch];
  const [f2, f3, f4, f5, f6, f7] = [2 * lane, 3 * lane, 4 * lane, 5 * lane, 6 * lane, 7 * lane];
  for (let k = 0, p = start; k < length; k++, p += step) {
    to[at + k] = from[p] as number;
    to[t1 + k] = from[p + lane] as number;
    to[t2 + k] = from[p + f2] as number;
    to[t3 + k] = from[p + f3] as number;
    to[t4 + k] = from[p + f4] as number;
    to[t5 + k] = from[p + f5] as number;
    to[t6 + k] = from[p + f6] as number;
    to[t7 + k] = from[p + f7] as number;
  }
}

/** The way back: to[start + j · laneStep + k · step] = from[at + j · pitch + k]. */
export function scatter(
  to: FloatData,
  start: number,
  lanes: number,
  laneStep: number,
  length: number,
  step: number,
  from: Float64Array,
  at: number,
  pitch: number,
): void {
  if (step === 1 && laneStep === length && pitch === length && lanes * length >= longRun) {
    to.set(from.subarray(at, at + lanes * length), start);
    return;
  }
  let j = 0;
  if (Math.abs(step) > Math.abs(laneStep))
    for (; j + together <= lanes; j += together)
      scatterLanes(to, start + j * laneStep, laneStep, length, step, from, at + j * pitch, pitch);
  for (; j < lanes; j++) {
    const first = start + j * laneStep;
    const q = at + j * pitch;
    if (step === 1 && length >= longRun) to.set(from.subarray(q, q + length), first);
    else for (let k = 0, p = first; k < length; k++, p += step) to[p] = from[q + k] as number;
  }
}

function scatterLanes(
  to: FloatData,
  start: number,
  lane: number,
  length: number,
  step: number,
  from: Float64Array,
  at: number,
  pitch: number,
): void {
  const [f1, f2, f3] = [at + pitch, at + 2 * pitch, at + 3 * pitch];
  const [f4, f5, f6, f7] = [at + 4 * pitch, at + 5 * pitch, at + 6 * pitch, at + 7 * pitch];
  const [t2, t3, t4, t5, t6, t7] = [2 * lane, 3 * lane, 4 * lane, 5 * lane, 6 * lane, 7 * lane];
  for (let k = 0, p = start; k < length; k++, p += step) {
    to[p] = from[at + k] as number;
    to[p + lane] = from[f1 + k] as number;
    to[p + t2] = from[f2 + k] as number;
    to[p + t3] = from[f3 + k] as number;
    to[p + t4] = from[f4 + k] as number;
    to[p + t5] = from[f5 + k] as number;
    to[p + t6] = from[f6 + k] as number;
    to[p + t7] = from[f7 + k] as number;
  }
}
