import { foreignError, isForeign } from "../../nd/index.js";
import { describe, TangentError } from "../errors.js";
import { isOperand, type Scalar } from "../level.js";
import { checkDepth } from "../structures/depth.js";
import { inFloats, onFloats } from "../structures/floats.js";
import { add, scale } from "./arithmetic.js";
import { sumTo } from "./broadcasting.js";
import { fieldOf, isStructural, isZero, NoTangent, NotImplemented, needed, Tangent, Thunk, unthunk, ZeroTangent } from "./tangent.js";

function fieldNames(t: unknown): string[] {
  return Object.keys(t instanceof Tangent ? t.fields : (t as object));
}

/** a + b where both have fields: lists stay lists, records records; absent fields are zero. */
function combine(a: unknown, b: unknown, each: (x: unknown, y: unknown) => unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length)
      throw new TangentError(`accumulate: tangents of lists of length ${a.length} and ${b.length} meet; give lists of one length`);
    return a.map((x, k) => each(x, b[k]));
  }
  const sparse = a instanceof Tangent ? b : a;
  const fields: Record<string, unknown> = {};
  for (const key of new Set([...fieldNames(a), ...fieldNames(b)])) fields[key] = each(fieldOf(a, key), fieldOf(b, key));
  if (sparse instanceof Tangent) return new Tangent(fields);
  return Array.isArray(sparse) ? sparse.map((_, k) => fields[k]) : fields;
}

/**
 * a + b for any two tangents: numbers and arrays add, structures field by field, thunks are computed.
 *   NotImplemented + x = NotImplemented · NoTangent + NoTangent = NoTangent · NoTangent + ZeroTangent = NoTangent · zero + x = x
 * @throws {TangentError} when the two kinds do not belong to one primal
 */
export function accumulate(a: unknown, b: unknown): unknown {
  if (isForeign(a)) throw foreignError(a);
  if (isForeign(b)) throw foreignError(b);
  return sumOf(a, b, 0);
}

function sumOf(a: unknown, b: unknown, depth: number): unknown {
  if (a instanceof NotImplemented) return a;
  if (b instanceof NotImplemented) return b;
  if (a === ZeroTangent) return b instanceof Thunk ? unthunk(b) : b;
  if (b === ZeroTangent) return a instanceof Thunk ? unthunk(a) : a;
  if (a === NoTangent) return unthunk(b);
  if (b === NoTangent) return unthunk(a);
  const x = unthunk(a);
  const y = unthunk(b);
  if (a instanceof Thunk || b instanceof Thunk) return sumOf(x, y, depth);
  if (isOperand(x) && isOperand(y)) return add(x, y);
  const [p, q] = [inFloats(x), inFloats(y)];
  if (p !== undefined && q !== undefined) return onFloats(add(p, q));
  if (isStructural(x) && isStructural(y)) {
    checkDepth(x, depth);
    return combine(x, y, (p, q) => sumOf(p, q, depth + 1));
  }
  throw new TangentError(`accumulate: ${describe(x)} and ${describe(y)} are not tangents of one primal`);
}

/** a − b; zeros and NotImplemented as in `accumulate`. */
export function subtract(a: unknown, b: unknown): unknown {
  if (unthunk(b) instanceof NotImplemented) return accumulate(a, b);
  return accumulate(a, times(-1, b));
}

/**
 * A scalar times a tangent, by the strong product.
 *   s × ZeroTangent = ZeroTangent · s × NoTangent = NoTangent · NoTangent × ZeroTangent = ZeroTangent · NotImplemented × zero = zero
 * @throws {TangentError} when a tangent that is not implemented is multiplied with anything but a zero
 */
export function times(s: unknown, t: unknown): unknown {
  if (isZero(s) || isZero(t)) return s === ZeroTangent || t === ZeroTangent ? ZeroTangent : NoTangent;
  const x = needed(s);
  const y = needed(t);
  if (isOperand(x) && isOperand(y)) return scale(x, y);
  const entries = inFloats(y);
  if (isOperand(x) && entries !== undefined) return onFloats(scale(x, entries));
  if (isOperand(x) && Array.isArray(y)) return y.map((entry) => times(x, entry));
  if (isOperand(x) && isStructural(y)) {
    const scaled = Object.fromEntries(fieldNames(y).map((key) => [key, times(x, fieldOf(y, key))]));
    return y instanceof Tangent ? new Tangent(scaled) : scaled;
  }
  throw new TangentError(`times: ${describe(x)} and ${describe(y)} have no product; give a number and a tangent`);
}

/**
 * ⟨a, b⟩, the sum of products over all entries; differentiable in both.
 * @throws {TangentError} when the two do not belong to one primal
 */
export function innerProduct(a: unknown, b: unknown): Scalar {
  if (isZero(a) || isZero(b)) return 0;
  const x = needed(a);
  const y = needed(b);
  if (isOperand(x) && isOperand(y)) return sumTo(scale(x, y), []);
  const [p, q] = [inFloats(x), inFloats(y)];
  if (p !== undefined && q !== undefined) return innerProduct(p, q);
  if (!isStructural(x) || !isStructural(y))
    throw new TangentError(`innerProduct: ${describe(x)} and ${describe(y)} are not tangents of one primal`);
  let total: Scalar = 0;
  for (const key of new Set([...fieldNames(x), ...fieldNames(y)])) total = add(total, innerProduct(fieldOf(x, key), fieldOf(y, key)));
  return total;
}
