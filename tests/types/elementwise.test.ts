import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Binary, Ternary, Unary, Variadic } from "../../lib/core/index.js";
import * as rules from "../../lib/index.js";
import type { UnaryWith } from "../../rules/elementwise/index.js";
import * as special from "../../rules/special/index.js";
import { either, isAnyArray, isArray, isEither, isNumber, isOperand, isScalar, matrix, operand, vector, whileTraced } from "./kinds.js";

// The types of functions that go entry by entry, each overload of them, for each function.

const { neg, reciprocal, square, exp, exp2, exp10, expm1, log, log1p, log2, log10, acosh, asinh, atanh, cosh, sinh, tanh } = rules;
const { cbrt, sqrt, sinc, acos, asin, atan, cos, cospi, cot, csc, deg2rad, rad2deg, sec, sin, sinpi, tan, ceil, floor, fround } = rules;
const { round, trunc, abs, sign, mish, silu, relu, softsign, logit, logSigmoid, sigmoid, softplus, xlogx } = rules;
const { besseli0, besseli0e, besseli1, besseli1e, polygamma } = special;
const { besselj0, besselj1, bessely0, bessely1, digamma, gamma, lgamma, trigamma, erf, erfc, erfcx, erfinv, beta, lbeta } = special;
const { add, div, mul, sub, pow, mod, rem, atan2, maximum, minimum, copysign, logaddexp, xlogy, f1, scale } = rules;
const { log1mexp, logsubexp, xlog1py } = rules;

const unary: Readonly<Record<string, Unary>> = {
  ...{ neg, reciprocal, square, exp, exp2, exp10, expm1, log, log1p, log2, log10, acosh, asinh, atanh, cosh, sinh, tanh, cbrt, sqrt },
  ...{ sinc, acos, asin, atan, cos, cospi, cot, csc, deg2rad, rad2deg, sec, sin, sinpi, tan, ceil, floor, fround, round, trunc, abs },
  ...{ sign, mish, silu, relu, softsign, logit, logSigmoid, sigmoid, softplus, xlogx, log1mexp, erf, erfc, erfcx, erfinv },
  ...{ besseli0, besseli0e, besseli1, besseli1e, besselj0, besselj1, bessely0, bessely1, digamma, gamma, lgamma, trigamma },
};

for (const [name, f] of Object.entries(unary)) {
  test(`${name}: a function of one operand`, () => {
    isNumber(f(0.5));
    isArray(f(vector));
    isEither(f(either(vector)));
    isEither(f(either(0.5)));
    whileTraced(({ s, v }) => {
      isScalar(f(s));
      isAnyArray(f(v));
      isOperand(f(operand(v)));
    });
  });
}

test("polygamma: a function of one operand after its order", () => {
  isNumber(polygamma(2, 0.5));
  isArray(polygamma(2, vector));
  isEither(polygamma(2, either(vector)));
  whileTraced(({ s, v }) => {
    isScalar(polygamma(2, s));
    isAnyArray(polygamma(2, v));
    isOperand(polygamma(2, operand(v)));
  });
});

const binary: Readonly<Record<string, Binary>> = {
  ...{ add, div, mul, sub, pow, mod, rem, atan2, maximum, minimum, copysign, logaddexp, logsubexp, xlogy, xlog1py, beta, lbeta },
  ...{ f1, scale },
};

for (const [name, f] of Object.entries(binary)) {
  test(`${name}: a function of two operands`, () => {
    isNumber(f(0.5, 2));
    isArray(f(vector, vector));
    isArray(f(matrix, 2));
    isArray(f(2, vector));
    isArray(f(either(2), vector));
    isArray(f(vector, either(2)));
    isEither(f(either(vector), 2));
    isEither(f(either(2), either(2)));
    whileTraced(({ s, v }) => {
      isScalar(f(s, s));
      isScalar(f(2, s));
      isAnyArray(f(v, v));
      isAnyArray(f(vector, s));
      isAnyArray(f(s, v));
      isAnyArray(f(v, 2));
      isAnyArray(f(operand(s), v));
      isOperand(f(s, operand(v)));
    });
  });
}

const ternary: Ternary = rules.fma;

test("fma: a function of three operands", () => {
  isNumber(ternary(1, 2, 3));
  isArray(ternary(vector, 2, 3));
  isArray(ternary(1, vector, either(3)));
  isArray(ternary(1, 2, vector));
  isEither(ternary(either(1), 2, either(vector)));
  whileTraced(({ s, v }) => {
    isScalar(ternary(s, 2, 3));
    isAnyArray(ternary(v, s, 1));
    isAnyArray(ternary(s, v, 1));
    isAnyArray(ternary(s, 1, v));
    isOperand(ternary(s, operand(v), 1));
  });
});

const variadic: Variadic = rules.hypot;

test("hypot: a function of any number of operands", () => {
  isNumber(variadic(3, 4));
  isArray(variadic(vector, 4, 2));
  isArray(variadic(4, vector));
  isEither(variadic(1, either(2), either(vector)));
  whileTraced(({ s, v }) => {
    isScalar(variadic(s, 1, 2));
    isAnyArray(variadic(v, 1));
    isAnyArray(variadic(s, v));
    isOperand(variadic(s, 1, operand(v)));
  });
});

test("leakyRelu, elu, gelu: a function of one operand and options", () => {
  const { leakyRelu, elu, gelu } = rules;
  const check = <O>(f: UnaryWith<O>, options: O): void => {
    isNumber(f(0.5));
    isNumber(f(0.5, options));
    isArray(f(vector, options));
    isEither(f(either(0.5), options));
    whileTraced(({ s, v }) => {
      isScalar(f(s, options));
      isAnyArray(f(v, options));
      isOperand(f(operand(v), options));
    });
  };
  check(leakyRelu, { slope: 0.1 });
  check(elu, { alpha: 2 });
  check(gelu, { approximate: "tanh" as const });
});

test("clip", () => {
  const { clip } = rules;
  isNumber(clip(2, null, 1));
  isArray(clip(vector, 0.3, null));
  isEither(clip(either(2), 0, either(1)));
  whileTraced(({ s, v }) => {
    isScalar(clip(s, 0, s));
    isAnyArray(clip(v, s, null));
    isOperand(clip(operand(s), v, null));
  });
});

test("ldexp", () => {
  const { ldexp } = rules;
  isNumber(ldexp(2, 3));
  isArray(ldexp(vector, 3));
  isEither(ldexp(either(2), 3));
  whileTraced(({ s, v }) => {
    isScalar(ldexp(s, 3));
    isAnyArray(ldexp(v, 3));
    isOperand(ldexp(operand(s), 3));
  });
});

test("where", () => {
  const { where, greater } = rules;
  const mask = greater(vector, 0.3);
  isNumber(where(true, 1, 2));
  isArray(where(true, vector, 2));
  isArray(where(true, 2, vector));
  isArray(where(mask, 1, 2));
  isEither(where(true, either(1), either(vector)));
  whileTraced(({ s, v }) => {
    isNumber(where(s, 1, 2));
    isScalar(where(true, s, 2));
    isAnyArray(where(false, v, s));
    isAnyArray(where(true, s, v));
    isAnyArray(where(mask, s, 2));
    isOperand(where(true, operand(s), 2));
  });
});

test("comparisons are plain, whatever is compared", () => {
  const { equal, greater, greaterEqual, less, lessEqual } = rules;
  for (const f of [equal, greater, greaterEqual, less, lessEqual]) {
    whileTraced(({ s, v }) => {
      const flag: boolean = f(s, 2);
      assert.type(flag, "boolean");
      isArray(f(v, s));
      isArray(f(1, v));
      const any: boolean | rules.NdArray = f(operand(s), 2);
      assert.type(any, "boolean");
    });
  }
});

test.run();
