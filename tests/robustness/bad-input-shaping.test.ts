import { test } from "uvu";
import {
  array,
  broadcastTo,
  chamferDistance,
  concat,
  createRange,
  diag,
  diagonal,
  dot,
  expandDims,
  hausdorffDistance,
  linspace,
  matmul,
  moveaxis,
  pad,
  pool,
  poolSum,
  repeat,
  reshape,
  roll,
  rot90,
  rotaryEmbedding,
  slice,
  split,
  squeeze,
  stack,
  sumTo,
  swapaxes,
  tile,
  trace,
  transpose,
  tril,
  zeros,
} from "../../lib/index.js";
import { refused } from "../helpers/refused.js";
import { bad, loosely } from "./bad.js";

const a = array([1, 2, 3]);
const m = array([
  [1, 2],
  [3, 4],
]);

refused([
  // Shaping
  [() => reshape(m, [3]), RangeError, "reshape: shape [3] for an array of shape [2, 2]: it has 3 entries, the array 4; make them equal"],
  [
    () => reshape(m, [Number.NaN, 2]),
    RangeError,
    "reshape: shape [NaN, 2] for an array of shape [2, 2]: extents are integers, 0 or more, and one may be −1",
  ],
  [
    () => reshape(m, [-1, -1]),
    RangeError,
    "reshape: shape [-1, -1] for an array of shape [2, 2]: extents are integers, 0 or more, and one may be −1",
  ],
  [() => transpose(m, [0, 0]), RangeError, "transpose: axis 0 is named twice; name each axis once"],
  [() => transpose(m, [0]), RangeError, "transpose: axes = [0] for an array of shape [2, 2]; name each of its axes once"],
  [() => moveaxis(m, [0, 1], [0]), RangeError, "moveaxis: source names 2 axes, destination 1; name as many"],
  [() => loosely(swapaxes)(m, 0), TypeError, "swapaxes: axis is undefined; give an integer from -2 to 1"],
  [() => squeeze(m, { axis: 0 }), RangeError, "squeeze: axis 0 of an array of shape [2, 2] has 2 entries; name axes of extent 1"],
  [() => expandDims(m, 5), RangeError, "expandDims: axis = 5 is not an axis of an array with 3 axes; use an integer from -3 to 2"],
  [() => broadcastTo(a, [2]), RangeError, "broadcastTo: an array of shape [3] does not broadcast to [2]"],
  [
    () => sumTo(a, [2]),
    RangeError,
    "sumTo: an array of shape [3] does not sum to [2]; extents must be equal or 1, counted from the last axis",
  ],
  [() => concat([m, a]), RangeError, "concat: entry 1 has shape [3], entry 0 has [2, 2]; they may differ along axis 0 only"],
  [() => concat([m, bad(1)]), TypeError, "concat: entry 1 of the list is a number; an array is needed (stack takes numbers)"],
  [() => concat([]), RangeError, "concat: the list is empty; give at least one array"],
  [() => stack([m, a]), RangeError, "stack: entry 1 has shape [3], entry 0 has [2, 2]; make them equal"],
  [() => split(a, 2), RangeError, "split: axis 0 with 3 entries does not fall into 2 equal parts; give a divisor, or a list of sizes"],
  [() => split(a, [1, 1]), RangeError, "split: sizes [1, 1] add up to 2, axis 0 has 3 entries; make them integers that add up to it"],
  [
    () => split(a, [1.5, 1.5]),
    RangeError,
    "split: sizes [1.5, 1.5] add up to 3, axis 0 has 3 entries; make them integers that add up to it",
  ],
  [() => pad(m, -1), RangeError, "pad: widths [-1,-1]; give pairs [before, after] of integers, 0 or more"],
  [
    () =>
      pad(
        m,
        bad([
          [1, 1],
          [1, 1],
          [1, 1],
        ]),
      ),
    RangeError,
    "pad: 3 pairs of widths for 2 axes; give one for all, or one for each axis",
  ],
  [
    () => pad(m, 1, { mode: bad("mirror") }),
    RangeError,
    'pad: mode = "mirror" is not there; use "constant", "edge", "reflect", "symmetric" or "wrap"',
  ],
  [() => pad(m, 1, { value: bad("0") }), TypeError, 'pad: value is the string "0"; give a number'],
  [() => tile(m, 1.5), RangeError, "tile: reps = [1.5]; give how often to repeat along each axis, integers, 0 or more"],
  [
    () => repeat(m, [1, 2, 3], { axis: 0 }),
    RangeError,
    "repeat: repeats = [1, 2, 3] for 2 entries; give one integer, 0 or more, or one for each",
  ],
  [() => roll(m, 0.5), RangeError, "roll: shift = [0.5]; give integers"],
  [() => roll(m, [1, 2], { axis: 0 }), RangeError, "roll: 2 shifts for 1 axes; give one shift for each axis, or one for all"],
  [() => rot90(a), RangeError, "rot90: an array of shape [3] has no plane; give one with two axes or more"],
  [() => rot90(m, { k: bad("1") }), RangeError, 'rot90: k = the string "1" is not a number of quarter turns; give an integer'],
  [() => tril(m, { k: 0.5 }), RangeError, "tril: k = 0.5 is not a diagonal; give an integer"],
  [() => diag(zeros([1, 1, 1])), RangeError, "diag: an array of shape [1, 1, 1]; give a vector or a matrix (diagonal takes more axes)"],
  [() => diagonal(m, { axis2: 0 }), RangeError, "diagonal: axis 0 is named twice; a diagonal runs along two axes"],
  [() => trace(bad(a)), RangeError, "trace: an array of shape [3]; give a matrix, or take sum(diagonal(x), { axis: -1 })"],
  [() => linspace(0, 1, 2.5), RangeError, "linspace: num = 2.5 is not a count; give an integer, 0 or more"],
  // Indexing and products
  [() => slice(a, [5]), RangeError, "slice: index[0] = 5 leaves axis 0 of length 3; use an integer from -3 to 2"],
  [
    () => slice(a, [[0, 3, 0]]),
    RangeError,
    "slice: index[0] = [0, 3, 0]; give [start, stop, step], integers or undefined, with a step other than 0",
  ],
  [() => slice(a, bad(["a"])), TypeError, "slice: index[0] is a string; give null, an integer, or [start, stop, step]"],
  [
    () => slice(m, [null, null, null]),
    RangeError,
    "slice: the index has 3 entries for an array of shape [2, 2]; give at most one entry for each axis, null for all of it",
  ],
  [
    () => matmul(m, a),
    RangeError,
    "matmul: shapes [2, 2] and [3] do not fit: axis 1 of the first has 2 entries, axis 0 of the second has 3; make them equal",
  ],
  [() => matmul(m, bad(2)), TypeError, "matmul: argument 2 is a number; an array is needed (mul multiplies by numbers)"],
  [
    () => dot(a, m),
    RangeError,
    "dot: shapes [3] and [2, 2] do not fit: axis 0 of the first has 3 entries, axis 0 of the second has 2; make them equal",
  ],
  // The lab
  [() => poolSum(m, [[0, 4]], [[0, 1]]), RangeError, "poolSum: rows[0] = [0, 4) leaves axis 0 of length 2"],
  [() => pool(m, bad([[0]]), [[0, 1]]), TypeError, "pool: rows[0] is a list of length 1; give a half-open pair [start, stop]"],
  [() => pool(m, [[1, 0]], [[0, 1]]), RangeError, "pool: rows[0] = [1, 0) is no range; give integers with start ≤ stop"],
  [
    () =>
      pool(
        m,
        [[0, 1]],
        [[0, 1]],
        bad(() => "a"),
      ),
    TypeError,
    "pool: f returned a string for the block rows[0] = [0, 1), cols[0] = [0, 1); a number is needed",
  ],
  [
    () => pool(m, [[0, 0]], [[0, 1]], hausdorffDistance),
    RangeError,
    "pool: rows[0] = [0, 0) is empty; hausdorffDistance needs entries in every block",
  ],
  [() => pool(a, [[0, 1]], [[0, 1]]), RangeError, "pool: x is an array of shape [3]; a matrix is needed"],
  [() => hausdorffDistance(zeros([0, 2])), RangeError, "hausdorffDistance: c of shape [0, 2] is empty; give one that has entries"],
  [() => chamferDistance(m, { reduction: bad("max") }), TypeError, 'chamferDistance: reduction is "max"; use "mean" or "sum"'],
  [() => rotaryEmbedding(m, a), RangeError, "rotaryEmbedding: theta has 3 entries, x has 2 rows; x needs 2 rows for each angle"],
  [
    () => rotaryEmbedding(m, array([1]), { start: Number.NaN }),
    RangeError,
    "rotaryEmbedding: start = NaN; give a finite number, the position of the first column",
  ],
  [() => createRange(5, 0), RangeError, "createRange: step = 0; give an integer, 1 or more"],
]);

test.run();
