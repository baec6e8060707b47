import {
  type AnyArray,
  below,
  broadcastTo,
  type Differentiator,
  type EntryCall,
  endedError,
  expectPair,
  flatten,
  fromElements,
  fruleOf,
  highestLevel,
  isDifferentiable,
  isScalar,
  isZero,
  lower,
  mapStructure,
  NoTangent,
  pin,
  Recomputed,
  type Rule,
  realize,
  type Scalar,
  storeOf,
  strongProduct,
  type TracedNumber,
  unthunk,
  ZeroTangent,
} from "../core/index.js";
import {
  allocate,
  type FloatDType,
  isNdArray,
  type LoopOperand,
  type NdArray,
  type Strided,
  sumFloats,
  takeFloats,
  viewOn,
} from "../nd/index.js";
import { addSpeeds, ColumnsDual, ColumnsStore, OuterValue, speeds } from "./columns-store.js";
import { DualStore, type Floats } from "./dual.js";
import { ForwardLevel } from "./forward-level.js";

/**
 * A forward-mode call that carries many tangents along at once, over plain numbers. Those of a number are a list; those of an array lie one
 * after another, each laid out as the array, so that a view of the array is a view of each.
 */
export class ColumnsLevel extends ForwardLevel {
  override readonly columns: number;
  /** Which tangent rules get that take one at a time. */
  private column = 0;

  constructor(ad: Differentiator | undefined, columns: number) {
    super(ad);
    this.columns = columns;
  }

  override unary(y: number, x: TracedNumber, px: number): ColumnsDual {
    if (this.ended) throw endedError();
    return this.#number(y, this.#sum(px, speeds(x)));
  }

  override binary(y: number, a: TracedNumber, pa: number, b: TracedNumber, pb: number): ColumnsDual {
    if (this.ended) throw endedError();
    return this.#number(y, this.#sum(pa, speeds(a), pb, speeds(b)));
  }

  override multiplyAdd(sum: Scalar, p: Scalar, t: Scalar): Scalar | undefined {
    const [s, q, u] = [this.#value(sum), this.#value(p), this.#value(t)];
    if (typeof s !== "number" || typeof q !== "number" || typeof u !== "number") throw new OuterValue();
    const speedsOf = (x: Scalar): Float64Array | undefined => (typeof x === "number" ? undefined : speeds(x));
    return this.#number(s + strongProduct(q, u), this.#sum(1, speedsOf(sum), u, speedsOf(p), q, speedsOf(t)));
  }

  override total(y: Scalar, x: AnyArray, weight: number): ColumnsDual {
    if (this.ended) throw endedError();
    const store = storeOf(x) as DualStore;
    const tangents = store.rawTangent as Floats;
    const sums = this.#list();
    for (let k = 0; k < sums.length; k++) sums[k] = weight * sumFloats(tangents, x.shape, x.stride, x.offset + k * store.length);
    return this.#number(y, sums);
  }

  /** Memory for the tangents of one number. */
  #list(): Float64Array {
    const list = takeFloats("float64", this.columns) as Float64Array;
    this.keepFloats(list);
    return list;
  }

  #value(x: Scalar): Scalar {
    return typeof x !== "number" && x.level === this ? below(x) : x;
  }

  #number(y: Scalar, tangents: Float64Array): ColumnsDual {
    if (typeof y !== "number") throw new OuterValue();
    return new ColumnsDual(this, y, tangents);
  }

  /** p s + q t + r u for each direction, strong products; what is absent does not move. */
  #sum(p: number, s: Float64Array | undefined, q = 0, t?: Float64Array, r = 0, u?: Float64Array): Float64Array {
    const out = this.#list();
    out.fill(0);
    addSpeeds(out, p, s);
    addSpeeds(out, q, t);
    addSpeeds(out, r, u);
    return out;
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    if (rule.stepsAside?.(...args)) return rule.primal(...args);
    if (rule.direct === true) {
      const y = this.#applyDirectly(rule, args);
      if (y !== undefined) return y;
    }
    const pinned = args.map((arg) => pin(this, arg));
    const primals = pinned.map((arg) => lower(this, arg));
    if (highestLevel(primals) !== undefined) throw new OuterValue();
    if (rule.stacked !== undefined) {
      const stack = this.#stack(pinned[0]);
      if (stack !== undefined) return this.#raiseStack(rule.plain(...primals), rule.stacked(stack, primals));
    }
    const frule = fruleOf(rule, this.ad);
    let y: unknown;
    const dys: unknown[] = [];
    for (this.column = 0; this.column < this.columns; this.column++) {
      const tangents: unknown[] = [NoTangent];
      pinned.forEach((arg, k) => {
        const t = this.tangentOf(arg);
        tangents.push(t === ZeroTangent && rule.zeros === "real" ? realize(primals[k], ZeroTangent) : t);
      });
      const [value, dy] = expectPair(rule, "frule", frule(tangents, ...primals));
      y = value;
      dys.push(unthunk(dy));
    }
    if (dys.every(isZero)) return y;
    return mapStructure((leaf, ...parts) => this.#raiseLeaf(leaf, parts), y, ...dys.map((dy) => realize(y, dy)));
  }

  /** A linear map that keeps nothing of its argument, of all columns at once: their memory is not handed out. */
  #applyDirectly(rule: Rule, args: readonly unknown[]): AnyArray | undefined {
    const [x, ...rest] = args;
    const store = storeOf(x as AnyArray);
    if (!(store instanceof DualStore) || store.level !== this || store.elements !== undefined || rule.stacked === undefined)
      return undefined;
    const { shape, stride, offset } = x as AnyArray;
    const view = viewOn(store.raw as Floats, shape, stride, offset);
    const y = rule.plain(view, ...rest) as NdArray;
    const tangents = rule.stacked(this.#stack(x) as NdArray, [view, ...rest]);
    return this.kept(y.data as Floats, tangents.data as Floats, y.shape, store.dtype, new Recomputed(rule, args));
  }

  protected override loopTangent(arg: unknown, call: EntryCall, k: number): LoopOperand {
    if (this.owns(arg)) return { data: speeds(arg), stride: [1, ...call.shape.map(() => 0)], offset: 0 };
    const store = storeOf(arg as AnyArray) as DualStore;
    const { stride, offset } = call.operands[k] as Strided;
    return { data: store.rawTangent as Floats, stride: [store.length, ...stride], offset };
  }

  protected override push(call: EntryCall, primal: Floats, tangent: Floats, moving: number, tangents: readonly LoopOperand[]): void {
    call.loops.value(call, primal);
    call.loops.columns(call, primal, this.columns, tangent, moving, tangents);
  }

  protected override store(primal: Floats, tangents: Floats, dtype: FloatDType, readOnly: string): ColumnsStore {
    return new ColumnsStore(this, primal, tangents, dtype, readOnly);
  }

  /** The tangents of a number or an array along a new first axis. */
  #stack(x: unknown): NdArray | undefined {
    if (this.owns(x)) return viewOn(speeds(x), [this.columns], [1], 0);
    const store = isNdArray(x) ? storeOf(x) : undefined;
    if (!(store instanceof DualStore) || store.level !== this) return undefined;
    const { shape, stride, offset } = x as AnyArray;
    return viewOn(store.rawTangent as Floats, [this.columns, ...shape], [store.length, ...stride], offset);
  }

  #raiseStack(y: unknown, stack: NdArray): unknown {
    const tangents = flatten(stack as AnyArray) as Floats;
    if (typeof y === "number") return this.#number(y, Float64Array.from(tangents));
    const { shape, dtype } = y as NdArray;
    return this.kept(flatten(y as AnyArray), tangents, shape, dtype === "float32" ? "float32" : "float64");
  }

  #raiseLeaf(y: unknown, parts: readonly unknown[]): unknown {
    if (!isDifferentiable(y)) return y;
    if (isScalar(y)) return this.#number(y, Float64Array.from(parts as number[]));
    const primal = flatten(y as AnyArray) as Floats;
    const dtype = primal instanceof Float32Array ? "float32" : "float64";
    const tangents = allocate(dtype, this.columns * primal.length) as Floats;
    parts.forEach((part, k) => {
      const array = typeof part === "number" ? broadcastTo(part, y.shape) : (part as AnyArray);
      tangents.set(flatten(array as AnyArray) as Floats, k * primal.length);
    });
    return this.moving(primal, tangents, y.shape, dtype);
  }

  override tangentOf(x: unknown): unknown {
    if (this.owns(x)) return speeds(x)[this.column];
    if (isNdArray(x)) {
      const store = storeOf(x);
      if (store instanceof DualStore && store.level === this)
        return viewOn(store.tangent as Floats, x.shape, x.stride, x.offset + this.column * store.length);
    }
    return super.tangentOf(x);
  }

  override gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const values = elements.map((e) => (this.owns(e) ? below(e) : e));
    if (values.some((value) => typeof value !== "number")) throw new OuterValue();
    const primal = flatten(fromElements(values, shape, dtype)) as Floats;
    const tangents = allocate(dtype, this.columns * elements.length) as Floats;
    elements.forEach((e, i) => {
      if (!this.owns(e)) return;
      const t = speeds(e);
      for (let k = 0; k < this.columns; k++) tangents[k * elements.length + i] = t[k] as number;
    });
    return this.moving(primal, tangents, shape, dtype);
  }

  /** The tangents of a value, one after another; undefined where it does not move. */
  tangentsOf(x: unknown): Floats | undefined {
    const stack = this.#stack(pin(this, x));
    return stack === undefined ? undefined : (flatten(stack as AnyArray) as Floats);
  }
}
