import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import {
  array,
  callable,
  derivative,
  gradient,
  hessian,
  hvp,
  jacobian,
  mul,
  pullback,
  pushforward,
  type Scalar,
  vhp,
  withGradient,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

/** Every operator, run on a function of one number. */
const operators: Record<string, (f: AnyFunction) => unknown> = {
  gradient: (f) => gradient(f, 1),
  withGradient: (f) => withGradient(f, 1),
  pullback: (f) => pullback(f, 1),
  pushforward: (f) => pushforward(f, [1], [1]),
  derivative: (f) => derivative(f, 1),
  "jacobian, forward": (f) => jacobian(f as never, 1, { mode: "forward" }),
  "jacobian, reverse": (f) => jacobian(f as never, 1, { mode: "reverse" }),
  hessian: (f) => hessian(f as never, 1),
  hvp: (f) => hvp(f as never, 1, 1),
  vhp: (f) => vhp(f as never, 1, 1),
};

async function* asynchronously(): AsyncGenerator<number> {
  yield 1;
}
function* lazily(): Generator<number> {
  yield 1;
}

const thenable = Object.defineProperty({}, ["th", "en"].join(""), { value: () => undefined });

/** What f may return by mistake, and what the message says it was. */
const mistakes: Record<string, readonly [make: () => unknown, ...message: string[]]> = {
  "a promise": [async () => 1, "f returned a promise", "await the data first"],
  "a thenable": [() => thenable, "f returned a promise", "await the data first"],
  "an iterator": [lazily, "f returned an iterator", "return a list of its values, [...iterator]"],
  "an asynchronous iterator": [asynchronously, "f returned an iterator"],
  "a list's iterator": [() => [1, 2].values(), "f returned an iterator"],
  undefined: [() => undefined, "f returned undefined"],
  null: [() => null, "f returned null"],
  "a string": [() => "1", "f returned a string"],
  "a flag": [() => true, "f returned true"],
  "a bigint": [() => 1n, "f returned a bigint"],
  "a symbol": [() => Symbol("one"), "f returned a symbol"],
  "a function": [() => function answer() {}, "f returned the function answer"],
  "a Map": [() => new Map([["a", 1]]), "f returned a Map"],
  "a Date": [() => new Date(0), "f returned a Date"],
  "an array of integers": [() => new Int32Array(2), "f returned a Int32Array"],
};

for (const [title, [make, ...message]] of Object.entries(mistakes)) {
  test(`f returns ${title}: every operator says so, and what to do`, () => {
    for (const [name, run] of Object.entries(operators)) {
      try {
        fails(() => run(make as AnyFunction), TypeError, ...message);
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`);
      }
    }
  });
}

test("promises and iterators are found in the parts of a result", () => {
  for (const run of [(f: AnyFunction) => pullback(f, 1), (f: AnyFunction) => pushforward(f, [1], [1])]) {
    fails(() => run((x: Scalar) => [1, 2].map(async () => mul(x, 2))), TypeError, "f returned a promise");
    fails(() => run((x: Scalar) => ({ y: x, later: { values: [x].values() } })), TypeError, "f returned an iterator");
  }
});

test("an asynchronous f that goes on with traced values after its call has ended leaves no unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => {
    unhandled.push(error);
  };
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", note);
  try {
    let reached = false;
    const later = async (x: Scalar): Promise<Scalar> => {
      await null;
      reached = true;
      return mul(x, x);
    };
    fails(() => gradient(later as AnyFunction, 1), TypeError, "f returned a promise");
    fails(() => pushforward((async () => Promise.reject(new Error("no"))) as AnyFunction, [1], [1]), TypeError, "f returned a promise");
    await new Promise((settle) => setTimeout(settle, 2));
    assert.ok(reached);
    assert.equal(unhandled, []);
  } finally {
    process.removeListener("unhandledRejection", note);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
});

test("labels, flags and functions may stand beside numbers in a result; empty lists and records are results", () => {
  const [y, back] = pullback((x) => ({ y: mul(x, 2), name: "y", ok: true, run: Math.abs, none: null }), 3);
  assert.equal([y.y, y.name, y.ok, y.run, y.none], [6, "y", true, Math.abs, null]);
  assert.equal(back({ y: 1 }), [2]);
  assert.equal(pullback(() => [], 3)[1]([]), [0]);
  assert.equal(
    pushforward(() => ({}), [3], [1]),
    [{}, {}],
  );
});

test("an array of integers, and a callable, are results", () => {
  const [y, back] = pullback(() => array([1, 2], { dtype: "int32" }), 3);
  assert.is(y.dtype, "int32");
  assert.equal(back(0), [0]);
  const [, slopes] = pushforward((x) => callable({ w: mul(x, x) }, (p: { w: Scalar }, z: Scalar) => mul(p.w, z)), [3], [1]);
  assert.equal(slopes as unknown, { w: 6 });
});

test.run();
