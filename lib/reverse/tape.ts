import {
  type AnyArray,
  type AppliedRule,
  type CotangentTarget,
  type Level,
  type Scalar,
  type SummedViews,
  summedViews,
} from "../core/index.js";
import type { MovingSweep, Others } from "./number-sweeps.js";
import { BLOCK, ENTRY, FIRST_RECORD, LEAF, TOTAL, TRACED } from "./tape-marks.js";

/** What one application of a rule leaves on the tape. */
export type TapeRecord = AppliedRule;

/** A traced array, as a sweep knows it. */
export interface TapeArray extends CotangentTarget {
  /** Gives memory back that was never handed out. */
  release(): void;
}

/** A number with up to two parents whose partials an outer level traces. */
export interface TracedPartials {
  readonly first: number;
  readonly p: Scalar;
  readonly second: number;
  readonly q: Scalar;
}

let movingSweep: MovingSweep | undefined;

/** Lets tapes carry speeds from now on, which are walked by this. */
export function provideMovingSweep(sweep: MovingSweep): void {
  movingSweep = sweep;
}

/**
 * The order in which things were computed. Every scalar has a slot; slot s has up to two parents in `parents[2s]`, `parents[2s + 1]`
 * and the partials by them in `partials[2s]`, `partials[2s + 1]`.
 */
export class Tape {
  parents: Int32Array = new Int32Array(512);
  partials: Float64Array = new Float64Array(512);
  capacity = 256;
  /** The number of slots in use. */
  size = 0;
  /** How many entries of arrays are numbered. */
  entries = 0;
  readonly records: TapeRecord[] = [];
  readonly traced: TracedPartials[] = [];
  /** The outer level whose numbers are carried along: their values stand in `partials`, their speeds in `speeds`. */
  carried: Level | undefined = undefined;
  /** The speeds of the partials, in the same places; those behind its end are 0. */
  speeds: Float64Array = new Float64Array(0);
  /** The views that were summed. */
  totals: SummedViews | undefined = undefined;
  /** The arrays whose cotangents a sweep keeps, by their number. */
  readonly arrays: TapeArray[] = [];
  /** Cotangents of the slots, then those of the entries, kept for the next use of a pooled tape. */
  bars: Float64Array = new Float64Array(0);

  /** Makes room for more slots. */
  private grow(): void {
    const capacity = this.capacity * 2;
    const parents = new Int32Array(2 * capacity);
    parents.set(this.parents);
    this.parents = parents;
    const partials = new Float64Array(2 * capacity);
    partials.set(this.partials);
    this.partials = partials;
    this.capacity = capacity;
  }

  /** A slot with two numbers in its parents' places and none in its partials'. */
  push(first: number, second: number): number {
    const slot = this.size++;
    if (slot === this.capacity) this.grow();
    this.parents[2 * slot] = first;
    this.parents[2 * slot + 1] = second;
    return slot;
  }

  /** The slot of a number with one parent. */
  one(parent: number, partial: number): number {
    const slot = this.size++;
    if (slot >= this.capacity) this.grow();
    const at = 2 * slot;
    this.parents[at] = parent;
    this.parents[at + 1] = LEAF;
    this.partials[at] = partial;
    return slot;
  }

  /** The slot of a number with two parents. */
  two(first: number, p: number, second: number, q: number): number {
    const slot = this.size++;
    if (slot >= this.capacity) this.grow();
    const at = 2 * slot;
    const { parents, partials } = this;
    parents[at] = first;
    parents[at + 1] = second;
    partials[at] = p;
    partials[at + 1] = q;
    return slot;
  }

  /** A slot from which nothing flows on. */
  leaf(): number {
    return this.push(LEAF, LEAF);
  }

  /** The slot at which a record is run; it can be the slot of the record's one number. */
  record(record: TapeRecord): number {
    return this.push(FIRST_RECORD - this.records.push(record) + 1, LEAF);
  }

  /**
   * The slot of a number whose partials outer levels may trace. Where they are numbers of one forward level, their speeds are kept in
   * typed memory: Hessian times vector of 800 operations on numbers takes 97 µs so, and 171 µs over objects (used process).
   */
  withScalars(first: number, p: Scalar, second: number, q: Scalar): number {
    const dp = this.speedOf(p);
    const dq = this.speedOf(q);
    if (dp === undefined || dq === undefined) return this.push(TRACED, this.traced.push({ first, p, second, q }) - 1);
    const slot = this.two(first, numberOf(p), second, numberOf(q));
    if (dp === 0 && dq === 0) return slot;
    if (2 * slot >= this.speeds.length) this.allSpeeds();
    this.speeds[2 * slot] = dp;
    this.speeds[2 * slot + 1] = dq;
    return slot;
  }

  /** The speed of a partial; undefined where it can not be carried. */
  private speedOf(x: Scalar): number | undefined {
    if (typeof x === "number") return 0;
    const { carried } = this;
    if (movingSweep === undefined) return undefined;
    if (x.level === carried) return carried.speedOf(x);
    const speed = carried === undefined ? x.level.speedOf(x) : undefined;
    if (speed !== undefined) this.carried = x.level;
    return speed;
  }

  /** Walks back over numbers that move; of a tape that carries speeds. */
  sweepMoving(bars: Float64Array, speeds: Float64Array, others: Others): number {
    return (movingSweep as MovingSweep)(this, bars, speeds, others);
  }

  /** The speeds of all partials. */
  allSpeeds(): Float64Array {
    if (this.speeds.length < this.partials.length) {
      const speeds = new Float64Array(this.partials.length);
      speeds.set(this.speeds);
      this.speeds = speeds;
    }
    return this.speeds;
  }

  /** A partial as its level has it. */
  partial(k: number): Scalar {
    const p = this.partials[k] as number;
    const speed = this.speeds[k] ?? 0;
    return speed === 0 ? p : (this.carried as Level).withSpeed(p, speed);
  }

  /** The slot of weight · Σ x. */
  total(x: AnyArray, node: number, weight: number): number {
    this.totals ??= summedViews();
    const slot = this.push(TOTAL, this.totals.push(x, node));
    this.partials[2 * slot] = weight;
    return slot;
  }

  /** Numbers the entries of an array; the first of them. */
  block(node: number, length: number): number {
    const first = ENTRY + this.entries;
    this.entries += length;
    const slot = this.push(BLOCK, first);
    this.partials[2 * slot] = node;
    return first;
  }

  /** How many bytes it holds: two parents and two partials a slot, and the cotangents. */
  get bytes(): number {
    return 24 * this.capacity + 8 * (this.bars.length + this.speeds.length);
  }

  /** How many cotangents a sweep needs: of slots and entries, and once more as many for their speeds where some are carried. */
  get cotangents(): number {
    return (this.size + this.entries) * (this.carried === undefined ? 1 : 2);
  }

  /** Zeros for the cotangents of slots and entries. */
  zeroedBars(): Float64Array {
    const size = this.cotangents;
    if (this.bars.length < size) this.bars = new Float64Array(Math.max(size, this.capacity));
    else this.bars.fill(0, 0, size);
    return this.bars;
  }

  /** Empties the tape for its next use, after its level has ended. */
  clear(): void {
    if (this.carried !== undefined) this.speeds.fill(0, 0, 2 * this.size);
    this.carried = undefined;
    for (let k = 0; k < this.arrays.length; k++) (this.arrays[k] as TapeArray).release();
    this.size = 0;
    this.entries = 0;
    // Setting a length costs 15 ns, whatever it was.
    if (this.records.length > 0) this.records.length = 0;
    if (this.traced.length > 0) this.traced.length = 0;
    if (this.arrays.length > 0) this.arrays.length = 0;
    this.totals?.clear();
  }
}

const numberOf = (x: Scalar): number => (typeof x === "number" ? x : (x.primal as number));
