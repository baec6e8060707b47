import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import { type CheckOptions, testKit } from "../../lib/testing/index.js";
import { root } from "../support/command.js";

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

/** What `testRule` says of a fault. */
function sayingOf({ f, args, kit }: Fault): string {
  return complaint(() => testKit(kit).testRule(f, ...args));
}

const page = readFileSync(resolve(root, "docs/testing-rules.md"), "utf8");

/** What the page on testing shows under a heading: the faults, each with the first line of its message. */
function shownUnder(heading: string): Record<string, string> {
  const [, section = ""] = page.split(new RegExp(`^### ${heading}$`, "m"));
  const [text = ""] = section.split(/^#/m);
  return Object.fromEntries([...text.matchAll(/^- (.+):\n {2}`(.+)`$/gm)].map(([, title, message]) => [title, message]));
}

/**
 * One test for each fault: `testRule` throws, and the message names it.
 * @param heading where docs/testing-rules.md lists them
 */
export function faults(heading: string, table: Readonly<Record<string, () => Fault>>): void {
  for (const [title, make] of Object.entries(table)) {
    test(`the kit catches ${title}`, () => {
      const fault = make();
      assert.match(sayingOf(fault), fault.says);
    });
  }

  test(`docs/testing-rules.md lists these faults under “${heading}”, each with the first line of its message`, () => {
    const said = Object.entries(table).map(([title, make]) => [title, sayingOf(make()).split("\n")[0]]);
    assert.equal(shownUnder(heading), Object.fromEntries(said));
  });
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
