import { type AnyArray, type EntryCall, type Level, lower, type Pullback, Recomputed, type Rule, resolve } from "../core/index.js";
import type { LoopOperand } from "../nd/index.js";
import type { TapeRecord } from "./tape.js";

/** What one application of an elementwise function to plain memory leaves on the tape: no closure, its loops go back. */
export class EntryRecord extends Recomputed implements TapeRecord {
  readonly level: Level;
  readonly call: EntryCall;
  /** Bit k is set where operand k is of the tape's level. */
  readonly moving: number;
  readonly output: AnyArray;

  constructor(level: Level, rule: Rule, args: readonly unknown[], call: EntryCall, moving: number, output: AnyArray) {
    super(rule, args);
    this.level = level;
    this.call = call;
    this.moving = moving;
    this.output = output;
  }

  /** Looks at what the loops make of ȳ, in checked mode. */
  check(_ybar: LoopOperand): void {}

  /** For cotangents that are traced: the pullback of the general way, which computes y once more. */
  get pullback(): Pullback {
    const { level } = this;
    return resolve(this.rule, level.ad).rrule(...this.args.map((arg) => lower(level, arg)))[1];
  }
}
