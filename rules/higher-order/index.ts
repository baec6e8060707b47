// # Functions of functions

export { fixedPoint } from "./fixed-point.js";
export type { SearchOptions } from "./implicit.js";
export { type Mapping, map } from "./map.js";
export { type OdeOptions, type OdeSolver, odeint } from "./odeint.js";
export { root, type Solution } from "./root.js";
export { type Fold, foldl, type Scan, type Stacked, scan } from "./scan.js";
