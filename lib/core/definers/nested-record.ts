import { isNdArray, sameShape } from "../../nd/index.js";
import type { AppliedRule, CotangentTarget, EntryPullback, WalkBack } from "../calls/ways-back.js";
import { type AnyArray, isScalar, type Level, type Operand, type TracedScalar } from "../level.js";
import type { Rule } from "../rule.js";
import { broadcastTo, cotangentOf } from "../tangents/broadcasting.js";
import { storeOf } from "../traced/store.js";

/**
 * What one application of an elementwise function leaves behind where outer levels trace its operands too: its pullbacks are
 * elementwise functions themselves, each one loop at the level below.
 */
export class NestedRecord implements AppliedRule {
  readonly level: Level;
  readonly rule: Rule;
  readonly args: readonly unknown[];
  /** The operands and the result below this level. */
  readonly primals: readonly Operand[];
  readonly y: AnyArray;
  readonly pullbacks: readonly (EntryPullback | undefined)[];
  output: unknown = undefined;

  constructor(
    level: Level,
    rule: Rule,
    args: readonly unknown[],
    primals: readonly Operand[],
    y: AnyArray,
    pullbacks: readonly (EntryPullback | undefined)[],
  ) {
    this.level = level;
    this.rule = rule;
    this.args = args;
    this.primals = primals;
    this.y = y;
    this.pullbacks = pullbacks;
  }

  /** Looks at what the rule makes of ȳ, in checked mode. */
  check(_ybar: Operand): void {}

  goBack(walk: WalkBack): boolean {
    const { args, primals, y, level, pullbacks } = this;
    const { arrays } = walk;
    const ybar = arrays.takeShared(storeOf(this.output as AnyArray) as CotangentTarget, y.shape);
    if (ybar === undefined || ybar === 0) return true;
    this.check(ybar);
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      const back = pullbacks[k];
      const store = isNdArray(arg) ? storeOf(arg) : undefined;
      if (back === undefined || (store ?? (arg as TracedScalar)).level !== level) continue;
      const xbar = back(ybar, y, primals);
      if (store !== undefined && isScalar(xbar) && arrays.addShared(arg as AnyArray, y.shape, store as CotangentTarget, xbar)) continue;
      const whole = isScalar(xbar) ? broadcastTo(xbar, y.shape) : xbar;
      const x = primals[k] as Operand;
      walk.receiveArgument(this, k, isNdArray(x) && sameShape((x as AnyArray).shape, y.shape) ? whole : cotangentOf(x, whole));
    }
    return true;
  }
}
