import { scalarRule, type Unary } from "../../lib/core/index.js";
import { mul } from "./field.js";

/** 1 − x² as (1 − x)(1 + x), which loses nothing near ±1. Its slope is −2x: by the product rule that would cancel near 0. */
export const oneMinusSquare: Unary = scalarRule(
  (x: number): number => (1 - x) * (1 + x),
  (_, x) => [mul(-2, x)],
  { name: "oneMinusSquare" },
);
