import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";
import { a, b, batch, u, v } from "./operands.js";

const square = array([
  [2, -1],
  [0.5, 3],
]);

export const examples: Examples = {
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
};

export const calls: Calls = {
  einsum: ["name operand operand", "ij,jk", aMatrix, aMatrix],
};
