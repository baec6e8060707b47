import {
  type AnyArray,
  below,
  type Differentiator,
  type Entrywise,
  endedError,
  entryOperands,
  expectPair,
  flatten,
  fromElements,
  highestLevel,
  isDifferentiable,
  isZero,
  lower,
  mapStructure,
  NoTangent,
  onStore,
  outside,
  pin,
  type Rule,
  realize,
  resolve,
  type Scalar,
  still,
  storeOf,
  TracedScalar,
  unthunk,
  ZeroTangent,
} from "../core/index.js";
import { allocate, type FloatDType, isNdArray, type NdArray, type Strided, sumFloats, viewOn } from "../nd/index.js";
import { Dual, DualStore } from "./dual.js";
import { ForwardLevel } from "./forward-level.js";

/** Thrown where f closes over a value that an outer call traces: tangents must then be carried one by one. */
export class OuterValue extends Error {}

type Floats = Float64Array | Float32Array;

/**
 * A forward-mode call that carries many tangents along at once, over plain numbers. Those of a number are a list; those of an array lie one
 * after another, each laid out as the array, so that a view of the array is a view of each.
 */
export class ColumnsLevel extends ForwardLevel {
  readonly columns: number;
  /** The tangent that rules get which take one at a time. */
  private column = 0;

  constructor(ad: Differentiator | undefined, columns: number) {
    super(ad);
    this.columns = columns;
  }

  /** An array that moves along all of them. */
  moving(primal: Floats, tangents: Floats, shape: readonly number[], dtype: FloatDType, readOnly = ""): AnyArray {
    return onStore(new ColumnsStore(this, primal, tangents, dtype, readOnly), shape);
  }

  override unary(y: number, x: TracedScalar, px: number): Dual {
    if (this.ended) throw endedError();
    return this.#number(y, times(px, speeds(x)));
  }

  override binary(y: number, a: TracedScalar, pa: number, b: TracedScalar, pb: number): Dual {
    if (this.ended) throw endedError();
    const sum = times(pa, speeds(a));
    const t = speeds(b);
    if (pb !== 0) for (let k = 0; k < sum.length; k++) (sum[k] as number) += pb * (t[k] as number);
    return this.#number(y, sum);
  }

  override total(y: number, x: AnyArray, weight: number): Dual {
    if (this.ended) throw endedError();
    const store = storeOf(x) as DualStore;
    const sums = new Float64Array(this.columns);
    const tangents = store.tangent as Floats;
    for (let k = 0; k < sums.length; k++) sums[k] = weight * sumFloats(tangents, x.shape, x.stride, x.offset + k * store.length);
    return this.#number(y, sums);
  }

  #number(y: Scalar, tangents: Float64Array): Dual {
    return new Dual(this, y, tangents as never);
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    if (rule.stepsAside?.(...args)) return rule.primal(...args);
    const { entries, stacked } = rule;
    if (entries?.partials !== undefined) {
      const y = this.#entries(rule, entries, args);
      if (y !== undefined) return y;
    }
    const pinned = args.map((arg) => pin(this, arg));
    const primals = pinned.map((arg) => lower(this, arg));
    if (stacked !== undefined && highestLevel(primals) === undefined) {
      const stack = this.#stack(pinned[0]);
      if (stack !== undefined) return this.#raiseStack(rule.plain(...primals), stacked(stack, primals));
    }
    if (highestLevel(primals) !== undefined) throw new OuterValue();
    const { frule } = resolve(rule, this.ad);
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

  #entries(rule: Rule, entries: Entrywise, args: readonly unknown[]): AnyArray | undefined {
    const call = entryOperands(this, rule.name, entries, args);
    if (call === undefined) return undefined;
    const { columns } = this;
    const { shape, stride, dtype } = call;
    const primal = entries.value(shape, stride, dtype, call.strided(), true);
    const tangents: Strided[] = [];
    let moving = 0;
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      if (arg instanceof Dual) tangents.push({ data: speeds(arg), stride: [1, ...still(shape.length)], offset: 0 });
      else {
        const store = typeof arg === "object" ? storeOf(arg as AnyArray) : undefined;
        if (store === undefined) continue;
        const x = call.operands[k] as Strided;
        tangents.push({ data: (store as DualStore).tangent as Floats, stride: [store.length, ...x.stride], offset: x.offset });
      }
      moving |= 1 << k;
    }
    const tangent = allocate(dtype, columns * primal.length) as Floats;
    const all = (k: number): Strided => {
      const x = k === 0 ? { data: primal, stride, offset: 0 } : call.at(k - 1);
      return { data: x.data, stride: [0, ...x.stride], offset: x.offset };
    };
    const out = { data: tangent, stride: [primal.length, ...stride], offset: 0 };
    entries.pushforward(moving, [columns, ...shape], out, tangents, all);
    return this.moving(primal, tangent, shape, dtype);
  }

  /** The tangents of a number or an array along a new first axis. */
  #stack(x: unknown): NdArray | undefined {
    if (x instanceof Dual && x.level === this) return viewOn(speeds(x), [this.columns], [1], 0);
    const store = isNdArray(x) ? storeOf(x) : undefined;
    if (!(store instanceof DualStore) || store.level !== this) return undefined;
    const { shape, stride, offset } = x as AnyArray;
    return viewOn(store.tangent as Floats, [this.columns, ...shape], [store.length, ...stride], offset);
  }

  #raiseStack(y: unknown, stack: unknown): unknown {
    const tangents = flatten(stack as AnyArray) as Floats;
    if (typeof y === "number") return this.#number(y, Float64Array.from(tangents));
    const { shape, dtype } = y as NdArray;
    return this.moving(flatten(y as AnyArray) as Floats, tangents, shape, dtype === "float32" ? "float32" : "float64");
  }

  #raiseLeaf(y: unknown, parts: readonly unknown[]): unknown {
    if (!isDifferentiable(y)) return y;
    if (typeof y === "number" || y instanceof TracedScalar) return this.#number(y, Float64Array.from(parts as number[]));
    const primal = flatten(y as AnyArray) as Floats;
    const dtype = primal instanceof Float32Array ? "float32" : "float64";
    const tangents = allocate(dtype, this.columns * primal.length) as Floats;
    parts.forEach((part, k) => tangents.set(flatten(part as AnyArray) as Floats, k * primal.length));
    return this.moving(primal, tangents, (y as AnyArray).shape, dtype);
  }

  override tangentOf(x: unknown): unknown {
    if (x instanceof Dual && x.level === this) return speeds(x)[this.column];
    if (isNdArray(x)) {
      const store = storeOf(x);
      if (store instanceof DualStore && store.level === this)
        return viewOn(store.tangent as Floats, x.shape, x.stride, x.offset + this.column * store.length);
    }
    return super.tangentOf(x);
  }

  override gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const own = (e: Scalar): e is Dual => e instanceof Dual && e.level === this;
    const primal = flatten(
      fromElements(
        elements.map((e) => (own(e) ? below(e) : e)),
        shape,
        dtype,
      ),
    ) as Floats;
    const tangents = allocate(dtype, this.columns * elements.length) as Floats;
    elements.forEach((e, i) => {
      if (!own(e)) return;
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

function speeds(x: TracedScalar): Float64Array {
  return (x as Dual).tangent as unknown as Float64Array;
}

function times(p: number, t: Float64Array): Float64Array {
  const out = new Float64Array(t.length);
  if (p !== 0) for (let k = 0; k < t.length; k++) out[k] = t[k] === 0 ? 0 : p * (t[k] as number);
  return out;
}

/** An array whose entries move along many tangents. */
class ColumnsStore extends DualStore {
  override get(index: number): Scalar {
    if (this.elements !== undefined) {
      const element = this.elements.at(index);
      if (element === undefined) throw outside(index, this.length);
      return element;
    }
    const value = (this.primal as Floats)[index];
    if (value === undefined) throw outside(index, this.length);
    const tangent = this.tangent as Floats;
    const list = new Float64Array((this.level as ColumnsLevel).columns);
    for (let k = 0, at = index; k < list.length; k++, at += this.length) list[k] = tangent[at] as number;
    return new Dual(this.level, value, list as never);
  }
}
