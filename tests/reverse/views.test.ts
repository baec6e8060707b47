import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import { type AnyArray, add, copy, gradient, mul, type NdArray, pushforward, type Scalar, similar, sin, sum } from "../../lib/index.js";
import { allClose, rowMajor, sizeOf, zerosOf } from "../../lib/nd/index.js";
import { seeded } from "../helpers/random.js";
import { forIndices } from "../nd/sample-views.js";

type View = (x: AnyArray) => AnyArray;

/** Views of a 4 × 5 array. */
const views: Record<string, View> = {
  "the array itself": (x) => x,
  "lo and hi": (x) => x.lo(1, 2).hi(2, 3),
  "step 2": (x) => x.step(2, 2),
  "negative steps": (x) => x.step(-1, -2),
  transpose: (x) => x.transpose(1, 0),
  "a row": (x) => x.pick(2),
  "a column": (x) => x.pick(null, 3),
  "a column backwards": (x) => x.pick(null, 1).step(-1),
  "one entry": (x) => x.pick(3, 4),
  "a view of a view of a view": (x) => x.transpose(1, 0).lo(1, 1).step(-2, 1).hi(2, 2),
  "an empty view": (x) => x.hi(0, 5),
};

const random = seeded(11);
const x = rowMajor(
  Float64Array.from({ length: 20 }, () => random() - 0.5),
  [4, 5],
);

/** The places in x that a view reads, entry by entry. */
function placesOf(view: View): number[] {
  const places = rowMajor(
    Float64Array.from({ length: 20 }, (_, k) => k),
    [4, 5],
  );
  const read: number[] = [];
  const v = view(places);
  forIndices(v.shape, (indices) => read.push(v.get(...indices) as number));
  return read;
}

/** ∂/∂x of Σ wₖ sin(vₖ) over the entries v of a view. */
function expected(view: View): NdArray {
  const g = zerosOf([4, 5]);
  placesOf(view).forEach((at, k) => {
    g.data[at] = (g.data[at] as number) + (k + 1) * Math.cos(x.data[at] as number);
  });
  return g;
}

const weights = (shape: readonly number[]): NdArray =>
  rowMajor(
    Float64Array.from({ length: sizeOf(shape) }, (_, k) => k + 1),
    shape,
  );
const weighted = (v: AnyArray): Scalar => sum(mul(sin(v), weights(v.shape)));

/** The weighted sum, reading entry by entry. */
function byEntries(v: AnyArray): Scalar {
  let total: Scalar = 0;
  let k = 0;
  forIndices(v.shape, (indices) => {
    total = add(total, mul(++k, sin(v.get(...indices))));
  });
  return total;
}

/** The array that holds a view's entries, set one by one. */
function filled(v: AnyArray): AnyArray {
  const y = similar(v, v.shape);
  forIndices(v.shape, (indices) => y.set(...indices, v.get(...indices)));
  return y;
}

const programs: Record<string, (x: AnyArray, view: View) => Scalar> = {
  "a view in an array operation": (a, view) => weighted(view(a)),
  "a view of an array operation's result": (a, view) => weighted(view(add(a, 0))),
  "a view of an operation's result that is read by entries first": (a, view) => {
    const y = add(a, 0);
    return add(byEntries(view(y)), weighted(view(y)));
  },
  "a view by entries": (a, view) => byEntries(view(a)),
  "a view of a copy that is then written": (a, view) => {
    const y = copy(a);
    const total = weighted(view(y));
    forIndices(y.shape, (indices) => y.set(...indices, 1));
    return total;
  },
  "a copy of a view": (a, view) => weighted(copy(view(a))),
  "an array filled from a view": (a, view) => weighted(filled(view(a))),
  "a view of an array filled by entries": (a, view) => weighted(view(filled(a))),
};

/** Asserts that f has this gradient at x: in reverse, and in forward mode along two directions. */
function check(f: (a: AnyArray) => Scalar, at: NdArray, exact: NdArray, name: string): void {
  const [g] = gradient(f as AnyFunction, at) as unknown as [NdArray];
  assert.ok(allClose(g, exact, { rtol: 1e-13, atol: 1e-14 }), `${name}, reverse: ${g.data}`);
  for (let k = 0; k < 2; k++) {
    const direction = rowMajor(
      Float64Array.from({ length: at.size }, () => random() - 0.5),
      at.shape,
    );
    const [, dy] = pushforward(f as AnyFunction, [at], [direction]);
    const along = sum(mul(exact, direction));
    assert.ok(Math.abs((dy as number) - (along as number)) < 1e-12, `${name}, forward: ${dy} is not ${along}`);
  }
}

for (const [title, program] of Object.entries(programs)) {
  test(`${title}: every kind of view has its exact gradient, in both modes`, () => {
    const factor = title.includes("first") ? 2 : 1;
    for (const [name, view] of Object.entries(views)) check((a) => program(a, view), x, mul(factor, expected(view)), name);
  });
}

test("overlapping views add up, as arrays and by entries", () => {
  const f = (a: AnyArray): Scalar => {
    let total: Scalar = 0;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 4; j++) total = add(total, add(sum(a.lo(i, j).hi(2, 2)), a.get(i, j)));
    }
    return total;
  };
  const [g] = gradient(f, x);
  check(f, x, g, "overlapping");
  assert.equal([g.get(0, 0), g.get(1, 1), g.get(3, 4), g.get(3, 2)], [2, 5, 1, 2]);
});

test("the argument may be any view itself", () => {
  for (const [name, view] of Object.entries(views)) {
    const argument = view(x) as NdArray;
    const closed = weights(argument.shape);
    let k = 0;
    forIndices(argument.shape, (indices) => {
      closed.data[k] = (closed.data[k] as number) * Math.cos(argument.get(...indices));
      k++;
    });
    check(weighted, argument, closed, name);
  }
});

test.run();
