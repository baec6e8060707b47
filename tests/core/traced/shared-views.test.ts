import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  configure,
  copy,
  gradient,
  hvp,
  mul,
  type NdArray,
  primal,
  pushforward,
  ruleOf,
  type Scalar,
  sin,
  slice,
  sum,
  toNested,
  vhp,
  withGradient,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import * as rules from "../../../rules/index.js";
import { fails } from "../../helpers/fails.js";

/** Functions whose results share the memory of a traced array, with arguments that suit a matrix of 2×3. */
const cases: Readonly<Record<string, readonly unknown[]>> = {
  slice: [
    [
      [0, 2],
      [undefined, undefined, -2],
    ],
  ],
  transpose: [],
  moveaxis: [0, 1],
  swapaxes: [0, 1],
  flip: [{ axis: 1 }],
  rot90: [{ k: 3 }],
  squeeze: [],
  expandDims: [1],
  reshape: [[3, 2]],
  ravel: [],
  diagonal: [],
};

const sharing = Object.entries(rules).filter(([, f]) => typeof f === "function" && ruleOf(f as AnyFunction)?.view !== undefined);

test("every function whose result is a view is tried here", () => {
  const untried = sharing.map(([name]) => name).filter((name) => cases[name] === undefined);
  assert.equal(untried, []);
  assert.ok(sharing.length >= 10, `${sharing.length} functions`);
});

const x = array([
  [0.3, -0.7, 1.1],
  [0.9, 0.2, -0.4],
]);
const weights = array([
  [1, 2, -1],
  [0.5, 3, 1.5],
]);
const direction = array([
  [1, -1, 0.5],
  [2, 0.25, -3],
]);

const put = (y: AnyArray, index: readonly number[], value: Scalar): unknown => Reflect.apply(y.set, y, [...index, value]);
const first = (y: AnyArray): Scalar => y.get(...y.shape.map(() => 0));

/** A use of an array that keeps nothing of it, and one that reads a single entry. */
const used = (y: AnyArray): Scalar => add(sum(mul(sin(y), y)), mul(first(y), first(y)));

type Target = "base" | "view" | "view of the view";

/**
 * Writes to one of an array, a view of it and a view of that, before or after all three were used, and uses them again.
 * @param own what is done with each view: nothing, or a copy, which shares nothing
 */
function program(
  f: AnyFunction,
  rest: readonly unknown[],
  target: Target,
  used1st: boolean,
  onInput: boolean,
  own: (y: AnyArray) => AnyArray,
) {
  return (a: AnyArray): Scalar => {
    const base = onInput ? a : mul(a, weights);
    const view = own(f(base, ...rest) as AnyArray);
    const again = own(slice(view, [[0, 1], ...view.shape.slice(1).map(() => null)]) as AnyArray);
    const all = (): Scalar => add(used(base), add(mul(2, used(view)), mul(3, used(again))));
    const before = used1st ? all() : 0;
    const written = { base, view, "view of the view": again }[target];
    put(
      written,
      written.shape.map(() => 0),
      mul(a.get(1, 2), first(written)),
    );
    put(
      written,
      written.shape.map((extent) => extent - 1),
      0.5,
    );
    return add(before, all());
  };
}

for (const [name, f] of sharing) {
  const rest = cases[name] ?? [];
  test(`${name}: what is written to an array, its view or a view of that reaches no other, in values, both modes and both nestings`, () => {
    for (const onInput of [false, true]) {
      for (const target of ["base", "view", "view of the view"] as const) {
        if (onInput && target === "base") continue;
        for (const used1st of [false, true]) {
          const who = `${onInput ? "input" : "result"}, ${target}, ${used1st ? "after" : "before"} use`;
          const shared = program(f as AnyFunction, rest, target, used1st, onInput, (y) => y);
          const apart = program(f as AnyFunction, rest, target, used1st, onInput, copy);
          const { value, gradient: g } = withGradient(shared, x);
          assertClose(value, shared(x), { rtol: 1e-13 }, `${who}: value`);
          assertClose(g, gradient(apart, x), { rtol: 1e-12 }, `${who}: gradient`);
          assertClose(pushforward(shared, [x], [direction]), pushforward(apart, [x], [direction]), { rtol: 1e-12 }, `${who}: pushforward`);
          assertClose(hvp(shared, x, direction), hvp(apart, x, direction), { rtol: 1e-11 }, `${who}: forward over reverse`);
          assertClose(vhp(shared, direction, x), hvp(apart, x, direction), { rtol: 1e-11 }, `${who}: reverse over reverse`);
          configure({ checked: true });
          try {
            assertClose(gradient(shared, x), g, { rtol: 0, atol: 0 }, `${who}: checked`);
          } finally {
            configure({ checked: false });
          }
        }
      }
    }
  });
}

test("a view of a traced array takes no record and no copy; of a plain one it owns its memory", () => {
  gradient((a) => {
    const { tape } = (a.data as unknown as { level: { tape: { size: number } } }).level;
    const before = tape.size;
    slice(rules.transpose(rules.reshape(a, [3, 2])), [null, 0]);
    assert.is(tape.size, before);
    return sum(a);
  }, x);
  const plain = slice(x, [null, [0, 2]]) as NdArray;
  plain.set(0, 0, 99);
  assert.is(x.get(0, 0), 0.3);
});

test("what reaches the user owns its memory", () => {
  const [y] = pushforward((a: AnyArray) => rules.transpose(a), [x], [direction]) as unknown as [NdArray];
  y.set(0, 0, 7);
  assert.is(x.get(0, 0), 0.3);
  let seen: NdArray | undefined;
  gradient((a) => {
    seen = primal(slice(a, [0, null]) as AnyArray);
    return sum(a);
  }, x);
  assert.equal(toNested(seen as NdArray), [0.3, -0.7, 1.1]);
});

test("an input stays read-only, a view of it may be written to", () => {
  fails(() => gradient((a) => sum([a.set(0, 0, 1), a].at(1) as AnyArray), x), TypeError, "read-only", "copy(x)");
  const [g] = gradient((a) => {
    const y = rules.ravel(a);
    y.set(0, mul(2, y.get(1)));
    return sum(y);
  }, x);
  assert.equal(toNested(g), [
    [0, 3, 1],
    [1, 1, 1],
  ]);
});

test("one entry written to a small view of a large array costs no copy of the array", () => {
  const large = array(Array.from({ length: 20_000 }, () => 1));
  const [g] = gradient((a) => {
    let s: Scalar = 0;
    for (let k = 0; k < 2000; k++) {
      const y = slice(a, [[k, k + 2]]);
      y.set(0, 3);
      s = add(s, sum(mul(y, y)));
    }
    return s;
  }, large);
  assert.is(g.get(1), 2);
});

test.run();
