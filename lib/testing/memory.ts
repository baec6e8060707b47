import { inFloats, isRecord, Tangent, unthunk } from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { isNdArray, type NdArray } from "../nd/index.js";

/** The arrays of a value or a tangent. */
function arraysOf(x: unknown): NdArray[] {
  const inner = unthunk(x);
  const value = inFloats(inner) ?? inner;
  if (isNdArray(value)) return value.dtype === "generic" ? [] : [value as NdArray];
  const parts = callableParts(value);
  if (parts !== undefined) return arraysOf(parts.params);
  if (value instanceof Tangent) return Object.values(value.fields).flatMap(arraysOf);
  if (Array.isArray(value)) return value.every((entry) => typeof entry === "number") ? [] : value.flatMap(arraysOf);
  return isRecord(value) ? Object.values(value).flatMap(arraysOf) : [];
}

/** The part of its store that a view reaches over. */
function reach({ shape, stride, offset }: NdArray): [first: number, last: number] {
  let first = offset;
  let last = offset;
  shape.forEach((extent, k) => {
    const far = (extent - 1) * (stride[k] as number);
    if (far < 0) first += far;
    else last += far;
  });
  return [first, last];
}

/** Whether writing to one of two arrays could change the other. */
function overlap(a: NdArray, b: NdArray): boolean {
  if (a.size === 0 || b.size === 0) return false;
  const [p, q] = [reach(a), reach(b)];
  if (a.data === b.data) return p[0] <= q[1] && q[0] <= p[1];
  if (Array.isArray(a.data) || Array.isArray(b.data) || a.data.buffer !== b.data.buffer) return false;
  const bytes = (data: { byteOffset: number; BYTES_PER_ELEMENT: number }, [first, last]: readonly [number, number]): [number, number] => [
    data.byteOffset + first * data.BYTES_PER_ELEMENT,
    data.byteOffset + (last + 1) * data.BYTES_PER_ELEMENT - 1,
  ];
  const [r, s] = [bytes(a.data, p), bytes(b.data, q)];
  return r[0] <= s[1] && s[0] <= r[1];
}

/** Whether two values have memory in common. */
function shareMemory(a: unknown, b: unknown): boolean {
  const others = arraysOf(b);
  return arraysOf(a).some((array) => others.some((other) => overlap(array, other)));
}

/**
 * Throws where a result lies in memory of something else: whoever adds to the result would change that. A cotangent or tangent passed on
 * as it came is no fault.
 * @param forbidden pairs of a name and a value
 */
export function expectOwnMemory(who: string, result: unknown, forbidden: readonly (readonly [label: string, value: unknown])[]): void {
  for (const [label, value] of forbidden) {
    if (shareMemory(result, value))
      throw new Error(`${who} shares memory with ${label}: adding to it would change ${label}; return a copy`);
  }
}
