import { TangentError } from "../../lib/index.js";
import { isNdArray, type NdArray, packedData } from "../../lib/nd/index.js";

/** What JavaScript engines say by themselves. */
const raw =
  /^Cannot |Cannot (read|set|convert|mix|destructure|use)|is not (a function|iterable|a constructor|defined|an object|extensible)|Invalid (array|typed array|count|regular)|Maximum call stack|Reduce of empty|read only property|buffer allocation|\[object Object\]|bound method/;

/** What is wrong with an error as the answer to bad input; empty when it says who, what came, and what to do. */
export function complaintAbout(error: unknown): string {
  if (!(error instanceof Error)) return "it is no Error";
  const { message } = error;
  if (!(error instanceof TypeError || error instanceof RangeError || error instanceof TangentError))
    return `it is a ${error.name}: ${message}`;
  if (raw.test(message)) return `the engine's own words: ${message}`;
  if (!/^[^:;]*[\w)\]][:;] ?\S.{9,}/.test(message)) return `it does not say who and what: ${message}`;
  return "";
}

/** Whether a result has NaN in it, or anything that is no result. */
export function isSpoilt(result: unknown): boolean {
  if (typeof result === "number") return Number.isNaN(result);
  if (typeof result === "string" || typeof result === "bigint") return true;
  if (isNdArray(result)) return result.dtype !== "generic" && packedData(result as NdArray, "float64").some(Number.isNaN);
  if (Array.isArray(result)) return result.some(isSpoilt);
  return false;
}
