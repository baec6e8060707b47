import {
  add,
  type AnyArray,
  defineRule,
  fieldOf,
  isZero,
  linearRule,
  NoTangent,
  type Pullback,
  rrule,
  type AnyFunction,
  type Scalar,
  scale,
  sumTo,
  Tangent,
} from "../lib/core/index.js";
import { addInto, floatDType, formatShape, type NdArray, sameStore, zerosOf } from "../lib/nd/index.js";
import { assign } from "../lib/nd/ops.js";
import type { Rearrangement } from "./axes.js";
import { arrayFor } from "./reduce-options.js";
