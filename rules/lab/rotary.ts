import {
  add,
  type AnyArray,
  defineRule,
  describe,
  fieldOf,
  highestLevel,
  inplaceable,
  isZero,
  NoTangent,
  primal,
  realize,
  type Scalar,
  similar,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { formatShape, isNdArray, type NdArray, sameShape } from "../../lib/nd/index.js";
import { mul, neg, sub } from "../arithmetic.js";
import { cos, sin } from "../elementary.js";
import { checkMatrix } from "./ranges.js";
import { angleMoment, rotated, rotateInto, sinesOf } from "./rotation.js";
import { moment, velocity } from "./turn.js";
