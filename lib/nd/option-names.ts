/** The names in each list that was asked for: the lists are literals of the rules, so there are few. */
const known = new Map<string, ReadonlySet<string>>();

function namesIn(list: string): ReadonlySet<string> {
  const names = new Set(list.split(", ").map((name) => name.split(":")[0] as string));
  known.set(list, names);
  return names;
}

/**
 * Throws where a record of options holds one of another name.
 * @param names what it may hold, separated by commas; each may show its form after a colon
 */
export function expectNames(who: string, options: object, names: string): void {
  const allowed = known.get(names) ?? namesIn(names);
  for (const key in options) {
    if (!allowed.has(key)) throw new TypeError(`${who}: there is no option ${JSON.stringify(key)}; the options are { ${names} }`);
  }
}
