import type { AnyArray, DifferentiableStore, EntryOperands, Pullback, Rule } from "../core/index.js";
import { Totals } from "./totals.js";

/** What one application of a rule leaves on the tape. */
export interface TapeRecord {
  readonly rule: Rule;
  /** The arguments as they were given; those of the tape's level receive cotangents. */
  readonly args: readonly unknown[];
  /** What the program got. */
  output: unknown;
  readonly pullback: Pullback;
}

/** What one application of a function of entries to plain memory leaves on the tape: no closure, its loops go back. */
export class EntryRecord implements TapeRecord {
  readonly rule: Rule;
  readonly args: readonly unknown[];
  readonly output: AnyArray;
  readonly call: EntryOperands;
  private readonly general: () => Pullback;

  constructor(rule: Rule, args: readonly unknown[], output: AnyArray, call: EntryOperands, general: () => Pullback) {
    this.rule = rule;
    this.args = args;
    this.output = output;
    this.call = call;
    this.general = general;
  }

  /** For cotangents that are traced: the pullback of the general way, which computes y once more. */
  get pullback(): Pullback {
    return this.general();
  }
}

/** A traced array, as a sweep knows it. */
export interface TapeArray extends DifferentiableStore {
  /** Its number on the tape. */
  readonly node: number;
}

/** In a slot's first parent: nothing flows on from here. */
export const LEAF = -1;
/** In a slot's first parent: the slots before it, from the second parent on, are the entries of an array; its number is the first partial. */
export const BLOCK = -2;
/** In a slot's first parent: the slot is a weighted sum of a view; the second parent numbers the view, the first partial is the weight. */
export const TOTAL = -3;
/** In a slot's first parent: record k is run here; it stands as FIRST_RECORD − k. */
export const FIRST_RECORD = -4;

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
  readonly records: TapeRecord[] = [];
  /** The views that were summed. */
  readonly totals: Totals = new Totals();
  /** The arrays whose cotangents a sweep keeps, by their number. */
  readonly arrays: TapeArray[] = [];
  /** Cotangents of the slots, kept for the next use of a pooled tape. */
  bars: Float64Array = new Float64Array(0);

  /** Makes room for `count` more slots. */
  grow(count: number): void {
    let capacity = this.capacity * 2;
    while (capacity < this.size + count) capacity *= 2;
    const parents = new Int32Array(2 * capacity);
    parents.set(this.parents);
    const partials = new Float64Array(2 * capacity);
    partials.set(this.partials);
    this.parents = parents;
    this.partials = partials;
    this.capacity = capacity;
  }

  /** A slot with two numbers in its parents' places and none in its partials'. */
  push(first: number, second: number): number {
    const slot = this.size;
    if (slot === this.capacity) this.grow(1);
    this.size = slot + 1;
    this.parents[2 * slot] = first;
    this.parents[2 * slot + 1] = second;
    return slot;
  }

  /** The slot of a number with one parent. */
  one(parent: number, partial: number): number {
    const slot = this.size++;
    if (slot >= this.capacity) this.grow(1);
    const at = 2 * slot;
    this.parents[at] = parent;
    this.parents[at + 1] = LEAF;
    this.partials[at] = partial;
    return slot;
  }

  /** The slot of a number with two parents. */
  two(first: number, p: number, second: number, q: number): number {
    const slot = this.size++;
    if (slot >= this.capacity) this.grow(1);
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
    this.records.push(record);
    return this.push(FIRST_RECORD - this.records.length + 1, LEAF);
  }

  /** The slot of weight · Σ x. */
  total(x: AnyArray, node: number, weight: number): number {
    const slot = this.push(TOTAL, this.totals.push(x, node));
    this.partials[2 * slot] = weight;
    return slot;
  }

  /** Slots for the entries of an array; the first of them. */
  block(node: number, length: number): number {
    const base = this.size;
    if (base + length + 1 > this.capacity) this.grow(length + 1);
    this.size = base + length;
    this.partials[2 * this.push(BLOCK, base)] = node;
    return base;
  }

  /** Empties the tape for its next use. */
  clear(): void {
    this.size = 0;
    this.records.length = 0;
    this.arrays.length = 0;
    this.totals.clear();
  }
}

const pool: Tape[] = [];
const POOLED_TAPES = 8;
const POOLED_SLOTS = 1 << 22;

/** An empty tape, reused when one is at hand. */
export function takeTape(): Tape {
  return pool.pop() ?? new Tape();
}

/** Gives a tape back; its slots must not be used any more. */
export function returnTape(tape: Tape): void {
  tape.clear();
  if (pool.length < POOLED_TAPES && tape.capacity <= POOLED_SLOTS) pool.push(tape);
}
