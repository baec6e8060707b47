/** Whether x is a list of any kind: typed arrays are, and those whose entries an engine traces. */
export function isList(x: unknown): x is ArrayLike<unknown> {
  return /Array]$/.test({}.toString.call(x));
}
