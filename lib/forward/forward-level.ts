import {
  type AnyArray,
  below,
  checkParts,
  closureError,
  type EntryCall,
  endedError,
  expectPair,
  fieldOf,
  fitTangent,
  flatten,
  floatKindOf,
  fromElements,
  fruleOf,
  hasParts,
  isDifferentiable,
  isScalar,
  isStructure,
  isZero,
  Level,
  levelOf,
  lower,
  type Memory,
  mapStructure,
  mapTangents,
  NoTangent,
  NotImplemented,
  onMemory,
  onStore,
  pin,
  project,
  Recomputed,
  type Rule,
  realize,
  type Scalar,
  scale,
  standsStill,
  storeOf,
  strongProduct,
  sumTo,
  type TracedNumber,
  TracedScalar,
  takenStill,
  unthunk,
  ZeroTangent,
} from "../core/index.js";
import { type FloatDType, giveFloats, isNdArray, type LoopOperand, type NdArray, type Strided, takeFloats } from "../nd/index.js";
import { type Dual, DualStore, dual, NumberDual, viewsOf } from "./dual.js";

/** How many entries of arrays are held at most until a level ends, so that the next one finds their memory. */
const KEPT = 2 ** 20;

/** A forward-mode differentiation call: every value carries its tangent along. */
export class ForwardLevel extends Level {
  private readonly stores: DualStore[] = [];
  private readonly floats: Float64Array[] = [];
  private kept = 0;

  override unary(y: number, x: TracedNumber, px: number): TracedScalar {
    if (this.ended) throw endedError();
    return new NumberDual(this, y, strongProduct(px, (x as NumberDual).tangent));
  }

  override binary(y: number, a: TracedNumber, pa: number, b: TracedNumber, pb: number): TracedScalar {
    if (this.ended) throw endedError();
    return new NumberDual(this, y, strongProduct(pa, (a as NumberDual).tangent) + strongProduct(pb, (b as NumberDual).tangent));
  }

  override multiplyAdd(sum: Scalar, p: Scalar, t: Scalar): Scalar | undefined {
    const [s, ds] = this.owns(sum) ? [sum.primal, sum.tangent] : [sum, 0];
    const [q, dq] = this.owns(p) ? [p.primal, p.tangent] : [p, 0];
    const [u, du] = this.owns(t) ? [t.primal, t.tangent] : [t, 0];
    const numbers = typeof s === "number" && typeof q === "number" && typeof u === "number";
    if (!numbers || typeof ds !== "number" || typeof dq !== "number" || typeof du !== "number") return undefined;
    return new NumberDual(this, s + strongProduct(q, u), ds + (strongProduct(dq, u) + strongProduct(q, du)));
  }

  override speedOf(x: TracedScalar): number | undefined {
    return x instanceof NumberDual ? x.tangent : undefined;
  }

  override withSpeed(value: number, speed: number): TracedScalar {
    return new NumberDual(this, value, speed);
  }

  override withSpeeds(values: Float64Array, speeds: Float64Array, dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const [primal, tangent] = dtype === "float32" ? [Float32Array.from(values), Float32Array.from(speeds)] : [values, speeds];
    return onStore(this.store(primal, tangent, dtype, ""), [values.length]);
  }

  override total(y: Scalar, x: AnyArray, weight: number): TracedScalar {
    if (this.ended) throw endedError();
    return dual(this, y, scale(weight, sumTo(viewsOf(this, x)?.[1] ?? (this.tangentOf(x) as AnyArray), [])));
  }

  override applyEntries(rule: Rule, call: EntryCall, moving: number, args: readonly unknown[]): unknown {
    const { loops, dtype, size, shape } = call;
    if (rule.stepsAside !== undefined || !loops.isTrue(call)) return this.apply(rule, args);
    const tangents = this.#tangents(call, moving, args);
    if (tangents === undefined) return this.apply(rule, args);
    const primal = takeFloats(dtype, size);
    const tangent = takeFloats(dtype, size);
    loops.pushforward(call, primal, tangent, moving, tangents);
    if (!loops.agrees(call, primal)) {
      giveFloats(primal);
      giveFloats(tangent);
      return this.apply(rule, args);
    }
    const store = this.store(primal, tangent, dtype, "");
    this.keep(store, new Recomputed(rule, args));
    return onStore(store, shape);
  }

  /** A linear map that keeps nothing of its argument, on plain memory: it is not handed out. */
  #applyDirectly(rule: Rule, args: readonly unknown[]): AnyArray | undefined {
    const [x, ...rest] = args;
    const views = viewsOf(this, x);
    if (views === undefined) return undefined;
    const y = rule.plain(views[0], ...rest) as NdArray;
    const dy = rule.plain(views[1], ...rest) as NdArray;
    const made = this.store(y.data as Float64Array, dy.data as Float64Array, floatKindOf(x as AnyArray), "");
    this.keep(made, new Recomputed(rule, args));
    return onStore(made, y.shape);
  }

  /** The tangents of the operands that move; undefined where an outer level traces one of them. */
  #tangents(call: EntryCall, moving: number, args: readonly unknown[]): LoopOperand[] | undefined {
    const tangents: LoopOperand[] = [];
    for (let k = 0; k < call.loops.count; k++) {
      if (((moving >> k) & 1) === 0) continue;
      const arg = args[k];
      const tangent = arg instanceof TracedScalar ? (arg as Dual).tangent : (storeOf(arg as AnyArray) as DualStore).rawTangent;
      if (typeof tangent === "number") tangents.push(tangent);
      else if (!ArrayBuffer.isView(tangent)) return undefined;
      else {
        const { stride, offset } = call.operands[k] as Strided;
        tangents.push({ data: tangent, stride, offset });
      }
    }
    return tangents;
  }

  /** Lets the memory of an array be used again when the level has ended: of no more than a little, since it lives until then. */
  protected keep(store: DualStore, recompute?: Recomputed): void {
    const size = store.length + store.rawTangent.length;
    if (this.kept + size > KEPT) return;
    this.kept += size;
    store.recompute = recompute;
    this.stores.push(store);
  }

  /** The same for memory that nobody but the level refers to. */
  protected keepFloats(data: Float64Array): void {
    if (this.kept + data.length > KEPT) return;
    this.kept += data.length;
    this.floats.push(data);
  }

  /** Ends the level; memory that was never handed out is given back. */
  end(): void {
    this.ended = true;
    for (const store of this.stores) store.release();
    for (const data of this.floats) giveFloats(data);
    this.stores.length = 0;
    this.floats.length = 0;
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    if (rule.stepsAside?.(...args)) return rule.primal(...args);
    if (rule.direct === true && !this.checked) {
      const y = this.#applyDirectly(rule, args);
      if (y !== undefined) return y;
    }
    const primals = new Array<unknown>(args.length);
    const tangents: unknown[] = [NoTangent];
    for (let k = 0; k < args.length; k++) {
      const arg = standsStill(rule, k, args) ? takenStill(rule, k, args[k], true) : pin(this, args[k]);
      primals[k] = lower(this, arg);
      const tangent = this.tangentOf(arg);
      tangents.push(tangent === ZeroTangent && rule.zeros === "real" ? realize(primals[k], ZeroTangent) : tangent);
    }
    const [y, lazy] = expectPair(rule, "frule", fruleOf(rule, this.ad)(tangents, ...primals));
    const dy = unthunk(lazy);
    if ((levelOf(y)?.id ?? 0) >= this.id || (levelOf(dy)?.id ?? 0) >= this.id) {
      throw closureError(rule);
    }
    return this.raise(y, dy, () => `${rule.name}: tangent of the result`);
  }

  override gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const memory = (part: (e: Scalar) => Scalar): Memory => flatten(fromElements(elements.map(part), shape, dtype));
    const primal = memory((e) => (this.owns(e) ? below(e) : e));
    const tangent = memory((e) => (this.owns(e) ? e.tangent : 0));
    return onStore(this.store(primal, tangent, dtype, ""), shape);
  }

  /** A value with its tangent: numbers become duals, arrays get a store, structures part by part; what does not move stays as it is. */
  raise(y: unknown, dy: unknown, who: () => string, readOnly = ""): unknown {
    const t = unthunk(dy);
    if (isZero(t)) return y;
    if (t instanceof NotImplemented) throw t.error();
    if (isScalar(y)) return this.dual(y, project(0, t, who, true) as Scalar);
    if (isNdArray(y)) {
      if (!isDifferentiable(y)) return y;
      const array = y as AnyArray;
      const dtype = floatKindOf(array);
      return onStore(this.store(flatten(array), flatten(fitTangent(array, t, who)), dtype, readOnly), array.shape);
    }
    if (!isStructure(y)) return y;
    if (hasParts(y)) checkParts(y, t, who);
    if (Array.isArray(y)) return y.map((part, k) => this.raise(part, fieldOf(t, k), () => `${who()}[${k}]`, readOnly));
    return mapStructure((leaf, part) => this.raise(leaf, part, who, readOnly), y, realize(y, t));
  }

  /** Whether x is a number of this level. */
  protected owns(x: unknown): x is Dual {
    return x instanceof TracedScalar && x.level === this;
  }

  /** A number that moves. */
  protected dual(primal: Scalar, tangent: Scalar): Dual {
    return dual(this, primal, tangent);
  }

  /** The store of a new array of this level. */
  protected store(primal: Memory, tangent: Memory, dtype: FloatDType, readOnly: string): DualStore {
    return new DualStore(this, primal, tangent, dtype, readOnly);
  }

  /** The tangent of a pinned value: `ZeroTangent` for what does not move at this level, `NoTangent` for what cannot. */
  tangentOf(x: unknown): unknown {
    if (this.owns(x)) return x.tangent;
    if (isScalar(x)) return ZeroTangent;
    if (isNdArray(x)) {
      const store = storeOf(x);
      if (store instanceof DualStore && store.level === this) return onMemory(store.tangent, x.shape, x.stride, x.offset);
      return isDifferentiable(x) ? ZeroTangent : NoTangent;
    }
    if (!isStructure(x)) return NoTangent;
    if (levelOf(x) === undefined) return ZeroTangent;
    return mapTangents((leaf) => {
      const tangent = this.tangentOf(leaf);
      return tangent === ZeroTangent ? realize(leaf, ZeroTangent) : tangent;
    }, x);
  }
}
