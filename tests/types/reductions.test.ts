import { test } from "uvu";
import type { Scalar } from "../../lib/index.js";
import * as rules from "../../lib/index.js";
import type { Reduction } from "../../rules/index.js";
import { hasType, isAnyArray, isArray, isEither, isNumber, isOperand, isScalar, matrix, vector, whileTraced } from "./kinds.js";

const { logsumexp, median, prod, mean, norm, std, variance, sum, max, min } = rules;

const reductions: Readonly<Record<string, Reduction>> = { logsumexp, median, prod, mean, norm, std, variance, sum, max, min };

for (const [name, f] of Object.entries(reductions)) {
  test(`${name}: a reduction`, () => {
    const some: { axis?: number } = {};
    isNumber(f(vector));
    isArray(f(matrix, { axis: 0 }));
    isArray(f(vector, { keepDims: true }));
    isEither(f(vector, some));
    whileTraced(({ v, m }) => {
      isScalar(f(v));
      isAnyArray(f(m, { axis: [-1] }));
      isAnyArray(f(m, { keepDims: true }));
      isOperand(f(v, some));
    });
  });
}

test("sum of what a function makes of entries", () => {
  isNumber(sum((x) => rules.square(x), vector));
  isNumber(sum((x: number) => x * x, [1, 2]));
  whileTraced(({ s, v }) => {
    isScalar(sum((x) => rules.square(x), v));
    isOperand(sum((x) => rules.square(x), v, { axis: 0 }));
    isScalar(sum((x: Scalar) => rules.square(x), [s, 2]));
  });
});

test("max and min of numbers", () => {
  isNumber(max(1, 2, 3));
  isNumber(min(1, 2));
  whileTraced(({ s }) => isScalar(max(s, 1)));
});

test("quantile", () => {
  const { quantile } = rules;
  isNumber(quantile(vector, 0.5));
  isArray(quantile(matrix, 0.5, { axis: 0 }));
  isArray(quantile(vector, [0.25, 0.75]));
  isEither(quantile(vector, 0.5, {}));
  whileTraced(({ v, m }) => {
    isScalar(quantile(v, 0.5));
    isAnyArray(quantile(m, 0.5, { axis: 0 }));
    isAnyArray(quantile(v, [0.25]));
    isOperand(quantile(v, 0.5, {}));
  });
});

test("arrays along an axis", () => {
  const { cumprod, cumsum, logcumsumexp, cummax, cummin, diff } = rules;
  for (const f of [cumprod, cumsum, logcumsumexp, cummax, cummin]) {
    isArray(f(matrix, { axis: 1 }));
    whileTraced(({ v }) => isAnyArray(f(v)));
  }
  isArray(diff(vector));
  whileTraced(({ v }) => isAnyArray(diff(v, { n: 2 })));
});

test("trapz depends on axes", () => {
  const { trapz } = rules;
  isEither(trapz(vector));
  isNumber(trapz<number>(vector, vector));
  isArray(trapz<rules.NdArray>(matrix));
  whileTraced(({ v, m }) => {
    isOperand(trapz(v));
    isScalar(trapz<number>(v, vector));
    isAnyArray(trapz<rules.NdArray>(m));
  });
});

test("positions are plain, whatever they are of", () => {
  const { argmax, argmin, argsort } = rules;
  for (const f of [argmax, argmin]) {
    isNumber(f(vector));
    isArray(f(matrix, { axis: 0 }));
    whileTraced(({ v, m }) => {
      isNumber(f(v));
      isArray(f(m, { axis: 0 }));
      const some: { axis?: number } = {};
      isEither(f(v, some));
    });
  }
  whileTraced(({ v }) => isArray(argsort(v)));
  hasType<rules.NdArray>()(argsort(vector));
});

test("findmax and findmin: values that move, positions that are plain", () => {
  const { findmax, findmin } = rules;
  for (const f of [findmax, findmin]) {
    const some: { axis?: number } = {};
    const [value, position] = f(vector);
    isNumber(value);
    isNumber(position);
    const [values, positions] = f(matrix, { axis: 0 });
    isArray(values);
    isArray(positions);
    isEither(f(vector, some)[0]);
    whileTraced(({ v, m }) => {
      isScalar(f(v)[0]);
      isNumber(f(v)[1]);
      isAnyArray(f(m, { axis: 0 })[0]);
      isArray(f(m, { axis: 0, keepDims: true })[1]);
      isOperand(f(v, some)[0]);
      isEither(f(v, some)[1]);
    });
  }
});

test("interp: at a number a number, at an array an array", () => {
  const { interp } = rules;
  const knots = rules.array([0, 1, 2]);
  const heights = rules.array([3, 5, 4]);
  isNumber(interp(0.5, knots, heights));
  isArray(interp(matrix, knots, heights));
  whileTraced(({ s, v, m }) => {
    isScalar(interp(s, knots, heights));
    isAnyArray(interp(m, knots, heights));
    isAnyArray(interp(v, knots, heights));
  });
});

test.run();
