import { test } from "uvu";
import * as assert from "uvu/assert";
import { arange, array, type DType, eye, full, type NdArray, ones, toNested, viewOn, viewOnStore, zeros } from "../../lib/nd/index.js";
import { entriesOf, sampleViews } from "./sample-views.js";

/** Whether f throws this kind of error with exactly this message. */
const refuses = (f: () => unknown, kind: typeof RangeError | typeof TypeError, message: string) =>
  assert.throws(f, (error: unknown) => {
    assert.is((error as Error).message, message);
    return error instanceof kind;
  });

const kinds: DType[] = ["float64", "float32", "int32", "uint32", "int16", "uint16", "int8", "uint8"];

test("an array has the shape and the entries of its lists, row-major, float64", () => {
  const x = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.equal(x.shape, [2, 3]);
  assert.equal(x.stride, [3, 1]);
  assert.is(x.dtype, "float64");
  assert.equal([...x.data], [1, 2, 3, 4, 5, 6]);
});

test("an array may have no axes, one, or many", () => {
  const scalar = array(5);
  assert.equal(scalar.shape, []);
  assert.is(scalar.get(), 5);
  assert.equal(array([1, 2]).shape, [2]);
  assert.equal(array([[[[1]], [[2]]]]).shape, [1, 2, 1, 1]);
});

test("empty lists give empty axes", () => {
  assert.equal(array([]).shape, [0]);
  assert.equal(array([[], []]).shape, [2, 0]);
  assert.equal(toNested(array([[], []])), [[], []]);
});

test("an array holds the kind of number that is asked for", () => {
  for (const dtype of kinds) assert.is(array([[1, 2]], { dtype }).dtype, dtype);
  assert.equal([...array([1.7, -1.7], { dtype: "int32" }).data], [1, -1]);
  assert.is(array([0.1], { dtype: "float32" }).get(0), Math.fround(0.1));
});

test("typed arrays are copied into one axis, or rows", () => {
  const source = new Float32Array([1, 2, 3]);
  const x = array(source);
  source[0] = 9;
  assert.equal(toNested(x), [1, 2, 3]);
  assert.is(x.dtype, "float64");
  assert.equal(toNested(array([source, new Int8Array([4, 5, 6])])), [
    [9, 2, 3],
    [4, 5, 6],
  ]);
});

test("NaN, infinities and the negative zero are numbers", () => {
  const x = array([Number.NaN, Number.POSITIVE_INFINITY, -0]);
  assert.ok(Number.isNaN(x.get(0)));
  assert.is(x.get(1), Number.POSITIVE_INFINITY);
  assert.ok(Object.is(x.get(2), -0));
});

test("rows of other lengths are a RangeError that names the row", () => {
  refuses(
    () =>
      array([
        [1, 2, 3],
        [4, 5],
      ]),
    RangeError,
    "array: row [1] has 2 entries, row [0] has 3; make all rows equally long",
  );
  refuses(
    () =>
      array([
        [[1], [2]],
        [[3], [4, 5]],
      ]),
    RangeError,
    "array: row [1][1] has 2 entries, row [0][0] has 1; make all rows equally long",
  );
  refuses(() => array([[], [1]]), RangeError, "array: row [1] has 1 entries, row [0] has 0; make all rows equally long");
});

test("rows of other depths are a RangeError that names the entry", () => {
  refuses(
    () => array([[1], 2]),
    RangeError,
    "array: entry [1] is the number 2, the first one as deep is a list; make all rows equally deep",
  );
  refuses(() => array([1, [2]]), RangeError, "array: entry [1] is a list, the first one as deep is a number; make all rows equally deep");
});

test("entries that are no numbers are a TypeError that names the entry", () => {
  const of = (x: unknown) => () => array(x as never);
  const cure = "give numbers, or lists of numbers";
  refuses(of([[1, "2"]]), TypeError, `array: entry [0][1] is the string "2"; ${cure}`);
  refuses(of([1, undefined]), TypeError, `array: entry [1] is undefined; ${cure}`);
  refuses(of([1, null]), TypeError, `array: entry [1] is null; ${cure}`);
  refuses(of([true]), TypeError, `array: entry [0] is the boolean true; ${cure}`);
  refuses(of([1n]), TypeError, `array: entry [0] is the bigint 1; ${cure}`);
  refuses(of(new BigInt64Array(1)), TypeError, `array: entry [0] is the bigint 0; ${cure}`);
  refuses(of([1, {}]), TypeError, `array: entry [1] is an object; ${cure}`);
  refuses(of([[1], {}]), TypeError, `array: entry [1] is an object; ${cure}`);
  refuses(of("12"), TypeError, `array: the argument is the string "12"; ${cure}`);
  refuses(of(undefined), TypeError, `array: the argument is undefined; ${cure}`);
});

test("a hole in a list is no number", () => {
  // biome-ignore lint/suspicious/noSparseArray: the hole is the point
  assert.throws(() => array([1, , 3] as never), /entry \[1\] is undefined/);
});

test("a kind of number that does not exist is a RangeError", () => {
  for (const make of [(o: never) => array([1], o), (o: never) => zeros(1, o), (o: never) => eye(1, o), (o: never) => arange(1, o)]) {
    assert.throws(() => make({ dtype: "float16" } as never), /dtype = the string "float16" is not a kind of number; use one of float64, /);
  }
});

test("zeros, ones and full have one value everywhere", () => {
  assert.equal(toNested(zeros([2, 2])), [
    [0, 0],
    [0, 0],
  ]);
  assert.equal(toNested(ones(3)), [1, 1, 1]);
  assert.equal(toNested(full([1, 2], 7)), [[7, 7]]);
  assert.is(toNested(full([], 2.5)), 2.5);
  assert.equal(zeros([2, 0]).shape, [2, 0]);
});

test("zeros, ones and full hold the kind of number that is asked for", () => {
  for (const dtype of kinds) {
    assert.is(zeros(2, { dtype }).dtype, dtype);
    assert.is(ones([2], { dtype }).dtype, dtype);
    assert.is(full(2, 3, { dtype }).dtype, dtype);
  }
});

test("a new array does not keep the caller's shape", () => {
  const shape = [2, 2];
  const x = zeros(shape);
  shape[0] = 9;
  assert.equal(x.shape, [2, 2]);
});

test("extents are integers, 0 or more", () => {
  refuses(() => zeros([2, -1]), RangeError, "zeros: shape [2, -1] has the extent -1 at axis 1; extents are integers, 0 or more");
  refuses(() => ones(1.5), RangeError, "ones: shape [1.5] has the extent 1.5 at axis 0; extents are integers, 0 or more");
  refuses(() => full([Number.NaN], 1), RangeError, "full: shape [NaN] has the extent NaN at axis 0; extents are integers, 0 or more");
  refuses(() => zeros("2" as never), TypeError, 'zeros: shape is the string "2"; give a number or a list of numbers');
  refuses(() => zeros(["2"] as never), TypeError, 'zeros: the extent of axis 0 is the string "2"; give an integer, 0 or more');
  refuses(() => zeros([2 ** 16, 2 ** 16]), RangeError, "zeros: shape [65536, 65536] has more than 2³¹ − 1 entries; make it smaller");
});

test("a value that is no number is a TypeError", () => {
  refuses(() => full(2, "1" as never), TypeError, 'full: value is the string "1"; give a number');
});

test("eye has ones on its diagonal, square unless told otherwise", () => {
  assert.equal(toNested(eye(2)), [
    [1, 0],
    [0, 1],
  ]);
  assert.equal(toNested(eye(2, 3)), [
    [1, 0, 0],
    [0, 1, 0],
  ]);
  assert.equal(toNested(eye(2, 1)), [[1], [0]]);
  assert.equal(eye(0).shape, [0, 0]);
  assert.is(eye(2, { dtype: "int8" }).dtype, "int8");
  assert.is(eye(2, 2, { dtype: "float32" }).dtype, "float32");
  assert.throws(() => eye(-1), /^eye: shape \[-1, -1\]/);
});

test("arange counts from start up to, not including, stop", () => {
  assert.equal(toNested(arange(3)), [0, 1, 2]);
  assert.equal(toNested(arange(2, 5)), [2, 3, 4]);
  assert.equal(toNested(arange(1, 8, 3)), [1, 4, 7]);
  assert.equal(toNested(arange(1, 7, 3)), [1, 4]);
  assert.equal(toNested(arange(3, 0, -1)), [3, 2, 1]);
  assert.equal(toNested(arange(0, 1, 0.25)), [0, 0.25, 0.5, 0.75]);
});

test("arange is empty when stop does not lie ahead", () => {
  assert.equal(arange(0).shape, [0]);
  assert.equal(arange(-2).shape, [0]);
  assert.equal(arange(3, 1).shape, [0]);
  assert.equal(arange(1, 3, -1).shape, [0]);
});

test("arange takes its options last, after any count of numbers", () => {
  assert.is(arange(3, { dtype: "int32" }).dtype, "int32");
  assert.is(arange(0, 3, { dtype: "int16" }).dtype, "int16");
  assert.is(arange(0, 3, 1, { dtype: "float32" }).dtype, "float32");
});

test("arange refuses what has no end", () => {
  refuses(() => arange(0, 3, 0), RangeError, "arange: step = 0 never reaches stop; give another step");
  refuses(() => arange(Number.POSITIVE_INFINITY), RangeError, "arange: stop = Infinity is not finite; give a finite number");
  refuses(() => arange(Number.NaN, 3), RangeError, "arange: start = NaN is not finite; give a finite number");
  refuses(() => arange(0, 1, 1e-12), RangeError, "arange: shape [1000000000000] has more than 2³¹ − 1 entries; make it smaller");
  refuses(() => arange("3" as never), TypeError, 'arange: stop is the string "3"; give a number');
  refuses(() => (arange as () => NdArray)(), TypeError, "arange: stop is undefined; give a number");
});

test("toNested is undone by array, for views of every make", () => {
  for (const [name, x] of sampleViews(3)) {
    const nested = toNested(x);
    const again = array(nested);
    assert.equal(again.shape, [...x.shape], name);
    assert.equal([...again.data], entriesOf(x), name);
  }
});

test("toNested of an array without axes is its number", () => {
  assert.is(toNested(array(5)), 5);
});

test("toNested reads any store", () => {
  assert.equal(toNested(viewOn([1, 2, 3, 4], [2, 2], [1, 2], 0)), [
    [1, 3],
    [2, 4],
  ]);
  assert.equal(toNested(array([200, 3], { dtype: "uint8" })), [200, 3]);
  const store = { length: 2, get: (i: number) => i + 0.5, set: () => undefined };
  assert.equal(toNested(viewOnStore(store, [2], [1], 0) as unknown as NdArray), [0.5, 1.5]);
});

test.run();
