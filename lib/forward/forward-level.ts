import {
  type AnyArray,
  add,
  below,
  checkParts,
  closureError,
  DifferentiableStore,
  type Differentiator,
  type Entrywise,
  endedError,
  entryOperands,
  expectPair,
  fieldOf,
  fitTangent,
  flatten,
  floatKindOf,
  fromElements,
  isDifferentiable,
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
  numberAt,
  onMemory,
  onStore,
  pin,
  project,
  type Rule,
  realize,
  resolve,
  type Scalar,
  scale,
  still,
  storeOf,
  sumTo,
  TracedScalar,
  unthunk,
  ZeroTangent,
} from "../core/index.js";
import { carve, type FloatDType, isNdArray, type Strided } from "../nd/index.js";
import { Dual, DualStore } from "./dual.js";

/** A forward-mode differentiation call: every value carries its tangent along. */
export class ForwardLevel extends Level {
  constructor(ad: Differentiator | undefined) {
    super(ad);
  }

  override unary(y: number, x: TracedScalar, px: number): Dual {
    if (this.ended) throw endedError();
    return new Dual(this, y, scale(px, (x as Dual).tangent));
  }

  override binary(y: number, a: TracedScalar, pa: number, b: TracedScalar, pb: number): Dual {
    if (this.ended) throw endedError();
    return new Dual(this, y, add(scale(pa, (a as Dual).tangent), scale(pb, (b as Dual).tangent)));
  }

  override total(y: number, x: AnyArray, weight: number): Dual {
    if (this.ended) throw endedError();
    return new Dual(this, y, scale(weight, sumTo(this.tangentOf(x) as AnyArray, [])));
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    if (rule.stepsAside?.(...args)) return rule.primal(...args);
    const { entries } = rule;
    if (entries !== undefined && !this.checked) {
      const y = this.#applyEntries(rule, entries, args);
      if (y !== undefined) return y;
    }
    const primals = new Array<unknown>(args.length);
    const tangents: unknown[] = [NoTangent];
    for (let k = 0; k < args.length; k++) {
      const arg = pin(this, args[k]);
      primals[k] = lower(this, arg);
      const tangent = this.tangentOf(arg);
      tangents.push(tangent === ZeroTangent && rule.zeros === "real" ? realize(primals[k], ZeroTangent) : tangent);
    }
    const [y, lazy] = expectPair(rule, "frule", resolve(rule, this.ad).frule(tangents, ...primals));
    const dy = unthunk(lazy);
    if ((levelOf(y)?.id ?? 0) >= this.id || (levelOf(dy)?.id ?? 0) >= this.id) {
      throw closureError(rule);
    }
    return this.raise(y, dy, () => `${rule.name}: tangent of the result`);
  }

  /** Functions of entries on plain memory have loops for values and pushforwards; undefined where the general way must be gone. */
  #applyEntries(rule: Rule, entries: Entrywise, args: readonly unknown[]): AnyArray | undefined {
    const call = entryOperands(this, rule.name, entries, args);
    if (call === undefined || entries.partials === undefined) return undefined;
    const { shape, stride, dtype } = call;
    const primal = entries.value(shape, stride, dtype, call.strided(), true);
    const tangents: Strided[] = [];
    let moving = 0;
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      if (arg instanceof Dual) {
        if (typeof arg.tangent !== "number") return undefined;
        tangents.push(numberAt(4 + k, arg.tangent, still(shape.length)));
      } else {
        const store = typeof arg === "object" ? storeOf(arg as AnyArray) : undefined;
        if (store === undefined) continue;
        const { tangent } = store as DualStore;
        if (tangent instanceof DifferentiableStore) return undefined;
        const { stride: own, offset } = call.operands[k] as Strided;
        tangents.push({ data: tangent, stride: own, offset });
      }
      moving |= 1 << k;
    }
    const tangent = carve(dtype, primal.length);
    const all = (k: number): Strided => (k === 0 ? { data: primal, stride, offset: 0 } : call.at(k - 1));
    entries.pushforward(moving, shape, { data: tangent, stride, offset: 0 }, tangents, all);
    return onStore(this.store(primal, tangent, dtype, ""), shape);
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
    );
    const tangent = flatten(
      fromElements(
        elements.map((e) => (own(e) ? e.tangent : 0)),
        shape,
        dtype,
      ),
    );
    return onStore(this.store(primal, tangent, dtype, ""), shape);
  }

  /** A value with its tangent: numbers become duals, arrays get a store, structures part by part; what does not move stays as it is. */
  raise(y: unknown, dy: unknown, who: () => string, readOnly = ""): unknown {
    const t = unthunk(dy);
    if (isZero(t)) return y;
    if (t instanceof NotImplemented) throw t.error();
    if (typeof y === "number" || y instanceof TracedScalar) return this.dual(y, project(0, t, who, true) as Scalar);
    if (isNdArray(y)) {
      if (!isDifferentiable(y)) return y;
      const array = y as AnyArray;
      const dtype = floatKindOf(array);
      return onStore(this.store(flatten(array), flatten(fitTangent(array, t, who)), dtype, readOnly), array.shape);
    }
    if (!isStructure(y)) return y;
    if (typeof y === "object" && y !== null) checkParts(y, t, who);
    if (Array.isArray(y)) return y.map((part, k) => this.raise(part, fieldOf(t, k), () => `${who()}[${k}]`, readOnly));
    return mapStructure((leaf, part) => this.raise(leaf, part, who, readOnly), y, realize(y, t));
  }

  /** A number that moves. */
  protected dual(primal: Scalar, tangent: Scalar): Dual {
    return new Dual(this, primal, tangent);
  }

  /** The store of a new array of this level. */
  protected store(primal: Memory, tangent: Memory, dtype: FloatDType, readOnly: string): DualStore {
    return new DualStore(this, primal, tangent, dtype, readOnly);
  }

  /** The tangent of a pinned value: `ZeroTangent` for what does not move at this level, `NoTangent` for what cannot. */
  tangentOf(x: unknown): unknown {
    if (x instanceof Dual && x.level === this) return x.tangent;
    if (typeof x === "number" || x instanceof TracedScalar) return ZeroTangent;
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
