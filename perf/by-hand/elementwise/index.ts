import { activations } from "./activations.js";
import { arithmetic, ofItself, withNumbers } from "./arithmetic.js";
import { elementary } from "./elementary.js";
import type { Formulas } from "./formula.js";
import { piecewise } from "./piecewise.js";
import { special } from "./special.js";

export type { Domain, Formula } from "./formula.js";
export { type Loop, loopOf } from "./loop.js";

/** All elementwise functions by hand. */
export const formulas: Formulas = {
  ...arithmetic,
  ...withNumbers,
  ...ofItself,
  ...elementary,
  ...piecewise,
  ...activations,
  ...special,
};
