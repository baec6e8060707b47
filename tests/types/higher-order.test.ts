import { test } from "uvu";
import * as rules from "../../lib/index.js";
import {
  type AnyArray,
  add,
  fixedPoint,
  foldl,
  map,
  mul,
  type NdArray,
  odeint,
  root,
  type Scalar,
  scan,
  square,
  sub,
  sum,
} from "../../lib/index.js";
import { hasType, isAnyArray, isArray, isNumber, isOperand, isScalar, matrix, operand, vector, whileTraced } from "./kinds.js";

test("map over numbers and entries", () => {
  isNumber(map((x) => square(x), 2));
  isArray(map((x, y) => add(x as Scalar, y as Scalar), vector, 2));
  whileTraced(({ s, v }) => {
    isScalar(map((x) => square(x), s));
    isAnyArray(map((x) => square(x), v));
    isAnyArray(map((x, y) => add(x as Scalar, y as Scalar), operand(s), v));
  });
});

test("map over lists", () => {
  hasType<string[]>()(map((x: number) => `${x}`, [1, 2]));
  hasType<number[]>()(map((x: number, y: string) => x + y.length, [1, 2], ["a", "b"]));
  hasType<number[]>()(map((...xs: number[]) => xs.length, [1, 2], [3, 4], [5, 6]));
});

test("scan, foldl", () => {
  const [carry, ys] = scan((c, x: Scalar) => [add(c, x), mul(c, x)], 0, [1, 2]);
  isScalar(carry);
  hasType<Scalar[]>()(ys);
  const [last, rows] = scan((c: AnyArray, x: AnyArray) => [add(c, x), sum(x)], vector, matrix);
  isAnyArray(last);
  isAnyArray(rows);
  isScalar(foldl((c, x: Scalar) => add(c, x), 0, [1, 2]));
  isAnyArray(foldl((c: AnyArray, x: AnyArray) => add(c, x), vector, matrix));
});

test("root and fixedPoint are plain where nothing is traced", () => {
  isNumber(root((x, p) => sub(square(x as Scalar), p as Scalar), 1, 2));
  isArray(fixedPoint((x) => mul(0.5, x), vector));
  whileTraced(({ s }) => {
    isScalar(root((x, p) => sub(square(x as Scalar), p as Scalar), 1, s));
  });
});

test("odeint is plain where nothing is traced", () => {
  isArray(odeint((y) => mul(-1, y), 1, [0, 1]));
  whileTraced(({ s }) => {
    isAnyArray(odeint((y, _t, p) => mul(p, y), 1, [0, 1], s));
  });
  hasType<NdArray>()(odeint((y) => mul(-1, y), vector, [0, 1]));
});

test("the rest of control", () => {
  const { checkpointed, hook, copy, similar } = rules;
  const twice = checkpointed((x: Scalar): Scalar => mul(2, x));
  whileTraced(({ s, v }) => {
    isScalar(twice(s));
    isAnyArray(hook(v, () => undefined));
    isAnyArray(copy(v));
    isAnyArray(similar(v));
    isOperand(operand(v));
  });
});

test.run();
