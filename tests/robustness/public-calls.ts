import * as library from "../../lib/index.js";
import { type AnyArray, type AnyFunction, array, mul, NoTangent, type Scalar, sum } from "../../lib/index.js";
import { allCalls } from "../support/all-examples.js";
import { alike, type Calls } from "../support/calls.js";

const a = array([0.5, 0.25, 0.75]);
const total = (x: AnyArray): Scalar => sum(mul(x, x));
const twice = library.defineRule((x: number): number => 2 * x, { frule: ([, dx], x) => [2 * x, 2 * dx] });

/** One right call of every function of the main entry that is no rule. */
const otherThanRules: Calls = {
  // Arrays
  array: ["source options", [[1, 2]], { dtype: "float64" }],
  ...alike("zeros ones", "shape options", [2], {}),
  full: ["shape number options", [2], 1, {}],
  eye: ["integer count options", 2, 2, {}],
  arange: ["number number count", 0, 3, 1],
  toNested: ["array", a],
  allClose: ["any any options", a, a, {}],
  similar: ["like extents options", a, [2], {}],
  copy: ["array", a],
  range: ["integer integer", 0, 2],
  checkpointed: ["function", total],
  treeMap: ["function any any", (x: unknown) => x, a, a],
  hook: ["any function", 1, () => undefined],
  // Operators
  ...alike("gradient withGradient pullback", "function any", total, a),
  pushforward: ["function any tangents", total, [a], [a]],
  derivative: ["function number", (x: Scalar) => mul(x, x), 1],
  jacobian: ["function operand options", (x: AnyArray) => mul(x, x), a, {}],
  hessian: ["function array options", total, a, {}],
  hvp: ["function array tangent", total, a, a],
  vhp: ["function tangent array", total, a, a],
  // The protocol
  frule: ["tangents function operand", [NoTangent, 1], Math.sin, 1],
  rrule: ["function operand", Math.sin, 1],
  ...alike("hasRule", "any any", Math.sin, 1),
  ...alike("ruleOf primal stopGradient unthunk", "any", 1),
  traced: ["rule", library.sin],
  differentiable: ["rule", library.sin],
  ignoreDerivatives: ["function", () => 1],
  accumulate: ["tangent tangent", 1, 2],
  projectTo: ["any any", 1, "x̄"],
  thunk: ["function", () => 1],
  inplaceable: ["function function", () => undefined, () => 1],
  notImplemented: ["name", "not yet"],
  callable: ["any function", { a: 1 }, (p: { a: number }) => p.a],
  configure: ["settings", {}],
  optOut: ["rule function", twice, () => false],
  defineRule: ["body callback options", (x: number) => x, { rrule: (x: number) => [x, (ybar: number) => [NoTangent, ybar]] }, {}],
  scalarRule: ["body function options", (x: number) => x, () => [1], {}],
  linearRule: ["body function options", (x: number) => x, (ybar: number) => ybar, {}],
  bilinearRule: [
    "body function function options",
    (x: number, y: number) => x * y,
    (z: number, _: number, y: number) => z * y,
    (z: number, x: number) => z * x,
    {},
  ],
  nonDifferentiable: ["body options", (x: number) => x, {}],
};

/** Calls of all rules, as the files beside their tests have them. */
const ofRules = await allCalls();

/** One right call of every function that the main entry exports. */
export const calls: Calls = { ...Object.fromEntries(Object.entries(ofRules).filter(([name]) => name in library)), ...otherThanRules };

/** The functions that the main entry exports, but for its classes. */
export const exported: readonly string[] = Object.entries(library).flatMap(([name, value]) =>
  typeof value === "function" && !/^[A-Z]/.test(name) ? [name] : [],
);

export const functionOf = (name: string): AnyFunction => (library as unknown as Record<string, AnyFunction>)[name] as AnyFunction;
