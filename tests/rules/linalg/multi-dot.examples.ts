import { array } from "../../../lib/nd/index.js";
import { aMatrix, type Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

const a = array([
  [1, -2, 3],
  [4, 5.5, -6],
]);
const b = array([[2], [0.5], [-1]]);
const c = array([[3, -1]]);
const v = array([1.5, -2]);

export const examples: Examples = {
  multiDot: [
    { args: [[a, b, c]] },
    { args: [[strided(a), strided(b), strided(c)]], note: "strided views" },
    { args: [[single(a), single(b), single(c)]], note: "single precision" },
    { args: [[v, a, b, c]], note: "a vector in the first place" },
    { args: [[a, b, c, v]], note: "a vector in the last place" },
    { args: [[v, a, b, c, v]], note: "vectors in both" },
    { args: [[v, array([3, 4])]], note: "two vectors" },
    { args: [[a]], note: "one matrix" },
  ],
};

export const calls: Calls = {
  multiDot: ["list", [aMatrix, aMatrix, aMatrix]],
};
