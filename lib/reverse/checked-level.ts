import {
  type AnyArray,
  broadcastTo,
  checksOf,
  type EntryCall,
  type EntryPullback,
  expectPair,
  intoTarget,
  KeptNumber,
  lower,
  mapStructure,
  type Operand,
  type Pullback,
  type Rule,
  realize,
  resolve,
  type Scalar,
  storeOf,
} from "../core/index.js";
import { allocate, isNdArray, type LoopOperand, type NdArray, packed, rowMajor, sumToShape, viewOn } from "../nd/index.js";
import { EntryRecord } from "./entry-record.js";
import { NestedRecord } from "./nested-records.js";
import type { Floats } from "./received.js";
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

  protected override entryRecord(rule: Rule, args: readonly unknown[], call: EntryCall, moving: number, output: AnyArray): EntryRecord {
    const primals = args.map((arg) => lower(this, arg));
    const [, pullback] = expectPair(rule, "rrule", resolve(rule, this.ad).rrule(...primals));
    return new CheckedEntryRecord(new EntryRecord(this, rule, args, call, moving, output), primals, pullback as Pullback);
  }

  protected override nestedRecord(
    ...parts: [Rule, readonly unknown[], readonly Operand[], AnyArray, readonly (EntryPullback | undefined)[]]
  ): NestedRecord {
    const [rule, , primals] = parts;
    const [, pullback] = expectPair(rule, "rrule", resolve(rule, this.ad).rrule(...primals));
    return new CheckedNestedRecord(pullback as Pullback, this, ...parts);
  }

  protected override store(parts: TracedStoreParts): TracedStore {
    return new CheckedTracedStore(parts);
  }
}

/** An application of an elementwise function whose loops are held against its rule. */
class CheckedEntryRecord extends EntryRecord {
  private readonly primals: readonly unknown[];
  private readonly general: Pullback;

  constructor({ level, rule, args, call, moving, output }: EntryRecord, primals: readonly unknown[], general: Pullback) {
    super(level, rule, args, call, moving, output);
    this.primals = primals;
    this.general = general;
  }

  override get pullback(): Pullback {
    return this.general;
  }

  override check(ybar: LoopOperand): void {
    const { call, rule, primals } = this;
    const y = (storeOf(this.output) as TracedStore).raw as Floats;
    const { data, stride, offset } = typeof ybar === "number" ? { data: [ybar], stride: call.shape.map(() => 0), offset: 0 } : ybar;
    const xbars = this.general(packed(viewOn(data, call.shape, stride, offset), call.dtype));
    primals.forEach((x, k) => {
      if (((this.moving >> k) & 1) === 0) return;
      const xbar = rowMajor(allocate("float64", call.size), call.shape);
      call.loops.pullback(call, y, ybar, [xbar], intoTarget(0, k, 0), 0);
      const shape = typeof x === "number" ? [] : (x as NdArray).shape;
      checksOf()?.sameLoops(rule, `cotangent of argument ${k + 1}`, sumToShape(xbar, shape), realize(x, xbars[k + 1]));
    });
  }
}

/** The same below which something else is traced: its rule is checked as it runs. */
class CheckedNestedRecord extends NestedRecord {
  private readonly general: Pullback;

  constructor(general: Pullback, ...parts: ConstructorParameters<typeof NestedRecord>) {
    super(...parts);
    this.general = general;
  }

  override check(ybar: Operand): void {
    this.general(isNdArray(ybar) ? ybar : broadcastTo(ybar, this.y.shape));
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
