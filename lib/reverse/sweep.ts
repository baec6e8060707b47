import {
  type AnyArray,
  droppedError,
  expectCotangents,
  flatten,
  Inplaceable,
  isScalar,
  isStructure,
  isZero,
  levelOf,
  lower,
  mapTangents,
  NoTangent,
  NotImplemented,
  onMemory,
  type Pullback,
  project,
  type Rule,
  realize,
  rruleOf,
  type Scalar,
  scale,
  standsStill,
  storeOf,
  TracedScalar,
  type WalkBack,
  ZeroTangent,
} from "../core/index.js";
import { isNdArray } from "../nd/index.js";
import { ArrayCotangents } from "./cotangents.js";
import { fittedCotangent } from "./fitted-cotangent.js";
import { type Others, sweepNumbers } from "./number-sweeps.js";
import type { ReverseLevel } from "./reverse-level.js";
import { SlotCotangents } from "./slots.js";
import type { Tape, TapeArray, TapeRecord, TracedPartials } from "./tape.js";
import { BLOCK, FIRST_RECORD, LEAF, TOTAL, TRACED } from "./tape-marks.js";
import { liesApart, type Traced, TracedStore } from "./traced.js";

/**
 * One walk from the end of a tape to its start. All of its state is its own, so walks over one tape may be repeated and interleaved.
 * It runs on plain numbers until a traced cotangent turns up (an outer level, a traced seed), and on scalars from there.
 */
export class Sweep implements Others, WalkBack {
  private readonly level: ReverseLevel;
  private readonly tape: Tape;
  readonly arrays: ArrayCotangents = new ArrayCotangents();
  readonly slots: SlotCotangents;
  /** The rule and the argument whose cotangent is being received, for messages. */
  private rule: Rule | undefined = undefined;
  private argument = 0;
  /** What the rule was given, where its cotangents are fresh by its definer's word. */
  private given: readonly unknown[] | undefined = undefined;

  /** @param numbers zeros, at least one for each slot */
  constructor(level: ReverseLevel, numbers: Float64Array) {
    this.level = level;
    this.tape = level.tape;
    this.slots = new SlotCotangents(numbers, level.tape);
  }

  /** Walks the tape after the outputs were seeded with `receive`. */
  run(): void {
    const { tape, slots } = this;
    const { numbers, speeds } = slots;
    let rest = tape.size - 1;
    if (slots.scalars === undefined)
      rest = speeds === undefined ? sweepNumbers(tape, numbers, this) : tape.sweepMoving(numbers, speeds, this);
    if (rest >= 0) this.runScalars(rest, slots.toScalars());
  }

  private readonly where = (): string =>
    this.rule === undefined ? "pullback: ybar" : `${this.rule.name}: cotangent of argument ${this.argument}`;

  /** Adds a cotangent to a pinned value; parts that are not of this level take none. */
  receive(target: unknown, cotangent: unknown): void {
    if (isZero(cotangent)) return;
    if (target instanceof TracedScalar) {
      if (target.level === this.level)
        this.slots.add((target as Traced).slot, project(0, cotangent, this.where) as Scalar | NotImplemented);
      return;
    }
    if (typeof target === "number" || target === null) return;
    const store = typeof target === "object" ? storeOf(target as AnyArray) : undefined;
    if (store !== undefined) {
      if (store.level === this.level) this.receiveArray(target as AnyArray, store as TracedStore, cotangent);
      return;
    }
    // Options that stand still, of a rule whose options may move: their cotangents are not even computed.
    if (!isStructure(target) || levelOf(target) === undefined) return;
    const projected = project(target, cotangent, this.where);
    if (isZero(projected)) return;
    if (projected instanceof NotImplemented) throw projected.error();
    mapTangents((leaf, part) => this.receivePart(leaf, part), target, projected);
  }

  /** A part of a structure: what moves must not get NoTangent, its derivative would be lost. */
  private receivePart(target: unknown, cotangent: unknown): void {
    if (cotangent === NoTangent && this.rule !== undefined && isScalar(target) && levelOf(target) === this.level)
      throw droppedError(this.rule, this.argument - 1);
    this.receive(target, cotangent);
  }

  /** What the inputs have received, each of its own structure; arrays are fresh. Nothing is left of the walk then. */
  finish(inputs: readonly unknown[], lifted: readonly unknown[]): unknown[] {
    const xbars = inputs.map((input, k) => this.read(input, lifted[k]));
    this.arrays.spent.giveBack();
    return xbars;
  }

  private read(input: unknown, lifted: unknown): unknown {
    if (lifted instanceof TracedScalar) return this.readLeaf(lifted);
    return mapTangents((_, leaf) => this.readLeaf(leaf), input, lifted);
  }

  private readLeaf(leaf: unknown): unknown {
    if (leaf instanceof TracedScalar && leaf.level === this.level) return this.slots.at((leaf as Traced).slot);
    const store = isNdArray(leaf) ? storeOf(leaf) : undefined;
    if (!(store instanceof TracedStore) || store.level !== this.level) return NoTangent;
    return this.arrays.read(store, (leaf as AnyArray).shape);
  }

  /** Goes back through what is no number with parents; false where the walk must go on over scalars. */
  goBack(slot: number, first: number): boolean {
    if (first === BLOCK) this.flush(slot);
    else if (first === TOTAL) this.runTotal(slot);
    else this.runRecord(this.tape.records[FIRST_RECORD - first] as TapeRecord);
    return this.slots.scalars === undefined;
  }

  private runScalars(from: number, bars: Scalar[]): void {
    const { parents } = this.tape;
    for (let slot = from; slot >= 0; slot--) {
      const first = parents[2 * slot] as number;
      if (first >= 0) {
        const ybar = bars[slot] as Scalar;
        if (ybar === 0) continue;
        this.slots.addProduct(first, this.tape.partial(2 * slot), ybar);
        const second = parents[2 * slot + 1] as number;
        if (second >= 0) this.slots.addProduct(second, this.tape.partial(2 * slot + 1), ybar);
      } else if (first === TRACED) {
        const ybar = bars[slot] as Scalar;
        if (ybar === 0) continue;
        const { first, p, second, q } = this.tape.traced[parents[2 * slot + 1] as number] as TracedPartials;
        this.slots.addProduct(first, p, ybar);
        if (second >= 0) this.slots.addProduct(second, q, ybar);
      } else if (first !== LEAF) {
        this.goBack(slot, first);
      }
    }
  }

  /** Adds the cotangent of a weighted sum to every entry that was summed. */
  private runTotal(slot: number): void {
    const ybar = scale(this.tape.partials[2 * slot] as number, this.slots.at(slot));
    if (ybar === 0) return;
    const { totals, parents, arrays } = this.tape;
    totals?.goBack(parents[2 * slot + 1] as number, ybar, this, arrays);
  }

  /** The pullback of a record that keeps none: y is computed once more. */
  private pullbackOf({ rule, args }: TapeRecord): Pullback {
    const { level } = this;
    return rruleOf(rule, level.ad)(...args.map((arg) => lower(level, arg)))[1];
  }

  receiveArgument({ rule, args }: TapeRecord, k: number, xbar: unknown): void {
    this.rule = rule;
    this.argument = k + 1;
    if (xbar === NoTangent && !standsStill(rule, k, args) && levelOf(args[k]) === this.level) throw droppedError(rule, k);
    this.receive(args[k], xbar);
  }

  private runRecord(record: TapeRecord): void {
    if (record.goBack?.(this)) return;
    const { rule, args, output } = record;
    // Where an outer level traces something, it may keep the cotangent.
    const read = rule.fresh === true && isNdArray(output) && ArrayBuffer.isView(storeOf(output as AnyArray)?.raw);
    const ybar = this.take(output, read);
    if (ybar === ZeroTangent) return;
    const xbars = expectCotangents(rule, args, (record.pullback ?? this.pullbackOf(record))(ybar));
    // Fresh cotangents are kept as they come, unless a transpose hands on what it was given.
    const given = rule.freshCotangents === true || rule.fresh === true ? [ybar, ...args] : undefined;
    this.given = given;
    for (let k = 0; k < args.length; k++) this.receiveArgument(record, k, xbars[k + 1]);
    this.given = undefined;
  }

  /** The cotangent that an output has received, `ZeroTangent` when none; an array's is forgotten here, nothing before it needs it. */
  private take(output: unknown, read = false): unknown {
    if (output instanceof TracedScalar) {
      const ybar = this.slots.at((output as Traced).slot);
      return ybar === 0 ? ZeroTangent : ybar;
    }
    if (isNdArray(output)) {
      const store = storeOf(output);
      const received = store instanceof TracedStore ? this.arrays.take(store, read) : undefined;
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
    // The first cotangent of an input is handed out as its rule makes it; what else adds itself in place needs no memory of its own.
    const handed = store.readOnly !== "" && this.given !== undefined && this.arrays.isFirst(view, store);
    if (cotangent instanceof Inplaceable && !handed && store.slots === undefined && this.arrays.isPlain(store.node)) {
      this.arrays.addInplace(view, store, cotangent);
      return;
    }
    const array = fittedCotangent(view, cotangent, this.where);
    if (isZero(array)) return;
    if (store.slots === undefined) this.arrays.add(view, store, array, this.given !== undefined && liesApart(array, this.given));
    else this.slots.addGathered(view, store.slots, array);
  }

  /** Hands the cotangents of an array's entries, read one by one, to the array. */
  private flush(slot: number): void {
    const { arrays, partials, parents } = this.tape;
    const array = arrays[partials[2 * slot] as number] as TapeArray;
    const entries = this.slots.received(parents[2 * slot + 1] as number, array);
    if (entries instanceof Float64Array) this.arrays.addBlock(array, entries);
    else if (entries !== undefined) this.arrays.addFlat(array, entries);
  }
}
