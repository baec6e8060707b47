import { test } from "uvu";
import * as assert from "uvu/assert";
import { innerProduct, NotImplemented, subtract, times } from "../../../lib/core/index.js";
import {
  accumulate,
  array,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  Tangent,
  TangentError,
  thunk,
  toNested,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { isNdArray } from "../../../lib/nd/index.js";
import { fails } from "../../helpers/fails.js";

/** One tangent of each kind; the arrays and structures belong to one primal each. */
const ni = notImplemented("a law");
const kinds = {
  number: () => 3,
  array: () => array([1, 2]),
  No: () => NoTangent,
  Zero: () => ZeroTangent,
  Tangent: () => new Tangent({ w: 2, b: array([1, 1]) }),
  record: () => ({ w: 5, b: array([4, 0]) }),
  list: () => [1, array([2, 2])],
  thunk: () => thunk(() => 7),
  thunkOfArray: () => thunk(() => array([5, 6])),
  NI: () => ni,
} as const;
type Kind = keyof typeof kinds;

/** Arrays as nested lists, tangents as { Tangent: fields }; the rest as it is. */
function shown(t: unknown): unknown {
  if (t === NoTangent) return "No";
  if (t === ZeroTangent) return "Zero";
  if (t instanceof NotImplemented) return "NI";
  if (isNdArray(t)) return toNested(t as NdArray);
  if (t instanceof Tangent) return { Tangent: shown(t.fields) };
  if (Array.isArray(t)) return t.map(shown);
  if (typeof t === "object" && t !== null) return Object.fromEntries(Object.entries(t).map(([key, part]) => [key, shown(part)]));
  return t;
}

type Law = readonly [a: Kind, b: Kind, result: unknown];

function cells(sign: string, operation: (a: unknown, b: unknown) => unknown, laws: readonly Law[]): void {
  for (const [a, b, result] of laws) {
    test(`${a} ${sign} ${b}${result === "throws" ? " throws" : ` = ${JSON.stringify(result)}`}`, () => {
      if (result === "throws") fails(() => operation(kinds[a](), kinds[b]()), TangentError);
      else assert.equal(shown(operation(kinds[a](), kinds[b]())), result);
    });
  }
}

cells("+", accumulate, [
  ["number", "number", 6],
  ["number", "No", 3],
  ["number", "Zero", 3],
  ["number", "thunk", 10],
  ["number", "NI", "NI"],
  ["number", "Tangent", "throws"],
  ["number", "record", "throws"],
  ["array", "array", [2, 4]],
  ["array", "No", [1, 2]],
  ["array", "Zero", [1, 2]],
  ["array", "thunkOfArray", [6, 8]],
  ["array", "NI", "NI"],
  ["array", "Tangent", "throws"],
  ["No", "No", "No"],
  ["No", "Zero", "No"],
  ["No", "number", 3],
  ["No", "array", [1, 2]],
  ["No", "Tangent", { Tangent: { w: 2, b: [1, 1] } }],
  ["No", "thunk", 7],
  ["No", "NI", "NI"],
  ["Zero", "Zero", "Zero"],
  ["Zero", "No", "No"],
  ["Zero", "number", 3],
  ["Zero", "array", [1, 2]],
  ["Zero", "Tangent", { Tangent: { w: 2, b: [1, 1] } }],
  ["Zero", "thunk", 7],
  ["Zero", "NI", "NI"],
  ["Tangent", "Tangent", { Tangent: { w: 4, b: [2, 2] } }],
  ["Tangent", "record", { w: 7, b: [5, 1] }],
  ["record", "Tangent", { w: 7, b: [5, 1] }],
  ["record", "record", { w: 10, b: [8, 0] }],
  ["Tangent", "Zero", { Tangent: { w: 2, b: [1, 1] } }],
  ["Tangent", "NI", "NI"],
  ["Tangent", "number", "throws"],
  ["list", "list", [2, [4, 4]]],
  ["thunk", "thunk", 14],
  ["thunk", "number", 10],
  ["thunk", "Zero", 7],
  ["thunk", "NI", "NI"],
  ["NI", "NI", "NI"],
  ["NI", "Zero", "NI"],
  ["NI", "number", "NI"],
]);

cells("−", subtract, [
  ["number", "number", 0],
  ["number", "No", 3],
  ["number", "Zero", 3],
  ["number", "thunk", -4],
  ["number", "NI", "NI"],
  ["array", "array", [0, 0]],
  ["array", "thunkOfArray", [-4, -4]],
  ["No", "No", "No"],
  ["No", "Zero", "No"],
  ["Zero", "No", "No"],
  ["Zero", "Zero", "Zero"],
  ["Zero", "number", -3],
  ["Zero", "array", [-1, -2]],
  ["Zero", "Tangent", { Tangent: { w: -2, b: [-1, -1] } }],
  ["Zero", "NI", "NI"],
  ["Tangent", "Tangent", { Tangent: { w: 0, b: [0, 0] } }],
  ["record", "Tangent", { w: 3, b: [3, -1] }],
  ["list", "list", [0, [0, 0]]],
  ["NI", "number", "NI"],
  ["NI", "NI", "NI"],
  ["number", "Tangent", "throws"],
]);

cells("×", times, [
  ["number", "number", 9],
  ["number", "array", [3, 6]],
  ["number", "No", "No"],
  ["number", "Zero", "Zero"],
  ["number", "Tangent", { Tangent: { w: 6, b: [3, 3] } }],
  ["number", "record", { w: 15, b: [12, 0] }],
  ["number", "list", [3, [6, 6]]],
  ["number", "thunk", 21],
  ["number", "NI", "throws"],
  ["array", "number", [3, 6]],
  ["thunk", "array", [7, 14]],
  ["No", "No", "No"],
  ["No", "Zero", "Zero"],
  ["Zero", "No", "Zero"],
  ["Zero", "Zero", "Zero"],
  ["No", "number", "No"],
  ["Zero", "number", "Zero"],
  ["Zero", "NI", "Zero"],
  ["NI", "Zero", "Zero"],
  ["No", "NI", "No"],
  ["NI", "number", "throws"],
]);

cells("·", innerProduct, [
  ["number", "number", 9],
  ["number", "thunk", 21],
  ["array", "array", 5],
  ["array", "thunkOfArray", 17],
  ["Tangent", "Tangent", 6],
  ["Tangent", "record", 14],
  ["record", "record", 41],
  ["list", "list", 9],
  ["No", "number", 0],
  ["number", "No", 0],
  ["Zero", "array", 0],
  ["No", "Zero", 0],
  ["Zero", "Zero", 0],
  ["Zero", "NI", 0],
  ["NI", "number", "throws"],
  ["number", "NI", "throws"],
  ["number", "Tangent", "throws"],
  ["record", "array", "throws"],
]);

test("a product with a real zero is zero, whatever the other factor is", () => {
  assert.is(times(0, Number.POSITIVE_INFINITY), 0);
  assert.equal(toNested(times(0, array([Number.NaN, Number.POSITIVE_INFINITY])) as NdArray), [0, 0]);
  assert.equal(toNested(times(Number.POSITIVE_INFINITY, zeros([2])) as NdArray), [0, 0]);
  assert.is(innerProduct(array([0, 2]), array([Number.NaN, 3])), 6);
});

test("fields that one of two tangents lacks are zero in it", () => {
  assert.equal(shown(accumulate(new Tangent({ w: 1 }), new Tangent({ b: 2 }))), { Tangent: { w: 1, b: 2 } });
  assert.equal(shown(accumulate({ w: 1, b: 5 }, new Tangent({ b: 2 }))), { w: 1, b: 7 });
  assert.is(innerProduct(new Tangent({ w: 1 }), new Tangent({ b: 2 })), 0);
  assert.equal(shown(accumulate([1, 2], new Tangent({ "1": 5 }))), [1, 7]);
});

test("tangents of lists of two lengths do not meet", () => {
  fails(() => accumulate([1], [1, 2]), TangentError, "length 1 and 2");
});

test("accumulation changes neither of the two", () => {
  const a = array([1, 2]);
  const b = { w: a };
  accumulate(b, { w: array([10, 10]) });
  accumulate(a, a);
  assert.equal(toNested(a), [1, 2]);
});

test("a sum with NotImplemented throws only when its value is needed", () => {
  const t = accumulate(accumulate(1, ni), array([1]));
  assert.is(t, ni);
  fails(() => times(2, t), TangentError, "a law");
});

test("the laws differentiate", () => {
  const [da, db] = gradient((a, b) => innerProduct({ p: a, q: b }, { p: b, q: mul(a, 2) }), 3, 5);
  assert.equal([da, db], [15, 9]);
  const [dx] = gradient((x) => innerProduct(subtract(x, array([1, 1])), times(2, x)), array([3, 4]));
  assert.equal(toNested(dx), [10, 14]);
});

test.run();
