// Tests: einsum, einsum-subscripts, einsum-steps.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, einsum, gradient, matmul, type NdArray, ones, sum, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

type Axes = readonly string[];

/** The sum written as loops over all letters. Axes are named one by one, without ellipsis; an extent of 1 broadcasts. */
function looped(operands: readonly (readonly [names: string, x: NdArray])[], result: string): number | NdArray {
  const letters: Axes = [...new Set([...result, ...operands.flatMap(([names]) => [...names])])];
  const extent = (letter: string): number =>
    Math.max(0, ...operands.flatMap(([names, x]) => [...names].flatMap((name, k) => (name === letter ? [x.shape[k] as number] : []))));
  const entry = (...place: number[]): number => {
    const index = new Map([...result].map((letter, k) => [letter, place[k] as number]));
    const summed = letters.filter((letter) => !index.has(letter));
    const walk = (k: number): number => {
      const letter = summed[k];
      if (letter === undefined) {
        return operands.reduce(
          (product, [names, x]) =>
            product * x.get(...[...names].map((name, axis) => (x.shape[axis] === 1 ? 0 : (index.get(name) as number)))),
          1,
        );
      }
      let total = 0;
      for (let i = 0; i < extent(letter); i++) {
        index.set(letter, i);
        total += walk(k + 1);
      }
      index.delete(letter);
      return total;
    };
    return walk(0);
  };
  return result === "" ? entry() : build([...result].map(extent), entry);
}

/** Subscripts, shapes, and what the loops are given: the names of all axes. */
const cases: readonly (readonly [spec: string, shapes: string, names: string])[] = [
  ["ij,jk->ik", "2x3 3x4", "ij,jk>ik"],
  ["ij,jk", "2x3 3x4", "ij,jk>ik"],
  ["ij,jk->ki", "2x3 3x4", "ij,jk>ki"],
  ["ba", "2x3", "ba>ab"],
  [" i j , j -> i ", "2x3 3", "ij,j>i"],
  ["bA,ac", "2x3 2x2", "bA,ac>Aabc"],
  ["ii", "3x3", "ii>"],
  ["ii->i", "3x3", "ii>i"],
  ["iji->ji", "2x3x2", "iji>ji"],
  ["ij->", "2x3", "ij>"],
  ["ij->i", "2x3", "ij>i"],
  ["i,i", "3 3", "i,i>"],
  ["i,j->ji", "3 2", "i,j>ji"],
  ["ij,ij->ij", "2x3 2x3", "ij,ij>ij"],
  ["ij,j->ij", "2x3 3", "ij,j>ij"],
  ["bij,bjk->bik", "2x2x3 2x3x2", "bij,bjk>bik"],
  ["bqd,bkd->bqk", "2x2x3 2x4x3", "bqd,bkd>bqk"],
  ["ibj,jkb->kib", "2x2x3 3x2x2", "ibj,jkb>kib"],
  ["ijk,klji->l", "2x2x3 3x2x2x2", "ijk,klji>l"],
  ["ij,kl->", "2x3 2x2", "ij,kl>"],
  ["ij,jk,kl->il", "2x3 3x2 2x4", "ij,jk,kl>il"],
  ["i,ij,j", "2 2x3 3", "i,ij,j>"],
  ["ai,bi,ci->abc", "2x3 2x3 2x3", "ai,bi,ci>abc"],
  ["ii,ij,k->j", "2x2 2x3 2", "ii,ij,k>j"],
  ["ij,ij->ij", "1x3 2x3", "ij,ij>ij"],
  ["ij,jk->ik", "2x1 3x2", "ij,jk>ik"],
  ["ij->ji", "1x3", "ij>ji"],
  ["...ij,...jk->...ik", "2x2x3 3x2", "bij,jk>bik"],
  ["...ij,...jk", "1x2x3 2x3x2", "bij,bjk>bik"],
  ["i...,i...->...", "2x3 2x3", "ib,ib>b"],
  ["...i->i...", "2x2x3", "abi>iab"],
  ["...,i->i...", "2 3", "a,i>ia"],
  ["...->...", "2x3", "ab>ab"],
];

modeTests(
  cases.map(([spec, shapes, names]) => {
    const args = shapes.split(" ").map((shape, k) => decimals(shape.split("x").map(Number), k + 1));
    const [lists = "", result = ""] = names.split(">");
    return {
      title: `einsum("${spec}") of ${shapes}`,
      f: (...xs: NdArray[]) => einsum<NdArray>(spec, ...xs),
      args,
      value: looped(
        lists.split(",").map((list, k) => [list, args[k] as NdArray]),
        result,
      ),
      rtol: 1e-12,
    };
  }),
);

test("results without axes are numbers, all others fresh arrays", () => {
  const x = decimals([2, 2]);
  assert.type(einsum("ij->", x), "number");
  assert.type(einsum("ii", x), "number");
  const same = einsum("ij->ij", x);
  same.set(0, 0, 100);
  assert.is.not(x.get(0, 0), 100);
});

test("numbers are operands without axes, and have gradients that are numbers", () => {
  const x = array([1, 2, 3]);
  assert.equal(toNested(einsum<NdArray>(",i", 2, x)), [2, 4, 6]);
  assert.equal(einsum(",->", 2, 3), 6);
  assert.equal(toNested(einsum<NdArray>("...,i", 2, x)), [2, 4, 6]);
  const [sbar, xbar] = gradient((s, y) => sum(einsum(",i->i", s, y)), 2, x);
  assert.is(sbar, 6);
  assert.equal(toNested(xbar), [2, 2, 2]);
});

test("an operand that does not move takes part in the others' gradients", () => {
  const a = decimals([2, 3], 1);
  const b = decimals([3, 2], 2);
  const [g] = gradient((x) => einsum("ij,jk,ki->", a, b, x), decimals([2, 2], 3));
  const product = matmul<NdArray>(a, b);
  assert.ok([0, 1].every((k) => [0, 1].every((i) => Math.abs(g.get(k, i) - product.get(i, k)) < 1e-12)));
});

test("empty axes sum to zeros, and gradients keep their shapes", () => {
  assert.equal(toNested(einsum("ij,jk->ik", zeros([2, 0]), zeros([0, 2]))), [
    [0, 0],
    [0, 0],
  ]);
  assert.is(einsum("i->", zeros([0])), 0);
  assert.equal(einsum("ij,jk->ik", zeros([0, 2]), zeros([2, 3])).shape, [0, 3]);
  const grads = gradient((x, y) => sum(einsum("ij,jk->ik", x, y)), zeros([2, 0]), zeros([0, 3]));
  assert.equal(
    grads.map((g) => g.shape),
    [
      [2, 0],
      [0, 3],
    ],
  );
});

test("float32 by float64 is float64, and each gets a gradient of its own kind", () => {
  const single = array([[1, 2]], { dtype: "float32" });
  assert.is(einsum("ij,jk->ik", single, ones([2, 2])).dtype, "float64");
  assert.equal(
    gradient((x, y) => sum(einsum("ij,jk->ik", x, y)), single, ones([2, 2])).map((g) => g.dtype),
    ["float32", "float64"],
  );
});

test("many small operands are contracted pair by pair: the work does not grow with the product of all extents", () => {
  const chain = Array.from({ length: 12 }, (_, k) => decimals([4, 4], k + 1));
  const letters = "abcdefghijklm";
  const spec = chain.map((_, k) => letters.slice(k, k + 2)).join(",");
  const product = chain.reduce((y, x) => matmul<NdArray>(y, x));
  const y = einsum(`${spec}->am`, ...chain);
  for (let n = 0; n < 16; n++) {
    const [got, expected] = [y.data[n] as number, product.data[n] as number];
    assert.ok(Math.abs(got - expected) <= 1e-10 * Math.abs(expected));
  }
});

const x = decimals([2, 3]);
refused([
  [() => einsum(3 as never, x), TypeError, 'einsum: the subscripts are 3; give a string such as "ij,jk->ik"'],
  [() => einsum("ij", [1] as never), TypeError, "einsum: argument 1 is a list of length 1; a number or an array is needed"],
  [() => einsum("ij,jk", x), RangeError, 'einsum: the subscripts "ij,jk": they are for 2 operands, 1 came; make them equal'],
  [
    () => einsum("i$->i", x),
    RangeError,
    'einsum: the subscripts "i$->i": "i$" is no list of axes; give a letter for each axis, and "..." once at most for those that broadcast',
  ],
  [
    () => einsum("ijk", x),
    RangeError,
    'einsum: the subscripts "ijk": "ijk" does not name the axes of operand 1, of shape [2, 3]; give a letter for each axis',
  ],
  [
    () => einsum("ij,jk", x, x),
    RangeError,
    'einsum: the subscripts "ij,jk": operand 2 has 2 entries along axis "j", one before has 3; make them equal, or one of them 1',
  ],
  [
    () => einsum("ii", x),
    RangeError,
    'einsum: the subscripts "ii": operand 1 has 2 and 3 entries along its axes "i"; a diagonal needs axes of one length',
  ],
  [
    () => einsum("ij->k", x),
    RangeError,
    'einsum: the subscripts "ij->k": no operand has the axis "k" of the result; name axes of the operands',
  ],
  [() => einsum("ij->ii", x), RangeError, 'einsum: the subscripts "ij->ii": the result has the axis "i" twice; name each axis once'],
  [
    () => einsum("...j->j", x),
    RangeError,
    'einsum: the subscripts "...j->j": the result has no place for the axes that broadcast; write "..." there too',
  ],
  [
    () => einsum("ij->i->j", x),
    RangeError,
    'einsum: the subscripts "ij->i->j": there is more than one "->"; write the operands\' axes, "->", and the result\'s',
  ],
]);

test.run();
