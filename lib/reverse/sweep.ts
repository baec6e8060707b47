import {
  type AnyArray,
  add,
  broadcastStride,
  broadcastTo,
  type Entrywise,
  expectCotangents,
  flatten,
  fromElements,
  Inplaceable,
  isStructure,
  isZero,
  mapTangents,
  NoTangent,
  NotImplemented,
  onMemory,
  project,
  type Rule,
  realize,
  type Scalar,
  scale,
  still,
  storeOf,
  unthunk,
  ZeroTangent,
} from "../core/index.js";
import { allocate, isNdArray, rowMajor, type Strided, sameShape, viewOn } from "../nd/index.js";
import { ArrayCotangents } from "./cotangents.js";
import type { ReverseLevel } from "./reverse-level.js";
import { SlotCotangents } from "./slots.js";
import { BLOCK, EntryRecord, FIRST_RECORD, type Tape, type TapeArray, type TapeRecord, TOTAL } from "./tape.js";
import type { MatrixLayout } from "./totals.js";
import { Traced, TracedStore } from "./traced.js";

/**
 * One walk from the end of a tape to its start. All of its state is its own, so walks over one tape may be repeated and interleaved.
 * It runs on plain numbers until a traced cotangent turns up (an outer level, a traced seed), and on scalars from there.
 */
export class Sweep {
  private readonly level: ReverseLevel;
  private readonly tape: Tape;
  private readonly arrays: ArrayCotangents = new ArrayCotangents();
  private readonly slots: SlotCotangents;
  /** The rule and the argument whose cotangent is being received, for messages. */
  private rule: Rule | undefined = undefined;
  private argument = 0;
  /** Of the matrix whose sum is being gone back through. */
  private readonly layout: MatrixLayout = { shape: [0, 0], stride: [0, 0], offset: 0 };

  /** @param numbers zeros, at least one for each slot */
  constructor(level: ReverseLevel, numbers: Float64Array) {
    this.level = level;
    this.tape = level.tape;
    this.slots = new SlotCotangents(numbers, level.tape.size);
  }

  /** Walks the tape after the outputs were seeded with `receive`. */
  run(): void {
    const rest = this.slots.scalars === undefined ? this.runNumbers() : this.tape.size - 1;
    if (this.slots.scalars !== undefined) this.runScalars(rest, this.slots.scalars);
  }

  private readonly where = (): string =>
    this.rule === undefined ? "pullback: ybar" : `${this.rule.name}: cotangent of argument ${this.argument}`;

  /** Adds a cotangent to a pinned value; parts that are not of this level take none. */
  receive(target: unknown, cotangent: unknown): void {
    if (isZero(cotangent)) return;
    if (target instanceof Traced) {
      if (target.level === this.level) this.slots.add(target.slot, project(0, cotangent, this.where) as Scalar | NotImplemented);
      return;
    }
    if (typeof target === "number" || target === null) return;
    const store = typeof target === "object" ? storeOf(target as AnyArray) : undefined;
    if (store !== undefined) {
      if (store.level === this.level) this.receiveArray(target as AnyArray, store as TracedStore, cotangent);
      return;
    }
    if (!isStructure(target)) return;
    const projected = project(target, cotangent, this.where);
    if (isZero(projected)) return;
    if (projected instanceof NotImplemented) throw projected.error();
    mapTangents((leaf, part) => this.receive(leaf, part), target, projected);
  }

  /** What an input has received, of the input's own structure; arrays are fresh. */
  read(input: unknown, lifted: unknown): unknown {
    if (lifted instanceof Traced) return this.readLeaf(lifted);
    return mapTangents((_, leaf) => this.readLeaf(leaf), input, lifted);
  }

  private readLeaf(leaf: unknown): unknown {
    if (leaf instanceof Traced && leaf.level === this.level) return this.slots.at(leaf.slot);
    const store = isNdArray(leaf) ? storeOf(leaf) : undefined;
    if (!(store instanceof TracedStore) || store.level !== this.level) return NoTangent;
    return this.arrays.read(store.node, (leaf as AnyArray).shape, store.dtype);
  }

  private runNumbers(): number {
    const { parents, partials } = this.tape;
    const bars = this.slots.numbers;
    for (let slot = this.tape.size - 1; slot >= 0; slot--) {
      const first = parents[2 * slot] as number;
      if (first >= 0) {
        const ybar = bars[slot] as number;
        if (ybar === 0) continue;
        const p = partials[2 * slot] as number;
        if (p !== 0) (bars[first] as number) += p * ybar;
        const second = parents[2 * slot + 1] as number;
        if (second >= 0) {
          const q = partials[2 * slot + 1] as number;
          if (q !== 0) (bars[second] as number) += q * ybar;
        }
      } else if (first === BLOCK) {
        const base = parents[2 * slot + 1] as number;
        this.flushNumbers(slot, base);
        slot = base;
      } else if (first === TOTAL) {
        this.runTotal(slot);
        if (this.slots.scalars !== undefined) return slot - 1;
      } else if (first <= FIRST_RECORD) {
        this.runRecord(this.tape.records[FIRST_RECORD - first] as TapeRecord);
        if (this.slots.scalars !== undefined) return slot - 1;
      }
    }
    return -1;
  }

  private runScalars(from: number, bars: Scalar[]): void {
    const { parents, partials } = this.tape;
    for (let slot = from; slot >= 0; slot--) {
      const first = parents[2 * slot] as number;
      if (first >= 0) {
        const ybar = bars[slot] as Scalar;
        if (ybar === 0) continue;
        bars[first] = add(bars[first] as Scalar, scale(partials[2 * slot] as number, ybar));
        const second = parents[2 * slot + 1] as number;
        if (second >= 0) bars[second] = add(bars[second] as Scalar, scale(partials[2 * slot + 1] as number, ybar));
      } else if (first === BLOCK) {
        const base = parents[2 * slot + 1] as number;
        const entries = bars.slice(base, slot);
        const node = partials[2 * slot] as number;
        const { dtype } = this.tape.arrays[node] as TapeArray;
        if (entries.some((entry) => entry !== 0)) this.arrays.addFlat(node, fromElements(entries, [entries.length], dtype));
        slot = base;
      } else if (first === TOTAL) {
        this.runTotal(slot);
      } else if (first <= FIRST_RECORD) {
        this.runRecord(this.tape.records[FIRST_RECORD - first] as TapeRecord);
      }
    }
  }

  /** Adds the cotangent of a weighted sum to every entry that was summed. */
  private runTotal(slot: number): void {
    const ybar = scale(this.tape.partials[2 * slot] as number, this.slots.at(slot));
    if (ybar === 0) return;
    const { totals, arrays } = this.tape;
    const number = this.tape.parents[2 * slot + 1] as number;
    const node = typeof ybar === "number" ? totals.matrixAt(number, this.layout) : -1;
    if (node >= 0 && this.arrays.isPlain(node)) {
      this.arrays.addNumber(this.layout, arrays[node] as TapeArray, ybar as number);
      return;
    }
    const view = totals.at(number, arrays);
    const store = storeOf(view) as TracedStore;
    if (typeof ybar === "number" && store.slots === undefined && this.arrays.isPlain(store.node)) this.arrays.addNumber(view, store, ybar);
    else this.receive(view, broadcastTo(ybar, view.shape));
  }

  private runRecord(record: TapeRecord): void {
    if (record instanceof EntryRecord && this.runEntries(record)) return;
    const ybar = this.take(record.output);
    if (ybar === ZeroTangent) return;
    const { rule, args } = record;
    const xbars = expectCotangents(rule, args, record.pullback(ybar));
    for (let k = 0; k < args.length; k++) {
      const xbar = xbars[k + 1];
      if (isZero(xbar)) continue;
      this.rule = rule;
      this.argument = k + 1;
      this.receive(args[k], xbar);
    }
  }

  /** Goes back through a function of entries by its loops; false where a traced cotangent must take the general way. */
  private runEntries(record: EntryRecord): boolean {
    const { call, args, rule } = record;
    const output = storeOf(record.output) as TracedStore;
    const { arrays } = this;
    if (!arrays.isPlain(output.node)) return false;
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      const store = typeof arg === "object" && arg !== null && !(arg instanceof Traced) ? storeOf(arg as AnyArray) : undefined;
      if (store !== undefined && (store as TracedStore).slots === undefined && !arrays.isPlain((store as TracedStore).node)) return false;
    }
    const taken = arrays.takeFloats(output.node);
    if (taken === undefined) return true;
    const own = ArrayBuffer.isView(taken);
    const bar = own ? taken : (taken.data as Float64Array);
    let lent = !own;
    const entries = rule.entries as Entrywise;
    const { shape, stride } = call;
    const ybar: Strided = { data: bar, stride, offset: own ? 0 : taken.offset };
    const all = (k: number): Strided => (k === 0 ? { data: output.primal as Float64Array, stride, offset: 0 } : call.at(k - 1));
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      if (typeof arg === "number") continue;
      if (arg instanceof Traced) {
        const total = new Float64Array(1);
        entries.pullback(k, true, shape, { data: total, stride: still(shape.length), offset: 0 }, ybar, all);
        this.slots.add(arg.slot, total[0] as number);
        continue;
      }
      const view = arg as AnyArray;
      const store = storeOf(view) as TracedStore | undefined;
      if (store === undefined) continue;
      const spread = call.spread?.[k] === true;
      if (store.slots !== undefined || (spread && store.dtype === "float32")) {
        const xbar = rowMajor(allocate(spread ? "float64" : store.dtype, view.size), view.shape);
        const to = spread ? broadcastStride(view.shape, xbar.stride, shape) : xbar.stride;
        entries.pullback(k, true, shape, { data: xbar.data, stride: to, offset: 0 }, ybar, all);
        if (store.slots !== undefined) this.slots.addGathered(view, store.slots, xbar);
        else arrays.add(view, store, xbar);
        continue;
      }
      if (!spread && entries.partials?.[k] === 1) {
        arrays.add(view, store, viewOn(bar, shape, stride, ybar.offset) as AnyArray);
        lent = true;
        continue;
      }
      const fresh = !spread && arrays.untouched(view, store);
      const data = fresh ? arrays.claim(store) : arrays.memory(store);
      const to = spread ? broadcastStride(view.shape, view.stride, shape) : view.stride;
      entries.pullback(k, !fresh, shape, { data, stride: to, offset: view.offset }, ybar, all);
    }
    if (!lent) arrays.release(bar);
    return true;
  }

  /** The cotangent that an output has received, `ZeroTangent` when none; an array's is forgotten here, nothing before it needs it. */
  private take(output: unknown): unknown {
    if (output instanceof Traced) {
      const ybar = this.slots.at(output.slot);
      return ybar === 0 ? ZeroTangent : ybar;
    }
    if (isNdArray(output)) {
      const store = storeOf(output);
      const received = store instanceof TracedStore ? this.arrays.take(store.node) : undefined;
      return received === undefined ? ZeroTangent : onMemory(flatten(received), output.shape, output.stride, output.offset);
    }
    if (!isStructure(output)) return ZeroTangent;
    let some = false;
    const parts = mapTangents((leaf) => {
      const part = this.take(leaf);
      if (part !== ZeroTangent) some = true;
      return part;
    }, output);
    return some ? realize(output, parts) : ZeroTangent;
  }

  private receiveArray(view: AnyArray, store: TracedStore, cotangent: unknown): void {
    if (cotangent instanceof Inplaceable && store.slots === undefined && this.arrays.isPlain(store.node)) {
      this.arrays.addInplace(view, store, cotangent);
      return;
    }
    const fitted = this.fitted(view, cotangent);
    if (isZero(fitted)) return;
    if (store.slots === undefined) this.arrays.add(view, store, fitted);
    else this.slots.addGathered(view, store.slots, fitted);
  }

  /** A cotangent of exactly the view's shape. */
  private fitted(view: AnyArray, cotangent: unknown): AnyArray | typeof ZeroTangent {
    const value = unthunk(cotangent);
    if (isNdArray(value) && sameShape(value.shape, view.shape) && (value.dtype !== "generic" || storeOf(value) !== undefined))
      return value as AnyArray;
    const projected = project(view, value, this.where);
    if (projected instanceof NotImplemented) throw projected.error();
    return projected as AnyArray;
  }

  /** Hands the cotangents of an array's entries, read one by one, to the array. */
  private flushNumbers(slot: number, base: number): void {
    const bars = this.slots.numbers;
    let touched = false;
    for (let k = base; k < slot && !touched; k++) touched = bars[k] !== 0;
    if (!touched) return;
    const node = this.tape.partials[2 * slot] as number;
    this.arrays.addBlock(this.tape.arrays[node] as TapeArray, bars.subarray(base, slot));
  }
}
