import type { NdArray } from "../../lib/nd/index.js";

/** Values in which nothing is traced. */
export type Still = number | string | boolean | null | undefined | NdArray | readonly (number | string | boolean | NdArray)[];

/** Whether types can tell that nothing in a value is traced: parameters are looked at one level deep. */
export type IsStill<P> = [P] extends [Still] ? true : [P] extends [object] ? ([P[keyof P]] extends [Still] ? true : false) : false;
