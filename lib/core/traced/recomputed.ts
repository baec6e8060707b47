import type { NdArray } from "../../nd/index.js";
import type { Rule } from "../rule.js";
import { withOptionsAsTheyStand } from "../structures/standing.js";
import { primal } from "./ground.js";
import type { Memory } from "./store.js";

/** The result of an elementwise rule once more: for who kept it until its level had ended, and its memory was given back. */
export class Recomputed {
  readonly rule: Rule;
  readonly args: readonly unknown[];

  constructor(rule: Rule, args: readonly unknown[]) {
    this.rule = rule;
    this.args = withOptionsAsTheyStand(args);
  }

  entries(): Memory {
    return (this.rule.plain(...this.args.map(primal)) as NdArray).data as Memory;
  }
}
