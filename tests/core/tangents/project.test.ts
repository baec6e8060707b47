import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { basisOf, isDifferentiable, NotImplemented, oneLike, realize, zeroLike } from "../../../lib/core/index.js";
import {
  array,
  callable,
  defineRule,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  projectTo,
  range,
  type Scalar,
  sum,
  Tangent,
  TangentError,
  thunk,
  toNested,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { isNdArray } from "../../../lib/nd/index.js";
import { fails } from "../../helpers/fails.js";

const nested = (x: unknown): unknown => (isNdArray(x) ? toNested(x as NdArray) : x);

test("a number stays a number; a 0-d array becomes one", () => {
  assert.is(projectTo(1)(5), 5);
  assert.is(projectTo(1)(array(5)), 5);
});

test("a number given for a 0-d array becomes a 0-d array", () => {
  const t = projectTo(array(1))(5) as NdArray;
  assert.equal(t.shape, []);
  assert.is(t.get(), 5);
});

test("broadcasting is undone: sums over new axes and over axes of extent 1", () => {
  const t = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.equal(nested(projectTo(zeros([3]))(t)), [5, 7, 9]);
  assert.equal(nested(projectTo(zeros([2, 1]))(t)), [[6], [15]]);
  assert.equal(nested(projectTo(zeros([1, 3]))(t)), [[5, 7, 9]]);
  assert.equal(nested(projectTo(zeros([1]))(t)), [21]);
  assert.is(projectTo(7)(t), 21);
  assert.equal((projectTo(array(7))(t) as NdArray).shape, []);
  assert.is((projectTo(array(7))(t) as NdArray).get(), 21);
});

test("an array of the primal's kind and shape is handed on as it is", () => {
  const t = array([1, 2]);
  assert.is(projectTo(zeros([2]))(t), t);
});

test("the kind is the primal's: float32 stays float32, and float64 float64", () => {
  const single = projectTo(zeros([2], { dtype: "float32" }))(array([0.1, 1])) as NdArray;
  assert.is(single.dtype, "float32");
  assert.is(single.get(0), Math.fround(0.1));
  assert.is((projectTo(zeros([2]))(array([1, 2], { dtype: "float32" })) as NdArray).dtype, "float64");
  assert.is((projectTo(zeros([2], { dtype: "float32" }))(zeros([3, 2])) as NdArray).dtype, "float32");
});

test("an integer tangent of an array of floats becomes floats", () => {
  assert.is((projectTo(zeros([2]))(array([1, 2], { dtype: "int32" })) as NdArray).dtype, "float64");
});

test("what cannot move gets NoTangent: integers, flags, strings, functions, absent values, ranges", () => {
  const still = [array([1], { dtype: "int32" }), array([1], { dtype: "uint8" }), true, "s", () => 1, null, undefined, 3n, range(0, 2)];
  for (const x of still) assert.is(projectTo(x)(array([1])), NoTangent);
});

test("an ndarray over a JavaScript list has a tangent space", () => {
  const list = ndarray([1, 2, 3]) as unknown as NdArray;
  assert.ok(isDifferentiable(list));
  assert.equal(nested(projectTo(list)(array([[1, 2, 3]]))), [1, 2, 3]);
});

test("symbolic zeros and NotImplemented pass, thunks are computed", () => {
  const ni = notImplemented("x");
  for (const x of [1, zeros([2]), { a: 1 }, [1]]) {
    assert.is(projectTo(x)(ZeroTangent), ZeroTangent);
    assert.is(projectTo(x)(NoTangent), NoTangent);
    assert.is(projectTo(x)(ni), ni);
  }
  assert.is(projectTo(1)(thunk(() => array(4))), 4);
});

test("records, lists and callables are projected part by part; absent fields are zero", () => {
  const x = { w: array([1, 2]), b: 3, name: "layer", deep: [1, { c: 2 }] };
  const t = new Tangent({
    w: array([
      [1, 2],
      [3, 4],
    ]),
    deep: [array(5), new Tangent({})],
  });
  const p = projectTo(x)(t) as { w: NdArray; b: unknown; name: unknown; deep: [number, { c: unknown }] };
  assert.equal(nested(p.w), [4, 6]);
  assert.is(p.b, ZeroTangent);
  assert.is(p.deep[0], 5);
  assert.is(p.deep[1].c, ZeroTangent);
  const c = callable({ w: 2 }, (params: { w: Scalar }, x: Scalar) => mul(params.w, x));
  assert.equal(projectTo(c)(new Tangent({ w: array(3) })), { w: 3 });
});

test("a shape that does not fit is an error that says what came and what was expected", () => {
  fails(() => projectTo(zeros([2]), "layer: cotangent 1")(zeros([3])), TangentError, "layer: cotangent 1", "shape [3]", "shape [2]");
  fails(() => projectTo(zeros([2, 3]))(zeros([3])), TangentError, "shape [3]", "shape [2, 3]");
  fails(() => projectTo(zeros([2]))(1), TangentError, "a number", "shape [2]");
});

test("a kind that does not fit is an error", () => {
  fails(() => projectTo(1)("s"), TangentError, "a string", "a number");
  fails(() => projectTo(1)(undefined), TangentError, "undefined", "a number");
  fails(() => projectTo(1)({ a: 1 }), TangentError, "a record", "a number");
  fails(() => projectTo(zeros([2]))([1, 2]), TangentError, "a list of length 2", "shape [2]");
  fails(() => projectTo({ a: 1 })(1), TangentError, "a number", "a record");
  fails(() => projectTo([1, 2])(1), TangentError, "a number", "a list of length 2");
});

test("a wrong part is named by its path", () => {
  fails(() => projectTo({ w: [1, zeros([2])] }, "f")({ w: [1, zeros([3])] }), TangentError, "f.w[1]", "shape [3]");
});

test("a list of another length, or a field that the primal lacks, is an error", () => {
  fails(() => projectTo([1, 2])([1]), TangentError, "length 1", "length 2");
  fails(() => projectTo([1, 2])([1, 2, 3]), TangentError, "length 3", "length 2");
  fails(() => projectTo({ weight: 1 }, "f")(new Tangent({ wieght: 1 })), TangentError, "f", "wieght");
});

test("a cotangent that a rule returns broadcast is brought back by the engine", () => {
  const spread = defineRule((x: number): number => 2 * x, { rrule: (x: number) => [2 * x, () => [NoTangent, array([1, 1])]] });
  assert.equal(
    gradient((x) => spread(x as number), 3),
    [2],
  );
});

test("realize replaces symbolic zeros by real ones, of the primal's kind", () => {
  const z = realize(
    { w: zeros([2], { dtype: "float32" }), b: 1, s: "x", i: array([1], { dtype: "int32" }) },
    new Tangent({ b: 4 }),
  ) as Record<string, unknown>;
  assert.equal(nested(z["w"]), [0, 0]);
  assert.is((z["w"] as NdArray).dtype, "float32");
  assert.is(z["b"], 4);
  assert.is(z["s"], NoTangent);
  assert.is(z["i"], NoTangent);
  assert.instance(notImplemented("x"), NotImplemented);
  fails(() => realize(1, notImplemented("the second slope")), TangentError, "the second slope");
});

test("zeroLike, oneLike and basisOf span the tangent space", () => {
  const x = { a: 2, b: array([1, 2]), s: "x", l: [3] };
  assert.equal(zeroLike(1), 0);
  assert.equal((oneLike(x) as { a: number; l: number[] }).a, 1);
  const basis = [...basisOf(x)] as { a: number; b: NdArray; s: unknown; l: number[] }[];
  assert.is(basis.length, 4);
  assert.equal(
    basis.map(({ a, b, l }) => [a, ...(toNested(b) as number[]), ...l]),
    [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  );
  assert.equal([...basisOf("s")], []);
  assert.equal([...basisOf(array([1, 2], { dtype: "int8" }))], []);
});

test("projection differentiates: the gradient through a rule that broadcasts is exact to second order", () => {
  const cube = defineRule((x: NdArray): NdArray => x, {
    rrule: (x: NdArray) => [
      mul(mul(x, x), x),
      (ybar: NdArray) => [
        NoTangent,
        mul(
          mul(mul(3, x), x),
          mul(
            ybar,
            array([
              [0.5, 0.5],
              [0.5, 0.5],
            ]),
          ),
        ),
      ],
    ],
  });
  const f = (x: NdArray): Scalar => sum(cube(x));
  const [h] = gradient((x) => sum(gradient(f as never, x)[0] as NdArray), array([1, 2]));
  assert.equal(nested(h), [6, 12]);
});

test.run();
