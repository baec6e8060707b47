import {
  type AnyArray,
  broadcastTo,
  cotangentOf,
  type EntryPullback,
  isScalar,
  type Level,
  type Operand,
  type Pullback,
  type Rule,
  resolve,
  storeOf,
} from "../core/index.js";
import { isNdArray, sameShape } from "../nd/index.js";
import type { ArrayCotangents } from "./cotangents.js";
import type { TapeRecord } from "./tape.js";
import { type Traced, TracedStore } from "./traced.js";

/**
 * What one application of an elementwise function leaves on the tape where outer levels trace its operands too: its pullbacks are
 * elementwise functions themselves, each one loop at the level below.
 */
export class NestedRecord implements TapeRecord {
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

  get pullback(): Pullback {
    return resolve(this.rule, this.level.ad).rrule(...this.primals)[1];
  }
}

/**
 * Goes back through an elementwise function below which something else is traced.
 * @param receive adds a cotangent to argument k
 */
export function sweepNested(record: NestedRecord, arrays: ArrayCotangents, receive: (k: number, xbar: unknown) => void): void {
  const { args, primals, y, level, pullbacks } = record;
  const ybar = arrays.takeShared(storeOf(record.output as AnyArray) as TracedStore, y.shape);
  if (ybar === undefined || ybar === 0) return;
  record.check(ybar);
  for (let k = 0; k < args.length; k++) {
    const arg = args[k];
    const back = pullbacks[k];
    const store = isNdArray(arg) ? storeOf(arg) : undefined;
    if (back === undefined || (store ?? (arg as Traced | number as Traced)).level !== level) continue;
    const xbar = back(ybar, y, primals);
    if (store instanceof TracedStore && isScalar(xbar) && arrays.addShared(arg as AnyArray, y.shape, store, xbar)) continue;
    const whole = isScalar(xbar) ? broadcastTo(xbar, y.shape) : xbar;
    const x = primals[k] as Operand;
    receive(k, isNdArray(x) && sameShape((x as AnyArray).shape, y.shape) ? whole : cotangentOf(x, whole));
  }
}
