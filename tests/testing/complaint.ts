import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import { type CheckOptions, testKit } from "../../lib/testing/index.js";

/** What a check throws, as its message; empty when it finds nothing. */
export function complaint(check: () => unknown): string {
  try {
    check();
    return "";
  } catch (error) {
    assert.instance(error, Error);
    return (error as Error).message;
  }
}

/** A wrong rule, what it is tested at, and how the message names its fault. */
export interface Fault {
  readonly f: AnyFunction;
  readonly args: readonly unknown[];
  readonly says: RegExp;
  readonly kit?: CheckOptions;
}

/** One test for each fault: `testRule` throws, and the message names it. */
export function faults(table: Readonly<Record<string, () => Fault>>): void {
  for (const [title, make] of Object.entries(table)) {
    test(`the kit catches ${title}`, () => {
      const { f, args, says, kit } = make();
      assert.match(
        complaint(() => testKit(kit).testRule(f, ...args)),
        says,
      );
    });
  }
}

/** One test for each right rule: `testRule` finds nothing. */
export function passes(table: Readonly<Record<string, () => Omit<Fault, "says">>>): void {
  for (const [title, make] of Object.entries(table)) {
    test(`the kit passes ${title}`, () => {
      const { f, args, kit } = make();
      testKit(kit).testRule(f, ...args);
    });
  }
}
