import { KeptNumber, mapStructure, type Rule, type Scalar } from "../core/index.js";
import { ReverseLevel } from "./reverse-level.js";
import { Traced, TracedStore, type TracedStoreParts } from "./traced.js";

/** A reverse-mode call in checked mode: numbers of its own take no fast lane, so that every rule runs where it is checked. */
export class CheckedReverseLevel extends ReverseLevel {
  override readonly checked = true;

  override lift(x: unknown): unknown {
    return mapStructure(kept, super.lift(x));
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    return mapStructure(kept, super.apply(rule, args));
  }

  protected override store(parts: TracedStoreParts): TracedStore {
    return new CheckedTracedStore(parts);
  }
}

class CheckedTracedStore extends TracedStore {
  override get(index: number): Scalar {
    return kept(super.get(index)) as Scalar;
  }
}

/** A traced number with its plain one out of sight; all else as it is. */
function kept(x: unknown): unknown {
  if (!(x instanceof Traced) || typeof x.primal !== "number") return x;
  return new Traced(x.level, new KeptNumber(x.primal) as unknown as Scalar, x.slot);
}
