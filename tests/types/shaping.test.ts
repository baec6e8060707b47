import { test } from "uvu";
import * as assert from "uvu/assert";
import * as rules from "../../lib/index.js";
import { either, isAnyArray, isArray, isEither, isNumber, isOperand, isScalar, matrix, operand, vector, whileTraced } from "./kinds.js";

/** A function of an array that gives one, with what stands after the array. */
interface Case<S extends readonly unknown[]> {
  readonly f: { (x: rules.NdArray, ...rest: S): rules.NdArray; (x: rules.AnyArray, ...rest: S): rules.AnyArray };
  readonly rest: S;
}

function ofArray<S extends readonly unknown[]>(name: string, f: Case<S>["f"], ...rest: S): void {
  test(`${name}: an array of an array`, () => {
    isArray(f(matrix, ...rest));
    whileTraced(({ m }) => isAnyArray(f(m, ...rest)));
  });
}

ofArray("expandDims", rules.expandDims, 0);
ofArray("flip", rules.flip);
ofArray("moveaxis", rules.moveaxis, 0, 1);
ofArray("rot90", rules.rot90);
ofArray("squeeze", rules.squeeze);
ofArray("swapaxes", rules.swapaxes, 0, 1);
ofArray("transpose", rules.transpose);
ofArray("diag", rules.diag);
ofArray("tril", rules.tril);
ofArray("triu", rules.triu);
ofArray("diagonal", rules.diagonal);
ofArray("pad", rules.pad, 1, { value: 2 });
ofArray("repeat", rules.repeat, 2);
ofArray("tile", rules.tile, 2);
ofArray("ravel", rules.ravel);
ofArray("reshape", rules.reshape, 9);
ofArray("roll", rules.roll, 1);
ofArray("sort", rules.sort);
ofArray("topk", rules.topk, 1);
ofArray("maskSelect", rules.maskSelect, rules.greater(matrix, 1));
ofArray("segmentSum", rules.segmentSum, [0, 1, 0], 2);
ofArray("takeAlongAxis", rules.takeAlongAxis, rules.argsort(matrix));

test("broadcastTo", () => {
  isArray(rules.broadcastTo(2, [3]));
  isArray(rules.broadcastTo(either(vector), [2, 3]));
  whileTraced(({ s, v }) => {
    isAnyArray(rules.broadcastTo(s, [3]));
    isAnyArray(rules.broadcastTo(operand(v), [2, 3]));
  });
});

test("sumTo tells by the shape where it can", () => {
  const { sumTo } = rules;
  const shape: readonly number[] = [3];
  isNumber(sumTo(matrix, []));
  isArray(sumTo(matrix, [3]));
  isEither(sumTo(matrix, shape));
  isArray(sumTo<rules.NdArray>(matrix, shape));
  whileTraced(({ m }) => {
    isScalar(sumTo(m, []));
    isAnyArray(sumTo(m, [3]));
    isOperand(sumTo(m, shape));
    isAnyArray(sumTo<rules.NdArray>(m, shape));
  });
});

test("cast", () => {
  isArray(rules.cast(vector, "float32"));
  whileTraced(({ v }) => isAnyArray(rules.cast(v, "float32")));
});

test("trace", () => {
  isNumber(rules.trace(matrix));
  whileTraced(({ m }) => isScalar(rules.trace(m)));
});

test("concat, stack", () => {
  isArray(rules.concat([vector, vector]));
  isArray(rules.stack([vector, vector]));
  isArray(rules.stack([1, 2]));
  whileTraced(({ s, v }) => {
    isAnyArray(rules.concat([v, vector]));
    isAnyArray(rules.stack([v, vector]));
    isAnyArray(rules.stack([s, 1]));
  });
});

test("split", () => {
  const parts: rules.NdArray[] = rules.split(vector, [1, 2]);
  assert.is(parts.length, 2);
  whileTraced(({ v }) => {
    for (const part of rules.split(v, 3)) isAnyArray(part);
  });
});

test("linspace", () => {
  isArray(rules.linspace(0, 1, 3));
  whileTraced(({ s }) => isAnyArray(rules.linspace(0, s, 3)));
});

test("slice", () => {
  isNumber(rules.slice(vector, [0]));
  isArray(rules.slice(matrix, [null, 1]));
  isArray(rules.slice(matrix, [[0, 2], [1]]));
  whileTraced(({ v, m }) => {
    isScalar(rules.slice(v, [1]));
    isAnyArray(rules.slice(m, [0, null]));
  });
});

test("take, gather", () => {
  const { take, gather } = rules;
  isEither(take(vector, 1));
  isArray(take(vector, [0, 2]));
  isEither(gather(matrix, 0, 1));
  isArray(gather(matrix, [0, 1], [1, 1]));
  isEither(gather(matrix, 0, [1, 1]));
  whileTraced(({ v, m }) => {
    isOperand(take(v, 1));
    isAnyArray(take(v, [0, 2]));
    isOperand(gather(m, 0, 1));
    isAnyArray(gather(m, [0, 1], [1, 1]));
  });
});

test("maskFill, scatterAdd, scatterSet", () => {
  const { maskFill, scatterAdd, scatterSet, greater } = rules;
  isArray(maskFill(vector, greater(vector, 0.3), 1));
  whileTraced(({ s, v }) => {
    isAnyArray(maskFill(v, greater(vector, 0.3), 1));
    isAnyArray(maskFill(vector, true, s));
  });
  for (const f of [scatterAdd, scatterSet]) {
    isArray(f(vector, [0, 1], vector.lo(1)));
    whileTraced(({ s, v }) => {
      isAnyArray(f(v, [0], 1));
      isAnyArray(f(vector, [0], s));
    });
  }
});

test.run();
