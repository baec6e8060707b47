import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  defineRule,
  derivative,
  exp,
  gradient,
  hessian,
  hvp,
  jacobian,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  pushforward,
  type Scalar,
  sin,
  softmax,
  sqrt,
  square,
  stack,
  sum,
  transpose,
} from "../../lib/index.js";
import { rowMajor, zerosOf } from "../../lib/nd/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { numbers, programs, run, total, vectors } from "../laws/programs.js";

/** The unit arrays of the shape of x. */
function* basis(x: NdArray): Generator<NdArray> {
  for (let k = 0; k < x.size; k++) {
    const e = zerosOf(x.shape, x.dtype === "float32" ? "float32" : "float64");
    (e.data as Float64Array)[k] = 1;
    yield e;
  }
}

/** The derivatives by all entries of x, one run of f for each: entry [i, k] is that of output i by input k. */
function oneByOne(f: AnyFunction, x: NdArray): number[][] {
  const columns = [...basis(x)].map((e) => {
    const dy = pushforward(f, [x], [e])[1] as unknown;
    return typeof dy === "number" ? [dy] : [...(dy as { data: Float64Array }).data];
  });
  return (columns[0] ?? []).map((_, i) => columns.map((column) => column[i] as number));
}

function rows(j: NdArray, outputs: number): number[][] {
  const inputs = j.size / outputs;
  return Array.from({ length: outputs }, (_, i) => Array.from({ length: inputs }, (_, k) => j.data[i * inputs + k] as number));
}

function same(f: AnyFunction, x: NdArray, who: string, tolerance = 1e-12): void {
  const expected = oneByOne(f, x);
  const j = jacobian(f as (x: AnyArray) => AnyArray, x, { mode: "forward" }) as NdArray;
  assertClose(rows(j, expected.length), expected, { rtol: tolerance, atol: tolerance }, who);
}

const settings = { seed: 20261128, numRuns: 60 };

test("random programs: all columns in one pass equal those carried one by one", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, (program, x, s) => {
      same((a: AnyArray) => run(program, a, add(s, sum(a))).v, x, "v", 1e-10);
      same((a: AnyArray) => total(program)(a, add(s, mul(0.5, a.get(1)))), x, "t", 1e-10);
    }),
    settings,
  );
});

test("random programs: a Hessian's columns are Hessian products", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, (program, x, s) => {
      const f = (a: AnyArray): Scalar => total(program)(a, add(s, sum(a)));
      const expected = [...basis(x)].map((e) => [...((hvp(f, x, e) as NdArray).data as Float64Array)]);
      assertClose(rows(hessian(f, x) as NdArray, x.size), expected, { rtol: 1e-10, atol: 1e-10 });
    }),
    { ...settings, numRuns: 30 },
  );
});

const x = array([0.3, -0.7, 1.1, 0.25]);

/** A rule by hand without a stacked form: it gets one tangent at a time. */
const byHand = defineRule((a: AnyArray): AnyArray => mul(a, sum(a)), {
  frule: ([, da], a) => [mul(a, sum(a)), add(mul(da, sum(a)), mul(a, sum(da)))],
  rrule: (a) => [mul(a, sum(a)), (ybar) => [NoTangent, add(mul(ybar, sum(a)), sum(mul(ybar, a)))]],
});

const functions: Readonly<Record<string, (a: AnyArray) => unknown>> = {
  "a number": (a) => sum(mul(sin(a), a)),
  "an array of other shape": (a) => mul(stack([a, square(a)]), 2),
  "a product of matrices": (a) => matmul(stack([a, exp(a)]), stack([sin(a), a, mul(a, a)], { axis: 1 })),
  lines: (a) => softmax(stack([a, mul(3, a)])),
  "views of the input": (a) => mul(a.step(-1), a.pick(1)),
  "a rule by hand": (a) => byHand(byHand(a)),
  "entries one by one": (a) => {
    let s: Scalar = 1;
    for (let k = 0; k < a.size; k++) s = mul(s, add(a.get(k), mul(k, a.get(0))));
    return s;
  },
  "no movement": () => array([1, 2]),
  "a zero slope times infinity": (a) => sqrt(square(mul(a, 0))),
};

for (const [name, f] of Object.entries(functions)) {
  test(`${name}: all columns in one pass equal those carried one by one`, () => same(f as AnyFunction, x, name));
}

test("inputs of other kinds and layouts", () => {
  const f = (a: AnyArray): AnyArray => mul(sin(a), sum(a));
  same(f, array([0.5, 0.25, 2], { dtype: "float32" }), "float32", 1e-6);
  const wide = array([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  same(f, wide.transpose(1, 0), "transposed");
  same(f, wide.step(1, -2), "steps");
  same((a: AnyArray) => matmul(a, transpose(a)), wide, "matrix");
  assert.equal((jacobian(f, array([2]), { mode: "forward" }) as NdArray).shape, [1, 1]);
});

test("more entries than are carried at once", () => {
  const n = 300;
  const many = rowMajor(
    Float64Array.from({ length: n }, (_, k) => Math.sin(k)),
    [n],
  );
  const h = hessian((a) => sum(mul(mul(a, a), mul(a, a.step(-1)))), many) as NdArray;
  const last = hvp((a) => sum(mul(mul(a, a), mul(a, a.step(-1)))), many, [...basis(many)].at(-2) as NdArray) as NdArray;
  for (let k = 0; k < n; k++) assert.ok(Math.abs(h.get(k, n - 2) - last.get(k)) <= 1e-14, `${k}`);
});

test("a function that closes over a value of an outer call takes the columns one by one", () => {
  const by = (t: Scalar): Scalar => sum(jacobian((a) => mul(mul(a, a), t), x, { mode: "forward" }) as AnyArray);
  assertClose(derivative(by, 2), 2 * (0.3 - 0.7 + 1.1 + 0.25), { rtol: 1e-14 });
  assertClose(gradient(by, 2)[0], 2 * (0.3 - 0.7 + 1.1 + 0.25), { rtol: 1e-14 });
  const early = (t: Scalar): Scalar => sum(hessian((a) => mul(sum(mul(mul(a, a), a)), t), x) as AnyArray);
  assertClose(derivative(early, 2), 6 * (0.3 - 0.7 + 1.1 + 0.25), { rtol: 1e-14 });
});

test.run();
