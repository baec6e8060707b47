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
  needed,
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
import { type Dual, DualStore, dual, type Floats, NumberDual, viewsOf } from "./dual.js";

/** How many entries of arrays are held at most until a level ends, so that the next one finds their memory. */
const KEPT = 2 ** 20;

/** A forward-mode differentiation call: every value carries its tangent along. */
export class ForwardLevel extends Level {
  private readonly stores: DualStore[] = [];
  private readonly floats: Float64Array[] = [];
  private held = 0;
  /** How many tangents every value has. */
  readonly columns: number = 1;

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
    return this.moving(primal, tangent, [values.length], dtype);
  }

  override total(y: Scalar, x: AnyArray, weight: number): TracedScalar {
    if (this.ended) throw endedError();
    return dual(this, y, scale(weight, sumTo(viewsOf(this, x)?.[1] ?? (this.tangentOf(x) as AnyArray), [])));
  }

  override applyEntries(rule: Rule, call: EntryCall, moving: number, args: readonly unknown[]): unknown {
    const { loops, dtype, size, shape } = call;
    if (rule.stepsAside !== undefined || !loops.isTrue(call)) return this.apply(rule, args);
    const tangents: LoopOperand[] = [];
    for (let k = 0; k < loops.count; k++) {
      if (((moving >> k) & 1) === 0) continue;
      const tangent = this.loopTangent(args[k], call, k);
      if (tangent === undefined) return this.apply(rule, args);
      tangents.push(tangent);
    }
    const primal = takeFloats(dtype, size);
    const tangent = takeFloats(dtype, this.columns * size);
    this.push(call, primal, tangent, moving, tangents);
    if (!loops.agrees(call, primal)) {
      giveFloats(primal);
      giveFloats(tangent);
      return this.apply(rule, args);
    }
    return this.kept(primal, tangent, shape, dtype, new Recomputed(rule, args));
  }

  /** A linear map that keeps nothing of its argument, on plain memory: it is not handed out. */
  #applyDirectly(rule: Rule, args: readonly unknown[]): AnyArray | undefined {
    const [x, ...rest] = args;
    const views = viewsOf(this, x);
    if (views === undefined) return undefined;
    const [y, dy] = views.map((view) => rule.plain(view, ...rest)) as [NdArray, NdArray];
    return this.kept(y.data as Float64Array, dy.data as Float64Array, y.shape, floatKindOf(x as AnyArray), new Recomputed(rule, args));
  }

  /** The tangent of operand k of a call, which moves; undefined where an outer level traces it. */
  protected loopTangent(arg: unknown, call: EntryCall, k: number): LoopOperand | undefined {
    const tangent = arg instanceof TracedScalar ? (arg as Dual).tangent : (storeOf(arg as AnyArray) as DualStore).rawTangent;
    if (!ArrayBuffer.isView(tangent)) return typeof tangent === "number" ? tangent : undefined;
    const { stride, offset } = call.operands[k] as Strided;
    return { data: tangent, stride, offset };
  }

  /** Computes the value of a call and its tangent. */
  protected push(call: EntryCall, primal: Floats, tangent: Floats, moving: number, tangents: readonly LoopOperand[]): void {
    call.loops.pushforward(call, primal, tangent, moving, tangents);
  }

  /** An array that moves. */
  moving(primal: Memory, tangent: Memory, shape: readonly number[], dtype: FloatDType, readOnly = ""): AnyArray {
    return onStore(this.store(primal, tangent, dtype, readOnly), shape);
  }

  /** The same, its memory to be used again when the level has ended: of no more than a little, since it lives until then. */
  protected kept(primal: Memory, tangent: Memory, shape: readonly number[], dtype: FloatDType, recompute?: Recomputed): AnyArray {
    const store = this.store(primal, tangent, dtype, "");
    const size = primal.length + tangent.length;
    if (this.held + size <= KEPT) {
      this.held += size;
      store.recompute = recompute;
      this.stores.push(store);
    }
    return onStore(store, shape);
  }

  /** The same for memory that nobody but the level refers to. */
  protected keepFloats(data: Float64Array): void {
    if (this.held + data.length > KEPT) return;
    this.held += data.length;
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
    if ((levelOf(y)?.id ?? 0) >= this.id || (levelOf(dy)?.id ?? 0) >= this.id) throw closureError(rule);
    return this.raise(y, dy, () => `${rule.name}: tangent of the result`);
  }

  override gather(elements: readonly Scalar[], shape: readonly number[], dtype: FloatDType): AnyArray {
    if (this.ended) throw endedError();
    const memory = (part: (e: Scalar) => Scalar): Memory => flatten(fromElements(elements.map(part), shape, dtype));
    const primal = memory((e) => (this.owns(e) ? below(e) : e));
    const tangent = memory((e) => (this.owns(e) ? e.tangent : 0));
    return this.moving(primal, tangent, shape, dtype);
  }

  /** A value with its tangent: numbers become duals, arrays get a store, structures part by part; what does not move stays as it is. */
  raise(y: unknown, dy: unknown, who: () => string, readOnly = ""): unknown {
    const t = needed(dy);
    if (isZero(t)) return y;
    if (isScalar(y)) return this.dual(y, project(0, t, who, true) as Scalar);
    if (isNdArray(y)) {
      if (!isDifferentiable(y)) return y;
      const array = y as AnyArray;
      return this.moving(flatten(array), flatten(fitTangent(array, t, who)), array.shape, floatKindOf(array), readOnly);
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
