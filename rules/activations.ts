// Activations of networks, and forms of logarithms that keep their digits.
export { type GeluOptions, gelu, mish, silu } from "./gated-units.js";
export { type EluOptions, elu, type LeakyReluOptions, leakyRelu, relu, softsign, type UnaryWith } from "./rectifiers.js";
export { logit, logSigmoid, sigmoid, softplus } from "./sigmoid.js";
export { logaddexp, xlogx, xlogy } from "./stable-logs.js";
