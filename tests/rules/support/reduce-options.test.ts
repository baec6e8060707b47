import { test } from "uvu";
import {
  array,
  gradient,
  logsumexp,
  max,
  mean,
  median,
  min,
  type NdArray,
  norm,
  prod,
  quantile,
  type ReduceOptions,
  std,
  sum,
  variance,
  zeros,
} from "../../../lib/index.js";
import { decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 1);
const empty = zeros([0, 3]);
refused([
  ...(
    [mean, median, variance, std, (x, o) => max(x, o), (x, o) => min(x, o), (x, o) => quantile(x, 0.5, o)] as ((
      x: NdArray,
      o?: ReduceOptions,
    ) => unknown)[]
  ).map(
    (f, k) =>
      [
        () => f(empty, { axis: 0 }),
        RangeError,
        `${["mean", "median", "variance", "std", "max", "min", "quantile"][k]}: axis 0 of an array of shape [0, 3] is empty; reduce over axes that have entries`,
      ] as const,
  ),
  [() => mean(empty), RangeError, "mean: axis 0 of an array of shape [0, 3] is empty; reduce over axes that have entries"],
  [
    () => gradient((x) => mean(x), empty),
    RangeError,
    "mean: axis 0 of an array of shape [0, 3] is empty; reduce over axes that have entries",
  ],
  [() => max(empty), RangeError, "max: an array of shape [0, 3] is empty; give one that has entries"],
  [() => min(), RangeError, "min: there is nothing to compare; give at least one number, or an array"],
  [() => norm(empty, { ord: -1 }), RangeError, "norm: axis 0 of an array of shape [0, 3] is empty; reduce over axes that have entries"],
  [() => sum(m, { axis: 2 }), RangeError, "sum: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [() => prod(m, { axis: [0, -2] }), RangeError, "prod: axis 0 is named twice; name each axis once"],
  [() => sum(m, 1 as never), TypeError, "sum: the options are a number; give a record, { axis, keepDims, where }"],
  [() => gradient((x) => sum(x, 1 as never), m), TypeError, "sum: the options are a number; give a record, { axis, keepDims, where }"],
  [
    () => gradient((x) => mean(x, [0] as never), m),
    TypeError,
    "mean: the options are a list of length 1; give a record, { axis, keepDims, where }",
  ],
  [() => logsumexp(m, null as never), TypeError, "logsumexp: the options are null; give a record, { axis, keepDims }"],
  [() => sum([1, 2] as never), TypeError, "sum: x is a list of length 2; an array is needed: array(x) makes one of lists"],
  [() => sum(3 as never), TypeError, "sum: x is a number; an array is needed"],
  [() => variance(m, { ddof: 12 }), RangeError, "variance: ddof = 12 leaves nothing of 12 entries; give a smaller one, or more entries"],
  [() => std(array([1]), { ddof: 1 }), RangeError, "std: ddof = 1 leaves nothing of 1 entry; give a smaller one, or more entries"],
  [
    () => norm(m, { ord: 0 }),
    RangeError,
    "norm: ord = 0 counts the entries that are not 0: that is no norm, and its derivative is 0 wherever it has one; give another number, or count with sum(where(equal(x, 0), 0, 1))",
  ],
  [() => norm(m, { ord: "nuc" as never }), RangeError, 'norm: ord = a string; give a number other than 0, an infinity, or "fro"'],
  [() => quantile(m, 1.5), RangeError, "quantile: q = 1.5 is not a probability; give numbers from 0 to 1"],
  [() => quantile(m, "half" as never), TypeError, "quantile: q is a string; give a number from 0 to 1, or a list of them"],
]);

test.run();
