import {
  type AnyArray,
  below,
  closureError,
  type Differentiator,
  type Entrywise,
  endedError,
  entryOperands,
  expectPair,
  flatten,
  floatKindOf,
  fromElements,
  isDifferentiable,
  Level,
  levelOf,
  lower,
  type Memory,
  mapStructure,
  onMemory,
  onStore,
  type Pullback,
  pin,
  type Rule,
  readOnlyInput,
  resolve,
  type Scalar,
  storeOf,
  TracedScalar,
} from "../core/index.js";
import { allocate, type FloatDType, isNdArray } from "../nd/index.js";
import { SlotEntries } from "./slot-entries.js";
import { EntryRecord, LEAF, type Tape } from "./tape.js";
import { Traced, TracedStore, type TracedStoreParts } from "./traced.js";

/** A reverse-mode differentiation call: records onto its tape. */
export class ReverseLevel extends Level {
  readonly tape: Tape;

  constructor(ad: Differentiator | undefined, tape: Tape) {
    super(ad);
    this.tape = tape;
  }

  override unary(y: number, x: TracedScalar, px: number): Traced {
    if (this.ended) throw endedError();
    return new Traced(this, y, this.tape.one((x as Traced).slot, px));
  }

  override binary(y: number, a: TracedScalar, pa: number, b: TracedScalar, pb: number): Traced {
    if (this.ended) throw endedError();
    return new Traced(this, y, this.tape.two((a as Traced).slot, pa, (b as Traced).slot, pb));
  }

  override total(y: number, x: AnyArray, weight: number): Traced {
    if (this.ended) throw endedError();
    return new Traced(this, y, this.tape.total(x, (storeOf(x) as TracedStore).node, weight));
  }

  override entries(numbers: Float64Array): SlotEntries {
    return new SlotEntries(this, this.tape, numbers);
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    if (rule.stepsAside?.(...args)) return rule.primal(...args);
    const { entries } = rule;
    if (entries !== undefined && !this.checked) {
      const y = this.#applyEntries(rule, entries, args);
      if (y !== undefined) return y;
    }
    const pinned = new Array<unknown>(args.length);
    const primals = new Array<unknown>(args.length);
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      const store = typeof arg === "object" && arg !== null ? storeOf(arg as AnyArray) : undefined;
      if (store !== undefined && store.level === this && store.elements === undefined) {
        const { shape, stride, offset } = arg as AnyArray;
        pinned[k] = arg;
        primals[k] = onMemory(store.primal, shape, stride, offset);
      } else {
        pinned[k] = pin(this, arg);
        primals[k] = lower(this, pinned[k]);
      }
    }
    const [y, pullback] = expectPair(rule, "rrule", resolve(rule, this.ad).rrule(...primals));
    if (rule.definer === "nonDifferentiable") return y;
    const record = { rule, args: pinned, output: undefined as unknown, pullback: pullback as Pullback };
    const slot = this.tape.record(record);
    record.output = this.#wrap(rule, y, slot);
    return record.output;
  }

  /** Functions of entries on plain memory have loops for values and pullbacks; undefined where the general way must be gone. */
  #applyEntries(rule: Rule, entries: Entrywise, args: readonly unknown[]): AnyArray | undefined {
    const call = entryOperands(this, rule.name, entries, args);
    if (call === undefined || entries.partials === undefined) return undefined;
    const primal = entries.value(call.shape, call.stride, call.dtype, call.strided(), true);
    const store = this.store({ level: this, tape: this.tape, primal, dtype: call.dtype, readOnly: "", slots: undefined });
    const general = (): Pullback => resolve(rule, this.ad).rrule(...args.map((arg) => lower(this, arg)))[1];
    const output = onStore(store, call.shape);
    this.tape.record(new EntryRecord(rule, args, output, call, general));
    return output;
  }

  override gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const slots = new Int32Array(elements.length).fill(LEAF);
    const numbers = allocate(dtype, elements.length);
    let plain = true;
    for (let k = 0; k < elements.length; k++) {
      const element = elements[k] as Scalar;
      let lowered = element;
      if (element instanceof Traced && element.level === this) {
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
    if (typeof x === "number") return new Traced(this, x, this.tape.leaf());
    return mapStructure((leaf) => {
      if (typeof leaf === "number" || leaf instanceof TracedScalar) return new Traced(this, leaf, this.tape.leaf());
      if (!isNdArray(leaf) || !isDifferentiable(leaf)) return leaf;
      return this.#array(flatten(leaf as AnyArray), leaf.shape, floatKindOf(leaf), undefined, readOnlyInput);
    }, x);
  }

  /** A rule's result as values of this level; `slot` is where its record is run, and the slot of a result that is one number. */
  #wrap(rule: Rule, y: unknown, slot: number): unknown {
    if (typeof y === "number") return new Traced(this, y, slot);
    if ((levelOf(y)?.id ?? 0) >= this.id) {
      throw closureError(rule);
    }
    if (y instanceof TracedScalar) return new Traced(this, y, slot);
    return mapStructure((leaf) => {
      if (typeof leaf === "number" || leaf instanceof TracedScalar) return new Traced(this, leaf, this.tape.leaf());
      if (!isNdArray(leaf) || !isDifferentiable(leaf)) return leaf;
      return this.#array(flatten(leaf as AnyArray), leaf.shape, floatKindOf(leaf), undefined);
    }, y);
  }

  #array(primal: Memory, shape: readonly number[], dtype: FloatDType, slots: Int32Array | undefined, readOnly = ""): AnyArray {
    return onStore(this.store({ level: this, tape: this.tape, primal, dtype, readOnly, slots }), shape);
  }

  /** The store of a new array of this level. */
  protected store(parts: TracedStoreParts): TracedStore {
    return new TracedStore(parts);
  }
}
