import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as library from "../../lib/index.js";
import { array, type NdArray, pullback, pushforward, reshape } from "../../lib/index.js";
import { zerosOf } from "../../lib/nd/index.js";
import { assertClose } from "../../lib/testing/index.js";

type Value = number | NdArray | readonly Value[];
type Call = (...args: readonly unknown[]) => unknown;

/** A case of arrays.json, as arrays.py wrote it. */
interface Case {
  readonly name: string;
  readonly note?: string;
  readonly args: readonly unknown[];
  /** The places of the arguments that are differentiated. */
  readonly active: readonly number[];
  readonly y: unknown;
  readonly ybar: unknown;
  readonly xbar: readonly unknown[];
  readonly moves: readonly unknown[];
  readonly dy: unknown;
  readonly dxbar: readonly unknown[];
}

/** What a coded value stands for. */
function decode(coded: unknown): unknown {
  if (typeof coded !== "object" || coded === null) return coded;
  if (Array.isArray(coded)) return coded.map(decode);
  const { shape, data, ints, list, lists, infinity, undefined: absent } = coded as Record<string, unknown>;
  if (absent === true) return undefined;
  if (infinity !== undefined) return (infinity as number) * Number.POSITIVE_INFINITY;
  if (lists !== undefined) return lists;
  if (list !== undefined) return (list as unknown[]).map(decode);
  if (ints !== undefined) return shape === undefined ? ints : reshape(array(ints as number[], { dtype: "int32" }), shape as number[]);
  if (data !== undefined)
    return (data as number[]).length === 0 ? zerosOf(shape as number[]) : reshape(array(data as number[]), shape as number[]);
  return Object.fromEntries(Object.entries(coded).map(([key, part]) => [key, decode(part)]));
}

const cases = JSON.parse(readFileSync(resolve(import.meta.dirname, "arrays.json"), "utf8")) as readonly Case[];
const tolerance = { rtol: 1e-10, atol: 1e-11 };

cases.forEach((coded, k) => {
  const { name, note } = coded;
  test(`${name}, case ${k}${note === undefined ? "" : `: ${note}`}`, () => {
    const f = (library as unknown as Record<string, Call | undefined>)[name];
    assert.ok(f, `${name} is not exported`);
    const args = coded.args.map(decode);
    const points = coded.active.map((place) => args[place]);
    const [y, ybar, xbar, moves, dy, dxbar] = [coded.y, coded.ybar, coded.xbar, coded.moves, coded.dy, coded.dxbar].map(decode) as [
      Value,
      Value,
      Value[],
      Value[],
      Value,
      Value[],
    ];
    /** f of the arguments that are differentiated. */
    const g: Call = (...active) => {
      const all = [...args];
      coded.active.forEach((place, n) => {
        all[place] = active[n];
      });
      return (f as Call)(...all);
    };
    assertClose((f as Call)(...args), y, tolerance, "y");
    const [value, back] = pullback(g as never, ...(points as never[])) as unknown as [Value, (ybar: Value) => Value[]];
    assertClose(value, y, tolerance, "y");
    assertClose(back(ybar), xbar, tolerance, "x̄");
    const forward = pushforward as unknown as (f: Call, points: unknown, moves: unknown) => [unknown, unknown];
    assertClose(forward(g, points, moves)[1], dy, tolerance, "ẏ");
    const slope: Call = (...active) => (pullback(g as never, ...(active as never[])) as unknown as [unknown, Call])[1](ybar);
    assertClose(forward(slope, points, moves)[1], dxbar, tolerance, "ẋ̄");
  });
});

test.run();
