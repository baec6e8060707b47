import { test } from "uvu";
import {
  allClose,
  arange,
  array,
  concat,
  copy,
  eye,
  full,
  gradient,
  mean,
  NotTraceableError,
  pushforward,
  range,
  similar,
  sum,
  toNested,
  zeros,
} from "../../lib/index.js";
import { refused } from "../helpers/refused.js";
import { bad, loosely, view } from "./bad.js";

const a = array([1, 2, 3]);
const endless: unknown[] = [];
endless.push(endless);

refused([
  // Traced arrays, and arrays that are none
  [
    () => gradient((x) => sum(x.hi(10)), a),
    RangeError,
    "sum: argument 1 is an array of shape [10] that does not fit its 3 numbers; mend its shape, strides or offset",
  ],
  [
    () => gradient((x) => sum(x.step(0)), a),
    RangeError,
    "sum: argument 1 is an array of shape [Infinity] that does not fit its 3 numbers; mend its shape, strides or offset",
  ],
  [
    () => pushforward((x) => mean(x.lo(2).hi(9)), [a], [a]),
    RangeError,
    "sum: argument 1 is an array of shape [9] that does not fit its 3 numbers; mend its shape, strides or offset",
  ],
  [
    () => gradient((x) => x.get(5), a),
    RangeError,
    "get: index 5 leaves axis 0 of a traced array of shape [3]; give an integer from 0 to 2",
  ],
  [
    () => gradient((x) => x.get(bad("a")), a),
    RangeError,
    'get: index the string "a" leaves axis 0 of a traced array of shape [3]; give an integer from 0 to 2',
  ],
  [() => gradient((x) => x.get(), a), TypeError, "get: got 0 indices for a traced array of shape [3]; give 1, one for each axis"],
  [
    () =>
      gradient((x) => {
        x.set(0, 1);
        return sum(x);
      }, a),
    TypeError,
    "set: this array is an input of the function that is differentiated, and read-only inside it; write into copy(x) instead",
  ],
  [
    () =>
      gradient((x) => {
        const y = copy(x);
        y.set(0, bad("1"));
        return sum(y);
      }, a),
    TypeError,
    "set: got a string, a number or a traced number is needed as the last argument",
  ],
  [
    () =>
      gradient((x) => {
        const y = copy(x);
        y.set(9, 1);
        return sum(y);
      }, a),
    RangeError,
    "set: index 9 leaves axis 0 of a traced array of shape [3]; give an integer from 0 to 2",
  ],
  [
    () =>
      gradient((x) => {
        const y = copy(x);
        y.set(0, bad(undefined));
        return sum(y);
      }, a),
    TypeError,
    "set: got undefined, a number or a traced number is needed as the last argument",
  ],
  [
    () =>
      gradient((x) => {
        zeros([2]).set(0, bad(x));
        return x;
      }, 1),
    NotTraceableError,
    "a traced number cannot be used in a JavaScript operator or stored in a plain array: its derivative would be lost; mark the function with differentiable(…), or write add(a, b), mul(a, b), less(a, b), … instead of a + b, a * b, a < b; primal(x) gives the plain number for branching; similar(x), or similar(x, shape, { holds: [a] }), makes an array that can hold it",
  ],
  [
    () =>
      gradient((x) => {
        new Float64Array(2)[0] = bad(x);
        return x;
      }, 1),
    NotTraceableError,
    "a traced number cannot be used in a JavaScript operator or stored in a plain array: its derivative would be lost; mark the function with differentiable(…), or write add(a, b), mul(a, b), less(a, b), … instead of a + b, a * b, a < b; primal(x) gives the plain number for branching; similar(x), or similar(x, shape, { holds: [a] }), makes an array that can hold it",
  ],
  [
    () => gradient((x) => bad((x.data as number[])[0]), a),
    NotTraceableError,
    "x.data[0] was read or used, but a traced array keeps no plain numbers there; use x.get(i, …), or primal(x) where no derivative is wanted",
  ],
  [
    () => gradient((x) => sum(x), bad(view(new Float64Array(2), [5]))),
    RangeError,
    "gradient: argument 1 is an array of shape [5] that does not fit its 2 numbers; mend its shape, strides or offset",
  ],
  [
    () => gradient((x) => sum(x), bad(view(["a"], [1]))),
    TypeError,
    'gradient: argument 1 is an array that has the string "a" as an entry; arrays hold numbers',
  ],
  [
    () => sum(view(new Float64Array(2), [Number.NaN])),
    RangeError,
    "sum: argument 1 is an array of shape [NaN] that does not fit its 2 numbers; mend its shape, strides or offset",
  ],
  [
    () => sum(view(new BigInt64Array(2), [2])),
    TypeError,
    "sum: argument 1 is an array of bigints; make one of numbers, array(Array.from(x.data, Number))",
  ],
  [
    () => concat([a, bad(view(new BigInt64Array(2), [2]))]),
    TypeError,
    "concat: argument 1 holds what is an array of bigints; make one of numbers, array(Array.from(x.data, Number))",
  ],
  [
    () => similar(view(new Float64Array(2), [Number.NaN])),
    RangeError,
    "similar: shape [NaN] has the extent NaN at axis 0; extents are integers, 0 or more",
  ],
  // Arrays that are made
  [() => zeros([-1]), RangeError, "zeros: shape [-1] has the extent -1 at axis 0; extents are integers, 0 or more"],
  [() => zeros([Number.NaN]), RangeError, "zeros: shape [NaN] has the extent NaN at axis 0; extents are integers, 0 or more"],
  [
    () => zeros([Number.POSITIVE_INFINITY]),
    RangeError,
    "zeros: shape [Infinity] has the extent Infinity at axis 0; extents are integers, 0 or more",
  ],
  [() => zeros(bad(["2"])), TypeError, 'zeros: the extent of axis 0 is the string "2"; give an integer, 0 or more'],
  [() => zeros([1e6, 1e6]), RangeError, "zeros: shape [1000000, 1000000] has more than 2³¹ − 1 entries; make it smaller"],
  [
    () => zeros([2], { dtype: bad("f8") }),
    RangeError,
    'zeros: dtype = the string "f8" is not a kind of number; use one of float64, float32, int32, uint32, int16, uint16, int8, uint8',
  ],
  [() => array([[1, 2], [3]]), RangeError, "array: row [1] has 1 entries, row [0] has 2; make all rows equally long"],
  [() => array(bad([1, [2]])), RangeError, "array: entry [1] is a list, the first one as deep is a number; make all rows equally deep"],
  [() => array(bad([1n])), TypeError, "array: entry [0] is the bigint 1; give numbers, or lists of numbers"],
  [() => array(bad(new Set([1]))), TypeError, "array: the argument is an object; give numbers, or lists of numbers"],
  [() => array(bad(endless)), RangeError, "array: lists nest more than 64 deep; give one that ends in numbers"],
  [() => arange(0, 5, 0), RangeError, "arange: step = 0 never reaches stop; give another step"],
  [() => loosely(arange)(), TypeError, "arange: stop is undefined; give a number"],
  [() => full([2], bad("1")), TypeError, 'full: value is the string "1"; give a number'],
  [() => eye(-1), RangeError, "eye: shape [-1, -1] has the extent -1 at axis 0; extents are integers, 0 or more"],
  [() => range(2, 1), RangeError, "range: got [2, 1); start and stop must be integers with 0 ≤ start ≤ stop"],
  [
    () => range(bad("0"), bad("1")),
    RangeError,
    'range: got [the string "0", the string "1"); start and stop must be integers with 0 ≤ start ≤ stop',
  ],
  [() => similar(a, [-1]), RangeError, "similar: shape [-1] has the extent -1 at axis 0; extents are integers, 0 or more"],
  [() => similar(a, [1], { holds: bad(1) }), TypeError, "similar: holds is a number; give a list of values, { holds: [theta] }"],
  [() => toNested(bad([1])), TypeError, "toNested: x is a list of length 1; give an array"],
  [() => allClose(1, 1, { rtol: bad("a") }), TypeError, 'allClose: rtol is the string "a"; give a number, 0 or more'],
]);

test.run();
