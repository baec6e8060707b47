import type { Formulas } from "./formula.js";

/** x·2ⁿ with one rounding. */
function shifted(x: number, n: number): number {
  let [y, left] = [x, Math.max(-2200, Math.min(2200, n))];
  for (; left > 1023; left -= 1023) y *= 2 ** 1023;
  for (; left < -1022; left += 969) y *= 2 ** -969;
  return y * 2 ** left;
}

export const piecewise: Formulas = {
  abs: { on: ["normal"], value: "Math.abs(a)", slopes: ["Math.sign(a)"] },
  sign: { on: ["normal"], value: "Math.sign(a)", slopes: ["0"] },
  copysign: {
    on: ["normal", "normal"],
    first: "const s = Math.sign(a);",
    value: "b !== b ? b : b < 0 || (b === 0 && 1 / b < 0) ? -Math.abs(a) : Math.abs(a)",
    slopes: ["s * Math.sign(y)", "0"],
  },
  // Halves go to the even integer.
  round: {
    on: ["normal"],
    first: "const up = Math.round(a);",
    value: "up - a === 0.5 && up % 2 !== 0 ? up - 1 : up",
    slopes: ["0"],
  },
  floor: { on: ["normal"], value: "Math.floor(a)", slopes: ["0"] },
  ceil: { on: ["normal"], value: "Math.ceil(a)", slopes: ["0"] },
  trunc: { on: ["normal"], value: "Math.trunc(a)", slopes: ["0"] },
  fround: { on: ["normal"], value: "Math.fround(a)", slopes: ["1"] },
  ldexp: { on: ["normal"], value: "shifted(a, p)", slopes: ["shifted(1, p)"], statics: [3], kernels: { shifted } },
  maximum: {
    on: ["normal", "normal"],
    first: "const first = a >= b || a !== a;",
    value: "first ? a : b",
    slopes: ["first ? 1 : 0", "first ? 0 : 1"],
  },
  minimum: {
    on: ["normal", "normal"],
    first: "const first = a <= b || a !== a;",
    value: "first ? a : b",
    slopes: ["first ? 1 : 0", "first ? 0 : 1"],
  },
  clip: {
    on: ["normal"],
    value: "a < p ? p : a > q ? q : a",
    slopes: ["a < p || a > q ? 0 : 1"],
    statics: [-0.5, 1],
  },
  "clip(x, lo, hi)": {
    on: ["normal", [-1, -0.2], [0.2, 1]],
    first: "const raised = a >= b || a !== a, v = raised ? a : b, over = v > c || c !== c;",
    value: "over ? c : v",
    slopes: ["raised && !over ? 1 : 0", "raised || over ? 0 : 1", "over ? 1 : 0"],
  },
  where: {
    on: ["mask", "normal", "normal"],
    value: "a !== 0 ? b : c",
    slopes: [undefined, "a !== 0 ? 1 : 0", "a !== 0 ? 0 : 1"],
  },
};
