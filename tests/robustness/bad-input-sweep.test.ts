import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/index.js";
import type { Call } from "../support/calls.js";
import { values } from "./bad-values.js";
import { complaintAbout, isSpoilt } from "./complaints.js";
import { otherCalls, uncalled } from "./other-calls.js";
import { calls, exported, functionOf } from "./public-calls.js";

const numbers = "NaN Infinity -1 0.5 2";
const arrays = "a vector,a matrix,integers,an empty array,an array without rows";
const named = (list: string, separator = ","): string[] => list.split(separator);
const operands = [...named(numbers, " "), ...named(arrays)];
const lists = named("a list,a typed array");
const absent = "undefined";

/** What a parameter of a kind may be given besides; everything else must be refused. A right kind of the wrong shape may be refused too. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  operand: operands,
  primal: [...operands, "an array of bigints"],
  bound: [...operands, absent, "null"],
  condition: [...operands, "true"],
  array: named(arrays),
  points: [...named(arrays), absent],
  like: Object.keys(values).filter((label) => /array|vector|matrix|integers/.test(label) && label !== "a typed array"),
  options: [absent, "a record", "a Map", "a Date", "a tangent"],
  settings: ["a record"],
  integer: ["-1", "2"],
  count: ["-1", "0.5", "2", absent, "a record", "a Map", "a Date", "a tangent"],
  integers: ["-1", "2", ...lists],
  indices: ["-1", "2", ...lists, "a list of a pair", ...named(arrays)],
  ids: [...lists, ...named(arrays)],
  order: [absent, ...lists],
  pairs: ["2", "a list", "a list of a pair"],
  shape: ["2", "a list"],
  extents: ["2", "a list", absent],
  list: [],
  numbers: ["a list"],
  index: ["a list of a pair"],
  number: named(numbers, " "),
  source: [...named(numbers, " "), ...lists, "a list of a pair"],
  name: ["a string"],
  function: ["a function"],
  body: ["a function"],
  rule: [],
  callback: ["a function", absent],
  ruled: [],
  sequence: [...operands, "a list", "a list of strings", "a list of a pair"],
  steps: [...named(arrays), "a list", "a list of strings", "a list of a pair"],
  times: [...named(arrays), "a list"],
  tangents: ["a list", "a list of strings", "a list of a pair"],
  tangent: [...operands, "a tangent"],
  any: Object.keys(values),
};

/** Functions that take any number of arguments, none or one too. */
const variadic = /^(arange|gather|max|min|hypot|hasRule|gradient|withGradient|pullback|rrule|core: rrule|testing: crossCheck)$/;

/** A function whose rule is its own, so that each definer meets a new one. */
const fresh = (argument: unknown, kind: string | undefined): unknown =>
  kind === "body" && typeof argument === "function" ? (...args: unknown[]) => argument(...args) as unknown : argument;

/** What is wrong with a function's answer; empty when nothing is. */
function answer(f: AnyFunction, args: readonly unknown[], mayReturn: boolean, mayHaveNaN: boolean): string {
  try {
    const result = f(...args);
    if (!mayReturn) return "it was taken";
    return !mayHaveNaN && isSpoilt(result) ? `it gave ${String(result)}, which has NaN or no number in it` : "";
  } catch (error) {
    return complaintAbout(error);
  }
}

/** The calls that were made. */
const made = new Set<string>();

function faultsOf(name: string, f: AnyFunction, [kinds, ...args]: Call): string[] {
  const faults: string[] = [];
  const check = (what: string, given: readonly unknown[], mayReturn: boolean, mayHaveNaN: boolean): void => {
    made.add(`${name}, ${what}`);
    const fault = answer(f, given, mayReturn, mayHaveNaN);
    if (fault !== "") faults.push(`${name}, ${what}: ${fault}`);
  };
  const list = kinds.split(" ");
  const right = (): unknown[] => list.map((kind, k) => fresh(args[k], kind));
  list.forEach((kind, position) => {
    for (const [label, value] of Object.entries(values)) {
      const mayReturn = (allowed[kind] as string[]).includes(label);
      const mayHaveNaN = kind === "any" || /NaN|Infinity|-1|0\.5|^2$|vector|matrix|integers|empty|rows/.test(label);
      const given = right();
      given[position] = fresh(value, kind);
      check(`argument ${position + 1} = ${label}`, given, mayReturn, mayHaveNaN);
    }
  });
  for (let count = 0; count < list.length; count++) {
    const optional = list.slice(count).every((kind) => (allowed[kind] as string[]).includes(absent));
    check(`${count} arguments`, right().slice(0, count), optional || variadic.test(name), optional);
  }
  check("one argument more", [...right(), Symbol("more")], true, false);
  return faults;
}

const everything: Readonly<Record<string, { readonly f: AnyFunction; readonly call: Call }>> = {
  ...Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, { f: functionOf(name), call }])),
  ...otherCalls,
};

test("every public function has a right call, from its examples or beside them, and these calls are right", () => {
  const cure = "their examples do not tell a right call: export calls beside them";
  assert.equal(
    exported.filter((name) => !(name in calls)),
    [],
    cure,
  );
  assert.equal(uncalled(exported), [], cure);
  for (const [name, { f, call }] of Object.entries(everything)) {
    const [kinds, ...args] = call;
    const given = kinds.split(" ").map((kind, k) => fresh(args[k], kind));
    assert.is(answer(f, given, true, false), "", name);
  }
});

for (const [name, { f, call }] of Object.entries(everything)) {
  test(`${name}: whatever stands in an argument's place is refused in words, or does what it should`, () => {
    assert.equal(faultsOf(name, f, call), []);
  });
}

test("that were more than 18000 different calls", () => {
  assert.ok(made.size > 18_000, `${made.size} calls`);
  for (const name of Object.keys(everything)) assert.ok(made.has(`${name}, argument 1 = undefined`), name);
});

test("functions that throw the engine's own words, give NaN, or take anything, are found", () => {
  const planted: readonly AnyFunction[] = [
    (x: number[]) => x.length + (x[0] as number),
    (x: { shape: number[] }) => x.shape[0],
    (x: unknown) => Number(x) + 1,
    () => 1,
    () => {
      throw new TypeError("no");
    },
  ];
  for (const f of planted) assert.ok(faultsOf("planted", f, ["array", 1]).length > 5, String(f));
  const right = (x: unknown, ...more: unknown[]): unknown => {
    if (typeof x === "number" && more.length === 0) return x;
    throw new TypeError("right: x is something else; give a number");
  };
  assert.equal(faultsOf("right", right, ["number", 1]), []);
});

test("the check finds the engine's own words, and messages that do not say who and what", () => {
  const calls: readonly (() => unknown)[] = [
    () => (undefined as unknown as number[])[0],
    () => (null as unknown as () => 1)(),
    () => [...(5 as unknown as number[])],
    () => new Float64Array(-1),
    () => Number(3n) + (3n as unknown as number),
    () => `${Symbol("s") as unknown as string}`,
    () => {
      throw new TypeError("no");
    },
    () => {
      throw new Error("sum: x is a string; an array is needed");
    },
    () => {
      throw "sum: x is a string; an array is needed";
    },
  ];
  for (const call of calls) {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    assert.is.not(complaintAbout(thrown), "", String(call));
  }
  assert.is(complaintAbout(new TypeError("sum: x is a string; an array is needed")), "");
});

test("the table that decides what may be given refuses something of each kind but one", () => {
  for (const [kind, list] of Object.entries(allowed)) assert.is(list.length === Object.keys(values).length, kind === "any", kind);
});

test.run();
