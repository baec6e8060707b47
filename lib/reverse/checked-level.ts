import { type Checks, checksOf, type EntryRecords, KeptNumber, mapStructure, type Rule, type Scalar } from "../core/index.js";
import { ReverseLevel } from "./reverse-level.js";
import { NumberTraced, TracedStore, type TracedStoreParts, traced } from "./traced.js";

/** A reverse-mode call in checked mode: numbers of its own take no fast lane, so that every rule runs where it is checked. */
export class CheckedReverseLevel extends ReverseLevel {
  override readonly checked = true;

  override lift(x: unknown): unknown {
    return mapStructure(kept, super.lift(x));
  }

  override apply(rule: Rule, args: readonly unknown[]): unknown {
    return mapStructure(kept, super.apply(rule, args));
  }

  protected override records(): EntryRecords {
    return (checksOf() as Checks).records;
  }

  protected override store(parts: TracedStoreParts): TracedStore {
    return new CheckedTracedStore(parts);
  }
}

class CheckedTracedStore extends TracedStore {
  override get(index: number): Scalar {
    return kept(super.get(index)) as Scalar;
  }

  override alias(): TracedStore {
    return new CheckedTracedStore(this.aliasParts(), this.origin ?? this);
  }
}

/** A traced number with its plain one out of sight; all else as it is. */
function kept(x: unknown): unknown {
  if (!(x instanceof NumberTraced)) return x;
  return traced(x.level, new KeptNumber(x.primal) as unknown as Scalar, x.slot);
}
