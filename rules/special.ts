// Special functions, the entry cotangent/special. Their values come from @stdlib, which whoever imports this entry installs beside cotangent.
export { besselj0, besselj1, bessely0, bessely1 } from "./bessel.js";
export { erf, erfc } from "./erf.js";
export { beta, digamma, gamma, lbeta, lgamma, trigamma } from "./gamma.js";
export { erfcx, erfinv } from "./scaled-erf.js";
