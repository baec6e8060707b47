import { KeptNumber, type Memory, type Scalar } from "../core/index.js";
import type { FloatDType } from "../nd/index.js";
import { Dual, DualStore } from "./dual.js";
import { ForwardLevel } from "./forward-level.js";

/** A forward-mode call in checked mode: numbers of its own take no fast lane, so that every rule runs where it is checked. */
export class CheckedForwardLevel extends ForwardLevel {
  override readonly checked = true;

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
  if (!(x instanceof Dual) || typeof x.primal !== "number") return x;
  return new Dual(x.level, new KeptNumber(x.primal) as unknown as Scalar, x.tangent);
}
