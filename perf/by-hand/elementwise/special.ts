import erfcxPrimal from "@stdlib/math-base-special-erfcx";
import { type AnyFunction, ruleOf } from "../../../lib/core/index.js";
import { erfSlope } from "../../../rules/elementwise/erf.js";
import * as rules from "../../../rules/special/index.js";
import { polygamma, polygammaGap } from "../../../rules/special/polygamma.js";
import type { Formulas } from "./formula.js";

type Kernel = (...xs: number[]) => number;

/** The function of numbers under a differentiable one. */
const plain = (f: AnyFunction): Kernel => ruleOf(f)?.primal as Kernel;

const [j0, j1, y0, y1] = [rules.besselj0, rules.besselj1, rules.bessely0, rules.bessely1].map(plain) as [Kernel, Kernel, Kernel, Kernel];
const [digamma, trigamma, tetragamma, pentagamma, gap] = [
  plain(rules.digamma),
  plain(rules.trigamma),
  (x: number) => polygamma(2, x),
  (x: number) => polygamma(3, x),
  plain(polygammaGap(0)),
];
const [erf, erfc, slope] = [plain(rules.erf), plain(rules.erfc), plain(erfSlope)];
const [gamma, lgamma, beta, lbeta, erfinv] = [rules.gamma, rules.lgamma, rules.beta, rules.lbeta, rules.erfinv].map(plain) as [
  Kernel,
  Kernel,
  Kernel,
  Kernel,
  Kernel,
];

/** 2xy − 2/√π, which cancels for x > 1: there by a recurrence run downward. Source: W. Gautschi, Math. Comp. 15 (1961). */
function erfcxSlope(x: number, y: number): number {
  if (!(x > 1)) return 2 * x * y - 2 / Math.sqrt(Math.PI);
  let above = 0;
  let here = 1e-300;
  let result = 0;
  for (let k = 21 + Math.ceil(200 / (x * x)); k >= 0; k--) {
    if (k === 1) result = here;
    const below = 2 * (k + 1) * above + 2 * x * here;
    above = here;
    here = below;
    if (here > 1e200) {
      above *= 1e-200;
      here *= 1e-200;
      result *= 1e-200;
    }
  }
  return -2 * (result / here) * (2 / Math.sqrt(Math.PI));
}

const positive = [0.3, 6] as const;

/** The special functions; values and slopes by the same functions of numbers as the library's, none computed twice. */
export const special: Formulas = {
  erf: { on: ["normal"], value: "erf(a)", slopes: ["slope(a)"], kernels: { erf, slope } },
  erfc: { on: ["normal"], value: "erfc(a)", slopes: ["-slope(a)"], kernels: { erfc, slope } },
  erfcx: { on: ["normal"], value: "erfcx(a)", slopes: ["slope(a, y)"], kernels: { erfcx: erfcxPrimal, slope: erfcxSlope } },
  erfinv: { on: [[-0.99, 0.99]], value: "erfinv(a)", slopes: [`${Math.sqrt(Math.PI) / 2} * Math.exp(y * y)`], kernels: { erfinv } },
  gamma: { on: [positive], value: "gamma(a)", slopes: ["y * digamma(a)"], kernels: { gamma, digamma } },
  lgamma: { on: [positive], value: "lgamma(a)", slopes: ["digamma(a)"], kernels: { lgamma, digamma } },
  digamma: { on: [positive], value: "digamma(a)", slopes: ["trigamma(a)"], kernels: { digamma, trigamma } },
  trigamma: { on: [positive], value: "trigamma(a)", slopes: ["tetragamma(a)"], kernels: { trigamma, tetragamma } },
  "polygamma(2, x)": { on: [positive], value: "tetragamma(a)", slopes: ["pentagamma(a)"], kernels: { tetragamma, pentagamma } },
  beta: { on: [positive, positive], value: "beta(a, b)", slopes: ["-y * gap(a, b)", "-y * gap(b, a)"], kernels: { beta, gap } },
  lbeta: { on: [positive, positive], value: "lbeta(a, b)", slopes: ["-gap(a, b)", "-gap(b, a)"], kernels: { lbeta, gap } },
  besselj0: { on: ["normal"], value: "j0(a)", slopes: ["-j1(a)"], kernels: { j0, j1 } },
  besselj1: { on: ["normal"], value: "j1(a)", slopes: ["a === 0 ? 0.5 : j0(a) - y / a"], kernels: { j0, j1 } },
  bessely0: { on: [positive], value: "y0(a)", slopes: ["-y1(a)"], kernels: { y0, y1 } },
  bessely1: { on: [positive], value: "y1(a)", slopes: ["y0(a) - y / a"], kernels: { y0, y1 } },
};
