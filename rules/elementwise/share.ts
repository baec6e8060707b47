import { type Binary, scalarRule } from "../../lib/core/index.js";
import { neg } from "./field.js";

/**
 * x / h where x is a part of the length h: 0 at h = 0, and so are its slopes.
 *   ẏ = (ẋ − y ḣ) / h            x̄ = ȳ / h,  h̄ = −y ȳ / h
 */
export const share: Binary = scalarRule(
  (x: number, h: number): number => (h === 0 ? 0 : x / h),
  (y, _, h) => [share(1, h), neg(share(y, h))],
  { name: "share" },
);

/**
 * t / h of a tangent or a cotangent t: as `share`, and 0 where t is, even where h is NaN.
 *   ẏ = (ṫ − y ḣ) / h            t̄ = ȳ / h,  h̄ = −y ȳ / h
 */
export const shareOfTangent: Binary = scalarRule(
  (t: number, h: number): number => (t === 0 || h === 0 ? 0 : t / h),
  (y, _, h) => [share(1, h), neg(shareOfTangent(y, h))],
  { name: "shareOfTangent" },
);
