import { test } from "uvu";
import {
  accumulate,
  array,
  bilinearRule,
  callable,
  configure,
  defineRule,
  ignoreDerivatives,
  inplaceable,
  linearRule,
  NoTangent,
  nonDifferentiable,
  notImplemented,
  optOut,
  projectTo,
  type Scalar,
  scalarRule,
  sin,
  Tangent,
  TangentError,
  thunk,
  traced,
} from "../../lib/index.js";
import { refused } from "../helpers/refused.js";
import { bad } from "./bad.js";

const a = array([1, 2, 3]);

refused([
  // Options that another definer has
  [
    () => defineRule((x: Scalar) => x, { rrule: (x) => [x, () => [NoTangent, 1]] }, bad({ linearIn: [3] })),
    TypeError,
    'defineRule: there is no option "linearIn"; the options are { name, replace, zeros, still, byPrimal, fresh, elementwise, dispatch }',
  ],
  [
    () =>
      linearRule(
        (x: Scalar) => x,
        (y) => y,
        bad({ zeros: "real" }),
      ),
    TypeError,
    'linearRule: there is no option "zeros"; the options are { name, replace, linearIn, byPrimal, kernel, view, weight, otherForm, fresh, elementwise, dispatch }',
  ],
  [
    () =>
      bilinearRule(
        () => 1,
        () => 1,
        () => 1,
        bad({ linearIn: [0, 1] }),
      ),
    TypeError,
    'bilinearRule: there is no option "linearIn"; the options are { name, replace, byPrimal, transposes, fresh, elementwise, dispatch }',
  ],
  [
    () =>
      scalarRule(
        (x: number) => x,
        () => [1],
        bad({ zeros: "symbolic" }),
      ),
    TypeError,
    'scalarRule: there is no option "zeros"; the options are { name, replace, kernel, exact, dispatch }',
  ],
  [
    () => nonDifferentiable((x: Scalar) => x, bad({ dispatch: () => 1 })),
    TypeError,
    'nonDifferentiable: there is no option "dispatch"; the options are { name, replace, elementwise }',
  ],
  // Rules, tangents, settings
  [() => defineRule(bad(undefined), {}), TypeError, "defineRule: the first argument is undefined; give the function that the rule is for"],
  [
    () => defineRule((x: Scalar) => x, {}),
    TypeError,
    "defineRule: (anonymous) was given neither frule nor rrule; give at least one of them",
  ],
  [() => defineRule((x: Scalar) => x, { frule: bad("f") }), TypeError, "defineRule: the frule of (anonymous) is a string; give a function"],
  [
    () => defineRule((x: Scalar) => x, { rrule: (x) => [x, () => [NoTangent, 1]] }, { name: bad(3) }),
    TypeError,
    "defineRule: name is a number; give a string",
  ],
  [
    () => scalarRule(() => 1, bad([1])),
    TypeError,
    "scalarRule: the partials of (anonymous) are a list of length 1; give (y, x, …) => [∂y/∂x, …]",
  ],
  [() => linearRule((x: Scalar) => x, bad(undefined)), TypeError, "(anonymous): a transpose is undefined; give (ybar, ...args) => xbar"],
  [
    () =>
      linearRule(
        (x: Scalar) => x,
        (y) => y,
        { linearIn: bad(0) },
      ),
    TypeError,
    "linearRule: linearIn of (anonymous) is a number; give the positions of arguments, counted from 0",
  ],
  [
    () =>
      bilinearRule(
        () => 1,
        () => 1,
        bad(null),
      ),
    TypeError,
    "(anonymous): a transpose is null; give (ybar, ...args) => xbar",
  ],
  [
    () => nonDifferentiable(bad("argmax")),
    TypeError,
    "nonDifferentiable: the first argument is a string; give the function that the rule is for",
  ],
  [
    () =>
      optOut(
        bad(() => 1),
        () => true,
      ),
    TypeError,
    "optOut: the function (anonymous) has no rule to step aside; give it one first",
  ],
  [() => optOut(sin, bad(true)), TypeError, "optOut: the predicate is true; give (...args) => boolean"],
  [() => scalarRule(Math.sin, () => [1]), TypeError, "sin has a rule already; pass { replace: true } to give it another one"],
  [() => callable({}, bad(undefined)), TypeError, "callable: apply is undefined; give (params, ...args) => y as the second argument"],
  [() => traced(() => 1), TypeError, "traced: the function has no rule; engines trace through it as it is"],
  [() => thunk(bad(1)), TypeError, "thunk: the argument is a number; give a function, () => tangent"],
  [() => inplaceable(bad(1), () => 1), TypeError, "inplaceable: addTo is a number; give a function, (accumulator) => void"],
  [() => notImplemented(bad(1)), TypeError, "notImplemented: why is a number; say in words what has not been written"],
  [() => new Tangent(bad("x")), TypeError, "Tangent: the fields are a string; give a record of tangents, or a list of them"],
  [() => configure(bad(true)), TypeError, "configure: give a record of settings, such as { checked: true }"],
  [() => configure(bad({ check: true })), TypeError, "configure: give a record of settings, such as { checked: true }"],
  [() => ignoreDerivatives(bad(1)), TypeError, "ignoreDerivatives: the argument is a number; give a function without arguments, () => …"],
  [() => accumulate("a", 1), TangentError, "accumulate: a string and a number are not tangents of one primal"],
  [() => accumulate([1], [1, 2]), TangentError, "accumulate: tangents of lists of length 1 and 2 meet; give lists of one length"],
  [() => accumulate({ p: 1 }, 1), TangentError, "accumulate: a record and a number are not tangents of one primal"],
  [
    () => projectTo(a)(array([1, 2])),
    TangentError,
    "projectTo: got an array of shape [2], expected an array of shape [3]; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
  [
    () => projectTo(1)("1"),
    TangentError,
    "projectTo: got a string, expected a number; return a tangent of the primal's own kind and shape, or ZeroTangent",
  ],
]);

test.run();
