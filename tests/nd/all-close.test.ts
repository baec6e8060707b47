import { test } from "uvu";
import * as assert from "uvu/assert";
import { allClose, array, zeros } from "../../lib/nd/index.js";

test("numbers agree within 1e-12 plus 1e-9 of the larger magnitude", () => {
  assert.ok(allClose(1, 1 + 0.9e-9));
  assert.not.ok(allClose(1, 1 + 1.1e-9));
  assert.ok(allClose(1e9, 1e9 + 0.9));
  assert.not.ok(allClose(1e9, 1e9 + 1.1));
  assert.ok(allClose(0, 0.9e-12));
  assert.not.ok(allClose(0, 1.1e-12));
});

test("the tolerances may be given", () => {
  assert.ok(allClose(1, 1.05, { rtol: 0.1 }));
  assert.ok(allClose(1, 1.05, { atol: 0.1 }));
  assert.not.ok(allClose(1, 1 + Number.EPSILON, { rtol: 0, atol: 0 }));
  assert.ok(allClose(-0, 0, { rtol: 0, atol: 0 }));
});

test("the order of the two values does not matter", () => {
  for (const [a, b] of [
    [1, 1.1],
    [0, 0.1],
    [1, Number.POSITIVE_INFINITY],
  ]) {
    for (const rtol of [0.0905, 0.095, 0.1]) assert.is(allClose(a, b, { rtol }), allClose(b, a, { rtol }));
  }
});

test("infinities agree with themselves only", () => {
  const infinity = Number.POSITIVE_INFINITY;
  assert.ok(allClose(infinity, infinity));
  assert.not.ok(allClose(infinity, -infinity));
  assert.not.ok(allClose(infinity, 1e308, { rtol: 1 }));
  assert.not.ok(allClose(1, infinity));
});

test("NaN agrees with nothing, or with NaN when asked to", () => {
  assert.not.ok(allClose(Number.NaN, Number.NaN));
  assert.ok(allClose(Number.NaN, Number.NaN, { equalNan: true }));
  assert.not.ok(allClose(Number.NaN, 0, { equalNan: true }));
  assert.not.ok(allClose([1, Number.NaN], [1, Number.NaN]));
});

test("arrays agree entry by entry, whatever their strides and kinds", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  const turned = array([
    [1, 3],
    [2, 4],
  ]).transpose(1, 0);
  assert.ok(allClose(x, turned));
  assert.not.ok(allClose(x, x.transpose(1, 0)));
  assert.ok(allClose(array([1, 2], { dtype: "int8" }), array([1, 2], { dtype: "float32" })));
});

test("shapes must be equal: nothing broadcasts", () => {
  assert.not.ok(allClose(zeros([2, 3]), zeros([3, 2])));
  assert.not.ok(allClose(zeros([1]), zeros([2])));
  assert.not.ok(allClose(zeros([2]), 0));
  assert.not.ok(allClose(zeros([1]), 0));
  assert.not.ok(allClose(zeros([0]), zeros([0, 2])));
});

test("arrays agree with nested lists, typed arrays with lists, arrays without axes with numbers", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  assert.ok(
    allClose(x, [
      [1, 2],
      [3, 4],
    ]),
  );
  assert.ok(allClose([new Float64Array([1, 2]), [3, 4]], x));
  assert.not.ok(
    allClose(x, [
      [1, 2],
      [3, 5],
    ]),
  );
  assert.not.ok(allClose(x, [[1, 2]]));
  assert.not.ok(allClose(x, [1, 2, 3, 4]));
  assert.ok(allClose(new Float32Array([1, 2]), [1, 2]));
  assert.ok(allClose(array(3), 3));
  assert.ok(allClose(3, array(3)));
  assert.ok(allClose(array(3), array(3)));
});

test("records agree field by field", () => {
  assert.ok(allClose({ w: array([1, 2]), b: 3 }, { b: 3, w: [1, 2] }));
  assert.not.ok(allClose({ w: 1 }, { w: 2 }));
  assert.not.ok(allClose({ w: 1 }, { w: 1, b: 0 }));
  assert.not.ok(allClose({ w: 1, b: 0 }, { w: 1 }));
  assert.not.ok(allClose({ w: 1 }, { v: 1 }));
  assert.ok(allClose([{ w: [1] }, 2], [{ w: [1] }, 2]));
});

test("structures of different make do not agree", () => {
  assert.not.ok(allClose([1], { 0: 1 }));
  assert.not.ok(allClose({ 0: 1 }, [1]));
  assert.not.ok(allClose(array([1]), { 0: 1 }));
  assert.not.ok(allClose(1, [1]));
  assert.not.ok(allClose(1, undefined));
  assert.not.ok(allClose(1, "1"));
});

test("other leaves agree when they are the same", () => {
  const f = () => 0;
  assert.ok(allClose(["a", true, null, undefined, f], ["a", true, null, undefined, f]));
  assert.not.ok(allClose("a", "b"));
  assert.not.ok(allClose(null, undefined));
  assert.not.ok(allClose(null, {}));
});

test("empty structures agree", () => {
  assert.ok(allClose([], []));
  assert.ok(allClose({}, {}));
  assert.ok(allClose(zeros([2, 0]), zeros([2, 0])));
  assert.ok(allClose(zeros([2, 0]), [[], []]));
});

test("a negative tolerance is a RangeError", () => {
  assert.throws(() => allClose(1, 1, { rtol: -1 }), /^allClose: rtol = -1 is not a tolerance; give a number, 0 or more$/);
  assert.throws(() => allClose(1, 1, { atol: Number.NaN }), RangeError);
});

test.run();
