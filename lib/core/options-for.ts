import { describe } from "./errors.js";
import { isRecord } from "./record.js";

/**
 * The options of a call, an empty record when they are absent.
 * @param names what the record may hold, for the message
 * @throws {TypeError} when they are not a record
 */
export function optionsFor<O extends object>(who: string, options: O | undefined, names: string): O {
  if (options === undefined) return {} as O;
  if (isRecord(options)) return options;
  throw new TypeError(`${who}: the options are ${describe(options)}; give a record, { ${names} }`);
}
