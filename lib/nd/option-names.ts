/**
 * Throws where a record of options holds one of another name.
 * @param names what it may hold, separated by commas; each may show its form after a colon
 */
export function expectNames(who: string, options: object, names: string): void {
  for (const key in options) {
    if (!names.split(", ").some((name) => name.split(":")[0] === key))
      throw new TypeError(`${who}: there is no option ${JSON.stringify(key)}; the options are { ${names} }`);
  }
}
