import {
  checksOf,
  droppedError,
  type EntryCall,
  expectCotangents,
  KeptNumber,
  levelOf,
  lower,
  type Memory,
  NoTangent,
  oneLike,
  pin,
  type Rule,
  rruleOf,
  type Scalar,
  standsStill,
} from "../core/index.js";
import { type FloatDType, isNdArray, type NdArray } from "../nd/index.js";
import { type Dual, DualStore, dual } from "./dual.js";
import { ForwardLevel } from "./forward-level.js";

/** The arguments of each rule of which its pullback was asked. */
const asks = new WeakMap<Rule, Set<number>>();

function asksOf(rule: Rule): Set<number> {
  const known = asks.get(rule) ?? new Set<number>();
  asks.set(rule, known);
  return known;
}

/** A forward-mode call in checked mode: numbers of its own take no fast lane, so that every rule runs where it is checked. */
export class CheckedForwardLevel extends ForwardLevel {
  override readonly checked = true;

  /** Once for each argument that moves, the pullback is asked whether it does: a rule whose halves differ there loses a derivative. */
  override apply(rule: Rule, args: readonly unknown[]): unknown {
    const y = super.apply(rule, args);
    const moving = args.flatMap((arg, k) => (levelOf(arg) === this && !standsStill(rule, k, args) ? [k] : []));
    if (moving.length === 0 || rule.constant === true || rule.derived.length > 0 || rule.stepsAside?.(...args)) return y;
    const asked = asksOf(rule);
    const open = moving.filter((k) => !asked.has(k));
    if (open.length === 0) return y;
    const cotangents = this.#cotangents(rule, args);
    for (const k of open) {
      if (cotangents?.[k + 1] === NoTangent) throw droppedError(rule, k);
      asked.add(k);
    }
    return y;
  }

  /** What the pullback gives for a ȳ of ones; undefined where it cannot be run here. */
  #cotangents(rule: Rule, args: readonly unknown[]): readonly unknown[] | undefined {
    try {
      const [y, back] = rruleOf(rule, this.ad)(...args.map((arg) => lower(this, pin(this, arg))));
      return expectCotangents(rule, args, back(oneLike(y)));
    } catch {
      // What is wrong with the reverse half is for reverse mode to say.
      return undefined;
    }
  }

  /** The rule is checked as it runs, and the loops are held against it. */
  override applyEntries(rule: Rule, call: EntryCall, moving: number, args: readonly unknown[]): unknown {
    const expected = this.apply(rule, args);
    const y = super.applyEntries(rule, call, moving, args);
    const [wanted, got] = [this.tangentOf(expected), this.tangentOf(y)];
    if (isNdArray(wanted) && isNdArray(got) && levelOf(wanted) === undefined)
      checksOf()?.sameLoops(rule, "tangent", got as NdArray, wanted);
    return y;
  }

  protected override dual(primal: Scalar, tangent: Scalar): Dual {
    return kept(super.dual(primal, tangent)) as Dual;
  }

  protected override store(primal: Memory, tangent: Memory, dtype: FloatDType, readOnly: string): DualStore {
    return new CheckedDualStore(this, primal, tangent, dtype, readOnly);
  }
}

class CheckedDualStore extends DualStore {
  override get(index: number): Scalar {
    return kept(super.get(index));
  }

  override alias(): DualStore {
    return new CheckedDualStore(this.level, this.raw, this.rawTangent, this.dtype, "", this.origin ?? this);
  }
}

/** A dual with its plain number out of sight; all else as it is. */
function kept(x: Scalar): Scalar {
  if (typeof x === "number" || typeof x.primal !== "number") return x;
  return dual(x.level, new KeptNumber(x.primal) as unknown as Scalar, (x as Dual).tangent);
}
