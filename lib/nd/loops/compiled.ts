// The one door to code made from text. A Content-Security-Policy may forbid it; whoever asks for it has another way then.

let allowed: boolean | undefined;
let forbidden = false;
let serial = 0;

/** Whether functions may be made from text here. */
export function canCompile(): boolean {
  if (forbidden) return false;
  if (allowed === undefined) {
    try {
      new Function("");
      allowed = true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/** Refuses code made from text from now on, or allows it again, as a policy of the page would; functions that were made stay. For tests. */
export function forbidCompiling(forbid: boolean): void {
  forbidden = forbid;
}

/**
 * The function that a text makes of some values, which it knows by these names. Each text is unlike all others, by a number: V8 shares what
 * it learns about functions of one text, and a loop that serves two functions calls both the slow way (28 ns an entry instead of 7).
 * @param name in profiles and stack traces
 * @param text statements that end in `return (…) => …`
 */
export function compile(name: string, known: Readonly<Record<string, unknown>>, text: string): unknown {
  const names = Object.keys(known);
  const make = new Function(...names, `"use strict"; // ${name} ${++serial}\n${text}`);
  return make(...names.map((each) => known[each])) as unknown;
}
