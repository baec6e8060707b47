import { array } from "../lib/nd/index.js";
import { type Example, type Examples, single, strided } from "../tests/support/examples.js";

const a = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const b = array([
  [2, 1],
  [0.5, -3],
  [-1, 4],
]);
const u = array([1.5, -2, 3]);
const v = array([4, 0.5, -1]);
const batch = array([[[1, -2, 3]], [[4, 5.5, -6]]]);
const square = array([
  [2, -1],
  [0.5, 3],
]);
const pairs = (left: typeof a, right: typeof a, ...rest: readonly unknown[]): readonly Example[] => [
  { args: [left, right, ...rest] },
  { args: [strided(left), strided(right), ...rest], note: "strided views" },
  { args: [single(left), single(right), ...rest], note: "single precision" },
  { args: [single(left), right, ...rest], note: "single and double precision" },
];
/** The axes of `tensordot` are numbers, and do not move. */
const summed = (...args: readonly unknown[]): Example => ({ args, kit: { exclude: [2] } });

export const examples: Examples = {
  matmul: [
    ...pairs(a, b),
    { args: [u, v], note: "two vectors" },
    { args: [single(u), single(v)], note: "two vectors in single precision" },
    { args: [a, u], note: "a matrix and a vector" },
    { args: [v, b], note: "a vector and a matrix" },
    { args: [batch, b], note: "matrices that broadcast" },
  ],
  dot: [...pairs(u, v), { args: [a, b], note: "matrices" }, { args: [batch, u], note: "an array and a vector" }],
  inner: [...pairs(u, v), { args: [a, batch], note: "arrays" }],
  outer: [...pairs(u, v), { args: [b, v], note: "a matrix, flattened" }],
  tensordot: [
    summed(a, b, 1),
    summed(strided(a), strided(b), 1),
    summed(single(a), single(b), 1),
    summed(u, v, 0),
    summed(a, a, 2),
    summed(a, b, [
      [1, 0],
      [0, 1],
    ]),
    summed(batch, a, [
      [0, -1],
      [0, 1],
    ]),
  ],
  einsum: [
    { args: ["ij,jk->ik", a, b] },
    { args: ["ij,jk->ki", strided(a), strided(b)], note: "strided views" },
    { args: ["ij,jk", single(a), single(b)], note: "single precision" },
    { args: ["ij,ij->", a, single(a)], note: "a number, of single and double precision" },
    { args: ["ii->i", square], note: "a diagonal" },
    { args: ["ii", strided(square)], note: "a trace, of a strided view" },
    { args: ["ij->j", a], note: "a sum" },
    { args: ["...ij,jk->...ik", batch, b], note: "an ellipsis" },
    { args: ["i,ij,j", array([2, -1]), a, u], note: "three operands" },
    { args: ["ii,ij,k->jk", square, a, v], note: "a diagonal in a product, and an axis of its own" },
    { args: ["bi,bi->b", a, array([[1, 2, 0.5]])], note: "an axis of one entry that broadcasts" },
    { args: [",i", 2, u], note: "a number" },
  ],
  kron: [
    ...pairs(a, b),
    { args: [u, batch], note: "arrays with axes of different number" },
    { args: [1.5, b], note: "a number" },
    { args: [single(a), 0.5], note: "a number, in single precision" },
  ],
  cross: [...pairs(u, v), { args: [a, v], note: "vectors that broadcast" }, { args: [a, batch], note: "both broadcast" }],
  polyval: [
    { args: [u, 0.5] },
    { args: [u, a], note: "an array" },
    { args: [strided(u), strided(a)], note: "strided views" },
    { args: [single(u), single(a)], note: "single precision" },
    { args: [single(u), a], note: "single and double precision" },
    { args: [array([3]), a], note: "a constant" },
    { args: [u, 0], note: "at zero" },
  ],
  convolve: [
    ...pairs(array([1, -2, 3, 0.5]), u),
    { args: [array([2, -1]), u, { mode: "same" }], note: "the middle, of a shorter and a longer one" },
    { args: [array([1, -2, 3, 0.5]), array([2, -1]), { mode: "valid" }], note: "what needs all of the shorter one" },
  ],
};
