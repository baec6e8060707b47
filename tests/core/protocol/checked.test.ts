import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  configure,
  convolve,
  createRange,
  defineRule,
  derivative,
  div,
  exp,
  frule,
  gather,
  gradient,
  hessian,
  log,
  mul,
  type NdArray,
  NoTangent,
  ones,
  poolSum,
  pullback,
  pushforward,
  range,
  rrule,
  type Scalar,
  scalarRule,
  similar,
  square,
  sub,
  sum,
  take,
  toNested,
  type Unary,
} from "../../../lib/index.js";

test.before.each(() => configure({ checked: true }));
test.after.each(() => configure({ checked: false }));

function writesToArgument(x: AnyArray): AnyArray {
  return square(x);
}
const writer = defineRule(writesToArgument, {
  frule: ([, dx], x) => [square(x), mul(mul(2, x), dx)],
  rrule: (x) => {
    (x as NdArray).data[0] = 7;
    return [square(x), (ybar) => [NoTangent, mul(mul(2, x), ybar)]];
  },
});

test("a right program runs as it does without checks", () => {
  assert.equal(gradient((x) => sum(mul(x, square(x))), array([1, 2]))[0].data, Float64Array.of(3, 12));
});

test("a rule that writes to an argument is named, with the argument", () => {
  assert.throws(
    () => gradient((x) => sum(writer(x)), array([1, 2])),
    "writesToArgument: its rrule wrote to argument 1; a rule must leave what it is given as it is: write into a copy",
  );
});

test("an frule that writes to its tangent is named", () => {
  const f = defineRule(
    (x: AnyArray) => square(x),
    {
      frule: ([, dx], x) => {
        const dy = mul(mul(2, x), dx);
        (dx as NdArray).data[0] = 9;
        return [square(x), dy];
      },
    },
    { name: "greedy" },
  );
  assert.throws(() => frule([NoTangent, array([1, 1])], f, array([1, 2])), /greedy: its frule wrote to tangent 1/);
});

test("a pullback that writes to its cotangent, or to an argument, is named", () => {
  const pullbackThat = (act: (x: NdArray, ybar: NdArray) => void) =>
    defineRule(
      (x: AnyArray) => square(x),
      {
        rrule: (x) => [
          square(x),
          (ybar) => {
            act(x as NdArray, ybar as NdArray);
            return [NoTangent, ybar];
          },
        ],
      },
      { name: "untidy" },
    );
  const run = (act: (x: NdArray, ybar: NdArray) => void) => {
    const [, back] = rrule(pullbackThat(act), array([1, 2])) as readonly [unknown, (ybar: unknown) => unknown];
    back(array([1, 1]));
  };
  assert.throws(() => run((_, ybar) => ybar.set(0, 5)), /untidy: its pullback wrote to its cotangent/);
  assert.throws(() => run((x) => x.set(1, 5)), /untidy: its pullback wrote to argument 1/);
  run(() => undefined);
});

test("a rule whose value is not the primal's is named, with both numbers", () => {
  const off = defineRule(
    (x: AnyArray) => square(x),
    { rrule: (x) => [mul(1.001, square(x)), (ybar) => [NoTangent, ybar]] },
    { name: "off" },
  );
  assert.throws(() => rrule(off, array([2, 3])), /off: its rrule returned 4\.00\d+ where the function returns 4/);
});

test("the rule that makes the first NaN is named", () => {
  const broken = defineRule(
    (x: AnyArray) => square(x),
    { rrule: (x) => [square(x), () => [NoTangent, mul(Number.NaN, x)]] },
    { name: "broken" },
  );
  assert.throws(() => gradient((x) => sum(square(broken(x))), array([1, 2])), /broken: a cotangent has the first NaN/);
  const known = gradient((x) => sum(square(x)), array([Number.NaN, 2]))[0];
  assert.ok(Number.isNaN(known.get(0)), "a NaN that was there before is nobody's fault");
});

test("the first NaN is traced to its rule in programs of numbers, entries and inner calls, in both modes and at second order", () => {
  const logs: Readonly<Record<string, (x: Scalar) => Scalar>> = {
    "a number": (x) => exp(log(sub(x, 5))),
    "an entry that was written": (x) => {
      const y = similar(array([0, 0]), [2], { holds: [x] });
      y.set(1, sub(x, 5));
      return exp(log(add(y.get(1), y.get(0))));
    },
    "an entry of a result": (x) => exp(log(mul(x, array([1, -2])).get(1))),
    "an inner call by forward mode": (x) => exp(derivative((y) => mul(y, log(sub(x, 5))), 2)),
    "an inner call by reverse mode": (x) => exp(gradient((y) => mul(y, log(sub(x, 5))), 2)[0] as Scalar),
    "its own result": (x) => {
      let y = x;
      for (let k = 0; k < 3; k++) y = log(y);
      return y;
    },
  };
  for (const [label, f] of Object.entries(logs)) {
    const ways = [() => gradient(f, 1.5), () => derivative(f, 1.5), () => pullback(f, 1.5), () => hessian(f, 1.5)];
    for (const way of ways) assert.throws(way, "log: the value has the first NaN: nothing that it was given has one", label);
    assert.throws(() => gradient((x) => f(x.get(0)), array([1.5])), /^log: the value has the first NaN/, label);
    assert.throws(() => pushforward((x) => f(x.get(0)), [array([1.5])], [array([1])]), /^log: the value has the first NaN/, label);
  }
  assert.throws(() => gradient((x) => div(x, mul(x, 1)), 0), /^div: the value has the first NaN/);
  assert.equal(
    gradient((x) => mul(add(x, Number.NaN), 2), 0),
    [2],
  );
});

test("contracts hold on numbers: a value that is not the primal's, a cotangent that is NaN, a dispatch that goes its own way", () => {
  const rule = (value: number, slope: number) =>
    scalarRule(
      (x: number): number => x * x,
      () => [slope],
      { name: "rule", dispatch: ((general: Unary) => (x: number) => (typeof x === "number" ? x * value : general(x))) as never },
    ) as (x: Scalar) => Scalar;
  assert.is(gradient(rule(3, 6), 3)[0], 6);
  for (const f of [rule(4, 6), rule(3, Number.NaN)]) {
    assert.throws(
      () => gradient((x) => mul(f(x), 2), 3),
      /^rule: its rrule returned 12 where the function returns 9|^rule: a cotangent has the first NaN/,
    );
    assert.throws(
      () => derivative((x) => mul(f(x), 2), 3),
      /^rule: its frule returned 12 where the function returns 9|^rule: the tangent has the first NaN/,
    );
  }
});

test("an input changed between the forward pass and the pullback is an error", () => {
  const x = array([1, 2]);
  const [, back] = pullback((v) => sum(square(v)), x);
  back(1);
  x.set(0, 9);
  assert.throws(() => back(1), "pullback: argument 1 was changed after the forward pass; change a copy instead");
});

test("indices in a typed array or an array that are changed between a rule and its pullback are an error", () => {
  const typed = Int32Array.of(0, 1);
  const whole = array([0, 1], { dtype: "int32" });
  for (const [given, change] of [[typed, () => typed.fill(1)] as const, [whole, () => whole.set(0, 1)] as const]) {
    const f = (x: AnyArray): Scalar => {
      const y = sum(take(x, given as never) as AnyArray);
      change();
      return y;
    };
    assert.throws(() => gradient(f, array([3, 4])), "take: argument 2 was changed between the forward pass and the pullback");
  }
});

test("indices in lists are taken at the call: the lists may change", () => {
  const list = [0, 1];
  const f = (x: AnyArray): Scalar => {
    const y = sum(take(x, list) as AnyArray);
    list.fill(1);
    return y;
  };
  assert.equal(toNested(gradient(f, array([3, 4]))[0]), [1, 1]);
  const nested = [
    [0, 0],
    [0, 1],
  ] as [number[], number[]];
  const g = (x: AnyArray): Scalar => {
    const y = sum(gather(x, ...nested));
    nested[1].fill(1);
    return y;
  };
  assert.equal(toNested(gradient(g, array([[3, 4]]))[0]), [[1, 1]]);
});

test("lists of pairs and strings of options that change between a rule's halves called by hand are an error; ranges never change", () => {
  assert.throws(() => {
    (createRange(4, 2) as unknown as [number, number][])[0] = [0, 1];
  }, TypeError);
  assert.throws(() => {
    (range(0, 2) as unknown as [number, number])[1] = 1;
  }, TypeError);
  const ranges: [number, number][] = [
    [0, 2],
    [2, 4],
  ];
  const [, back] = rrule(poolSum, ones([4, 4]), ranges, createRange(4, 2)) as unknown as [unknown, (ybar: unknown) => unknown];
  (ranges[0] as [number, number])[1] = 1;
  assert.throws(() => back(ones([2, 2])), /poolSum: argument 2 was changed between the forward pass and the pullback/);
  const options: { mode: "full" | "same" } = { mode: "full" };
  const [, again] = rrule(convolve, ones([3]), ones([2]), options) as unknown as [unknown, (ybar: unknown) => unknown];
  options.mode = "same";
  assert.throws(() => again(ones([4])), /convolve: argument 3 was changed between the forward pass and the pullback/);
});

test("configure: wrong settings are refused, and nothing changes", () => {
  assert.throws(() => configure(true as never), /configure: give a record of settings, such as \{ checked: true \}/);
  assert.throws(() => configure({ checked: 1 } as never), /configure: give a record of settings/);
  assert.throws(() => gradient((x) => sum(writer(x)), array([1, 2])), /wrote to argument 1/);
});

test("off, nothing is checked", () => {
  configure({ checked: false });
  assert.is(gradient((x) => sum(writer(x)), array([1, 2]))[0].get(1), 4);
});

test("a list that has become shorter since the forward pass is changed, and so is one that has become longer", () => {
  const sumOf = (xs: readonly Scalar[]): Scalar => xs.reduce((a, b) => add(a, mul(b, b)), 0 as Scalar);
  for (const change of [(xs: number[]) => xs.pop(), (xs: number[]) => xs.push(4)]) {
    const xs = [1, 2, 3];
    const [, back] = pullback(sumOf, xs);
    change(xs);
    assert.throws(() => back(1), "pullback: argument 1 was changed after the forward pass; change a copy instead");
  }
});

test.run();
