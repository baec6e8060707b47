import { array } from "../../../lib/nd/index.js";
import { type Examples, single, strided } from "../../support/examples.js";

const x = array([
  [1, -2],
  [4, 0.5],
  [-3, 2],
  [0.25, 1],
]);
const theta = array([0.7, -1.25]);
const ybar = array([
  [2, 1],
  [-1, 0.5],
  [3, -4],
  [0.75, 1],
]);

export const examples: Examples = {
  rotaryEmbedding: [
    { args: [x, theta] },
    { args: [strided(x), strided(theta)], note: "strided views" },
    { args: [single(x), single(theta)], note: "single precision" },
    { args: [x, theta, { start: 0 }], note: "the first column not turned" },
    { args: [x, array([0, 0])], note: "no turn" },
  ],
  rotaryEmbeddingPullback: [
    { args: [ybar, x, theta] },
    { args: [strided(ybar), strided(x), strided(theta)], note: "strided views" },
    { args: [single(ybar), single(x), single(theta)], note: "single precision" },
    { args: [ybar, x, theta, { start: 0 }], note: "the first column not turned" },
  ],
};
