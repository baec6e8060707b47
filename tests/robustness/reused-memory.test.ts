import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  allClose,
  array,
  bilinearRule,
  concat,
  defineRule,
  derivative,
  exp,
  gradient,
  hessian,
  hook,
  linspace,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  outer,
  primal,
  pullback,
  pushforward,
  type Scalar,
  sin,
  slice,
  square,
  sum,
  toNested,
  zeros,
} from "../../lib/index.js";
import { giveFloats, pooledBytes, takeFloats } from "../../lib/nd/index.js";

// Engines use the memory of arrays again that nobody else refers to. Whatever somebody can refer to must stay as it was.

const n = 12;
const x = array(Array.from({ length: n }, (_, k) => Math.cos(k)));
const z = array(Array.from({ length: n }, (_, k) => 10 + k));

/** Calls that take and write memory of the same sizes. */
function others(): void {
  for (let k = 0; k < 5; k++) {
    gradient((a) => sum(mul(exp(mul(0.1, a)), sin(mul(a, a)))), z);
    pushforward((a: AnyArray) => exp(mul(0.1, sin(a))), [z], [z]);
    hessian((a) => sum(mul(sin(a), a)), z);
  }
}

/** Asserts that an array is as it was after other calls. */
function stays(what: string, kept: NdArray | undefined): void {
  const before = toNested(kept as NdArray);
  others();
  assert.equal(toNested(kept as NdArray), before, what);
}

test("results stay", () => {
  stays("gradient", gradient((a) => sum(mul(sin(a), exp(a))), x)[0]);
  const [y, dy] = pushforward((a: AnyArray) => mul(sin(a), exp(a)), [x], [z]) as unknown as [NdArray, NdArray];
  stays("value", y);
  stays("tangent", dy);
  stays("hessian", hessian((a) => sum(mul(sin(a), exp(a))), x) as NdArray);
});

test("what a rule was given stays, in both modes", () => {
  const kept: NdArray[] = [];
  const keeps = defineRule((a: AnyArray): AnyArray => mul(a, 2), {
    frule: ([, da], a) => {
      kept.push(a as NdArray, da as NdArray);
      return [mul(a, 2), mul(da, 2)];
    },
    rrule: (a) => [
      mul(a, 2),
      (ybar) => {
        kept.push(a as NdArray, ybar as NdArray);
        return [NoTangent, mul(ybar, 2)];
      },
    ],
  });
  gradient((a) => sum(sin(keeps(mul(exp(a), a)))), x);
  pushforward((a: AnyArray) => sin(keeps(mul(exp(a), a))), [x], [z]);
  assert.is(kept.length, 4);
  for (const [k, each] of kept.entries()) stays(`${k}`, each);
});

test("plain numbers that f took of a traced array stay, and those of a view of it", () => {
  const kept: NdArray[] = [];
  const f = (a: AnyArray) => {
    const y = mul(exp(a), a);
    kept.push(primal(y) as NdArray, primal(slice(y, [[2, 9, 3]])) as NdArray);
    return sum(sin(y));
  };
  gradient(f, x);
  pushforward(f, [x], [z]);
  hessian(f, x);
  for (const [k, each] of kept.entries()) stays(`${k}`, each);
});

test("a cotangent that a hook saw stays", () => {
  let kept: NdArray | undefined;
  gradient(
    (a) =>
      sum(
        sin(
          hook(mul(exp(a), a), (ybar) => {
            kept = ybar as NdArray;
            return ybar;
          }) as AnyArray,
        ),
      ),
    x,
  );
  stays("cotangent", kept);
});

test("a pullback can be called after other calls, again and again", () => {
  const [, back] = pullback((a: AnyArray) => mul(sin(mul(a, a)), exp(a)), x);
  const first = toNested(back(z)[0] as NdArray);
  others();
  assert.equal(toNested(back(z)[0] as NdArray), first);
});

test("the plain numbers of an array that escaped from its call are right after other calls", () => {
  let escaped: AnyArray | undefined;
  gradient((a) => {
    escaped = add(mul(exp(a), a), 1);
    return sum(sin(escaped));
  }, x);
  others();
  assert.equal(toNested(primal(escaped as AnyArray) as NdArray), toNested(add(mul(exp(x), x), 1)));
});

/** x xᵀ, whose author says that all it returns is fresh. */
const products = bilinearRule(
  (a: NdArray, b: NdArray) => {
    made.push(outer(a, b));
    return made.at(-1) as NdArray;
  },
  (ybar: NdArray, _, b: NdArray) => matmul(ybar, b) as NdArray,
  (ybar: NdArray, a: NdArray) => matmul(a, ybar) as NdArray,
  { name: "products", fresh: true },
) as unknown as (a: AnyArray, b: AnyArray) => AnyArray;
const made: NdArray[] = [];

test("the memory of a large fresh result is used again, but not of one that was handed out", () => {
  const x = linspace(0, 1, 33);
  made.length = 0;
  gradient((a) => sum(sin(products(a, a))), x);
  const data = made[0]?.data;
  assert.is(Array.from({ length: 3 }, () => takeFloats("float64", 33 * 33)).includes(data as Float64Array), true);
  let escaped: AnyArray | undefined;
  let handed: NdArray | undefined;
  gradient((a) => {
    escaped = products(a, a);
    const other = products(a, a);
    handed = primal(other) as NdArray;
    return add(sum(sin(escaped)), sum(sin(other))) as Scalar;
  }, x);
  gradient((a) => sum(sin(products(a, a))), linspace(2, 3, 33));
  assert.equal(toNested(handed as NdArray), toNested(outer(x, x)));
  assert.equal(toNested(primal(escaped as AnyArray) as NdArray), toNested(outer(x, x)));
});

test("a fresh cotangent is handed out as its rule made it, another one is copied", () => {
  const own = (fresh: boolean) => {
    const seen: NdArray[] = [];
    const twice = defineRule(
      (a: AnyArray): AnyArray => mul(a, 2),
      {
        frule: ([, da], a) => [mul(a, 2), mul(da, 2)],
        rrule: (a) => [
          mul(a, 2),
          (ybar) => {
            seen.push(mul(ybar, 2) as unknown as NdArray);
            return [NoTangent, seen.at(-1)];
          },
        ],
      },
      { name: `twice, ${fresh}`, fresh },
    );
    const [xbar] = gradient((a) => sum(sin(twice(a))), x);
    return xbar.data === seen[0]?.data;
  };
  assert.equal([own(true), own(false)], [true, false]);
});

test("a part of a spent cotangent stays where somebody may keep it", () => {
  let kept: NdArray | undefined;
  const keeps = defineRule((a: AnyArray): AnyArray => mul(a, 2), {
    frule: ([, da], a) => [mul(a, 2), mul(da, 2)],
    rrule: (a) => [
      mul(a, 2),
      (ybar) => {
        kept ??= ybar as NdArray;
        return [NoTangent, mul(ybar, 2)];
      },
    ],
  });
  const f = (a: AnyArray): Scalar => sum(sin(concat([keeps(mul(a, a)), concat([a, a])])));
  gradient(f, x);
  const before = toNested(kept as unknown as NdArray);
  for (let k = 0; k < 5; k++) gradient(f, z);
  assert.equal(toNested(kept as unknown as NdArray), before);
});

test("spent cotangents are not used again while an outer call may refer to them", () => {
  // Σᵢ bᵢ Σⱼ aⱼ: its gradient by b is Σ a, in each entry.
  const inner = (a: AnyArray): AnyArray => gradient((b) => sum(outer(b, a)), a)[0] as AnyArray;
  const rest = (a: AnyArray): Scalar => sum(sin(outer(a, a)));
  for (let k = 0; k < 3; k++) {
    const [xbar] = gradient((a) => {
      const g = inner(a);
      return add(sum(mul(g, g)), rest(a)) as Scalar;
    }, x);
    const [expected] = gradient((a) => add(mul(n, square(sum(a) as Scalar)), rest(a)) as Scalar, x);
    assert.ok(allClose(xbar, expected, { rtol: 1e-12 }));
  }
});

test("a result stays that a pullback has handed to an outer call", () => {
  const grown = defineRule(
    (a: AnyArray): AnyArray => exp(a),
    {
      frule: ([, da], a) => [exp(a), mul(exp(a), da)],
      rrule: (a) => {
        const y = exp(a);
        return [y, (ybar) => [NoTangent, mul(y, ybar)]];
      },
    },
    { name: "grown", fresh: true },
  );
  const point = zeros([1100]);
  // w Σ eˢ: its gradient by s is w eˢ. The sum reads the result and keeps nothing of it; what it sends back is traced.
  const inner = (w: Scalar): AnyArray => gradient((s) => mul(sum(grown(s)), w), point)[0] as AnyArray;
  const slope = derivative((w) => {
    const g = inner(w);
    return add(sum(mul(g, g)), sum(exp(mul(point, w)))) as Scalar;
  }, 3);
  const [wbar] = gradient((w) => {
    const g = inner(w);
    return add(sum(mul(g, g)), sum(exp(mul(point, w)))) as Scalar;
  }, 3);
  assert.equal([slope, wbar], [6600, 6600]);
});

test("no more than 16 MB are kept, and what is kept is found by kind and length", () => {
  for (let k = 0; k < 40; k++) giveFloats(new Float64Array(2 ** 16));
  assert.ok(pooledBytes() <= 2 ** 24, `${pooledBytes()} bytes`);
  giveFloats(new Float64Array(2 ** 21 + 1));
  assert.is(pooledBytes(), 0);
  const [double, single] = [new Float64Array(5), new Float32Array(5)];
  giveFloats(double);
  giveFloats(single);
  assert.is(takeFloats("float64", 4) === double, false);
  assert.is(takeFloats("float32", 5), single);
  assert.is(takeFloats("float64", 5), double);
  assert.is(takeFloats("float64", 5) === double, false);
});

test.run();
