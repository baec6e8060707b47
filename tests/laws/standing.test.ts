import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, asItStands, isRecord, mapStructure, ruleOf } from "../../lib/core/index.js";
import { pullback, pushforward } from "../../lib/index.js";
import { duplicate, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { randTangent, seededRandom } from "../../lib/testing/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";
import { allExamples } from "../support/all-examples.js";

const functions: Readonly<Record<string, unknown>> = { ...rules, ...special };

/** Whether argument k of a call stands still: by the rule's word, or the kit's. */
const isStill = (f: AnyFunction, args: readonly unknown[], exclude: readonly number[], k: number): boolean =>
  exclude.includes(k) || ruleOf(f)?.standing?.(k, args) === true || standsStill(args[k]);

/** Whether an argument is a list or record of indices, flags, names: it stands still. */
function standsStill(arg: unknown): boolean {
  let arrays = false;
  mapStructure((leaf) => {
    arrays ||= isNdArray(leaf) || typeof leaf === "function";
    return leaf;
  }, arg);
  return typeof arg === "object" && arg !== null && !arrays;
}

/** A copy of what stands still, which the program may spoil. */
function ownCopy(arg: unknown): unknown {
  if (isNdArray(arg)) return duplicate(arg as NdArray);
  if (ArrayBuffer.isView(arg)) return (arg as Float64Array).slice();
  const own = asItStands(arg);
  if (isRecord(own)) for (const name of Object.keys(own)) if (isNdArray(own[name])) own[name] = duplicate(own[name] as NdArray);
  return own;
}

/** What a program may do to a list, a record or an array once a call has returned. */
function spoil(arg: unknown): void {
  if (Object.isFrozen(arg)) return;
  if (isNdArray(arg)) (arg.data as Uint8Array).fill(0);
  else if (ArrayBuffer.isView(arg)) (arg as Uint8Array).fill(0);
  else if (Array.isArray(arg)) {
    for (const part of arg) spoil(part);
    arg.fill(99);
  } else if (isRecord(arg)) {
    for (const name of Object.keys(arg)) {
      spoil(arg[name]);
      arg[name] = "spoilt";
    }
  }
}

/** Pullback and pushforward of a call; where `spoilt`, all that stands still is changed as soon as the call has returned. */
function slopesOf(f: AnyFunction, args: readonly unknown[], exclude: readonly number[], spoilt: boolean): unknown {
  const still = args.map((_, k) => isStill(f, args, exclude, k));
  const given = args.filter((_, k) => !still[k]);
  const run = (...moving: unknown[]): unknown => {
    const rest = [...moving];
    const copies = args.map((arg, k) => (still[k] ? ownCopy(arg) : rest.shift()));
    const y = f(...copies);
    if (spoilt) for (const [k, copy] of copies.entries()) if (still[k]) spoil(copy);
    return y;
  };
  const [y, back] = pullback(run, ...given) as [unknown, (ybar: unknown) => unknown[]];
  const ybar = randTangent(y, seededRandom(3));
  const tangents = given.map((arg) => randTangent(arg, seededRandom(4)));
  return { back: back(ybar), push: (pushforward(run as never, given, tangents) as unknown[])[1] };
}

let spoiltCalls = 0;
for (const [name, list] of await allExamples()) {
  const f = functions[name] as AnyFunction;
  list.forEach(({ args, kit, note }, k) => {
    const exclude = kit?.exclude ?? [];
    if (!args.some((arg, at) => at > 0 && typeof arg === "object" && isStill(f, args, exclude, at))) return;
    if (note?.includes("single")) return;
    spoiltCalls++;
    test(`${name}, example ${k + 1}: lists, options, masks and indices are taken at the call`, () => {
      assert.equal(slopesOf(f, args, exclude, true), slopesOf(f, args, exclude, false));
    });
  });
}

test("that were more than 100 calls", () => assert.ok(spoiltCalls > 100, `${spoiltCalls}`));

test.run();
