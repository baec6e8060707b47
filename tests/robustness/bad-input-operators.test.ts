import { test } from "uvu";
import {
  type AnyArray,
  array,
  derivative,
  frule,
  gradient,
  hessian,
  hvp,
  jacobian,
  NoTangent,
  NotTraceableError,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sin,
  sum,
  TangentError,
  vhp,
  withGradient,
} from "../../lib/index.js";
import { refused } from "../helpers/refused.js";
import { bad, loosely } from "./bad.js";

const a = array([1, 2, 3]);

refused([
  // What is differentiated, and what it returns
  [() => gradient(bad(undefined), 1), TypeError, "gradient: the first argument is undefined; give the function to differentiate"],
  [() => gradient(bad("sin"), 1), TypeError, "gradient: the first argument is a string; give the function to differentiate"],
  [
    () => gradient((x) => bad(Number(x) + 1), 1),
    NotTraceableError,
    "a traced number cannot be used in a JavaScript operator or stored in a plain array: its derivative would be lost; mark the function with differentiable(…), or write add(a, b), mul(a, b), less(a, b), … instead of a + b, a * b, a < b; primal(x) gives the plain number for branching; similar(x), or similar(x, shape, { holds: [a] }), makes an array that can hold it",
  ],
  [
    () => gradient((x) => bad(`${x}`), 1),
    NotTraceableError,
    "a traced number cannot be written into a string: its derivative would be lost; use primal(x) for its plain number",
  ],
  [() => gradient(() => bad(undefined), 1), TypeError, "gradient: f returned undefined, a scalar is needed; return a number"],
  [() => gradient(() => bad("1"), 1), TypeError, "gradient: f returned a string, a scalar is needed; return a number"],
  [() => gradient(() => bad(true), 1), TypeError, "gradient: f returned true, a scalar is needed; return a number"],
  [() => gradient(() => bad(3n), 1), TypeError, "gradient: f returned a bigint, a scalar is needed; return a number"],
  [() => gradient(() => bad(null), 1), TypeError, "gradient: f returned null, a scalar is needed; return a number"],
  [() => gradient((x) => bad(() => x), 1), TypeError, "gradient: f returned the function (anonymous), a scalar is needed; return a number"],
  [() => gradient((x) => bad(x), a), TypeError, "gradient: f returned an array of shape [3], a scalar is needed; sum it, or use jacobian"],
  [() => gradient((x) => bad([x]), 1), TypeError, "gradient: f returned a list of length 1, a scalar is needed; sum it, or use jacobian"],
  [() => gradient((x) => bad({ x }), 1), TypeError, "gradient: f returned a record, a scalar is needed; sum it, or use jacobian"],
  [
    () =>
      gradient(
        bad(async () => 1),
        1,
      ),
    TypeError,
    "gradient: f returned a promise; differentiate synchronous code: await the data first, then call gradient",
  ],
  [
    () =>
      gradient(
        bad(function* () {
          yield 1;
        }),
        1,
      ),
    TypeError,
    "gradient: f returned an iterator, which has computed nothing yet; return a list of its values, [...iterator]",
  ],
  [
    () => withGradient((x) => bad(x), a),
    TypeError,
    "withGradient: f returned an array of shape [3], a scalar is needed; sum it, or use jacobian",
  ],
  [
    () => pullback(() => bad(undefined), 1),
    TypeError,
    "pullback: f returned undefined; return a number, an array, or a list or record of them",
  ],
  [
    () => pushforward(() => bad("1"), [1], [1]),
    TypeError,
    "pushforward: f returned a string; return a number, an array, or a list or record of them",
  ],
  [
    () => derivative(() => bad(undefined), 1),
    TypeError,
    "derivative: f returned undefined; return a number, an array, or a list or record of them",
  ],
  [() => derivative((x) => x, bad(a)), TypeError, "derivative: x is an array of shape [3], a number is needed; use jacobian, or gradient"],
  [() => derivative((x) => x, bad("1")), TypeError, "derivative: x is a string, a number is needed; use jacobian, or gradient"],
  [() => loosely(derivative)((x: Scalar) => x), TypeError, "derivative: x is undefined, a number is needed; use jacobian, or gradient"],
  [
    () => jacobian((x: Scalar) => bad([x]), 1),
    TypeError,
    "jacobian: f returned a list of length 1; a number or an array of floats is needed",
  ],
  [() => jacobian((x) => x, bad("1")), TypeError, "jacobian: x is a string; a number or an array of floats is needed"],
  [
    () => jacobian((x) => x, array([1, 2], { dtype: "int32" })),
    TypeError,
    "jacobian: x is an array of shape [2] of int32 numbers, which cannot move; a number or an array of floats is needed",
  ],
  [() => jacobian((x) => x, a, { mode: bad("fwd") }), TypeError, 'jacobian: mode = fwd; use "forward", "reverse" or "auto"'],
  [() => jacobian((x) => x, a, bad("reverse")), TypeError, "jacobian: the options are a string; give a record, { mode }"],
  [() => hessian((x) => bad(x), a), TypeError, "gradient: f returned an array of shape [3], a scalar is needed; sum it, or use jacobian"],
  [() => hessian((x) => sum(x), bad([1, 2])), TypeError, "hessian: x is a list of length 2; a number or an array of floats is needed"],
  [
    () => hvp((x) => sum(x), a, array([1])),
    TangentError,
    "hvp: v: got an array of shape [1], expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => loosely(hvp)((x: AnyArray) => sum(x), a),
    TangentError,
    "hvp: v: got undefined, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => vhp((x: AnyArray) => sum(x), bad(2), a),
    TangentError,
    "vhp: v: got a number, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  // Tangents and cotangents
  [
    () => pullback((x) => x, a)[1](bad(undefined)),
    TangentError,
    "pullback: ybar: got undefined, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pullback((x) => x, a)[1]("1"),
    TangentError,
    "pullback: ybar: got a string, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pullback((x) => x, a)[1]([1, 2, 3]),
    TangentError,
    "pullback: ybar: got a list of length 3, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pullback((x) => x, a)[1](1),
    TangentError,
    "pullback: ybar: got a number, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pullback((x) => x, a)[1](array([1, 2])),
    TangentError,
    "pullback: ybar: got an array of shape [2], expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pullback((x) => sum(x), a)[1](a),
    TangentError,
    "pullback: ybar: got an array of shape [3], expected a number; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pullback((x) => ({ y: x, total: sum(x) }), a)[1]({ y: a, sum: 1 }),
    TangentError,
    "pullback: ybar: got a part named sum, which a record does not have; name its own parts",
  ],
  [
    () => pullback((x) => [x, sum(x)], a)[1]([a]),
    TangentError,
    "pullback: ybar: got a list of length 1, expected a list of length 2; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pushforward((x) => x, [1, 2], [1]),
    TangentError,
    "pushforward: 2 arguments and 1 tangents; give two lists of one length, one tangent for each argument",
  ],
  [
    () => pushforward((x) => x, bad(1), bad(1)),
    TangentError,
    "pushforward: a number arguments and a number tangents; give two lists of one length, one tangent for each argument",
  ],
  [
    () => pushforward((x) => x, [1], [undefined]),
    TangentError,
    "pushforward: tangent 1: got undefined, expected a number; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pushforward((x) => x, [a], [array([1])]),
    TangentError,
    "pushforward: tangent 1: got an array of shape [1], expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => pushforward((x) => x, [{ p: 1 }], [{ q: 1 }]),
    TangentError,
    "pushforward: tangent 1: got a part named q, which a record does not have; name its own parts",
  ],
  [
    () => pushforward((x) => x, [[1, 2]], [[1]]),
    TangentError,
    "pushforward: tangent 1: got a list of length 1, expected a list of length 2; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [() => frule([NoTangent, 1, 2], sin, 1), TangentError, "frule: 3 tangents for 1 arguments of sin; give [dself, ...dargs]"],
  [
    () => frule([NoTangent, "1"], sin, 1),
    TangentError,
    "frule: tangent 1 of sin: got a string, expected a number; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => frule([NoTangent, 1], sin, a),
    TangentError,
    "frule: tangent 1 of sin: got a number, expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [() => frule(bad("1"), sin, 1), TangentError, "frule: the tangents are a string; give a list, [dself, ...dargs]"],
  [() => frule([NoTangent, 1], bad("sin"), 1), TypeError, "frule: the second argument is a string; give a function, then its arguments"],
  [() => rrule(bad(undefined), 1), TypeError, "rrule: the first argument is undefined; give a function, then its arguments"],
  [
    () => rrule(sin, a)?.[1](array([1, 2])),
    TangentError,
    "sin: ybar: got an array of shape [2], expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => rrule(sum, a)?.[1](a),
    TangentError,
    "sum: ybar: got an array of shape [3], expected a number; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [() => rrule(sin, bad("1")), TypeError, "sin: argument 1 is a string; a number or an array is needed"],
]);

test.run();
