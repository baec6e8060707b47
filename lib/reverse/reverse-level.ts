import {
  type AnyArray,
  below,
  closureError,
  type Differentiator,
  type EntryCall,
  type EntryRecords,
  endedError,
  entryOperands,
  entryPullbacks,
  entryRecords,
  expectPair,
  flatten,
  floatKindOf,
  fromElements,
  isDifferentiable,
  isScalar,
  Level,
  levelOf,
  lower,
  type Memory,
  mapStructure,
  type Operand,
  onMemory,
  onStore,
  type Pullback,
  pin,
  type Rule,
  readOnlyInput,
  rruleOf,
  type Scalar,
  standsStill,
  storeOf,
  type TracedNumber,
  TracedScalar,
  takenStill,
} from "../core/index.js";
import { allocate, type FloatDType, giveFloats, isNdArray, takeFloats } from "../nd/index.js";
import { SlotEntries } from "./slot-entries.js";
import type { Tape } from "./tape.js";
import { LEAF } from "./tape-marks.js";
import { NumberTraced, reuseResult, type Traced, TracedStore, type TracedStoreParts, traced } from "./traced.js";

export class ReverseLevel extends Level {
  readonly tape: Tape;

  constructor(ad: Differentiator | undefined, tape: Tape) {
    super(ad);
    this.tape = tape;
  }

  override unary(y: number, x: TracedNumber, px: number): NumberTraced {
    if (this.ended) throw endedError();
    return new NumberTraced(this, y, this.tape.one((x as NumberTraced).slot, px));
  }

  override binary(y: number, a: TracedNumber, pa: number, b: TracedNumber, pb: number): NumberTraced {
    if (this.ended) throw endedError();
    return new NumberTraced(this, y, this.tape.two((a as NumberTraced).slot, pa, (b as NumberTraced).slot, pb));
  }

  override total(y: Scalar, x: AnyArray, weight: number): Traced {
    if (this.ended) throw endedError();
    return traced(this, y, this.tape.total(x, (storeOf(x) as TracedStore).node, weight));
  }

  override entries(numbers: Float64Array): SlotEntries {
    return new SlotEntries(this, this.tape, numbers);
  }

  override apply(rule: Rule, given: readonly unknown[]): unknown {
    if (rule.stepsAside?.(...given)) return rule.primal(...given);
    const entries = entryOperands(rule, given);
    if (entries !== undefined && !this.checked) {
      const y = this.#applyToScalars(rule, entries);
      if (y !== undefined) return y;
    }
    const args = entries ?? given;
    const pinned = new Array<unknown>(args.length);
    const primals = new Array<unknown>(args.length);
    let nested = entries !== undefined;
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      if (typeof arg !== "number" && standsStill(rule, k, args)) {
        primals[k] = takenStill(rule, k, arg, this.checked);
        pinned[k] = primals[k];
        continue;
      }
      const store = typeof arg === "object" && arg !== null ? storeOf(arg as AnyArray) : undefined;
      if (store !== undefined && store.level === this && store.elements === undefined) {
        const { shape, stride, offset } = arg as AnyArray;
        pinned[k] = arg;
        primals[k] = onMemory(store.primal, shape, stride, offset);
      } else {
        pinned[k] = pin(this, arg);
        primals[k] = lower(this, pinned[k]);
        nested &&= isScalar(arg) || isNdArray(arg);
      }
    }
    if (nested) {
      const y = this.#applyNested(rule, pinned, primals as Operand[]);
      if (y !== undefined) return y;
    }
    const [y, pullback] = expectPair(rule, "rrule", rruleOf(rule, this.ad)(...primals));
    if (rule.constant === true) return y;
    const record = { rule, args: pinned, output: undefined as unknown, pullback: pullback as Pullback };
    const slot = this.tape.record(record);
    record.output = this.#wrap(rule, y, slot);
    if (rule.fresh && isNdArray(y)) reuseResult(record.output as AnyArray, y as AnyArray, rule, pinned);
    return record.output;
  }

  override applyEntries(rule: Rule, call: EntryCall, moving: number, args: readonly unknown[]): unknown {
    if (rule.stepsAside !== undefined) return this.apply(rule, args);
    const { loops, dtype, size, shape } = call;
    if (!loops.isTrue(call)) return this.apply(rule, args);
    const primal = takeFloats(dtype, size);
    const sum = loops.value(call, primal);
    if (!loops.agrees(call, primal)) {
      giveFloats(primal);
      return this.apply(rule, args);
    }
    const store = this.store({ level: this, tape: this.tape, primal, dtype, readOnly: "" });
    // Few entries are added up in another order.
    if (size >= 16) store.sum = sum;
    const output = onStore(store, shape);
    const record = this.records().entry(this, rule, args, call, moving, output);
    store.recompute = record;
    this.tape.record(record);
    return output;
  }

  /** An elementwise function of one or two numbers, at least one of them traced by an outer level too: no closure. */
  #applyToScalars(rule: Rule, args: readonly unknown[]): Traced | undefined {
    const count = args.length;
    if (count > 2) return undefined;
    const [a, b] = args;
    const first = this.#owns(a) ? a.slot : LEAF;
    const second = this.#owns(b) ? b.slot : LEAF;
    const x = this.#owns(a) ? a.primal : a;
    const z = this.#owns(b) ? b.primal : b;
    if (!isScalar(x) || (count === 2 && !isScalar(z))) return undefined;
    const { differentiable, elementwise } = rule;
    const partials = elementwise?.partials as (...xs: unknown[]) => readonly Scalar[];
    const y = (count === 1 ? differentiable(x) : differentiable(x, z)) as Scalar;
    const slopes = count === 1 ? partials(y, x) : partials(y, x, z);
    if (slopes.length !== count) return undefined;
    const p = slopes[0] as Scalar;
    const q = (count === 2 ? slopes[1] : 0) as Scalar;
    if (!(this.#isAbove(y) && this.#isAbove(p) && this.#isAbove(q))) throw closureError(rule);
    const slot =
      first === LEAF ? this.tape.withScalars(second, q, LEAF, 0) : this.tape.withScalars(first, p, second, second === LEAF ? 0 : q);
    return traced(this, y, slot);
  }

  #owns(x: unknown): x is Traced {
    return x instanceof TracedScalar && x.level === this;
  }

  #isAbove(x: Scalar): boolean {
    return typeof x === "number" || x.level.id < this.id;
  }

  /** An elementwise function of arrays that outer levels trace too: its pullbacks are elementwise functions. */
  #applyNested(rule: Rule, args: readonly unknown[], primals: readonly Operand[]): unknown {
    const y = rule.differentiable(...primals) as AnyArray;
    const pullbacks = isNdArray(y) ? entryPullbacks(rule, args.length) : undefined;
    if (pullbacks === undefined) return undefined;
    const record = this.records().nested(this, rule, args, primals, y, pullbacks);
    record.output = this.#wrap(rule, y, this.tape.record(record));
    return record.output;
  }

  /** What applications of elementwise functions leave on the tape. */
  protected records(): EntryRecords {
    return entryRecords();
  }

  override gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const slots = new Int32Array(elements.length).fill(LEAF);
    const numbers = allocate(dtype, elements.length);
    let plain = true;
    for (let k = 0; k < elements.length; k++) {
      const element = elements[k] as Scalar;
      let lowered = element;
      if (this.#owns(element)) {
        slots[k] = element.slot;
        lowered = below(element);
      }
      if (typeof lowered === "number") numbers[k] = lowered;
      else plain = false;
    }
    const memory = plain
      ? (numbers as Memory)
      : flatten(
          fromElements(
            elements.map((e) => lower(this, e) as Scalar),
            shape,
            dtype,
          ),
        );
    return this.#array(memory, shape, dtype, slots);
  }

  /** A value as an input of the traced function: numbers get slots, arrays a store, structures part by part; the rest stays. */
  lift(x: unknown): unknown {
    if (typeof x === "number") return new NumberTraced(this, x, this.tape.leaf());
    return this.#parts(x, readOnlyInput);
  }

  /** A structure whose numbers and arrays are of this level; `readOnly` says why its arrays may not be written to. */
  #parts(x: unknown, readOnly: string): unknown {
    return mapStructure((leaf) => {
      if (isScalar(leaf)) return traced(this, leaf, this.tape.leaf());
      if (!isNdArray(leaf) || !isDifferentiable(leaf)) return leaf;
      return this.#array(flatten(leaf as AnyArray), leaf.shape, floatKindOf(leaf), undefined, readOnly);
    }, x);
  }

  /** A rule's result as values of this level; `slot` is where its record is run, and the slot of a result that is one number. */
  #wrap(rule: Rule, y: unknown, slot: number): unknown {
    if (typeof y === "number") return new NumberTraced(this, y, slot);
    if ((levelOf(y)?.id ?? 0) >= this.id) {
      throw closureError(rule);
    }
    if (y instanceof TracedScalar) return traced(this, y, slot);
    return this.#parts(y, "");
  }

  #array(primal: Memory, shape: readonly number[], dtype: FloatDType, slots: Int32Array | undefined, readOnly = ""): AnyArray {
    return onStore(this.store({ level: this, tape: this.tape, primal, dtype, readOnly, slots }), shape);
  }

  /** The store of a new array of this level. */
  protected store(parts: TracedStoreParts): TracedStore {
    return new TracedStore(parts);
  }
}
