import { checksOf, type EntryCall, KeptNumber, levelOf, type Memory, type Rule, type Scalar } from "../core/index.js";
import { type FloatDType, isNdArray, type NdArray } from "../nd/index.js";
import { type Dual, DualStore, dual } from "./dual.js";
import { ForwardLevel } from "./forward-level.js";

/** A forward-mode call in checked mode: numbers of its own take no fast lane, so that every rule runs where it is checked. */
export class CheckedForwardLevel extends ForwardLevel {
  override readonly checked = true;

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
