import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Lifted, Plain, Widened } from "../../lib/core/index.js";
import * as rules from "../../lib/index.js";
import {
  type AnyArray,
  array,
  derivative,
  gradient,
  hessian,
  hvp,
  ignoreDerivatives,
  jacobian,
  mul,
  type NdArray,
  primal,
  pullback,
  pushforward,
  type Scalar,
  square,
  stopGradient,
  sum,
  tanh,
  vhp,
  withGradient,
} from "../../lib/index.js";
import { either, hasType, isAnyArray, isArray, isEither, isNumber, isScalar, matrix, operand, vector, whileTraced } from "./kinds.js";

/** A model as its author writes it, for whatever it is called with. */
interface Model {
  readonly w: AnyArray;
  readonly b: Scalar;
  readonly name: string;
}
const layer = (p: Model, x: AnyArray): AnyArray => tanh(rules.add(mul(p.w, x), p.b));
const loss = (p: Model, x: AnyArray): Scalar => sum(square(layer(p, x)));
const model = { w: vector, b: 0.5, name: "layer" };

test("a model that is called with plain values is one primal away from plain ones", () => {
  const y = layer(model, vector);
  isAnyArray(y);
  isArray(primal(y));
  isScalar(loss(model, vector));
  isNumber(primal(loss(model, vector)));
  isEither(primal(operand(vector)));
  const parts = primal({ y, total: loss(model, vector), each: [y], pair: [y, 1] as const, name: "y" });
  hasType<{ y: NdArray; total: number; each: NdArray[]; pair: readonly [NdArray, number]; name: string }>()(parts);
  isArray(parts.y);
  isNumber(parts.total);
});

test("primal leaves what is plain already as it is", () => {
  class Labelled {
    readonly label: string = "x";
    readonly #count: number = 2;
    count(): number {
      return this.#count;
    }
  }
  hasType<Labelled>()(primal(new Labelled()));
  hasType<Float64Array<ArrayBuffer>>()(primal(new Float64Array(2)));
  hasType<Map<string, number>>()(primal(new Map<string, number>()));
  hasType<{ w: NdArray }>()(primal({ w: vector }));
  hasType<rules.Range>()(primal(rules.range(0, 2)));
  isNumber(primal(2));
});

test("the gradient of a model at plain values is plain", () => {
  const [dmodel, dx] = gradient(loss, model, vector);
  isArray(dmodel.w);
  isNumber(dmodel.b);
  isArray(dx);
  const { value, gradient: gradients } = withGradient(loss, model, vector);
  isNumber(value);
  isArray(gradients[1]);
  const [y, back] = pullback(layer, model, vector);
  isArray(y);
  isNumber(back(vector)[0].b);
  const [, dy] = pushforward(layer, [model, vector], [{ w: vector, b: 1 }, vector]);
  isArray(dy);
});

test("what f sees is traced, whatever it is given", () => {
  gradient(
    (s, v, p, list, pair) => {
      isScalar(s);
      isAnyArray(v);
      isAnyArray(p.w);
      hasType<[Scalar, Scalar]>()(list);
      hasType<[Scalar, AnyArray]>()(pair);
      return s;
    },
    2,
    vector,
    { w: vector },
    [1, 2],
    [1, vector],
  );
  gradient((flags: { readonly on: boolean; readonly kind: string }) => (flags.on ? 1 : 2), { on: true, kind: "a" });
});

test("derivatives of one number and of arrays", () => {
  isNumber(derivative((x) => mul(x, x), 3));
  isArray(derivative((x) => mul(x, vector), 3));
  hasType<{ a: number; b: NdArray }>()(derivative((x) => ({ a: x, b: mul(x, vector) }), 3));
  isArray(jacobian((x) => square(x), vector));
  isNumber(jacobian((x) => square(x), 2));
  isArray(hessian((x) => sum(square(x)), vector));
  isNumber(hessian((x) => square(x), 2));
  isArray(hvp((x) => sum(square(x)), vector, vector));
  isNumber(vhp((x) => square(x), 1, 2));
  hasType<{ w: NdArray }>()(hvp((p) => sum(square(p.w)), { w: vector }, { w: vector }));
});

test("derivatives inside of others are of what they are given", () => {
  whileTraced(({ s, v }) => {
    isAnyArray(gradient((x) => sum(square(x)), v)[0]);
    isScalar(gradient((x) => square(x), s)[0]);
    isAnyArray(hvp((x) => sum(square(x)), v, vector));
  });
});

test("bare functions of many forms, and those whose result depends on axes, can be differentiated", () => {
  isArray(gradient(rules.logdet, matrix)[0]);
  isArray(gradient(sum, vector)[0]);
  isNumber(derivative((x) => rules.sin(x), 1));
  isArray(jacobian(rules.softmax, vector));
  isArray(gradient(rules.dot, vector, vector)[0]);
});

test("values without derivatives", () => {
  isArray(ignoreDerivatives(() => layer(model, vector)));
  whileTraced(({ s, v }) => {
    isNumber(ignoreDerivatives(() => s));
    isAnyArray(stopGradient(v));
    isEither(primal(operand(v)));
  });
  isEither(primal(either(2)));
});

test("structures lifted, widened and plain", () => {
  const facts: [
    rules.NdArray extends AnyArray ? true : false,
    ...(Lifted<readonly [a: string, ...b: NdArray[]]> extends readonly [a: string, ...b: AnyArray[]] ? [true] : [false]),
  ] = [true, true];
  assert.equal(facts, [true, true]);
  hasType<Scalar[]>()([] as Lifted<number[]>);
  hasType<readonly Scalar[]>()([] as Lifted<readonly number[]>);
  hasType<[a: Scalar, b?: AnyArray]>()([1] as Lifted<[a: number, b?: NdArray]>);
  hasType<readonly [a?: Scalar, ...b: Scalar[]]>()([] as Lifted<readonly [a?: number, ...b: number[]]>);
  hasType<number[]>()([] as Widened<1[]>);
  hasType<Scalar>()(1 as Widened<Scalar>);
  hasType<{ a: number; b: [NdArray, number] }>()({ a: 1, b: [array([1]), 2] } as Plain<{ a: Scalar; b: [AnyArray, Scalar] }>);
});

test.run();
