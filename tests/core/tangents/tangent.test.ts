import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  fieldOf,
  Inplaceable,
  inplaceable,
  isZero,
  NoTangent,
  NotImplemented,
  notImplemented,
  Tangent,
  TangentError,
  Thunk,
  thunk,
  unthunk,
  ZeroTangent,
} from "../../../lib/core/index.js";
import { array, type NdArray, toNested, zeros } from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

test("ZeroTangent and NoTangent are two frozen objects, each only equal to itself", () => {
  assert.ok(Object.isFrozen(ZeroTangent));
  assert.ok(Object.isFrozen(NoTangent));
  assert.is.not(ZeroTangent as unknown, NoTangent);
  assert.is(String(ZeroTangent), "[object ZeroTangent]");
  assert.is(String(NoTangent), "[object NoTangent]");
});

test("isZero holds for the two symbolic zeros alone: a real zero is a value", () => {
  assert.ok(isZero(ZeroTangent));
  assert.ok(isZero(NoTangent));
  for (const other of [0, -0, undefined, null, false, "", zeros([2]), new Tangent({}), thunk(() => 0)]) assert.not(isZero(other));
});

test("a thunk is computed when its value is asked for, once", () => {
  let runs = 0;
  const t = thunk(() => ++runs);
  assert.instance(t, Thunk);
  assert.is(runs, 0);
  assert.is(unthunk(t), 1);
  assert.is(unthunk(t), 1);
  assert.is(runs, 1);
});

test("a thunk whose value is a thunk is computed to the end", () => {
  assert.is(unthunk(thunk(() => thunk(() => thunk(() => 7)))), 7);
});

test("a thunk that throws keeps its computation", () => {
  let runs = 0;
  const t = thunk(() => {
    runs++;
    if (runs === 1) throw new Error("not yet");
    return 3;
  });
  assert.throws(() => unthunk(t), "not yet");
  assert.is(unthunk(t), 3);
});

test("unthunk leaves all else as it is", () => {
  const x = array([1, 2]);
  for (const t of [1, x, ZeroTangent, NoTangent, undefined, "s"]) assert.is(unthunk(t), t);
});

test("an inplaceable adds to an array, or gives its value alone", () => {
  let made = 0;
  const t = inplaceable(
    (acc: NdArray) => acc.set(1, acc.get(1) + 5),
    () => {
      made++;
      return array([0, 5]);
    },
  );
  assert.instance(t, Inplaceable);
  assert.instance(t, Thunk);
  const acc = array([1, 1]);
  t.addTo(acc);
  assert.equal(toNested(acc), [1, 6]);
  assert.is(made, 0);
  assert.equal(toNested(unthunk(t) as NdArray), [0, 5]);
  assert.is(made, 1);
});

test("notImplemented carries its reason into the error", () => {
  const t = notImplemented("∂/∂n of besselj");
  assert.instance(t, NotImplemented);
  assert.instance(t.error(), TangentError);
  fails(
    () => {
      throw t.error();
    },
    TangentError,
    "∂/∂n of besselj",
  );
});

test("a Tangent keeps fields by name, or by position, and cannot be changed", () => {
  const t = new Tangent({ w: 1 });
  assert.is(t.fields["w"], 1);
  assert.ok(Object.isFrozen(t.fields));
  assert.is(new Tangent([4, 5]).fields["1"], 5);
});

test("a Tangent does not share its fields with the record it was made from", () => {
  const fields = { w: 1 };
  const t = new Tangent(fields);
  fields.w = 2;
  assert.is(t.fields["w"], 1);
});

test("an absent field is zero, and the fields of a zero are that zero", () => {
  const t = new Tangent({ w: 1 });
  assert.is(fieldOf(t, "w"), 1);
  assert.is(fieldOf(t, "b"), ZeroTangent);
  assert.is(fieldOf({ w: 2 }, "w"), 2);
  assert.is(fieldOf([3, 4], 1), 4);
  assert.is(fieldOf(ZeroTangent, "w"), ZeroTangent);
  assert.is(fieldOf(NoTangent, 0), NoTangent);
});

test("a field that happens to bear the name of one of Object's methods is absent when it is not given", () => {
  assert.is(fieldOf(new Tangent({ w: 1 }), "constructor"), ZeroTangent);
  assert.is(fieldOf({ w: 1 }, "toString"), ZeroTangent);
});

test.run();
