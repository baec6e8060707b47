import type { Answer, Run } from "../answer.js";
import { type Effort, shortestOf, speedUp, timesInTurn } from "../lab/rounds.js";
import type { Cell } from "./results.js";

const effort: Effort = { rounds: 50, roundTime: 3, warm: { calls: 300, time: 300 }, slow: { time: 60, total: 1000 } };

/** All numbers of an answer's gradient, in order. */
function numbersOf(x: unknown): number[] {
  if (typeof x === "number") return [x];
  if (typeof x === "object" && x !== null && "shape" in x) return numbersOf(packed(x as never));
  const list = Array.from(x as ArrayLike<unknown>);
  return typeof list[0] === "number" ? (list as number[]) : list.flatMap(numbersOf);
}

/** The entries of an ndarray; results are packed. */
const packed = ({ data, size, offset }: { data: Float64Array; size: number; offset: number }): Float64Array =>
  data.subarray(offset, offset + size);

/** How an answer differs from the loop's by more than the tolerance, relative to the largest entry; undefined where it does not. */
export function differenceOf(answer: Answer, expected: Answer, tolerance: number): string | undefined {
  const apart = Math.abs(answer.value - expected.value);
  if (!(apart <= tolerance * Math.max(1, Math.abs(expected.value)))) return `gives ${answer.value}, not ${expected.value}`;
  const [got, wanted] = [numbersOf(answer.gradient), numbersOf(expected.gradient)];
  if (got.length !== wanted.length) return `its gradient has ${got.length} entries, not ${wanted.length}`;
  const size = wanted.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const gap = wanted.reduce((most, entry, k) => {
    const d = Math.abs(entry - (got[k] as number));
    return Number.isNaN(d) ? Number.NaN : Math.max(most, d);
  }, 0);
  return gap <= tolerance * size ? undefined : `its gradient is off by ${(gap / size).toPrecision(2)} of its largest entry`;
}

/** What is wrong with a run, where something is. */
function faultOf(run: Run, reference: Run, tolerance: number): Cell | undefined {
  try {
    const wrong = differenceOf(run(), reference(), tolerance);
    return wrong === undefined ? undefined : { wrong };
  } catch (error) {
    return { fails: error instanceof Error ? error.message : String(error) };
  }
}

/** Checks a run against the reference, then times both in turns; only the reference where the run is at fault. Its seconds come with the result. */
export function compare(run: Run, reference: Run, tolerance: number): { readonly cell: Cell; readonly seconds: number } {
  const fault = faultOf(run, reference, tolerance);
  const [referenceTimes = [], times = []] = timesInTurn(fault === undefined ? [reference, run] : [reference], effort);
  return { cell: fault ?? speedUp(times, referenceTimes), seconds: shortestOf(referenceTimes) / 1000 };
}
