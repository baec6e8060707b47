import { type AnyArray, add, exp, fma, mul, type NdArray, neg, relu, type Scalar, sub, sum, tanh, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import * as hand from "../by-hand/broadcasting.js";
import { chainOfFive, cheapChainOfFive } from "../by-hand/chain-of-arrays.js";
import { normal } from "../inputs.js";
import type { Program } from "../program.js";
import { floats } from "./array-program.js";

/** Elementwise functions of a matrix of n entries with a vector along its rows or columns, and chains of such functions. */
export function broadcastPrograms(n: number): Program[] {
  const cols = Math.floor(Math.sqrt(n));
  const rows = Math.floor(n / cols);
  const x = rowMajor(normal(rows * cols, 1), [rows, cols]);
  const b = rowMajor(normal(cols, 2), [cols]);
  const w = rowMajor(normal(cols, 3), [cols]);
  const c = rowMajor(normal(rows, 4), [rows, 1]);
  const z = rowMajor(normal(n, 5), [n]);
  const [xs, bs, ws, cs, zs] = [x, b, w, c, z].map(floats) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const program = (
    name: string,
    byHand: Program["variants"]["hand"],
    f: (...xs: AnyArray[]) => Scalar,
    args: NdArray[],
    limit = 3,
  ): Program => ({
    name,
    variants: { hand: byHand, rule: () => withGradient(f, ...args) },
    count: n,
    limit,
    binds: true,
  });
  return [
    program(
      "add(x[n, m], b[m])",
      () => hand.addRow(xs, bs),
      (a, d) => sum(add(a as AnyArray, d as AnyArray)),
      [x, b],
    ),
    program(
      "mul(x[n, m], b[m])",
      () => hand.mulRow(xs, bs),
      (a, d) => sum(mul(a as AnyArray, d as AnyArray)),
      [x, b],
    ),
    program(
      "mul(x[n, m], c[n, 1])",
      () => hand.mulColumn(xs, cs),
      (a, d) => sum(mul(a as AnyArray, d as AnyArray)),
      [x, c],
    ),
    program(
      "relu(add(x[n, m], b[m]))",
      () => hand.reluOfRow(xs, bs),
      (a, d) => sum(relu(add(a as AnyArray, d as AnyArray))),
      [x, b],
    ),
    program(
      "tanh(add(x[n, m], b[m]))",
      () => hand.tanhOfRow(xs, bs),
      (a, d) => sum(tanh(add(a as AnyArray, d as AnyArray))),
      [x, b],
    ),
    program(
      "fma(x[n, m], w[m], b[m])",
      () => hand.fmaOfRows(xs, ws, bs),
      (a, e, d) => sum(fma(a as AnyArray, e as AnyArray, d as AnyArray)),
      [x, w, b],
    ),
    {
      name: "mul(x, s), by the number s too",
      variants: {
        hand: () => hand.mulNumber(zs, 1.5),
        rule: () => withGradient((a, s) => sum(mul(a, s)), z, 1.5),
      },
      count: n,
      limit: 3,
      binds: true,
    },
    program(
      "chain of five: mul(exp(neg(mul(z, z))), add(z, 1))",
      () => chainOfFive(zs),
      (a) => sum(mul(exp(neg(mul(a as AnyArray, a as AnyArray))), add(a as AnyArray, 1))),
      [z],
      2.5,
    ),
    {
      // Every function writes its array and one loop by hand writes none: what is left is traffic of memory, so the limit does not bind.
      ...program(
        "chain of five: mul(sub(mul(b, b), z), 0.75), b = add(mul(z, 2), 1)",
        () => cheapChainOfFive(zs),
        (a) => {
          const b = add(mul(a as AnyArray, 2), 1);
          return sum(mul(sub(mul(b, b), a as AnyArray), 0.75));
        },
        [z],
        2.5,
      ),
      binds: false,
    },
  ];
}
