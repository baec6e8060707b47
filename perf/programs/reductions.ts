import {
  type AnyArray,
  cumsum,
  logSoftmax,
  logsumexp,
  max,
  mean,
  mul,
  type NdArray,
  norm,
  type Operand,
  prod,
  type Scalar,
  softmax,
  sort,
  square,
  sum,
  variance,
  withGradient,
} from "../../lib/index.js";
import type { Answer } from "../answer.js";
import * as indexing from "../by-hand/indexing.js";
import * as reductions from "../by-hand/reductions.js";
import * as soft from "../by-hand/softmax.js";
import { normalArray } from "../inputs.js";
import type { Program } from "../program.js";
import { arrayProgram, floats } from "./array-program.js";

/** Reductions of an n × n matrix, and what goes along its lines: each result weighted with w and summed. */
export function reductionPrograms(n: number): Program[] {
  const x = normalArray([n, n], 1);
  const ofRows = normalArray([n], 2);
  const ofAll = normalArray([n, n], 3);
  const data = floats(x);
  const lines = floats(ofRows);
  const entries = floats(ofAll);
  const weighted = (name: string, hand: () => Answer, f: (x: AnyArray) => Operand, w: NdArray): Program =>
    arrayProgram(`Σ w ${name}`, hand, () => withGradient((a) => sum(mul(f(a), w)), x));
  const whole = (name: string, hand: () => Answer, f: (x: AnyArray) => Scalar): Program =>
    arrayProgram(name, hand, () => withGradient(f, x));
  return [
    weighted(
      "sum(x, axis 1)",
      () => reductions.sumRows(data, lines, 1),
      (a) => sum(a, { axis: 1 }),
      ofRows,
    ),
    weighted(
      "sum(x, axis 0)",
      () => reductions.sumColumns(data, lines, 1),
      (a) => sum(a, { axis: 0 }),
      ofRows,
    ),
    weighted(
      "mean(x, axis 1)",
      () => reductions.sumRows(data, lines, 1 / n),
      (a) => mean(a, { axis: 1 }),
      ofRows,
    ),
    weighted(
      "mean(x, axis 0)",
      () => reductions.sumColumns(data, lines, 1 / n),
      (a) => mean(a, { axis: 0 }),
      ofRows,
    ),
    whole(
      "square(mean(x))",
      () => reductions.squareOfMean(data),
      (a) => square(mean(a)) as Scalar,
    ),
    weighted(
      "max(x, axis 1)",
      () => reductions.maxRows(data, lines),
      (a) => max(a, { axis: 1 }),
      ofRows,
    ),
    weighted(
      "max(x, axis 0)",
      () => reductions.maxColumns(data, lines),
      (a) => max(a, { axis: 0 }),
      ofRows,
    ),
    weighted(
      "prod(x, axis 1)",
      () => reductions.prodRows(data, lines),
      (a) => prod(a, { axis: 1 }),
      ofRows,
    ),
    weighted(
      "variance(x, axis 1)",
      () => reductions.varianceRows(data, lines),
      (a) => variance(a, { axis: 1 }),
      ofRows,
    ),
    weighted(
      "variance(x, axis 0)",
      () => reductions.varianceColumns(data, lines),
      (a) => variance(a, { axis: 0 }),
      ofRows,
    ),
    weighted(
      "norm(x, axis 1)",
      () => reductions.normRows(data, lines),
      (a) => norm(a, { axis: 1 }),
      ofRows,
    ),
    whole(
      "norm(x)",
      () => reductions.norm(data),
      (a) => norm(a) as Scalar,
    ),
    weighted(
      "logsumexp(x, axis 1)",
      () => soft.logsumexpRows(data, lines),
      (a) => logsumexp(a, { axis: 1 }),
      ofRows,
    ),
    weighted(
      "softmax(x)",
      () => soft.softmaxRows(data, entries, n),
      (a) => softmax(a),
      ofAll,
    ),
    weighted(
      "softmax(x, axis 0)",
      () => soft.softmaxColumns(data, entries, n),
      (a) => softmax(a, { axis: 0 }),
      ofAll,
    ),
    weighted(
      "logSoftmax(x)",
      () => soft.logSoftmaxRows(data, entries, n),
      (a) => logSoftmax(a),
      ofAll,
    ),
    weighted(
      "cumsum(x, axis 1)",
      () => indexing.cumsumRows(data, entries, n),
      (a) => cumsum(a, { axis: 1 }),
      ofAll,
    ),
    weighted(
      "cumsum(x)",
      () => indexing.cumsumColumns(data, entries, n),
      (a) => cumsum(a),
      ofAll,
    ),
    weighted(
      "sort(x)",
      () => indexing.sortRows(data, entries, n),
      (a) => sort(a),
      ofAll,
    ),
  ];
}
