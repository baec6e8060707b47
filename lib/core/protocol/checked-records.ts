import { allocate, isNdArray, type LoopOperand, type NdArray, packed, rowMajor, sumToShape, viewOn } from "../../nd/index.js";
import type { EntryRecords } from "../calls/ways-back.js";
import { EntryRecord } from "../definers/entry-record.js";
import { NestedRecord } from "../definers/nested-record.js";
import { intoTarget } from "../entry-function.js";
import type { Level, Operand } from "../level.js";
import type { Pullback, Rule } from "../rule.js";
import { broadcastTo } from "../tangents/broadcasting.js";
import { realize } from "../tangents/project.js";
import { lower } from "../traced/lower.js";
import { storeOf } from "../traced/store.js";
import { checksOf } from "./checks.js";
import { expectPair } from "./contracts.js";
import { rruleOf } from "./derive.js";

/** What applications of elementwise functions leave behind in checked mode. */
export const checkedRecords: EntryRecords = {
  entry: (level, rule, args, ...rest) => {
    const primals = args.map((arg) => lower(level, arg));
    return new CheckedEntryRecord(primals, pullbackOf(level, rule, primals), level, rule, args, ...rest);
  },
  nested: (level, rule, args, primals, ...rest) =>
    new CheckedNestedRecord(pullbackOf(level, rule, primals), level, rule, args, primals, ...rest),
};

function pullbackOf(level: Level, rule: Rule, primals: readonly unknown[]): Pullback {
  return expectPair(rule, "rrule", rruleOf(rule, level.ad)(...primals))[1] as Pullback;
}

/** An application of an elementwise function whose loops are held against its rule. */
class CheckedEntryRecord extends EntryRecord {
  private readonly primals: readonly unknown[];
  override readonly pullback: Pullback;

  constructor(primals: readonly unknown[], pullback: Pullback, ...parts: ConstructorParameters<typeof EntryRecord>) {
    super(...parts);
    this.primals = primals;
    this.pullback = pullback;
  }

  override check(ybar: LoopOperand): void {
    const { call, rule, primals } = this;
    const y = storeOf(this.output)?.raw as Float64Array | Float32Array;
    const { data, stride, offset } = typeof ybar === "number" ? { data: [ybar], stride: call.shape.map(() => 0), offset: 0 } : ybar;
    const xbars = this.pullback(packed(viewOn(data, call.shape, stride, offset), call.dtype));
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
