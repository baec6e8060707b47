// # Special functions, from `cotangent/special`
// Their values come from @stdlib, which whoever imports this entry installs beside cotangent.

export { erf, erfc } from "../elementwise/erf.js";
export { besselj0, besselj1, bessely0, bessely1 } from "./bessel.js";
export { beta, digamma, gamma, lbeta, lgamma, trigamma } from "./gamma.js";
export { besseli0, besseli0e, besseli1, besseli1e } from "./modified-bessel.js";
export { type Polygamma, polygamma } from "./polygamma.js";
export { erfcx, erfinv } from "./scaled-erf.js";
