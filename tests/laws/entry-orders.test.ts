import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  gradient,
  hvp,
  mul,
  type NdArray,
  type Operand,
  ones,
  type Scalar,
  sum,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { cases } from "./entry-cases.js";

/** Places inside the domain of every function: in (−1, 1), in (1, 4), or above 0. */
const places: readonly (readonly number[])[] = [
  [-0.83, -0.31, 0.11, 0.47, 0.92],
  [1.13, 1.7, 2.2, 3.4],
];

/** Functions of which an operand is a mask or an integer. */
const others: readonly string[] = ["ldexp", "polygamma", "where"];

const numbersIn = (x: unknown): number[] => [...(x as NdArray).data];

for (const { name, f, rule, count, rest } of cases) {
  if (rule.definer === "nonDifferentiable" || others.includes(rule.name)) continue;

  test(`${name}: second and third derivatives of arrays are those of numbers, by each operand`, () => {
    let looked = 0;
    for (const at of places) {
      for (let k = 0; k < count; k++) {
        const g = (x: unknown): Operand => f(...Array.from({ length: count }, (_, j) => (j === k ? x : [0.7, 1.9, 0.4][j])), ...rest);
        const once = (x: Scalar): Scalar => derivative(g as (x: Scalar) => Scalar, x);
        const twice = (x: Scalar): Scalar => derivative(once, x);
        const second = at.map((x) => twice(x) as number);
        const third = at.map((x) => derivative(twice, x) as number);
        if (!second.every(Number.isFinite) || !third.every(Number.isFinite)) continue;
        looked++;
        const x = array([...at]);
        const total = (v: AnyArray): Scalar => sum(g(v) as AnyArray);
        const one = ones([at.length]);
        const within = { rtol: 1e-9, atol: 1e-10 };
        assertClose(numbersIn(hvp(total, x, one)), second, within, `${name}, ${k}: hvp`);
        const nested = gradient((v) => sum(gradient(total, v as AnyArray)[0] as AnyArray), x)[0];
        assertClose(numbersIn(nested), second, within, `${name}, ${k}: gradient of the gradient`);
        const deep = gradient((v) => sum(mul(one, hvp(total, v as AnyArray, one) as AnyArray)), x)[0];
        assertClose(numbersIn(deep), third, { rtol: 1e-7, atol: 1e-8 }, `${name}, ${k}: gradient of the hvp`);
      }
    }
    assert.ok(looked > 0, `${name} was looked at nowhere`);
  });
}

test.run();
