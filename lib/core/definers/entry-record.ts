import type { LoopOperand } from "../../nd/index.js";
import type { AppliedEntries, EntryApplication, WalkBack } from "../calls/ways-back.js";
import type { EntryCall } from "../entry-function.js";
import type { AnyArray, Level } from "../level.js";
import type { Pullback, Rule } from "../rule.js";
import { Recomputed } from "../traced/recomputed.js";
import { sweepEntries } from "./entry-sweep.js";

/** What one application of an elementwise function to plain memory leaves behind: no closure, its loops go back. */
export class EntryRecord extends Recomputed implements AppliedEntries, EntryApplication {
  readonly level: Level;
  readonly call: EntryCall;
  /** Bit k is set where operand k is of the level. */
  readonly moving: number;
  readonly output: AnyArray;
  /** For cotangents that are traced the rule is asked, which computes y once more. */
  readonly pullback: Pullback | undefined = undefined;

  constructor(level: Level, rule: Rule, args: readonly unknown[], call: EntryCall, moving: number, output: AnyArray) {
    super(rule, args);
    this.level = level;
    this.call = call;
    this.moving = moving;
    this.output = output;
  }

  /** Looks at what the loops make of ȳ, in checked mode. */
  check(_ybar: LoopOperand): void {}

  goBack({ arrays, slots }: WalkBack): boolean {
    return sweepEntries(this, arrays, slots);
  }
}
