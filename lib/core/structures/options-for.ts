import { expectNames } from "../../nd/index.js";
import { describe } from "../errors.js";
import { isRecord } from "./record.js";

/**
 * The options of a call, an empty record when they are absent.
 * @param names what the record may hold, separated by commas; each may show its form after a colon
 * @throws {TypeError} when they are not a record, or hold an option of another name
 */
export function optionsFor<O extends object>(who: string, options: O | undefined, names: string): O {
  if (options === undefined) return {} as O;
  if (!isRecord(options)) throw new TypeError(`${who}: the options are ${describe(options)}; give a record, { ${names} }`);
  expectNames(who, options, names);
  return options;
}
