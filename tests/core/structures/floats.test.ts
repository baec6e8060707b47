import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  accumulate,
  basisOf,
  fieldOf,
  inFloats,
  innerProduct,
  isRecord,
  isStructure,
  mapStructure,
  oneLike,
  onFloats,
  realize,
  subtract,
  times,
  zeroLike,
} from "../../../lib/core/index.js";
import {
  array,
  mul,
  type NdArray,
  NoTangent,
  projectTo,
  sub,
  Tangent,
  TangentError,
  thunk,
  treeMap,
  unthunk,
  ZeroTangent,
} from "../../../lib/index.js";
import { isNdArray } from "../../../lib/nd/index.js";
import { fails } from "../../helpers/fails.js";

const x = Float64Array.of(1, 2, 3);
const integers = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array].map((C) => new C(2));

test("a float array is a structure with one part, its entries as an array of one axis, which shares its memory", () => {
  assert.ok(isStructure(x) && !isRecord(x));
  assert.is((inFloats(x) as NdArray).data, x);
  assert.is(
    mapStructure((leaf) => leaf, x),
    x,
  );
  const leaves: unknown[] = [];
  mapStructure((leaf) => leaves.push(leaf), { a: [x, 1] });
  assert.ok(isNdArray(leaves[0]) && leaves[1] === 1);
  const doubled = mapStructure((leaf) => mul(leaf as NdArray, 2), { a: [x, Float32Array.of(1)] });
  assert.equal(doubled, { a: [Float64Array.of(2, 4, 6), Float32Array.of(2)] });
});

test("arrays of integers, views on bytes and big integers have no part", () => {
  for (const other of [...integers, new DataView(new ArrayBuffer(8)), new BigInt64Array(1), new ArrayBuffer(8), [1], array([1])]) {
    assert.is(inFloats(other), undefined);
    assert.is(mapStructure((leaf) => leaf, other) === other || Array.isArray(other), true);
  }
  for (const integer of integers) {
    assert.is(zeroLike(integer), NoTangent);
    assert.is(projectTo(integer)([1, 2]), NoTangent);
  }
});

test("entries become a float array of their kind; what is no array of floats with one axis stays", () => {
  assert.equal(onFloats(array([1, 2])), Float64Array.of(1, 2));
  assert.equal(onFloats(array([1, 2], { dtype: "float32" })), Float32Array.of(1, 2));
  assert.equal(onFloats(array([1, 2, 3, 4]).step(-2)), Float64Array.of(4, 2));
  for (const other of [array([[1]]), array([1], { dtype: "int32" }), 2, "s", ZeroTangent]) assert.is(onFloats(other), other);
});

test("a part of a view on a buffer is as good as an array of its own", () => {
  const part = new Float64Array(Float64Array.of(1, 2, 3, 4).buffer, 8, 2);
  assert.equal(
    mapStructure((leaf) => mul(leaf as NdArray, 2), part),
    Float64Array.of(4, 6),
  );
});

test("zeros, ones and directions are float arrays of the same class", () => {
  assert.equal(zeroLike({ x, y: new Float32Array(1) }), { x: new Float64Array(3), y: new Float32Array(1) });
  assert.equal(zeroLike(new Float64Array(0)), new Float64Array(0));
  assert.equal(oneLike(Float32Array.of(5, 6)), Float32Array.of(1, 1));
  assert.equal(
    [...basisOf([2, Float64Array.of(5, 6)])],
    [
      [1, new Float64Array(2)],
      [0, Float64Array.of(1, 0)],
      [0, Float64Array.of(0, 1)],
    ],
  );
  assert.equal(realize([x], new Tangent({})), [new Float64Array(3)]);
});

test("cotangents are brought back to the primal's class and length; arrays of one axis are taken, lists are not", () => {
  assert.equal(projectTo(x)(Float32Array.of(0.1, 0.2, 0.3)), Float64Array.from(Float32Array.of(0.1, 0.2, 0.3)));
  assert.equal(projectTo(Float32Array.of(0))(Float64Array.of(0.1)), Float32Array.of(0.1));
  assert.equal(projectTo(x)(array([1, 2, 3])), x);
  assert.equal(projectTo({ a: [x] })({ a: [thunk(() => x)] }), { a: [x] });
  assert.is(projectTo(x)(ZeroTangent), ZeroTangent);
  for (const wrong of [[1, 2, 3], 1, Float64Array.of(1, 2), new Int32Array(3), { 0: 1 }, new Tangent([1, 2, 3])])
    fails(() => projectTo(x, "rule")(wrong), TangentError, "rule: got", "expected an array of shape [3]");
});

test("tangents that are float arrays add, subtract, are scaled and multiplied with each other", () => {
  const y = Float64Array.of(10, 20, 30);
  assert.equal(accumulate(x, y), Float64Array.of(11, 22, 33));
  assert.equal(
    accumulate(
      thunk(() => x),
      [y][0],
    ),
    Float64Array.of(11, 22, 33),
  );
  assert.equal(subtract({ a: y }, { a: x }), { a: Float64Array.of(9, 18, 27) });
  assert.equal(times(2, Float32Array.of(0.1)), Float32Array.of(2 * Math.fround(0.1)));
  assert.equal(times(0, Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY)), new Float64Array(2));
  assert.is(innerProduct(x, y), 140);
  assert.is(innerProduct([x, 2], [y, 3]), 146);
  assert.is(accumulate(x, ZeroTangent), x);
  for (const wrong of [1, [1, 2, 3], array([1, 2, 3])]) {
    fails(() => accumulate(x, wrong), TangentError, "are not tangents of one primal");
    fails(() => innerProduct(x, wrong), TangentError, "are not tangents of one primal");
  }
  assert.is(fieldOf({ x }, "x"), x);
  assert.is(unthunk(x), x);
});

test("treeMap gives f the entries as an array, and puts a float array in their place", () => {
  const params = { w: x, deep: [{ b: Float32Array.of(1) }], k: new Int32Array(1), name: "layer" };
  const gradient = { w: Float64Array.of(1, 1, 1), deep: [{ b: Float32Array.of(0.5) }], k: NoTangent, name: NoTangent };
  const next = treeMap((p, g) => sub(p, mul(g, 0.5)), params, gradient);
  assert.equal(next, { w: Float64Array.of(0.5, 1.5, 2.5), deep: [{ b: Float32Array.of(0.75) }], k: params.k, name: "layer" });
  assert.equal(
    treeMap((p, g) => sub(p, g), [x], [ZeroTangent]),
    [x],
  );
  assert.is.not(treeMap((p, g) => sub(p, g), [x], [ZeroTangent])[0], x);
  fails(() => treeMap((p, g) => sub(p, g), [x], [[1, 2, 3]]), TypeError, "tree[0]", "a list of length 3");
});

test.run();
