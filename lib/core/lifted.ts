import type { ArrayView } from "../nd/index.js";
import type { AnyArray, Scalar, TracedScalar } from "./level.js";

/** The type of an argument as the function that is differentiated sees it: numbers become `Scalar`, arrays hold `Scalar`s. */
export type Lifted<T> = T extends number
  ? Scalar
  : T extends TracedScalar
    ? T
    : T extends ArrayView<unknown>
      ? AnyArray
      : T extends (...args: never[]) => unknown
        ? T
        : T extends object
          ? { [K in keyof T]: Lifted<T[K]> }
          : T;
